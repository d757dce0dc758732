// Every word that samples, readers of files and profiles use stands in the shipped taxonomies.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "credential/encoding/json.h"
#include "credential/record/record.h"
#include "tests/credential/taxonomy/shipped.h"
#include "tests/credential/taxonomy/taxonomy_files.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

const Terms& TermsNow() { return Shipped().On(DayOf("2026-11-22")); }

void ExpectKnown(std::string_view list, std::string_view word, std::string_view where) {
  EXPECT_TRUE(TermsNow().Knows(list, word)) << where << ": " << word << " is no word of " << list;
}

TEST(Taxonomy, KnowsTheCoursesOfTheSampleTable) {
  std::istringstream lines(TextOfFile("samples/competences.csv"));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  ASSERT_TRUE(line.starts_with("Competence,Subject,Level,Framework,Assessed By"));
  Cases cases;
  while (std::getline(lines, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    // The first column is a title and may hold commas; the other four are words.
    std::vector<std::string> columns;
    for (int i = 0; i < 4; ++i) {
      const std::size_t comma = line.rfind(',');
      ASSERT_NE(comma, std::string::npos) << line;
      columns.insert(columns.begin(), line.substr(comma + 1));
      line.resize(comma);
    }
    const std::vector<Record::Field> fields = {{"subject", columns[0]},       {"level", columns[1]},
                                               {"framework", columns[2]},     {"assessed_by", columns[3]},
                                               {"achieved_on", "2026-03-01"}, {"assurance", "self_declared"}};
    const Result<Record> record = Record::Make(*FindRecordKind("mandatory_training"), fields);
    ASSERT_TRUE(record.ok()) << line;
    EXPECT_EQ(Verdict(TermsNow().Check(*record)), "ok") << line;
    EXPECT_TRUE(TermsNow().RefreshMonths(columns[0], std::stoi(columns[1]))) << line;
    cases.Count();
  }
}

// What the readers of employers' files and the makers of the sample world write.
TEST(Taxonomy, KnowsTheWordsOfReadersAndSamples) {
  struct Row {
    std::string_view list;
    std::vector<std::string_view> words;
  };
  const Row table[] = {
      {"method", {"employer_record", "certificate_seen", "learning_record", "documents_seen", "register_lookup"}},
      {"checker_role",
       {"hr_officer", "recruitment_officer", "line_manager", "registered_manager", "practice_manager",
        "safeguarding_lead", "volunteer_coordinator", "workforce_information", "countersignatory"}},
      {"regulator", {"NMC", "GMC", "HCPC", "SWE", "GPhC", "GDC", "GOC"}},
      {"register_status", {"registered", "conditions", "suspended", "lapsed", "removed"}},
      {"register_part",
       {"registered_nurse", "registered_with_a_licence", "physiotherapist", "social_worker", "pharmacist"}},
      {"staff_group",
       {"nursing_and_midwifery_registered", "additional_clinical_services", "administrative_and_clerical",
        "social_care", "medical_and_dental", "allied_health_professionals",
        "additional_professional_scientific_and_technic", "volunteers", "estates_and_ancillary",
        "healthcare_scientists", "students"}},
      {"job_role",
       {"staff_nurse", "specialty_registrar", "healthcare_assistant", "physiotherapist", "clerical_worker",
        "social_worker", "support_worker", "officer", "general_practitioner", "practice_nurse", "receptionist",
        "pharmacist", "senior_support_worker", "volunteer", "coordinator"}},
      {"organisation_type",
       {"nhs_trust", "acute_trust", "community_trust", "council", "practice", "practice_network", "care_home",
        "charity", "registrar"}},
      {"relying_purpose", {"community_shift"}},
  };
  Cases cases;
  for (const Row& row : table) {
    for (const std::string_view word : row.words) {
      ExpectKnown(row.list, word, "readers and samples");
      cases.Count();
    }
  }
}

TEST(Taxonomy, KnowsTheWordsOfTheExamplesOfRecords) {
  Cases cases;
  for (const RecordKind* kind : AllRecordKinds()) {
    std::string page(kind->word);
    std::replace(page.begin(), page.end(), '_', '-');
    const std::vector<std::string> blocks = BlocksOf("docs/formats/records/" + page + ".md");
    ASSERT_FALSE(blocks.empty()) << page;
    json::Tree tree;
    const Result<json::Value*> claims = tree.Parse(blocks[0], json::kTokenLimits);
    ASSERT_TRUE(claims.ok()) << page;
    const Result<Record> record = Record::FromClaims(*kind, **claims);
    ASSERT_TRUE(record.ok()) << page;
    EXPECT_EQ(Verdict(TermsNow().Check(*record)), "ok") << page;
    cases.Count();
  }
}

// The words of one condition: {"fact": ..., "one_of": [...]} of a kind.
void ExpectConditionKnown(const RecordKind& kind, const json::Value& condition, const std::string& where) {
  const json::Value* fact = condition.Find("fact");
  const json::Value* words = condition.Find("one_of");
  if (fact == nullptr || words == nullptr) return;
  for (const FieldRule& rule : kind.fields) {
    if (rule.name != *fact->text()) continue;
    const bool subject = kind.word == "mandatory_training" && rule.name == "subject";
    const std::string_view list = subject ? kSubjectList : rule.vocabulary;
    if (list.empty()) continue;
    for (const json::Value& word : *words) ExpectKnown(list, *word.text(), where);
  }
}

// All words of a profile, wherever they stand in it.
int ExpectNeedsKnown(const json::Value& value, const RecordKind* kind, const std::string& where) {
  int seen = 0;
  if (value.is_object()) {
    if (const json::Value* word = value.Find("kind")) kind = FindRecordKind(*word->text());
    if (value.Find("training") != nullptr) kind = FindRecordKind("mandatory_training");
    if (const json::Value* subject = value.Find("training")) {
      const int level = static_cast<int>(value.Find("level")->integer().value_or(-1));
      EXPECT_FALSE(TermsNow().CoversOf(*subject->text(), level).empty()) << where << ": " << *subject->text() << level;
      EXPECT_TRUE(TermsNow().RefreshMonths(*subject->text(), level)) << where << ": " << *subject->text() << level;
      ++seen;
    }
    if (const json::Value* types = value.Find("issuer_type")) {
      for (const json::Value& type : *types) ExpectKnown("organisation_type", *type.text(), where);
    }
    if (kind != nullptr && value.Find("fact") != nullptr) {
      ExpectConditionKnown(*kind, value, where);
      ++seen;
    }
  }
  if (value.is_object() || value.is_array()) {
    for (const json::Value& child : value) seen += ExpectNeedsKnown(child, kind, where);
  }
  return seen;
}

TEST(Taxonomy, KnowsTheWordsOfEveryShippedProfile) {
  Cases cases;
  int profiles = 0;
  for (const char* const folder : {"rules/profiles", "samples/local-profiles", "samples/trial-profiles"}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      json::Tree tree;
      const std::string text = TextOfFile(entry.path());
      const Result<json::Value*> profile = tree.Parse(text, json::kTokenLimits);
      ASSERT_TRUE(profile.ok()) << entry.path();
      cases.Count(ExpectNeedsKnown(**profile, nullptr, entry.path().filename().string()));
      ++profiles;
    }
  }
  EXPECT_GE(profiles, 14);
}

}  // namespace
}  // namespace passport
