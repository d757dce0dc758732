// The employment checks as rules in a profile: whose check counts, how old it may be, what must be looked up again.
#include <gtest/gtest.h>

#include "tests/credential/decision/decision_table.h"

namespace passport::suites {
namespace {

Duty Placement() { return Shift("2026-11-21 08:00", "2026-11-21 16:00", Engagement::kPlacement); }
Duty Employment() { return Shift("2026-11-21 08:00", "2026-11-21 16:00", Engagement::kEmployment); }

// Right to work (Home Office employer guide): each employer needs its own check; in a placement the home employer stays
// the employer, so its check stands. It must last through the shift.
TEST_F(Decision, CountsTheRightToWorkCheckOfWhoeverEmploys) {
  const RoleProfile profile = ProfileOf(R"({"id":"home","needs":"a home employer","when":"placement",
      "any_of":[{"kind":"employment","conditions":[{"fact":"ends_on","not_before_day":true}]}]},
    {"id":"right-to-work","needs":"a right to work, checked by the employer","any_of":[
      {"kind":"right_to_work","when":"placement","conditions":[{"same_issuer_as":"home"},
        {"fact":"ends_on","not_before_day":true,"through_shift":true}]},
      {"kind":"right_to_work","when":"employment","conditions":[{"issuer_is":"receiver"},
        {"fact":"ends_on","not_before_day":true,"through_shift":true}]}]})");
  const Shown home{"employment"};
  const Shown of_home{"right_to_work"};
  const Shown of_receiver{"right_to_work", {}, 0, {}, By::kCouncil};
  const Shown for_good{"right_to_work", {{"extent", "unlimited"}, {"ends_on", ""}}};
  const Shown until_saturday{"right_to_work", {{"ends_on", "2026-11-21"}}};
  const Shown until_friday{"right_to_work", {{"ends_on", "2026-11-20"}}};
  const Duty night = Shift("2026-11-21 20:00", "2026-11-22 08:00");
  ExpectRows(
      profile,
      {
          {"placement, checked by the home employer",
           {home, of_home},
           Outcome::kMet,
           Reason::kNone,
           "2028-09-30",
           Placement()},
          {"placement, checked by the receiver, who does not employ her",
           {home, of_receiver},
           Outcome::kNotMet,
           Reason::kOwnCheckNeeded,
           "",
           Placement()},
          {"placement, without a home employer", {of_home}, Outcome::kNotMet, Reason::kOwnCheckNeeded, "", Placement()},
          {"employment, checked by the home employer: the new one must check again",
           {home, of_home},
           Outcome::kNotMet,
           Reason::kOwnCheckNeeded,
           "",
           Employment()},
          {"employment, checked by the new employer",
           {of_receiver},
           Outcome::kMet,
           Reason::kNone,
           "2028-09-30",
           Employment()},
          {"a right without limit", {home, for_good}, Outcome::kMet, Reason::kNone, "", Placement()},
          {"it ends today", {home, until_saturday}, Outcome::kMetExpiring, Reason::kNone, "2026-11-21", Placement()},
          {"it ended yesterday", {home, until_friday}, Outcome::kNotMet, Reason::kEndsTooSoon, "", Placement()},
          {"it ends during a night shift: it does not carry the shift",
           {home, until_saturday},
           Outcome::kNotMet,
           Reason::kEndsTooSoon,
           "",
           night},
      });
}

// DBS: between services regulated by the CQC a certificate under 3 months old counts, one supplied by an agency under
// 12; or the Update Service, asked lately, of any certificate (DBS Update Service employer guide).
TEST_F(Decision, TakesAYoungCertificateOrTheUpdateService) {
  constexpr std::string_view kEnhanced = R"({"fact":"level","one_of":["enhanced"]},
      {"fact":"workforce","one_of":["adult","adult_and_child"]},{"fact":"barred_adults","one_of":["true"]})";
  const RoleProfile profile = Profile(
      R"({"kind":"criminal_record_check","conditions":[)" + std::string(kEnhanced) +
          R"(,{"fact":"issued_on","within_months":3}]},
      {"kind":"criminal_record_check","conditions":[)" +
          std::string(kEnhanced) +
          R"(,{"issuer_type":["local_authority"]},{"fact":"issued_on","within_months":12}]},
      {"kind":"criminal_record_check","conditions":[)" +
          std::string(kEnhanced) + R"(,{"fact":"update_service_status","one_of":["clear_and_current","current"]},
        {"fact":"update_service_checked_on","within_days":30}]})",
      14);
  const auto certificate = [](std::string issued_on, std::string asked_on = "", std::string status = "",
                              By by = By::kTrust) {
    return Shown{.kind = "criminal_record_check",
                 .changes = {{"issued_on", issued_on},
                             {"seen_on", issued_on},
                             {"achieved_on", issued_on},
                             {"update_service_checked_on", std::move(asked_on)},
                             {"update_service_status", std::move(status)}},
                 .by = by};
  };
  Shown children = certificate("2026-10-01");
  children.changes.push_back({"workforce", "child"});
  Shown standard = certificate("2026-10-01");
  standard.changes.insert(standard.changes.end(),
                          {{"level", "standard"}, {"barred_adults", "false"}, {"barred_children", "false"}});
  Shown not_barred = certificate("2026-10-01");
  not_barred.changes.push_back({"barred_adults", "false"});
  ExpectRows(
      profile,
      {
          {"2 months old", {certificate("2026-09-21")}, Outcome::kMet, Reason::kNone, "2026-12-21"},
          {"3 months old to the day", {certificate("2026-08-21")}, Outcome::kMetExpiring, Reason::kNone, "2026-11-21"},
          {"3 months and a day: it would count from an organisation that the 12 months are for",
           {certificate("2026-08-20")},
           Outcome::kNotMet,
           Reason::kIssuerNotAccepted},
          {"13 months", {certificate("2025-10-20")}, Outcome::kNotMet, Reason::kTooOld},
          {"11 months old, seen by an organisation the 12 month rule is for",
           {certificate("2025-12-21", "", "", By::kCouncil)},
           Outcome::kMet,
           Reason::kNone,
           "2026-12-21"},
          {"13 months old, seen by that organisation",
           {certificate("2025-10-21", "", "", By::kCouncil)},
           Outcome::kNotMet,
           Reason::kTooOld},
          {"5 years old, on the Update Service, asked last week",
           {certificate("2021-11-01", "2026-11-14", "clear_and_current")},
           Outcome::kMet,
           Reason::kNone,
           "2026-12-14"},
          {"the Update Service was asked last summer",
           {certificate("2021-11-01", "2026-07-01", "clear_and_current")},
           Outcome::kNotMet,
           Reason::kRecheckDue},
          {"the Update Service says: no longer current",
           {certificate("2021-11-01", "2026-11-14", "no_longer_current")},
           Outcome::kNotMet,
           Reason::kNotCovered},
          {"for the children's workforce", {children}, Outcome::kNotMet, Reason::kNotCovered},
          {"a standard one", {standard}, Outcome::kNotMet, Reason::kNotCovered},
          {"without the barred list of adults", {not_barred}, Outcome::kNotMet, Reason::kNotCovered},
          {"none", {}, Outcome::kNotMet, Reason::kRecordMissing},
      });
}

