#include "passport-service/acts/replace_passport.h"

#include <algorithm>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/unlock_passport.h"

namespace passport {
namespace {

constexpr int kLossCheckDaysOldMax = 0;  // today

Fault NobodyToReplace() { return {Reason::kNotFound, "", "employee_number names nobody of this organisation"}; }

Fault NotTheirs() { return {Reason::kHolderUnknown, "", "what must come with the call is not that of a passport"}; }

std::string BytesOfDigest(const Digest& digest) { return {digest.begin(), digest.end()}; }

// Keyed, because it is kept and a number can be guessed.
Result<RequestKey> KeyOfReplacement(const PersonVault& vault, const ReplacePassport::Order& order) {
  const Digest plain = RequestDigest({"replace_passport", order.employee_number, TextOf(order.identity),
                                      order.report.value_or(""), WordOf(order.held_as), order.end_shares ? "1" : "0"});
  TRY_ASSIGN(const Digest digest, vault.IndexDigest("request to replace", BytesOfDigest(plain)));
  return RequestKey{.by = order.by.organisation, .id = order.request, .digest = digest};
}

bool IsOpenReport(const std::optional<RebindingRow>& row) { return row && row->state == RebindingState::kReported; }

}  // namespace

Result<ReportLoss::Reported> ReportLoss::operator()(const Order& order) {
  if (!order.by.person || order.by.key) return NotTheirs();
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::optional<RebindingRow> before, store_.FindRebinding(*order.by.person));
  if (IsOpenReport(before) && before->request == order.request.text()) {
    if (before->end_shares != order.end_shares)
      return Fault{Reason::kRequestReused, "", "request_id was used for another request"};
    return Reported{.id = before->id};
  }
  if (before && !IsOpenReport(before) && before->state != RebindingState::kDone) {
    return Fault{Reason::kStateConflict, "", "the passport is being replaced already"};
  }
  const RebindingRow row{.person = *order.by.person,
                         .id = RandomToken(random_),
                         .state = RebindingState::kReported,
                         .reason = RebindingReason::kLost,
                         .request = order.request.text(),
                         .at = now,
                         .end_shares = order.end_shares,
                         .old_key = {},
                         .new_key = {},
                         .old_code = {},
                         .undo_until = {},
                         .sealed = {},
                         .signed_again = 0,
                         .left_behind = {},
                         .revision = before ? before->revision + 1 : 1,
                         .undo_spent = before && before->undo_spent};
  TRY(ApplyNow(store_, {PutRebinding{row}, AuditedOfPeople(now, order.by,
                                                           {.what = "passport.loss_reported",
                                                            .object = row.person.text(),
                                                            .request = order.request.text()})}));
  return Reported{.id = row.id};
}

// The answer names the rebinding and, where there is one, the invitation.
Result<ReplacePassport::Replaced> ReplacePassport::Again(const PersonId& person, const std::string& answer) {
  const std::size_t space = answer.find(' ');
  TRY_ASSIGN(const std::optional<RebindingRow> row, store_.FindRebinding(person));
  if (!row || row->id != answer.substr(0, space)) {
    return Fault{Reason::kStateConflict, "", "the replacement of this request is over"};
  }
  if (space == std::string::npos) {
    TRY_ASSIGN(RebindPassport::Outcome outcome, rebind_.Finish(person));
    return Replaced{.outcome = std::move(outcome), .invitation = {}};
  }
  TRY_ASSIGN(const std::optional<InvitationRow> invited, store_.FindInvitation(answer.substr(space + 1)));
  std::optional<InvitationContent> content;
  if (invited) {
    TRY_ASSIGN(content, OpenInvitation(vault_, *invited));
  }
  if (!content) return Fault{Reason::kStateConflict, "", "the invitation of this request is not open any more"};
  return Replaced{
      .outcome = {.id = row->id, .passport_code = {}, .undo_until = row->undo_until},
      .invitation = Invitation{.id = invited->id, .code = content->code, .expires_at = invited->expires_at}};
}

// Who has left may be replaced by whoever they left only when nobody else knows them.
Result<bool> ReplacePassport::MayReplace(const OrganisationId& employer, const PersonId& person) {
  TRY_ASSIGN(const bool works, WorksFor(store_, employer, person));
  if (works) return true;
  TRY_ASSIGN(const bool elsewhere, WorksAnywhere(store_, person));
  return !elsewhere;
}

