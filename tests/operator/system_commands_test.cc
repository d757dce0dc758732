// passportctl system: what an operator types and reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class SystemCommand : public ::testing::Test {
 protected:
  FakeService service_;
};

TEST_F(SystemCommand, AddSendsTheCertificateAndTheRoles) {
  const std::string file = service_.tls() + "/rota.pem";
  std::ofstream(file) << "a certificate";
  const TypedRun run = Type(service_, {"system", "add", "--organisation", "ods:X0A", "--system", "rota", "--role",
                                       "roster_reader", "--role", "verifier", "--certificate", file});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(run.output, "system rota of ods:X0A may call as roster_reader, verifier\n");
  const v1::PutSystemRequest& sent = service_.behaviour().put_system;
  EXPECT_EQ(sent.organisation(), "ods:X0A");
  EXPECT_EQ(sent.system(), "rota");
  EXPECT_EQ(sent.certificate_pem(), "a certificate");
  EXPECT_THAT(sent.roles(), ElementsAre(v1::ROLE_ROSTER_READER, v1::ROLE_VERIFIER));
  EXPECT_EQ(service_.behaviour().request_ids.at(0).size(), 22U);
}

TEST_F(SystemCommand, AWordThatIsNoRoleIsRefusedBeforeTheCall) {
  const TypedRun run = Type(service_, {"system", "add", "--system", "rota", "--role", "boss"});
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.errors, HasSubstr("issuer_clerk"));
  EXPECT_TRUE(service_.behaviour().request_ids.empty());
}

TEST_F(SystemCommand, RevokeEndsASystemOrOneCertificateOfIt) {
  TypedRun run = Type(service_, {"system", "revoke", "--system", "hr-desk", "--why", "contract_ended"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(run.output, "system hr-desk of ods:X0A may not call any more\n");
  EXPECT_EQ(service_.behaviour().revoke_system.why(), "contract_ended");
  EXPECT_EQ(service_.behaviour().revoke_system.organisation(), "") << "one's own";
  run = Type(service_, {"system", "revoke", "--system", "hr-desk", "--certificate", "0d1e", "--why", "key_leaked"});
  EXPECT_EQ(run.output, "system hr-desk of ods:X0A may not use that certificate any more\n");
  EXPECT_EQ(service_.behaviour().revoke_system.public_key_sha256(), "0d1e");
  EXPECT_EQ(Type(service_, {"system", "revoke", "--system", "hr-desk"}).ending, Ending::kUsage) << "why?";
}

TEST_F(SystemCommand, ListShowsEachCertificateWithItsState) {
  const TypedRun run = Type(service_, {"system", "list", "--organisation", "ods:X0A"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().list_systems.organisation(), "ods:X0A");
  EXPECT_THAT(run.output, HasSubstr("issuer_clerk, verifier"));
  EXPECT_THAT(run.output, HasSubstr("until 2100-01-01T00:00:00Z"));
  EXPECT_THAT(run.output, HasSubstr("revoked 2026-11-22T08:26:39Z"));
  const TypedRun json = Type(service_, {"system", "list", "--json"});
  EXPECT_THAT(json.output, HasSubstr(R"("system":"hr-desk","roles":["issuer_clerk","verifier"],"state":"active")"));
  EXPECT_THAT(json.output, HasSubstr(R"("public_key_sha256":"0d1e")"));
}

TEST_F(SystemCommand, SaysWhoRegistersACallerThatIsNotKnown) {
  service_.behaviour().status = RefusedStatus(grpc::UNAUTHENTICATED, "CALLER_UNKNOWN", "");
  const TypedRun run = Type(service_, {"system", "list"});
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.errors, HasSubstr("passportctl system add"));
  EXPECT_THAT(run.errors, HasSubstr("the registrar"));
}

}  // namespace
}  // namespace passport
