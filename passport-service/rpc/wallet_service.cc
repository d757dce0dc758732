#include "passport-service/rpc/wallet_service.h"

#include "passport-service/rpc/convert_wallet.h"
#include "passport-service/rpc/send.h"
#include "passport-service/rpc/stream_place.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::string_view kMovePath = "/staffpassport.v1.WalletService/MovePassport";
constexpr std::string_view kJoinPath = "/staffpassport.v1.WalletService/JoinPassport";

}  // namespace

grpc::Status WalletService::Redeem(grpc::ServerContext* context, const v1::RedeemRequest* request,
                                   v1::RedeemResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.redeem_invitation, *response);
}

grpc::Status WalletService::Receive(grpc::ServerContext* context, const v1::ReceiveRequest* request,
                                    grpc::ServerWriter<v1::ReceiveResponse>* stream) {
  const auto body = [&](OpenStream& call, const HolderCaller& by) -> Result<void> {
    const StreamPlace place(receives_, receives_max_);
    TRY(place.Check());
    TRY_ASSIGN(const auto order, ToOrder(by, *request));
    v1::ReceiveResponse response;
    const auto send = [&](const Received& received) -> Result<void> {
      Fill(received, *response.mutable_credential());
      return Send(*stream, response, call);
    };
    TRY_ASSIGN(const std::string next, acts_.receive_records(order, send));
    response.set_next_token(next);
    return Send(*stream, response, call);
  };
  return desk_.AnswerHolderStream(*context, *request, body);
}

grpc::Status WalletService::AcceptRecord(grpc::ServerContext* context, const v1::AcceptRecordRequest* request,
                                         v1::AcceptRecordResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.accept_record, *response);
}

grpc::Status WalletService::DisputeRecord(grpc::ServerContext* context, const v1::DisputeRecordRequest* request,
                                          v1::DisputeRecordResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.dispute_record, *response);
}

grpc::Status WalletService::ListMyDisputes(grpc::ServerContext* context, const v1::ListMyDisputesRequest* request,
                                           v1::ListMyDisputesResponse* response) {
  const auto mine = [this](const HolderCaller& by) { return acts_.read_disputes.Mine(by); };
  return desk_.AnswerHolder(*context, *request, mine, *response);
}

// The new key proves this very call, too: the request as it is without that proof.
grpc::Status WalletService::MovePassport(grpc::ServerContext* context, const v1::MovePassportRequest* request,
                                         v1::MovePassportResponse* response) {
  const auto move = [&](passport::MovePassport::Order order) -> Result<RebindPassport::Outcome> {
    if (!request->new_key_proof().empty()) {
      v1::MovePassportRequest unproved = *request;
      unproved.clear_new_key_proof();
      const std::string bytes = unproved.SerializeAsString();
      TRY_ASSIGN(order.new_key,
                 acts_.admit_holder.Prove(request->new_key_proof(), {.path = kMovePath, .request = bytes}));
    }
    return acts_.move_passport(order);
  };
  return desk_.AnswerHolder(*context, *request, move, *response);
}

// And so does the key of the other passport.
grpc::Status WalletService::JoinPassport(grpc::ServerContext* context, const v1::JoinPassportRequest* request,
                                         v1::JoinPassportResponse* response) {
  const auto join = [&](passport::JoinPassport::Order order) -> Result<RebindPassport::Outcome> {
    if (!request->other_key_proof().empty()) {
      v1::JoinPassportRequest unproved = *request;
      unproved.clear_other_key_proof();
      const std::string bytes = unproved.SerializeAsString();
      TRY_ASSIGN(order.other_key,
                 acts_.admit_holder.Prove(request->other_key_proof(), {.path = kJoinPath, .request = bytes}));
    }
    return acts_.join_passport(order);
  };
  return desk_.AnswerHolder(*context, *request, join, *response);
}

grpc::Status WalletService::ReportLoss(grpc::ServerContext* context, const v1::ReportLossRequest* request,
                                       v1::ReportLossResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.report_loss, *response);
}

grpc::Status WalletService::UndoReplacement(grpc::ServerContext* context, const v1::UndoReplacementRequest* request,
                                            v1::UndoReplacementResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.undo_replacement, *response);
}

grpc::Status WalletService::ExportPassport(grpc::ServerContext* context, const v1::ExportPassportRequest* request,
                                           grpc::ServerWriter<v1::ExportPassportResponse>* stream) {
  const auto body = [&](OpenStream& call, const HolderCaller& by) -> Result<void> {
    const StreamPlace place(receives_, receives_max_);
    TRY(place.Check());
    v1::ExportPassportResponse response;
    return acts_.export_passport(by, [&](const std::string& line) -> Result<void> {
      response.set_line(line);
      return Send(*stream, response, call);
    });
  };
  return desk_.AnswerHolderStream(*context, *request, body);
}

grpc::Status WalletService::ErasePassport(grpc::ServerContext* context, const v1::ErasePassportRequest* request,
                                          v1::ErasePassportResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.erase_passport, *response);
}

}  // namespace passport
