// What becomes of a change of standing until receivers can read it: how soon, in which list, and what it tells of
// others.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <thread>

#include "passport-service/acts/decoys.h"
#include "passport-service/acts/open_list.h"
#include "passport-service/acts/retire_lists.h"
#include "passport-service/acts/slot_runs.h"
#include "passport-service/publish/publish_loop.h"
#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

using Entries = std::vector<Statuses::Entry>;

struct TravelWorld : ActsWorld {
  std::vector<StatusListRow> Lists() { return store.StatusListsOf(trust.organisation).value(); }
  CredentialRow Row(const CredentialId& id) { return *store.FindCredential(trust.organisation, id).value(); }
  std::string Change(const CredentialId& id, StandingVerb verb, const char* why) {
    return WordsOf(ChangingStandings()({trust, Request("standing-" + std::to_string(++requests)), id, verb, why}));
  }
  // What receivers read of a credential in the published files.
  int Published(const CredentialId& id) {
    const CredentialRow row = Row(id);
    const std::string path = "status/ods-RC9/" + std::to_string(row.slot.list) + ".jwt";
    const std::string uri = "https://passport.example/" + path;
    const auto signer = keys->SignerFor(trust.organisation, KeyRole::kStatus).value();
    KeySet trusted;
    trusted.Add(Thumbprint(signer->public_key().point()), signer->public_key());
    const StatusTokenRules rules{.now = clock.now,
                                 .leeway = {60},
                                 .allowed_algs = Es256Only(),
                                 .token_bytes = kStatusTokenBytesMax,
                                 .inflated_bytes = kStatusInflatedBytesMax};
    const auto list = VerifyStatusToken(files.files.at(path), uri, trusted, rules);
    if (!list.ok()) return -1;
    return list->list.At(row.slot.index).value();
  }
  Entries EntriesOf(std::uint32_t list) { return store.StatusEntries(trust.organisation, list).value(); }
  std::size_t DecoysSet(const StatusListRow& list) {
    const SlotPermutation permutation = PermutationOf(list);
    std::size_t set = 0;
    for (const auto& entry : EntriesOf(list.number)) set += IsDecoy(list, permutation, entry.index) ? 1U : 0U;
    return set;
  }
  // Takes counters until the list has no more; nobody has them.
  void FillUp(const StatusListRow& list) {
    ASSERT_EQ(store.Apply({TakeSlots{list.organisation, list.number, list.next, list.room() - list.next}}).outcome,
              CommitOutcome::kDone);
  }
};

TEST(StatusTravel, EveryChangeOfStandingReachesThePublishedList) {
  TravelWorld world;
  world.Enrol("1001");
  const CredentialId first = world.IssueTraining("1001");
  world.PublishNow();
  EXPECT_EQ(world.Published(first), 0);
  EXPECT_EQ(world.Change(first, StandingVerb::kSuspend, "suspected_invalid"), "ok");
  world.PublishNow();
  EXPECT_EQ(world.Published(first), 2);
  EXPECT_EQ(world.Change(first, StandingVerb::kReinstate, "resolved"), "ok");
  world.PublishNow();
  EXPECT_EQ(world.Published(first), 0);
  const CredentialId second = world.IssueTraining("1001", {{"achieved_on", "2026-11-20"}});
  world.PublishNow();
  EXPECT_EQ(world.Published(first), 1) << "another took its place";
  EXPECT_EQ(world.Published(second), 0);
  EXPECT_EQ(world.Change(second, StandingVerb::kRevoke, "left_organisation"), "ok");
  world.PublishNow();
  EXPECT_EQ(world.Published(second), 1);
  EXPECT_EQ(world.House(), "clean");
}

