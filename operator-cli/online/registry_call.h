// The streams of a lost key from the caller's side.
#pragma once

#include <functional>
#include <string>

#include "operator-cli/online/registry_answers.h"
#include "staffpassport/v1/issuer_service.grpc.pb.h"
#include "staffpassport/v1/registrar_service.grpc.pb.h"

namespace passport {

// Fail with what the service or the connection ends with, and with kSchemaNewer for values this program does not know.
Result<void> ReadAffected(staffpassport::v1::RegistrarService::Stub& registrar,
                          const staffpassport::v1::ListAffectedRequest& request, const std::string& address,
                          const AffectedSink& sink);
Result<ReissueAnswer> ReadReissue(staffpassport::v1::IssuerService::Stub& issuer,
                                  const staffpassport::v1::ReissueCredentialsRequest& request,
                                  const std::string& address,
                                  const std::function<void(const ReissueAnswer&)>& progress);

}  // namespace passport
