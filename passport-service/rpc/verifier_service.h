// VerifierService on the wire.
#pragma once

#include <atomic>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"

namespace passport {

class VerifierService final : public staffpassport::v1::VerifierService::Service {
 public:
  // `exports_max` exports of evidence at once, so that slow readers of them never take every thread.
  VerifierService(Desk& desk, const Acts& acts, int exports_max)
      : desk_(desk), acts_(acts), exports_max_(exports_max) {}
  grpc::Status CreateChallenge(grpc::ServerContext* context, const staffpassport::v1::CreateChallengeRequest* request,
                               staffpassport::v1::CreateChallengeResponse* response) override;
  grpc::Status VerifyPresentation(grpc::ServerContext* context,
                                  const staffpassport::v1::VerifyPresentationRequest* request,
                                  staffpassport::v1::VerifyPresentationResponse* response) override;
  grpc::Status DecideRole(grpc::ServerContext* context, const staffpassport::v1::DecideRoleRequest* request,
                          staffpassport::v1::DecideRoleResponse* response) override;
  grpc::Status OverrideDecision(grpc::ServerContext* context, const staffpassport::v1::OverrideDecisionRequest* request,
                                staffpassport::v1::OverrideDecisionResponse* response) override;
  grpc::Status ListOverrides(grpc::ServerContext* context, const staffpassport::v1::ListOverridesRequest* request,
                             staffpassport::v1::ListOverridesResponse* response) override;
  grpc::Status ExportEvidence(grpc::ServerContext* context, const staffpassport::v1::ExportEvidenceRequest* request,
                              grpc::ServerWriter<staffpassport::v1::ExportEvidenceResponse>* writer) override;

 private:
  Desk& desk_;
  Acts acts_;
  const int exports_max_;
  std::atomic<int> exports_ = 0;
};

}  // namespace passport
