// passportctl verify
#include <memory>

#include "operator-cli/commands/commands.h"
#include "operator-cli/judged_words.h"
#include "operator-cli/promised_file.h"
#include "operator-cli/shift_flags.h"

namespace passport {
namespace {

constexpr std::size_t kPresentationBytesMax = std::size_t{1} << 20;

struct VerifyFlags {
  std::string file;
  std::string nonce;
  std::string role;
  ShiftFlags when;
  std::string receipt_out;
};

Ending Show(Session& session, const RoleDecisionAnswer& answer) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendJudged(tree, line, answer);
    session.PrintJson(line);
  } else {
    TellJudged(session.around().output, answer);
  }
  return EndingOf(answer);
}

Result<RoleDecisionAnswer> Ask(ServiceClient& service, const VerifyFlags& flags, const ShiftQuestion& shift,
                               std::string_view presentation) {
  if (!flags.role.empty()) return service.DecideRole(flags.nonce, presentation, flags.role, shift);
  TRY_ASSIGN(VerifiedAnswer verified,
             service.VerifyPresentation(flags.nonce, presentation, shift.purpose, shift.agreement));
  return RoleDecisionAnswer{.verification = std::move(verified.verification),
                            .decision = std::nullopt,
                            .kept = std::move(verified.kept),
                            .overrides = {}};
}

Ending Verify(Session& session, const VerifyFlags& flags) {
  if (flags.role.empty() && flags.when.names_a_shift()) return session.Misuse("a day or shift goes with --role");
  const Result<ShiftQuestion> shift = ReadShiftFlags(flags.when);
  if (!shift.ok()) return session.Misuse(shift.fault().detail);
  const Result<std::string> presentation = ReadText(flags.file, session.around().input, kPresentationBytesMax);
  if (!presentation.ok()) return session.Refuse(presentation.fault());
  const std::string_view text = std::string_view(*presentation).substr(0, presentation->find_last_not_of("\r\n") + 1);
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  // Before the challenge is used up. It shows facts about a person, so it is for its owner.
  Result<PromisedFile> file = PromisedFile::At(flags.receipt_out);
  if (!file.ok()) return session.Refuse(file.fault());
  // Not repeated: the challenge is used up by the first call, and a second would be refused for that alone.
  const Result<RoleDecisionAnswer> answer = Ask(**service, flags, *shift, text);
  if (!answer.ok()) return session.Refuse(answer.fault());
  const Ending ending = Show(session, *answer);
  if (answer->kept.receipt.empty()) return ending;
  const Result<void> kept = file->Fill(answer->kept.receipt);
  return kept.ok() ? ending : session.Refuse(kept.fault());
}

}  // namespace

void AddVerifyCommand(CLI::App& program, Action& chosen) {
  CLI::App* verify = program.add_subcommand("verify", "verify a presentation, and decide a role on it (receiver)");
  const auto flags = std::make_shared<VerifyFlags>();
  verify->add_option("FILE", flags->file, "the presentation as received, - for standard input")->required();
  verify->add_option("--nonce", flags->nonce, "the nonce of the challenge it answers; it is used up")->required();
  verify->add_option("--role", flags->role, "decide this role profile");
  AddShiftOptions(*verify, flags->when);
  verify->add_flag("--new-employment", flags->when.shift.employment,
                   "the person becomes your employee, not a placement");
  verify->add_option("--purpose", flags->when.shift.purpose,
                     "why you rely on it; what the holder agreed to if not given");
  verify->add_option("--receipt-out", flags->receipt_out, "new file for the signed receipt");
  verify->callback([flags, &chosen] { chosen = [flags](Session& session) { return Verify(session, *flags); }; });
}

}  // namespace passport