// The loop of the service with a short bound; the clock of the acts is the test's own.
TEST(StatusTravel, AChangeIsPublishedWithinTheBound) {
  TravelWorld world;
  world.Enrol("1001");
  const CredentialId credential = world.IssueTraining("1001");
  world.PublishNow();
  const std::chrono::milliseconds within{4000};
  std::mutex mutex;
  std::condition_variable published;
  int publications = 0;
  PublishLoop loop(
      [&] {
        const std::lock_guard lock(mutex);
        world.PublishNow();
        ++publications;
        published.notify_all();
      },
      PublishPace(within).interval, PublishPace(within).pause);
  const auto reads = [&](int value) {
    std::unique_lock lock(mutex);
    return published.wait_for(lock, within, [&] { return world.Published(credential) == value; });
  };
  {
    const std::lock_guard lock(mutex);
    EXPECT_EQ(world.Change(credential, StandingVerb::kSuspend, "suspected_invalid"), "ok");
  }
  loop.Wake();
  EXPECT_TRUE(reads(2)) << "told of the change";
  {
    const std::lock_guard lock(mutex);
    EXPECT_EQ(world.Change(credential, StandingVerb::kRevoke, "issued_in_error"), "ok");
  }
  EXPECT_TRUE(reads(1)) << "found without being told";
  const std::lock_guard lock(mutex);
  EXPECT_GE(publications, 2);
}

TEST(StatusTravel, ThePaceLeavesHalfOfTheBoundForTheWork) {
  for (const int seconds : {1, 2, 10, 60, 3600}) {
    const PublishPace pace{std::chrono::seconds(seconds)};
    EXPECT_EQ(pace.interval * 2, std::chrono::milliseconds(std::chrono::seconds(seconds)));
    EXPECT_LE(pace.pause, std::chrono::seconds(1));
    EXPECT_LE(pace.pause * 4, std::chrono::milliseconds(std::chrono::seconds(seconds)));
    EXPECT_LT(pace.retry, pace.interval);
  }
}

TEST(StatusTravel, WhatHasNotChangedIsSignedAgainAtHalfOfItsLifeAndNotBefore) {
  TravelWorld world;
  world.PublishNow();
  for (int minute = 1; minute < 7; ++minute) {
    world.clock.now = world.clock.now + Seconds{60};
    EXPECT_EQ(world.Publishing()()->lists_signed, 0U) << minute;
  }
  world.clock.now = world.clock.now + Seconds{90};
  EXPECT_EQ(world.Publishing()()->lists_signed, 3 * kReadyLists) << "half of the 900 seconds a receiver takes it for";
}

TEST(StatusTravel, AServiceThatStartsAnewTakesUpTheListsThatArePublished) {
  TravelWorld world;
  world.PublishNow();
  const std::string before = world.files.files.at("status/ods-RC9/1.jwt");
  const auto anew = [&] {
    CurrentTrust trust;
    Publish publish(world.store, *world.keys, world.files, trust, world.clock, world.chance,
                    {.registry_lifetime = {86400},
                     .status_lifetime = {3600},
                     .status_ttl = {300},
                     .freshness = {.status_age_max = {900}, .registry_grace = {3600}}});
    return publish().value().lists_signed;
  };
  world.clock.now = world.clock.now + Seconds{100};
  EXPECT_EQ(anew(), 0U);
  EXPECT_EQ(world.files.files.at("status/ods-RC9/1.jwt"), before);
  world.files.files.at("status/ods-RC9/1.jwt") = world.files.files.at("status/ods-RC9/2.jwt");
  EXPECT_EQ(anew(), 1U) << "what others put in its place is written over";
  world.clock.now = world.clock.now + Seconds{400};
  EXPECT_EQ(anew(), 3 * kReadyLists - 1) << "all but the one that was just signed";
}

TEST(StatusTravel, CredentialsAreSpreadOverSeveralListsAndOneMoreIsReady) {
  TravelWorld world;
  ASSERT_EQ(world.Lists().size(), kReadyLists);
  world.PublishNow();
  world.Enrol("1001");
  std::map<std::uint32_t, int> used;
  SlotRuns runs(world.store, world.chance);
  const OrganisationRow trust = *world.store.FindOrganisation(world.trust.organisation).value();
  for (int i = 0; i < 400; ++i) ++used[runs.Take(trust)->slot.list];
  EXPECT_EQ(used.size(), kOpenLists);
  for (const auto& [list, count] : used) EXPECT_GT(count, 50) << list;
  EXPECT_FALSE(used.contains(kReadyLists)) << "published before a credential names it";
  EXPECT_TRUE(world.files.files.contains("status/ods-RC9/" + std::to_string(kReadyLists) + ".jwt"));
}

