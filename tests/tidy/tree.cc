#include "tests/tidy/tree.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace passport::tidy {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Stop(std::string_view why) {
  std::cerr << "tests/tidy: " << why << '\n';
  std::abort();
}

bool IsLeftOut(const fs::path& folder) {
  static constexpr std::string_view kLeftOut[] = {"build", "demo", "tests/vectors", "tests/fuzz/corpus",
                                                  "tests/regression"};
  const std::string path = folder.lexically_normal().generic_string();
  const std::string name = folder.filename().string();
  if (std::find(std::begin(kLeftOut), std::end(kLeftOut), path) != std::end(kLeftOut)) return true;
  return name.front() == '.' && name != ".ci";
}

std::string ReadOrStop(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) Stop("can not read " + path.string());
  return text;
}

std::vector<File> ReadTree() {
  if (!fs::exists("CMakePresets.json")) Stop("the working folder is not the project root");
  std::vector<File> files;
  for (auto entry = fs::recursive_directory_iterator("."); entry != fs::recursive_directory_iterator(); ++entry) {
    const bool is_folder = entry->is_directory() && !entry->is_symlink();
    if (is_folder) {
      if (IsLeftOut(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    // In a second worktree .git is a file.
    if (!entry->is_regular_file() || entry->path().filename() == ".git") continue;
    std::string text = ReadOrStop(entry->path());
    if (text.find('\0') != std::string::npos) continue;
    files.push_back({entry->path().lexically_normal().generic_string(), std::move(text)});
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

}  // namespace

const std::vector<File>& Tree() {
  static const std::vector<File> tree = ReadTree();
  return tree;
}

std::vector<File> WithEnding(const std::vector<File>& tree, const std::vector<std::string_view>& endings) {
  std::vector<File> found;
  std::copy_if(tree.begin(), tree.end(), std::back_inserter(found), [&](const File& file) {
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return file.path.ends_with(end); });
  });
  return found;
}

std::string FolderOf(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

bool LiesUnder(std::string_view path, std::string_view folder) {
  if (folder.empty() || path == folder) return true;
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

std::string Lines(const Complaints& complaints) {
  std::string lines;
  for (const std::string& complaint : complaints) lines += complaint + '\n';
  return lines;
}

}  // namespace passport::tidy
