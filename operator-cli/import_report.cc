#include "operator-cli/import_report.h"

#include <utility>

#include "operator-cli/plain_text.h"

namespace passport {
namespace {

constexpr std::uint64_t kProgressEvery = 500;
constexpr std::string_view kResultColumns = "line,kind,outcome,credential_id,column,reason,detail,who,remedy\n";

}  // namespace

ImportReport::ImportReport(Session& session, std::optional<OpenFile> results)
    : session_(session),
      results_(std::move(results)),
      shown_({"line", "column", "kind", "reason", "detail", "who", "what to do"}) {
  if (!results_) return;
  const Result<void> written = results_->Write(kResultColumns);
  if (!written.ok()) write_fault_ = written.fault();
}

void ImportReport::WriteResult(std::uint64_t line, std::string_view kind, std::string_view outcome,
                               std::string_view credential_id, std::string_view column, std::optional<Reason> reason,
                               std::string_view detail) {
  if (!results_ || write_fault_) return;
  std::string text = std::to_string(line);
  for (const std::string_view field : {kind, outcome, credential_id, column}) text += "," + CsvField(field);
  text += "," + std::string(reason ? WordOf(*reason) : "") + "," + CsvField(detail);
  text +=
      "," + CsvField(reason ? TextOf(*reason).who : "") + "," + CsvField(reason ? TextOf(*reason).remedy : "") + "\n";
  const Result<void> written = results_->Write(text);
  if (!written.ok()) write_fault_ = written.fault();
}

void ImportReport::Refuse(std::uint64_t line, std::string_view kind, std::string_view column, Reason reason,
                          std::string_view detail) {
  WriteResult(line, kind, "refused", "", column, reason, detail);
  const ReasonText& text = TextOf(reason);
  if (session_.json()) {
    json::Tree tree;
    json::Value& object = ReasonObject(tree, reason, detail);
    AppendNumber(tree, object, "line", line);
    AppendText(tree, object, "column", column);
    AppendText(tree, object, "kind", kind);
    json::Value& outer = tree.Object();
    outer.Append("refused", object);
    session_.PrintJson(outer);
  } else if (++refusals_ <= kRefusalsShownMax) {
    shown_.Add({std::to_string(line), std::string(column), std::string(kind), std::string(text.word),
                std::string(detail), std::string(text.who), std::string(text.remedy)});
  }
}

void ImportReport::OnRowFault(const RowFault& fault) {
  ++tally_.rows_refused;
  Refuse(fault.line, "", fault.column, fault.fault.reason, fault.fault.detail);
}

void ImportReport::TellProgress() {
  if (++answered_ % kProgressEvery != 0) return;
  if (session_.json()) {
    json::Tree tree;
    json::Value& progress = tree.Object();
    AppendNumber(tree, progress, "answered", answered_);
    AppendNumber(tree, progress, "issued", tally_.issued);
    AppendNumber(tree, progress, "again", tally_.again);
    AppendNumber(tree, progress, "records_refused", tally_.records_refused);
    json::Value& line = tree.Object();
    line.Append("progress", progress);
    session_.PrintJson(line);
  } else {
    session_.around().errors << answered_ << " records answered: " << tally_.issued << " issued, " << tally_.again
                             << " issued before, " << tally_.records_refused << " refused\n";
  }
}

void ImportReport::OnAnswer(const ImportedRecord& record, const ImportRowAnswer& answer) {
  ++tally_.records;
  if (answer.kind == RowAnswerKind::kIssued) ++tally_.issued;
  if (answer.kind == RowAnswerKind::kAgain) ++tally_.again;
  if (answer.kind == RowAnswerKind::kRefused && answer.refusal) {
    ++tally_.records_refused;
    Refuse(record.line, record.kind, "", answer.refusal->reason, answer.refusal->detail);
  } else {
    WriteResult(record.line, record.kind, WordOf(answer.kind), answer.credential_id, "", std::nullopt, "");
  }
  TellProgress();
}

Result<void> ImportReport::Finish(const ImportTally& tally) {
  if (session_.json()) {
    json::Tree tree;
    json::Value& counts = tree.Object();
    AppendNumber(tree, counts, "rows_read", tally.rows_read);
    AppendNumber(tree, counts, "rows_refused", tally.rows_refused);
    AppendNumber(tree, counts, "records", tally.records);
    AppendNumber(tree, counts, "issued", tally.issued);
    AppendNumber(tree, counts, "again", tally.again);
    AppendNumber(tree, counts, "records_refused", tally.records_refused);
    AppendNumber(tree, counts, "people_enrolled", tally.people_enrolled);
    json::Value& line = tree.Object();
    line.Append("import", counts);
    session_.PrintJson(line);
  } else {
    std::ostream& out = session_.around().output;
    shown_.Print(out);
    if (refusals_ > kRefusalsShownMax) {
      out << "and " << refusals_ - kRefusalsShownMax << " more; --results FILE or --json lists all\n";
    }
    out << (refusals_ > 0 ? "\n" : "") << "rows read        " << tally.rows_read << "\nrows refused     "
        << tally.rows_refused << "\nrecords sent     " << tally.records << "\n  issued         " << tally.issued
        << "\n  issued before  " << tally.again << "\n  refused        " << tally.records_refused << "\n";
    if (tally.people_enrolled > 0) out << "people enrolled  " << tally.people_enrolled << "\n";
  }
  if (results_ && !write_fault_) {
    const Result<void> synced = results_->Sync();
    if (!synced.ok()) write_fault_ = synced.fault();
  }
  if (write_fault_) return *write_fault_;
  return {};
}

}  // namespace passport
