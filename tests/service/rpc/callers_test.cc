// Who may talk to the server at all, and as whom.
#include <gtest/gtest.h>

#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

grpc::Status Ask(const std::shared_ptr<grpc::Channel>& channel) {
  v1::CreateChallengeResponse response;
  return v1::VerifierService::NewStub(channel)->CreateChallenge(Soon(5).get(), {}, &response);
}

std::vector<AuditEntry> Refusals(WireWorld& world) {
  std::vector<AuditEntry> refusals;
  const Result<Page<AuditRow>> page = world.store().AuditRows(0, 10'000);
  EXPECT_TRUE(page.ok());
  for (const AuditRow& row : page->rows) {
    if (row.entry.action == "call.refused") refusals.push_back(row.entry);
  }
  return refusals;
}

TEST(Callers, WithoutACertificateNobodyGetsIn) {
  WireWorld world;
  world.Settle();
  EXPECT_EQ(Ask(world.Connect(ClientIdentity{})).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Ask(world.Connect(world.Stranger(kReceiver))).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(
      Ask(world.Connect(world.OddClient("URI:spiffe://staff-passport/org/ods:X0V/sys/hr", "serverAuth"))).error_code(),
      grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(Ask(world.Connect(kReceiver)).ok());
}

TEST(Callers, ACertificateMustNameExactlyOneOrganisation) {
  WireWorld world;
  world.Settle();
  const std::string good = "URI:spiffe://staff-passport/org/ods:X0V/sys/hr";
  EXPECT_EQ(Ask(world.Connect(world.OddClient(good, "clientAuth"))).error_code(), grpc::StatusCode::UNAUTHENTICATED)
      << "of the right form, with a key that nobody registered";
  EXPECT_TRUE(Ask(world.Connect(kReceiver)).ok());
  for (const std::string& names :
       {std::string("DNS:localhost"), good + "," + "URI:spiffe://staff-passport/org/ods:X0A/sys/hr", good + "," + good,
        std::string("URI:spiffe://elsewhere/org/ods:X0V/sys/hr"), std::string("URI:https://ods:X0V"),
        std::string("DNS:spiffe.staff-passport")}) {
    const grpc::Status status = Ask(world.Connect(world.OddClient(names, "clientAuth")));
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << names;
    EXPECT_EQ(ErrorWord(status), "CALLER_UNKNOWN") << names;
  }
  const auto refusals = Refusals(world);
  ASSERT_EQ(refusals.size(), 7U);
  EXPECT_EQ(refusals[0].actor, kReceiver) << "the authority's word for it";
  EXPECT_EQ(refusals[0].object, "CreateChallenge") << "which call it was";
  EXPECT_EQ(refusals[1].actor, "unknown");
  EXPECT_EQ(refusals[1].outcome, "caller_unknown");
}

TEST(Callers, AnOrganisationThatIsNotEnrolledIsRefusedAndAudited) {
  WireWorld world;
  world.Settle();
  const grpc::Status status = Ask(world.Connect("ods:ZZZ"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ErrorWord(status), "CALLER_UNKNOWN");
  const auto refusals = Refusals(world);
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_EQ(refusals[0].actor, "ods:ZZZ");
}

TEST(Callers, OnlyARegistrarEnrolsAndPublishes) {
  WireWorld world;
  world.Settle();
  const auto stub = v1::RegistrarService::NewStub(world.Connect(kEmployer));
  v1::PublishRequest publish;
  publish.set_request_id("p1");
  v1::PublishResponse published;
  EXPECT_EQ(ErrorWord(stub->Publish(Soon().get(), publish, &published)), "NOT_PERMITTED");
  v1::EnrolOrganisationRequest enrol;
  enrol.set_request_id("e1");
  enrol.mutable_organisation()->set_organisation_id("ods:X0B");
  enrol.mutable_organisation()->set_legal_name("Another");
  enrol.mutable_organisation()->set_type("council");
  v1::EnrolOrganisationResponse enrolled;
  const grpc::Status status = stub->EnrolOrganisation(Soon().get(), enrol, &enrolled);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const auto refusals = Refusals(world);
  ASSERT_EQ(refusals.size(), 2U);
  EXPECT_EQ(refusals[1].request, "e1");
  EXPECT_EQ(refusals[1].outcome, "not_permitted");
}

TEST(Callers, ARefusalThatCanNotBeAuditedIsNotAnswered) {
  WireWorld world;
  world.Settle();
  world.store().OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreUnavailable};
  });
  const grpc::Status status = Ask(world.Connect("ods:ZZZ"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ErrorWord(status), "STORE_UNAVAILABLE");
}

TEST(Callers, AnotherOrganisationsCredentialIsNotThere) {
  WireWorld world;
  world.Settle();
  v1::GetCredentialRequest request;
  request.set_credential_id(world.IssueTraining("t1"));
  v1::GetCredentialResponse response;
  const auto employer = v1::IssuerService::NewStub(world.Connect(kEmployer));
  ASSERT_TRUE(employer->GetCredential(Soon().get(), request, &response).ok());
  EXPECT_FALSE(response.credential().token().empty());
  EXPECT_EQ(response.credential().state(), v1::CREDENTIAL_STATE_CURRENT);
  const auto other = v1::IssuerService::NewStub(world.Connect(kReceiver));
  EXPECT_EQ(ErrorWord(other->GetCredential(Soon().get(), request, &response)), "NOT_FOUND");
}

}  // namespace
}  // namespace passport
