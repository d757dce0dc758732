// The streams of a lost key: whom it affects, and how far signing anew has got.
#pragma once

#include <grpcpp/support/sync_stream.h>

#include <functional>

#include "passport-service/acts/list_affected.h"
#include "passport-service/acts/reissue_credentials.h"
#include "passport-service/rpc/open_stream.h"
#include "staffpassport/v1/registry.pb.h"

namespace passport {

using AffectedStream = grpc::ServerWriterInterface<staffpassport::v1::ListAffectedResponse>;
Result<void> RunAffected(const ListAffected::Order& order, ListAffected& list, AffectedStream& stream,
                         OpenStream& call);

using ReissueStream = grpc::ServerWriterInterface<staffpassport::v1::ReissueCredentialsResponse>;
// One message a page. `changed` hears when what is published must change.
Result<void> RunReissue(ReissueCredentials& reissue, ReissueStream& stream, OpenStream& call,
                        const std::function<void()>& changed);

}  // namespace passport
