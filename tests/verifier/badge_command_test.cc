// passport-verify badge on a published tree, without a network and at a fixed time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "credential/badge/badge.h"
#include "tests/verifier/offline_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

std::string SignedBadge() {
  TrustWorld& world = TrustWorld::Get();
  PrivateKey& key = world.trust.issue_key;
  return SignBadge({.employer = world.trust.id,
                    .name = "Testina Sample",
                    .role = "Community nurse",
                    .valid_through = CivilDay::InLondon(kNow).PlusDays(30),
                    .photo = Sha256(std::string_view("an image")),
                    .status = {.uri = world.trust.list_uri(), .index = 5},
                    .issued_at = kNow - kMinute},
                   world.trust.status_prefix, Thumbprint(key.public_key().point()), key)
      ->text;
}

Ending CheckBadgeIn(const OfflineWorld& world, const std::string& badge, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"badge",       world.folder().Write("badge.txt", badge + "\n"),
                                    "--published", world.published(),
                                    "--anchor",    world.anchor()};
  words.insert(words.end(), more.begin(), more.end());
  return RunAtNow(words);
}

TEST(Badge, HoldsOfflineAndSaysWhoAndWhere) {
  const OfflineWorld world({});
  const Ending end = CheckBadgeIn(world, SignedBadge());
  EXPECT_EQ(end.exit_code, 0) << end.output << end.errors;
  for (const std::string_view part : {"badge: valid", "Testina Sample, Community nurse", "(ods:RC9)", "--photo"}) {
    EXPECT_THAT(end.output, HasSubstr(std::string(part)));
  }
  EXPECT_THAT(CheckBadgeIn(world, SignedBadge(), {"--json"}).output, HasSubstr("\"verdict\":\"valid\""));
}

TEST(Badge, BelongsToOnePhoto) {
  const OfflineWorld world({});
  const std::string right = world.folder().Write("right.jpg", "an image");
  const std::string wrong = world.folder().Write("wrong.jpg", "another image");
  EXPECT_EQ(CheckBadgeIn(world, SignedBadge(), {"--photo", right}).exit_code, 0);
  EXPECT_EQ(CheckBadgeIn(world, SignedBadge(), {"--photo", wrong}).exit_code, 1);
}

TEST(Badge, CanNotBeToldOnceTheFilesAreTooOld) {
  const OfflineWorld world({});
  const std::string day_later = std::to_string(kNow.seconds + 3600);
  const Ending end = CheckBadgeIn(world, SignedBadge(), {"--at", day_later, "--status-age-max", "900"});
  EXPECT_EQ(end.exit_code, 2) << end.output;
  EXPECT_THAT(end.output, HasSubstr("status_stale"));
}

TEST(Badge, IsRefusedWhenRevokedAlteredOrNone) {
  const OfflineWorld revoked({}, {{5, 1}});
  EXPECT_EQ(CheckBadgeIn(revoked, SignedBadge()).exit_code, 1);
  const OfflineWorld world({});
  std::string altered = SignedBadge();
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(CheckBadgeIn(world, altered).exit_code, 1);
  EXPECT_EQ(CheckBadgeIn(world, "hello").exit_code, 1);
  EXPECT_EQ(RunAtNow({"badge", "--published", world.published(), "--anchor", world.anchor()}).exit_code, 64);
  EXPECT_EQ(RunAtNow({"badge", "x", "--anchor", world.anchor()}).exit_code, 64);
}

}  // namespace
}  // namespace passport
