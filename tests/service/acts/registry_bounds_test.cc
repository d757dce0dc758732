// What no sequence of proposals may do to the registry: outgrow its readers, leave the office without hands, break a
// rule that spans rows.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>

#include "credential/trust/registry_entity_json.h"
#include "passport-service/acts/answers_for.h"
#include "tests/service/acts/registry_world.h"

namespace passport {
namespace {

struct BoundsWorld : RegistryWorld {
  BoundsWorld() : RegistryWorld(At("2026-03-02T09:00")) {}

  // What years of proposals made of the row.
  void Make(const Caller& of, const std::function<void(OrganisationRow&)>& change) {
    OrganisationRow row = Row(of);
    ++row.revision;
    change(row);
    ASSERT_EQ(store.Apply({ReplaceOrganisation{row}}).outcome, CommitOutcome::kDone);
  }
  using RegistryWorld::Make;
};

// The next board, a registrar beside the first one.
const Caller kSecondRegistrar{OrganisationId::Parse("ods:X9Q").value(), "registry", Roles{Role::kRegistrar}};

RegistryStep SecondRegistrar() {
  return {kSecondRegistrar.organisation,
          Enrolment{.legal_name = "Central East Integrated Care Board",
                    .type = "icb",
                    .kinds = {},
                    .registrar = true,
                    .systems = {{kSecondRegistrar.system, {Role::kRegistrar}, {Sha256("second registry")}}}}};
}
RegistryStep TakenOver(const Caller& of, const Caller& by, Instant at = {}) {
  return {of.organisation, Succession{SuccessionKind::kMerged, by.organisation, at}};
}

std::vector<AllowedKind> Windows(std::size_t count) {
  std::vector<AllowedKind> kinds;
  for (std::size_t i = 0; i < count; ++i) {
    const Instant from = At("2027-01-01T00:00") + Seconds{static_cast<std::int64_t>(i) * 20};
    kinds.push_back({"immunity", from, from + Seconds{10}});
  }
  return kinds;
}

TEST(RegistryBounds, OfKindsAreWhatReadersOfTheRegistryTake) {
  BoundsWorld world;
  EXPECT_EQ(world.Make({Kinds(world.trust, Windows(kRegistryKindWindowsMax - 2))}), "limit") << "it has three";
  EXPECT_EQ(world.Make({Kinds(world.trust, Windows(kRegistryKindWindowsMax - 3))}), "ok");
  EXPECT_EQ(world.Make({Kinds(world.trust, {{"immunity", {}, At("2026-12-01T00:00")}})}), "limit");
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok") << "readers take it";
  EXPECT_EQ(world.Row(world.trust).kinds.size(), kRegistryKindWindowsMax);
}

TEST(RegistryBounds, OfOneProposalHoldForAllItsStepsTogether) {
  BoundsWorld world;
  const std::vector<KindEnd> ends(kRegistryKindWindowsMax + 1, KindEnd{"employment", {}});
  EXPECT_EQ(world.Make({Kinds(world.trust, {}, ends)}), "limit");
  EXPECT_EQ(world.Make({Kinds(world.trust, Windows(300)), Kinds(world.council, Windows(201))}), "limit");
  EXPECT_EQ(world.Make({{OrganisationId::Parse("ods:NEW").value(),
                         Enrolment{.legal_name = "New", .type = "charity", .kinds = Windows(501), .systems = {}}}}),
            "limit");
}

TEST(RegistryBounds, OfStatesLeaveRoomForAnEnd) {
  BoundsWorld world;
  world.Make(world.trust, [&](OrganisationRow& row) {
    // One place for the first state and two for an end.
    for (std::size_t i = 0; i < kRegistryStatesMax - 3; ++i) {
      const EntryState state = i % 2 == 0 ? EntryState::kSuspended : EntryState::kActive;
      row.history.push_back({state, row.valid_from + Seconds{static_cast<std::int64_t>(i) + 1}, "agreed"});
    }
  });
  world.clock.now = At("2026-04-02T09:00");
  const bool active = world.Row(world.trust).history.back().state == EntryState::kActive;
  EXPECT_EQ(world.Make({Stands(world.trust, active ? EntryState::kSuspended : EntryState::kActive)}), "limit");
  EXPECT_EQ(world.Make({Stands(world.trust, EntryState::kCeased)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(world.Make({Stands(world.trust, EntryState::kCompromised, world.clock.now)}), "ok");
  EXPECT_EQ(world.Row(world.trust).history.size() + 1, kRegistryStatesMax);
  EXPECT_EQ(world.Make({Stands(world.trust, EntryState::kSuspended)}), "limit");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok");
}

TEST(RegistryBounds, OfSuccessionsAreWhatReadersOfTheRegistryTake) {
  BoundsWorld world;
  world.Make(world.trust, [&](OrganisationRow& row) {
    for (std::size_t i = 0; i < kRegistrySuccessionsMax - 1; ++i) {
      row.successions.push_back({SuccessionKind::kSplit, world.successor.organisation, row.valid_from + Seconds{1}});
    }
  });
  EXPECT_EQ(world.Make({TakenOver(world.trust, world.council)}), "ok");
  EXPECT_EQ(world.Make({TakenOver(world.trust, world.council)}), "limit");
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok");
}

TEST(RegistryBounds, OfOpenProposalsAreEachOrganisationsOwn) {
  BoundsWorld world;
  const auto ask = [&] { return world.Propose(world.trust_operator, {Stands(world.trust, EntryState::kSuspended)}); };
  for (std::size_t i = 0; i < kOpenProposalsMax; ++i) ASSERT_EQ(ask(), "ok") << i;
  EXPECT_EQ(ask(), "limit");
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.trust, EntryState::kSuspended)}), "ok");
  ASSERT_EQ(world.Reject(world.trust_operator, world.newest() - 1), "ok");
  EXPECT_EQ(ask(), "ok") << "after one was taken back";
  EXPECT_EQ(ask(), "limit");
}

// Does something between what a change was judged on and its writing.
class BusyRandom final : public Random {
 public:
  void Fill(std::span<std::uint8_t> out) override {
    behind_.Fill(out);
    if (meanwhile) std::exchange(meanwhile, {})();
  }
  std::function<void()> meanwhile;

