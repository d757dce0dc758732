#include "passport-service/acts/keep_systems.h"

#include <algorithm>

#include "credential/crypto/certificate.h"
#include "credential/vocabulary/caller_identity.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/admit_caller.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/registry_effects.h"

namespace passport {
namespace {

Fault NoSuchSystem() { return {Reason::kNotFound, "", "no such organisation, or no such system of it"}; }

std::string ObjectOf(const OrganisationId& organisation, std::string_view system) {
  return organisation.text() + "/" + std::string(system);
}

// The certificate as the store keeps it, when it is a client certificate of exactly this system.
Result<SystemCertificate> ToCertificate(std::string_view pem, const OrganisationId& organisation,
                                        const SystemName& system, Instant now) {
  TRY_ASSIGN(const Certificate leaf, ReadCertificatePem(pem));
  const std::string uri = SpiffeUri({organisation, system});
  TRY(CheckLeaf(leaf, {.use = CertificateUse::kTlsClient, .uri = uri, .at = now}));
  return SystemCertificate{.spki = leaf.key_digest, .from = leaf.from, .until = leaf.until + Seconds{1}};
}

Result<void> AddTo(SystemRow& row, SystemCertificate fresh, Instant now) {
  for (SystemCertificate& known : row.certificates) {
    if (known.spki != fresh.spki) continue;
    if (known.revoked_at) {
      return Fault{Reason::kStateConflict, "", "this certificate's key was revoked; make a new key and certificate"};
    }
    known = std::move(fresh);
    return {};
  }
  const auto in_use = std::count_if(row.certificates.begin(), row.certificates.end(),
                                    [&](const SystemCertificate& known) { return InUse(known, now); });
  if (static_cast<std::size_t>(in_use) >= kCertificatesInUseMax) {
    return Fault{Reason::kStateConflict, "", "the system has 4 certificates in use; revoke one first"};
  }
  // What ended by itself needs no memory; what was revoked must never be taken again.
  std::erase_if(row.certificates, [&](const SystemCertificate& known) {
    return !known.revoked_at && known.until && *known.until <= now;
  });
  if (row.certificates.size() >= kSystemCertificatesMax) {
    return Fault{Reason::kStateConflict, "", "the system has had too many certificates; use another system name"};
  }
  row.certificates.push_back(std::move(fresh));
  return {};
}

SystemRow NewRow(const OrganisationId& organisation, const SystemName& name, Instant now) {
  return {.organisation = organisation, .name = name.text(), .roles = {}, .certificates = {}, .at = now};
}

std::string Hex(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) text.append({kDigits[byte >> 4U], kDigits[byte & 15U]});
  return text;
}

bool IsOwn(const Caller& by, const OrganisationId& organisation, std::string_view system) {
  return by.organisation == organisation && by.system == system;
}

// The office of the registrar is given, and kept, by the registrar alone.
Result<void> CheckRoles(const Caller& by, const std::optional<SystemRow>& before, const KeepSystems::Put& order) {
  if (order.roles.empty()) return Fault{Reason::kFieldInvalid, "", "roles is empty"};
  const bool had = before && before->roles.Has(Role::kRegistrar);  // also when it was revoked since
  if ((had || order.roles.Has(Role::kRegistrar)) && !by.roles.Has(Role::kRegistrar)) {
    return Fault{Reason::kNotPermitted, "", "only a registrar puts a system that has or gets the role registrar"};
  }
  if (before && before->roles != order.roles && IsOwn(by, order.organisation, order.system)) {
    return Fault{Reason::kNotPermitted, "", "another system must change the roles of the one that calls"};
  }
  return {};
}

}  // namespace

Result<void> KeepSystems::CheckReach(const Caller& by, const OrganisationId& organisation) {
  if (by.organisation != organisation && !by.roles.Has(Role::kRegistrar)) return NoSuchSystem();
  TRY_ASSIGN(const std::optional<OrganisationRow> row, store_.FindOrganisation(organisation));
  if (!row) return NoSuchSystem();
  return {};
}

// Who could make themselves a second system of the registrar would sign twice. A certificate for the system that calls
// gives it no second signature.
Result<void> KeepSystems::CheckOffice(const std::optional<SystemRow>& before, const Put& order, Instant now) {
  const bool had = before && before->state == SystemState::kActive && before->roles.Has(Role::kRegistrar);
  const bool gets = order.roles.Has(Role::kRegistrar);
  const bool more = !had || !order.certificate_pem.empty();
  if (!gets || !more || (had && IsOwn(order.by, order.organisation, order.system))) return {};
  TRY_ASSIGN(const OrganisationRows rows, ReadRows(store_));
  if (RegistrarsNeeded(rows, now) <= 1) return {};
  return Fault{Reason::kSecondPerson, "",
               "more than one registrar must sign, so none gives the role registrar or a certificate for it to another "
               "system; whoever runs the service registers it"};
}

Result<SystemRow> KeepSystems::FindOf(const Caller& by, const OrganisationId& organisation, const std::string& system) {
  TRY(CheckReach(by, organisation));
  TRY_ASSIGN(std::optional<SystemRow> row, store_.FindSystem(organisation, system));
  if (!row) return NoSuchSystem();
  return std::move(*row);
}

Result<SystemRow> KeepSystems::Keep(const std::optional<SystemRow>& before, SystemRow row, Changes changes,
                                    const RequestKey& key) {
  if (before) {
    row.revision = before->revision + 1;
    changes.insert(changes.begin(), ReplaceSystem{row});
  } else {
    changes.insert(changes.begin(), AddSystem{row});
  }
  changes.emplace_back(RememberAnswer{{key.by, key.id, key.digest, "done", row.at}});
  TRY(ApplyOnce(store_, changes, key));
  return row;
}

