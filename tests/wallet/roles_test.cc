// The roles a person works in: which count, why, and how they are remembered and forgotten.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "keys/system_random.h"
#include "tests/wallet/wallet_world.h"
#include "wallet-cli/my_roles.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<Record> AtWork() {
  return {MakeRecord("identity_check"),
          MakeRecord("mandatory_training", {{"subject", "fire_safety"},
                                            {"level", "1"},
                                            {"part", ""},
                                            {"expires_on", ""},
                                            {"achieved_on", "2025-12-01"},
                                            {"checked_on", "2025-12-01"}}),
          MakeRecord("employment")};
}

ShareAnswer Shared(std::string_view receiver, std::string_view profile, std::string_view state) {
  ShareAnswer share;
  share.receiver = receiver;
  share.receiver_name = "A council";
  share.profile = profile;
  share.state = state;
  return share;
}

void Remember(WalletWorld& world, std::vector<CarriedRole> roles) {
  SystemRandom random;
  Result<PassportOnDisk> passport = world.Open(PassportOnDisk::Intent::kChange);
  passport->carried().roles = std::move(roles);
  ASSERT_TRUE(passport->Save(random).ok());
}

TEST(Roles, ThatWereNamedOnceCountUntilTheyAreForgotten) {
  WalletWorld world(AtWork());
  EXPECT_THAT(world.Type({"list", "--expiring"}).output, HasSubstr("No role is known that you work in"));
  ASSERT_EQ(world.Type({"list", "--expiring", "--role", "nurse"}).exit_code, 0);
  const Typed again = world.Type({"list", "--expiring"});
  EXPECT_EQ(again.exit_code, 0) << again.errors;
  EXPECT_THAT(again.output, HasSubstr("- nurse at ods:RC9 (you named it; no more: --forget-role nurse)"));
  EXPECT_THAT(again.output, HasSubstr("2026-12-01  fire safety in the last 12 months (role nurse)"));
  const Typed forgotten = world.Type({"list", "--expiring", "--forget-role", "nurse"});
  EXPECT_EQ(forgotten.exit_code, 0) << forgotten.errors;
  EXPECT_THAT(forgotten.output, Not(HasSubstr("role nurse")));
  EXPECT_THAT(world.Type({"list", "--expiring"}).output, HasSubstr("No role is known"));
  const Typed never = world.Type({"list", "--expiring", "--forget-role", "nurse"});
  EXPECT_EQ(never.exit_code, 64);
  EXPECT_THAT(never.errors, HasSubstr("you have named no role nurse"));
}

TEST(Roles, ThatDoNotExistAreNotRemembered) {
  WalletWorld world(AtWork());
  EXPECT_EQ(world.Type({"list", "--expiring", "--role", "pilot"}).exit_code, 1);
  EXPECT_THAT(world.Open()->carried().roles, IsEmpty());
}

TEST(Roles, OfLiveSharesCountByThemselves) {
  WalletWorld world(AtWork());
  Remember(
      world,
      {{.profile = "nurse", .at = "ons:E06000032", .receiver = "ons:E06000032", .receiver_name = "Example Council"}});
  const Typed listed = world.Type({"list", "--expiring"});
  EXPECT_EQ(listed.exit_code, 0) << listed.errors;
  EXPECT_THAT(listed.output, HasSubstr("- nurse at ons:E06000032 (Example Council has something of yours for it)"));
  EXPECT_THAT(listed.output, HasSubstr("2026-12-01  fire safety"));
  const Typed json = world.Type({"list", "--expiring", "--json"});
  EXPECT_THAT(json.output, HasSubstr(R"({"counted_role":"nurse","at":"ons:E06000032","because":"share")"));
  EXPECT_EQ(world.Type({"list", "--expiring", "--forget-role", "nurse"}).exit_code, 64) << "end the share for that";
}

TEST(Roles, NamedAndSharedTellOneEndOnce) {
  WalletWorld world(AtWork());
  Remember(
      world,
      {{.profile = "nurse", .at = "ods:RC9", .receiver = {}, .receiver_name = {}},
       {.profile = "nurse", .at = "ons:E06000032", .receiver = "ons:E06000032", .receiver_name = "Example Council"}});
  const std::string said = world.Type({"list", "--expiring"}).output;
  const std::size_t first = said.find("fire safety in the last 12 months");
  ASSERT_NE(first, std::string::npos) << said;
  EXPECT_EQ(said.find("fire safety in the last 12 months", first + 1), std::string::npos) << said;
}

TEST(Roles, WhoseProfileIsGoneAreLeftOutAndNamed) {
  WalletWorld world(AtWork());
  Remember(world, {{.profile = "pilot", .at = "ods:RC9", .receiver = {}, .receiver_name = {}}});
  const Typed listed = world.Type({"list", "--expiring"});
  EXPECT_EQ(listed.exit_code, 0) << "what is known of the others is told";
  EXPECT_THAT(listed.errors, HasSubstr("left out: the role pilot (you named it)"));
}

TEST(Roles, OfSharesAreThoseThatAreLiveAndAskForARole) {
  const std::vector<ShareAnswer> shares = {
      Shared("ons:E06000032", "nurse", "given"), Shared("ons:E06000032", "nurse", "renewing"),
      Shared("ods:RC9", "carer", "ended"), Shared("ods:RC9", "", "given"), Shared("ods:RC9", "carer", "asked")};
  const CarriedRole named{.profile = "driver", .at = "ods:RC9", .receiver = {}, .receiver_name = {}};
  const CarriedRole before{
      .profile = "warden", .at = "ods:RC9", .receiver = "ods:RC9", .receiver_name = "Example Trust"};
  const std::vector<CarriedRole> roles = WithSharesOf({named, before}, shares);
  ASSERT_THAT(roles, SizeIs(2));
  EXPECT_EQ(roles[0], named);
  EXPECT_EQ(roles[1].profile, "nurse");
  EXPECT_EQ(roles[1].at, "ons:E06000032");
}

TEST(Roles, MoveToAnotherPlaceWhenNamedAgain) {
  std::vector<CarriedRole> roles;
  ASSERT_TRUE(NameRole(roles, "nurse", "ods:RC9").ok());
  ASSERT_TRUE(NameRole(roles, "nurse", "ons:E06000032").ok());
  ASSERT_THAT(roles, SizeIs(1));
  EXPECT_EQ(roles[0].at, "ons:E06000032");
  for (std::size_t i = 1; i < kCarriedRolesMax; ++i)
    ASSERT_TRUE(NameRole(roles, "role-" + std::to_string(i), "ods:RC9").ok());
  EXPECT_EQ(NameRole(roles, "one-more", "ods:RC9").fault().reason, Reason::kLimit);
  EXPECT_THAT(WithSharesOf(roles, {Shared("ods:RC9", "carer", "given")}), SizeIs(kCarriedRolesMax));
}

}  // namespace
}  // namespace passport
