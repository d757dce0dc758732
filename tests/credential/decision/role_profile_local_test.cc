// Local profiles: stricter by construction, looser only where the region allows it.
#include <gtest/gtest.h>

#include "credential/decision/role_profile.h"
#include "tests/credential/decision/profile_suite.h"

namespace passport::suites {
namespace {

constexpr std::string_view kCourse = R"({"training":"fire_safety","level":1,"within_months":24})";
constexpr std::string_view kYoungCourse = R"({"training":"fire_safety","level":1,"within_months":12})";
constexpr std::string_view kOldCourse = R"({"training":"fire_safety","level":1,"within_months":48})";

RoleProfile ProfileFrom(const std::string& text) {
  Result<RoleProfile> profile = RoleProfile::Parse(text);
  EXPECT_TRUE(profile.ok()) << SaidOf(profile) << text;
  return std::move(profile).value();
}

std::string Fire(std::string_view need, std::string_view more = "") {
  return R"({"id":"fire","needs":"fire safety",)" + std::string(more) + R"("any_of":[)" + std::string(need) + "]}";
}

std::string LocalText(std::string_view requirements, int horizon = 30, std::string_view from = "2026-01-01") {
  return R"({"id":"local","version":3,"title":"Ours","organisation":"ons:E06000032","extends":{"profile":"test"},)"
         R"("effective_from":")" +
         std::string(from) + R"(","expiring_within_days":)" + std::to_string(horizon) + R"(,"requirements":[)" +
         std::string(requirements) + "]}";
}

Outcome OutcomeWith(const RoleProfile& profile, std::string_view achieved_on) {
  const Result<passport::Decision> decision =
      Decide(profile, TestTaxonomies(),
             Verified({{"mandatory_training",
                        {{"subject", "fire_safety"}, {"level", "1"}, {"achieved_on", std::string(achieved_on)}}}}),
             OnDay("2026-11-21"));
  EXPECT_TRUE(decision.ok()) << SaidOf(decision);
  return decision->outcome;
}

TEST_F(Profile, LiesLocallyOnItsBase) {
  const RoleProfile base = ProfileFrom(TextOf(Fire(kCourse)));
  const RoleProfile local = ProfileFrom(
      LocalText(R"({"id":"fire","needs":"every year","who":"the ward","any_of":[)" + std::string(kYoungCourse) +
                    R"(]},{"id":"new","needs":"new","any_of":[{"kind":"employment"}]})",
                60, "2026-06-01"));
  const Result<RoleProfile> both = local.On(base);
  ASSERT_TRUE(both.ok()) << SaidOf(both);
  EXPECT_EQ(both->id(), "local");
  EXPECT_EQ(both->version(), 3);
  EXPECT_EQ(both->title(), "Ours");
  EXPECT_EQ(both->effective_from(), DayOf("2026-06-01"));
  EXPECT_EQ(both->expiring_within_days(), 60);
  ASSERT_EQ(both->requirements().size(), 2U);
  EXPECT_EQ(both->requirements()[0].needs, "fire safety; and every year");
  EXPECT_EQ(both->requirements()[0].who, "the ward");
  EXPECT_EQ(both->requirements()[1].id, "new");
  EXPECT_NE(both->digest(), local.digest());
  EXPECT_NE(both->digest(), base.digest());
  EXPECT_NE(both->digest(), local.On(ProfileFrom(TextOf(Fire(kOldCourse))))->digest());
  ++cases;
}

TEST_F(Profile, IsLooserLocallyOnlyWhereTheBaseAllowsIt) {
  struct Row {
    std::string_view what;
    std::string_view base_may;  // member of the base's requirement
    std::string_view local;
    std::string_view achieved_on;
    Outcome outcome;
  };
  constexpr std::string_view kReplaceable = R"("local":"replaceable",)";
  for (const Row& row : std::vector<Row>{
           {"stricter, young enough for both", "", kYoungCourse, "2026-06-01", Outcome::kMet},
           {"stricter, young enough for the base only", "", kYoungCourse, "2025-06-01", Outcome::kNotMet},
           {"looser where it may not, old for the base", "", kOldCourse, "2024-06-01", Outcome::kNotMet},
           {"looser where it may not, said aloud", R"("local":"stricter_only",)", kOldCourse, "2024-06-01",
            Outcome::kNotMet},
           {"looser where it may", kReplaceable, kOldCourse, "2024-06-01", Outcome::kMet},
           {"looser where it may, too old all the same", kReplaceable, kOldCourse, "2021-06-01", Outcome::kNotMet},
           {"stricter where it may be replaced", kReplaceable, kYoungCourse, "2025-06-01", Outcome::kNotMet}}) {
    const RoleProfile base = ProfileFrom(TextOf(Fire(kCourse, row.base_may)));
    const Result<RoleProfile> both = ProfileFrom(LocalText(Fire(row.local))).On(base);
    ASSERT_TRUE(both.ok()) << row.what;
    EXPECT_EQ(OutcomeWith(*both, row.achieved_on), row.outcome) << row.what;
    ++cases;
  }
}

TEST_F(Profile, KeepsTheEngagementsOfBaseAndLocalApart) {
  const RoleProfile base = ProfileFrom(TextOf(Fire(kCourse, R"("when":"placement",)")));
  const RoleProfile both = *ProfileFrom(LocalText(Fire(kYoungCourse, R"("when":"employment",)"))).On(base);
  EXPECT_EQ(both.requirements()[0].when, std::nullopt);
  EXPECT_EQ(both.requirements()[0].need.children[0].when, Engagement::kPlacement);
  EXPECT_EQ(both.requirements()[0].need.children[1].when, Engagement::kEmployment);
  ++cases;
}

TEST_F(Profile, LiesOnNothingElse) {
  const RoleProfile base = ProfileFrom(TextOf(Fire(kCourse)));
  const RoleProfile local = ProfileFrom(LocalText(Fire(kYoungCourse)));
  std::string other = TextOf(Fire(kCourse));
  other.replace(other.find("\"test\""), 6, "\"other\"");
  std::string local_base = LocalText(Fire(kCourse));
  local_base.replace(local_base.find("\"local\""), 7, "\"test\"");
  local_base.replace(local_base.find(R"({"profile":"test"})"), 18, R"({"profile":"base"})");
  const auto said = [](const RoleProfile& upper, const RoleProfile& lower) { return SaidOf(upper.On(lower)); };
  EXPECT_EQ(said(base, base), "field_invalid: role profile: it extends no other");
  EXPECT_EQ(said(local, ProfileFrom(other)), "field_invalid: role profile: it extends another profile");
  EXPECT_EQ(said(local, ProfileFrom(local_base)),
            "field_invalid: role profile: it extends a profile that is local itself");
  cases += 3;
}

// What is added to a requirement is not what others that refer to it mean: "checked by who employs" stays that.
TEST_F(Profile, GetsNoLooserWhereItRefersToWhatALocalOneAddsTo) {
  const RoleProfile base = ProfileFrom(TextOf(
      R"({"id":"home","needs":"x","any_of":[{"kind":"employment",)"
      R"("conditions":[{"fact":"ends_on","not_before_day":true}]}]},)"
      R"({"id":"right","needs":"x","any_of":[{"kind":"right_to_work","conditions":[{"same_issuer_as":"home"}]}]})"));
  const Shown ended{"employment", {{"starts_on", "2025-01-01"}, {"ends_on", "2026-11-01"}}, 0, {}, By::kCouncil};
  const Shown current{"employment", {{"starts_on", "2025-01-01"}}};
  const Shown of_council{"right_to_work", {}, 0, {}, By::kCouncil};
  const Shown identity_of_council{"identity_check", {}, 0, {}, By::kCouncil};
  for (const std::string_view added :
       {R"({"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]})",
        R"({"kind":"identity_check"})"}) {
    const RoleProfile both =
        *ProfileFrom(LocalText(R"({"id":"home","needs":"y","any_of":[)" + std::string(added) + "]}")).On(base);
    const VerifiedPresentation records = Verified({current, ended, of_council, identity_of_council});
    for (const RoleProfile* profile : {&base, &both}) {
      const passport::Decision decision = *Decide(*profile, TestTaxonomies(), records, OnDay("2026-11-21"));
      EXPECT_EQ(decision.lines[0].outcome, Outcome::kMet) << added;
      EXPECT_EQ(decision.lines[1].outcome, Outcome::kNotMet) << added;
      EXPECT_EQ(decision.lines[1].reason, Reason::kOwnCheckNeeded) << added;
      ++cases;
    }
  }
}

TEST_F(Profile, RefersLocallyToWhatTheBaseAsks) {
  const RoleProfile base =
      ProfileFrom(TextOf(R"({"id":"home","needs":"x","any_of":[{"kind":"employment"}]},)" + Fire(kCourse)));
  const auto local = [](std::string_view reference) {
    return LocalText(R"({"id":"new","needs":"x","any_of":[{"kind":"right_to_work","conditions":[{"same_issuer_as":")" +
                     std::string(reference) + R"("}]}]})");
  };
  EXPECT_EQ(SaidOf(ProfileFrom(local("home")).On(base)), "ok");
  EXPECT_EQ(SaidOf(ProfileFrom(local("nowhere")).On(base)),
            "field_invalid: role profile: requirement new refers to a requirement that is not before it");
  EXPECT_EQ(SaidOf(RoleProfile::Parse(local("new"))),
            "field_invalid: role profile, requirement new: it refers to a requirement that is not before it");
  EXPECT_EQ(SaidOf(RoleProfile::Parse(LocalText(Fire(kCourse, R"("local":"replaceable",)")))),
            "field_invalid: role profile, requirement fire: local is not for a profile that extends another");
  cases += 4;
}

}  // namespace
}  // namespace passport::suites
