// A service that can not start says why, ends with the code of that reason, and harms nothing.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// `passport-service run` ends with that code and says all of that.
template <class Matcher>
void ExpectNoStart(const ServiceInFolder& service, int exit_code, const Matcher& says) {
  const Result<ProcessEnd> end = service.RunWith(service.RunWords());
  ASSERT_TRUE(end.ok()) << end.fault().detail;
  EXPECT_EQ(end->exit_code, exit_code) << end->errors;
  EXPECT_THAT(end->errors, says);
}

void ExpectStart(ServiceInFolder& service) {
  const Result<void> started = service.Start();
  ASSERT_TRUE(started.ok()) << started.fault().detail;
  const Result<void> stopped = service.Stop();
  EXPECT_TRUE(stopped.ok()) << stopped.fault().detail;
}

TEST_F(Story, RefusesAWrongPassphraseAndHarmsNothing) {
  const auto right = ReadWholeFile(service().passphrase_file());
  ASSERT_TRUE(right.ok());
  ASSERT_TRUE(WriteWholeFile(service().passphrase_file(), "another passphrase\n").ok());
  ExpectNoStart(service(), 68, AllOf(HasSubstr("passphrase"), HasSubstr(service().keys())));
  ASSERT_TRUE(WriteWholeFile(service().passphrase_file(), *right).ok());
  ExpectStart(service());
}

TEST_F(Story, RefusesAPassphraseFileThatOthersMayRead) {
  ASSERT_EQ(chmod(service().passphrase_file().c_str(), 0644), 0);
  ExpectNoStart(service(), 68, HasSubstr("passphrase"));
}

TEST_F(Story, RefusesAKeyStoreThatOthersMayRead) {
  ASSERT_EQ(chmod(service().keys().c_str(), 0755), 0);
  ExpectNoStart(service(), 67, AllOf(HasSubstr("key store"), HasSubstr(service().keys())));
  ASSERT_EQ(chmod(service().keys().c_str(), 0700), 0);
  ExpectStart(service());
}

TEST_F(Story, RefusesADataFolderThatIsInUse) {
  const Result<void> started = service().Start();
  ASSERT_TRUE(started.ok()) << started.fault().detail;
  ExpectNoStart(service(), 65, AllOf(HasSubstr(service().data()), HasSubstr("in use")));
  const Result<void> stopped = service().Stop();
  EXPECT_TRUE(stopped.ok()) << stopped.fault().detail;
}

TEST_F(Story, RefusesToMakeADataFolderWhenItOnlyRuns) {
  std::filesystem::remove_all(service().data());
  ExpectNoStart(service(), 65, HasSubstr(service().data()));
  EXPECT_FALSE(std::filesystem::exists(service().data()));
}

TEST_F(Story, RefusesToMakeAServiceWhereOneIs) {
  const Result<void> again = service().Make();
  ASSERT_FALSE(again.ok());
  EXPECT_THAT(again.fault().detail, AllOf(HasSubstr("exit code 65"), HasSubstr(service().data())));
}

TEST_F(Story, RefusesADataFolderOfANewerProgram) {
  const std::string path = service().data() + "/STORE";
  const auto text = ReadWholeFile(path);
  ASSERT_TRUE(text.ok()) << text.fault().detail;
  const std::string newer = text->substr(0, text->find("schema ")) + "schema 999\n";
  ASSERT_TRUE(WriteWholeFile(path, newer).ok());
  ExpectNoStart(service(), 66, AllOf(HasSubstr(service().data()), HasSubstr("schema 999")));
  ASSERT_TRUE(WriteWholeFile(path, *text).ok());
  ExpectStart(service());
}

TEST_F(Story, RefusesAnAddressThatIsTaken) {
  const Result<void> started = service().Start();
  ASSERT_TRUE(started.ok()) << started.fault().detail;
  // A second service of its own, at the address of the first.
  std::filesystem::create_directory(folder() + "/other");
  ServiceInFolder other({.programs = PASSPORT_PROGRAMS,
                         .folder = folder() + "/other",
                         .registrar = std::string(kStoryRegistrar),
                         .registrar_name = "Another registrar (fictional)",
                         .run_flags = {}});
  const Result<void> made = other.Make();
  ASSERT_TRUE(made.ok()) << made.fault().detail;
  std::vector<std::string> others = other.RunWords();
  *std::find(others.begin(), others.end(), "127.0.0.1:0") = service().address();
  const Result<ProcessEnd> end = other.RunWith(others);
  ASSERT_TRUE(end.ok()) << end.fault().detail;
  EXPECT_EQ(end->exit_code, 72) << end->errors;
  EXPECT_THAT(end->errors, HasSubstr(service().address()));
}

TEST_F(Story, RefusesABackupThatForgotWhatWasPublished) {
  namespace fs = std::filesystem;
  ExpectStart(service());
  const std::string backup = folder() + "/backup";
  fs::copy(service().data(), backup, fs::copy_options::recursive);
  StartWithPeople();
  const Result<void> stopped = service().Stop();
  ASSERT_TRUE(stopped.ok()) << stopped.fault().detail;
  fs::remove_all(service().data());
  fs::copy(backup, service().data(), fs::copy_options::recursive);
  fs::permissions(service().data(), fs::perms::owner_all);
  ExpectNoStart(
      service(), 75,
      AllOf(HasSubstr(service().data()), HasSubstr("was published on"), HasSubstr("--accept-older-store WHY")));
  std::vector<std::string> without_word = service().RunWords();
  without_word.insert(without_word.end(), {"--accept-older-store", "The disk is lost"});
  const Result<ProcessEnd> refused = service().RunWith(without_word);
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->exit_code, 64) << refused->errors;
  // With a word it starts, once; what it publishes then is what the next start is compared with.
  ServiceInFolder accepted({.programs = PASSPORT_PROGRAMS,
                            .folder = fs::path(service().data()).parent_path(),
                            .registrar = std::string(kStoryRegistrar),
                            .registrar_name = "",
                            .run_flags = {"--accept-older-store", "disk_lost"}});
  ExpectStart(accepted);
  ExpectStart(service());
}

TEST_F(Story, RefusesATlsKeyThatOthersMayRead) {
  ASSERT_EQ(chmod((service().tls() + "/server.key").c_str(), 0644), 0);
  ExpectNoStart(service(), 71, HasSubstr("server.key"));
}

}  // namespace
}  // namespace passport
