#include "tests/tidy/text_rules.h"

#include <algorithm>
#include <cctype>
#include <regex>

#include "tests/tidy/source_text.h"

namespace passport::tidy {
namespace {

constexpr int kLinesMax = 400;
constexpr int kTestLinesMax = 600;

std::string At(const File& file, int line) { return file.path + ":" + std::to_string(line) + ": "; }

Complaints FindAll(const File& file, const std::string& text, const std::regex& pattern, std::string_view why) {
  Complaints complaints;
  for (auto match = std::sregex_iterator(text.begin(), text.end(), pattern); match != std::sregex_iterator(); ++match) {
    const auto position = static_cast<std::size_t>(match->position());
    complaints.push_back(At(file, LineAt(text, position)) + match->str() + ": " + std::string(why));
  }
  return complaints;
}

// The position after the bracket that closes the one at `open`.
std::size_t CloseOf(std::string_view code, std::size_t open, char opening, char closing) {
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (code[at] == opening) ++depth;
    if (code[at] == closing && --depth == 0) return at + 1;
  }
  return code.size();
}

// The body of a block without the bodies of switches inside it.
std::string WithoutInnerSwitches(std::string body) {
  static const std::regex kSwitch(R"(\bswitch\s*\()");
  std::smatch match;
  while (std::regex_search(body, match, kSwitch)) {
    const auto start = static_cast<std::size_t>(match.position());
    const std::size_t brace = body.find('{', start);
    const std::size_t end = brace == std::string::npos ? body.size() : CloseOf(body, brace, '{', '}');
    body.erase(start, end - start);
  }
  return body;
}

// Words joined here so that this file does not break its own rule.
std::string Joined(std::string_view a, std::string_view b) { return std::string(a) + std::string(b); }

}  // namespace

Complaints CheckPurity(const File& file) {
  static const std::regex kImpure(
      R"(\b(system_clock|steady_clock|random_device|RAND_bytes|RAND_priv_bytes|getenv|std::cout|std::cerr|fopen|)"
      R"(ifstream|ofstream|fstream)\b|\b(time|gmtime|localtime|clock_gettime|gettimeofday)\s*\()");
  if (!LiesUnder(file.path, "credential")) return {};
  return FindAll(file, Blanked(file.text, Blank::kCommentsAndLiterals), kImpure, "the world comes in by the door");
}

Complaints CheckReasonSwitch(const File& file) {
  static const std::regex kSwitch(R"(\bswitch\s*\()");
  static const std::regex kReasonCondition(R"(\breason\b)");
  static const std::regex kReasonCase(R"(\bcase\s+(passport::)?Reason::)");
  static const std::regex kDefault(R"(\bdefault\s*:)");
  const std::string code = Blanked(file.text, Blank::kCommentsAndLiterals);
  Complaints complaints;
  for (auto match = std::sregex_iterator(code.begin(), code.end(), kSwitch); match != std::sregex_iterator(); ++match) {
    const auto start = static_cast<std::size_t>(match->position());
    const std::size_t open = code.find('(', start);
    const std::size_t condition_end = CloseOf(code, open, '(', ')');
    const std::size_t brace = code.find('{', condition_end);
    if (brace == std::string::npos) continue;
    const std::string condition = code.substr(open, condition_end - open);
    const std::string body = WithoutInnerSwitches(code.substr(brace + 1, CloseOf(code, brace, '{', '}') - brace - 1));
    const bool over_reason = std::regex_search(condition, kReasonCondition) || std::regex_search(body, kReasonCase);
    if (over_reason && std::regex_search(body, kDefault)) {
      complaints.push_back(At(file, LineAt(code, start)) + "a switch over Reason has no default");
    }
  }
  return complaints;
}

Complaints CheckLength(const File& file) {
  const int lines = CountLines(file.text);
  const int lines_max = LiesUnder(file.path, "tests") ? kTestLinesMax : kLinesMax;
  if (lines <= lines_max) return {};
  return {file.path + ": " + std::to_string(lines) + " lines, at most " + std::to_string(lines_max) +
          "; one file is one idea"};
}

Complaints CheckHeaderShape(const File& file) {
  Complaints complaints;
  if (!file.text.starts_with("//")) complaints.push_back(file.path + ":1: begin with a comment: what is it for?");
  const std::string code = "\n" + Blanked(file.text, Blank::kComments);
  if (code.find("\n#pragma once\n") == std::string::npos) complaints.push_back(file.path + ": no #pragma once");
  return complaints;
}

Complaints CheckMachineNames(const File& file) {
  // A path that begins with one of these folders; "docs/work" and "${folder}/home" do not begin so.
  static const std::regex kFolders(Joined(R"((^|[\s"'`=:(<,])/(wo)", R"(rk|ro)") + Joined(R"(ot|ho)", R"(me)(/|\b))"));
  static const std::regex kMirrors(Joined("deb\\.deb", "ian\\.org|registry\\.npm") + Joined("js\\.org|pypi\\.", "org"));
  Complaints complaints = FindAll(file, file.text, kFolders, "a folder of one machine");
  for (auto& complaint : FindAll(file, file.text, kMirrors, "a package mirror")) complaints.push_back(complaint);
  return complaints;
}

Complaints CheckFileName(const File& file) {
  static const std::regex kLowerSnake("[a-z0-9]+(_[a-z0-9]+)*\\.(h|cc|proto)");
  static const std::regex kNoIdea("(^|_)(util|utils|helper|helpers|manager|common|misc)(_|\\.)");
  const std::string name = file.path.substr(file.path.rfind('/') + 1);
  if (!std::regex_match(name, kLowerSnake)) return {file.path + ": file names are lower_snake"};
  if (std::regex_search(name, kNoIdea)) return {file.path + ": name the file after its idea"};
  return {};
}

}  // namespace passport::tidy
