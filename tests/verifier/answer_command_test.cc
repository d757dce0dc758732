// passport-verify answer on a published tree, without a network and at a fixed time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "credential/decision/role_profile.h"
#include "credential/encoding/base64url.h"
#include "credential/evidence/derived_answer.h"
#include "tests/credential/evidence/evidence_world.h"
#include "tests/verifier/offline_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Good until the last days of January, met until the third.
DerivedAnswer MoverAnswer() {
  const std::string profile = IdentityProfile("mover", 1, 240).text;
  return {.receiver = Receiver(),
          .request = "-request",
          .nonce = "nonce-1",
          .subject = SubjectOf('n'),
          .purpose = "community_shift",
          .profile = "mover",
          .profile_version = 1,
          .profile_digest = EncodeBase64Url(RoleProfile::Parse(profile)->digest()),
          .engagement = "placement",
          .day = CivilDay::InLondon(kNow),
          .outcome = Outcome::kMet,
          .holds_through = CivilDay::Parse("2027-01-03").value(),
          .snapshot_id = "snapshot",
          .answered_at = kNow - Seconds{600},
          .expires_at = kNow + Seconds{70 * 86'400}};
}

class AnswerCommand : public ::testing::Test {
 protected:
  explicit AnswerCommand(const std::vector<PublishedRule>& rules = {SmallTaxonomy(), IdentityProfile("mover", 1, 240)})
      : world_(rules) {}
  std::string File(const DerivedAnswer& answer) const {
    return world_.folder().Write(
        "answer.jwt", SignDerivedAnswer(answer, "receipt-1", EvidenceWorld::Get().receipt_key).value() + "\n");
  }
  Ending Check(const std::string& file, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"answer", file, "--published", world_.published(), "--anchor", world_.anchor()};
    for (const auto& [flag, value] : {std::pair("--audience", "ons:E06000032"), std::pair("--request", "-request")}) {
      if (std::find(more.begin(), more.end(), flag) == more.end()) words.insert(words.end(), {flag, value});
    }
    words.insert(words.end(), more.begin(), more.end());
    return RunAtNow(words);
  }
  OfflineWorld world_;
};

TEST_F(AnswerCommand, SaysWhoAnsweredWhatAndUntilWhen) {
  const std::string file = File(MoverAnswer());
  const Ending end = Check(file);
  EXPECT_EQ(end.exit_code, 0) << end.output << end.errors;
  for (const char* words : {"answer: met\n", "role mover version 1 on 2026-11-21, as a placement, through 2027-01-03",
                            "for community_shift", "answered by Staff passport registry (key receipt-1) 10 minutes ago",
                            "good until 2027-01-30"}) {
    EXPECT_THAT(end.output, HasSubstr(words));
  }
  const Ending line = Check(file, {"--json", "--nonce", "nonce-1", "--verifier", "receipt-9,receipt-1"});
  EXPECT_EQ(line.exit_code, 0) << line.output;
  EXPECT_THAT(line.output, HasSubstr(R"({"valid":true,"outcome":"met","day":"2026-11-21","profile":"mover")"));
  EXPECT_THAT(line.output, HasSubstr(R"("kid":"receipt-1","verifier":"Staff passport registry")"));
}

TEST_F(AnswerCommand, IsJudgedForTheDayInQuestion) {
  const struct {
    Outcome outcome;
    const char* on;
    int exit_code;
    const char* words;
  } rows[] = {{Outcome::kMet, "2027-01-03", 0, "answer: met\n"},
              {Outcome::kMetExpiring, "2027-01-03", 0, "answer: met, but expiring\n"},
              {Outcome::kMet, "2027-01-04", 1, "ends_too_soon: it is met through 2027-01-03"},
              {Outcome::kMet, "2026-11-20", 2, "not_yet_in_force: it answers from 2026-11-21 on"},
              {Outcome::kNotMet, "2026-11-21", 1, "answer: not met\n"},
              {Outcome::kCannotTell, "2026-11-21", 2, "answer: cannot tell\n"}};
  for (const auto& row : rows) {
    DerivedAnswer answer = MoverAnswer();
    answer.outcome = row.outcome;
    if (row.outcome > Outcome::kMetExpiring) answer.holds_through.reset();
    const Ending end = Check(File(answer), {"--on", row.on});
    EXPECT_EQ(end.exit_code, row.exit_code) << row.on << end.output;
    EXPECT_THAT(end.output, HasSubstr(row.words));
  }
  DerivedAnswer endless = MoverAnswer();
  endless.holds_through.reset();
  EXPECT_EQ(Check(File(endless), {"--on", "2030-01-01"}).exit_code, 0);
  DerivedAnswer later = MoverAnswer();
  later.day = later.day.PlusDays(5);
  EXPECT_THAT(Check(File(later)).output, HasSubstr("on 2026-11-26")) << "its own day comes first";
}

TEST_F(AnswerCommand, CanNotBeToldOnceItOrTheRegistryIsTooOld) {
  const std::string file = File(MoverAnswer());
  EXPECT_EQ(Check(file, {"--answer-age-max", "600"}).exit_code, 0);
  const Ending old = Check(file, {"--answer-age-max", "599"});
  EXPECT_EQ(old.exit_code, 2) << old.output;
  EXPECT_THAT(old.output, HasSubstr("status_stale: what it rests on may have changed since"));
  // The registry has its next update a day later.
  const std::string after = std::to_string(kNow.seconds + 86'400 + 3600);
  const Ending stale = Check(file, {"--at", after, "--registry-grace", "3600", "--answer-age-max", "999999"});
  EXPECT_EQ(stale.exit_code, 2) << stale.output;
  EXPECT_THAT(stale.output, HasSubstr("registry_stale"));
  EXPECT_THAT(stale.output, HasSubstr("would do until"));
  EXPECT_EQ(Check(file, {"--at", after, "--registry-grace", "3601", "--answer-age-max", "999999"}).exit_code, 0);
}

TEST_F(AnswerCommand, IsForWhoAskedAndTheirRequestAlone) {
  const std::string file = File(MoverAnswer());
  const std::vector<std::vector<std::string>> rows = {
      {"--audience", "ods:RC9"}, {"--request", "another"}, {"--nonce", "another"}, {"--verifier", "receipt-2"}};
  for (const std::vector<std::string>& row : rows) {
    const Ending end = Check(file, row);
    EXPECT_EQ(end.exit_code, 1) << row.front() << end.output;
    EXPECT_THAT(end.output, HasSubstr("answer: does not hold"));
    EXPECT_THAT(end.output, Not(HasSubstr("mover"))) << "nothing is said of what does not hold";
  }
}

TEST_F(AnswerCommand, DoesNotHoldWhenAlteredOrForgedAndSaysNothingOnceRunOut) {
  std::string altered = SignDerivedAnswer(MoverAnswer(), "receipt-1", EvidenceWorld::Get().receipt_key).value();
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Check(world_.folder().Write("altered.jwt", altered)).exit_code, 1);
  const auto forged = SignDerivedAnswer(MoverAnswer(), "receipt-1", EvidenceWorld::Get().other_receipt_key);
  EXPECT_EQ(Check(world_.folder().Write("forged.jwt", *forged)).exit_code, 1);
  EXPECT_EQ(Check(world_.folder().Write("receipt.jwt", Signed(MetReceipt()))).exit_code, 1);
  EXPECT_EQ(Check(world_.folder().Write("none.jwt", "hello")).exit_code, 1);
  DerivedAnswer over = MoverAnswer();
  over.expires_at = kNow;
  const Ending end = Check(File(over), {"--json"});
  EXPECT_EQ(end.exit_code, 2) << "it says nothing any more";
  EXPECT_THAT(end.output, HasSubstr(R"({"valid":false,"reason":"time")"));
}

TEST_F(AnswerCommand, IsNoQuestionWithoutAllItNeeds) {
  const std::string file = File(MoverAnswer());
  EXPECT_EQ(
      RunAtNow({"answer", file, "--anchor", world_.anchor(), "--audience", "ods:RC9", "--request", "r"}).exit_code, 64);
  EXPECT_EQ(RunAtNow({"answer", file, "--published", world_.published(), "--anchor", world_.anchor()}).exit_code, 64);
  EXPECT_EQ(Check(file, {"--audience", "me"}).exit_code, 64);
  EXPECT_EQ(Check(file, {"--on", "tomorrow"}).exit_code, 64);
  EXPECT_EQ(Check(file, {"--verifier", "a,"}).exit_code, 64);
  EXPECT_EQ(Check(file, {"--verifier", ""}).exit_code, 64);
  EXPECT_EQ(Check("/nonexistent").exit_code, 64);
  EXPECT_EQ(RunAtNow({"answer", "--help"}).exit_code, 0);
}

class ChangedProfile : public AnswerCommand {
 protected:
  ChangedProfile()
      : AnswerCommand(
            {SmallTaxonomy(), IdentityProfile("mover", 1, 240), IdentityProfile("mover", 2, 12, "2026-12-01")}) {}
};

TEST_F(ChangedProfile, CanNotBeToldFromTheDayOnWhichTheRoleAsksForSomethingElse) {
  const std::string file = File(MoverAnswer());
  EXPECT_EQ(Check(file, {"--on", "2026-11-30"}).exit_code, 0);
  const Ending changed = Check(file, {"--on", "2026-12-01"});
  EXPECT_EQ(changed.exit_code, 2) << changed.output;
  EXPECT_THAT(changed.output, HasSubstr("another one, version 2"));
}

class WithoutProfile : public AnswerCommand {
 protected:
  WithoutProfile() : AnswerCommand({SmallTaxonomy()}) {}
};

TEST_F(WithoutProfile, CanNotBeToldWhereTheRoleIsNotKnown) {
  const Ending end = Check(File(MoverAnswer()));
  EXPECT_EQ(end.exit_code, 2) << end.output;
  EXPECT_THAT(end.output, HasSubstr("not_found"));
}

}  // namespace
}  // namespace passport
