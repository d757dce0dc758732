// A small world for stories that go wrong: one service in a folder of its own, one trust, one nurse.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "operator-cli/online/service_client.h"
#include "samples/demo/file_import.h"
#include "samples/demo/operator_desk.h"
#include "samples/demo/service_in_folder.h"
#include "samples/process/temporary_folder.h"

namespace passport {

inline constexpr std::string_view kStoryRegistrar = "ods:X0R0A";
inline constexpr std::string_view kStoryTrust = "ods:X0A";
inline constexpr std::string_view kStoryEmployee = "20310001";

class StoryHouse : public testing::Test {
 protected:
  // Makes the service; nothing runs yet.
  void SetUp() override;
  // A folder of its own, for whoever makes the service otherwise.
  void MakeFolder();

  // Starts it and enrols the trust and its one person, if they are not there yet.
  void StartWithPeople();
  // The trust's connection, made anew after each start.
  ServiceClient Trust();

  // Types words of passportctl as the first system of an organisation.
  ToolAnswer Type(const std::string& organisation, std::vector<std::string> words);

  ServiceInFolder& service() { return *service_; }
  const std::string& folder() const { return folder_->path(); }
  const Secret& passport_code() const { return passport_code_; }

  // Everything the trust has, by id, page by page.
  std::vector<CredentialAnswer> AllCredentials();
  // Stages a file and signs it, as its first desk.
  Result<IssueAnswer> ImportAll(std::string_view file_id, const std::vector<ImportOrder>& orders);
  // `passport-service check`: exit 0 and no violations.
  void ExpectCleanHouse();
  // Makes the service in this folder instead of the usual one; the terms may say more than the usual ones do.
  void MakeHouse(const std::string& in, ServiceInFolder::Terms terms = {});

 private:
  std::optional<TemporaryFolder> folder_;
  std::optional<ServiceInFolder> service_;
  Secret passport_code_;
};

// One suite in several files.
class Story : public StoryHouse {};

// A training record that is unlike every other number's: another fact of the same person.
ImportOrder TrainingOrder(std::size_t number);
// `count` of them from `first` on, as a file of that many lines.
std::vector<ImportOrder> TrainingOrders(std::size_t first, std::size_t count);
// Opens the file of that id.
ImportOpening OpeningOf(std::string_view file_id);

}  // namespace passport
