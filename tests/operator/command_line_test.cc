#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PassportctlWords, ThatMakeNoSenseAreUsage) {
  const std::vector<std::vector<std::string>> rows = {
      {},
      {"frobnicate"},
      {"organisation"},
      {"organisation", "enrol"},
      {"organisation", "enrol", "--id", "ods:X0A", "--name", "N"},
      {"import"},
      {"import", "file.csv"},
      {"import", "file.csv", "--competences", "c.csv", "--format", "xls"},
      {"import", "file.csv", "--competences", "c.csv", "--enrol"},
      {"import", "-", "--competences", "c.csv", "--enrol", "--codes-out", "x"},
      {"credential", "revoke", "--id", "x"},
      {"person", "enrol", "--employee-number", "1"},
      {"person", "enrol", "--employee-number", "1", "--passport-code-file", "a", "--code-out", "b"},
      {"person", "enrol", "--employee-number", "1", "--passport-code", "secret"},
      {"present", "--passport-code-file", "f", "--audience", "a", "--nonce", "n", "--purpose", "p", "--out", "o"},
      {"verify", "file"},
      {"verify", "file", "--nonce", "n", "--on", "2026-03-01"},
      {"challenge", "--server", "nowhere", "--tls", "/"},
      {"challenge"},
      {"challenge", "--tls", "/nonexistent"},
  };
  for (const std::vector<std::string>& words : rows) {
    std::string typed;
    for (const std::string& word : words) typed += word + " ";
    const TypedRun run = TypeBare(words);
    if (typed == "challenge --server nowhere --tls / ") {
      EXPECT_EQ(run.ending, Ending::kRefused) << typed;  // an address without a port
    } else {
      EXPECT_EQ(run.ending, Ending::kUsage) << typed;
    }
    EXPECT_THAT(run.errors, ::testing::Not(IsEmpty())) << typed;
    EXPECT_THAT(run.output, IsEmpty()) << typed;
  }
}

TEST(PassportctlWords, HelpIsDone) {
  EXPECT_EQ(TypeBare({"--help"}).ending, Ending::kDone);
  EXPECT_THAT(TypeBare({"--help"}).output, HasSubstr("69 the service is not available"));
  EXPECT_EQ(TypeBare({"import", "--help"}).ending, Ending::kDone);
}

TEST(PassportctlWords, NobodyListeningIsUnavailable) {
  FakeService service;
  service.Stop();
  const TypedRun run = Type(service, {"challenge"});
  EXPECT_EQ(run.ending, Ending::kUnavailable);
  EXPECT_THAT(run.errors, HasSubstr(service.address()));
}

}  // namespace
}  // namespace passport
