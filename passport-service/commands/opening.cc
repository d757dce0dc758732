#include "passport-service/commands/opening.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "keys/passphrase.h"
#include "passport-service/acts/key_certificates.h"

namespace passport {
namespace {

constexpr std::size_t kTlsFileBytesMax = 64 * 1024;

ExitCode CodeOf(Reason reason) {
  if (reason == Reason::kDataFolder) return kExitDataFolder;
  if (reason == Reason::kSchemaNewer) return kExitSchema;
  if (reason == Reason::kKeyStore || reason == Reason::kKeyPermissions || reason == Reason::kKeyState ||
      reason == Reason::kSigning) {
    return kExitKeyStore;
  }
  if (reason == Reason::kStoreOlder) return kExitOlderStore;
  if (reason == Reason::kClockBack) return kExitClock;
  if (reason == Reason::kPassphrase || reason == Reason::kFileUnreadable) return kExitPassphrase;
  if (reason == Reason::kStoreFull) return kExitDiskFull;
  if (reason == Reason::kStoreUnavailable || reason == Reason::kOutcomeUnknown) return kExitStore;
  if (reason == Reason::kFieldInvalid || reason == Reason::kAlreadyExists || reason == Reason::kNotFound)
    return kExitUsage;
  return kExitInternal;
}

Stop TlsStop(const std::filesystem::path& file, std::string_view why) {
  return {kExitTlsFiles, "TLS file " + file.string() + ": " + std::string(why)};
}

// A descriptor that is closed when it goes.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string_view TextIn(const Secret& secret) {
  return {reinterpret_cast<const char*>(secret.bytes().data()), secret.size()};
}

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Stop StopOf(std::string_view where, const Fault& fault) {
  const std::string detail = fault.detail.empty() ? std::string(TextOf(fault.reason).happened) : fault.detail;
  const std::string_view remedy = fault.reason == Reason::kDataFolder
                                      ? "Name the right folder, or make a service with: passport-service init"
                                      : TextOf(fault.reason).remedy;
  return {CodeOf(fault.reason), std::string(where) + ": " + detail + ". " + std::string(remedy)};
}

OrStop<Secret> ReadPassphrase(const std::optional<std::filesystem::path>& file, std::optional<int> descriptor) {
  Result<Secret> passphrase = file ? ReadPassphraseFile(*file) : ReadPassphraseDescriptor(descriptor.value_or(-1));
  if (passphrase.ok()) return std::move(passphrase).value();
  Stop stop = StopOf("passphrase", passphrase.fault());
  stop.code = kExitPassphrase;
  return stop;
}

OrStop<std::unique_ptr<KeyStore>> OpenKeys(const KeyPlace& place, const Secret& passphrase, Random& random) {
  Result<std::unique_ptr<KeyStore>> keys = OpenKeyStore(place, passphrase, random);
  if (keys.ok()) return std::move(keys).value();
  return StopOf("key store " + place.folder.string(), keys.fault());
}

KeyPlace PlaceOf(const std::filesystem::path& keys, const ModuleFlags& module) {
  KeyPlace place{.folder = keys, .module = std::nullopt};
  if (module.library) place.module = Pkcs11Place{.module = *module.library, .token = module.token.value_or("")};
  return place;
}

std::optional<Stop> EnsureServiceKeys(KeyStore& keys, Instant now) {
  const std::vector<KeyInfo> all = keys.List();
  for (const KeyRole role : {KeyRole::kReceipt, KeyRole::kIndex}) {
    const bool there = std::any_of(all.begin(), all.end(), [role](const KeyInfo& info) {
      return info.owner == KeyOwner::Service() && info.role == role;
    });
    if (there) continue;
    const Result<std::string> made = keys.Generate(KeyOwner::Service(), role, KeyState::kActive, now);
    if (!made.ok()) return StopOf("key store", made.fault());
  }
  return std::nullopt;
}

OrStop<std::unique_ptr<RocksStore>> OpenStore(const RocksOptions& options) {
  auto opened = OpenStoreOfAnySchema(options);
  const auto* const store = std::get_if<std::unique_ptr<RocksStore>>(&opened);
  if (store == nullptr || !(*store)->raising()) return opened;
  return Stop{kExitDataFolder, "data folder " + options.folder.string() +
                                   ": an older program wrote it. Start the service once with: passport-service run"};
}

OrStop<std::unique_ptr<RocksStore>> OpenStoreOfAnySchema(const RocksOptions& options) {
  Result<std::unique_ptr<RocksStore>> store = RocksStore::Open(options);
  if (store.ok()) return std::move(store).value();
  return StopOf("data folder " + options.folder.string(), store.fault());
}

OrStop<PublishedBase> FindPublishedBase(Store& store) {
  Result<std::optional<std::string>> base = FindBaseUri(store);
  if (!base.ok()) return StopOf("data folder", base.fault());
  if (*base) return PublishedBase{std::move(**base)};
  return Stop{kExitDataFolder, "data folder: it has no registrar. Make a service with: passport-service init"};
}

OrStop<CertificateAuthority> OpenAuthority(const std::filesystem::path& tls_folder, KeyStore& keys) {
  auto pem = ReadTlsFile(tls_folder / "ca.pem", FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&pem)) return *stop;
  Result<std::shared_ptr<Signer>> signer = keys.SignerFor(KeyOwner::Service(), KeyRole::kTlsAuthority);
  if (!signer.ok()) return StopOf("key store", signer.fault());
  Result<CertificateAuthority> authority = CertificateAuthority::FromPem(std::get<std::string>(pem), *signer);
  if (authority.ok()) return std::move(authority).value();
  return TlsStop(tls_folder / "ca.pem", "is not the certificate of this service's TLS authority");
}

