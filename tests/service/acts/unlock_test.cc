// Opening a kept passport for a person who has no code at hand: what the session code does, for whom, and how long.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/move_passport.h"
#include "passport-service/acts/replace_passport.h"
#include "passport-service/acts/unlock_passport.h"
#include "tests/service/acts/holding_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

struct UnlockWorld : HoldingWorld {
  UnlockWorld() : person(PersonWith(1, 1)) { PublishNow(); }
  AdmitHolder admit{store, clock, {}};
  UnlockPassport unlock{store, *vault, trust_in_force, random, clock};
  PersonId person;

  UnlockPassport::Order Order(const Caller& by, const std::string& request, const std::string& number = "1001") {
    return {.by = by,
            .request = Request(request),
            .employee_number = number,
            .identity = {
                .method = "known_in_person", .checked_by = "A. Clerk", .checked_on = CivilDay::InLondon(clock.now)}};
  }
  std::string Open() { return unlock(Order(trust, "unlock-" + std::to_string(++requests)))->session_code; }
  Result<std::vector<PresentPassport::Holding>> Holdings(const Caller& by, const std::string& code_of) {
    return Presenting().Holdings(by, code_of);
  }
  Result<HolderAdmission> Admit(const std::string& code_of, HolderNeeds needs = HolderNeeds::kSession) {
    return admit({.proof = {},
                  .passport_code = code_of,
                  .call = {.path = "/staffpassport.v1.WalletService/Receive", .request = "request"},
                  .needs = needs});
  }
  // What it opens: for the organisation that unlocked, and for a call of the person.
  std::string Opens(const std::string& code_of) {
    return WordsOf(Holdings(trust, code_of)) + " " + WordsOf(Admit(code_of));
  }
  Result<ReplacePassport::Replaced> Replace(HeldAs held_as) {
    ReplacePassport replace(store, *vault, trust_in_force, random, clock, rebinding);
    return replace({.by = trust,
                    .request = Request("replace-" + std::to_string(++requests)),
                    .employee_number = "1001",
                    .identity = Order(trust, "r").identity,
                    .held_as = held_as});
  }
};

constexpr const char* kClosed = "not_found holder_unknown";

TEST(Holding, ASessionCodeReadsAndShowsToWhoUnlockedAlone) {
  UnlockWorld world;
  const auto unlocked = world.unlock(world.Order(world.trust, "u1"));
  ASSERT_TRUE(unlocked.ok()) << unlocked.fault().detail;
  EXPECT_THAT(unlocked->session_code, SizeIs(22));
  EXPECT_NE(unlocked->session_code, world.code);
  EXPECT_EQ(unlocked->expires_at, world.clock.now + kUnlockLength);
  const auto holdings = world.Holdings(world.trust, unlocked->session_code);
  ASSERT_TRUE(holdings.ok()) << holdings.fault().detail;
  EXPECT_THAT(*holdings, SizeIs(2)) << "of every issuer";
  const std::vector<Showable> show = {{holdings->front().credential, {}}};
  EXPECT_EQ(WordsOf(world.PresentTo(world.trust, world.AskFor(world.trust), unlocked->session_code, show)), "ok");
  EXPECT_EQ(WordsOf(world.PresentTo(world.Ask(), unlocked->session_code, show)), "not_permitted");
  EXPECT_EQ(WordsOf(world.PresentTo(world.Ask(), world.code, show)), "ok") << "with their own";
  const auto admitted = world.Admit(unlocked->session_code);
  ASSERT_TRUE(admitted.ok());
  EXPECT_EQ(admitted->caller.person, world.person);
  EXPECT_EQ(admitted->caller.held_as, HeldAs::kKept);
  EXPECT_EQ(admitted->caller.session_of, world.trust.organisation);
  EXPECT_EQ(WordsOf(world.Admit(unlocked->session_code, HolderNeeds::kPassport)), "holder_unknown");
  EXPECT_FALSE(world.Admit(world.code)->caller.session_of.has_value());
  EXPECT_TRUE(world.admit.StillHolds(*admitted).ok());
  EXPECT_EQ(world.Opens(world.code), "ok ok") << "their own goes on";
  const Digest number = world.Employee("1001")->value().number;
  EXPECT_THAT(*world.store.IdentityChecksOf(world.trust.organisation, number), SizeIs(1));
  EXPECT_EQ(world.Audited("passport.unlocked", "done", "known_in_person"), 1U);
  EXPECT_THAT(world.AllAudited(), Not(HasSubstr("A. Clerk")));
  EXPECT_THAT(world.AllAudited(), Not(HasSubstr(unlocked->session_code)));
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, ASessionCodeIsOverAfterAQuarterOfAnHour) {
  UnlockWorld world;
  const UnlockPassport::Order order = world.Order(world.trust, "u1");
  const auto unlocked = world.unlock(order);
  ASSERT_TRUE(unlocked.ok());
  const auto admitted = world.Admit(unlocked->session_code);
  EXPECT_EQ(world.unlock(order)->session_code, unlocked->session_code) << "sent twice";
  world.clock.now = unlocked->expires_at - Seconds{1};
  EXPECT_EQ(world.Opens(unlocked->session_code), "ok ok");
  EXPECT_TRUE(world.admit.StillHolds(*admitted).ok());
  EXPECT_EQ(world.unlock(order)->expires_at, unlocked->expires_at) << "and is not made longer";
  world.clock.now = unlocked->expires_at;
  EXPECT_EQ(world.Opens(unlocked->session_code), kClosed);
  EXPECT_EQ(WordsOf(world.admit.StillHolds(*admitted)), "holder_unknown");
  EXPECT_EQ(WordsOf(world.unlock(order)), "state_conflict");
  EXPECT_TRUE(world.store.FindUnlock(Sha256(unlocked->session_code))->has_value());
  EXPECT_EQ(world.Opens(world.Open()), "ok ok");
  EXPECT_FALSE(world.store.FindUnlock(Sha256(unlocked->session_code))->has_value()) << "the next one clears it away";
}

