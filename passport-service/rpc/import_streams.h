// The streams of an import: rows in and verdicts out, drafts to review, progress of issuing.
#pragma once

#include <grpcpp/support/sync_stream.h>

#include <functional>

#include "passport-service/acts/issue_import.h"
#include "passport-service/acts/review_import.h"
#include "passport-service/acts/stage_import.h"
#include "passport-service/rpc/open_stream.h"
#include "staffpassport/v1/issuer_service.pb.h"

namespace passport {

using StageStream =
    grpc::ServerReaderWriterInterface<staffpassport::v1::StageImportResponse, staffpassport::v1::StageImportRequest>;
// One batch is in memory at a time, and is answered before the next is read: that is the back pressure. Fails with
// kFieldInvalid (a part that is missing or out of order), kDeadline when cancelled or the other side is gone, with what
// the caller may not go on for, and as StageImport and Staging do; then the file is sent again.
Result<void> RunStaging(StageImport& stage, StageStream& stream, OpenStream& call);

using ReviewStream = grpc::ServerWriterInterface<staffpassport::v1::ReviewImportResponse>;
Result<void> RunReview(const ReviewImport::Order& order, ReviewImport& review, ReviewStream& stream, OpenStream& call);

using IssueStream = grpc::ServerWriterInterface<staffpassport::v1::IssueImportResponse>;
// One message a block. `changed` hears when what is published must change.
Result<void> RunIssuing(const IssueImport::Order& order, IssueImport& issue, IssueStream& stream, OpenStream& call,
                        const std::function<void()>& changed);

}  // namespace passport
