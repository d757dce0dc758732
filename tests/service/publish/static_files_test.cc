#include "passport-service/publish/static_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <string>

namespace passport {
namespace {

class StaticFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "static-files-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string Read(const std::string& path) const {
    std::ifstream in(folder_ / "out" / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "out")) {
      if (entry.is_regular_file()) names.insert(entry.path().lexically_relative(folder_ / "out").string());
    }
    return names;
  }
  std::filesystem::path folder_;
};

TEST_F(StaticFilesTest, PutsAndReplacesWholeFilesForAllToRead) {
  StaticFiles files = StaticFiles::Open(folder_ / "out").value();
  ASSERT_TRUE(files.Put("status/ods-X0A/1.jwt", "first").ok());
  ASSERT_TRUE(files.Put("status/ods-X0A/1.jwt", "second, longer").ok());
  ASSERT_TRUE(files.Put("registry.jwt", "").ok());
  EXPECT_EQ(Read("status/ods-X0A/1.jwt"), "second, longer");
  EXPECT_EQ(Names(), (std::set<std::string>{"registry.jwt", "status/ods-X0A/1.jwt"}));
  struct stat facts {};
  ASSERT_EQ(stat((folder_ / "out/registry.jwt").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0644U);
}

// nginx makes its ETag of size and second.
TEST_F(StaticFilesTest, NoTwoVersionsOfAFileHaveOneSecond) {
  StaticFiles files = StaticFiles::Open(folder_ / "out").value();
  time_t last = 0;
  for (const char* const text : {"a", "b", "c", "d"}) {
    ASSERT_TRUE(files.Put("registry.jwt", text).ok());
    struct stat facts {};
    ASSERT_EQ(stat((folder_ / "out/registry.jwt").c_str(), &facts), 0);
    EXPECT_GT(facts.st_mtim.tv_sec, last);
    last = facts.st_mtim.tv_sec;
  }
}

TEST_F(StaticFilesTest, TakesAFileAwayWhetherItIsThereOrNot) {
  StaticFiles files = StaticFiles::Open(folder_ / "out").value();
  ASSERT_TRUE(files.Put("status/ods-X0A/1.jwt", "text").ok());
  EXPECT_TRUE(files.Remove("status/ods-X0A/1.jwt").ok());
  EXPECT_TRUE(files.Remove("status/ods-X0A/1.jwt").ok());
  EXPECT_TRUE(files.Remove("no/such/folder").ok());
  EXPECT_FALSE(files.Remove("../house").ok());
  EXPECT_EQ(Names(), std::set<std::string>());
}

TEST_F(StaticFilesTest, APathIsPlain) {
  for (const char* good : {"a", "a/b", "status/ods-RC9/12.jwt", "A_b-c.d.e", "a.b/c"}) {
    EXPECT_TRUE(CheckPublishedPath(good).ok()) << good;
  }
  for (const std::string& bad :
       {std::string(), std::string("/a"), std::string("a/"), std::string("a//b"), std::string(".a"),
        std::string("a/.b"), std::string("../a"), std::string("a/../b"), std::string("a b"), std::string("a\\b"),
        std::string("a:b"), std::string("a\0b", 3), std::string(201, 'a'), std::string("\xc3\xa9")}) {
    const auto result = CheckPublishedPath(bad);
    ASSERT_FALSE(result.ok()) << bad;
    EXPECT_EQ(result.fault().reason, Reason::kFieldInvalid);
  }
}

TEST_F(StaticFilesTest, WhatCanNotBeWrittenLeavesTheOldFileAndNoRest) {
  StaticFiles files = StaticFiles::Open(folder_ / "out").value();
  ASSERT_TRUE(files.Put("a", "old").ok());
  const Result<void> below = files.Put("a/b", "new");  // a is a file
  ASSERT_FALSE(below.ok());
  EXPECT_EQ(below.fault().reason, Reason::kStoreUnavailable);
  ASSERT_TRUE(std::filesystem::create_directories(folder_ / "out/taken/deeper"));
  EXPECT_FALSE(files.Put("taken", "new").ok());
  EXPECT_EQ(Read("a"), "old");
  EXPECT_EQ(Names(), (std::set<std::string>{"a"}));
}

TEST_F(StaticFilesTest, AFolderThatCanNotBeMadeIsSaidSo) {
  std::ofstream(folder_ / "file") << "x";
  const auto files = StaticFiles::Open(folder_ / "file" / "out");
  ASSERT_FALSE(files.ok());
  EXPECT_EQ(files.fault().reason, Reason::kStoreUnavailable);
}

}  // namespace
}  // namespace passport
