// passportctl holding list
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

void Tell(Session& session, const HoldingAnswer& holding) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "credential_id", holding.credential_id);
    AppendText(tree, line, "issuer", holding.issuer);
    AppendText(tree, line, "state", holding.state);
    AppendRecord(tree, line, holding.record);
    session.PrintJson(line);
    return;
  }
  std::ostream& out = session.around().output;
  out << Plain(holding.record.kind) << "  " << holding.state << "  issued by " << Plain(holding.issuer) << "\n  "
      << Plain(holding.credential_id) << "\n";
  for (const auto& [name, value] : holding.record.fields) out << "  " << Plain(name) << ": " << Plain(value) << "\n";
}

Ending ListHolding(Session& session, const std::string& code_file) {
  const Result<Secret> code = ReadPassportCode(code_file, session.around().input);
  if (!code.ok()) return session.Refuse(code.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<std::vector<HoldingAnswer>> holdings =
      session.Repeating([&] { return (*service)->ListHoldings(*code); });
  if (!holdings.ok()) return session.Refuse(holdings.fault());
  for (const HoldingAnswer& holding : *holdings) Tell(session, holding);
  return Ending::kDone;
}

}  // namespace

void AddHoldingCommand(CLI::App& program, Action& chosen) {
  CLI::App* holding = program.add_subcommand("holding", "what a person holds");
  holding->require_subcommand(1);
  CLI::App* list = holding->add_subcommand("list", "everything, of every issuer");
  const auto code_file = std::make_shared<std::string>();
  list->add_option("--passport-code-file", *code_file, "file with the person's code, - for standard input")->required();
  list->callback(
      [code_file, &chosen] { chosen = [code_file](Session& session) { return ListHolding(session, *code_file); }; });
}

}  // namespace passport
