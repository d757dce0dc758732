// The hostile inputs of docs/checks.md through a policy: in this process, and through the real program.
#include <gtest/gtest.h>

#include <memory>

#include "tests/verifier/program.h"
#include "tests/verifier/scene.h"
#include "verifier-cli/token/verify_with_policy.h"

namespace passport {
namespace {

// The reason word, or "valid".
std::string WordFor(const TokenVerdict& verdict) {
  return verdict.refused ? std::string(TokenReasonWord(verdict.refused->reason)) : "valid";
}

TokenVerdict Judge(Scene& scene) {
  json::Tree tree;
  const std::string token = scene.Token();
  const std::string text = scene.Policy();
  const Result<json::Value*> value = tree.Parse(text, Policy::TextLimits(Policy::kBytesMax));
  if (!value.ok())
    return TokenVerdict::Refused({Reason::kConfig, "", "the test wrote no JSON: " + value.fault().detail});
  Result<Policy> policy = Policy::Read(**value);
  if (!policy.ok()) return TokenVerdict::Refused(policy.fault());
  PolicyVerifier verifier(std::move(policy).value());
  return verifier.Judge(token, {}, Instant{0});
}

bool IsExpected(const std::string& expected, const std::string& word) {
  return ("|" + expected + "|").find("|" + word + "|") != std::string::npos;
}

void ExpectAll(const HostileRows& rows) {
  for (const HostileRow& row : rows) {
    Scene scene;
    row.spoil(scene);
    const TokenVerdict verdict = Judge(scene);
    const std::string why = verdict.refused ? std::string(verdict.refused->check) + " " + verdict.refused->detail : "";
    EXPECT_TRUE(IsExpected(row.expected, WordFor(verdict)))
        << row.id << ": expected " << row.expected << ", is " << WordFor(verdict) << " (" << why << ")";
    EXPECT_EQ(verdict.claims.empty(), verdict.refused.has_value()) << row.id;
  }
}

TEST(HostileTokens, TheBaselineIsValid) {
  Scene scene;
  const TokenVerdict verdict = Judge(scene);
  ASSERT_FALSE(verdict.refused) << verdict.refused->detail;
  EXPECT_NE(verdict.claims.find(R"("family_name":"Okafor")"), std::string::npos);
  EXPECT_EQ(verdict.claims.find("_sd"), std::string::npos);
}

TEST(HostileTokens, HOST01_To_HOST32_TheJoseLayer) { ExpectAll(JoseRows()); }
TEST(HostileTokens, HOST33_To_HOST63_TheStructure) { ExpectAll(SdJwtRows()); }
TEST(HostileTokens, HOST64_To_HOST82_ClaimsAndTime) { ExpectAll(ClaimRows()); }
TEST(HostileTokens, HOST83_To_HOST102_KeyBinding) { ExpectAll(BindingRows()); }
TEST(HostileTokens, HOST104_To_HOST119_Status) { ExpectAll(StatusRows()); }

// The text of the token decides nothing about the program: one process answers all rows, in order.
TEST(HostileTokens, TheProgramAnswersTheSameInABatch) {
  std::string batch;
  std::vector<HostileRow> asked;
  for (const HostileRows& rows : {JoseRows(), SdJwtRows(), ClaimRows(), BindingRows(), StatusRows()}) {
    for (const HostileRow& row : rows) {
      Scene scene;
      row.spoil(scene);
      std::string token;
      json::WriteString(scene.Token(), token);
      // What is not UTF-8 can not stand in a line, and is a bad line instead.
      batch += R"({"id":)" + std::to_string(asked.size()) + R"(,"token":)" + token + R"(,"policy":)" + scene.Policy() +
               "}\n";
      asked.push_back(row);
    }
  }
  const Ending outcome = RunProgram({"token", "--batch", "-"}, batch);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  const std::vector<std::string> lines = LinesOf(outcome.output);
  ASSERT_EQ(lines.size(), asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    json::Tree tree;
    const Result<json::Value*> line = tree.Parse(lines[i], Policy::TextLimits(Policy::kBytesMax));
    ASSERT_TRUE(line.ok()) << asked[i].id << ": " << lines[i];
    EXPECT_EQ((*line)->Find("id")->integer(), static_cast<std::int64_t>(i));
    EXPECT_EQ((*line)->Find("line")->integer(), static_cast<std::int64_t>(i + 1));
    const bool valid = *(*line)->Find("valid")->boolean();
    const std::string word = valid ? "valid" : std::string(*(*line)->Find("reason")->text());
    EXPECT_TRUE(IsExpected(asked[i].expected, word)) << asked[i].id << ": " << lines[i];
  }
}

}  // namespace
}  // namespace passport
