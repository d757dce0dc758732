// The rules of SD-JWT VC on forged credentials: keys by name, holder key, status, and tokens of other kinds.
#include <gtest/gtest.h>

#include "tests/credential/credential/vc_forge.h"

namespace passport {
namespace {

// HOST-80.
TEST_F(VerifyVc, SDVC08_WantsOneKeyOfThatName) {
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"k2"})"), "key SDVC-08");
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"../k1"})"), "key SDVC-08");
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","typ":"dc+sd-jwt","kid":7})"), "key JWT-05");
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","typ":"dc+sd-jwt"})"), "ok") << "few keys: each is tried";
  KeySet& keys = directory.issuers.begin()->second.keys;
  keys.Add("k1", NewKey().public_key());
  EXPECT_EQ(Judge({}), "key SDVC-08") << "two keys of one name";
}

TEST_F(VerifyVc, SDVC08_TriesFewKeysOnly) {
  KeySet& keys = directory.issuers.begin()->second.keys;
  for (int i = 0; i < 4; ++i) keys.Add("x" + std::to_string(i), NewKey().public_key());
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","typ":"dc+sd-jwt"})"), "key SDVC-08");
  EXPECT_EQ(Judge({}), "ok");
}

// HOST-95.
TEST_F(VerifyVc, SDVC09_TakesTheHolderKeyByValueOnly) {
  for (const std::string_view cnf :
       {"{}", R"({"kid":"https://attacker.example/k"})", R"({"jku":"https://attacker.example/keys"})",
        R"({"jwk":{"kty":"oct","k":"AAAA"}})", R"({"jwk":"x"})", R"("x")"}) {
    Case forged;
    forged.members["cnf"] = cnf;
    const std::string presented = Token(forged);
    const std::string bound =
        presented +
        ForgeBinding(
            {.iat = "1795300000", .aud = R"("a")", .nonce = R"("n")", .sd_hash = QuotedSdHash(presented), .more = {}},
            holder);
    json::Tree tree;
    const CredentialExpectation expected{
        .now = now,
        .leeway = {0},
        .allowed_algs = Es256Only(),
        .key_binding = RequireKeyBinding{.audience = "a", .nonce = "n", .proof_age_max = {300}},
        .limits = kSdJwtLimits,
        .requested_vcts = requested};
    EXPECT_EQ(Verdict(VerifyCredential(bound, expected, directory, statuses, tree)), "kb_key KB-02") << cnf;
  }
}

// HOST-118.
TEST_F(VerifyVc, SDVC10_FailsClosedOnStatusItDoesNotKnow) {
  for (const std::string_view status :
       {"{}", R"({"unknown":{}})", R"("x")", "null", "[]", R"({"status_list":{}})", R"({"status_list":{"idx":7}})",
        R"({"status_list":{"uri":"https://issuer.example/status/1"}})"}) {
    const std::string verdict = With("status", status);
    EXPECT_TRUE(verdict == "status TSL-03" || verdict == "status: status TSL-03" || verdict == "status SDVC-10" ||
                verdict == "status: status SDVC-10")
        << status << " " << verdict;
  }
  EXPECT_EQ(statuses.asked, 0);
}

TEST_F(VerifyVc, TSL04_AsksForNoListThatIsNotTheIssuers) {
  for (const std::string_view uri : {"https://issuer.example/status/2", "https://issuer.example/status/1?holder=5",
                                     "https://canary.example/status/1", "https://issuer.example/status/"}) {
    EXPECT_EQ(With("status", R"({"status_list":{"idx":7,"uri":")" + std::string(uri) + "\"}}"), "status: status TSL-04")
        << uri;
  }
  EXPECT_EQ(statuses.asked, 0);
}

TEST_F(VerifyVc, SDVC11_WantsOtherNamesToBeDistinctTypes) {
  EXPECT_EQ(With("aka_vcts", R"(["urn:example:a","urn:example:b"])"), "ok");
  for (const std::string_view aka :
       {"[]", "{}", R"("urn:example:a")", "null", "[5]", R"(["urn:example:a","urn:example:a"])",
        R"(["urn:staff-passport:mandatory-training:1"])"}) {
    EXPECT_EQ(With("aka_vcts", aka), "malformed SDVC-11") << aka;
  }
}

