#include "passport-service/acts/check_presentation.h"

#include <algorithm>
#include <array>

#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/sealed_receipt.h"

namespace passport {
namespace {

constexpr Seconds kProofAgeMax{300};
constexpr Seconds kCheckLeeway{60};
// Expired challenges are cleared away a few at a time by those who ask for new ones.
constexpr std::uint32_t kPruned = 16;

Fault BadChallenge() {
  return {Reason::kKbNonce, "KB-06", "the challenge is unknown, used, expired or another organisation's"};
}

Result<Duty> DutyOf(const CheckPresentation::Question& question, Instant now) {
  const OrganisationId& receiver = question.by.organisation;
  const CheckPresentation::Shift& shift = question.shift;
  if (shift.starts_at.has_value() != shift.ends_at.has_value())
    return Fault{Reason::kFieldInvalid, "", "a shift needs both its start and its end"};
  if (shift.starts_at && shift.day) return Fault{Reason::kFieldInvalid, "", "a day and a shift exclude each other"};
  const CivilDay day = shift.day.value_or(CivilDay::InLondon(now));
  return Duty::Make({.receiver = receiver,
                     .place = shift.place.value_or(receiver),
                     .engagement = shift.engagement,
                     .starts_at = shift.starts_at.value_or(day.StartInLondon()),
                     .ends_at = shift.ends_at.value_or(day.PlusDays(1).StartInLondon())});
}

bool IsPurposeWord(std::string_view text) {
  return text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// A word of the list agreement_type, or a reference of the employers' own.
bool IsAgreement(std::string_view text) {
  return text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                  c == '/' || c == '_';
         });
}

// What is counted for the region, and names nobody.
RelianceEntry EntryOf(const ReceiptContent& receipt) {
  RelianceEntry entry{.organisation = receipt.receiver,
                      .at = receipt.decided_at,
                      .subject = receipt.subject,
                      .purpose = receipt.purpose,
                      .profile = receipt.profile.value_or(""),
                      .profile_version = receipt.profile_version,
                      .outcome = receipt.outcome,
                      .reasons = {},
                      .elsewhere = {},
                      .receipt_digest = {},
                      .sealed_receipt = {}};
  const auto add = [](std::vector<std::string>& words, const std::string& word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  };
  for (const ReceiptLine& line : receipt.lines) {
    const bool met = line.outcome == WordOf(Outcome::kMet) || line.outcome == WordOf(Outcome::kMetExpiring);
    if (!met) add(entry.reasons, line.reason);
    if (!met) continue;
    for (const CredentialId& id : line.relied_on) {
      const auto record = std::find_if(receipt.records.begin(), receipt.records.end(),
                                       [&](const ReceiptRecord& each) { return each.credential == id; });
      if (record != receipt.records.end() && record->issuer != receipt.receiver) add(entry.elsewhere, record->kind);
    }
  }
  return entry;
}

}  // namespace

Result<AskForPresentation::Challenge> AskForPresentation::operator()(const Caller& by) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  std::array<std::uint8_t, 16> bytes{};
  random_.Fill(bytes);
  const Challenge challenge{
      .nonce = EncodeBase64Url(bytes), .audience = caller.id.text(), .expires_at = now + kChallengeLifetime};
  TRY(ApplyNow(store_, {AddChallenge{{challenge.nonce, caller.id, challenge.expires_at}}, PruneChallenges{now, kPruned},
                        Audited(now, by, {.what = "challenge.created"})}));
  return challenge;
}

Result<CheckPresentation::Answer> CheckPresentation::Check(const Question& question, Instant now) {
  if (!IsPurposeWord(question.purpose)) return Fault{Reason::kFieldInvalid, "", "purpose is not a word"};
  if (!IsAgreement(question.agreement)) {
    return Fault{Reason::kFieldInvalid, "", "agreement is not at most 40 letters, digits, '.', '-', '/' or '_'"};
  }
  TRY_ASSIGN(const Duty duty, DutyOf(question, now));
  TRY_ASSIGN(const std::optional<ChallengeRow> challenge, store_.FindChallenge(question.nonce));
  const bool good = challenge && challenge->audience == question.by.organisation && now < challenge->expires_at;
  if (!good) return BadChallenge();
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(question.presentation));
  const Expectation expected{.audience = question.by.organisation.text(),
                             .nonce = question.nonce,
                             .proof_age_max = kProofAgeMax,
                             .leeway = kCheckLeeway};
  TRY_ASSIGN(VerifiedPresentation verified, VerifyPresentation(presentation, expected, *known.trust, now));
  if (!verified.transaction().empty())
    return Fault{Reason::kClaims, "VP-13", "the proof agrees to transaction data that was not asked for"};
  std::optional<Decision> decision;
  if (question.profile) {
    TRY_ASSIGN(const RoleProfile* const profile, known.rules->InForce(*question.profile, duty.first_day(), now));
    TRY_ASSIGN(decision, Decide(*profile, known.rules->taxonomies(), verified, duty));
  }
  return Answer{.presentation = std::move(verified),
                .decision = std::move(decision),
                .receipt = {},
                .reliance = 0,
                .overrides = {}};
}

