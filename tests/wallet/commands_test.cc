// What a person types where no service is at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "credential/presentation/verified_presentation.h"
#include "credential/vocabulary/instant_text.h"
#include "tests/wallet/wallet_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Record> NurseRecords(std::string_view fire_safety_on = "2026-09-01") {
  return {MakeRecord("identity_check"),
          MakeRecord("mandatory_training", {{"subject", "fire_safety"},
                                            {"level", "1"},
                                            {"part", ""},
                                            {"expires_on", ""},
                                            {"achieved_on", std::string(fire_safety_on)},
                                            {"checked_on", std::string(fire_safety_on)}}),
          MakeRecord("employment")};
}

std::vector<std::string> ToTheCouncil(const WalletWorld& world, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {
      "present", "--audience", "ons:E06000032",       "--nonce", "nonce-1", "--purpose", "shift", "--profile",
      "nurse",   "--out",      world.At("shown.json")};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(WalletCommands, ListsWhatIsInThePassport) {
  WalletWorld world(NurseRecords());
  const Typed listed = world.Type({"list"});
  EXPECT_EQ(listed.exit_code, 0) << listed.errors;
  for (const std::string_view part : {"KIND", "Identity check", "fire_safety", "Example Trust", "in force"}) {
    EXPECT_THAT(listed.output, HasSubstr(std::string(part)));
  }
  EXPECT_THAT(listed.output, Not(HasSubstr("\x1b")));
  EXPECT_THAT(world.Type({"list"}, {}, true).output, HasSubstr("\x1b[32min force\x1b[0m"));
  const Typed lines = world.Type({"list", "--json"}, {}, true);
  EXPECT_THAT(lines.output, HasSubstr("\"credential_id\":\"" + world.ids().front() + "\""));
  EXPECT_THAT(lines.output, Not(HasSubstr("\x1b")));
}

TEST(WalletCommands, SaysWhatEndsByTheRoleAndWhatIsLacking) {
  WalletWorld world(NurseRecords("2025-12-01"));
  const Typed ends = world.Type({"list", "--expiring", "--role", "nurse"});
  EXPECT_EQ(ends.exit_code, 0) << ends.output << ends.errors;
  EXPECT_THAT(ends.output, HasSubstr("ends within 30 days"));
  EXPECT_THAT(ends.output, HasSubstr("2026-12-01  fire safety in the last 12 months"));
  WalletWorld without({MakeRecord("employment")});
  const Typed lacks = without.Type({"list", "--expiring", "--role", "nurse", "--json"});
  EXPECT_EQ(lacks.exit_code, 1);
  EXPECT_THAT(lacks.output, HasSubstr("\"requirement\":\"identity\""));
  EXPECT_THAT(lacks.output, HasSubstr("\"reason\":\"record_missing\""));
  EXPECT_EQ(world.Type({"list", "--expiring", "--role", "pilot"}).exit_code, 1);
  EXPECT_EQ(world.Type({"list", "--role", "nurse"}).exit_code, 64);
}

TEST(WalletCommands, PresentsTheLeastThatAnswersOnceThePersonAgrees) {
  WalletWorld world(NurseRecords());
  const Typed presented = world.Type(ToTheCouncil(world), true);
  ASSERT_EQ(presented.exit_code, 0) << presented.errors;
  EXPECT_EQ(world.questions, 1);
  EXPECT_THAT(presented.output, HasSubstr("They would see this and no more"));
  const Result<Presentation> presentation = Presentation::Parse(*ReadWholeFile(world.At("shown.json")));
  ASSERT_TRUE(presentation.ok());
  const Result<VerifiedPresentation> verified = VerifyPresentation(
      *presentation, {.audience = "ons:E06000032", .nonce = "nonce-1", .proof_age_max = {300}, .leeway = kMinute},
      *TrustWorld::Get().Snapshot(), kNow);
  ASSERT_TRUE(verified.ok()) << verified.fault().detail;
  EXPECT_EQ(verified->purpose(), "shift");
  ASSERT_EQ(verified->records().size(), 2U);  // not the employment
  for (const PresentedRecord& record : verified->records()) {
    EXPECT_FALSE(record.record.Find("date_of_birth").has_value());
  }
}

TEST(WalletCommands, GivesNothingAgainstOrWithoutTheWillOfThePerson) {
  WalletWorld world(NurseRecords());
  EXPECT_EQ(world.Type(ToTheCouncil(world), false).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(world.At("shown.json")));
  EXPECT_EQ(world.Type(ToTheCouncil(world)).exit_code, 64);
  EXPECT_FALSE(std::filesystem::exists(world.At("shown.json")));
  EXPECT_EQ(world.Type(ToTheCouncil(world, {"--yes"})).exit_code, 0);
  EXPECT_EQ(world.questions, 2);
  // What is there is not overwritten.
  EXPECT_EQ(world.Type(ToTheCouncil(world, {"--yes"})).exit_code, 64);
}

TEST(WalletCommands, ExplainsARequestInPlainWords) {
  WalletWorld world(NurseRecords());
  const std::string request = world.Write(
      "request.json",
      R"({"receiver":"ons:E06000032","receiver_name":"A council","audience":"ons:E06000032","nonce":"n",)"
      R"("purpose":"shift","purpose_label":"Working a shift","profile":"nurse","keep_through":"2026-12-31",)"
      R"("records":[{"kind":"identity_check","needs":"identity checked"}]})");
  const Typed explained = world.Type({"explain", request});
  EXPECT_EQ(explained.exit_code, 0) << explained.errors;
  for (const std::string_view part :
       {"Example E06000032 (ons:E06000032) asks, for Working a shift", "through 2026-12-31",
        "because: identity checked", "They would see this and no more"}) {
    EXPECT_THAT(explained.output, HasSubstr(std::string(part)));
  }
  const Typed unknown =
      world.Type({"explain", world.Write("other.json", R"({"receiver":"ods:X0A","audience":"ods:X0A","nonce":"n",)"
                                                       R"("purpose":"shift","profile":"pilot"})")});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.errors, HasSubstr("not_found"));
}

