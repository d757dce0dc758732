// passportctl share ask, list, look and end, over the real wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string SharedContent(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class ShareCommands : public ::testing::Test {
 protected:
  ShareCommands() {
    v1::AskForShareResponse& asked = service_.behaviour().asked;
    asked.set_link("-link");
    asked.set_code("7K3M9PXQ");
    v1::ShareRequest& request = *asked.mutable_share_request();
    request.set_share_request_id("-link");
    request.set_receiver("ods:X0A");
    request.set_nonce("n1");
    request.set_purpose("community_shift");
    request.set_purpose_label("Working in a community team");
    request.set_profile("community-nurse");
    request.set_day("2026-11-22");
    request.set_keep_through("2027-03-01");
    request.set_engagement(v1::ENGAGEMENT_PLACEMENT);
    request.mutable_expire_time()->set_seconds(1795339599);
    v1::AskedRecord& record = *request.add_records();
    record.set_kind("mandatory_training");
    record.add_facts("achieved_on");
    record.set_needs("moving and handling level 2");
  }
  std::string Path(const std::string& name) const { return service_.tls() + "/" + name; }
  std::vector<std::string> ToAsk(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"share", "ask", "--purpose", "community_shift", "--role", "community-nurse"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  v1::PresentedRecord& Give(v1::Verdict verdict) {
    v1::LookAtShareResponse& seen = service_.behaviour().seen;
    seen.Clear();
    seen.mutable_verification()->set_verdict(verdict);
    seen.set_receipt("r.e.ceipt");
    seen.set_reliance(12);
    v1::PresentedRecord& record = *seen.mutable_verification()->mutable_presentation()->add_records();
    record.set_credential_id("c1");
    record.set_issuer("ods:X0B");
    record.set_standing(v1::STANDING_GOOD);
    record.mutable_record()->set_kind("mandatory_training");
    (*record.mutable_record()->mutable_fields())["achieved_on"] = "2026-03-01";
    return record;
  }
  FakeService service_;
};

