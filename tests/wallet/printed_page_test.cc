// The page of a passport, printed: by a renderer that people have, one or two A4 pages, tagged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples/process/process.h"
#include "tests/wallet/wallet_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

constexpr std::chrono::seconds kPrintingTime{120};

// A nurse after a few years: who she is, where she works, her checks, and what she was trained in.
std::vector<Record> TypicalRecords() {
  std::vector<Record> records;
  for (const std::string_view kind :
       {"identity_check", "employment", "right_to_work", "criminal_record_check", "professional_registration",
        "work_health_clearance", "qualification", "employment_history", "entitlement", "competence", "other_training"})
    records.push_back(MakeRecord(kind));
  for (const std::string_view subject :
       {"fire_safety", "moving_and_handling", "infection_prevention_and_control", "safeguarding_adults",
        "safeguarding_children", "resuscitation", "information_governance_and_data_security",
        "equality_diversity_and_human_rights", "health_safety_and_welfare", "conflict_resolution",
        "preventing_radicalisation", "basic_life_support", "food_safety", "medicines_management"}) {
    records.push_back(MakeRecord("mandatory_training", {{"subject", std::string(subject)}}));
  }
  return records;
}

// What pdfinfo says of the page as it is printed.
std::string Printed(const std::vector<Record>& records) {
  WalletWorld world(records);
  const Typed exported = world.Type({"export", "--page", world.At("page.html")});
  if (exported.exit_code != 0) return exported.errors;
  const auto run = [](const char* program, const std::vector<std::string>& words) {
    const Result<ProcessEnd> end = RunProcess({.program = program, .words = words, .log = {}}, In(kPrintingTime));
    return !end.ok() ? end.fault().detail : end->exit_code == 0 ? end->output : end->errors;
  };
  run("/usr/bin/weasyprint", {"--pdf-variant", "pdf/ua-1", world.At("page.html"), world.At("page.pdf")});
  return run("/usr/bin/pdfinfo", {world.At("page.pdf")});
}

int PagesOf(const std::string& said) {
  constexpr std::string_view kLine = "\nPages:";
  const std::size_t at = said.find(kLine);
  return at == std::string::npos ? 0 : std::atoi(said.c_str() + at + kLine.size());
}

TEST(PrintedPage, OfATypicalPassportIsTwoA4PagesAndTagged) {
  const std::vector<Record> records = TypicalRecords();
  ASSERT_EQ(records.size(), 25U);
  const std::string said = Printed(records);
  EXPECT_GE(PagesOf(said), 1) << said;
  EXPECT_LE(PagesOf(said), 2) << said;
  EXPECT_THAT(said, HasSubstr("(A4)"));
  EXPECT_THAT(said, ::testing::ContainsRegex("Tagged: +yes"));
  EXPECT_THAT(said, ::testing::ContainsRegex("JavaScript: +no"));
}

TEST(PrintedPage, OfMoreRecordsThanItShowsIsTwoPagesToo) {
  std::vector<Record> records = TypicalRecords();
  for (int i = 0; i < 15; ++i)
    records.push_back(MakeRecord("mandatory_training", {{"subject", "further_subject_" + std::to_string(i)}}));
  const std::string said = Printed(records);
  EXPECT_EQ(PagesOf(said), 2) << said;
}

TEST(PrintedPage, OfASmallPassportIsOneA4Page) {
  const std::string said = Printed({MakeRecord("identity_check"), MakeRecord("employment"),
                                    MakeRecord("mandatory_training", {{"subject", "fire_safety"}})});
  EXPECT_EQ(PagesOf(said), 1) << said;
  EXPECT_THAT(said, ::testing::ContainsRegex("Tagged: +yes"));
}

}  // namespace
}  // namespace passport
