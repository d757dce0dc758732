#include "passport-service/check/house_walk.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "credential/status/slot_permutation.h"
#include "passport-service/check/each_row.h"

namespace passport {
namespace {

std::string Of(const OrganisationId& organisation, const RequestId& request) {
  return organisation.text() + " " + request.text();
}

std::string Name(const Slot& slot) {
  return "slot " + std::to_string(slot.index) + " of list " + std::to_string(slot.list) + " of " +
         slot.organisation.text();
}

int EntryOf(CredentialState state) {
  switch (state) {
    case CredentialState::kCurrent:
      return 0;
    case CredentialState::kRevoked:
      return 1;
    case CredentialState::kSuspended:
      return 2;
  }
  return -1;
}

bool CanPermute(const StatusListRow& row) {
  return row.seed.size() == 16 && std::has_single_bit(row.size) && row.size >= SlotPermutation::kSizeMin &&
         row.size <= SlotPermutation::kSizeMax;
}

std::vector<bool> HandedOut(const StatusListRow& row) {
  std::array<std::uint8_t, 16> seed{};
  std::copy(row.seed.begin(), row.seed.end(), seed.begin());
  const SlotPermutation permutation(seed, row.size);
  std::vector<bool> slots(row.size, false);
  for (std::uint32_t counter = 0; counter < std::min(row.next, row.size); ++counter) {
    slots[permutation.SlotOf(counter)] = true;
  }
  return slots;
}

bool StandsForNobody(const StatusListRow& row, std::uint32_t index) {
  if (!CanPermute(row) || index >= row.size) return false;
  std::array<std::uint8_t, 16> seed{};
  std::copy(row.seed.begin(), row.seed.end(), seed.begin());
  return SlotPermutation(seed, row.size).CounterOf(index) >= row.first_decoy();
}

}  // namespace

void HouseWalk::Violation(std::string sentence) {
  if (report_.violations.size() < kViolationsMax) report_.violations.push_back(std::move(sentence));
}

Result<void> HouseWalk::Audit() {
  Digest previous{};
  for (bool more = true; more;) {
    TRY_ASSIGN(const auto page, store_.AuditRows(report_.audit_rows, kPageRows));
    for (const AuditRow& row : page.rows) {
      const std::string name = "audit row " + std::to_string(row.sequence);
      if (row.sequence != report_.audit_rows + 1) Violation(name + " comes after a gap");
      if (row.previous != previous) Violation(name + " does not hold the hash of the row before");
      if (row.hash != AuditHash(row)) Violation(name + " does not have its hash");
      if (row.actor_sequence != 0) AuditOfActor(row, name);
      if (row.entry.action == "credential.issue.intended") intended_.insert(row.entry.request);
      if (row.entry.action == "credential.issued") issued_.insert(row.entry.request);
      previous = row.hash;
      report_.audit_rows = row.sequence;
    }
    more = !page.next.empty();
  }
  return {};
}

void HouseWalk::AuditOfActor(const AuditRow& row, const std::string& name) {
  ChainEnd& end = actors_[row.entry.actor];
  if (row.actor_sequence != end.sequence + 1) Violation(name + " comes after a gap in the rows of its actor");
  if (row.actor_previous != end.hash) Violation(name + " does not hold the hash of the actor's row before");
  end = {.sequence = row.actor_sequence, .hash = row.hash};
}

Result<void> HouseWalk::Events() {
  for (bool more = true; more;) {
    TRY_ASSIGN(const auto page, store_.EventRows(report_.events, kPageRows));
    for (const EventRow& row : page.rows) {
      if (row.sequence != report_.events + 1) {
        Violation("event " + std::to_string(row.sequence) + " comes after a gap");
      }
      report_.events = row.sequence;
    }
    more = !page.next.empty();
  }
  return {};
}

Result<void> HouseWalk::People() {
  return EachRow([&](const std::string& after) { return store_.AllPeople(after, kPageRows); },
                 [&](const PersonRow& row) -> Result<void> {
                   ++report_.people;
                   people_.insert(row.id.text());
                   TRY_ASSIGN(const auto by_code, store_.FindPersonByCode(row.passport_code_hash));
                   if (!by_code || by_code->id != row.id) {
                     Violation("person " + row.id.text() + " is not found by the passport code");
                   }
                   return {};
                 });
}

Result<void> HouseWalk::Answers() {
  return EachRow([&](const std::string& after) { return store_.AllAnswers(after, kPageRows); },
                 [&](const AnswerRow& row) -> Result<void> {
                   ++report_.answers;
                   answered_.insert(Of(row.organisation, row.request));
                   return {};
                 });
}

Result<void> HouseWalk::Organisations() {
  TRY_ASSIGN(const auto rows, store_.AllOrganisations());
  for (const auto& row : rows) {
    ++report_.organisations;
    organisations_.insert(row.id);
    TRY(Lists(row.id));
    TRY(Credentials(row.id));
  }
  return {};
}

Result<void> HouseWalk::Lists(const OrganisationId& organisation) {
  TRY_ASSIGN(const auto rows, store_.StatusListsOf(organisation));
  for (const auto& row : rows) {
    ++report_.status_lists;
    const std::string name = "status list " + std::to_string(row.number) + " of " + organisation.text();
    if (row.next > row.size) Violation(name + " has handed out more slots than it has");
    if (row.retired_at && !row.full()) Violation(name + " is retired and has room");
    List list{.row = row, .handed_out = {}, .expected = {}, .pending = {}};
    if (CanPermute(row)) {
      list.handed_out = HandedOut(row);
    } else {
      Violation(name + " has a size or seed no slots can be made of");
    }
    lists_.insert_or_assign({organisation, row.number}, std::move(list));
  }
  return {};
}

Result<void> HouseWalk::Credentials(const OrganisationId& organisation) {
  return EachRow([&](const std::string& after) { return store_.CredentialsOf(organisation, after, kPageRows); },
                 [&](const CredentialRow& row) { return Credential(row); });
}

Result<void> HouseWalk::Credential(const CredentialRow& row) {
  ++report_.credentials;
  const std::string name = "credential " + row.id.text();
  const std::string& request = row.request.text();
  // The person of a credential that was erased may be gone, too.
  const bool erased = row.sealed_token.empty() && row.state == CredentialState::kRevoked;
  if (!erased && !people_.contains(row.person.text())) Violation(name + " belongs to nobody");
  if (!answered_.contains(Of(row.organisation, row.request))) Violation(name + " was never answered for");
  if (!intended_.contains(request)) Violation(name + " has no audit row credential.issue.intended");
  if (!issued_.contains(request)) Violation(name + " has no audit row credential.issued");
  if (row.slot.organisation != row.organisation) Violation(name + " has the slot of another organisation");
  credited_.insert(Of(row.organisation, row.request));
  ++holds_[row.person.text()];
  const auto list_of = lists_.find({row.slot.organisation, row.slot.list});
  if (list_of != lists_.end() && list_of->second.row.retired_at && row.expires_at > *list_of->second.row.retired_at)
    Violation(name + " was still to expire when its status list was retired");
  if (List* const list = Claim(row.slot, name)) list->expected[row.slot.index] = EntryOf(row.state);
  return {};
}

HouseWalk::List* HouseWalk::Claim(const Slot& slot, const std::string& owner) {
  const auto at = lists_.find({slot.organisation, slot.list});
  if (at == lists_.end()) {
    Violation(owner + " names a status list that is not open");
    return nullptr;
  }
  List& list = at->second;
  if (slot.index >= list.handed_out.size() || !list.handed_out[slot.index]) {
    Violation(owner + " has a slot that was never handed out");
    return nullptr;
  }
  if (list.expected.contains(slot.index) || list.pending.contains(slot.index)) {
    Violation(Name(slot) + " is used twice");
    return nullptr;
  }
  return &list;
}

Result<void> HouseWalk::Intents() {
  return EachRow([&](const std::string& after) { return store_.Intents(after, kPageRows); },
                 [&](const IntentRow& row) -> Result<void> {
                   ++report_.intents;
                   const std::string name = "intent of request " + row.request.text();
                   if (credited_.contains(Of(row.organisation, row.request))) Violation(name + " has a credential");
                   if (answered_.contains(Of(row.organisation, row.request))) Violation(name + " has an answer");
                   if (!intended_.contains(row.request.text())) {
                     Violation(name + " has no audit row credential.issue.intended");
                   }
                   if (List* const list = Claim(row.slot, name)) list->pending.insert(row.slot.index);
                   return {};
                 });
}

Result<void> HouseWalk::StatusEntries() {
  for (auto& [name, list] : lists_) {
    TRY_ASSIGN(const auto entries, store_.StatusEntries(name.first, name.second));
    for (const auto& entry : entries) {
      ++report_.status_entries;
      const std::string slot = Name({name.first, name.second, entry.index});
      if (const auto expected = list.expected.find(entry.index); expected != list.expected.end()) {
        if (expected->second != entry.value) Violation(slot + " has an entry that is not its credential's state");
        list.expected.erase(expected);
      } else if (list.pending.contains(entry.index)) {
        Violation(slot + " has an entry before it has a credential");
      } else if (StandsForNobody(list.row, entry.index)) {
        if (entry.value > 2) Violation(slot + " is a decoy that looks like none");
      } else if (entry.index >= list.handed_out.size() || !list.handed_out[entry.index]) {
        Violation(slot + " has an entry but was never handed out");
      } else if (entry.value != 1) {
        Violation(slot + " has no credential and is not void");
      }
    }
    for (const auto& [index, value] : list.expected) {
      if (value != 0) Violation(Name({name.first, name.second, index}) + " lacks the entry of its credential's state");
    }
  }
  return {};
}

Result<void> HouseWalk::Holdings() {
  for (const auto& text : people_) {
    TRY_ASSIGN(const auto person, PersonId::Parse(text));
    TRY_ASSIGN(const std::optional<Instant> since, BoundSince(person));
    int held = 0;
    TRY(EachRow([&](const std::string& after) { return store_.CredentialsHeldBy(person, after, kPageRows); },
                [&](const CredentialRow& row) -> Result<void> {
                  ++held;
                  BoundTo(since, row);
                  if (row.person != person) Violation("person " + text + " holds a credential of somebody else");
                  return {};
                }));
    const auto owned = holds_.find(text);
    if (held != (owned == holds_.end() ? 0 : owned->second)) {
      Violation("person " + text + " does not hold exactly the own credentials");
    }
  }
  return {};
}

Result<void> HouseWalk::Employments() {
  return EachRow([&](const std::string& after) { return store_.AllEmployments(after, kPageRows); },
                 [&](const EmploymentRow& row) -> Result<void> {
                   ++report_.employments;
                   const std::string name =
                       "an employment of person " + row.person.text() + " at " + row.organisation.text();
                   if (!people_.contains(row.person.text())) Violation(name + " has no person");
                   if (!organisations_.contains(row.organisation)) Violation(name + " has no organisation");
                   TRY_ASSIGN(const bool employs, store_.Employs(row.organisation, row.person));
                   if (!employs) Violation(name + " is not known to the organisation");
                   return {};
                 });
}

Result<void> HouseWalk::Documents() {
  std::string name;
  std::uint64_t version = 0;
  TRY(EachRow([&](const std::string& after) { return store_.AllDocuments(after, kPageRows); },
              [&](const DocumentRow& row) -> Result<void> {
                ++report_.documents;
                const bool first = row.name != name;
                name = row.name;
                if (!first && row.version != version + 1 && name != kRegistryDocument) {
                  Violation("version " + std::to_string(row.version) + " of document " + name + " comes after a gap");
                }
                version = row.version;
                TRY_ASSIGN(const auto newest, store_.NewestDocument(name));
                if (!newest || newest->version < version) Violation("document " + name + " has no newest version");
                return {};
              }));
  return {};
}

}  // namespace passport
