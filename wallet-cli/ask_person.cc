#include "wallet-cli/ask_person.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "keys/file_descriptor.h"
#include "keys/passphrase.h"
#include "keys/secret_text.h"

namespace passport {
namespace {

// Echo is off for as long as it lives.
class NoEcho {
 public:
  explicit NoEcho(int terminal) : terminal_(terminal), known_(tcgetattr(terminal, &before_) == 0) {
    if (!known_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal_, TCSAFLUSH, &quiet);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  ~NoEcho() {
    if (known_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }

 private:
  int terminal_;
  termios before_{};
  bool known_;
};

Result<FileDescriptor> OpenTerminal() {
  FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal.valid()) return Fault{Reason::kConfig, "", "there is no terminal to ask at"};
  return terminal;
}

void Say(int terminal, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(terminal, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // then the question is not seen, and the answer is none
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

// Without its line end. Nothing when the terminal is gone or the line is too long.
Result<Secret> ReadLine(int terminal) {
  Secret line(kPassphraseBytesMax + 1);
  std::size_t length = 0;
  while (length < line.size()) {
    const ssize_t count = ::read(terminal, line.bytes().data() + length, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || line.bytes()[length] == '\n') {
      line.Truncate(length);
      return line;
    }
    ++length;
  }
  return Fault{Reason::kPassphrase, "", "the line is longer than 1024 bytes"};
}

}  // namespace

Result<Secret> AskSecretAtTerminal(std::string_view prompt) {
  TRY_ASSIGN(const FileDescriptor terminal, OpenTerminal());
  Say(terminal.get(), std::string(prompt) + ": ");
  Result<Secret> line = [&] {
    const NoEcho quiet(terminal.get());
    return ReadLine(terminal.get());
  }();
  Say(terminal.get(), "\n");
  if (line.ok() && line->empty()) return Fault{Reason::kPassphrase, "", "nothing was typed"};
  return line;
}

Result<bool> AskYesAtTerminal(std::string_view question) {
  TRY_ASSIGN(const FileDescriptor terminal, OpenTerminal());
  Say(terminal.get(), std::string(question) + " [y/N] ");
  TRY_ASSIGN(const Secret line, ReadLine(terminal.get()));
  return TextOf(line) == "y" || TextOf(line) == "Y" || TextOf(line) == "yes";
}

}  // namespace passport
