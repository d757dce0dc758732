// What another organisation has does not exist: asked for something of the employer's and for something that is not
// there, the service gives the receiver the same answer, byte by byte, and in the same class of time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include "passport-service/system_clock.h"
#include "staffpassport/v1/access.pb.h"
#include "staffpassport/v1/audit_service.grpc.pb.h"
#include "staffpassport/v1/keys_service.grpc.pb.h"
#include "staffpassport/v1/passport_service.grpc.pb.h"
#include "staffpassport/v1/personal_data_service.grpc.pb.h"
#include "staffpassport/v1/share_service.grpc.pb.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

namespace pb = google::protobuf;

// One pair of questions: about something of the employer's, and about the like that does not exist.
struct Pair {
  std::string method;
  std::string what;
  std::string theirs;  // the whole answer, as text
  std::string nowhere;
};

// Everything an answer says.
std::string TextOf(const grpc::Status& status, const std::string& response = "") {
  return std::to_string(static_cast<int>(status.error_code())) + " " + status.error_message() + " " +
         status.error_details() + " " + response;
}

class CrossTenant : public ::testing::Test {
 protected:
  void SetUp() override {
    code_ = world_.Settle();
    credential_ = world_.IssueTraining("t1");
    for (int i = 0; i < 3; ++i) world_.IssueTraining("more-" + std::to_string(i), "course_" + std::to_string(i));
    import_ = Stage(kEmployer, "file-1");
    Stage(kEmployer, "file-2");
    v1::CreateChallengeResponse challenge;
    ASSERT_TRUE(employer_verifier_->CreateChallenge(Soon().get(), {}, &challenge).ok());
    nonce_ = challenge.nonce();
  }
  std::string Stage(const std::string& organisation, const std::string& file, const std::string& employee = "1001") {
    const auto stub = v1::IssuerService::NewStub(world_.Connect(organisation));
    const auto context = Soon();
    const auto stream = stub->StageImport(context.get());
    v1::StageImportRequest request;
    request.mutable_header()->set_request_id(file);
    request.mutable_header()->set_source("learning");
    request.mutable_header()->set_mode(v1::IMPORT_MODE_DELTA);
    v1::StageImportResponse response;
    EXPECT_TRUE(stream->Write(request) && stream->Read(&response));
    std::string id = response.opened().import_id();
    request.Clear();
    v1::ImportRow& row = *request.mutable_rows()->add_rows();
    row.set_line(2);
    row.set_employee_number(employee);
    *row.mutable_record() = TrainingRecord();
    (*row.mutable_record()->mutable_fields())["subject"] = "staged_" + file;
    EXPECT_TRUE(stream->Write(request) && stream->Read(&response));
    verdict_ = response.progress().results(0).SerializeAsString();
    stream->WritesDone();
    EXPECT_TRUE(stream->Read(&response));
    EXPECT_TRUE(stream->Finish().ok());
    return id;
  }
  // Asks as the receiver; each request carries a request id of its own.
  template <class Stub, class Request, class Response>
  std::string Ask(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  Request request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id("ask-" + std::to_string(++asked_));
    Response response;
    const grpc::Status status = (stub.*method)(Soon().get(), request, &response);
    return TextOf(status, response.SerializeAsString());
  }
  template <class Stub, class Request, class Response>
  void Compare(const std::string& what, Stub& stub,
               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Request theirs,
               Request nowhere) {
    const std::string name = Request::descriptor()->name();
    pairs_.push_back({name.substr(0, name.size() - 7), what, Ask(stub, method, theirs), Ask(stub, method, nowhere)});
  }
  template <class Stub, class Request, class Response>
  void CompareStreams(const std::string& what, Stub& stub,
                      std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                                    const Request&),
                      const Request& theirs, const Request& nowhere) {
    const auto ask = [&](const Request& request) {
      const auto context = Soon();
      const auto reader = (stub.*method)(context.get(), request);
      std::string all;
      for (Response response; reader->Read(&response);) all += response.SerializeAsString();
      return TextOf(reader->Finish(), all);
    };
    const std::string name = Request::descriptor()->name();
    pairs_.push_back({name.substr(0, name.size() - 7), what, ask(theirs), ask(nowhere)});
  }
  template <class Request>
  static Request WithCredential(const std::string& id) {
    Request request;
    request.set_credential_id(id);
    return request;
  }
  template <class Request>
  static Request WithStanding(const std::string& id) {
    Request request = WithCredential<Request>(id);
    request.set_reason(v1::STANDING_REASON_LEFT_ORGANISATION);
    return request;
  }
  template <class Request>
  static Request WithImport(const std::string& id) {
    Request request;
    request.set_import_id(id);
    if constexpr (requires { request.set_line(2); }) {
      request.set_line(2);
      request.set_skip(true);
    }
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id("import-" + id);
    return request;
  }
  template <class Request>
  static Request WithToken(const std::string& token) {
    Request request;
    request.set_page_size(1);
    request.set_page_token(token);
    return request;
  }
  template <class Request>
  static Request WithSystem(const std::string& organisation) {
    Request request;
    request.set_organisation(organisation);
    if constexpr (requires { request.set_system("hr"); }) request.set_system("hr");
    if constexpr (requires { request.set_why(""); }) request.set_why("replaced");
    if constexpr (requires { request.add_roles(v1::ROLE_VERIFIER); }) request.add_roles(v1::ROLE_VERIFIER);
    return request;
  }
  static v1::ProposeChangeRequest Amendment(const std::string& organisation) {
    v1::ProposeChangeRequest request;
    request.set_reason("renamed");
    v1::RegistryStep& step = *request.add_steps();
    step.set_organisation_id(organisation);
    step.mutable_amendment()->set_legal_name("Another name");
    return request;
  }
  // The number of an organisation's proposal about itself.
  std::uint64_t Propose(const std::string& organisation) {
    v1::ProposeChangeRequest request = Amendment(organisation);
    request.set_request_id("own");
    v1::ProposeChangeResponse response;
    const grpc::Status status =
        v1::RegistrarService::NewStub(world_.Connect(organisation))->ProposeChange(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.number();
  }
  void AskAboutCredentials();
  void AskAboutImports();
  void AskAboutPresentations();
  void AskAboutReliances();
  void AskAboutSystems();
  void AskAboutKeys();
  void AskAboutTheRegistry();
  void AskAboutErasure();
  void AskAboutPassports();
  // Something the employer was given; its id.
  std::string GiveToEmployer(v1::ShareService::Stub& employer);
  void AskAboutShares();

  WireWorld world_;
  std::unique_ptr<v1::IssuerService::Stub> employer_issuer_ = v1::IssuerService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<v1::VerifierService::Stub> employer_verifier_ =
      v1::VerifierService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<v1::IssuerService::Stub> receiver_issuer_ = v1::IssuerService::NewStub(world_.Connect(kReceiver));
  std::unique_ptr<v1::VerifierService::Stub> receiver_verifier_ =
      v1::VerifierService::NewStub(world_.Connect(kReceiver));
  std::unique_ptr<v1::SystemService::Stub> receiver_systems_ = v1::SystemService::NewStub(world_.Connect(kReceiver));
  std::unique_ptr<v1::KeysService::Stub> receiver_keys_ = v1::KeysService::NewStub(world_.Connect(kReceiver));
  std::string code_;
  std::string credential_;
  std::string import_;
  std::string nonce_;
  std::string verdict_;
  std::vector<Pair> pairs_;
  int asked_ = 0;
};

