#include "operator-cli/roster_file.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace passport {
namespace {

constexpr std::size_t kPortion = std::size_t{64} * 1024;
constexpr std::string_view kAnswerMark = "\xEF\xBB\xBF";

// Quoted when it must be, and never the beginning of a formula.
void AppendCell(std::string_view cell, std::string& text) {
  text.push_back(',');
  std::string safe(cell);
  if (!safe.empty() && std::string_view("=+-@\t\r").find(safe.front()) != std::string_view::npos) safe.insert(0, "'");
  if (safe.find_first_of(",\"\r\n") == std::string::npos) {
    text += safe;
    return;
  }
  text.push_back('"');
  for (const char c : safe) text.append(c == '"' ? 2U : 1U, c);
  text.push_back('"');
}

}  // namespace

std::optional<RosterRow> RosterFile::Next(End end) {
  std::array<char, kPortion> portion{};
  while (waiting_.empty() && !ended_ && !fault_) {
    const Result<std::size_t> count = file_.Read(portion);
    if (!count.ok()) {
      fault_ = count.fault();
      break;
    }
    ended_ = *count == 0;
    Result<void> read;
    if (!ended_) {
      read = rows_.Feed(std::string_view(portion.data(), *count), waiting_);
    } else if (end == End::kAnyRow) {
      read = rows_.Finish(waiting_);
    }
    if (!read.ok()) fault_ = read.fault();
  }
  if (waiting_.empty()) return std::nullopt;
  RosterRow row = std::move(waiting_.front());
  waiting_.pop_front();
  return row;
}

void RosterCounts::Add(std::string_view outcome) {
  if (outcome == "met") {
    ++met;
  } else if (outcome == "met_expiring") {
    ++met_expiring;
  } else if (outcome == "not_met") {
    ++not_met;
  } else if (outcome == "cannot_tell") {
    ++cannot_tell;
  } else {
    ++refused;
  }
}

void RowTrail::Add(std::string_view text) {
  std::string bytes(digest_.begin(), digest_.end());
  bytes += text;
  digest_ = Sha256(bytes);
}

Result<std::optional<AnsweredBefore>> ReadAnswered(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size == 0) return std::optional<AnsweredBefore>();
  TRY_ASSIGN(OpenFile file, OpenFile::ForReading(path, -1));
  RosterFile answered(std::move(file), {});
  AnsweredBefore before;
  std::vector<RosterRow> rows;
  bool header = false;
  const auto add_header = [&] {
    if (header) return;
    header = true;
    before.trail.Add(answered.rows().header());
    before.end = answered.rows().header_end() + 1;
  };
  while (const std::optional<RosterRow> row = answered.Next(RosterFile::End::kWholeRowsAlone)) {
    add_header();
    before.trail.Add(row->text);
    before.counts.Add(row->outcome);
    before.end = row->end + 1;
  }
  if (answered.fault() && answered.fault()->reason == Reason::kFileUnreadable) return *answered.fault();
  if (answered.fault() || (!answered.rows().header().empty() && !answered.rows().has_results()))
    return Fault{Reason::kConfig, "", "the file to go on with is not an answer to a roster"};
  if (answered.rows().header().empty()) return std::optional<AnsweredBefore>();
  add_header();
  return std::optional(before);
}

Result<void> RosterAnswers::Header(std::string_view header) {
  std::string text(kAnswerMark);
  text += header;
  for (const std::string_view name : kRosterResultColumns) AppendCell(name, text);
  text.push_back('\n');
  return write_(text);
}

Result<void> RosterAnswers::Add(RosterRow row, std::optional<Words> words) {
  waiting_.push_back({.line = row.line, .text = std::move(row.text), .words = std::move(words)});
  return Flush();
}

Result<void> RosterAnswers::Answer(std::uint64_t line, Words words) {
  const auto found = std::lower_bound(waiting_.begin(), waiting_.end(), line,
                                      [](const Waiting& each, std::uint64_t wanted) { return each.line < wanted; });
  if (found == waiting_.end() || found->line != line || found->words)
    return Fault{Reason::kSchemaNewer, "", "the answers of the roster do not match what was sent"};
  found->words = std::move(words);
  return Flush();
}

Result<void> RosterAnswers::Flush() {
  while (!waiting_.empty() && waiting_.front().words) {
    Waiting& first = waiting_.front();
    std::string text = std::move(first.text);
    for (const std::string& cell : {first.words->outcome, first.words->reason, first.words->until})
      AppendCell(cell, text);
    text.push_back('\n');
    TRY(write_(text));
    counts_.Add(first.words->outcome);
    waiting_.pop_front();
  }
  return {};
}

}  // namespace passport
