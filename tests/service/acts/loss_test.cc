// A passport whose key is lost: dead at once, everything signed again, and taken back within a day.
#include <gtest/gtest.h>

#include <chrono>

#include "passport-service/acts/bound_key.h"
#include "tests/service/acts/holding_world.h"

namespace passport {
namespace {

using StoreFailure = MemoryStore::Failure;

constexpr StoreFailure kLostBefore{StoreFailure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
constexpr StoreFailure kLostAfter{StoreFailure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
constexpr Seconds kDay{24 * 3600};

// The `at`-th write from now on and all later ones fail so: the program was killed there.
void DieAt(ActsWorld& world, int at, StoreFailure failure) {
  world.store.OnApply([at, failure, count = 0](const Changes&) mutable -> std::optional<StoreFailure> {
    const int now = count++;
    if (now < at) return std::nullopt;
    return now == at ? failure : kLostBefore;
  });
}

RebindPassport::With WithNothing() {
  return [](const RebindPassport::Outcome&) { return Changes(); };
}

RebindPassport::Outcome Done(const Result<RebindPassport::Outcome>& outcome) {
  EXPECT_TRUE(outcome.ok()) << WordsOf(outcome) << (outcome.ok() ? "" : outcome.fault().detail);
  return outcome.ok() ? *outcome : RebindPassport::Outcome{};
}

TEST(Loss, SignsEverythingAgainByItsIssuersAndTheOldWaitsSuspended) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(3, 2);
  const std::string old_key = world.GoodKey(person);
  const std::vector<std::string> facts = world.Facts(person);
  const RebindPassport::Outcome outcome = Done(world.rebinding(Lost(person), {}));
  EXPECT_EQ(outcome.signed_again, 5U);
  EXPECT_TRUE(outcome.left_behind.empty());
  EXPECT_EQ(outcome.undo_until, world.clock.now + kDay);
  EXPECT_EQ(world.Held(person), "current 5, suspended (passport_replaced) 5");
  EXPECT_NE(world.GoodKey(person), old_key);
  EXPECT_EQ(world.store.FindHolderKey(old_key)->value().end_reason, "lost");
  EXPECT_EQ(world.GoodUnderAnotherKey(person), 0);
  EXPECT_EQ(world.Facts(person), facts);
  EXPECT_FALSE(world.store.FindPersonByCode(Sha256(world.code))->has_value());
  EXPECT_EQ(world.store.FindPersonByCode(Sha256(outcome.passport_code))->value().id, person);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, KeepsTheEndAndTheWordsOfWhatIsSignedAgain) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(1, 0);
  const CredentialRow before = world.AllHeld(person).front();
  world.clock.now = world.clock.now + Seconds{3600};
  Done(world.rebinding(Lost(person), {}));
  for (const CredentialRow& row : world.AllHeld(person)) {
    if (row.id == before.id) continue;
    EXPECT_EQ(row.expires_at, before.expires_at);
    EXPECT_EQ(row.issued_at, world.clock.now);
    EXPECT_EQ(RecordOf(row.kind, **OpenToken(*world.vault, row))->Find("achieved_on"), "2026-03-01");
  }
}

TEST(Loss, FortyCredentialsOfTwoIssuersTakeWellUnderASecond) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(25, 15);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(Done(world.rebinding(Lost(person), {})).signed_again, 40U);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  EXPECT_LT(took.count(), 1000);
  RecordProperty("milliseconds", static_cast<int>(took.count()));
}

TEST(Loss, IsOverAfterADayAndTheOldKeyIsDestroyed) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(2, 1);
  Done(world.rebinding(Lost(person), {}));
  world.clock.now = world.clock.now + kDay + Seconds{-1};
  EXPECT_EQ(world.rebinding.FinishAll().value(), 0U);
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(world.rebinding.FinishAll().value(), 1U);
  EXPECT_EQ(world.Held(person), "current 3, revoked (lost_passport) 3");
  EXPECT_FALSE(world.store.FindRebinding(person)->has_value());
  EXPECT_FALSE(world.store.FindDataKey(owner::Rebinding(person))->has_value());
  EXPECT_EQ(world.rebinding.FinishAll().value(), 0U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, CanBeTakenBackWithinTheDay) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(2, 1);
  const std::string old_key = world.GoodKey(person);
  const std::vector<std::string> facts = world.Facts(person);
  const std::string new_code = Done(world.rebinding(Lost(person), {})).passport_code;
  const RebindingRow loss = world.store.FindRebindingByCode(Sha256(world.code))->value();
  EXPECT_EQ(Done(world.rebinding.Undo(loss, "undo-1", {})).signed_again, 3U);
  EXPECT_EQ(world.GoodKey(person), old_key);
  EXPECT_EQ(world.Facts(person), facts);
  EXPECT_EQ(world.Held(person), "current 3, revoked (passport_replaced) 3");
  EXPECT_EQ(world.GoodUnderAnotherKey(person), 0);
  EXPECT_TRUE(world.store.FindPersonByCode(Sha256(world.code))->has_value());
  EXPECT_FALSE(world.store.FindPersonByCode(Sha256(new_code))->has_value());
  EXPECT_EQ(world.House(), "clean");
  // What is issued next takes the place of what is good again.
  world.IssueTraining("1001", {{"subject", "subject_0"}, {"provider", "Another College"}});
  EXPECT_EQ(world.Facts(person), facts);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, CanNotBeTakenBackAfterTheDay) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(1, 0);
  Done(world.rebinding(Lost(person), {}));
  const RebindingRow loss = world.store.FindRebinding(person)->value();
  world.clock.now = world.clock.now + kDay;
  EXPECT_EQ(WordsOf(world.rebinding.Undo(loss, "undo-1", {})), "state_conflict");
}

