// Keeping systems over the wire: a key that leaks is dead at once, a new one is in use before the old one goes.
#include <gtest/gtest.h>

#include "passport-service/rpc/convert_system.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

class Systems : public ::testing::Test {
 protected:
  void SetUp() override { world_.Settle(); }
  std::unique_ptr<v1::SystemService::Stub> As(const std::string& organisation, const std::string& system, Roles roles) {
    return v1::SystemService::NewStub(world_.Connect(world_.Client(organisation, system, roles)));
  }
  std::unique_ptr<v1::SystemService::Stub> Registrar() {
    return As(kRegistrar, "office", {Role::kRegistrar, Role::kOperator});
  }
  std::unique_ptr<v1::SystemService::Stub> Operator() { return As(kEmployer, "it-desk", {Role::kOperator}); }
  v1::PutSystemRequest PutRequest(const std::string& system, const std::vector<v1::Role>& roles,
                                  const std::string& certificate_pem = "") {
    v1::PutSystemRequest request;
    request.set_request_id("put-" + std::to_string(++requests_));
    request.set_organisation(kEmployer);
    request.set_system(system);
    for (const v1::Role role : roles) request.add_roles(role);
    request.set_certificate_pem(certificate_pem);
    return request;
  }
  v1::RevokeSystemRequest RevokeRequest(const std::string& system) {
    v1::RevokeSystemRequest request;
    request.set_request_id("revoke-" + std::to_string(++requests_));
    request.set_organisation(kEmployer);
    request.set_system(system);
    request.set_why("key_leaked");
    return request;
  }
  static std::string Put(v1::SystemService::Stub& stub, const v1::PutSystemRequest& request,
                         v1::PutSystemResponse* response) {
    const grpc::Status status = stub.PutSystem(Soon().get(), request, response);
    return status.ok() ? "ok" : ErrorWord(status);
  }
  static std::string Put(v1::SystemService::Stub& stub, const v1::PutSystemRequest& request) {
    v1::PutSystemResponse response;
    return Put(stub, request, &response);
  }
  static std::string Revoke(v1::SystemService::Stub& stub, const v1::RevokeSystemRequest& request) {
    v1::RevokeSystemResponse response;
    const grpc::Status status = stub.RevokeSystem(Soon().get(), request, &response);
    return status.ok() ? "ok" : ErrorWord(status);
  }
  std::string Ask(const std::shared_ptr<grpc::Channel>& channel) {
    v1::CreateChallengeResponse response;
    const grpc::Status status = v1::VerifierService::NewStub(channel)->CreateChallenge(Soon().get(), {}, &response);
    return status.ok() ? "ok" : ErrorWord(status);
  }

  WireWorld world_;
  int requests_ = 0;
};

TEST_F(Systems, ASystemMayCallFromTheCallThatPutsItToTheCallThatRevokesIt) {
  const ClientIdentity rota = world_.Unregistered(kEmployer, "rota");
  const auto channel = world_.Connect(rota);
  EXPECT_EQ(Ask(channel), "CALLER_UNKNOWN");
  const auto it_desk = Operator();
  const v1::PutSystemRequest request = PutRequest("rota", {v1::ROLE_VERIFIER}, rota.certificate_pem);
  v1::PutSystemResponse put;
  EXPECT_EQ(Put(*it_desk, request, &put), "ok");
  EXPECT_EQ(put.system().organisation(), kEmployer);
  EXPECT_EQ(put.system().name(), "rota");
  ASSERT_EQ(put.system().certificates_size(), 1);
  EXPECT_EQ(put.system().certificates(0).public_key_sha256().size(), 64U);
  EXPECT_TRUE(put.system().certificates(0).has_end_time());
  EXPECT_EQ(Ask(channel), "ok") << "on the connection that was open before";
  EXPECT_EQ(Put(*it_desk, request, &put), "ok") << "the same request again";
  EXPECT_EQ(put.system().certificates_size(), 1);
  EXPECT_EQ(Put(*it_desk, PutRequest("rota", {v1::ROLE_AUDITOR})), "ok");
  EXPECT_EQ(Ask(channel), "NOT_PERMITTED") << "what it may do was changed";
  EXPECT_EQ(Revoke(*it_desk, RevokeRequest("rota")), "ok");
  EXPECT_EQ(Ask(channel), "CALLER_UNKNOWN");
  EXPECT_EQ(Put(*it_desk, PutRequest("rota", {v1::ROLE_VERIFIER}, rota.certificate_pem)), "STATE_CONFLICT")
      << "a key that was revoked is never taken again";
  const ClientIdentity renewed = world_.Unregistered(kEmployer, "rota");
  EXPECT_EQ(Put(*it_desk, PutRequest("rota", {v1::ROLE_VERIFIER}, renewed.certificate_pem)), "ok");
  EXPECT_EQ(Ask(world_.Connect(renewed)), "ok");
  EXPECT_EQ(Ask(channel), "CALLER_UNKNOWN");
}

