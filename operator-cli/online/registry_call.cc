#include "operator-cli/online/registry_call.h"

#include <grpcpp/client_context.h>

#include "operator-cli/online/fault_of_status.h"
#include "operator-cli/online/registry_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<void> ReadAffected(v1::RegistrarService::Stub& registrar, const v1::ListAffectedRequest& request,
                          const std::string& address, const AffectedSink& sink) {
  grpc::ClientContext context;
  const auto stream = registrar.ListAffected(&context, request);
  v1::ListAffectedResponse message;
  while (stream->Read(&message)) {
    if (message.has_person()) {
      sink.person(FromWire(message.person()));
      continue;
    }
    const Result<AffectedOrganisationAnswer> organisation = FromWire(message.organisation());
    if (organisation.ok()) {
      sink.organisation(*organisation);
      continue;
    }
    context.TryCancel();
    stream->Finish();
    return organisation.fault();
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return FaultOfStatus(status, address);
  return {};
}

Result<ReissueAnswer> ReadReissue(v1::IssuerService::Stub& issuer, const v1::ReissueCredentialsRequest& request,
                                  const std::string& address,
                                  const std::function<void(const ReissueAnswer&)>& progress) {
  grpc::ClientContext context;
  const auto stream = issuer.ReissueCredentials(&context, request);
  v1::ReissueCredentialsResponse message;
  ReissueAnswer last;
  while (stream->Read(&message)) {
    last = FromWire(message);
    progress(last);
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return FaultOfStatus(status, address);
  if (!last.end) return Fault{Reason::kOutcomeUnknown, "", "the service ended before it was done"};
  return last;
}

}  // namespace passport
