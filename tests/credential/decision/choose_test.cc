#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

constexpr std::string_view kMovingHandling = R"({"kind":"mandatory_training",
  "pick":[{"fact":"subject","one_of":["moving_and_handling"]}],
  "conditions":[{"fact":"level","at_least":2},{"fact":"achieved_on","within_months":24},
                {"fact":"expires_on","not_before_day":true}]})";

CredentialId Id(std::string_view text) { return *CredentialId::Parse(text); }

constexpr std::array<std::string_view, 4> kChecking = {"assurance", "method", "checker_role", "checked_on"};

bool IsChecking(std::string_view fact) {
  return std::find(kChecking.begin(), kChecking.end(), fact) != kChecking.end();
}

// What is held, by id.
struct Wallet {
  std::vector<std::pair<std::string, Record>> records;
  std::vector<std::pair<std::string, Standing>> troubled = {};
  std::vector<std::string> of_council = {};

  std::vector<Showable> Choose(const RoleProfile& profile) const {
    std::vector<HeldRecord> held;
    for (const auto& [id, record] : records) {
      Standing standing = Standing::kGood;
      for (const auto& [name, trouble] : troubled) standing = name == id ? trouble : standing;
      const bool council = std::find(of_council.begin(), of_council.end(), id) != of_council.end();
      held.push_back({.credential = Id(id),
                      .record = &record,
                      .issuer = council ? Council() : Trust(),
                      .issuer_type = council ? "local_authority" : "nhs_trust",
                      .expires_at = kFarEnd,
                      .standing = standing});
    }
    return ChooseFor(profile, TestTaxonomies(), held, OnDay("2026-11-21"));
  }
  // "a: subject level; b: starts_on". How they were checked is left out: it is shown of every record.
  std::string Shown(const RoleProfile& profile) const {
    std::string text;
    for (const Showable& each : Choose(profile)) {
      text += (text.empty() ? "" : "; ") + each.credential.text() + ":";
      for (const std::string& fact : each.facts) text += IsChecking(fact) ? "" : " " + fact;
    }
    return text;
  }
  std::string First(const RoleProfile& profile) const {
    const std::vector<Showable> chosen = Choose(profile);
    return chosen.empty() ? "" : chosen[0].credential.text();
  }
};

Record Training(const std::vector<Record::Field>& changes = {}) { return MakeRecord("mandatory_training", changes); }
Record Part(const std::string& part) { return Training({{"subject", "oliver_mcgowan"}, {"part", part}}); }

TEST(ChooseFor, ShowsTheFactsTheProfileAsksAboutAndNoOthers) {
  const Wallet wallet{.records = {{"a", Training()}, {"b", MakeRecord("employment")}}};
  EXPECT_EQ(wallet.Shown(Profile(kMovingHandling)), "a: subject level achieved_on");
}

TEST(ChooseFor, ShowsWhoCheckedWhatItShowsAndWhen) {
  const Wallet wallet{.records = {{"a", Training()}}};
  const std::vector<Showable> chosen = wallet.Choose(Profile(kMovingHandling));
  ASSERT_EQ(chosen.size(), 1U);
  for (const std::string_view fact : kChecking) {
    EXPECT_EQ(std::count(chosen[0].facts.begin(), chosen[0].facts.end(), fact), 1) << fact;
  }
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
  const RoleProfile profile = ProfileOf(R"(
      {"id":"a","needs":"a","any_of":[{"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]},
      {"id":"b","needs":"b","any_of":[{"kind":"employment","conditions":[
        {"fact":"staff_group","one_of":["nursing_and_midwifery_registered"]},{"fact":"starts_on","not_after_day":true}]}]})");
  const Wallet wallet{.records = {{"a", MakeRecord("employment")}}};
  EXPECT_EQ(wallet.Shown(profile), "a: starts_on staff_group");
}

TEST(ChooseFor, ShowsEveryPartOfACourse) {
  const RoleProfile profile = Profile(R"({"training":"oliver_mcgowan","level":2,"refresh":true,
      "conditions":[{"fact":"assurance","assurance_at_least":"employer_verified"}]})");
  Wallet wallet{.records = {{"a", Part("live")}, {"b", Training()}, {"c", Part("elearning")}}};
  EXPECT_EQ(wallet.Shown(profile), "a: subject level part achieved_on; c: subject level part achieved_on");
  wallet.records.pop_back();
  EXPECT_EQ(wallet.First(profile), "a") << "one part is nearer than none";
}

TEST(ChooseFor, ShowsTheOneAlternativeThatFaresBest) {
  const RoleProfile profile = Profile(R"({"kind":"employment","conditions":[{"fact":"ends_on","not_before_day":true}]},
      {"kind":"volunteer_role","conditions":[{"fact":"ends_on","not_before_day":true}]})");
  const Wallet wallet{
      .records = {{"a", MakeRecord("employment", {{"ends_on", "2026-11-20"}})}, {"b", MakeRecord("volunteer_role")}}};
  EXPECT_EQ(wallet.First(profile), "b");
  EXPECT_EQ(wallet.Choose(profile).size(), 1U);
}

TEST(ChooseFor, ShowsTheRecordWhoseIssuerAnotherMustShare) {
  const RoleProfile profile = ProfileOf(R"(
      {"id":"home","needs":"home","any_of":[{"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]},
      {"id":"it","needs":"it","any_of":[{"kind":"immunity","pick":[{"fact":"immunity","one_of":["hepatitis_b"]}],
        "conditions":[{"same_issuer_as":"home"}]}]})");
  // Both posts meet `home` alike and "a" has the smaller id; only "b" is of the organisation that signed the immunity,
  // so that "a" need not be shown at all.
  const Wallet wallet{
      .records = {{"a", MakeRecord("employment")}, {"b", MakeRecord("employment")}, {"c", MakeRecord("immunity")}},
      .of_council = {"b", "c"}};
  EXPECT_EQ(wallet.Shown(profile), "b: starts_on; c: immunity");
}

TEST(ChooseFor, KeepsNothingBackThatRulesARoleOut) {
  const std::string not_if =
      R"({"none_of":[{"kind":"professional_registration","pick":[{"fact":"restrictions","one_of":["true"]}]}]})";
  const RoleProfile profile = ProfileOf(R"({"id":"it","needs":"it","all_of":[{"kind":"professional_registration",
      "pick":[{"fact":"regulator","one_of":["NMC"]}]},)" +
                                        not_if + "]}");
  const Record clean = MakeRecord("professional_registration");
  const Record restricted =
      MakeRecord("professional_registration", {{"regulator", "SWE"}, {"number", "SW12345"}, {"restrictions", "true"}});
  EXPECT_EQ((Wallet{.records = {{"a", clean}}}.Shown(profile)), "a: regulator restrictions");
  EXPECT_EQ((Wallet{.records = {{"a", clean}, {"b", restricted}}}.Shown(profile)),
            "a: regulator restrictions; b: restrictions");
  const RoleProfile either =
      ProfileOf(R"({"id":"it","needs":"it","any_of":[{"kind":"volunteer_role"},)" + not_if + "]}");
  EXPECT_EQ((Wallet{.records = {{"a", clean}, {"b", restricted}}}.Shown(either)), "b: restrictions")
      << "also where another alternative is nearer";
}

}  // namespace
}  // namespace passport
