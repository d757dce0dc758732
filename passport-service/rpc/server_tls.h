// Mutual TLS of the server, with certificates that can be replaced while it serves.
//
// gRPC 1.51 asks for the certificates at each handshake, and keeps the last good ones. The file watcher it offers
// instead refuses every handshake when a key does not fit its certificate for a moment.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <mutex>
#include <string>

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
  explicit ServerTls(TlsFiles files) : files_(std::move(files)) {}
  ServerTls(const ServerTls&) = delete;
  ServerTls& operator=(const ServerTls&) = delete;

  // Insists on a client certificate. For one server.
  std::shared_ptr<grpc::ServerCredentials> Credentials();
  // From the next handshake on.
  void Replace(TlsFiles files);

 private:
  class Reloading;
  std::mutex mutex_;
  TlsFiles files_;     // guarded by mutex_
  bool fresh_ = true;  // guarded by mutex_; not fetched yet
};

}  // namespace passport
