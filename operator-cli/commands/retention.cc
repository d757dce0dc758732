// passportctl person erase, retention report, retention apply
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

void PrintJsonLine(Session& session, const ErasureAnswer& erased) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("credentials", tree.Integer(static_cast<std::int64_t>(erased.credentials)));
  line.Append("receipts", tree.Integer(static_cast<std::int64_t>(erased.receipts)));
  line.Append("drafts", tree.Integer(static_cast<std::int64_t>(erased.drafts)));
  line.Append("passport", tree.Boolean(erased.passport));
  session.PrintJson(line);
}

Ending Erase(Session& session, const ErasureEntry& entry) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const auto erased = session.Repeating([&] { return (*service)->ErasePerson(id, entry); });
  if (!erased.ok()) return session.Refuse(erased.fault());
  if (session.json()) {
    PrintJsonLine(session, *erased);
    return Ending::kDone;
  }
  std::ostream& output = session.around().output;
  output << "erased: " << erased->credentials << " credentials, " << erased->receipts << " receipts, " << erased->drafts
         << " rows of imported files\n"
         << (erased->passport ? "the passport is gone: no other organisation had the person\n"
                              : "other organisations keep what they have of the person\n")
         << "the next backup makes older backups unreadable for this person, too; see that one is made\n";
  return Ending::kDone;
}

void PrintJsonLine(Session& session, const RetentionAnswer& report, const RetentionLineAnswer& one) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "rules", report.rules);
  line.Append("version", tree.Integer(report.version));
  AppendText(tree, line, "rule", one.rule);
  AppendText(tree, line, "what", one.what);
  line.Append("keep_days", tree.Integer(one.keep_days));
  line.Append("kept", tree.Integer(static_cast<std::int64_t>(one.kept)));
  line.Append("due", tree.Integer(static_cast<std::int64_t>(one.due)));
  AppendText(tree, line, "why", one.why);
  AppendText(tree, line, "source", one.source);
  session.PrintJson(line);
}

Ending Tell(Session& session, const Result<RetentionAnswer>& report, std::string_view due, std::string_view after) {
  if (!report.ok()) return session.Refuse(report.fault());
  Table table({"RULE", "ABOUT", "DAYS", "KEPT", std::string(due), "WHY"});
  std::uint64_t all = 0;
  for (const RetentionLineAnswer& line : report->lines) {
    if (session.json()) PrintJsonLine(session, *report, line);
    all += line.due;
    table.Add({line.rule, line.what, std::to_string(line.keep_days), std::to_string(line.kept),
               std::to_string(line.due), line.why});
  }
  if (session.json()) return Ending::kDone;
  table.Print(session.around().output);
  if (all > 0) session.around().output << after << "\n";
  return Ending::kDone;
}

Ending Report(Session& session, const std::string& organisation) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  return Tell(session, session.Repeating([&] { return (*service)->ReportRetention(organisation); }), "DUE",
              "what is due goes by itself within a day; to have it go now: passportctl retention apply");
}

Ending Apply(Session& session, const std::string& organisation) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  return Tell(session, session.Repeating([&] { return (*service)->ApplyRetention(id, organisation); }), "ERASED",
              "the next backup makes older backups unreadable for these, too; see that one is made");
}

void AddTakenOver(CLI::App& command, std::string& organisation) {
  command.add_option("--organisation", organisation, "what an organisation kept that yours took over: ods:RC9");
}

}  // namespace

void AddPersonErase(CLI::App& person, Action& chosen) {
  CLI::App* erase = person.add_subcommand("erase", "erase everything you keep of one person, for good (operator)");
  const auto entry = std::make_shared<ErasureEntry>();
  CLI::Option* number = erase->add_option("--employee-number", entry->employee_number, "one of your own people");
  AddTakenOver(*erase, entry->organisation);
  erase->add_option("--holder", entry->subject, "or somebody you only relied on: the holder key that a receipt names")
      ->excludes(number);
  erase->add_option("--why", entry->why, "person_asked, kept_long_enough, wrong_person, test_data")->required();
  erase->callback([entry, &chosen] { chosen = [entry](Session& session) { return Erase(session, *entry); }; });
}

void AddRetentionCommand(CLI::App& program, Action& chosen) {
  CLI::App* retention = program.add_subcommand("retention", "how long what you keep is kept (operator)");
  retention->require_subcommand(1);
  CLI::App* report =
      retention->add_subcommand("report", "what you keep, by rule, and what is due to go; changes nothing");
  const auto organisation = std::make_shared<std::string>();
  AddTakenOver(*report, *organisation);
  report->callback([organisation, &chosen] {
    chosen = [organisation](Session& session) { return Report(session, *organisation); };
  });
  CLI::App* apply = retention->add_subcommand("apply", "erase what is due now instead of tonight");
  AddTakenOver(*apply, *organisation);
  apply->callback(
      [organisation, &chosen] { chosen = [organisation](Session& session) { return Apply(session, *organisation); }; });
}

}  // namespace passport
