#include "verifier-cli/presentation/presentation_report.h"

#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"
#include "verifier-cli/printable.h"

namespace passport {
namespace {

std::string_view VerdictOf(const PresentationReport& report) {
  if (!report.verified) return "not_valid";
  switch (report.verified->WorstStanding()) {
    case Standing::kGood:
      return "valid";
    case Standing::kRevoked:
    case Standing::kSuspended:
      return "not_valid";
    case Standing::kCannotTell:
      return "cannot_tell";
  }
  return "cannot_tell";
}

// Published files that do not hold say nothing about the person.
bool IsAboutEvidence(const Fault& fault) {
  return fault.reason == Reason::kRegistry || fault.reason == Reason::kRegistryStale ||
         fault.reason == Reason::kStatusStale || fault.reason == Reason::kStatusUnknown ||
         (fault.reason == Reason::kLimit && fault.check == "TRUST-04");
}

json::Value& RecordToJson(const PresentedRecord& record, json::Tree& tree) {
  json::Value& entry = tree.Object();
  entry.Append("credential", tree.String(record.credential.text()));
  entry.Append("issuer", tree.String(record.issuer.text()));
  if (record.responsible) {
    entry.Append("responsible", tree.String(record.responsible->id.text()));
    entry.Append("responsible_name", tree.String(record.responsible->name));
  }
  entry.Append("kind", tree.String(record.record.kind().word));
  json::Value& facts = tree.Object();
  for (const Fact& fact : record.record.facts()) facts.Append(fact.rule->name, Record::ToJson(fact, tree));
  entry.Append("facts", facts);
  entry.Append("standing", tree.String(WordOf(record.standing)));
  if (record.standing_reason != Reason::kNone) entry.Append("reason", tree.String(WordOf(record.standing_reason)));
  entry.Append("status_as_of", tree.Integer(record.status_as_of.seconds));
  return entry;
}

json::Value& LineToJson(const DecisionLine& line, json::Tree& tree) {
  json::Value& item = tree.Object();
  item.Append("requirement", tree.String(line.requirement));
  item.Append("needs", tree.String(line.needs));
  item.Append("outcome", tree.String(WordOf(line.outcome)));
  item.Append("reason", tree.String(WordOf(line.reason)));
  json::Value& relied_on = tree.Array();
  for (const CredentialId& credential : line.relied_on) relied_on.Append(tree.String(credential.text()));
  item.Append("relied_on", relied_on);
  if (line.holds_through) item.Append("holds_through", tree.String(line.holds_through->Text()));
  if (!line.who.empty()) item.Append("who", tree.String(line.who));
  if (!line.how.empty()) item.Append("remedy", tree.String(line.how));
  return item;
}

json::Value& DecisionToJson(const Decision& decision, json::Tree& tree) {
  json::Value& entry = tree.Object();
  entry.Append("outcome", tree.String(WordOf(decision.outcome)));
  entry.Append("profile", tree.String(decision.profile));
  entry.Append("profile_version", tree.Integer(decision.profile_version));
  entry.Append("profile_digest", tree.String(EncodeBase64Url(decision.profile_digest)));
  entry.Append("day", tree.String(decision.duty.first_day().Text()));
  entry.Append("receiver", tree.String(decision.duty.receiver().text()));
  entry.Append("place", tree.String(decision.duty.place().text()));
  entry.Append("engagement", tree.String(WordOf(decision.duty.engagement())));
  entry.Append("starts_at", tree.Integer(decision.duty.starts_at().seconds));
  entry.Append("ends_at", tree.Integer(decision.duty.ends_at().seconds));
  if (decision.holds_through()) entry.Append("holds_through", tree.String(decision.holds_through()->Text()));
  json::Value& lines = tree.Array();
  for (const DecisionLine& line : decision.lines) lines.Append(LineToJson(line, tree));
  entry.Append("lines", lines);
  return entry;
}

std::string NameOf(const OrganisationId& id, const TrustRegistry* registry) {
  const RegistryOrganisation* organisation = registry == nullptr ? nullptr : registry->FindOrganisation(id);
  return organisation == nullptr ? id.text() : organisation->legal_name + " (" + id.text() + ")";
}

void AppendReason(Reason reason, std::string& text) {
  text += TextOf(reason).happened;
  text += " What to do (";
  text += TextOf(reason).who;
  text += "): ";
  text += TextOf(reason).remedy;
  text += "\n";
}

void AppendRecords(const VerifiedPresentation& verified, const TrustRegistry* registry, std::string& text) {
  for (const PresentedRecord& record : verified.records()) {
    text += "  ";
    text += record.record.kind().label;
    text += ", issued by " + NameOf(record.issuer, registry) + ": ";
    text += WordOf(record.standing);
    text += "\n";
    if (record.responsible) {
      text += "    authorised when issued; responsibility passed to " + record.responsible->name + " (" +
              record.responsible->id.text() + ")\n";
    }
    for (const Fact& fact : record.record.facts())
      text += "    " + std::string(fact.rule->name) + ": " + fact.value + "\n";
    if (record.standing_reason != Reason::kNone) {
      text += "    ";
      AppendReason(record.standing_reason, text);
    }
  }
}

std::string_view HeadingOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMet:
      return "MET";
    case Outcome::kMetExpiring:
      return "MET, BUT EXPIRING";
    case Outcome::kCannotTell:
      return "CANNOT TELL";
    case Outcome::kNotMet:
      return "NOT MET";
  }
  return "NOT MET";
}

