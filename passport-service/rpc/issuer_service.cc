#include "passport-service/rpc/issuer_service.h"

#include "passport-service/rpc/convert_import.h"
#include "passport-service/rpc/convert_issuer.h"
#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/import_streams.h"
#include "passport-service/rpc/registry_streams.h"
#include "passport-service/rpc/stream_place.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status IssuerService::EnrolPerson(grpc::ServerContext* context, const v1::EnrolPersonRequest* request,
                                        v1::EnrolPersonResponse* response) {
  return desk_.Answer(*context, *request, acts_.enrol_person, *response);
}

grpc::Status IssuerService::IssueCredential(grpc::ServerContext* context, const v1::IssueCredentialRequest* request,
                                            v1::IssueCredentialResponse* response) {
  const auto issue = [this](const IssueOrder& order) {
    Result<IssueCredentials::Issued> issued = IssueOne(acts_.issue_credentials, order);
    if (issued.ok() && issued->superseded) desk_.Changed();
    return issued;
  };
  return desk_.Answer(*context, *request, issue, *response);
}

grpc::Status IssuerService::StageImport(
    grpc::ServerContext* context, grpc::ServerReaderWriter<v1::StageImportResponse, v1::StageImportRequest>* stream) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(imports_, imports_max_);
    TRY(place.Check());
    return RunStaging(acts_.stage_import, *stream, call);
  };
  return desk_.AnswerStream<v1::StageImportRequest>(*context, body);
}

grpc::Status IssuerService::ReviewImport(grpc::ServerContext* context, const v1::ReviewImportRequest* request,
                                         grpc::ServerWriter<v1::ReviewImportResponse>* stream) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(imports_, imports_max_);
    TRY(place.Check());
    TRY_ASSIGN(const auto order, ToOrder(call.by(), *request));
    return RunReview(order, acts_.review_import, *stream, call);
  };
  return desk_.AnswerStream<v1::ReviewImportRequest>(*context, body);
}

grpc::Status IssuerService::IssueImport(grpc::ServerContext* context, const v1::IssueImportRequest* request,
                                        grpc::ServerWriter<v1::IssueImportResponse>* stream) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(imports_, imports_max_);
    TRY(place.Check());
    TRY_ASSIGN(const auto order, ToOrder(call.by(), *request));
    return RunIssuing(order, acts_.issue_import, *stream, call, [this] { desk_.Changed(); });
  };
  return desk_.AnswerStream<v1::IssueImportRequest>(*context, body);
}

grpc::Status IssuerService::ReissueCredentials(grpc::ServerContext* context,
                                               const v1::ReissueCredentialsRequest* request,
                                               grpc::ServerWriter<v1::ReissueCredentialsResponse>* stream) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(imports_, imports_max_);
    TRY(place.Check());
    TRY(ToRequestId(request->request_id()));
    return RunReissue(acts_.reissue_credentials, *stream, call, [this] { desk_.Changed(); });
  };
  return desk_.AnswerStream<v1::ReissueCredentialsRequest>(*context, body);
}

grpc::Status IssuerService::ResolveDraft(grpc::ServerContext* context, const v1::ResolveDraftRequest* request,
                                         v1::ResolveDraftResponse* response) {
  return desk_.Answer(*context, *request, acts_.resolve_draft, *response);
}

grpc::Status IssuerService::ListImports(grpc::ServerContext* context, const v1::ListImportsRequest* request,
                                        v1::ListImportsResponse* response) {
  const auto list = [this](const ListImportsOrder& order) {
    return acts_.review_import.List(order.by, order.page_token, order.page_size);
  };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status IssuerService::GetCredential(grpc::ServerContext* context, const v1::GetCredentialRequest* request,
                                          v1::GetCredentialResponse* response) {
  const auto get = [this](const GetOrder& order) { return acts_.read_credentials.Get(order.by, order.credential); };
  return desk_.Answer(*context, *request, get, *response);
}

grpc::Status IssuerService::ListCredentials(grpc::ServerContext* context, const v1::ListCredentialsRequest* request,
                                            v1::ListCredentialsResponse* response) {
  const auto list = [this](const ListOrder& order) {
    return acts_.read_credentials.List(order.by, order.page_token, order.page_size, order.organisation);
  };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status IssuerService::RevokeCredential(grpc::ServerContext* context, const v1::RevokeCredentialRequest* request,
                                             v1::RevokeCredentialResponse* response) {
  return desk_.Answer(*context, *request, acts_.change_standing, *response);
}

grpc::Status IssuerService::SuspendCredential(grpc::ServerContext* context, const v1::SuspendCredentialRequest* request,
                                              v1::SuspendCredentialResponse* response) {
  return desk_.Answer(*context, *request, acts_.change_standing, *response);
}

grpc::Status IssuerService::ReinstateCredential(grpc::ServerContext* context,
                                                const v1::ReinstateCredentialRequest* request,
                                                v1::ReinstateCredentialResponse* response) {
  return desk_.Answer(*context, *request, acts_.change_standing, *response);
}

}  // namespace passport