void CrossTenant::AskAboutCredentials() {
  using Stub = v1::IssuerService::Stub;
  std::string nowhere = credential_;
  nowhere.back() = nowhere.back() == 'A' ? 'E' : 'A';
  Compare("id", *receiver_issuer_, &Stub::GetCredential, WithCredential<v1::GetCredentialRequest>(credential_),
          WithCredential<v1::GetCredentialRequest>(nowhere));
  Compare("id", *receiver_issuer_, &Stub::RevokeCredential, WithStanding<v1::RevokeCredentialRequest>(credential_),
          WithStanding<v1::RevokeCredentialRequest>(nowhere));
  Compare("id", *receiver_issuer_, &Stub::SuspendCredential, WithStanding<v1::SuspendCredentialRequest>(credential_),
          WithStanding<v1::SuspendCredentialRequest>(nowhere));
  Compare("id", *receiver_issuer_, &Stub::ReinstateCredential,
          WithStanding<v1::ReinstateCredentialRequest>(credential_),
          WithStanding<v1::ReinstateCredentialRequest>(nowhere));
  v1::ListCredentialsResponse page;
  ASSERT_TRUE(employer_issuer_->ListCredentials(Soon().get(), WithToken<v1::ListCredentialsRequest>(""), &page).ok());
  ASSERT_FALSE(page.next_page_token().empty());
  Compare("page token", *receiver_issuer_, &Stub::ListCredentials,
          WithToken<v1::ListCredentialsRequest>(page.next_page_token()),
          WithToken<v1::ListCredentialsRequest>("b2RzOlpaWgABYQAB"));
  v1::IssueCredentialRequest issue;
  issue.set_employee_number("1001");
  *issue.mutable_record() = TrainingRecord();
  v1::IssueCredentialRequest issue_nowhere = issue;
  issue_nowhere.set_employee_number("9999");
  Compare("employee number", *receiver_issuer_, &Stub::IssueCredential, issue, issue_nowhere);
}

