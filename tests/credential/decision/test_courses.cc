#include "tests/credential/decision/test_courses.h"

#include <string_view>

namespace passport {
namespace {

struct Course {
  std::string_view word;
  std::vector<std::pair<int, int>> levels;  // and months, -1: no period known
  std::vector<std::string> parts = {};
};

std::vector<std::string> Standards(int count) {
  std::vector<std::string> standards;
  for (int i = 1; i <= count; ++i) standards.push_back("standard_" + std::to_string(i));
  return standards;
}

std::string Subject(const Course& course) {
  std::string levels;
  std::string refresh;
  for (const auto& [level, months] : course.levels) {
    levels += (levels.empty() ? "" : ",") + std::to_string(level);
    if (months < 0) continue;
    refresh += (refresh.empty() ? "" : ",") + (R"({"level":)" + std::to_string(level)) + R"(,"months":)" +
               std::to_string(months) + R"(,"source":"the tests"})";
  }
  std::string text = R"({"word":")" + std::string(course.word) + R"(","label":")" + std::string(course.word) +
                     R"(","framework":"cstf","levels":[)" + levels + R"(],"higher_covers_lower":true)";
  if (!course.parts.empty()) {
    std::string parts;
    for (const std::string& part : course.parts) parts += (parts.empty() ? "\"" : ",\"") + part + "\"";
    text += R"(,"parts":[)" + parts + "]";
  }
  if (!refresh.empty()) text += R"(,"refresh":[)" + refresh + "]";
  return text + "}";
}

std::string Equivalence(std::string_view has, int level, std::string_view counts_as, int counts_as_level) {
  return R"({"has":{"subject":")" + std::string(has) + R"(","level":)" + std::to_string(level) +
         R"(},"counts_as":{"subject":")" + std::string(counts_as) + R"(","level":)" + std::to_string(counts_as_level) +
         R"(},"source":"the tests"})";
}

std::string Courses(int version, std::string_view effective_from, int fire_safety_months) {
  const std::vector<Course> courses = {
      {"fire_safety", {{1, fire_safety_months}}},
      {"moving_and_handling", {{1, 36}, {2, 24}}},
      {"infection_prevention_control", {{1, 36}, {2, 12}}},
      {"resuscitation_adult", {{2, 12}, {3, 12}}},
      {"resuscitation_paediatric", {{2, 12}, {3, 12}}},
      {"oliver_mcgowan", {{1, 36}, {2, 36}}, {"elearning", "live"}},
      {"learning_disability_autism", {{1, 36}}},
      {"care_certificate_15", {{1, 0}}, Standards(15)},
      {"care_certificate_16", {{1, 0}}, Standards(16)},
      {"lone_working", {{1, -1}}},
  };
  std::string subjects;
  for (const Course& course : courses) subjects += (subjects.empty() ? "" : ",") + Subject(course);
  return R"({"id":"training","version":)" + std::to_string(version) +
         R"(,"title":"Courses of the tests","effective_from":")" + std::string(effective_from) + R"(","subjects":[)" +
         subjects + R"(],"equivalences":[)" + Equivalence("care_certificate_16", 1, "care_certificate_15", 1) + "," +
         Equivalence("oliver_mcgowan", 1, "learning_disability_autism", 1) + "]}";
}

}  // namespace

std::vector<std::string> TestCourses() { return {Courses(1, "2020-01-01", 24), Courses(2, "2027-01-01", 12)}; }

}  // namespace passport
