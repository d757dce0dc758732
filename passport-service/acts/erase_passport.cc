#include "passport-service/acts/erase_passport.h"

#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/invitation.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/share_steps.h"

namespace passport {
namespace {

constexpr std::size_t kErasePassportPage = 200;
constexpr int kErasePassportTriesMax = 8;
constexpr std::string_view kEndReason = "erased";

// Who has only the code of a passport whose key is elsewhere can not give it up, no more than move it.
bool MayErase(const HolderCaller& by) { return by.person && (by.key || by.held_as == HeldAs::kKept); }

}  // namespace

// What goes in one write.
struct ErasePassport::Going {
  Instant now;
  Changes changes;
  std::vector<DataOwner> owners = {};  // whose data keys it drops
};

// The private half goes with its data key, in every copy. The public one stays: it is the name under which receivers
// have relied on the person.
Result<void> ErasePassport::GatherKey(const PersonRow& person, Going& going) {
  const Result<HolderKeyPair> keys = OpenHolder(vault_, person);
  // Older than the backup that was put back: there is nothing that could be opened.
  if (!keys.ok() && keys.fault().reason == Reason::kNotFound) return {};
  if (!keys.ok()) return keys.fault();
  if (keys->sealed.empty()) return {};
  const DataOwner holder = owner::Holder(person.id);
  TRY_ASSIGN(PersonVault::Fresh fresh, SealHolder(vault_, person.id, {.jwk = keys->jwk, .sealed = {}}));
  going.changes.emplace_back(DropDataKey{holder});
  going.changes.emplace_back(std::move(fresh.key));
  PersonRow without = person;
  without.sealed_holder = std::move(fresh.sealed);
  going.changes.emplace_back(ReplacePerson{std::move(without)});
  going.owners.push_back(holder);
  TRY_ASSIGN(std::string thumbprint, ThumbprintOf(*keys));
  TRY_ASSIGN(const std::optional<HolderKeyRow> known, store_.FindHolderKey(thumbprint));
  if (known && known->until) return {};
  if (known) {
    going.changes.emplace_back(EndHolderKey{thumbprint, going.now, std::string(kEndReason)});
    return {};
  }
  going.changes.emplace_back(AddHolderKey{{.thumbprint = std::move(thumbprint),
                                           .person = person.id,
                                           .held_as = HeldAs::kKept,
                                           .from = person.enrolled_at,
                                           .until = going.now,
                                           .end_reason = std::string(kEndReason)}});
  return {};
}

// A report of a loss, or the row of a change that is over. What is under way is finished first.
Result<void> ErasePassport::GatherRebinding(const PersonRow& person, Going& going) {
  TRY_ASSIGN(const std::optional<RebindingRow> row, store_.FindRebinding(person.id));
  if (!row) return {};
  const bool over = row->state == RebindingState::kReported || row->state == RebindingState::kDone;
  if (!over) {
    return Fault{Reason::kStateConflict, "",
                 "the passport is being bound to another key, or was replaced within the last day; erase it then"};
  }
  going.changes.emplace_back(DropRebinding{person.id, row->revision});
  going.changes.emplace_back(DropDataKey{owner::Rebinding(person.id)});
  going.owners.push_back(owner::Rebinding(person.id));
  return {};
}

Result<void> ErasePassport::GatherWords(const PersonRow& person, Going& going) {
  TRY_ASSIGN(const std::vector<DisputeRow> said, store_.DisputesBy(person.id));
  for (const DisputeRow& row : said) going.changes.emplace_back(DropDispute{row.organisation, row.id});
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store_.AllOrganisations());
  for (const OrganisationRow& each : organisations) {
    TRY_ASSIGN(const std::vector<EmploymentRow> employments, store_.EmploymentsOf(each.id, person.id));
    for (const EmploymentRow& employment : employments) {
      TRY_ASSIGN(const std::vector<InvitationRow> invitations, store_.InvitationsFor(each.id, employment.number));
      for (const InvitationRow& invitation : invitations) {
        AppendChanges(DropInvitationRow(invitation), going.changes);
        going.owners.push_back(owner::Invitation(each.id, invitation.id));
      }
    }
  }
  return {};
}

Result<void> ErasePassport::GatherShares(const PersonRow& person, Going& going) {
  std::string after;
  do {
    TRY_ASSIGN(Page<ShareRow> page, store_.SharesOfPerson(person.id, after, kErasePassportPage));
    for (ShareRow& row : page.rows) {
      going.owners.push_back(owner::Share(row.receiver, row.id));
      AppendChanges(EraseChanges(row, true, going.now), going.changes);
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

// As the passport is read: a code that has changed meanwhile says that it was bound anew.
Result<ErasePassport::Going> ErasePassport::Gather(const PersonRow& person, const Order& order) {
  Going going{.now = clock_.Now(), .changes = {ExpectPassport{person.id, person.passport_code_hash}}};
  TRY(GatherRebinding(person, going));
  TRY(GatherKey(person, going));
  TRY(GatherWords(person, going));
  TRY(GatherShares(person, going));
  going.changes.emplace_back(AuditedOfPeople(
      going.now, order.by, {.what = "passport.erased", .object = person.id.text(), .request = order.request.text()}));
  return going;
}

Result<ErasePassport::Erased> ErasePassport::operator()(const Order& order) {
  const Fault nobody{Reason::kHolderUnknown, "", "a good key or code must come with the call"};
  if (!MayErase(order.by)) return nobody;
  for (int tries = 1;; ++tries) {
    TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(*order.by.person));
    if (!person) return nobody;
    TRY_ASSIGN(const bool works, WorksAnywhere(store_, person->id));
    if (works) {
      return Fault{Reason::kStateConflict, "",
                   "an employer has the person among its people; a passport is erased after the last has ended that"};
    }
    TRY_ASSIGN(const Going going, Gather(*person, order));
    const Result<void> gone = ApplyNow(store_, going.changes);
    // Also when it is not known whether they went.
    vault_.Forget(going.owners);
    rebind_.KeyHasEnded();
    if (gone.ok()) {
      TRY_ASSIGN(std::vector<StillKept> kept, FindStillKept(store_, vault_, rules_, *person));
      return Erased{.kept = std::move(kept)};
    }
    // Something of it has changed, or gone, since it was read.
    const Reason why = gone.fault().reason;
    const bool again = why == Reason::kStateConflict || why == Reason::kNotFound;
    if (!again || tries == kErasePassportTriesMax) return gone.fault();
  }
}

}  // namespace passport
