// What people take away of all that the service has about them.
#include "passport-service/acts/export_passport.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "credential/encoding/json.h"
#include "credential/vocabulary/instant_text.h"
#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/dispute_records.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/invite_person.h"
#include "passport-service/acts/redeem_invitation.h"
#include "passport-service/acts/replace_passport.h"
#include "passport-service/acts/standing_fact.h"
#include "tests/service/acts/share_world.h"

namespace passport {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

struct ExportWorld : ShareWorld {
  ExportPassport exporting{store, *keys, *vault, trust_in_force, clock};

  Result<std::vector<std::string>> Export(const HolderCaller& by) {
    std::vector<std::string> lines;
    TRY(exporting(by, [&](const std::string& line) -> Result<void> {
      lines.push_back(line);
      return {};
    }));
    return lines;
  }
  // The lines of one sort.
  std::vector<std::string> Lines(const HolderCaller& by, std::string_view what) {
    std::vector<std::string> lines = Export(by).value();
    std::erase_if(
        lines, [&](const std::string& line) { return !line.starts_with("{\"line\":\"" + std::string(what) + "\""); });
    return lines;
  }
  std::string Member(const std::string& line, std::string_view name) {
    json::Tree tree;
    const Result<json::Value*> read = tree.Parse(line, json::kTokenLimits);
    if (!read.ok()) return "no JSON";
    const json::Value* const value = (*read)->Find(name);
    return value == nullptr ? "" : value->text() ? std::string(*value->text()) : json::Write(*value);
  }
  // The council makes sure who she is, and has her too, under this number.
  void JoinCouncil(const HolderCaller& by, const std::string& number) {
    InvitePerson invite(store, *vault, trust_in_force, random, clock);
    const auto invitation = invite(
        {.by = council,
         .request = Request("invite-" + number),
         .employee_number = number,
         .identity = {
             .method = "known_in_person", .checked_by = "Orla Clerkson", .checked_on = CivilDay::InLondon(clock.now)}});
    ASSERT_TRUE(invitation.ok()) << invitation.fault().detail;
    RedeemInvitation redeem(store, *vault, random, clock, {});
    const auto redeemed = redeem({.by = by,
                                  .request = Request("redeem-" + number),
                                  .invitation = invitation->id,
                                  .code = invitation->code,
                                  .held_as = {}});
    ASSERT_TRUE(redeemed.ok()) << redeemed.fault().detail;
  }
  void Leave(const Caller& employer, const std::string& number) {
    EndEmployment end(store, *vault, trust_in_force, clock);
    const auto ended = end({employer, Request("leave-" + number), number, "retirement"});
    ASSERT_TRUE(ended.ok()) << ended.fault().detail;
  }
  std::string Raise(const HolderCaller& by, const CredentialId& credential, const std::string& words) {
    DisputeRecord raise(store, *vault, clock);
    return raise({by, Request("dispute-" + std::to_string(++requests)), credential, words})->row.id;
  }
};

TEST(Export, TellsOfKeysEmployersAndIdentityChecks) {
  ExportWorld world;
  world.JoinCouncil(world.ada_calls, "C-77");
  world.Leave(world.trust, "1001");
  const std::string header = world.Lines(world.ada_calls, "header").front();
  EXPECT_EQ(world.Member(header, "format"), "staff_passport_export");
  EXPECT_EQ(world.Member(header, "version"), "1");
  EXPECT_EQ(world.Member(header, "person_id"), world.ada_calls.person->text());
  EXPECT_EQ(world.Member(header, "as_of"), UtcText(world.clock.now));
  const std::vector<std::string> keys = world.Lines(world.ada_calls, "holder_key");
  ASSERT_THAT(keys, SizeIs(1));
  EXPECT_EQ(world.Member(keys[0], "held_as"), "kept");
  EXPECT_THAT(world.Member(keys[0], "thumbprint"), SizeIs(43));
  std::vector<std::string> employments = world.Lines(world.ada_calls, "employment");
  ASSERT_THAT(employments, SizeIs(2));
  if (world.Member(employments[0], "employee_number") != "1001") std::swap(employments[0], employments[1]);
  EXPECT_EQ(world.Member(employments[0], "organisation_name"), "Example Trust");
  EXPECT_EQ(world.Member(employments[0], "employee_number"), "1001");
  EXPECT_EQ(world.Member(employments[0], "leaving_reason"), "retirement");
  EXPECT_EQ(world.Member(employments[0], "left_at"), UtcText(world.clock.now));
  EXPECT_EQ(world.Member(employments[1], "employee_number"), "C-77");
  EXPECT_EQ(world.Member(employments[1], "left_at"), "");
  const std::vector<std::string> checks = world.Lines(world.ada_calls, "identity_check");
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(world.Member(checks[0], "organisation"), world.council.organisation.text());
  EXPECT_EQ(world.Member(checks[0], "method"), "known_in_person");
  EXPECT_EQ(world.Member(checks[0], "checked_by"), "Orla Clerkson");
  EXPECT_EQ(world.Member(world.Lines(world.ada_calls, "invitation").front(), "state"), "redeemed");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Export, TellsOfRecordsWithFactsAndTokenAndOfDisputes) {
  ExportWorld world;
  const std::string dispute = world.Raise(world.ada_calls, world.ada.training, "The date is wrong.");
  SettleDispute settle(world.store, *world.vault, world.clock);
  ASSERT_TRUE(
      settle({world.trust, Request("settle-1"), dispute, DisputeState::kConfirmed, "We have looked again."}).ok());
  const std::vector<std::string> credentials = world.Lines(world.ada_calls, "credential");
  ASSERT_THAT(credentials, SizeIs(1));
  EXPECT_EQ(world.Member(credentials[0], "credential_id"), world.ada.training.text());
  EXPECT_EQ(world.Member(credentials[0], "issuer_name"), "Example Trust");
  EXPECT_EQ(world.Member(credentials[0], "kind"), "mandatory_training");
  EXPECT_EQ(world.Member(credentials[0], "state"), "current");
  EXPECT_THAT(world.Member(credentials[0], "facts"), HasSubstr("\"achieved_on\":\"2026-03-01\""));
  EXPECT_THAT(world.Member(credentials[0], "token"), HasSubstr("~"));
  const std::vector<std::string> disputes = world.Lines(world.ada_calls, "dispute");
  ASSERT_THAT(disputes, SizeIs(1));
  EXPECT_EQ(world.Member(disputes[0], "state"), "confirmed");
  EXPECT_EQ(world.Member(disputes[0], "words"), "The date is wrong.");
  EXPECT_EQ(world.Member(disputes[0], "answer"), "We have looked again.");
}

TEST(Export, TellsWhoWasGivenWhatWhoLookedAndWhatWasDecided) {
  ExportWorld world;
  const ShareId share = world.Give();
  ASSERT_EQ(world.Look(share), "met");
  ASSERT_EQ(world.Decided(world.trust, world.ada), "met");
  const std::vector<std::string> shares = world.Lines(world.ada_calls, "share");
  ASSERT_THAT(shares, SizeIs(1));
  EXPECT_EQ(world.Member(shares[0], "share_id"), share.text());
  EXPECT_EQ(world.Member(shares[0], "receiver_name"), "Example Council");
  EXPECT_EQ(world.Member(shares[0], "purpose"), "placement");
  EXPECT_EQ(world.Member(shares[0], "state"), "given");
  EXPECT_THAT(world.Member(shares[0], "credentials"), HasSubstr(world.ada.training.text()));
  std::vector<std::string> looks = world.Lines(world.ada_calls, "look");
  ASSERT_THAT(looks, SizeIs(2)) << "into the share, and at a presentation";
  if (world.Member(looks[0], "share_id").empty()) std::swap(looks[0], looks[1]);
  EXPECT_EQ(world.Member(looks[0], "share_id"), share.text());
  EXPECT_EQ(world.Member(looks[0], "receiver"), world.council.organisation.text());
  EXPECT_EQ(world.Member(looks[0], "outcome"), "met");
  EXPECT_THAT(world.Member(looks[0], "records"), HasSubstr("\"achieved_on\""));
  EXPECT_EQ(world.Member(looks[1], "receiver"), world.trust.organisation.text());
}

TEST(Export, TellsOfAnOverrideWithItsWords) {
  ExportWorld world;
  const RelyingWorld::Holder bea = world.Hire("2002", "2020-03-01");
  const HolderCaller bea_calls = world.Holder(bea);
  ASSERT_EQ(world.Decided(world.council, bea), "not_met");
  const std::uint64_t reliance = world.Reliances(world.council).back().link.sequence;
  OverrideDecision decide = world.Overriding();
  ASSERT_EQ(WordsOf(decide(OverrideOrder(world.council, "override-1", reliance, world.clock.now + Seconds{3600}))),
            "ok");
  const std::vector<std::string> overrides = world.Lines(bea_calls, "override");
  ASSERT_THAT(overrides, SizeIs(1));
  EXPECT_EQ(world.Member(overrides[0], "profile"), "mover");
  EXPECT_FALSE(world.Member(overrides[0], "words").empty());
  EXPECT_THAT(world.Lines(world.ada_calls, "override"), IsEmpty());
}

TEST(Export, SaysThatALossIsUnderWay) {
  ExportWorld world;
  EXPECT_THAT(world.Lines(world.ada_calls, "rebinding"), IsEmpty());
  ReportLoss report(world.store, world.random, world.clock);
  const auto reported = report({world.ada_calls, Request("loss-1"), true});
  ASSERT_TRUE(reported.ok());
  const std::vector<std::string> lines = world.Lines(world.ada_calls, "rebinding");
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(world.Member(lines[0], "state"), "reported");
  EXPECT_EQ(world.Member(lines[0], "reason"), "lost");
  EXPECT_THAT(lines[0], Not(HasSubstr(reported->id))) << "that is for the employer";
}

TEST(Export, HasNothingOfAnotherPerson) {
  ExportWorld world;
  const RelyingWorld::Holder bea = world.Hire("2002");
  const HolderCaller bea_calls = world.Holder(bea);
  world.JoinCouncil(bea_calls, "C-88");
  world.Raise(bea_calls, bea.training, "I was never there.");
  ASSERT_EQ(world.Decided(world.council, bea), "met");
  world.Leave(world.trust, "2002");
  const std::vector<std::string> lines = world.Export(world.ada_calls).value();
  const std::vector<std::string> foreign = {bea_calls.person->text(), bea.training.text(), "2002",         "C-88",
                                            "I was never there.",     "retirement",        "Orla Clerkson"};
  for (const std::string& each : foreign) {
    const std::string quoted = "\"" + each + "\"";
    EXPECT_THAT(lines, Each(Not(HasSubstr(quoted))));
  }
  EXPECT_THAT(world.Lines(world.ada_calls, "look"), IsEmpty());
  EXPECT_THAT(world.Lines(bea_calls, "look"), SizeIs(1));
}

TEST(Export, IsWholeForWhoHasLeftTheLastEmployer) {
  ExportWorld world;
  const std::size_t before = world.Export(world.ada_calls).value().size();
  world.Leave(world.trust, "1001");
  AdmitHolder admit(world.store, world.clock, {});
  const auto let_in = admit({.proof = {},
                             .passport_code = world.ada.code,
                             .call = {.path = "/staffpassport.v1.WalletService/ExportPassport", .request = ""}});
  ASSERT_TRUE(let_in.ok()) << let_in.fault().detail;
  EXPECT_THAT(world.Export(let_in->caller).value(), SizeIs(before));
}

TEST(Export, SaysWhatWasErased) {
  ExportWorld world;
  world.JoinCouncil(world.ada_calls, "C-77");
  ErasePerson erase = world.Erasing();
  const auto erased =
      erase({.by = world.trust, .request = Request("erase-1"), .employee_number = "1001", .why = "person_asked"});
  ASSERT_TRUE(erased.ok()) << erased.fault().detail;
  const std::vector<std::string> credentials = world.Lines(world.ada_calls, "credential");
  ASSERT_THAT(credentials, SizeIs(1));
  EXPECT_EQ(world.Member(credentials[0], "state"), "revoked");
  EXPECT_EQ(world.Member(credentials[0], "erased"), "true");
  EXPECT_EQ(world.Member(credentials[0], "token"), "");
  EXPECT_EQ(world.Member(credentials[0], "facts"), "");
  EXPECT_THAT(world.Lines(world.ada_calls, "employment"), SizeIs(1)) << "of the council";
}

TEST(Export, IsOnRecordCountsItsLinesAndStopsWithItsReader) {
  ExportWorld world;
  const std::vector<std::string> lines = world.Export(world.ada_calls).value();
  EXPECT_EQ(world.Member(lines.front(), "line"), "header");
  EXPECT_EQ(lines.back(), "{\"line\":\"end\",\"lines\":" + std::to_string(lines.size() - 1) + "}");
  EXPECT_EQ(world.Audited("passport.exported", "done"), 1U);
  const Result<void> broken = world.exporting(world.ada_calls, [](const std::string&) -> Result<void> {
    return Fault{Reason::kStoreUnavailable, "", "gone"};
  });
  EXPECT_EQ(WordsOf(broken), "store_unavailable");
  EXPECT_EQ(WordsOf(world.Export(HolderCaller{})), "holder_unknown");
}

}  // namespace
}  // namespace passport
