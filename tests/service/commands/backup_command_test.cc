// passport-service backup, check-backup, restore: from the outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/service/commands/service_process.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

TEST(BackupCommand, IsMadeCheckedAndRestored) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  const std::string data = service.folder() / "data";
  const std::string backup = service.folder() / "backup";
  const std::string fresh = service.folder() / "fresh";
  const Ended made = service.Run({"backup", "--data", data, "--to", backup});
  ASSERT_EQ(made.code, 0) << made.errors;
  EXPECT_THAT(made.output, HasSubstr("backed up as version 1"));
  EXPECT_EQ(service.Run({"check-backup", "--from", backup}).code, 0);
  const Ended restored = service.Run({"restore", "--from", backup, "--data", fresh});
  ASSERT_EQ(restored.code, 0) << restored.errors;
  EXPECT_THAT(restored.output, HasSubstr("passport-service check"));
  const Ended checked = service.Run({"check", "--data", fresh});
  EXPECT_EQ(checked.code, 0) << checked.errors;
  EXPECT_EQ(checked.output, service.Run({"check", "--data", data}).output);
  EXPECT_EQ(service.Run({"restore", "--from", backup, "--data", fresh}).code, 65) << "it holds a store already";
  EXPECT_EQ(service.Run({"restore", "--from", backup, "--data", fresh + "2", "--version", "7"}).code, 64);
}

TEST(BackupCommand, SaysWhatIsWrong) {
  ServiceProcess service;
  ASSERT_EQ(service.Init().code, 0);
  const std::string data = service.folder() / "data";
  EXPECT_EQ(service.Run({"check-backup", "--from", data}).code, 65);
  EXPECT_EQ(service.Run({"backup", "--data", data, "--to", data}).code, 65) << "not into somebody else's folder";
  EXPECT_EQ(service.Run({"backup", "--data", data}).code, 64);
  ASSERT_TRUE(service.Start());
  const Ended busy = service.Run({"backup", "--data", data, "--to", service.folder() / "backup"});
  EXPECT_EQ(busy.code, 65);
  EXPECT_THAT(busy.errors, HasSubstr("in use"));
  EXPECT_EQ(service.Stop(SIGTERM).code, 0);
}

}  // namespace
}  // namespace passport
