// The gRPC server: mutual TLS, the limits that keep gRPC 1.51 safe, health, reflection, a clean end.
#pragma once

#include <spdlog/logger.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/caller_limits.h"
#include "passport-service/rpc/open_stream.h"
#include "passport-service/rpc/server_tls.h"

namespace passport {

// From the first day (docs/formats/api.md, limits). Tests shorten the times.
struct ServerLimits {
  int receive_bytes_max = 1 << 20;
  int metadata_bytes_max = 8 * 1024;
  int streams_max = 64;  // on one connection
  int threads_max = 96;
  int imports_max = 24;  // and rosters, together
  int exports_max = 12;
  int watches_max = 24;
  CallerShare share;  // of each organisation
  PeopleShares people;
  // Of the server for people, which anybody may reach: what strangers fill takes nothing from the employers' server.
  int people_streams_max = 16;  // on one connection
  int people_threads_max = 48;
  std::size_t people_memory_bytes = std::size_t{128} << 20;  // of what came in; then connections are closed
  std::chrono::milliseconds people_keepalive{10'000};        // who reads nothing for twice as long is cut off
  StreamTerms streams;
  std::chrono::milliseconds handshake{5'000};
  std::chrono::milliseconds idle{300'000};
  std::chrono::milliseconds age{600'000};
  std::chrono::milliseconds age_grace{30'000};
  std::chrono::milliseconds ping_interval_min{60'000};
};

// For a service of so many threads, at least 8: whatever streams are open, there are threads left for calls.
ServerLimits LimitsFor(int threads_max);

struct ServerOptions {
  std::string listen;  // "127.0.0.1:8443"; port 0: any free one
  // Where people call, without a client certificate; the same form. WalletService and ShareService alone are there,
  // never reflection, and on threads and memory of its own. Nothing: there is no such port.
  std::optional<std::string> listen_people = {};
  TlsFiles tls;
  ServerLimits limits;
  bool reflection = true;
  std::shared_ptr<spdlog::logger> log;
  std::function<void()> changed;  // told when the published tree must change; returns at once; any thread
};

// The full names of our services that are served: each has a state of health, and calls of no other are let in.
std::vector<std::string> ServedServices();

// Any thread may call everything but the destructor.
class Server {
 public:
  // Serves from now on; every service is healthy. Fails with kStateConflict when the address is taken, kFieldInvalid
  // when it is no address of this machine, kFileUnreadable when certificate and key can not be used.
  static Result<std::unique_ptr<Server>> Start(const ServerOptions& options, const Acts& acts);
  // Ends what is still running at once.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;
  int people_port() const;  // 0: there is none
  // For connections made from now on; those that are open keep what they began with. The files must fit together
  // (CheckTlsFiles).
  void ReplaceTls(TlsFiles files);
  // Says NOT_SERVING, takes no new calls, lets those under way end until the time is over, cancels the rest. Returns
  // when nothing runs any more.
  void Drain(std::chrono::milliseconds time);

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace passport