void CrossTenant::AskAboutImports() {
  using Stub = v1::IssuerService::Stub;
  std::string nowhere = import_;
  nowhere.back() = nowhere.back() == 'A' ? 'E' : 'A';
  CompareStreams("id", *receiver_issuer_, &Stub::ReviewImport, WithImport<v1::ReviewImportRequest>(import_),
                 WithImport<v1::ReviewImportRequest>(nowhere));
  CompareStreams("id", *receiver_issuer_, &Stub::IssueImport, WithImport<v1::IssueImportRequest>(import_),
                 WithImport<v1::IssueImportRequest>(nowhere));
  Compare("id", *receiver_issuer_, &Stub::ResolveDraft, WithImport<v1::ResolveDraftRequest>(import_),
          WithImport<v1::ResolveDraftRequest>(nowhere));
  v1::ListImportsResponse page;
  ASSERT_TRUE(employer_issuer_->ListImports(Soon().get(), WithToken<v1::ListImportsRequest>(""), &page).ok());
  ASSERT_FALSE(page.next_page_token().empty());
  Compare("page token", *receiver_issuer_, &Stub::ListImports,
          WithToken<v1::ListImportsRequest>(page.next_page_token()),
          WithToken<v1::ListImportsRequest>("b2RzOlpaWgABYQAB"));
  Stage(kReceiver, "file-1", "1001");
  const std::string theirs = verdict_;
  Stage(kReceiver, "file-3", "9999");
  pairs_.push_back({"StageImport", "employee number", theirs, verdict_});
}

