#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "operator-cli/online/fault_of_status.h"
#include "operator-cli/online/from_wire.h"
#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::HasSubstr;

TEST(Target, ReadsAFolderOfCertificates) {
  const FakeService service;
  const Result<Target> target = ReadTarget(service.address(), service.tls());
  ASSERT_TRUE(target.ok());
  EXPECT_THAT(target->ca_pem, HasSubstr("BEGIN CERTIFICATE"));
}

TEST(Target, NamesWhatIsWrong) {
  const FakeService service;
  EXPECT_EQ(ReadTarget("127.0.0.1", service.tls()).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(ReadTarget("127.0.0.1:", service.tls()).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(ReadTarget(":8443", service.tls()).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(ReadTarget(service.address(), service.tls(), "../client").fault().reason, Reason::kFieldInvalid);
  EXPECT_THAT(ReadTarget(service.address(), "/nonexistent").fault().detail, HasSubstr("/nonexistent/ca.pem"));
  EXPECT_THAT(ReadTarget(service.address(), service.tls(), "registrar").fault().detail, HasSubstr("registrar.pem"));
}

TEST(Target, RefusesAKeyThatOthersMayRead) {
  const FakeService service;
  ASSERT_EQ(chmod((service.tls() + "/client.key").c_str(), 0640), 0);
  const Result<Target> target = ReadTarget(service.address(), service.tls());
  ASSERT_FALSE(target.ok());
  EXPECT_EQ(target.fault().reason, Reason::kKeyPermissions);
  EXPECT_THAT(target.fault().detail, HasSubstr("client.key"));
}

TEST(ServiceClient, ACertificateOfAnotherAuthorityGetsNoAnswer) {
  const FakeService service;
  const Target target = ReadTarget(service.address(), service.tls(), "stranger").value();
  Result<ServiceClient> client = ServiceClient::Connect(target, std::chrono::milliseconds(1500));
  // With TLS 1.3 the client learns that it was turned away with its first call.
  EXPECT_FALSE(client.ok() && client->CreateChallenge().ok());
}

TEST(ServiceClient, AServerOfAnotherAuthorityIsNotSpokenTo) {
  const FakeService service;
  const FakeService impostor;
  Target target = ReadTarget(service.address(), service.tls()).value();
  target.address = impostor.address();
  const Result<ServiceClient> client = ServiceClient::Connect(target, std::chrono::milliseconds(1500));
  ASSERT_FALSE(client.ok());
  EXPECT_EQ(client.fault().reason, Reason::kServiceUnreachable);
}

TEST(FaultOfStatus, WithoutErrorInfoComesFromTheConnection) {
  const struct {
    grpc::StatusCode code;
    Reason reason;
  } rows[] = {{grpc::UNAVAILABLE, Reason::kServiceUnreachable}, {grpc::CANCELLED, Reason::kServiceUnreachable},
              {grpc::DEADLINE_EXCEEDED, Reason::kDeadline},     {grpc::UNAUTHENTICATED, Reason::kCallerUnknown},
              {grpc::RESOURCE_EXHAUSTED, Reason::kLimit},       {grpc::UNIMPLEMENTED, Reason::kNotFound}};
  for (const auto& row : rows) {
    const Fault fault = FaultOfStatus(grpc::Status(row.code, "why"), "host:1");
    EXPECT_EQ(fault.reason, row.reason) << row.code;
    EXPECT_THAT(fault.detail, HasSubstr("host:1")) << row.code;
  }
}

TEST(FaultOfStatus, AReasonThisProgramDoesNotKnowIsANewerService) {
  const Fault fault = FaultOfStatus(RefusedStatus(grpc::INTERNAL, "FROM_THE_FUTURE", "x"), "host:1");
  EXPECT_EQ(fault.reason, Reason::kSchemaNewer);
  EXPECT_THAT(fault.detail, HasSubstr("FROM_THE_FUTURE"));
}

TEST(ReasonOfWire, IsExact) {
  EXPECT_EQ(ReasonOfWire("KB_NONCE"), Reason::kKbNonce);
  EXPECT_EQ(ReasonOfWire("kb_nonce"), std::nullopt);
  EXPECT_EQ(ReasonOfWire("KB_NONC"), std::nullopt);
  EXPECT_EQ(ReasonOfWire("KB_NONCE "), std::nullopt);
  EXPECT_EQ(ReasonOfWire(""), std::nullopt);
}

TEST(FromWire, AVerdictItHasNoWordForIsNoAnswer) {
  v1::Verification message;
  EXPECT_EQ(FromWire(message).fault().reason, Reason::kSchemaNewer);
  message.set_verdict(static_cast<v1::Verdict>(9));
  EXPECT_EQ(FromWire(message).fault().reason, Reason::kSchemaNewer);
  message.set_verdict(v1::VERDICT_VALID);
  EXPECT_TRUE(FromWire(message).ok());
  message.mutable_presentation()->add_records();  // a record of unspecified standing
  EXPECT_EQ(FromWire(message).fault().reason, Reason::kSchemaNewer);
}

TEST(FromWire, ADecisionItHasNoWordForIsNoAnswer) {
  v1::Decision message;
  EXPECT_EQ(FromWire(message).fault().reason, Reason::kSchemaNewer);
  message.set_outcome(v1::OUTCOME_NOT_MET);
  v1::DecisionLine& line = *message.add_lines();
  line.set_outcome(v1::OUTCOME_NOT_MET);
  line.set_reason("TOO_OLD");
  EXPECT_EQ(FromWire(message)->lines.front().reason, "too_old");
  line.set_reason("TOO_NEW");
  EXPECT_EQ(FromWire(message).fault().reason, Reason::kSchemaNewer);
}

}  // namespace
}  // namespace passport