Result<ReplacePassport::Replaced> ReplacePassport::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault_, caller.id, order.employee_number));
  TRY_ASSIGN(const std::optional<EmploymentRow> employment, store_.FindEmployment(caller.id, number));
  if (!employment) return NobodyToReplace();
  TRY_ASSIGN(const bool may, MayReplace(caller.id, employment->person));
  if (!may) return NobodyToReplace();
  TRY_ASSIGN(const RequestKey key, KeyOfReplacement(vault_, order));
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return Again(employment->person, *answer);
  TRY(CheckIdentity(order.identity, trust_, now, kLossCheckDaysOldMax));
  TRY_ASSIGN(const std::optional<RebindingRow> before, store_.FindRebinding(employment->person));
  if (order.report && (!IsOpenReport(before) || before->id != *order.report)) {
    return Fault{Reason::kNotFound, "", "the person has made no such report"};
  }

  const std::string id = RandomToken(random_);
  std::string kept_answer = id;
  Changes with;
  std::vector<DataOwner> ended;
  std::optional<Invitation> invitation;
  if (order.held_as != HeldAs::kKept) {
    TRY_ASSIGN(FreshInvitation made, MakeInvitation(store_, vault_, random_,
                                                    {.organisation = caller.id,
                                                     .employee_number = order.employee_number,
                                                     .number = number,
                                                     .identity = order.identity,
                                                     .replaces = employment->person,
                                                     .rebinding = id},
                                                    now));
    with = std::move(made.changes);
    ended = std::move(made.ended);
    invitation = made.invitation;
    kept_answer += " " + invitation->id;
  }
  TRY_ASSIGN(AddIdentityCheck check,
             KeepIdentityCheck(vault_, {caller.id, number, order.request.text()}, order.identity, now));
  with.emplace_back(std::move(check));
  with.emplace_back(Audited(now, order.by,
                            {.what = "passport.replaced",
                             .object = employment->person.text(),
                             .why = order.identity.method,
                             .request = order.request.text()}));
  with.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, std::move(kept_answer), now}});
  Result<RebindPassport::Outcome> outcome = rebind_({.person = employment->person,
                                                     .why = RebindingReason::kLost,
                                                     .request = order.request.text(),
                                                     .held_as = order.held_as,
                                                     .end_shares = order.report ? before->end_shares : order.end_shares,
                                                     .id = id,
                                                     .invitation = invitation ? invitation->id : std::string()},
                                                    std::move(with));
  vault_.Forget(ended);  // also when it is not known whether they went
  if (!outcome.ok()) return outcome.fault();
  return Replaced{.outcome = std::move(outcome).value(), .invitation = std::move(invitation)};
}

// Besides the code of before, which may be what was stolen. A session code that is good was given since the loss: those
// of before ended with it.
Result<HolderCaller> UndoReplacement::ProvedBy(const Order& order, const RebindingRow& loss) {
  TRY_ASSIGN(const std::optional<HolderKeyRow> old, store_.FindHolderKey(loss.old_key));
  const bool was_kept = !old || old->held_as == HeldAs::kKept;
  if (!was_kept && order.by.key && order.by.key->thumbprint == loss.old_key) return order.by;
  if (!was_kept) return NotTheirs();
  TRY_ASSIGN(const std::optional<UnlockRow> unlocked, FindUnlocked(store_, Sha256(order.session_code), clock_.Now()));
  if (!unlocked || unlocked->person != loss.person) return NotTheirs();
  return HolderCaller{.person = loss.person, .key = {}, .session_of = unlocked->organisation};
}

Result<UndoReplacement::Undone> UndoReplacement::operator()(const Order& order) {
  const Digest code = Sha256(order.passport_code);
  TRY_ASSIGN(const std::optional<RebindingRow> loss, store_.FindRebindingByCode(code));
  if (!loss) {
    // Done already: the code is good again.
    TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPersonByCode(code));
    std::optional<RebindingRow> undone;
    if (person) {
      TRY_ASSIGN(undone, store_.FindRebinding(person->id));
    }
    const bool again = undone && undone->reason == RebindingReason::kUndone && undone->request == order.request.text();
    if (!again) return NotTheirs();
    TRY_ASSIGN(const RebindPassport::Outcome outcome, rebind_.Finish(person->id));
    return Undone{.reinstated = outcome.signed_again};
  }
  if (loss->reason != RebindingReason::kLost) return NotTheirs();
  TRY_ASSIGN(const HolderCaller proved_by, ProvedBy(order, *loss));
  TRY_ASSIGN(const RebindPassport::Outcome outcome,
             rebind_.Undo(*loss, order.request.text(),
                          {AuditedOfPeople(clock_.Now(), proved_by,
                                           {.what = "passport.replacement_undone",
                                            .object = loss->person.text(),
                                            .request = order.request.text()})}));
  return Undone{.reinstated = outcome.signed_again};
}

RedeemAfterLoss BringsTheNewKey(PersonVault& vault, RebindPassport& rebind) {
  return [&vault, &rebind](const RedemptionAfterLoss& redemption) -> Result<Redeemed> {
    const RedeemOrder& order = redemption.order;
    const PersonId& person = *redemption.invitation.replaces;
    if (!order.by.key || !order.held_as) return Fault{Reason::kFieldInvalid, "", "a key must come with the call"};
    const auto with = [&](const RebindPassport::Outcome& foreseen) -> Result<Changes> {
      const Redeemed redeemed{.person = person,
                              .organisation = redemption.invitation.organisation,
                              .passport_code = foreseen.passport_code,
                              .signed_again = static_cast<std::uint32_t>(foreseen.signed_again)};
      TRY_ASSIGN(std::string answer, SealRedeemed(vault, redemption.request, redemption.invitation.number, redeemed));
      Changes changes = EndInvitation(redemption.invitation, InvitationState::kRedeemed);
      changes.emplace_back(AuditedOfPeople(redemption.now, order.by,
                                           {.what = "passport.key_brought",
                                            .object = person.text(),
                                            .why = std::string(WordOf(*order.held_as)),
                                            .request = order.request.text()}));
      changes.emplace_back(RememberAnswer{{redemption.request.by, redemption.request.id, redemption.request.digest,
                                           std::move(answer), redemption.now}});
      return changes;
    };
    TRY_ASSIGN(const RebindPassport::Outcome outcome, rebind.BringKey({.person = person,
                                                                       .rebinding = redemption.invitation.rebinding,
                                                                       .held_as = *order.held_as,
                                                                       .key = order.by.key->point},
                                                                      with));
    return Redeemed{.person = person,
                    .organisation = redemption.invitation.organisation,
                    .passport_code = outcome.passport_code,
                    .signed_again = static_cast<std::uint32_t>(outcome.signed_again)};
  };
}

}  // namespace passport
