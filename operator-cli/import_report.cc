#include "operator-cli/import_report.h"

#include <algorithm>

#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr std::uint64_t kProgressEvery = 500;

std::vector<std::string> Headings() { return {"line", "column", "kind", "value", "reason", "detail", "what to do"}; }

}  // namespace

void ImportReport::Begin() {
  tally_ = {};
  refusals_ = 0;
  told_ = {std::max(told_.first, told_.second), 0};
  counts_.clear();
  shown_ = Table(Headings());
}

void ImportReport::Tell(const Said& said) {
  ++refusals_;
  const ReasonText& text = TextOf(said.reason);
  ++counts_[{std::string(said.column.empty() ? said.kind : said.column), said.reason}];
  if (!session_.json()) {
    if (refusals_ <= kRefusalsShownMax) {
      shown_.Add({std::to_string(said.line), std::string(said.column), std::string(said.kind),
                  std::string(said.value_class), std::string(text.word), std::string(said.detail),
                  std::string(said.remedy)});
    }
    return;
  }
  if (++told_.second <= told_.first) return;
  json::Tree tree;
  json::Value& object = ReasonObject(tree, said.reason, said.detail);
  AppendNumber(tree, object, "line", said.line);
  AppendText(tree, object, "column", said.column);
  AppendText(tree, object, "kind", said.kind);
  AppendText(tree, object, "value", said.value_class);
  AppendText(tree, object, "what_to_do", said.remedy);
  json::Value& outer = tree.Object();
  outer.Append(said.possible_match ? "possible_match" : "refused", object);
  session_.PrintJson(outer);
}

void ImportReport::OnRowFault(const RowFault& fault) {
  ++tally_.rows_refused;
  Tell({.line = fault.line,
        .column = fault.column,
        .kind = "",
        .value_class = WordOf(fault.value_class),
        .reason = fault.fault.reason,
        .detail = fault.fault.detail,
        .remedy = RemedyOf(fault)});
}

void ImportReport::OnHeldBack(std::uint64_t line, std::string_view kind, const Fault& fault) {
  ++tally_.held_back;
  Tell({.line = line,
        .column = "",
        .kind = kind,
        .value_class = WordOf(ValueClass::kOtherBirthDate),
        .reason = fault.reason,
        .detail = fault.detail,
        .remedy = TextOf(fault.reason).remedy});
}

void ImportReport::OnAnswer(const std::string& kind, const ImportRowAnswer& answer) {
  ++tally_.answered;
  if (answer.person == RowPersonAnswer::kToBeEnrolled && answer.verdict == RowVerdictAnswer::kNew) ++tally_.to_enrol;
  if (answer.refusal) {
    Tell({.line = answer.line,
          .column = "",
          .kind = kind,
          .value_class = "",
          .reason = answer.refusal->reason,
          .detail = answer.refusal->detail,
          .remedy = RemedyOf(answer.refusal->reason),
          .possible_match = answer.verdict == RowVerdictAnswer::kPossibleMatch});
  }
  if (tally_.answered % kProgressEvery == 0) TellProgress();
}

void ImportReport::TellProgress() {
  if (!session_.json()) {
    session_.around().errors << tally_.answered << " records answered\n";
    return;
  }
  json::Tree tree;
  json::Value& progress = tree.Object();
  AppendNumber(tree, progress, "answered", tally_.answered);
  json::Value& line = tree.Object();
  line.Append("progress", progress);
  session_.PrintJson(line);
}

void ImportReport::PrintJson(const ImportProgress& read, const StagedAnswer& staged, bool dry_run,
                             std::uint64_t people_enrolled) {
  json::Tree tree;
  json::Value& object = tree.Object();
  AppendText(tree, object, "import_id", staged.import.import_id);
  AppendText(tree, object, "state", staged.import.state);
  object.Append("dry_run", tree.Boolean(dry_run));
  AppendNumber(tree, object, "rows_read", read.rows_read);
  AppendNumber(tree, object, "rows_refused", tally_.rows_refused);
  AppendNumber(tree, object, "records_held_back", tally_.held_back);
  AppendNumber(tree, object, "records", staged.counts.rows);
  AppendNumber(tree, object, "new", staged.counts.added);
  AppendNumber(tree, object, "changed", staged.counts.changed);
  AppendNumber(tree, object, "unchanged", staged.counts.unchanged);
  AppendNumber(tree, object, "refused", staged.counts.refused);
  AppendNumber(tree, object, "possible_matches", staged.counts.possible_matches);
  AppendNumber(tree, object, "gone", staged.gone);
  AppendNumber(tree, object, "people_enrolled", people_enrolled);
  json::Value& line = tree.Object();
  line.Append("import", object);
  session_.PrintJson(line);
}

void ImportReport::Finish(const ImportProgress& read, const StagedAnswer& staged, bool dry_run,
                          std::uint64_t people_enrolled) {
  if (session_.json()) {
    PrintJson(read, staged, dry_run, people_enrolled);
    return;
  }
  std::ostream& out = session_.around().output;
  shown_.Print(out);
  if (refusals_ > kRefusalsShownMax) {
    out << "and " << refusals_ - kRefusalsShownMax << " more; --results FILE or --json lists all. By column or kind:\n";
    Table counts({"column or kind", "reason", "rows"});
    for (const auto& [what, rows] : counts_) {
      counts.Add({what.first, std::string(WordOf(what.second)), std::to_string(rows)});
    }
    counts.Print(out);
  }
  out << (refusals_ > 0 ? "\n" : "") << "rows read         " << read.rows_read << "\nrows refused      "
      << tally_.rows_refused << "\nrecords           " << staged.counts.rows << "\n  new             "
      << staged.counts.added << "\n  changed         " << staged.counts.changed << "\n  unchanged       "
      << staged.counts.unchanged << "\n  refused         " << staged.counts.refused << "\n  possible match  "
      << staged.counts.possible_matches << "\n";
  if (tally_.held_back > 0) out << "held back         " << tally_.held_back << "\n";
  if (staged.gone > 0) out << "no longer named   " << staged.gone << "\n";
  if (people_enrolled > 0) out << "people enrolled   " << people_enrolled << "\n";
  if (dry_run) {
    out << "nothing was kept: this was a dry run\n";
  } else if (staged.import.state == "issued") {
    out << "this file was issued before; nothing is to be done\nimport  " << Plain(staged.import.import_id) << "\n";
  } else {
    out << Plain(staged.import.state) << "; nothing is signed yet\nlook at it with:        review "
        << Plain(staged.import.import_id) << "\nthen sign with:         issue " << Plain(staged.import.import_id)
        << "\n";
  }
}

}  // namespace passport
