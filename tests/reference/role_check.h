// The slow, plain twin of Decide(): one requirement against the records of one person, as a careful clerk would do it.
//
// Works on texts and on days as numbers counted from a walked calendar; lists every way to meet a requirement, then
// sorts them. Shares no line with credential/decision/.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "tests/reference/civil_day.h"

namespace passport::reference {

// Days since 1 January 1970 of "2026-11-22", found by looking through the calendar.
class DayNumbers {
 public:
  DayNumbers() : days_(DaysOf(1970, 2060)) {
    for (std::size_t i = 0; i < days_.size(); ++i) numbers_[TextOf(days_[i])] = static_cast<int>(i);
  }
  int Of(const std::string& text) const { return numbers_.at(text); }
  // So many months on, or the last day of that month.
  int MonthsLater(int day, int months) const {
    const Day& from = days_[static_cast<std::size_t>(day)];
    int year = from.year;
    int month = from.month;
    for (int i = 0; i < months; ++i) {
      if (++month == 13) {
        month = 1;
        ++year;
      }
    }
    return Of(TextOf({.year = year,
                      .month = month,
                      .day = std::min(from.day, LengthOfMonth(year, month)),
                      .weekday = 0,
                      .start = 0,
                      .last_sunday = false}));
  }

 private:
  static std::string TextOf(const Day& day) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(day.year) + "-" + two(day.month) + "-" + two(day.day);
  }
  std::vector<Day> days_;
  std::map<std::string, int> numbers_;
};

struct ClerkCondition {
  std::string fact;
  std::string test;  // the member of the profile's JSON
  std::vector<std::string> words;
  int amount = 0;
  std::string otherwise;  // word of a reason
};
struct ClerkWay {
  std::string kind;
  std::vector<ClerkCondition> picks;
  std::vector<ClerkCondition> conditions;
};
struct ClerkRecord {
  std::string id;
  std::string kind;
  std::map<std::string, std::string> facts;
  std::string trouble;  // "", "revoked", "suspended", or why one can not tell
};
struct ClerkLine {
  std::string outcome;
  std::string reason;
  std::string relied_on;
  int through = -1;  // -1: no end, or not met
};

inline bool ClerkTest(const DayNumbers& days, const ClerkCondition& c, const ClerkRecord& record, int day,
                      int& through) {
  const auto fact = record.facts.find(c.fact);
  if (c.test == "not_before_day") {
    if (fact == record.facts.end()) return true;
    through = std::min(through, days.Of(fact->second));
    return day <= days.Of(fact->second);
  }
  if (fact == record.facts.end()) return false;
  const std::string& value = fact->second;
  if (c.test == "one_of") return std::count(c.words.begin(), c.words.end(), value) > 0;
  if (c.test == "at_least") return std::stoi(value) >= c.amount;
  if (c.test == "assurance_at_least") {
    const std::vector<std::string> grades = {"self_declared", "employer_verified", "primary_source_verified"};
    return std::find(grades.begin(), grades.end(), value) >= std::find(grades.begin(), grades.end(), c.words[0]);
  }
  const int on = days.Of(value);
  if (c.test == "not_after_day") return on <= day;
  if (on > day) return false;
  const int end = c.test == "within_months" ? days.MonthsLater(on, c.amount) : on + c.amount;
  if (day <= end) through = std::min(through, end);
  return day <= end;
}

inline ClerkLine ClerkDecides(const DayNumbers& days, const std::vector<ClerkWay>& ways,
                              const std::vector<ClerkRecord>& records, int day, int expiring_within) {
  constexpr int kNever = 1'000'000;
  // Sorted so that the best stands first: outcome, conditions missed, end, id, position of the way.
  std::vector<std::tuple<int, int, int, std::string, std::size_t, std::string, int>> all;
  for (const ClerkRecord& record : records) {
    for (std::size_t w = 0; w < ways.size(); ++w) {
      const ClerkWay& way = ways[w];
      if (way.kind != record.kind) continue;
      int through = kNever;
      int warned = kNever;  // the earliest end that is not a mere re-check
      int ignored = kNever;
      bool picked = true;
      for (const ClerkCondition& pick : way.picks) picked = picked && ClerkTest(days, pick, record, day, ignored);
      if (!picked) continue;
      int held = 0;
      std::string first_failure;
      for (const ClerkCondition& condition : way.conditions) {
        int end = kNever;
        if (ClerkTest(days, condition, record, day, end)) {
          ++held;
          through = std::min(through, end);
          const bool recheck = condition.test == "within_days" && condition.amount <= expiring_within;
          if (!recheck) warned = std::min(warned, end);
        } else if (first_failure.empty()) {
          first_failure = condition.otherwise;
        }
      }
      const bool bad = record.trouble == "revoked" || record.trouble == "suspended";
      const bool all_held = first_failure.empty();
      const int outcome = bad || !all_held ? 2 : record.trouble.empty() ? 0 : 1;
      const std::string reason = bad ? record.trouble : !all_held ? first_failure : record.trouble;
      all.emplace_back(outcome, outcome == 2 ? -held : 0, -through, record.id, w, reason, warned);
    }
  }
  if (all.empty()) return {"not_met", "record_missing", "", -1};
  const auto& [outcome, held, through, id, way, reason, warned] = *std::min_element(all.begin(), all.end());
  if (outcome == 2) return {"not_met", reason, id, -1};
  if (outcome == 1) return {"cannot_tell", reason, id, -1};
  if (-through == kNever) return {"met", "none", id, -1};
  return {warned != kNever && warned - day < expiring_within ? "met_expiring" : "met", "none", id, -through};
}

}  // namespace passport::reference
