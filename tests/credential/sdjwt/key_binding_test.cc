#include "credential/sdjwt/key_binding.h"

#include <gtest/gtest.h>

#include <string>

#include "credential/crypto/jwk.h"
#include "tests/credential/sdjwt/sd_jwt_world.h"

namespace passport {
namespace {

// A good SD-JWT with one member more.
std::string GoodWith(const std::string& more = "") {
  return World().SdJwt({R"(,"_sd":["$0"])" + more, {R"(["s","a",1])"}});
}

// The verdict on a good SD-JWT whose proof was changed before it was signed.
template <class Change>
std::string With(Change change, const SdJwtExpectation& expected) {
  const std::string sd_jwt = GoodWith();
  ForgedBinding binding = World().Binding(sd_jwt);
  change(binding);
  return Verdict(sd_jwt + ForgeBinding(binding, World().holder), expected);
}
template <class Change>
std::string With(Change change) {
  return With(change, World().Expectation());
}

TEST(KeyBinding, KB01_IsDecidedByPolicyAlone) {
  EXPECT_EQ(Verdict(World().Bound(GoodWith()), World().Expectation()), "ok");
  EXPECT_EQ(Verdict(GoodWith(), World().Expectation()), "kb_missing KB-01");
  EXPECT_EQ(Verdict(GoodWith(), World().UnboundExpectation()), "ok");
  // Nothing is judged of a credential that lacks its proof, not even its signature.
  EXPECT_EQ(Verdict("bm9uZQ.e30.AA~", World().Expectation()), "kb_missing KB-01");
}

TEST(KeyBinding, KB02_NamesTheHolderOfAGoodProof) {
  json::Tree tree;
  FixedKeys keys(World().keys);
  const auto result = VerifySdJwt(World().Bound(GoodWith()), World().Expectation(), keys, nullptr, tree);
  ASSERT_TRUE(result.ok());
  ASSERT_TRUE(result->key_binding.has_value());
  EXPECT_EQ(result->key_binding->holder, World().holder.public_key().point());
  EXPECT_EQ(result->key_binding->made_at, Instant{kNow.seconds - 5});
  EXPECT_EQ(result->key_binding->claims->Find("nonce")->text(), kNonce);
}

TEST(KeyBinding, KB02_ReadsTheKeyFromTheConfirmationByValueOnly) {
  const std::string jwk = WriteJwk(World().holder.public_key().point());
  const std::string other = jwk.substr(0, jwk.size() - 1);
  const struct {
    std::string confirmation;
    bool good;
  } rows[] = {
      {R"({"jwk":)" + jwk + "}", true},
      {R"({"jwk":)" + jwk + R"(,"kid":"holder"})", true},
      {R"({"jwk":)" + other + R"(,"use":"sig","alg":"ES256","key_ops":["verify"],"kid":"k"}})", true},
      {"{}", false},
      {"null", false},
      {jwk, false},
      {R"("jwk")", false},
      {R"({"kid":"holder"})", false},
      {R"({"jku":"https://attacker.example/keys"})", false},
      {R"({"jwk":)" + jwk + R"(,"jku":"https://attacker.example/keys"})", false},
      {R"({"jwk":null})", false},
      {R"({"jwk":{"kty":"oct","k":"AAAA"}})", false},
      {R"({"jwk":)" + other + R"(,"d":"AAAA"}})", false},
      {R"({"jwk":)" + other + R"(,"use":"enc"}})", false},
      {R"({"jwk":)" + other + R"(,"alg":"ES384"}})", false},
  };
  for (const auto& row : rows) {
    json::Tree tree;
    const auto claims = tree.Parse(R"({"cnf":)" + row.confirmation + "}", json::kTokenLimits);
    ASSERT_TRUE(claims.ok()) << row.confirmation;
    const auto key = ReadHolderKey(**claims);
    EXPECT_EQ(key.ok(), row.good) << row.confirmation;
    if (key.ok()) continue;
    EXPECT_EQ(key.fault().reason, Reason::kKbKey) << row.confirmation;
    EXPECT_EQ(key.fault().check, "KB-02") << row.confirmation;
  }
}

TEST(KeyBinding, KB03_VerifiesWithTheConfirmedKeyAndNoOther) {
  const std::string sd_jwt = GoodWith();
  EXPECT_EQ(Verdict(sd_jwt + ForgeBinding(World().Binding(sd_jwt), World().stranger), World().Expectation()),
            "kb_sig KB-03");
  EXPECT_EQ(With([](ForgedBinding& b) { b.header = R"({"alg":"ES256","typ":"kb+jwt","kid":"anything"})"; }), "ok");
  EXPECT_EQ(With([](ForgedBinding& b) { b.header = R"({"alg":"ES384","typ":"kb+jwt"})"; }), "alg JWT-04");
  EXPECT_EQ(With([](ForgedBinding& b) { b.header = R"({"alg":"ES256","typ":"kb+jwt","crit":["x"],"x":1})"; }),
            "crit JWT-07");
}

TEST(KeyBinding, KB04_WantsItsOwnType) {
  for (const char* typ : {R"(,"typ":"JWT")", "", R"(,"typ":"application/kb+jwt")", R"(,"typ":"KB+JWT")",
                          R"(,"typ":"dc+sd-jwt")", R"(,"typ":"openid4vci-proof+jwt")", R"(,"typ":null)"}) {
    EXPECT_EQ(With([&](ForgedBinding& b) { b.header = R"({"alg":"ES256")" + std::string(typ) + "}"; }), "kb_typ KB-04")
        << typ;
  }
}

TEST(KeyBinding, KB05_KeepsTheWindowToTheSecond) {
  const auto at = [](std::int64_t seconds) {
    return With([&](ForgedBinding& b) { b.iat = std::to_string(kNow.seconds + seconds); });
  };
  EXPECT_EQ(at(0), "ok");
  EXPECT_EQ(at(60), "ok");
  EXPECT_EQ(at(61), "kb_time KB-05");
  EXPECT_EQ(at(-300), "ok");
  EXPECT_EQ(at(-301), "kb_time KB-05");
  for (const char* iat : {"", "\"1795299995\"", "null", "true", "-1", "1e99", "[1795299995]"}) {
    EXPECT_EQ(With([&](ForgedBinding& b) { b.iat = iat; }), "kb_time KB-05") << iat;
  }
}

TEST(KeyBinding, KB05_RefusesAProofOlderThanTheCredential) {
  const std::string sd_jwt = GoodWith(R"(,"nbf":1795299990)");
  ForgedBinding binding = World().Binding(sd_jwt);
  binding.iat = "1795299990";
  EXPECT_EQ(Verdict(sd_jwt + ForgeBinding(binding, World().holder), World().Expectation()), "ok");
  binding.iat = "1795299989";
  EXPECT_EQ(Verdict(sd_jwt + ForgeBinding(binding, World().holder), World().Expectation()), "kb_time KB-05");
}

TEST(KeyBinding, KB06_WantsTheNonceByteForByte) {
  const std::string nonce(kNonce);
  for (const std::string& other :
       {std::string(), std::string("\"\""), "\"" + nonce + " \"", "\"" + nonce + "\\u0000\"", "[\"" + nonce + "\"]",
        std::string("5"), std::string("null"), std::string("\"another-session\"")}) {
    EXPECT_EQ(With([&](ForgedBinding& b) { b.nonce = other; }), "kb_nonce KB-06") << other;
  }
}

TEST(KeyBinding, KB07_WantsTheAudienceByteForByteAndAlone) {
  const std::string us(kAudience);
  for (const std::string& other : {std::string(), "[\"" + us + "\"]", "\"" + us + "/\"", "\"x509_san_dns:" + us + "\"",
                                   std::string("\"https://RECEIVER.example\""), std::string("\"receiver.example\""),
                                   std::string("\"https://other.example\""), std::string("null")}) {
    EXPECT_EQ(With([&](ForgedBinding& b) { b.aud = other; }), "kb_aud KB-07") << other;
  }
}

TEST(KeyBinding, KB08_WantsTheHashOfTheReceivedBytes) {
  const std::string good = QuotedSdHash(GoodWith());
  for (const std::string& other : {std::string(), std::string("null"), std::string("\"\""), good.substr(0, 43) + "=\"",
                                   QuotedSdHash(GoodWith() + " ")}) {
    EXPECT_EQ(With([&](ForgedBinding& b) { b.sd_hash = other; }), "kb_hash KB-08") << other;
  }
}

TEST(KeyBinding, KB09_HoldsTheProofToItsOwnTimes) {
  const auto more = [](const std::string& members) { return With([&](ForgedBinding& b) { b.more = members; }); };
  EXPECT_EQ(more(R"(,"exp":1795300001,"nbf":1795300000)"), "ok");
  EXPECT_EQ(more(R"(,"exp":1795300000)"), "kb_time KB-09");
  EXPECT_EQ(more(R"(,"nbf":1795300001)"), "kb_time KB-09");
  EXPECT_EQ(more(R"(,"exp":"1895300000")"), "kb_time KB-09");
  EXPECT_EQ(more(R"(,"nbf":null)"), "kb_time KB-09");
}

TEST(KeyBinding, KB10_FailsClosedWithoutExpectations) {
  SdJwtExpectation expected = World().Expectation();
  expected.key_binding = RequireKeyBinding{.audience = kAudience, .nonce = "", .proof_age_max = Seconds{300}};
  EXPECT_EQ(With([](ForgedBinding& b) { b.nonce = "\"\""; }, expected), "config KB-10");
  EXPECT_EQ(Verdict("not even a token", expected), "config KB-10");
  expected.key_binding = RequireKeyBinding{.audience = "", .nonce = kNonce, .proof_age_max = Seconds{300}};
  EXPECT_EQ(With([](ForgedBinding& b) { b.aud = "\"\""; }, expected), "config KB-10");
}

TEST(KeyBinding, KB11_JudgesAProofThatWasNotAskedFor) {
  const SdJwtExpectation expected = World().UnboundExpectation();
  EXPECT_EQ(With([](ForgedBinding&) {}, expected), "ok");
  EXPECT_EQ(With([](ForgedBinding& b) { b.nonce = "\"other\""; }, expected), "ok");
  EXPECT_EQ(With([](ForgedBinding& b) { b.aud = "\"https://other.example\""; }, expected), "ok");
  EXPECT_EQ(With([](ForgedBinding& b) { b.iat = "1795200000"; }, expected), "ok") << "age is not judged";
  EXPECT_EQ(With([](ForgedBinding& b) { b.iat = "1795300061"; }, expected), "kb_time KB-05");
  EXPECT_EQ(With([](ForgedBinding& b) { b.nonce = ""; }, expected), "kb_nonce KB-06");
  EXPECT_EQ(With([](ForgedBinding& b) { b.aud = "[]"; }, expected), "kb_aud KB-07");
  EXPECT_EQ(With([](ForgedBinding& b) { b.sd_hash = "\"x\""; }, expected), "kb_hash KB-08");
  EXPECT_EQ(With([](ForgedBinding& b) { b.header = R"({"alg":"ES256","typ":"JWT"})"; }, expected), "kb_typ KB-04");
  const std::string sd_jwt = GoodWith();
  EXPECT_EQ(Verdict(sd_jwt + ForgeBinding(World().Binding(sd_jwt), World().stranger), expected), "kb_sig KB-03");
}

}  // namespace
}  // namespace passport