TEST(Holding, ASessionCodeTellsAnotherOrganisationNothing) {
  UnlockWorld world;
  const std::string code = world.Open();
  const auto other = world.Holdings(world.council, code);
  const auto unknown = world.Holdings(world.council, "no such code");
  ASSERT_FALSE(other.ok() || unknown.ok());
  EXPECT_EQ(WordsOf(other), "not_found");
  EXPECT_EQ(WordsOf(other), WordsOf(unknown));
  EXPECT_EQ(other.fault().detail, unknown.fault().detail);
  EXPECT_EQ(WordsOf(world.Holdings(world.council, world.code)), "ok") << "they work there, too";
}

TEST(Holding, IsUnlockedByAnEmployerWhoRecognisedThemToday) {
  UnlockWorld world;
  world.OtherPerson(0);
  EXPECT_EQ(WordsOf(world.unlock(world.Order(world.stranger, "u1"))), "caller_unknown");
  const auto elsewhere = world.unlock(world.Order(world.trust, "u2", "2002"));
  const auto nobody = world.unlock(world.Order(world.trust, "u3", "3003"));
  EXPECT_EQ(WordsOf(elsewhere), "not_found") << "of the council";
  EXPECT_EQ(elsewhere.fault().detail, nobody.fault().detail);
  UnlockPassport::Order order = world.Order(world.trust, "u4");
  order.identity.checked_on = order.identity.checked_on.PlusDays(-1);
  EXPECT_EQ(WordsOf(world.unlock(order)), "field_invalid");
  order = world.Order(world.trust, "u5");
  ASSERT_TRUE(world.unlock(order).ok());
  order.identity.checked_by = "Somebody Else";
  EXPECT_EQ(WordsOf(world.unlock(order)), "request_reused");
}

TEST(Holding, OnlyWhatTheServiceKeepsIsUnlocked) {
  UnlockWorld world;
  ASSERT_TRUE(world.Replace(HeldAs::kWallet).ok());
  EXPECT_EQ(WordsOf(world.unlock(world.Order(world.trust, "u1"))), "state_conflict") << "it waits for its key";
  UnlockWorld other;
  ASSERT_TRUE(
      other.rebinding({.person = other.person, .request = "m", .held_as = HeldAs::kWallet, .key = KeyInHand()}, {})
          .ok());
  EXPECT_EQ(WordsOf(other.unlock(other.Order(other.trust, "u1"))), "state_conflict");
}

TEST(Holding, ASessionCodeEndsWhenThePassportIsReplacedOrMovedOrThePersonLeaves) {
  UnlockWorld replaced;
  std::string code = replaced.Open();
  ASSERT_TRUE(replaced.Replace(HeldAs::kKept).ok());
  EXPECT_EQ(replaced.Opens(code), kClosed);
  EXPECT_EQ(replaced.Opens(replaced.Open()), "ok ok") << "the new one is kept, too";
  UnlockWorld moved;
  code = moved.Open();
  ASSERT_TRUE(
      moved.rebinding({.person = moved.person, .request = "m", .held_as = HeldAs::kFile, .key = KeyInHand()}, {}).ok());
  EXPECT_EQ(moved.Opens(code), kClosed);
  UnlockWorld left;
  code = left.Open();
  const Digest number = left.Employee("1001")->value().number;
  ASSERT_EQ(left.store.Apply({SetLeaving{left.trust.organisation, number, left.clock.now, "sealed"}}).outcome,
            CommitOutcome::kDone);
  EXPECT_EQ(left.Opens(code), kClosed);
  EXPECT_EQ(WordsOf(left.unlock(left.Order(left.trust, "again"))), "not_found");
}

