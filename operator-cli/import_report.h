// What would become of the rows of a file: counts, and every row that was refused or waits for a decision, with line,
// column, what kind of value stood there, and what to do.
//
// Names line, column and rule, never what stood there. Memory is bounded: on the screen the first kRefusalsShownMax are
// shown whole and all of them counted by column and reason; JSON and the result file have all. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "operator-cli/import/import_reader.h"
#include "operator-cli/import/row_faults.h"
#include "operator-cli/session.h"
#include "terminal/table.h"

namespace passport {

inline constexpr std::size_t kRefusalsShownMax = 40;

struct ImportTally {
  std::uint64_t rows_refused = 0;  // by what stands in the file
  std::uint64_t held_back = 0;     // records of rows that a later row contradicts
  std::uint64_t answered = 0;      // records, by the service
  std::uint64_t to_enrol = 0;      // of them new and of people who are not known yet
};

class ImportReport {
 public:
  explicit ImportReport(Session& session)
      : session_(session), shown_({"line", "column", "kind", "value", "reason", "detail", "what to do"}) {}
  // A try to send the file begins; what was told of an earlier try is not told again.
  void Begin();
  void OnRowFault(const RowFault& fault);
  void OnHeldBack(std::uint64_t line, std::string_view kind, const Fault& fault);
  void OnAnswer(const std::string& kind, const ImportRowAnswer& answer);
  // Prints the tables and the counts.
  void Finish(const ImportProgress& read, const StagedAnswer& staged, bool dry_run, std::uint64_t people_enrolled);
  const ImportTally& tally() const { return tally_; }

 private:
  struct Said {
    std::uint64_t line;
    std::string_view column;
    std::string_view kind;
    std::string_view value_class;
    Reason reason;
    std::string_view detail;
    std::string_view remedy;
    bool possible_match = false;
  };
  void Tell(const Said& said);
  void TellProgress();
  void PrintJson(const ImportProgress& read, const StagedAnswer& staged, bool dry_run, std::uint64_t people_enrolled);

  Session& session_;
  ImportTally tally_;
  std::uint64_t refusals_ = 0;
  std::pair<std::uint64_t, std::uint64_t> told_{0, 0};              // most that any try told as JSON, and this one
  std::map<std::pair<std::string, Reason>, std::uint64_t> counts_;  // columns and kinds are ours, so there are few
  Table shown_;
};

}  // namespace passport
