#include "passport-service/acts/registry_effects.h"

#include <algorithm>
#include <map>
#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/open_list.h"

namespace passport {
namespace {

// Makes the active key of an organisation for one role, unless an earlier attempt made it.
Result<void> EnsureKey(KeyStore& keys, const OrganisationId& organisation, KeyRole role, Instant now) {
  const KeyOwner owner(organisation);
  for (const KeyInfo& info : keys.List()) {
    if (info.owner == owner && info.role == role && info.state == KeyState::kActive) return {};
  }
  const Result<std::string> made = keys.Generate(owner, role, KeyState::kActive, now);
  if (!made.ok()) return made.fault();
  return {};
}

bool ActsAsRegistrar(const SystemRow& system, Instant now) {
  if (system.state != SystemState::kActive || !system.roles.Has(Role::kRegistrar)) return false;
  return std::any_of(system.certificates.begin(), system.certificates.end(), [&](const SystemCertificate& certificate) {
    return !certificate.revoked_at && (!certificate.until || now < *certificate.until);
  });
}

std::size_t ProposedRegistrars(const OrganisationId& organisation, std::span<const RegistryStep> steps) {
  std::size_t count = 0;
  for (const RegistryStep& step : steps) {
    const auto* enrolment = std::get_if<Enrolment>(&step.change);
    if (enrolment == nullptr || step.organisation != organisation) continue;
    count += static_cast<std::size_t>(
        std::count_if(enrolment->systems.begin(), enrolment->systems.end(),
                      [](const ProposedSystem& system) { return system.roles.Has(Role::kRegistrar); }));
  }
  return count;
}

// Whether the steps say anew who acts as registrar, or how many must.
bool TouchesOffice(const OrganisationRows& rows, const OrganisationRows& after, std::span<const RegistryStep> steps) {
  const auto registrar = [&](const OrganisationId& id) {
    const auto before = rows.find(id);
    return after.at(id).registrar || (before != rows.end() && before->second.registrar);
  };
  return std::any_of(steps.begin(), steps.end(), [&](const RegistryStep& step) {
    if (std::holds_alternative<RegistrarReplacement>(step.change)) return true;
    const auto* amendment = std::get_if<Amendment>(&step.change);
    if (amendment != nullptr) return amendment->registrars_needed.has_value();
    const bool ends =
        std::holds_alternative<StateChange>(step.change) || std::holds_alternative<Succession>(step.change);
    return ends && registrar(step.organisation);
  });
}

EntryState LastState(const OrganisationRow& row) {
  return row.history.empty() ? EntryState::kActive : row.history.back().state;
}

AppendAudit AuditOf(const RegistryEffects::Cause& cause, std::string_view what, std::string object, Instant now) {
  Deed deed{.what = what, .object = std::move(object), .why = cause.reason, .request = cause.request.text()};
  return cause.by ? Audited(now, *cause.by, std::move(deed)) : AuditedOfService(now, std::move(deed));
}

SystemRow RowOf(const OrganisationId& organisation, const ProposedSystem& system, Instant now) {
  SystemRow row{
      .organisation = organisation, .name = system.name, .roles = system.roles, .certificates = {}, .at = now};
  for (const Digest& spki : system.certificates) row.certificates.push_back({.spki = spki, .from = now});
  return row;
}

}  // namespace

Result<OrganisationRows> ReadRows(Organisations& organisations) {
  TRY_ASSIGN(std::vector<OrganisationRow> all, organisations.AllOrganisations());
  OrganisationRows rows;
  for (OrganisationRow& row : all) {
    OrganisationId id = row.id;
    rows.emplace(std::move(id), std::move(row));
  }
  return rows;
}

// The systems are those of today, whose certificates are renewed in time.
Result<void> RegistryEffects::CheckOffice(const OrganisationRows& rows, const OrganisationRows& after,
                                          std::span<const RegistryStep> steps, Instant now) {
  if (!TouchesOffice(rows, after, steps)) return {};
  std::map<OrganisationId, std::size_t> desks;
  for (const auto& [id, row] : after) {
    if (!row.registrar) continue;
    TRY_ASSIGN(const std::vector<SystemRow> systems, store_.SystemsOf(id));
    const auto ready = std::count_if(systems.begin(), systems.end(),
                                     [&](const SystemRow& system) { return ActsAsRegistrar(system, now); });
    desks[id] = static_cast<std::size_t>(ready) + ProposedRegistrars(id, steps);
  }
  for (const Instant moment : OfficeMoments(after, now)) {
    std::size_t ready = 0;
    for (const auto& [id, count] : desks) ready += TakesPart(after.at(id), moment) ? count : 0;
    const std::uint32_t needed = RegistrarsNeeded(after, moment);
    if (ready >= needed) continue;
    return Fault{Reason::kStateConflict, "",
                 std::to_string(needed) + " systems of registrars would have to sign, and only " +
                     std::to_string(ready) + " could; give more systems the role registrar first"};
  }
  return {};
}

// When the last signature said that it is compromised: `since` may lie long before. Nothing for one that never was.
Result<std::optional<Instant>> RegistryEffects::CompromiseRecorded(const OrganisationId& organisation) {
  constexpr std::size_t kPage = 100;
  std::optional<Instant> recorded;
  const auto says_so = [&](const RegistryStep& step) {
    const auto* change = std::get_if<StateChange>(&step.change);
    return change != nullptr && step.organisation == organisation && change->state == EntryState::kCompromised;
  };
  for (std::uint64_t after = 0;;) {
    TRY_ASSIGN(const Page<ProposalRow> page, store_.ProposalRows(after, kPage));
    for (const ProposalRow& row : page.rows) {
      after = row.number;
      if (row.state != ProposalState::kInForce || row.signatures.empty()) continue;
      if (!std::any_of(row.steps.begin(), row.steps.end(), says_so)) continue;
      // Not in the order of their numbers: an old proposal may be signed last.
      recorded = std::max(recorded, std::optional(row.signatures.back().at));
    }
    if (page.next.empty() || page.rows.empty()) return recorded;
  }
}

Result<void> RegistryEffects::CheckKeysAreNew(const OrganisationId& organisation, std::optional<Instant> recorded) {
  for (const KeyInfo& key : keys_.List()) {
    const bool signs = key.role == KeyRole::kIssue || key.role == KeyRole::kStatus;
    if (key.owner != KeyOwner(organisation) || !signs || key.state == KeyState::kCompromised) continue;
    // One that never signed and never will is no danger; one that is yet to sign was there to be taken, too.
    if (key.state == KeyState::kRetired && !key.activated_at) continue;
    if (recorded && key.created_at >= *recorded) continue;
    return Fault{Reason::kStateConflict, "",
                 "it still has a key from before it was compromised; give that key up as compromised first"};
  }
  return {};
}

Result<void> RegistryEffects::CheckReturn(const OrganisationRows& rows, std::span<const RegistryStep> steps) {
  std::map<OrganisationId, EntryState> states;  // as the steps so far leave them
  for (const RegistryStep& step : steps) {
    const auto* change = std::get_if<StateChange>(&step.change);
    const auto row = rows.find(step.organisation);
    if (change == nullptr || row == rows.end()) continue;
    const auto [at, first] = states.try_emplace(step.organisation, LastState(row->second));
    if (std::exchange(at->second, change->state) != EntryState::kCompromised) continue;
    // A compromise of these very steps is newer than every key there is.
    std::optional<Instant> recorded;
    if (first) {
      TRY_ASSIGN(recorded, CompromiseRecorded(step.organisation));
    }
    TRY(CheckKeysAreNew(step.organisation, recorded));
  }
  return {};
}

Result<OrganisationRows> RegistryEffects::Judge(const OrganisationRows& rows, std::span<const RegistryStep> steps,
                                                Instant now) {
  TRY_ASSIGN(OrganisationRows after, TakeSteps(rows, steps, base_, now));
  TRY(CheckOffice(rows, after, steps, now));
  TRY(CheckReturn(rows, steps));
  return after;
}

void RegistryEffects::OpenFirstLists(const OrganisationId& organisation, Changes& changes) {
  const std::string prefix = base_.StatusPrefixOf(organisation);
  for (std::uint32_t number = 1; number <= kReadyLists; ++number) {
    for (Change& change : OpenList({organisation, prefix, number, kFirstListSize}, random_))
      changes.push_back(std::move(change));
  }
}

Result<Changes> RegistryEffects::Prepare(const OrganisationRows& rows, std::span<const RegistryStep> steps,
                                         const Cause& cause, Instant now) {
  TRY_ASSIGN(const OrganisationRows after, Judge(rows, steps, now));
  Changes changes;
  for (const auto& [id, row] : after) {
    const auto before = rows.find(id);
    if (before != rows.end() && before->second.revision == row.revision) continue;
    const bool added = before == rows.end();
    if (added) {
      TRY(EnsureKey(keys_, id, KeyRole::kIssue, now));
      TRY(EnsureKey(keys_, id, KeyRole::kStatus, now));
      TRY(AppendCertificates(store_, keys_, id, row.issuer, now, changes));
      changes.emplace_back(AddOrganisation{row});
      OpenFirstLists(id, changes);
    } else {
      changes.emplace_back(ReplaceOrganisation{row});
    }
    const std::string_view action = added ? "organisation.enrolled" : "organisation.changed";
    changes.emplace_back(AuditOf(cause, action, id.text(), now));
    changes.emplace_back(AppendEvent{{now, std::string(action), id.text()}});
  }
  for (const RegistryStep& step : steps) {
    const auto* enrolment = std::get_if<Enrolment>(&step.change);
    if (enrolment == nullptr) continue;
    for (const ProposedSystem& system : enrolment->systems) {
      changes.emplace_back(AddSystem{RowOf(step.organisation, system, now)});
      changes.emplace_back(AuditOf(cause, "system.put", step.organisation.text() + "/" + system.name, now));
    }
  }
  return changes;
}

}  // namespace passport
