// passport-verify as others meet it: in this process with a world of the test's, or the real program.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace passport {

struct Ending {
  int exit_code;
  std::string output;
  std::string errors;
};

// A folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  // Writes a file and returns its path.
  std::string Write(std::string_view name, std::string_view text) const;
  std::string Path(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// `words` follow the name of the command. The clock stands at kSceneNow. `input` is what "-" reads.
Ending RunTokenCommand(const std::vector<std::string>& words, std::string_view input = "");
// The real program; `words` begin with the command.
Ending RunProgram(const std::vector<std::string>& words, std::string_view input = "");
// The lines of a text, without their ends.
std::vector<std::string> LinesOf(std::string_view text);

}  // namespace passport