TEST(StatusTravel, WhatIsIssuedTogetherDoesNotStandTogether) {
  TravelWorld world;
  SlotRuns runs(world.store, world.chance);
  const OrganisationRow trust = *world.store.FindOrganisation(world.trust.organisation).value();
  int neighbours = 0;
  Slot last = runs.Take(trust)->slot;
  for (int i = 0; i < 1000; ++i) {
    const Slot slot = runs.Take(trust)->slot;
    const std::uint32_t apart = slot.index > last.index ? slot.index - last.index : last.index - slot.index;
    neighbours += slot.list == last.list && apart < 64 ? 1 : 0;
    last = slot;
  }
  EXPECT_LT(neighbours, 20);
}

TEST(StatusTravel, ManyWhoIssueAtOnceNeverGetOneSlotTwice) {
  TravelWorld world;
  SlotRuns runs(world.store, world.chance);
  const OrganisationRow trust = *world.store.FindOrganisation(world.trust.organisation).value();
  std::mutex mutex;
  std::set<Slot> slots;
  std::vector<std::thread> issuers;
  for (int i = 0; i < 8; ++i) {
    issuers.emplace_back([&] {
      for (int k = 0; k < 300; ++k) {
        const Slot slot = runs.Take(trust)->slot;
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(slots.insert(slot).second);
      }
    });
  }
  for (std::thread& issuer : issuers) issuer.join();
  EXPECT_EQ(slots.size(), 2400U);
}

TEST(StatusTravel, AFullListIsFollowedByALargerOneThatWasNotNeededYet) {
  TravelWorld world;
  SlotRuns runs(world.store, world.chance);
  const OrganisationRow trust = *world.store.FindOrganisation(world.trust.organisation).value();
  world.FillUp(world.Lists().front());
  std::set<std::uint32_t> used;
  for (int i = 0; i < 200; ++i) used.insert(runs.Take(trust)->slot.list);
  EXPECT_EQ(used, (std::set<std::uint32_t>{2, 3, 4, 5}));
  ASSERT_EQ(world.Lists().size(), kReadyLists + 1);
  EXPECT_EQ(world.Lists().back().size, 2 * kFirstListSize);
}

TEST(StatusTravel, DecoysAreSetBesideARealChangeAndStayOverRestarts) {
  TravelWorld world;
  world.Enrol("1001");
  const CredentialId credential = world.IssueTraining("1001");
  world.PublishNow();
  const std::uint32_t number = world.Row(credential).slot.list;
  const auto list = [&] { return world.Lists().at(number - 1); };
  const std::size_t before = world.DecoysSet(list());
  ASSERT_EQ(world.Change(credential, StandingVerb::kRevoke, "issued_in_error"), "ok");
  world.PublishNow();
  const std::size_t after = world.DecoysSet(list());
  EXPECT_LE(after, before + 4);
  const Entries entries = world.EntriesOf(number);
  for (int i = 0; i < 5; ++i) {
    world.clock.now = world.clock.now + Seconds{500};
    world.PublishNow();
  }
  EXPECT_EQ(world.DecoysSet(list()), after) << "nothing really changed";
  EXPECT_EQ(world.EntriesOf(number).size(), entries.size());
  EXPECT_EQ(world.House(), "clean");
}

// The state of a list after real changes, with what the publication sets beside them.
struct Shadowed {
  StatusListRow list;
  SlotPermutation permutation;
  std::map<std::uint32_t, std::uint8_t> entries = {};
  SystemRandom chance = {};
  explicit Shadowed(StatusListRow row) : list(std::move(row)), permutation(PermutationOf(list)) {}
  Entries Now() const {
    Entries now;
    for (const auto& [index, value] : entries) now.push_back({index, value});
    return now;
  }
  void Real(std::uint32_t counter, std::uint8_t value) {
    const Entries before = Now();
    if (value == 0) {
      entries.erase(permutation.SlotOf(counter));
    } else {
      entries[permutation.SlotOf(counter)] = value;
    }
    for (const Change& change : DecoysBeside(list, before, Now(), chance)) {
      const auto& set = std::get<SetStatus>(change);
      EXPECT_TRUE(IsDecoy(list, permutation, set.slot.index)) << "only decoys are touched";
      if (set.value == 0) {
        entries.erase(set.slot.index);
      } else {
        entries[set.slot.index] = set.value;
      }
    }
  }
  std::size_t Decoys(std::uint8_t value) const {
    std::size_t count = 0;
    for (const auto& [index, is] : entries) count += is == value && IsDecoy(list, permutation, index) ? 1U : 0U;
    return count;
  }
};

