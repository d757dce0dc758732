// Organisations that are taken over or end, and the registrar that hands its office over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/service/acts/march_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

// The next integrated care board, with the desk that will act as registrar.
const Caller kNextRegistrar{OrganisationId::Parse("ods:X9Q").value(), "registry", Roles{Role::kRegistrar}};

RegistryStep NextRegistrar() {
  return {kNextRegistrar.organisation,
          Enrolment{.legal_name = "Central East Integrated Care Board",
                    .type = "icb",
                    .kinds = {},
                    .systems = {{kNextRegistrar.system, {Role::kRegistrar}, {Sha256("next registry")}}}}};
}

RegistryStep Acquired(const RegistryWorld& world, Instant at) {
  return {world.trust.organisation, Succession{SuccessionKind::kAcquired, world.successor.organisation, at}};
}

TEST(Succession, OfThe31stOfMarch2026TakesTheTrustOverAndReplacesTheRegistrarInOneSignature) {
  MarchWorld world;
  ASSERT_EQ(world.Make({NextRegistrar()}), "ok");
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RC9");
  world.clock.now = At("2026-03-31T00:00");
  ASSERT_EQ(world.Make({Acquired(world, At("2026-03-31T00:00")),
                        {world.registrar.organisation, RegistrarReplacement{kNextRegistrar.organisation}}}),
            "ok");
  world.clock.now = At("2026-03-31T09:00");

  const PresentedRecord record = world.Record();
  EXPECT_EQ(record.standing, Standing::kGood) << "authorised when issued";
  EXPECT_EQ(record.issuer.text(), "ods:RC9");
  ASSERT_TRUE(record.responsible);
  EXPECT_EQ(record.responsible->id.text(), "ods:RD1");
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RD1");

  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted") << "nothing new under the old code";
  EXPECT_EQ(world.Revoke(world.trust, *world.training), "not_permitted");
  EXPECT_EQ(world.Revoke(world.council, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(world.registrar, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(kNextRegistrar, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(world.successor, *world.training), "ok");
  EXPECT_EQ(world.Record().standing, Standing::kRevoked);

  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.council, EntryState::kSuspended)}), "not_permitted");
  EXPECT_EQ(world.Propose(kNextRegistrar, {Stands(world.council, EntryState::kSuspended)}), "ok");
  EXPECT_EQ(world.Sign(world.registrar, world.newest()), "not_found");
  EXPECT_EQ(world.Sign(kNextRegistrar, world.newest()), "ok");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Succession, BeginsOnItsDayAndNotBefore) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Acquired(world, At("2026-03-31T00:00"))}), "ok");
  world.clock.now = At("2026-03-30T23:59");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "ok");
  EXPECT_EQ(world.Revoke(world.successor, *world.other), "not_found");
  EXPECT_FALSE(world.Record().responsible);
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RC9");
  world.clock.now = At("2026-03-31T00:00");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  EXPECT_EQ(world.Revoke(world.successor, *world.other), "ok");
  EXPECT_TRUE(world.Record().responsible);
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RD1");
}

TEST(Succession, IsNotDatedBack) {
  MarchWorld world;
  world.clock.now = At("2026-04-07T10:00");
  ASSERT_EQ(world.Make({Acquired(world, At("2026-03-31T00:00"))}), "ok");
  EXPECT_EQ(world.Row(world.trust).successions.front().at, world.clock.now + Seconds{1});
}

TEST(Succession, LeavesWhatWasIssuedInItsSecondToTheOneThatIssuedIt) {
  MarchWorld world;
  ASSERT_EQ(world.Issue(world.trust, "1001"), "ok");
  ASSERT_EQ(world.Make({Acquired(world, {})}), "ok");
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
}

TEST(Succession, GoesOnThroughASuccessorThatIsTakenOverItself) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Acquired(world, {})}), "ok");
  ASSERT_EQ(
      world.Make({{world.successor.organisation, Succession{SuccessionKind::kMerged, world.council.organisation, {}}}}),
      "ok");
  world.clock.now = world.clock.now + Seconds{1};
  world.PublishNow();
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ons:E06000032");
  EXPECT_EQ(world.Revoke(world.successor, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(world.council, *world.training), "ok");
  EXPECT_EQ(world.Propose(world.registrar, {{world.council.organisation,
                                             Succession{SuccessionKind::kMerged, world.trust.organisation, {}}}}),
            "state_conflict")
      << "a circle";
}

