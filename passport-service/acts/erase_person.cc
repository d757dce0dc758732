#include "passport-service/acts/erase_person.h"

#include <algorithm>
#include <array>
#include <set>

#include "credential/encoding/base64url.h"
#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/invitation.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/share_steps.h"

namespace passport {
namespace {

constexpr std::array<std::string_view, 4> kErasureReasons = {"person_asked", "kept_long_enough", "wrong_person",
                                                             "test_data"};
constexpr std::string_view kErased = "erased";
constexpr std::size_t kErasurePage = 200;
constexpr int kErasureTriesMax = 8;

void Append(Changes more, Changes& changes) {
  for (Change& change : more) changes.push_back(std::move(change));
}

}  // namespace

// One erasure on its way.
struct ErasePerson::Erasure {
  OrganisationId keeper;
  PersonId person;
  Eraser eraser;
  Instant now;
  std::vector<EmploymentRow> employments = {};
  std::vector<DataOwner> owners = {};
  Changes changes = {};
  ErasureCounts counts = {};
};

AppendAudit Eraser::Audit(Instant now, std::string_view what, std::string object) const {
  Deed deed{.what = what, .object = std::move(object), .why = why, .request = request};
  return by ? Audited(now, *by, std::move(deed)) : AuditedOfService(now, std::move(deed));
}

Changes EraseCredential(const CredentialRow& row, OfGoodOnes good_ones, const Eraser& eraser, Instant now) {
  Changes changes = {DropDataKey{owner::Credential(row.organisation, row.id)}};
  if (good_ones == OfGoodOnes::kRevoke && row.state != CredentialState::kRevoked) {
    changes.emplace_back(ChangeCredentialState{row.organisation, row.id, row.state, CredentialState::kRevoked,
                                               std::string(kErased), now});
    changes.emplace_back(SetStatus{row.slot, 1});
    changes.emplace_back(AppendEvent{{now, "credential.revoked", row.id.text()}});
  }
  changes.emplace_back(ForgetToken{row.organisation, row.id});
  changes.emplace_back(eraser.Audit(now, "credential.erased", row.id.text()));
  return changes;
}

Result<void> ErasePerson::GatherCredentials(Erasure& erasure) {
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsHeldBy(erasure.person, after, kErasurePage));
    for (const CredentialRow& row : page.rows) {
      const bool done = row.sealed_token.empty() && row.state == CredentialState::kRevoked;
      if (row.organisation != erasure.keeper || done) continue;
      Append(EraseCredential(row, OfGoodOnes::kRevoke, erasure.eraser, erasure.now), erasure.changes);
      erasure.owners.push_back(owner::Credential(row.organisation, row.id));
      if (!row.sealed_token.empty()) ++erasure.counts.credentials;
    }
    after = page.next;
  } while (!after.empty());
  do {
    TRY_ASSIGN(const Page<StandingRecordRow> page,
               store_.StandingRecordsOf(erasure.keeper, erasure.person, after, kErasurePage));
    for (const StandingRecordRow& row : page.rows) {
      erasure.changes.emplace_back(
          DropStandingRecord{row.organisation, row.person, row.kind, row.identity, row.credential});
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<void> ErasePerson::DropKeys(Erasure& erasure) {
  for (const DataOwner& each : erasure.owners) erasure.changes.emplace_back(DropDataKey{each});
  erasure.changes.emplace_back(DropMatchKeys{erasure.keeper, erasure.person});
  erasure.changes.emplace_back(erasure.eraser.Audit(erasure.now, "person.erasing", erasure.person.text()));
  // Also when it is not known whether they went.
  Result<void> dropped = ApplyNow(store_, erasure.changes);
  vault_.Forget(erasure.owners);
  return dropped;
}

Result<std::uint64_t> ErasePerson::ForgetReceipts(const OrganisationId& keeper, const std::string& subject) {
  std::uint64_t forgotten = 0;
  for (std::uint64_t after = 0;;) {
    TRY_ASSIGN(const Page<RelianceRow> page, store_.ReliancesOn(keeper, subject, after, kErasurePage));
    Changes changes;
    for (const RelianceRow& row : page.rows) {
      after = row.link.subject_sequence;
      if (row.entry.sealed_receipt.empty()) continue;
      changes.emplace_back(ForgetReceipt{keeper, row.link.sequence});
    }
    forgotten += changes.size();
    if (!changes.empty()) TRY(ApplyNow(store_, changes));
    if (page.next.empty() || page.rows.empty()) break;
  }
  TRY_ASSIGN(const std::vector<OverrideRow> overrides, store_.OverridesFor(keeper, subject));
  Changes changes;
  for (const OverrideRow& row : overrides) {
    if (!row.sealed_words.empty()) changes.emplace_back(ForgetOverrideWords{row.organisation, row.id});
  }
  if (!changes.empty()) TRY(ApplyNow(store_, changes));
  return forgotten;
}

// Those under the person's numbers, and those a person said are theirs.
Result<void> ErasePerson::DropDrafts(Erasure& erasure) {
  std::set<Digest> numbers;
  for (const EmploymentRow& row : erasure.employments) numbers.insert(row.number);
  std::string after_import;
  do {
    TRY_ASSIGN(const Page<ImportRow> imports, store_.ImportsOf(erasure.keeper, after_import, kErasurePage));
    for (const ImportRow& import : imports.rows) {
      std::string after;
      do {
        TRY_ASSIGN(const Page<DraftRow> page, store_.DraftsOf(erasure.keeper, import.import, after, kErasurePage));
        Changes changes;
        for (const DraftRow& row : page.rows) {
          if (row.person != erasure.person && !numbers.contains(row.number)) continue;
          changes.emplace_back(DropDraft{row.organisation, row.import, row.line, row.part});
        }
        erasure.counts.drafts += changes.size();
        if (!changes.empty()) TRY(ApplyNow(store_, changes));
        after = page.next;
      } while (!after.empty());
    }
    after_import = imports.next;
  } while (!after_import.empty());
  return {};
}

// Last, so that an erasure that was cut off finds them and goes on.
Result<void> ErasePerson::DropPersonRows(Erasure& erasure) {
  Changes changes;
  for (const EmploymentRow& row : erasure.employments) {
    changes.emplace_back(DropEmployment{row.organisation, row.number});
    changes.emplace_back(DropIdentityChecks{row.organisation, row.number});
    TRY_ASSIGN(const std::vector<InvitationRow> invitations, store_.InvitationsFor(row.organisation, row.number));
    for (const InvitationRow& invitation : invitations) {
      for (Change& change : DropInvitationRow(invitation)) changes.push_back(std::move(change));
    }
  }
  TRY_ASSIGN(const std::vector<DisputeRow> disputes, store_.DisputesBy(erasure.person));
  for (const DisputeRow& row : disputes) {
    if (row.organisation == erasure.keeper) changes.emplace_back(DropDispute{row.organisation, row.id});
  }
  changes.emplace_back(erasure.eraser.Audit(erasure.now, "person.erased", erasure.person.text()));
  changes.emplace_back(AppendEvent{{erasure.now, "person.erased", erasure.person.text()}});
  for (int tries = 1;; ++tries) {
    Result<void> gone = DropPassport(erasure, changes);
    erasure.counts.passport = gone.ok();
    if (gone.ok()) return {};
    if (gone.fault().reason != Reason::kStateConflict) return gone;
    // Somebody else has the person, too; or one of the shares has changed meanwhile.
    TRY_ASSIGN(const bool employed, IsEmployedElsewhere(erasure));
    if (employed) return ApplyNow(store_, changes);
    if (tries == kErasureTriesMax) return gone;
  }
}

// With the person all shares end, in one write: none is left that names nobody.
Result<void> ErasePerson::DropPassport(const Erasure& erasure, Changes changes) {
  const PersonId& person = erasure.person;
  std::vector<DataOwner> owners = {owner::Holder(person), owner::Rebinding(person)};
  std::string after;
  do {
    TRY_ASSIGN(Page<ShareRow> page, store_.SharesOfPerson(person, after, kErasurePage));
    for (ShareRow& row : page.rows) {
      owners.push_back(owner::Share(row.receiver, row.id));
      Append(EraseChanges(row, true, erasure.now), changes);
    }
    after = page.next;
  } while (!after.empty());
  changes.emplace_back(DropDataKey{owner::Holder(person)});
  changes.emplace_back(DropDataKey{owner::Rebinding(person)});
  changes.emplace_back(DropPerson{person});
  Result<void> gone = ApplyNow(store_, changes);
  vault_.Forget(owners);
  return gone;
}

Result<bool> ErasePerson::IsEmployedElsewhere(const Erasure& erasure) {
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store_.AllOrganisations());
  for (const OrganisationRow& each : organisations) {
    TRY_ASSIGN(const std::vector<EmploymentRow> rows, store_.EmploymentsOf(each.id, erasure.person));
    const bool other = std::any_of(rows.begin(), rows.end(), [&](const EmploymentRow& row) {
      return std::none_of(erasure.employments.begin(), erasure.employments.end(), [&](const EmploymentRow& dropped) {
        return dropped.organisation == row.organisation && dropped.number == row.number;
      });
    });
    if (other) return true;
  }
  return false;
}

// What the holder of a key has given this receiver. How many there were.
Result<std::size_t> ErasePerson::EndSharesAbout(const OrganisationId& keeper, const std::string& subject,
                                                const Eraser& eraser) {
  const Instant now = clock_.Now();
  std::size_t ended = 0;
  for (int tries = 1;; ++tries) {
    TRY_ASSIGN(const std::vector<ShareId> ids, store_.SharesAbout(keeper, subject));
    if (ids.empty()) return ended;
    for (const ShareId& id : ids) {
      TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(id));
      if (!row || !IsLive(row->state)) continue;
      Changes changes = EraseChanges(*row, false, now);
      changes.emplace_back(eraser.Audit(now, "share.ended", id.text()));
      const Result<void> kept = WriteShares(store_, vault_, std::span(&*row, 1), changes);
      if (!kept.ok() && kept.fault().reason != Reason::kStateConflict) return kept.fault();
      if (kept.ok()) ++ended;
    }
    if (tries == kErasureTriesMax) return Fault{Reason::kStateConflict, "", "a share changes all the time; ask again"};
  }
}

