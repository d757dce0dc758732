// The ground under the stories: programs that are started, watched and ended.
#include "samples/process/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

TEST(Process, HandsWordsOnAsTheyAre) {
  const auto end = RunProcess({.program = "/bin/echo", .words = {"a b", "$HOME", "*"}, .log = ""}, In(seconds(10)));
  ASSERT_TRUE(end.ok()) << end.fault().detail;
  EXPECT_EQ(end->exit_code, 0);
  EXPECT_EQ(end->output, "a b $HOME *\n");
}

TEST(Process, TellsExitCodesFromSignals) {
  const auto no = RunProcess({.program = "/bin/false", .words = {}, .log = ""}, In(seconds(10)));
  ASSERT_TRUE(no.ok());
  EXPECT_EQ(no->Text(), "exit code 1");
  auto sleeper = Process::Start({.program = "/bin/sleep", .words = {"100"}, .log = ""});
  ASSERT_TRUE(sleeper.ok());
  sleeper->Signal(SIGKILL);
  const auto killed = sleeper->Wait(In(seconds(10)));
  ASSERT_TRUE(killed.ok());
  EXPECT_EQ(killed->Text(), "killed by signal 9");
}

TEST(Process, RefusesAProgramThatIsNotThere) {
  const auto process = Process::Start({.program = "/nowhere/at-all", .words = {}, .log = ""});
  ASSERT_FALSE(process.ok());
  EXPECT_EQ(process.fault().reason, Reason::kFileUnreadable);
  EXPECT_THAT(process.fault().detail, HasSubstr("/nowhere/at-all"));
}

TEST(Process, GivesUpAtTheDeadline) {
  auto sleeper = Process::Start({.program = "/bin/sleep", .words = {"100"}, .log = ""});
  ASSERT_TRUE(sleeper.ok());
  const auto end = sleeper->Wait(In(std::chrono::milliseconds(20)));
  ASSERT_FALSE(end.ok());
  EXPECT_EQ(end.fault().reason, Reason::kDeadline);
}

TEST(Process, TakesOutputLargerThanAPipe) {
  const auto end =
      RunProcess({.program = "/usr/bin/head", .words = {"-c", "1000000", "/dev/zero"}, .log = ""}, In(seconds(10)));
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->output.size(), 1000000U);
}

TEST(Process, WaitsForALineInAFile) {
  auto folder = TemporaryFolder::Make("process-test");
  ASSERT_TRUE(folder.ok());
  const std::string path = folder->At("port");
  auto writer = Process::Start({.program = "/bin/sh",
                                .words = {"-c", "printf 12 >port; printf '34\\n' >>port; exec sleep 100"},
                                .log = "",
                                .working_folder = folder->path()});
  ASSERT_TRUE(writer.ok());
  const auto line = writer->WaitForLine(path, In(seconds(10)));
  ASSERT_TRUE(line.ok()) << line.fault().detail;
  EXPECT_EQ(*line, "1234");
}

TEST(Process, StopsWaitingForALineWhenTheProcessEnds) {
  auto folder = TemporaryFolder::Make("process-test");
  ASSERT_TRUE(folder.ok());
  auto process = Process::Start({.program = "/bin/sh", .words = {"-c", "exit 7"}, .log = ""});
  ASSERT_TRUE(process.ok());
  const auto line = process->WaitForLine(folder->At("port"), In(seconds(10)));
  ASSERT_FALSE(line.ok());
  EXPECT_EQ(line.fault().reason, Reason::kStateConflict);
  EXPECT_THAT(line.fault().detail, HasSubstr("exit code 7"));
}

TEST(Process, RemovesATemporaryFolderUnlessItIsKept) {
  std::string path;
  {
    auto folder = TemporaryFolder::Make("process-test");
    ASSERT_TRUE(folder.ok());
    path = folder->path();
    ASSERT_TRUE(WriteWholeFile(folder->At("a"), "b").ok());
    EXPECT_EQ(ReadWholeFile(folder->At("a")).value(), "b");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace passport
