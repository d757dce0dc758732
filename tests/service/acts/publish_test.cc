#include "passport-service/acts/publish.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "credential/crypto/jwk.h"
#include "credential/record/record_kind.h"
#include "passport-service/acts/open_list.h"
#include "passport-service/acts/registry_entry.h"
#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

const std::string kTestProfile = R"({"id":"test","version":1,"title":"Test","effective_from":"2026-01-01",
  "expiring_within_days":30,"requirements":[{"id":"it","needs":"it","any_of":[{"kind":"employment"}]}]})";

TEST(Publish, WritesTheWholeTreeAndPutsASnapshotInForce) {
  ActsWorld world;
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, kTestProfile), "ok");
  const auto report = world.Publishing()();
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_EQ(report->registry_sequence, 1U);
  EXPECT_EQ(report->lists_signed, 3 * kReadyLists);
  std::vector<std::string> paths;
  std::size_t types = 0;
  std::size_t lists = 0;
  for (const auto& [path, bytes] : world.files.files) {
    types += path.starts_with("types/") ? 1U : 0U;
    lists += path.starts_with("status/") ? 1U : 0U;
    if (!path.starts_with("types/") && !path.starts_with("status/")) {
      paths.push_back(path);
    }
  }
  EXPECT_EQ(paths, (std::vector<std::string>{
                       ".well-known/jwt-vc-issuer/issuers/ods-QHG", ".well-known/jwt-vc-issuer/issuers/ods-RC9",
                       ".well-known/jwt-vc-issuer/issuers/ons-E06000032", "bundle/1795300000", "bundle/kept.json",
                       "bundle/newest", "bundle/newest.jwt", "keys/ods-QHG.jwt", "keys/ods-RC9.jwt",
                       "keys/ons-E06000032.jwt", "profiles/test/1.jwt", "registry.jwt"}));
  EXPECT_EQ(lists, 3 * kReadyLists);
  EXPECT_TRUE(world.files.files.contains("status/ods-RC9/1.jwt"));
  EXPECT_EQ(types, AllRecordKinds().size());
  ASSERT_NE(world.trust_in_force.Get().trust, nullptr);
  EXPECT_EQ(world.trust_in_force.Get().trust->id(), report->snapshot_id);
  EXPECT_NE(world.trust_in_force.Get().trust->memory(), nullptr) << "what the service verifies it remembers";
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
  ASSERT_TRUE(
      world.ChangingStandings()({world.trust, Request("s1"), credential, StandingVerb::kRevoke, "left_organisation"})
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
  EXPECT_EQ(world.Publishing()()->lists_signed, 3 * kReadyLists);
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
  EXPECT_EQ(report->files_written, 3 + kReadyLists) << "registry, the new one's keys for both schools, and lists";
}