// The employer has relied on a record of its own; the receiver on nothing yet.
void CrossTenant::AskAboutReliances() {
  world_.PutTaxonomies();
  v1::PresentRequest present;
  present.set_passport_code(code_);
  present.set_audience(kEmployer);
  present.set_nonce(nonce_);
  present.set_purpose("shift");
  present.add_show()->set_credential_id(credential_);
  v1::PresentResponse presented;
  const auto holder = v1::HolderService::NewStub(world_.Connect(kEmployer));
  ASSERT_TRUE(holder->Present(Soon().get(), present, &presented).ok());
  v1::VerifyPresentationRequest verify;
  verify.set_nonce(nonce_);
  verify.set_presentation(presented.presentation());
  v1::VerifyPresentationResponse relied;
  ASSERT_TRUE(employer_verifier_->VerifyPresentation(Soon().get(), verify, &relied).ok());
  ASSERT_NE(relied.reliance(), 0U);
  v1::OverrideDecisionRequest theirs;
  theirs.set_reliance(relied.reliance());
  theirs.set_named_person("Wren Example");
  theirs.set_reason("supervised_only");
  theirs.set_words("Moves nobody alone.");
  theirs.mutable_end_time()->set_seconds(SystemClock().Now().seconds + 3600);
  v1::OverrideDecisionRequest nowhere = theirs;
  nowhere.set_reliance(4711);
  Compare("reliance", *receiver_verifier_, &v1::VerifierService::Stub::OverrideDecision, theirs, nowhere);
  EXPECT_NE(pairs_.back().theirs.find("NOT_FOUND"), std::string::npos) << pairs_.back().theirs;
}

void CrossTenant::AskAboutPresentations() {
  using Stub = v1::VerifierService::Stub;
  std::string nowhere = nonce_;
  nowhere.front() = nowhere.front() == 'A' ? 'E' : 'A';
  const auto verify = [](const std::string& nonce) {
    v1::VerifyPresentationRequest request;
    request.set_nonce(nonce);
    request.set_presentation("{}");
    return request;
  };
  const auto decide = [](const std::string& nonce) {
    v1::DecideRoleRequest request;
    request.set_nonce(nonce);
    request.set_presentation("{}");
    request.set_profile("mover");
    return request;
  };
  Compare("challenge", *receiver_verifier_, &Stub::VerifyPresentation, verify(nonce_), verify(nowhere));
  Compare("challenge", *receiver_verifier_, &Stub::DecideRole, decide(nonce_), decide(nowhere));
  AskAboutReliances();
  Compare("page token", *receiver_verifier_, &Stub::ListOverrides,
          WithToken<v1::ListOverridesRequest>("b2RzOlgwQQABAAAAAAAAAAFvAAE"),
          WithToken<v1::ListOverridesRequest>("b2RzOlpaWgABAAAAAAAAAAFvAAE"));
  const auto exported = [&](const std::string& employee) {
    v1::ExportEvidenceRequest request;
    request.set_employee_number(employee);
    const auto context = Soon();
    const auto reader = receiver_verifier_->ExportEvidence(context.get(), request);
    int lines = 0;
    for (v1::ExportEvidenceResponse response; reader->Read(&response);) ++lines;
    return TextOf(reader->Finish(), std::to_string(lines));
  };
  pairs_.push_back({"ExportEvidence", "employee number", exported("1001"), exported("9999")});
}

void CrossTenant::AskAboutSystems() {
  using Stub = v1::SystemService::Stub;
  Compare("organisation", *receiver_systems_, &Stub::ListSystems, WithSystem<v1::ListSystemsRequest>(kEmployer),
          WithSystem<v1::ListSystemsRequest>("ods:ZZZ"));
  Compare("organisation", *receiver_systems_, &Stub::PutSystem, WithSystem<v1::PutSystemRequest>(kEmployer),
          WithSystem<v1::PutSystemRequest>("ods:ZZZ"));
  Compare("organisation", *receiver_systems_, &Stub::RevokeSystem, WithSystem<v1::RevokeSystemRequest>(kEmployer),
          WithSystem<v1::RevokeSystemRequest>("ods:ZZZ"));
}

