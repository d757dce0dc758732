#include "signer/signer_process.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "keys/passphrase.h"
#include "signer/signer_protocol.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kFarewell{10};
constexpr std::chrono::milliseconds kFirstPause{200};
constexpr std::chrono::milliseconds kLongestPause{30'000};

Fault NotStarted(std::string_view why) {
  return {Reason::kSigning, "", "the signer could not be started: " + std::string(why)};
}

struct User {
  uid_t user;
  gid_t group;
};

// Nothing when it is who we are already.
Result<std::optional<User>> FindUser(const std::optional<std::string>& name) {
  if (!name) return std::optional<User>();
  std::array<char, 16'384> room{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwnam_r(name->c_str(), &entry, room.data(), room.size(), &found) != 0 || found == nullptr) {
    return Fault{Reason::kFieldInvalid, "", "signer_user: there is no such user"};
  }
  if (found->pw_uid == ::geteuid()) return std::optional<User>();
  if (::geteuid() != 0) return Fault{Reason::kFieldInvalid, "", "signer_user: only root can start it as another user"};
  return std::optional(User{found->pw_uid, found->pw_gid});
}

// Between fork and exec only calls that are safe there.
[[noreturn]] void Become(const std::optional<User>& user, const std::array<int, 3>& kept, char* const* words) {
  constexpr int kNotExecuted = 127;
  for (const int descriptor : kept) {
    if (::fcntl(descriptor, F_SETFD, 0) != 0) ::_exit(kNotExecuted);
  }
  if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->group) != 0 || ::setuid(user->user) != 0)) {
    ::_exit(kNotExecuted);
  }
  ::execv(words[0], words);
  ::_exit(kNotExecuted);
}

}  // namespace

struct SignerProcess::Watched {
  SignerLaunch launch;
  Notice notice;
  std::optional<User> user;
  Listening listening;
  FileDescriptor control;
  std::mutex mutex;
  std::condition_variable changed;
  pid_t process = -1;  // while it is not waited for
  bool stopping = false;
  std::thread watching;

  Result<void> Begin();
  Result<void> Spawn(const FileDescriptor& passphrase, FileDescriptor child_end);
  void Watch();
  bool BeginAgain();
};

Result<void> SignerProcess::Watched::Spawn(const FileDescriptor& passphrase, FileDescriptor child_end) {
  std::vector<std::string> words = {
      launch.program.string(),          "--keys",      launch.place.folder.string(),           "--passphrase-fd",
      std::to_string(passphrase.get()), "--listen-fd", std::to_string(listening.socket.get()), "--control-fd",
      std::to_string(child_end.get())};
  if (launch.place.module) {
    words.insert(words.end(),
                 {"--pkcs11", launch.place.module->module.string(), "--token", launch.place.module->token});
  }
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const std::array<int, 3> kept{passphrase.get(), listening.socket.get(), child_end.get()};
  const pid_t child = ::fork();
  if (child < 0) return NotStarted("fork failed");
  if (child == 0) Become(user, kept, pointers.data());
  const std::lock_guard lock(mutex);
  process = child;
  return {};
}

// Starts one and hears from it whether it could open its keys.
Result<void> SignerProcess::Watched::Begin() {
  FileDescriptor passphrase;
  if (launch.passphrase_file) {
    TRY_ASSIGN(passphrase, OpenPassphraseFile(*launch.passphrase_file));
  } else {
    passphrase = FileDescriptor(::fcntl(launch.passphrase_fd.value_or(-1), F_DUPFD_CLOEXEC, 3));
    if (!passphrase.valid()) return Fault{Reason::kFileUnreadable, "", "passphrase: the descriptor is not open"};
  }
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return NotStarted("socketpair failed");
  {
    const std::lock_guard lock(mutex);
    control = FileDescriptor(pair[0]);
  }
  TRY(Spawn(passphrase, FileDescriptor(pair[1])));
  const std::optional<Secret> message = ReceiveMessage(control, kSignerAnswerMax);
  if (!message) return NotStarted("it ended before it said a word; is " + launch.program.string() + " there?");
  TRY_ASSIGN(const SignerAnswer answer, ReadSignerAnswer(message->bytes()));
  if (const auto* fault = std::get_if<Fault>(&answer)) return *fault;
  return {};
}

bool SignerProcess::Watched::BeginAgain() {
  std::chrono::milliseconds pause = kFirstPause;
  for (;;) {
    {
      std::unique_lock lock(mutex);
      if (changed.wait_for(lock, pause, [this] { return stopping; })) return false;
    }
    const Result<void> begun = Begin();
    if (begun.ok()) return true;
    notice("the signer does not start again: " + begun.fault().detail);
    ::shutdown(control.get(), SHUT_RDWR);
    if (process > 0) ::waitpid(process, nullptr, 0);
    {
      const std::lock_guard lock(mutex);
      process = -1;  // its number may soon be somebody else's
    }
    // A wrong PIN is not tried until the token locks.
    if (begun.fault().reason == Reason::kPassphrase) return false;
    pause = std::min(2 * pause, kLongestPause);
  }
}

void SignerProcess::Watched::Watch() {
  for (;;) {
    while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
    {
      const std::lock_guard lock(mutex);
      process = -1;
      changed.notify_all();
      if (stopping) return;
    }
    if (!launch.passphrase_file) {
      return notice(
          "the signer has ended; its passphrase came from a descriptor, so the service must be started again");
    }
    notice("the signer has ended and is started again");
    if (!BeginAgain()) return;
    notice("the signer serves again");
  }
}

SignerProcess::SignerProcess(std::unique_ptr<Watched> watched) : watched_(std::move(watched)) {}

Result<std::unique_ptr<SignerProcess>> SignerProcess::Start(SignerLaunch launch, Notice notice) {
  TRY_ASSIGN(const std::optional<User> user, FindUser(launch.user));
  TRY_ASSIGN(Listening listening, ListenSomewhere());
  auto watched = std::make_unique<Watched>();
  watched->launch = std::move(launch);
  watched->notice = std::move(notice);
  watched->user = user;
  watched->listening = std::move(listening);
  const Result<void> begun = watched->Begin();
  if (!begun.ok()) {
    watched->control = FileDescriptor();
    if (watched->process > 0) ::waitpid(watched->process, nullptr, 0);
    return begun.fault();
  }
  watched->watching = std::thread([each = watched.get()] { each->Watch(); });
  return std::unique_ptr<SignerProcess>(new SignerProcess(std::move(watched)));
}

SignerProcess::~SignerProcess() {
  {
    std::unique_lock lock(watched_->mutex);
    watched_->stopping = true;
    watched_->changed.notify_all();
    ::shutdown(watched_->control.get(), SHUT_RDWR);
    watched_->changed.wait_for(lock, kFarewell, [this] { return watched_->process < 0; });
    if (watched_->process > 0) ::kill(watched_->process, SIGKILL);
  }
  watched_->watching.join();
}

const SocketAddress& SignerProcess::address() const { return watched_->listening.address; }
std::vector<uid_t> SignerProcess::users() const { return {::geteuid()}; }

}  // namespace passport