void AppendDecision(const Decision& decision, const TrustRegistry* registry, std::string& text) {
  const Duty& duty = decision.duty;
  text += HeadingOf(decision.outcome);
  text += ": role " + decision.profile + " version " + std::to_string(decision.profile_version) + " on " +
          duty.first_day().Text();
  if (duty.last_day() != duty.first_day()) text += " to " + duty.last_day().Text();
  text += " at " + NameOf(duty.place(), registry) + ", as ";
  text += WordOf(duty.engagement());
  if (decision.holds_through()) text += " (through " + decision.holds_through()->Text() + ")";
  text += "\n";
  for (const DecisionLine& line : decision.lines) {
    text += "  ";
    text += WordOf(line.outcome);
    text += ": " + line.needs;
    if (line.holds_through) text += " (through " + line.holds_through->Text() + ")";
    text += "\n";
    if (line.reason != Reason::kNone) text += "    " + std::string(TextOf(line.reason).happened) + "\n";
    if (!line.how.empty()) text += "    What to do (" + line.who + "): " + line.how + "\n";
  }
}

}  // namespace

ExitCode ExitCodeOf(const PresentationReport& report) {
  if (report.refused) return IsAboutEvidence(*report.refused) ? ExitCode::kCannotTell : ExitCode::kDoesNotHold;
  if (report.decision) {
    switch (report.decision->outcome) {
      case Outcome::kMet:
      case Outcome::kMetExpiring:
        return ExitCode::kHolds;
      case Outcome::kCannotTell:
        return ExitCode::kCannotTell;
      case Outcome::kNotMet:
        return ExitCode::kDoesNotHold;
    }
  }
  const std::string_view verdict = VerdictOf(report);
  if (verdict == "valid") return ExitCode::kHolds;
  return verdict == "not_valid" ? ExitCode::kDoesNotHold : ExitCode::kCannotTell;
}

std::string JsonOf(const PresentationReport& report) {
  json::Tree tree;
  json::Value& root = tree.Object();
  const std::string_view verdict = VerdictOf(report);
  root.Append("valid", tree.Boolean(verdict == "valid"));
  if (report.refused) {
    root.Append("reason", tree.String(WordOf(report.refused->reason)));
    if (!report.refused->check.empty()) root.Append("check", tree.String(report.refused->check));
    root.Append("detail", tree.String(report.refused->detail));
  } else if (report.verified) {
    root.Append("verdict", tree.String(verdict));
    if (report.verified->WorstReason() != Reason::kNone)
      root.Append("reason", tree.String(WordOf(report.verified->WorstReason())));
    root.Append("purpose", tree.String(report.verified->purpose()));
    root.Append("held_as", tree.String(WordOf(report.verified->held_as())));
    root.Append("snapshot", tree.String(report.verified->snapshot_id()));
    json::Value& records = tree.Array();
    for (const PresentedRecord& record : report.verified->records()) records.Append(RecordToJson(record, tree));
    root.Append("records", records);
  }
  if (report.decision) root.Append("decision", DecisionToJson(*report.decision, tree));
  if (!report.too_old.empty()) {
    json::Value& sentences = tree.Array();
    for (const std::string& sentence : report.too_old) sentences.Append(tree.String(sentence));
    root.Append("too_old", sentences);
  }
  if (!report.problems.empty()) {
    json::Value& problems = tree.Array();
    for (const std::string& problem : report.problems) problems.Append(tree.String(problem));
    root.Append("left_out", problems);
  }
  return Printable(json::Write(root)) + "\n";
}

std::string TextFor(const PresentationReport& report, const TrustRegistry* registry) {
  std::string text;
  if (report.refused) {
    text += ExitCodeOf(report) == ExitCode::kCannotTell ? "CANNOT TELL: " : "NOT VALID: ";
    AppendReason(report.refused->reason, text);
    text += "  (" + report.refused->detail + ")\n";
  } else if (report.verified) {
    const std::string_view verdict = VerdictOf(report);
    text += verdict == "valid" ? "VALID" : verdict == "not_valid" ? "NOT VALID" : "CANNOT TELL";
    text += ": " + std::to_string(report.verified->records().size()) + " records of one holder";
    if (!report.verified->purpose().empty()) text += ", shown for " + report.verified->purpose();
    text += "\n  " + std::string(KeyIn(report.verified->held_as())) + "\n";
    if (report.verified->registry_standing() != Reason::kNone) AppendReason(report.verified->registry_standing(), text);
    AppendRecords(*report.verified, registry, text);
  }
  if (report.decision) AppendDecision(*report.decision, registry, text);
  for (const std::string& sentence : report.too_old) text += "Too old: " + sentence + "\n";
  for (const std::string& problem : report.problems) text += "Left out: " + problem + "\n";
  std::string shown;
  // Line by line, so that what comes from outside can not add lines of its own.
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    shown += Printable(std::string_view(text).substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return shown;
}

}  // namespace passport
