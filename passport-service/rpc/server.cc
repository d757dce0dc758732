#include "passport-service/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <atomic>
#include <initializer_list>
#include <optional>

#include "grpc/health/v1/health.pb.h"
#include "passport-service/rpc/audit_service.h"
#include "passport-service/rpc/holder_service.h"
#include "passport-service/rpc/issuer_service.h"
#include "passport-service/rpc/keys_service.h"
#include "passport-service/rpc/listen_address.h"
#include "passport-service/rpc/passport_service.h"
#include "passport-service/rpc/personal_data_service.h"
#include "passport-service/rpc/registrar_service.h"
#include "passport-service/rpc/roster_service.h"
#include "passport-service/rpc/share_service.h"
#include "passport-service/rpc/system_service.h"
#include "passport-service/rpc/verifier_service.h"
#include "passport-service/rpc/wallet_service.h"

namespace passport {
namespace {

constexpr std::chrono::milliseconds kKeepalive{120'000};
constexpr std::chrono::milliseconds kKeepaliveTimeout{20'000};
constexpr std::chrono::milliseconds kFarewell{500};

int Milliseconds(std::chrono::milliseconds time) { return static_cast<int>(time.count()); }

// The reflection library adds itself to every server of a process that links it.
class WithoutReflection final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    const std::string reflection = grpc::reflection::ProtoServerReflectionPlugin().name();
    std::erase_if(*plugins, [&](const auto& plugin) { return plugin->name() == reflection; });
  }
};

// What differs between the server of employers and that of people.
struct DoorLimits {
  const char* quota;
  int streams_max;
  int threads_max;
  std::optional<std::size_t> memory_bytes;
  std::chrono::milliseconds keepalive;
  std::chrono::milliseconds keepalive_timeout;
};

DoorLimits OfEmployers(const ServerLimits& limits) {
  return {"passport-service", limits.streams_max, limits.threads_max, std::nullopt, kKeepalive, kKeepaliveTimeout};
}

DoorLimits OfPeople(const ServerLimits& limits) {
  return {"people",
          limits.people_streams_max,
          limits.people_threads_max,
          limits.people_memory_bytes,
          limits.people_keepalive,
          limits.people_keepalive};
}

void SetLimits(grpc::ServerBuilder& builder, const ServerLimits& limits, const DoorLimits& door) {
  builder.SetMaxReceiveMessageSize(limits.receive_bytes_max);
  // A message of a kilobyte may unpack to a gigabyte, and 1.51 checks the size afterwards. Compressed calls fail with
  // INTERNAL.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, limits.metadata_bytes_max);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, door.streams_max);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, Milliseconds(limits.handshake));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Milliseconds(limits.idle));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(limits.age));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, Milliseconds(limits.age_grace));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             Milliseconds(limits.ping_interval_min));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(door.keepalive));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(door.keepalive_timeout));
  // Two services on one port would each get half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  grpc::ResourceQuota quota(door.quota);
  quota.SetMaxThreads(door.threads_max);
  if (door.memory_bytes) quota.Resize(*door.memory_bytes);
  builder.SetResourceQuota(quota);
}

// Every service that is served. One that is missing here is refused to everybody.
constexpr std::initializer_list<const char*> kServices = {staffpassport::v1::RegistrarService::service_full_name(),
                                                          staffpassport::v1::IssuerService::service_full_name(),
                                                          staffpassport::v1::HolderService::service_full_name(),
                                                          staffpassport::v1::VerifierService::service_full_name(),
                                                          staffpassport::v1::SystemService::service_full_name(),
                                                          staffpassport::v1::KeysService::service_full_name(),
                                                          staffpassport::v1::AuditService::service_full_name(),
                                                          staffpassport::v1::PersonalDataService::service_full_name(),
                                                          staffpassport::v1::PassportService::service_full_name(),
                                                          staffpassport::v1::WalletService::service_full_name(),
                                                          staffpassport::v1::ShareService::service_full_name(),
                                                          staffpassport::v1::RosterService::service_full_name()};

}  // namespace

// Exports are counted by each of the three services that have any.
ServerLimits LimitsFor(int threads_max) {
  ServerLimits limits;
  limits.threads_max = threads_max;
  limits.people_threads_max = threads_max / 2;
  limits.imports_max = threads_max / 4;
  limits.exports_max = threads_max / 8;
  limits.watches_max = threads_max / 4;
  return limits;
}

std::vector<std::string> ServedServices() { return {kServices.begin(), kServices.end()}; }

struct Server::Parts {
  Parts(const ServerOptions& options, const Acts& acts)
      : tls(options.tls),
        desk(AccessTable(kServices), acts.admit_caller, acts.admit_holder, acts.audit_refusal,
             {.share = options.limits.share, .people = options.limits.people, .streams = options.limits.streams},
             options.log, options.changed),
        registrar(desk, acts),
        issuer(desk, acts, sweeps, options.limits.imports_max),
        holder(desk, acts),
        verifier(desk, acts, options.limits.exports_max),
        system(desk, acts),
        audit(desk, acts, options.limits.exports_max),
        keys(desk, acts),
        personal_data(desk, acts),
        passport(desk, acts),
        wallet(desk, acts, options.limits.exports_max),
        share(desk, acts, options.limits.watches_max),
        roster(desk, acts, sweeps, options.limits.imports_max) {}

