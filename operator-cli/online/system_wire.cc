#include "operator-cli/online/system_wire.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::array<std::pair<std::string_view, v1::Role>, 7> kRoles = {{{"registrar", v1::ROLE_REGISTRAR},
                                                                          {"issuer_clerk", v1::ROLE_ISSUER_CLERK},
                                                                          {"approver", v1::ROLE_APPROVER},
                                                                          {"verifier", v1::ROLE_VERIFIER},
                                                                          {"roster_reader", v1::ROLE_ROSTER_READER},
                                                                          {"auditor", v1::ROLE_AUDITOR},
                                                                          {"operator", v1::ROLE_OPERATOR}}};

Fault Newer(std::string_view what) {
  return {Reason::kSchemaNewer, "", "the service gives " + std::string(what) + " this program does not know"};
}

}  // namespace

Result<v1::Role> RoleOf(std::string_view word) {
  const auto* const role =
      std::find_if(kRoles.begin(), kRoles.end(), [&](const auto& pair) { return pair.first == word; });
  if (role != kRoles.end()) return role->second;
  return Fault{Reason::kFieldInvalid, "",
               "a role is registrar, issuer_clerk, approver, verifier, roster_reader, auditor or operator"};
}

Result<v1::PutSystemRequest> ToWire(std::string_view request_id, const SystemEntry& entry) {
  v1::PutSystemRequest request;
  request.set_request_id(std::string(request_id));
  request.set_organisation(entry.organisation);
  request.set_system(entry.system);
  for (const std::string& word : entry.roles) {
    TRY_ASSIGN(const v1::Role role, RoleOf(word));
    request.add_roles(role);
  }
  request.set_certificate_pem(entry.certificate_pem);
  return request;
}

v1::RevokeSystemRequest ToWire(std::string_view request_id, const SystemEnding& ending) {
  v1::RevokeSystemRequest request;
  request.set_request_id(std::string(request_id));
  request.set_organisation(ending.organisation);
  request.set_system(ending.system);
  request.set_public_key_sha256(ending.public_key_sha256);
  request.set_why(ending.why);
  return request;
}

Result<SystemAnswer> FromWire(const v1::System& message) {
  SystemAnswer answer{.organisation = message.organisation(),
                      .name = message.name(),
                      .roles = {},
                      .certificates = {},
                      .revoked = message.state() == v1::SYSTEM_STATE_REVOKED,
                      .changed_at = Instant{message.change_time().seconds()}};
  if (!answer.revoked && message.state() != v1::SYSTEM_STATE_ACTIVE) return Newer("a state of a system");
  for (const int number : message.roles()) {
    const auto* const role =
        std::find_if(kRoles.begin(), kRoles.end(), [&](const auto& pair) { return pair.second == number; });
    if (role == kRoles.end()) return Newer("a role");
    answer.roles.emplace_back(role->first);
  }
  for (const v1::SystemCertificate& certificate : message.certificates()) {
    SystemCertificateAnswer& out = answer.certificates.emplace_back();
    out.public_key_sha256 = certificate.public_key_sha256();
    out.from = Instant{certificate.start_time().seconds()};
    if (certificate.has_end_time()) out.until = Instant{certificate.end_time().seconds()};
    if (certificate.has_revoke_time()) out.revoked_at = Instant{certificate.revoke_time().seconds()};
  }
  return answer;
}

}  // namespace passport
