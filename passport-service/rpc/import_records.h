// The stream of IssuerService.ImportRecords: batches of rows in, one result a row out.
#pragma once

#include <grpcpp/support/sync_stream.h>

#include <functional>

#include "passport-service/acts/issue_credentials.h"
#include "staffpassport/v1/issuer_service.pb.h"

namespace passport {

using ImportStream = grpc::ServerReaderWriterInterface<staffpassport::v1::ImportRecordsResponse,
                                                       staffpassport::v1::ImportRecordsRequest>;

// Runs one stream to its end. One batch is in memory at a time, and is answered before the next is read: that is the
// back pressure. A row that is wrong is a result; when the service itself fails, the results of the batch are sent and
// the stream ends with the fault, so that the caller comes back with the same request ids.
class RecordImport {
 public:
  // `issue` outlives it. `cancelled` is asked between batches.
  RecordImport(IssueCredentials& issue, ImportStream& stream, std::function<bool()> cancelled)
      : issue_(issue), stream_(stream), cancelled_(std::move(cancelled)) {}

  // Fails with kCallerUnknown, kFieldInvalid (a part that is missing or out of order, a batch of no or too many rows),
  // kDeadline when cancelled or the other side is gone, and the reasons that concern the service.
  Result<void> Run(const Caller& by);

  const staffpassport::v1::ImportCounts& counts() const { return counts_; }

 private:
  Result<void> TakeHeader(const staffpassport::v1::ImportHeader& header);
  Result<void> TakeRows(const Caller& by, const staffpassport::v1::ImportRows& rows);

  IssueCredentials& issue_;
  ImportStream& stream_;
  std::function<bool()> cancelled_;
  bool begun_ = false;
  staffpassport::v1::ImportCounts counts_;
};

}  // namespace passport
