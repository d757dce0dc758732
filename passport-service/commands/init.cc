#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <system_error>

#include "credential/crypto/jwk.h"
#include "keys/signing_certificates.h"
#include "passport-service/acts/keep_systems.h"
#include "passport-service/commands/ceremony.h"
#include "passport-service/commands/commands.h"
#include "passport-service/commands/opening.h"
#include "passport-service/publish/static_files.h"
#include "passport-service/system_clock.h"

namespace passport {
namespace {

// Empties again what a command filled, unless it came to its end.
class Undo {
 public:
  explicit Undo(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {
    for (const auto& folder : folders_) existed_.push_back(std::filesystem::exists(folder));
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  ~Undo() {
    for (std::size_t i = 0; i < folders_.size(); ++i) {
      std::error_code error;
      if (!existed_[i]) {
        std::filesystem::remove_all(folders_[i], error);
        continue;
      }
      for (const auto& entry : std::filesystem::directory_iterator(folders_[i], error)) {
        std::error_code ignored;  // what can not be removed stays; the next attempt says so
        std::filesystem::remove_all(entry.path(), ignored);
      }
    }
  }
  void Keep() { folders_.clear(); }

 private:
  std::vector<std::filesystem::path> folders_;
  std::vector<bool> existed_;
};

Stop Usage(std::string_view line) { return {kExitUsage, std::string(line)}; }

std::optional<Stop> CheckBaseUri(const std::string& uri) {
  constexpr std::string_view kScheme = "https://";
  constexpr std::size_t kBytesMax = 200;
  const bool plain = std::all_of(uri.begin(), uri.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~:/").find(c) != std::string_view::npos;
  });
  if (uri.starts_with(kScheme) && uri.size() > kScheme.size() && uri.size() <= kBytesMax && plain &&
      uri.back() != '/') {
    return std::nullopt;
  }
  return Usage("--base-uri is not like https://passport.example, without a slash at the end");
}

std::optional<Stop> CheckEmpty(std::string_view what, const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) return std::nullopt;
  if (std::filesystem::is_directory(folder, error) && std::filesystem::is_empty(folder, error)) return std::nullopt;
  return Stop{kExitDataFolder, std::string(what) + " " + folder.string() + ": there is something already"};
}

std::optional<Stop> MakeServiceKeys(KeyStore& keys, Instant now) {
  for (const KeyRole role :
       {KeyRole::kRegistry, KeyRole::kSeal, KeyRole::kReceipt, KeyRole::kIndex, KeyRole::kTlsAuthority}) {
    const Result<std::string> made = keys.Generate(KeyOwner::Service(), role, KeyState::kActive, now);
    if (!made.ok()) return StopOf("key store", made.fault());
  }
  return std::nullopt;
}

std::filesystem::path RootFolder(const InitFlags& flags) {
  if (flags.root.keys) return *flags.root.keys;
  std::filesystem::path folder = flags.keys;
  folder += "-root";
  return folder;
}

// The root and the whole ceremony on one machine. What is left to do is to take the root's key store away.
std::optional<Stop> MakeRootHere(const InitFlags& flags, const Secret& passphrase, Store& store, KeyStore& keys) {
  const PassphraseFlags& own = flags.root.passphrase;
  auto given = own.file ? ReadPassphrase(own.file, own.descriptor) : OrStop<Secret>(Secret(passphrase.bytes()));
  if (auto* stop = std::get_if<Stop>(&given)) return *stop;
  const Secret& root_passphrase = std::get<Secret>(given);
  auto pem = MakeRootStore(RootFolder(flags), root_passphrase, "Staff passport root", kRegionRootDaysMax);
  if (auto* stop = std::get_if<Stop>(&pem)) return *stop;
  if (auto stop = WriteFile(flags.tls_out / "root.pem", std::get<std::string>(pem), 0644)) return stop;
  return HoldCeremonyHere(RootFolder(flags), root_passphrase, std::get<std::string>(pem), store, keys);
}

// What the system may do that init makes a certificate for: everything but signing records of people. It registers the
// other systems.
constexpr std::string_view kFirstSystem = "registrar";
const Roles kFirstRoles = {Role::kRegistrar, Role::kAuditor, Role::kOperator};

std::optional<Stop> EnrolRegistrar(const InitFlags& flags, const OrganisationId& registrar, const Secret& passphrase,
                                   KeyStore& keys, Random& random, const Clock& clock) {
  RocksOptions options;
  options.folder = flags.data;
  options.create = true;
  auto opened = OpenStore(options);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  RocksStore& store = *std::get<std::unique_ptr<RocksStore>>(opened);
  if (!flags.root.later) {
    if (auto stop = MakeRootHere(flags, passphrase, store, keys)) return stop;
  }
  RegistryEffects effects(store, keys, random, PublishedBase{flags.base_uri});
  EnrolOrganisation enrol(store, clock, effects);
  const Result<void> enrolled = enrol.EnrolRegistrar(registrar, flags.name);
  if (!enrolled.ok()) return StopOf("registrar", enrolled.fault());
  auto certificate = ReadTlsFile(flags.tls_out / "registrar.pem", FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&certificate)) return *stop;
  const Result<SystemRow> put = KeepSystems(store, clock).PutByHand(kFirstRoles, std::get<std::string>(certificate));
  if (!put.ok()) return StopOf("registrar's system", put.fault());
  return std::nullopt;
}

std::optional<Stop> WriteTlsFiles(const InitFlags& flags, const OrganisationId& registrar, KeyStore& keys,
                                  Random& random, Instant now) {
  Result<std::shared_ptr<Signer>> signer = keys.SignerFor(KeyOwner::Service(), KeyRole::kTlsAuthority);
  if (!signer.ok()) return StopOf("key store", signer.fault());
  const Result<CertificateAuthority> authority =
      CertificateAuthority::Create("Staff Passport TLS authority", now, kRootDaysMax, *signer, random);
  if (!authority.ok()) return StopOf("TLS authority", authority.fault());
  const ServerNames names{.common_name = "passport-service", .dns = flags.server.dns, .ip = flags.server.ip};
  const Result<IssuedCertificate> server = authority->IssueServer(names, now, kLeafDaysMax, random);
  if (!server.ok()) return StopOf("server certificate", server.fault());
  const Result<SystemName> system = SystemName::Parse(kFirstSystem);
  if (!system.ok()) return StopOf("registrar certificate", system.fault());
  const Result<IssuedCertificate> client =
      authority->IssueClient({.organisation = registrar, .system = *system}, now, kLeafDaysMax, random);
  if (!client.ok()) return StopOf("registrar certificate", client.fault());
  if (auto stop = WriteFile(flags.tls_out / "ca.pem", authority->certificate_pem(), 0644)) return stop;
  if (auto stop = WriteCertificate(flags.tls_out, "server", *server)) return stop;
  return WriteCertificate(flags.tls_out, "registrar", *client);
}

std::optional<Stop> WriteAnchor(const InitFlags& flags, KeyStore& keys) {
  const Result<std::shared_ptr<Signer>> signer = keys.SignerFor(KeyOwner::Service(), KeyRole::kRegistry);
  if (!signer.ok()) return StopOf("key store", signer.fault());
  return WriteFile(flags.tls_out / "anchor.jwk", WriteJwk((*signer)->public_key().point()) + "\n", 0644);
}

// From here on the signer's user alone can read the key store.
std::optional<Stop> GiveToSigner(const std::filesystem::path& folder, const std::string& user) {
  const passwd* const entry = ::getpwnam(user.c_str());
  if (entry == nullptr) return Usage("--signer-user: there is no such user");
  std::vector<std::filesystem::path> all;
  for (const auto& file : std::filesystem::directory_iterator(folder)) all.push_back(file.path());
  all.push_back(folder);
  for (const std::filesystem::path& path : all) {
    if (::lchown(path.c_str(), entry->pw_uid, entry->pw_gid) != 0) {
      return Stop{kExitKeyStore, path.string() + " can not be given to " + user + "; run init as root"};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Stop> Init(const InitFlags& flags) {
  const Result<OrganisationId> registrar = OrganisationId::Parse(flags.registrar);
  if (!registrar.ok()) return Usage("--registrar is not an organisation like ods:X0R");
  if (auto stop = CheckBaseUri(flags.base_uri)) return stop;
  const bool root_is_open = !flags.root.later && !flags.root.passphrase.file;
  if (flags.module.library && root_is_open) {
    return Usage("a PIN is too short to keep the root: add --root-passphrase-file, or --root-later");
  }
  if (auto stop = CheckEmpty("data folder", flags.data)) return stop;
  if (auto stop = CheckEmpty("key store", flags.keys)) return stop;
  if (auto stop = CheckEmpty("TLS folder", flags.tls_out)) return stop;
  if (auto stop = CheckEmpty("key store of the root", RootFolder(flags))) return stop;
  auto passphrase = ReadPassphrase(flags.passphrase.file, flags.passphrase.descriptor);
  if (auto* stop = std::get_if<Stop>(&passphrase)) return *stop;

  Undo undo({flags.data, flags.keys, flags.tls_out, RootFolder(flags)});
  const SystemClock clock;
  SystemRandom random;
  const Secret& secret = std::get<Secret>(passphrase);
  const KeyPlace place = PlaceOf(flags.keys, flags.module);
  const Result<void> made = CreateKeyStore(place, secret, random);
  if (!made.ok()) return StopOf("key store " + flags.keys.string(), made.fault());
  auto opened = OpenKeys(place, secret, random);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  KeyStore& keys = *std::get<std::unique_ptr<KeyStore>>(opened);
  const Instant now = clock.Now();
  if (auto stop = MakeServiceKeys(keys, now)) return stop;
  const Result<StaticFiles> published = StaticFiles::Open(flags.published);
  if (!published.ok()) return StopOf("published folder", published.fault());
  std::error_code error;
  std::filesystem::create_directories(flags.tls_out, error);
  if (error) return Stop{kExitStore, "TLS folder " + flags.tls_out.string() + ": " + error.message()};
  if (auto stop = WriteTlsFiles(flags, *registrar, keys, random, now)) return stop;
  if (auto stop = WriteAnchor(flags, keys)) return stop;
  // Last: with the registrar in the data folder, the service is there.
  if (auto stop = EnrolRegistrar(flags, *registrar, secret, keys, random, clock)) return stop;
  if (flags.signer_user) {
    if (auto stop = GiveToSigner(flags.keys, *flags.signer_user)) return stop;
  }
  undo.Keep();
  std::cout << "made the service of " << registrar->text() << "\n"
            << "TLS files of server and registrar, and the anchor receivers pin: " << flags.tls_out.string() << "\n";
  if (!flags.root.later) {
    std::cout << "Take the key store of the root to a place without a network: " << RootFolder(flags).string() << "\n";
  }
  return std::nullopt;
}

}  // namespace passport