std::vector<std::string> ToAnswer(const WalletWorld& world, const std::string& request) {
  return {"present", request, "--out", world.At("shown.json"), "--yes"};
}

// What went into the file, by kind: "identity_check: achieved_on ...".
std::string Given(const WalletWorld& world) {
  const Result<Presentation> presentation = Presentation::Parse(*ReadWholeFile(world.At("shown.json")));
  if (!presentation.ok()) return "unreadable";
  const Result<VerifiedPresentation> verified = VerifyPresentation(
      *presentation, {.audience = "ons:E06000032", .nonce = "n", .proof_age_max = {300}, .leeway = kMinute},
      *TrustWorld::Get().Snapshot(), kNow);
  if (!verified.ok()) return std::string(WordOf(verified.fault().reason));
  std::string all;
  for (const PresentedRecord& record : verified->records()) {
    all += std::string(record.record.kind().word) + ":";
    for (const Fact& fact : record.record.facts()) all += " " + std::string(fact.rule->name);
    all += "\n";
  }
  return all;
}

TEST(WalletCommands, RefusesARequestWhoseAnswerWouldGoToAnother) {
  WalletWorld world(NurseRecords());
  const std::string request =
      world.Write("request.json", R"({"receiver":"ons:E06000032","audience":"ods:X0A","nonce":"n","purpose":"shift",)"
                                  R"("profile":"nurse"})");
  const Typed explained = world.Type({"explain", request});
  EXPECT_EQ(explained.exit_code, 1);
  EXPECT_THAT(explained.errors, HasSubstr("kb_aud"));
  EXPECT_THAT(explained.output, Not(HasSubstr("asks")));
  EXPECT_EQ(world.Type(ToAnswer(world, request)).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(world.At("shown.json")));
}

TEST(WalletCommands, TakesTheNameOfWhoAsksFromTheRegistry) {
  WalletWorld world(NurseRecords());
  const auto explain = [&](const std::string& receiver) {
    const std::string request = world.Write(
        "request.json", R"({"receiver":")" + receiver + R"(","receiver_name":"A name in a file","audience":")" +
                            receiver + R"(","nonce":"n","purpose":"shift","profile":"nurse"})");
    return world.Type({"explain", request}).output;
  };
  EXPECT_THAT(explain("ons:E06000032"), HasSubstr("Example E06000032 (ons:E06000032) asks"));
  EXPECT_THAT(explain("ods:X0A"), HasSubstr("An organisation whose name is not known here (ods:X0A) asks"));
  EXPECT_THAT(explain("ods:X0A"), Not(HasSubstr("A name in a file")));
}

