// passportctl verify
#include <memory>

#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/instant_text.h"
#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr std::size_t kPresentationBytesMax = std::size_t{1} << 20;

struct VerifyFlags {
  std::string file;
  std::string nonce;
  std::string role;
  ShiftQuestion shift;
  std::string from;
  std::string to;
  std::string receipt_out;
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
    if (!presented.responsible.empty()) AppendText(tree, record, "responsible", presented.responsible);
    AppendText(tree, record, "standing", presented.standing);
    if (presented.standing_as_of) AppendText(tree, record, "standing_as_of", UtcText(*presented.standing_as_of));
    AppendRecord(tree, record, presented.record);
    records.Append(record);
  }
  line.Append("records", records);
  AppendText(tree, line, "snapshot_id", verification.snapshot_id);
  if (!verification.held_as.empty()) AppendText(tree, line, "held_as", verification.held_as);
}

void AppendDecision(json::Tree& tree, json::Value& line, const DecisionAnswer& decision) {
  json::Value& object = tree.Object();
  AppendText(tree, object, "outcome", WordOf(decision.outcome));
  AppendText(tree, object, "profile", decision.profile);
  object.Append("profile_version", tree.Integer(decision.profile_version));
  AppendText(tree, object, "day", decision.day);
  AppendText(tree, object, "last_day", decision.last_day);
  AppendText(tree, object, "holds_through", decision.holds_through);
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
  if (const std::optional<HeldAs> held_as = HeldAsOf(verification.held_as)) out << "  " << KeyIn(*held_as) << "\n";
  for (const PresentedAnswer& presented : verification.records) {
    out << "- " << Plain(presented.record.kind) << ", issued by " << Plain(presented.issuer) << ", standing "
        << InWords(presented.standing) << "\n";
    if (!presented.responsible.empty())
      out << "    authorised when issued; responsibility passed to " << Plain(presented.responsible) << "\n";
    for (const auto& [name, value] : presented.record.fields)
      out << "    " << Plain(name) << ": " << Plain(value) << "\n";
  }
}

void TellDecision(std::ostream& out, const DecisionAnswer& decision) {
  out << "role " << Plain(decision.profile) << " version " << decision.profile_version << " on " << Plain(decision.day);
  if (decision.last_day != decision.day) out << " to " << Plain(decision.last_day);
  out << ": " << InWords(WordOf(decision.outcome));
  if (!decision.holds_through.empty()) out << ", through " << Plain(decision.holds_through);
  out << "\n";
  for (const RequirementAnswer& answer : decision.lines) {
    out << "- " << InWords(WordOf(answer.outcome)) << ": " << Plain(answer.needs);
    if (!answer.holds_through.empty()) out << " (through " << Plain(answer.holds_through) << ")";
    if (!answer.reason.empty()) out << " [" << answer.reason << "]";
    if (!answer.remedy.empty()) out << "\n    " << Plain(answer.who) << ": " << Plain(answer.remedy);
    out << "\n";
  }
}

void AppendKept(json::Tree& tree, json::Value& line, const RelianceAnswer& kept,
                const std::vector<OverrideAnswer>& overrides) {
  if (kept.receipt.empty()) return;
  AppendNumber(tree, line, "reliance", kept.reliance);
  AppendText(tree, line, "receipt", kept.receipt);
  json::Value& beside = tree.Array();
  for (const OverrideAnswer& each : overrides) {
    json::Value& object = tree.Object();
    AppendNumber(tree, object, "reliance", each.reliance);
    AppendText(tree, object, "named_person", each.named_person);
    AppendText(tree, object, "reason", each.reason);
    AppendText(tree, object, "words", each.words);
    AppendText(tree, object, "until", UtcText(each.until));
    beside.Append(object);
  }
  line.Append("overrides", beside);
}

void TellKept(std::ostream& out, const RelianceAnswer& kept, const std::vector<OverrideAnswer>& overrides) {
  for (const OverrideAnswer& each : overrides) {
    out << "overridden until " << UtcText(each.until) << " by " << Plain(each.named_person) << " ("
        << Plain(each.reason) << "): " << Plain(each.words) << "\n";
  }
  if (!kept.receipt.empty()) out << "kept as number " << kept.reliance << " of what you rely on\n";
}

Ending Show(Session& session, const RoleDecisionAnswer& answer) {
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendVerification(tree, line, answer.verification);
    if (answer.decision) AppendDecision(tree, line, *answer.decision);
    AppendKept(tree, line, answer.kept, answer.overrides);
    session.PrintJson(line);
  } else {
    TellVerification(session.around().output, answer.verification);
    if (answer.decision) TellDecision(session.around().output, *answer.decision);
    TellKept(session.around().output, answer.kept, answer.overrides);
  }
  return answer.decision ? EndingOf(answer.decision->outcome) : EndingOf(answer.verification.verdict);
}

