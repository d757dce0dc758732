#include "verifier-cli/answer/answer_report.h"

#include <algorithm>

#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/bundle/age_report.h"
#include "verifier-cli/printable.h"

namespace passport {
namespace {

Result<void> CheckExpected(const DerivedAnswer& answer, const AnswerExpectation& expected) {
  if (answer.receiver != expected.receiver)
    return Fault{Reason::kEvidence, "", "it answers " + answer.receiver.text() + " and nobody else"};
  if (answer.request != expected.request) return Fault{Reason::kEvidence, "", "it answers another request"};
  if (expected.nonce && answer.nonce != *expected.nonce)
    return Fault{Reason::kEvidence, "", "it answers another request: the nonce is not the one that was sent"};
  const auto& trusted = expected.verifiers;
  if (!trusted.empty() && std::find(trusted.begin(), trusted.end(), answer.kid) == trusted.end())
    return Fault{Reason::kEvidence, "", "it is signed by " + answer.kid + ", which is not among the keys you trust"};
  return {};
}

AnswerForDay NotTold(const CivilDay& day, Reason reason, std::string detail) {
  return {.day = day, .outcome = Outcome::kCannotTell, .reason = reason, .detail = std::move(detail)};
}

// Whether the profile it speaks of is still the one to ask about on that day.
Result<void> CheckProfileInForce(const DerivedAnswer& answer, const CivilDay& day, const PublishedTree& tree,
                                 Instant now) {
  TRY_ASSIGN(const PublishedRules rules, tree.Rules(now));
  TRY_ASSIGN(const RoleProfile* const profile, rules.InForce(answer.profile, day, now));
  if (EncodeBase64Url(profile->digest()) == answer.profile_digest) return {};
  return Fault{Reason::kWithdrawn, "",
               "on that day the role profile is another one, version " + std::to_string(profile->version())};
}

AnswerForDay JudgeForDay(const DerivedAnswer& answer, const AnswerExpectation& expected, const PublishedTree& tree,
                         Instant now) {
  const CivilDay day = expected.day.value_or(std::max(answer.day, CivilDay::InLondon(now)));
  const Result<void> age = tree.snapshot().CheckRegistryAge(now);
  if (!age.ok()) return NotTold(day, age.fault().reason, age.fault().detail);
  if (now - answer.answered_at > expected.answer_age_max)
    return NotTold(day, Reason::kStatusStale, "what it rests on may have changed since; ask again");
  if (day < answer.day) return NotTold(day, Reason::kNotYetInForce, "it answers from " + answer.day.Text() + " on");
  const Result<void> profile = CheckProfileInForce(answer, day, tree, now);
  if (!profile.ok()) return NotTold(day, profile.fault().reason, profile.fault().detail);
  const bool met = answer.outcome == Outcome::kMet || answer.outcome == Outcome::kMetExpiring;
  if (met && answer.holds_through && *answer.holds_through < day) {
    return {.day = day,
            .outcome = Outcome::kNotMet,
            .reason = Reason::kEndsTooSoon,
            .detail = "it is met through " + answer.holds_through->Text()};
  }
  return {.day = day, .outcome = answer.outcome};
}

// Published files that do not hold say nothing about an answer, and one that has run out says nothing any more.
bool SaysNothingOfTheAnswer(const Fault& fault) {
  return fault.reason == Reason::kTime || fault.reason == Reason::kRegistry || fault.reason == Reason::kRegistryStale ||
         (fault.reason == Reason::kLimit && fault.check == "TRUST-04");
}

void AppendAnswer(json::Tree& tree, json::Value& line, const DerivedAnswer& answer) {
  line.Append("profile", tree.String(answer.profile));
  line.Append("profile_version", tree.Integer(answer.profile_version));
  line.Append("profile_digest", tree.String(answer.profile_digest));
  line.Append("engagement", tree.String(answer.engagement));
  if (answer.holds_through) line.Append("holds_through", tree.String(answer.holds_through->Text()));
  line.Append("answered", tree.String(WordOf(answer.outcome)));
  line.Append("answered_for", tree.String(answer.day.Text()));
  line.Append("answered_at", tree.Integer(answer.answered_at.seconds));
  line.Append("expires_at", tree.Integer(answer.expires_at.seconds));
  line.Append("snapshot", tree.String(answer.snapshot_id));
  line.Append("receiver", tree.String(answer.receiver.text()));
  line.Append("request", tree.String(answer.request));
  line.Append("purpose", tree.String(answer.purpose));
  line.Append("holder", tree.String(answer.subject));
  line.Append("kid", tree.String(answer.kid));
}

std::string_view PlainWords(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMet:
      return "met";
    case Outcome::kMetExpiring:
      return "met, but expiring";
    case Outcome::kNotMet:
      return "not met";
    case Outcome::kCannotTell:
      break;
  }
  return "cannot tell";
}

std::string WhyText(Reason reason, std::string_view detail) {
  const ReasonText& text = TextOf(reason);
  return "  " + std::string(text.word) + ": " + (detail.empty() ? std::string(text.happened) : Printable(detail)) +
         "\n";
}

std::string TextOfAnswer(const DerivedAnswer& answer, const AnswerReport& report) {
  std::string text = "  role " + Printable(answer.profile) + " version " + std::to_string(answer.profile_version) +
                     " on " + report.for_day->day.Text() + ", " +
                     (answer.engagement == "employment" ? "as a new employee" : "as a placement");
  if (answer.holds_through) text += ", through " + answer.holds_through->Text();
  text += "\n  the holder of the key " + Printable(answer.subject) + ", for " + Printable(answer.purpose) + "\n";
  text += "  answered by " + Printable(report.verifier) + " (key " + Printable(answer.kid) + ") " +
          LengthWords({std::max<std::int64_t>(0, report.now.seconds - answer.answered_at.seconds)}) + " ago (" +
          UtcText(answer.answered_at) + "), on records it does not show\n";
  return text + "  good until " + UtcText(answer.expires_at) + "\n";
}

}  // namespace

