// passportctl review
#include <map>
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

void PrintDraft(Session& session, const DraftAnswer& draft) {
  if (session.json()) {
    json::Tree tree;
    json::Value& object = tree.Object();
    AppendNumber(tree, object, "line", draft.line);
    AppendNumber(tree, object, "part", draft.part);
    AppendText(tree, object, "verdict", WordOf(draft.verdict));
    AppendText(tree, object, "state", draft.state);
    AppendText(tree, object, "employee_number", draft.employee_number);
    AppendRecord(tree, object, draft.record);
    AppendText(tree, object, "replaces_id", draft.replaces_id);
    AppendText(tree, object, "credential_id", draft.credential_id);
    AppendText(tree, object, "note", draft.note);
    if (draft.refusal) object.Append("refusal", ReasonObject(tree, draft.refusal->reason, draft.refusal->detail));
    json::Value& line = tree.Object();
    line.Append("draft", object);
    session.PrintJson(line);
    return;
  }
  std::ostream& out = session.around().output;
  out << "line " << draft.line << ": " << WordOf(draft.verdict) << ", " << Plain(draft.state) << ", "
      << Plain(draft.employee_number) << ", " << Plain(draft.record.kind) << "\n";
  for (const auto& [name, value] : draft.record.fields) out << "    " << Plain(name) << ": " << Plain(value) << "\n";
  if (!draft.replaces_id.empty()) out << "    takes the place of " << Plain(draft.replaces_id) << "\n";
  if (!draft.credential_id.empty()) out << "    credential " << Plain(draft.credential_id) << "\n";
  if (!draft.note.empty()) out << "    " << Plain(draft.note) << "\n";
  if (draft.refusal) {
    out << "    " << WordOf(draft.refusal->reason) << ": " << Plain(draft.refusal->detail) << ". "
        << TextOf(draft.refusal->reason).remedy << "\n";
  }
}

void PrintGone(Session& session, const CredentialAnswer& gone) {
  if (session.json()) {
    json::Tree tree;
    json::Value& object = tree.Object();
    AppendText(tree, object, "credential_id", gone.credential_id);
    AppendText(tree, object, "kind", gone.kind);
    AppendText(tree, object, "person_id", gone.person_id);
    json::Value& line = tree.Object();
    line.Append("gone", object);
    session.PrintJson(line);
    return;
  }
  session.around().output << "no longer named by the file: " << Plain(gone.kind) << " " << Plain(gone.credential_id)
                          << "; it stands until somebody revokes it\n";
}

void PrintReviewed(Session& session, const ImportReviewAnswer& reviewed) {
  const ImportAnswer& import = reviewed.import;
  if (session.json()) {
    json::Tree tree;
    json::Value& object = tree.Object();
    AppendImport(tree, object, import);
    AppendText(tree, object, "checker", reviewed.checker);
    AppendNumber(tree, object, "reviewed_revision", reviewed.reviewed_revision);
    session.PrintJson(object);
    return;
  }
  session.around().output << "import " << Plain(import.import_id) << " from " << Plain(import.source) << ", "
                          << Plain(import.state) << ", prepared by " << Plain(import.prepared_by)
                          << (reviewed.checker.empty() ? "" : ", checked by " + Plain(reviewed.checker)) << "\n";
}

// Nothing is left to sign of an import that is issued or dropped.
void PrintHowToSign(Session& session, const ImportReviewAnswer& reviewed) {
  const std::string& state = reviewed.import.state;
  if (state != "staged" && state != "issuing") return;
  session.around().output << "to sign what is shown here: passportctl issue " << Plain(reviewed.import.import_id)
                          << " --reviewed " << reviewed.reviewed_revision << "\n";
}

Ending Review(Session& session, const std::string& import_id, bool all) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  std::map<std::string_view, std::uint64_t> counts;
  ImportReviewAnswer reviewed_import;
  const ReviewSink sink{.import =
                            [&](const ImportReviewAnswer& answer) {
                              reviewed_import = answer;
                              PrintReviewed(session, answer);
                            },
                        .draft =
                            [&](const DraftAnswer& draft) {
                              ++counts[WordOf(draft.verdict)];
                              const bool plain = draft.verdict == RowVerdictAnswer::kUnchanged;
                              if (session.json() || all || !plain) PrintDraft(session, draft);
                            },
                        .gone =
                            [&](const CredentialAnswer& gone) {
                              ++counts["gone"];
                              PrintGone(session, gone);
                            }};
  const Result<void> reviewed = (*service)->ReviewImport(import_id, sink);
  if (!reviewed.ok()) return session.Refuse(reviewed.fault());
  if (!session.json()) {
    for (const auto& [word, count] : counts) session.around().output << word << "  " << count << "\n";
    PrintHowToSign(session, reviewed_import);
  }
  return Ending::kDone;
}

}  // namespace

void AddReviewCommand(CLI::App& program, Action& chosen) {
  CLI::App* review = program.add_subcommand("review", "what an import would sign, for whom (employer)");
  const auto import_id = std::make_shared<std::string>();
  const auto all = std::make_shared<bool>(false);
  review->add_option("IMPORT", *import_id, "as import FILE told it")->required();
  review->add_flag("--all", *all, "also what is unchanged");
  review->callback([import_id, all, &chosen] {
    chosen = [import_id, all](Session& session) { return Review(session, *import_id, *all); };
  });
}

}  // namespace passport
