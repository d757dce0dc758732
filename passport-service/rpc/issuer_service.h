// IssuerService on the wire.
#pragma once

#include <atomic>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/issuer_service.grpc.pb.h"

namespace passport {

class IssuerService final : public staffpassport::v1::IssuerService::Service {
 public:
  // `imports_max` streams at once, all that `imports` counts, so that they never take every thread.
  IssuerService(Desk& desk, const Acts& acts, std::atomic<int>& imports, int imports_max)
      : desk_(desk), acts_(acts), imports_(imports), imports_max_(imports_max) {}
  grpc::Status EnrolPerson(grpc::ServerContext* context, const staffpassport::v1::EnrolPersonRequest* request,
                           staffpassport::v1::EnrolPersonResponse* response) override;
  grpc::Status IssueCredential(grpc::ServerContext* context, const staffpassport::v1::IssueCredentialRequest* request,
                               staffpassport::v1::IssueCredentialResponse* response) override;
  grpc::Status StageImport(grpc::ServerContext* context,
                           grpc::ServerReaderWriter<staffpassport::v1::StageImportResponse,
                                                    staffpassport::v1::StageImportRequest>* stream) override;
  grpc::Status ReviewImport(grpc::ServerContext* context, const staffpassport::v1::ReviewImportRequest* request,
                            grpc::ServerWriter<staffpassport::v1::ReviewImportResponse>* stream) override;
  grpc::Status IssueImport(grpc::ServerContext* context, const staffpassport::v1::IssueImportRequest* request,
                           grpc::ServerWriter<staffpassport::v1::IssueImportResponse>* stream) override;
  grpc::Status ReissueCredentials(grpc::ServerContext* context,
                                  const staffpassport::v1::ReissueCredentialsRequest* request,
                                  grpc::ServerWriter<staffpassport::v1::ReissueCredentialsResponse>* stream) override;
  grpc::Status ResolveDraft(grpc::ServerContext* context, const staffpassport::v1::ResolveDraftRequest* request,
                            staffpassport::v1::ResolveDraftResponse* response) override;
  grpc::Status ListImports(grpc::ServerContext* context, const staffpassport::v1::ListImportsRequest* request,
                           staffpassport::v1::ListImportsResponse* response) override;
  grpc::Status GetCredential(grpc::ServerContext* context, const staffpassport::v1::GetCredentialRequest* request,
                             staffpassport::v1::GetCredentialResponse* response) override;
  grpc::Status ListCredentials(grpc::ServerContext* context, const staffpassport::v1::ListCredentialsRequest* request,
                               staffpassport::v1::ListCredentialsResponse* response) override;
  grpc::Status RevokeCredential(grpc::ServerContext* context, const staffpassport::v1::RevokeCredentialRequest* request,
                                staffpassport::v1::RevokeCredentialResponse* response) override;
  grpc::Status SuspendCredential(grpc::ServerContext* context,
                                 const staffpassport::v1::SuspendCredentialRequest* request,
                                 staffpassport::v1::SuspendCredentialResponse* response) override;
  grpc::Status ReinstateCredential(grpc::ServerContext* context,
                                   const staffpassport::v1::ReinstateCredentialRequest* request,
                                   staffpassport::v1::ReinstateCredentialResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
  std::atomic<int>& imports_;
  const int imports_max_;
};

}  // namespace passport
