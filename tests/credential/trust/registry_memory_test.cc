// A receiver with a memory: what can not be put in the place of the registry it has seen (HOST-126), and how it follows
// the registry to its next key.
#include "credential/trust/registry_memory.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/credential/trust/trust_suite.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

PrivateKey& NextKey() {
  static PrivateKey key = NewKey();
  return key;
}

RegistryContent Version(std::uint64_t sequence) {
  RegistryContent content = World().Content();
  content.sequence = sequence;
  content.registry_keys = {ListedKey(World().registry_key, "registry-1")};
  return content;
}

// What a receiver with this memory makes of a registry; it remembers what it accepts.
std::string Take(RegistryMemory& memory, const std::string& token) {
  const Result<TrustRegistry> registry = TrustRegistry::Read(token, memory.Keys(World().pinned), kNow, kMinute);
  if (!registry.ok()) return Words(registry.fault());
  Result<RegistryMemory> after = memory.After(*registry);
  if (!after.ok()) return Words(after.fault());
  const Result<RegistryMemory> read = RegistryMemory::Read(after->Text());
  if (!read.ok()) return "forgotten";
  memory = *read;
  return "ok";
}

std::string By(PrivateKey& key, std::string_view kid, const RegistryContent& content) {
  return SignRegistry(content, kid, key).value();
}
std::string ByPinned(const RegistryContent& content) { return By(World().registry_key, "registry-1", content); }

TEST(Registry, TRUST03_GoesForwardOnly) {
  RegistryMemory memory;
  const std::string seventh = ByPinned(Version(7));
  EXPECT_EQ(memory.sequence(), std::nullopt);
  EXPECT_EQ(Take(memory, seventh), "ok");
  EXPECT_EQ(memory.sequence(), 7U);
  EXPECT_EQ(Take(memory, seventh), "ok") << "the same once more";
  EXPECT_EQ(Take(memory, ByPinned(Version(7))), "ok") << "the same words under another signature";
  EXPECT_EQ(Take(memory, ByPinned(Version(6))), "registry TRUST-03") << "rolled back";
  RegistryContent other = Version(7);
  other.organisations[0].legal_name += "!";
  EXPECT_EQ(Take(memory, ByPinned(other)), "registry TRUST-03") << "split view: two registries of one number";
  EXPECT_EQ(Take(memory, ByPinned(Version(8))), "ok");
  EXPECT_EQ(Take(memory, seventh), "registry TRUST-03");
  EXPECT_EQ(Take(memory, ByPinned(Version(5000))), "ok") << "versions may be missed";
}

TEST(Registry, TRUST01_FollowsToTheKeyThatTheOldKeyAnnounced) {
  RegistryMemory memory;
  RegistryContent next = Version(8);
  next.registry_keys.push_back(ListedKey(NextKey(), "registry-2"));
  RegistryContent announced = next;
  announced.sequence = 7;
  EXPECT_EQ(Take(memory, By(NextKey(), "registry-2", next)), "registry TRUST-01") << "nobody has announced it";
  EXPECT_EQ(Take(memory, ByPinned(announced)), "ok");
  EXPECT_EQ(Take(memory, By(NextKey(), "registry-2", next)), "ok");
  next.sequence = 9;
  next.registry_keys[0].valid_until = next.issued_at;
  EXPECT_EQ(Take(memory, By(NextKey(), "registry-2", next)), "ok");
  EXPECT_EQ(Take(memory, ByPinned(Version(10))), "registry TRUST-01") << "the old key has ended";
  EXPECT_EQ(Take(memory, By(World().stranger, "registry-2", next)), "registry TRUST-01");
}

TEST(Registry, TRUST01_NoLongerBelievesAPinnedKeyThatIsCompromised) {
  RegistryMemory memory;
  RegistryContent content = Version(7);
  content.registry_keys.push_back(ListedKey(NextKey(), "registry-2"));
  EXPECT_EQ(Take(memory, ByPinned(content)), "ok");
  content.sequence = 8;
  content.registry_keys[0].compromised_since = kNow - kDay;
  EXPECT_EQ(Take(memory, By(NextKey(), "registry-2", content)), "ok");
  content.sequence = 9;
  content.registry_keys[0].compromised_since = std::nullopt;
  EXPECT_EQ(Take(memory, ByPinned(content)), "registry TRUST-01");
}

