// What is wrong with a profile, and what it says in plain words.
#include "credential/decision/profile_check.h"

#include <gtest/gtest.h>

#include "tests/credential/decision/profile_suite.h"
#include "tests/docs/page_blocks.h"

namespace passport::suites {
namespace {

using Weight = ProfileFinding::Weight;

RoleProfile ProfileOf(const std::string& text) {
  Result<RoleProfile> profile = RoleProfile::Parse(text);
  EXPECT_TRUE(profile.ok()) << SaidOf(profile) << text;
  return std::move(profile).value();
}

std::string Said(const std::vector<ProfileFinding>& findings) {
  std::string said;
  for (const ProfileFinding& each : findings) {
    said += (said.empty() ? "" : "\n") + std::string(each.weight == Weight::kError ? "error: " : "warning: ") +
            each.place + ": " + each.words;
  }
  return said;
}

std::string Found(const std::string& text) { return Said(CheckProfile(ProfileOf(text), ShippedTerms())); }

std::string It(std::string_view needs, std::string_view list = "any_of") {
  return R"({"id":"it","needs":"it",")" + std::string(list) + R"(":[)" + std::string(needs) + "]}";
}

struct CheckRow {
  std::string_view what;
  std::string requirements;
  std::string_view said = "";
};

void CheckFindings(const std::vector<CheckRow>& rows) {
  for (const CheckRow& row : rows) {
    EXPECT_EQ(Found(TextOf(row.requirements)), row.said) << row.what;
    ++Profile::cases;
  }
}

// A record of training that a profile asks for by its facts.
std::string Training(std::string_view conditions, std::string_view subject = "fire_safety") {
  return R"({"kind":"mandatory_training","pick":[{"fact":"subject","one_of":[")" + std::string(subject) +
         R"("]}],"conditions":[)" + std::string(conditions) + "]}";
}
std::string Course(std::string_view subject, int level, int months, std::string_view more = "") {
  return R"({"training":")" + std::string(subject) + R"(","level":)" + std::to_string(level) + R"(,"within_months":)" +
         std::to_string(months) + std::string(more) + "}";
}
std::string Record(std::string_view kind, std::string_view conditions, std::string_view more = "") {
  return R"({"kind":")" + std::string(kind) + R"(",)" + std::string(more) + R"("conditions":[)" +
         std::string(conditions) + "]}";
}

TEST_F(Profile, FindsWordsThatTheTaxonomyDoesNotKnow) {
  CheckFindings({
      {"nothing wrong", It(Course("fire_safety", 1, 24))},
      {"a subject", It(Course("tap_dancing", 1, 12)),
       "error: requirement it, any_of 1: the subject \"tap_dancing\" is not known; use one of the taxonomy in force"},
      {"a level", It(Course("fire_safety", 4, 12)), "error: requirement it, any_of 1: Fire safety has no level 4"},
      {"a subject picked by its fact", It(Training(R"({"fact":"level","at_least":1})", "tap_dancing")),
       "error: requirement it, any_of 1: subject \"tap_dancing\" is not known here; use a word of the taxonomy in "
       "force"},
      {"a level asked by its fact", It(Training(R"({"fact":"level","at_least":4})")),
       "error: requirement it, any_of 1: no subject it picks has a level 4"},
      {"a part of another course", It(Training(R"({"fact":"part","one_of":["live"]})")),
       "error: requirement it, any_of 1: part \"live\" is not known here; use a word of the taxonomy in force"},
      {"a part of this course", It(Training(R"({"fact":"part","one_of":["live"]})", "oliver_mcgowan"))},
      {"a regulator", It(Record("professional_registration", R"({"fact":"regulator","one_of":["ABC"]})")),
       "error: requirement it, any_of 1: regulator \"ABC\" is not known here; use a word of the taxonomy in force"},
      {"a part of another register",
       It(Record("professional_registration",
                 R"({"fact":"regulator","one_of":["NMC"]},{"fact":"part","one_of":["paramedic"]})")),
       "error: requirement it, any_of 1: part \"paramedic\" is not known here; use a word of the taxonomy in force"},
      {"a part of one of two registers",
       It(Record("professional_registration",
                 R"({"fact":"regulator","one_of":["NMC","HCPC"]},{"fact":"part","one_of":["paramedic"]})"))},
      {"a type of organisation", It(Record("employment", R"({"issuer_type":["council","circus"]})")),
       "error: requirement it, any_of 1: issuer_type \"circus\" is not known here; use a word of the taxonomy in "
       "force"},
      {"a word of a list", It(Record("immunity", R"({"fact":"immunity","one_of":["hiccups"]})")),
       "error: requirement it, any_of 1: immunity \"hiccups\" is not known here; use a word of the taxonomy in force"},
      {"a word in a not-if",
       It(R"({"kind":"employment"},{"none_of":[{"kind":"immunity","pick":[{"fact":"immunity","one_of":["hiccups"]}]}]})",
          "all_of"),
       "error: requirement it, all_of 2, none_of 1: immunity \"hiccups\" is not known here; use a word of the taxonomy "
       "in force"},
  });
}

