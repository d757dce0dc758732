// What an employer types about passports that are new, locked or lost, about people who leave, and about disputes.
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

class PersonCommands : public ::testing::Test {
 protected:
  std::string Path(const std::string& name) const { return service_.tls() + "/" + name; }
  std::string CodeIn(const std::string& name) const {
    struct stat about {};
    EXPECT_EQ(stat(Path(name).c_str(), &about), 0) << name;
    EXPECT_EQ(about.st_mode & 07777U, 0600U) << "readable by its owner only";
    std::ifstream file(Path(name));
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  // person VERB for number 1001, somebody known whom R. Tester recognised on 1 March.
  std::vector<std::string> Recognised(const std::string& verb, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {
        "person",          verb,           "--employee-number", "1001",         "--identity",
        "known_in_person", "--checked-by", "R. Tester",         "--checked-on", "2026-03-01"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  static void ExpectRecognised(const v1::IdentityAssurance& identity) {
    EXPECT_EQ(identity.method(), "known_in_person");
    EXPECT_EQ(identity.checked_by(), "R. Tester");
    EXPECT_EQ(identity.checked_on(), "2026-03-01");
  }
  static v1::InvitePersonResponse AnInvitation() {
    v1::InvitePersonResponse invitation;
    invitation.set_invitation("inv-1");
    invitation.set_code("ABCD1234");
    invitation.mutable_expire_time()->set_seconds(1'795'940'000);
    return invitation;
  }
  FakePassports& passports() { return service_.behaviour().passports; }
  FakeService service_;
};

TEST_F(PersonCommands, InviteTellsTheLinkAndKeepsTheCodeApart) {
  passports().invited = AnInvitation();
  const TypedRun run = Type(service_, Recognised("invite", {"--code-out", Path("code")}));
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(passports().invite.employee_number(), "1001");
  ExpectRecognised(passports().invite.identity());
  EXPECT_THAT(run.output, HasSubstr("invitation inv-1, good until 2026-11-29T08:13:20Z"));
  EXPECT_THAT(run.output, Not(HasSubstr("ABCD1234")));
  EXPECT_EQ(CodeIn("code"), "ABCD1234\n");
  const TypedRun json = Type(service_, Recognised("invite", {"--code-out", Path("code-2"), "--json"}));
  EXPECT_EQ(json.output, "{\"invitation\":\"inv-1\",\"code_out\":\"" + Path("code-2") +
                             "\",\"expires_at\":\"2026-11-29T08:13:20Z\"}\n");
}

TEST_F(PersonCommands, ACodeIsShownOnATerminalOnly) {
  passports().invited = AnInvitation();
  for (const std::string verb : {"invite", "unlock", "lost"}) {
    const TypedRun unseen = Type(service_, Recognised(verb));
    EXPECT_EQ(unseen.ending, Ending::kUsage) << verb;
    EXPECT_THAT(unseen.errors, HasSubstr("--code-out FILE"));
    EXPECT_EQ(Type(service_, Recognised(verb, {"--json"}), true).ending, Ending::kUsage) << "JSON is for programs";
  }
  EXPECT_TRUE(passports().request_ids.empty()) << "nothing is asked for that would be lost";
  EXPECT_THAT(Type(service_, Recognised("invite"), true).output, HasSubstr("code, shown once: ABCD1234"));
}

TEST_F(PersonCommands, LeaveNoEmptyCodeFileWhenTheyAreRefusedAndOverwriteNone) {
  passports().status = RefusedStatus(grpc::FAILED_PRECONDITION, "STATE_CONFLICT", "The present state forbids it.");
  for (const std::string verb : {"invite", "unlock", "lost"}) {
    EXPECT_EQ(Type(service_, Recognised(verb, {"--code-out", Path("code")})).ending, Ending::kRefused);
    EXPECT_FALSE(std::filesystem::exists(Path("code"))) << verb;
  }
  passports().status = grpc::Status::OK;
  passports().request_ids.clear();
  std::ofstream(Path("code")) << "somebody's\n";
  EXPECT_EQ(Type(service_, Recognised("invite", {"--code-out", Path("code")})).ending, Ending::kUsage);
  EXPECT_TRUE(passports().request_ids.empty());
}

TEST_F(PersonCommands, UnlockTellsUntilWhen) {
  passports().unlocked.set_session_code("SESS-IONC");
  passports().unlocked.mutable_expire_time()->set_seconds(1'795'336'899);
  const TypedRun run = Type(service_, Recognised("unlock", {"--code-out", Path("code")}));
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(passports().unlock.employee_number(), "1001");
  ExpectRecognised(passports().unlock.identity());
  EXPECT_EQ(CodeIn("code"), "SESS-IONC\n");
  EXPECT_THAT(run.output, HasSubstr("open to your organisation until 2026-11-22T08:41:39Z"));
}

TEST_F(PersonCommands, LostSignsAgainAtOnceOrInvites) {
  passports().replaced.set_signed_again(40);
  passports().replaced.add_left_behind("left-1");
  passports().replaced.set_passport_code("NEWC-ODE1");
  passports().replaced.mutable_undo_until()->set_seconds(1'795'422'399);
  const TypedRun kept =
      Type(service_, Recognised("lost", {"--report", "-rep", "--end-shares", "--code-out", Path("code")}));
  EXPECT_EQ(kept.ending, Ending::kDone) << kept.errors;
  const v1::ReplacePassportRequest& asked = passports().replace;
  EXPECT_EQ(asked.employee_number(), "1001");
  ExpectRecognised(asked.identity());
  EXPECT_EQ(asked.report_id(), "-rep");
  EXPECT_EQ(asked.held_as(), v1::HELD_AS_KEPT);
  EXPECT_TRUE(asked.end_shares());
  EXPECT_EQ(CodeIn("code"), "NEWC-ODE1\n");
  EXPECT_THAT(kept.output, HasSubstr("40 credentials are signed again"));
  EXPECT_THAT(kept.output, HasSubstr("its issuer may not any more: left-1"));
  EXPECT_THAT(kept.output, HasSubstr("take this back until 2026-11-23T08:26:39Z"));

  passports().replaced.Clear();
  *passports().replaced.mutable_invitation() = AnInvitation();
  const TypedRun wallet =
      Type(service_, Recognised("lost", {"--to", "wallet", "--code-out", Path("code-2"), "--json"}));
  EXPECT_EQ(wallet.ending, Ending::kDone) << wallet.errors;
  EXPECT_EQ(passports().replace.held_as(), v1::HELD_AS_WALLET);
  EXPECT_TRUE(passports().replace.report_id().empty());
  EXPECT_FALSE(passports().replace.end_shares());
  EXPECT_EQ(CodeIn("code-2"), "ABCD1234\n");
  EXPECT_THAT(wallet.output, HasSubstr("\"signed_again\":0,\"left_behind\":[],\"invitation\":\"inv-1\""));
}

TEST_F(PersonCommands, LeaveSaysWhatEnds) {
  passports().left.add_revoked("employment-1");
  passports().left.set_kept(7);
  const std::vector<std::string> words = {"person", "leave", "--employee-number", "1001", "--reason", "retirement"};
  const TypedRun run = Type(service_, words);
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(passports().leave.employee_number(), "1001");
  EXPECT_EQ(passports().leave.reason(), "retirement");
  EXPECT_THAT(run.output, HasSubstr("1 credentials that say the person works here are revoked; 7 others stand"));
  std::vector<std::string> json = words;
  json.insert(json.end(), {"--json", "--request-id", "again-1"});
  EXPECT_EQ(Type(service_, json).output, "{\"revoked\":[\"employment-1\"],\"kept\":7}\n");
  EXPECT_EQ(passports().request_ids.back(), "again-1");
}

TEST_F(PersonCommands, WordsThatAreMissingOrUnknownAreRefusedBeforeTheCall) {
  const std::vector<std::vector<std::string>> nonsense = {
      {"person"},
      {"person", "forget", "--employee-number", "1"},
      {"person", "invite", "--employee-number", "1", "--checked-by", "R", "--checked-on", "2026-03-01"},
      {"person", "invite", "--identity", "known_in_person", "--checked-by", "R", "--checked-on", "2026-03-01"},
      {"person", "unlock", "--employee-number", "1", "--identity", "known_in_person", "--checked-on", "2026-03-01"},
      {"person", "lost", "--employee-number", "1", "--identity", "known_in_person", "--checked-by", "R"},
      {"person", "leave", "--employee-number", "1"},
      {"person", "leave", "--reason", "retirement"},
      {"dispute"},
      {"dispute", "settle", "--answer", "It is right."},
      {"dispute", "settle", "d-1"},
      {"dispute", "settle", "d-1", "--answer", "It is right.", "--withdrawn"}};
  for (const std::vector<std::string>& words : nonsense) {
    EXPECT_EQ(Type(service_, words).ending, Ending::kUsage) << words.back();
  }
  EXPECT_EQ(Type(service_, Recognised("lost", {"--to", "phone", "--code-out", Path("code")})).ending, Ending::kRefused);
  EXPECT_FALSE(std::filesystem::exists(Path("code")));
  EXPECT_TRUE(passports().request_ids.empty());
}

v1::Dispute ADispute(const std::string& id, v1::DisputeState state) {
  v1::Dispute dispute;
  dispute.set_dispute_id(id);
  dispute.set_credential_id("credential-1");
  dispute.set_issuer("ods:X0A");
  dispute.set_kind("mandatory_training");
  dispute.set_words("The level\x1b[2J is one.");
  dispute.set_state(state);
  dispute.mutable_raise_time()->set_seconds(1'795'335'999);
  return dispute;
}

TEST_F(PersonCommands, DisputesAreListedPageByPageAndSteerNoTerminal) {
  EXPECT_THAT(Type(service_, {"dispute", "list"}).output, HasSubstr("no open disputes"));
  passports().disputes = {ADispute("d-1", v1::DISPUTE_STATE_OPEN), ADispute("d-2", v1::DISPUTE_STATE_CONFIRMED)};
  passports().lists.clear();
  const TypedRun run = Type(service_, {"dispute", "list", "--all"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  ASSERT_EQ(passports().lists.size(), 2U);
  EXPECT_TRUE(passports().lists[0].all() && passports().lists[1].all());
  EXPECT_EQ(passports().lists[1].page_token(), "1");
  for (const std::string_view part : {"d-1", "d-2", "open", "confirmed", "2026-11-22T08:26:39Z", "is one."}) {
    EXPECT_THAT(run.output, HasSubstr(std::string(part)));
  }
  EXPECT_THAT(run.output, Not(HasSubstr("\x1b")));
  const TypedRun json = Type(service_, {"dispute", "list", "--json"});
  EXPECT_THAT(json.output, HasSubstr("\"dispute_id\":\"d-1\",\"credential_id\":\"credential-1\""));
  EXPECT_FALSE(passports().lists.back().all());
}

TEST_F(PersonCommands, AStateThatThisProgramDoesNotKnowIsNotGuessed) {
  passports().disputes = {ADispute("d-1", v1::DISPUTE_STATE_UNSPECIFIED)};
  const TypedRun run = Type(service_, {"dispute", "list"});
  EXPECT_NE(run.ending, Ending::kDone);
  EXPECT_THAT(run.errors, HasSubstr("schema_newer"));
}

TEST_F(PersonCommands, ADisputeIsConfirmedUnlessItIsSaidToBeCorrected) {
  const TypedRun confirmed = Type(service_, {"dispute", "settle", "d-1", "--answer", "It is right."});
  EXPECT_EQ(confirmed.ending, Ending::kDone) << confirmed.errors;
  EXPECT_EQ(passports().settle.dispute_id(), "d-1");
  EXPECT_EQ(passports().settle.state(), v1::DISPUTE_STATE_CONFIRMED);
  EXPECT_EQ(passports().settle.answer(), "It is right.");
  EXPECT_THAT(confirmed.output, HasSubstr("settled: confirmed"));
  const TypedRun corrected =
      Type(service_, {"dispute", "settle", "d-1", "--corrected", "--answer", "Signed anew.", "--json"});
  EXPECT_EQ(passports().settle.state(), v1::DISPUTE_STATE_CORRECTED);
  EXPECT_THAT(corrected.output, HasSubstr("\"state\":\"corrected\""));
  EXPECT_THAT(passports().request_ids, ElementsAre(::testing::SizeIs(22), ::testing::SizeIs(22)));
}

}  // namespace
}  // namespace passport
