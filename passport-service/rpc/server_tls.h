// TLS of the server, with certificates that can be replaced while it serves: mutual, and for people without a
// certificate of theirs.
//
// gRPC 1.51 asks for the certificates at each handshake, and keeps the last good ones. The file watcher it offers
// instead refuses every handshake when a key does not fit its certificate for a moment.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace passport {

// All PEM.
struct TlsFiles {
  std::string certificate;       // the server's own
  std::string private_key;       // and its key
  std::string client_authority;  // who must have signed a client's certificate
  bool operator==(const TlsFiles&) const = default;
};

// Any thread may call. Outlives the server that uses its credentials.
class ServerTls {
 public:
  explicit ServerTls(TlsFiles files);
  ~ServerTls();
  ServerTls(const ServerTls&) = delete;
  ServerTls& operator=(const ServerTls&) = delete;

  enum class Clients : std::uint8_t { kCertificate, kNobodyAsked };
  // Insists on a client certificate, or asks for none. For one port.
  std::shared_ptr<grpc::ServerCredentials> Credentials(Clients clients);
  // From the next handshake on.
  void Replace(TlsFiles files);

 private:
  struct Port;
  class Reloading;
  std::mutex mutex_;
  TlsFiles files_;                            // guarded by mutex_
  std::uint64_t version_ = 1;                 // guarded by mutex_; counts Replace
  std::vector<std::unique_ptr<Port>> ports_;  // guarded by mutex_
};

}  // namespace passport