TEST_F(Profile, FindsWhatNobodyCanMeet) {
  constexpr std::string_view kNever = "error: requirement it: it can never be met";
  CheckFindings({
      {"two words at once",
       It(Record("criminal_record_check",
                 R"({"fact":"level","one_of":["basic"]},{"fact":"level","one_of":["enhanced"]})")),
       "error: requirement it, any_of 1: two conditions on level can not both hold; keep one"},
      {"a grade below the one asked for",
       It(Record(
           "employment",
           R"({"fact":"assurance","one_of":["self_declared"]},{"fact":"assurance","assurance_at_least":"employer_verified"})")),
       "error: requirement it, any_of 1: two conditions on assurance can not both hold; keep one"},
      {"two types of issuer", It(Record("employment", R"({"issuer_type":["council"]},{"issuer_type":["charity"]})")),
       "error: requirement it, any_of 1: two conditions on who issued it can not both hold; keep one"},
      {"a course of no age", It(Course("fire_safety", 1, 0)),
       "error: requirement it, any_of 1: a course of no age can not be; ask for at least one month, or for refresh"},
      {"a fact of no age", It(Record("employment", R"({"fact":"achieved_on","within_months":0})")),
       "error: requirement it, any_of 1: achieved_on within 0 months can not be; ask for at least one month, or for "
       "days"},
      {"what another one rules out",
       It(Record("professional_registration", R"({"fact":"restrictions","one_of":["true"]})")) +
           R"(,{"id":"not","needs":"not","any_of":[{"none_of":[{"kind":"professional_registration",
                "pick":[{"fact":"restrictions","one_of":["true"]}]}]}]})",
       kNever},
      {"what another one rules out, with another way",
       It(Record("professional_registration", R"({"fact":"restrictions","one_of":["true"]})") + "," +
          Record("employment", R"({"issuer_is":"receiver"})")) +
           R"(,{"id":"not","needs":"not","any_of":[{"none_of":[{"kind":"professional_registration",
                "pick":[{"fact":"restrictions","one_of":["true"]}]}]}]})"},
      {"a reference to what does not count then",
       R"({"id":"home","needs":"x","when":"placement","any_of":[{"kind":"employment"}]},
          {"id":"it","needs":"x","when":"employment","any_of":[)" +
           Record("right_to_work", R"({"same_issuer_as":"home"})") + "]}",
       kNever},
      {"a reference to what asks for no record",
       R"({"id":"not","needs":"x","any_of":[{"none_of":[{"kind":"immunity"}]}]},)" +
           It(Record("right_to_work", R"({"same_issuer_as":"not"})")),
       kNever},
  });
}

TEST_F(Profile, FindsWhatNeverDecides) {
  CheckFindings({
      {"an alternative that asks for more", It(Course("fire_safety", 1, 24) + "," + Course("fire_safety", 1, 12)),
       "warning: requirement it, any_of 2: it never decides: whatever meets it meets alternative 1; take one out"},
      {"before the looser one", It(Course("fire_safety", 1, 12) + "," + Course("fire_safety", 1, 24)),
       "warning: requirement it, any_of 1: it never decides: whatever meets it meets alternative 2; take one out"},
      {"the same twice", It(Course("fire_safety", 1, 12) + "," + Course("fire_safety", 1, 12)),
       "warning: requirement it, any_of 2: it never decides: whatever meets it meets alternative 1; take one out"},
      {"a higher level of the same age",
       It(Course("safeguarding_adults", 2, 36) + "," + Course("safeguarding_adults", 3, 36)),
       "warning: requirement it, any_of 2: it never decides: whatever meets it meets alternative 1; take one out"},
      {"a higher level that may be older",
       It(Course("safeguarding_adults", 2, 12) + "," + Course("safeguarding_adults", 3, 36))},
      {"a course that counts as the other",
       It(Course("moving_people", 1, 24) + "," + Course("moving_and_handling", 2, 24)),
       "warning: requirement it, any_of 2: it never decides: whatever meets it meets alternative 1; take one out"},
      {"a part that another asks for", It(Course("fire_safety", 1, 12) + "," + Course("fire_safety", 1, 24), "all_of"),
       "warning: requirement it, all_of 2: it changes nothing: whatever meets part 1 meets it; take one out"},
      {"a condition beside a stricter one",
       It(Record("employment",
                 R"({"fact":"achieved_on","within_months":12},{"fact":"achieved_on","not_after_day":true})")),
       "warning: requirement it, any_of 1: of two conditions on achieved_on one changes nothing; keep the stricter"},
      {"days beside months",
       It(Record("employment", R"({"fact":"achieved_on","within_months":12},{"fact":"achieved_on","within_days":30})")),
       "warning: requirement it, any_of 1: of two conditions on achieved_on one changes nothing; keep the stricter"},
      {"days that months do not reach",
       It(Record("employment", R"({"fact":"achieved_on","within_months":1},{"fact":"achieved_on","within_days":30})"))},
      {"a requirement that another covers",
       It(Course("fire_safety", 1, 12)) + R"(,{"id":"again","needs":"x","any_of":[)" + Course("fire_safety", 1, 24) +
           "]}",
       "warning: requirement again: it changes nothing: requirement it asks for it already"},
      {"a requirement for one engagement beside one for both",
       It(Course("fire_safety", 1, 24)) + R"(,{"id":"more","needs":"x","when":"placement","any_of":[)" +
           Course("fire_safety", 1, 12) + "]}"},
      {"always about to end",
       It(Course("fire_safety", 1, 24)) + R"(,{"id":"young","needs":"x","any_of":[)" + Course("lone_working", 1, 1) +
           "]}",
       ""},
  });
  std::string text = TextOf(It(Course("fire_safety", 1, 12)));
  text.replace(text.find("_days\":30"), 9, "_days\":400");
  EXPECT_EQ(Found(text),
            "warning: requirement it, any_of 1: it is always expiring: it counts 12 months and the profile warns 400 "
            "days ahead");
  ++cases;
}

