// The policy reader: strict, and every refusal names the member.
#include "verifier-cli/token/policy.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "tests/verifier/scene.h"
#include "verifier-cli/token/verify_with_policy.h"

namespace passport {
namespace {

Result<Policy> ReadText(const std::string& text) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const value, tree.Parse(text, Policy::TextLimits(Policy::kBytesMax)));
  return Policy::Read(*value);
}

TEST(Policy, ReadsTheBaselineWithTheLimitsOfTheHouse) {
  Scene scene;
  const Result<Policy> policy = ReadText(scene.Policy());
  ASSERT_TRUE(policy.ok()) << policy.fault().detail;
  EXPECT_EQ(policy->now, Instant{kSceneNow});
  EXPECT_EQ(policy->limits.presentation_bytes, 256U * 1024);
  EXPECT_EQ(policy->limits.disclosures, 512U);
  EXPECT_EQ(policy->status_inflated_bytes, std::size_t{8} << 20);
}

// What stands between a fence and the next one on the page.
std::string Block(const std::string& page, const std::string& start) {
  const std::size_t from = page.find(start) + start.size();
  return page.substr(from, page.find("```", from) - from);
}

TEST(Policy, ThePageShowsAPolicyAndEveryReason) {
  std::ifstream file("docs/formats/verification-policy.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const Result<Policy> policy = ReadText(Block(page, "```json\n"));
  ASSERT_TRUE(policy.ok()) << policy.fault().detail;
  EXPECT_NE(policy->issuers.Find(kSceneIssuer), nullptr);

  std::istringstream words(Block(page, "- `reason` is one of:\n\n```\n"));
  const std::set<std::string> listed{std::istream_iterator<std::string>(words), std::istream_iterator<std::string>()};
  std::set<std::string> known;
  for (const ReasonText& text : AllReasons()) {
    if (text.reason <= Reason::kStatusUnknown) known.emplace(TokenReasonWord(text.reason));
  }
  EXPECT_EQ(listed, known);
}

TEST(Policy, EveryMemberThatIsNeededIsMissed) {
  for (const std::string name :
       {"leeway_seconds", "kb_max_age_seconds", "allowed_alg", "require_kb", "requested_vct"}) {
    Scene scene;
    scene.policy.Remove(name);
    const Result<Policy> policy = ReadText(scene.Policy());
    ASSERT_FALSE(policy.ok()) << name;
    EXPECT_EQ(policy.fault().reason, Reason::kConfig) << name;
    EXPECT_NE(policy.fault().detail.find(name), std::string::npos) << policy.fault().detail;
  }
  for (const std::string name : {"iss", "mechanism", "keys", "vct"}) {
    Scene scene;
    scene.entry.Remove(name);
    const Result<Policy> policy = ReadText(scene.Policy());
    ASSERT_FALSE(policy.ok()) << name;
    EXPECT_EQ(policy.fault().detail, "policy.registry[0]." + name + " is missing");
  }
}

TEST(Policy, WrongTypesAndUnknownMembersAreNamed) {
  struct Row {
    std::string name;
    std::string json;
  };
  for (const Row& row : std::vector<Row>{{"now", "\"1\""},
                                         {"now", "1.0"},
                                         {"now", "-1"},
                                         {"leeway_seconds", "-1"},
                                         {"leeway_seconds", "null"},
                                         {"kb_max_age_seconds", "true"},
                                         {"allowed_alg", "\"ES256\""},
                                         {"allowed_alg", "[256]"},
                                         {"expected_nonce", "7"},
                                         {"expected_aud", "[\"a\"]"},
                                         {"require_kb", "\"true\""},
                                         {"requested_vct", "{}"},
                                         {"required_claims", "[\"a\"]"},
                                         {"required_claims", "[[]]"},
                                         {"required_claims", "[[1.5]]"},
                                         {"required_claims", "[[-1]]"},
                                         {"required_values", "{\"a\":1}"},
                                         {"required_values", "[]"},
                                         {"registry", "{}"},
                                         {"limits", "[]"},
                                         {"limits", "{\"json_depth\":0}"},
                                         {"limits", "{\"disclosures\":\"9\"}"},
                                         {"limits", "{\"other\":9}"},
                                         {"status_tokens", "[]"},
                                         {"status_tokens", "{\"a\":1}"},
                                         {"required_vct", "[]"}}) {
    Scene scene;
    scene.policy.Set(row.name, row.json);
    const Result<Policy> policy = ReadText(scene.Policy());
    ASSERT_FALSE(policy.ok()) << row.name << " " << row.json;
    EXPECT_EQ(policy.fault().reason, Reason::kConfig) << row.name << " " << row.json;
    EXPECT_NE(policy.fault().detail.find(row.name), std::string::npos) << policy.fault().detail;
  }
}

TEST(Policy, EntriesThatContradictAreRefused) {
  Scene scene;
  scene.other_entry.Set("iss", Quoted(kSceneIssuer));
  EXPECT_EQ(ReadText(scene.Policy()).fault().detail, "policy.registry[1].iss is that of another entry");
  Scene x5c;
  x5c.entry.Set("mechanism", Quoted("x5c"));
  EXPECT_EQ(ReadText(x5c.Policy()).fault().detail, "policy.registry[0].mechanism is not jwks");
  Scene unknown;
  unknown.entry.Set("key", "[]");
  EXPECT_EQ(ReadText(unknown.Policy()).fault().detail, "policy.registry[0] has an unknown member: key");
}

TEST(Policy, TRUST05_IssuersThatShareAKeyAreBothLeftOut) {
  Scene scene;
  scene.other_entry.Set("keys", "[" + JwkWith(TheActors().issuer, "x") + "]");
  const Result<Policy> policy = ReadText(scene.Policy());
  ASSERT_TRUE(policy.ok());
  EXPECT_EQ(policy->issuers.left_out(), 2U);
  EXPECT_EQ(policy->issuers.Find(kSceneIssuer), nullptr);
  EXPECT_EQ(policy->issuers.Find("https://other.example"), nullptr);
}

TokenVerdict JudgeAt(Scene& scene, const Challenge& challenge) {
  PolicyVerifier verifier(ReadText(scene.Policy()).value());
  return verifier.Judge(scene.Token(), challenge, Instant{kSceneNow});
}

TEST(Policy, ThePolicyAndWhatStandsBesideItMustAgree) {
  Scene scene;
  EXPECT_FALSE(JudgeAt(scene, {.nonce = kSceneNonce, .audience = {}, .at = Instant{kSceneNow}}).refused);
  EXPECT_EQ(JudgeAt(scene, {.nonce = "other", .audience = {}, .at = {}}).refused->reason, Reason::kConfig);
  EXPECT_EQ(JudgeAt(scene, {.nonce = {}, .audience = {}, .at = Instant{1}}).refused->reason, Reason::kConfig);
}

TEST(Policy, KB11_AProofThatWasNotAskedForMustHoldAllTheSame) {
  Scene scene;
  scene.policy.Set("require_kb", "false");
  EXPECT_FALSE(JudgeAt(scene, {}).refused);
  scene.binding.nonce = Quoted("another");
  EXPECT_EQ(JudgeAt(scene, {}).refused->reason, Reason::kKbNonce);
  scene.policy.Remove("expected_aud");
  EXPECT_EQ(JudgeAt(scene, {}).refused->reason, Reason::kKbNonce);
  scene.binding_signer = &TheActors().attacker;
  EXPECT_EQ(JudgeAt(scene, {}).refused->reason, Reason::kKbSig);
  scene.bound = false;
  EXPECT_FALSE(JudgeAt(scene, {}).refused);
}

TEST(Policy, JWT11_AnAudienceIsJudgedWithoutAProofToo) {
  Scene scene;
  scene.policy.Set("require_kb", "false");
  scene.bound = false;
  scene.claims.Set("aud", Quoted("https://else.example"));
  EXPECT_EQ(JudgeAt(scene, {}).refused->reason, Reason::kAud);
}

TEST(Policy, TSL11_AListThatHasExpiredLeavesTheQuestionOpen) {
  Scene scene;
  scene.status_claims.Set("exp", std::to_string(kSceneNow - 1));
  EXPECT_EQ(ExitCodeOf(JudgeAt(scene, {})), ExitCode::kCannotTell);
  scene.status_claims.Remove("exp");
  EXPECT_EQ(ExitCodeOf(JudgeAt(scene, {})), ExitCode::kDoesNotHold);
}

TEST(Policy, AListThatWasVerifiedIsJudgedAgainWhenTimePasses) {
  Scene scene;
  scene.policy.Remove("now");
  scene.policy.Set("kb_max_age_seconds", "100000");
  PolicyVerifier verifier(ReadText(scene.Policy()).value());
  const std::string token = scene.Token();
  const auto at = [&](std::int64_t seconds) {
    return verifier.Judge(token, {.nonce = {}, .audience = {}, .at = Instant{seconds}}, Instant{0});
  };
  EXPECT_FALSE(at(kSceneNow).refused);
  EXPECT_FALSE(at(kSceneNow + 3599).refused);
  EXPECT_EQ(at(kSceneNow + 3600).refused->reason, Reason::kStatusStale);
  EXPECT_FALSE(at(kSceneNow).refused);
  EXPECT_FALSE(at(kSceneNow - 60).refused);
  EXPECT_EQ(at(kSceneNow - 61).refused->reason, Reason::kStatus);  // before the list was issued
}

TEST(Policy, LimitsCanBeMovedDown) {
  for (const std::string limits : {R"({"presentation_bytes":100})", R"({"json_depth":1})", R"({"string_bytes":10})",
                                   R"({"disclosures":1})", R"({"status_inflated_bytes":15})"}) {
    Scene scene;
    scene.policy.Set("limits", limits);
    const TokenVerdict verdict = JudgeAt(scene, {});
    ASSERT_TRUE(verdict.refused) << limits;
    EXPECT_EQ(verdict.refused->reason, Reason::kLimit) << limits;
  }
}

}  // namespace
}  // namespace passport
