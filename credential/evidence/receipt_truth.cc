#include "credential/evidence/receipt_truth.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "credential/encoding/base64url.h"

namespace passport {
namespace {

constexpr std::size_t kWordBytesMax = 64;
constexpr std::size_t kThumbprintLength = 43;
constexpr std::size_t kAgreementBytesMax = 200;

// Worst last.
constexpr std::array<std::string_view, 4> kStandings = {"good", "cannot_tell", "suspended", "revoked"};

Fault Untrue(std::string_view what) { return {Reason::kEvidence, "", "receipt: " + std::string(what)}; }

bool IsWord(std::string_view text) {
  const auto in_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  return !text.empty() && text.size() <= kWordBytesMax && std::all_of(text.begin(), text.end(), in_word);
}

bool IsReason(std::string_view word) {
  const auto texts = AllReasons();
  return std::any_of(texts.begin(), texts.end(), [&](const ReasonText& text) { return text.word == word; });
}

// The records by id, each with its standing.
using Standings = std::map<CredentialId, std::string_view>;

Result<Standings> CheckRecords(const ReceiptContent& content) {
  Standings standings;
  const Instant latest = content.decided_at + kReceiptLeeway;
  for (const ReceiptRecord& record : content.records) {
    if (!standings.emplace(record.credential, record.standing).second) return Untrue("a record stands in it twice");
    if (!IsWord(record.kind)) return Untrue("the kind of a record is not a word");
    if (std::find(kStandings.begin(), kStandings.end(), record.standing) == kStandings.end())
      return Untrue("the standing of a record is not one");
    if (record.issued_at > latest) return Untrue("a record was issued after the decision");
    if (record.status_as_of > latest) return Untrue("a status is from after the decision");
    std::set<std::string_view> names;
    for (const Record::Field& fact : record.facts) {
      if (!IsWord(fact.first) || !names.insert(fact.first).second)
        return Untrue("the facts of a record are not named, or one is named twice");
    }
  }
  return standings;
}

Result<void> CheckDuty(const ReceiptContent& content) {
  if (!IsWord(*content.profile) || content.profile_version < 1) return Untrue("the profile is not named");
  if (content.profile_digest.size() != kThumbprintLength) return Untrue("the profile has no digest");
  if (!OrganisationId::Parse(content.place).ok()) return Untrue("the place is not an organisation");
  if (content.engagement != "placement" && content.engagement != "employment")
    return Untrue("the engagement is neither placement nor employment");
  if (!content.starts_at || !content.ends_at || *content.ends_at <= *content.starts_at ||
      *content.ends_at - *content.starts_at > kDutyMax)
    return Untrue("the duty does not end after it starts, or lasts too long");
  return {};
}

// One line: its outcome, if it is one that its records allow.
Result<Outcome> CheckLine(const ReceiptLine& line, const Standings& standings, const CivilDay& first_day) {
  const std::optional<Outcome> outcome = OutcomeOf(line.outcome);
  if (!outcome) return Untrue("the outcome of a line is not one");
  if (!IsReason(line.reason)) return Untrue("the reason of a line is not one");
  const bool met = *outcome == Outcome::kMet || *outcome == Outcome::kMetExpiring;
  if (*outcome == Outcome::kMet && line.reason != WordOf(Reason::kNone))
    return Untrue("a line is met and says why not");
  if (!met && line.reason == WordOf(Reason::kNone)) return Untrue("a line is not met and does not say why");
  if (std::adjacent_find(line.relied_on.begin(), line.relied_on.end(), std::greater_equal<>()) != line.relied_on.end())
    return Untrue("the records of a line are not in order, or one stands there twice");
  for (const CredentialId& credential : line.relied_on) {
    const auto found = standings.find(credential);
    if (found == standings.end()) return Untrue("a line relies on a record that is not there");
    if (met && found->second != "good") return Untrue("a line is met by a record that was not in good standing");
  }
  if (line.holds_through && !met) return Untrue("a line is not met and holds through a day");
  if (line.holds_through && *line.holds_through < first_day) return Untrue("a line is met that had ended before");
  return *outcome;
}

Result<void> CheckDecided(const ReceiptContent& content, const Standings& standings) {
  TRY(CheckDuty(content));
  if (content.lines.empty()) return Untrue("a role was decided of which nothing was asked");
  const CivilDay first_day = CivilDay::InLondon(*content.starts_at);
  Outcome worst = Outcome::kMet;
  std::set<std::string_view> requirements;
  for (const ReceiptLine& line : content.lines) {
    TRY_ASSIGN(const Outcome outcome, CheckLine(line, standings, first_day));
    if (!requirements.insert(line.requirement).second) return Untrue("a requirement stands in it twice");
    worst = std::max(worst, outcome);
  }
  if (content.outcome != WordOf(worst)) return Untrue("the outcome is not the worst of its lines");
  return {};
}

// Without a role: the worst standing, or "cannot tell" where the registry was too old for more.
Result<void> CheckVerified(const ReceiptContent& content) {
  if (content.profile_version != 0 || !content.profile_digest.empty() || !content.place.empty() ||
      !content.engagement.empty() || content.starts_at || content.ends_at || !content.lines.empty())
    return Untrue("no role was decided, and yet it speaks of one");
  if (content.records.empty()) return Untrue("nothing was decided, and nothing verified");
  std::size_t worst = 0;
  for (const ReceiptRecord& record : content.records) {
    const auto at = std::find(kStandings.begin(), kStandings.end(), record.standing) - kStandings.begin();
    worst = std::max(worst, static_cast<std::size_t>(at));
  }
  const bool follows = content.outcome == kStandings[worst] || (worst == 0 && content.outcome == "cannot_tell");
  if (!follows) return Untrue("the outcome is not the worst of its records");
  return {};
}

}  // namespace

Result<void> CheckReceipt(const ReceiptContent& content) {
  if (content.subject.size() != kThumbprintLength || !IsBase64UrlText(content.subject))
    return Untrue("the subject is not a thumbprint");
  if (!content.purpose.empty() && !IsWord(content.purpose)) return Untrue("the purpose is not a word");
  if (content.agreement.size() > kAgreementBytesMax) return Untrue("the agreement is longer than 200 bytes");
  if (content.snapshot_id.empty()) return Untrue("it names no snapshot");
  TRY_ASSIGN(const Standings standings, CheckRecords(content));
  return content.profile ? CheckDecided(content, standings) : CheckVerified(content);
}

}  // namespace passport
