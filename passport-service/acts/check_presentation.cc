#include "passport-service/acts/check_presentation.h"

#include <array>

#include "credential/encoding/base64url.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/put_role_profile.h"

namespace passport {
namespace {

constexpr Seconds kProofAgeMax{300};
constexpr Seconds kLeeway{60};
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
                        AppendAudit{{now, caller.id.text(), "challenge.created", "", "", "done"}}}));
  return challenge;
}

Result<CheckPresentation::Answer> CheckPresentation::Check(const Question& question, Instant now) {
  TRY_ASSIGN(const std::optional<ChallengeRow> challenge, store_.FindChallenge(question.nonce));
  const bool good = challenge && challenge->audience == question.by.organisation && now < challenge->expires_at;
  if (!good) return BadChallenge();
  const std::shared_ptr<const TrustSnapshot> snapshot = trust_.Get();
  if (snapshot == nullptr) return Fault{Reason::kRegistryStale, "", "nothing has been published yet"};
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(question.presentation));
  const Expectation expected{.audience = question.by.organisation.text(),
                             .nonce = question.nonce,
                             .proof_age_max = kProofAgeMax,
                             .leeway = kLeeway};
  TRY_ASSIGN(VerifiedPresentation verified, VerifyPresentation(presentation, expected, *snapshot, now));
  std::optional<Decision> decision;
  if (question.profile) {
    TRY_ASSIGN(const RoleProfile profile, FindRoleProfile(store_, *question.profile));
    TRY_ASSIGN(decision, Decide(profile, verified, question.day.value_or(CivilDay::InLondon(now))));
  }
  return Answer{.presentation = std::move(verified), .decision = std::move(decision)};
}

Result<CheckPresentation::Answer> CheckPresentation::operator()(const Question& question) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, question.by));
  Result<Answer> answer = Check(question, now);
  const auto audit = [&](std::string_view outcome) {
    return AppendAudit{{now, caller.id.text(), "presentation.checked", "", "", std::string(outcome)}};
  };
  if (!answer.ok()) {
    TRY(ApplyNow(store_, {audit(WordOf(answer.fault().reason))}));
    return answer;
  }
  const Reason worst = answer->presentation.WorstReason();
  const Result<void> kept = ApplyNow(store_, {ConsumeChallenge{question.nonce, caller.id, now}, audit(WordOf(worst))});
  if (kept.ok()) return answer;
  const Reason reason = kept.fault().reason;
  // Somebody else has used the same challenge in the meantime.
  if (reason == Reason::kNotFound || reason == Reason::kStateConflict) {
    TRY(ApplyNow(store_, {audit(WordOf(Reason::kKbNonce))}));
    return BadChallenge();
  }
  return kept.fault();
}

}  // namespace passport
