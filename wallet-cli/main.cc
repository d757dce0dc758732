// passport-wallet: the parts list.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "keys/system_random.h"
#include "wallet-cli/ask_person.h"
#include "wallet-cli/command_line.h"

namespace passport {
namespace {

// Where programs of a person keep what is theirs (XDG Base Directory Specification).
std::filesystem::path HomeOfWallet() {
  const char* const data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data == '/') return std::filesystem::path(data) / "staff-passport";
  const char* const home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".local" / "share" / "staff-passport";
}

bool WantsColours() {
  const char* const none = std::getenv("NO_COLOR");  // no-color.org: whatever it says, unless it says nothing
  return isatty(STDOUT_FILENO) == 1 && (none == nullptr || *none == '\0');
}

int Run(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);        // a reader that goes away is an error of writing, not an end
  setenv("GRPC_VERBOSITY", "NONE", 0);  // what it would say goes into our own words; set it to see more
  SystemRandom random;
  PersonWorld world{.input = STDIN_FILENO,
                    .output = std::cout,
                    .errors = std::cerr,
                    .output_is_terminal = isatty(STDOUT_FILENO) == 1,
                    .colours = WantsColours(),
                    .home = HomeOfWallet(),
                    .cost = kProductionCost,
                    .clock =
                        [] {
                          const auto since = std::chrono::system_clock::now().time_since_epoch();
                          return Instant{std::chrono::duration_cast<std::chrono::seconds>(since).count()};
                        },
                    .pause = [](std::chrono::milliseconds length) { std::this_thread::sleep_for(length); },
                    .ask_secret = AskSecretAtTerminal,
                    .ask_yes = AskYesAtTerminal,
                    .random = random};
  return static_cast<int>(RunPassportWallet(count, words, world));
}

}  // namespace
}  // namespace passport

int main(int count, char** words) { return passport::Run(count, words); }
