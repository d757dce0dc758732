#include "passport-service/acts/look_at_share.h"

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr Seconds kLookProofAgeMax{300};
constexpr Seconds kLookLeeway{60};

Fault NotOpen(ShareState state) {
  switch (state) {
    case ShareState::kAsked:
      return {Reason::kStateConflict, "", "the person has not answered yet"};
    case ShareState::kRenewing:
      return {Reason::kStateConflict, "", "the person's key was replaced; the share is being renewed"};
    case ShareState::kGiven:
    case ShareState::kDeclined:
    case ShareState::kEnded:
    case ShareState::kLapsed:
      break;
  }
  return {Reason::kStateConflict, "", "the share is over; what was relied on stands in the chain of reliance"};
}

}  // namespace

Result<ShareRow> LookAtShare::Find(const Order& order, Instant now) {
  TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(order.share));
  if (!row || row->receiver != order.by.organisation) return Fault{Reason::kNotFound, "", "there is no such share"};
  if (IsLive(row->state) && row->due && *row->due <= now) {
    TRY(ApplyNow(store_, LapseChanges(*row, now)));
  }
  if (row->state != ShareState::kGiven) return NotOpen(row->state);
  return std::move(*row);
}

Result<LookAtShare::Answer> LookAtShare::See(const Order& order, const ShareRow& row, const std::string& text,
                                             Instant now) {
  TRY(CheckAgreement(order.agreement));
  AskedShift shift = order.shift;
  shift.engagement = row.engagement;
  TRY_ASSIGN(const Duty duty, DutyOf(row.receiver, shift, now));
  Answer answer;
  if (row.answer_only) {
    answer.derived = text;
    return answer;
  }
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(text));
  const Expectation expected{
      .audience = row.receiver.text(), .nonce = row.nonce, .proof_age_max = kLookProofAgeMax, .leeway = kLookLeeway};
  TRY_ASSIGN(answer.presentation, VerifyKeptPresentation(presentation, expected, *row.given_at, *known.trust, now));
  if (row.profile.empty()) return answer;
  TRY_ASSIGN(const RoleProfile* const profile, known.rules->InForce(row.profile, duty.first_day(), now));
  TRY_ASSIGN(answer.decision, Decide(*profile, known.rules->taxonomies(), *answer.presentation, duty));
  return answer;
}

Result<void> LookAtShare::Commit(const Order& order, ShareRow row, Changes changes, std::string_view outcome,
                                 Instant now) {
  if (row.keep_through) {
    changes.emplace_back(ExpectShare{row.id, row.revision});
  } else {
    for (Change& change : EndChanges(row, ShareState::kLapsed, "receiver", now)) changes.push_back(std::move(change));
  }
  changes.emplace_back(Audited(
      now, order.by, {.what = "share.looked", .object = row.id.text(), .why = row.purpose, .outcome = outcome}));
  Result<void> kept = ApplyNow(store_, changes);
  if (!kept.ok() && kept.fault().reason == Reason::kStateConflict)
    return Fault{Reason::kStateConflict, "", "the share was changed at the same time; look again"};
  return kept;
}

Result<LookAtShare::Answer> LookAtShare::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const ShareRow row, Find(order, now));
  TRY_ASSIGN(const std::optional<std::string> text, OpenShare(vault_, row));
  if (!text) return Fault{Reason::kNotFound, "", "what was given was erased"};
  Result<Answer> answer = See(order, row, *text, now);
  if (!answer.ok()) {
    TRY(ApplyNow(store_, {Audited(now, order.by,
                                  {.what = "share.looked",
                                   .object = row.id.text(),
                                   .why = row.purpose,
                                   .outcome = WordOf(answer.fault().reason)})}));
    return answer;
  }
  if (!answer->presentation) {
    TRY(Commit(order, row, {}, "answer", now));
    return answer;
  }
  TRY_ASSIGN(const std::optional<RelianceLink> last, store_.LastLinkOn(caller.id, row.subject));
  KeptReliance reliances(store_, keys_, vault_);
  TRY_ASSIGN(KeptReliance::Made made, reliances.Make({caller.id, row.purpose, order.agreement}, *answer->presentation,
                                                     answer->decision, row.id.text(), now));
  TRY(Commit(order, row, {AppendReliance{made.entry}}, WordOf(answer->presentation->WorstReason()), now));
  answer->receipt = std::move(made.receipt);
  TRY_ASSIGN(answer->reliance, reliances.PlaceOf(made.entry, last));
  if (answer->decision) {
    TRY_ASSIGN(answer->overrides,
               OverridesInForce(store_, vault_, caller.id, row.subject, answer->decision->profile, now));
  }
  return answer;
}

}  // namespace passport
