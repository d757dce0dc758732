// What the CMakeLists.txt files declare.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/tree.h"

namespace passport::tidy {

// One passport_library, passport_program or add_library.
struct Target {
  std::string name;
  std::string folder;                // of the CMakeLists.txt
  std::vector<std::string> sources;  // relative to the project root
  std::vector<std::string> uses;     // names of targets
};

// By name.
using Targets = std::map<std::string, Target>;

// The targets that one CMakeLists.txt declares.
std::vector<Target> TargetsIn(const File& cmake_lists);

// The targets of all CMakeLists.txt outside tests/ and bench/.
Targets TargetsOf(const std::vector<File>& tree);

// Names in USES that no CMakeLists.txt declares, and circles of USES.
Complaints CheckUses(const Targets& targets);

// The target and everything it uses, directly or through others.
std::set<std::string> Reachable(const Targets& targets, const std::string& name);

// Sources named in a CMakeLists.txt that do not exist, and .cc files that no CMakeLists.txt names.
Complaints CheckSourcesAreBuilt(const std::vector<File>& tree);

}  // namespace passport::tidy
