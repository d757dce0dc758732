// A passport in its person's hands, in the programs people and employers type at: received, disputed, moved, joined,
// taken away.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <sstream>

#include "keys/secret_text.h"
#include "keys/system_random.h"
#include "tests/story/people_house.h"
#include "wallet-cli/passport_on_disk.h"

namespace passport {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHospital{kStoryTrust};
const std::string kSurgery{kStoryPractice};
constexpr std::chrono::seconds kBothTime{60};

class Holding : public PeopleHouse {
 protected:
  // The person's own word of their dispute of this credential.
  ToolLine MyDispute(const Where& where, const std::string& credential) {
    const ProcessEnd end = Wallet(where, {"disputes", "--json"});
    ExpectDone(end);
    std::string line;
    std::istringstream lines(end.output);
    std::string last;
    while (std::getline(lines, line)) last = line.find(credential) == std::string::npos ? last : line;
    const Result<ToolLine> found = LastLine({.exit_code = 0, .output = last}, "");
    EXPECT_TRUE(found.ok()) << end.output;
    return found.ok() ? *found : ToolLine{};
  }
  std::string Dispute(const Where& where, const std::string& credential, const std::string& words) {
    return WalletLine(where, {"dispute", credential, "--words", words}).texts["dispute_id"];
  }
  int Settle(const std::string& employer, const std::string& dispute, const std::vector<std::string>& more) {
    std::vector<std::string> words = {"dispute", "settle", dispute, "--answer", "We have looked."};
    words.insert(words.end(), more.begin(), more.end());
    return Type(employer, std::move(words)).exit_code;
  }
};

TEST_F(Holding, OnePassportServesTwoEmployersAndNobodyLogsInTwice) {
  const Where mine = InFile("my.passport");
  const std::string person = TakeUpWithRecords(mine, "code");
  EXPECT_EQ(Listed(mine, "\"state\":\"current\""), 2U);

  const std::string second = Invite(kSurgery, "B7", "second-code");
  const ToolLine joined = WalletLine(mine, {"join", "https://passport.example/i/" + second, "--invitation-code-file",
                                            At("second-code"), "--code-out", At("no-code")});
  EXPECT_EQ(joined.texts.at("person_id"), person);
  EXPECT_EQ(joined.texts.at("organisation"), kSurgery);
  EXPECT_FALSE(std::filesystem::exists(At("no-code"))) << "there is no second code";
  // Good for 60 days more.
  const std::string day = CivilDay::Parse(Today())->PlusDays(-305).Text();
  const std::string fire = IssueTraining(kSurgery, "B7", "fire_safety", "1", day);

  const ProcessEnd received = Wallet(mine, {"receive", "--json"});
  ExpectDone(received);
  EXPECT_EQ(LinesWith({.exit_code = 0, .output = received.output}, ""), 1U) << "what is there does not come again";
  EXPECT_THAT(received.output, HasSubstr(fire));
  const ProcessEnd listed = Wallet(mine, {"list"});
  EXPECT_THAT(listed.output, HasSubstr("A trust (fictional)"));
  EXPECT_THAT(listed.output, HasSubstr("A practice (fictional)"));
  EXPECT_THAT(listed.output, Not(HasSubstr("\x1b"))) << "colours are for terminals";

  const ProcessEnd ends =
      Wallet(mine, {"list", "--expiring", "--role", "warden", "--role", "mover", "--at", kSurgery, "--json"});
  ExpectDone(ends);
  EXPECT_THAT(ends.output, HasSubstr("\"within_days\":90,\"role\":\"warden\""));
  EXPECT_THAT(ends.output, HasSubstr(fire));
  EXPECT_THAT(ends.output, Not(HasSubstr("\"role\":\"mover\""))) << "that one ends in twenty years";
  EXPECT_EQ(Show(mine).outcome, "met");
}

TEST_F(Holding, MovesFromFileToProgramToServiceAndBackAndLeavesNothingBehind) {
  const Where file = InFile("my.passport");
  TakeUpWithRecords(file, "code");
  EXPECT_EQ(Show(file).held_as, "file");
  std::filesystem::copy_file(At("my.passport"), At("copy.passport"));

  EXPECT_EQ(WalletLine(file, {"move", "wallet", "--code-out", At("code-2"), "--yes"}).numbers.at("signed_again"), 2U);
  EXPECT_FALSE(std::filesystem::exists(At("my.passport")));
  ExpectDead(InFile("copy.passport"));
  const Shown stale = Show(InFile("copy.passport"));
  EXPECT_EQ(stale.verdict, "not_valid") << stale.said;
  EXPECT_EQ(stale.standing, "revoked");
  ExpectDone(Wallet(InProgram(), {"receive"}));
  EXPECT_EQ(Listed(InProgram(), ""), 2U) << "nothing of what was under the old key";
  const Shown in_program = Show(InProgram());
  EXPECT_EQ(in_program.held_as, "wallet") << in_program.said;
  EXPECT_EQ(in_program.outcome, "met");

  ExpectDone(Wallet(InProgram(), {"move", "kept", "--code-out", At("code-3"), "--yes"}));
  EXPECT_TRUE(std::filesystem::is_empty(At("home/staff-passport")));
  ExpectDead(Kept("code-2"));
  EXPECT_EQ(Listed(Kept("code-3"), "\"state\":\"current\""), 2U);
  const Shown kept = ShowKept("code-3");
  EXPECT_EQ(kept.held_as, "kept") << kept.said;
  EXPECT_EQ(kept.outcome, "met");

  // Where the rules are goes along, too.
  Where from_service = Kept("code-3");
  const Where rules = PublishedPlace();
  from_service.insert(from_service.end(), rules.begin(), rules.end());
  ExpectDone(Wallet(from_service, {"move", At("new.passport"), "--code-out", At("code-4"), "--yes"}));
  ExpectDead(Kept("code-3"));
  ExpectDone(Wallet(InFile("new.passport"), {"receive"}));
  const Shown back = Show(InFile("new.passport"));
  EXPECT_EQ(back.held_as, "file") << back.said;
  EXPECT_EQ(back.outcome, "met");
  EXPECT_EQ(Wallet(InFile("new.passport"), {"move", At("new.passport"), "--yes"}).exit_code, 64) << "it is there";
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(Holding, AMoveThatFoundNoServiceIsMadeLaterAndOnce) {
  const Where file = InFile("my.passport");
  TakeUpWithRecords(file, "code");
  ASSERT_TRUE(service().Stop().ok());
  EXPECT_EQ(Wallet(file, {"move", "wallet", "--code-out", At("code-2"), "--yes"}).exit_code, 69);
  EXPECT_FALSE(std::filesystem::exists(At("code-2")));
  EXPECT_EQ(Listed(file, "\"state\":\"current\""), 2U) << "until then it is where it was";
  // Another port than before.
  ASSERT_TRUE(service().Start().ok());
  Where moving = file;
  const Where place = ServicePlace();
  moving.insert(moving.end(), place.begin(), place.end());
  ExpectDone(Wallet(moving, {"move", "wallet", "--code-out", At("code-2"), "--yes"}));
  EXPECT_FALSE(std::filesystem::exists(At("my.passport")));
  ExpectDone(Wallet(InProgram(), {"receive"}));
  EXPECT_EQ(Listed(InProgram(), "\"state\":\"current\""), 2U);
  ExpectDead(Kept("code"));
}

TEST_F(Holding, ADisputeGoesToTheIssuerAndThePersonSeesItsEnd) {
  const Where mine = InFile("my.passport");
  TakeUp(mine, Invite(kHospital, "1001", "invitation-code"), "invitation-code", "code");
  const std::string identity = IssueIdentityCheck(kHospital, "1001");
  const std::string training = Moving(kHospital, "1001");
  ExpectDone(Wallet(mine, {"receive"}));
  ExpectDone(Wallet(mine, {"accept", identity}));
  EXPECT_EQ(Listed(mine, "\"accepted\":true"), 1U);

  const std::string wrong = Dispute(mine, training, "The level is one.");
  EXPECT_EQ(Wallet(mine, {"accept", training}).exit_code, 1) << "not while it is disputed";
  const ToolAnswer open = Type(kHospital, {"dispute", "list"});
  EXPECT_EQ(LinesWith(open, ""), 1U);
  EXPECT_EQ(Said(open, "dispute_id"), wrong);
  EXPECT_EQ(Said(open, "words"), "The level is one.");
  EXPECT_EQ(LinesWith(Type(kSurgery, {"dispute", "list", "--all"}), ""), 0U);
  EXPECT_EQ(Settle(kSurgery, wrong, {}), 1) << "only who issued it ends it";
  EXPECT_EQ(Settle(kHospital, wrong, {"--corrected"}), 1) << "the record stands as it was";
  ASSERT_EQ(Type(kHospital, {"credential", "revoke", "--id", training, "--reason", "issued_in_error"}).exit_code, 0);
  EXPECT_EQ(Settle(kHospital, wrong, {"--corrected"}), 0);
  EXPECT_EQ(Settle(kHospital, wrong, {}), 1) << "it has ended";
  const ToolLine corrected = MyDispute(mine, training);
  EXPECT_EQ(corrected.texts.at("state"), "corrected");
  EXPECT_EQ(corrected.texts.at("answer"), "We have looked.");
  ExpectDone(Wallet(mine, {"receive"}));
  EXPECT_EQ(Listed(mine, ""), 1U);

  EXPECT_EQ(Settle(kHospital, Dispute(mine, identity, "That is not my birthday."), {}), 0);
  EXPECT_EQ(MyDispute(mine, identity).texts.at("state"), "confirmed");
  Dispute(mine, identity, "It really is not.");
  ExpectDone(Wallet(mine, {"dispute", identity, "--withdraw"}));
  EXPECT_EQ(MyDispute(mine, identity).texts.at("state"), "withdrawn");
  EXPECT_EQ(LinesWith(Type(kHospital, {"dispute", "list"}), ""), 0U);
  EXPECT_EQ(LinesWith(Type(kHospital, {"dispute", "list", "--all"}), ""), 3U);
}

TEST_F(Holding, NobodyDisputesARecordOfSomebodyElse) {
  TakeUpWithRecords(InFile("my.passport"), "code");
  TakeUp(InFile("other.passport"), Invite(kHospital, "2002", "other-code"), "other-code", "code-2");
  const std::string theirs = Moving(kHospital, "2002");
  EXPECT_EQ(Wallet(InFile("my.passport"), {"dispute", theirs, "--words", "Wrong."}).exit_code, 1);
  // Whoever has their program say that it is theirs meets the service.
  SystemRandom random;
  {
    Result<PassportOnDisk> opened =
        PassportOnDisk::Open(At("my.passport"), SecretOf(kStoryPassphrase), PassportOnDisk::Intent::kChange);
    ASSERT_TRUE(opened.ok()) << opened.fault().detail;
    ASSERT_TRUE(opened->carried()
                    .Take({.id = theirs,
                           .issuer = kHospital,
                           .issuer_name = "A trust (fictional)",
                           .kind = "mandatory_training",
                           .state = "current",
                           .state_reason = "",
                           .token = "",
                           .accepted = false})
                    .ok());
    ASSERT_TRUE(opened->Save(random).ok());
  }
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"dispute", theirs, "--words", "Wrong.", "--json"}, {"accept", theirs, "--json"}}) {
    const ProcessEnd refused = Wallet(InFile("my.passport"), words);
    EXPECT_EQ(refused.exit_code, 1) << refused.output << refused.errors;
    EXPECT_THAT(refused.output, HasSubstr("\"reason\":\"not_found\""));
    EXPECT_THAT(refused.output, HasSubstr("the passport holds no such record"));
  }
  EXPECT_EQ(LinesWith(Type(kHospital, {"dispute", "list", "--all"}), ""), 0U);
}