 private:
  SeededRandom behind_{12};
};

TEST(RegistryBounds, OfTwoChangesAtOnceTheSecondIsJudgedOnTheFirst) {
  BoundsWorld world;
  BusyRandom random;
  RegistryEffects effects(world.store, *world.keys, random, PublishedBase{"https://passport.example"});
  const auto sign = [&](std::uint64_t number) -> SignProposal::Order {
    return {world.registrar, Request("sign-" + std::to_string(number)), number,
            world.Reading().Review(world.registrar, number)->seen};
  };
  const RegistryStep enrolment{OrganisationId::Parse("ods:NEW").value(),
                               Enrolment{.legal_name = "New", .type = "charity", .kinds = {}, .systems = {}}};
  ASSERT_EQ(world.Propose(world.registrar, {enrolment, TakenOver(world.trust, world.successor)}), "ok");
  const SignProposal::Order there = sign(world.newest());
  ASSERT_EQ(world.Propose(world.registrar, {TakenOver(world.successor, world.trust)}), "ok");
  const SignProposal::Order back = sign(world.newest());

  std::future<std::string> second;
  random.meanwhile = [&] {
    second =
        std::async(std::launch::async, [&] { return WordsOf(SignProposal(world.store, world.clock, effects)(back)); });
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout) << "it waits its turn";
  };
  EXPECT_EQ(WordsOf(SignProposal(world.store, world.clock, effects)(there)), "ok");
  ASSERT_TRUE(second.valid());
  EXPECT_EQ(second.get(), "state_conflict") << "what it changes is not what was shown any more";

  ASSERT_EQ(world.Propose(world.registrar, {Stands(world.council, EntryState::kSuspended)}), "ok");
  const SignProposal::Order beside = sign(world.newest());
  random.meanwhile = [&] {
    second = std::async(std::launch::async,
                        [&] { return WordsOf(SignProposal(world.store, world.clock, effects)(beside)); });
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  };
  EnrolOrganisation enrol(world.store, world.clock, effects);
  EXPECT_EQ(
      WordsOf(enrol(
          {world.registrar, Request("short"), OrganisationId::Parse("charity:1").value(), "A Charity", "charity", {}})),
      "ok");
  EXPECT_EQ(second.get(), "ok");
  EXPECT_EQ(world.House(), "clean");
}

TEST(RegistryBounds, OfACircleThatGotInAllTheSameEndInAFault) {
  BoundsWorld world;
  const auto succeeds = [&](const Caller& by) {
    return [&](OrganisationRow& row) {
      row.successions.push_back({SuccessionKind::kMerged, by.organisation, row.valid_from});
    };
  };
  world.Make(world.trust, succeeds(world.successor));
  world.Make(world.successor, succeeds(world.trust));
  EXPECT_EQ(WordsOf(AnswersFor(world.store, world.Row(world.trust), world.clock.now)), "store_unavailable");
  EXPECT_EQ(WordsOf(AnswersFor(world.store, world.Row(world.council), world.clock.now)), "ok");
}

