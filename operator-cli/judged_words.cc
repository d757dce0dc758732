#include "operator-cli/judged_words.h"

#include "credential/record/record_kind.h"
#include "credential/vocabulary/held_as.h"
#include "terminal/plain_text.h"

namespace passport {
namespace {

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
  AppendRequirements(tree, object, decision.lines);
  line.Append("decision", object);
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
    out << "- " << Plain(LabelOfKind(presented.record.kind)) << ", issued by " << Plain(presented.issuer)
        << ", standing " << InWords(presented.standing);
    if (presented.standing_as_of) out << " as of " << UtcText(*presented.standing_as_of);
    out << "\n";
    if (!presented.responsible.empty())
      out << "    authorised when issued; responsibility passed to " << Plain(presented.responsible) << "\n";
    for (const auto& [name, value] : presented.record.fields)
      out << "    " << Plain(LabelOfFact(presented.record.kind, name)) << ": " << Plain(value) << "\n";
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

}  // namespace

void AppendRequirements(json::Tree& tree, json::Value& object, const std::vector<RequirementAnswer>& lines) {
  json::Value& requirements = tree.Array();
  for (const RequirementAnswer& answer : lines) {
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
}

std::string InWords(std::string_view word) {
  std::string words(word);
  for (char& c : words) c = c == '_' ? ' ' : c;
  return words;
}

std::string LabelOfKind(std::string_view kind) {
  const RecordKind* const known = FindRecordKind(kind);
  return std::string(known == nullptr ? kind : known->label);
}

std::string LabelOfFact(std::string_view kind, std::string_view fact) {
  const RecordKind* const known = FindRecordKind(kind);
  if (known == nullptr) return std::string(fact);
  for (const FieldRule& rule : known->fields) {
    if (rule.name == fact) return std::string(rule.label);
  }
  return std::string(fact);
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

void AppendJudged(json::Tree& tree, json::Value& line, const RoleDecisionAnswer& judged) {
  AppendVerification(tree, line, judged.verification);
  if (judged.decision) AppendDecision(tree, line, *judged.decision);
  AppendKept(tree, line, judged.kept, judged.overrides);
}

void TellJudged(std::ostream& out, const RoleDecisionAnswer& judged) {
  TellVerification(out, judged.verification);
  if (judged.decision) TellDecision(out, *judged.decision);
  TellKept(out, judged.kept, judged.overrides);
}

Ending EndingOf(const RoleDecisionAnswer& judged) {
  return judged.decision ? EndingOf(judged.decision->outcome) : EndingOf(judged.verification.verdict);
}

}  // namespace passport