TEST(Publish, GoesOnAfterAClockThatWasAhead) {
  ActsWorld world;
  const Instant now = world.clock.now;
  world.clock.now = now + Seconds{30 * 86'400};
  world.PublishNow();
  world.clock.now = now;
  const auto report = world.Publishing()();
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_EQ(report->registry_sequence, 2U);
  EXPECT_EQ(world.trust_in_force.Get().trust->registry().issued_at(), now);
}

// As after a backup that was put back: receivers remember the numbers that were given since.
TEST(Publish, TRUST03_GivesNoNumberTwiceThatReceiversMayRemember) {
  ActsWorld world;
  world.PublishNow();
  RegistryContent later = world.trust_in_force.Get().trust->registry().content();
  later.sequence = 41;
  const auto signer = world.keys->SignerFor(KeyOwner::Service(), KeyRole::kRegistry).value();
  const std::string kid = Thumbprint(signer->public_key().point());
  const std::string token = SignRegistry(later, {kid, {}}, *signer).value();
  world.clock.now = world.clock.now + Seconds{86'400};
  for (const std::string& there : {token, "not one of ours, " + token, std::string()}) {
    world.files.files["registry.jwt"] = there;
    const auto report = world.Publishing()();
    ASSERT_TRUE(report.ok()) << report.fault().detail;
    EXPECT_EQ(report->registry_sequence, 42U);
  }
  EXPECT_EQ(world.House(), "clean");
}

TEST(Publish, LeavesTheOldInForceWhenItFails) {
  ActsWorld world;
  world.PublishNow();
  const auto before = world.trust_in_force.Get().trust;
  world.clock.now = world.clock.now + Seconds{600};
  world.files.full = true;
  EXPECT_EQ(WordsOf(world.Publishing()()), "store_full");
  EXPECT_EQ(world.trust_in_force.Get().trust, before);
  world.files.full = false;
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok");
  EXPECT_NE(world.trust_in_force.Get().trust, before);
}

TEST(Publish, PutsInForceWhatIsPublishedThoughTheBundleFails) {
  ActsWorld world;
  world.PublishNow();
  const auto before = world.trust_in_force.Get().trust;
  world.clock.now = world.clock.now + Seconds{86'400};
  world.files.refused = "bundle/";
  const auto report = world.Publishing()();
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  ASSERT_TRUE(report->bundle_fault.has_value());
  EXPECT_EQ(report->bundle_fault->reason, Reason::kStoreFull);
  EXPECT_NE(world.trust_in_force.Get().trust, before);
  EXPECT_EQ(WordsOf(world.Publishing().Ordered(world.registrar)), "store_full") << "who orders one hears of it";
  world.files.refused.clear();
  EXPECT_GT(world.Publishing()()->bundle_sequence, 0U) << "it is still due";
}

TEST(Publish, LeavesNoBundleBehindThatWasCutOff) {
  ActsWorld world;
  world.PublishNow();
  const auto next = [&](const std::string& refused) {
    world.clock.now = world.clock.now + Seconds{86'400};
    world.files.refused = refused;
    return world.Publishing()().value();
  };
  const auto files = [&](const std::string& prefix) {
    return static_cast<std::size_t>(std::count_if(world.files.files.begin(), world.files.files.end(),
                                                  [&](const auto& file) { return file.first.starts_with(prefix); }));
  };
  EXPECT_GT(next("").bundle_sequence, 0U);
  EXPECT_TRUE(next("bundle/newest").bundle_fault.has_value()) << "whole and deltas are there, the newest is not";
  EXPECT_TRUE(next("bundle/1").bundle_fault.has_value()) << "nothing of it is there";
  for (std::size_t i = 0; i < 2 * PublishBundle::kKept; ++i) EXPECT_GT(next("").bundle_sequence, 0U);
  EXPECT_EQ(files("bundle/1"), PublishBundle::kKept);
  EXPECT_EQ(files("bundle/delta/"), PublishBundle::kKept - 1);
}

TEST(Publish, MendsALostWriteOfTheRegistry) {
  using Failure = MemoryStore::Failure;
  for (const Failure::When when : {Failure::When::kBefore, Failure::When::kAfter}) {
    ActsWorld world;
    world.store.OnApply([when, done = false](const Changes& changes) mutable -> std::optional<Failure> {
      const bool registry = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
        return std::holds_alternative<PutDocument>(change);
      });
      if (!registry || std::exchange(done, true)) return std::nullopt;
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

// What the registry lists of a kind: "profiles/test/1.jwt", with "withdrawn" behind it.
std::vector<std::string> Listed(ActsWorld& world, DocumentKind kind) {
  std::vector<std::string> lines;
  for (const RegistryDocument& document : world.trust_in_force.Get().trust->registry().content().documents) {
    if (document.kind == kind) lines.push_back(document.path + (document.withdrawn_at ? " withdrawn" : ""));
  }
  return lines;
}

TEST(Publish, ListsEveryDocumentByItsDigestAndSignsIt) {
  ActsWorld world;
  world.PutTaxonomies();
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile()), "ok");
  world.PublishNow();
  EXPECT_EQ(Listed(world, DocumentKind::kTaxonomy),
            (std::vector<std::string>{"taxonomies/regulators/1.jwt", "taxonomies/training/1.jwt",
                                      "taxonomies/workforce/2.jwt"}));
  const TrustRegistry& registry = world.trust_in_force.Get().trust->registry();
  const auto signer = world.keys->SignerFor(KeyOwner::Service(), KeyRole::kRegistry).value();
  KeySet pinned;
  pinned.Add(Thumbprint(signer->public_key().point()), signer->public_key());
  std::size_t proven = 0;
  for (const RegistryDocument& document : registry.content().documents) {
    const std::string& bytes = world.files.files.at(document.path);
    if (document.kind == DocumentKind::kType) {
      EXPECT_EQ(Sha256(bytes), document.digest) << document.path;
    } else {
      EXPECT_TRUE(ReadDocument(bytes, document, pinned).ok()) << document.path;
    }
    ++proven;
  }
  EXPECT_EQ(proven, 3 + 1 + AllRecordKinds().size());
  EXPECT_EQ(registry.content().receipt_keys.size(), 1U);
}

TEST(Publish, KeepsWhatIsWithdrawnAndSaysSo) {
  ActsWorld world;
  world.PutTaxonomies();
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile(1)), "ok");
  ASSERT_EQ(world.Put(world.registrar, RuleKind::kRoleProfile, MoverProfile(2)), "ok");
  world.PublishNow();
  ASSERT_EQ(world.Withdraw(world.registrar, RuleKind::kRoleProfile, "mover", 2), "ok");
  const auto report = world.Publishing()();
  EXPECT_EQ(report->registry_sequence, 2U);
  EXPECT_EQ(report->files_written, 1U) << "the registry alone: the document itself has not changed";
  EXPECT_EQ(Listed(world, DocumentKind::kRoleProfile),
            (std::vector<std::string>{"profiles/mover/1.jwt", "profiles/mover/2.jwt withdrawn"}));
  EXPECT_TRUE(world.files.files.contains("profiles/mover/2.jwt"));
  EXPECT_EQ(world.House(), "clean");
}

TEST(Publish, ListsEveryReceiptKeyForGood) {
  ActsWorld world;
  world.PublishNow();
  const std::string first = world.trust_in_force.Get().trust->registry().content().receipt_keys.at(0).kid;
  world.clock.now = world.clock.now + Seconds{60};
  ASSERT_TRUE(world.keys->Generate(KeyOwner::Service(), KeyRole::kReceipt, KeyState::kStaged, world.clock.now).ok());
  for (const KeyInfo& info : world.keys->List()) {
    if (info.role != KeyRole::kReceipt || info.kid == first) continue;
    ASSERT_TRUE(world.keys->ChangeState(info.kid, KeyState::kActive, world.clock.now).ok());
  }
  ASSERT_TRUE(world.keys->ChangeState(first, KeyState::kRetired, world.clock.now).ok());
  world.PublishNow();
  const auto keys = world.trust_in_force.Get().trust->registry().content().receipt_keys;
  ASSERT_EQ(keys.size(), 2U);
  const auto old = std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.kid == first; });
  ASSERT_NE(old, keys.end());
  EXPECT_EQ(old->valid_until, world.clock.now + kKeyOverlap);
  EXPECT_FALSE(old->compromised_since.has_value());
  ASSERT_TRUE(world.keys->ChangeState(first, KeyState::kCompromised, world.clock.now + Seconds{60}).ok());
  world.PublishNow();
  const auto lost = world.trust_in_force.Get().trust->registry().content().receipt_keys;
  ASSERT_EQ(lost.size(), 2U) << "a compromised key stays listed, so that everybody knows";
  const auto known = std::find_if(lost.begin(), lost.end(), [&](const auto& key) { return key.kid == first; });
  ASSERT_NE(known, lost.end());
  EXPECT_EQ(known->compromised_since, world.clock.now + Seconds{60});
}

