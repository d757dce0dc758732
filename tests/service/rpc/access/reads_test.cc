// No audit, no answer: every call that reads what people's facts are leaves a row before it answers, and none of its
// data leaves the house when the row can not be written.
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "passport-service/rpc/access_table.h"
#include "staffpassport/v1/passport_service.grpc.pb.h"
#include "staffpassport/v1/roster_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"
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
    world_.PutTaxonomies();
    GiveAShare();
  }
  // Of what the person of "1001" holds, to the employer.
  void GiveAShare() {
    v1::AskForShareRequest ask;
    ask.set_request_id("ask-1");
    ask.set_purpose("bank_registration");
    ask.add_kinds("mandatory_training");
    ask.set_keep_through(CivilDay::InLondon(SystemClockNow()).PlusDays(30).Text());
    v1::AskForShareResponse asked;
    ASSERT_TRUE(share_->AskForShare(Soon().get(), ask, &asked).ok());
    v1::AnswerShareRequestRequest request;
    request.set_request_id("answer-1");
    request.set_share_request_id(asked.link());
    request.set_code(asked.code());
    request.set_least(true);
    v1::AnswerShareRequestResponse given;
    const auto context = PersonProgram::With("passport-code", code_);
    const grpc::Status status = share_->AnswerShareRequest(context.get(), request, &given);
    ASSERT_TRUE(status.ok()) << status.error_message();
    share_id_ = given.share().share_id();
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
  std::unique_ptr<v1::PassportService::Stub> passports_ = v1::PassportService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<v1::ShareService::Stub> share_ = v1::ShareService::NewStub(world_.Connect(kEmployer));
  PersonProgram person_{world_};
  std::string code_;
  std::string credential_;
  std::string import_;
  std::string share_id_;
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
          {"ExportPassport",
           [this] {
             const v1::ExportPassportRequest request;
             const auto context = person_.Proven("ExportPassport", request);
             const auto reader = person_.stub().ExportPassport(context.get(), request);
             return ReadAll(*reader, v1::ExportPassportResponse());
           }},
          {"ListMyDisputes",
           [this] {
             const v1::ListMyDisputesRequest request;
             const auto context = person_.Proven("ListMyDisputes", request);
             v1::ListMyDisputesResponse response;
             Answer answer;
             answer.status = person_.stub().ListMyDisputes(context.get(), request, &response);
             if (answer.status.ok()) answer.data = response.SerializeAsString();
             return answer;
           }},
          {"ListDisputes",
           [this] { return Ask(*passports_, &v1::PassportService::Stub::ListDisputes, v1::ListDisputesRequest()); }},
          {"LookAtShare",
           [this] {
             v1::LookAtShareRequest request;
             request.set_share_id(share_id_);
             return Ask(*share_, &v1::ShareService::Stub::LookAtShare, request);
           }},
          {"ListLooks",
           [this] {
             v1::ListLooksResponse response;
             Answer answer;
             const auto context = PersonProgram::With("passport-code", code_);
             answer.status = share_->ListLooks(context.get(), v1::ListLooksRequest(), &response);
             answer.data = response.SerializeAsString();
             return answer;
           }},
          {"CheckRoster",
           [this] {
             const auto context = Soon();
             const auto stream = v1::RosterService::NewStub(world_.Connect(kEmployer))->CheckRoster(context.get());
             v1::CheckRosterRequest request;
             request.mutable_opening()->set_purpose("shift");
             v1::CheckRosterResponse response;
             EXPECT_TRUE(stream->Write(request) && stream->Read(&response));
             request.mutable_lines()->add_lines()->set_line_id("1");
             stream->Write(request);
             stream->WritesDone();
             Answer answer;
             while (stream->Read(&response)) answer.data += response.SerializeAsString();
             answer.status = stream->Finish();
             return answer;
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
    const bool of_people =
        method == "Receive" || method == "ExportPassport" || method == "ListLooks" || method == "ListMyDisputes";
    EXPECT_EQ(rows.front().entry.actor, of_people ? kAuditPeople : kEmployer) << method;
    const std::string by = method == "ListLooks" ? "code" : of_people ? "key" : "hr";
    EXPECT_EQ(rows.front().entry.system, by) << method;
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