TEST(WalletCommands, RefusesARequestWhoseTimeIsOver) {
  WalletWorld world(NurseRecords());
  const auto present = [&](Instant until) {
    const std::string request = world.Write(
        "request.json", R"({"receiver":"ons:E06000032","audience":"ons:E06000032","nonce":"n","purpose":"shift",)"
                        R"("profile":"nurse","expire_time":")" +
                            UtcText(until) + "\"}");
    return world.Type(ToAnswer(world, request));
  };
  const Typed late = present(kNow);
  EXPECT_EQ(late.exit_code, 1);
  EXPECT_THAT(late.errors, HasSubstr("the time to answer this request is over"));
  EXPECT_EQ(present(kNow + Seconds{1}).exit_code, 0);
}

TEST(WalletCommands, ShowsNoMoreOfARoleThanTheRequestAsksFor) {
  WalletWorld world(NurseRecords());
  const std::string request =
      world.Write("request.json", R"({"receiver":"ons:E06000032","audience":"ons:E06000032","nonce":"n",)"
                                  R"("purpose":"shift","profile":"nurse","records":[{"kind":"mandatory_training",)"
                                  R"("facts":["subject","level","achieved_on"]}]})");
  const Typed presented = world.Type(ToAnswer(world, request));
  ASSERT_EQ(presented.exit_code, 0) << presented.errors;
  EXPECT_THAT(Given(world), ::testing::StartsWith("mandatory_training:"));
  EXPECT_THAT(Given(world), Not(HasSubstr("identity_check")));
  EXPECT_THAT(Given(world), Not(HasSubstr("assurance")));
}

TEST(WalletCommands, ShowsOfAKindTheFactsThatItsRecordsHave) {
  WalletWorld world(NurseRecords());
  const std::string request =
      world.Write("request.json",
                  R"({"receiver":"ons:E06000032","audience":"ons:E06000032","nonce":"n","purpose":"shift","records":[)"
                  R"({"kind":"mandatory_training","facts":["subject","level","framework","part","achieved_on",)"
                  R"("expires_on"]},{"kind":"qualification","facts":["achieved_on"]}]})");
  const Typed presented = world.Type(ToAnswer(world, request));
  ASSERT_EQ(presented.exit_code, 0) << presented.errors;
  EXPECT_THAT(presented.output, HasSubstr("not there: Qualification"));
  EXPECT_THAT(Given(world), HasSubstr("achieved_on")) << "the course has neither part nor end";
}

TEST(WalletCommands, SaysWhatIsMissingForARequest) {
  WalletWorld world({MakeRecord("identity_check")});
  const std::string request =
      world.Write("request.json", R"({"receiver":"ons:E06000032","audience":"ons:E06000032","nonce":"n",)"
                                  R"("purpose":"shift","profile":"nurse"})");
  const Typed explained = world.Type({"explain", request});
  EXPECT_EQ(explained.exit_code, 1);
  EXPECT_THAT(explained.output, HasSubstr("would not be met: fire safety in the last 12 months"));
}

TEST(WalletCommands, ExportsLinesAndAPage) {
  WalletWorld world(NurseRecords());
  const Typed exported = world.Type({"export", "--out", world.At("all.jsonl"), "--page", world.At("page.html")});
  ASSERT_EQ(exported.exit_code, 0) << exported.errors;
  const std::string lines = *ReadWholeFile(world.At("all.jsonl"));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 4);
  EXPECT_THAT(lines, HasSubstr("\"staff_passport_wallet_export\":1"));
  EXPECT_THAT(lines, HasSubstr("\"subject\":\"fire_safety\""));
  const std::string page = *ReadWholeFile(world.At("page.html"));
  EXPECT_THAT(page, HasSubstr("How to check it"));
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_EQ(world.Type({"export"}).exit_code, 64);
}

TEST(WalletCommands, InitMakesThePassportOfTheProgramOnce) {
  WalletWorld world;
  const Typed made = world.TypeBare({"init"});
  EXPECT_EQ(made.exit_code, 0) << made.errors;
  EXPECT_TRUE(std::filesystem::exists(world.At("home/passport")));
  EXPECT_EQ(world.TypeBare({"list"}).exit_code, 0);
  // Nothing was taken up with it yet, so it is no passport in use.
  EXPECT_EQ(world.TypeBare({"init"}).exit_code, 0);
  EXPECT_EQ(world.Type({"init"}).exit_code, 1);
}

TEST(WalletCommands, InitSaysInJsonWhereThePassportIs) {
  WalletWorld world;
  EXPECT_EQ(world.TypeBare({"init", "--json"}).output, "{\"passport\":\"" + world.At("home/passport") + "\"}\n");
}