TEST(RegistryBounds, KeepHandsEnoughForTheOfficeWhateverEnds) {
  BoundsWorld world;
  ASSERT_EQ(world.Make({SecondRegistrar()}), "ok");
  ASSERT_EQ(world.Make({Needs(kSecondRegistrar, 2)}), "ok") << "one desk of each";
  const auto ask = [&](std::vector<RegistryStep> steps) { return world.Propose(kSecondRegistrar, std::move(steps)); };
  EXPECT_EQ(ask({Stands(world.registrar, EntryState::kCeased)}), "state_conflict");
  EXPECT_EQ(ask({Stands(world.registrar, EntryState::kSuspended)}), "state_conflict");
  EXPECT_EQ(ask({TakenOver(world.registrar, world.council, At("2026-09-01T00:00"))}), "state_conflict")
      << "nor on a day that is to come";
  EXPECT_EQ(ask({Stands(kSecondRegistrar, EntryState::kCeased)}), "ok") << "the one that asks for two goes itself";
  EXPECT_EQ(ask({Stands(world.registrar, EntryState::kCeased), Needs(kSecondRegistrar, 1)}), "ok");
}

TEST(RegistryBounds, KeepHandsEnoughFromTheSecondOnInWhichAChangeBegins) {
  BoundsWorld world;
  ASSERT_EQ(world.Make({SecondRegistrar()}), "ok");
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.registrar, EntryState::kCeased), Needs(kSecondRegistrar, 2)}),
            "state_conflict")
      << "both desks are there for one second more";
}

TEST(RegistryBounds, HoldAnOrganisationThatComesBackToItsKeysHoweverShortItWasAway) {
  BoundsWorld world;
  world.clock.now = At("2026-03-20T09:00");
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.trust, EntryState::kCompromised, At("2026-03-10T00:00")),
                                            Stands(world.trust, EntryState::kActive)}),
            "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar,
                          {Stands(world.trust, EntryState::kCompromised, At("2026-03-10T00:00")),
                           Stands(world.trust, EntryState::kSuspended), Stands(world.trust, EntryState::kActive)}),
            "state_conflict");
  EXPECT_EQ(world.Make({Stands(world.trust, EntryState::kSuspended), Stands(world.trust, EntryState::kActive)}), "ok");
}

TEST(RegistryBounds, LetAKindGoOnFromTheEndThatTheSameAmendmentGivesIt) {
  BoundsWorld world;
  world.clock.now = At("2026-03-20T09:00");
  const Instant until = At("2026-12-01T00:00");
  ASSERT_EQ(world.Make({Kinds(world.trust, {{"employment", world.clock.now, until}}, {{"employment", {}}})}), "ok");
  std::vector<AllowedKind> windows = world.Row(world.trust).kinds;
  std::erase_if(windows, [](const AllowedKind& kind) { return kind.word != "employment"; });
  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[0].until, world.clock.now + Seconds{1});
  EXPECT_EQ(windows[1].from, world.clock.now + Seconds{1});
  EXPECT_EQ(windows[1].until, until);
  EXPECT_EQ(world.Make({Kinds(world.trust, {{"mandatory_training", At("2026-04-01T00:00"), {}}},
                              {{"mandatory_training", At("2026-05-01T00:00")}})}),
            "state_conflict")
      << "a beginning that was named is not moved";
}

TEST(RegistryBounds, LetTheOfficePassToOneThatBecomesActiveInTheSameProposal) {
  BoundsWorld world;
  world.AddDesk({world.successor.organisation, "registry", Roles{Role::kRegistrar}});
  ASSERT_EQ(world.Make({Stands(world.successor, EntryState::kSuspended)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  const RegistryStep replaced{world.registrar.organisation, RegistrarReplacement{world.successor.organisation}};
  EXPECT_EQ(world.Propose(world.registrar, {replaced}), "state_conflict");
  EXPECT_EQ(world.Make({Stands(world.successor, EntryState::kActive), replaced}), "ok");
  EXPECT_TRUE(world.Row(world.successor).registrar);
}

TEST(RegistryBounds, ArePublishedWhenTheyBeginAndNotAMinuteLater) {
  BoundsWorld world;
  EXPECT_FALSE(world.Publishing()()->again_at);
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kSuspended)}), "ok");
  ASSERT_EQ(world.Make({TakenOver(world.council, world.successor, At("2026-03-31T00:00"))}), "ok");
  const auto state = [&] {
    return world.trust_in_force.Get().trust->registry().FindOrganisation(world.trust.organisation)->history.size();
  };
  EXPECT_EQ(world.Publishing()()->again_at, world.clock.now + Seconds{1});
  EXPECT_EQ(state(), 2U) << "announced";
  const std::string announced = world.files.files.at("keys/ods-RC9.jwt");
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(world.Publishing()()->again_at, At("2026-03-31T00:00"));
  EXPECT_NE(world.files.files.at("keys/ods-RC9.jwt"), announced) << "no key of it is shown any more";
  world.clock.now = At("2026-03-31T00:00");
  EXPECT_FALSE(world.Publishing()()->again_at);
}

}  // namespace
}  // namespace passport
