// A person with a program of their own, against the real service: invited, given what was issued, shown to a receiver,
// printed on a badge.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/story/people_house.h"

namespace passport {
namespace {

using testing::HasSubstr;

class WalletStory : public PeopleHouse {
 protected:
  ProcessEnd Wallet(const std::vector<std::string>& words) { return PeopleHouse::Wallet(InFile("my.passport"), words); }
  // With the passport of somebody who was invited and took it up.
  void TakeUpInvitation() {
    EXPECT_FALSE(TakeUp(InFile("my.passport"), Invite(kStoryTrust, "1001", "invitation-code"), "invitation-code",
                        "passport-code")
                     .empty());
  }
  void IssueRecords() {
    IssueIdentityCheck(kStoryTrust, "1001");
    Moving(kStoryTrust, "1001");
  }
};

TEST_F(WalletStory, GoesFromAnInvitationToAVerifiedPresentation) {
  TakeUpInvitation();
  ServiceClient trust = Trust();
  IssueRecords();

  const ProcessEnd received = Wallet({"receive"});
  ExpectDone(received);
  EXPECT_THAT(received.output, HasSubstr("Identity check"));
  EXPECT_THAT(received.output, HasSubstr("in force"));
  const ProcessEnd nothing = Wallet({"receive"});
  EXPECT_THAT(nothing.output, HasSubstr("nothing new"));
  const ProcessEnd listed = Wallet({"list", "--json"});
  ExpectDone(listed);
  EXPECT_THAT(listed.output, HasSubstr("\"family_name\":\"Okafor\""));

  const auto challenge = trust.CreateChallenge();
  ASSERT_TRUE(challenge.ok());
  const std::string shown = folder() + "/shown.json";
  const ProcessEnd presented = Wallet({"present", "--audience", challenge->audience, "--nonce", challenge->nonce,
                                       "--purpose", "shift", "--profile", "mover", "--out", shown, "--yes"});
  ExpectDone(presented);
  EXPECT_THAT(presented.output, HasSubstr("They would see this and no more"));
  const Result<std::string> presentation = ReadWholeFile(shown);
  ASSERT_TRUE(presentation.ok());
  const auto decided = trust.DecideRole(challenge->nonce, *presentation, "mover", {});
  ASSERT_TRUE(decided.ok()) << decided.fault().detail;
  EXPECT_EQ(WordOf(decided->verification.verdict), "valid");
  ASSERT_EQ(decided->verification.records.size(), 1U);
  EXPECT_EQ(decided->verification.records.front().record.kind, "mandatory_training");
  ASSERT_TRUE(decided->decision.has_value());
  EXPECT_EQ(WordOf(decided->decision->outcome), "met");
}

TEST_F(WalletStory, GivesNothingWithoutAnAnswerOfThePerson) {
  TakeUpInvitation();
  IssueRecords();
  ExpectDone(Wallet({"receive"}));
  const std::string shown = folder() + "/shown.json";
  // No terminal to ask at, and no --yes.
  const ProcessEnd end = Wallet({"present", "--audience", std::string(kStoryTrust), "--nonce", "n", "--purpose",
                                 "shift", "--profile", "mover", "--out", shown});
  EXPECT_EQ(end.exit_code, 64) << end.output << end.errors;
  EXPECT_FALSE(std::filesystem::exists(shown));
}

TEST_F(WalletStory, HasABadgeThatIsCheckedWithoutTheServiceAndEnds) {
  TakeUpInvitation();
  ServiceClient trust = Trust();
  IssueRecords();
  const std::string photo = Write("photo", "not really a photo");
  const std::string badge = folder() + "/badge.txt";
  const ToolAnswer issued =
      Type(std::string(kStoryTrust),
           {"badge", "issue", "--employee-number", "1001", "--name", "Amara Okafor", "--role", "Community nurse",
            "--through", CivilDay::Parse(Today())->PlusDays(60).Text(), "--photo", photo, "--employer",
            "A trust (fictional)", "--card", folder() + "/card.html", "--badge-out", badge});
  ASSERT_EQ(issued.exit_code, 0) << issued.output;
  const Result<std::string> card = ReadWholeFile(folder() + "/card.html");
  ASSERT_TRUE(card.ok());
  EXPECT_THAT(*card, HasSubstr("<h1>Amara Okafor</h1>"));
  const auto check = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"badge",           badge, "--published", service().published(), "--anchor",
                                      service().anchor()};
    words.insert(words.end(), more.begin(), more.end());
    const Result<ToolAnswer> answer = AskVerifier(service(), std::move(words));
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.fault().detail);
    return answer.ok() ? answer->exit_code : -1;
  };
  EXPECT_EQ(check({"--photo", photo}), 0);
  EXPECT_EQ(check({"--photo", badge}), 1);
  ExpectDone(Wallet({"receive"}));
  ExpectDone(Wallet({"export", "--page", folder() + "/page.html", "--out", folder() + "/export.jsonl"}));
  const Result<std::string> page = ReadWholeFile(folder() + "/page.html");
  ASSERT_TRUE(page.ok());
  EXPECT_THAT(*page, HasSubstr("The code is a signed badge"));

  const Result<ToolLine> line = LastLine(issued, "");
  ASSERT_TRUE(line.ok());
  const auto revoked = trust.RevokeCredential("revoke-1", line->texts.at("credential_id"), "left_organisation");
  ASSERT_TRUE(revoked.ok()) << revoked.fault().detail;
  Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
  ASSERT_TRUE(registrar.ok() && registrar->Publish("publish-2").ok());
  EXPECT_EQ(check({}), 1);
}

}  // namespace
}  // namespace passport
