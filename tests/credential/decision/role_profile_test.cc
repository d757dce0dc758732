// What a profile may say: tables of what is read and of near misses.
#include "credential/decision/role_profile.h"

#include <gtest/gtest.h>

#include "tests/credential/decision/profile_suite.h"

namespace passport::suites {
namespace {

struct ProfileRow {
  std::string_view what;
  std::string text;
  std::string_view said = "ok";
};

void CheckVerdicts(const std::vector<ProfileRow>& rows) {
  for (const ProfileRow& row : rows) {
    EXPECT_EQ(SaidOf(RoleProfile::Parse(row.text)), row.said) << row.what;
    ++Profile::cases;
  }
}

std::string WithNeed(std::string_view need) {
  return TextOf(R"({"id":"it","needs":"it","any_of":[)" + std::string(need) + "]}");
}
std::string WithCondition(std::string_view condition, std::string_view kind = "mandatory_training") {
  return WithNeed(R"({"kind":")" + std::string(kind) + R"(","conditions":[)" + std::string(condition) + "]}");
}

TEST_F(Profile, ReadsWhatItSays) {
  const RoleProfile profile = *RoleProfile::Parse(TextOf(
      R"({"id":"home","needs":"employed","when":"placement","who":"HR","how":"Ask.","note":"Why.","local":"replaceable",
          "any_of":[{"kind":"employment"}]},
         {"id":"it","needs":"it","all_of":[
           {"training":"fire_safety","level":1,"within_months":24,"through_shift":true,
            "conditions":[{"fact":"assurance","assurance_at_least":"employer_verified"}]},
           {"training":"moving_and_handling","level":2,"refresh":true},
           {"any_of":[{"kind":"right_to_work","when":"placement","pick":[{"fact":"extent","one_of":["unlimited"]}],
                       "conditions":[{"fact":"ends_on","not_before_day":true,"through_shift":true},
                                     {"same_issuer_as":"home","otherwise":"not_covered"}]},
                      {"none_of":[{"kind":"immunity"}]}]}]})",
      R"("standing":"proposal","note":"From a test.",)"));
  EXPECT_EQ(profile.standing(), "proposal");
  EXPECT_EQ(profile.note(), "From a test.");
  EXPECT_EQ(profile.digest(), Sha256(profile.text()));
  ASSERT_EQ(profile.requirements().size(), 2U);
  const Requirement& home = profile.requirements()[0];
  EXPECT_EQ(home.when, Engagement::kPlacement);
  EXPECT_EQ(home.local, Requirement::Local::kReplaceable);
  EXPECT_EQ(home.who + home.how + home.note, "HRAsk.Why.");
  const Need& all = profile.requirements()[1].need;
  EXPECT_EQ(all.form, Need::Form::kAllOf);
  EXPECT_EQ(all.children[0].subject, "fire_safety");
  EXPECT_EQ(all.children[0].months, 24);
  EXPECT_TRUE(all.children[0].through_shift);
  EXPECT_EQ(all.children[0].conditions[0].fact->name, "assurance");
  EXPECT_EQ(all.children[1].level, 2);
  EXPECT_EQ(all.children[1].months, std::nullopt);
  const Need& right = all.children[2].children[0];
  EXPECT_EQ(right.kind, FindRecordKind("right_to_work"));
  EXPECT_EQ(right.when, Engagement::kPlacement);
  EXPECT_EQ(right.picks[0].words, std::vector<std::string>{"unlimited"});
  EXPECT_TRUE(right.conditions[0].through_shift);
  EXPECT_EQ(right.conditions[0].otherwise, Reason::kEndsTooSoon);
  EXPECT_EQ(right.conditions[1].fact, nullptr);
  EXPECT_EQ(right.conditions[1].words, std::vector<std::string>{"home"});
  EXPECT_EQ(right.conditions[1].otherwise, Reason::kNotCovered);
  EXPECT_EQ(all.children[2].children[1].form, Need::Form::kNoneOf);
  ++cases;
}

