#include <iostream>
#include <system_error>

#include "passport-service/commands/commands.h"
#include "passport-service/commands/opening.h"
#include "passport-service/system_clock.h"

namespace passport {
namespace {

OrStop<IssuedCertificate> Issue(const CertificateFlags& flags, const CertificateAuthority& authority) {
  const Instant now = SystemClock().Now();
  SystemRandom random;
  if (flags.server) {
    const ServerNames names{.common_name = "passport-service", .dns = flags.names.dns, .ip = flags.names.ip};
    Result<IssuedCertificate> server = authority.IssueServer(names, now, kLeafDaysMax, random);
    if (!server.ok()) return StopOf("server certificate", server.fault());
    return std::move(server).value();
  }
  const Result<OrganisationId> organisation = OrganisationId::Parse(flags.organisation);
  if (!organisation.ok()) return Stop{kExitUsage, "--organisation is not one like ods:X0A"};
  const Result<SystemName> system = SystemName::Parse(flags.system);
  if (!system.ok()) return Stop{kExitUsage, "--system is not 1 to 40 of a-z 0-9 and '-'"};
  Result<IssuedCertificate> client =
      authority.IssueClient({.organisation = *organisation, .system = *system}, now, kLeafDaysMax, random);
  if (!client.ok()) return StopOf("client certificate", client.fault());
  return std::move(client).value();
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
  auto issued = Issue(flags, std::get<CertificateAuthority>(authority));
  if (auto* stop = std::get_if<Stop>(&issued)) return *stop;

  std::error_code error;
  std::filesystem::create_directories(flags.out, error);
  if (error) return Stop{kExitStore, "folder " + flags.out.string() + ": " + error.message()};
  const std::string name = flags.server ? "server" : "client";
  if (auto stop = WriteCertificate(flags.out, name, std::get<IssuedCertificate>(issued))) return stop;
  const std::string& root = std::get<CertificateAuthority>(authority).certificate_pem();
  if (auto stop = WriteFile(flags.out / "ca.pem", root, 0644)) return stop;
  std::cout << "wrote " << name << ".pem, " << name << ".key and ca.pem to " << flags.out.string() << "\n";
  return std::nullopt;
}

}  // namespace passport
