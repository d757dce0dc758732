// Programs started as real processes: found, watched with a deadline, stopped or killed.
//
// No shell is involved: words reach the program as they are. A process dies with the thread that started it, so a test
// that is killed leaves none behind. Standard input is empty, and no file descriptor but the three is handed on.
// Nothing here sleeps: waiting ends when the thing happens, when the process ends, or at the deadline. One thread at a
// time.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

struct ProcessOrder {
  std::string program;             // path of the file
  std::vector<std::string> words;  // what follows the name
  // Where both outputs go, appended. Empty: they are kept in memory, for programs that say little and end soon.
  std::string log;
  std::optional<std::string> working_folder = std::nullopt;
};

// How a process ended.
struct ProcessEnd {
  int exit_code = 0;  // when signal is 0
  int signal = 0;     // that killed it
  std::string output;
  std::string errors;

  // "exit code 1", "killed by signal 9".
  std::string Text() const;
};

class Process {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // Fails with kFileUnreadable when there is no such program or the log can not be written.
  static Result<Process> Start(const ProcessOrder& order);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  // Kills it if it still runs.
  ~Process();

  pid_t id() const { return id_; }
  // Sends a signal; nothing happens when the process has ended.
  void Signal(int number);
  // Until it has ended. Fails with kDeadline; it then still runs.
  Result<ProcessEnd> Wait(Deadline deadline);
  // Until `path` is a file that ends in a line end; returns what it holds, without that. Fails with kDeadline, or with
  // kStateConflict when the process ends before.
  Result<std::string> WaitForLine(const std::string& path, Deadline deadline);

 private:
  Process(pid_t id, int watch, int output, int errors) : id_(id), watch_(watch), output_(output), errors_(errors) {}
  void Drain(int& pipe, std::string& text);
  bool Reap();
  void Close();

  pid_t id_;
  int watch_;   // readable once it has ended
  int output_;  // -1 when it goes to a log
  int errors_;
  std::optional<ProcessEnd> end_;
  std::string output_text_;
  std::string errors_text_;
};

// So long from now.
Process::Deadline In(std::chrono::milliseconds time);

// Starts and waits. Kills it at the deadline and fails with kDeadline.
Result<ProcessEnd> RunProcess(const ProcessOrder& order, Process::Deadline deadline);

// The folder of the running program, where its sisters are. Fails with kFileUnreadable.
Result<std::string> ProgramFolder();

}  // namespace passport