TEST(Loss, WhatIssuersSaidDuringTheDayCountsAfterItIsTakenBack) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(4, 0);
  Done(world.rebinding(Lost(person), {}));
  std::vector<CredentialId> renewed;
  for (const CredentialRow& row : world.AllHeld(person)) {
    if (row.state == CredentialState::kCurrent) renewed.push_back(row.id);
  }
  ASSERT_EQ(renewed.size(), 4U);
  EXPECT_EQ(world.Suspend(world.trust, renewed[0], StandingVerb::kRevoke, "issued_in_error"), "ok");
  EXPECT_EQ(world.Suspend(world.trust, renewed[1], StandingVerb::kSuspend, "suspected_invalid"), "ok");
  world.Train(world.trust, "1001", 77);  // new on the day
  Done(world.rebinding.Undo(world.store.FindRebinding(person)->value(), "undo-1", {}));
  EXPECT_EQ(world.Held(person),
            "current 3, revoked (issued_in_error) 2, revoked (passport_replaced) 3, revoked (superseded) 1, suspended "
            "(suspected_invalid) 1");
  EXPECT_EQ(world.GoodUnderAnotherKey(person), 0);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, DoesNotWashAwayWhatAnIssuerHasSuspended) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(1, 0);
  const CredentialId suspended = world.Train(world.trust, "1001", 9);
  ASSERT_EQ(world.Suspend(world.trust, suspended, StandingVerb::kSuspend, "suspected_invalid"), "ok");
  EXPECT_EQ(Done(world.rebinding(Lost(person), {})).signed_again, 2U);
  EXPECT_EQ(world.Held(person), "current 1, suspended (passport_replaced) 1, suspended (suspected_invalid) 2");
  world.clock.now = world.clock.now + kDay;
  EXPECT_EQ(world.rebinding.FinishAll().value(), 1U);
  EXPECT_EQ(world.Held(person), "current 1, revoked (lost_passport) 2, suspended (suspected_invalid) 1");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, AnIssuerCanNotReinstateWhatTheOldKeyHeld) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(1, 0);
  const CredentialId old = world.AllHeld(person).front().id;
  Done(world.rebinding(Lost(person), {}));
  EXPECT_EQ(world.Suspend(world.trust, old, StandingVerb::kReinstate, "resolved"), "state_conflict");
  EXPECT_EQ(world.Suspend(world.trust, old, StandingVerb::kRevoke, "lost_passport"), "ok");
}