void CrossTenant::AskAboutKeys() {
  using Stub = v1::KeysService::Stub;
  const auto owned = [](auto request, const std::string& owner) {
    request.set_owner(owner);
    if constexpr (requires { request.set_role(""); }) request.set_role("issue");
    return request;
  };
  Compare("owner", *receiver_keys_, &Stub::ListKeys, owned(v1::ListKeysRequest(), kEmployer),
          owned(v1::ListKeysRequest(), "ods:ZZZ"));
  Compare("owner", *receiver_keys_, &Stub::PlanKeys, owned(v1::PlanKeysRequest(), kEmployer),
          owned(v1::PlanKeysRequest(), "ods:ZZZ"));
  Compare("owner", *receiver_keys_, &Stub::RotateKey, owned(v1::RotateKeyRequest(), kEmployer),
          owned(v1::RotateKeyRequest(), "ods:ZZZ"));
  v1::ListKeysResponse keys;
  ASSERT_TRUE(v1::KeysService::NewStub(world_.Connect(kEmployer))->ListKeys(Soon().get(), {}, &keys).ok());
  ASSERT_GT(keys.keys_size(), 0);
  const auto compromised = [](const std::string& kid) {
    v1::CompromiseKeyRequest request;
    request.set_kid(kid);
    request.mutable_since()->set_seconds(SystemClock().Now().seconds);
    request.set_reason("stolen");
    return request;
  };
  std::string nowhere = keys.keys(0).kid();
  nowhere.front() = nowhere.front() == 'A' ? 'E' : 'A';
  Compare("kid", *receiver_keys_, &Stub::CompromiseKey, compromised(keys.keys(0).kid()), compromised(nowhere));
}

void CrossTenant::AskAboutErasure() {
  const auto stub = v1::PersonalDataService::NewStub(world_.Connect(kReceiver));
  const auto erase = [](const std::string& employee) {
    v1::ErasePersonRequest request;
    request.set_employee_number(employee);
    request.set_why(static_cast<v1::ErasureReason>(1));
    return request;
  };
  using Stub = v1::PersonalDataService::Stub;
  Compare("employee number", *stub, &Stub::ErasePerson, erase("1001"), erase("8888"));
  const auto of = [](auto request, const std::string& organisation) {
    request.set_organisation(organisation);
    return request;
  };
  Compare("organisation", *stub, &Stub::ErasePerson, of(erase("1001"), kEmployer), of(erase("1001"), "ods:ZZZ"));
  Compare("organisation", *stub, &Stub::ReportRetention, of(v1::ReportRetentionRequest(), kEmployer),
          of(v1::ReportRetentionRequest(), "ods:ZZZ"));
  Compare("organisation", *stub, &Stub::ApplyRetention, of(v1::ApplyRetentionRequest(), kEmployer),
          of(v1::ApplyRetentionRequest(), "ods:ZZZ"));
  Compare("organisation", *receiver_issuer_, &v1::IssuerService::Stub::ListCredentials,
          of(v1::ListCredentialsRequest(), kEmployer), of(v1::ListCredentialsRequest(), "ods:ZZZ"));
}

