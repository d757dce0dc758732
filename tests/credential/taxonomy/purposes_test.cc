// What a purpose may say that can be asked for it, the near misses, and what the shipped purposes allow.
#include "tests/credential/taxonomy/shipped.h"
#include "tests/credential/taxonomy/taxonomy_files.h"

namespace passport {
namespace {

std::string Purpose(std::string_view more, std::string_view list = "relying_purpose") {
  return FileText(R"("words":[{"list":")" + std::string(list) + R"(","word":"shift","label":"Working a shift")" +
                  std::string(more) + "}]");
}

const Terms& ShippedTerms() { return Shipped().On(DayOf("2026-11-22")); }

TEST(Taxonomy, ReadsWhatAPurposeAllows) {
  const Taxonomy said = Parsed(Purpose(R"(,"kept_days_max":35,"profiles":["mover","ward-nurse-2"],
      "kinds":[{"kind":"mandatory_training","facts":["achieved_on"]},{"kind":"qualification","facts":[]}])"));
  ASSERT_TRUE(said.words()[0].asks.has_value());
  const PurposeTerms& terms = *said.words()[0].asks;
  EXPECT_EQ(terms.kept_days_max, 35);
  EXPECT_EQ(terms.profiles, (std::vector<std::string>{"mover", "ward-nurse-2"}));
  ASSERT_EQ(terms.kinds.size(), 2U);
  EXPECT_EQ(terms.kinds[0].kind, "mandatory_training");
  EXPECT_EQ(terms.kinds[0].facts, (std::vector<std::string>{"achieved_on"}));
  EXPECT_TRUE(terms.kinds[1].facts.empty());
  EXPECT_FALSE(Parsed(Purpose("")).words()[0].asks.has_value()) << "it says nothing";
}

TEST(Taxonomy, APurposeThatSaysNothingIsLookedAtOnceForAnyProfile) {
  const auto all = Taxonomies::Make({Parsed(Purpose(""))});
  ASSERT_TRUE(all.ok());
  const PurposeTerms* const terms = all->On(DayOf("2026-05-01")).FindPurpose("shift");
  ASSERT_NE(terms, nullptr);
  EXPECT_EQ(terms->kept_days_max, 0);
  EXPECT_TRUE(terms->profiles.empty());
  EXPECT_TRUE(terms->kinds.empty());
  EXPECT_EQ(all->On(DayOf("2026-05-01")).FindPurpose("curiosity"), nullptr);
  const auto until = Taxonomies::Make({Parsed(Purpose(R"(,"kept_days_max":7,"until":"2026-04-30")"))});
  ASSERT_TRUE(until.ok());
  EXPECT_EQ(until->On(DayOf("2026-04-30")).FindPurpose("shift")->kept_days_max, 7);
  EXPECT_EQ(until->On(DayOf("2026-05-01")).FindPurpose("shift"), nullptr) << "not registered any more";
}

TEST(Taxonomy, TakesPurposesThatMayBe) {
  const std::pair<std::string_view, std::string> table[] = {
      {"looked at once", R"(,"kept_days_max":0)"},
      {"ten years", R"(,"kept_days_max":3660)"},
      {"any profile", R"(,"profiles":[])"},
      {"nothing without a profile", R"(,"kinds":[])"},
      {"a profile of 64", R"(,"profiles":[")" + std::string(64, 'a') + "\"]"},
      {"a kind with what is always shown", R"(,"kinds":[{"kind":"qualification"}])"},
      {"two facts", R"(,"kinds":[{"kind":"mandatory_training","facts":["achieved_on","provider"]}])"},
  };
  Cases cases;
  for (const auto& [what, more] : table) {
    EXPECT_EQ(Verdict(Taxonomy::Parse(Purpose(more))), "ok") << what;
    cases.Count();
  }
}

TEST(Taxonomy, RefusesPurposesThatCanNotBe) {
  constexpr std::string_view kOf = "field_invalid: taxonomy, word shift of ";
  struct Row {
    std::string_view what;
    std::string text;
    std::string verdict;  // its beginning
  };
  const std::string of_purpose = std::string(kOf) + "relying_purpose";
  const Row table[] = {
      {"a word that is no purpose keeps", Purpose(R"(,"kept_days_max":1)", "method"),
       std::string(kOf) + "method: is no purpose"},
      {"a word that is no purpose has profiles", Purpose(R"(,"profiles":[])", "method"),
       std::string(kOf) + "method: is no purpose"},
      {"a word that is no purpose has kinds", Purpose(R"(,"kinds":[])", "method"),
       std::string(kOf) + "method: is no purpose"},
      {"a day less than none", Purpose(R"(,"kept_days_max":-1)"), of_purpose + ": kept_days_max"},
      {"a day too many", Purpose(R"(,"kept_days_max":3661)"), of_purpose + ": kept_days_max"},
      {"days as text", Purpose(R"(,"kept_days_max":"35")"), of_purpose + ": kept_days_max"},
      {"half a day", Purpose(R"(,"kept_days_max":0.5)"), of_purpose + ": kept_days_max"},
      {"one profile alone", Purpose(R"(,"profiles":"mover")"), of_purpose + ": profiles"},
      {"a profile in capitals", Purpose(R"(,"profiles":["Mover"])"), of_purpose + ": profiles"},
      {"a profile without a name", Purpose(R"(,"profiles":[""])"), of_purpose + ": profiles"},
      {"a profile of 65", Purpose(R"(,"profiles":[")" + std::string(65, 'a') + "\"]"), of_purpose + ": profiles"},
      {"a profile as number", Purpose(R"(,"profiles":[1])"), of_purpose + ": profiles"},
      {"kinds as an object", Purpose(R"(,"kinds":{})"), of_purpose + ": kinds"},
      {"a kind as text", Purpose(R"(,"kinds":["mandatory_training"])"), "field_invalid: taxonomy, kinds[0]"},
      {"a kind that is none", Purpose(R"(,"kinds":[{"kind":"shoes","facts":[]}])"), of_purpose + ": kinds names what"},
      {"a kind twice", Purpose(R"(,"kinds":[{"kind":"qualification","facts":[]},{"kind":"qualification","facts":[]}])"),
       of_purpose + ": kinds names a kind twice"},
      {"a fact of another kind", Purpose(R"(,"kinds":[{"kind":"mandatory_training","facts":["register_status"]}])"),
       of_purpose + ": kinds names a fact"},
      {"an unknown member of a kind", Purpose(R"(,"kinds":[{"kind":"qualification","facts":[],"why":"so"}])"),
       "field_invalid: taxonomy, kinds[0]: unknown member"},
  };
  Cases cases;
  for (const Row& each : table) {
    const std::string verdict = Verdict(Taxonomy::Parse(each.text));
    EXPECT_TRUE(verdict.starts_with(each.verdict)) << each.what << ": " << verdict;
    cases.Count();
  }
}

// What an inspector would ask of the file: how long, for which roles, and what without a role.
TEST(Taxonomy, ShippedPurposesAllowNoMoreThanTheyNeed) {
  struct Row {
    std::string_view purpose;
    int kept_days_max;
    std::vector<std::string> profiles;
    std::vector<std::string> kinds;
  };
  const std::vector<std::string> registered = {"professional_registration", "mandatory_training"};
  const std::vector<std::string> recruited = {"professional_registration", "mandatory_training", "qualification"};
  const Row table[] = {
      {"shift", 35, {}, {}},
      {"placement", 400, {}, {}},
      {"recruitment", 190, {}, recruited},
      {"community_shift", 400, {}, {}},
      {"team_membership", 1100, {}, {}},
      {"bank_registration", 1100, {}, registered},
      {"volunteering", 1100, {"volunteer"}, {}},
      {"student_placement", 400, {}, {}},
      {"roster_check", 400, {}, {}},
      {"inspection", 0, {}, registered},
      {"revalidation", 0, {}, registered},
  };
  Cases cases;
  for (const Row& row : table) {
    const PurposeTerms* const terms = ShippedTerms().FindPurpose(row.purpose);
    ASSERT_NE(terms, nullptr) << row.purpose;
    EXPECT_EQ(terms->kept_days_max, row.kept_days_max) << row.purpose;
    EXPECT_EQ(terms->profiles, row.profiles) << row.purpose;
    std::vector<std::string> kinds;
    for (const KindAsked& each : terms->kinds) kinds.push_back(each.kind);
    EXPECT_EQ(kinds, row.kinds) << row.purpose;
    cases.Count();
  }
  EXPECT_EQ(ShippedTerms().WordsOf(kPurposeList).size(), std::size(table)) << "a purpose that this table does not know";
}

}  // namespace
}  // namespace passport
