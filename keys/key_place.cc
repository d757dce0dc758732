#include "keys/key_place.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <thread>
#include <utility>

#include "keys/file_key_store.h"
#include "keys/key_file.h"
#include "keys/pkcs11_key_store.h"

namespace passport {
namespace {

// A store of the other kind is no damage; the fault says what to name.
Result<void> CheckKind(const KeyPlace& place) {
  TRY_ASSIGN(const PrivateFolder folder, PrivateFolder::Open(place.folder));
  TRY_ASSIGN(const std::string text, folder.Read(kStoreFileName, kKeyFileBytesMax));
  if (place.module && ReadStoreFile(text).ok()) {
    return Fault{Reason::kKeyStore, "", "its keys are in the folder; leave out the hardware module"};
  }
  if (!place.module && ReadTokenFile(text).ok()) {
    return Fault{Reason::kKeyStore, "", "its keys are in a hardware module; name the module and the token"};
  }
  return {};
}

}  // namespace

Result<void> CreateKeyStore(const KeyPlace& place, const Secret& passphrase, Random& random) {
  if (place.module) return Pkcs11KeyStore::Create(place.folder, *place.module, Secret(passphrase.bytes()), random);
  return FileKeyStore::Create(place.folder, passphrase, kProductionCost, random);
}

Result<std::unique_ptr<KeyStore>> OpenKeyStore(const KeyPlace& place, const Secret& passphrase, Random& random) {
  TRY(CheckKind(place));
  if (place.module) {
    TRY_ASSIGN(Pkcs11KeyStore store,
               Pkcs11KeyStore::Open(place.folder, *place.module, Secret(passphrase.bytes()), random));
    return std::unique_ptr<KeyStore>(std::make_unique<Pkcs11KeyStore>(std::move(store)));
  }
  TRY_ASSIGN(FileKeyStore store, FileKeyStore::Open(place.folder, passphrase, kProductionCost, random));
  return std::unique_ptr<KeyStore>(std::make_unique<FileKeyStore>(std::move(store)));
}

Result<KeyFolderClaim> KeyFolderClaim::Take(const std::filesystem::path& folder, std::chrono::milliseconds patience) {
  constexpr std::chrono::milliseconds kPause{20};
  const auto end = std::chrono::steady_clock::now() + patience;
  const std::filesystem::path file = folder / kStoreFileName;
  FileDescriptor held(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!held.valid()) return Fault{Reason::kKeyStore, "", file.string() + " can not be opened"};
  while (::flock(held.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() >= end) {
      return Fault{Reason::kKeyStore, "", folder.string() + " is in use by another service"};
    }
    std::this_thread::sleep_for(kPause);
  }
  return KeyFolderClaim(std::move(held));
}

}  // namespace passport
