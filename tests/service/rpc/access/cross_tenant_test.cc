// What another organisation has does not exist: asked for something of the employer's and for something that is not
// there, the service gives the receiver the same answer, byte by byte, and in the same class of time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include "staffpassport/v1/access.pb.h"
#include "staffpassport/v1/audit_service.grpc.pb.h"
#include "staffpassport/v1/passport_service.grpc.pb.h"
#include "staffpassport/v1/personal_data_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"
#include "tests/service/rpc/access/cross_tenant_world.h"

namespace passport {

namespace pb = google::protobuf;

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

namespace {

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
  for (const CrossTenantPair& pair : pairs_) {
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
