// No audit, no answer: every call that reads what people's facts are leaves a row before it answers, and none of its
// data leaves the house when the row can not be written.
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "passport-service/rpc/access_table.h"
#include "tests/service/rpc/person_program.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

namespace pb = google::protobuf;

struct Answer {
  grpc::Status status;
  std::string data;
};

class Reads : public ::testing::Test {
 protected:
  void SetUp() override {
    code_ = world_.Settle();
    credential_ = world_.IssueTraining("t1");
    StageOneRow();
    person_.TakeUp("2001");
  }
  void StageOneRow() {
    const auto context = Soon();
    const auto stream = issuer_->StageImport(context.get());
    v1::StageImportRequest request;
    request.mutable_header()->set_request_id("file-1");
    request.mutable_header()->set_source("learning");
    request.mutable_header()->set_mode(v1::IMPORT_MODE_DELTA);
    v1::StageImportResponse response;
    ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
    import_ = response.opened().import_id();
    v1::ImportRow& row = *request.mutable_rows()->add_rows();
    row.set_line(2);
    row.set_employee_number("1001");
    *row.mutable_record() = TrainingRecord();
    ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
    stream->WritesDone();
    ASSERT_TRUE(stream->Read(&response) && stream->Finish().ok());
  }
  template <class Stub, class Request, class Response>
  static Answer Ask(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request) {
    Response response;
    Answer answer;
    answer.status = (stub.*method)(Soon().get(), request, &response);
    answer.data = response.SerializeAsString();
    return answer;
  }
  template <class Reader, class Response>
  static Answer ReadAll(Reader& reader, Response response) {
    Answer answer;
    while (reader.Read(&response)) answer.data += response.SerializeAsString();
    answer.status = reader.Finish();
    return answer;
  }
  // One good question for each call that reads facts, by method.
  std::map<std::string, std::function<Answer()>> Questions();

  WireWorld world_;
  std::unique_ptr<v1::IssuerService::Stub> issuer_ = v1::IssuerService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<v1::HolderService::Stub> holder_ = v1::HolderService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<v1::VerifierService::Stub> verifier_ = v1::VerifierService::NewStub(world_.Connect(kEmployer));
  PersonProgram person_{world_};
  std::string code_;
  std::string credential_;
  std::string import_;
};

std::map<std::string, std::function<Answer()>> Reads::Questions() {
  return {{"GetCredential",
           [this] {
             v1::GetCredentialRequest request;
             request.set_credential_id(credential_);
             return Ask(*issuer_, &v1::IssuerService::Stub::GetCredential, request);
           }},
          {"ListCredentials",
           [this] { return Ask(*issuer_, &v1::IssuerService::Stub::ListCredentials, v1::ListCredentialsRequest()); }},
          {"ReviewImport",
           [this] {
             v1::ReviewImportRequest request;
             request.set_import_id(import_);
             const auto context = Soon();
             const auto reader = issuer_->ReviewImport(context.get(), request);
             return ReadAll(*reader, v1::ReviewImportResponse());
           }},
          {"ListHoldings",
           [this] {
             v1::ListHoldingsRequest request;
             request.set_passport_code(code_);
             return Ask(*holder_, &v1::HolderService::Stub::ListHoldings, request);
           }},
          {"Present",
           [this] {
             v1::PresentRequest request;
             request.set_passport_code(code_);
             request.set_audience(kReceiver);
             request.set_nonce("0123456789abcdefghijkl");
             request.set_purpose("roster");
             request.add_show()->set_credential_id(credential_);
             return Ask(*holder_, &v1::HolderService::Stub::Present, request);
           }},
          {"ListOverrides",
           [this] { return Ask(*verifier_, &v1::VerifierService::Stub::ListOverrides, v1::ListOverridesRequest()); }},
          {"Receive",
           [this] {
             const v1::ReceiveRequest request;
             const auto context = person_.Proven("Receive", request);
             const auto reader = person_.stub().Receive(context.get(), request);
             return ReadAll(*reader, v1::ReceiveResponse());
           }},
          {"ExportEvidence", [this] {
             const auto context = Soon();
             const auto reader = verifier_->ExportEvidence(context.get(), v1::ExportEvidenceRequest());
             return ReadAll(*reader, v1::ExportEvidenceResponse());
           }}};
}

TEST_F(Reads, EveryCallThatReadsFactsIsTriedHere) {
  const auto questions = Questions();
  const std::vector<std::string> services = ServedServices();
  for (const std::string& service : services) {
    const pb::ServiceDescriptor* const descriptor = pb::DescriptorPool::generated_pool()->FindServiceByName(service);
    ASSERT_NE(descriptor, nullptr) << service;
    for (int i = 0; i < descriptor->method_count(); ++i) {
      const CallAccess call = AccessOf(*descriptor->method(i));
      if (CallsLaidOut().contains(call.method)) continue;
      EXPECT_EQ(call.reads_personal_data, questions.contains(call.method)) << call.method;
    }
  }
}

TEST_F(Reads, EachLeavesARowThatNamesTheSystem) {
  for (const auto& [method, ask] : Questions()) {
    const std::size_t before = world_.store().AuditRows(0, 100'000)->rows.size();
    const Answer answer = ask();
    ASSERT_TRUE(answer.status.ok()) << method << ": " << answer.status.error_message();
    const std::vector<AuditRow> rows = world_.store().AuditRows(before, 100)->rows;
    ASSERT_GE(rows.size(), 1U) << method;
    const bool of_people = method == "Receive";
    EXPECT_EQ(rows.front().entry.actor, of_people ? kAuditPeople : kEmployer) << method;
    EXPECT_EQ(rows.front().entry.system, of_people ? "" : "hr") << method;
  }
}

TEST_F(Reads, NothingLeavesTheHouseWhenTheRowCanNotBeWritten) {
  world_.store().OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreUnavailable};
  });
  for (const auto& [method, ask] : Questions()) {
    const Answer answer = ask();
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::UNAVAILABLE) << method;
    EXPECT_TRUE(answer.data.empty()) << method;
  }
}

}  // namespace
}  // namespace passport
