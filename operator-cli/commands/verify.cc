// passportctl verify
#include <memory>

#include "operator-cli/commands/commands.h"
#include "operator-cli/files.h"
#include "operator-cli/plain_text.h"

namespace passport {
namespace {

constexpr std::size_t kPresentationBytesMax = std::size_t{1} << 20;

struct VerifyFlags {
  std::string file;
  std::string nonce;
  std::string role;
  std::string day;
};

void AppendVerification(json::Tree& tree, json::Value& line, const VerificationAnswer& verification) {
  AppendText(tree, line, "verdict", WordOf(verification.verdict));
  if (verification.refusal) {
    json::Value& refusal = ReasonObject(tree, verification.refusal->reason, verification.refusal->detail);
    AppendText(tree, refusal, "check", verification.refusal->check);
    line.Append("refusal", refusal);
  }
  json::Value& records = tree.Array();
  for (const PresentedAnswer& presented : verification.records) {
    json::Value& record = tree.Object();
    AppendText(tree, record, "credential_id", presented.credential_id);
    AppendText(tree, record, "issuer", presented.issuer);
    AppendText(tree, record, "standing", presented.standing);
    if (presented.standing_as_of) AppendText(tree, record, "standing_as_of", UtcText(*presented.standing_as_of));
    AppendRecord(tree, record, presented.record);
    records.Append(record);
  }
  line.Append("records", records);
  AppendText(tree, line, "snapshot_id", verification.snapshot_id);
}

void AppendDecision(json::Tree& tree, json::Value& line, const DecisionAnswer& decision) {
  json::Value& object = tree.Object();
  AppendText(tree, object, "outcome", WordOf(decision.outcome));
  AppendText(tree, object, "profile", decision.profile);
  object.Append("profile_version", tree.Integer(decision.profile_version));
  AppendText(tree, object, "day", decision.day);
  json::Value& requirements = tree.Array();
  for (const RequirementAnswer& answer : decision.lines) {
    json::Value& requirement = tree.Object();
    AppendText(tree, requirement, "requirement", answer.requirement);
    AppendText(tree, requirement, "needs", answer.needs);
    AppendText(tree, requirement, "outcome", WordOf(answer.outcome));
    AppendText(tree, requirement, "reason", answer.reason);
    AppendTexts(tree, requirement, "relied_on", answer.relied_on);
    AppendText(tree, requirement, "holds_through", answer.holds_through);
    AppendText(tree, requirement, "who", answer.who);
    AppendText(tree, requirement, "remedy", answer.remedy);
    requirements.Append(requirement);
  }
  object.Append("lines", requirements);
  line.Append("decision", object);
}

// "not_valid" reads "not valid" to people.
std::string InWords(std::string_view word) {
  std::string words(word);
  for (char& c : words) c = c == '_' ? ' ' : c;
  return words;
}

void TellVerification(std::ostream& out, const VerificationAnswer& verification) {
  out << "presentation: " << InWords(WordOf(verification.verdict)) << "\n";
  if (verification.refusal) {
    const ReasonText& text = TextOf(verification.refusal->reason);
    out << "  " << text.word << ": " << text.happened;
    if (!verification.refusal->check.empty()) out << " [" << Plain(verification.refusal->check) << "]";
    if (!verification.refusal->detail.empty()) out << " (" << Plain(verification.refusal->detail) << ")";
    out << "\n  " << text.who << ": " << text.remedy << "\n";
  }
  for (const PresentedAnswer& presented : verification.records) {
    out << "- " << Plain(presented.record.kind) << ", issued by " << Plain(presented.issuer) << ", standing "
        << InWords(presented.standing) << "\n";
    for (const auto& [name, value] : presented.record.fields)
      out << "    " << Plain(name) << ": " << Plain(value) << "\n";
  }
}

void TellDecision(std::ostream& out, const DecisionAnswer& decision) {
  out << "role " << Plain(decision.profile) << " version " << decision.profile_version << " on " << Plain(decision.day)
      << ": " << InWords(WordOf(decision.outcome)) << "\n";
  for (const RequirementAnswer& answer : decision.lines) {
    out << "- " << InWords(WordOf(answer.outcome)) << ": " << Plain(answer.needs);
    if (!answer.holds_through.empty()) out << " (through " << Plain(answer.holds_through) << ")";
    if (!answer.reason.empty()) out << " [" << answer.reason << "]";
    if (!answer.remedy.empty()) out << "\n    " << Plain(answer.who) << ": " << Plain(answer.remedy);
    out << "\n";
  }
}

Ending Show(Session& session, const VerificationAnswer& verification, const DecisionAnswer* decision) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendVerification(tree, line, verification);
    if (decision != nullptr) AppendDecision(tree, line, *decision);
    session.PrintJson(line);
  } else {
    TellVerification(session.around().output, verification);
    if (decision != nullptr) TellDecision(session.around().output, *decision);
  }
  return decision != nullptr ? EndingOf(decision->outcome) : EndingOf(verification.verdict);
}

Ending Verify(Session& session, const VerifyFlags& flags) {
  if (flags.role.empty() && !flags.day.empty()) return session.Misuse("--on goes with --role");
  const Result<std::string> presentation = ReadText(flags.file, session.around().input, kPresentationBytesMax);
  if (!presentation.ok()) return session.Refuse(presentation.fault());
  const std::string_view text = std::string_view(*presentation).substr(0, presentation->find_last_not_of("\r\n") + 1);
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  // Not repeated: the challenge is used up by the first call, and a second would be refused for that alone.
  if (flags.role.empty()) {
    const Result<VerificationAnswer> verification = (*service)->VerifyPresentation(flags.nonce, text);
    return verification.ok() ? Show(session, *verification, nullptr) : session.Refuse(verification.fault());
  }
  const Result<RoleDecisionAnswer> answer = (*service)->DecideRole(flags.nonce, text, flags.role, flags.day);
  if (!answer.ok()) return session.Refuse(answer.fault());
  return Show(session, answer->verification, answer->decision ? &*answer->decision : nullptr);
}

}  // namespace

void AddVerifyCommand(CLI::App& program, Action& chosen) {
  CLI::App* verify = program.add_subcommand("verify", "verify a presentation, and decide a role on it (receiver)");
  const auto flags = std::make_shared<VerifyFlags>();
  verify->add_option("FILE", flags->file, "the presentation as received, - for standard input")->required();
  verify->add_option("--nonce", flags->nonce, "the nonce of the challenge it answers; it is used up")->required();
  verify->add_option("--role", flags->role, "decide this role profile");
  verify->add_option("--on", flags->day, "for this day, 2026-03-01; today if not given");
  verify->callback([flags, &chosen] { chosen = [flags](Session& session) { return Verify(session, *flags); }; });
}

}  // namespace passport
