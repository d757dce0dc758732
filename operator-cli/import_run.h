// Sends the records of a file until all have their answer, however often the connection is lost.
//
// The service answers what it has staged from its drafts, so a try that was cut off is begun again from the first row.
// Only the batches under way are held. One thread.
#pragma once

#include <chrono>
#include <functional>

#include "operator-cli/import_file.h"
#include "operator-cli/import_report.h"
#include "operator-cli/import_results.h"
#include "operator-cli/session.h"

namespace passport {

// How long to go on when nothing gets through.
struct ImportPatience {
  int tries_max;  // in a row that got no further than one before
  std::chrono::milliseconds pause_max;
};
inline constexpr ImportPatience kImportPatience{.tries_max = 4, .pause_max = std::chrono::milliseconds(2000)};
// With --resume: about five minutes, time enough to restart a service.
inline constexpr ImportPatience kResumePatience{.tries_max = 150, .pause_max = std::chrono::milliseconds(2000)};

class ImportRun {
 public:
  struct Question {
    std::string path;
    std::string results;  // path of the result file, or empty
    FileRecords::Terms terms;
    const FileFacts& facts;
    ImportOpening opening;
  };
  // All of them outlive it. `to_enrol` hears of the employee number of every record whose person is to be enrolled.
  ImportRun(ServiceClient& service, const Question& question, const Surroundings& around, ImportReport& report,
            std::function<void(const std::string&)> to_enrol)
      : service_(service), question_(question), around_(around), report_(report), to_enrol_(std::move(to_enrol)) {}

  // Fails as ServiceClient::StageImport when patience is at its end, and with kFileUnreadable.
  Result<StagedAnswer> operator()(const ImportPatience& patience);

 private:
  Result<StagedAnswer> Try();
  ServiceClient& service_;
  const Question& question_;
  const Surroundings& around_;
  ImportReport& report_;
  std::function<void(const std::string&)> to_enrol_;
  std::uint64_t answered_ = 0;  // of the try under way
};

}  // namespace passport
