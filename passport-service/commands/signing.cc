#include "passport-service/commands/signing.h"

#include <sys/stat.h>

#include <system_error>

#include "keys/passphrase.h"

namespace passport {
namespace {

std::filesystem::path SignerProgram() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "passport-signer";
}

Stop SignerStop(const Settings& settings, const SignerLaunch& launch, const Fault& fault) {
  if (settings.passphrase_file && !OpenPassphraseFile(*settings.passphrase_file).ok()) {
    Stop stop = StopOf("passphrase", fault);
    stop.code = kExitPassphrase;
    return stop;
  }
  return StopOf("key store " + launch.place.folder.string(), fault);
}

OrStop<ServiceKeys> Connected(std::unique_ptr<SignerProcess> signer, const SocketAddress& address,
                              std::vector<uid_t> users, const std::string& where) {
  Result<RemoteKeyStore> store = RemoteKeyStore::Connect(address, std::move(users));
  if (!store.ok()) return StopOf(where, store.fault());
  return ServiceKeys{std::move(signer), std::make_unique<RemoteKeyStore>(std::move(store).value())};
}

// Whoever owns the socket runs the signer; only its owner and root could have put it there.
OrStop<ServiceKeys> ConnectToRunning(const std::filesystem::path& socket) {
  struct stat about {};
  const std::string where = "signer " + socket.string();
  if (::stat(socket.c_str(), &about) != 0 || !S_ISSOCK(about.st_mode)) {
    return Stop{kExitKeyStore, where + ": there is no socket. Start passport-signer first"};
  }
  return Connected(nullptr, socket.string(), {about.st_uid}, where);
}

}  // namespace

OrStop<ServiceKeys> OpenServiceKeys(const Settings& settings, const std::shared_ptr<spdlog::logger>& log) {
  if (settings.signer) return ConnectToRunning(*settings.signer);
  const SignerLaunch launch{
      .program = SignerProgram(),
      .place = PlaceOf(settings.keys, {.library = settings.pkcs11, .token = settings.token}),
      .passphrase_file = settings.passphrase_file,
      .passphrase_fd = settings.passphrase_fd,
      .user = settings.signer_user,
  };
  Result<std::unique_ptr<SignerProcess>> signer =
      SignerProcess::Start(launch, [log](const std::string& what) { log->warn("{}", what); });
  if (!signer.ok()) return SignerStop(settings, launch, signer.fault());
  const SocketAddress address = (*signer)->address();
  const std::vector<uid_t> users = (*signer)->users();
  return Connected(std::move(signer).value(), address, users, "signer");
}

}  // namespace passport
