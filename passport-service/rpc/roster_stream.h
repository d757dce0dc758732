// The stream of a roster: lines in, answers out.
#pragma once

#include <grpcpp/support/sync_stream.h>

#include <functional>

#include "passport-service/acts/check_roster.h"
#include "passport-service/rpc/open_stream.h"
#include "staffpassport/v1/roster_service.pb.h"

namespace passport {

using RosterStream =
    grpc::ServerReaderWriterInterface<staffpassport::v1::CheckRosterResponse, staffpassport::v1::CheckRosterRequest>;
// One block of lines is in memory at a time, and is answered before the next is read: that is the back pressure, both
// ways. Explanations of one block go out in messages of kAnswerBytes. Fails with kFieldInvalid (a part that is missing
// or out of order), kDeadline when cancelled or the other side is gone, kStoreUnavailable when the service stops
// (between blocks), with what the caller may not go on for, and as CheckRoster and Roster do; then the lines without an
// answer are sent again.
inline constexpr std::size_t kAnswerBytes = std::size_t{128} * 1024;
Result<void> RunRoster(CheckRoster& check, RosterStream& stream, OpenStream& call,
                       const std::function<bool()>& stopping);

}  // namespace passport