void CrossTenant::AskAboutPassports() {
  using Stub = v1::PassportService::Stub;
  const auto stub = v1::PassportService::NewStub(world_.Connect(kReceiver));
  const auto replace = [](const std::string& employee) {
    v1::ReplacePassportRequest request;
    request.set_request_id("replace-" + employee);
    request.set_employee_number(employee);
    request.mutable_identity()->set_method("known_in_person");
    request.mutable_identity()->set_checked_by("A. Clerk");
    request.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
    request.set_held_as(v1::HELD_AS_KEPT);
    return request;
  };
  Compare("employee number", *stub, &Stub::ReplacePassport, replace("1001"), replace("8888"));
  const auto unlock = [](const std::string& employee) {
    v1::UnlockPassportRequest request;
    request.set_request_id("unlock-" + employee);
    request.set_employee_number(employee);
    request.mutable_identity()->set_method("known_in_person");
    request.mutable_identity()->set_checked_by("Testy Example-Desk");
    request.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
    return request;
  };
  Compare("employee number", *stub, &Stub::UnlockPassport, unlock("1001"), unlock("8888"));
  const auto leave = [](const std::string& employee) {
    v1::EndEmploymentRequest request;
    request.set_request_id("leave-" + employee);
    request.set_employee_number(employee);
    request.set_reason("retirement");
    return request;
  };
  Compare("employee number", *stub, &Stub::EndEmployment, leave("1001"), leave("8888"));
  const auto badge = [](const std::string& employee) {
    v1::IssueBadgeRequest request;
    request.set_request_id("badge-" + employee);
    request.set_employee_number(employee);
    request.set_name("Testy Example");
    request.set_role("Nurse");
    request.set_valid_through(CivilDay::InLondon(SystemClockNow()).PlusDays(30).Text());
    return request;
  };
  Compare("employee number", *stub, &Stub::IssueBadge, badge("1001"), badge("8888"));
  v1::DisputeRecordRequest dispute;
  dispute.set_request_id("dispute-1");
  dispute.set_credential_id(credential_);
  dispute.set_words("The date is wrong.");
  auto context = Soon();
  context->AddMetadata("passport-code", code_);
  v1::DisputeRecordResponse raised;
  const grpc::Status status =
      v1::WalletService::NewStub(world_.ConnectAsPerson())->DisputeRecord(context.get(), dispute, &raised);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const auto settle = [](const std::string& id) {
    v1::SettleDisputeRequest request;
    request.set_request_id("settle-1");
    request.set_dispute_id(id);
    request.set_state(v1::DISPUTE_STATE_CONFIRMED);
    request.set_answer("It is right.");
    return request;
  };
  Compare("dispute", *stub, &Stub::SettleDispute, settle(raised.dispute().dispute_id()), settle("001795300000-none"));
}

std::string CrossTenant::GiveToEmployer(v1::ShareService::Stub& employer) {
  v1::AskForShareRequest ask;
  ask.set_request_id("share-" + std::to_string(++asked_));
  ask.set_purpose("bank_registration");
  ask.add_kinds("mandatory_training");
  ask.set_keep_through(CivilDay::InLondon(SystemClockNow()).PlusDays(30).Text());
  v1::AskForShareResponse asked;
  const grpc::Status status = employer.AskForShare(Soon().get(), ask, &asked);
  EXPECT_TRUE(status.ok()) << status.error_message();
  v1::AnswerShareRequestRequest answer;
  answer.set_request_id("give-" + std::to_string(asked_));
  answer.set_share_request_id(asked.link());
  answer.set_code(asked.code());
  answer.set_least(true);
  auto context = Soon();
  context->AddMetadata("passport-code", code_);
  v1::AnswerShareRequestResponse given;
  const grpc::Status answered =
      v1::ShareService::NewStub(world_.ConnectAsPerson())->AnswerShareRequest(context.get(), answer, &given);
  EXPECT_TRUE(answered.ok()) << answered.error_message();
  return given.share().share_id();
}

// The employer was given two shares and has been told of them; the receiver has none.
void CrossTenant::AskAboutShares() {
  using Stub = v1::ShareService::Stub;
  const auto employer = v1::ShareService::NewStub(world_.Connect(kEmployer));
  const auto receiver = v1::ShareService::NewStub(world_.Connect(kReceiver));
  GiveToEmployer(*employer);
  const std::string share = GiveToEmployer(*employer);
  ASSERT_FALSE(share.empty());
  std::string nowhere = share;
  nowhere.front() = nowhere.front() == 'A' ? 'E' : 'A';
  const auto of = [](auto request, const std::string& id) {
    request.set_share_id(id);
    return request;
  };
  Compare("id", *receiver, &Stub::LookAtShare, of(v1::LookAtShareRequest(), share),
          of(v1::LookAtShareRequest(), nowhere));
  Compare("id", *receiver, &Stub::EndShare, of(v1::EndShareRequest(), share), of(v1::EndShareRequest(), nowhere));
  v1::ListSharesResponse page;
  ASSERT_TRUE(employer->ListShares(Soon().get(), WithToken<v1::ListSharesRequest>(""), &page).ok());
  ASSERT_FALSE(page.next_page_token().empty());
  Compare("page token", *receiver, &Stub::ListShares, WithToken<v1::ListSharesRequest>(page.next_page_token()),
          WithToken<v1::ListSharesRequest>("b2RzOlpaWgABYQAB"));
  // The answer repeats the token, so what is compared is what it brings.
  const auto told = [&](Stub& stub, const std::string& token) {
    v1::PollSharesRequest request;
    request.set_resume_token(token);
    v1::PollSharesResponse response;
    const grpc::Status status = stub.PollShares(Soon().get(), request, &response);
    return TextOf(status, std::to_string(response.notices_size()));
  };
  pairs_.push_back({"PollShares", "resume token", told(*receiver, "1"), told(*receiver, "4711")});
  EXPECT_NE(told(*employer, "1"), told(*employer, "4711")) << "there is something to be told of after that token";
}

