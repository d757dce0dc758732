// passportctl challenge
#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

Ending Ask(Session& session) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<ChallengeAnswer> challenge = session.Repeating([&] { return (*service)->CreateChallenge(); });
  if (!challenge.ok()) return session.Refuse(challenge.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "nonce", challenge->nonce);
    AppendText(tree, line, "audience", challenge->audience);
    AppendText(tree, line, "expires_at", UtcText(challenge->expires_at));
    session.PrintJson(line);
  } else {
    session.around().output << "nonce     " << Plain(challenge->nonce) << "\naudience  " << Plain(challenge->audience)
                            << "\nexpires   " << UtcText(challenge->expires_at) << "\n";
  }
  return Ending::kDone;
}

}  // namespace

void AddChallengeCommand(CLI::App& program, Action& chosen) {
  CLI::App* challenge = program.add_subcommand("challenge", "ask for a presentation: a nonce, good once (receiver)");
  challenge->callback([&chosen] { chosen = Ask; });
}

}  // namespace passport
