// A whole service in this process with real TLS, a store in memory and a folder of its own, and callers with
// certificates.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "credential/crypto/key_set.h"
#include "keys/tls_certificates.h"
#include "passport-service/rpc/server.h"
#include "passport-service/store/memory_store.h"
#include "staffpassport/v1/holder_service.grpc.pb.h"
#include "staffpassport/v1/issuer_service.grpc.pb.h"
#include "staffpassport/v1/passport_service.grpc.pb.h"
#include "staffpassport/v1/registrar_service.grpc.pb.h"
#include "staffpassport/v1/share_service.grpc.pb.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"

namespace passport {

namespace v1 = staffpassport::v1;

inline constexpr const char* kRegistrar = "ods:X0R";
inline constexpr const char* kEmployer = "ods:X0A";  // may issue mandatory_training and employment
inline constexpr const char* kReceiver = "ods:X0V";  // may issue nothing

// The host by which people call it.
inline constexpr const char* kPeopleName = "127.0.0.1";

// PEM of a client: empty strings bring no certificate.
struct ClientIdentity {
  std::string certificate_pem;
  std::string key_pem;
};

// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class WireWorld {
 public:
  explicit WireWorld(const ServerLimits& limits = {});
  ~WireWorld();

  MemoryStore& store();
  Server& server();
  Publish& publish();
  // How often the server said that what is published must change.
  int changes() const;
  int port() const;
  // Everything the server has logged; to be read while no call is under way.
  std::string log() const;

  // A system of an organisation, certificate by our authority: the same one each time. It may call once its
  // organisation is enrolled, with all roles unless told others at first.
  ClientIdentity Client(const std::string& organisation, const std::string& system = "hr",
                        Roles roles = Roles::All()) const;
  // The same with a key that was never registered.
  ClientIdentity Unregistered(const std::string& organisation, const std::string& system = "hr") const;
  // A certificate by an authority the server trusts, with these names ("URI:a,URI:b", "DNS:x") and use ("clientAuth").
  ClientIdentity OddClient(const std::string& names, const std::string& use) const;
  // A certificate of our form by an authority nobody knows.
  ClientIdentity Stranger(const std::string& organisation) const;

  std::shared_ptr<grpc::Channel> Connect(const ClientIdentity& identity) const;
  // The same, but the server must be one of that authority.
  std::shared_ptr<grpc::Channel> ConnectTrusting(const std::string& authority_pem,
                                                 const ClientIdentity& identity) const;
  std::shared_ptr<grpc::Channel> Connect(const std::string& organisation) const {
    return Connect(Client(organisation));
  }

  // To the port of people, without a certificate.
  std::shared_ptr<grpc::Channel> ConnectAsPerson() const;

  // What the server began with, and a server certificate of another authority, with the same clients.
  TlsFiles Tls() const;
  struct OtherTls {
    TlsFiles files;
    std::string authority_pem;
  };
  OtherTls MakeOtherTls() const;

  // Enrols employer and receiver, one person under "1001", and publishes. Returns the person's passport code.
  std::string Settle();
  // Puts the taxonomies that are shipped and publishes.
  void PutTaxonomies();
  // The key receivers have pinned.
  KeySet Pinned() const;
  // Issues a course of level 2 to "1001"; returns the credential id.
  std::string IssueTraining(const std::string& request_id, const std::string& subject = "moving_and_handling");

 private:
  // Lets those clients call whose organisations are enrolled by now.
  void Register() const;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

Instant SystemClockNow();

// A context with a deadline that only a hang would reach.
std::unique_ptr<grpc::ClientContext> Soon(int seconds = 20);

// The word of ErrorInfo, "NOT_FOUND", or empty; its domain must be ours.
std::string ErrorWord(const grpc::Status& status);

v1::Record TrainingRecord(const std::string& level = "2");

}  // namespace passport