void CrossTenant::AskAboutTheRegistry() {
  using Stub = v1::RegistrarService::Stub;
  const auto receiver = v1::RegistrarService::NewStub(world_.Connect(kReceiver));
  Compare("organisation", *receiver, &Stub::ProposeChange, Amendment(kEmployer), Amendment("ods:ZZZ"));
  const auto numbered = [](auto request, std::uint64_t number) {
    request.set_number(number);
    if constexpr (requires { request.set_reason(""); }) request.set_reason("mistaken");
    return request;
  };
  const std::uint64_t number = Propose(kEmployer);
  Compare("number", *receiver, &Stub::ReviewProposal, numbered(v1::ReviewProposalRequest(), number),
          numbered(v1::ReviewProposalRequest(), 4711));
  Compare("number", *receiver, &Stub::RejectProposal, numbered(v1::RejectProposalRequest(), number),
          numbered(v1::RejectProposalRequest(), 4711));
  v1::ListAffectedRequest affected;
  affected.set_organisation(kEmployer);
  v1::ListAffectedRequest affected_nowhere;
  affected_nowhere.set_organisation("ods:ZZZ");
  CompareStreams("organisation", *receiver, &Stub::ListAffected, affected, affected_nowhere);
}

// Calls confined to the caller's organisation that name nothing another one could have; why, in a word.
const std::map<std::string, std::string>& NamingNothing() {
  static const std::map<std::string, std::string> kCalls = {
      {"EnrolPerson", "a new number of the caller's own; EmployeeNumbersAndRequestIdsAreOnesOwn"},
      {"InvitePerson", "a new number of the caller's own; EmployeeNumbersAndRequestIdsAreOnesOwn"},
      {"ListDisputes", "of records that are the caller's to answer for"},
      {"CreateChallenge", "makes something new"},
      {"AskForShare", "makes something new; a profile is published to everybody"},
      {"WatchShares", "the caller's own notices, after a token as PollShares has it"},
      {"CountReliances", "days alone"},
      {"ListProposals", "numbers of all; those about others are left out: ListsHoldOnesOwn"},
      {"ReissueCredentials", "what is the caller's to sign again"},
      {"ExportAudit", "the caller's own trail"},
      {"PutRules", "rules are published to everybody"},
      {"WithdrawRules", "rules are published to everybody"},
  };
  return kCalls;
}

TEST_F(CrossTenant, WhatAnotherOrganisationHasIsNotThere) {
  AskAboutCredentials();
  AskAboutImports();
  AskAboutPresentations();
  AskAboutShares();
  AskAboutSystems();
  AskAboutKeys();
  AskAboutTheRegistry();
  AskAboutErasure();
  AskAboutPassports();
  std::set<std::string> asked;
  for (const Pair& pair : pairs_) {
    EXPECT_EQ(pair.theirs, pair.nowhere) << pair.method << " by " << pair.what;
    asked.insert(pair.method);
  }
  for (const char* const service :
       {"RegistrarService", "SystemService", "IssuerService", "VerifierService", "KeysService", "AuditService",
        "PersonalDataService", "PassportService", "ShareService"}) {
    const pb::ServiceDescriptor* const descriptor =
        pb::DescriptorPool::generated_pool()->FindServiceByName(std::string("staffpassport.v1.") + service);
    for (int i = 0; i < descriptor->method_count(); ++i) {
      const pb::MethodDescriptor& method = *descriptor->method(i);
      const v1::Scope scope = method.options().GetExtension(v1::access).scope();
      if (scope != v1::SCOPE_OWN && scope != v1::SCOPE_OWN_OR_REGION) continue;
      EXPECT_TRUE(asked.contains(method.name()) || NamingNothing().contains(method.name()))
          << method.name() << " is confined to the caller's organisation, and nobody has tried";
    }
  }
  std::cout << "CrossTenant: " << pairs_.size() << " pairs of questions\n";
}

