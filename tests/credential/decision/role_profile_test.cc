#include "credential/decision/role_profile.h"

#include <gtest/gtest.h>

#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

std::string Parse(std::string_view text) { return Verdict(RoleProfile::Parse(text)); }
std::string With(std::string_view condition, std::string_view kind = "mandatory_training") {
  return Parse(ProfileText(R"({"kind":")" + std::string(kind) + R"(","conditions":[)" + std::string(condition) + "]}"));
}
std::string Replaced(std::string_view from, std::string_view to) {
  std::string text = ProfileText(R"({"kind":"employment"})");
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return Parse(text.replace(at, from.size(), to));
}

TEST(RoleProfile, ReadsWhatItSays) {
  const RoleProfile profile = Profile(R"({"kind":"mandatory_training",
      "pick":[{"fact":"subject","one_of":["fire_safety"]}],
      "conditions":[{"fact":"level","at_least":1},{"fact":"achieved_on","within_months":24,"otherwise":"recheck_due"}]})",
                                      14);
  EXPECT_EQ(profile.id(), "test");
  EXPECT_EQ(profile.version(), 1);
  EXPECT_EQ(profile.title(), "Test");
  EXPECT_EQ(profile.effective_from(), DayOf("2026-01-01"));
  EXPECT_EQ(profile.expiring_within_days(), 14);
  ASSERT_EQ(profile.requirements().size(), 1U);
  const Alternative& way = profile.requirements()[0].any_of[0];
  EXPECT_EQ(way.kind, FindRecordKind("mandatory_training"));
  EXPECT_EQ(way.picks[0].words, std::vector<std::string>{"fire_safety"});
  EXPECT_EQ(way.conditions[0].amount, 1);
  EXPECT_EQ(way.conditions[0].otherwise, Reason::kLevelTooLow);
  EXPECT_EQ(way.conditions[1].otherwise, Reason::kRecheckDue);
}

TEST(RoleProfile, TakesEveryTestOnFactsItFits) {
  for (const std::string_view condition :
       {R"({"fact":"subject","one_of":["a","b"]})", R"({"fact":"level","at_least":0})",
        R"({"fact":"assurance","assurance_at_least":"self_declared"})", R"({"fact":"achieved_on","within_months":12})",
        R"({"fact":"achieved_on","within_days":0})", R"({"fact":"expires_on","not_before_day":true})",
        R"({"fact":"achieved_on","not_after_day":true})", R"({"fact":"assurance","one_of":["employer_verified"]})"}) {
    EXPECT_EQ(With(condition), "ok") << condition;
  }
  EXPECT_EQ(With(R"({"fact":"barred_adults","one_of":["true"]})", "criminal_record_check"), "ok");
}

TEST(RoleProfile, RefusesConditionsThatCanNotBe) {
  for (const std::string_view condition : {R"({"fact":"shoe_size","at_least":42})",
                                           R"({"fact":"level"})",
                                           R"({"at_least":2})",
                                           R"("level")",
                                           R"({"fact":"level","at_least":2,"within_days":5})",
                                           R"({"fact":"level","at_least":"2"})",
                                           R"({"fact":"level","at_least":-1})",
                                           R"({"fact":"level","at_least":2.5})",
                                           R"({"fact":"level","at_least":10001})",
                                           R"({"fact":"level","one_of":["2"]})",
                                           R"({"fact":"provider","one_of":["x"]})",
                                           R"({"fact":"subject","one_of":[]})",
                                           R"({"fact":"subject","one_of":[5]})",
                                           R"({"fact":"subject","one_of":"a"})",
                                           R"({"fact":"subject","within_days":3})",
                                           R"({"fact":"achieved_on","at_least":3})",
                                           R"({"fact":"assurance","one_of":["verified"]})",
                                           R"({"fact":"assurance","assurance_at_least":"high"})",
                                           R"({"fact":"level","assurance_at_least":"self_declared"})",
                                           R"({"fact":"expires_on","not_before_day":false})",
                                           R"({"fact":"expires_on","not_before_day":1})",
                                           R"({"fact":"level","at_least":2,"unless":"tuesday"})",
                                           R"({"fact":"level","at_least":2,"otherwise":"revoked"})",
                                           R"({"fact":"level","at_least":2,"otherwise":"none"})",
                                           R"({"fact":"level","at_least":2,"otherwise":"so_there"})"}) {
    EXPECT_EQ(With(condition), "field_invalid") << condition;
  }
  EXPECT_EQ(With(R"({"fact":"barred_adults","one_of":["yes"]})", "criminal_record_check"), "field_invalid");
  EXPECT_EQ(With(R"({"fact":"barred_adults","one_of":[true]})", "criminal_record_check"), "field_invalid");
}

