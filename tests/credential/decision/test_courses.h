// The taxonomy of the decision tests, small enough to know by heart (decision_world.h says what is in it).
#pragma once

#include <string>
#include <vector>

namespace passport {

// Two versions of one file: of 2020, and of 2027, from which on fire safety counts 12 months.
std::vector<std::string> TestCourses();

}  // namespace passport
