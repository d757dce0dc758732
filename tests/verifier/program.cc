#include "tests/verifier/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/verifier/scene.h"
#include "verifier-cli/commands/command.h"

namespace passport {
namespace {

std::string Slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void Redirect(const std::string& path, int flags, int target) {
  const int file = open(path.c_str(), flags, 0600);
  if (file < 0 || dup2(file, target) < 0) _exit(127);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "verifier_test.XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Write(std::string_view name, std::string_view text) const {
  std::ofstream file(path_ / name, std::ios::binary);
  file << text;
  return Path(name);
}

Ending RunTokenCommand(const std::vector<std::string>& words, std::string_view input) {
  const TemporaryFolder folder;
  const int standard_input = open(folder.Write("input", input).c_str(), O_RDONLY | O_CLOEXEC);
  std::ostringstream output;
  std::ostringstream errors;
  World world{.input = standard_input, .output = output, .errors = errors, .clock = [] { return Instant{kSceneNow}; }};
  const std::vector<std::string_view> views(words.begin(), words.end());
  const ExitCode code = kTokenCommand.run(views, world);
  close(standard_input);
  return {static_cast<int>(code), output.str(), errors.str()};
}

Ending RunProgram(const std::vector<std::string>& words, std::string_view input) {
  const TemporaryFolder folder;
  const std::string in = folder.Write("input", input);
  const std::string program = std::string(PASSPORT_PROGRAMS) + "/passport-verify";
  std::vector<std::string> all = {program};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    Redirect(in, O_RDONLY, STDIN_FILENO);
    Redirect(folder.Path("output"), O_WRONLY | O_CREAT, STDOUT_FILENO);
    Redirect(folder.Path("errors"), O_WRONLY | O_CREAT, STDERR_FILENO);
    execv(program.c_str(), arguments.data());
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) std::abort();
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return {code, Slurp(folder.Path("output")), Slurp(folder.Path("errors"))};
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace passport
