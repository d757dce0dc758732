#include "passport-service/commands/tls_reload.h"

#include <utility>

#include "keys/tls_files.h"

namespace passport {

OrStop<TlsFiles> ReadTlsFiles(const std::filesystem::path& folder) {
  auto authority = ReadTlsFile(folder / "ca.pem", FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&authority)) return *stop;
  auto certificate = ReadTlsFile(folder / "server.pem", FileSecrecy::kPublic);
  if (auto* stop = std::get_if<Stop>(&certificate)) return *stop;
  auto key = ReadTlsFile(folder / "server.key", FileSecrecy::kSecret);
  if (auto* stop = std::get_if<Stop>(&key)) return *stop;
  return TlsFiles{.certificate = std::get<std::string>(certificate),
                  .private_key = std::get<std::string>(key),
                  .client_authority = std::get<std::string>(authority)};
}

OrStop<std::vector<std::string>> PeopleNamesOf(const std::vector<std::string>& said, const TlsFiles& files) {
  if (!said.empty()) return said;
  Result<std::vector<std::string>> hosts = HostsOf(files.certificate);
  if (!hosts.ok()) return Stop{kExitTlsFiles, "TLS file server.pem: " + hosts.fault().detail};
  if (hosts->empty()) return Stop{kExitTlsFiles, "TLS file server.pem: it names no host; say people_names"};
  return std::move(hosts).value();
}

void TlsReload::Look(Server& server, Instant now) {
  auto read = ReadTlsFiles(folder_);
  std::string complaint;
  if (const auto* stop = std::get_if<Stop>(&read)) {
    complaint = stop->line;
  } else if (TlsFiles& files = std::get<TlsFiles>(read); files != seen_) {
    const Result<void> fits = CheckTlsFiles(files.certificate, files.private_key, files.client_authority, now);
    if (fits.ok()) {
      seen_ = files;
      server.ReplaceTls(std::move(files));
      replaced_(seen_);
      log_->info("TLS files replaced; new connections use them");
    } else {
      complaint = "TLS files " + folder_.string() + ": " + fits.fault().detail;
    }
  }
  if (!complaint.empty() && complaint != complained_) {
    log_->warn("{}. The service goes on with the TLS files it has", complaint);
  }
  complained_ = complaint;
}

}  // namespace passport
