#include "passport-service/commands/ceremony.h"

#include <iostream>

#include "credential/crypto/jwk.h"
#include "keys/signing_certificates.h"
#include "keys/x509_certificate.h"
#include "passport-service/acts/install_authority.h"
#include "passport-service/commands/commands.h"
#include "passport-service/system_clock.h"

namespace passport {
namespace {

constexpr const char* kAuthorityName = "Staff passport issuing authority";

// The root's key as it lies in its store.
struct OpenedRoot {
  std::unique_ptr<KeyStore> keys;
  std::shared_ptr<Signer> signer;
};
OrStop<OpenedRoot> OpenRoot(const std::filesystem::path& folder, const Secret& passphrase, Random& random) {
  auto opened = OpenKeys(PlaceOf(folder, {}), passphrase, random);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  auto& keys = std::get<std::unique_ptr<KeyStore>>(opened);
  Result<std::shared_ptr<Signer>> signer = keys->SignerFor(KeyOwner::Service(), KeyRole::kRootAuthority);
  if (!signer.ok()) return Stop{kExitKeyStore, "key store " + folder.string() + ": it has no key of a root"};
  return OpenedRoot{std::move(keys), std::move(signer).value()};
}

// Store and key store of a service that stands still.
struct OpenedService {
  std::unique_ptr<RocksStore> store;
  std::unique_ptr<KeyStore> keys;
};
OrStop<OpenedService> OpenService(const std::filesystem::path& data, const KeyPlace& place,
                                  const PassphraseFlags& flags, Random& random) {
  auto passphrase = ReadPassphrase(flags.file, flags.descriptor);
  if (auto* stop = std::get_if<Stop>(&passphrase)) return *stop;
  auto keys = OpenKeys(place, std::get<Secret>(passphrase), random);
  if (auto* stop = std::get_if<Stop>(&keys)) return *stop;
  RocksOptions options;
  options.folder = data;
  auto store = OpenStore(options);
  if (auto* stop = std::get_if<Stop>(&store)) return *stop;
  return OpenedService{std::get<std::unique_ptr<RocksStore>>(std::move(store)),
                       std::get<std::unique_ptr<KeyStore>>(std::move(keys))};
}

Stop RequestStop(const Fault& fault) {
  if (fault.reason != Reason::kStateConflict) return StopOf("issuing authority", fault);
  return {kExitUsage,
          "issuing authority: it has its certificate. To replace its key, say --replace; nobody can be enrolled until "
          "the new certificate is installed"};
}

Stop InstallStop(const InstallAuthorityFlags& flags, const Fault& fault) {
  if (fault.reason == Reason::kAlreadyExists) {
    return {kExitUsage, "issuing authority: it has its certificate already; nothing was changed"};
  }
  if (fault.reason != Reason::kKey && fault.reason != Reason::kLimit) return StopOf("issuing authority", fault);
  return {kExitTlsFiles, flags.certificate.string() + ": " + fault.detail +
                             ". Bring the certificate that the root signed for this service's request, and the "
                             "certificate of that root"};
}

}  // namespace

OrStop<std::string> MakeRootStore(const std::filesystem::path& keys, const Secret& passphrase, const std::string& name,
                                  int days) {
  SystemRandom random;
  const Instant now = SystemClock().Now();
  const KeyPlace place = PlaceOf(keys, {});
  const Result<void> made = CreateKeyStore(place, passphrase, random);
  if (!made.ok()) return StopOf("key store " + keys.string(), made.fault());
  auto opened = OpenKeys(place, passphrase, random);
  if (auto* stop = std::get_if<Stop>(&opened)) return *stop;
  KeyStore& store = *std::get<std::unique_ptr<KeyStore>>(opened);
  const Result<std::string> kid = store.Generate(KeyOwner::Service(), KeyRole::kRootAuthority, KeyState::kActive, now);
  if (!kid.ok()) return StopOf("key store " + keys.string(), kid.fault());
  const Result<std::shared_ptr<Signer>> signer = store.SignerFor(KeyOwner::Service(), KeyRole::kRootAuthority);
  if (!signer.ok()) return StopOf("key store " + keys.string(), signer.fault());
  Result<std::string> pem = MakeRegionRoot(name, now, days, **signer);
  if (!pem.ok()) return StopOf("root", pem.fault());
  return std::move(pem).value();
}

std::optional<Stop> HoldCeremonyHere(const std::filesystem::path& root_keys, const Secret& root_passphrase,
                                     const std::string& root_pem, Store& store, KeyStore& keys) {
  SystemRandom random;
  const SystemClock clock;
  auto root = OpenRoot(root_keys, root_passphrase, random);
  if (auto* stop = std::get_if<Stop>(&root)) return *stop;
  InstallAuthority install(store, keys, clock);
  const Result<std::shared_ptr<Signer>> key = install.KeyToCertify(false);
  if (!key.ok()) return StopOf("issuing authority", key.fault());
  const AuthorityTerms terms{.name = kAuthorityName, .now = clock.Now(), .days = kIssuingAuthorityDaysMax};
  const Result<std::string> authority =
      SignIssuingAuthority(terms, (*key)->public_key(), root_pem, *std::get<OpenedRoot>(root).signer);
  if (!authority.ok()) return StopOf("issuing authority", authority.fault());
  const Result<std::string> installed = install(*authority, root_pem);
  if (!installed.ok()) return StopOf("issuing authority", installed.fault());
  return std::nullopt;
}

std::optional<Stop> MakeRoot(const MakeRootFlags& flags) {
  auto passphrase = ReadPassphrase(flags.passphrase.file, flags.passphrase.descriptor);
  if (auto* stop = std::get_if<Stop>(&passphrase)) return *stop;
  auto pem = MakeRootStore(flags.keys, std::get<Secret>(passphrase), flags.name, flags.days);
  if (auto* stop = std::get_if<Stop>(&pem)) return *stop;
  if (auto stop = WriteFile(flags.out, std::get<std::string>(pem), 0644)) return stop;
  const Result<Certificate> root = ReadCertificatePem(std::get<std::string>(pem));
  if (!root.ok()) return StopOf("root", root.fault());
  std::cout << "made the root " << flags.name << "\n"
            << "fingerprint " << FingerprintText(root->fingerprint) << "\n"
            << "Write it down: whoever trusts this root compares it.\n";
  return std::nullopt;
}

std::optional<Stop> RequestAuthority(const RequestAuthorityFlags& flags) {
  SystemRandom random;
  const SystemClock clock;
  auto service = OpenService(flags.data, PlaceOf(flags.keys, flags.module), flags.passphrase, random);
  if (auto* stop = std::get_if<Stop>(&service)) return *stop;
  OpenedService& opened = std::get<OpenedService>(service);
  const Result<std::shared_ptr<Signer>> key =
      InstallAuthority(*opened.store, *opened.keys, clock).KeyToCertify(flags.replace);
  if (!key.ok()) return RequestStop(key.fault());
  const Result<std::string> request = MakeCertificateRequest(kAuthorityName, **key);
  if (!request.ok()) return StopOf("request", request.fault());
  if (auto stop = WriteFile(flags.out, *request, 0644)) return stop;
  std::cout << "wrote the request to " << flags.out.string() << "\n"
            << "key " << Thumbprint((*key)->public_key().point()) << "\n"
            << "Take the file to the machine of the root, and the key id on paper.\n";
  return std::nullopt;
}

std::optional<Stop> SignAuthority(const SignAuthorityFlags& flags) {
  SystemRandom random;
  auto passphrase = ReadPassphrase(flags.passphrase.file, flags.passphrase.descriptor);
  if (auto* stop = std::get_if<Stop>(&passphrase)) return *stop;
  auto root = OpenRoot(flags.keys, std::get<Secret>(passphrase), random);
  if (auto* stop = std::get_if<Stop>(&root)) return *stop;
  auto root_pem = ReadTlsFile(flags.root, FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&root_pem)) return *stop;
  auto request = ReadTlsFile(flags.request, FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&request)) return *stop;
  const Result<PublicKey> key = ReadCertificateRequest(std::get<std::string>(request));
  if (!key.ok()) return Stop{kExitTlsFiles, flags.request.string() + ": " + key.fault().detail};
  if (Thumbprint(key->point()) != flags.key) {
    return Stop{kExitTlsFiles, flags.request.string() + ": the request is of the key " + Thumbprint(key->point()) +
                                   ", not of the one given. Nothing was signed; find out where the file was changed"};
  }
  const AuthorityTerms terms{.name = flags.name, .now = SystemClock().Now(), .days = flags.days};
  const Result<std::string> pem =
      SignIssuingAuthority(terms, *key, std::get<std::string>(root_pem), *std::get<OpenedRoot>(root).signer);
  if (!pem.ok() && pem.fault().reason == Reason::kKey) {
    return Stop{kExitTlsFiles, flags.root.string() + ": " + pem.fault().detail};
  }
  if (!pem.ok()) return StopOf("issuing authority", pem.fault());
  if (auto stop = WriteFile(flags.out, *pem, 0644)) return stop;
  std::cout << "signed the certificate of " << flags.name << ": " << flags.out.string() << "\n"
            << "Take it back with the root's certificate, and put the root away.\n";
  return std::nullopt;
}

std::optional<Stop> InstallAuthorityCertificate(const InstallAuthorityFlags& flags) {
  SystemRandom random;
  const SystemClock clock;
  auto certificate = ReadTlsFile(flags.certificate, FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&certificate)) return *stop;
  auto root = ReadTlsFile(flags.root, FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&root)) return *stop;
  auto service = OpenService(flags.data, PlaceOf(flags.keys, flags.module), flags.passphrase, random);
  if (auto* stop = std::get_if<Stop>(&service)) return *stop;
  OpenedService& opened = std::get<OpenedService>(service);
  const Result<std::string> fingerprint = InstallAuthority(*opened.store, *opened.keys, clock)(
      std::get<std::string>(certificate), std::get<std::string>(root));
  if (!fingerprint.ok()) return InstallStop(flags, fingerprint.fault());
  std::cout << "installed the certificate of the issuing authority\n"
            << "root " << *fingerprint << "\n"
            << "Compare it with what was written down. Keys get their certificates with the next publication.\n";
  return std::nullopt;
}

}  // namespace passport
