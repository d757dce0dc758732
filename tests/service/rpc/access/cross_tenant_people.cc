// What the receiver asks about people and their shares.
#include "staffpassport/v1/passport_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"
#include "tests/service/rpc/access/cross_tenant_world.h"

namespace passport {

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
  AskOnRosters(share, nowhere);
}

void CrossTenant::AskOnRosters(const std::string& share, const std::string& nowhere) {
  world_.PutTaxonomies();
  v1::PutRulesRequest put;
  put.set_request_id("role-1");
  put.set_kind(v1::RULE_KIND_ROLE_PROFILE);
  put.set_json(
      R"({"id":"known","version":1,"title":"Known","effective_from":"2026-01-01","expiring_within_days":30,
      "requirements":[{"id":"identity","needs":"identity checked","any_of":[{"kind":"identity_check"}]}]})");
  v1::PutRulesResponse accepted;
  ASSERT_TRUE(v1::RegistrarService::NewStub(world_.Connect(kRegistrar))->PutRules(Soon().get(), put, &accepted).ok());
  ASSERT_TRUE(world_.publish()().ok());
  const auto on_roster = [this](const std::string& organisation, auto name) {
    const auto stub = v1::RosterService::NewStub(world_.Connect(organisation));
    const auto context = Soon();
    const auto stream = stub->CheckRoster(context.get());
    v1::CheckRosterRequest request;
    request.mutable_opening()->set_purpose("shift");
    v1::CheckRosterResponse response;
    EXPECT_TRUE(stream->Write(request) && stream->Read(&response));
    v1::RosterLine& line = *request.mutable_lines()->add_lines();
    line.set_line_id("1");
    line.set_profile("known");
    line.mutable_start_time()->set_seconds(SystemClockNow().seconds + 3'600);
    line.mutable_end_time()->set_seconds(SystemClockNow().seconds + 7'200);
    name(line);
    EXPECT_TRUE(stream->Write(request));
    stream->WritesDone();
    std::string all;
    while (stream->Read(&response)) all += response.SerializeAsString();
    return TextOf(stream->Finish(), all);
  };
  const auto of_share = [](const std::string& id) { return [id](v1::RosterLine& line) { line.set_share_id(id); }; };
  const auto of_employee = [](const std::string& number) {
    return [number](v1::RosterLine& line) { line.set_employee_number(number); };
  };
  pairs_.push_back(
      {"CheckRoster", "share", on_roster(kReceiver, of_share(share)), on_roster(kReceiver, of_share(nowhere))});
  pairs_.push_back({"CheckRoster", "employee number", on_roster(kReceiver, of_employee("1001")),
                    on_roster(kReceiver, of_employee("9999"))});
  EXPECT_NE(on_roster(kEmployer, of_share(share)), on_roster(kEmployer, of_share(nowhere)));
  EXPECT_NE(on_roster(kEmployer, of_employee("1001")), on_roster(kEmployer, of_employee("9999")));
}

}  // namespace passport
