// token --batch: one result line for each line, in order, whatever the lines hold.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "credential/crypto/jwk.h"
#include "credential/encoding/json.h"
#include "tests/verifier/program.h"
#include "tests/verifier/scene.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/token/batch_line.h"

namespace passport {
namespace {

std::string KeyOf(const PrivateKey& key) { return WriteJwk(key.public_key().point()); }

std::string KeyLine(const std::string& id, const std::string& token, const std::string& more = "") {
  return R"({"id":)" + id + R"(,"token":)" + Quoted(token) + R"(,"issuer_key":)" + KeyOf(TheActors().issuer) +
         R"(,"at":)" + std::to_string(kSceneNow) + more + "}\n";
}

std::vector<std::string> Batch(const std::string& input, int exit_code = 0) {
  const Ending outcome = RunTokenCommand({"--batch", "-"}, input);
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome.errors;
  return LinesOf(outcome.output);
}

bool Begins(const std::string& line, const std::string& start) { return line.compare(0, start.size(), start) == 0; }

TEST(TokenBatch, ABadLineIsAResultAndNotAnEnd) {
  Scene scene;
  const std::string token = scene.Token();
  const std::string good = KeyLine("\"good\"", token);
  const std::vector<std::string> bad = {
      "not JSON\n",
      "\n",
      "[]\n",
      "{}\n",
      "{\"id\":4,\"token\":\"\xe9\"}\n",
      "{\"id\":5,\"token\":\"a\",\"issuer_key\":{},\"policy\":{}}\n",
      "{\"id\":6,\"token\":\"a\"}\n",
      "{\"id\":7,\"token\":{\"payload\":\"e30\"},\"policy\":{}}\n",
      "{\"id\":8,\"token\":\"a\",\"policy\":{},\"extra\":1}\n",
      "{\"id\":9,\"token\":\"a\",\"policy\":{}}\n",
      "{\"id\":10,\"token\":\"a\",\"issuer_key\":{\"kty\":\"EC\"},\"at\":\"now\"}\n",
      KeyLine("11", token, R"(,"nonce":"only")"),
      "{\"id\":12,\"token\":\"a\",\"policy\":{\"now\":1}}\r\n",
  };
  const std::vector<std::string> words = {"malformed", "malformed", "malformed", "config", "malformed",
                                          "config",    "config",    "malformed", "config", "config",
                                          "config",    "config",    "config"};
  std::string input = good;
  for (const std::string& line : bad) input += line;
  input += good;
  input.pop_back();  // the last line needs no end
  const std::vector<std::string> results = Batch(input);
  ASSERT_EQ(results.size(), bad.size() + 2);
  EXPECT_TRUE(Begins(results.front(), R"({"id":"good","line":1,"valid":true,)")) << results.front();
  EXPECT_TRUE(Begins(results.back(), R"({"id":"good","line":15,"valid":true,)")) << results.back();
  for (std::size_t i = 0; i < bad.size(); ++i) {
    EXPECT_NE(results[i + 1].find(R"("valid":false,"reason":")" + words[i] + '"'), std::string::npos)
        << bad[i] << results[i + 1];
    EXPECT_NE(results[i + 1].find(R"("line":)" + std::to_string(i + 2)), std::string::npos) << results[i + 1];
  }
}

TEST(TokenBatch, SkipsALineOf16MiBWithoutHoldingIt) {
  Scene scene;
  const std::string good = KeyLine("1", scene.Token());
  const std::vector<std::string> results = Batch(good + std::string(kBatchLineBytesMax + 1, 'x') + "\n" + good);
  ASSERT_EQ(results.size(), 3U);
  EXPECT_TRUE(Begins(results[1], R"({"id":null,"line":2,"valid":false,"reason":"limit")")) << results[1];
  EXPECT_TRUE(Begins(results[2], R"({"id":1,"line":3,"valid":true)")) << results[2];
}

TEST(TokenBatch, JudgesATokenAsLongAsALineMayBe) {
  const std::vector<std::string> results = Batch(KeyLine("1", std::string(15'000'000, 'A')));
  ASSERT_EQ(results.size(), 1U);
  EXPECT_NE(results[0].find(R"("reason":"limit","check":"JWT-01")"), std::string::npos) << results[0];
}

TEST(TokenBatch, AnswersFiveThousandLinesInOrder) {
  Scene scene;
  const std::string token = scene.Token();
  std::string forged = token;
  forged[forged.find('.') + 30] ^= 1;
  std::string input;
  for (int i = 0; i < 5000; ++i) {
    input += R"({"id":)" + std::to_string(i) + R"(,"token":)" + Quoted(i % 3 == 0 ? forged : token) + R"(,"policy":)" +
             scene.Policy() + "}\n";
  }
  const Ending outcome = RunProgram({"token", "--batch", "-"}, input);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  const std::vector<std::string> results = LinesOf(outcome.output);
  ASSERT_EQ(results.size(), 5000U);
  for (int i = 0; i < 5000; ++i) {
    const std::string start = R"({"id":)" + std::to_string(i) + R"(,"line":)" + std::to_string(i + 1) + R"(,"valid":)" +
                              (i % 3 == 0 ? "false" : "true");
    ASSERT_TRUE(Begins(results[static_cast<std::size_t>(i)], start)) << results[static_cast<std::size_t>(i)];
  }
}

TEST(TokenBatch, APolicyThatChangesBetweenLinesCounts) {
  Scene scene;
  Scene revoked;
  std::vector<std::uint8_t> bytes(16, 0);
  bytes[1] = 0x40;  // entry 7 of 2 bits
  revoked.SetStatusBytes(2, bytes);
  const std::string token = scene.Token();
  const auto line = [&](Scene& with) {
    return R"({"token":)" + Quoted(token) + R"(,"policy":)" + with.Policy() + "}\n";
  };
  const std::vector<std::string> results = Batch(line(scene) + line(revoked) + line(scene));
  ASSERT_EQ(results.size(), 3U);
  EXPECT_NE(results[0].find(R"("valid":true)"), std::string::npos);
  EXPECT_NE(results[1].find(R"("reason":"revoked")"), std::string::npos);
  EXPECT_NE(results[2].find(R"("valid":true)"), std::string::npos);
}

TEST(TokenBatch, LinesSayWhatThePolicyLeavesOpenAndDoNotContradictIt) {
  Scene scene;
  scene.policy.Remove("now");
  scene.policy.Remove("expected_nonce");
  const std::string start = R"({"token":)" + Quoted(scene.Token()) + R"(,"policy":)" + scene.Policy();
  const std::string at = R"(,"at":)" + std::to_string(kSceneNow);
  const std::string nonce = R"(,"nonce":)" + Quoted(kSceneNonce);
  const std::vector<std::string> results =
      Batch(start + at + nonce + "}\n" + start + at + "}\n" + start + at + R"(,"nonce":"other"})" + "\n" + start + at +
            nonce + R"(,"audience":"https://else.example"})" + "\n");
  ASSERT_EQ(results.size(), 4U);
  EXPECT_NE(results[0].find(R"("valid":true)"), std::string::npos) << results[0];
  EXPECT_NE(results[1].find(R"("reason":"config","check":"KB-10")"), std::string::npos) << results[1];
  EXPECT_NE(results[2].find(R"("reason":"kb_nonce")"), std::string::npos) << results[2];
  EXPECT_NE(results[3].find(R"("reason":"config")"), std::string::npos) << results[3];
}

TEST(TokenBatch, AnEmptyFileHasNoResults) { EXPECT_TRUE(Batch("").empty()); }

TEST(TokenBatch, AFileThatCanNotBeReadIsUsage) {
  const Ending outcome = RunTokenCommand({"--batch", "/no/such/file"});
  EXPECT_EQ(outcome.exit_code, 64);
  EXPECT_NE(outcome.errors.find("/no/such/file"), std::string::npos);
}

TEST(TokenBatch, AnOutputThatCanNotBeWrittenIsNotSuccess) {
  std::ofstream full("/dev/full");
  std::ostringstream errors;
  const TemporaryFolder folder;
  const std::string file = folder.Write("batch", "x\n");
  World world{.input = -1, .output = full, .errors = errors, .clock = [] { return Instant{0}; }};
  const std::vector<std::string_view> words = {"--batch", file};
  EXPECT_EQ(kTokenCommand.run(words, world), ExitCode::kCannotTell);
}

}  // namespace
}  // namespace passport
