// The files of this project as the rules see them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passport::tidy {

// One file. `path` is relative to the project root, with '/'.
struct File {
  std::string path;
  std::string text;
};

// One breach of a rule, as a line a person can act on: "path:line: what is wrong".
using Complaints = std::vector<std::string>;

// Every text file of the project, sorted by path. Left out: build/ and demo/ (made, not written), the data of others
// and of fuzzers under tests/, folders whose name begins with a dot except .ci, and files with a zero byte. The working
// folder must be the project root, as ctest has it.
const std::vector<File>& Tree();

// The files of `tree` with one of the endings, e.g. {".h", ".cc"}.
std::vector<File> WithEnding(const std::vector<File>& tree, const std::vector<std::string_view>& endings);

// "a/b" of "a/b/c.h"; empty for a file in the root.
std::string FolderOf(std::string_view path);

// Whether `path` is `folder` or lies under it. Everything lies under the empty folder.
bool LiesUnder(std::string_view path, std::string_view folder);

// The complaints as one text, for a failing test.
std::string Lines(const Complaints& complaints);

}  // namespace passport::tidy
