#include "operator-cli/import_run.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace passport {
namespace {

const Fault& Contradicted() {
  static const Fault fault{Reason::kPersonConflict, "", "a later row gives the person another date of birth"};
  return fault;
}

// What the reader says goes to the report and to the result file.
class Ears final : public RowObserver {
 public:
  Ears(ImportReport& report, ImportResults* results) : report_(report), results_(results) {}
  void OnRow(const SourceRow& row) override {
    if (results_ != nullptr) results_->OnRow(row);
  }
  void OnRecord(const ImportedRecord& record) override {
    if (results_ != nullptr) results_->OnRecord(record);
  }
  void OnRowFault(const RowFault& fault) override {
    report_.OnRowFault(fault);
    if (results_ != nullptr) results_->OnRowFault(fault);
  }

 private:
  ImportReport& report_;
  ImportResults* results_;
};

}  // namespace

Result<StagedAnswer> ImportRun::Try() {
  constexpr int kNoStandardInput = -1;  // "-" is refused before
  TRY_ASSIGN(OpenFile file, OpenFile::ForReading(question_.path, kNoStandardInput));
  std::optional<ImportResults> results;
  if (!question_.results.empty()) {
    TRY_ASSIGN(OpenFile opened, OpenFile::ForWriting(question_.results));
    results.emplace(std::move(opened), question_.facts.encoding);
  }
  report_.Begin();
  answered_ = 0;
  Ears ears(report_, results ? &*results : nullptr);
  FileRecords records(std::move(file), question_.terms, ears);
  struct Sent {
    std::string kind;
    std::string employee_number;
  };
  std::deque<Sent> unanswered;
  const auto next = [&]() -> std::optional<ImportOrder> {
    while (std::optional<PlacedRecord> placed = records.Next()) {
      const std::uint64_t line = placed->record.line;
      if (question_.facts.contradicted.contains(line)) {
        report_.OnHeldBack(line, placed->record.kind, Contradicted());
        if (results) results->OnHeldBack(line, Contradicted());
        continue;
      }
      ImportOrder order = OrderOf(std::move(*placed));
      unanswered.push_back({.kind = order.record.kind, .employee_number = order.employee_number});
      return order;
    }
    return std::nullopt;
  };
  const auto answered = [&](const ImportRowAnswer& answer) {
    ++answered_;
    report_.OnAnswer(unanswered.front().kind, answer);
    if (results) results->OnAnswer(answer);
    if (answer.person == RowPersonAnswer::kToBeEnrolled && answer.verdict == RowVerdictAnswer::kNew) {
      to_enrol_(unanswered.front().employee_number);
    }
    unanswered.pop_front();
  };
  Result<StagedAnswer> staged = service_.StageImport(question_.opening, next, answered);
  if (records.fault()) return *records.fault();
  if (!staged.ok()) return staged;
  if (results) TRY(results->Finish());
  return staged;
}

Result<StagedAnswer> ImportRun::operator()(const ImportPatience& patience) {
  std::uint64_t furthest = 0;
  int tries = 0;
  while (true) {
    Result<StagedAnswer> staged = Try();
    if (staged.ok() || !WorthRepeating(staged.fault().reason)) return staged;
    tries = answered_ > furthest ? 1 : tries + 1;
    furthest = std::max(furthest, answered_);
    if (tries >= patience.tries_max) return staged;
    around_.pause(std::min(patience.pause_max, std::chrono::milliseconds(100) * (1 << std::min(tries, 5))));
  }
}

}  // namespace passport
