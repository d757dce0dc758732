// kill -9 of the real server at random moments of an import, a hundred times: nothing acknowledged is lost, no slot is
// used twice, nothing half-done is seen.
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
// From the first answer to the kill. A batch takes some milliseconds, so this is anywhere in the first dozen of them.
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
  // Imports without end until the service dies; rows that were not answered before come first.
  void ImportUntilKilled(std::chrono::microseconds after) {
    ServiceClient trust = Trust();
    std::vector<std::size_t> first(unanswered_.begin(), unanswered_.end());
    std::size_t at = 0;
    std::optional<Executioner> executioner;
    const Result<void> sent = trust.Import(
        [&]() -> std::optional<ImportOrder> {
          const std::size_t number = at < first.size() ? first[at++] : next_++;
          unanswered_.insert(number);
          return TrainingOrder(number);
        },
        [&](const ImportRowAnswer& answer) {
          Take(answer);
          if (!executioner) executioner.emplace(service().process().id(), after);
        });
    EXPECT_FALSE(sent.ok()) << "the import had no end, so the kill must have ended it";
  }

  // Everything that is left, to its end.
  void ImportTheRest() {
    ServiceClient trust = Trust();
    const std::vector<std::size_t> rest(unanswered_.begin(), unanswered_.end());
    auto next = rest.begin();
    const Result<void> sent = trust.Import(
        [&]() -> std::optional<ImportOrder> {
          if (next == rest.end()) return std::nullopt;
          return TrainingOrder(*next++);
        },
        [&](const ImportRowAnswer& answer) { Take(answer); });
    ASSERT_TRUE(sent.ok()) << sent.fault().detail;
  }

  void Take(const ImportRowAnswer& answer) {
    if (answer.kind != RowAnswerKind::kIssued && answer.kind != RowAnswerKind::kAgain) return;
    const std::size_t number = std::stoul(answer.row_id);
    unanswered_.erase(number);
    if (answer.kind == RowAnswerKind::kAgain) ++again_;
    const auto [known, fresh] = acknowledged_.emplace(number, answer.credential_id);
    EXPECT_EQ(known->second, answer.credential_id) << "row " << number << " has two credentials";
    EXPECT_TRUE(fresh) << "row " << number << " was answered, so it was not sent again";
  }

  // The house as a caller sees it: one credential for each acknowledged request, the one that was acknowledged.
  void ExpectEverythingAcknowledgedIsThere() {
    std::map<std::string, std::string> by_request;
    for (const CredentialAnswer& credential : AllCredentials()) {
      const bool fresh = by_request.emplace(credential.request_id, credential.credential_id).second;
      EXPECT_TRUE(fresh) << "two credentials for request " << credential.request_id;
    }
    for (const auto& [number, id] : acknowledged_) {
      const auto found = by_request.find(TrainingOrder(number).request_id);
      ASSERT_NE(found, by_request.end()) << "acknowledged row " << number << " is lost";
      EXPECT_EQ(found->second, id) << "acknowledged row " << number << " is another credential now";
    }
    EXPECT_EQ(by_request.size(), acknowledged_.size()) << "there are credentials that nobody was told about";
  }

  std::size_t next_ = 0;              // number of the next new row
  std::set<std::size_t> unanswered_;  // sent, and nobody knows what became of them
  std::map<std::size_t, std::string> acknowledged_;
  std::size_t again_ = 0;  // rows that had been issued when the service died, but not acknowledged
};

TEST_F(KillLoop, LosesNothingAcknowledgedInAHundredKills) {
  std::mt19937 chance(kSeed);
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  std::size_t cut_short = 0;
  for (int kill = 1; kill <= kKills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    ImportUntilKilled(std::chrono::microseconds(chance() % kLongestUs));
    ASSERT_TRUE(service().Kill().ok());
    if (!unanswered_.empty()) ++cut_short;
    if (kill % kCheckEvery == 0) ExpectCleanHouse();
    const Result<void> started = service().Start();
    ASSERT_TRUE(started.ok()) << started.fault().detail;
    ASSERT_FALSE(HasFailure());
  }
  ImportTheRest();
  ASSERT_TRUE(unanswered_.empty());
  ExpectEverythingAcknowledgedIsThere();
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
  RecordProperty("rows", static_cast<int>(acknowledged_.size()));
  std::cout << kKills << " kills, " << cut_short << " of them with rows on their way; " << acknowledged_.size()
            << " rows acknowledged, " << again_ << " of them found issued after a kill\n";
  EXPECT_GE(cut_short, static_cast<std::size_t>(kKills) * 9 / 10) << "the kills hit no import: nothing was tried";
}

}  // namespace
}  // namespace passport
