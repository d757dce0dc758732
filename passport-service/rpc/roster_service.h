// RosterService on the wire.
#pragma once

#include <atomic>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/roster_service.grpc.pb.h"

namespace passport {

class RosterService final : public staffpassport::v1::RosterService::Service {
 public:
  // `sweeps_max` streams at once, all that `sweeps` counts, so that they never take every thread.
  RosterService(Desk& desk, const Acts& acts, std::atomic<int>& sweeps, int sweeps_max)
      : desk_(desk), acts_(acts), sweeps_(sweeps), sweeps_max_(sweeps_max) {}
  grpc::Status CheckRoster(grpc::ServerContext* context,
                           grpc::ServerReaderWriter<staffpassport::v1::CheckRosterResponse,
                                                    staffpassport::v1::CheckRosterRequest>* stream) override;

 private:
  Desk& desk_;
  Acts acts_;
  std::atomic<int>& sweeps_;
  const int sweeps_max_;
};

}  // namespace passport