TEST_F(ShareCommands, AskingTellsWhatIsAskedAndKeepsTheCodeApartFromTheLink) {
  const TypedRun run =
      Type(service_, ToAsk({"--keep-through", "2027-03-01", "--on", "2026-11-22", "--answer-enough", "--answer-within",
                            "600", "--link-base", "https://passport.example/", "--code-out", Path("code")}));
  ASSERT_EQ(run.ending, Ending::kDone) << run.errors;
  const v1::AskForShareRequest& request = service_.behaviour().ask;
  EXPECT_EQ(request.purpose(), "community_shift");
  EXPECT_EQ(request.profile(), "community-nurse");
  EXPECT_EQ(request.keep_through(), "2027-03-01");
  EXPECT_EQ(request.engagement(), v1::ENGAGEMENT_PLACEMENT);
  EXPECT_TRUE(request.answer_enough());
  EXPECT_EQ(request.seconds(), 600U);
  EXPECT_EQ(request.request_id().size(), 22U);
  for (const char* words : {"Working in a community team, role community-nurse, on 2026-11-22, as a placement",
                            "Mandatory training", "because: moving and handling level 2",
                            "https://passport.example/r/-link", "through 2027-03-01", "2026-11-22T09:26:39Z"}) {
    EXPECT_THAT(run.output, HasSubstr(words));
  }
  EXPECT_THAT(run.output + run.errors, Not(HasSubstr("7K3M9PXQ")));
  EXPECT_EQ(SharedContent(Path("code")), "7K3M9PXQ\n");
  struct stat about {};
  ASSERT_EQ(stat(Path("code").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST_F(ShareCommands, TheCodeIsShownOnATerminalOnly) {
  const std::vector<std::string> words = ToAsk({"--once"});
  EXPECT_EQ(Type(service_, words, false).ending, Ending::kUsage);
  EXPECT_TRUE(service_.behaviour().request_ids.empty());
  const TypedRun run = Type(service_, words, true);
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("7K3M9PXQ"));
  std::vector<std::string> as_json = ToAsk({"--once", "--json", "--code-out", Path("code")});
  const TypedRun line = Type(service_, as_json, true);
  EXPECT_EQ(line.ending, Ending::kDone) << line.errors;
  EXPECT_THAT(line.output, HasSubstr(R"("share_id":"-link","link":"https://127.0.0.1/r/-link","code_out":")"));
  EXPECT_THAT(line.output, Not(HasSubstr("7K3M9PXQ")));
}

TEST_F(ShareCommands, WordsThatAskForNothingClearAreNotSent) {
  const std::vector<std::vector<std::string>> rows = {
      {"share"},
      {"share", "ask", "--role", "r", "--once"},
      ToAsk({}),
      ToAsk({"--once", "--keep-through", "2027-03-01"}),
      ToAsk({"--once", "--answer-within", "soon"}),
      {"share", "ask", "--purpose", "community_shift", "--once"},
      {"share", "look"},
      {"share", "look", "--id", "x", "--from", "2026-11-22T08:00"},
      {"share", "look", "--id", "x", "--on", "2026-11-22", "--from", "2026-11-22T08:00", "--to", "2026-11-22T16:00"},
      {"share", "end"},
  };
  for (std::vector<std::string> words : rows) {
    if (words.size() > 1 && words[1] == "ask") words.insert(words.end(), {"--code-out", Path("code")});
    EXPECT_EQ(Type(service_, words).ending, Ending::kUsage) << ::testing::PrintToString(words);
  }
  EXPECT_TRUE(service_.behaviour().request_ids.empty());
  EXPECT_EQ(service_.behaviour().looks, 0);
  EXPECT_FALSE(std::filesystem::exists(Path("code")));
}

TEST_F(ShareCommands, WhatMayNotBeAskedIsSaidAndLeavesNoFileForACode) {
  const struct {
    grpc::StatusCode code;
    const char* reason;
    const char* detail;
  } rows[] = {{grpc::NOT_FOUND, "NOT_FOUND", "no such role profile"},
              {grpc::INVALID_ARGUMENT, "WORD_UNKNOWN", "purpose is not registered"},
              {grpc::INVALID_ARGUMENT, "FIELD_INVALID", "keep_through is beyond the maximum of the purpose, 35 days"},
              {grpc::PERMISSION_DENIED, "ASKS_TOO_MUCH", "the role profile does not need work_health_clearance"}};
  for (const auto& row : rows) {
    service_.behaviour().status = RefusedStatus(row.code, row.reason, row.detail);
    const TypedRun run = Type(service_, ToAsk({"--keep-through", "2030-01-01", "--code-out", Path("code")}));
    EXPECT_EQ(run.ending, Ending::kRefused) << row.reason;
    EXPECT_THAT(run.errors, HasSubstr(row.detail));
    EXPECT_FALSE(std::filesystem::exists(Path("code"))) << row.reason;
  }
}

TEST_F(ShareCommands, ListsEveryPageAndCountsWhatIsOver) {
  v1::Share given;
  given.set_share_id("s1");
  given.set_purpose("community_shift");
  given.set_state(v1::SHARE_STATE_GIVEN);
  given.mutable_give_time()->set_seconds(1795335999);
  given.add_credential_ids("c1");
  v1::Share ended = given;
  ended.set_share_id("s2");
  ended.set_state(v1::SHARE_STATE_ENDED);
  ended.set_ended_by("holder");
  service_.behaviour().shares = {given, ended};
  const TypedRun run = Type(service_, {"share", "list"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("s1"));
  EXPECT_THAT(run.output, HasSubstr("looked at once"));
  EXPECT_THAT(run.output, Not(HasSubstr("s2")));
  EXPECT_THAT(run.output, HasSubstr("1 that are over"));
  const TypedRun all = Type(service_, {"share", "list", "--all", "--json"});
  EXPECT_THAT(all.output, HasSubstr(R"("share_id":"s2")"));
  EXPECT_THAT(all.output, HasSubstr(R"("ended_by":"holder")"));
  ended.set_state(static_cast<v1::ShareState>(99));
  service_.behaviour().shares = {ended};
  const TypedRun newer = Type(service_, {"share", "list"});
  EXPECT_EQ(newer.ending, Ending::kRefused);
  EXPECT_THAT(newer.errors, HasSubstr("schema_newer"));
}

TEST_F(ShareCommands, ALookTellsRecordsAndTheirStandingAndEndsAsTheDecisionDoes) {
  Give(v1::VERDICT_NOT_VALID).set_standing(v1::STANDING_REVOKED);
  const TypedRun revoked = Type(service_, {"share", "look", "--id", "-s1", "--agreement", "mou-7"});
  EXPECT_EQ(revoked.ending, Ending::kRefused) << revoked.errors;
  EXPECT_THAT(revoked.output, HasSubstr("Mandatory training, issued by ods:X0B, standing revoked"));
  EXPECT_EQ(service_.behaviour().look.share_id(), "-s1");
  EXPECT_EQ(service_.behaviour().look.agreement(), "mou-7");
  const struct {
    v1::Outcome outcome;
    Ending ending;
  } rows[] = {{v1::OUTCOME_MET, Ending::kDone},
              {v1::OUTCOME_MET_EXPIRING, Ending::kDone},
              {v1::OUTCOME_NOT_MET, Ending::kRefused},
              {v1::OUTCOME_CANNOT_TELL, Ending::kCannotTell}};
  for (const auto& row : rows) {
    Give(v1::VERDICT_VALID);
    service_.behaviour().seen.mutable_decision()->set_outcome(row.outcome);
    EXPECT_EQ(Type(service_, {"share", "look", "--id", "s1"}).ending, row.ending) << row.outcome;
  }
  const TypedRun line = Type(service_, {"share", "look", "--id", "s1", "--json", "--receipt-out", Path("receipt")});
  EXPECT_THAT(line.output, HasSubstr(R"("decision":{"outcome":"cannot_tell")"));
  EXPECT_THAT(line.output, HasSubstr(R"("reliance":12)"));
  EXPECT_EQ(SharedContent(Path("receipt")), "r.e.ceipt\n");
}

TEST_F(ShareCommands, ALookShowsNothingThatSteersTheTerminal) {
  (*Give(v1::VERDICT_VALID).mutable_record()->mutable_fields())["provider"] = "Testy\x1b[2J Courses\xe2\x80\xae";
  const TypedRun run = Type(service_, {"share", "look", "--id", "s1"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("Testy?[2J Courses?"));
}

TEST_F(ShareCommands, AnAnswerAloneIsHandedOnAndNotJudged) {
  service_.behaviour().seen.set_answer("a.n.swer");
  service_.behaviour().seen.set_receipt("r.e.ceipt");
  service_.behaviour().seen.set_reliance(12);
  const TypedRun run =
      Type(service_, {"share", "look", "--id", "s1", "--answer-out", Path("answer"), "--receipt-out", Path("receipt")});
  EXPECT_EQ(run.ending, Ending::kCannotTell) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("passport-verify answer " + Path("answer") + " --request s1"));
  EXPECT_THAT(run.output, HasSubstr("kept as number 12 of what you rely on"));
  EXPECT_EQ(SharedContent(Path("answer")), "a.n.swer\n");
  EXPECT_EQ(SharedContent(Path("receipt")), "r.e.ceipt\n");
  EXPECT_THAT(Type(service_, {"share", "look", "--id", "s1"}).output, HasSubstr("\na.n.swer\n"))
      << "what can be had once is not lost";
  service_.behaviour().seen.Clear();
  const TypedRun nothing = Type(service_, {"share", "look", "--id", "s1"});
  EXPECT_EQ(nothing.ending, Ending::kRefused) << "an empty look is no yes";
}

TEST_F(ShareCommands, ALookIsNotRepeated) {
  service_.behaviour().status = RefusedStatus(grpc::UNAVAILABLE, "STORE_UNAVAILABLE", "later");
  const TypedRun run = Type(service_, {"share", "look", "--id", "s1", "--receipt-out", Path("receipt")});
  EXPECT_EQ(run.ending, Ending::kUnavailable);
  EXPECT_EQ(service_.behaviour().looks, 1);
  EXPECT_FALSE(std::filesystem::exists(Path("receipt")));
}

TEST_F(ShareCommands, AShareIsGivenUp) {
  const TypedRun run = Type(service_, {"share", "end", "--id", "-s1", "--request-id", "end-1"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().end_share.share_id(), "-s1");
  EXPECT_THAT(service_.behaviour().request_ids, ElementsAre("end-1"));
  EXPECT_THAT(run.output, HasSubstr("can not be looked at any more"));
}

}  // namespace
}  // namespace passport
