#include "passport-service/acts/invite_person.h"

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/enrol_person.h"

namespace passport {
namespace {

std::string TextOfDigest(const Digest& digest) { return {digest.begin(), digest.end()}; }

}  // namespace

Result<Invitation> InvitePerson::Again(const std::string& id) {
  TRY_ASSIGN(const std::optional<InvitationRow> row, store_.FindInvitation(id));
  std::optional<InvitationContent> content;
  if (row) {
    TRY_ASSIGN(content, OpenInvitation(vault_, *row));
  }
  if (!content) return Fault{Reason::kStateConflict, "", "the invitation of this request is not open any more"};
  return Invitation{.id = row->id, .code = content->code, .expires_at = row->expires_at};
}

Result<Invitation> InvitePerson::Once(const Order& order, const RequestKey& key, Instant now, bool& collided) {
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return Again(*answer);
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault_, key.by, order.employee_number));
  TRY_ASSIGN(const std::optional<EmploymentRow> taken, store_.FindEmployment(key.by, number));
  if (taken) return Fault{Reason::kAlreadyExists, "", "employee_number is taken"};
  TRY_ASSIGN(FreshInvitation made, MakeInvitation(store_, vault_, random_,
                                                  {.organisation = key.by,
                                                   .employee_number = order.employee_number,
                                                   .number = number,
                                                   .identity = order.identity,
                                                   .length = order.length},
                                                  now));
  made.changes.emplace_back(Audited(
      now, order.by, {.what = "person.invited", .object = made.invitation.id, .request = order.request.text()}));
  made.changes.emplace_back(RememberAnswer{{key.by, order.request, key.digest, made.invitation.id, now}});
  const Result<void> kept = ApplyOnce(store_, made.changes, key);
  if (kept.ok()) {
    vault_.Forget(made.ended);
    return made.invitation;
  }
  const Reason reason = kept.fault().reason;
  collided = reason == Reason::kNotFound || reason == Reason::kStateConflict || reason == Reason::kAlreadyExists;
  return kept.fault();
}

Result<Invitation> InvitePerson::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (!IsEmployeeNumber(order.employee_number)) {
    return Fault{Reason::kFieldInvalid, "", "employee_number is not 1 to 40 letters, digits, '-', '/' or '.'"};
  }
  if (order.length < kInvitationLengthMin || order.length > kInvitationLengthMax) {
    return Fault{Reason::kFieldInvalid, "", "seconds is not 10 minutes to 30 days"};
  }
  TRY(CheckIdentity(order.identity, trust_, now, kCheckDaysOldMax));
  // Keyed, because it is kept and a number can be guessed.
  const Digest plain = RequestDigest(
      {"invite_person", order.employee_number, TextOf(order.identity), std::to_string(order.length.count)});
  TRY_ASSIGN(const Digest digest, vault_.IndexDigest("request to invite", TextOfDigest(plain)));
  const RequestKey key{.by = caller.id, .id = order.request, .digest = digest};
  constexpr int kTriesMax = 8;
  for (int tries = 1;; ++tries) {
    bool collided = false;
    Result<Invitation> invited = Once(order, key, now, collided);
    if (!collided || tries == kTriesMax) return invited;
  }
}

}  // namespace passport
