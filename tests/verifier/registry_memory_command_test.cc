// passport-verify with a memory of the registry, and with a pinned root: what a ward's own copy can not be talked out
// of.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "credential/crypto/jwk.h"
#include "tests/credential/evidence/evidence_world.h"
#include "tests/credential/trust/certified_world.h"
#include "tests/verifier/offline_world.h"
#include "verifier-cli/files/published_tree.h"
#include "verifier-cli/files/remembered_registry.h"

namespace passport {
namespace {

using Change = std::function<void(RegistryContent&)>;

void Publish(const OfflineWorld& world, const std::string& registry) {
  std::ofstream(world.registry(), std::ios::binary | std::ios::trunc) << registry;
}

std::string Version(
    std::uint64_t sequence, const Change& change = [](RegistryContent&) {}) {
  RegistryContent content = EvidenceWorld::Get().Content();
  content.sequence = sequence;
  change(content);
  return TrustWorld::Get().RegistryToken(content);
}

struct Remembering {
  OfflineWorld world{{}};
  std::string file = world.folder().Path("memory.json");
  Ending Ask() const { return world.Present({"--memory", file, "--json"}); }
};

bool RegistrySays(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

TEST(Registry, TRUST03_AWardThatRemembersIsNotTakenBack) {
  const Remembering ward;
  Publish(ward.world, Version(8));
  EXPECT_EQ(ward.Ask().exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(ward.file));
  EXPECT_EQ(ward.Ask().exit_code, 0) << "the same files once more";

  Publish(ward.world, Version(7));
  const Ending back = ward.Ask();
  EXPECT_EQ(back.exit_code, 2);
  EXPECT_TRUE(RegistrySays(back.output, R"("reason":"registry","check":"TRUST-03")")) << back.output;
  EXPECT_EQ(ward.world.Present({}).exit_code, 0) << "who remembers nothing sees nothing";

  Publish(ward.world, Version(8, [](auto& content) { content.organisations[1].legal_name = "Somebody else"; }));
  EXPECT_EQ(ward.Ask().exit_code, 2) << "another one of the same number";

  Publish(ward.world, Version(9));
  EXPECT_EQ(ward.Ask().exit_code, 0);
}

// A program that began before another one has seen something newer.
TEST(Registry, TRUST03_WhatOneProgramHasSeenNoOtherTakesBack) {
  const Remembering ward;
  const auto open = [&] {
    return RegistryPin{.keys = TrustWorld::Get().pinned, .memory = RememberedRegistry::Open(ward.file).value()};
  };
  const auto read = [&](RegistryPin& pin) {
    return PublishedTree::Read(ward.world.published(), pin, {.status_age_max = kDay, .registry_grace = kDay}, kNow);
  };
  RegistryPin early = open();
  RegistryPin second = open();
  Publish(ward.world, Version(8));
  EXPECT_TRUE(read(second).ok());
  Publish(ward.world, Version(7));
  EXPECT_TRUE(read(early).ok()) << "it knew of no other";
  EXPECT_EQ(ward.Ask().exit_code, 2) << "but number 8 is still remembered";
}

TEST(Registry, ProgramsThatShareAMemoryWriteItOneAfterTheOther) {
  const Remembering ward;
  Publish(ward.world, Version(8));
  const auto snapshot = PublishedTree::Read(ward.world.published(), TrustWorld::Get().pinned,
                                            {.status_age_max = kDay, .registry_grace = kDay}, kNow);
  ASSERT_TRUE(snapshot.ok());
  std::vector<std::thread> programs;
  std::atomic<int> failed = 0;
  for (int program = 0; program < 4; ++program) {
    programs.emplace_back([&, program] {
      for (std::uint64_t i = 0; i < 25; ++i) {
        Result<RememberedRegistry> memory = RememberedRegistry::Open(ward.file);
        const bool fine =
            memory.ok() &&
            memory->Accept(snapshot->snapshot(), 1 + 4 * i + static_cast<std::uint64_t>(program), kNow).ok();
        // Older than what another one has seen by then: refused, which is right.
        if (!fine && memory.ok() && memory->CheckBundle(1 + 4 * i + static_cast<std::uint64_t>(program)).ok()) ++failed;
        if (!memory.ok()) ++failed;
      }
    });
  }
  for (std::thread& each : programs) each.join();
  EXPECT_EQ(failed, 0);
  EXPECT_FALSE(RememberedRegistry::Open(ward.file)->CheckBundle(99).ok()) << "the last of all is number 100";
  EXPECT_TRUE(RememberedRegistry::Open(ward.file)->CheckBundle(100).ok());
}

TEST(Registry, AMemoryThatCanNotBeReadOrWrittenIsNoQuestion) {
  const Remembering ward;
  std::ofstream(ward.file) << "{}";
  const Ending damaged = ward.Ask();
  EXPECT_EQ(damaged.exit_code, 64);
  EXPECT_TRUE(RegistrySays(damaged.errors, "memory of the registry")) << damaged.errors;
  const Ending nowhere = ward.world.Present({"--memory", ward.world.folder().Path("no/such/folder/memory.json")});
  EXPECT_EQ(nowhere.exit_code, 64);
  EXPECT_TRUE(nowhere.output.empty()) << nowhere.output;
}

TEST(Registry, TRUST01_AWardFollowsTheRegistryToItsNextKey) {
  const Remembering ward;
  PrivateKey next = NewKey();
  const auto both = [&](RegistryContent& content) {
    content.registry_keys = {ListedKey(TrustWorld::Get().registry_key, "registry-1"), ListedKey(next, "registry-2")};
  };
  RegistryContent content = EvidenceWorld::Get().Content();
  both(content);
  content.sequence = 9;
  const std::string by_next = SignRegistry(content, "registry-2", next).value();
  Publish(ward.world, by_next);
  EXPECT_EQ(ward.Ask().exit_code, 2) << "nobody has announced that key";
  Publish(ward.world, Version(8, both));
  EXPECT_EQ(ward.Ask().exit_code, 0);
  Publish(ward.world, by_next);
  EXPECT_EQ(ward.Ask().exit_code, 0);
  EXPECT_EQ(ward.world.Present({}).exit_code, 2) << "the pin alone knows the old key only";
}

TEST(Registry, TRUST01_AWardMayPinTheRootInstead) {
  const OfflineWorld world({});
  TrustWorld& trust = TrustWorld::Get();
  RegistryContent content = EvidenceWorld::Get().Content();
  const RegistryKey listed =
      CertifiedWorld::Get().Listed(trust.registry_key, CertificateUse::kRegistry, "https://passport.example");
  const std::vector<std::string> chain = CertifiedWorld::Get().Chain(listed);
  const std::string root = world.folder().Path("root.pem");
  std::ofstream(root) << CertifiedWorld::Get().root_pem;
  const auto ask = [&] {
    return RunAtNow({"presentation", world.presentation(), "--published", world.published(), "--root", root, "--nonce",
                     "nonce", "--audience", "ons:E06000032", "--json"});
  };
  EXPECT_EQ(ask().exit_code, 2) << "it carries no certificate";
  Publish(world, SignRegistry(content, {"registry-1", chain}, trust.registry_key).value());
  const Ending held = ask();
  EXPECT_EQ(held.exit_code, 0) << held.output << held.errors;
  Publish(world, SignRegistry(content, {"registry-1", chain}, trust.stranger).value());
  EXPECT_EQ(ask().exit_code, 2);
  EXPECT_EQ(world.Present({"--root", root}).exit_code, 64) << "one pin, not two";
}

// HOST-126: 200 MiB on the disk; 16 MiB of them are looked at, at most.
TEST(Registry, HOST126_ARegistryOf200MiBIsRefusedWithoutReadingItWhole) {
  const OfflineWorld world({});
  std::filesystem::resize_file(world.registry(), std::uintmax_t{200} << 20);
  const Ending outcome = world.Present({"--json"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_TRUE(RegistrySays(outcome.output, R"("reason":"limit","check":"TRUST-04")")) << outcome.output;
}

}  // namespace
}  // namespace passport
