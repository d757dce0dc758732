#include "operator-cli/online/export_calls.h"

#include <grpcpp/client_context.h>

#include "operator-cli/online/fault_of_status.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

template <class Message, class Stream>
Result<void> ReadLines(grpc::ClientContext& context, Stream& stream, const std::string& address,
                       const EvidenceSink& line) {
  Message message;
  while (stream.Read(&message)) {
    Result<void> taken = line(message.line());
    if (taken.ok()) continue;
    context.TryCancel();
    stream.Finish();
    return taken;
  }
  const grpc::Status status = stream.Finish();
  if (!status.ok()) return FaultOfStatus(status, address);
  return {};
}

}  // namespace

Result<void> ReadEvidenceLines(v1::VerifierService::Stub& verifier, const v1::ExportEvidenceRequest& request,
                               const std::string& address, const EvidenceSink& line) {
  grpc::ClientContext context;
  const auto stream = verifier.ExportEvidence(&context, request);
  return ReadLines<v1::ExportEvidenceResponse>(context, *stream, address, line);
}

Result<void> ReadAuditLines(v1::AuditService::Stub& audit, const v1::ExportAuditRequest& request,
                            const std::string& address, const EvidenceSink& line) {
  grpc::ClientContext context;
  const auto stream = audit.ExportAudit(&context, request);
  return ReadLines<v1::ExportAuditResponse>(context, *stream, address, line);
}

}  // namespace passport
