#include "passport-service/rpc/convert_system.h"

#include <algorithm>
#include <array>
#include <utility>

#include "credential/crypto/digest_text.h"
#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::array<std::pair<v1::Role, Role>, kRoleCount> kRoles = {{{v1::ROLE_REGISTRAR, Role::kRegistrar},
                                                                       {v1::ROLE_ISSUER_CLERK, Role::kIssuerClerk},
                                                                       {v1::ROLE_APPROVER, Role::kApprover},
                                                                       {v1::ROLE_VERIFIER, Role::kVerifier},
                                                                       {v1::ROLE_ROSTER_READER, Role::kRosterReader},
                                                                       {v1::ROLE_AUDITOR, Role::kAuditor},
                                                                       {v1::ROLE_OPERATOR, Role::kOperator}}};

// Empty is the caller's own.
Result<OrganisationId> ToOrganisation(const Caller& by, const std::string& text) {
  if (text.empty()) return by.organisation;
  return OrganisationId::Parse(text);
}

// Empty is none.
Result<std::optional<Digest>> ToDigest(std::string_view text) {
  if (text.empty()) return std::optional<Digest>();
  const std::optional<Digest> digest = DigestOfHex(text);
  if (!digest) return Fault{Reason::kFieldInvalid, "", "public_key_sha256 is not 64 of 0-9 a-f"};
  return digest;
}

}  // namespace

Result<Role> ToRole(v1::Role role) {
  const auto* const found =
      std::find_if(kRoles.begin(), kRoles.end(), [role](const auto& pair) { return pair.first == role; });
  if (found != kRoles.end()) return found->second;
  return Fault{Reason::kFieldInvalid, "", "roles holds one that is unspecified or not known"};
}

v1::Role ToMessage(Role role) {
  return std::find_if(kRoles.begin(), kRoles.end(), [role](const auto& pair) { return pair.second == role; })->first;
}

Result<KeepSystems::Put> ToOrder(const Caller& by, const v1::PutSystemRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const OrganisationId organisation, ToOrganisation(by, request.organisation()));
  Roles roles;
  for (const int number : request.roles()) {
    TRY_ASSIGN(const Role role, ToRole(static_cast<v1::Role>(number)));
    roles.Add(role);
  }
  return KeepSystems::Put{.by = by,
                          .request = id,
                          .organisation = organisation,
                          .system = request.system(),
                          .roles = roles,
                          .certificate_pem = request.certificate_pem()};
}

Result<KeepSystems::Revocation> ToOrder(const Caller& by, const v1::RevokeSystemRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const OrganisationId organisation, ToOrganisation(by, request.organisation()));
  TRY_ASSIGN(const std::optional<Digest> certificate, ToDigest(request.public_key_sha256()));
  return KeepSystems::Revocation{.by = by,
                                 .request = id,
                                 .organisation = organisation,
                                 .system = request.system(),
                                 .certificate = certificate,
                                 .why = request.why()};
}

Result<KeepSystems::Listing> ToOrder(const Caller& by, const v1::ListSystemsRequest& request) {
  TRY_ASSIGN(const OrganisationId organisation, ToOrganisation(by, request.organisation()));
  return KeepSystems::Listing{.by = by, .organisation = organisation};
}

void Fill(const SystemRow& row, v1::System& message) {
  message.set_organisation(row.organisation.text());
  message.set_name(row.name);
  for (const auto& [wire, role] : kRoles) {
    if (row.roles.Has(role)) message.add_roles(wire);
  }
  for (const SystemCertificate& certificate : row.certificates) {
    v1::SystemCertificate& out = *message.add_certificates();
    out.set_public_key_sha256(HexOf(certificate.spki));
    *out.mutable_start_time() = ToTimestamp(certificate.from);
    if (certificate.until) *out.mutable_end_time() = ToTimestamp(*certificate.until);
    if (certificate.revoked_at) *out.mutable_revoke_time() = ToTimestamp(*certificate.revoked_at);
  }
  message.set_state(row.state == SystemState::kActive ? v1::SYSTEM_STATE_ACTIVE : v1::SYSTEM_STATE_REVOKED);
  *message.mutable_change_time() = ToTimestamp(row.at);
}

void Fill(const SystemRow& row, v1::PutSystemResponse& response) { Fill(row, *response.mutable_system()); }
void Fill(const SystemRow& row, v1::RevokeSystemResponse& response) { Fill(row, *response.mutable_system()); }
void Fill(const std::vector<SystemRow>& rows, v1::ListSystemsResponse& response) {
  for (const SystemRow& row : rows) Fill(row, *response.add_systems());
}

}  // namespace passport
