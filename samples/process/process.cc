#include "samples/process/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace passport {
namespace {

constexpr int kFirstOther = 3;  // the first descriptor after the standard ones

Fault SystemFault(Reason reason, std::string_view what, int error) {
  return {reason, "", std::string(what) + ": " + std::strerror(error)};
}

void CloseOne(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

// Two ends of a pipe, closed unless taken.
struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    CloseOne(read);
    CloseOne(write);
  }
  bool Open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
  int TakeRead() { return std::exchange(read, -1); }
};

// What the child needs, made before the fork: after it only calls that are safe in a signal handler are allowed.
struct ChildPlan {
  std::vector<char*> words;
  const char* working_folder = nullptr;
  int input = -1;
  int output = -1;
  int errors = -1;
  int complaint = -1;  // errno goes here when the program can not be run
  pid_t parent = 0;
};

[[noreturn]] void RunChild(const ChildPlan& plan) {
  const auto give_up = [&plan] {
    const int error = errno;
    [[maybe_unused]] const ssize_t written = write(plan.complaint, &error, sizeof error);
    _exit(127);
  };
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) signal(number, SIG_DFL);
  setpgid(0, 0);  // Ctrl-C at the terminal reaches the one who started us, who then stops us in good order
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != plan.parent) _exit(127);
  if (dup2(plan.input, STDIN_FILENO) < 0 || dup2(plan.output, STDOUT_FILENO) < 0 ||
      dup2(plan.errors, STDERR_FILENO) < 0) {
    give_up();
  }
  if (plan.working_folder != nullptr && chdir(plan.working_folder) != 0) give_up();
  // Descriptors that a library opened without close-on-exec are not the child's business.
  close_range(kFirstOther, ~0U, CLOSE_RANGE_CLOEXEC);
  execv(plan.words.front(), plan.words.data());
  give_up();
  _exit(127);
}

int MillisecondsUntil(Process::Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  constexpr int kLongest = 3600 * 1000;
  return left.count() <= 0 ? 0 : static_cast<int>(std::min<std::int64_t>(left.count(), kLongest));
}

// The file as it is now, or nothing when it is not there or not finished.
std::optional<std::string> FinishedLine(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (text.empty() || text.back() != '\n') return std::nullopt;
  text.pop_back();
  return text;
}

}  // namespace

std::string ProcessEnd::Text() const {
  return signal != 0 ? "killed by signal " + std::to_string(signal) : "exit code " + std::to_string(exit_code);
}

Process::Deadline In(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

Result<Process> Process::Start(const ProcessOrder& order) {
  Pipe output;
  Pipe errors;
  Pipe complaint;
  int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);
  int log = -1;
  if (!order.log.empty()) {
    log = open(order.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) {
      const int error = errno;
      CloseOne(empty);
      return SystemFault(Reason::kFileUnreadable, order.log, error);
    }
  }
  const bool piped = order.log.empty();
  if (empty < 0 || !complaint.Open() || (piped && (!output.Open() || !errors.Open()))) {
    const int error = errno;
    CloseOne(empty);
    CloseOne(log);
    return SystemFault(Reason::kFileUnreadable, "pipe", error);
  }
  std::vector<std::string> words = {order.program};
  words.insert(words.end(), order.words.begin(), order.words.end());
  ChildPlan plan{.words = {},
                 .working_folder = order.working_folder ? order.working_folder->c_str() : nullptr,
                 .input = empty,
                 .output = piped ? output.write : log,
                 .errors = piped ? errors.write : log,
                 .complaint = complaint.write,
                 .parent = getpid()};
  for (std::string& word : words) plan.words.push_back(word.data());
  plan.words.push_back(nullptr);
  const pid_t id = fork();
  if (id == 0) RunChild(plan);
  const int fork_error = errno;
  CloseOne(empty);
  CloseOne(log);
  CloseOne(complaint.write);
  if (id < 0) return SystemFault(Reason::kFileUnreadable, "fork", fork_error);
  int error = 0;
  const ssize_t complained = read(complaint.read, &error, sizeof error);
  const int watch = static_cast<int>(syscall(SYS_pidfd_open, id, 0));
  if (complained > 0 || watch < 0) {
    if (complained <= 0) error = errno;
    kill(id, SIGKILL);
    waitpid(id, nullptr, 0);
    return SystemFault(Reason::kFileUnreadable, order.program, error);
  }
  for (const int end : {output.read, errors.read}) {
    if (end >= 0) fcntl(end, F_SETFL, O_NONBLOCK);
  }
  return Process(id, watch, output.TakeRead(), errors.TakeRead());
}

