// A receiver, a person with a program of their own, and the service, each a real process: asked, given, looked at,
// watched over restarts, ended.
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "tests/story/people_house.h"

namespace passport {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kStoryReceiver = kStoryPractice;
constexpr std::chrono::seconds kShareTime{60};

class Share : public PeopleHouse {
 protected:
  bool KeepsAddress() const override { return true; }

  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(PeopleHouse::SetUp());
    TakeUp(InFile("my.passport"), Invite(kStoryTrust, "1001", "invitation-code"), "invitation-code", "passport-code");
    Moving(kStoryTrust, "1001");
    ExpectDone(Mine({"receive"}));
  }

  void Publish() { EXPECT_EQ(Type(std::string(kStoryRegistrar), {"registry", "publish"}).exit_code, 0); }

  // What the person types; the port of people is another one after each start.
  ProcessEnd Mine(const std::vector<std::string>& words) {
    Where where = ServicePlace();
    where.insert(where.begin(), {"--file", At("my.passport")});
    return Wallet(where, words);
  }

  ToolAnswer Receive(std::vector<std::string> words) {
    words.insert(words.begin(), "share");
    return Type(std::string(kStoryReceiver), std::move(words));
  }
  // As a person at a screen has it.
  ProcessEnd ReceiveAsText(const std::vector<std::string>& words) {
    std::vector<std::string> all = {"--server", service().address(), "--tls", service().client_folder(kStoryReceiver),
                                    "share"};
    all.insert(all.end(), words.begin(), words.end());
    const Result<ProcessEnd> end =
        RunProcess({.program = service().Program("passportctl"), .words = all, .log = ""}, In(kShareTime));
    EXPECT_TRUE(end.ok()) << (end.ok() ? "" : end.fault().detail);
    return end.ok() ? *end : ProcessEnd{};
  }

  std::string request_code() const { return At("request-code"); }
  std::string place() const { return At("watch.json"); }
  std::string told() const { return At("told.jsonl"); }

  // The share that was asked for.
  ToolLine Ask(const std::vector<std::string>& more) {
    std::filesystem::remove(request_code());
    std::vector<std::string> words = {"ask",         "--purpose",   "community_shift",          "--role",
                                      "mover",       "--link-base", "https://passport.example", "--code-out",
                                      request_code()};
    words.insert(words.end(), more.begin(), more.end());
    const ToolAnswer asked = Receive(words);
    EXPECT_EQ(asked.exit_code, 0) << asked.output;
    const Result<ToolLine> line = LastLine(asked, "");
    EXPECT_TRUE(line.ok());
    return line.ok() ? *line : ToolLine{};
  }
  static std::string InDays(int days) { return CivilDay::Parse(Today())->PlusDays(days).Text(); }

  void StartWatch() {
    Result<Process> watch =
        Process::Start({.program = service().Program("passportctl"),
                        .words = {"--server", service().address(), "--tls", service().client_folder(kStoryReceiver),
                                  "--json", "share", "watch", "--resume", place()},
                        .log = told()});
    ASSERT_TRUE(watch.ok()) << watch.fault().detail;
    watch_ = std::move(watch).value();
    const Result<std::string> begun = watch_->WaitForLine(place(), In(kShareTime));
    ASSERT_TRUE(begun.ok()) << begun.fault().detail;
  }
  // The lines about notices so far, as soon as there are so many; what the watch says of broken connections is left
  // out.
  std::vector<std::string> Told(std::size_t least) {
    const auto until = std::chrono::steady_clock::now() + kShareTime;
    std::vector<std::string> lines;
    while (std::chrono::steady_clock::now() < until) {
      lines.clear();
      const Result<std::string> text = ReadWholeFile(told());
      std::string_view rest = text.ok() ? std::string_view(*text) : std::string_view();
      for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        if (rest.starts_with("{\"share_id\"")) lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end + 1);
      }
      if (lines.size() >= least) return lines;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ADD_FAILURE() << lines.size() << " notices came";
    lines.resize(least);
    return lines;
  }

  // Until the service has noticed so much, by polls that keep no place.
  void WaitForNotices(std::size_t least) {
    const auto until = std::chrono::steady_clock::now() + kShareTime;
    std::size_t count = 0;
    while (count < least && std::chrono::steady_clock::now() < until)
      count = LinesWith(Receive({"watch", "--poll"}), "");
    ASSERT_EQ(count, least);
  }

  std::optional<Process> watch_;
};

// An opaque id, a time and a place, and nothing more.
void ExpectNoticeOf(const std::string& line, const std::string& share) {
  const Result<ToolLine> parts = LastLine({.exit_code = 0, .output = line + "\n"}, "");
  ASSERT_TRUE(parts.ok()) << line;
  EXPECT_EQ(parts->texts.size(), 3U) << line;
  EXPECT_TRUE(parts->numbers.empty() && parts->lists.empty() && parts->flags.empty()) << line;
  EXPECT_EQ(parts->texts.at("share_id"), share);
  EXPECT_EQ(parts->texts.at("at").size(), 20U);
}

