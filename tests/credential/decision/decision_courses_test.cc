// Courses as the taxonomy knows them: levels, what counts for what, how long, and parts.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/credential/decision/decision_table.h"

namespace passport::suites {
namespace {

std::vector<Shown> Standards(std::string_view subject, int first, int last) {
  std::vector<Shown> all;
  for (int i = first; i <= last; ++i)
    all.push_back(Course(subject, "1", "2026-03-01", "standard_" + std::to_string(i)));
  return all;
}
std::vector<Shown> And(std::vector<Shown> shown, const Shown& one) {
  shown.push_back(one);
  return shown;
}

TEST_F(Decision, LetsAHigherLevelCoverALower) {
  ExpectRows(
      R"({"training":"moving_and_handling","level":1,"refresh":true})",
      {
          {"level 1", {Course("moving_and_handling", "1", "2024-11-21")}, Outcome::kMet, Reason::kNone, "2027-11-21"},
          {"level 2 counts for level 1, and as long as level 1 does",
           {Course("moving_and_handling", "2", "2024-11-21")},
           Outcome::kMet,
           Reason::kNone,
           "2027-11-21"},
          {"level 2 of more than 3 years ago",
           {Course("moving_and_handling", "2", "2023-11-20")},
           Outcome::kNotMet,
           Reason::kTooOld},
      });
  ExpectRows(R"({"training":"moving_and_handling","level":2,"refresh":true})",
             {
                 {"level 2 of 2 years ago",
                  {Course("moving_and_handling", "2", "2024-11-21")},
                  Outcome::kMetExpiring,
                  Reason::kNone,
                  "2026-11-21"},
                 {"level 1", {Course("moving_and_handling", "1")}, Outcome::kNotMet, Reason::kLevelTooLow},
                 {"fire safety", {Course("fire_safety", "1")}, Outcome::kNotMet, Reason::kRecordMissing},
             });
}

TEST_F(Decision, KeepsAgeGroupsOfResuscitationApart) {
  ExpectRows(R"({"training":"resuscitation_adult","level":2,"refresh":true})",
             {
                 {"adults", {Course("resuscitation_adult", "2")}, Outcome::kMet, Reason::kNone, "2027-03-01"},
                 {"adults, level 3", {Course("resuscitation_adult", "3")}, Outcome::kMet, Reason::kNone, "2027-03-01"},
                 {"children", {Course("resuscitation_paediatric", "3")}, Outcome::kNotMet, Reason::kRecordMissing},
             });
}

TEST_F(Decision, TakesTheMonthsOfTheProfileBeforeThoseOfTheTaxonomy) {
  ExpectRows(R"({"training":"infection_prevention_control","level":2,"within_months":36})",
             {{"2 years old",
               {Course("infection_prevention_control", "2", "2024-11-21")},
               Outcome::kMet,
               Reason::kNone,
               "2027-11-21"}});
  ExpectRows(R"({"training":"infection_prevention_control","level":2,"refresh":true})",
             {{"2 years old",
               {Course("infection_prevention_control", "2", "2024-11-21")},
               Outcome::kNotMet,
               Reason::kTooOld}});
}

TEST_F(Decision, JudgesByTheTaxonomyOfTheFirstDay) {
  const Shown course = Course("fire_safety", "1", "2025-06-30");
  ExpectRows(
      R"({"training":"fire_safety","level":1,"refresh":true})",
      {
          {"in 2026 it counts 24 months", {course}, Outcome::kMet, Reason::kNone, "2027-06-30", OnDay("2026-12-31")},
          {"in 2027 it counts 12", {course}, Outcome::kNotMet, Reason::kTooOld, "", OnDay("2027-01-01")},
          {"a shift over New Year belongs to the old year",
           {course},
           Outcome::kMet,
           Reason::kNone,
           "2027-06-30",
           Shift("2026-12-31 20:00", "2027-01-01 08:00")},
      });
}

TEST_F(Decision, DoesNotGuessWhatTheTaxonomyDoesNotSay) {
  const std::vector<Row> unknown = {
      {"nobody says how long it counts", {Course("lone_working", "1")}, Outcome::kNotMet, Reason::kWordUnknown}};
  ExpectRows(R"({"training":"lone_working","level":1,"refresh":true})", unknown);
  const std::vector<Row> known = {
      {"the profile does", {Course("lone_working", "1")}, Outcome::kMet, Reason::kNone, "2027-09-01"}};
  ExpectRows(R"({"training":"lone_working","level":1,"within_months":18})", known);
  ExpectRows(R"({"training":"juggling","level":1,"within_months":18})",
             {{"no such course", {Course("juggling", "1")}, Outcome::kNotMet, Reason::kWordUnknown}});
  ExpectRows(R"({"training":"fire_safety","level":4,"within_months":18})",
             {{"no such level", {Course("fire_safety", "4")}, Outcome::kNotMet, Reason::kWordUnknown}});
}

TEST_F(Decision, AsksMoreOfACourseThanItsAge) {
  constexpr std::string_view kFireSafety = R"({"training":"fire_safety","level":1,"refresh":true,"through_shift":true,
      "conditions":[{"fact":"assurance","assurance_at_least":"employer_verified"},
                    {"fact":"expires_on","not_before_day":true}]})";
  const Duty night = Shift("2026-11-21 20:00", "2026-11-22 08:00");
  Shown own_word = Course("fire_safety", "1");
  own_word.changes.push_back({"assurance", "self_declared"});
  Shown expired = Course("fire_safety", "1");
  expired.changes.push_back({"expires_on", "2026-11-20"});
  ExpectRows(kFireSafety, {
                              {"her own word", {own_word}, Outcome::kNotMet, Reason::kAssuranceTooLow},
                              {"the issuer says it is over", {expired}, Outcome::kNotMet, Reason::kEndsTooSoon},
                              {"ends on the day",
                               {Course("fire_safety", "1", "2024-11-21")},
                               Outcome::kMetExpiring,
                               Reason::kNone,
                               "2026-11-21"},
                              {"ends in the night",
                               {Course("fire_safety", "1", "2024-11-21")},
                               Outcome::kNotMet,
                               Reason::kTooOld,
                               "",
                               night},
                              {"ends after the night",
                               {Course("fire_safety", "1", "2024-11-22")},
                               Outcome::kMetExpiring,
                               Reason::kNone,
                               "2026-11-22",
                               night},
                          });
}

