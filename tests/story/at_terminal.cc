#include "tests/story/at_terminal.h"

#include <poll.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

#include "keys/file_descriptor.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kTerminalTime{30};
constexpr int kLookEveryMs = 10;

// What is typed before is thrown away, as at any prompt for a secret.
bool WaitsForASecret(int terminal) {
  termios modes{};
  return tcgetattr(terminal, &modes) == 0 && (modes.c_lflag & static_cast<tcflag_t>(ECHO)) == 0;
}

// False when nobody writes to the screen any more.
bool ReadScreen(int terminal, std::string& seen) {
  pollfd waiting{.fd = terminal, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, kLookEveryMs) == 0) return true;
  char block[4096];
  const ssize_t count = ::read(terminal, block, sizeof(block));
  if (count > 0) seen.append(block, static_cast<std::size_t>(count));
  return count > 0;
}

}  // namespace

Result<TerminalEnd> RunAtTerminal(const std::vector<std::string>& words, const std::optional<std::string>& typed) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  int screen = -1;
  const pid_t child = forkpty(&screen, nullptr, nullptr, nullptr);
  if (child < 0) return Fault{Reason::kStateConflict, "", "there is no pseudo-terminal"};
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  const FileDescriptor terminal(screen);
  const auto deadline = std::chrono::steady_clock::now() + kTerminalTime;
  TerminalEnd end;
  bool late = false;
  std::string to_type = typed ? *typed + "\n" : "";
  while (!late && ReadScreen(terminal.get(), end.seen)) {
    late = std::chrono::steady_clock::now() > deadline;
    if (to_type.empty() || !WaitsForASecret(terminal.get())) continue;
    const bool wrote = ::write(terminal.get(), to_type.data(), to_type.size()) == static_cast<ssize_t>(to_type.size());
    if (!wrote) return Fault{Reason::kStateConflict, "", "the terminal takes nothing"};
    to_type.clear();
  }
  if (late) ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (late) return Fault{Reason::kDeadline, "", "the program did not end; on the screen: " + end.seen};
  end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return end;
}

}  // namespace passport
