// A roster as a file: its rows one after the other, and the same file with what became of each.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/sha256.h"
#include "operator-cli/import/roster_rows.h"
#include "terminal/files.h"

namespace passport {

// Read in portions, so memory is bounded by one portion and one row whatever the file. One thread.
class RosterFile {
 public:
  RosterFile(OpenFile file, RosterProfiles profiles) : file_(std::move(file)), rows_(std::move(profiles)) {}
  // `whole_rows_alone`: a row at the end that has no line end is not one.
  enum class End { kAnyRow, kWholeRowsAlone };
  // Nothing at the end and when the file as a whole is refused; see fault().
  std::optional<RosterRow> Next(End end = End::kAnyRow);
  // As RosterRows, and kFileUnreadable.
  const std::optional<Fault>& fault() const { return fault_; }
  const RosterRows& rows() const { return rows_; }

 private:
  OpenFile file_;
  RosterRows rows_;
  std::deque<RosterRow> waiting_;
  std::optional<Fault> fault_;
  bool ended_ = false;
};

struct RosterCounts {
  std::uint64_t met = 0;
  std::uint64_t met_expiring = 0;
  std::uint64_t not_met = 0;
  std::uint64_t cannot_tell = 0;
  std::uint64_t refused = 0;  // could not be judged

  void Add(std::string_view outcome);
  std::uint64_t rows() const { return met + met_expiring + not_met + cannot_tell + refused; }
};

// The rows of a file by their texts, to know them again.
class RowTrail {
 public:
  void Add(std::string_view text);
  bool operator==(const RowTrail&) const = default;

 private:
  Digest digest_{};
};

// What stands in an answer that is gone on with.
struct AnsweredBefore {
  RosterCounts counts;
  RowTrail trail;         // of the header and these rows
  std::uint64_t end = 0;  // of the last whole row, with its line end
};
// Nothing when there is no such file, or nothing in it. Fails with kConfig when it is no answer to a roster.
Result<std::optional<AnsweredBefore>> ReadAnswered(const std::string& path);

// Writes the rows of a roster back in the order of the file, with outcome, reason and until. Texts of ours are
// protected from spreadsheets. UTF-8 with a byte order mark, rows end with LF. Holds the rows that wait for an answer.
// One thread.
class RosterAnswers {
 public:
  using Write = std::function<Result<void>(std::string_view bytes)>;
  explicit RosterAnswers(Write write) : write_(std::move(write)) {}
  Result<void> Header(std::string_view header);
  // The next row of the file; its answer comes later, or now.
  struct Words {
    std::string outcome;
    std::string reason;
    std::string until;
  };
  Result<void> Add(RosterRow row, std::optional<Words> words);
  // Of a row that waits. Fails with kSchemaNewer for any other line.
  Result<void> Answer(std::uint64_t line, Words words);
  std::size_t waiting() const { return waiting_.size(); }
  const RosterCounts& counts() const { return counts_; }
  void CountBefore(const RosterCounts& before) { counts_ = before; }

 private:
  struct Waiting {
    std::uint64_t line;
    std::string text;
    std::optional<Words> words;
  };
  Result<void> Flush();
  Write write_;
  std::deque<Waiting> waiting_;
  RosterCounts counts_;
};

}  // namespace passport