TEST_F(Holding, TwoPassportsOfOnePersonBecomeOneWhenBothAreProved) {
  const Where mine = InFile("my.passport");
  TakeUpWithRecords(mine, "code");
  TakeUp(InFile("second.passport"), Invite(kSurgery, "B7", "second-invitation"), "second-invitation", "second-code");
  Moving(kSurgery, "B7");
  EXPECT_EQ(Wallet(mine, {"join", "--other-code-file", Write("guessed", "ABCD-EFGH-JKMN-PQRS")}).exit_code, 1);
  EXPECT_EQ(Wallet(mine, {"join", "--other-code-file", At("code")}).exit_code, 1) << "it is the same passport";
  EXPECT_EQ(Wallet(mine, {"join", "--other-code-file", At("second-code")}).exit_code, 1) << "without its key";
  const std::vector<std::string> with_both = {"join",          "--other-code-file",   At("second-code"),
                                              "--other-file",  At("second.passport"), "--other-passphrase-file",
                                              At("passphrase")};
  EXPECT_EQ(WalletLine(mine, with_both).numbers.at("signed_again"), 1U);
  ExpectDone(Wallet(mine, {"receive"}));
  EXPECT_EQ(Listed(mine, "\"state\":\"current\""), 3U);
  EXPECT_EQ(Listed(mine, "A practice (fictional)"), 1U);
  ExpectDead(InFile("second.passport"));
  ExpectDead(Kept("second-code"));
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(Holding, WhoHasLeftTheLastEmployerTakesEverythingAlong) {
  const Where mine = InFile("my.passport");
  TakeUp(mine, Invite(kHospital, "1001", "invitation-code"), "invitation-code", "code");
  const std::vector<std::string> stays = {IssueIdentityCheck(kHospital, "1001"), Moving(kHospital, "1001")};
  const std::string ends = IssueEmployment(kHospital, "1001");
  ExpectDone(Wallet(mine, {"receive"}));
  Dispute(mine, stays.front(), "That is not my birthday.");
  EXPECT_EQ(Show(mine).outcome, "met");
  EXPECT_EQ(Type(kHospital, {"person", "leave", "--employee-number", "1001", "--reason", "still_employed"}).exit_code,
            1);
  const ToolAnswer left = Type(kHospital, {"person", "leave", "--employee-number", "1001", "--reason", "retirement"});
  ASSERT_EQ(left.exit_code, 0) << left.output;
  EXPECT_THAT(left.output, HasSubstr("\"revoked\":[\"" + ends + "\"],\"kept\":2"));
  ExpectDone(Wallet(mine, {"receive"}));

  ExpectDone(Wallet(
      mine, {"export", "--page", At("page.html"), "--out", At("mine.jsonl"), "--everything-out", At("all.jsonl")}));
  const std::string page = Read(At("page.html"));
  EXPECT_THAT(page, HasSubstr("Amara Okafor"));
  EXPECT_THAT(page, HasSubstr("moving and handling"));
  EXPECT_THAT(page, Not(HasSubstr("Porter"))) << "what was revoked is not shown";
  const std::string carried = Read(At("mine.jsonl"));
  EXPECT_EQ(std::count(carried.begin(), carried.end(), '\n'), 4) << "a header and what was received";
  const std::string all = Read(At("all.jsonl"));
  for (const std::string& id : stays) {
    EXPECT_THAT(carried, HasSubstr("{\"credential_id\":\"" + id));
    EXPECT_THAT(all, HasSubstr("{\"line\":\"credential\",\"credential_id\":\"" + id));
  }
  for (const std::string_view part : {"\"leaving_reason\":\"retirement\"", "That is not my birthday.",
                                      "\"line\":\"look\"", "\"state_reason\":\"left_organisation\""}) {
    EXPECT_THAT(all, HasSubstr(std::string(part)));
  }
  const auto lines = std::count(all.begin(), all.end(), '\n') - 1;
  EXPECT_THAT(all, HasSubstr("{\"line\":\"end\",\"lines\":" + std::to_string(lines) + "}")) << "it is whole";
  EXPECT_EQ(Show(mine).outcome, "met") << "what was achieved stays good";
  EXPECT_EQ(Wallet(mine, {"export", "--page", At("page.html")}).exit_code, 64) << "nothing is overwritten";
}

TEST_F(Holding, OfTwoDevicesThatAnswerOneChallengeAtOnceOneIsHeard) {
  TakeUpWithRecords(InFile("phone.passport"), "code");
  std::filesystem::copy_file(At("phone.passport"), At("laptop.passport"));
  const auto at_once = [](const ProcessOrder& one, const ProcessOrder& other) {
    Result<Process> first = Process::Start(one);
    Result<Process> second = Process::Start(other);
    EXPECT_TRUE(first.ok() && second.ok());
    std::vector<ProcessEnd> ends;
    ends.push_back(first->Wait(In(kBothTime)).value());
    ends.push_back(second->Wait(In(kBothTime)).value());
    return ends;
  };
  const std::string nonce = Challenge();
  for (const ProcessEnd& end : at_once(WalletOrder(InFile("phone.passport"), Presenting(nonce, "from-phone")),
                                       WalletOrder(InFile("laptop.passport"), Presenting(nonce, "from-laptop"))))
    ExpectDone(end);
  const auto verifying = [&](const std::string& name) -> ProcessOrder {
    return {.program = service().Program("passportctl"),
            .words = {"--server", service().address(), "--tls", service().client_folder(kHospital), "--json", "verify",
                      At(name), "--nonce", nonce, "--role", "mover"},
            .log = ""};
  };
  std::vector<int> codes;
  for (const ProcessEnd& end : at_once(verifying("from-phone"), verifying("from-laptop"))) {
    codes.push_back(end.exit_code);
    if (end.exit_code != 0) {
      EXPECT_THAT(end.output, HasSubstr("kb_nonce"));
    }
  }
  EXPECT_THAT(codes, testing::UnorderedElementsAre(0, 1));
  // Each alone is the person's.
  EXPECT_EQ(Show(InFile("phone.passport")).outcome, "met");
  EXPECT_EQ(Show(InFile("laptop.passport")).outcome, "met");
}

}  // namespace
}  // namespace passport
