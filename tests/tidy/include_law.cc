#include "tests/tidy/include_law.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "tests/tidy/source_text.h"

namespace passport::tidy {
namespace {

// Headers made from proto/ begin so, and belong to the library of this name.
constexpr std::string_view kGeneratedPrefix = "staffpassport/";
constexpr std::string_view kGeneratedFolder = "proto";

// The folder of ours that an include names; empty for a header of somebody else.
std::string IncludedFolder(const Include& include) {
  if (include.target.starts_with(kGeneratedPrefix)) return std::string(kGeneratedFolder);
  return include.angle ? std::string() : FolderOf(include.target);
}

std::string At(const File& file, const Include& include) {
  return file.path + ":" + std::to_string(include.line) + ": ";
}

const FolderLaw* RowOf(std::string_view folder, const std::vector<FolderLaw>& laws) {
  const FolderLaw* best = nullptr;
  for (const FolderLaw& law : laws) {
    if (LiesUnder(folder, law.folder) && (best == nullptr || law.folder.size() > best->folder.size())) best = &law;
  }
  return best;
}

bool LiesUnderAny(std::string_view path, const std::vector<std::string_view>& folders) {
  return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) { return LiesUnder(path, folder); });
}

bool StartsWithAny(std::string_view text, const std::vector<std::string_view>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool IsHeader(const File& file) { return file.path.ends_with(".h"); }

// Which targets a file belongs to and which folder a target answers for.
class Ownership {
 public:
  explicit Ownership(const Targets& targets) : targets_(targets) {
    for (const auto& [name, target] : targets) by_folder_[target.folder].insert(name);
  }

  // The folder with targets that is nearest above a path's folder.
  std::string HomeOf(std::string folder) const {
    while (!by_folder_.contains(folder)) {
      if (folder.empty()) return folder;
      folder = FolderOf(folder);
    }
    return folder;
  }
  // A source belongs to the targets that name it, a header to all targets of its folder.
  std::set<std::string> TargetsOfFile(const File& file) const {
    std::set<std::string> owners;
    for (const auto& [name, target] : targets_) {
      if (std::count(target.sources.begin(), target.sources.end(), file.path) > 0) owners.insert(name);
    }
    if (!owners.empty() || !IsHeader(file)) return owners;
    const auto home = by_folder_.find(HomeOf(FolderOf(file.path)));
    return home == by_folder_.end() ? owners : home->second;
  }

 private:
  const Targets& targets_;
  std::map<std::string, std::set<std::string>> by_folder_;
};

// The folders of everything the target reaches.
std::set<std::string> FoldersReachedBy(const Targets& targets, const std::string& name) {
  std::set<std::string> folders;
  for (const std::string& reached : Reachable(targets, name)) {
    if (const auto found = targets.find(reached); found != targets.end()) folders.insert(found->second.folder);
  }
  return folders;
}

}  // namespace

std::vector<File> LawfulFiles(const std::vector<File>& tree) {
  std::vector<File> files = WithEnding(tree, {".h", ".cc"});
  std::erase_if(files, [](const File& file) { return LiesUnderAny(file.path, {"tests", "bench"}); });
  return files;
}

Complaints CheckFolderLaw(const std::vector<File>& files, const std::vector<FolderLaw>& laws) {
  Complaints complaints;
  for (const File& file : files) {
    const FolderLaw* law = RowOf(FolderOf(file.path), laws);
    if (law == nullptr) {
      complaints.push_back(file.path + ": its folder has no row in tests/tidy/include_law_table.cc");
      continue;
    }
    for (const Include& include : IncludesOf(file.text)) {
      const std::string folder = IncludedFolder(include);
      if (folder.empty()) {
        if (!include.angle) complaints.push_back(At(file, include) + "name the header from the project root");
        continue;
      }
      if (RowOf(folder, laws) == law || LiesUnderAny(folder, law->may_include)) continue;
      if (RowOf(folder, laws) == nullptr && StartsWithAny(folder, {"google/", "grpc"})) continue;
      complaints.push_back(At(file, include) + std::string(law->folder) + " may not include " + include.target);
    }
  }
  return complaints;
}

Complaints CheckHeaderLaw(const std::vector<File>& files, const std::vector<HeaderLaw>& laws) {
  Complaints complaints;
  for (const File& file : files) {
    for (const Include& include : IncludesOf(file.text)) {
      bool has_row = false;
      for (const HeaderLaw& law : laws) {
        if (!StartsWithAny(include.target, law.headers)) continue;
        has_row = true;
        if (!StartsWithAny(file.path, law.places)) {
          complaints.push_back(At(file, include) + "<" + include.target + "> is not included here");
        } else if (law.where == Where::kSourcesOnly && IsHeader(file)) {
          complaints.push_back(At(file, include) + "<" + include.target + "> is included in .cc files only");
        }
      }
      const bool is_standard = include.target.find_first_of("./") == std::string::npos;
      if (!has_row && include.angle && !is_standard && LiesUnder(file.path, "credential")) {
        complaints.push_back(At(file, include) + "credential/ includes the C++ library, and others by row only");
      }
    }
  }
  return complaints;
}

Complaints CheckIncludesAgainstUses(const std::vector<File>& files, const Targets& targets) {
  Complaints complaints;
  const Ownership ownership(targets);
  std::map<std::string, std::set<std::string>> included;  // by target: the folders its files include
  std::map<std::string, std::set<std::string>> reached;
  for (const auto& [name, target] : targets) reached[name] = FoldersReachedBy(targets, name);
  for (const File& file : files) {
    const auto owners = ownership.TargetsOfFile(file);
    for (const Include& include : IncludesOf(file.text)) {
      const std::string folder = IncludedFolder(include);
      if (folder.empty()) continue;
      const std::string home = ownership.HomeOf(folder);
      if (home.empty()) continue;
      bool reaches = owners.empty() || home == ownership.HomeOf(FolderOf(file.path));
      for (const std::string& owner : owners) {
        included[owner].insert(home);
        reaches = reaches || reached[owner].contains(home);
      }
      if (!reaches) complaints.push_back(At(file, include) + "USES of " + *owners.begin() + " does not reach " + home);
    }
  }
  for (const auto& [name, target] : targets) {
    for (const std::string& use : target.uses) {
      const auto used = targets.find(use);
      if (used == targets.end() || included[name].contains(used->second.folder)) continue;
      complaints.push_back(target.folder + "/CMakeLists.txt: " + name + " USES " + use + " but includes nothing of it");
    }
  }
  return complaints;
}

}  // namespace passport::tidy
