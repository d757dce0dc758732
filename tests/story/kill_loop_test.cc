// kill -9 of the real server at random moments of issuing an import, a hundred times: nothing acknowledged is lost, no
// slot is used twice, nothing half-done is seen.
#include <gmock/gmock.h>

#include <algorithm>
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
// From the call to the kill. A block takes some ten milliseconds, so this is anywhere in the first of them.
constexpr int kLongestUs = 60'000;

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

class KillLoop : public StoryHouse {
 protected:
  // Stages a file and signs it until the service dies, or until it is done.
  void IssueUntilKilled(int kill, std::chrono::microseconds after) {
    ServiceClient trust = Trust();
    const Result<StagedAnswer> staged = StageCourses(trust, "file-" + std::to_string(kill), next_, kRows);
    ASSERT_TRUE(staged.ok()) << staged.fault().detail;
    next_ += kRows;
    Import& import = imports_[staged->import.import_id];
    std::optional<Executioner> executioner;
    executioner.emplace(service().process().id(), after);
    const Result<IssueAnswer> issued = trust.IssueImport(
        "issue", staged->import.import_id, [&](const IssueAnswer& answer) { import.acknowledged = answer.issued; });
    if (!issued.ok()) ++cut_short_;
  }

  // Everything that is left, to its end.
  void IssueTheRest() {
    ServiceClient trust = Trust();
    for (auto& [id, import] : imports_) {
      const Result<IssueAnswer> issued = trust.IssueImport("rest", id, [](const IssueAnswer&) {});
      ASSERT_TRUE(issued.ok()) << issued.fault().detail;
      EXPECT_EQ(issued->import.state, "issued");
    }
  }

  // The house as a caller sees it: what was acknowledged is there, and no row has two credentials.
  void ExpectEverythingAcknowledgedIsThere() {
    std::map<std::string, std::size_t> by_import;
    std::set<std::string> requests;
    for (const CredentialAnswer& credential : AllCredentials()) {
      EXPECT_TRUE(requests.insert(credential.request_id).second) << credential.request_id << " has two credentials";
      EXPECT_EQ(credential.state, "current");
      ++by_import[credential.request_id.substr(0, credential.request_id.find('-'))];
    }
    for (const auto& [id, import] : imports_) EXPECT_GE(by_import[id], import.acknowledged) << id;
  }
  void ExpectEveryRowHasItsCredential() {
    ExpectEverythingAcknowledgedIsThere();
    EXPECT_EQ(AllCredentials().size(), next_);
  }

  static constexpr std::size_t kRows = 300;
  struct Import {
    std::uint64_t acknowledged = 0;
  };
  std::size_t next_ = 0;  // number of the next new row
  std::map<std::string, Import> imports_;
  std::size_t cut_short_ = 0;
};

TEST_F(KillLoop, LosesNothingAcknowledgedInAHundredKills) {
  std::mt19937 chance(kSeed);
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  for (int kill = 1; kill <= kKills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    ASSERT_NO_FATAL_FAILURE(IssueUntilKilled(kill, std::chrono::microseconds(chance() % kLongestUs)));
    ASSERT_TRUE(service().Kill().ok());
    if (kill % kCheckEvery == 0) ExpectCleanHouse();
    const Result<void> started = service().Start();
    ASSERT_TRUE(started.ok()) << started.fault().detail;
    if (kill % kCheckEvery == 0) ExpectEverythingAcknowledgedIsThere();
    ASSERT_FALSE(HasFailure());
  }
  ASSERT_NO_FATAL_FAILURE(IssueTheRest());
  ExpectEveryRowHasItsCredential();
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
  RecordProperty("rows", static_cast<int>(next_));
  std::cout << kKills << " kills, " << cut_short_ << " of them while records were signed; " << next_ << " rows\n";
  EXPECT_GE(cut_short_, static_cast<std::size_t>(kKills) / 2) << "the kills hit no import: too little was tried";
}

}  // namespace
}  // namespace passport
