// The files of rules/taxonomies/ are sound.
#include "tests/credential/taxonomy/shipped.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "credential/record/record_kind.h"
#include "tests/credential/taxonomy/taxonomy_files.h"

namespace passport {
namespace {

const Terms& Now() { return Shipped().On(DayOf("2026-11-22")); }

TEST(Taxonomy, ShippedFilesAreReadAndFitTogether) {
  const std::vector<std::string> texts = ShippedTexts();
  ASSERT_EQ(texts.size(), 3U);
  std::set<std::string> ids;
  for (const std::string& text : texts) ids.insert(Parsed(text).id());
  EXPECT_EQ(ids, (std::set<std::string>{"regulators", "training", "workforce"}));
  EXPECT_EQ(Verdict(MadeOf(texts)), "ok");
}

TEST(Taxonomy, ShippedSubjectsHaveAPeriodForEachLevelAndAKnownFramework) {
  Cases cases;
  for (const std::string_view word : Now().WordsOf(kSubjectList)) {
    const Subject& subject = *Now().FindSubject(word);
    EXPECT_TRUE(Now().Knows("framework", subject.framework)) << word;
    for (const int level : subject.levels) {
      EXPECT_TRUE(Now().RefreshMonths(word, level)) << word << " " << level;
      EXPECT_FALSE(Now().CoversOf(word, level).empty()) << word << " " << level;
      cases.Count();
    }
  }
}

TEST(Taxonomy, ShippedRegulatorsAndTheirWordsKnowEachOther) {
  std::set<std::string_view> parts;
  std::set<std::string_view> statuses;
  Cases cases;
  for (const std::string_view word : Now().WordsOf(kRegulatorList)) {
    const Regulator& regulator = *Now().FindRegulator(word);
    EXPECT_FALSE(regulator.numbers.empty()) << word;
    for (const std::string& part : regulator.parts) EXPECT_TRUE(Now().Knows("register_part", part)) << part;
    for (const std::string& status : regulator.statuses) EXPECT_TRUE(Now().Knows("register_status", status)) << status;
    parts.insert(regulator.parts.begin(), regulator.parts.end());
    statuses.insert(regulator.statuses.begin(), regulator.statuses.end());
    cases.Count();
  }
  EXPECT_EQ(parts.size(), Now().WordsOf("register_part").size()) << "a part of no register";
  EXPECT_EQ(statuses.size(), Now().WordsOf("register_status").size()) << "a status of no register";
  for (const std::string_view word : {"NMC", "GMC", "HCPC", "SWE", "GPhC", "GDC", "GOC"}) {
    EXPECT_NE(Now().FindRegulator(word), nullptr) << word;
  }
  EXPECT_TRUE(Now().Knows("entitlement", "performers_list"));
  EXPECT_TRUE(Now().Knows("entitlement", "gp_prescriber_code"));
}

TEST(Taxonomy, ShippedListsAreThoseThatSomebodyAsksFor) {
  std::set<std::string_view> asked = {"organisation_type", "agreement_type", "override_reason", "relying_purpose",
                                      "identity_method"};
  for (const RecordKind* kind : AllRecordKinds()) {
    for (const FieldRule& rule : kind->fields) {
      if (!rule.vocabulary.empty()) asked.insert(rule.vocabulary);
    }
  }
  Cases cases;
  for (const std::string_view list : asked) {
    EXPECT_FALSE(Now().WordsOf(list).empty()) << list;
    cases.Count();
  }
  for (const Taxonomy& file : Shipped().versions()) {
    for (const ListedWord& word : file.words()) EXPECT_TRUE(asked.contains(word.list)) << word.list << " is an orphan";
  }
}

TEST(Taxonomy, ShippedPeriodsSayWhereSourcesDisagree) {
  struct Row {
    std::string_view subject;
    int level;
    int months;
    std::string_view note;  // a part of it
  };
  const Row table[] = {
      {"conflict_resolution", 1, 36, ""},
      {"equality_diversity_human_rights", 1, 36, ""},
      {"fire_safety", 1, 24, "Sources disagree"},
      {"health_safety_welfare", 1, 36, ""},
      {"infection_prevention_control", 1, 36, ""},
      {"infection_prevention_control", 2, 12, "own policy"},
      {"information_governance", 1, 12, "later versions"},
      {"moving_and_handling", 1, 36, ""},
      {"moving_and_handling", 2, 24, "own policy"},
      {"preventing_radicalisation", 1, 36, ""},
      {"preventing_radicalisation", 3, 36, ""},
      {"resuscitation_adult", 1, 12, "local agreement"},
      {"resuscitation_adult", 2, 12, ""},
      {"resuscitation_adult", 3, 12, "1 or 2 years"},
      {"resuscitation_paediatric", 2, 12, ""},
      {"resuscitation_newborn", 2, 12, ""},
      {"safeguarding_adults", 3, 36, ""},
      {"safeguarding_children", 3, 36, ""},
      {"oliver_mcgowan", 2, 36, "leaves the period to the provider"},
      {"care_certificate_16", 1, 0, ""},
      {"basic_life_support", 1, 12, "at most 3 years"},
      {"lone_working", 1, 24, ""},
      {"anaphylaxis", 1, 12, ""},
  };
  const auto training = std::find_if(Shipped().versions().begin(), Shipped().versions().end(),
                                     [](const Taxonomy& file) { return file.id() == "training"; });
  Cases cases;
  for (const Row& row : table) {
    EXPECT_EQ(Now().RefreshMonths(row.subject, row.level), row.months) << row.subject << " " << row.level;
    const bool noted =
        std::any_of(training->RefreshOf(row.subject).begin(), training->RefreshOf(row.subject).end(),
                    [&](const RefreshPeriod& period) {
                      return period.level == row.level && period.note.find(row.note) != std::string::npos;
                    });
    EXPECT_TRUE(noted) << row.subject << " " << row.level;
    cases.Count();
  }
}

TEST(Taxonomy, ShippedCoursesCountForWhatTheyShould) {
  struct Row {
    std::string_view has;
    int has_level;
    std::string_view wanted;
    int wanted_level;
    bool counts;
  };
  const Row table[] = {
      {"infection_prevention_control", 2, "infection_prevention_control", 1, true},
      {"infection_prevention_control", 1, "infection_prevention_control", 2, false},
      {"safeguarding_adults", 3, "safeguarding_adults", 2, true},
      {"safeguarding_children", 3, "safeguarding_adults", 2, false},
      {"preventing_radicalisation", 3, "preventing_radicalisation", 1, true},
      // Immediate life support contains basic life support of the same age group, and of no other.
      {"resuscitation_adult", 3, "resuscitation_adult", 2, true},
      {"resuscitation_adult", 4, "resuscitation_adult", 3, true},
      {"resuscitation_adult", 2, "resuscitation_adult", 3, false},
      {"resuscitation_paediatric", 3, "resuscitation_adult", 2, false},
      {"resuscitation_adult", 3, "resuscitation_paediatric", 2, false},
      {"resuscitation_newborn", 3, "resuscitation_paediatric", 2, false},
      // Awareness is one for all.
      {"resuscitation_adult", 1, "resuscitation", 1, true},
      {"resuscitation_paediatric", 2, "resuscitation", 1, true},
      {"resuscitation_newborn", 2, "resuscitation", 1, true},
      {"resuscitation", 1, "resuscitation_adult", 1, false},
      {"resuscitation_adult", 2, "basic_life_support", 1, true},
      {"resuscitation_adult", 3, "basic_life_support", 1, true},
      {"resuscitation_adult", 1, "basic_life_support", 1, false},
      {"resuscitation_paediatric", 2, "basic_life_support", 1, false},
      {"basic_life_support", 1, "resuscitation_adult", 2, false},
      {"moving_and_handling", 2, "moving_people", 1, true},
      {"moving_and_handling", 2, "moving_objects", 1, true},
      {"moving_and_handling", 1, "moving_people", 1, false},
      {"oliver_mcgowan", 2, "oliver_mcgowan", 1, true},
      {"oliver_mcgowan", 2, "learning_disability_autism", 1, true},
      {"oliver_mcgowan", 1, "learning_disability_autism", 2, false},
      {"learning_disability_autism", 2, "oliver_mcgowan", 1, false},
      {"care_certificate", 16, "care_certificate_16", 1, true},
      {"care_certificate", 16, "care_certificate_15", 1, true},
      {"care_certificate", 15, "care_certificate_15", 1, true},
      {"care_certificate", 15, "care_certificate_16", 1, false},
      {"care_certificate_16", 1, "care_certificate_15", 1, true},
      {"care_certificate_15", 1, "care_certificate_16", 1, false},
      {"level_2_adult_social_care_certificate", 2, "care_certificate_16", 1, false},
      {"jrcalc_life_support", 1, "resuscitation_adult", 3, false},
  };
  Cases cases;
  for (const Row& row : table) {
    EXPECT_EQ(Now().Covers(row.has, row.has_level, row.wanted, row.wanted_level), row.counts)
        << row.has << " " << row.has_level << " for " << row.wanted << " " << row.wanted_level;
    cases.Count();
  }
}

TEST(Taxonomy, ShippedCareCertificatesHaveAllTheirStandards) {
  const auto standards = [](int count) {
    std::vector<std::string> parts;
    for (int i = 1; i <= count; ++i) parts.push_back("standard_" + std::to_string(i));
    return parts;
  };
  EXPECT_EQ(Now().FindSubject("care_certificate_15")->parts, standards(15));
  EXPECT_EQ(Now().FindSubject("care_certificate_16")->parts, standards(16));
  EXPECT_EQ(Now().FindSubject("oliver_mcgowan")->parts, (std::vector<std::string>{"elearning", "live"}));
}

}  // namespace
}  // namespace passport