TEST(Registry, TRUST01_IsSignedByAKeyThatItListsItself) {
  const auto read = [](const RegistryContent& content) {
    return Verdict(TrustRegistry::Read(ByPinned(content), World().pinned, kNow, kMinute));
  };
  RegistryContent content = Version(7);
  EXPECT_EQ(read(content), "ok");
  content.registry_keys[0].valid_until = content.issued_at;
  EXPECT_EQ(read(content), "registry TRUST-01");
  content.registry_keys[0].valid_until = std::nullopt;
  content.registry_keys[0].compromised_since = kNow;
  EXPECT_EQ(read(content), "registry TRUST-01");
  content.registry_keys = {ListedKey(NextKey(), "registry-1")};
  EXPECT_EQ(read(content), "registry TRUST-01");
  content.registry_keys.clear();
  EXPECT_EQ(read(content), "ok") << "one that names no keys of its own is judged by the pin alone";
}

// HOST-126: unknown signer, one key for two organisations, one organisation twice; what was accepted stays in force.
TEST(Registry, HOST126_KeepsWhatItKnowsWhenTheNextOneDoesNotHold) {
  RegistryMemory memory;
  ASSERT_EQ(Take(memory, ByPinned(Version(7))), "ok");
  const std::string known = memory.Text();
  RegistryContent shared_key = Version(8);
  shared_key.organisations[1].issue_keys = shared_key.organisations[0].issue_keys;
  RegistryContent twice = Version(8);
  twice.organisations.push_back(twice.organisations[0]);
  EXPECT_EQ(Take(memory, By(World().stranger, "registry-1", Version(8))), "registry TRUST-01");
  EXPECT_EQ(Take(memory, ByPinned(shared_key)), "registry TRUST-05");
  EXPECT_EQ(Take(memory, ByPinned(twice)), "registry TRUST-04");
  EXPECT_EQ(Take(memory, std::string(kRegistryBytesMax + 1, 'A')), "limit TRUST-04");
  EXPECT_EQ(memory.Text(), known);
}

TEST(Registry, TRUST11_AFrozenRegistryIsStaleAfterItsGrace) {
  RegistryMemory memory;
  RegistryContent frozen = Version(7);
  frozen.issued_at = kNow - kDay;
  frozen.next_update = kNow - kFreshness.registry_grace;
  EXPECT_EQ(Take(memory, ByPinned(frozen)), "ok") << "it is true, and old";
  const auto registry = std::make_shared<const TrustRegistry>(
      TrustRegistry::Read(ByPinned(frozen), World().pinned, kNow, kMinute).value());
  const auto snapshot = TrustSnapshot::Builder(registry, kFreshness).Build();
  EXPECT_EQ(Verdict(snapshot->CheckRegistryAge(kNow - Seconds{1})), "ok");
  EXPECT_EQ(Verdict(snapshot->CheckRegistryAge(kNow)), "registry_stale TRUST-11");
}

TEST(Registry, AMemoryThatIsDamagedIsNotTakenForAnEmptyOne) {
  RegistryMemory memory;
  ASSERT_EQ(Take(memory, ByPinned(Version(7))), "ok");
  const std::string good = memory.Text();
  EXPECT_TRUE(RegistryMemory::Read(good).ok());
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), good.substr(0, good.size() / 2), good + good,
        good.substr(0, good.size() - 2) + ",\"more\":1}", std::string(kRegistryMemoryBytesMax + 1, ' ')}) {
    EXPECT_EQ(Verdict(RegistryMemory::Read(text)), "config") << text;
  }
  for (const std::string_view member : {"staff_passport_registry_memory", "sequence", "digest", "issued_at"}) {
    std::string text = good;
    text.replace(text.find(member), member.size(), "other");
    EXPECT_EQ(Verdict(RegistryMemory::Read(text)), "config") << member;
  }
}

}  // namespace
}  // namespace passport
