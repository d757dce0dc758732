// Decide() against its slow twin on random profiles and records. The seed is fixed.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/credential/decision/decision_world.h"
#include "tests/reference/role_check.h"

namespace passport {
namespace {

using reference::ClerkCondition;
using reference::ClerkRecord;
using reference::ClerkWay;

constexpr int kPeople = 120;
constexpr int kProfilesEach = 40;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  int Below(int end) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(end)); }
  bool OneIn(int n) { return Below(n) == 0; }
  template <class T>
  const T& Of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(Below(static_cast<int>(all.size())))];
  }
  // Mostly days around the day in question, so that edges are hit.
  std::string Day() {
    static const std::vector<std::string> near = {"2024-02-29", "2024-11-20", "2024-11-21", "2024-11-22", "2025-11-20",
                                                  "2025-11-21", "2025-11-30", "2026-10-22", "2026-11-19", "2026-11-20",
                                                  "2026-11-21", "2026-11-22", "2026-12-20", "2026-12-21", "2027-11-21"};
    return Of(near);
  }

 private:
  std::mt19937_64 engine_;
};

Shown RandomShown(Dice& dice) {
  static const std::vector<std::string> grades = {"self_declared", "employer_verified", "primary_source_verified"};
  Shown shown{.kind = "mandatory_training"};
  shown.changes = {{"achieved_on", dice.Day()}, {"assurance", dice.Of(grades)}};
  switch (dice.Below(3)) {
    case 0:
      shown.changes.push_back({"subject", dice.OneIn(2) ? "fire_safety" : "moving_and_handling"});
      shown.changes.push_back({"level", std::to_string(dice.Below(4))});
      if (dice.OneIn(2)) shown.changes.push_back({"expires_on", dice.Day()});
      break;
    case 1:
      shown.kind = "employment";
      shown.changes.push_back({"starts_on", "2024-01-01"});
      if (dice.OneIn(2)) shown.changes.push_back({"ends_on", dice.Day()});
      break;
    default:
      shown.kind = "professional_registration";
      shown.changes.push_back({"register_checked_on", dice.Day()});
      shown.changes.push_back({"restrictions", dice.OneIn(3) ? "true" : "false"});
      shown.changes.push_back({"expires_on", dice.OneIn(3) ? "" : dice.Day()});
      break;
  }
  if (dice.OneIn(4)) shown.status = static_cast<std::uint8_t>(1 + dice.Below(3));
  if (dice.OneIn(5)) shown.keep_back = {shown.changes[static_cast<std::size_t>(dice.Below(3))].first};
  return shown;
}

std::string Quoted(const std::vector<std::string>& words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() > 1 ? ",\"" : "\"") + word + "\"";
  return text + "]";
}

ClerkCondition RandomCondition(const std::string& kind, Dice& dice) {
  static const std::vector<std::string> grades = {"self_declared", "employer_verified", "primary_source_verified"};
  const std::string day_fact = kind == "mandatory_training"          ? (dice.OneIn(2) ? "expires_on" : "achieved_on")
                               : kind == "professional_registration" ? "register_checked_on"
                                                                     : (dice.OneIn(2) ? "ends_on" : "achieved_on");
  switch (dice.Below(7)) {
    case 0:
      return {day_fact, "within_months", {}, 1 + dice.Below(30), "too_old"};
    case 1:
      return {day_fact, "within_days", {}, dice.Below(40), "recheck_due"};
    case 2:
      return {kind == "employment" ? "ends_on" : "expires_on", "not_before_day", {}, 0, "ends_too_soon"};
    case 3:
      return {"achieved_on", "not_after_day", {}, 0, "not_yet_in_force"};
    case 4:
      return {"assurance", "assurance_at_least", {dice.Of(grades)}, 0, "assurance_too_low"};
    case 5:
      if (kind == "professional_registration") return {"restrictions", "one_of", {"false"}, 0, "restricted"};
      return {"assurance", "one_of", {dice.Of(grades), dice.Of(grades)}, 0, "not_covered"};
    default:
      if (kind == "mandatory_training") return {"level", "at_least", {}, dice.Below(4), "level_too_low"};
      return {"achieved_on", "within_months", {}, 24, "too_old"};
  }
}

