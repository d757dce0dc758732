#include "tests/tidy/build_files.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>
#include <optional>

namespace passport::tidy {
namespace {

// One command of CMake: its name in lower case and its words, quotes taken off.
struct Command {
  std::string name;
  std::vector<std::string> words;
};

std::string WithoutComments(std::string_view text) {
  std::string plain;
  bool quoted = false;
  bool comment = false;
  for (const char c : text) {
    if (c == '\n') comment = false;
    if (c == '"' && !comment) quoted = !quoted;
    if (c == '#' && !quoted) comment = true;
    if (!comment) plain += c;
  }
  return plain;
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == ';') {
      if (!words.back().empty()) words.emplace_back();
    } else if (c != '"') {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// name(words); a parenthesis inside the words belongs to them.
std::vector<Command> CommandsOf(std::string_view cmake) {
  const std::string text = WithoutComments(cmake);
  std::vector<Command> commands;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('(', at);
    if (open == std::string::npos) break;
    const auto names = WordsOf(std::string_view(text).substr(at, open - at));
    std::size_t close = open + 1;
    for (int depth = 1; close < text.size() && depth > 0; ++close) {
      if (text[close] == '(') ++depth;
      if (text[close] == ')') --depth;
    }
    Command command{names.empty() ? "" : names.back(),
                    WordsOf(std::string_view(text).substr(open + 1, close - open - 2))};
    std::transform(command.name.begin(), command.name.end(), command.name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    commands.push_back(std::move(command));
    at = close;
  }
  return commands;
}

// A source as written, relative to the project root; nothing if it is made during the build.
std::optional<std::string> Resolve(std::string word, const std::string& folder) {
  static constexpr std::string_view kRoots[] = {"${PROJECT_SOURCE_DIR}/", "${CMAKE_SOURCE_DIR}/"};
  static constexpr std::string_view kHeres[] = {"${CMAKE_CURRENT_SOURCE_DIR}/", "${CMAKE_CURRENT_LIST_DIR}/"};
  std::string base = folder;
  for (const auto prefix : kRoots) {
    if (word.starts_with(prefix)) {
      word.erase(0, prefix.size());
      base.clear();
    }
  }
  for (const auto prefix : kHeres) {
    if (word.starts_with(prefix)) word.erase(0, prefix.size());
  }
  if (word.find('$') != std::string::npos) return std::nullopt;
  return (std::filesystem::path(base) / word).lexically_normal().generic_string();
}

bool IsBuildFile(const File& file) { return file.path == "CMakeLists.txt" || file.path.ends_with("/CMakeLists.txt"); }

bool Contains(const std::vector<File>& tree, const std::string& path) {
  return std::any_of(tree.begin(), tree.end(), [&](const File& file) { return file.path == path; });
}

}  // namespace

std::vector<Target> TargetsIn(const File& cmake_lists) {
  std::vector<Target> targets;
  for (const Command& command : CommandsOf(cmake_lists.text)) {
    const bool declares = command.name == "passport_library" || command.name == "passport_program" ||
                          command.name == "add_library" || command.name == "add_executable";
    if (!declares || command.words.empty()) continue;
    Target target{command.words.front(), FolderOf(cmake_lists.path), {}, {}};
    std::string section = "SOURCES";
    for (auto word = command.words.begin() + 1; word != command.words.end(); ++word) {
      if (*word == "SOURCES" || *word == "USES" || *word == "LINKS") {
        section = *word;
      } else if (section == "USES") {
        target.uses.push_back(*word);
      } else if (section == "SOURCES" && word->ends_with(".cc")) {
        if (auto path = Resolve(*word, target.folder)) target.sources.push_back(*path);
      }
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

Targets TargetsOf(const std::vector<File>& tree) {
  Targets targets;
  for (const File& file : tree) {
    if (!IsBuildFile(file) || LiesUnder(file.path, "tests") || LiesUnder(file.path, "bench")) continue;
    for (Target& target : TargetsIn(file)) {
      const std::string name = target.name;
      targets.emplace(name, std::move(target));
    }
  }
  return targets;
}

std::set<std::string> Reachable(const Targets& targets, const std::string& name) {
  std::set<std::string> reached;
  const std::function<void(const std::string&)> visit = [&](const std::string& next) {
    if (!reached.insert(next).second) return;
    const auto found = targets.find(next);
    if (found == targets.end()) return;
    for (const std::string& use : found->second.uses) visit(use);
  };
  visit(name);
  return reached;
}

Complaints CheckUses(const Targets& targets) {
  Complaints complaints;
  for (const auto& [name, target] : targets) {
    const std::string where = target.folder + "/CMakeLists.txt: " + name;
    for (const std::string& use : target.uses) {
      if (!targets.contains(use)) {
        complaints.push_back(where + " USES " + use + ", which nobody declares");
      } else if (Reachable(targets, use).contains(name)) {
        complaints.push_back(where + " USES " + use + ", which uses " + name + " again: a circle");
      }
    }
  }
  return complaints;
}

Complaints CheckSourcesAreBuilt(const std::vector<File>& tree) {
  Complaints complaints;
  std::set<std::string> named;
  for (const File& file : tree) {
    if (!IsBuildFile(file)) continue;
    for (const Command& command : CommandsOf(file.text)) {
      for (const std::string& word : command.words) {
        if (!word.ends_with(".cc")) continue;
        const auto path = Resolve(word, FolderOf(file.path));
        if (!path || !named.insert(*path).second || Contains(tree, *path)) continue;
        complaints.push_back(file.path + ": names " + *path + ", which does not exist");
      }
    }
  }
  for (const File& file : WithEnding(tree, {".cc"})) {
    if (!named.contains(file.path)) complaints.push_back(file.path + ": is in no CMakeLists.txt");
  }
  return complaints;
}

}  // namespace passport::tidy
