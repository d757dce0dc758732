#include "operator-cli/import_results.h"

#include <algorithm>
#include <utility>

#include "operator-cli/import/row_faults.h"

namespace passport {
namespace {

// What a person must look at first decides for the row.
int WeightOf(RowVerdictAnswer verdict) {
  switch (verdict) {
    case RowVerdictAnswer::kRefused:
      return 4;
    case RowVerdictAnswer::kPossibleMatch:
      return 3;
    case RowVerdictAnswer::kChanged:
      return 2;
    case RowVerdictAnswer::kNew:
      return 1;
    case RowVerdictAnswer::kUnchanged:
      return 0;
  }
  return 0;
}

}  // namespace

ImportResults::ImportResults(OpenFile file, const FileEncoding& encoding)
    : file_(std::move(file)),
      encoding_(encoding),
      results_([this](std::string_view bytes) { return file_.Write(bytes); }) {}

ImportResults::Waiting* ImportResults::Find(std::uint64_t line) {
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [line](const Waiting& waiting) { return waiting.row.line == line; });
  return found == waiting_.end() ? nullptr : &*found;
}

void ImportResults::Tell(Waiting& waiting, RowVerdictAnswer verdict, std::string_view detail,
                         std::string_view what_to_do) {
  if (waiting.verdict && WeightOf(*waiting.verdict) >= WeightOf(verdict)) return;
  waiting.verdict = verdict;
  waiting.detail = detail;
  waiting.what_to_do = what_to_do;
}

void ImportResults::OnRow(const SourceRow& row) {
  if (!waiting_.empty()) waiting_.back().read = true;
  Waiting waiting{.row = row, .text = std::string(row.text), .verdict = {}, .detail = {}, .what_to_do = {}};
  waiting_.push_back(std::move(waiting));
  Flush();
}

void ImportResults::OnRecord(const ImportedRecord& record) {
  if (Waiting* const waiting = Find(record.line)) ++waiting->to_answer;
}

void ImportResults::OnRowFault(const RowFault& fault) {
  Waiting* const waiting = Find(fault.line);
  if (waiting == nullptr) return;
  // Most details name their column already.
  const bool told = fault.column.empty() || fault.fault.detail.starts_with(fault.column + ": ");
  const std::string detail = told ? fault.fault.detail : fault.column + ": " + fault.fault.detail;
  Tell(*waiting, RowVerdictAnswer::kRefused, detail, RemedyOf(fault));
}

void ImportResults::OnHeldBack(std::uint64_t line, const Fault& fault) {
  Waiting* const waiting = Find(line);
  if (waiting == nullptr) return;
  if (waiting->to_answer > 0) --waiting->to_answer;
  Tell(*waiting, RowVerdictAnswer::kRefused, fault.detail, TextOf(fault.reason).remedy);
}

void ImportResults::OnAnswer(const ImportRowAnswer& answer) {
  Waiting* const waiting = Find(answer.line);
  if (waiting == nullptr) return;
  if (waiting->to_answer > 0) --waiting->to_answer;
  if (answer.refusal) {
    const ReasonText& text = TextOf(answer.refusal->reason);
    const std::string detail = answer.refusal->detail.empty() ? std::string(text.happened) : answer.refusal->detail;
    Tell(*waiting, answer.verdict, detail, RemedyOf(answer.refusal->reason));
  } else {
    Tell(*waiting, answer.verdict, answer.note, "");
  }
  Flush();
}

Result<void> ImportResults::Write(const Waiting& waiting) {
  SourceRow row = waiting.row;
  row.text = waiting.text;
  if (row.kind == SourceRow::Kind::kHeader) return results_.Header(row, encoding_);
  if (row.kind == SourceRow::Kind::kBlank) return results_.Blank(row);
  return results_.Row(row, {.result = WordOf(waiting.verdict.value_or(RowVerdictAnswer::kUnchanged)),
                            .detail = waiting.detail,
                            .what_to_do = waiting.what_to_do});
}

void ImportResults::Flush() {
  while (!fault_ && !waiting_.empty() && waiting_.front().read && waiting_.front().to_answer == 0) {
    const Result<void> written = Write(waiting_.front());
    if (!written.ok()) fault_ = written.fault();
    waiting_.pop_front();
  }
}

Result<void> ImportResults::Finish() {
  if (!waiting_.empty()) waiting_.back().read = true;
  Flush();
  if (fault_) return *fault_;
  return file_.Sync();
}

}  // namespace passport
