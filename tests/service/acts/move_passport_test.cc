// A passport that goes elsewhere, and two that become one.
#include <gtest/gtest.h>

#include "passport-service/acts/bound_key.h"
#include "tests/service/acts/holding_world.h"

namespace passport {
namespace {

using StoreFailure = MemoryStore::Failure;

constexpr StoreFailure kGoneBefore{StoreFailure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
constexpr StoreFailure kGoneAfter{StoreFailure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};

RebindPassport::Order Moved(const PersonId& person, HeldAs to) {
  RebindPassport::Order order{.person = person, .why = RebindingReason::kMoved, .request = "move-1", .held_as = to};
  if (to != HeldAs::kKept) order.key = KeyInHand();
  return order;
}

RebindPassport::Outcome Settled(const Result<RebindPassport::Outcome>& outcome) {
  EXPECT_TRUE(outcome.ok()) << WordsOf(outcome) << (outcome.ok() ? "" : outcome.fault().detail);
  return outcome.ok() ? *outcome : RebindPassport::Outcome{};
}

TEST(Holding, AMoveLeavesNothingBehind) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(2, 1);
  const std::vector<std::string> facts = world.Facts(person);
  const std::string kept_key = world.GoodKey(person);
  const PersonRow before = world.store.FindPerson(person)->value();
  const RebindPassport::Outcome outcome = Settled(world.rebinding(Moved(person, HeldAs::kFile), {}));
  EXPECT_EQ(outcome.signed_again, 3U);
  EXPECT_EQ(world.Held(person), "current 3, revoked (superseded) 3");
  EXPECT_EQ(world.Facts(person), facts);
  EXPECT_EQ(WordsOf(OpenHolder(*world.vault, before)), "not_found") << "the sealed key can not be opened any more";
  EXPECT_TRUE(OpenHolder(*world.vault, *world.store.FindPerson(person).value())->sealed.empty());
  EXPECT_FALSE(world.store.FindPersonByCode(Sha256(world.code))->has_value());
  EXPECT_TRUE(world.store.FindPersonByCode(Sha256(outcome.passport_code))->has_value());
  EXPECT_EQ(world.store.FindHolderKey(kept_key)->value().held_as, HeldAs::kKept);
  EXPECT_EQ(world.store.FindHolderKey(kept_key)->value().end_reason, "moved");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, GoesFromEveryPlaceToEveryOther) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(1, 1);
  const std::vector<std::string> facts = world.Facts(person);
  for (const HeldAs to : {HeldAs::kFile, HeldAs::kWallet, HeldAs::kWallet, HeldAs::kKept, HeldAs::kWallet,
                          HeldAs::kFile, HeldAs::kKept}) {
    Settled(world.rebinding(Moved(person, to), {}));
    EXPECT_EQ(world.Facts(person), facts);
    EXPECT_EQ(world.store.FindHolderKey(world.GoodKey(person))->value().held_as, to);
    EXPECT_EQ(world.GoodUnderAnotherKey(person), 0);
  }
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, ACredentialSaysWhereItsKeyIs) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(1, 0);
  Settled(world.rebinding(Moved(person, HeldAs::kWallet), {}));
  world.Train(world.trust, "1001", 5);
  for (const CredentialRow& row : world.AllHeld(person)) {
    const std::string token = **OpenToken(*world.vault, row);
    json::Tree tree;
    const std::size_t dot = token.find('.');
    const auto payload =
        tree.ParseBase64Url(token.substr(dot + 1, token.find('.', dot + 1) - dot - 1), json::kTokenLimits);
    ASSERT_TRUE(payload.ok());
    EXPECT_EQ((*payload)->Find("held_as")->text(), row.state == CredentialState::kCurrent ? "wallet" : "kept");
  }
}

TEST(Holding, AMoveIsFinishedWhereverTheProgramWasKilled) {
  for (const StoreFailure& failure : {kGoneBefore, kGoneAfter}) {
    for (int at = 0; at < 10; ++at) {
      HoldingWorld world;
      const PersonId person = world.PersonWith(2, 2);
      const std::vector<std::string> facts = world.Facts(person);
      world.store.OnApply([&, count = 0](const Changes&) mutable -> std::optional<StoreFailure> {
        const int now = count++;
        if (now < at) return std::nullopt;
        return now == at ? failure : kGoneBefore;
      });
      const Result<RebindPassport::Outcome> first = world.rebinding(Moved(person, HeldAs::kWallet), {});
      EXPECT_EQ(world.GoodUnderAnotherKey(person), 0) << at;
      world.store.OnApply({});
      ASSERT_TRUE(Reconcile(world.store, world.clock).ok());
      ASSERT_TRUE(world.rebinding.FinishAll().ok()) << at;
      EXPECT_EQ(world.Facts(person), facts) << at << " " << WordsOf(first);
      const bool began = world.store.FindRebinding(person)->has_value();
      EXPECT_EQ(world.Held(person), began ? "current 4, revoked (superseded) 4" : "current 4") << at;
      EXPECT_EQ(world.House(), "clean") << at;
    }
  }
}