TEST_F(Profile, TakesEveryTestOnFactsItFits) {
  CheckVerdicts({
      {"a word among words", WithCondition(R"({"fact":"subject","one_of":["a","b"]})")},
      {"a flag", WithCondition(R"({"fact":"barred_adults","one_of":["true"]})", "criminal_record_check")},
      {"a grade by name", WithCondition(R"({"fact":"assurance","one_of":["employer_verified"]})")},
      {"a number", WithCondition(R"({"fact":"level","at_least":0})")},
      {"a grade or better", WithCondition(R"({"fact":"assurance","assurance_at_least":"self_declared"})")},
      {"months", WithCondition(R"({"fact":"achieved_on","within_months":12,"through_shift":true})")},
      {"days", WithCondition(R"({"fact":"achieved_on","within_days":0})")},
      {"an end that always shows", WithCondition(R"({"fact":"expires_on","not_before_day":true})")},
      {"a start", WithCondition(R"({"fact":"achieved_on","not_after_day":true})")},
      {"a place", WithCondition(R"({"fact":"place","is_place":true})", "licence_to_attend")},
      {"a type of issuer", WithCondition(R"({"issuer_type":["council"]})")},
      {"one's own", WithCondition(R"({"issuer_is":"receiver"})")},
      {"the place's own", WithCondition(R"({"issuer_is":"place"})")},
      {"a reason of its own", WithCondition(R"({"fact":"level","at_least":1,"otherwise":"recheck_due"})")},
  });
}

TEST_F(Profile, RefusesConditionsThatCanNotBe) {
  const auto refused = [](std::string_view what) {
    return "field_invalid: role profile, requirement it, any_of 1, conditions 1: " + std::string(what);
  };
  const std::vector<std::pair<std::string_view, std::string>> rows = {
      {R"({"fact":"shoe_size","at_least":42})", "the kind has no such fact"},
      {R"({"fact":"level"})", "a condition has no test"},
      {R"({"at_least":2})", "fact is not a text"},
      {R"("level")", "not an object"},
      {R"({"fact":"level","at_least":2,"within_days":5})", "a condition has more than one test"},
      {R"({"fact":"level","at_least":2,"issuer_is":"receiver"})", "a condition has more than one test"},
      {R"({"fact":"level","at_least":"2"})", "at_least is not a whole number of 0 to 10000"},
      {R"({"fact":"level","at_least":-1})", "at_least is not a whole number of 0 to 10000"},
      {R"({"fact":"level","at_least":2.5})", "at_least is not a whole number of 0 to 10000"},
      {R"({"fact":"level","at_least":10001})", "at_least is not a whole number of 0 to 10000"},
      {R"({"fact":"level","one_of":["2"]})", "one_of does not fit the fact"},
      {R"({"fact":"provider","one_of":["x"]})", "one_of does not fit the fact"},
      {R"({"fact":"subject","one_of":[]})", "one_of is not a filled array"},
      {R"({"fact":"subject","one_of":[5]})", "one_of holds something that is no text"},
      {R"({"fact":"subject","one_of":"a"})", "one_of is not a filled array"},
      {R"({"fact":"subject","within_days":3})", "within_days does not fit the fact"},
      {R"({"fact":"achieved_on","at_least":3})", "at_least does not fit the fact"},
      {R"({"fact":"assurance","one_of":["verified"]})", "one_of holds a word the fact can not have"},
      {R"({"fact":"assurance","assurance_at_least":"high"})", "not an assurance grade"},
      {R"({"fact":"level","assurance_at_least":"self_declared"})", "assurance_at_least does not fit the fact"},
      {R"({"fact":"expires_on","not_before_day":false})", "not_before_day is not true"},
      {R"({"fact":"expires_on","not_before_day":1})", "not_before_day is not true"},
      {R"({"fact":"provider","is_place":true})", "is_place does not fit the fact"},
      {R"({"fact":"level","issuer_is":"receiver"})", "issuer_is is about who signed, not about a fact"},
      {R"({"issuer_is":"ods:RC9"})", "issuer_is is not receiver or place"},
      {R"({"issuer_type":"council"})", "issuer_type is not a filled array"},
      {R"({"same_issuer_as":"An Id"})", "same_issuer_as is not 1 to 64 of a-z, 0-9, '-'"},
      {R"({"fact":"level","at_least":2,"through_shift":true})", "at_least has no end to hold through the shift"},
      {R"({"fact":"expires_on","not_before_day":true,"through_shift":false})", "through_shift is not true"},
      {R"({"fact":"level","at_least":2,"unless":"tuesday"})", "unknown member"},
      {R"({"fact":"level","at_least":2,"otherwise":"revoked"})", "otherwise is not a reason of decisions"},
      {R"({"fact":"level","at_least":2,"otherwise":"none"})", "otherwise is not a reason of decisions"},
      {R"({"fact":"level","at_least":2,"otherwise":"so_there"})", "otherwise is not a reason of decisions"},
  };
  for (const auto& [condition, what] : rows) {
    EXPECT_EQ(SaidOf(RoleProfile::Parse(WithCondition(condition))), refused(what)) << condition;
    ++cases;
  }
}

