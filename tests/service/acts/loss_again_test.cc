// Passports that are lost again, taken back again, or replaced while somebody else acts: a thief gains nothing by it.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "credential/crypto/jwk.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/move_passport.h"
#include "passport-service/acts/replace_passport.h"
#include "tests/service/acts/holding_world.h"

namespace passport {
namespace {

constexpr Seconds kUndoDay{24 * 3600};

struct AgainWorld : HoldingWorld {
  explicit AgainWorld(int of_trust = 2, int of_council = 1) : person(PersonWith(of_trust, of_council)) {}
  ReplacePassport replacing{store, *vault, trust_in_force, random, clock, rebinding};
  PersonId person;

  Result<ReplacePassport::Replaced> Replace(const Caller& by, HeldAs held_as = HeldAs::kKept, bool end_shares = false) {
    return replacing({.by = by,
                      .request = Request("replace-" + std::to_string(++requests)),
                      .employee_number = "1001",
                      .identity = {.method = "known_in_person",
                                   .checked_by = "A. Clerk",
                                   .checked_on = CivilDay::InLondon(clock.now)},
                      .held_as = held_as,
                      .end_shares = end_shares});
  }
  std::string Redeem(const Invitation& invitation) {
    RedeemInvitation redeem(store, *vault, random, clock, BringsTheNewKey(*vault, rebinding));
    const P256Point key = KeyInHand();
    return WordsOf(redeem({.by = {.person = {}, .key = ProvenKey{key, Thumbprint(key)}},
                           .request = Request("redeem-" + std::to_string(++requests)),
                           .invitation = invitation.id,
                           .code = invitation.code,
                           .held_as = HeldAs::kWallet}));
  }
  RebindingRow Row() { return store.FindRebinding(person)->value(); }
  // By whoever has what it takes.
  std::string Undo() { return WordsOf(rebinding.Undo(Row(), "undo-" + std::to_string(++requests), {})); }
  std::string Leave(const Caller& employer) {
    const Digest number = FindEmployee(store, *vault, employer.organisation, "1001")->value().number;
    const Commit commit = store.Apply({SetLeaving{employer.organisation, number, clock.now, "sealed"}});
    return commit.outcome == CommitOutcome::kDone ? "ok" : "refused";
  }
  // Nothing, when what it held can not be opened any more.
  bool Opens(const InvitationRow& row) { return OpenInvitation(*vault, row)->has_value(); }
};

TEST(Loss, AnInvitationBringsTheKeyOfItsOwnLossAlone) {
  AgainWorld world;
  const auto first = world.Replace(world.trust, HeldAs::kWallet);
  const InvitationRow row = world.store.FindInvitation(first->invitation->id)->value();
  ASSERT_TRUE(world.Opens(row));
  const std::string lost_first = world.Row().id;
  const auto second = world.Replace(world.council, HeldAs::kWallet);
  ASSERT_TRUE(second.ok()) << second.fault().detail;
  EXPECT_EQ(world.Redeem(*first->invitation), "not_found");
  EXPECT_FALSE(world.Opens(row)) << "what it held is gone";
  const auto bring = [&](const std::string& loss) {
    return WordsOf(world.rebinding.BringKey({world.person, loss, HeldAs::kWallet, KeyInHand()},
                                            [](const RebindPassport::Outcome&) { return Changes(); }));
  };
  EXPECT_EQ(bring(lost_first), "state_conflict");
  EXPECT_EQ(world.Redeem(*second->invitation), "ok");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, AnInvitationEndsWhenTheLossIsTakenBack) {
  AgainWorld world;
  const auto replaced = world.Replace(world.trust, HeldAs::kWallet);
  const InvitationRow row = world.store.FindInvitation(replaced->invitation->id)->value();
  ASSERT_EQ(world.Undo(), "ok");
  EXPECT_FALSE(world.Opens(row));
  EXPECT_EQ(world.store.FindInvitation(row.id)->value().state, InvitationState::kDead);
  ASSERT_TRUE(world.Replace(world.council, HeldAs::kWallet).ok());
  EXPECT_EQ(world.Redeem(*replaced->invitation), "not_found") << "the passport waits, but not for this one";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, ALaterInvitationOfTheSameEmployerTakesThePlaceOfTheFirst) {
  AgainWorld world;
  const auto first = world.Replace(world.trust, HeldAs::kWallet);
  const InvitationRow row = world.store.FindInvitation(first->invitation->id)->value();
  ASSERT_TRUE(world.Opens(row));
  const auto second = world.Replace(world.trust, HeldAs::kFile);
  ASSERT_TRUE(second.ok()) << second.fault().detail;
  EXPECT_FALSE(world.Opens(row)) << "also not by what is remembered of its key";
  EXPECT_EQ(world.Redeem(*first->invitation), "not_found");
  EXPECT_EQ(world.Redeem(*second->invitation), "ok");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, WhomThePersonHasLeftReplacesNothingWhileAnotherEmploysThem) {
  AgainWorld world;
  ASSERT_EQ(world.Leave(world.trust), "ok");
  EXPECT_EQ(WordsOf(world.Replace(world.trust)), "not_found");
  EXPECT_EQ(WordsOf(world.Replace(world.council)), "ok");
  ASSERT_EQ(world.Leave(world.council), "ok");
  EXPECT_EQ(WordsOf(world.Replace(world.trust)), "ok") << "nobody employs them: somebody must be able to";
}

TEST(Loss, AReplacementThatWasAnsweredIsNotAnsweredAgainToWhomThePersonHasLeft) {
  AgainWorld world;
  const ReplacePassport::Order order{
      .by = world.trust,
      .request = Request("r1"),
      .employee_number = "1001",
      .identity = {
          .method = "known_in_person", .checked_by = "A. Clerk", .checked_on = CivilDay::InLondon(world.clock.now)}};
  ASSERT_TRUE(world.replacing(order).ok());
  ASSERT_EQ(world.Leave(world.trust), "ok");
  EXPECT_EQ(WordsOf(world.replacing(order)), "not_found");
}

TEST(Loss, ASecondReplacementInTheDayDoesNotTakeTheUndoAway) {
  AgainWorld world;
  const std::string first_key = world.GoodKey(world.person);
  const std::vector<std::string> facts = world.Facts(world.person);
  const Instant until = world.clock.now + kUndoDay;
  ASSERT_TRUE(world.Replace(world.trust).ok());
  world.clock.now = world.clock.now + Seconds{3600};
  const auto second = world.Replace(world.council);
  ASSERT_TRUE(second.ok()) << second.fault().detail;
  EXPECT_EQ(second->outcome.undo_until, until);
  EXPECT_EQ(second->outcome.signed_again, 3U);
  EXPECT_EQ(world.Facts(world.person), facts) << "each once";
  EXPECT_EQ(world.GoodUnderAnotherKey(world.person), 0);
  EXPECT_EQ(world.Held(world.person), "current 3, revoked (passport_replaced) 3, suspended (passport_replaced) 3");
  EXPECT_EQ(world.House(), "clean");
  EXPECT_EQ(world.store.FindRebindingByCode(Sha256(world.code))->value().id, world.Row().id);
  ASSERT_EQ(world.Undo(), "ok");
  EXPECT_EQ(world.GoodKey(world.person), first_key);
  EXPECT_EQ(world.store.FindPersonByCode(Sha256(world.code))->value().id, world.person);
  EXPECT_EQ(world.Facts(world.person), facts);
  EXPECT_EQ(world.GoodUnderAnotherKey(world.person), 0);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, WhatIssuersSaidBetweenTwoReplacementsCounts) {
  AgainWorld world(4, 0);
  const std::vector<std::string> facts = world.Facts(world.person);
  ASSERT_TRUE(world.Replace(world.trust).ok());
  std::vector<CredentialId> renewed;
  for (const CredentialRow& row : world.AllHeld(world.person)) {
    if (row.state == CredentialState::kCurrent) renewed.push_back(row.id);
  }
  ASSERT_EQ(renewed.size(), 4U);
  ASSERT_EQ(world.Suspend(world.trust, renewed[0], StandingVerb::kRevoke, "issued_in_error"), "ok");
  ASSERT_EQ(world.Suspend(world.trust, renewed[1], StandingVerb::kSuspend, "suspected_invalid"), "ok");
  world.Train(world.trust, "1001", 77);  // new on the day
  ASSERT_TRUE(world.Replace(world.council).ok());
  EXPECT_EQ(world.Facts(world.person).size(), 3U) << "two, and the new one";
  EXPECT_EQ(world.GoodUnderAnotherKey(world.person), 0);
  EXPECT_EQ(world.House(), "clean");
  ASSERT_TRUE(world.Replace(world.trust).ok()) << "and a third time";
  EXPECT_EQ(world.Facts(world.person).size(), 3U);
  ASSERT_EQ(world.Undo(), "ok");
  EXPECT_EQ(world.Facts(world.person).size(), 3U);
  EXPECT_EQ(world.GoodUnderAnotherKey(world.person), 0);
  int suspended = 0;
  for (const CredentialRow& row : world.AllHeld(world.person)) suspended += row.state_reason == "suspected_invalid";
  EXPECT_EQ(suspended, 1) << "as its issuer wanted it";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, TheDayOfTheFirstReplacementEndsTheUndoOfAll) {
  AgainWorld world;
  ASSERT_TRUE(world.Replace(world.trust).ok());
  world.clock.now = world.clock.now + Seconds{3600};
  ASSERT_TRUE(world.Replace(world.trust, HeldAs::kWallet).ok());
  EXPECT_EQ(world.Held(world.person), "revoked (passport_replaced) 3, suspended (passport_replaced) 3");
  world.clock.now = world.clock.now + kUndoDay + Seconds{-3600};
  EXPECT_EQ(world.Undo(), "state_conflict");
  EXPECT_EQ(world.rebinding.FinishAll().value(), 1U);
  EXPECT_TRUE(world.Row().sealed.empty()) << "the key of before is destroyed; the passport waits on";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, IsReplacedAgainAlsoWhereWhatWouldTakeItBackIsGone) {
  AgainWorld world;
  ASSERT_TRUE(world.Replace(world.trust).ok());
  // As in an older backup that was put back.
  const DataOwner kept = owner::Rebinding(world.person);
  ASSERT_EQ(world.store.Apply({DropDataKey{kept}}).outcome, CommitOutcome::kDone);
  world.vault->Forget(std::span(&kept, 1));
  const auto replaced = world.Replace(world.council);
  ASSERT_TRUE(replaced.ok()) << replaced.fault().detail;
  EXPECT_FALSE(replaced->outcome.undo_until.has_value());
  EXPECT_EQ(replaced->outcome.signed_again, 3U);
  EXPECT_EQ(world.Undo(), "state_conflict");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, AfterOneWasTakenBackTheNextReplacementIsFinal) {
  AgainWorld world;
  ASSERT_TRUE(world.Replace(world.trust).ok());
  ASSERT_EQ(world.Undo(), "ok");
  const auto replaced = world.Replace(world.trust);
  ASSERT_TRUE(replaced.ok()) << replaced.fault().detail;
  EXPECT_FALSE(replaced->outcome.undo_until.has_value());
  EXPECT_EQ(world.Undo(), "state_conflict");
  EXPECT_FALSE(world.store.FindRebindingByCode(Sha256(world.code))->has_value());
  EXPECT_EQ(world.rebinding.FinishAll().value(), 0U) << "its answer may be asked for again for a day";
  world.clock.now = world.clock.now + kUndoDay;
  EXPECT_EQ(world.rebinding.FinishAll().value(), 1U);
  EXPECT_FALSE(world.store.FindRebinding(world.person)->has_value());
  EXPECT_EQ(world.GoodUnderAnotherKey(world.person), 0);
  EXPECT_EQ(world.House(), "clean");
}

// A move waits for nobody: what stands against a stolen code is the employer, who replaces what the thief has moved.
TEST(Loss, WhatAThiefHasMovedWithTheCodeTheEmployerGivesBack) {
  AgainWorld world;
  const P256Point key = KeyInHand();
  const ProvenKey thiefs{key, Thumbprint(key)};
  MovePassport move(world.store, world.rebinding, world.clock);
  const auto moved = move({.by = {.person = world.person, .key = {}, .held_as = HeldAs::kKept},
                           .request = Request("m"),
                           .held_as = HeldAs::kWallet,
                           .new_key = thiefs});
  ASSERT_TRUE(moved.ok()) << moved.fault().detail;
  const auto has_it = [&] { return world.GoodKey(world.person) == thiefs.thumbprint; };
  ASSERT_TRUE(has_it());
  ASSERT_TRUE(world.Replace(world.trust).ok());
  EXPECT_FALSE(has_it()) << "from the write on in which it is replaced";
  UndoReplacement undo(world.store, world.rebinding, world.clock);
  const HolderCaller thief{.person = {}, .key = thiefs};
  EXPECT_EQ(WordsOf(undo({thief, Request("u1"), moved->passport_code})), "ok") << "once, by key and code";
  const auto again = world.Replace(world.trust);
  ASSERT_TRUE(again.ok()) << again.fault().detail;
  EXPECT_FALSE(again->outcome.undo_until.has_value());
  EXPECT_EQ(WordsOf(undo({thief, Request("u2"), moved->passport_code})), "holder_unknown");
  EXPECT_FALSE(has_it());
  EXPECT_EQ(again->outcome.signed_again, 3U) << "all of it";
  EXPECT_EQ(world.GoodUnderAnotherKey(world.person), 0);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, NeitherAReportNorAMoveGivesTheUndoBack) {
  AgainWorld reported;
  ASSERT_TRUE(reported.Replace(reported.trust).ok());
  ASSERT_EQ(reported.Undo(), "ok");
  ReportLoss report(reported.store, reported.random, reported.clock);
  const HolderCaller by{.person = reported.person, .key = {}, .held_as = HeldAs::kKept};
  ASSERT_TRUE(report({by, Request("report-1"), false}).ok());
  EXPECT_FALSE(reported.Replace(reported.trust)->outcome.undo_until.has_value());

  AgainWorld moved;
  ASSERT_TRUE(moved.Replace(moved.trust).ok());
  ASSERT_EQ(moved.Undo(), "ok");
  ASSERT_TRUE(
      moved.rebinding({.person = moved.person, .request = "m", .held_as = HeldAs::kWallet, .key = KeyInHand()}, {})
          .ok());
  EXPECT_FALSE(moved.Replace(moved.trust)->outcome.undo_until.has_value());
}

TEST(Loss, OnlyAReportThatIsNamedSaysWhatBecomesOfTheShares) {
  AgainWorld world;
  ReportLoss report(world.store, world.random, world.clock);
  const HolderCaller by{.person = world.person, .key = {}, .held_as = HeldAs::kKept};
  ASSERT_TRUE(report({by, Request("report-1"), true}).ok());
  ASSERT_TRUE(world.Replace(world.trust, HeldAs::kKept, false).ok());
  EXPECT_FALSE(world.Row().end_shares) << "who has only the code may have reported it";
}

TEST(Loss, WhatWasSuspendedBeforeIsNotMadeGoodAgainUnderTheDeadKey) {
  for (const HeldAs held_as : {HeldAs::kKept, HeldAs::kWallet}) {
    AgainWorld world;
    const CredentialId old = world.Train(world.trust, "1001", 9);
    ASSERT_EQ(world.Suspend(world.trust, old, StandingVerb::kSuspend, "suspected_invalid"), "ok");
    ASSERT_TRUE(world.Replace(world.trust, held_as).ok());
    EXPECT_EQ(world.Suspend(world.trust, old, StandingVerb::kReinstate, "resolved"), "state_conflict");
    EXPECT_EQ(world.GoodUnderAnotherKey(world.person), 0);
  }
}

TEST(Loss, ABadgeThatWasSuspendedIsBoundToNoKeyAndComesBack) {
  AgainWorld world;
  const CredentialId badge = world.BadgeOf(world.trust, "1001");
  ASSERT_EQ(world.Suspend(world.trust, badge, StandingVerb::kSuspend, "suspected_invalid"), "ok");
  ASSERT_TRUE(world.Replace(world.trust).ok());
  EXPECT_EQ(world.Suspend(world.trust, badge, StandingVerb::kReinstate, "resolved"), "ok");
}

// Random numbers are drawn between what is read and what is written.
struct Interrupted final : Random {
  explicit Interrupted(Random& of) : inner(of) {}
  void Fill(std::span<std::uint8_t> bytes) override {
    if (then) std::exchange(then, {})();
    inner.Fill(bytes);
  }
  Random& inner;
  std::function<void()> then = {};
};

TEST(Loss, WhatIsIssuedWhileTheKeyIsEndedWaitsLikeTheRest) {
  AgainWorld world;
  Interrupted random(world.random);
  RebindPassport rebinding(world.store, *world.keys, *world.vault, random, world.clock, *world.issuing,
                           world.renew_shares.AsTurn());
  RebindPassport::Order order = Lost(world.person, HeldAs::kWallet);
  order.id = "chosen-by-the-caller--";
  bool issued = false;
  random.then = [&] {
    world.Train(world.trust, "1001", 88);
    issued = true;
  };
  ASSERT_TRUE(rebinding(order, {}).ok());
  ASSERT_TRUE(issued);
  EXPECT_EQ(world.Held(world.person), "suspended (passport_replaced) 4");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Loss, SharesEndWhereverTheProgramWasKilledWhileTheKeyIsStillToCome) {
  AgainWorld world;
  bool killed = true;
  std::optional<bool> ended;
  RebindPassport rebinding(world.store, *world.keys, *world.vault, world.random, world.clock, *world.issuing,
                           [&](const PersonId&, bool end_all) -> Result<void> {
                             if (killed) return Fault{Reason::kStoreUnavailable, "", "killed"};
                             ended = end_all;
                             return {};
                           });
  RebindPassport::Order order = Lost(world.person, HeldAs::kWallet);
  order.end_shares = true;
  EXPECT_EQ(WordsOf(rebinding(order, {})), "store_unavailable");
  EXPECT_EQ(world.Row().state, RebindingState::kAwaitingKey);
  killed = false;
  ASSERT_TRUE(rebinding.FinishAll().ok());
  EXPECT_EQ(ended, true);
}

// Two people whose rebindings are due; while the first is finished, the passport of the second is lost again.
TEST(Loss, WhatGoesOnWhileOthersAreFinishedIsNotEndedAsItWas) {
  AgainWorld world(1, 1);
  const PersonId other = world.store.FindPersonByCode(Sha256(world.OtherPerson(3)))->value().id;
  const PersonId first = std::min(world.person, other);
  const PersonId second = std::max(world.person, other);
  std::function<void()> meanwhile;
  RebindPassport* rebind = nullptr;
  RebindPassport rebinding(world.store, *world.keys, *world.vault, world.random, world.clock, *world.issuing,
                           [&](const PersonId&, bool) -> Result<void> {
                             if (meanwhile) std::exchange(meanwhile, {})();
                             return {};
                           });
  rebind = &rebinding;
  ASSERT_TRUE(rebinding(Lost(second), {}).ok());
  world.clock.now = world.clock.now + kUndoDay;
  // The first one's is cut off before it is finished.
  world.store.OnApply([count = 0](const Changes&) mutable -> std::optional<MemoryStore::Failure> {
    if (count++ == 0) return std::nullopt;
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
  });
  ASSERT_FALSE(rebinding(Lost(first), {}).ok());
  world.store.OnApply({});
  ASSERT_TRUE(Reconcile(world.store, world.clock).ok());
  const std::size_t facts = world.Facts(second).size();
  bool lost_again = false;
  meanwhile = [&] {
    RebindPassport::Order order = Lost(second);
    order.request = "lost-2";
    lost_again = rebind->operator()(order, {}).ok();
  };
  ASSERT_TRUE(rebinding.FinishAll().ok());
  ASSERT_TRUE(lost_again);
  EXPECT_EQ(world.Facts(second).size(), facts) << "what was signed again last stands";
  const auto row = world.store.FindRebinding(second);
  ASSERT_TRUE(row->has_value()) << "and can be taken back";
  EXPECT_EQ((*row)->state, RebindingState::kUndoable);
  EXPECT_EQ(world.GoodUnderAnotherKey(second), 0);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Holding, KeysThatEndedAreTakenOutOfTheFilesTogether) {
  AgainWorld world;
  EXPECT_EQ(world.rebinding.ForgetWhatEnded().value(), true) << "what a program that was killed may have left";
  EXPECT_EQ(world.store.forgets(), 1U);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(world
                    .rebinding({.person = world.person,
                                .request = "m" + std::to_string(i),
                                .held_as = HeldAs::kWallet,
                                .key = KeyInHand()},
                               {})
                    .ok());
  }
  EXPECT_EQ(world.store.forgets(), 1U) << "a move waits for nobody's files";
  EXPECT_EQ(world.rebinding.ForgetWhatEnded().value(), true);
  EXPECT_EQ(world.store.forgets(), 2U);
  EXPECT_EQ(world.rebinding.ForgetWhatEnded().value(), false);
  EXPECT_EQ(world.store.forgets(), 2U);
}

}  // namespace
}  // namespace passport
