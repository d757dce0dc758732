#include <iostream>
#include <system_error>

#include "keys/x509_certificate.h"
#include "passport-service/commands/commands.h"
#include "passport-service/commands/opening.h"
#include "passport-service/system_clock.h"

namespace passport {
namespace {

OrStop<IssuedCertificate> IssueForServer(const CertificateFlags& flags, const CertificateAuthority& authority) {
  SystemRandom random;
  const ServerNames names{.common_name = "passport-service", .dns = flags.names.dns, .ip = flags.names.ip};
  Result<IssuedCertificate> server = authority.IssueServer(names, SystemClock().Now(), kLeafDaysMax, random);
  if (!server.ok()) return StopOf("server certificate", server.fault());
  return std::move(server).value();
}

OrStop<CallerIdentity> CallerOf(const CertificateFlags& flags) {
  const Result<OrganisationId> organisation = OrganisationId::Parse(flags.organisation);
  if (!organisation.ok()) return Stop{kExitUsage, "--organisation is not one like ods:X0A"};
  const Result<SystemName> system = SystemName::Parse(flags.system);
  if (!system.ok()) return Stop{kExitUsage, "--system is not 1 to 40 of a-z 0-9 and '-'"};
  return CallerIdentity{.organisation = *organisation, .system = *system};
}

OrStop<IssuedCertificate> IssueForClient(const CallerIdentity& caller, const CertificateAuthority& authority) {
  SystemRandom random;
  Result<IssuedCertificate> client = authority.IssueClient(caller, SystemClock().Now(), kLeafDaysMax, random);
  if (!client.ok()) return StopOf("client certificate", client.fault());
  return std::move(client).value();
}

// What else a request asks for is not looked at: whose the certificate is says who signs it.
OrStop<std::string> CertifyRequest(const std::filesystem::path& file, const CallerIdentity& caller,
                                   const CertificateAuthority& authority) {
  auto request = ReadTlsFile(file, FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&request)) return *stop;
  const Result<PublicKey> key = ReadCertificateRequest(std::get<std::string>(request));
  if (!key.ok()) return Stop{kExitTlsFiles, file.string() + ": " + key.fault().detail};
  SystemRandom random;
  Result<std::string> pem = authority.CertifyClient(caller, *key, SystemClock().Now(), kLeafDaysMax, random);
  if (!pem.ok()) return StopOf("client certificate", pem.fault());
  return std::move(pem).value();
}

// What of it was written, in words.
OrStop<std::string> WriteWhatIsAsked(const CertificateFlags& flags, const CertificateAuthority& authority) {
  if (flags.server) {
    auto server = IssueForServer(flags, authority);
    if (auto* stop = std::get_if<Stop>(&server)) return *stop;
    if (auto stop = WriteCertificate(flags.out, "server", std::get<IssuedCertificate>(server))) return *stop;
    return "server.pem, server.key and ca.pem";
  }
  auto caller = CallerOf(flags);
  if (auto* stop = std::get_if<Stop>(&caller)) return *stop;
  if (flags.request) {
    auto pem = CertifyRequest(*flags.request, std::get<CallerIdentity>(caller), authority);
    if (auto* stop = std::get_if<Stop>(&pem)) return *stop;
    if (auto stop = WriteFile(flags.out / "client.pem", std::get<std::string>(pem), 0644)) return *stop;
    return "client.pem and ca.pem";
  }
  auto client = IssueForClient(std::get<CallerIdentity>(caller), authority);
  if (auto* stop = std::get_if<Stop>(&client)) return *stop;
  if (auto stop = WriteCertificate(flags.out, "client", std::get<IssuedCertificate>(client))) return *stop;
  return "client.pem, client.key and ca.pem";
}

}  // namespace

std::optional<Stop> MakeCertificate(const CertificateFlags& flags) {
  auto passphrase = ReadPassphrase(flags.passphrase.file, flags.passphrase.descriptor);
  if (auto* stop = std::get_if<Stop>(&passphrase)) return *stop;
  SystemRandom random;
  auto keys = OpenKeys(PlaceOf(flags.keys, flags.module), std::get<Secret>(passphrase), random);
  if (auto* stop = std::get_if<Stop>(&keys)) return *stop;
  auto authority = OpenAuthority(flags.tls, *std::get<std::unique_ptr<KeyStore>>(keys));
  if (auto* stop = std::get_if<Stop>(&authority)) return *stop;

  std::error_code error;
  std::filesystem::create_directories(flags.out, error);
  if (error) return Stop{kExitStore, "folder " + flags.out.string() + ": " + error.message()};
  auto written = WriteWhatIsAsked(flags, std::get<CertificateAuthority>(authority));
  if (auto* stop = std::get_if<Stop>(&written)) return *stop;
  const std::string& root = std::get<CertificateAuthority>(authority).certificate_pem();
  if (auto stop = WriteFile(flags.out / "ca.pem", root, 0644)) return stop;
  std::cout << "wrote " << std::get<std::string>(written) << " to " << flags.out.string() << "\n";
  return std::nullopt;
}

}  // namespace passport