Result<SystemRow> KeepSystems::operator()(const Put& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const SystemName name, SystemName::Parse(order.system));
  std::string roles;
  for (const std::string_view word : order.roles.Words()) roles += std::string(word) + "\n";
  const RequestKey key{
      .by = order.by.organisation,
      .id = order.request,
      .digest = RequestDigest({"system.put", order.organisation.text(), order.system, roles, order.certificate_pem})};
  TRY(CheckReach(order.by, order.organisation));
  TRY_ASSIGN(const std::optional<std::string> answered, RepeatAnswer(store_, key, order.by, now));
  if (answered) return FindOf(order.by, order.organisation, order.system);
  TRY_ASSIGN(const std::optional<SystemRow> before, store_.FindSystem(order.organisation, order.system));
  TRY(CheckRoles(order.by, before, order));
  TRY(CheckOffice(before, order, now));
  if (!before) {
    TRY_ASSIGN(const std::vector<SystemRow> all, store_.SystemsOf(order.organisation));
    if (all.size() >= kSystemsMax) return Fault{Reason::kStateConflict, "", "the organisation has 100 systems"};
  }
  SystemRow row = before ? *before : NewRow(order.organisation, name, now);
  row.roles = order.roles;
  row.state = SystemState::kActive;
  row.at = now;
  if (!order.certificate_pem.empty()) {
    TRY_ASSIGN(SystemCertificate fresh, ToCertificate(order.certificate_pem, order.organisation, name, now));
    TRY(AddTo(row, std::move(fresh), now));
  } else if (!before || before->state == SystemState::kRevoked) {
    return Fault{Reason::kFieldInvalid, "", "certificate_pem is missing: a new system needs one"};
  }
  return Keep(before, std::move(row),
              {Audited(now, order.by,
                       {.what = "system.put",
                        .object = ObjectOf(order.organisation, order.system),
                        .request = order.request.text()})},
              key);
}

Result<SystemRow> KeepSystems::Revoke(const Revocation& order) {
  const Instant now = clock_.Now();
  if (!IsWord(order.why)) return Fault{Reason::kFieldInvalid, "", "why is not a word (1 to 60 of a-z, 0-9 and '_')"};
  const RequestKey key{.by = order.by.organisation,
                       .id = order.request,
                       .digest = RequestDigest({"system.revoke", order.organisation.text(), order.system,
                                                order.certificate ? Hex(*order.certificate) : "", order.why})};
  TRY_ASSIGN(SystemRow row, FindOf(order.by, order.organisation, order.system));
  TRY_ASSIGN(const std::optional<std::string> answered, RepeatAnswer(store_, key, order.by, now));
  if (answered) return row;
  if (row.roles.Has(Role::kRegistrar) && !order.by.roles.Has(Role::kRegistrar)) {
    return Fault{Reason::kNotPermitted, "", "only a registrar revokes a system that has the role registrar"};
  }
  const SystemRow before = row;
  std::size_t ended = 0;
  for (SystemCertificate& certificate : row.certificates) {
    if (order.certificate && certificate.spki != *order.certificate) continue;
    ++ended;
    if (!certificate.revoked_at) certificate.revoked_at = now;
  }
  if (order.certificate && ended == 0) return Fault{Reason::kNotFound, "", "the system has no such certificate"};
  const bool whole = !order.certificate;
  const bool left = std::any_of(row.certificates.begin(), row.certificates.end(),
                                [&](const SystemCertificate& certificate) { return InUse(certificate, now); });
  if ((whole || !left) && IsOwn(order.by, order.organisation, order.system)) {
    return Fault{Reason::kNotPermitted, "", "another system must end the one that calls"};
  }
  if (whole) row.state = SystemState::kRevoked;
  row.at = now;
  return Keep(before, std::move(row),
              {Audited(now, order.by,
                       {.what = whole ? "system.revoked" : "system.certificate_revoked",
                        .object = ObjectOf(order.organisation, order.system),
                        .why = order.why,
                        .request = order.request.text()})},
              key);
}

Result<std::vector<SystemRow>> KeepSystems::List(const Listing& order) {
  TRY(CheckReach(order.by, order.organisation));
  return store_.SystemsOf(order.organisation);
}

Result<SystemRow> KeepSystems::PutByHand(Roles roles, std::string_view certificate_pem) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const Certificate leaf, ReadCertificatePem(certificate_pem));
  const std::vector<std::string_view> uris(leaf.uris.begin(), leaf.uris.end());
  TRY_ASSIGN(const CallerIdentity who, CallerFromUris(uris));
  TRY_ASSIGN(SystemCertificate fresh, ToCertificate(certificate_pem, who.organisation, who.system, now));
  TRY_ASSIGN(const std::optional<OrganisationRow> organisation, store_.FindOrganisation(who.organisation));
  if (!organisation) return NoSuchSystem();
  TRY_ASSIGN(const std::optional<SystemRow> before, store_.FindSystem(who.organisation, who.system.text()));
  SystemRow row = before ? *before : NewRow(who.organisation, who.system, now);
  row.roles = roles;
  row.state = SystemState::kActive;
  row.at = now;
  if (before) ++row.revision;
  TRY(AddTo(row, std::move(fresh), now));
  Changes changes;
  if (before) {
    changes.emplace_back(ReplaceSystem{row});
  } else {
    changes.emplace_back(AddSystem{row});
  }
  changes.push_back(AuditedOfService(now, {.what = "system.put", .object = ObjectOf(row.organisation, row.name)}));
  TRY(ApplyNow(store_, changes));
  return row;
}

}  // namespace passport