Result<void> ReadShift(VerifyFlags& flags) {
  if (flags.from.empty() != flags.to.empty()) return Fault{Reason::kConfig, "", "--from and --to go together"};
  if (!flags.from.empty() && !flags.shift.day.empty())
    return Fault{Reason::kConfig, "", "--on and --from exclude each other"};
  if (flags.from.empty()) return {};
  TRY_ASSIGN(flags.shift.starts_at, ParseInstant(flags.from));
  TRY_ASSIGN(flags.shift.ends_at, ParseInstant(flags.to));
  return {};
}

Result<RoleDecisionAnswer> Ask(ServiceClient& service, const VerifyFlags& flags, std::string_view presentation) {
  if (!flags.role.empty()) return service.DecideRole(flags.nonce, presentation, flags.role, flags.shift);
  TRY_ASSIGN(VerifiedAnswer verified,
             service.VerifyPresentation(flags.nonce, presentation, flags.shift.purpose, flags.shift.agreement));
  return RoleDecisionAnswer{.verification = std::move(verified.verification),
                            .decision = std::nullopt,
                            .kept = std::move(verified.kept),
                            .overrides = {}};
}

// Where the receipt goes, made before the challenge is used up. It shows facts about a person, so it is for its owner.
Result<std::optional<OpenFile>> MakeReceiptFile(const std::string& path) {
  if (path.empty()) return std::optional<OpenFile>();
  TRY_ASSIGN(OpenFile file, OpenFile::PrivateNew(path));
  return std::optional<OpenFile>(std::move(file));
}

Result<void> KeepReceipt(OpenFile& file, const std::string& receipt) {
  TRY(file.Write(receipt + "\n"));
  return file.Sync();
}

Ending Verify(Session& session, VerifyFlags flags) {
  const bool has_shift = !flags.shift.day.empty() || !flags.from.empty() || !flags.shift.place.empty();
  if (flags.role.empty() && has_shift) return session.Misuse("a day or shift goes with --role");
  const Result<void> shift = ReadShift(flags);
  if (!shift.ok()) return session.Misuse(shift.fault().detail);
  const Result<std::string> presentation = ReadText(flags.file, session.around().input, kPresentationBytesMax);
  if (!presentation.ok()) return session.Refuse(presentation.fault());
  const std::string_view text = std::string_view(*presentation).substr(0, presentation->find_last_not_of("\r\n") + 1);
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  Result<std::optional<OpenFile>> file = MakeReceiptFile(flags.receipt_out);
  if (!file.ok()) return session.Refuse(file.fault());
  // Not repeated: the challenge is used up by the first call, and a second would be refused for that alone.
  const Result<RoleDecisionAnswer> answer = Ask(**service, flags, text);
  const bool receipt = answer.ok() && !answer->kept.receipt.empty();
  if (*file && !receipt) RemoveFile(flags.receipt_out);
  if (!answer.ok()) return session.Refuse(answer.fault());
  const Ending ending = Show(session, *answer);
  if (!*file || !receipt) return ending;
  const Result<void> kept = KeepReceipt(**file, answer->kept.receipt);
  return kept.ok() ? ending : session.Refuse(kept.fault());
}

}  // namespace

void AddVerifyCommand(CLI::App& program, Action& chosen) {
  CLI::App* verify = program.add_subcommand("verify", "verify a presentation, and decide a role on it (receiver)");
  const auto flags = std::make_shared<VerifyFlags>();
  verify->add_option("FILE", flags->file, "the presentation as received, - for standard input")->required();
  verify->add_option("--nonce", flags->nonce, "the nonce of the challenge it answers; it is used up")->required();
  verify->add_option("--role", flags->role, "decide this role profile");
  verify->add_option("--on", flags->shift.day, "for this day, 2026-03-01; today if no shift is given either");
  verify->add_option("--from", flags->from,
                     "for a shift that starts then: 2026-03-01T20:00 in London, or UTC with a Z");
  verify->add_option("--to", flags->to, "and ends then");
  verify->add_option("--at", flags->shift.place, "where the work is, ods:X0A; your own place if not given");
  verify->add_flag("--new-employment", flags->shift.employment, "the person becomes your employee, not a placement");
  verify->add_option("--purpose", flags->shift.purpose, "why you rely on it; what the holder agreed to if not given");
  verify->add_option("--agreement", flags->shift.agreement, "under which agreement other employers' checks count");
  verify->add_option("--receipt-out", flags->receipt_out, "new file for the signed receipt");
  verify->callback([flags, &chosen] { chosen = [flags](Session& session) { return Verify(session, *flags); }; });
}

}  // namespace passport