TEST_F(Decision, WantsEveryPartOfACourse) {
  const Shown elearning = Course("oliver_mcgowan", "2", "2026-03-01", "elearning");
  const Shown live = Course("oliver_mcgowan", "2", "2025-06-01", "live");
  Shown live_unknown = live;
  live_unknown.status = 3;
  Shown live_revoked = live;
  live_revoked.status = 1;
  ExpectRows(
      R"({"training":"oliver_mcgowan","level":2,"refresh":true})",
      {
          {"the whole in one", {Course("oliver_mcgowan", "2")}, Outcome::kMet, Reason::kNone, "2029-03-01"},
          {"both parts: as long as the older one", {elearning, live}, Outcome::kMet, Reason::kNone, "2028-06-01"},
          {"e-learning only", {elearning}, Outcome::kNotMet, Reason::kPartMissing},
          {"the live part only", {live}, Outcome::kNotMet, Reason::kPartMissing},
          {"e-learning twice",
           {elearning, Course("oliver_mcgowan", "2", "2026-04-01", "elearning")},
           Outcome::kNotMet,
           Reason::kPartMissing},
          {"the live part too long ago",
           {elearning, Course("oliver_mcgowan", "2", "2023-06-01", "live")},
           Outcome::kNotMet,
           Reason::kTooOld},
          {"the live part of level 1",
           {elearning, Course("oliver_mcgowan", "1", "2026-03-01", "live")},
           Outcome::kNotMet,
           Reason::kLevelTooLow},
          {"the live part is about to end",
           {elearning, Course("oliver_mcgowan", "2", "2023-12-01", "live")},
           Outcome::kMetExpiring,
           Reason::kNone,
           "2026-12-01"},
          {"one can not tell of the live part", {elearning, live_unknown}, Outcome::kCannotTell, Reason::kStatus},
          {"the live part is revoked", {elearning, live_revoked}, Outcome::kNotMet, Reason::kRevoked},
          {"the whole, too old, and both parts",
           {Course("oliver_mcgowan", "2", "2020-01-01"), elearning, live},
           Outcome::kMet,
           Reason::kNone,
           "2028-06-01"},
          {"a part nobody knows",
           {Course("oliver_mcgowan", "2", "2026-03-01", "film")},
           Outcome::kNotMet,
           Reason::kPartMissing},
      });
  ExpectRows(R"({"training":"fire_safety","level":1,"refresh":true})",
             {{"a part of a course without parts",
               {Course("fire_safety", "1", "2026-03-01", "theory")},
               Outcome::kNotMet,
               Reason::kPartMissing}});
}

TEST_F(Decision, ReliesOnEveryPart) {
  std::vector<CredentialId> ids;
  const VerifiedPresentation presentation = Verified({Course("oliver_mcgowan", "1", "2026-03-01", "elearning"),
                                                      {"employment"},
                                                      Course("oliver_mcgowan", "2", "2026-03-01", "live")},
                                                     &ids);
  const Result<passport::Decision> decision = Decide(
      Profile(R"({"training":"oliver_mcgowan","level":1,"refresh":true})"), TestTaxonomies(), presentation, Saturday());
  ++cases;
  std::vector<CredentialId> both = {ids[0], ids[2]};
  std::sort(both.begin(), both.end());
  EXPECT_EQ(decision->lines[0].relied_on, both);
}

// Care Certificate: 16 standards since March 2025; the 15 of before, with learning disability and autism training.
TEST_F(Decision, TakesTheCareCertificateInEitherForm) {
  constexpr std::string_view kCareCertificate = R"({"training":"care_certificate_16","level":1,"refresh":true},
      {"all_of":[{"training":"care_certificate_15","level":1,"refresh":true},
                 {"training":"learning_disability_autism","level":1,"refresh":true}]})";
  const Shown autism = Course("learning_disability_autism", "1");
  ExpectRows(
      kCareCertificate,
      {
          {"16 standards", Standards("care_certificate_16", 1, 16), Outcome::kMet},
          {"the whole of 16", {Course("care_certificate_16", "1", "2025-04-01")}, Outcome::kMet},
          {"15 of 16 standards", Standards("care_certificate_16", 1, 15), Outcome::kNotMet, Reason::kPartMissing},
          {"the 15 standards of before alone", Standards("care_certificate_15", 1, 15), Outcome::kNotMet,
           Reason::kRecordMissing},
          {"and learning disability and autism training", And(Standards("care_certificate_15", 1, 15), autism),
           Outcome::kMet, Reason::kNone, "2029-03-01"},
          {"or Oliver McGowan training, which counts as such",
           {Course("care_certificate_15", "1", "2020-04-01"), Course("oliver_mcgowan", "2")},
           Outcome::kMet,
           Reason::kNone,
           "2029-03-01"},
          {"14 of 15 and learning disability and autism training", And(Standards("care_certificate_15", 1, 14), autism),
           Outcome::kNotMet, Reason::kPartMissing},
          {"that training alone", {autism}, Outcome::kNotMet, Reason::kRecordMissing},
      });
}

}  // namespace
}  // namespace passport::suites