// Signs the receipt and makes the row that keeps it.
Result<Changes> CheckPresentation::Relied(const Question& question, Answer& answer, Instant now) {
  // The holder's proof may name anything; only a word of ours is repeated in clear.
  const std::string& proven = answer.presentation.purpose();
  const std::string purpose = !question.purpose.empty() ? question.purpose : IsPurposeWord(proven) ? proven : "";
  const Reliance reliance{.receiver = question.by.organisation, .purpose = purpose, .agreement = question.agreement};
  const ReceiptContent content = MakeReceipt(reliance, answer.presentation, answer.decision);
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys_, store_, KeyOwner::Service(), KeyRole::kReceipt));
  TRY_ASSIGN(answer.receipt, SignReceipt(content, key.reference(), *key.signer));
  RelianceEntry entry = EntryOf(content);
  entry.at = now;
  entry.receipt_digest = Sha256(answer.receipt);
  TRY_ASSIGN(entry.sealed_receipt, SealReceipt(vault_, entry, answer.receipt));
  return Changes{AppendReliance{std::move(entry)}};
}

// The store gives a row its place as it is written; the row is found again by its receipt.
Result<std::uint64_t> CheckPresentation::PlaceOf(const OrganisationId& organisation, const std::string& subject,
                                                 std::uint64_t after, const Digest& receipt) {
  constexpr std::size_t kPage = 100;
  while (true) {
    TRY_ASSIGN(const Page<RelianceRow> page, store_.ReliancesOn(organisation, subject, after, kPage));
    for (const RelianceRow& row : page.rows) {
      if (row.entry.receipt_digest == receipt) return row.link.sequence;
      after = row.link.subject_sequence;
    }
    if (page.next.empty() || page.rows.empty())
      return Fault{Reason::kStoreUnavailable, "", "a reliance row that was written is not there"};
  }
}

Result<CheckPresentation::Answer> CheckPresentation::operator()(const Question& question) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, question.by));
  Result<Answer> answer = Check(question, now);
  const auto audit = [&](std::string_view outcome) {
    return Audited(now, question.by,
                   {.what = "presentation.checked",
                    .why = IsPurposeWord(question.purpose) ? question.purpose : "",
                    .outcome = outcome});
  };
  if (!answer.ok()) {
    TRY(ApplyNow(store_, {audit(WordOf(answer.fault().reason))}));
    return answer;
  }
  const std::string& subject = answer->presentation.holder();
  TRY_ASSIGN(const std::optional<RelianceLink> last, store_.LastLinkOn(caller.id, subject));
  TRY_ASSIGN(Changes changes, Relied(question, *answer, now));
  changes.insert(changes.begin(), ConsumeChallenge{question.nonce, caller.id, now});
  changes.emplace_back(audit(WordOf(answer->presentation.WorstReason())));
  const Result<void> kept = ApplyNow(store_, changes);
  if (kept.ok()) {
    TRY_ASSIGN(answer->reliance,
               PlaceOf(caller.id, subject, last ? last->subject_sequence : 0, Sha256(answer->receipt)));
    if (answer->decision) {
      TRY_ASSIGN(answer->overrides,
                 OverridesInForce(store_, vault_, caller.id, subject, answer->decision->profile, now));
    }
    return answer;
  }
  const Reason reason = kept.fault().reason;
  // Somebody else has used the same challenge in the meantime.
  if (reason == Reason::kNotFound || reason == Reason::kStateConflict) {
    TRY(ApplyNow(store_, {audit(WordOf(Reason::kKbNonce))}));
    return BadChallenge();
  }
  return kept.fault();
}

}  // namespace passport
