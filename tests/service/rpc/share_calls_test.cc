// Shares on the wire: asked with a link and a code, given by the person alone, watched and polled by the receiver.
#include <gtest/gtest.h>

#include "tests/service/rpc/person_program.h"

namespace passport {
namespace {

class ShareCalls : public ::testing::Test {
 protected:
  void SetUp() override {
    code_ = world_.Settle();
    world_.IssueTraining("t1");
    world_.PutTaxonomies();
  }
  v1::AskForShareRequest ToAsk() {
    v1::AskForShareRequest request;
    request.set_request_id("ask-" + std::to_string(++asked_));
    request.set_purpose("bank_registration");
    request.add_kinds("mandatory_training");
    request.set_keep_through(CivilDay::InLondon(SystemClockNow()).PlusDays(30).Text());
    return request;
  }
  v1::AskForShareResponse Ask(bool once = false) {
    v1::AskForShareRequest request = ToAsk();
    if (once) request.clear_keep_through();
    v1::AskForShareResponse response;
    const grpc::Status status = receiver_->AskForShare(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  std::unique_ptr<grpc::ClientContext> ByCode() { return PersonProgram::With("passport-code", code_); }
  v1::Share Give(bool once = false) {
    const v1::AskForShareResponse asked = Ask(once);
    v1::AnswerShareRequestRequest request;
    request.set_request_id("give-" + std::to_string(asked_));
    request.set_share_request_id(asked.link());
    request.set_code(asked.code());
    request.set_least(true);
    v1::AnswerShareRequestResponse response;
    const grpc::Status status = people_->AnswerShareRequest(ByCode().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.share();
  }
  // Rows of the audit trail about what people did.
  int Rows(const std::string& action, const std::string& proof) {
    int count = 0;
    const std::vector<AuditRow> rows = world_.store().AuditRowsOf(kAuditPeople, 0, 1000)->rows;
    for (const AuditRow& row : rows) count += row.entry.action == action && row.entry.system == proof ? 1 : 0;
    return count;
  }
  v1::PollSharesResponse Poll(const std::string& token) {
    v1::PollSharesRequest request;
    request.set_resume_token(token);
    v1::PollSharesResponse response;
    EXPECT_TRUE(receiver_->PollShares(Soon().get(), request, &response).ok());
    return response;
  }

  WireWorld world_;
  std::unique_ptr<v1::ShareService::Stub> receiver_ = v1::ShareService::NewStub(world_.Connect(kReceiver));
  std::unique_ptr<v1::ShareService::Stub> people_ = v1::ShareService::NewStub(world_.ConnectAsPerson());
  std::string code_;
  int asked_ = 0;
};

TEST_F(ShareCalls, ARequestIsReadByWhoHasLinkCodeAndAPassport) {
  const v1::AskForShareResponse asked = Ask();
  EXPECT_EQ(asked.code().size(), 8U);
  EXPECT_FALSE(asked.share_request().transaction_data().empty());
  v1::ReadShareRequestRequest request;
  request.set_link(asked.link());
  request.set_code(asked.code());
  v1::ReadShareRequestResponse response;
  EXPECT_EQ(ErrorWord(people_->ReadShareRequest(Soon().get(), request, &response)), "HOLDER_UNKNOWN");
  ASSERT_TRUE(people_->ReadShareRequest(ByCode().get(), request, &response).ok());
  EXPECT_EQ(response.share_request().receiver(), kReceiver);
  EXPECT_EQ(response.share_request().purpose_label(), "Joining a staff bank");
  ASSERT_EQ(response.share_request().records_size(), 1);
  EXPECT_EQ(response.share_request().records(0).kind(), "mandatory_training");
  request.set_code("00000000");
  EXPECT_EQ(ErrorWord(people_->ReadShareRequest(ByCode().get(), request, &response)), "NOT_FOUND");
}

TEST_F(ShareCalls, ASessionCodeAnswersTheOneWhoUnlockedAndNobodyElse) {
  const auto employer = v1::ShareService::NewStub(world_.Connect(kEmployer));
  v1::AskForShareResponse own;
  ASSERT_TRUE(employer->AskForShare(Soon().get(), ToAsk(), &own).ok());
  const v1::AskForShareResponse another = Ask();
  const std::string session = PersonProgram::Unlock(world_);
  const auto read = [&](const v1::AskForShareResponse& asked, const std::string& code) {
    v1::ReadShareRequestRequest request;
    request.set_link(asked.link());
    request.set_code(asked.code());
    v1::ReadShareRequestResponse response;
    const auto context = PersonProgram::With("passport-code", code);
    const grpc::Status status = people_->ReadShareRequest(context.get(), request, &response);
    return status.ok() ? "OK" : ErrorWord(status);
  };
  const auto give = [&](const v1::AskForShareResponse& asked, const std::string& code) {
    v1::AnswerShareRequestRequest request;
    request.set_request_id("give");
    request.set_share_request_id(asked.link());
    request.set_code(asked.code());
    request.set_least(true);
    v1::AnswerShareRequestResponse response;
    const auto context = PersonProgram::With("passport-code", code);
    const grpc::Status status = people_->AnswerShareRequest(context.get(), request, &response);
    return status.ok() ? "OK" : ErrorWord(status);
  };
  EXPECT_EQ(read(another, session), "HOLDER_UNKNOWN");
  EXPECT_EQ(give(another, session), "HOLDER_UNKNOWN");
  EXPECT_EQ(read(own, session), "OK");
  EXPECT_EQ(give(own, session), "OK");
  EXPECT_EQ(Rows("share.given", "session " + std::string(kEmployer)), 1);
  EXPECT_EQ(Rows("call.refused", "session " + std::string(kEmployer)), 2) << "what it was refused for is told, too";
  EXPECT_EQ(read(another, code_), "OK") << "with their own";
  EXPECT_EQ(give(another, code_), "OK");
  EXPECT_EQ(Rows("share.given", "code"), 1);
}

TEST_F(ShareCalls, AskingForTooMuchHasAWordOfItsOwn) {
  v1::AskForShareRequest request = ToAsk();
  request.add_kinds("work_health_clearance");
  v1::AskForShareResponse response;
  EXPECT_EQ(ErrorWord(receiver_->AskForShare(Soon().get(), request, &response)), "ASKS_TOO_MUCH");
}

TEST_F(ShareCalls, AShareIsLookedAtListedAndEnded) {
  const v1::Share given = Give();
  EXPECT_EQ(given.state(), v1::SHARE_STATE_GIVEN);
  v1::LookAtShareRequest look;
  look.set_share_id(given.share_id());
  v1::LookAtShareResponse seen;
  ASSERT_TRUE(receiver_->LookAtShare(Soon().get(), look, &seen).ok());
  EXPECT_EQ(seen.verification().presentation().records_size(), 1);
  EXPECT_FALSE(seen.receipt().empty());
  EXPECT_EQ(seen.reliance(), 1U);
  const auto employer = v1::ShareService::NewStub(world_.Connect(kEmployer));
  EXPECT_EQ(ErrorWord(employer->LookAtShare(Soon().get(), look, &seen)), "NOT_FOUND");
  v1::ListLooksResponse looks;
  ASSERT_TRUE(people_->ListLooks(ByCode().get(), v1::ListLooksRequest(), &looks).ok());
  ASSERT_EQ(looks.looks_size(), 1);
  EXPECT_EQ(looks.looks(0).share_id(), given.share_id());
  v1::EndMyShareRequest end;
  end.set_request_id("end-1");
  end.set_share_id(given.share_id());
  v1::EndMyShareResponse ended;
  ASSERT_TRUE(people_->EndMyShare(ByCode().get(), end, &ended).ok());
  EXPECT_EQ(ended.share().ended_by(), "holder");
  EXPECT_EQ(ErrorWord(receiver_->LookAtShare(Soon().get(), look, &seen)), "STATE_CONFLICT");
  v1::ListSharesResponse listed;
  ASSERT_TRUE(receiver_->ListShares(Soon().get(), v1::ListSharesRequest(), &listed).ok());
  ASSERT_EQ(listed.shares_size(), 1);
  EXPECT_EQ(listed.shares(0).state(), v1::SHARE_STATE_ENDED);
}

TEST_F(ShareCalls, WhatIsLookedAtOnceIsShownAgainToTheSameRequest) {
  const v1::Share given = Give(true);
  v1::LookAtShareRequest look;
  look.set_share_id(given.share_id());
  look.set_request_id("look-1");
  v1::LookAtShareResponse seen;
  ASSERT_TRUE(receiver_->LookAtShare(Soon().get(), look, &seen).ok());
  v1::LookAtShareResponse again;
  ASSERT_TRUE(receiver_->LookAtShare(Soon().get(), look, &again).ok());
  EXPECT_EQ(again.verification().presentation().records_size(), 1);
  EXPECT_EQ(again.reliance(), seen.reliance() + 1);
  v1::ListSharesResponse listed;
  ASSERT_TRUE(receiver_->ListShares(Soon().get(), v1::ListSharesRequest(), &listed).ok());
  EXPECT_EQ(listed.shares(0).state(), v1::SHARE_STATE_LAPSED) << "for everybody else it is over";
  look.set_day("2026-03-01");
  EXPECT_EQ(ErrorWord(receiver_->LookAtShare(Soon().get(), look, &again)), "REQUEST_REUSED");
  look.set_request_id("no id");
  EXPECT_EQ(ErrorWord(receiver_->LookAtShare(Soon().get(), look, &again)), "FIELD_INVALID");
  look.clear_request_id();
  EXPECT_EQ(ErrorWord(receiver_->LookAtShare(Soon().get(), look, &again)), "STATE_CONFLICT");
}

TEST_F(ShareCalls, AWatchGoesOnAfterItsToken) {
  const v1::Share first = Give();
  v1::WatchSharesRequest request;
  request.set_resume_token("0");
  const auto context = Soon();
  const auto watch = receiver_->WatchShares(context.get(), request);
  v1::WatchSharesResponse message;
  ASSERT_TRUE(watch->Read(&message));
  EXPECT_FALSE(message.has_notice()) << "that the stream is alive";
  ASSERT_TRUE(watch->Read(&message));
  EXPECT_EQ(message.notice().share_id(), first.share_id());
  const std::string token = message.resume_token();
  const v1::Share second = Give();
  ASSERT_TRUE(watch->Read(&message)) << "as it happens";
  EXPECT_EQ(message.notice().share_id(), second.share_id());
  context->TryCancel();
  watch->Finish();
  const v1::PollSharesResponse polled = Poll(token);
  ASSERT_EQ(polled.notices_size(), 1) << "the same place, by another call";
  EXPECT_EQ(polled.notices(0).share_id(), second.share_id());
  EXPECT_EQ(Poll(polled.resume_token()).notices_size(), 0);
  EXPECT_EQ(Poll("").notices_size(), 2);
  v1::PollSharesRequest wrong;
  wrong.set_resume_token("x");
  v1::PollSharesResponse response;
  EXPECT_EQ(ErrorWord(receiver_->PollShares(Soon().get(), wrong, &response)), "FIELD_INVALID");
}

TEST_F(ShareCalls, ATokenOfAnotherPastIsRefusedWithWhatToDo) {
  Give();
  v1::PollSharesRequest ahead;
  ahead.set_resume_token("7");
  v1::PollSharesResponse response;
  const grpc::Status polled = receiver_->PollShares(Soon().get(), ahead, &response);
  EXPECT_EQ(ErrorWord(polled), "STATE_CONFLICT");
  EXPECT_NE(polled.error_message().find("look at every share again"), std::string::npos) << polled.error_message();
  v1::WatchSharesRequest request;
  request.set_resume_token("7");
  const auto context = Soon();
  const auto watch = receiver_->WatchShares(context.get(), request);
  v1::WatchSharesResponse message;
  while (watch->Read(&message)) EXPECT_FALSE(message.has_notice());
  EXPECT_EQ(ErrorWord(watch->Finish()), "STATE_CONFLICT");
}

TEST_F(ShareCalls, AWatchEndsWhenTheServiceStops) {
  const auto context = Soon(60);
  const auto watch = receiver_->WatchShares(context.get(), v1::WatchSharesRequest());
  v1::WatchSharesResponse message;
  ASSERT_TRUE(watch->Read(&message));
  const auto begun = std::chrono::steady_clock::now();
  world_.server().Drain(std::chrono::seconds(20));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
  while (watch->Read(&message)) EXPECT_FALSE(message.has_notice());
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST(ServerLimits, StreamsLeaveThreadsForCalls) {
  for (const int threads : {8, 16, 96, 1024}) {
    const ServerLimits limits = LimitsFor(threads);
    EXPECT_EQ(limits.threads_max, threads);
    EXPECT_LT(limits.imports_max + 3 * limits.exports_max + limits.watches_max, threads);
    EXPECT_GT(limits.watches_max, 0);
  }
}

}  // namespace
}  // namespace passport