ClerkWay RandomWay(Dice& dice) {
  static const std::vector<std::string> kinds = {"mandatory_training", "employment", "professional_registration"};
  ClerkWay way{.kind = dice.Of(kinds), .picks = {}, .conditions = {}};
  if (way.kind == "mandatory_training" && !dice.OneIn(4)) {
    way.picks = {{"subject", "one_of", {dice.OneIn(2) ? "fire_safety" : "moving_and_handling"}, 0, ""}};
  }
  for (int i = dice.Below(4); i > 0; --i) way.conditions.push_back(RandomCondition(way.kind, dice));
  return way;
}

std::string ToJson(const ClerkCondition& c) {
  std::string text = R"({"fact":")" + c.fact + R"(",")" + c.test + "\":";
  if (c.test == "one_of") text += Quoted(c.words);
  if (c.test == "assurance_at_least") text += '"' + c.words[0] + '"';
  if (c.test == "at_least" || c.test == "within_months" || c.test == "within_days") text += std::to_string(c.amount);
  if (c.test == "not_before_day" || c.test == "not_after_day") text += "true";
  if (c.otherwise == "restricted") text += R"(,"otherwise":"restricted")";
  return text + "}";
}

std::string ToJson(const std::vector<ClerkWay>& ways) {
  std::string text;
  for (const ClerkWay& way : ways) {
    const auto list = [](const std::vector<ClerkCondition>& conditions) {
      std::string all;
      for (const ClerkCondition& condition : conditions) all += (all.empty() ? "" : ",") + ToJson(condition);
      return "[" + all + "]";
    };
    text += (text.empty() ? "" : ",") + (R"({"kind":")" + way.kind) + R"(","pick":)" + list(way.picks) +
            R"(,"conditions":)" + list(way.conditions) + "}";
  }
  return text;
}

std::vector<ClerkRecord> ForTheClerk(const VerifiedPresentation& presentation) {
  std::vector<ClerkRecord> records;
  for (const PresentedRecord& presented : presentation.records()) {
    ClerkRecord record{.id = presented.credential.text(),
                       .kind = std::string(presented.record.kind().word),
                       .facts = {},
                       .trouble = ""};
    for (const Fact& fact : presented.record.facts()) record.facts[std::string(fact.rule->name)] = fact.value;
    if (presented.standing != Standing::kGood) record.trouble = WordOf(presented.standing_reason);
    records.push_back(std::move(record));
  }
  return records;
}

TEST(DecisionTwin, AgreesOnThousandsOfRandomRolesInAnyOrderOfRecords) {
  Dice dice(20'261'121);
  const reference::DayNumbers days;
  int outcomes[4] = {};
  for (int person = 0; person < kPeople; ++person) {
    std::vector<Shown> shown;
    for (int i = 1 + dice.Below(6); i > 0; --i) shown.push_back(RandomShown(dice));
    const VerifiedPresentation presentation = Verified(shown);
    std::vector<ClerkRecord> records = ForTheClerk(presentation);
    for (int i = 0; i < kProfilesEach; ++i) {
      std::vector<ClerkWay> ways;
      for (int n = 1 + dice.Below(3); n > 0; --n) ways.push_back(RandomWay(dice));
      const int expiring = dice.Below(60);
      const std::string day = dice.OneIn(2) ? "2026-11-21" : "2026-02-28";
      const Result<Decision> decision = Decide(Profile(ToJson(ways), expiring), presentation, DayOf(day));
      ASSERT_TRUE(decision.ok());
      const DecisionLine& line = decision->lines[0];
      // The clerk takes the records in another order: it must not matter.
      std::rotate(records.begin(), records.begin() + dice.Below(static_cast<int>(records.size())), records.end());
      const reference::ClerkLine clerk = reference::ClerkDecides(days, ways, records, days.Of(day), expiring);
      ASSERT_EQ(WordOf(line.outcome), clerk.outcome) << ToJson(ways);
      ASSERT_EQ(WordOf(line.reason), clerk.reason) << ToJson(ways);
      ASSERT_EQ(line.relied_on.empty() ? "" : line.relied_on[0].text(), clerk.relied_on) << ToJson(ways);
      ASSERT_EQ(line.holds_through ? days.Of(line.holds_through->Text()) : -1, clerk.through) << ToJson(ways);
      ++outcomes[static_cast<int>(line.outcome)];
    }
  }
  for (const int count : outcomes) EXPECT_GT(count, 20) << "every outcome was met";
}

}  // namespace
}  // namespace passport
