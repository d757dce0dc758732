#include "passport-service/acts/publish.h"

#include <gtest/gtest.h>

#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

const std::string kProfile = R"({"id":"test","version":1,"title":"Test","effective_from":"2026-01-01",
  "expiring_within_days":30,"requirements":[{"id":"it","needs":"it","any_of":[{"kind":"employment"}]}]})";

TEST(Publish, WritesTheWholeTreeAndPutsASnapshotInForce) {
  ActsWorld world;
  PutRoleProfile put(world.store, world.clock);
  ASSERT_EQ(WordsOf(put({world.registrar, Request("profile"), kProfile})), "ok");
  const auto report = world.Publishing()();
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_EQ(report->registry_sequence, 1U);
  EXPECT_EQ(report->lists_signed, 3U);
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : world.files.files) paths.push_back(path);
  EXPECT_EQ(paths, (std::vector<std::string>{"keys/ods-QHG.jwt", "keys/ods-RC9.jwt", "keys/ons-E06000032.jwt",
                                             "profiles/test.jwt", "registry.jwt", "status/ods-QHG/1.jwt",
                                             "status/ods-RC9/1.jwt", "status/ons-E06000032/1.jwt"}));
  ASSERT_NE(world.trust_in_force.Get(), nullptr);
  EXPECT_EQ(world.trust_in_force.Get()->id(), report->snapshot_id);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Publish, WritesNothingTwice) {
  ActsWorld world;
  world.PublishNow();
  const int writes = world.files.writes;
  const auto again = world.Publishing()();
  EXPECT_EQ(again->files_written, 0U);
  EXPECT_EQ(again->lists_signed, 0U);
  EXPECT_EQ(again->registry_sequence, 1U);
  EXPECT_EQ(world.files.writes, writes);
}

TEST(Publish, WritesOnlyWhatHasChanged) {
  ActsWorld world;
  world.Enrol("1001");
  const CredentialId credential = world.IssueTraining("1001");
  world.PublishNow();
  ASSERT_TRUE(ChangeStanding(world.store, *world.keys, world.clock)(
                  {world.trust, Request("s1"), credential, StandingVerb::kRevoke, "left_organisation"})
                  .ok());
  const auto report = world.Publishing()();
  EXPECT_EQ(report->lists_signed, 1U);
  EXPECT_EQ(report->files_written, 1U);
  EXPECT_EQ(report->registry_sequence, 1U);
}

TEST(Publish, SignsAgainAtHalfLife) {
  ActsWorld world;
  world.PublishNow();
  world.clock.now = world.clock.now + Seconds{449};
  EXPECT_EQ(world.Publishing()()->lists_signed, 0U);
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(world.Publishing()()->lists_signed, 3U);
  world.clock.now = world.clock.now + Seconds{43200};
  EXPECT_EQ(world.Publishing()()->registry_sequence, 2U);
}

TEST(Publish, TRUST03_GivesANewContentANewNumber) {
  ActsWorld world;
  world.PublishNow();
  EnrolOrganisation enrol = world.EnrolOrganisations();
  ASSERT_TRUE(enrol({world.registrar,
                     Request("e1"),
                     OrganisationId::Parse("cqc:1-101234567").value(),
                     "Example Home",
                     "care_provider",
                     {}})
                  .ok());
  const auto report = world.Publishing()();
  EXPECT_EQ(report->registry_sequence, 2U);
  EXPECT_EQ(report->files_written, 3U) << "registry, the new one's keys and list";
}

TEST(Publish, LeavesTheOldInForceWhenItFails) {
  ActsWorld world;
  world.PublishNow();
  const auto before = world.trust_in_force.Get();
  world.clock.now = world.clock.now + Seconds{600};
  world.files.full = true;
  EXPECT_EQ(WordsOf(world.Publishing()()), "store_full");
  EXPECT_EQ(world.trust_in_force.Get(), before);
  world.files.full = false;
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok");
  EXPECT_NE(world.trust_in_force.Get(), before);
}

TEST(Publish, MendsALostWriteOfTheRegistry) {
  using Failure = MemoryStore::Failure;
  for (const Failure::When when : {Failure::When::kBefore, Failure::When::kAfter}) {
    ActsWorld world;
    world.store.OnApply([when, done = false](const Changes&) mutable -> std::optional<Failure> {
      if (std::exchange(done, true)) return std::nullopt;
      return Failure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
    });
    EXPECT_EQ(WordsOf(world.Publishing()()), "outcome_unknown");
    EXPECT_EQ(world.Publishing()()->registry_sequence, 1U);
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(Publish, IsOrderedByTheRegistrarOnly) {
  ActsWorld world;
  EXPECT_EQ(WordsOf(world.Publishing().Ordered(world.trust)), "not_permitted");
  EXPECT_EQ(WordsOf(world.Publishing().Ordered(world.stranger)), "caller_unknown");
  EXPECT_EQ(WordsOf(world.Publishing().Ordered(world.registrar)), "ok");
}

TEST(PutRoleProfile, CountsVersionsAndIsForTheRegistrarOnly) {
  ActsWorld world;
  PutRoleProfile put(world.store, world.clock);
  EXPECT_EQ(WordsOf(put({world.trust, Request("a"), kProfile})), "not_permitted");
  EXPECT_EQ(WordsOf(put({world.registrar, Request("a"), "{}"})), "field_invalid");
  EXPECT_EQ(WordsOf(put({world.registrar, Request("a"), kProfile})), "ok");
  EXPECT_EQ(WordsOf(put({world.registrar, Request("a"), kProfile})), "ok");
  EXPECT_EQ(WordsOf(put({world.registrar, Request("b"), kProfile})), "state_conflict") << "version 1 is there";
  EXPECT_EQ(FindRoleProfile(world.store, "test")->version(), 1);
  EXPECT_EQ(WordsOf(FindRoleProfile(world.store, "other")), "not_found");
}

}  // namespace
}  // namespace passport