TEST_F(Profile, FindsHolesBetweenTheEngagements) {
  CheckFindings({
      {"nothing for an employment", R"({"id":"it","needs":"x","when":"placement","any_of":[{"kind":"employment"}]})",
       "error: profile: nothing is required for an employment: anybody would be let in"},
      {"ways for a placement only",
       It(R"({"kind":"right_to_work","when":"placement"})") +
           R"(,{"id":"more","needs":"x","any_of":[{"kind":"employment"}]})",
       "warning: requirement it: for an employment it can never be met; say when it counts"},
      {"said when it counts",
       R"({"id":"it","needs":"x","when":"placement","any_of":[{"kind":"right_to_work","when":"placement"}]},
          {"id":"more","needs":"x","any_of":[{"kind":"employment"}]})"},
      {"a way for the other engagement",
       R"({"id":"it","needs":"x","when":"placement","any_of":[{"kind":"right_to_work"},
          {"kind":"immunity","when":"employment"}]},{"id":"more","needs":"x","any_of":[{"kind":"employment"}]})",
       "warning: requirement it, any_of 2: it is for an employment inside of what is for the other engagement; it "
       "never "
       "counts"},
  });
}

// What a local profile adds to is looser by design; what adds nothing is named.
TEST_F(Profile, FindsWhatALocalProfileDoesNotAdd) {
  const RoleProfile base = ProfileOf(TextOf(It(Course("fire_safety", 1, 24))));
  for (const auto& [months, said] : std::vector<std::pair<int, std::string_view>>{
           {12, ""},
           {36,
            "warning: requirement it, all_of 2: it changes nothing: whatever meets part 1 meets it; take one out"}}) {
    std::string text =
        TextOf(It(Course("fire_safety", 1, months)), R"("organisation":"ods:RC9","extends":{"profile":"test"},)");
    text.replace(text.find("\"test\""), 6, "\"ours\"");
    EXPECT_EQ(Said(CheckProfile(*ProfileOf(text).On(base), ShippedTerms())), said) << months;
    ++cases;
  }
}

TEST_F(Profile, ExplainsItselfAsThePageSays) {
  const std::vector<std::string> blocks = BlocksOf("docs/formats/role-profile.md");
  ASSERT_EQ(blocks.size(), 4U);
  const RoleProfile profile = ProfileOf(blocks[0]);
  std::string explained;
  for (const std::string& line : ExplainProfile(profile, ShippedTerms()))
    explained += (explained.empty() ? "" : "\n") + line;
  EXPECT_EQ(explained, blocks[1]);
  EXPECT_EQ(Said(CheckProfile(profile, ShippedTerms())), "");
  const RoleProfile local = ProfileOf(blocks[2]);
  const Result<RoleProfile> both = local.On(profile);
  ASSERT_TRUE(both.ok()) << SaidOf(both);
  explained.clear();
  for (const std::string& line : ExplainProfile(*both, ShippedTerms()))
    explained += (explained.empty() ? "" : "\n") + line;
  EXPECT_EQ(explained, blocks[3]);
  EXPECT_EQ(Said(CheckProfile(*both, ShippedTerms())), "");
  cases += 2;
}

}  // namespace
}  // namespace passport::suites