TEST_F(VerifyVc, SDVC15_WorksWithoutDisclosuresAndWithEmptyDigests) {
  EXPECT_EQ(Judge({}), "ok");
  EXPECT_EQ(With("_sd", "[]"), "ok");
  EXPECT_EQ(With("_sd_alg", R"("sha-256")"), "ok");
  json::Tree tree;
  const std::string bare = Token({});
  EXPECT_EQ(Verdict(Verify(bare.substr(0, bare.size() - 1), tree)), "malformed SDJWT-01") << "the last ~ is missing";
  EXPECT_EQ(Verdict(Verify(bare + ForgeDisclosure(R"(["salt","x",1])") + "~", tree)), "unused SDJWT-15");
}

TEST_F(VerifyVc, SDVC16_RefusesJsonSerialization) {
  const std::string compact = Token({});
  const std::size_t dot = compact.find('.');
  const std::string json = R"({"protected":")" + compact.substr(0, dot) + R"(","payload":")" +
                           compact.substr(dot + 1, compact.rfind('.') - dot - 1) + R"(","signature":"x"})";
  json::Tree tree;
  EXPECT_EQ(Verdict(Verify(json, tree)), "malformed SDVC-16");
  EXPECT_EQ(Verdict(Verify(" " + json, tree)).substr(0, 9), "malformed");
}

// HOST-77.
TEST_F(VerifyVc, SDJWT18_WantsAnEndOrAStatus) {
  Case neither;
  neither.members["exp"] = "";
  neither.members["status"] = "";
  EXPECT_EQ(Judge(neither), "missing SDJWT-18");
  EXPECT_EQ(With("status", ""), "ok");
  EXPECT_EQ(With("exp", ""), "ok");
}

// HOST-119.
TEST_F(VerifyVc, TSL01_AsksForNoStatusOfATokenThatFailed) {
  EXPECT_EQ(With("exp", "1795300000"), "time JWT-10");
  EXPECT_EQ(With("vct", R"("urn:example:x")"), "vct SDVC-02");
  EXPECT_EQ(With("iss", R"("https://attacker.example")"), "issuer SDVC-06");
  std::string forged = Token({});
  forged[forged.rfind('.') + 5] ^= 1;
  json::Tree tree;
  EXPECT_FALSE(Verify(forged, tree).ok());
  listed.valid_from = kNow;
  List();
  EXPECT_EQ(Judge({}), "issuer TRUST-06");
  EXPECT_EQ(statuses.asked, 0);
}

TEST_F(VerifyVc, TSL02_TakesAnExpiredTokenForExpiredWhateverItsStatus) {
  EXPECT_EQ(With("exp", "1795300001"), "ok");
  EXPECT_EQ(With("exp", "1795300000"), "time JWT-10");
  EXPECT_EQ(With("exp", "1795299999"), "time JWT-10");
}

TEST_F(VerifyVc, TSL17_ReportsARevokedStatusBesideTheCredential) {
  statuses.value = 1;
  json::Tree tree;
  const Result<VerifiedCredential> verified = Verify(Token({}), tree);
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->status->value, 1);
}

// HOST-82.
TEST_F(VerifyVc, VCDM01_RefusesW3cCredentials) {
  Case forged;
  forged.header = R"({"alg":"ES256","typ":"vc+jwt","kid":"k1"})";
  forged.members["vct"] = "";
  forged.more = R"(,"vc":{"type":["VerifiableCredential"]})";
  EXPECT_EQ(Judge(forged), "typ JWT-09");
  forged.header = R"({"alg":"ES256","typ":"vc+sd-jwt","kid":"k1"})";
  forged.more = R"(,"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"])";
  EXPECT_EQ(Judge(forged), "typ JWT-09");
  Case hidden;
  hidden.more = R"(,"vc":{"type":["VerifiableCredential"]})";
  EXPECT_EQ(Judge(hidden), "typ VCDM-01");
}

TEST_F(VerifyVc, JWT14_RefusesOtherTokensOfTheSameKey) {
  for (const std::string_view typ : {"statuslist+jwt", "dsp-trust-list+jwt", "dsp-role-profile+jwt", "kb+jwt"}) {
    EXPECT_EQ(WithHeader(JwsHeader(typ, "k1")), "typ JWT-09") << typ;
  }
}

}  // namespace
}  // namespace passport