AnswerReport JudgeAnswer(std::string_view text, const AnswerExpectation& expected, const PublishedTree& tree,
                         Freshness freshness, Instant now) {
  const TrustRegistry& registry = tree.snapshot().registry();
  AnswerReport report{.now = now, .verifier = registry.content().operator_name};
  report.too_old = TooOld(tree, {}, freshness, now);
  Result<DerivedAnswer> answer = ReadDerivedAnswer(text, registry, now);
  if (!answer.ok()) {
    report.refused = answer.fault();
    return report;
  }
  const Result<void> checked = CheckExpected(*answer, expected);
  if (!checked.ok()) {
    report.refused = checked.fault();
    return report;
  }
  report.for_day = JudgeForDay(*answer, expected, tree, now);
  report.answer = std::move(answer).value();
  return report;
}

ExitCode ExitCodeOf(const AnswerReport& report) {
  if (report.refused) return SaysNothingOfTheAnswer(*report.refused) ? ExitCode::kCannotTell : ExitCode::kDoesNotHold;
  switch (report.for_day->outcome) {
    case Outcome::kMet:
    case Outcome::kMetExpiring:
      return ExitCode::kHolds;
    case Outcome::kNotMet:
      return ExitCode::kDoesNotHold;
    case Outcome::kCannotTell:
      break;
  }
  return ExitCode::kCannotTell;
}

std::string JsonOf(const AnswerReport& report) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("valid", tree.Boolean(!report.refused));
  const Reason reason = report.refused ? report.refused->reason : report.for_day->reason;
  const std::string& detail = report.refused ? report.refused->detail : report.for_day->detail;
  if (!report.refused) {
    line.Append("outcome", tree.String(WordOf(report.for_day->outcome)));
    line.Append("day", tree.String(report.for_day->day.Text()));
  }
  if (reason != Reason::kNone) {
    line.Append("reason", tree.String(WordOf(reason)));
    if (report.refused && !report.refused->check.empty()) line.Append("check", tree.String(report.refused->check));
    line.Append("detail", tree.String(detail));
  }
  if (report.answer) {
    AppendAnswer(tree, line, *report.answer);
    line.Append("verifier", tree.String(report.verifier));
  }
  json::Value& too_old = tree.Array();
  for (const std::string& sentence : report.too_old) too_old.Append(tree.String(sentence));
  line.Append("too_old", too_old);
  return Printable(json::Write(line)) + "\n";
}

std::string TextFor(const AnswerReport& report) {
  std::string text;
  if (report.refused) {
    const bool told = ExitCodeOf(report) == ExitCode::kDoesNotHold;
    text = std::string("answer: ") + (told ? "does not hold" : "cannot tell") + "\n" +
           WhyText(report.refused->reason, report.refused->detail);
  } else {
    text = "answer: " + std::string(PlainWords(report.for_day->outcome)) + "\n";
    if (report.for_day->reason != Reason::kNone) text += WhyText(report.for_day->reason, report.for_day->detail);
    text += TextOfAnswer(*report.answer, report);
  }
  for (const std::string& sentence : report.too_old) text += "  " + Printable(sentence) + "\n";
  return text;
}

}  // namespace passport
