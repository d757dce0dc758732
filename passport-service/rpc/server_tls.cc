#include "passport-service/rpc/server_tls.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <utility>

namespace passport {

// What grpc::SslServerCredentials is not: credentials that are asked for their certificates again.
class ServerTls::Reloading final : public grpc::ServerCredentials {
 public:
  explicit Reloading(ServerTls& tls)
      : credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY, &Fetch, &tls))) {}
  Reloading(const Reloading&) = delete;
  Reloading& operator=(const Reloading&) = delete;
  ~Reloading() override { grpc_server_credentials_release(credentials_); }
  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }
  static grpc_ssl_certificate_config_reload_status Fetch(void* asked, grpc_ssl_server_certificate_config** config) {
    ServerTls& tls = *static_cast<ServerTls*>(asked);
    const std::lock_guard lock(tls.mutex_);
    if (!tls.fresh_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair{tls.files_.private_key.c_str(), tls.files_.certificate.c_str()};
    *config = grpc_ssl_server_certificate_config_create(tls.files_.client_authority.c_str(), &pair, 1);
    tls.fresh_ = false;
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }
  grpc_server_credentials* const credentials_;
};

std::shared_ptr<grpc::ServerCredentials> ServerTls::Credentials() { return std::make_shared<Reloading>(*this); }

void ServerTls::Replace(TlsFiles files) {
  const std::lock_guard lock(mutex_);
  files_ = std::move(files);
  fresh_ = true;
}

}  // namespace passport
