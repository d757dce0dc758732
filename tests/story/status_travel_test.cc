// A revocation on its way from an employer's desk to the published files, with a real service and a clock on the wall.
#include <filesystem>
#include <map>
#include <thread>

#include "tests/story/story_house.h"

namespace passport {
namespace {

constexpr int kBoundSeconds = 4;

class StatusTravel : public StoryHouse {
 protected:
  void SetUp() override {
    StoryHouse::SetUp();
    ServiceInFolder::Terms terms;
    terms.run_flags = {"--publish-within", std::to_string(kBoundSeconds)};
    std::filesystem::create_directories(folder() + "/travel");
    MakeHouse(folder() + "/travel", std::move(terms));
  }

  std::map<std::string, std::string> Lists() {
    std::map<std::string, std::string> lists;
    for (const auto& entry : std::filesystem::directory_iterator(service().published() + "/status/ods-X0A")) {
      if (!entry.path().filename().string().starts_with("."))
        lists[entry.path().string()] = ReadWholeFile(entry.path().string()).value();
    }
    return lists;
  }
  // How long it takes until the lists are others.
  std::chrono::milliseconds UntilChanged(const std::map<std::string, std::string>& before) {
    const auto begun = std::chrono::steady_clock::now();
    const auto since = [&] {
      return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    };
    while (Lists() == before && since() < std::chrono::seconds(60)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return since();
  }
};

TEST_F(StatusTravel, WhatADeskRevokesIsPublishedWithinTheBoundAndNothingElseIsSignedAgain) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  const ImportOrder order = TrainingOrder(1);
  ASSERT_TRUE(Trust().IssueCredential("issue-1", order.employee_number, order.record).ok());
  const auto before = Lists();
  ASSERT_GT(before.size(), 1U);
  const std::vector<CredentialAnswer> all = AllCredentials();
  ASSERT_TRUE(Trust().RevokeCredential("revoke-1", all.at(0).credential_id, "left_organisation").ok());
  EXPECT_LE(UntilChanged(before), std::chrono::seconds(kBoundSeconds));
  const auto after = Lists();
  std::size_t changed = 0;
  for (const auto& [path, text] : after) changed += before.contains(path) && before.at(path) == text ? 0U : 1U;
  EXPECT_EQ(changed, 1U);
}

}  // namespace
}  // namespace passport
