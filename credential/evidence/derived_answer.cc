#include "credential/evidence/derived_answer.h"

#include "credential/evidence/members.h"
#include "credential/evidence/receipt_key.h"

namespace passport {
namespace {

constexpr Seconds kAnswerAhead{60};
constexpr std::uint64_t kAnswerVersionMax = 1'000'000;

Result<CivilDay> DayIn(const EvidenceMembers& members, std::string_view name) {
  TRY_ASSIGN(const std::string text, members.Text(name));
  const Result<CivilDay> day = CivilDay::Parse(text);
  if (!day.ok()) return members.Wrong(name, "is not a day");
  return *day;
}

Result<DerivedAnswer> ReadAnswerPayload(const json::Value& payload) {
  TRY_ASSIGN(
      const EvidenceMembers members,
      EvidenceMembers::Of(payload, "derived answer",
                          {"aud", "jti", "nonce", "sub", "purpose", "profile", "profile_version", "profile_digest",
                           "engagement", "day", "outcome", "holds_through", "snapshot_id", "iat", "exp"}));
  TRY_ASSIGN(OrganisationId receiver, members.Organisation("aud"));
  TRY_ASSIGN(const CivilDay day, DayIn(members, "day"));
  DerivedAnswer answer{.receiver = std::move(receiver),
                       .request = {},
                       .nonce = {},
                       .subject = {},
                       .purpose = {},
                       .profile = {},
                       .profile_digest = {},
                       .engagement = {},
                       .day = day};
  TRY_ASSIGN(answer.request, members.Text("jti"));
  TRY_ASSIGN(answer.nonce, members.Text("nonce"));
  TRY_ASSIGN(answer.subject, members.Text("sub"));
  TRY_ASSIGN(answer.purpose, members.Text("purpose"));
  TRY_ASSIGN(answer.profile, members.Text("profile"));
  TRY_ASSIGN(const std::uint64_t version, members.Number("profile_version", kAnswerVersionMax));
  answer.profile_version = static_cast<int>(version);
  TRY_ASSIGN(answer.profile_digest, members.Text("profile_digest"));
  TRY_ASSIGN(answer.engagement, members.Text("engagement"));
  TRY_ASSIGN(const std::string word, members.Text("outcome"));
  const std::optional<Outcome> outcome = OutcomeOf(word);
  if (!outcome) return members.Wrong("outcome", "is not the word of an outcome");
  answer.outcome = *outcome;
  const bool met = *outcome == Outcome::kMet || *outcome == Outcome::kMetExpiring;
  if (members.Has("holds_through")) {
    if (!met) return members.Wrong("holds_through", "stands beside what is not met");
    TRY_ASSIGN(answer.holds_through, DayIn(members, "holds_through"));
    if (*answer.holds_through < day) return members.Wrong("holds_through", "is before the day in question");
  }
  TRY_ASSIGN(answer.snapshot_id, members.Text("snapshot_id"));
  TRY_ASSIGN(answer.answered_at, members.Time("iat"));
  TRY_ASSIGN(answer.expires_at, members.Time("exp"));
  if (answer.expires_at <= answer.answered_at) return members.Wrong("exp", "is not after iat");
  return answer;
}

}  // namespace

Result<std::string> SignDerivedAnswer(const DerivedAnswer& answer, KeyReference key, Signer& receipt_key) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("aud", tree.String(answer.receiver.text()));
  payload.Append("jti", tree.String(answer.request));
  payload.Append("nonce", tree.String(answer.nonce));
  payload.Append("sub", tree.String(answer.subject));
  payload.Append("purpose", tree.String(answer.purpose));
  payload.Append("profile", tree.String(answer.profile));
  payload.Append("profile_version", tree.Integer(answer.profile_version));
  payload.Append("profile_digest", tree.String(answer.profile_digest));
  payload.Append("engagement", tree.String(answer.engagement));
  payload.Append("day", tree.String(answer.day.Text()));
  payload.Append("outcome", tree.String(WordOf(answer.outcome)));
  if (answer.holds_through) payload.Append("holds_through", tree.String(answer.holds_through->Text()));
  payload.Append("snapshot_id", tree.String(answer.snapshot_id));
  payload.Append("iat", tree.Integer(answer.answered_at.seconds));
  payload.Append("exp", tree.Integer(answer.expires_at.seconds));
  TRY(ReadAnswerPayload(payload));  // nothing is signed that a reader would refuse
  return SignJws(JwsHeader(kAnswerTyp, key), json::Write(payload), receipt_key);
}

Result<DerivedAnswer> ReadDerivedAnswer(std::string_view token, const TrustRegistry& registry, Instant now) {
  json::Tree tree;
  TRY_ASSIGN(const ReceiptKeyProof proof, VerifyWithReceiptKey(token, kAnswerTyp, "derived answer", registry, tree));
  TRY_ASSIGN(DerivedAnswer answer, ReadAnswerPayload(*proof.payload));
  answer.kid = proof.key->kid;
  TRY(CheckInUse(*proof.key, answer.answered_at, "derived answer"));
  TRY(CheckNotCompromised(*proof.key, std::nullopt, "derived answer"));
  if (answer.answered_at > now + kAnswerAhead) return Fault{Reason::kTime, "", "derived answer: iat is in the future"};
  if (now >= answer.expires_at) return Fault{Reason::kTime, "", "derived answer: exp has passed"};
  return answer;
}

}  // namespace passport