// Absence counts as no end: what a holder can keep back is no end to rely on.
TEST(RoleProfile, AsksForAnEndOnlyWhereItAlwaysShows) {
  EXPECT_EQ(With(R"({"fact":"achieved_on","not_before_day":true})"), "field_invalid");
  EXPECT_EQ(With(R"({"fact":"expires_on","not_before_day":true})"), "ok");
  EXPECT_EQ(With(R"({"fact":"ends_on","not_before_day":true})", "employment"), "ok");
  EXPECT_EQ(With(R"({"fact":"starts_on","not_before_day":true})", "employment"), "field_invalid");
}

TEST(RoleProfile, PicksByWordsOnly) {
  EXPECT_EQ(Parse(ProfileText(R"({"kind":"mandatory_training","pick":[{"fact":"level","at_least":2}]})")),
            "field_invalid");
  EXPECT_EQ(Parse(ProfileText(R"({"kind":"mandatory_training","pick":{}})")), "field_invalid");
}

TEST(RoleProfile, RefusesNearMisses) {
  EXPECT_EQ(Parse(ProfileText(R"({"kind":"employment"})")), "ok");
  for (const auto& [from, to] : std::vector<std::pair<std::string_view, std::string_view>>{
           {R"("id":"test",)", ""},
           {R"("id":"test")", R"("id":"")"},
           {R"("id":"test")", R"("id":"Test")"},
           {R"("id":"test")", R"("id":"../registry")"},
           {R"("version":1)", R"("version":"1")"},
           {R"("version":1)", R"("version":-1)"},
           {R"("title":"Test")", R"("title":7)"},
           {R"("title":"Test")", R"("title":"Test","extends":"other")"},
           {"2026-01-01", "2026-13-01"},
           {"2026-01-01", "01/01/2026"},
           {R"("expiring_within_days":30,)", ""},
           {R"("requirements":[)", R"("requirements":[{"id":"it","needs":"x","any_of":[{"kind":"employment"}]},)"},
           {R"("requirements":[)", R"("requirements":[5,)"},
           {R"("needs":"it",)", ""},
           {R"("any_of":[{"kind":"employment"}])", R"("any_of":[])"},
           {R"("any_of":[{"kind":"employment"}])", R"("all_of":[{"kind":"employment"}])"},
           {R"({"kind":"employment"})", R"({"kind":"driving_licence"})"},
           {R"({"kind":"employment"})", R"({"kind":"employment","not":true})"}}) {
    EXPECT_EQ(Replaced(from, to), "field_invalid") << to;
  }
  EXPECT_EQ(Parse(R"({"id":"x","version":1,"title":"x","effective_from":"2026-01-01","expiring_within_days":1,)"
                  R"("requirements":[]})"),
            "field_invalid");
  for (const std::string_view text : {"", "[]x", R"({"id":"a","id":"b"})", "{", "\xff"}) {
    EXPECT_EQ(Parse(text).substr(0, 9), "malformed") << text;
  }
  EXPECT_EQ(Parse("[]"), "field_invalid");
  EXPECT_EQ(Parse(std::string(kRoleProfileBytesMax + 1, ' ')).substr(0, 5), "limit");
}

TEST(RoleProfile, NamesThePlaceOfAMistake) {
  const Result<RoleProfile> profile = RoleProfile::Parse(
      ProfileText(R"({"kind":"mandatory_training","conditions":[{"fact":"shoe_size","at_least":1}]})"));
  ASSERT_FALSE(profile.ok());
  EXPECT_EQ(profile.fault().detail, "role profile, requirement it: the kind has no such fact");
}

TEST(RoleProfile, ReadsBackWhatItSigns) {
  TrustWorld& world = TrustWorld::Get();
  const RoleProfile profile = Profile(R"({"kind":"employment"})");
  const std::string token = *SignRoleProfile(profile, "registry-1", world.registry_key);
  const Result<RoleProfile> read = RoleProfile::ReadSigned(token, world.pinned);
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  EXPECT_EQ(read->id(), profile.id());
  EXPECT_EQ(read->requirements().size(), 1U);
}

TEST(RoleProfile, TRUST01_TRUST08_TakesTheRegistryKeyAndItsOwnTypeOnly) {
  TrustWorld& world = TrustWorld::Get();
  const RoleProfile profile = Profile(R"({"kind":"employment"})");
  const auto read = [&](const std::string& token) { return Verdict(RoleProfile::ReadSigned(token, world.pinned)); };
  EXPECT_EQ(read(*SignRoleProfile(profile, "registry-1", world.stranger)), "registry TRUST-01");
  EXPECT_EQ(read(*SignRoleProfile(profile, "registry-1", world.trust.issue_key)), "registry TRUST-01");
  EXPECT_EQ(read(ForgeJws(JwsHeader("dsp-trust-list+jwt", "registry-1"), profile.text(), world.registry_key)),
            "registry TRUST-01");
  EXPECT_EQ(read(ForgeJws(JwsHeader("dsp-role-profile+jwt", "registry-1"), "{}", world.registry_key)), "field_invalid");
  EXPECT_EQ(read(""), "registry TRUST-01");
}

}  // namespace
}  // namespace passport
