// The main calls, from enrolment to a decision and a revocation, over real connections.
#include <gtest/gtest.h>

#include <set>

#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

constexpr const char* kProfile = R"({"id":"ward-helper","version":1,"title":"Ward helper","effective_from":"2026-01-01",
  "expiring_within_days":30,"requirements":[{"id":"moving","needs":"moving and handling level 2","any_of":[{
  "kind":"mandatory_training","pick":[{"fact":"subject","one_of":["moving_and_handling"]}],
  "conditions":[{"fact":"level","at_least":2}]}]}]})";

class Calls : public ::testing::Test {
 protected:
  void SetUp() override { code_ = world_.Settle(); }

  v1::CreateChallengeResponse Challenge() {
    v1::CreateChallengeResponse challenge;
    EXPECT_TRUE(verifier_->CreateChallenge(Soon().get(), {}, &challenge).ok());
    return challenge;
  }
  std::string Present(const v1::CreateChallengeResponse& challenge, const std::string& credential) {
    v1::PresentRequest request;
    request.set_passport_code(code_);
    request.set_audience(challenge.audience());
    request.set_nonce(challenge.nonce());
    request.set_purpose("roster");
    v1::Showing& showing = *request.add_show();
    showing.set_credential_id(credential);
    showing.add_facts("achieved_on");
    v1::PresentResponse response;
    const grpc::Status status = holder_->Present(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.presentation();
  }
  v1::Verification Verify(const std::string& nonce, const std::string& presentation) {
    v1::VerifyPresentationRequest request;
    request.set_nonce(nonce);
    request.set_presentation(presentation);
    v1::VerifyPresentationResponse response;
    const grpc::Status status = verifier_->VerifyPresentation(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.verification();
  }
  void PutProfile() {
    world_.PutTaxonomies();
    v1::PutRulesRequest request;
    request.set_request_id("profile-1");
    request.set_kind(v1::RULE_KIND_ROLE_PROFILE);
    request.set_json(kProfile);
    v1::PutRulesResponse response;
    const auto registrar = v1::RegistrarService::NewStub(world_.Connect(kRegistrar));
    const grpc::Status status = registrar->PutRules(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_TRUE(world_.publish()().ok());
  }

  WireWorld world_;
  std::string code_;
  std::unique_ptr<v1::IssuerService::Stub> issuer_ = v1::IssuerService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<v1::HolderService::Stub> holder_ = v1::HolderService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<v1::VerifierService::Stub> verifier_ = v1::VerifierService::NewStub(world_.Connect(kReceiver));
};

TEST_F(Calls, APresentationIsVerifiedOnce) {
  const std::string credential = world_.IssueTraining("t1");
  const auto challenge = Challenge();
  EXPECT_EQ(challenge.audience(), kReceiver);
  const std::string presentation = Present(challenge, credential);
  const v1::Verification first = Verify(challenge.nonce(), presentation);
  EXPECT_EQ(first.verdict(), v1::VERDICT_VALID);
  EXPECT_FALSE(first.has_refusal());
  ASSERT_EQ(first.presentation().records_size(), 1);
  const v1::PresentedRecord& record = first.presentation().records(0);
  EXPECT_EQ(record.issuer(), kEmployer);
  EXPECT_EQ(record.standing(), v1::STANDING_GOOD);
  EXPECT_EQ(record.record().fields().at("level"), "2");
  EXPECT_EQ(record.record().fields().count("assurance"), 0U);
  EXPECT_EQ(first.presentation().purpose(), "roster");

  const v1::Verification second = Verify(challenge.nonce(), presentation);
  EXPECT_EQ(second.verdict(), v1::VERDICT_NOT_VALID);
  EXPECT_EQ(second.refusal().reason(), "KB_NONCE");
  EXPECT_FALSE(second.has_presentation());
}

TEST_F(Calls, AnAlteredOrForeignPresentationIsAnAnswerWithItsReason) {
  const std::string credential = world_.IssueTraining("t1");
  const auto challenge = Challenge();
  std::string altered = Present(challenge, credential);
  altered[altered.size() / 3] = altered[altered.size() / 3] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Verify(challenge.nonce(), altered).verdict(), v1::VERDICT_NOT_VALID);
  EXPECT_EQ(Verify(challenge.nonce(), "no presentation").refusal().reason(), "MALFORMED");
  const auto other = Challenge();
  EXPECT_EQ(Verify(other.nonce(), Present(challenge, credential)).refusal().reason(), "KB_NONCE");
}

TEST_F(Calls, ARoleIsDecidedAndARevocationIsSeen) {
  PutProfile();
  const std::string credential = world_.IssueTraining("t1");
  v1::DecideRoleRequest request;
  const auto decide = [&](const char* profile) {
    const auto challenge = Challenge();
    request.set_nonce(challenge.nonce());
    request.set_presentation(Present(challenge, credential));
    request.set_profile(profile);
    request.set_day("2026-03-01");
    v1::DecideRoleResponse response;
    const grpc::Status status = verifier_->DecideRole(Soon().get(), request, &response);
    return std::pair(status, response);
  };
  const auto [met_status, met] = decide("ward-helper");
  ASSERT_TRUE(met_status.ok()) << met_status.error_message();
  EXPECT_EQ(met.verification().verdict(), v1::VERDICT_VALID);
  EXPECT_EQ(met.decision().outcome(), v1::OUTCOME_MET);
  EXPECT_EQ(met.decision().day(), "2026-03-01");
  ASSERT_EQ(met.decision().lines_size(), 1);
  EXPECT_EQ(met.decision().lines(0).relied_on(0), credential);
  EXPECT_EQ(ErrorWord(decide("no-such-role").first), "NOT_FOUND");

  const int changes_before = world_.changes();
  v1::RevokeCredentialRequest revoke;
  revoke.set_request_id("revoke-1");
  revoke.set_credential_id(credential);
  revoke.set_reason(v1::STANDING_REASON_ISSUED_IN_ERROR);
  v1::RevokeCredentialResponse revoked;
  ASSERT_TRUE(issuer_->RevokeCredential(Soon().get(), revoke, &revoked).ok());
  EXPECT_EQ(revoked.standing().state(), v1::CREDENTIAL_STATE_REVOKED);
  EXPECT_EQ(world_.changes(), changes_before + 1);
  ASSERT_TRUE(world_.publish()().ok());
  const auto [status, seen] = decide("ward-helper");
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(seen.verification().verdict(), v1::VERDICT_NOT_VALID);
  EXPECT_EQ(seen.verification().refusal().reason(), "REVOKED");
  EXPECT_EQ(seen.verification().presentation().records(0).standing(), v1::STANDING_REVOKED);
  EXPECT_NE(seen.decision().outcome(), v1::OUTCOME_MET);
}

TEST_F(Calls, AStandingMovesAndARevocationStays) {
  const std::string credential = world_.IssueTraining("t1");
  v1::SuspendCredentialRequest suspend;
  suspend.set_request_id("s1");
  suspend.set_credential_id(credential);
  suspend.set_reason(v1::STANDING_REASON_SUSPECTED_INVALID);
  v1::SuspendCredentialResponse suspended;
  ASSERT_TRUE(issuer_->SuspendCredential(Soon().get(), suspend, &suspended).ok());
  EXPECT_EQ(suspended.standing().state(), v1::CREDENTIAL_STATE_SUSPENDED);
  v1::ReinstateCredentialRequest reinstate;
  reinstate.set_request_id("s2");
  reinstate.set_credential_id(credential);
  reinstate.set_reason(v1::STANDING_REASON_RESOLVED);
  v1::ReinstateCredentialResponse reinstated;
  ASSERT_TRUE(issuer_->ReinstateCredential(Soon().get(), reinstate, &reinstated).ok());
  EXPECT_EQ(reinstated.standing().state(), v1::CREDENTIAL_STATE_CURRENT);
  v1::RevokeCredentialRequest revoke;
  revoke.set_request_id("s3");
  revoke.set_credential_id(credential);
  revoke.set_reason(v1::STANDING_REASON_LEFT_ORGANISATION);
  v1::RevokeCredentialResponse revoked;
  ASSERT_TRUE(issuer_->RevokeCredential(Soon().get(), revoke, &revoked).ok());
  reinstate.set_request_id("s4");
  const grpc::Status status = issuer_->ReinstateCredential(Soon().get(), reinstate, &reinstated);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ErrorWord(status), "STATE_CONFLICT");
}

TEST_F(Calls, TheSameRequestGivesTheSameAnswerAndAnotherOneIsRefused) {
  const std::string credential = world_.IssueTraining("t1");
  EXPECT_EQ(world_.IssueTraining("t1"), credential);
  v1::IssueCredentialRequest request;
  request.set_request_id("t1");
  request.set_employee_number("1001");
  *request.mutable_record() = TrainingRecord("3");
  v1::IssueCredentialResponse response;
  const grpc::Status status = issuer_->IssueCredential(Soon().get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ErrorWord(status), "REQUEST_REUSED");
}

TEST_F(Calls, HoldingsAndPagesShowEverythingOnce) {
  std::set<std::string> issued;
  for (int i = 0; i < 5; ++i)
    issued.insert(world_.IssueTraining("page-" + std::to_string(i), "course_" + std::to_string(i)));
  std::set<std::string> listed;
  v1::ListCredentialsRequest request;
  request.set_page_size(2);
  do {
    v1::ListCredentialsResponse response;
    ASSERT_TRUE(issuer_->ListCredentials(Soon().get(), request, &response).ok());
    EXPECT_LE(response.credentials_size(), 2);
    for (const v1::Credential& credential : response.credentials()) {
      EXPECT_TRUE(listed.insert(credential.credential_id()).second);
      EXPECT_TRUE(credential.token().empty());
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, issued);
  request.set_page_token("no token of ours \x01");
  v1::ListCredentialsResponse response;
  EXPECT_EQ(ErrorWord(issuer_->ListCredentials(Soon().get(), request, &response)), "FIELD_INVALID");

  v1::ListHoldingsRequest holdings;
  holdings.set_passport_code(code_);
  v1::ListHoldingsResponse held;
  ASSERT_TRUE(holder_->ListHoldings(Soon().get(), holdings, &held).ok());
  EXPECT_EQ(held.holdings_size(), 5);
  holdings.set_passport_code("not-the-code");
  EXPECT_EQ(ErrorWord(holder_->ListHoldings(Soon().get(), holdings, &held)), "NOT_FOUND");
}

TEST_F(Calls, ABadFieldIsNamedWithoutItsValue) {
  v1::IssueCredentialRequest request;
  request.set_request_id("bad");
  request.set_employee_number("1001");
  *request.mutable_record() = TrainingRecord("seventeen-secret");
  v1::IssueCredentialResponse response;
  const grpc::Status status = issuer_->IssueCredential(Soon().get(), request, &response);
  EXPECT_EQ(ErrorWord(status), "RECORD_FIELD");
  EXPECT_NE(status.error_message().find("level"), std::string::npos) << status.error_message();
  EXPECT_EQ(status.error_message().find("secret"), std::string::npos);
}

TEST_F(Calls, AFullStoreIsSaidToBeFullAndServesAgain) {
  world_.store().OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull};
  });
  v1::CreateChallengeResponse challenge;
  const grpc::Status full = verifier_->CreateChallenge(Soon().get(), {}, &challenge);
  EXPECT_EQ(full.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ErrorWord(full), "STORE_FULL");
  world_.store().OnApply({});
  EXPECT_TRUE(verifier_->CreateChallenge(Soon().get(), {}, &challenge).ok());
}

}  // namespace
}  // namespace passport