std::string KidOf(const ActsWorld& world, const Caller& owner, KeyRole role) {
  for (const KeyInfo& info : world.keys->List()) {
    if (info.owner == KeyOwner(owner.organisation) && info.role == role) return info.kid;
  }
  return "none";
}

// What becomes of a publication by a service that starts anew with the keys of that folder.
std::string PublishedWithKeysOf(ActsWorld& world, const std::filesystem::path& folder) {
  constexpr std::string_view kWords = "correct horse battery staple";
  const Secret words(std::span(reinterpret_cast<const std::uint8_t*>(kWords.data()), kWords.size()));
  Result<FileKeyStore> keys = FileKeyStore::Open(folder, words, kLeastCost, world.chance);
  if (!keys.ok()) return WordsOf(keys);
  CurrentTrust trust;
  const PublishTerms terms{.registry_lifetime = {86400},
                           .status_lifetime = {3600},
                           .status_ttl = {300},
                           .freshness = {.status_age_max = {900}, .registry_grace = {3600}}};
  Publish publish(world.store, *keys, world.files, trust, world.clock, world.chance, terms);
  return WordsOf(publish());
}

TEST(Publish, TakesNothingBackThatItSaidOfAKeyWhenTheKeysAreAnOldCopy) {
  for (const bool made_since : {false, true}) {
    ActsWorld world;
    world.PublishNow();
    const std::filesystem::path copy = world.folder / "copy";
    std::filesystem::copy(world.folder / "keys", copy, std::filesystem::copy_options::recursive);
    EXPECT_EQ(PublishedWithKeysOf(world, copy), "ok") << "nothing has happened since";
    if (made_since) {
      const OrganisationId& owner = world.trust.organisation;
      ASSERT_TRUE(world.keys->Generate(owner, KeyRole::kStatus, KeyState::kStaged, world.clock.now).ok());
    } else {
      const std::string leaked = KidOf(world, world.trust, KeyRole::kIssue);
      ASSERT_TRUE(world.keys->ChangeState(leaked, KeyState::kCompromised, world.clock.now).ok());
    }
    world.PublishNow();
    EXPECT_EQ(PublishedWithKeysOf(world, copy), "key_store") << made_since;
    EXPECT_EQ(PublishedWithKeysOf(world, world.folder / "keys"), "ok") << made_since;
  }
}

TEST(Publish, GoesOnForEverybodyElseWhenOneHasNoStatusKeyLeft) {
  ActsWorld world;
  const std::string lost = KidOf(world, world.council, KeyRole::kStatus);
  ASSERT_TRUE(world.keys->ChangeState(lost, KeyState::kCompromised, world.clock.now).ok());
  const auto report = world.Publishing()();
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_EQ(report->lists_signed, 2 * kReadyLists);
  ASSERT_EQ(report->lists_without_key.size(), kReadyLists);
  EXPECT_EQ(report->lists_without_key.front(), "https://passport.example/status/ons-E06000032/1.jwt");
  EXPECT_TRUE(world.files.files.contains("status/ods-RC9/1.jwt"));
  EXPECT_FALSE(world.files.files.contains("status/ons-E06000032/1.jwt"));
}

}  // namespace
}  // namespace passport
