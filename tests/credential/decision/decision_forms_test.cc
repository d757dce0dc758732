// Trees of needs: any of, all of, none of; engagements; whose record counts with whose.
#include <gtest/gtest.h>

#include "tests/credential/decision/decision_table.h"

namespace passport::suites {
namespace {

std::string Requires(std::string_view id, std::string_view rest) {
  return R"({"id":")" + std::string(id) + R"(","needs":"it",)" + std::string(rest) + "}";
}
RoleProfile AllOf(std::string_view needs) {
  return ProfileOf(Requires("it", R"("all_of":[)" + std::string(needs) + "]"));
}

TEST_F(Decision, WantsAllOfAll) {
  const RoleProfile profile = AllOf(R"({"kind":"immunity","pick":[{"fact":"immunity","one_of":["hepatitis_b"]}]},
      {"kind":"immunity","pick":[{"fact":"immunity","one_of":["varicella"]}],
       "conditions":[{"fact":"expires_on","not_before_day":true}]})");
  const Shown hepatitis{"immunity"};
  const Shown varicella{"immunity", {{"immunity", "varicella"}}};
  const Shown ending{"immunity", {{"immunity", "varicella"}, {"expires_on", "2026-12-01"}}};
  const Shown ended{"immunity", {{"immunity", "varicella"}, {"expires_on", "2026-11-20"}}};
  const Shown unknown{"immunity", {}, 3};
  ExpectRows(profile,
             {
                 {"both", {hepatitis, varicella}, Outcome::kMet},
                 {"one", {hepatitis}, Outcome::kNotMet, Reason::kRecordMissing},
                 {"one is about to end", {hepatitis, ending}, Outcome::kMetExpiring, Reason::kNone, "2026-12-01"},
                 {"one can not be told", {unknown, ending}, Outcome::kCannotTell, Reason::kStatus},
                 {"one can not be told, one has ended", {unknown, ended}, Outcome::kNotMet, Reason::kEndsTooSoon},
             });
}

TEST_F(Decision, RulesOutByANotIf) {
  const RoleProfile profile = AllOf(R"({"kind":"professional_registration"},
      {"none_of":[{"kind":"professional_registration","pick":[{"fact":"restrictions","one_of":["true"]}]},
                  {"kind":"professional_registration","pick":[{"fact":"register_status","one_of":["suspended"]}]}]})");
  const Shown clean{"professional_registration"};
  const auto other = [](std::vector<Record::Field> changes, std::uint8_t status = 0,
                        std::vector<std::string> keep_back = {}) {
    changes.push_back({"number", "99Z9999Z"});
    return Shown{"professional_registration", std::move(changes), status, std::move(keep_back)};
  };
  const std::vector<Record::Field> restricted = {{"restrictions", "true"}};
  Shown ended = other(restricted);
  ended.expires_at = Utc("2026-11-22 12:00");
  ExpectRows(profile,
             {
                 {"nothing against it", {clean}, Outcome::kMet},
                 {"another registration carries restrictions",
                  {clean, other(restricted)},
                  Outcome::kNotMet,
                  Reason::kExcluded},
                 {"or is suspended by the regulator",
                  {clean, other({{"register_status", "suspended"}})},
                  Outcome::kNotMet,
                  Reason::kExcluded},
                 {"one can not tell whether that record still stands",
                  {clean, other(restricted, 3)},
                  Outcome::kCannotTell,
                  Reason::kStatus},
                 {"that record was revoked", {clean, other(restricted, 1)}, Outcome::kMet},
                 {"that record is suspended for now: it may come back",
                  {clean, other(restricted, 2)},
                  Outcome::kCannotTell,
                  Reason::kSuspended},
                 {"the restrictions are kept back",
                  {clean, other({}, 0, {"restrictions"})},
                  Outcome::kCannotTell,
                  Reason::kClaims},
                 {"kept back of a record that was revoked", {clean, other({}, 1, {"restrictions"})}, Outcome::kMet},
                 {"that credential runs out before the shift: the restriction need not",
                  {clean, ended},
                  Outcome::kNotMet,
                  Reason::kExcluded,
                  "",
                  OnDay("2026-11-23")},
                 {"registry too old",
                  {clean},
                  Outcome::kCannotTell,
                  Reason::kRegistryStale,
                  "",
                  Saturday(),
                  RegistryAge::kStale},
             });
}

// A fact that can not be kept back is absent when it is not there.
TEST_F(Decision, BelievesTheAbsenceOfAFactThatIsAlwaysShown) {
  ExpectRows(AllOf(R"({"none_of":[{"kind":"right_to_work","pick":[{"fact":"extent","one_of":["time_limited"]}]}]})"),
             {
                 {"limited", {{"right_to_work"}}, Outcome::kNotMet, Reason::kExcluded},
                 {"no right to work shown", {{"employment"}}, Outcome::kMet},
             });
}

TEST_F(Decision, AsksEachEngagementItsOwn) {
  const RoleProfile profile =
      ProfileOf(Requires("home", R"("when":"placement","any_of":[{"kind":"employment"}])") + "," +
                Requires("right", R"("any_of":[{"kind":"right_to_work","when":"placement"},
                                     {"kind":"right_to_work","when":"employment","conditions":[{"issuer_is":"receiver"}]}])") +
                "," + Requires("paper", R"("any_of":[{"kind":"entitlement","when":"employment"}])"));
  struct Asked {
    std::string_view what;
    Engagement engagement;
    std::string_view lines;
  };
  const std::vector<Asked> rows = {
      {"a placement", Engagement::kPlacement, "home=met right=met paper=record_missing "},
      {"an employment", Engagement::kEmployment, "right=own_check_needed paper=met "},
  };
  const VerifiedPresentation shown = Verified({{"employment"}, {"right_to_work"}, {"entitlement"}});
  for (const Asked& row : rows) {
    const Duty duty = Shift("2026-11-21 08:00", "2026-11-21 16:00", row.engagement);
    const Result<passport::Decision> decision = Decide(profile, TestTaxonomies(), shown, duty);
    ++cases;
    std::string lines;
    for (const DecisionLine& line : decision->lines) {
      const bool met = line.outcome <= Outcome::kMetExpiring;
      lines += line.requirement + "=" + std::string(met ? "met" : WordOf(line.reason)) + " ";
    }
    EXPECT_EQ(lines, row.lines) << row.what;
  }
}

TEST_F(Decision, DoesNotAnswerWhenNothingIsAsked) {
  const RoleProfile profile = ProfileOf(Requires("home", R"("when":"placement","any_of":[{"kind":"employment"}])"));
  ++cases;
  EXPECT_EQ(Verdict(Decide(profile, TestTaxonomies(), Verified({{"employment"}}),
                           Shift("2026-11-21 08:00", "2026-11-21 16:00", Engagement::kEmployment))),
            "field_invalid");
}

TEST_F(Decision, DoesNotTakeAnEmptyListForAYes) {
  const RoleProfile profile = ProfileOf(Requires("it", R"("all_of":[{"kind":"employment","when":"employment"}])"));
  ExpectRows(profile,
             {{"nothing is left for a placement", {{"employment"}}, Outcome::kNotMet, Reason::kRecordMissing}});
}

TEST_F(Decision, WantsARecordFromWhoSignedAnother) {
  const RoleProfile profile = ProfileOf(
      Requires("home", R"("any_of":[{"kind":"employment","conditions":[{"fact":"ends_on","not_before_day":true}]}])") +
      "," + Requires("it", R"("any_of":[{"kind":"immunity","conditions":[{"same_issuer_as":"home"}]}])"));
  const Shown home{"employment"};
  const Shown left{"employment", {{"ends_on", "2026-11-20"}}};
  const Shown elsewhere{"employment", {}, 0, {}, By::kCouncil};
  const Shown unknown{"employment", {}, 3};
  const Shown of_home{"immunity"};
  const Shown of_council{"immunity", {}, 0, {}, By::kCouncil};
  ExpectRows(profile,
             {
                 {"the home employer signed both", {home, of_home}, Outcome::kMet},
                 {"somebody else signed it", {home, of_council}, Outcome::kNotMet, Reason::kOwnCheckNeeded},
                 {"an employer she has left", {left, of_home}, Outcome::kNotMet, Reason::kOwnCheckNeeded},
                 {"no employer at all", {of_home}, Outcome::kNotMet, Reason::kOwnCheckNeeded},
                 {"two employers, one of them", {elsewhere, home, of_home}, Outcome::kMet},
                 {"two employers, the other of them", {home, elsewhere, of_council}, Outcome::kMet},
                 {"one can not tell whether she still has that employer",
                  {unknown, of_home},
                  Outcome::kCannotTell,
                  Reason::kStatus},
                 {"of one employer one can not tell, of the other one can", {unknown, home, of_home}, Outcome::kMet},
             });
}

TEST_F(Decision, WantsARecordOfWhomAnotherIsOf) {
  const RoleProfile profile =
      ProfileOf(Requires("who", R"("any_of":[{"kind":"identity_check","conditions":[{"fact":"assurance",
                                    "assurance_at_least":"primary_source_verified"}]}])") +
                "," + Requires("it", R"("any_of":[{"kind":"immunity","conditions":[{"same_person_as":"who"}]}])"));
  const Shown of_employer{"identity_check", {{"assurance", "employer_verified"}}};
  ExpectRows(profile, {
                          {"the same holder", {{"identity_check"}, {"immunity"}}, Outcome::kMet},
                          {"nobody's identity is known well enough",
                           {of_employer, {"immunity"}},
                           Outcome::kNotMet,
                           Reason::kHolderMismatch},
                      });
}

TEST_F(Decision, CountsAnyRecordThatMeetsAPartOfARequirement) {
  const RoleProfile profile = ProfileOf(
      Requires("home",
               R"("all_of":[{"any_of":[{"kind":"volunteer_role"},{"kind":"employment"}]},{"kind":"immunity"}])") +
      "," + Requires("it", R"("any_of":[{"kind":"work_health_clearance","conditions":[{"same_issuer_as":"home"}]}])"));
  const Shown clearance{"work_health_clearance"};
  const Shown of_council{"immunity", {}, 0, {}, By::kCouncil};
  ExpectRows(profile, {
                          {"by the employment", {{"employment"}, clearance}, Outcome::kMet},
                          {"by the immunity", {{"immunity"}, clearance}, Outcome::kMet},
                          {"by none", {of_council, clearance}, Outcome::kNotMet, Reason::kOwnCheckNeeded},
                      });
}

}  // namespace
}  // namespace passport::suites
