// Sends the records of a file until every one has its answer, however often the connection is lost.
//
// A record's request id comes from its row, so sending it again is harmless: what was signed is answered "again". At
// most a few batches are unanswered and kept. One thread.
#pragma once

#include <deque>
#include <functional>

#include "operator-cli/file_records.h"
#include "operator-cli/session.h"

namespace passport {

// How long to go on when nothing gets through.
struct ImportPatience {
  int tries_max;  // in a row without one record answered for good
  std::chrono::milliseconds pause_max;
};
inline constexpr ImportPatience kImportPatience{.tries_max = 4, .pause_max = std::chrono::milliseconds(2000)};
// With --resume: about five minutes, time enough to restart a service.
inline constexpr ImportPatience kResumePatience{.tries_max = 150, .pause_max = std::chrono::milliseconds(2000)};

class ImportRun {
 public:
  using Answered = std::function<void(const ImportedRecord&, const ImportRowAnswer&)>;
  // All of them outlive it.
  ImportRun(ServiceClient& service, FileRecords& records, const Surroundings& around, Answered answered)
      : service_(service), records_(records), around_(around), answered_(std::move(answered)) {}

  // Fails as ServiceClient::Import when patience is at its end. Whether the file itself was refused is in
  // FileRecords::fault().
  Result<void> operator()(const ImportPatience& patience);

 private:
  std::optional<ImportOrder> Next();
  void OnAnswer(const ImportRowAnswer& answer);

  ServiceClient& service_;
  FileRecords& records_;
  const Surroundings& around_;
  Answered answered_;
  std::deque<ImportedRecord> unanswered_;  // sent on this stream, in order
  std::deque<ImportedRecord> to_repeat_;
  std::deque<ImportedRecord> unfinished_;
  bool moved_ = false;  // at least one record was answered for good on this stream
};

}  // namespace passport
