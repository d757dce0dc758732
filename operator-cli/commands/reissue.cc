// passportctl reissue
#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

Ending Reissue(Session& session) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  std::ostream& errors = session.around().errors;
  const auto progress = [&](const ReissueAnswer& answer) {
    if (!answer.end && !session.json()) {
      errors << answer.looked_at << " credentials looked at, " << answer.reissued << " signed again\n";
    }
  };
  const Result<ReissueAnswer> done = session.Repeating([&] { return (*service)->ReissueCredentials(id, progress); });
  if (!done.ok()) return session.Refuse(done.fault());
  std::uint64_t left = 0;
  for (const ReissueAnswer::Left& some : done->left) left += some.count;
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "looked_at", done->looked_at);
    AppendNumber(tree, line, "reissued", done->reissued);
    json::Value& reasons = tree.Array();
    for (const ReissueAnswer::Left& some : done->left) {
      json::Value& reason = tree.Object();
      AppendText(tree, reason, "reason", some.reason);
      AppendNumber(tree, reason, "count", some.count);
      reasons.Append(reason);
    }
    line.Append("left", reasons);
    session.PrintJson(line);
  } else {
    std::ostream& out = session.around().output;
    out << done->reissued
        << " credentials signed again; the old ones are revoked. People show the new ones from now on\n";
    for (const ReissueAnswer::Left& some : done->left) {
      out << some.count << " left: " << Plain(some.reason)
          << ". Suspended ones wait for reinstate or revoke, then call again\n";
    }
  }
  return left == 0 ? Ending::kDone : Ending::kRefused;
}

}  // namespace

void AddReissueCommand(CLI::App& program, Action& chosen) {
  CLI::App* reissue = program.add_subcommand(
      "reissue", "sign again, with the key in use now, all that was signed with a lost key; call again if interrupted");
  reissue->callback([&chosen] { chosen = Reissue; });
}

}  // namespace passport
