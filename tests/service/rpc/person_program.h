// A person's own program, as far as tests of the wire need one: a key, and calls that it proves.
#pragma once

#include <memory>
#include <string>

#include "keys/private_key.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {

class PersonProgram {
 public:
  explicit PersonProgram(WireWorld& world);

  // The proof of a call of WalletService, or by its whole path of any, as it would stand in the metadata `dpop`.
  std::string Proof(const std::string& call, const google::protobuf::Message& request, Instant at,
                    const std::string& service = kPeopleName);
  // A context that brings a proof made now.
  std::unique_ptr<grpc::ClientContext> Proven(const std::string& call, const google::protobuf::Message& request);
  static std::unique_ptr<grpc::ClientContext> With(const std::string& name, const std::string& value);

  // Invited by the employer under that number, and redeemed with this key.
  v1::InvitePersonResponse Invite(const std::string& employee_number, const std::string& employer = kEmployer);
  v1::RedeemResponse TakeUp(const std::string& employee_number, const std::string& employer = kEmployer);
  static v1::RedeemRequest RedeemOf(const v1::InvitePersonResponse& invitation, const std::string& request_id);

  // The employer has recognised its 1001 and opened the passport: the session code.
  static std::string Unlock(WireWorld& world);

  v1::WalletService::Stub& stub() { return *stub_; }
  std::string thumbprint() const;

 private:
  WireWorld& world_;
  PrivateKey key_;
  std::unique_ptr<v1::WalletService::Stub> stub_;
};

}  // namespace passport
