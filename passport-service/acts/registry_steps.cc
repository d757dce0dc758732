#include "passport-service/acts/registry_steps.h"

#include <algorithm>
#include <set>

#include "credential/encoding/json.h"
#include "credential/record/record_kind.h"
#include "credential/vocabulary/caller_identity.h"

namespace passport {
namespace {

Fault Invalid(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }
Fault Conflict(std::string_view what) { return {Reason::kStateConflict, "", std::string(what)}; }

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
  if (systems.size() > kSystemsMax) return Fault{Reason::kLimit, "", "more than 100 systems"};
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

Result<void> AddKinds(const std::vector<AllowedKind>& kinds, Instant now, OrganisationRow& row) {
  for (AllowedKind kind : kinds) {
    if (FindRecordKind(kind.word) == nullptr) return Fault{Reason::kRecordKind, "", "kinds names an unknown kind"};
    kind.from = std::max({kind.from, now, row.valid_from});
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

// What an organisation signs in the second of a change is signed before it: times of credentials are whole seconds, and
// "until" is exclusive.
Instant NextSecond(Instant now) { return now + Seconds{1}; }

Result<void> EndKind(const KindEnd& end, Instant now, OrganisationRow& row) {
  const Instant at = std::max(end.at, NextSecond(now));
  const auto open = std::find_if(row.kinds.begin(), row.kinds.end(), [&](const AllowedKind& kind) {
    return kind.word == end.word && kind.from < at && (!kind.until || at < *kind.until);
  });
  if (open == row.kinds.end()) return Conflict("the organisation may not issue " + end.word + " then anyway");
  open->until = at;
  return {};
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
    TRY(AddKinds(amendment.kinds, now, *row));
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
    if (!TakesPart(*successor, now)) return Conflict(replacement.successor.text() + " does not take part");
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

Result<void> CheckRegistrarLeft(const OrganisationRows& rows, Instant now) {
  std::set<Instant> moments = {now};
  for (const auto& [id, row] : rows) {
    if (!row.registrar) continue;
    for (const StateChange& change : row.history) moments.insert(std::max(change.since, now));
    for (const Succession& succession : row.successions) moments.insert(std::max(succession.at, now));
    if (row.valid_until) moments.insert(std::max(*row.valid_until, now));
  }
  for (const Instant moment : moments) {
    const bool left = std::any_of(rows.begin(), rows.end(), [&](const auto& entry) {
      return entry.second.registrar && TakesPart(entry.second, moment);
    });
    if (!left) return Conflict("no registrar would be left; name another one first, or in the same proposal");
  }
  return {};
}

}  // namespace

Result<void> CheckReasonWord(std::string_view reason) {
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (!reason.empty() && reason.size() <= 64 && std::all_of(reason.begin(), reason.end(), word)) return {};
  return Invalid("reason is not a word (1 to 64 of a-z, 0-9 and _)");
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
  TRY(AddKinds(enrolment.kinds, now, row));
  return row;
}

Result<OrganisationRows> TakeSteps(const OrganisationRows& rows, std::span<const RegistryStep> steps,
                                   const PublishedBase& base, Instant now) {
  if (steps.empty()) return Invalid("the proposal changes nothing");
  if (steps.size() > kStepsMax) return Fault{Reason::kLimit, "", "more than 16 steps in one proposal"};
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

std::uint32_t RegistrarsNeeded(const OrganisationRows& rows, Instant now) {
  std::uint32_t needed = 1;
  for (const auto& [id, row] : rows) {
    if (row.registrar && TakesPart(row, now)) needed = std::max(needed, row.registrars_needed);
  }
  return needed;
}

}  // namespace passport
