// The examples of RFC 9901 with --issuer-key (tests/vectors/rfc9901/ORIGIN.md).
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "credential/encoding/json.h"
#include "tests/verifier/program.h"

namespace passport {
namespace {

constexpr json::Limits kAny{
    .bytes = 1 << 22, .depth = 100, .nodes = 1 << 20, .string_bytes = 1 << 22, .members = 10'000};

struct Example {
  json::Tree tree;
  const json::Value* value = nullptr;
  std::string Text(std::string_view name) const { return std::string(*value->Find(name)->text()); }
};

Example Load(const std::string& name) {
  std::ifstream file("tests/vectors/rfc9901/" + name);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Example example;
  example.value = example.tree.Parse(text, kAny).value();
  return example;
}

std::string IssuerKey(const TemporaryFolder& folder) {
  return folder.Write("key.json", json::Write(*Load("keys.json").value->Find("issuer")));
}

// The result has the processed payload of the example.
void ExpectClaims(const Ending& outcome, const Example& example) {
  ASSERT_EQ(outcome.exit_code, 0) << outcome.output << outcome.errors;
  json::Tree tree;
  const json::Value& result = *tree.Parse(outcome.output, kAny).value();
  EXPECT_EQ(result.Find("valid")->boolean(), true);
  EXPECT_TRUE(json::Equal(*result.Find("claims"), *example.value->Find("processed_payload"))) << outcome.output;
}

TEST(Vectors, VerifierTakesTheMainExampleOfRfc9901WithItsProof) {
  const TemporaryFolder folder;
  const Example example = Load("05-main.json");
  const std::string token = folder.Write("token", example.Text("presentation") + "\n");
  const std::vector<std::string> words = {"token",        token,
                                          "--issuer-key", IssuerKey(folder),
                                          "--nonce",      "1234567890",
                                          "--audience",   "https://verifier.example.org",
                                          "--at",         "2025-05-29T16:47:23Z",
                                          "--json"};
  ExpectClaims(RunProgram(words), example);
}

TEST(Vectors, VerifierRefusesTheMainExampleForAnotherChallenge) {
  const TemporaryFolder folder;
  const Example example = Load("05-main.json");
  const std::vector<std::string> start = {folder.Write("token", example.Text("presentation")),
                                          "--issuer-key",
                                          IssuerKey(folder),
                                          "--at",
                                          "1748537243",
                                          "--json"};
  const auto ask = [&](std::string nonce, std::string audience) {
    std::vector<std::string> words = start;
    words.insert(words.end(), {"--nonce", std::move(nonce), "--audience", std::move(audience)});
    return RunTokenCommand(words);
  };
  EXPECT_NE(ask("-another", "https://verifier.example.org").output.find(R"("reason":"kb_nonce","check":"KB-06")"),
            std::string::npos);
  EXPECT_NE(ask("1234567890", "https://verifier.example.or").output.find(R"("reason":"kb_aud","check":"KB-07")"),
            std::string::npos);
}

TEST(Vectors, VerifierTakesThePidOfAppendixA3) {
  const TemporaryFolder folder;
  const Example example = Load("A.3-sd-jwt-vc-pid.json");
  const Ending outcome =
      RunTokenCommand({"-", "--issuer-key", IssuerKey(folder), "--no-key-binding", "--at", "1748600000", "--json"},
                      example.Text("presentation"));
  ExpectClaims(outcome, example);
}

TEST(Vectors, VerifierRefusesAnAlteredExample) {
  const TemporaryFolder folder;
  std::string token = Load("05-main.json").Text("presentation");
  token[token.find('.') + 20] ^= 1;
  const Ending outcome = RunTokenCommand(
      {"-", "--issuer-key", IssuerKey(folder), "--no-key-binding", "--at", "1748600000", "--json"}, token);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.output.find(R"("valid":false)"), std::string::npos);
}

}  // namespace
}  // namespace passport
