#include "passport-service/acts/registry_steps.h"

#include <algorithm>
#include <set>

#include "credential/encoding/json.h"
#include "credential/record/record_kind.h"
#include "credential/trust/registry_entity_json.h"
#include "credential/trust/trust_registry.h"
#include "credential/vocabulary/caller_identity.h"
#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

Fault Invalid(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }
Fault Conflict(std::string_view what) { return {Reason::kStateConflict, "", std::string(what)}; }
Fault TooMany(std::string_view what) { return {Reason::kLimit, "", std::string(what)}; }

// A text that is not UTF-8 would make the whole registry unreadable.
bool IsUtf8(std::string_view text) {
  std::string array = "[";
  json::WriteString(text, array);
  array += ']';
  json::Tree tree;
  return tree.Parse(array, json::kTokenLimits).ok();
}

Result<void> CheckLegalName(std::string_view name) {
  const auto printable = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; };
  if (!name.empty() && name.size() <= 120 && std::all_of(name.begin(), name.end(), printable) && IsUtf8(name)) {
    return {};
  }
  return Invalid("legal_name is not 1 to 120 printable characters");
}

Result<void> CheckType(std::string_view type) {
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  if (!type.empty() && type.size() <= 40 && std::all_of(type.begin(), type.end(), word)) return {};
  return Invalid("type is not a word (a-z, _)");
}

Result<void> CheckSystems(const std::vector<ProposedSystem>& systems) {
  if (systems.size() > kSystemsMax) return TooMany("more than 100 systems");
  std::set<std::string> names;
  for (const ProposedSystem& system : systems) {
    TRY(SystemName::Parse(system.name));
    if (!names.insert(system.name).second) return Invalid("systems names a system twice");
    if (system.roles.empty()) return Invalid("a system has no role");
    if (system.certificates.empty() || system.certificates.size() > kCertificatesInUseMax) {
      return Invalid("a system has no certificate, or more than 4");
    }
  }
  return {};
}

bool Overlap(const AllowedKind& a, const AllowedKind& b) {
  return a.word == b.word && (!a.until || b.from < *a.until) && (!b.until || a.from < *b.until);
}

// When a window begins that was asked for: no sooner than it takes effect, and where the same amendment ends the window
// that is open now, at that end.
Instant BeginOf(const AllowedKind& kind, const std::vector<KindEnd>& ends, Instant now, const OrganisationRow& row) {
  const Instant soonest = std::max(now, row.valid_from);
  if (kind.from > soonest) return kind.from;
  for (const AllowedKind& open : row.kinds) {
    if (open.word != kind.word || open.from > soonest || !open.until || *open.until <= soonest) continue;
    const bool ended = std::any_of(ends.begin(), ends.end(), [&](const KindEnd& end) {
      return end.word == kind.word && std::max(end.at, NextSecond(now)) == *open.until;
    });
    if (ended) return *open.until;
  }
  return soonest;
}

Result<void> CheckRoomForKinds(std::size_t standing, std::size_t added) {
  if (added <= kRegistryKindWindowsMax && standing + added <= kRegistryKindWindowsMax) return {};
  return TooMany("the organisation would have had more than " + std::to_string(kRegistryKindWindowsMax) +
                 " times in which it may issue a kind of record, past ones too; ask for one without an end instead");
}

// What the same amendment ends stands in `ends`; it has ended in `row` already.
Result<void> AddKinds(const std::vector<AllowedKind>& kinds, const std::vector<KindEnd>& ends, Instant now,
                      OrganisationRow& row) {
  TRY(CheckRoomForKinds(row.kinds.size(), kinds.size()));
  for (AllowedKind kind : kinds) {
    if (FindRecordKind(kind.word) == nullptr) return Fault{Reason::kRecordKind, "", "kinds names an unknown kind"};
    kind.from = BeginOf(kind, ends, now, row);
    if (kind.until && *kind.until <= kind.from) return Invalid("a kind of record ends before it begins");
    const bool taken =
        std::any_of(row.kinds.begin(), row.kinds.end(), [&](const AllowedKind& other) { return Overlap(kind, other); });
    if (taken) return Conflict("the organisation may issue " + kind.word + " in that time already");
    row.kinds.push_back(std::move(kind));
  }
  // Rows list those without a window of their own first.
  std::stable_partition(row.kinds.begin(), row.kinds.end(),
                        [&](const AllowedKind& kind) { return !kind.until && kind.from == row.valid_from; });
  return {};
}

Result<void> EndKind(const KindEnd& end, Instant now, OrganisationRow& row) {
  const Instant at = std::max(end.at, NextSecond(now));
  const auto open = std::find_if(row.kinds.begin(), row.kinds.end(), [&](const AllowedKind& kind) {
    return kind.word == end.word && kind.from < at && (!kind.until || at < *kind.until);
  });
  if (open == row.kinds.end()) return Conflict("the organisation may not issue " + end.word + " then anyway");
  open->until = at;
  return {};
}

