#include "passport-service/acts/person_vault.h"

#include <gtest/gtest.h>

#include <thread>

#include "passport-service/acts/sealed_person.h"
#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

const OrganisationId kTrust = OrganisationId::Parse("ods:RC9").value();
const PersonId kPerson = PersonId::Parse("anna").value();

struct VaultWorld : ActsWorld {
  DataOwner of = owner::Person(kTrust, kPerson);
  std::string Opened(std::string_view context, const std::string& sealed) {
    const auto opened = vault->Open(of, context, sealed);
    if (!opened.ok()) return WordsOf(opened);
    return opened->value_or("(erased)");
  }
};

TEST(PersonVault, OpensWhatItSealedAndNothingElse) {
  VaultWorld world;
  const std::string sealed = world.vault->Seal(world.of, "token", "hello").value();
  EXPECT_EQ(sealed.find("hello"), std::string::npos);
  EXPECT_EQ(world.Opened("token", sealed), "hello");
  EXPECT_EQ(world.Opened("receipt", sealed), "store_unavailable") << "the context is part of the seal";
  EXPECT_EQ(world.Opened("token", ""), "(erased)");
  EXPECT_EQ(world.Opened("token", "\2short"), "store_unavailable");
  for (std::size_t at = 9; at < sealed.size(); ++at) {
    std::string altered = sealed;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    EXPECT_EQ(world.Opened("token", altered), "store_unavailable") << at;
  }
  const auto other = world.vault->Open(owner::Person(kTrust, PersonId::Parse("ben").value()), "token", sealed);
  EXPECT_FALSE(other->has_value()) << "Ben has no key";
}

TEST(PersonVault, SealsTheSameTwiceDifferently) {
  VaultWorld world;
  EXPECT_NE(world.vault->Seal(world.of, "t", "x").value(), world.vault->Seal(world.of, "t", "x").value());
}

TEST(PersonVault, OpensNothingOnceTheKeyIsDroppedAndALaterKeyIsAnother) {
  VaultWorld world;
  const std::string sealed = world.vault->Seal(world.of, "t", "x").value();
  const Digest digest = *world.vault->DigestUnder(world.of, "fact", "x").value();
  ASSERT_EQ(world.store.Apply({DropDataKey{world.of}}).outcome, CommitOutcome::kDone);
  EXPECT_EQ(world.Opened("t", sealed), "x") << "still in memory";
  world.vault->Forget(std::span(&world.of, 1));
  EXPECT_EQ(world.Opened("t", sealed), "(erased)");
  EXPECT_FALSE(*world.vault->Keeps(world.of, sealed));
  EXPECT_FALSE(world.vault->DigestUnder(world.of, "fact", "x")->has_value());
  EXPECT_EQ(world.Opened("t", world.vault->Seal(world.of, "t", "new").value()), "new");
  EXPECT_EQ(world.Opened("t", sealed), "(erased)");
  EXPECT_NE(*world.vault->DigestUnder(world.of, "fact", "x").value(), digest);
}

TEST(PersonVault, RemembersNoMoreKeysThanItMay) {
  VaultWorld world;
  PersonVault small(world.store, *world.keys, world.random, 10);
  std::vector<std::string> sealed;
  const auto owner_of = [](std::size_t n) {
    return owner::Person(kTrust, PersonId::Parse("p" + std::to_string(n)).value());
  };
  for (std::size_t n = 0; n < 50; ++n) sealed.push_back(small.Seal(owner_of(n), "t", std::to_string(n)).value());
  EXPECT_EQ(small.cached(), 10U);
  for (std::size_t n = 0; n < 50; ++n) EXPECT_EQ(*small.Open(owner_of(n), "t", sealed[n]).value(), std::to_string(n));
  EXPECT_EQ(small.cached(), 10U);
}

TEST(PersonVault, MakesOneKeyHoweverManyAsk) {
  VaultWorld world;
  std::vector<std::thread> threads;
  std::array<std::string, 8> sealed;
  for (std::size_t n = 0; n < sealed.size(); ++n) {
    threads.emplace_back([&, n] { sealed[n] = world.vault->Seal(world.of, "t", "x").value(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& each : sealed) EXPECT_EQ(world.Opened("t", each), "x");
}

TEST(PersonVault, OpensNothingWithTheKeysOfAnotherStore) {
  VaultWorld world;
  const std::string sealed = world.vault->Seal(world.of, "t", "x").value();
  ActsWorld thief;
  PersonVault theirs(world.store, *thief.keys, thief.random);
  EXPECT_EQ(WordsOf(theirs.Open(world.of, "t", sealed)), "key_store");
}

TEST(PersonVault, MakesAKeyWhateverWriteIsLost) {
  for (int nth = 0; nth < 4; ++nth) {
    VaultWorld world;
    const DataOwner fresh{"ods:NEW", "person x"};
    int writes = 0;
    world.store.OnApply([&](const Changes&) -> std::optional<MemoryStore::Failure> {
      if (writes++ != nth / 2) return std::nullopt;
      using When = MemoryStore::Failure::When;
      return MemoryStore::Failure{nth % 2 == 0 ? When::kBefore : When::kAfter, CommitOutcome::kUnknown,
                                  Reason::kOutcomeUnknown};
    });
    const auto first = world.vault->Seal(fresh, "t", "x");
    const auto second = world.vault->Seal(fresh, "t", "x");
    ASSERT_TRUE(second.ok()) << nth;
    EXPECT_EQ(*world.vault->Open(fresh, "t", *second).value(), "x");
    if (first.ok()) {
      EXPECT_EQ(*world.vault->Open(fresh, "t", *first).value(), "x");
    }
  }
}

}  // namespace
}  // namespace passport
