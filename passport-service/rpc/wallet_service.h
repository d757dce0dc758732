// WalletService on the wire.
#pragma once

#include <atomic>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"

namespace passport {

class WalletService final : public staffpassport::v1::WalletService::Service {
 public:
  // `receives_max` streams of all people at once, Receive and ExportPassport; the next is told to come again.
  WalletService(Desk& desk, const Acts& acts, int receives_max)
      : desk_(desk), acts_(acts), receives_max_(receives_max) {}
  grpc::Status Redeem(grpc::ServerContext* context, const staffpassport::v1::RedeemRequest* request,
                      staffpassport::v1::RedeemResponse* response) override;
  grpc::Status Receive(grpc::ServerContext* context, const staffpassport::v1::ReceiveRequest* request,
                       grpc::ServerWriter<staffpassport::v1::ReceiveResponse>* stream) override;

  grpc::Status AcceptRecord(grpc::ServerContext* context, const staffpassport::v1::AcceptRecordRequest* request,
                            staffpassport::v1::AcceptRecordResponse* response) override;
  grpc::Status DisputeRecord(grpc::ServerContext* context, const staffpassport::v1::DisputeRecordRequest* request,
                             staffpassport::v1::DisputeRecordResponse* response) override;
  grpc::Status ListMyDisputes(grpc::ServerContext* context, const staffpassport::v1::ListMyDisputesRequest* request,
                              staffpassport::v1::ListMyDisputesResponse* response) override;
  grpc::Status MovePassport(grpc::ServerContext* context, const staffpassport::v1::MovePassportRequest* request,
                            staffpassport::v1::MovePassportResponse* response) override;
  grpc::Status JoinPassport(grpc::ServerContext* context, const staffpassport::v1::JoinPassportRequest* request,
                            staffpassport::v1::JoinPassportResponse* response) override;
  grpc::Status ReportLoss(grpc::ServerContext* context, const staffpassport::v1::ReportLossRequest* request,
                          staffpassport::v1::ReportLossResponse* response) override;
  grpc::Status UndoReplacement(grpc::ServerContext* context, const staffpassport::v1::UndoReplacementRequest* request,
                               staffpassport::v1::UndoReplacementResponse* response) override;
  grpc::Status ExportPassport(grpc::ServerContext* context, const staffpassport::v1::ExportPassportRequest* request,
                              grpc::ServerWriter<staffpassport::v1::ExportPassportResponse>* stream) override;
  grpc::Status ErasePassport(grpc::ServerContext* context, const staffpassport::v1::ErasePassportRequest* request,
                             staffpassport::v1::ErasePassportResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
  const int receives_max_;
  std::atomic<int> receives_ = 0;
};

}  // namespace passport
