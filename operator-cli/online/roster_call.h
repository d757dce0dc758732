// One CheckRoster stream from the caller's side.
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

#include "operator-cli/online/roster_answers.h"
#include "staffpassport/v1/roster_service.grpc.pb.h"

namespace passport {

inline constexpr std::size_t kRosterBlocksAhead = 4;  // that are not answered yet
inline constexpr std::chrono::seconds kRosterSilenceMax{60};

// Lines go out on the caller's thread while a thread of ours reads the answers, because each side may stop reading
// while the other is full. At most kRosterBlocksAhead blocks are unanswered, which bounds memory on both sides. For one
// stream; one thread at a time.
class RosterCall {
 public:
  // `stub` outlives it.
  RosterCall(staffpassport::v1::RosterService::Stub& stub, std::string address);
  // Cancels what is still running.
  ~RosterCall();
  RosterCall(const RosterCall&) = delete;
  RosterCall& operator=(const RosterCall&) = delete;

  // Fails as the service does, with kDeadline when it is silent for so long, and with what the sink fails with.
  Result<RosterSummaryAnswer> Run(const RosterQuestion& question, const RosterSource& next, const RosterSink& answered);

 private:
  void ReadAnswers();
  Result<void> SendBlock(const std::vector<RosterEntry>& entries, const RosterSink& answered);
  Result<staffpassport::v1::CheckRosterResponse> Await();
  // Waits until so many lines have been answered in all.
  Result<void> AwaitAnswers(std::uint64_t lines, const RosterSink& answered);
  // Ends the stream and says why it broke.
  Fault Broken();
  void JoinReader();

  std::string address_;
  grpc::ClientContext context_;
  std::unique_ptr<
      grpc::ClientReaderWriter<staffpassport::v1::CheckRosterRequest, staffpassport::v1::CheckRosterResponse>>
      stream_;
  std::uint64_t sent_ = 0;            // lines
  std::uint64_t answered_ = 0;        // of them
  std::deque<std::uint64_t> blocks_;  // how many were sent by the end of each block that is not answered
  bool finished_ = false;

  std::mutex mutex_;  // guards what follows
  std::condition_variable arrived_;
  std::deque<staffpassport::v1::CheckRosterResponse> answers_;
  bool ended_ = false;

  std::thread reader_;
};

}  // namespace passport
