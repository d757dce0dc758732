// How people hold their passports.
#include <algorithm>

#include "credential/badge/badge.h"
#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {
namespace {

constexpr Seconds kClockSteps{60};  // a clock may have been put back by so much between two writes

}  // namespace

Result<void> HouseWalk::HolderKeys() {
  return EachRow([&](const std::string& after) { return store_.AllHolderKeys(after, kPageRows); },
                 [&](const HolderKeyRow& row) -> Result<void> {
                   ++report_.holder_keys;
                   const std::string name = "a holder key of person " + row.person.text();
                   if (!people_.contains(row.person.text())) Violation(name + " has no person");
                   TRY_ASSIGN(const auto theirs, store_.HolderKeysOf(row.person));
                   const auto same = [&](const HolderKeyRow& each) { return each.thumbprint == row.thumbprint; };
                   if (std::none_of(theirs.begin(), theirs.end(), same)) Violation(name + " is not among theirs");
                   const auto good = [](const HolderKeyRow& each) { return !each.until; };
                   if (std::count_if(theirs.begin(), theirs.end(), good) > 1)
                     Violation(name + " is one of two that are good");
                   return {};
                 });
}

Result<std::optional<Instant>> HouseWalk::BoundSince(const PersonId& person) {
  TRY_ASSIGN(const auto rebinding, store_.FindRebinding(person));
  if (rebinding && rebinding->state == RebindingState::kSigning) return std::optional<Instant>();
  TRY_ASSIGN(const auto keys, store_.HolderKeysOf(person));
  const auto good = std::find_if(keys.begin(), keys.end(), [](const HolderKeyRow& key) { return !key.until; });
  if (good != keys.end()) return std::optional(good->from);
  const bool waits = rebinding && rebinding->state == RebindingState::kAwaitingKey;
  return waits ? std::optional(rebinding->at) : std::optional<Instant>();
}

void HouseWalk::BoundTo(std::optional<Instant> since, const CredentialRow& row) {
  if (!since || row.state != CredentialState::kCurrent || row.kind == kBadgeKind) return;
  // One that had expired by then was left as it was.
  const bool before = row.issued_at + kClockSteps < *since && row.expires_at > *since;
  if (before) Violation("credential " + row.id.text() + " is good and older than the key of its person");
}

Result<void> HouseWalk::Rebindings() {
  return EachRow([&](const std::string& after) { return store_.AllRebindings(after, kPageRows); },
                 [&](const RebindingRow& row) -> Result<void> {
                   ++report_.rebindings;
                   const std::string name = "a rebinding of person " + row.person.text();
                   if (!people_.contains(row.person.text())) Violation(name + " has no person");
                   if (!row.old_code) return {};
                   TRY_ASSIGN(const auto by_code, store_.FindRebindingByCode(*row.old_code));
                   if (!by_code || by_code->person != row.person)
                     Violation(name + " is not found by the code of before");
                   return {};
                 });
}

Result<void> HouseWalk::Unlocks() {
  return EachRow([&](const std::string& after) { return store_.AllUnlocks(after, kPageRows); },
                 [&](const UnlockRow& row) -> Result<void> {
                   ++report_.unlocks;
                   const std::string name = "an unlocked passport of person " + row.person.text();
                   if (!people_.contains(row.person.text())) Violation(name + " has no person");
                   if (!organisations_.contains(row.organisation)) Violation(name + " has no organisation");
                   TRY_ASSIGN(const auto found, store_.FindUnlock(row.code));
                   if (!found || found->person != row.person) Violation(name + " is not found by its code");
                   return {};
                 });
}

Result<void> HouseWalk::Invitations() {
  TRY(EachRow([&](const std::string& after) { return store_.AllInvitations(after, kPageRows); },
              [&](const InvitationRow& row) -> Result<void> {
                ++report_.invitations;
                const std::string name = "invitation " + row.id;
                if (!organisations_.contains(row.organisation)) Violation(name + " has no organisation");
                const bool open = row.state == InvitationState::kOpen;
                if (open == row.sealed.empty())
                  Violation(name + " holds something and has ended, or nothing and is open");
                TRY_ASSIGN(const auto same, store_.InvitationsFor(row.organisation, row.number));
                const auto it = [&](const InvitationRow& each) { return each.id == row.id; };
                if (std::none_of(same.begin(), same.end(), it)) Violation(name + " is not found by its number");
                return {};
              }));
  return EachRow([&](const std::string& after) { return store_.AllIdentityChecks(after, kPageRows); },
                 [&](const IdentityCheckRow& row) -> Result<void> {
                   ++report_.identity_checks;
                   TRY_ASSIGN(const auto employment, store_.FindEmployment(row.organisation, row.number));
                   if (!employment) Violation("an identity check of " + row.organisation.text() + " is of nobody");
                   return {};
                 });
}

Result<void> HouseWalk::Disputes() {
  for (const auto& organisation : organisations_) {
    TRY(EachRow([&](const std::string& after) { return store_.DisputesOf(organisation, after, kPageRows); },
                [&](const DisputeRow& row) -> Result<void> {
                  ++report_.disputes;
                  const std::string name = "dispute " + row.id + " of " + organisation.text();
                  TRY_ASSIGN(const auto credential, store_.FindCredential(organisation, row.credential));
                  if (!credential || credential->person != row.person)
                    Violation(name + " is about no credential of its person");
                  TRY_ASSIGN(const auto theirs, store_.DisputesBy(row.person));
                  const auto same = [&](const DisputeRow& each) {
                    return each.id == row.id && each.organisation == row.organisation;
                  };
                  if (std::none_of(theirs.begin(), theirs.end(), same)) Violation(name + " is not among the person's");
                  return {};
                }));
  }
  return {};
}

}  // namespace passport
