// passportctl profile and passportctl taxonomy: what is put in force, and what is taken out of it
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr std::size_t kRulesBytesMax = std::size_t{1} << 20;

std::string_view NameOf(RuleWord kind) { return kind == RuleWord::kTaxonomy ? "taxonomy" : "profile"; }

Ending Put(Session& session, RuleWord kind, const std::string& path) {
  const Result<std::string> text = ReadText(path, session.around().input, kRulesBytesMax);
  if (!text.ok()) return session.Refuse(text.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<std::vector<std::string>> put = session.Repeating([&] { return (*service)->PutRules(id, kind, *text); });
  if (!put.ok()) return session.Refuse(put.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, NameOf(kind), "in_force");
    AppendTexts(tree, line, "warnings", *put);
    session.PrintJson(line);
  } else {
    for (const std::string& warning : *put) session.around().output << "note: " << Plain(warning) << "\n";
    session.around().output << "the " << NameOf(kind)
                            << " is put; receivers see it after the next publication, from its first day on\n";
  }
  return Ending::kDone;
}

struct WithdrawFlags {
  std::string id;
  int version = 0;
};

Ending Withdraw(Session& session, RuleWord kind, const WithdrawFlags& flags) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<void> withdrawn =
      session.Repeating([&] { return (*service)->WithdrawRules(id, kind, flags.id, flags.version); });
  if (!withdrawn.ok()) return session.Refuse(withdrawn.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, NameOf(kind), "withdrawn");
    session.PrintJson(line);
  } else {
    session.around().output << "version " << flags.version << " of " << Plain(flags.id)
                            << " is withdrawn; the one before it is in force after the next publication\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddRuleVerbs(CLI::App& command, RuleWord kind, Action& chosen) {
  CLI::App* put = command.add_subcommand("put", "put a new version in force");
  const auto path = std::make_shared<std::string>();
  put->add_option("FILE", *path, "the file as JSON, - for standard input")->required();
  put->callback(
      [kind, path, &chosen] { chosen = [kind, path](Session& session) { return Put(session, kind, *path); }; });
  CLI::App* withdraw = command.add_subcommand("withdraw", "take a version out of force");
  const auto flags = std::make_shared<WithdrawFlags>();
  withdraw->add_option("--id", flags->id, "which one")->required();
  withdraw->add_option("--version", flags->version, "which version of it")->required();
  withdraw->callback(
      [kind, flags, &chosen] { chosen = [kind, flags](Session& session) { return Withdraw(session, kind, *flags); }; });
}

}  // namespace passport
