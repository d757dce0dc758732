// passport-verify token, one question at a time: what it prints, and with which code it ends.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "credential/crypto/jwk.h"
#include "tests/verifier/program.h"
#include "tests/verifier/scene.h"

namespace passport {
namespace {

class TokenCommand : public testing::Test {
 protected:
  std::string Key(const PrivateKey& key) const { return folder_.Write("key.json", WriteJwk(key.public_key().point())); }
  Ending AskByKey(const std::string& token, std::vector<std::string> more) const {
    std::vector<std::string> words = {"-", "--issuer-key", Key(TheActors().issuer)};
    words.insert(words.end(), more.begin(), more.end());
    return RunTokenCommand(words, token);
  }
  // Without a proof, in JSON.
  std::string Json(const std::string& token) const { return AskByKey(token, {"--no-key-binding", "--json"}).output; }
  Ending AskByPolicy(Scene& scene, bool json) const {
    std::vector<std::string> words = {folder_.Write("token", scene.Token()), "--policy",
                                      folder_.Write("policy.json", scene.Policy())};
    if (json) words.push_back("--json");
    return RunTokenCommand(words);
  }
  TemporaryFolder folder_;
};

bool Has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(TokenCommand, SaysWhetherAPolicyIsMet) {
  Scene scene;
  Ending outcome = AskByPolicy(scene, true);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(Has(outcome.output, R"({"valid":true,"claims":{"iss":"https://trust.example",)")) << outcome.output;
  EXPECT_EQ(LinesOf(outcome.output).size(), 1U);
  outcome = AskByPolicy(scene, false);
  EXPECT_TRUE(Has(outcome.output, "VALID\n")) << outcome.output;
  EXPECT_TRUE(Has(outcome.output, "  family_name: \"Okafor\"\n")) << outcome.output;

  scene.binding.nonce = Quoted("other");
  outcome = AskByPolicy(scene, true);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(Has(outcome.output, R"({"valid":false,"reason":"kb_nonce","check":"KB-06","detail":")"))
      << outcome.output;
  EXPECT_TRUE(Has(AskByPolicy(scene, false).output, "NOT VALID\n  reason: kb_nonce (check KB-06)\n"));
}

TEST_F(TokenCommand, TSL18_CanNotTellWithoutAStatusListThatIsCurrent) {
  Scene scene;
  scene.policy.Set("status_tokens", "{}");
  const Ending outcome = AskByPolicy(scene, false);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_TRUE(Has(outcome.output, "CANNOT TELL\n  reason: status (check TSL-18)")) << outcome.output;
  EXPECT_TRUE(Has(AskByPolicy(scene, true).output, R"("reason":"status")"));
}

TEST_F(TokenCommand, AsksTheWeakerQuestionByKeyAndSaysThatStatusWasNotChecked) {
  Scene scene;
  const std::vector<std::string> challenge = {"--nonce", std::string(kSceneNonce), "--audience",
                                              std::string(kSceneAudience)};
  Ending outcome = AskByKey(scene.Token(), challenge);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_TRUE(Has(outcome.output, "status list that was not checked")) << outcome.output;
  EXPECT_TRUE(Has(Json(scene.Token()), R"(,"status_checked":false})"));
  scene.claims.Remove("status");
  EXPECT_FALSE(Has(Json(scene.Token()), "status_checked"));
  scene.bound = false;
  outcome = AskByKey(scene.Token(), {"--nonce", "n", "--audience", "a", "--json"});
  EXPECT_TRUE(Has(outcome.output, R"("reason":"kb_missing","check":"KB-01")")) << outcome.output;
}

TEST_F(TokenCommand, KB10_AMissingExpectationIsConfig) {
  Scene scene;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {}, {"--nonce", "n"}, {"--audience", "a"}, {"--nonce", "", "--audience", "a"}}) {
    std::vector<std::string> all = words;
    all.push_back("--json");
    const Ending outcome = AskByKey(scene.Token(), all);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_TRUE(Has(outcome.output, R"("reason":"config","check":"KB-10")")) << outcome.output;
  }
}

TEST_F(TokenCommand, SDVC04_AnSdJwtVcOwesItsRulesToEverybody) {
  Scene scene;
  scene.claims.Remove("vct");
  EXPECT_TRUE(Has(Json(scene.Token()), R"("reason":"vct")"));
  scene.Disclose(R"(["2GLC42sKQveCfGfryNRN9w","vct","https://types.example/training"])");
  EXPECT_TRUE(Has(Json(scene.Token()), R"("reason":"disclosure","check":"SDVC-04")"));
  scene.header.Set("typ", Quoted("example+sd-jwt"));
  EXPECT_TRUE(Has(Json(scene.Token()), R"("valid":true)"));
  Scene alias;
  alias.claims.Set("aka_vcts", "[]");
  EXPECT_TRUE(Has(Json(alias.Token()), R"("check":"SDVC-11")"));
}

TEST_F(TokenCommand, JWT14_TokensOfOtherKindsAreRefused) {
  for (const std::string typ : {"kb+jwt", "statuslist+jwt", "dsp-trust-list+jwt"}) {
    Scene scene;
    scene.header.Set("typ", Quoted(typ));
    EXPECT_TRUE(Has(Json(scene.Token()), R"("reason":"typ")")) << typ;
  }
}

TEST_F(TokenCommand, AKeyChosenByThePersonFitsEveryKidAndASetChooses) {
  Scene scene;
  const std::string token = scene.Token();
  const auto ask = [&](const std::string& keys) {
    return RunTokenCommand({"-", "--issuer-key", folder_.Write("keys", keys), "--no-key-binding", "--json"}, token)
        .output;
  };
  const std::string right = JwkWith(TheActors().issuer, "elsewhere");
  EXPECT_TRUE(Has(ask(right), R"("valid":true)"));
  EXPECT_TRUE(Has(ask(R"({"keys":[)" + right + "]}"), R"("reason":"key")"));
  EXPECT_TRUE(
      Has(ask(R"({"keys":[)" + right + "," + JwkWith(TheActors().issuer, "issue-1") + "]}"), R"("valid":true)"));
  EXPECT_TRUE(Has(ask(JwkWith(TheActors().attacker, "issue-1")), R"("reason":"sig")"));
  for (const std::string bad : {"", "no JSON", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})", "\xe9"}) {
    EXPECT_TRUE(Has(ask(bad), R"("reason":"config")")) << bad;
  }
}

TEST_F(TokenCommand, HostileTextsHaveClearResults) {
  Scene scene;
  const std::string token = scene.Token();
  EXPECT_TRUE(Has(Json(""), R"("reason":"malformed")"));
  EXPECT_TRUE(Has(Json("\n"), R"("reason":"malformed")"));
  EXPECT_TRUE(Has(Json(token + "\n"), R"("valid":true)"));
  EXPECT_TRUE(Has(Json(token + "\r\n"), R"("valid":true)"));
  EXPECT_TRUE(Has(Json(token + "\n\n"), R"("valid":false)"));
  EXPECT_TRUE(Has(Json("caf\xe9"), R"("reason":"malformed")"));
  EXPECT_TRUE(Has(Json(std::string(10'000'000, 'A')), R"("reason":"limit","check":"JWT-01")"));
  for (const std::size_t length : {token.size() - 1, token.size() / 2, std::size_t{10}, std::size_t{1}}) {
    EXPECT_TRUE(Has(Json(token.substr(0, length)), R"("valid":false)")) << length;
  }
}

TEST_F(TokenCommand, KeepsOrderAndNumbersAndEscapesControls) {
  Scene scene;
  scene.claims.Set("numbers", "[1.0,1e400,-0,18446744073709551616,0.10]");
  scene.claims.Set("text", "\"\\u001b[31m\\u009b\\u202e\\u0000\"");
  const std::string json = Json(scene.Token());
  EXPECT_TRUE(Has(json, R"("numbers":[1.0,1e400,-0,18446744073709551616,0.10],"text":"\u001b[31m\u009b\u202e\u0000")"))
      << json;
  const std::string text = AskByKey(scene.Token(), {"--no-key-binding"}).output;
  EXPECT_FALSE(Has(text, "\x1b"));
  EXPECT_FALSE(Has(text, "\xc2\x9b"));
}

TEST_F(TokenCommand, JudgesAsOfTheTimeGiven) {
  Scene scene;
  scene.claims.Set("exp", std::to_string(kSceneNow + 100));
  const auto at = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--no-key-binding", "--json"});
    return AskByKey(scene.Token(), more).output;
  };
  EXPECT_TRUE(Has(at({"--at", std::to_string(kSceneNow + 159)}), R"("valid":true)"));
  EXPECT_TRUE(Has(at({"--at", std::to_string(kSceneNow + 160)}), R"("reason":"time")"));
  EXPECT_TRUE(Has(at({"--at", std::to_string(kSceneNow + 100), "--leeway", "0"}), R"("reason":"time")"));
  EXPECT_TRUE(Has(at({"--at", "2099-01-01T00:00:00Z"}), R"("reason":"time")"));
}

TEST_F(TokenCommand, BadQuestionsAreUsage) {
  const std::string key = Key(TheActors().issuer);
  const std::string token = folder_.Write("token", "a.b.c~");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{},
                                             {token},
                                             {token, "--issuer-key", key, "--policy", key},
                                             {token, token, "--issuer-key", key},
                                             {token, "--issuer-key", key, "--unknown"},
                                             {token, "--issuer-key", key, "--no-key-binding", "--nonce", "n"},
                                             {token, "--issuer-key", key, "--no-key-binding", "--at", "yesterday"},
                                             {token, "--issuer-key", key, "--no-key-binding", "--leeway", "-1"},
                                             {token, "--policy", key, "--leeway", "1"},
                                             {"--batch", token, "--at", "1"},
                                             {"-", "--issuer-key", "-"},
                                             {token, "--issuer-key", "/no/such/file", "--no-key-binding"},
                                             {"/no/such/file", "--issuer-key", key, "--no-key-binding"},
                                             {folder_.Path("."), "--issuer-key", key, "--no-key-binding"}}) {
    const Ending outcome = RunTokenCommand(words);
    EXPECT_EQ(outcome.exit_code, 64) << outcome.output;
    EXPECT_TRUE(outcome.output.empty());
    EXPECT_TRUE(Has(outcome.errors, "passport-verify: ")) << outcome.errors;
  }
}

TEST_F(TokenCommand, AFaultyPolicyIsAConfigResult) {
  Scene scene;
  scene.policy.Set("require_kbb", "true");
  const Ending outcome = AskByPolicy(scene, true);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(Has(outcome.output, R"("reason":"config")"));
  EXPECT_TRUE(Has(outcome.output, "require_kbb"));
}

TEST(PassportVerify, TheProgramEndsAsItsCommandDoes) {
  EXPECT_EQ(RunProgram({}).exit_code, 64);
  EXPECT_EQ(RunProgram({"nothing"}).exit_code, 64);
  EXPECT_EQ(RunProgram({"--help"}).exit_code, 0);
  EXPECT_EQ(RunProgram({"token", "--help"}).exit_code, 0);
  EXPECT_EQ(RunProgram({"token", "-"}).exit_code, 64);
}

TEST(PassportVerify, LinksNeitherGrpcNorRocksDb) {
  const TemporaryFolder folder;
  const std::string list = folder.Path("libraries");
  const std::string command = std::string("readelf -d '") + PASSPORT_PROGRAMS + "/passport-verify' > '" + list + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::ifstream file(list);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_TRUE(Has(text, "libcrypto"));
  EXPECT_FALSE(Has(text, "grpc"));
  EXPECT_FALSE(Has(text, "rocksdb"));
  EXPECT_FALSE(Has(text, "protobuf"));
}

}  // namespace
}  // namespace passport