TEST_F(Systems, ALeakedCertificateIsDeadWhileItsSuccessorWorks) {
  const ClientIdentity first = world_.Client(kEmployer, "hr");
  const ClientIdentity second = world_.Unregistered(kEmployer, "hr");
  const auto it_desk = Operator();
  v1::PutSystemResponse put;
  ASSERT_EQ(Put(*it_desk, PutRequest("hr", {v1::ROLE_VERIFIER, v1::ROLE_ISSUER_CLERK}, second.certificate_pem), &put),
            "NOT_PERMITTED")
      << "the office is given and taken by a registrar alone";
  v1::PutSystemRequest without_office =
      PutRequest("hr", {v1::ROLE_VERIFIER, v1::ROLE_ISSUER_CLERK}, second.certificate_pem);
  without_office.set_organisation(kEmployer);
  ASSERT_EQ(Put(*Registrar(), without_office, &put), "ok");
  ASSERT_EQ(put.system().certificates_size(), 2);
  EXPECT_EQ(Ask(world_.Connect(first)), "ok");
  EXPECT_EQ(Ask(world_.Connect(second)), "ok");
  v1::RevokeSystemRequest revoke = RevokeRequest("hr");
  revoke.set_public_key_sha256(put.system().certificates(0).public_key_sha256());
  EXPECT_EQ(Revoke(*it_desk, revoke), "ok");
  EXPECT_EQ(Ask(world_.Connect(first)), "CALLER_UNKNOWN");
  EXPECT_EQ(Ask(world_.Connect(second)), "ok");
  revoke = RevokeRequest("hr");
  revoke.set_public_key_sha256(std::string(64, '0'));
  EXPECT_EQ(Revoke(*it_desk, revoke), "NOT_FOUND");
}

TEST_F(Systems, NobodyLiftsThemselvesUpOrLocksThemselvesOut) {
  const auto it_desk = Operator();
  EXPECT_EQ(Put(*it_desk, PutRequest("it-desk", {v1::ROLE_OPERATOR, v1::ROLE_ISSUER_CLERK})), "NOT_PERMITTED");
  EXPECT_EQ(Revoke(*it_desk, RevokeRequest("it-desk")), "NOT_PERMITTED");
  v1::ListSystemsResponse own;
  ASSERT_TRUE(it_desk->ListSystems(Soon().get(), {}, &own).ok());
  v1::RevokeSystemRequest last = RevokeRequest("it-desk");
  for (const v1::System& system : own.systems()) {
    if (system.name() == "it-desk") last.set_public_key_sha256(system.certificates(0).public_key_sha256());
  }
  EXPECT_EQ(Revoke(*it_desk, last), "NOT_PERMITTED") << "its only certificate";
  const ClientIdentity renewed = world_.Unregistered(kEmployer, "it-desk");
  EXPECT_EQ(Put(*it_desk, PutRequest("it-desk", {v1::ROLE_OPERATOR}, renewed.certificate_pem)), "ok")
      << "a new certificate for oneself gives nothing new";
  const ClientIdentity other = world_.Unregistered(kEmployer, "other");
  EXPECT_EQ(Put(*it_desk, PutRequest("other", {v1::ROLE_REGISTRAR}, other.certificate_pem)), "NOT_PERMITTED");
  EXPECT_EQ(Put(*Registrar(), PutRequest("it-desk", {v1::ROLE_AUDITOR})), "ok") << "the registrar may for everybody";
  EXPECT_EQ(Put(*it_desk, PutRequest("other", {v1::ROLE_AUDITOR}, other.certificate_pem)), "NOT_PERMITTED");
}

