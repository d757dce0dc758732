#include "samples/demo/service_in_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "credential/encoding/base64url.h"
#include "keys/system_random.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

constexpr std::chrono::seconds kServiceTime{60};
constexpr std::size_t kCertificatesAtOnce = 2;
constexpr std::size_t kLogEndBytes = 1500;
constexpr std::string_view kRegistrarFile = "registrar";  // what init names its certificate
constexpr std::string_view kBaseUri = "https://passport.example";

std::string EndOf(const std::string& text) {
  return text.size() <= kLogEndBytes ? text : "..." + text.substr(text.size() - kLogEndBytes);
}

}  // namespace

Result<void> ExpectExit(std::string_view what, const Result<ProcessEnd>& end, int exit_code) {
  if (!end.ok()) return Fault{end.fault().reason, "", std::string(what) + ": " + end.fault().detail};
  if (end->signal == 0 && end->exit_code == exit_code) return {};
  return Fault{Reason::kStateConflict, "",
               std::string(what) + ": expected exit code " + std::to_string(exit_code) + ", came " + end->Text() +
                   ", and it said: " + EndOf(end->errors + end->output)};
}

std::vector<std::string> DeskRoles() { return {"issuer_clerk", "verifier", "auditor", "operator"}; }

std::vector<std::string> RegistrarRoles() {
  std::vector<std::string> roles = DeskRoles();
  roles.emplace_back("registrar");
  return roles;
}

Result<void> ServiceInFolder::Make() {
  constexpr std::size_t kPassphraseBytes = 24;
  std::vector<std::uint8_t> chance(kPassphraseBytes);
  SystemRandom().Fill(chance);
  const std::string passphrase = terms_.passphrase.empty() ? EncodeBase64Url(chance) : terms_.passphrase;
  TRY(WriteWholeFile(passphrase_file(), passphrase + "\n"));
  if (chmod(passphrase_file().c_str(), 0600) != 0) {
    return Fault{Reason::kFileUnreadable, "", "can not set the mode of " + passphrase_file()};
  }
  std::vector<std::string> words = {"init",
                                    "--data",
                                    data(),
                                    "--keys",
                                    keys(),
                                    "--published",
                                    published(),
                                    "--tls-out",
                                    tls(),
                                    "--registrar",
                                    terms_.registrar,
                                    "--name",
                                    terms_.registrar_name,
                                    "--base-uri",
                                    std::string(kBaseUri),
                                    "--passphrase-file",
                                    passphrase_file()};
  words.insert(words.end(), terms_.key_flags.begin(), terms_.key_flags.end());
  words.insert(words.end(), terms_.init_flags.begin(), terms_.init_flags.end());
  return ExpectExit("passport-service init", RunWith(std::move(words)), 0);
}

std::string ServiceInFolder::client_folder(std::string_view organisation, std::string_view system) const {
  std::string name(organisation);
  std::replace(name.begin(), name.end(), ':', '-');
  if (system != kFirstSystem) name += "-" + std::string(system);
  return At("clients/" + name);
}

Result<void> ServiceInFolder::MakeCertificates(std::span<const std::string> organisations, std::string_view system) {
  while (!organisations.empty()) {
    std::vector<Process> making;
    const std::size_t count = std::min(kCertificatesAtOnce, organisations.size());
    for (const std::string& organisation : organisations.first(count)) {
      std::vector<std::string> words = {"certificate",
                                        "--keys",
                                        keys(),
                                        "--tls",
                                        tls(),
                                        "--out",
                                        client_folder(organisation, system),
                                        "--passphrase-file",
                                        passphrase_file(),
                                        "--organisation",
                                        organisation,
                                        "--system",
                                        std::string(system)};
      words.insert(words.end(), terms_.key_flags.begin(), terms_.key_flags.end());
      TRY_ASSIGN(Process process, Process::Start({.program = Program("passport-service"), .words = words, .log = ""}));
      making.push_back(std::move(process));
    }
    for (Process& process : making) {
      TRY(ExpectExit("passport-service certificate", process.Wait(In(kServiceTime)), 0));
    }
    organisations = organisations.subspan(count);
  }
  return {};
}

Result<void> ServiceInFolder::RegisterSystems(std::span<const std::string> organisations,
                                              const std::vector<std::string>& roles, std::string_view system) const {
  constexpr std::size_t kIdBytes = 16;
  TRY_ASSIGN(const Target target, ReadTarget(address_, tls(), kRegistrarFile));
  TRY_ASSIGN(ServiceClient registrar, ServiceClient::Connect(target));
  for (const std::string& organisation : organisations) {
    TRY_ASSIGN(std::string certificate, ReadWholeFile(client_folder(organisation, system) + "/client.pem"));
    std::vector<std::uint8_t> id(kIdBytes);
    SystemRandom().Fill(id);
    TRY(registrar.PutSystem(EncodeBase64Url(id), {.organisation = organisation,
                                                  .system = std::string(system),
                                                  .roles = roles,
                                                  .certificate_pem = std::move(certificate)}));
  }
  return {};
}

std::vector<std::string> ServiceInFolder::RunWords() const {
  std::vector<std::string> words = {"run",
                                    "--data",
                                    data(),
                                    "--keys",
                                    keys(),
                                    "--published",
                                    published(),
                                    "--tls",
                                    tls(),
                                    "--listen",
                                    terms_.keeps_address && !address_.empty() ? address_ : "127.0.0.1:0",
                                    "--passphrase-file",
                                    passphrase_file(),
                                    "--port-file",
                                    At("port")};
  words.insert(words.end(), terms_.key_flags.begin(), terms_.key_flags.end());
  words.insert(words.end(), terms_.run_flags.begin(), terms_.run_flags.end());
  return words;
}

Result<void> ServiceInFolder::Start() {
  std::error_code error;
  std::filesystem::remove(At("port"), error);
  if (error) return Fault{Reason::kFileUnreadable, "", At("port") + ": " + error.message()};
  TRY_ASSIGN(Process process,
             Process::Start({.program = Program("passport-service"), .words = RunWords(), .log = log()}));
  const Result<std::string> port = process.WaitForLine(At("port"), In(kServiceTime));
  if (!port.ok()) {
    const Result<std::string> said = ReadWholeFile(log());
    return Fault{Reason::kStateConflict, "",
                 "passport-service run: " + port.fault().detail + ", and it said: " + (said.ok() ? EndOf(*said) : "")};
  }
  address_ = "127.0.0.1:" + *port;
  process_ = std::move(process);
  return {};
}

Result<void> ServiceInFolder::Stop() {
  process_->Signal(SIGTERM);
  Result<void> stopped = ExpectExit("passport-service run", process_->Wait(In(kServiceTime)), 0);
  if (stopped.ok()) process_.reset();
  return stopped;
}

Result<void> ServiceInFolder::Kill() {
  process_->Signal(SIGKILL);
  const Result<ProcessEnd> end = process_->Wait(In(kServiceTime));
  if (!end.ok()) return end.fault();
  process_.reset();
  return {};
}

Result<ServiceClient> ServiceInFolder::Connect(std::string_view organisation, std::string_view system) const {
  TRY_ASSIGN(const Target target, ReadTarget(address_, client_folder(organisation, system)));
  return ServiceClient::Connect(target);
}

Result<ProcessEnd> ServiceInFolder::Check() const { return RunWith({"check", "--data", data()}); }

Result<ProcessEnd> ServiceInFolder::RunWith(std::vector<std::string> words) const {
  return RunProcess({.program = Program("passport-service"), .words = std::move(words), .log = ""}, In(kServiceTime));
}

}  // namespace passport