OrStop<std::string> ReadTlsFile(const std::filesystem::path& file, FileSecrecy secrecy) {
  const File in(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat facts {};
  if (in.get() < 0 || fstat(in.get(), &facts) != 0) return TlsStop(file, std::strerror(errno));
  if (!S_ISREG(facts.st_mode)) return TlsStop(file, "is no regular file");
  if (secrecy == FileSecrecy::kSecret && (facts.st_mode & 077U) != 0) {
    return TlsStop(file, "others may read it; set its mode to 0600");
  }
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = read(in.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return TlsStop(file, std::strerror(errno));
    if (got == 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > kTlsFileBytesMax) return TlsStop(file, "is larger than 64 KiB");
  }
  if (text.find("-----BEGIN ") == std::string::npos) return TlsStop(file, "is not PEM");
  return text;
}

std::optional<Stop> WriteFile(const std::filesystem::path& file, std::string_view bytes, unsigned mode) {
  const auto failed = [&](int error) {
    return Stop{error == ENOSPC ? kExitDiskFull : kExitStore,
                "can not write " + file.string() + ": " + std::strerror(error)};
  };
  std::filesystem::path fresh = file;
  fresh += ".fresh";
  {
    const File out(open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
    if (out.get() < 0) return failed(errno);
    if (fchmod(out.get(), mode) != 0 || !WriteAll(out.get(), bytes) || fsync(out.get()) != 0) return failed(errno);
  }
  if (rename(fresh.c_str(), file.c_str()) != 0) return failed(errno);
  const std::filesystem::path parent = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const File folder(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || fsync(folder.get()) != 0) return failed(errno);
  return std::nullopt;
}

std::optional<Stop> WriteCertificate(const std::filesystem::path& folder, const std::string& name,
                                     const IssuedCertificate& certificate) {
  if (auto stop = WriteFile(folder / (name + ".key"), TextIn(certificate.private_key_pem), 0600)) return stop;
  return WriteFile(folder / (name + ".pem"), certificate.certificate_pem, 0644);
}

}  // namespace passport
