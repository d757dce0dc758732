// Tables a manager could read: what is shown, and what the one requirement of a profile comes to.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/credential/decision/decision_world.h"

namespace passport::suites {

inline const Duty& Saturday() {
  static const Duty duty = OnDay("2026-11-21");
  return duty;
}

struct Row {
  std::string_view what;
  std::vector<Shown> shown;
  Outcome outcome;
  Reason reason = Reason::kNone;
  std::string_view through = "";  // empty: no end, or not met
  Duty duty = Saturday();
  RegistryAge age = RegistryAge::kFresh;
};

// The day, or nothing for the far end of credentials that do not matter here.
inline std::string ThroughOf(const std::optional<CivilDay>& day) {
  return !day || *day == CivilDay::InLondon(kFarEnd) ? "" : day->Text();
}

// The last line of the profile, for each row.
inline void ExpectRows(const RoleProfile& profile, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    // Somebody always shows something: what speaks to nothing stands for an empty hand.
    const std::vector<Shown> shown = row.shown.empty() ? std::vector<Shown>{{"other_training"}} : row.shown;
    const Result<passport::Decision> decision =
        Decide(profile, TestTaxonomies(), Verified(shown, nullptr, row.age), row.duty);
    ++Decision::cases;
    ASSERT_TRUE(decision.ok()) << row.what << ": " << decision.fault().detail;
    const DecisionLine& line = decision->lines.back();
    EXPECT_EQ(WordOf(line.outcome), WordOf(row.outcome)) << row.what;
    EXPECT_EQ(WordOf(line.reason), WordOf(row.reason)) << row.what;
    EXPECT_EQ(ThroughOf(line.holds_through), row.through) << row.what;
    EXPECT_EQ(line.who.empty(), line.outcome == Outcome::kMet) << row.what;
    EXPECT_EQ(line.how.empty(), line.outcome == Outcome::kMet) << row.what;
    EXPECT_GE(decision->outcome, line.outcome) << row.what;
  }
}

inline void ExpectRows(std::string_view any_of, const std::vector<Row>& rows) { ExpectRows(Profile(any_of), rows); }

// One record of training.
inline Shown Course(std::string_view subject, std::string_view level, std::string_view achieved_on = "2026-03-01",
                    std::string_view part = "") {
  return {"mandatory_training",
          {{"subject", std::string(subject)},
           {"level", std::string(level)},
           {"achieved_on", std::string(achieved_on)},
           {"checked_on", std::string(achieved_on)},
           {"part", std::string(part)}}};
}

}  // namespace passport::suites
