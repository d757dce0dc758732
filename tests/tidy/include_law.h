// Who may include whom (style, section 1).
#pragma once

#include <string_view>
#include <vector>

#include "tests/tidy/build_files.h"
#include "tests/tidy/tree.h"

namespace passport::tidy {

// A folder and the folders it may include besides itself; everything under a named folder is meant. The longest row
// that fits a file is its row.
struct FolderLaw {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

enum class Where { kAnyFile, kSourcesOnly };

// Headers of others, by the beginning of their name (or the whole name), and the only places that may include them: a
// folder, or the beginning of a file name such as "passport-service/main".
struct HeaderLaw {
  std::vector<std::string_view> headers;
  std::vector<std::string_view> places;
  Where where;
};

// The law of this project, in one place.
const std::vector<FolderLaw>& FolderLaws();
const std::vector<HeaderLaw>& HeaderLaws();

// Our .h and .cc files outside tests/ and bench/, which may include anything.
std::vector<File> LawfulFiles(const std::vector<File>& tree);

// Includes of our folders that the table does not allow, and files in a folder that has no row.
Complaints CheckFolderLaw(const std::vector<File>& files, const std::vector<FolderLaw>& laws);

// Includes of other people's headers in the wrong place.
Complaints CheckHeaderLaw(const std::vector<File>& files, const std::vector<HeaderLaw>& laws);

// Includes that USES of the including target does not reach, and entries of USES that nothing includes.
Complaints CheckIncludesAgainstUses(const std::vector<File>& files, const Targets& targets);

}  // namespace passport::tidy
