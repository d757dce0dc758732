#include "passport-service/acts/look_at_share.h"

#include <algorithm>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/derived_answer.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr Seconds kLookProofAgeMax{300};
constexpr Seconds kLookLeeway{60};
// In the audit trail of the receiver, which must not tell it more than the answer does.
constexpr std::string_view kAnswerAlone = "answer";

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

// An answer alone names a day and no more, so it is about no less: the day in question, and once that is over today.
Result<Duty> DutyOfLook(const LookAtShare::Order& order, const ShareRow& row, Instant now) {
  AskedShift shift = order.shift;
  shift.engagement = row.engagement;
  if (!row.answer_only) return DutyOf(row.receiver, shift, now);
  if (shift.starts_at || shift.ends_at || shift.place.value_or(row.receiver) != row.receiver)
    return Fault{Reason::kFieldInvalid, "", "an answer alone is about a whole day at the receiver's own place"};
  if (!shift.day) shift.day = std::max(row.day, CivilDay::InLondon(now));
  return DutyOf(row.receiver, shift, now);
}

RequestKey KeyOfLook(const LookAtShare::Order& order) {
  const auto moment = [](const std::optional<Instant>& at) { return at ? std::to_string(at->seconds) : std::string(); };
  const AskedShift& shift = order.shift;
  return {order.by.organisation, *order.request,
          RequestDigest({"share.look", order.share.text(), shift.day ? shift.day->Text() : "", moment(shift.starts_at),
                         moment(shift.ends_at), shift.place ? shift.place->text() : "", order.agreement})};
}

}  // namespace

// What was looked at once is shown again to the request that has looked.
Result<ShareRow> LookAtShare::Find(const Order& order, Instant now) {
  TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(order.share));
  if (!row || row->receiver != order.by.organisation) return Fault{Reason::kNotFound, "", "there is no such share"};
  if (IsLive(row->state) && row->due && *row->due <= now) {
    const Changes over = LapseChanges(*row, now);
    TRY(WriteShares(store_, vault_, std::span(&*row, 1), over));
  }
  if (row->state != ShareState::kGiven) return NotOpen(row->state);
  if (!row->looked_at) return std::move(*row);
  if (!order.request) return NotOpen(ShareState::kLapsed);
  TRY_ASSIGN(const std::optional<std::string> before, RepeatAnswer(store_, KeyOfLook(order), order.by, now));
  if (before != row->id.text()) return NotOpen(ShareState::kLapsed);
  return std::move(*row);
}

Result<LookAtShare::Answer> LookAtShare::See(const ShareRow& row, const std::string& text, const Duty& duty,
                                             const Known& known, Instant now) {
  Answer answer;
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(text));
  const Expectation expected{
      .audience = row.receiver.text(), .nonce = row.nonce, .proof_age_max = kLookProofAgeMax, .leeway = kLookLeeway};
  TRY_ASSIGN(answer.presentation, VerifyKeptPresentation(presentation, expected, *row.given_at, *known.trust, now));
  if (row.profile.empty()) return answer;
  TRY_ASSIGN(const RoleProfile* const profile, known.rules->InForce(row.profile, duty.first_day(), now));
  TRY_ASSIGN(answer.decision, Decide(*profile, known.rules->taxonomies(), *answer.presentation, duty));
  return answer;
}

Result<KeptReliance::Made> LookAtShare::Rely(KeptReliance& reliances, const Order& order, const ShareRow& row,
                                             const Answer& answer, Instant now) {
  const Reliance reliance{row.receiver, row.purpose, order.agreement};
  const std::string share = row.id.text();
  if (row.answer_only) return reliances.MakeOfAnswer(reliance, *answer.presentation, *answer.decision, share, now);
  return reliances.Make(reliance, *answer.presentation, answer.decision, share, now);
}

Result<void> LookAtShare::Commit(const Order& order, ShareRow row, Changes changes, std::string_view outcome,
                                 Instant now) {
  const bool first_of_one = !row.keep_through && !row.looked_at;
  const bool remembered = first_of_one && order.request.has_value();
  const ShareId id = row.id;
  const std::string why = row.purpose;
  if (remembered) {
    row.looked_at = now;
    row.due = DueOf(row, now);
    ++row.revision;
    changes.emplace_back(ReplaceShare{row});
  } else if (first_of_one) {
    for (Change& change : EndChanges(row, ShareState::kLapsed, "receiver", now)) changes.push_back(std::move(change));
  } else {
    changes.emplace_back(ExpectShare{id, row.revision});
  }
  const std::string request = order.request ? order.request->text() : "";
  changes.emplace_back(
      Audited(now, order.by,
              {.what = "share.looked", .object = id.text(), .why = why, .request = request, .outcome = outcome}));
  Result<void> kept;
  if (remembered) {
    const RequestKey key = KeyOfLook(order);
    changes.emplace_back(RememberAnswer{{key.by, key.id, key.digest, id.text(), now}});
    kept = ApplyOnce(store_, changes, key);
  } else {
    kept = WriteShares(store_, vault_, std::span(&row, 1), changes);
  }
  if (!kept.ok() && kept.fault().reason == Reason::kStateConflict)
    return Fault{Reason::kStateConflict, "", "the share was changed at the same time; look again"};
  return kept;
}

// Nothing was seen, and the person sees that somebody has looked.
Result<void> LookAtShare::RememberRefused(const Order& order, const ShareRow& row, Reason why, Instant now) {
  return ApplyNow(store_, {AppendShareLook{row.id, now, std::string(WordOf(why))},
                           Audited(now, order.by,
                                   {.what = "share.looked",
                                    .object = row.id.text(),
                                    .why = row.purpose,
                                    .request = order.request ? order.request->text() : "",
                                    .outcome = WordOf(why)})});
}

Result<LookAtShare::Answer> LookAtShare::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY(CheckAgreement(order.agreement));
  TRY_ASSIGN(const ShareRow row, Find(order, now));
  TRY_ASSIGN(const Duty duty, DutyOfLook(order, row, now));
  TRY_ASSIGN(const std::optional<std::string> text, OpenShare(vault_, row));
  if (!text) return Fault{Reason::kNotFound, "", "what was given was erased"};
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  Result<Answer> answer = See(row, *text, duty, known, now);
  if (!answer.ok()) {
    TRY(RememberRefused(order, row, answer.fault().reason, now));
    return answer;
  }
  TRY_ASSIGN(const std::optional<RelianceLink> last, store_.LastLinkOn(caller.id, row.subject));
  KeptReliance reliances(store_, keys_, vault_);
  TRY_ASSIGN(KeptReliance::Made made, Rely(reliances, order, row, *answer, now));
  if (row.answer_only) {
    TRY_ASSIGN(answer->derived, DeriveAnswer(store_, keys_, row, *answer->decision, *known.trust, now));
  }
  const std::string_view outcome = row.answer_only ? kAnswerAlone : WordOf(answer->presentation->WorstReason());
  TRY(Commit(order, row, {AppendReliance{made.entry}}, outcome, now));
  answer->receipt = std::move(made.receipt);
  TRY_ASSIGN(answer->reliance, reliances.PlaceOf(made.entry, last));
  if (answer->decision) {
    TRY_ASSIGN(answer->overrides,
               OverridesInForce(store_, vault_, caller.id, row.subject, answer->decision->profile, now));
  }
  if (row.answer_only) {
    answer->presentation.reset();
    answer->decision.reset();
  }
  return answer;
}

}  // namespace passport