TEST(StatusTravel, DecoysLookLikeWhatTheyStandBeside) {
  TravelWorld world;
  Shadowed shadowed(world.Lists().front());
  for (std::uint32_t counter = 0; counter < 100; ++counter) shadowed.Real(counter, 1);
  const std::size_t revoked = shadowed.Decoys(1);
  EXPECT_GT(revoked, 150U);
  EXPECT_LE(revoked, 400U);
  for (std::uint32_t counter = 100; counter < 150; ++counter) shadowed.Real(counter, 2);
  const std::size_t suspended = shadowed.Decoys(2);
  EXPECT_GT(suspended, 50U);
  for (std::uint32_t counter = 100; counter < 150; ++counter) shadowed.Real(counter, 0);
  EXPECT_LT(shadowed.Decoys(2), suspended) << "suspensions of nobody are lifted with real ones";
}

TEST(StatusTravel, TheCountOfAListThatOpensTellsNothing) {
  TravelWorld world;
  std::set<std::size_t> counts;
  for (const StatusListRow& list : world.Lists()) {
    const std::size_t decoys = world.DecoysSet(list);
    counts.insert(decoys);
    EXPECT_GE(decoys, 10U);
    EXPECT_LE(decoys, list.size / 128U);
  }
  EXPECT_GT(counts.size(), 1U);
}

TEST(StatusTravel, ADecoyIsNeverIssued) {
  TravelWorld world;
  const StatusListRow list = world.Lists().front();
  const SlotPermutation permutation = PermutationOf(list);
  EXPECT_EQ(list.room(), list.size - list.size / 16);
  EXPECT_EQ(world.store.Apply({TakeSlots{list.organisation, 1, 0, list.room() + 1}}).reason, Reason::kStatusListFull);
  ASSERT_EQ(world.store.Apply({TakeSlots{list.organisation, 1, 0, list.room()}}).outcome, CommitOutcome::kDone);
  EXPECT_EQ(world.store.Apply({TakeSlots{list.organisation, 1, list.room(), 1}}).reason, Reason::kStatusListFull);
  for (std::uint32_t slot = 0; slot < list.size; slot += 97)
    EXPECT_EQ(permutation.SlotOf(permutation.CounterOf(slot)), slot);
}

TEST(StatusTravel, TheHouseCheckKnowsADecoyFromASlotOfSomebody) {
  TravelWorld world;
  const StatusListRow list = world.Lists().front();
  const SlotPermutation permutation = PermutationOf(list);
  const auto set = [&](std::uint32_t counter, std::uint8_t value) {
    ASSERT_EQ(world.store.Apply({SetStatus{{list.organisation, 1, permutation.SlotOf(counter)}, value}}).outcome,
              CommitOutcome::kDone);
  };
  set(list.size - 1, 2);
  EXPECT_EQ(world.House(), "clean");
  set(list.room() - 1, 1);
  EXPECT_NE(world.House(), "clean") << "that one would have been somebody's";
}

