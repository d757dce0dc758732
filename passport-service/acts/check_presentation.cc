#include "passport-service/acts/check_presentation.h"

#include <array>

#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr Seconds kProofAgeMax{300};
constexpr Seconds kCheckLeeway{60};
// Expired challenges are cleared away a few at a time by those who ask for new ones.
constexpr std::uint32_t kPruned = 16;

Fault BadChallenge() {
  return {Reason::kKbNonce, "KB-06", "the challenge is unknown, used, expired or another organisation's"};
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
  TRY(CheckAgreement(question.agreement));
  TRY_ASSIGN(const Duty duty, DutyOf(question.by.organisation, question.shift, now));
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
  if (!question.purpose.empty() && !verified.purpose().empty() && question.purpose != verified.purpose())
    return Fault{Reason::kClaims, "", "the proof is for another purpose than it is relied on for"};
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
  // The holder's proof may name anything; only a word of ours is repeated in clear.
  const std::string& proven = answer->presentation.purpose();
  const std::string purpose = !question.purpose.empty() ? question.purpose : IsPurposeWord(proven) ? proven : "";
  KeptReliance reliances(store_, keys_, vault_);
  TRY_ASSIGN(KeptReliance::Made made,
             reliances.Make({caller.id, purpose, question.agreement}, answer->presentation, answer->decision, "", now));
  answer->receipt = std::move(made.receipt);
  Changes changes = {ConsumeChallenge{question.nonce, caller.id, now}, AppendReliance{made.entry}};
  changes.emplace_back(audit(WordOf(answer->presentation.WorstReason())));
  const Result<void> kept = ApplyNow(store_, changes);
  if (kept.ok()) {
    TRY_ASSIGN(answer->reliance, reliances.PlaceOf(made.entry, last));
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
