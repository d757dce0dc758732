// The courses of the sample world, with the period after which an employer of it asks for a refresher.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace passport {

struct Course {
  std::string_view set;     // "NHS|CSTF", "NHS|MAND", "LOCAL", or "SHEET": in small files only
  std::string_view title;   // without the period: "Moving and Handling - Level 2"
  std::string_view period;  // "2 Years", or empty when it is done once
  int period_months;        // 0: once
};

// Positions in Courses().
enum CourseIndex : std::size_t {
  kConflict,
  kEquality,
  kFire,
  kHealthSafety,
  kInfection1,
  kInfection2,
  kInformation,
  kMoving1,
  kMoving2,
  kPrevent,
  kPreventAwareness,
  kLifeSupportAdult,
  kLifeSupportPaediatric,
  kImmediateLifeSupport,
  kAdults1,
  kAdults2,
  kAdults3,
  kChildren1,
  kChildren2,
  kChildren3,
  kMcGowan1,
  kMcGowan2,
  kCareCertificate,
  kLoneWorking,
  kMedicines,
  kAnaphylaxis,
  kMovingPeople,
  kBasicLifeSupport,
  kFoodHygiene,
  kRoleBriefing,
};

std::span<const Course> Courses();

// "NHS|CSTF|Fire Safety - 2 Years|", "457|LOCAL|Lone Working - 2 Years|".
std::string CompetenceName(const Course& course, std::string_view vpd);

}  // namespace passport
