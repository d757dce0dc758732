// How many keys of one role there may be, and that a lost one is given up all the same.
#include <gtest/gtest.h>

#include <string>

#include "passport-service/acts/open_list.h"
#include "tests/service/acts/key_steps.h"

namespace passport {
namespace {

// Owners that have had many keys.
struct CrowdedKeys : ActsWorld {
  CrowdedKeys() : keep(store, *keys, trust_in_force, clock, kYearlyRotation), own(OperatorOf(trust)) {}
  // Keys that were never needed, until the trust has had `count` of this role.
  void FillUp(KeyRole role, std::size_t count) {
    while (KeysOf(*keys, trust.organisation, role).size() < count) {
      const auto kid = keys->Generate(trust.organisation, role, KeyState::kStaged, clock.now);
      ASSERT_TRUE(kid.ok() && keys->ChangeState(*kid, KeyState::kRetired, clock.now).ok());
    }
  }
  std::string Rotate(const Caller& by, KeyRole role) {
    const auto kid = keep.Rotate({by, Request("rotate-" + std::to_string(++requests)), trust.organisation, role});
    return WordsOf(kid);
  }
  // The next key is not made while one is on its way.
  void RetireStaged(KeyRole role) {
    for (const KeyInfo& info : KeysOf(*keys, trust.organisation, role)) {
      if (info.state == KeyState::kStaged) {
        ASSERT_TRUE(keys->ChangeState(info.kid, KeyState::kRetired, clock.now).ok());
      }
    }
  }
  Result<std::string> GiveUp(const Caller& by, KeyRole role) {
    const std::string lost = ActiveKid(*keys, trust.organisation, role);
    return keep.MarkCompromised({by, Request("lost-" + std::to_string(++requests)), lost, clock.now, "stolen"});
  }
  KeepKeys keep;
  const Caller own;
};

TEST(KeyLimit, AnOperatorMakesNoMoreThanAHundredKeysOfARoleAndARegistrar190) {
  CrowdedKeys world;
  world.FillUp(KeyRole::kIssue, 99);
  EXPECT_EQ(world.Rotate(world.own, KeyRole::kIssue), "ok");
  EXPECT_EQ(world.Rotate(world.own, KeyRole::kIssue), "ok") << "that one is on its way; no other is made";
  world.RetireStaged(KeyRole::kIssue);
  EXPECT_EQ(world.Rotate(world.own, KeyRole::kIssue), "limit");
  EXPECT_EQ(world.Rotate(world.own, KeyRole::kStatus), "ok") << "each role has its own";
  EXPECT_EQ(world.Rotate(world.registrar, KeyRole::kIssue), "ok");
  world.RetireStaged(KeyRole::kIssue);
  world.FillUp(KeyRole::kIssue, 189);
  EXPECT_EQ(world.Rotate(world.registrar, KeyRole::kIssue), "ok");
  world.RetireStaged(KeyRole::kIssue);
  EXPECT_EQ(world.Rotate(world.registrar, KeyRole::kIssue), "limit");
  EXPECT_EQ(KeysOf(*world.keys, world.trust.organisation, KeyRole::kIssue).size(), 190U);
  world.PublishNow();
  EXPECT_NE(world.trust_in_force.Get().trust->registry().FindOrganisation(world.trust.organisation), nullptr);
}

TEST(KeyLimit, NeverKeepsALostKeyInUse) {
  for (const KeyRole role : {KeyRole::kIssue, KeyRole::kStatus}) {
    CrowdedKeys world;
    world.Enrol("1001");
    world.PublishNow();
    world.FillUp(role, 100);
    const Result<std::string> given_up = world.GiveUp(world.own, role);
    ASSERT_TRUE(given_up.ok()) << given_up.fault().detail;
    EXPECT_EQ(*given_up, "") << "no other key was made";
    const auto of_trust = [&] { return KeysOf(*world.keys, world.trust.organisation, role); };
    EXPECT_EQ(Count(of_trust(), KeyState::kCompromised), 1U);
    ASSERT_TRUE(Round(world, world.keep).ok()) << "and everybody else is published";
    EXPECT_EQ(of_trust().size(), 100U) << "nor does the service make one by itself";
    EXPECT_EQ(Count(of_trust(), KeyState::kActive), 0U);
    world.clock.now = world.clock.now + Seconds{600};
    const auto published = world.Publishing()();
    ASSERT_TRUE(published.ok());
    EXPECT_EQ(published->lists_without_key.size(), role == KeyRole::kStatus ? kReadyLists : 0U);
    const auto plan = world.keep.Plan({world.own, std::nullopt});
    for (const PlannedStep& step : *plan) EXPECT_NE(step.step, KeyStep::kReplace) << "it will not happen";

    EXPECT_EQ(world.Rotate(world.own, role), "limit");
    ASSERT_EQ(world.Rotate(world.registrar, role), "ok");
    ASSERT_TRUE(Round(world, world.keep).ok());
    EXPECT_EQ(Count(of_trust(), KeyState::kActive), 1U);
    EXPECT_TRUE(world.Publishing()()->lists_without_key.empty());
    EXPECT_EQ(IssueOne(world, "after", "fire_safety"), "ok");
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(KeyLimit, LetsARegistrarReplaceALostKeyAtOnce) {
  CrowdedKeys world;
  world.FillUp(KeyRole::kIssue, 100);
  const auto replaced = world.GiveUp(world.registrar, KeyRole::kIssue);
  ASSERT_TRUE(replaced.ok());
  EXPECT_EQ(*replaced, ActiveKid(*world.keys, world.trust.organisation, KeyRole::kIssue));
  EXPECT_NE(*replaced, "");
  world.FillUp(KeyRole::kIssue, 190);
  const auto beyond = world.GiveUp(world.registrar, KeyRole::kIssue);
  ASSERT_TRUE(beyond.ok());
  EXPECT_EQ(*beyond, "");
}

}  // namespace
}  // namespace passport
