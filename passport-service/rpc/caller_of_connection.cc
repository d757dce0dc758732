#include "passport-service/rpc/caller_of_connection.h"

#include <grpc/grpc_security_constants.h>

#include <string_view>
#include <vector>

#include "credential/vocabulary/caller_identity.h"

namespace passport {

Result<Caller> CallerOfConnection(const grpc::AuthContext* connection) {
  if (connection == nullptr || !connection->IsPeerAuthenticated()) {
    return Fault{Reason::kCallerUnknown, "", "the connection brings no verified client certificate"};
  }
  const std::vector<grpc::string_ref> values = connection->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME);
  std::vector<std::string_view> uris;
  uris.reserve(values.size());
  for (const grpc::string_ref& value : values) uris.emplace_back(value.data(), value.size());
  TRY_ASSIGN(const CallerIdentity identity, CallerFromUris(uris));
  return Caller{.organisation = identity.organisation, .system = identity.system.text()};
}

}  // namespace passport
