// Streams of exports from the caller's side: evidence, and the audit trail.
#pragma once

#include <string>

#include "operator-cli/online/service_client.h"
#include "staffpassport/v1/audit_service.grpc.pb.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"

namespace passport {

// Both give every line to the sink, in order. What the sink fails with ends the stream; otherwise they fail as the
// service does.
Result<void> ReadEvidenceLines(staffpassport::v1::VerifierService::Stub& verifier,
                               const staffpassport::v1::ExportEvidenceRequest& request, const std::string& address,
                               const EvidenceSink& line);
Result<void> ReadAuditLines(staffpassport::v1::AuditService::Stub& audit,
                            const staffpassport::v1::ExportAuditRequest& request, const std::string& address,
                            const EvidenceSink& line);

}  // namespace passport
