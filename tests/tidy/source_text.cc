#include "tests/tidy/source_text.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace passport::tidy {
namespace {

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks once over a source and writes the same text with parts blanked.
class Blanker {
 public:
  Blanker(std::string_view source, Blank what) : source_(source), what_(what), out_(source) {}

  std::string Run() && {
    while (at_ < source_.size()) {
      if (Ahead("//")) {
        BlankTo(source_.find('\n', at_));
      } else if (Ahead("/*")) {
        BlankTo(After("*/", at_ + 2));
      } else if (source_[at_] == '"' && IsRaw()) {
        Literal(RawEnd());
      } else if (source_[at_] == '"' || (source_[at_] == '\'' && !IsDigitSeparator())) {
        Literal(QuotedEnd());
      } else {
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  bool Ahead(std::string_view text) const { return source_.substr(at_, text.size()) == text; }
  std::size_t After(std::string_view text, std::size_t from) const {
    const auto found = source_.find(text, from);
    return found == std::string_view::npos ? source_.size() : found + text.size();
  }
  // R"..., u8R"...
  bool IsRaw() const { return at_ > 0 && source_[at_ - 1] == 'R'; }
  // 1'000
  bool IsDigitSeparator() const {
    return at_ > 0 && at_ + 1 < source_.size() && std::isxdigit(static_cast<unsigned char>(source_[at_ - 1])) != 0 &&
           IsWord(source_[at_ + 1]);
  }
  std::size_t RawEnd() const {
    const auto open = source_.find('(', at_);
    if (open == std::string_view::npos) return source_.size();
    const std::string close = ")" + std::string(source_.substr(at_ + 1, open - at_ - 1)) + "\"";
    return After(close, open);
  }
  std::size_t QuotedEnd() const {
    std::size_t end = at_ + 1;
    while (end < source_.size() && source_[end] != source_[at_] && source_[end] != '\n') {
      end += source_[end] == '\\' ? 2U : 1U;
    }
    return std::min(end + 1, source_.size());
  }
  void Literal(std::size_t end) {
    if (what_ == Blank::kCommentsAndLiterals) {
      const std::size_t inside_end = end > at_ + 1 ? end - 1 : end;
      ++at_;
      BlankTo(inside_end);
    }
    at_ = end;
  }
  void BlankTo(std::size_t end) {
    end = std::min(end, source_.size());
    for (; at_ < end; ++at_) {
      if (out_[at_] != '\n') out_[at_] = ' ';
    }
  }

  std::string_view source_;
  Blank what_;
  std::string out_;
  std::size_t at_ = 0;
};

std::string_view Trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

std::string Blanked(std::string_view source, Blank what) { return Blanker(source, what).Run(); }

std::vector<Include> IncludesOf(std::string_view source) {
  const std::string code = Blanked(source, Blank::kComments);
  std::vector<Include> includes;
  int line = 0;
  for (std::size_t start = 0; start < code.size();) {
    const std::size_t end = std::min(code.find('\n', start), code.size());
    std::string_view text = Trimmed(std::string_view(code).substr(start, end - start));
    start = end + 1;
    ++line;
    if (!text.starts_with('#')) continue;
    text = Trimmed(text.substr(1));
    if (!text.starts_with("include")) continue;
    text = Trimmed(text.substr(7));
    if (text.size() < 3 || (text.front() != '"' && text.front() != '<')) continue;
    const bool angle = text.front() == '<';
    const auto close = text.find(angle ? '>' : '"', 1);
    if (close == std::string_view::npos) continue;
    includes.push_back({std::string(text.substr(1, close - 1)), angle, line});
  }
  return includes;
}

int LineAt(std::string_view text, std::size_t position) {
  const auto before = text.substr(0, position);
  return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

int CountLines(std::string_view text) {
  const int breaks = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  return text.empty() || text.back() == '\n' ? breaks : breaks + 1;
}

}  // namespace passport::tidy
