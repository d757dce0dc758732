// The slow, plain twin of what counts for what: every pair of course and level is a place, every rule a step between
// two places, and all steps are walked until nothing new is reached.
//
// Shares no line with credential/taxonomy/.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace passport::reference {

struct ClerkCourse {
  std::set<int> levels;
  bool higher_covers_lower;
};
using Place = std::pair<std::string, int>;  // course and level

class CoverClerk {
 public:
  std::map<std::string, ClerkCourse> courses;
  std::vector<std::pair<Place, Place>> equivalences;  // has, counts as

  // Everything a record of that course and level counts as, itself too.
  std::set<Place> CountsAs(const Place& has) const {
    std::set<Place> reached = {has};
    for (std::size_t before = 0; before != reached.size();) {
      before = reached.size();
      const std::set<Place> now = reached;
      for (const Place& at : now) {
        for (const auto& [from, to] : equivalences) {
          if (from == at) reached.insert(to);
        }
        if (!courses.at(at.first).higher_covers_lower) continue;
        for (const int level : courses.at(at.first).levels) {
          if (level < at.second) reached.insert({at.first, level});
        }
      }
    }
    return reached;
  }

  // Some equivalence is a step of a walk from a level of a course back to it or to a higher one.
  bool HasCircle() const {
    for (const auto& [word, course] : courses) {
      for (const int level : course.levels) {
        for (const Place& before : CountsAs({word, level})) {
          for (const auto& [from, to] : equivalences) {
            if (from != before) continue;
            for (const Place& after : CountsAs(to)) {
              if (after.first == word && after.second >= level) return true;
            }
          }
        }
      }
    }
    return false;
  }
};

}  // namespace passport::reference
