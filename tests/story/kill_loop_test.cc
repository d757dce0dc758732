// kill -9 of the real server at random moments of an import, a hundred times, while rows are taken in and while they
// are signed: nothing acknowledged is lost, no slot is used twice, nothing half-done is seen.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "tests/story/story_house.h"

namespace passport {
namespace {

constexpr int kKills = 100;
constexpr int kCheckEvery = 10;
constexpr std::uint32_t kSeed = 20261122;

// Kills a process after a time, unless it is called off.
class Executioner {
 public:
  Executioner(pid_t process, std::chrono::microseconds after)
      : thread_([this, process, after](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          if (wake_.wait_for(lock, stop, after, [] { return false; })) return;
          if (!stop.stop_requested()) kill(process, SIGKILL);
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it uses the others
};

// One file after the other; a file that was cut off is brought again until it is signed whole.
class KillLoop : public StoryHouse {
 protected:
  struct Try {
    std::uint64_t answered = 0;  // rows taken in
    std::uint64_t issued = 0;    // signed, as the service acknowledged it
    bool whole = false;
  };

  std::string FileId() const { return "file-" + std::to_string(file_); }
  std::vector<ImportOrder> Orders() const { return TrainingOrders(file_ * kRows, kRows); }

  // Brings the file while an executioner waits: from the first row taken in, or from the first block signed.
  Try ImportUntilKilled(std::chrono::microseconds after, bool while_signing) {
    Try result;
    ServiceClient trust = Trust();
    std::optional<Executioner> executioner;
    const auto arm = [&] {
      if (!executioner) executioner.emplace(service().process().id(), after);
    };
    const std::vector<ImportOrder> orders = Orders();
    auto next = orders.begin();
    const auto staged = trust.StageImport(
        OpeningOf(FileId()),
        [&]() -> std::optional<ImportOrder> {
          if (next == orders.end()) return std::nullopt;
          return *next++;
        },
        [&](const ImportRowAnswer& answer) {
          EXPECT_FALSE(answer.refusal.has_value());
          ++result.answered;
          if (!while_signing) arm();
        });
    if (!staged.ok()) return result;
    if (while_signing) arm();
    const auto issued = trust.IssueImport("issue-" + FileId(), staged->import.import_id, 0,
                                          [&](const IssueAnswer& answer) { result.issued = answer.issued; });
    result.whole = issued.ok();
    if (issued.ok()) {
      EXPECT_EQ(issued->refused + issued->changed + issued->to_decide + issued->to_enrol, 0U);
    }
    return result;
  }

  // What the service acknowledged of this file is there, none of it twice.
  void ExpectEverythingAcknowledgedIsThere() {
    const std::vector<CredentialAnswer> all = AllCredentials();
    std::set<std::string> ids;
    std::map<std::string, std::size_t> by_request;
    for (const CredentialAnswer& credential : all) {
      ids.insert(credential.credential_id);
      EXPECT_EQ(credential.state, "current");
      EXPECT_EQ(++by_request[credential.request_id], 1U) << "two credentials for one row";
    }
    EXPECT_EQ(ids.size(), all.size());
    EXPECT_GE(all.size(), file_ * kRows + acknowledged_of_file_) << "something acknowledged is lost";
    EXPECT_LE(all.size(), (file_ + 1) * kRows) << "something was signed twice";
  }

  void FinishFile() {
    ++file_;
    acknowledged_of_file_ = 0;
  }

  // One file undisturbed: how long this machine takes in and signs, so that kills fall anywhere in it.
  void MeasureOneFile() {
    using std::chrono::steady_clock;
    ServiceClient trust = Trust();
    std::vector<ImportRowAnswer> answers;
    const auto start = steady_clock::now();
    const auto staged = StageOrders(trust, OpeningOf(FileId()), Orders(), answers);
    ASSERT_TRUE(staged.ok()) << staged.fault().detail;
    const auto then = steady_clock::now();
    const auto issued = IssueStaged(trust, staged->import.import_id);
    ASSERT_TRUE(issued.ok()) << issued.fault().detail;
    taking_in_ = std::chrono::duration_cast<std::chrono::microseconds>(then - start);
    signing_ = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - then);
    FinishFile();
  }
  std::chrono::microseconds Somewhen(std::mt19937& chance, bool while_signing) const {
    const auto whole = static_cast<std::uint64_t>((while_signing ? signing_ : taking_in_).count());
    return std::chrono::microseconds(chance() % std::max<std::uint64_t>(whole, 1));
  }

  static constexpr std::size_t kRows = 600;
  std::chrono::microseconds taking_in_{0};
  std::chrono::microseconds signing_{0};
  std::size_t file_ = 0;
  std::uint64_t acknowledged_of_file_ = 0;
  std::uint64_t acknowledged_before_kills_ = 0;  // by calls that were cut off
};

TEST_F(KillLoop, LosesNothingAcknowledgedInAHundredKills) {
  std::mt19937 chance(kSeed);
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  ASSERT_NO_FATAL_FAILURE(MeasureOneFile());
  std::size_t cut_taking_in = 0;
  std::size_t cut_signing = 0;
  for (int kill = 1; kill <= kKills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    const bool while_signing = kill % 2 == 0;
    const Try result = ImportUntilKilled(Somewhen(chance, while_signing), while_signing);
    ASSERT_TRUE(service().Kill().ok());
    if (!result.whole) ++(result.answered < kRows ? cut_taking_in : cut_signing);
    acknowledged_of_file_ += result.issued;
    if (!result.whole) acknowledged_before_kills_ += result.issued;
    if (kill % kCheckEvery == 0) ExpectCleanHouse();
    const Result<void> started = service().Start();
    ASSERT_TRUE(started.ok()) << started.fault().detail;
    ExpectEverythingAcknowledgedIsThere();
    if (result.whole) FinishFile();
    ASSERT_FALSE(HasFailure());
  }
  const auto rest = ImportAll(FileId(), Orders());
  ASSERT_TRUE(rest.ok()) << rest.fault().detail;
  FinishFile();
  EXPECT_EQ(AllCredentials().size(), file_ * kRows);
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
  RecordProperty("rows", static_cast<int>(file_ * kRows));
  std::cout << kKills << " kills, " << cut_taking_in << " while rows were taken in and " << cut_signing
            << " while they were signed; " << file_ << " files, " << file_ * kRows << " records, "
            << acknowledged_before_kills_ << " acknowledged by calls that were cut off\n";
  EXPECT_GE(cut_taking_in + cut_signing, static_cast<std::size_t>(kKills) / 2) << "the kills hit no import";
  EXPECT_GE(cut_signing, static_cast<std::size_t>(kKills) / 10) << "no kill hit the signing";
  EXPECT_GE(acknowledged_before_kills_, 1U) << "nothing was acknowledged before a kill: nothing could be lost";
}

}  // namespace
}  // namespace passport