TEST(Succession, DoesNotGoRoundThroughAnEarlierOne) {
  MarchWorld world;
  const auto merged = [](const Caller& of, const Caller& with, std::string_view day) {
    return RegistryStep{of.organisation, Succession{SuccessionKind::kMerged, with.organisation, At(day)}};
  };
  ASSERT_EQ(world.Make({merged(world.trust, world.successor, "2026-04-01T00:00")}), "ok");
  ASSERT_EQ(world.Make({merged(world.trust, world.council, "2026-05-01T00:00")}), "ok");
  const ProposeChange::Order order{
      world.registrar, Request("round"), "agreed", {merged(world.successor, world.trust, "2026-03-15T00:00")}};
  const auto round = world.Proposing()(order);
  ASSERT_EQ(WordsOf(round), "state_conflict") << "through April they would answer for each other";
  EXPECT_THAT(round.fault().detail, HasSubstr("circle"));
  EXPECT_EQ(world.Propose(world.registrar, {merged(world.successor, world.council, "2026-03-15T00:00")}), "ok")
      << "two ways to the same end are no circle";
}

TEST(Succession, LetsTheSuccessorSeeWhatItTookOver) {
  MarchWorld world;
  ReadCredentials read(world.store, *world.vault, world.clock);
  const OrganisationId& old = world.trust.organisation;
  const OrganisationId nowhere = OrganisationId::Parse("ods:NONE").value();
  EXPECT_EQ(WordsOf(read.List(world.successor, "", 10, old)), "not_found") << "not before its day";
  ASSERT_EQ(world.Make({Acquired(world, {})}), "ok");
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(read.List(world.successor, "", 10, old)->rows.size(), 2U);
  EXPECT_EQ(read.List(world.successor, "", 10)->rows.size(), 0U) << "its own";
  const auto one = read.Get(world.successor, *world.training);
  ASSERT_TRUE(one.ok());
  EXPECT_FALSE(one->token.empty());
  EXPECT_EQ(world.Audited("credential.read", "done"), 1U);
  EXPECT_EQ(world.Audited("credential.listed", "done"), 2U);
  const auto theirs = read.List(world.council, "", 10, old);
  const auto of_nobody = read.List(world.council, "", 10, nowhere);
  ASSERT_FALSE(theirs.ok() || of_nobody.ok());
  EXPECT_EQ(theirs.fault().reason, Reason::kNotFound);
  EXPECT_EQ(of_nobody.fault().reason, Reason::kNotFound);
  EXPECT_EQ(theirs.fault().detail, of_nobody.fault().detail) << "nobody learns whom there is";
  EXPECT_EQ(WordsOf(read.Get(world.council, *world.training)), "not_found");
  EXPECT_EQ(WordsOf(read.List(world.trust, "", 10)), "not_permitted");
  EXPECT_EQ(WordsOf(read.List(world.trust, "", 10, old)), "not_permitted");
  EXPECT_EQ(WordsOf(read.Get(world.trust, *world.training)), "not_permitted");
}

TEST(Succession, OfOneThatHasCeasedLeavesWhatItIssuedValid) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kCeased)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.trust, EntryState::kActive)}), "state_conflict");
}

TEST(Succession, OfASuspendedOneCanNotBeToldUntilItIsActiveAgain) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kSuspended)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(world.Record().standing, Standing::kCannotTell);
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kActive)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  EXPECT_EQ(world.Row(world.trust).history.size(), 2U) << "nothing is rewritten";
}

TEST(Succession, NeverLeavesTheRegionWithoutARegistrar) {
  MarchWorld world;
  const OrganisationId& registrar = world.registrar.organisation;
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.registrar, EntryState::kCeased)}), "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.registrar, EntryState::kSuspended)}), "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.registrar, EntryState::kCompromised, world.clock.now)}),
            "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar,
                          {{registrar, Succession{SuccessionKind::kMerged, world.council.organisation, {}}}}),
            "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar, {{registrar, RegistrarReplacement{world.council.organisation}}}),
            "state_conflict")
      << "the council has no system that could sign";
  EXPECT_EQ(
      world.Propose(world.registrar, {{registrar, RegistrarReplacement{OrganisationId::Parse("ods:NONE").value()}}}),
      "not_found");
  ASSERT_EQ(world.Make({NextRegistrar(),
                        {registrar, RegistrarReplacement{kNextRegistrar.organisation}},
                        Stands(world.registrar, EntryState::kCeased)}),
            "ok")
      << "all in one proposal";
  EXPECT_FALSE(world.Row(world.registrar).registrar);
  EXPECT_TRUE(world.Row(kNextRegistrar).registrar);
}

}  // namespace
}  // namespace passport
