#include "verifier-cli/token/line_reader.h"

#include <utility>

namespace passport {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;

}  // namespace

LineReader::LineReader(InputFile& input, std::size_t line_bytes_max)
    : input_(input), line_bytes_max_(line_bytes_max), block_(kBlockBytes) {}

void LineReader::Take(std::string_view piece) {
  if (over_long_) return;
  if (piece.size() > line_bytes_max_ - partial_.size()) {
    over_long_ = true;
    partial_ = std::string();
    return;
  }
  partial_.append(piece);
}

void LineReader::Finish(std::vector<Line>& lines) {
  lines.push_back({.text = std::exchange(partial_, std::string()), .over_long = over_long_});
  over_long_ = false;
}

Result<bool> LineReader::Read(std::vector<Line>& lines) {
  TRY_ASSIGN(const std::size_t count, input_.Read(block_));
  if (count == 0) {
    if (!partial_.empty() || over_long_) Finish(lines);
    return false;
  }
  std::string_view rest(block_.data(), count);
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    Take(rest.substr(0, end));
    Finish(lines);
    rest.remove_prefix(end + 1);
  }
  Take(rest);
  return true;
}

}  // namespace passport
