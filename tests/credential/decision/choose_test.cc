#include <gtest/gtest.h>

#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

constexpr std::string_view kMovingHandling = R"({"kind":"mandatory_training",
  "pick":[{"fact":"subject","one_of":["moving_and_handling"]}],
  "conditions":[{"fact":"level","at_least":2},{"fact":"achieved_on","within_months":24},
                {"fact":"expires_on","not_before_day":true}]})";

CredentialId Id(std::string_view text) { return *CredentialId::Parse(text); }

// What is held, by id.
struct Wallet {
  std::vector<std::pair<std::string, Record>> records;
  std::vector<std::pair<std::string, Standing>> troubled = {};

  std::vector<Showable> Choose(const RoleProfile& profile) const {
    std::vector<HeldRecord> held;
    for (const auto& [id, record] : records) {
      Standing standing = Standing::kGood;
      for (const auto& [name, trouble] : troubled) standing = name == id ? trouble : standing;
      held.push_back({Id(id), &record, standing});
    }
    return ChooseFor(profile, held, DayOf("2026-11-21"));
  }
  std::string First(const RoleProfile& profile) const {
    const std::vector<Showable> chosen = Choose(profile);
    return chosen.empty() ? "" : chosen[0].credential.text();
  }
};

Record Training(const std::vector<Record::Field>& changes = {}) { return MakeRecord("mandatory_training", changes); }

TEST(ChooseFor, ShowsTheFactsTheProfileAsksAboutAndNoOthers) {
  const Wallet wallet{.records = {{"a", Training()}, {"b", MakeRecord("employment")}}};
  const std::vector<Showable> chosen = wallet.Choose(Profile(kMovingHandling));
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].credential, Id("a"));
  EXPECT_EQ(chosen[0].facts, (std::vector<std::string>{"subject", "level", "achieved_on"}));
}

TEST(ChooseFor, ShowsNothingThatDoesNotSpeakToTheProfile) {
  const Wallet wallet{.records = {{"a", MakeRecord("employment")}, {"b", Training({{"subject", "fire_safety"}})}}};
  EXPECT_TRUE(wallet.Choose(Profile(kMovingHandling)).empty());
}

TEST(ChooseFor, PrefersWhatHasNoEndThenTheLatestEnd) {
  const RoleProfile profile =
      Profile(R"({"kind":"employment","conditions":[{"fact":"ends_on","not_before_day":true}]})");
  Wallet wallet{.records = {{"a", MakeRecord("employment", {{"ends_on", "2026-12-01"}})},
                            {"b", MakeRecord("employment", {{"ends_on", "2027-12-01"}})}}};
  EXPECT_EQ(wallet.First(profile), "b");
  wallet.records.insert(wallet.records.begin(), {"c", MakeRecord("employment")});
  EXPECT_EQ(wallet.First(profile), "c");
  std::swap(wallet.records[0], wallet.records[2]);
  EXPECT_EQ(wallet.First(profile), "c");
}

TEST(ChooseFor, PrefersWhatMeetsThenTheNearestMiss) {
  Wallet wallet{
      .records = {{"a", Training({{"level", "1"}, {"achieved_on", "2020-01-01"}})}, {"b", Training({{"level", "1"}})}}};
  EXPECT_EQ(wallet.First(Profile(kMovingHandling)), "b") << "the receiver is told the least that is missing";
  wallet.records.push_back({"c", Training()});
  EXPECT_EQ(wallet.First(Profile(kMovingHandling)), "c");
}

TEST(ChooseFor, ShowsASuspendedRecordOnlyWhereThereIsNoBetter) {
  Wallet wallet{.records = {{"a", Training({{"achieved_on", "2026-11-01"}})}, {"b", Training()}},
                .troubled = {{"a", Standing::kSuspended}}};
  EXPECT_EQ(wallet.First(Profile(kMovingHandling)), "b");
  wallet.records.pop_back();
  EXPECT_EQ(wallet.First(Profile(kMovingHandling)), "a");
}

TEST(ChooseFor, NamesOneCredentialOnceForSeveralRequirements) {
  const Result<RoleProfile> profile = RoleProfile::Parse(
      R"({"id":"two","version":1,"title":"Two","effective_from":"2026-01-01","expiring_within_days":0,"requirements":[
      {"id":"a","needs":"a","any_of":[{"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]},
      {"id":"b","needs":"b","any_of":[{"kind":"employment","conditions":[{"fact":"staff_group","one_of":["nursing_and_midwifery"]},{"fact":"starts_on","not_after_day":true}]}]}]})");
  ASSERT_TRUE(profile.ok()) << profile.fault().detail;
  const Wallet wallet{.records = {{"a", MakeRecord("employment")}}};
  const std::vector<Showable> chosen = wallet.Choose(*profile);
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].facts, (std::vector<std::string>{"starts_on", "staff_group"}));
}

}  // namespace
}  // namespace passport
