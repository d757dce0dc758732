// passportctl issue
#include <cstdint>
#include <memory>
#include <optional>

#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

struct IssueFlags {
  std::string import_id;
  std::optional<std::uint64_t> reviewed;
  std::string employee_number;
  std::string kind;
  std::vector<std::string> fields;
  std::string fields_file;
};

Result<void> AddField(std::string_view text, RecordText& record) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos) {
    return Fault{Reason::kConfig, "", "a field is not written name=value"};
  }
  const std::string name(text.substr(0, equals));
  if (!record.fields.emplace(name, text.substr(equals + 1)).second) {
    return Fault{Reason::kConfig, "", "the field " + name + " is given twice"};
  }
  return {};
}

Result<RecordText> ReadRecord(const IssueFlags& flags, int standard_input) {
  constexpr std::size_t kFieldsBytesMax = std::size_t{64} * 1024;
  RecordText record{.kind = flags.kind, .fields = {}};
  for (const std::string& field : flags.fields) TRY(AddField(field, record));
  if (flags.fields_file.empty()) return record;
  TRY_ASSIGN(const std::string text, ReadText(flags.fields_file, standard_input, kFieldsBytesMax));
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) TRY(AddField(line, record));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return record;
}

Ending IssueRecord(Session& session, const IssueFlags& flags) {
  const Result<RecordText> record = ReadRecord(flags, session.around().input);
  if (!record.ok()) return session.Refuse(record.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<IssuedAnswer> issued =
      session.Repeating([&] { return (*service)->IssueCredential(id, flags.employee_number, *record); });
  if (!issued.ok()) return session.Refuse(issued.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "credential_id", issued->credential_id);
    line.Append("again", tree.Boolean(issued->again));
    line.Append("unchanged", tree.Boolean(issued->unchanged));
    AppendText(tree, line, "superseded_id", issued->superseded_id);
    session.PrintJson(line);
  } else {
    const std::string_view how = issued->again ? "issued before: " : issued->unchanged ? "unchanged: " : "issued: ";
    session.around().output << how << Plain(issued->credential_id) << "\n";
    if (!issued->superseded_id.empty()) {
      session.around().output << "in the place of " << Plain(issued->superseded_id) << ", which is revoked\n";
    }
  }
  return Ending::kDone;
}

void PrintIssue(Session& session, const IssueAnswer& answer) {
  if (session.json()) {
    json::Tree tree;
    json::Value& object = tree.Object();
    AppendImport(tree, object, answer.import);
    AppendNumber(tree, object, "issued", answer.issued);
    AppendNumber(tree, object, "superseded", answer.superseded);
    AppendNumber(tree, object, "unchanged", answer.unchanged);
    AppendNumber(tree, object, "refused", answer.refused);
    AppendNumber(tree, object, "changed", answer.changed);
    AppendNumber(tree, object, "to_decide", answer.to_decide);
    AppendNumber(tree, object, "to_enrol", answer.to_enrol);
    json::Value& line = tree.Object();
    line.Append(answer.end ? "issue" : "progress", object);
    session.PrintJson(line);
    return;
  }
  if (!answer.end) {
    session.around().errors << answer.issued << " issued, " << answer.refused << " refused\n";
    return;
  }
  std::ostream& out = session.around().output;
  out << "issued      " << answer.issued << "\nsuperseded  " << answer.superseded << "\nunchanged   "
      << answer.unchanged << "\nrefused     " << answer.refused << "\n";
  if (answer.changed > 0) out << answer.changed << " are not what was reviewed any more: review, and issue again\n";
  if (answer.to_decide > 0) out << answer.to_decide << " wait for a decision: import resolve\n";
  if (answer.to_enrol > 0) out << answer.to_enrol << " wait until their person is enrolled: person enrol\n";
  out << "the import is " << Plain(answer.import.state) << "\n";
}

Ending IssueStaged(Session& session, const IssueFlags& flags) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<IssueAnswer> issued = session.Repeating([&] {
    return (*service)->IssueImport(id, flags.import_id, flags.reviewed.value_or(0),
                                   [&](const IssueAnswer& answer) { PrintIssue(session, answer); });
  });
  if (!issued.ok()) return session.Refuse(issued.fault());
  const bool whole = issued->refused + issued->changed + issued->to_decide + issued->to_enrol == 0;
  return whole ? Ending::kDone : Ending::kRefused;
}

Ending Issue(Session& session, const IssueFlags& flags) {
  const bool one = !flags.employee_number.empty() || !flags.kind.empty();
  if (one == !flags.import_id.empty() || (one && (flags.employee_number.empty() || flags.kind.empty()))) {
    return session.Misuse("issue takes IMPORT, or --employee-number and --kind for one record");
  }
  if (one && flags.reviewed) return session.Misuse("--reviewed goes with an IMPORT");
  return one ? IssueRecord(session, flags) : IssueStaged(session, flags);
}

}  // namespace

void AddIssueCommand(CLI::App& program, Action& chosen) {
  CLI::App* issue = program.add_subcommand("issue", "sign a reviewed import, or one record (employer)");
  const auto flags = std::make_shared<IssueFlags>();
  issue->add_option("IMPORT", flags->import_id, "as import FILE told it");
  issue->add_option("--reviewed", flags->reviewed, "number that review told: signs nothing if the import changed since")
      ->check(CLI::PositiveNumber);
  issue->add_option("--employee-number", flags->employee_number, "one record: whom it is about");
  issue->add_option("--kind", flags->kind, "mandatory_training, employment, ...");
  AddRepeated(*issue, "--field", flags->fields, "a fact, name=value; repeat");
  issue->add_option("--fields", flags->fields_file,
                    "file with one name=value a line, - for standard input: other users see flags, not files");
  issue->callback([flags, &chosen] { chosen = [flags](Session& session) { return Issue(session, *flags); }; });
}

}  // namespace passport