// Two places are kept for an end: whatever happened before, an organisation can cease and be compromised.
Result<void> CheckRoomForState(const OrganisationRow& row, EntryState next) {
  const std::size_t kept = next == EntryState::kCompromised ? 0 : next == EntryState::kCeased ? 1 : 2;
  // Readers count the first state too, which is active since it was enrolled.
  if (1 + row.history.size() < kRegistryStatesMax - kept) return {};
  return TooMany(row.id.text() +
                 " has changed its state too often; it can still cease, or be given up as compromised. " +
                 "Enrol it under another code and let that one take it over");
}

// Readers of a proposal, and the search for windows that overlap, take long over many.
Result<void> CheckSize(std::span<const RegistryStep> steps) {
  if (steps.size() > kStepsMax) return TooMany("more than 16 steps in one proposal");
  std::size_t kinds = 0;
  for (const RegistryStep& step : steps) {
    if (const auto* enrolment = std::get_if<Enrolment>(&step.change)) kinds += enrolment->kinds.size();
    const auto* amendment = std::get_if<Amendment>(&step.change);
    if (amendment != nullptr) kinds += amendment->kinds.size() + amendment->ends.size();
  }
  if (kinds <= kRegistryKindWindowsMax) return {};
  return TooMany("one proposal names more than " + std::to_string(kRegistryKindWindowsMax) +
                 " kinds of records; make several proposals of it");
}

bool SaysNothing(const Amendment& amendment) {
  return !amendment.legal_name && !amendment.type && amendment.kinds.empty() && amendment.ends.empty() &&
         !amendment.two_person && !amendment.registrars_needed;
}

// One step on the rows it touches.
struct Step {
  const OrganisationId& id;
  const PublishedBase& base;
  Instant now;
  OrganisationRows& rows;

  Result<OrganisationRow*> Row(const OrganisationId& organisation) const {
    const auto at = rows.find(organisation);
    if (at == rows.end()) return Fault{Reason::kNotFound, "", organisation.text() + " is not in the registry"};
    return &at->second;
  }

  Result<void> operator()(const Enrolment& enrolment) const {
    if (rows.contains(id)) return Fault{Reason::kAlreadyExists, "", "the organisation is enrolled"};
    if (rows.size() >= kRegistryOrganisationsMax) return TooMany("the registry holds as many organisations as it can");
    TRY_ASSIGN(OrganisationRow row, NewOrganisation(id, enrolment, base, now));
    rows.emplace(id, std::move(row));
    return {};
  }

  Result<void> operator()(const Amendment& amendment) const {
    TRY_ASSIGN(OrganisationRow* const row, Row(id));
    if (SaysNothing(amendment)) return Invalid("the amendment changes nothing");
    if (amendment.legal_name) {
      TRY(CheckLegalName(*amendment.legal_name));
      row->legal_name = *amendment.legal_name;
    }
    if (amendment.type) {
      TRY(CheckType(*amendment.type));
      row->type = *amendment.type;
    }
    for (const KindEnd& end : amendment.ends) TRY(EndKind(end, now, *row));
    TRY(AddKinds(amendment.kinds, amendment.ends, now, *row));
    if (amendment.two_person) row->two_person = *amendment.two_person;
    if (!amendment.registrars_needed) return {};
    if (!row->registrar) return Conflict("only a registrar says how many registrars must sign");
    if (*amendment.registrars_needed < 1 || *amendment.registrars_needed > kRegistrarsNeededMax) {
      return Invalid("registrars_needed is not 1 to 5");
    }
    row->registrars_needed = *amendment.registrars_needed;
    return {};
  }

  Result<void> operator()(const StateChange& change) const {
    TRY_ASSIGN(OrganisationRow* const row, Row(id));
    TRY(CheckReasonWord(change.reason));
    const EntryState last = row->history.empty() ? EntryState::kActive : row->history.back().state;
    const Instant last_since = row->history.empty() ? row->valid_from : row->history.back().since;
    if (change.state == last) return Conflict(id.text() + " is " + std::string(WordOf(last)) + " already");
    if (last == EntryState::kCeased && change.state != EntryState::kCompromised) {
      return Conflict(id.text() + " has ceased; that is for good");
    }
    TRY(CheckRoomForState(*row, change.state));
    if (change.since > now) return Invalid("a state begins with its last signature; ask for it on the day");
    StateChange entry = change;
    if (entry.state != EntryState::kCompromised) entry.since = NextSecond(now);
    if (entry.since < last_since) return Conflict("the state before it began later than that; say a later time");
    // Receivers want each state to begin after the one before.
    entry.since = std::max(entry.since, last_since + Seconds{1});
    row->history.push_back(std::move(entry));
    return {};
  }