// Absence counts as no end: what a holder can keep back is no end to rely on.
TEST_F(Profile, AsksForAnEndOnlyWhereItAlwaysShows) {
  constexpr std::string_view kUnfit =
      "field_invalid: role profile, requirement it, any_of 1, conditions 1: not_before_day does not fit the fact";
  CheckVerdicts({
      {"a day that may be kept back", WithCondition(R"({"fact":"achieved_on","not_before_day":true})"), kUnfit},
      {"a start", WithCondition(R"({"fact":"starts_on","not_before_day":true})", "employment"), kUnfit},
      {"an end", WithCondition(R"({"fact":"ends_on","not_before_day":true})", "employment")},
  });
}

TEST_F(Profile, RefusesNeedsThatCanNotBe) {
  const std::string place = "field_invalid: role profile, requirement it, any_of 1";
  const std::vector<ProfileRow> rows = {
      {"two forms", WithNeed(R"({"kind":"employment","any_of":[{"kind":"employment"}]})"),
       ": a need has more than one of kind, training, all_of, any_of, none_of"},
      {"no form", WithNeed(R"({"when":"placement"})"), ": a need has none of kind, training, all_of, any_of, none_of"},
      {"an unknown kind", WithNeed(R"({"kind":"driving_licence"})"), ": kind is not known"},
      {"an unknown engagement", WithNeed(R"({"kind":"employment","when":"sunday"})"),
       ": when is not placement or employment"},
      {"picking by more than words",
       WithNeed(R"({"kind":"mandatory_training","pick":[{"fact":"level","at_least":2}]})"), ", pick 1: unknown member"},
      {"a pick that is no list", WithNeed(R"({"kind":"mandatory_training","pick":{}})"),
       ": pick is not a filled array"},
      {"a course of no level", WithNeed(R"({"training":"fire_safety","refresh":true})"),
       ": level is not a whole number of 0 to 10000"},
      {"a course of no age", WithNeed(R"({"training":"fire_safety","level":1})"),
       ": training takes one of within_months and refresh"},
      {"a course of two ages", WithNeed(R"({"training":"fire_safety","level":1,"refresh":true,"within_months":3})"),
       ": training takes one of within_months and refresh"},
      {"an empty list", WithNeed(R"({"all_of":[]})"), ": all_of is not a filled array"},
      {"a not-if with conditions",
       WithNeed(R"({"none_of":[{"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]})"),
       ", none_of 1: unknown member"},
      {"a not-if of a list", WithNeed(R"({"none_of":[{"any_of":[{"kind":"employment"}]}]})"),
       ", none_of 1: unknown member"},
      {"five lists deep", WithNeed(R"({"all_of":[{"any_of":[{"all_of":[{"any_of":[{"kind":"employment"}]}]}]}]})"),
       ", all_of 1, any_of 1, all_of 1: needs stand in more than 4 lists inside one another"},
  };
  for (const ProfileRow& row : rows) {
    EXPECT_EQ(SaidOf(RoleProfile::Parse(row.text)), place + std::string(row.said)) << row.what;
    ++cases;
  }
  CheckVerdicts({{"four lists deep", WithNeed(R"({"all_of":[{"any_of":[{"all_of":[{"kind":"employment"}]}]}]})")}});
}

TEST_F(Profile, RefersToRequirementsThatStandBeforeOnly) {
  const auto text = [](std::string_view first, std::string_view second) {
    return TextOf(R"({"id":"one","needs":"x","any_of":[{"kind":"employment","conditions":[)" + std::string(first) +
                  R"(]}]},{"id":"two","needs":"x","any_of":[{"kind":"employment","conditions":[)" +
                  std::string(second) + "]}]}");
  };
  constexpr std::string_view kStart = R"({"fact":"starts_on","not_after_day":true})";
  constexpr std::string_view kLate = ": it refers to a requirement that is not before it";
  const std::string one = "field_invalid: role profile, requirement one" + std::string(kLate);
  const std::string two = "field_invalid: role profile, requirement two" + std::string(kLate);
  CheckVerdicts({
      {"an earlier one", text(kStart, R"({"same_issuer_as":"one"})")},
      {"an earlier one by person", text(kStart, R"({"same_person_as":"one"})")},
      {"a later one", text(R"({"same_issuer_as":"two"})", kStart), one},
      {"itself", text(kStart, R"({"same_person_as":"two"})"), two},
      {"one that is not there", text(kStart, R"({"same_issuer_as":"three"})"), two},
  });
}

