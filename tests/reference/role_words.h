// What the slow twin of Decide() reads and reckons with: days of a walked calendar, needs and records as texts,
// courses.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/reference/civil_day.h"

namespace passport::reference {

// Days since 1 January 1970, by looking through the calendar.
class DayNumbers {
 public:
  DayNumbers() : days_(DaysOf(1970, 2060)), london_(days_) {
    for (std::size_t i = 0; i < days_.size(); ++i) numbers_[days_[i].Text()] = static_cast<int>(i);
  }
  int Of(const std::string& text) const { return numbers_.at(text); }
  std::string Text(int day) const { return days_[static_cast<std::size_t>(day)].Text(); }
  int InLondon(std::int64_t at) const { return static_cast<int>((at + london_.Offset(at)) / 86400); }
  // So many months on, or the last day of that month.
  int MonthsLater(int day, int months) const {
    Day date = days_[static_cast<std::size_t>(day)];
    for (int i = 0; i < months; ++i) {
      if (++date.month == 13) {
        date.month = 1;
        ++date.year;
      }
    }
    date.day = std::min(date.day, LengthOfMonth(date.year, date.month));
    return Of(date.Text());
  }

 private:
  std::vector<Day> days_;
  LondonClock london_;
  std::map<std::string, int> numbers_;
};

struct ClerkCondition {
  std::string fact = {};
  std::string test = {};  // the member of the profile's JSON
  std::vector<std::string> words = {};
  int amount = 0;
  bool through_shift = false;
  std::string otherwise = {};  // word of a reason
  bool always_shown = false;   // the fact can not be kept back
};
struct ClerkNeed {
  std::string form = {};  // "kind", "training", "all_of", "any_of", "none_of"
  std::string when = {};  // "", "placement", "employment"
  std::string kind = {};
  std::vector<ClerkCondition> picks = {};
  std::vector<ClerkCondition> conditions = {};
  std::string subject = {};
  int level = 0;
  int months = -1;  // -1: as the taxonomy says
  bool through_shift = false;
  std::vector<ClerkNeed> children = {};
};
struct ClerkRequirement {
  std::string id = {};
  std::string when = {};
  ClerkNeed need = {};
};
struct ClerkRecord {
  std::string id = {};
  std::string kind = {};
  std::map<std::string, std::string> facts = {};
  std::string issuer = {};
  std::string issuer_type = {};
  std::int64_t expires_at = 0;
  std::string trouble = {};  // "", "revoked", "suspended", or why one can not tell
};
struct ClerkDuty {
  std::string receiver = {};
  std::string place = {};
  std::string engagement = {};
  std::int64_t starts_at = 0;
  std::int64_t ends_at = 0;
};
struct ClerkCourses {
  using Course = std::pair<std::string, int>;
  std::map<std::string, std::set<int>> levels;
  std::set<std::string> higher_covers_lower;
  std::map<std::string, std::vector<std::string>> parts;
  std::vector<std::pair<Course, Course>> counts_as;
  std::map<Course, int> refresh;

  bool Knows(const Course& course) const {
    const auto found = levels.find(course.first);
    return found != levels.end() && found->second.count(course.second) > 0;
  }
  // By walking from what is held to everything it counts as.
  bool Covers(const Course& held, const Course& wanted) const {
    std::vector<Course> reached = {held};
    for (std::size_t i = 0; i < reached.size(); ++i) {
      const Course from = reached[i];
      if (!Knows(from)) continue;
      if (from == wanted) return true;
      for (const int lower : levels.at(from.first)) {
        if (lower < from.second && higher_covers_lower.count(from.first) > 0) reached.emplace_back(from.first, lower);
      }
      for (const auto& [has, as] : counts_as) {
        if (has == from) reached.push_back(as);
      }
    }
    return false;
  }
};

}  // namespace passport::reference