TEST_F(CrossTenant, EmployeeNumbersAndRequestIdsAreOnesOwn) {
  v1::EnrolPersonRequest request;
  request.set_request_id("person-1001");  // the employer's, for the same number
  request.set_employee_number("1001");
  v1::EnrolPersonResponse enrolled;
  const grpc::Status status = receiver_issuer_->EnrolPerson(Soon().get(), request, &enrolled);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(enrolled.passport_code().empty()) << "a person of its own, not the employer's";
}

TEST_F(CrossTenant, ListsHoldOnesOwn) {
  v1::ListCredentialsResponse credentials;
  ASSERT_TRUE(receiver_issuer_->ListCredentials(Soon().get(), {}, &credentials).ok());
  EXPECT_EQ(credentials.credentials_size(), 0);
  v1::ListImportsResponse imports;
  ASSERT_TRUE(receiver_issuer_->ListImports(Soon().get(), {}, &imports).ok());
  EXPECT_EQ(imports.imports_size(), 0);
  v1::ListOverridesResponse overrides;
  ASSERT_TRUE(receiver_verifier_->ListOverrides(Soon().get(), {}, &overrides).ok());
  EXPECT_EQ(overrides.overrides_size(), 0);
  ASSERT_GT(Propose(kEmployer), 0U);
  const std::uint64_t own = Propose(kReceiver);
  v1::ListProposalsResponse proposals;
  ASSERT_TRUE(
      v1::RegistrarService::NewStub(world_.Connect(kReceiver))->ListProposals(Soon().get(), {}, &proposals).ok());
  ASSERT_EQ(proposals.proposals_size(), 2) << "its enrolment and its own";
  for (const v1::Proposal& proposal : proposals.proposals()) {
    EXPECT_NE(proposal.proposed_by().organisation_id(), kEmployer);
    EXPECT_EQ(proposal.steps(0).find(kEmployer), std::string::npos) << proposal.steps(0);
  }
  EXPECT_EQ(proposals.proposals(1).number(), own);
  v1::ListSystemsResponse systems;
  ASSERT_TRUE(receiver_systems_->ListSystems(Soon().get(), {}, &systems).ok());
  for (const v1::System& system : systems.systems()) EXPECT_EQ(system.organisation(), kReceiver);
}

// The fastest of many: what a clock on the other side could tell apart. Not a proof, but a lookup more would show.
TEST_F(CrossTenant, TheTimeToSayNoIsOfOneClass) {
  constexpr int kTries = 60;
  std::string nowhere = credential_;
  nowhere.back() = nowhere.back() == 'A' ? 'E' : 'A';
  const auto took = [&](const std::string& id) {
    v1::GetCredentialResponse response;
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(
        receiver_issuer_->GetCredential(Soon().get(), WithCredential<v1::GetCredentialRequest>(id), &response).ok());
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count();
  };
  double theirs = took(credential_);
  double none = took(nowhere);
  for (int i = 0; i < kTries; ++i) {
    theirs = std::min(theirs, took(credential_));
    none = std::min(none, took(nowhere));
  }
  EXPECT_LT(theirs, 2 * none);
  EXPECT_LT(none, 2 * theirs);
}

}  // namespace
}  // namespace passport
