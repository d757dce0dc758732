#include "credential/sdjwt/verify.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/credential/sdjwt/sd_jwt_world.h"

namespace passport {
namespace {

std::string JudgeWith(const std::string& more, std::vector<std::string> disclosures = {}) {
  return Verdict(World().Bound(World().SdJwt({more, std::move(disclosures)})), World().Expectation());
}
std::string UnderHeader(const std::string& header, const SdJwtExpectation& expected, Signer& signer = World().issuer) {
  return Verdict(World().Bound(ForgeJws(header, World().Payload(""), signer) + "~"), expected);
}

TEST(SdJwt, SDJWT03_VerifiesTheIssuerSignedJwt) {
  const SdJwtExpectation expected = World().Expectation();
  EXPECT_EQ(UnderHeader(std::string(kIssuerHeader), expected), "ok");
  EXPECT_EQ(UnderHeader(R"({"alg":"none","typ":"dc+sd-jwt"})", expected), "alg JWT-04");
  EXPECT_EQ(UnderHeader(R"({"alg":"ES384","typ":"dc+sd-jwt"})", expected), "alg JWT-04");
  EXPECT_EQ(UnderHeader(R"({"alg":"ES256","typ":"vc+sd-jwt"})", expected), "typ JWT-09");
  EXPECT_EQ(UnderHeader(R"({"alg":"ES256","typ":"dc+sd-jwt","crit":["exp"]})", expected), "crit JWT-07");
  EXPECT_EQ(UnderHeader(std::string(kIssuerHeader), expected, World().stranger), "sig JWT-08");
  EXPECT_EQ(UnderHeader(R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"other"})", expected), "key SDVC-08");
  SdJwtExpectation nothing_allowed = expected;
  nothing_allowed.allowed_algs = {};
  EXPECT_EQ(UnderHeader(std::string(kIssuerHeader), nothing_allowed), "alg JWT-04");
}

class NobodyTrusted final : public IssuerKeys {
 public:
  Result<VerifiedJws> Verify(const UnverifiedJws& token) override {
    issuer = std::string(token.issuer().value_or(""));
    return Fault{Reason::kIssuer, "SDJWT-04", "nobody is trusted"};
  }
  std::string issuer;
};

TEST(SdJwt, SDJWT04_AsksTheCallersKeysForTheIssuer) {
  json::Tree tree;
  NobodyTrusted keys;
  const auto result = VerifySdJwt(World().Bound(World().SdJwt({})), World().Expectation(), keys, nullptr, tree);
  EXPECT_EQ(Verdict(result), "issuer SDJWT-04");
  EXPECT_EQ(keys.issuer, "https://issuer.example");
}

TEST(SdJwt, JWT14_RefusesOtherKindsOfTokenEvenWhereTheTypeIsLeftOpen) {
  SdJwtExpectation open = World().Expectation();
  open.typ = "";
  EXPECT_EQ(UnderHeader(R"({"alg":"ES256","typ":"example+sd-jwt"})", open), "ok");
  EXPECT_EQ(UnderHeader(R"({"alg":"ES256"})", open), "ok");
  for (const char* typ : {"kb+jwt", "statuslist+jwt", "dsp-registry+jwt", "KB+JWT", "application/kb+jwt", "dsp-"}) {
    EXPECT_EQ(UnderHeader(R"({"alg":"ES256","typ":")" + std::string(typ) + "\"}", open), "typ JWT-14") << typ;
  }
  EXPECT_EQ(UnderHeader(R"({"alg":"ES256","typ":5})", open), "typ JWT-09");
}

TEST(SdJwt, HOST24_GivesOneIdentityToBothEncodingsOfASignature) {
  const std::string jwt = ForgeJws(kIssuerHeader, World().Payload(""), World().issuer);
  json::Tree tree;
  FixedKeys keys(World().keys);
  const auto a = VerifySdJwt(jwt + "~", World().UnboundExpectation(), keys, nullptr, tree);
  const auto b = VerifySdJwt(WithOtherS(jwt) + "~", World().UnboundExpectation(), keys, nullptr, tree);
  ASSERT_TRUE(a.ok());
  ASSERT_TRUE(b.ok());
  EXPECT_EQ(a->signing_input_digest, b->signing_input_digest);
  EXPECT_EQ(a->signing_input_digest, Sha256(jwt.substr(0, jwt.rfind('.'))));
}

TEST(SdJwt, SDJWT17_JudgesTimesOnTheProcessedPayload) {
  EXPECT_EQ(JudgeWith(R"(,"nbf":1795299995)"), "ok");
  EXPECT_EQ(Verdict(World().SdJwt({R"(,"nbf":1795300000)", {}}), World().UnboundExpectation()), "ok");
  EXPECT_EQ(JudgeWith(R"(,"nbf":1795300001)"), "time JWT-10");
  EXPECT_EQ(JudgeWith(R"(,"_sd":["$0"])", {R"(["s","nbf",1795300001])"}), "time JWT-10");
  EXPECT_EQ(JudgeWith(R"(,"_sd":["$0"])", {R"(["s","nbf","soon"])"}), "time JWT-10");
}

TEST(SdJwt, SDJWT17_HoldsACredentialToItsAudience) {
  const std::string us = "\"" + std::string(kAudience) + "\"";
  EXPECT_EQ(JudgeWith(R"(,"aud":)" + us), "ok");
  EXPECT_EQ(JudgeWith(R"(,"aud":["https://other.example",)" + us + "]"), "ok");
  EXPECT_EQ(JudgeWith(R"(,"aud":"https://other.example")"), "aud SDJWT-17");
  EXPECT_EQ(JudgeWith(R"(,"aud":[])"), "aud SDJWT-17");
  EXPECT_EQ(JudgeWith(R"(,"_sd":["$0"])", {R"(["s","aud","https://other.example"])"}), "aud SDJWT-17");
  for (const std::string& wrong : {std::string("5"), std::string("null"), std::string("{}"), "[" + us + ",5]"}) {
    EXPECT_EQ(JudgeWith(R"(,"aud":)" + wrong), "aud SDJWT-17") << wrong;
    EXPECT_EQ(Verdict(World().SdJwt({R"(,"aud":)" + wrong, {}}), World().UnboundExpectation()), "aud SDJWT-17");
  }
  EXPECT_EQ(Verdict(World().SdJwt({R"(,"aud":"https://other.example")", {}}), World().UnboundExpectation()), "ok");
}

TEST(SdJwt, JWT11_WantsTextForSubject) {
  EXPECT_EQ(JudgeWith(R"(,"sub":"person")"), "ok");
  EXPECT_EQ(JudgeWith(R"(,"sub":5)"), "claims JWT-11");
  EXPECT_EQ(JudgeWith(R"(,"_sd":["$0"])", {R"(["s","sub",null])"}), "claims JWT-11");
}

class WantsRole final : public ClaimRules {
 public:
  Result<void> Check(const VerifiedSdJwt& token) override {
    ++calls;
    EXPECT_FALSE(token.key_binding.has_value());
    if (token.claims->Find("role") == nullptr) return Fault{Reason::kMissing, "SDJWT-18", "role is missing"};
    return {};
  }
  int calls = 0;
};

TEST(SdJwt, SDJWT18_AsksForRequiredClaimsAfterDisclosing) {
  json::Tree tree;
  FixedKeys keys(World().keys);
  WantsRole rules;
  const Forged form{R"(,"_sd":["$0"])", {R"(["s","role","nurse"])"}};
  const std::string shown = World().Bound(World().SdJwt(form));
  EXPECT_EQ(Verdict(VerifySdJwt(shown, World().Expectation(), keys, &rules, tree)), "ok");
  const std::string whole = World().SdJwt(form);
  const std::string kept = World().Bound(whole.substr(0, whole.find('~') + 1));
  EXPECT_EQ(Verdict(VerifySdJwt(kept, World().Expectation(), keys, &rules, tree)), "missing SDJWT-18");
  EXPECT_EQ(rules.calls, 2);
}

TEST(SdJwt, SDJWT20_ChecksInTheOrderOfTheStandard) {
  json::Tree tree;
  FixedKeys keys(World().keys);
  WantsRole rules;
  const auto judge = [&](const std::string& token) {
    return Verdict(VerifySdJwt(token, World().Expectation(), keys, &rules, tree));
  };
  const auto bad_proof = [&](const std::string& sd_jwt) {
    return sd_jwt + ForgeBinding(World().Binding(sd_jwt), World().stranger);
  };
  // Each line has one defect less, from the front.
  const std::string late = R"(,"nbf":1795300001,"_sd_alg":"md5")";
  EXPECT_EQ(judge(World().SdJwt({late, {}})), "kb_missing KB-01");
  EXPECT_EQ(judge(bad_proof(ForgeJws(kIssuerHeader, World().Payload(late), World().stranger) + "~")), "sig JWT-08");
  EXPECT_EQ(judge(bad_proof(World().SdJwt({late, {}}))), "sd_alg SDJWT-05");
  EXPECT_EQ(judge(bad_proof(World().SdJwt({R"(,"nbf":1795300001)", {}}))), "missing SDJWT-18");
  EXPECT_EQ(judge(bad_proof(World().SdJwt({R"(,"role":1,"nbf":1795300001)", {}}))), "time JWT-10");
  EXPECT_EQ(judge(bad_proof(World().SdJwt({R"(,"role":1,"aud":"x")", {}}))), "aud SDJWT-17");
  EXPECT_EQ(judge(bad_proof(World().SdJwt({R"(,"role":1)", {}}))), "kb_sig KB-03");
  EXPECT_EQ(judge(World().Bound(World().SdJwt({R"(,"role":1)", {}}))), "ok");
}

TEST(SdJwt, SDJWT20_SaysNothingOfWhatWasGivenInItsFaults) {
  json::Tree tree;
  FixedKeys keys(World().keys);
  const std::string secret = "Xylander-Quirke";
  for (const Forged& form : {Forged{R"(,"aud":")" + secret + "\"", {}}, Forged{R"(,"_sd":[")" + secret + R"("])", {}},
                             Forged{"", {R"(["s","n",")" + secret + R"("])"}},
                             Forged{R"(,"_sd":["$0"],")" + secret + R"(":1)", {R"(["s",")" + secret + R"(",1])"}}}) {
    const auto result = VerifySdJwt(World().Bound(World().SdJwt(form)), World().Expectation(), keys, nullptr, tree);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.fault().detail.find(secret), std::string::npos) << result.fault().detail;
  }
}

}  // namespace
}  // namespace passport