TEST_F(Systems, ACertificateOfSomethingElseIsRefused) {
  const auto it_desk = Operator();
  const auto refused = [&](const std::string& pem) {
    return Put(*it_desk, PutRequest("rota", {v1::ROLE_VERIFIER}, pem));
  };
  EXPECT_EQ(refused(world_.Unregistered(kEmployer, "hr").certificate_pem), "KEY") << "of another system";
  EXPECT_EQ(refused(world_.Unregistered(kReceiver, "rota").certificate_pem), "KEY") << "of another organisation";
  EXPECT_EQ(refused(world_.OddClient("URI:spiffe://staff-passport/org/ods:X0A/sys/rota", "serverAuth").certificate_pem),
            "KEY")
      << "for another use";
  EXPECT_EQ(refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "KEY");
  EXPECT_EQ(refused("nothing of the kind"), "KEY");
  EXPECT_EQ(refused(""), "FIELD_INVALID") << "a new system needs one";
  EXPECT_EQ(Put(*it_desk, PutRequest("no good name", {v1::ROLE_VERIFIER}, "")), "FIELD_INVALID");
  EXPECT_EQ(Put(*it_desk, PutRequest("rota", {}, "")), "FIELD_INVALID");
  EXPECT_EQ(Put(*it_desk, PutRequest("rota", {v1::ROLE_UNSPECIFIED}, "")), "FIELD_INVALID");
}

TEST_F(Systems, FourCertificatesAreInUseAtOnceAndNoMore) {
  const auto it_desk = Operator();
  for (int number = 1; number <= 5; ++number) {
    const std::string pem = world_.Unregistered(kEmployer, "rota").certificate_pem;
    EXPECT_EQ(Put(*it_desk, PutRequest("rota", {v1::ROLE_VERIFIER}, pem)), number <= 4 ? "ok" : "STATE_CONFLICT");
  }
}

TEST_F(Systems, AreListedToTheirOperatorAndToTheRegistrar) {
  world_.Client(kEmployer, "hr");
  v1::ListSystemsRequest request;
  v1::ListSystemsResponse own;
  ASSERT_TRUE(Operator()->ListSystems(Soon().get(), request, &own).ok());
  ASSERT_EQ(own.systems_size(), 2);
  EXPECT_EQ(own.systems(0).name(), "hr");
  EXPECT_EQ(own.systems(0).roles_size(), kRoleCount);
  EXPECT_EQ(own.systems(1).name(), "it-desk");
  EXPECT_EQ(own.systems(1).roles(0), v1::ROLE_OPERATOR);
  EXPECT_EQ(own.systems(1).state(), v1::SYSTEM_STATE_ACTIVE);
  request.set_organisation(kEmployer);
  v1::ListSystemsResponse by_registrar;
  ASSERT_TRUE(Registrar()->ListSystems(Soon().get(), request, &by_registrar).ok());
  EXPECT_EQ(by_registrar.SerializeAsString(), own.SerializeAsString());
}

TEST_F(Systems, EveryChangeIsAuditedWithWhoAndWhy) {
  world_.Client(kEmployer, "hr");
  ASSERT_EQ(Revoke(*Operator(), RevokeRequest("hr")), "NOT_PERMITTED") << "it has the registrar's role";
  v1::PutSystemRequest without_office = PutRequest("hr", {v1::ROLE_VERIFIER});
  without_office.set_organisation(kEmployer);
  ASSERT_EQ(Put(*Registrar(), without_office), "ok");
  ASSERT_EQ(Revoke(*Operator(), RevokeRequest("hr")), "ok");
  const AuditEntry last = world_.store().AuditRows(0, 100'000)->rows.back().entry;
  EXPECT_EQ(last.action, "system.revoked");
  EXPECT_EQ(last.actor, kEmployer);
  EXPECT_EQ(last.system, "it-desk");
  EXPECT_EQ(last.object, "ods:X0A/hr");
  EXPECT_EQ(last.why, "key_leaked");
}

TEST(ConvertSystem, RolesComeBackAsTheyWere) {
  for (int number = 0; number < kRoleCount; ++number) {
    const auto role = static_cast<Role>(number);
    EXPECT_EQ(ToRole(ToMessage(role)).value(), role);
    EXPECT_EQ(ParseRole(WordOf(role)).value(), role);
  }
  EXPECT_FALSE(ToRole(v1::ROLE_UNSPECIFIED).ok());
  EXPECT_FALSE(ToRole(static_cast<v1::Role>(8)).ok());
  EXPECT_FALSE(ParseRole("Registrar").ok());
  EXPECT_FALSE(ParseRole("").ok());
}

}  // namespace
}  // namespace passport
