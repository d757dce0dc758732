// One ExportEvidence stream from the caller's side.
#pragma once

#include <string>

#include "operator-cli/online/service_client.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"

namespace passport {

// Gives every line to the sink, in order. What the sink fails with ends the stream; otherwise fails as the service
// does.
Result<void> ReadEvidenceLines(staffpassport::v1::VerifierService::Stub& verifier,
                               const staffpassport::v1::ExportEvidenceRequest& request, const std::string& address,
                               const EvidenceSink& line);

}  // namespace passport