TEST(Holding, ASessionCodeGivesNoPassportUpAndTakesNoneBack) {
  UnlockWorld world;
  const std::string code = world.Open();
  EXPECT_EQ(WordsOf(world.Admit(code, HolderNeeds::kAnyCode)), "holder_unknown") << "ReportLoss, ErasePassport";
  const auto judged = world.Admit(code, HolderNeeds::kActJudges);
  ASSERT_TRUE(judged.ok());
  EXPECT_FALSE(judged->caller.person.has_value()) << "MovePassport, UndoReplacement";
  MovePassport move(world.store, world.rebinding, world.clock);
  EXPECT_EQ(WordsOf(move({.by = judged->caller,
                          .request = Request("m"),
                          .held_as = HeldAs::kFile,
                          .new_key = ProvenKey{KeyInHand(), "thumb"}})),
            "holder_unknown");
  UndoReplacement undo(world.store, world.rebinding, world.clock);
  ASSERT_TRUE(world.Replace(HeldAs::kKept).ok());
  EXPECT_EQ(WordsOf(undo({{}, Request("undo"), code})), "holder_unknown");
  EXPECT_EQ(WordsOf(undo({{}, Request("undo"), world.Open()})), "holder_unknown");
  const std::string now = world.Open();
  EXPECT_EQ(WordsOf(undo({{}, Request("undo"), now, now})), "holder_unknown") << "not without their own of before";
}

TEST(Holding, ASessionCodeOpensThePassportToNoOtherEmployer) {
  UnlockWorld world;
  EXPECT_EQ(WordsOf(world.Admit(world.Open(), HolderNeeds::kAnyKey)), "holder_unknown") << "Redeem";
  EXPECT_EQ(WordsOf(world.Admit(world.code, HolderNeeds::kAnyKey)), "ok") << "their own does";
}

TEST(Loss, OfAKeptPassportIsTakenBackWithTheCodeOfBeforeAndAnEmployersWord) {
  UnlockWorld world;
  const std::string of_before = world.Open();
  ASSERT_TRUE(world.Replace(HeldAs::kKept).ok());
  UndoReplacement undo(world.store, world.rebinding, world.clock);
  EXPECT_EQ(WordsOf(undo({{}, Request("undo"), world.code})), "holder_unknown") << "a thief has that";
  EXPECT_EQ(WordsOf(undo({{}, Request("undo"), world.code, world.code})), "holder_unknown");
  EXPECT_EQ(WordsOf(undo({{}, Request("undo"), world.code, of_before})), "holder_unknown") << "it ended with the loss";
  world.OtherPerson(0);
  const auto others = world.unlock(world.Order(world.council, "other", "2002"));
  ASSERT_TRUE(others.ok());
  EXPECT_EQ(WordsOf(undo({{}, Request("undo"), world.code, others->session_code})), "holder_unknown") << "another's";
  const std::string recognised = world.Open();
  const auto undone = undo({{}, Request("undo"), world.code, recognised});
  ASSERT_TRUE(undone.ok()) << undone.fault().detail;
  EXPECT_EQ(undone->reinstated, 2U);
  EXPECT_EQ(undo({{}, Request("undo"), world.code, recognised})->reinstated, 2U) << "sent twice";
  EXPECT_NE(world.AllAudited().find("session ods:"), std::string::npos) << "by whose word";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, OfAKeptPassportThatWasReplacedAsAWalletIsReplacedOnceMore) {
  UnlockWorld world;
  ASSERT_TRUE(world.Replace(HeldAs::kWallet).ok());
  EXPECT_EQ(WordsOf(world.unlock(world.Order(world.trust, "u"))), "state_conflict") << "there is nothing to open";
  const auto again = world.Replace(HeldAs::kKept);
  ASSERT_TRUE(again.ok()) << again.fault().detail;
  EXPECT_EQ(again->outcome.signed_again, 2U);
  EXPECT_EQ(world.Held(world.person), "current 2, suspended (passport_replaced) 2");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, ASessionCodeJoinsNoPassportToAnother) {
  UnlockWorld world;
  const std::string other = world.OtherPerson(0);
  const PersonId into = world.store.FindPersonByCode(Sha256(other))->value().id;
  const HolderCaller by{.person = into, .key = {}, .held_as = HeldAs::kKept};
  JoinPassport join(world.store, world.rebinding, world.clock);
  const auto joined = join({.by = by, .request = Request("j"), .other_passport_code = world.Open()});
  const auto unknown = join({.by = by, .request = Request("k"), .other_passport_code = "no such code"});
  ASSERT_FALSE(joined.ok() || unknown.ok());
  EXPECT_EQ(joined.fault().detail, unknown.fault().detail);
  EnrolPerson enrol = world.EnrolPeople();
  EXPECT_EQ(WordsOf(enrol({world.trust, Request("e"), "9009", world.Open()})), "not_found");
}

}  // namespace
}  // namespace passport
