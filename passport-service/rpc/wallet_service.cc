#include "passport-service/rpc/wallet_service.h"

#include "passport-service/rpc/convert_wallet.h"
#include "passport-service/rpc/send.h"
#include "passport-service/rpc/stream_place.h"

namespace passport {

namespace v1 = staffpassport::v1;

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

}  // namespace passport
