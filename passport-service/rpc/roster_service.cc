#include "passport-service/rpc/roster_service.h"

#include "passport-service/rpc/roster_stream.h"
#include "passport-service/rpc/stream_place.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status RosterService::CheckRoster(
    grpc::ServerContext* context, grpc::ServerReaderWriter<v1::CheckRosterResponse, v1::CheckRosterRequest>* stream) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(sweeps_, sweeps_max_);
    TRY(place.Check());
    return RunRoster(acts_.check_roster, *stream, call, [this] { return desk_.IsStopping(); });
  };
  return desk_.AnswerStream<v1::CheckRosterRequest>(*context, body);
}

}  // namespace passport