TEST_F(Profile, RefusesNearMisses) {
  const std::string good = WithNeed(R"({"kind":"employment"})");
  EXPECT_EQ(SaidOf(RoleProfile::Parse(good)), "ok");
  for (const auto& [from, to] : std::vector<std::pair<std::string_view, std::string_view>>{
           {R"("id":"test",)", ""},
           {R"("id":"test")", R"("id":"")"},
           {R"("id":"test")", R"("id":"Test")"},
           {R"("id":"test")", R"("id":"../registry")"},
           {R"("version":1)", R"("version":"1")"},
           {R"("version":1)", R"("version":-1)"},
           {R"("title":"Test")", R"("title":7)"},
           {R"("title":"Test")", R"("title":"Te\u0007st")"},
           {R"("title":"Test")", R"("title":"Test","extends":{"profile":"other"})"},
           {R"("title":"Test")", R"("title":"Test","organisation":"ods:RC9")"},
           {R"("title":"Test")", R"("title":"Test","organisation":"RC9","extends":{"profile":"other"})"},
           {R"("title":"Test")", R"("title":"Test","organisation":"ods:RC9","extends":"other")"},
           {R"("title":"Test")", R"("title":"Test","organisation":"ods:RC9","extends":{"profile":"test"})"},
           {R"("title":"Test")", R"("title":"Test","organisation":"ods:RC9","extends":{"profile":"o","version":1})"},
           {"2026-01-01", "2026-13-01"},
           {"2026-01-01", "01/01/2026"},
           {R"("expiring_within_days":30,)", ""},
           {R"("requirements":[)", R"("requirements":[{"id":"it","needs":"x","any_of":[{"kind":"employment"}]},)"},
           {R"("requirements":[)", R"("requirements":[5,)"},
           {R"("needs":"it",)", ""},
           {R"("id":"it")", R"("id":"It")"},
           {R"("needs":"it")", R"("needs":"it","local":"looser")"},
           {R"("needs":"it")", R"("needs":"it","when":"weekend")"},
           {R"("needs":"it")", R"("needs":"it","who":"")"},
           {R"("any_of":[{"kind":"employment"}])", R"("any_of":[])"},
           {R"("any_of":[{"kind":"employment"}])", R"("none_of":[{"kind":"employment"}])"},
           {R"("any_of":[)", R"("all_of":[{"kind":"employment"}],"any_of":[)"},
           {R"({"kind":"employment"})", R"({"kind":"employment","not":true})"}}) {
    std::string text = good;
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    const Result<RoleProfile> profile = RoleProfile::Parse(text.replace(at, from.size(), to));
    ASSERT_FALSE(profile.ok()) << to;
    EXPECT_EQ(WordOf(profile.fault().reason), "field_invalid") << to;
    ++cases;
  }
}

TEST_F(Profile, RefusesWhatIsNoProfileAtAll) {
  CheckVerdicts({{"a list", "[]", "field_invalid: role profile: not an object"},
                 {"nothing required", TextOf(""), "field_invalid: role profile: requirements is not a filled array"}});
  for (const std::string_view text : {"", "[]x", R"({"id":"a","id":"b"})", "{", "\xff"}) {
    EXPECT_EQ(SaidOf(RoleProfile::Parse(text)).substr(0, 9), "malformed") << text;
    ++cases;
  }
  EXPECT_EQ(SaidOf(RoleProfile::Parse(std::string(kRoleProfileBytesMax + 1, ' '))).substr(0, 5), "limit");
  std::string many = R"({"kind":"employment"})";
  for (std::size_t i = 1; i < kNeedsMax; ++i) many += R"(,{"kind":"employment"})";
  CheckVerdicts({{"more needs than are compared", WithNeed(many), "limit: role profile: more than 1000 needs"}});
  ++cases;
}

TEST_F(Profile, RefusesToExtendItself) {
  CheckVerdicts({{"itself",
                  TextOf(R"({"id":"it","needs":"it","any_of":[{"kind":"employment"}]})",
                         R"("organisation":"ods:RC9","extends":{"profile":"test"},)"),
                  "field_invalid: role profile: it extends itself"}});
}

}  // namespace
}  // namespace passport::suites