  std::vector<grpc::Server*> Servers() {
    std::vector<grpc::Server*> servers = {server.get()};
    if (people_server != nullptr) servers.push_back(people_server.get());
    return servers;
  }
  void SetServing(bool serving) {
    for (grpc::Server* each : Servers()) {
      grpc::HealthCheckServiceInterface* health = each->GetHealthCheckService();
      for (const char* name : kServices) {
        health->SetServingStatus(name, serving);
      }
      health->SetServingStatus("", serving);
    }
  }
  bool StartForEmployers(const ServerOptions& options, const ListenAddress& address);
  bool StartForPeople(const ServerOptions& options, const ListenAddress& address);

  ServerTls tls;
  Desk desk;
  std::atomic<int> sweeps = 0;  // imports and rosters under way
  RegistrarService registrar;
  IssuerService issuer;
  HolderService holder;
  VerifierService verifier;
  SystemService system;
  AuditService audit;
  KeysService keys;
  PersonalDataService personal_data;
  PassportService passport;
  WalletService wallet;
  ShareService share;
  RosterService roster;
  int port = 0;
  int people_port = 0;
  std::unique_ptr<grpc::Server> server;  // last: they end first
  std::unique_ptr<grpc::Server> people_server;
};

bool Server::Parts::StartForEmployers(const ServerOptions& options, const ListenAddress& address) {
  grpc::ServerBuilder builder;
  SetLimits(builder, options.limits, OfEmployers(options.limits));
  if (!options.reflection) builder.SetOption(std::make_unique<WithoutReflection>());
  builder.AddListeningPort(address.Text(), tls.Credentials(ServerTls::Clients::kCertificate), &port);
  for (grpc::Service* const service :
       std::initializer_list<grpc::Service*>{&registrar, &issuer, &holder, &verifier, &system, &audit, &keys,
                                             &personal_data, &passport, &wallet, &share, &roster})
    builder.RegisterService(service);
  server = builder.BuildAndStart();
  return server != nullptr && port != 0;
}

bool Server::Parts::StartForPeople(const ServerOptions& options, const ListenAddress& address) {
  grpc::ServerBuilder builder;
  SetLimits(builder, options.limits, OfPeople(options.limits));
  builder.SetOption(std::make_unique<WithoutReflection>());
  builder.AddListeningPort(address.Text(), tls.Credentials(ServerTls::Clients::kNobodyAsked), &people_port);
  builder.RegisterService(&wallet);
  builder.RegisterService(&share);
  people_server = builder.BuildAndStart();
  return people_server != nullptr && people_port != 0;
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, const Acts& acts) {
  TRY_ASSIGN(const ListenAddress address, ListenAddress::Parse(options.listen));
  TRY(CheckFree(address));
  std::optional<ListenAddress> people;
  if (options.listen_people) {
    TRY_ASSIGN(people, ListenAddress::Parse(*options.listen_people));
    TRY(CheckFree(*people));
  }
  // Names the health service for reflection: gRPC serves it without having its description at hand.
  (void)grpc::health::v1::HealthCheckRequest::descriptor();
  grpc::EnableDefaultHealthCheckService(true);
  auto parts = std::make_unique<Parts>(options, acts);
  const Fault no_tls{Reason::kFileUnreadable, "", "the TLS certificate, its key or the authority can not be used"};
  if (!parts->StartForEmployers(options, address)) return no_tls;
  if (people && !parts->StartForPeople(options, *people)) return no_tls;
  parts->SetServing(true);
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::~Server() { Drain(std::chrono::milliseconds(0)); }

void Server::ReplaceTls(TlsFiles files) { parts_->tls.Replace(std::move(files)); }

int Server::port() const { return parts_->port; }
int Server::people_port() const { return parts_->people_port; }

void Server::Drain(std::chrono::milliseconds time) {
  parts_->SetServing(false);
  const auto end = std::chrono::steady_clock::now() + time;
  parts_->desk.StopTaking(end);
  // What is left are answers on their way out and connections without calls: gRPC would wait for the farewell of each,
  // and an idle client looks at its connection every five seconds.
  const auto left = end - std::chrono::steady_clock::now();
  const auto farewell = std::clamp<std::chrono::nanoseconds>(left, std::chrono::nanoseconds(0), kFarewell);
  const auto until = std::chrono::system_clock::now() + std::chrono::duration_cast<std::chrono::milliseconds>(farewell);
  for (grpc::Server* const each : parts_->Servers()) each->Shutdown(until);
  for (grpc::Server* const each : parts_->Servers()) each->Wait();
}

}  // namespace passport
