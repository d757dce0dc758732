// passport-verify: the parts list.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <vector>

#include "verifier-cli/commands/command.h"

int main(int argc, char** argv) {
  using namespace passport;
  const std::vector<Command> commands = {kPresentationCommand, kBundleCommand, kEvidenceCommand, kAuditCommand,
                                         kReceiptCommand,      kAnswerCommand, kBadgeCommand,    kTokenCommand};
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of writing, not an end
  std::ios::sync_with_stdio(false);
  World world{.input = STDIN_FILENO, .output = std::cout, .errors = std::cerr, .clock = [] {
                const auto since = std::chrono::system_clock::now().time_since_epoch();
                return Instant{std::chrono::duration_cast<std::chrono::seconds>(since).count()};
              }};
  try {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    return static_cast<int>(RunCommand(commands, words, world));
  } catch (const std::exception& error) {  // no memory, no threads: the machine, not the question
    std::cerr << "passport-verify: " << error.what() << "\n";
    return static_cast<int>(ExitCode::kCannotTell);
  }
}
