// One StageImport stream from the caller's side.
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "operator-cli/online/service_client.h"
#include "staffpassport/v1/issuer_service.grpc.pb.h"

namespace passport {

// The service takes 500 rows and 1 MiB in one batch; some hundred rows are best.
inline constexpr std::size_t kBatchRows = 200;
inline constexpr std::size_t kBatchBytesMax = std::size_t{512} * 1024;
inline constexpr std::size_t kBatchesAhead = 3;
inline constexpr std::chrono::seconds kBatchDeadline{60};

// Batches go out on the caller's thread while a thread of ours reads the answers, because each side may stop reading
// while the other is full. At most kBatchesAhead batches are unanswered, which bounds memory on both sides. For one
// stream; one thread at a time.
class ImportCall {
 public:
  // `stub` outlives it.
  ImportCall(staffpassport::v1::IssuerService::Stub& stub, std::string address);
  // Cancels what is still running.
  ~ImportCall();
  ImportCall(const ImportCall&) = delete;
  ImportCall& operator=(const ImportCall&) = delete;

  Result<StagedAnswer> Run(const ImportOpening& opening, const ImportSource& next, const ImportSink& answered);

 private:
  void ReadAnswers();
  // Sends what has been gathered, waiting until there is room.
  Result<void> SendBatch(const ImportSink& answered);
  // The next message of the service.
  Result<staffpassport::v1::StageImportResponse> Await();
  // Waits until at most `unanswered` batches are.
  Result<void> AwaitAnswers(std::size_t unanswered, const ImportSink& answered);
  Result<void> Deliver(const staffpassport::v1::ImportProgress& progress, const ImportSink& answered);
  // Ends the stream and says why it broke.
  Fault Broken();
  void JoinReader();

  std::string address_;
  grpc::ClientContext context_;
  std::unique_ptr<
      grpc::ClientReaderWriter<staffpassport::v1::StageImportRequest, staffpassport::v1::StageImportResponse>>
      stream_;
  staffpassport::v1::StageImportRequest batch_;
  std::size_t batch_bytes_ = 0;
  std::deque<std::deque<std::pair<std::uint64_t, std::uint32_t>>> sent_;  // places of the rows not answered yet
  bool finished_ = false;

  std::mutex mutex_;  // guards what follows
  std::condition_variable arrived_;
  std::deque<staffpassport::v1::StageImportResponse> answers_;
  bool ended_ = false;

  std::thread reader_;
};

}  // namespace passport
