#include "samples/generator/courses.h"

#include <array>

namespace passport {
namespace {

constexpr std::array kCourses = {
    Course{"NHS|CSTF", "Conflict Resolution", "3 Years", 36},
    Course{"NHS|CSTF", "Equality, Diversity and Human Rights", "3 Years", 36},
    Course{"NHS|CSTF", "Fire Safety", "2 Years", 24},
    Course{"NHS|CSTF", "Health, Safety and Welfare", "3 Years", 36},
    Course{"NHS|CSTF", "Infection Prevention and Control - Level 1", "3 Years", 36},
    Course{"NHS|CSTF", "Infection Prevention and Control - Level 2", "1 Year", 12},
    Course{"NHS|CSTF", "Information Governance and Data Security", "1 Year", 12},
    Course{"NHS|CSTF", "Moving and Handling - Level 1", "3 Years", 36},
    Course{"NHS|CSTF", "Moving and Handling - Level 2", "2 Years", 24},
    Course{"NHS|CSTF", "Preventing Radicalisation - Basic Prevent Awareness", "3 Years", 36},
    Course{"NHS|CSTF", "Preventing Radicalisation - Awareness of Prevent", "3 Years", 36},
    Course{"NHS|CSTF", "Resuscitation - Level 2 - Adult Basic Life Support", "1 Year", 12},
    Course{"NHS|CSTF", "Resuscitation - Level 2 - Paediatric Basic Life Support", "1 Year", 12},
    Course{"NHS|CSTF", "Resuscitation - Level 3 - Adult Immediate Life Support", "1 Year", 12},
    Course{"NHS|CSTF", "Safeguarding Adults - Level 1", "3 Years", 36},
    Course{"NHS|CSTF", "Safeguarding Adults - Level 2", "3 Years", 36},
    Course{"NHS|CSTF", "Safeguarding Adults - Level 3", "3 Years", 36},
    Course{"NHS|CSTF", "Safeguarding Children - Level 1", "3 Years", 36},
    Course{"NHS|CSTF", "Safeguarding Children - Level 2", "3 Years", 36},
    Course{"NHS|CSTF", "Safeguarding Children - Level 3", "3 Years", 36},
    Course{"NHS|MAND", "Oliver McGowan Mandatory Training - Tier 1", "3 Years", 36},
    Course{"NHS|MAND", "Oliver McGowan Mandatory Training - Tier 2", "3 Years", 36},
    Course{"NHS|MAND", "Care Certificate", "", 0},
    Course{"LOCAL", "Lone Working", "2 Years", 24},
    Course{"LOCAL", "Medicines Management", "2 Years", 24},
    Course{"LOCAL", "Anaphylaxis", "1 Year", 12},
    Course{"SHEET", "Moving and Handling of People", "2 Years", 24},
    Course{"SHEET", "Basic Life Support", "1 Year", 12},
    Course{"SHEET", "Food Hygiene - Level 2", "3 Years", 36},
    Course{"SHEET", "Role Briefing", "", 0},
};
static_assert(kCourses.size() == kRoleBriefing + 1);

}  // namespace

std::span<const Course> Courses() { return kCourses; }

std::string CompetenceName(const Course& course, std::string_view vpd) {
  std::string name;
  if (course.set == "LOCAL") name.append(vpd).append("|");
  name.append(course.set).append("|").append(course.title);
  if (!course.period.empty()) name.append(" - ").append(course.period);
  return name.append("|");
}

}  // namespace passport