Result<ErasureCounts> ErasePerson::EraseEmployee(const OrganisationId& keeper, const PersonId& person,
                                                 const Eraser& eraser) {
  Erasure erasure{.keeper = keeper, .person = person, .eraser = eraser, .now = clock_.Now()};
  TRY_ASSIGN(const std::optional<PersonRow> row, store_.FindPerson(person));
  if (!row) return Fault{Reason::kStoreUnavailable, "", "a person who is employed is not there"};
  // What was relied on under keys of before is about the same person.
  TRY_ASSIGN(const std::vector<std::string> keys, ThumbprintsOf(store_, vault_, person));
  const std::set<std::string> subjects(keys.begin(), keys.end());
  TRY_ASSIGN(erasure.employments, store_.EmploymentsOf(keeper, person));
  erasure.owners = {owner::Person(keeper, person)};
  for (const std::string& subject : subjects) erasure.owners.push_back(owner::Subject(keeper, subject));
  for (const EmploymentRow& each : erasure.employments) erasure.owners.push_back(owner::Employee(keeper, each.number));
  TRY(GatherCredentials(erasure));
  for (const std::string& subject : subjects) TRY(EndSharesAbout(keeper, subject, eraser));
  TRY(DropKeys(erasure));
  // What was issued while they were gathered; nothing more comes now that the person's key is gone.
  erasure.changes.clear();
  TRY(GatherCredentials(erasure));
  if (!erasure.changes.empty()) {
    TRY(ApplyNow(store_, erasure.changes));
    vault_.Forget(erasure.owners);
  }
  for (const std::string& subject : subjects) {
    TRY_ASSIGN(const std::uint64_t forgotten, ForgetReceipts(keeper, subject));
    erasure.counts.receipts += forgotten;
  }
  TRY(DropDrafts(erasure));
  TRY(DropPersonRows(erasure));
  return erasure.counts;
}