TEST_F(Share, IsAskedGivenLookedAtWatchedOverRestartsAndEnded) {
  ASSERT_NO_FATAL_FAILURE(StartWatch());
  const ToolLine asked = Ask({"--keep-through", InDays(30)});
  const std::string share = asked.texts.at("share_id");
  const std::string link = asked.texts.at("link");
  EXPECT_EQ(link, "https://passport.example/r/" + share);

  const ProcessEnd explained = Mine({"explain", link, "--request-code-file", request_code()});
  EXPECT_EQ(explained.exit_code, 0) << explained.errors;
  EXPECT_THAT(explained.output, HasSubstr("A practice (fictional)"));
  EXPECT_THAT(explained.output, HasSubstr("Working in a community team"));
  EXPECT_THAT(explained.output, HasSubstr("They may keep it through " + InDays(30)));
  const ProcessEnd given = Mine({"present", link, "--request-code-file", request_code(), "--yes"});
  ASSERT_EQ(given.exit_code, 0) << given.errors << given.output;
  ExpectNoticeOf(Told(1).at(0), share);

  const ProcessEnd look = ReceiveAsText({"look", "--id", share});
  EXPECT_EQ(look.exit_code, 0) << look.errors;
  EXPECT_THAT(look.output, HasSubstr("Mandatory training, issued by ods:X0A, standing good as of 20"));
  EXPECT_THAT(look.output, HasSubstr("role mover version 1 on " + Today() + ": met"));
  EXPECT_THAT(look.output, Not(HasSubstr("Testy Courses"))) << "the least that does";

  // Both sides stop; meanwhile the record is suspended.
  watch_->Signal(SIGKILL);
  ASSERT_TRUE(watch_->Wait(In(kShareTime)).ok());
  ASSERT_TRUE(service().Kill().ok());
  ASSERT_TRUE(service().Start().ok());
  const std::string training = AllCredentials().at(0).credential_id;
  ASSERT_EQ(Type(std::string(kStoryTrust), {"credential", "suspend", "--id", training, "--reason", "suspected_invalid"})
                .exit_code,
            0);
  ASSERT_NO_FATAL_FAILURE(WaitForNotices(2));
  ASSERT_NO_FATAL_FAILURE(StartWatch());
  const std::vector<std::string> after = Told(2);
  ExpectNoticeOf(after.at(1), share);
  EXPECT_NE(after.at(0), after.at(1)) << "what was told before is not told again";

  Publish();
  const ToolAnswer suspended = Receive({"look", "--id", share});
  EXPECT_EQ(suspended.exit_code, 1) << suspended.output;
  EXPECT_THAT(suspended.output, HasSubstr(R"("standing":"suspended")"));

  // The service alone stops; the watch goes on by itself.
  ASSERT_TRUE(service().Kill().ok());
  ASSERT_TRUE(service().Start().ok());
  ASSERT_EQ(Type(std::string(kStoryTrust), {"credential", "revoke", "--id", training, "--reason", "issued_in_error"})
                .exit_code,
            0);
  ExpectNoticeOf(Told(3).at(2), share);
  IssueTraining(kStoryTrust, "1001", "moving_and_handling", "2", "2026-05-01");  // beside the share: not told

  const ProcessEnd history = Mine({"history", "--share", share.substr(0, 8), "--json"});
  EXPECT_EQ(history.exit_code, 0) << history.errors;
  EXPECT_EQ(LinesWith({.exit_code = 0, .output = history.output}, ""), 2U) << "every look: " << history.output;
  EXPECT_THAT(history.output, HasSubstr(R"("receiver":"ods:X0B")"));
  EXPECT_THAT(history.output, HasSubstr(R"("purpose":"community_shift")"));

  const ProcessEnd ended = Mine({"--yes", "end-share", "--", share.substr(0, 8)});
  EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  ExpectNoticeOf(Told(4).at(3), share);
  const ToolAnswer over = Receive({"look", "--id", share});
  EXPECT_EQ(over.exit_code, 1);
  EXPECT_THAT(over.output, HasSubstr(R"("reason":"state_conflict")"));
  EXPECT_THAT(Receive({"list"}).output, Not(HasSubstr(share)));
  EXPECT_THAT(Receive({"list", "--all"}).output, HasSubstr(R"("ended_by":"holder")"));

  // Behind a firewall the same is told by polls, from the oldest on, and once.
  const std::string polled = At("polled.json");
  const ToolAnswer all = Receive({"watch", "--poll", "--resume", polled});
  EXPECT_EQ(all.exit_code, 0);
  EXPECT_EQ(LinesWith(all, ""), 4U) << all.output;
  EXPECT_EQ(Receive({"watch", "--poll", "--resume", polled}).output, "");

  watch_->Signal(SIGTERM);
  ASSERT_TRUE(watch_->Wait(In(kShareTime)).ok());
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(Share, IsNotAskedForByAPurposeRoleOrDayThatIsNone) {
  const struct {
    std::vector<std::string> words;
    const char* why;
  } rows[] = {
      {{"--purpose", "community_shift", "--role", "no-such-role", "--once"}, "\"not_found\""},
      {{"--purpose", "curiosity", "--role", "mover", "--once"}, "\"word_unknown\""},
      {{"--purpose", "community_shift", "--role", "mover", "--keep-through", InDays(401)}, "beyond the maximum"},
      {{"--purpose", "community_shift", "--role", "mover", "--keep-through", InDays(-1)}, "is over"},
      {{"--purpose", "community_shift", "--role", "mover", "--keep-through", "soon"}, "\"field_invalid\""},
      {{"--purpose", "community_shift", "--role", "mover", "--kind", "work_health_clearance", "--once"},
       "\"asks_too_much\""},
      {{"--purpose", "community_shift", "--kind", "horoscope", "--once"}, "\"record_kind\""}};
  for (const auto& row : rows) {
    std::vector<std::string> words = {"ask", "--code-out", request_code()};
    words.insert(words.end(), row.words.begin(), row.words.end());
    const ToolAnswer asked = Receive(words);
    EXPECT_EQ(asked.exit_code, 1) << row.why;
    EXPECT_THAT(asked.output, HasSubstr(row.why));
    EXPECT_FALSE(std::filesystem::exists(request_code())) << row.why;
  }
  EXPECT_EQ(Receive({"list", "--all"}).output, "");
  // What the trust asks for is the trust's alone.
  const std::string share = Ask({"--once"}).texts.at("share_id");
  EXPECT_EQ(Type(std::string(kStoryTrust), {"share", "look", "--id", share}).exit_code, 1);
  EXPECT_EQ(Type(std::string(kStoryTrust), {"share", "end", "--id", share}).exit_code, 1);
  const ToolAnswer early = Receive({"look", "--id", share});
  EXPECT_THAT(early.output, HasSubstr("the person has not answered yet"));
  EXPECT_THAT(Receive({"end", "--id", share}).output, HasSubstr(R"("state":"ended")"));
  const ProcessEnd late =
      Mine({"present", "https://passport.example/r/" + share, "--request-code-file", request_code(), "--yes"});
  EXPECT_EQ(late.exit_code, 1) << "it was taken back";
}

TEST_F(Share, OfAnAnswerAloneIsProvedWithoutTheService) {
  const ToolLine asked = Ask({"--keep-through", InDays(30), "--answer-enough"});
  const std::string share = asked.texts.at("share_id");
  const ProcessEnd given =
      Mine({"present", asked.texts.at("link"), "--request-code-file", request_code(), "--answer-only", "--yes"});
  ASSERT_EQ(given.exit_code, 0) << given.errors << given.output;
  const std::string file = At("answer.jwt");
  const ToolAnswer look = Receive({"look", "--id", share, "--answer-out", file});
  EXPECT_EQ(look.exit_code, 2) << "nothing is told of what nobody has proved";
  EXPECT_THAT(look.output, Not(HasSubstr("mandatory_training")));
  const ProcessEnd history = Mine({"history", "--json"});
  EXPECT_EQ(LinesWith({.exit_code = 0, .output = history.output}, ""), 1U) << "a look is seen: " << history.output;
  ASSERT_TRUE(service().Stop().ok());

  const auto check = [&](const std::string& request, std::vector<std::string> more) {
    std::vector<std::string> words = {"answer",      file,
                                      "--published", service().published(),
                                      "--anchor",    service().anchor(),
                                      "--audience",  std::string(kStoryReceiver),
                                      "--request",   request};
    words.insert(words.end(), more.begin(), more.end());
    const Result<ToolAnswer> answer = AskVerifier(service(), std::move(words));
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.fault().detail);
    return answer.ok() ? *answer : ToolAnswer{.exit_code = -1, .output = {}};
  };
  const ToolAnswer met = check(share, {"--nonce", asked.texts.at("nonce")});
  EXPECT_EQ(met.exit_code, 0) << met.output;
  EXPECT_EQ(LastLine(met, "")->texts.at("outcome"), "met");
  EXPECT_EQ(LastLine(met, "")->texts.at("profile"), "mover");
  EXPECT_EQ(check("another", {}).exit_code, 1);
  EXPECT_EQ(
      check(share, {"--answer-age-max", "0", "--at", std::to_string(LastLine(met, "")->numbers.at("answered_at") + 1)})
          .exit_code,
      2);
  ExpectCleanHouse();
}

}  // namespace
}  // namespace passport
