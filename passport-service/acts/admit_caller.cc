#include "passport-service/acts/admit_caller.h"

#include <algorithm>

#include "passport-service/ports/organisation_standing.h"

namespace passport {
namespace {

Fault Unknown() {
  return {Reason::kCallerUnknown, "", "no system with this name and certificate may call; it may have been revoked"};
}

Fault NoRole(Roles allowed) {
  std::string words;
  for (const std::string_view word : allowed.Words()) words += (words.empty() ? "" : ", ") + std::string(word);
  return {Reason::kNotPermitted, "",
          words.empty() ? "nobody may make this call" : "this system needs one of the roles " + words};
}

bool Takes(const SystemRow& system, const Digest& certificate, Instant at) {
  return system.state == SystemState::kActive &&
         std::any_of(system.certificates.begin(), system.certificates.end(),
                     [&](const SystemCertificate& known) { return known.spki == certificate && InUse(known, at); });
}

}  // namespace

bool InUse(const SystemCertificate& certificate, Instant at) {
  return !certificate.revoked_at && certificate.from <= at && (!certificate.until || at < *certificate.until);
}

Result<Caller> AdmitCaller::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::optional<OrganisationRow> organisation, store_.FindOrganisation(order.who.organisation));
  TRY_ASSIGN(const std::optional<SystemRow> system, store_.FindSystem(order.who.organisation, order.who.system.text()));
  if (!organisation || !system || !Takes(*system, order.certificate, now)) return Unknown();
  if (!TakesPart(*organisation, now)) {
    return Fault{Reason::kNotPermitted, "", "the organisation is suspended or has ended in the registry"};
  }
  Roles roles = system->roles;
  if (!organisation->registrar) roles.Remove(Role::kRegistrar);
  if (!roles.HasAnyOf(order.allowed)) return NoRole(order.allowed);
  return Caller{.organisation = organisation->id, .system = system->name, .roles = roles};
}

}  // namespace passport