TEST(StatusTravel, AListWhoseCredentialsHaveAllExpiredIsRetired) {
  TravelWorld world;
  world.Enrol("1001");
  const CredentialId credential = world.IssueTraining("1001");
  world.PublishNow();
  const std::uint32_t number = world.Row(credential).slot.list;
  const std::string path = "status/ods-RC9/" + std::to_string(number) + ".jwt";
  RetireLists retire(world.store, world.clock);
  EXPECT_EQ(retire().value(), 0U) << "it has room";
  world.FillUp(world.Lists().at(number - 1));
  world.clock.now = world.clock.now + Seconds{2 * 86'400};
  EXPECT_EQ(retire().value(), 0U) << "somebody's is still to expire";
  world.clock.now = world.Row(credential).expires_at + Seconds{86'400};
  EXPECT_EQ(retire().value(), 1U);
  EXPECT_EQ(retire().value(), 0U);
  ASSERT_TRUE(world.files.files.contains(path));
  const auto report = world.Publishing()();
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_FALSE(world.files.files.contains(path));
  EXPECT_TRUE(world.Lists().at(number - 1).retired_at.has_value());
  EXPECT_EQ(world.House(), "clean");
}

TEST(StatusTravel, NothingIsIssuedOfAListThatIsRetired) {
  TravelWorld world;
  const OrganisationRow trust = *world.store.FindOrganisation(world.trust.organisation).value();
  constexpr std::uint32_t kLastRun = 64;
  for (const StatusListRow& list : world.Lists()) {
    ASSERT_EQ(world.store.Apply({TakeSlots{list.organisation, list.number, 0, list.room() - kLastRun}}).outcome,
              CommitOutcome::kDone);
  }
  SlotRuns runs(world.store, world.chance);
  std::set<std::uint32_t> first;
  for (int i = 0; i < 60; ++i) first.insert(runs.Take(trust)->slot.list);
  EXPECT_EQ(first.size(), kOpenLists);
  // What was taken of them and not handed out yet is still at hand.
  for (const std::uint32_t number : first) {
    const RetireStatusList retire{trust.id, number, world.clock.now};
    ASSERT_EQ(world.store.Apply({retire}).outcome, CommitOutcome::kDone);
    EXPECT_EQ(world.store.Apply({retire}).reason, Reason::kStateConflict);
  }
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(first.contains(runs.Take(trust)->slot.list));
}

TEST(StatusTravel, ABundleHoldsWhatIsPublishedAndComesWithDeltas) {
  TravelWorld world;
  world.PutTaxonomies();
  world.PublishNow();
  KeySet registry_keys;
  const auto signer = world.keys->SignerFor(KeyOwner::Service(), KeyRole::kRegistry).value();
  registry_keys.Add(Thumbprint(signer->public_key().point()), signer->public_key());
  const auto newest = [&] { return Bundle::Read(world.files.files.at("bundle/newest"), registry_keys).value(); };
  const Bundle first = newest();
  EXPECT_EQ(first.manifest().as_of, world.clock.now);
  for (const auto& [path, text] : first.files()) EXPECT_EQ(world.files.files.at(path), text) << path;
  std::size_t expected = 1;
  for (const auto& [path, text] : world.files.files)
    expected += path.starts_with("status/") || path.starts_with("taxonomies/") ? 1U : 0U;
  EXPECT_EQ(first.files().size(), expected);

  world.Enrol("1001");
  const CredentialId credential = world.IssueTraining("1001");
  ASSERT_EQ(world.Change(credential, StandingVerb::kRevoke, "issued_in_error"), "ok");
  world.PublishNow();
  EXPECT_EQ(newest().manifest().sequence, first.manifest().sequence) << "one from time to time";
  Bundle last = first;
  for (int i = 0; i < 9; ++i) {
    world.clock.now = world.clock.now + Seconds{900};
    EXPECT_GT(world.Publishing()()->bundle_sequence, last.manifest().sequence);
    const Bundle now = newest();
    const std::string delta = world.files.files.at("bundle/delta/" + std::to_string(last.manifest().sequence) + "-" +
                                                   std::to_string(now.manifest().sequence));
    EXPECT_EQ(last.After(delta, registry_keys)->File(), now.File());
    EXPECT_EQ(world.files.files.at("bundle/newest.jwt"), now.manifest_text());
    last = now;
  }
  std::size_t wholes = 0;
  std::size_t deltas = 0;
  for (const auto& [path, text] : world.files.files) {
    deltas += path.starts_with("bundle/delta/") ? 1U : 0U;
    wholes += path.starts_with("bundle/1") ? 1U : 0U;
  }
  EXPECT_EQ(wholes, PublishBundle::kKept);
  EXPECT_EQ(deltas, PublishBundle::kKept - 1);
}

}  // namespace
}  // namespace passport