Process::Process(Process&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      watch_(std::exchange(other.watch_, -1)),
      output_(std::exchange(other.output_, -1)),
      errors_(std::exchange(other.errors_, -1)),
      end_(std::move(other.end_)),
      output_text_(std::move(other.output_text_)),
      errors_text_(std::move(other.errors_text_)) {}

Process& Process::operator=(Process&& other) noexcept {
  if (this == &other) return *this;
  Close();
  id_ = std::exchange(other.id_, -1);
  watch_ = std::exchange(other.watch_, -1);
  output_ = std::exchange(other.output_, -1);
  errors_ = std::exchange(other.errors_, -1);
  end_ = std::move(other.end_);
  output_text_ = std::move(other.output_text_);
  errors_text_ = std::move(other.errors_text_);
  return *this;
}

Process::~Process() { Close(); }

void Process::Close() {
  if (id_ > 0 && !end_) {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }
  id_ = -1;
  CloseOne(watch_);
  CloseOne(output_);
  CloseOne(errors_);
}

void Process::Signal(int number) {
  if (id_ > 0 && !end_) kill(id_, number);
}

// Takes what lies in a pipe now; closes it at its end.
void Process::Drain(int& pipe, std::string& text) {
  std::array<char, 65536> piece;
  while (pipe >= 0) {
    const ssize_t count = read(pipe, piece.data(), piece.size());
    if (count > 0) {
      text.append(piece.data(), static_cast<std::size_t>(count));
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else {
      if (count == 0) CloseOne(pipe);
      return;
    }
  }
}

// True once it has ended.
bool Process::Reap() {
  if (end_) return true;
  int status = 0;
  if (waitpid(id_, &status, WNOHANG) != id_) return false;
  Drain(output_, output_text_);
  Drain(errors_, errors_text_);
  end_ = ProcessEnd{.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                    .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                    .output = std::move(output_text_),
                    .errors = std::move(errors_text_)};
  return true;
}

Result<ProcessEnd> Process::Wait(Deadline deadline) {
  while (!Reap()) {
    // A closed pipe is -1, which poll leaves aside.
    std::array<pollfd, 3> watched = {{{watch_, POLLIN, 0}, {output_, POLLIN, 0}, {errors_, POLLIN, 0}}};
    const int ready = poll(watched.data(), watched.size(), MillisecondsUntil(deadline));
    if (ready == 0) return Fault{Reason::kDeadline, "", "the process still runs at the deadline"};
    Drain(output_, output_text_);
    Drain(errors_, errors_text_);
  }
  return *end_;
}

Result<std::string> Process::WaitForLine(const std::string& path, Deadline deadline) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  int news = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  const bool watching =
      news >= 0 && inotify_add_watch(news, folder.c_str(), IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO) >= 0;
  if (!watching) {
    const int error = errno;
    CloseOne(news);
    return SystemFault(Reason::kFileUnreadable, folder.string(), error);
  }
  std::optional<Fault> fault;
  std::optional<std::string> line = FinishedLine(path);
  while (!line && !fault) {
    std::array<pollfd, 4> watched = {
        {{watch_, POLLIN, 0}, {output_, POLLIN, 0}, {errors_, POLLIN, 0}, {news, POLLIN, 0}}};
    const int ready = poll(watched.data(), watched.size(), MillisecondsUntil(deadline));
    std::array<char, 4096> events;
    while (read(news, events.data(), events.size()) > 0) {
    }
    Drain(output_, output_text_);
    Drain(errors_, errors_text_);
    line = FinishedLine(path);
    if (!line && ready == 0) fault = Fault{Reason::kDeadline, "", path + " is not there at the deadline"};
    if (!line && Reap()) fault = Fault{Reason::kStateConflict, "", "the process ended first: " + end_->Text()};
  }
  CloseOne(news);
  if (line) return *line;
  return *fault;
}

Result<ProcessEnd> RunProcess(const ProcessOrder& order, Process::Deadline deadline) {
  TRY_ASSIGN(Process process, Process::Start(order));
  return process.Wait(deadline);
}

Result<std::string> ProgramFolder() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return Fault{Reason::kFileUnreadable, "", "/proc/self/exe: " + error.message()};
  return program.parent_path().string();
}

}  // namespace passport
