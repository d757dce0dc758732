#include "operator-cli/online/evidence_call.h"

#include <grpcpp/client_context.h>

#include "operator-cli/online/fault_of_status.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<void> ReadEvidenceLines(v1::VerifierService::Stub& verifier, const v1::ExportEvidenceRequest& request,
                               const std::string& address, const EvidenceSink& line) {
  grpc::ClientContext context;
  const auto stream = verifier.ExportEvidence(&context, request);
  v1::ExportEvidenceResponse message;
  while (stream->Read(&message)) {
    Result<void> taken = line(message.line());
    if (taken.ok()) continue;
    context.TryCancel();
    stream->Finish();
    return taken;
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return FaultOfStatus(status, address);
  return {};
}

}  // namespace passport
