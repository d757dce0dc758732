#include "tests/service/rpc/person_program.h"

#include <gtest/gtest.h>

#include "credential/crypto/jwk.h"
#include "credential/passport/holder_proof.h"
#include "keys/system_random.h"

namespace passport {

PersonProgram::PersonProgram(WireWorld& world)
    : world_(world), key_(PrivateKey::Generate().value()), stub_(v1::WalletService::NewStub(world.ConnectAsPerson())) {}

std::string PersonProgram::thumbprint() const { return Thumbprint(key_.public_key().point()); }

std::string PersonProgram::Proof(const std::string& call, const google::protobuf::Message& request, Instant at,
                                 const std::string& service) {
  SystemRandom random;
  const std::string path = call.starts_with("/") ? call : "/staffpassport.v1.WalletService/" + call;
  const std::string bytes = request.SerializeAsString();
  return MakeHolderProof(service, {.path = path, .request = bytes}, at, random, key_).value();
}

std::unique_ptr<grpc::ClientContext> PersonProgram::With(const std::string& name, const std::string& value) {
  auto context = Soon();
  context->AddMetadata(name, value);
  return context;
}

std::unique_ptr<grpc::ClientContext> PersonProgram::Proven(const std::string& call,
                                                           const google::protobuf::Message& request) {
  return With("dpop", Proof(call, request, SystemClockNow()));
}

v1::InvitePersonResponse PersonProgram::Invite(const std::string& employee_number, const std::string& employer) {
  v1::InvitePersonRequest request;
  request.set_request_id("invite-" + employee_number);
  request.set_employee_number(employee_number);
  request.mutable_identity()->set_method("identity_document_in_person");
  request.mutable_identity()->set_checked_by("A. Clerk");
  request.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
  v1::InvitePersonResponse response;
  const auto stub = v1::PassportService::NewStub(world_.Connect(employer));
  const grpc::Status status = stub->InvitePerson(Soon().get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

std::string PersonProgram::Unlock(WireWorld& world) {
  v1::UnlockPassportRequest request;
  request.set_request_id("unlock");
  request.set_employee_number("1001");
  request.mutable_identity()->set_method("known_in_person");
  request.mutable_identity()->set_checked_by("A. Clerk");
  request.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
  v1::UnlockPassportResponse response;
  const auto stub = v1::PassportService::NewStub(world.Connect(kEmployer));
  const grpc::Status status = stub->UnlockPassport(Soon().get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.session_code();
}

v1::RedeemRequest PersonProgram::RedeemOf(const v1::InvitePersonResponse& invitation, const std::string& request_id) {
  v1::RedeemRequest request;
  request.set_request_id(request_id);
  request.set_invitation(invitation.invitation());
  request.set_code(invitation.code());
  request.set_held_as(v1::HELD_AS_WALLET);
  return request;
}

v1::RedeemResponse PersonProgram::TakeUp(const std::string& employee_number, const std::string& employer) {
  const v1::RedeemRequest request = RedeemOf(Invite(employee_number, employer), "redeem-" + employee_number);
  v1::RedeemResponse response;
  const grpc::Status status = stub_->Redeem(Proven("Redeem", request).get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

}  // namespace passport