// Words that are not there take a dispute back, so nothing must stand for them.
TEST(WalletCommands, DisputeWantsWords) {
  WalletWorld world(NurseRecords());
  const auto dispute = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all = {"dispute", world.ids().front()};
    all.insert(all.end(), words.begin(), words.end());
    const Typed typed = world.Type(all);
    EXPECT_EQ(typed.exit_code, 64) << typed.errors;
    return typed.errors;
  };
  for (const std::string& nothing :
       {std::string(), std::string("\n"), std::string(" \r\n\n"), std::string(1001, 'a')}) {
    EXPECT_THAT(dispute({"--words-file", world.Write("words", nothing)}), HasSubstr("1 to 1000 bytes"));
  }
  EXPECT_THAT(dispute({"--words", std::string(1001, 'a')}), HasSubstr("1 to 1000 bytes"));
  EXPECT_THAT(dispute({}), HasSubstr("--withdraw"));
  EXPECT_THAT(dispute({"--words", "wrong", "--withdraw"}), HasSubstr("--withdraw"));
  // Then the service is asked, which is not there.
  EXPECT_THAT(dispute({"--words", std::string(1000, 'a')}), HasSubstr("--server"));
  EXPECT_THAT(dispute({"--words-file", world.Write("words", std::string(1000, 'a') + "\n")}), HasSubstr("--server"));
  EXPECT_THAT(dispute({"--withdraw"}), HasSubstr("--server"));
}

TEST(WalletCommands, NothingIsSaidOfARecordThatIsNotInThePassport) {
  WalletWorld world(NurseRecords());
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"accept", "nobodys"}, {"dispute", "nobodys", "--words", "wrong"}}) {
    const Typed typed = world.Type(words);
    EXPECT_EQ(typed.exit_code, 1);
    EXPECT_THAT(typed.errors, HasSubstr("reason: not_found"));
  }
}

TEST(WalletCommands, SayWhatIsMissingWhenThereIsNoServiceOrNoPassport) {
  WalletWorld world;
  const Typed receive = world.Type({"receive"});
  EXPECT_EQ(receive.exit_code, 64);
  EXPECT_THAT(receive.errors, HasSubstr("--server"));
  const std::string authority = world.Write("ca.pem", "-----BEGIN CERTIFICATE-----\n");
  EXPECT_EQ(world.Type({"--server", "127.0.0.1", "--ca", authority, "receive"}).exit_code, 1);
  const Typed nowhere = world.TypeBare({"list"});
  EXPECT_EQ(nowhere.exit_code, 64);
  EXPECT_THAT(nowhere.errors, HasSubstr("passport-wallet init"));
}

TEST(WalletCommands, JoinAPassportInAFileByItsCodeAndThatFile) {
  WalletWorld world;
  const std::string code = world.Write("other-code", "AbCdEfGhIjKlMnOpQrStUv");
  EXPECT_THAT(world.Type({"join", "x3Vd0", "--other-file", world.file()}).errors, HasSubstr("--other-code-file"));
  const auto join = [&](const std::string& file, const std::string& words) {
    return world
        .Type({"join", "--other-code-file", code, "--other-file", file, "--other-passphrase-file",
               world.Write("other-words", words)})
        .errors;
  };
  EXPECT_THAT(join(world.At("none"), "other words"), HasSubstr("there is no passport at"));
  EXPECT_THAT(join(world.file(), "other words"), HasSubstr("reason: passphrase"));
  EXPECT_THAT(join(world.file(), std::string(kMyPassphrase)), HasSubstr("--server")) << "opened; now the service";
}

TEST(WalletCommands, TellAWrongPassphraseFromADamagedFile) {
  WalletWorld world;
  const Typed wrong =
      world.TypeBare({"--file", world.file(), "--passphrase-file", world.Write("wrong", "other words"), "list"});
  EXPECT_EQ(wrong.exit_code, 64);
  EXPECT_THAT(wrong.errors, HasSubstr("reason: passphrase"));
  const std::string text = *ReadWholeFile(world.file());
  world.Write("my.passport", text.substr(0, text.size() - 5));
  const Typed cut = world.Type({"list"});
  EXPECT_EQ(cut.exit_code, 64);
  EXPECT_THAT(cut.errors, HasSubstr("cut short"));
  EXPECT_THAT(cut.errors, HasSubstr("copy of the file"));
}

}  // namespace
}  // namespace passport
