// Two organisations beside each other, and pairs of questions of the second: about something of the first, and about
// the like that does not exist.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "passport-service/system_clock.h"
#include "staffpassport/v1/keys_service.grpc.pb.h"
#include "staffpassport/v1/roster_service.grpc.pb.h"
#include "staffpassport/v1/share_service.grpc.pb.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {

// One pair of questions: about something of the employer's, and about the like that does not exist.
struct CrossTenantPair {
  std::string method;
  std::string what;
  std::string theirs;  // the whole answer, as text
  std::string nowhere;
};

// Everything an answer says.
inline std::string TextOf(const grpc::Status& status, const std::string& response = "") {
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
  void AskOnRosters(const std::string& share, const std::string& nowhere);

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
  std::vector<CrossTenantPair> pairs_;
  int asked_ = 0;
};

}  // namespace passport
