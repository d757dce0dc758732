// What every call of PersonClient has at hand: the stubs, the proof, and the one way to make a call.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "credential/passport/holder_proof.h"
#include "operator-cli/online/fault_of_status.h"
#include "staffpassport/v1/share_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"
#include "wallet-cli/online/person_client.h"

namespace passport {

struct PersonClient::Parts {
  Parts(std::string at, const std::shared_ptr<grpc::Channel>& channel, CallProof& proof_of_calls)
      : address(std::move(at)),
        service(ServiceNameOf(address)),
        wallet(staffpassport::v1::WalletService::NewStub(channel)),
        share(staffpassport::v1::ShareService::NewStub(channel)),
        proof(proof_of_calls) {}

  std::string address;
  std::string service;  // the host TLS has verified, as proofs name it
  std::unique_ptr<staffpassport::v1::WalletService::Stub> wallet;
  std::unique_ptr<staffpassport::v1::ShareService::Stub> share;
  CallProof& proof;

  // The proof names the bytes that gRPC sends: our requests hold no maps, so one message has one text.
  template <class Request>
  Result<void> Prove(grpc::ClientContext& context, std::string_view path, const Request& request) const {
    TRY_ASSIGN(const CallProof::Metadata metadata, proof.For(service, path, request.SerializeAsString()));
    context.AddMetadata(metadata.name, metadata.value);
    return {};
  }

  // One unary call with its deadline.
  template <class Stub, class Request, class Response>
  Result<Response> Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                        std::string_view path, const Request& request) const {
    grpc::ClientContext context;
    TRY(Prove(context, path, request));
    context.set_deadline(std::chrono::system_clock::now() + kPersonCallDeadline);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return FaultOfStatus(status, address);
    return response;
  }
};

}  // namespace passport
