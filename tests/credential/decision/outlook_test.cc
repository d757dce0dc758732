// What ends soon and what is lacking, against what a manager would say, and against its slow twin: a clerk who asks for
// one line on one day at a time.
#include "credential/decision/outlook.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/credential/decision/random_rules.h"

namespace passport {
namespace {

const CivilDay kToday = CivilDay::InLondon(kNow);

ProfileOn Always(const RoleProfile& profile) {
  return [&profile](std::string_view, const CivilDay&) { return Result<const RoleProfile*>(&profile); };
}

OutlookTerms AtTheCouncil() {
  return {.receiver = Council(), .place = Council(), .engagement = Engagement::kPlacement, .today = kToday};
}

Outlook OutlookOf(const RoleProfile& profile, const VerifiedRecords& records) {
  const std::vector<std::string> roles = {"the-role"};
  Result<Outlook> outlook = LookAhead(roles, Always(profile), TestTaxonomies(), records, AtTheCouncil());
  EXPECT_TRUE(outlook.ok());
  return std::move(outlook).value();
}

// "2026-12-01 within 30", or "none".
std::string FirstEnd(const Outlook& outlook) {
  if (outlook.ends.empty()) return "none";
  return outlook.ends.front().last_day.Text() + " within " + std::to_string(outlook.ends.front().Within(outlook.today));
}

constexpr std::string_view kEmployed =
    R"({"kind":"employment","conditions":[{"fact":"ends_on","not_before_day":true}]})";

Shown EmployedThrough(const CivilDay& day) { return {"employment", {{"ends_on", day.Text()}}}; }

TEST(Outlook, TellsWhatEndsInStepsOfSevenThirtyAndNinetyDays) {
  const struct {
    int days;  // from today to the last day
    std::string_view step;
  } rows[] = {{0, "7"}, {6, "7"}, {7, "30"}, {29, "30"}, {30, "90"}, {89, "90"}};
  for (const auto& row : rows) {
    const CivilDay last = kToday.PlusDays(row.days);
    const Outlook outlook = OutlookOf(Profile(kEmployed), Verified({EmployedThrough(last)}));
    EXPECT_EQ(FirstEnd(outlook), last.Text() + " within " + std::string(row.step)) << row.days;
    EXPECT_TRUE(outlook.lacks.empty());
  }
  EXPECT_EQ(FirstEnd(OutlookOf(Profile(kEmployed), Verified({EmployedThrough(kToday.PlusDays(90))}))), "none");
}

TEST(Outlook, TakesTheStrictestOfTheRolesOfARecord) {
  std::vector<CredentialId> ids;
  const VerifiedPresentation records = Verified(
      {{"mandatory_training", {{"subject", "fire_safety"}, {"level", "1"}, {"achieved_on", "2025-12-10"}}}}, &ids);
  const RoleProfile loose = Profile(R"({"training":"fire_safety","level":1,"within_months":14})");
  const RoleProfile strict = Profile(R"({"training":"fire_safety","level":1,"within_months":12})");
  const std::vector<std::string> roles = {"loose", "strict"};
  const ProfileOn both = [&](std::string_view id, const CivilDay&) {
    return Result<const RoleProfile*>(id == "strict" ? &strict : &loose);
  };
  const Result<Outlook> outlook = LookAhead(roles, both, TestTaxonomies(), records, AtTheCouncil());
  ASSERT_TRUE(outlook.ok());
  ASSERT_EQ(outlook->ends.size(), 2U);
  const ComingEnd* const end = outlook->StrictestOf(ids.front());
  ASSERT_NE(end, nullptr);
  EXPECT_EQ(end->profile, "strict");
  EXPECT_EQ(end->last_day.Text(), "2026-12-10");
  EXPECT_FALSE(end->who.empty());
}

TEST(Outlook, KnowsThatARuleOfNextYearEndsACourse) {
  // 24 months until the end of 2026, 12 from then on.
  const Outlook outlook = OutlookOf(
      Profile(R"({"training":"fire_safety","level":1,"refresh":true})"),
      Verified({{"mandatory_training", {{"subject", "fire_safety"}, {"level", "1"}, {"achieved_on", "2025-06-01"}}}}));
  EXPECT_EQ(FirstEnd(outlook), "2026-12-31 within 90");
}

TEST(Outlook, SaysNothingOfWhatAnotherRecordGoesOnToMeet) {
  EXPECT_EQ(
      FirstEnd(OutlookOf(Profile(kEmployed),
                         Verified({EmployedThrough(kToday.PlusDays(3)),
                                   {"employment", {{"position_title", "Bank nurse"}, {"ends_on", "2028-01-01"}}}}))),
      "none");
}

TEST(Outlook, TellsTheOwnEndOfACredentialWithoutAnyRole) {
  std::vector<CredentialId> ids;
  Shown soon{"employment"};
  soon.expires_at = kToday.PlusDays(11).StartInLondon();
  const VerifiedPresentation records = Verified({soon}, &ids);
  const Result<Outlook> outlook = LookAhead({}, {}, TestTaxonomies(), records, AtTheCouncil());
  ASSERT_TRUE(outlook.ok());
  EXPECT_EQ(FirstEnd(*outlook), kToday.PlusDays(10).Text() + " within 30");
  EXPECT_TRUE(outlook->ends.front().profile.empty());
  EXPECT_EQ(outlook->StrictestOf(ids.front()), &outlook->ends.front());
}

TEST(Outlook, SaysWhatIsLackingAndWhoCanPutItRight) {
  const Outlook outlook =
      OutlookOf(Profile(R"({"training":"fire_safety","level":1,"refresh":true})"), Verified({{"employment"}}));
  ASSERT_EQ(outlook.lacks.size(), 1U);
  EXPECT_EQ(outlook.lacks.front().from, kToday);
  EXPECT_EQ(outlook.lacks.front().outcome, Outcome::kNotMet);
  EXPECT_EQ(outlook.lacks.front().reason, Reason::kRecordMissing);
  EXPECT_FALSE(outlook.lacks.front().who.empty());
  EXPECT_FALSE(outlook.lacks.front().how.empty());
}

TEST(Outlook, TellsANewDemandOfAProfileFromItsFirstDay) {
  const RoleProfile now = Profile(kEmployed);
  const RoleProfile then = ProfileOf(
      R"({"id":"more","needs":"fire safety","any_of":[{"training":"fire_safety","level":1,"refresh":true}]})");
  const CivilDay turn = kToday.PlusDays(20);
  const ProfileOn on = [&](std::string_view, const CivilDay& day) {
    return Result<const RoleProfile*>(day < turn ? &now : &then);
  };
  const std::vector<std::string> roles = {"the-role"};
  const Result<Outlook> outlook =
      LookAhead(roles, on, TestTaxonomies(), Verified({EmployedThrough(kToday.PlusDays(300))}), AtTheCouncil());
  ASSERT_TRUE(outlook.ok());
  ASSERT_EQ(outlook->lacks.size(), 1U);
  EXPECT_EQ(outlook->lacks.front().from, turn);
}

TEST(Outlook, FailsForARoleThatIsNotInForceToday) {
  const ProfileOn none = [](std::string_view, const CivilDay&) -> Result<const RoleProfile*> {
    return Fault{Reason::kNotFound, "", "no such profile"};
  };
  const std::vector<std::string> roles = {"unknown"};
  const Result<Outlook> outlook = LookAhead(roles, none, TestTaxonomies(), Verified({{"employment"}}), AtTheCouncil());
  ASSERT_FALSE(outlook.ok());
  EXPECT_EQ(outlook.fault().reason, Reason::kNotFound);
}

// The slow twin: of one line, the first day on which Decide stops saying met, asked day by day.
std::map<std::string, std::string> EndsByTheClerk(const RandomRole& role, const RandomCourses& courses,
                                                  const VerifiedRecords& records) {
  std::map<std::string, std::string> ends;
  for (const Requirement& requirement : role.profile.requirements()) {
    std::string last;
    for (int days = 0; days <= 90; ++days) {
      const CivilDay day = kToday.PlusDays(days);
      const Result<Decision> decision = Decide(role.profile, courses.taxonomies, records, Duty::OnDay(Council(), day));
      if (!decision.ok()) return {};
      const auto line = std::find_if(decision->lines.begin(), decision->lines.end(),
                                     [&](const DecisionLine& each) { return each.requirement == requirement.id; });
      if (line == decision->lines.end()) break;
      const bool met = line->outcome == Outcome::kMet || line->outcome == Outcome::kMetExpiring;
      if (!met && !last.empty()) ends[requirement.id] = last;
      if (!met) break;
      last = day.Text();
    }
  }
  return ends;
}

TEST(Outlook, EndsEachLineOnTheDayDecideStopsSayingMet) {
  Dice dice(20'261'122);
  Roster roster;
  std::vector<std::string> pool;
  for (int i = 0; i < 300; ++i) pool.push_back(roster.Sign(RandomShown(dice)));
  std::size_t ended = 0;
  for (int person = 0; person < 500; ++person) {
    std::vector<std::string> texts;
    for (int i = dice.Below(8); i >= 0; --i) {
      const std::string& text = dice.Of(pool);
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
    const HeldRecords records = roster.Passport(texts);
    const RandomRole role = MakeRole(dice);
    const RandomCourses courses = MakeCourses(dice);
    const std::vector<std::string> roles = {"by-chance"};
    const Result<Outlook> outlook = LookAhead(roles, Always(role.profile), courses.taxonomies, records, AtTheCouncil());
    const std::map<std::string, std::string> by_the_clerk = EndsByTheClerk(role, courses, records);
    if (!outlook.ok()) continue;
    std::map<std::string, std::string> told;
    for (const ComingEnd& end : outlook->ends) {
      if (!end.profile.empty()) told[end.requirement] = end.last_day.Text();
    }
    EXPECT_EQ(told, by_the_clerk) << role.text;
    ended += told.size();
  }
  EXPECT_GT(ended, 10U);
}

}  // namespace
}  // namespace passport