// A number is no proof: the register says what holds on the day it is looked up.
TEST_F(Decision, TakesARegistrationInASetOfStatusesLookedUpLately) {
  constexpr std::string_view kSocialWorker = R"({"kind":"professional_registration",
      "pick":[{"fact":"regulator","one_of":["SWE"]}],
      "conditions":[{"fact":"register_status","one_of":["registered","registered_with_advice"],"otherwise":"restricted"},
                    {"fact":"register_checked_on","within_days":1,"through_shift":true},
                    {"fact":"assurance","assurance_at_least":"primary_source_verified"},
                    {"fact":"expires_on","not_before_day":true,"through_shift":true}]})";
  const auto registered = [](std::string status, std::string looked_up_on, std::string expires_on = "") {
    return Shown{"professional_registration",
                 {{"regulator", "SWE"},
                  {"number", "SW12345"},
                  {"part", "social_worker"},
                  {"register_status", std::move(status)},
                  {"register_checked_on", std::move(looked_up_on)},
                  {"expires_on", std::move(expires_on)}}};
  };
  const Duty night = Shift("2026-11-21 20:00", "2026-11-22 08:00");
  ExpectRows(kSocialWorker,
             {
                 {"registered", {registered("registered", "2026-11-21")}, Outcome::kMet, Reason::kNone, "2026-11-22"},
                 {"another word of the set",
                  {registered("registered_with_advice", "2026-11-21")},
                  Outcome::kMet,
                  Reason::kNone,
                  "2026-11-22"},
                 {"suspended by the regulator",
                  {registered("suspended", "2026-11-21")},
                  Outcome::kNotMet,
                  Reason::kRestricted},
                 {"looked up the day before, for the day",
                  {registered("registered", "2026-11-20")},
                  Outcome::kMet,
                  Reason::kNone,
                  "2026-11-21"},
                 {"looked up the day before, for the night",
                  {registered("registered", "2026-11-20")},
                  Outcome::kNotMet,
                  Reason::kRecheckDue,
                  "",
                  night},
                 {"looked up today, for the night: due again tomorrow, which warns nobody",
                  {registered("registered", "2026-11-21")},
                  Outcome::kMet,
                  Reason::kNone,
                  "2026-11-22",
                  night},
                 {"the registration ends at the end of the month",
                  {registered("registered", "2026-11-21", "2026-11-30")},
                  Outcome::kMetExpiring,
                  Reason::kNone,
                  "2026-11-22"},
                 {"it ends in the night",
                  {registered("registered", "2026-11-21", "2026-11-21")},
                  Outcome::kNotMet,
                  Reason::kEndsTooSoon,
                  "",
                  night},
             });
}

}  // namespace
}  // namespace passport::suites