  Result<void> operator()(const Succession& succession) const {
    TRY_ASSIGN(OrganisationRow* const row, Row(id));
    TRY_ASSIGN(const OrganisationRow* const successor, Row(succession.successor));
    if (row->successions.size() >= kRegistrySuccessionsMax) {
      return TooMany(id.text() + " has had " + std::to_string(kRegistrySuccessionsMax) +
                     " successors, the most there may be; let the last one of them be taken over instead");
    }
    Succession entry = succession;
    entry.at = std::max(entry.at, NextSecond(now));
    if (!TakesPart(*successor, entry.at)) return Conflict(succession.successor.text() + " does not take part then");
    if (!row->successions.empty() && entry.at < row->successions.back().at) {
      return Conflict("a succession that begins later stands already");
    }
    row->successions.push_back(std::move(entry));
    return {};
  }

  Result<void> operator()(const RegistrarReplacement& replacement) const {
    TRY_ASSIGN(OrganisationRow* const row, Row(id));
    TRY_ASSIGN(OrganisationRow* const successor, Row(replacement.successor));
    if (!row->registrar) return Conflict(id.text() + " is no registrar");
    if (successor->registrar) return Conflict(replacement.successor.text() + " is a registrar already");
    if (!TakesPart(*successor, NextSecond(now))) return Conflict(replacement.successor.text() + " does not take part");
    successor->registrar = true;
    successor->registrars_needed = row->registrars_needed;
    row->registrar = false;
    row->registrars_needed = 1;
    return {};
  }
};

// Nobody answers for itself in the end, at any time: not through others either. Depth first, each row once.
Result<void> CheckNoCircle(const OrganisationRows& rows) {
  struct Visit {
    const OrganisationRow* row;
    std::size_t next = 0;  // of its successions
  };
  std::set<OrganisationId> done;  // nothing leads round from here
  for (const auto& [id, row] : rows) {
    if (done.contains(id)) continue;
    std::vector<Visit> way = {{&row}};
    std::set<OrganisationId> on_way = {id};
    while (!way.empty()) {
      Visit& at = way.back();
      if (at.next == at.row->successions.size()) {
        on_way.erase(at.row->id);
        done.insert(at.row->id);
        way.pop_back();
        continue;
      }
      const OrganisationId& successor = at.row->successions[at.next++].successor;
      if (done.contains(successor)) continue;
      if (!on_way.insert(successor).second) return Conflict("the successions would go round in a circle");
      way.push_back({&rows.at(successor)});
    }
  }
  return {};
}

}  // namespace

Result<void> CheckReasonWord(std::string_view reason) {
  if (IsWord(reason)) return {};
  return Invalid("reason is not a word (1 to 60 of a-z, 0-9 and _, a letter first)");
}

Result<OrganisationRow> NewOrganisation(const OrganisationId& id, const Enrolment& enrolment, const PublishedBase& base,
                                        Instant now) {
  TRY(CheckLegalName(enrolment.legal_name));
  TRY(CheckType(enrolment.type));
  TRY(CheckSystems(enrolment.systems));
  OrganisationRow row{.id = id,
                      .legal_name = enrolment.legal_name,
                      .type = enrolment.type,
                      .issuer = base.IssuerOf(id),
                      .status_uri_prefix = base.StatusPrefixOf(id),
                      .kinds = {},
                      .registrar = enrolment.registrar,
                      .valid_from = now,
                      .valid_until = {},
                      .two_person = enrolment.two_person,
                      .revision = 0};
  TRY(AddKinds(enrolment.kinds, {}, now, row));
  return row;
}

Result<OrganisationRows> TakeSteps(const OrganisationRows& rows, std::span<const RegistryStep> steps,
                                   const PublishedBase& base, Instant now) {
  if (steps.empty()) return Invalid("the proposal changes nothing");
  TRY(CheckSize(steps));
  OrganisationRows after = rows;
  std::set<OrganisationId> touched;
  for (const RegistryStep& step : steps) {
    TRY(std::visit(Step{step.organisation, base, now, after}, step.change));
    touched.insert(step.organisation);
    if (const auto* replaced = std::get_if<RegistrarReplacement>(&step.change)) touched.insert(replaced->successor);
  }
  for (const OrganisationId& id : touched) {
    if (rows.contains(id)) after.at(id).revision = rows.at(id).revision + 1;
  }
  TRY(CheckNoCircle(after));
  TRY(CheckRegistrarLeft(after, now));
  return after;
}

}  // namespace passport
