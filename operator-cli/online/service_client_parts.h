// What every call of ServiceClient has at hand: the channel's stubs, and the one way to make a unary call.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "operator-cli/online/fault_of_status.h"
#include "operator-cli/online/from_wire.h"
#include "operator-cli/online/service_client.h"
#include "staffpassport/v1/audit_service.grpc.pb.h"
#include "staffpassport/v1/holder_service.grpc.pb.h"
#include "staffpassport/v1/issuer_service.grpc.pb.h"
#include "staffpassport/v1/keys_service.grpc.pb.h"
#include "staffpassport/v1/passport_service.grpc.pb.h"
#include "staffpassport/v1/personal_data_service.grpc.pb.h"
#include "staffpassport/v1/registrar_service.grpc.pb.h"
#include "staffpassport/v1/roster_service.grpc.pb.h"
#include "staffpassport/v1/share_service.grpc.pb.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"

namespace passport {

struct ServiceClient::Parts {
  Parts(std::string at, const std::shared_ptr<grpc::Channel>& channel)
      : address(std::move(at)),
        registrar(staffpassport::v1::RegistrarService::NewStub(channel)),
        issuer(staffpassport::v1::IssuerService::NewStub(channel)),
        holder(staffpassport::v1::HolderService::NewStub(channel)),
        verifier(staffpassport::v1::VerifierService::NewStub(channel)),
        system(staffpassport::v1::SystemService::NewStub(channel)),
        audit(staffpassport::v1::AuditService::NewStub(channel)),
        keys(staffpassport::v1::KeysService::NewStub(channel)),
        personal_data(staffpassport::v1::PersonalDataService::NewStub(channel)),
        passport(staffpassport::v1::PassportService::NewStub(channel)),
        share(staffpassport::v1::ShareService::NewStub(channel)),
        roster(staffpassport::v1::RosterService::NewStub(channel)) {}

  std::string address;
  std::unique_ptr<staffpassport::v1::RegistrarService::Stub> registrar;
  std::unique_ptr<staffpassport::v1::IssuerService::Stub> issuer;
  std::unique_ptr<staffpassport::v1::HolderService::Stub> holder;
  std::unique_ptr<staffpassport::v1::VerifierService::Stub> verifier;
  std::unique_ptr<staffpassport::v1::SystemService::Stub> system;
  std::unique_ptr<staffpassport::v1::AuditService::Stub> audit;
  std::unique_ptr<staffpassport::v1::KeysService::Stub> keys;
  std::unique_ptr<staffpassport::v1::PersonalDataService::Stub> personal_data;
  std::unique_ptr<staffpassport::v1::PassportService::Stub> passport;
  std::unique_ptr<staffpassport::v1::ShareService::Stub> share;
  std::unique_ptr<staffpassport::v1::RosterService::Stub> roster;

  // One unary call with its deadline: Call(*issuer, &Stub::GetCredential, request) is the response or the fault.
  template <class Stub, class Request, class Response>
  Result<Response> Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                        const Request& request) const {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kCallDeadline);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return FaultOfStatus(status, address);
    return response;
  }

  template <class Request, class Response>
  Result<StandingAnswer> Change(grpc::Status (staffpassport::v1::IssuerService::Stub::*method)(grpc::ClientContext*,
                                                                                               const Request&,
                                                                                               Response*),
                                std::string_view request_id, std::string_view credential_id, std::string_view why) {
    Request request;
    request.set_request_id(std::string(request_id));
    request.set_credential_id(std::string(credential_id));
    TRY_ASSIGN(const staffpassport::v1::StandingReason reason, ToWire(why));
    request.set_reason(reason);
    TRY_ASSIGN(const Response response, Call(*issuer, method, request));
    return FromWire(response.standing());
  }
};

}  // namespace passport