TEST(Holding, APassportThatWasReplacedTodayIsNotMoved) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(1, 0);
  Settled(world.rebinding(Lost(person), {}));
  EXPECT_EQ(WordsOf(world.rebinding(Moved(person, HeldAs::kFile), {})), "state_conflict");
}

TEST(Holding, TwoPassportsBecomeOne) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(2, 1);
  const std::string other_code = world.OtherPerson(2);
  const PersonRow into = world.store.FindPerson(person)->value();
  const PersonRow other = world.store.FindPersonByCode(Sha256(other_code))->value();
  const CredentialId badge = world.BadgeOf(world.council, "2002");
  const RebindPassport::Outcome outcome = Settled(world.rebinding.Join(into, other, "join-1", {}));
  EXPECT_EQ(outcome.signed_again, 3U) << "with the identity check";
  EXPECT_EQ(world.Held(person), "current 7, revoked (superseded) 3");
  EXPECT_EQ(world.store.FindCredential(world.council.organisation, badge)->value().person, person) << "badges, too";
  EXPECT_EQ(world.GoodUnderAnotherKey(person), 0);
  EXPECT_FALSE(world.store.FindPerson(other.id)->has_value());
  EXPECT_FALSE(world.store.FindPersonByCode(Sha256(other_code))->has_value());
  EXPECT_TRUE(world.store.FindPersonByCode(Sha256(world.code))->has_value()) << "the one that stays keeps its code";
  EXPECT_EQ(FindEmployee(world.store, *world.vault, world.council.organisation, "2002")->value().person, person);
  EXPECT_EQ(world.store.HolderKeysOf(person)->size(), 2U) << "their own, and the other's that has ended";
  EXPECT_EQ(world.House(), "clean");
  // What is issued under the other number goes to the one passport.
  world.Train(world.council, "2002", 100);
  EXPECT_EQ(world.Facts(person).size(), 6U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, OfTwoPassportsThatSayTheSameOneCredentialStays) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(0, 1);
  const std::string other_code = world.OtherPerson(0);
  world.Train(world.council, "2002", 0);  // as the person has it
  const PersonRow into = world.store.FindPerson(person)->value();
  const PersonRow other = world.store.FindPersonByCode(Sha256(other_code))->value();
  const RebindPassport::Outcome outcome = Settled(world.rebinding.Join(into, other, "join-1", {}));
  EXPECT_TRUE(outcome.left_behind.empty());
  EXPECT_EQ(world.Held(person), "current 1, revoked (superseded) 1");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, AJoinIsFinishedWhereverTheProgramWasKilled) {
  for (const StoreFailure& failure : {kGoneBefore, kGoneAfter}) {
    for (int at = 0; at < 7; ++at) {
      HoldingWorld world;
      const PersonId person = world.PersonWith(1, 1);
      const std::string other_code = world.OtherPerson(2);
      const PersonRow into = world.store.FindPerson(person)->value();
      const PersonRow other = world.store.FindPersonByCode(Sha256(other_code))->value();
      world.store.OnApply([&, count = 0](const Changes&) mutable -> std::optional<StoreFailure> {
        const int now = count++;
        if (now < at) return std::nullopt;
        return now == at ? failure : kGoneBefore;
      });
      const Result<RebindPassport::Outcome> first = world.rebinding.Join(into, other, "join-1", {});
      EXPECT_EQ(world.GoodUnderAnotherKey(person), 0) << at;
      world.store.OnApply({});
      ASSERT_TRUE(Reconcile(world.store, world.clock).ok());
      ASSERT_TRUE(world.rebinding.FinishAll().ok()) << at;
      const bool began = world.store.FindRebinding(person)->has_value();
      EXPECT_EQ(world.Facts(person).size(), began ? 4U : 2U) << at << " " << WordsOf(first);
      EXPECT_EQ(world.House(), "clean") << at;
    }
  }
}

}  // namespace
}  // namespace passport
