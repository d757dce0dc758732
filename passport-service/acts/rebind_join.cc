// How two passports of one person become one: everything of the other is given over in the write that ends its key.
#include <algorithm>
#include <array>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/dispute_records.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

constexpr std::array kJoinedKinds = {MatchKind::kAssignmentNumber, MatchKind::kNationalInsuranceNumber,
                                     MatchKind::kRegistrationNumber, MatchKind::kNameAndBirthDate,
                                     MatchKind::kBirthDate};
constexpr std::size_t kStandingPage = 500;

// Sealed for one person of an issuer, sealed again for another.
Result<std::string> SealOver(PersonVault& vault, const DataOwner& from, const DataOwner& to, std::string_view context,
                             const std::string& sealed) {
  if (sealed.empty()) return std::string();
  TRY_ASSIGN(const std::optional<std::string> text, vault.Open(from, context, sealed));
  if (!text) return std::string();
  return vault.Seal(to, context, *text);
}

// What was given, and what has ended, is the other's to see and to end from now on.
Result<Changes> PassShares(Store& store, const PersonId& from, const PersonId& to) {
  Changes changes;
  std::string after;
  do {
    TRY_ASSIGN(Page<ShareRow> page, store.SharesOfPerson(from, after, 100));
    for (ShareRow& row : page.rows) {
      row.person = to;
      ++row.revision;
      changes.emplace_back(ReplaceShare{std::move(row)});
    }
    after = page.next;
  } while (!after.empty());
  return changes;
}

}  // namespace

// What an employer knows the person by: numbers, match keys, standing records. The birth dates must agree.
Result<Changes> RebindPassport::PassEmployment(const OrganisationId& organisation, const PersonId& from,
                                               const PersonId& to) {
  Changes changes;
  TRY_ASSIGN(const std::vector<EmploymentRow> employments, store_.EmploymentsOf(organisation, from));
  for (EmploymentRow row : employments) {
    changes.emplace_back(DropEmployment{row.organisation, row.number});
    row.person = to;
    changes.emplace_back(AddEmployment{std::move(row)});
  }
  changes.emplace_back(DropMatchKeys{organisation, from});
  for (const MatchKind kind : kJoinedKinds) {
    TRY_ASSIGN(const std::vector<Digest> keys, store_.MatchKeysOf(organisation, from, kind));
    for (const Digest& key : keys) changes.emplace_back(AddMatchKey{{organisation, kind, key, to}});
  }
  std::string after;
  do {
    TRY_ASSIGN(const Page<StandingRecordRow> page, store_.StandingRecordsOf(organisation, from, after, kStandingPage));
    for (const StandingRecordRow& row : page.rows) {
      changes.emplace_back(DropStandingRecord{row.organisation, row.person, row.kind, row.identity, row.credential});
    }
    after = page.next;
  } while (!after.empty());
  return changes;
}

Result<Changes> RebindPassport::PassOver(const PersonId& from, const PersonId& to) {
  Changes changes;
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store_.AllOrganisations());
  for (const OrganisationRow& organisation : organisations) {
    const DataOwner theirs = owner::Person(organisation.id, from);
    TRY_ASSIGN(const std::optional<DataKeyRow> known, store_.FindDataKey(theirs));
    if (!known) continue;
    TRY(vault_.Ensure(std::array{owner::Person(organisation.id, to)}));
    TRY_ASSIGN(Changes employment, PassEmployment(organisation.id, from, to));
    AppendChanges(std::move(employment), changes);
  }
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllHeldBy(store_, from));  // badges, too
  for (const CredentialRow& row : held) changes.emplace_back(PassCredential{row.organisation, row.id, from, to});
  TRY(SuspendHeld(from, changes));
  TRY_ASSIGN(std::vector<DisputeRow> disputes, store_.DisputesBy(from));
  for (DisputeRow& row : disputes) {
    const DataOwner before = owner::Person(row.organisation, from);
    const DataOwner after = owner::Person(row.organisation, to);
    TRY_ASSIGN(row.sealed_words, SealOver(vault_, before, after, kDisputeWordsContext, row.sealed_words));
    TRY_ASSIGN(row.sealed_answer, SealOver(vault_, before, after, kDisputeAnswerContext, row.sealed_answer));
    row.person = to;
    ++row.revision;
    changes.emplace_back(PutDispute{std::move(row)});
  }
  TRY_ASSIGN(Changes shares, PassShares(store_, from, to));
  AppendChanges(std::move(shares), changes);
  for (const OrganisationRow& organisation : organisations)
    changes.emplace_back(DropDataKey{owner::Person(organisation.id, from)});
  return changes;
}

