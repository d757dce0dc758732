// passportctl issue
#include <memory>

#include "operator-cli/commands/commands.h"
#include "operator-cli/files.h"
#include "operator-cli/plain_text.h"

namespace passport {
namespace {

struct IssueFlags {
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

Ending Issue(Session& session, const IssueFlags& flags) {
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
    session.PrintJson(line);
  } else {
    session.around().output << (issued->again ? "issued before: " : "issued: ") << Plain(issued->credential_id) << "\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddIssueCommand(CLI::App& program, Action& chosen) {
  CLI::App* issue = program.add_subcommand("issue", "sign one record about a person (employer)");
  const auto flags = std::make_shared<IssueFlags>();
  issue->add_option("--employee-number", flags->employee_number, "whom it is about")->required();
  issue->add_option("--kind", flags->kind, "mandatory_training, employment, ...")->required();
  AddRepeated(*issue, "--field", flags->fields, "a fact, name=value; repeat");
  issue->add_option("--fields", flags->fields_file,
                    "file with one name=value a line, - for standard input: other users see flags, not files");
  issue->callback([flags, &chosen] { chosen = [flags](Session& session) { return Issue(session, *flags); }; });
}

}  // namespace passport
