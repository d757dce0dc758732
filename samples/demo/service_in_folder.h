// One service in one folder, as a real process: made, started, stopped, killed, started again.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "operator-cli/online/service_client.h"
#include "samples/process/process.h"

namespace passport {

// What an organisation's first system is called in its certificate. A second one lets a second person approve.
inline constexpr std::string_view kFirstSystem = "hr-desk";

// What such a desk may do, and what the registrar's may.
std::vector<std::string> DeskRoles();
std::vector<std::string> RegistrarRoles();

// One thread at a time; the service dies with the thread that started it.
class ServiceInFolder {
 public:
  struct Terms {
    std::string programs;                      // the folder of passport-service and its sisters
    std::string folder;                        // everything of this service is below it
    std::string registrar;                     // "ods:X0R0A"
    std::string registrar_name;                // in law
    std::vector<std::string> run_flags;        // more flags of `passport-service run`
    std::vector<std::string> init_flags = {};  // more flags of `init`
    std::vector<std::string> key_flags = {};   // how every command reaches the keys, beyond their folder
    std::string passphrase = {};               // of the keys; empty: one that nobody knows
    bool keeps_address = false;                // each start after the first serves where the first one did
  };
  explicit ServiceInFolder(Terms terms) : terms_(std::move(terms)) {}

  // Makes the service (passport-service init) with a passphrase of its own. Fails with kStateConflict and what the
  // program said.
  Result<void> Make();
  // A folder of TLS files for a system of each organisation (passport-service certificate), two at a time: opening the
  // key store is deliberately slow.
  Result<void> MakeCertificates(std::span<const std::string> organisations, std::string_view system = kFirstSystem);

  // Lets that system of each organisation call from now on, as the registrar's first system (passportctl system add).
  // They have their certificates, the organisations are enrolled, the service runs. Fails as ServiceClient does.
  Result<void> RegisterSystems(std::span<const std::string> organisations, const std::vector<std::string>& roles,
                               std::string_view system = kFirstSystem) const;

  // Serves from now on. Fails with kStateConflict and the end of the log when it does not.
  Result<void> Start();
  // SIGTERM, then the end. Fails with kDeadline, or kStateConflict when the exit code is not 0.
  Result<void> Stop();
  // SIGKILL, then the end.
  Result<void> Kill();
  bool running() const { return process_.has_value(); }
  Process& process() { return *process_; }

  // The service as that organisation sees it. Fails as ServiceClient::Connect.
  Result<ServiceClient> Connect(std::string_view organisation, std::string_view system = kFirstSystem) const;

  // passport-service check: what it printed, which ends in "violations 0". Nothing may run meanwhile.
  Result<ProcessEnd> Check() const;
  // passport-service with these words, for stories that go wrong.
  Result<ProcessEnd> RunWith(std::vector<std::string> words) const;
  // The words of `passport-service run` for this folder.
  std::vector<std::string> RunWords() const;

  std::string Program(std::string_view name) const { return terms_.programs + "/" + std::string(name); }
  std::string data() const { return At("data"); }
  std::string keys() const { return At("keys"); }
  std::string published() const { return At("published"); }
  std::string tls() const { return At("tls"); }
  std::string anchor() const { return At("tls/anchor.jwk"); }
  std::string passphrase_file() const { return At("passphrase"); }
  std::string log() const { return At("service.log"); }
  std::string client_folder(std::string_view organisation, std::string_view system = kFirstSystem) const;
  // "127.0.0.1:39001" of the service that runs.
  const std::string& address() const { return address_; }
  const std::string& registrar() const { return terms_.registrar; }

 private:
  std::string At(std::string_view name) const { return terms_.folder + "/" + std::string(name); }
  Terms terms_;
  std::optional<Process> process_;
  std::string address_;
};

// Nothing when the program ended with that code; otherwise kStateConflict with what it said.
Result<void> ExpectExit(std::string_view what, const Result<ProcessEnd>& end, int exit_code);

}  // namespace passport
