// passport-signer: holds the private keys of a service and answers its questions, and nobody else's.
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "keys/key_place.h"
#include "keys/passphrase.h"
#include "keys/system_random.h"
#include "signer/signer_connection.h"
#include "signer/signer_server.h"

namespace passport {
namespace {

enum ExitCode : int { kExitDone = 0, kExitUsage = 64, kExitKeyStore = 67, kExitPassphrase = 68, kExitAddress = 72 };

// The signer of a service that was killed ends by itself, a moment later.
constexpr std::chrono::milliseconds kClaimPatience{5'000};

struct Flags {
  std::string keys, pkcs11, token, passphrase_file, socket, user;
  int passphrase_fd = -1;
  int listen_fd = -1;
  int control_fd = -1;
};

// No core file, and no other process of the same user may look into this one.
void CloseToOthers() {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
}

void AddFlags(CLI::App& app, Flags& flags) {
  app.add_option("--keys", flags.keys, "key store")->required();
  CLI::Option* const module = app.add_option("--pkcs11", flags.pkcs11, "shared library of a hardware module");
  module->needs(app.add_option("--token", flags.token, "label of the token in it"));
  CLI::Option_group* const secret = app.add_option_group("passphrase", "of the key store, or the PIN of the token");
  secret->add_option("--passphrase-file", flags.passphrase_file, "file of mode 0600");
  secret->add_option("--passphrase-fd", flags.passphrase_fd, "open descriptor, a pipe say");
  secret->require_option(1);
  CLI::Option_group* const where = app.add_option_group("where");
  where->add_option("--socket", flags.socket, "path to listen at");
  where->add_option("--listen-fd", flags.listen_fd, "open descriptor that listens; given by passport-service");
  where->require_option(1);
  app.add_option("--for-user", flags.user, "whose processes may ask; left out: those of the user this runs as");
  app.add_option("--control-fd", flags.control_fd, "given by passport-service");
}

Result<Secret> ReadPassphrase(const Flags& flags) {
  if (!flags.passphrase_file.empty()) return ReadPassphraseFile(flags.passphrase_file);
  const FileDescriptor descriptor(flags.passphrase_fd);
  return ReadPassphraseDescriptor(descriptor.get());
}

// The process at the other end of the control line and nobody else, or all of a user.
Result<SignerTerms> TermsOf(const Flags& flags, const FileDescriptor& control) {
  if (control.valid()) {
    const std::optional<Peer> service = PeerOf(control);
    if (!service) return Fault{Reason::kFieldInvalid, "", "--control-fd is no socket"};
    return SignerTerms{.user = service->user, .process = service->process};
  }
  if (flags.user.empty()) return SignerTerms{.user = ::geteuid(), .process = std::nullopt};
  const passwd* const entry = ::getpwnam(flags.user.c_str());
  if (entry == nullptr) return Fault{Reason::kFieldInvalid, "", "--for-user: there is no such user"};
  return SignerTerms{.user = entry->pw_uid, .process = std::nullopt};
}

// Until whoever started us is gone; what may be sent on the line means nothing.
void WaitForEnd(const FileDescriptor& control) {
  while (ReceiveMessage(control, 1)) {
  }
}

void WaitForSignal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
}

void HoldSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

struct Opened {
  SignerTerms terms;
  KeyFolderClaim claim;
  std::unique_ptr<KeyStore> keys;
  FileDescriptor listening;
};

Result<Opened> Open(const Flags& flags, const FileDescriptor& control, Random& random) {
  TRY_ASSIGN(const SignerTerms terms, TermsOf(flags, control));
  TRY_ASSIGN(const Secret passphrase, ReadPassphrase(flags));
  KeyPlace place{.folder = flags.keys, .module = std::nullopt};
  if (!flags.pkcs11.empty()) place.module = Pkcs11Place{.module = flags.pkcs11, .token = flags.token};
  TRY_ASSIGN(std::unique_ptr<KeyStore> keys, OpenKeyStore(place, passphrase, random));
  TRY_ASSIGN(KeyFolderClaim claim, KeyFolderClaim::Take(place.folder, kClaimPatience));
  FileDescriptor listening(flags.listen_fd);
  if (!flags.socket.empty()) {
    TRY_ASSIGN(listening, ListenAt(flags.socket));
  }
  return Opened{terms, std::move(claim), std::move(keys), std::move(listening)};
}

ExitCode CodeOf(Reason reason) {
  if (reason == Reason::kPassphrase || reason == Reason::kFileUnreadable) return kExitPassphrase;
  if (reason == Reason::kStateConflict) return kExitAddress;
  if (reason == Reason::kFieldInvalid) return kExitUsage;
  return kExitKeyStore;
}

ExitCode Run(const Flags& flags) {
  HoldSignals();
  SystemRandom random;
  const FileDescriptor control(flags.control_fd);
  Result<Opened> opened = Open(flags, control, random);
  const SignerAnswer word = opened.ok() ? SignerAnswer(Done{}) : SignerAnswer(opened.fault());
  if (control.valid() && !SendMessage(control, WriteSignerAnswer(word))) return kExitDone;
  if (!opened.ok()) {
    if (!control.valid()) std::cerr << "passport-signer: " << opened.fault().detail << "\n";
    return CodeOf(opened.fault().reason);
  }
  {
    const SignerServer server(std::move(opened->listening), *opened->keys, opened->terms);
    if (!control.valid()) std::cout << "passport-signer is ready" << std::endl;
    control.valid() ? WaitForEnd(control) : WaitForSignal();
  }
  if (!flags.socket.empty()) ::unlink(flags.socket.c_str());
  return kExitDone;
}

}  // namespace
}  // namespace passport

int main(int count, char** words) {
  passport::CloseToOthers();
  CLI::App app("Holds private keys and signs for passport-service, which never sees them.", "passport-signer");
  passport::Flags flags;
  passport::AddFlags(app, flags);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? passport::kExitDone : passport::kExitUsage;
  }
  const passport::ExitCode code = passport::Run(flags);
  std::cout.flush();
  // Hardware modules are known to crash while a process takes itself apart.
  ::_exit(code);
}
