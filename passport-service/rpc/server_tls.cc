#include "passport-service/rpc/server_tls.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <utility>

namespace passport {

// One port: what gRPC comes back with at each handshake, also when the credentials are gone.
struct ServerTls::Port {
  ServerTls& tls;
  const Clients clients;
  std::uint64_t fetched = 0;  // guarded by the mutex of tls: the version it has
};

// What grpc::SslServerCredentials is not: credentials that are asked for their certificates again.
class ServerTls::Reloading final : public grpc::ServerCredentials {
 public:
  explicit Reloading(Port& port)
      : credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                port.clients == Clients::kCertificate ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                                                      : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE,
                &Fetch, &port))) {}
  Reloading(const Reloading&) = delete;
  Reloading& operator=(const Reloading&) = delete;
  ~Reloading() override { grpc_server_credentials_release(credentials_); }
  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }
  static grpc_ssl_certificate_config_reload_status Fetch(void* asked, grpc_ssl_server_certificate_config** config) {
    Port& port = *static_cast<Port*>(asked);
    ServerTls& tls = port.tls;
    const std::lock_guard lock(tls.mutex_);
    if (port.fetched == tls.version_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair{tls.files_.private_key.c_str(), tls.files_.certificate.c_str()};
    // gRPC 1.51 insists on roots also where it asks nobody for a certificate.
    *config = grpc_ssl_server_certificate_config_create(tls.files_.client_authority.c_str(), &pair, 1);
    port.fetched = tls.version_;
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }
  grpc_server_credentials* const credentials_;
};

ServerTls::ServerTls(TlsFiles files) : files_(std::move(files)) {}
ServerTls::~ServerTls() = default;

std::shared_ptr<grpc::ServerCredentials> ServerTls::Credentials(Clients clients) {
  const std::lock_guard lock(mutex_);
  ports_.push_back(std::make_unique<Port>(Port{*this, clients}));
  return std::make_shared<Reloading>(*ports_.back());
}

void ServerTls::Replace(TlsFiles files) {
  const std::lock_guard lock(mutex_);
  files_ = std::move(files);
  ++version_;
}

}  // namespace passport
