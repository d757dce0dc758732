// A passport is lost, or somebody says so: reported, replaced by an employer who makes sure, taken back.
#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <functional>

#include "tests/story/people_house.h"

namespace passport {
namespace {

using testing::HasSubstr;

const std::string kWard{kStoryTrust};
const std::string kGp{kStoryPractice};
constexpr int kPeriodSeconds = 4;
// The machine may be busy: what is tried is that it comes, not how fast.
constexpr std::chrono::seconds kPatience{60};

class Loss : public PeopleHouse {
 protected:
  std::vector<std::string> MoreRunFlags() const override {
    return {"--publish-within", std::to_string(kPeriodSeconds)};
  }
  std::string Report(std::string_view code_name) {
    // From a computer that has nothing of the passport.
    std::vector<std::string> words = {"lost", "--passport-code-file", At(code_name)};
    const Where place = ServicePlace();
    words.insert(words.end(), place.begin(), place.end());
    return WalletLine(InFile("nothing-here"), words).texts["report_id"];
  }
  ProcessEnd Undo(const Where& where, std::string_view code_name) {
    std::vector<std::string> words = {"undo-lost", "--passport-code-file", At(code_name), "--json"};
    const Where place = ServicePlace();
    words.insert(words.end(), place.begin(), place.end());
    return Wallet(where, words);
  }
  // What was taken back shows again once its statuses have travelled, within one period.
  static Shown OnceValid(const std::function<Shown()>& show) {
    const auto begun = std::chrono::steady_clock::now();
    Shown shown = show();
    while (shown.verdict != "valid" && std::chrono::steady_clock::now() - begun < kPatience) shown = show();
    return shown;
  }
  // As a place without a network has it: from the published files alone.
  int VerifyOffline(const std::string& presentation) {
    const Result<ToolAnswer> answer =
        AskVerifier(service(), {"presentation", presentation, "--published", service().published(), "--anchor",
                                service().anchor(), "--nonce", "at-the-ward", "--audience", kWard});
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.fault().detail);
    return answer.ok() ? answer->exit_code : -1;
  }
};

TEST_F(Loss, EndsTheOldKeyEverywhereWithinOnePeriodAndOneCommandBringsEverythingBack) {
  const Where lost = InFile("my.passport");
  TakeUpWithRecords(lost, "code");
  const std::string second = Invite(kGp, "B7", "second-code");
  ExpectDone(Wallet(lost, {"join", second, "--invitation-code-file", At("second-code"), "--code-out", At("no-code")}));
  Moving(kGp, "B7");
  ExpectDone(Wallet(lost, {"receive"}));
  ExpectDone(Wallet(lost, Presenting("at-the-ward", "shown")));
  EXPECT_EQ(VerifyOffline(At("shown")), 0);

  const std::string report = Report("code");
  EXPECT_EQ(Show(lost).outcome, "met") << "a report alone ends nothing";
  const ToolAnswer replaced = Type(kWard, Replacing(Today(), "new-code", {"--report", report, "--to", "file"}));
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_EQ(replaced.exit_code, 0) << replaced.output;
  while (Show(lost).verdict != "not_valid") {
    ASSERT_LE(std::chrono::steady_clock::now() - begun, kPatience) << "who asks the service";
  }
  auto last_good = std::chrono::steady_clock::duration::zero();
  for (;;) {
    const auto asked = std::chrono::steady_clock::now() - begun;
    if (VerifyOffline(At("shown")) != 0) break;
    last_good = asked;
    ASSERT_LE(last_good, kPatience);
  }
  ExpectDead(lost);
  ExpectDead(Kept("code"));

  const ToolLine back = [&] {
    std::vector<std::string> words = {
        "init", Said(replaced, "invitation"), "--invitation-code-file", At("new-code"), "--code-out", At("code-2")};
    for (const Where& place : {ServicePlace(), PublishedPlace()}) words.insert(words.end(), place.begin(), place.end());
    return WalletLine(InFile("new.passport"), words);
  }();
  EXPECT_EQ(back.numbers.at("signed_again"), 3U) << "of both employers, and none of their clerks was asked";
  ExpectDone(Wallet(InFile("new.passport"), {"receive"}));
  EXPECT_EQ(Listed(InFile("new.passport"), "\"state\":\"current\""), 3U);
  EXPECT_EQ(Listed(InFile("new.passport"), ""), 3U) << "nothing of what the lost key held";
  const Shown shown = Show(InFile("new.passport"));
  EXPECT_EQ(shown.verdict, "valid") << shown.said;
  EXPECT_EQ(shown.outcome, "met");
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(Loss, AThiefWithACodeAloneChangesNothing) {
  TakeUpWithRecords(InFile("my.passport"), "code");
  const std::string report = Report("code");
  const std::string yesterday = CivilDay::Parse(Today())->PlusDays(-1).Text();
  EXPECT_EQ(Type(kWard, Replacing(yesterday, "new-code", {"--report", report})).exit_code, 1)
      << "who it is was not made sure today";
  EXPECT_EQ(Type(kWard, Replacing(Today(), "new-code", {"--report", "another"})).exit_code, 1);
  EXPECT_EQ(Type(kGp, Replacing(Today(), "new-code", {"--report", report})).exit_code, 1) << "nobody of theirs";
  EXPECT_FALSE(std::filesystem::exists(At("new-code")));
  EXPECT_EQ(Wallet(Kept("code"), {"move", "kept", "--code-out", At("new-code"), "--yes"}).exit_code, 64);
  EXPECT_EQ(Wallet(Kept("code"), {"move", "wallet", "--code-out", At("new-code"), "--yes"}).exit_code, 1)
      << "a code moves nothing away from where its key is";
  EXPECT_FALSE(std::filesystem::exists(At("home/staff-passport/passport")));
  EXPECT_EQ(Undo(InFile("nothing-here"), "code").exit_code, 1) << "there is nothing to take back";
  EXPECT_EQ(Show(InFile("my.passport")).outcome, "met");
}

TEST_F(Loss, IsTakenBackWithinTheDayByWhoHasTheOldKeyAndItsCode) {
  const Where mine = InFile("my.passport");
  TakeUpWithRecords(mine, "code");
  // Somebody took themselves for the person, and the employer believed it.
  const ToolAnswer replaced = Type(kWard, Replacing(Today(), "thief-code", {}));
  ASSERT_EQ(replaced.exit_code, 0) << replaced.output;
  EXPECT_THAT(replaced.output, HasSubstr("\"signed_again\":2"));
  ExpectDead(mine);
  EXPECT_EQ(Listed(Kept("thief-code"), "\"state\":\"current\""), 2U);

  EXPECT_EQ(Undo(InFile("nothing-here"), "code").exit_code, 1) << "the code alone";
  EXPECT_EQ(Undo(mine, "thief-code").exit_code, 1) << "the old key with the new code";
  const ProcessEnd undone = Undo(mine, "code");
  ExpectDone(undone);
  EXPECT_THAT(undone.output, HasSubstr("\"reinstated\":2"));
  EXPECT_EQ(Undo(mine, "code").exit_code, 1) << "once";
  ExpectDead(Kept("thief-code"));
  ExpectDone(Wallet(mine, {"receive"}));
  EXPECT_EQ(Listed(mine, "\"state\":\"current\""), 2U);
  EXPECT_EQ(Listed(mine, ""), 2U) << "nothing of what the other key was given";
  const Shown shown = OnceValid([&] { return Show(mine); });
  EXPECT_EQ(shown.verdict, "valid") << shown.said;
  EXPECT_EQ(shown.held_as, "file");
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(Loss, OfAKeptPassportIsReportedReplacedAndTakenBackWithTheCodeAndAnEmployersWord) {
  TakeUpWithRecords(InFile("my.passport"), "code");
  ExpectDone(Wallet(InFile("my.passport"), {"move", "kept", "--code-out", At("kept-code"), "--yes"}));
  const std::string report = WalletLine(Kept("kept-code"), {"lost"}).texts["report_id"];
  ASSERT_EQ(Type(kWard, Replacing(Today(), "new-code", {"--report", report})).exit_code, 0);
  ExpectDead(Kept("kept-code"));
  EXPECT_EQ(Listed(Kept("new-code"), ""), 2U);
  EXPECT_EQ(ShowKept("new-code").outcome, "met");
  const auto recognised = [&](const std::string& code_name) {
    return Type(kWard, {"person", "unlock", "--employee-number", "1001", "--identity", "known_in_person",
                        "--checked-by", "R. Tester", "--checked-on", Today(), "--code-out", At(code_name)});
  };
  EXPECT_EQ(Undo(InFile("nothing-here"), "kept-code").exit_code, 1) << "a thief may have that";
  const ToolAnswer word = recognised("employers-word");
  ASSERT_EQ(word.exit_code, 0) << word.output;
  const auto undone = WalletLine(Kept("kept-code"), {"undo-lost", "--session-code-file", At("employers-word")});
  EXPECT_EQ(undone.numbers.at("reinstated"), 2U);
  ExpectDead(Kept("new-code"));
  EXPECT_EQ(OnceValid([&] { return ShowKept("kept-code"); }).outcome, "met");
  // Who has no code at hand is recognised, and their passport is open to that employer for a while.
  const ToolAnswer unlocked = recognised("session-code");
  ASSERT_EQ(unlocked.exit_code, 0) << unlocked.output;
  EXPECT_EQ(ShowKept("session-code").held_as, "kept");
}

}  // namespace
}  // namespace passport
