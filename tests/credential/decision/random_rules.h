// Courses, profiles, records and duties by chance, each in the words of the product and of its slow twin. Days lie
// close together, so that edges are hit.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/credential/decision/decision_world.h"
#include "tests/reference/role_check.h"

namespace passport {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  int Below(int end) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(end)); }
  bool OneIn(int n) { return Below(n) == 0; }
  template <class T>
  const T& Of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(Below(static_cast<int>(all.size())))];
  }
  std::string Day();

 private:
  std::mt19937_64 engine_;
};

// Subjects c0 to c3, of which c2 and c3 have parts.
struct RandomCourses {
  reference::ClerkCourses clerk;
  Taxonomies taxonomies;
};
RandomCourses MakeCourses(Dice& dice);

Shown RandomShown(Dice& dice);

struct RandomRole {
  std::vector<reference::ClerkRequirement> clerk;
  int horizon;
  bool has_not_if;
  std::string text;  // the requirements, as JSON
  RoleProfile profile;
};
RandomRole MakeRole(Dice& dice);

Duty RandomDuty(Dice& dice);
reference::ClerkDuty ForTheClerk(const Duty& duty);
std::vector<reference::ClerkRecord> ForTheClerk(const VerifiedRecords& presented);

}  // namespace passport