TEST(Loss, WhatAnIssuerMayNotSignAnyMoreIsLeftBehindAndSaid) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(2, 3);
  OrganisationRow council = world.store.FindOrganisation(world.council.organisation)->value();
  council.kinds.clear();
  ++council.revision;
  ASSERT_EQ(world.store.Apply({ReplaceOrganisation{council}}).outcome, CommitOutcome::kDone);
  const RebindPassport::Outcome outcome = Done(world.rebinding(Lost(person), {}));
  EXPECT_EQ(outcome.signed_again, 2U);
  EXPECT_EQ(outcome.left_behind.size(), 3U);
  EXPECT_EQ(world.Held(person), "current 2, suspended (passport_replaced) 5");
  world.clock.now = world.clock.now + kDay;
  EXPECT_EQ(world.rebinding.FinishAll().value(), 1U);
  EXPECT_EQ(world.Held(person), "current 2, revoked (lost_passport) 5");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, WaitsForTheNewKeyOfAFileOrAWallet) {
  HoldingWorld world;
  const PersonId person = world.PersonWith(2, 1);
  const RebindPassport::Outcome dead = Done(world.rebinding(Lost(person, HeldAs::kWallet), {}));
  EXPECT_EQ(dead.signed_again, 0U);
  EXPECT_TRUE(dead.passport_code.empty());
  EXPECT_EQ(world.Held(person), "suspended (passport_replaced) 3");
  const IssueCredentials::Order order = TrainingOrder("between", "1001");
  EXPECT_EQ(WordsOf(world.Issuing()(world.trust, std::span(&order, 1))->front()), "state_conflict") << "no key to bind";
  const auto bring = [&](const P256Point& key) {
    return world.rebinding.BringKey({person, dead.id, HeldAs::kWallet, key}, WithNothing());
  };
  EXPECT_EQ(Done(bring(KeyInHand())).signed_again, 3U);
  EXPECT_EQ(world.Held(person), "current 3, suspended (passport_replaced) 3");
  EXPECT_EQ(world.GoodUnderAnotherKey(person), 0);
  EXPECT_EQ(WordsOf(bring(KeyInHand())), "state_conflict");
  EXPECT_EQ(Done(world.rebinding.Undo(world.store.FindRebinding(person)->value(), "undo-1", {})).signed_again, 3U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, IsFinishedWhereverTheProgramWasKilled) {
  for (const StoreFailure& failure : {kLostBefore, kLostAfter}) {
    for (int at = 0; at < 10; ++at) {
      HoldingWorld world;
      const PersonId person = world.PersonWith(2, 2);
      const std::vector<std::string> facts = world.Facts(person);
      DieAt(world, at, failure);
      const Result<RebindPassport::Outcome> first = world.rebinding(Lost(person), {});
      EXPECT_EQ(world.GoodUnderAnotherKey(person), 0) << at;
      world.store.OnApply({});
      ASSERT_TRUE(Reconcile(world.store, world.clock).ok());
      ASSERT_TRUE(world.rebinding.FinishAll().ok()) << at;
      const bool began = world.store.FindRebinding(person)->has_value();
      EXPECT_EQ(began ? Done(world.rebinding.Finish(person)).signed_again : 4U, 4U) << at;
      EXPECT_EQ(world.Facts(person), facts) << at << " " << WordsOf(first);
      EXPECT_EQ(world.Held(person), began ? "current 4, suspended (passport_replaced) 4" : "current 4") << at;
      EXPECT_EQ(world.House(), "clean") << at;
    }
  }
}

TEST(Loss, IsTakenBackWhereverTheProgramWasKilled) {
  for (const StoreFailure& failure : {kLostBefore, kLostAfter}) {
    for (int at = 0; at < 5; ++at) {
      HoldingWorld world;
      const PersonId person = world.PersonWith(2, 1);
      const std::vector<std::string> facts = world.Facts(person);
      Done(world.rebinding(Lost(person), {}));
      world.Train(world.trust, "1001", 77);
      const RebindingRow loss = world.store.FindRebinding(person)->value();
      DieAt(world, at, failure);
      const Result<RebindPassport::Outcome> first = world.rebinding.Undo(loss, "undo-1", {});
      EXPECT_EQ(world.GoodUnderAnotherKey(person), 0) << at;
      world.store.OnApply({});
      ASSERT_TRUE(Reconcile(world.store, world.clock).ok());
      ASSERT_TRUE(world.rebinding.FinishAll().ok()) << at;
      EXPECT_EQ(world.Facts(person).size(), 4U) << at << " " << WordsOf(first);
      EXPECT_EQ(world.GoodUnderAnotherKey(person), 0) << at;
      EXPECT_EQ(world.House(), "clean") << at;
    }
  }
}

}  // namespace
}  // namespace passport
