#include "passport-service/rpc/caller_of_connection.h"

#include <grpc/grpc_security_constants.h>

#include <string_view>
#include <vector>

#include "credential/crypto/certificate.h"

namespace passport {
namespace {

std::vector<std::string_view> ValuesOf(const grpc::AuthContext& connection, const char* name) {
  std::vector<std::string_view> values;
  for (const grpc::string_ref& value : connection.FindPropertyValues(name)) {
    values.emplace_back(value.data(), value.size());
  }
  return values;
}

}  // namespace

Result<ConnectedCaller> CallerOfConnection(const grpc::AuthContext* connection) {
  if (connection == nullptr || !connection->IsPeerAuthenticated()) {
    return Fault{Reason::kCallerUnknown, "", "the connection brings no verified client certificate"};
  }
  TRY_ASSIGN(CallerIdentity who, CallerFromUris(ValuesOf(*connection, GRPC_PEER_URI_PROPERTY_NAME)));
  const std::vector<std::string_view> pem = ValuesOf(*connection, GRPC_X509_PEM_CERT_PROPERTY_NAME);
  const Result<Certificate> certificate = ReadCertificatePem(pem.size() == 1 ? pem.front() : std::string_view());
  if (!certificate.ok()) {
    return Fault{Reason::kCallerUnknown, "", "the client certificate is not of a form that is taken here"};
  }
  return ConnectedCaller{.who = std::move(who), .certificate = certificate->key_digest};
}

}  // namespace passport