Result<RebindPassport::Outcome> RebindPassport::Join(const PersonRow& into, const PersonRow& other,
                                                     const std::string& request, Changes with) {
  const InHand in_hand(*this, {into.id, other.id});
  if (into.id == other.id) return Fault{Reason::kStateConflict, "", "it is the same passport"};
  if (!in_hand.all()) return Fault{Reason::kOutcomeUnknown, "", "a passport is being bound to another key"};
  TRY(SettleBefore(into.id, RebindingReason::kJoined));
  TRY(SettleBefore(other.id, RebindingReason::kJoined));
  Turn turn{.now = clock_.Now(), .with = std::move(with)};
  TRY_ASSIGN(const HolderKeyPair into_keys, OpenHolder(vault_, into));
  TRY_ASSIGN(const HolderKeyPair other_keys, OpenHolder(vault_, other));
  TRY_ASSIGN(const std::string good_key, ThumbprintOf(into_keys));
  TRY_ASSIGN(const std::string other_key, ThumbprintOf(other_keys));
  TRY_ASSIGN(std::vector<HolderKeyRow> their_keys, store_.HolderKeysOf(other.id));
  TRY_ASSIGN(const std::optional<RebindingRow> before, store_.FindRebinding(into.id));
  turn.changes.emplace_back(ExpectPassport{into.id, into.passport_code_hash});
  turn.changes.emplace_back(ExpectPassport{other.id, other.passport_code_hash});
  TRY_ASSIGN(Changes over, PassOver(other.id, into.id));
  AppendChanges(std::move(over), turn.changes);
  turn.changes.emplace_back(DropDataKey{owner::Holder(other.id)});
  turn.changes.emplace_back(DropDataKey{owner::Rebinding(other.id)});
  turn.changes.emplace_back(DropPerson{other.id});
  const auto known = std::find_if(their_keys.begin(), their_keys.end(),
                                  [&](const HolderKeyRow& row) { return row.thumbprint == other_key; });
  if (known == their_keys.end()) their_keys.push_back({other_key, other.id, HeldAs::kKept, other.enrolled_at, {}, {}});
  // What was relied on under their keys is this person's from now on.
  for (HolderKeyRow& row : their_keys) {
    row.person = into.id;
    if (!row.until) {
      row.until = turn.now;
      row.end_reason = "joined";
    }
    turn.changes.emplace_back(AddHolderKey{std::move(row)});
  }
  const RebindingRow row{.person = into.id,
                         .id = RandomToken(random_),
                         .state = RebindingState::kSigning,
                         .reason = RebindingReason::kJoined,
                         .request = request,
                         .at = turn.now,
                         .end_shares = false,
                         .old_key = other_key,
                         .new_key = good_key,
                         .old_code = other.passport_code_hash,
                         .undo_until = {},
                         .sealed = {},
                         .signed_again = 0,
                         .left_behind = {},
                         .revision = before ? before->revision + 1 : 1,
                         .undo_spent = before && before->undo_spent};
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store_.AllOrganisations());
  for (const OrganisationRow& organisation : organisations)
    turn.owners.push_back(owner::Person(organisation.id, other.id));
  turn.owners.push_back(owner::Holder(other.id));
  TRY(Write(turn, row, {}));
  TRY_ASSIGN(const std::optional<RebindingRow> written, store_.FindRebinding(into.id));
  if (!written) return Fault{Reason::kStoreUnavailable, "", "a rebinding that was written is not there"};
  return FinishRow(*written);
}

}  // namespace passport
