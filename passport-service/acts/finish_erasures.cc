#include "passport-service/acts/finish_erasures.h"

#include <functional>

#include "passport-service/acts/erase_person.h"
#include "passport-service/acts/share_steps.h"

namespace passport {
namespace {

constexpr std::size_t kFinishPage = 500;

// An older backup was put back.
Eraser Restorer() { return {.by = {}, .request = {}, .why = "restored"}; }

// Walks over rows and applies what `judge` says of each, page by page. Returns how many rows it said something of.
template <class Row>
Result<std::uint64_t> Sweep(Store& store, const std::function<Result<Page<Row>>(const std::string& after)>& read,
                            const std::function<Result<Changes>(const Row&)>& judge) {
  std::uint64_t changed = 0;
  std::string after;
  do {
    TRY_ASSIGN(const Page<Row> page, read(after));
    Changes changes;
    for (const Row& row : page.rows) {
      TRY_ASSIGN(Changes one, judge(row));
      if (!one.empty()) ++changed;
      for (Change& change : one) changes.push_back(std::move(change));
    }
    if (!changes.empty()) TRY(ApplyNow(store, changes));
    after = page.next;
  } while (!after.empty());
  return changed;
}

Result<bool> Lacks(Store& store, const DataOwner& of) {
  TRY_ASSIGN(const std::optional<DataKeyRow> key, store.FindDataKey(of));
  return !key;
}

Result<Changes> OfCredential(Store& store, const CredentialRow& row, Instant now) {
  if (row.sealed_token.empty()) return Changes();
  TRY_ASSIGN(const bool erased, Lacks(store, owner::Credential(row.organisation, row.id)));
  if (!erased) return Changes();
  TRY_ASSIGN(const bool person_too, Lacks(store, owner::Person(row.organisation, row.person)));
  return EraseCredential(row, person_too ? OfGoodOnes::kRevoke : OfGoodOnes::kStay, Restorer(), now);
}

Result<Changes> OfStanding(Store& store, const StandingRecordRow& row) {
  TRY_ASSIGN(const bool erased, Lacks(store, owner::Credential(row.organisation, row.credential)));
  if (!erased) return Changes();
  return Changes{DropStandingRecord{row.organisation, row.person, row.kind, row.identity, row.credential}};
}

Result<Changes> OfDraft(Store& store, const DraftRow& row) {
  TRY_ASSIGN(const bool erased, Lacks(store, owner::Employee(row.organisation, row.number)));
  if (!erased) return Changes();
  return Changes{DropDraft{row.organisation, row.import, row.line, row.part}};
}

Result<Changes> OfEmployment(Store& store, const EmploymentRow& row) {
  TRY_ASSIGN(const std::optional<PersonRow> person, store.FindPerson(row.person));
  if (person) return Changes();
  return Changes{DropMatchKeys{row.organisation, row.person}, DropEmployment{row.organisation, row.number}};
}

Result<Changes> OfIdentityCheck(Store& store, const IdentityCheckRow& row) {
  TRY_ASSIGN(const std::optional<EmploymentRow> employment, store.FindEmployment(row.organisation, row.number));
  if (employment) return Changes();
  return Changes{DropIdentityChecks{row.organisation, row.number}};
}

Result<Changes> OfPerson(Store& store, const PersonRow& row, Instant now) {
  TRY_ASSIGN(const bool erased, Lacks(store, owner::Holder(row.id)));
  if (!erased) return Changes();
  return Changes{DropPerson{row.id}, Restorer().Audit(now, "person.erased", row.id.text())};
}

// After the people: it names nobody who is gone. One that was renewed since was sealed under another key.
Result<Changes> OfShare(Store& store, const ShareRow& row, Instant now) {
  TRY_ASSIGN(const std::optional<DataKeyRow> key, store.FindDataKey(owner::Share(row.receiver, row.id)));
  const bool readable = key && IsSealedUnder(*key, row.sealed);
  std::optional<PersonRow> person;
  if (row.person) {
    TRY_ASSIGN(person, store.FindPerson(*row.person));
  }
  const bool person_goes = row.person.has_value() && !person;
  if (!person_goes && (!IsLive(row.state) || readable)) return Changes();
  ShareRow ended = row;
  Changes changes = EraseChanges(ended, person_goes, now);
  if (IsLive(row.state)) changes.emplace_back(Restorer().Audit(now, "share.ended", row.id.text()));
  return changes;
}

}  // namespace

Result<std::uint64_t> FinishErasures(Store& store, const Clock& clock) {
  const Instant now = clock.Now();
  std::uint64_t changed = 0;
  const auto add = [&](Result<std::uint64_t> swept) -> Result<void> {
    TRY_ASSIGN(const std::uint64_t more, std::move(swept));
    changed += more;
    return {};
  };
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store.AllOrganisations());
  for (const OrganisationRow& each : organisations) {
    TRY(add(Sweep<CredentialRow>(
        store, [&](const std::string& after) { return store.CredentialsOf(each.id, after, kFinishPage); },
        [&](const CredentialRow& row) { return OfCredential(store, row, now); })));
  }
  TRY(add(Sweep<StandingRecordRow>(
      store, [&](const std::string& after) { return store.AllStandingRecords(after, kFinishPage); },
      [&](const StandingRecordRow& row) { return OfStanding(store, row); })));
  TRY(add(Sweep<DraftRow>(
      store, [&](const std::string& after) { return store.AllDrafts(after, kFinishPage); },
      [&](const DraftRow& row) { return OfDraft(store, row); })));
  TRY(add(Sweep<EmploymentRow>(
      store, [&](const std::string& after) { return store.AllEmployments(after, kFinishPage); },
      [&](const EmploymentRow& row) { return OfEmployment(store, row); })));
  TRY(add(Sweep<IdentityCheckRow>(
      store, [&](const std::string& after) { return store.AllIdentityChecks(after, kFinishPage); },
      [&](const IdentityCheckRow& row) { return OfIdentityCheck(store, row); })));
  TRY(add(Sweep<PersonRow>(
      store, [&](const std::string& after) { return store.AllPeople(after, kFinishPage); },
      [&](const PersonRow& row) { return OfPerson(store, row, now); })));
  TRY(add(Sweep<ShareRow>(
      store, [&](const std::string& after) { return store.AllShares(after, kFinishPage); },
      [&](const ShareRow& row) { return OfShare(store, row, now); })));
  return changed;
}

}  // namespace passport
