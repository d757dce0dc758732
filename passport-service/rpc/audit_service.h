// AuditService on the wire.
#pragma once

#include <atomic>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/audit_service.grpc.pb.h"

namespace passport {

class AuditService final : public staffpassport::v1::AuditService::Service {
 public:
  // `exports_max` exports of the trail at once, so that slow readers of them never take every thread.
  AuditService(Desk& desk, const Acts& acts, int exports_max) : desk_(desk), acts_(acts), exports_max_(exports_max) {}
  grpc::Status ExportAudit(grpc::ServerContext* context, const staffpassport::v1::ExportAuditRequest* request,
                           grpc::ServerWriter<staffpassport::v1::ExportAuditResponse>* writer) override;

 private:
  Desk& desk_;
  Acts acts_;
  const int exports_max_;
  std::atomic<int> exports_ = 0;
};

}  // namespace passport