// Somebody who need not be one of the keeper's own people: what it relied on, and what it was given in shares.
Result<ErasureCounts> ErasePerson::EraseSubject(const OrganisationId& keeper, const std::string& subject,
                                                const Eraser& eraser) {
  const DataOwner owner = owner::Subject(keeper, subject);
  TRY_ASSIGN(const std::size_t ended, EndSharesAbout(keeper, subject, eraser));
  TRY_ASSIGN(const std::optional<RelianceLink> last, store_.LastLinkOn(keeper, subject));
  TRY_ASSIGN(const std::optional<DataKeyRow> key, store_.FindDataKey(owner));
  ErasureCounts counts;
  if (last && !key) {
    TRY_ASSIGN(counts.receipts, ForgetReceipts(keeper, subject));  // cut off after the key went
  }
  const bool readable = last && (key || counts.receipts > 0);
  if (!readable && ended == 0) return Fault{Reason::kNotFound, "", "nothing readable is kept of this holder"};
  if (!key && ended == 0) return counts;
  TRY(ApplyNow(store_, {DropDataKey{owner}, eraser.Audit(clock_.Now(), "subject.erased", subject)}));
  vault_.Forget(std::span(&owner, 1));
  TRY_ASSIGN(counts.receipts, ForgetReceipts(keeper, subject));
  return counts;
}

Result<ErasureCounts> ErasePerson::operator()(const Order& order) {
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (std::find(kErasureReasons.begin(), kErasureReasons.end(), order.why) == kErasureReasons.end()) {
    return Fault{Reason::kFieldInvalid, "", "why is not person_asked, kept_long_enough, wrong_person or test_data"};
  }
  if (order.employee_number.has_value() == order.subject.has_value()) {
    return Fault{Reason::kFieldInvalid, "", "one of employee_number and subject must be named"};
  }
  TRY_ASSIGN(const OrganisationId keeper, FindKeeper(store_, caller, order.organisation, clock_.Now()));
  const Eraser eraser{.by = order.by, .request = order.request.text(), .why = order.why};
  if (order.subject) {
    Digest digest{};
    if (!DecodeBase64UrlInto(*order.subject, digest).ok()) {
      return Fault{Reason::kFieldInvalid, "", "subject is not the thumbprint of a holder's key"};
    }
    TRY_ASSIGN(const ErasureCounts counts, EraseSubject(keeper, *order.subject, eraser));
    TRY(store_.ForgetDeleted());
    return counts;
  }
  TRY_ASSIGN(const std::optional<EmploymentRow> employment,
             FindEmployee(store_, vault_, keeper, *order.employee_number));
  if (!employment) return Fault{Reason::kNotFound, "", "none of the organisation's people has this employee number"};
  TRY_ASSIGN(const ErasureCounts counts, EraseEmployee(keeper, employment->person, eraser));
  TRY(store_.ForgetDeleted());
  return counts;
}

}  // namespace passport
