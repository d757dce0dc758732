// The rules of SD-JWT VC on forged credentials: each row changes one thing of a good one.
#include "credential/credential/verify_credential.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

constexpr std::string_view kVct = "urn:staff-passport:mandatory-training:1";

// Trust that a test can bend.
class OpenDirectory final : public IssuerDirectory {
 public:
  const TrustedIssuer* Find(std::string_view issuer) const override {
    const auto found = issuers.find(std::string(issuer));
    return found == issuers.end() ? nullptr : &found->second;
  }
  std::map<std::string, TrustedIssuer> issuers;
};

// Counts how often it is asked: a token that failed must not lead anywhere (TSL-01).
class CountingStatuses final : public StatusSource {
 public:
  Result<StatusReading> Read(const StatusReference&, const TrustedIssuer&, Instant at) override {
    ++asked;
    return StatusReading{.value = value, .as_of = at};
  }
  int asked = 0;
  std::uint8_t value = 0;
};

struct Case {
  std::string header = R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"k1"})";
  // Members of the payload by name, as JSON texts; an empty one is left out.
  std::map<std::string, std::string> members;
  std::string more;                      // further members, with their leading comma
  std::vector<std::string> disclosures;  // base64url
};

class VerifyVc : public ::testing::Test {
 protected:
  VerifyVc() {
    TrustedIssuer issuer;
    issuer.issuer = "https://issuer.example/a";
    issuer.keys.Add("k1", issuer_key.public_key());
    issuer.vcts = {std::string(kVct)};
    issuer.status_uris = {"https://issuer.example/status/1"};
    directory.issuers[issuer.issuer] = issuer;
  }
  static std::string Confirmation(const P256Point& point) { return R"({"jwk":)" + WriteJwk(point) + "}"; }

  std::string Token(const Case& forged) {
    std::map<std::string, std::string> members = {
        {"iss", R"("https://issuer.example/a")"},
        {"iat", "1795299000"},
        {"exp", "1795400000"},
        {"vct", '"' + std::string(kVct) + '"'},
        {"cnf", Confirmation(holder.public_key().point())},
        {"status", R"({"status_list":{"idx":7,"uri":"https://issuer.example/status/1"}})"},
        {"level", "2"}};
    for (const auto& [name, value] : forged.members) members[name] = value;
    if (!forged.disclosures.empty()) members["_sd"] = DigestsOf(forged.disclosures);
    std::string payload = "{";
    for (const auto& [name, value] : members) {
      if (value.empty()) continue;
      if (payload.size() > 1) payload += ',';
      payload += '"' + name + "\":" + value;
    }
    return ForgeSdJwt(ForgeJws(forged.header, payload + forged.more + "}", issuer_key), forged.disclosures);
  }
  Result<VerifiedCredential> Verify(const std::string& token, json::Tree& tree) {
    const CredentialExpectation expected{.now = now,
                                         .leeway = {0},
                                         .allowed_algs = Es256Only(),
                                         .key_binding = NoKeyBinding{},
                                         .limits = kSdJwtLimits,
                                         .requested_vcts = requested};
    return VerifyCredential(token, expected, directory, statuses, tree);
  }
  std::string Judge(const Case& forged) {
    json::Tree tree;
    const Result<VerifiedCredential> verified = Verify(Token(forged), tree);
    if (!verified.ok()) return Words(verified.fault());
    return verified->status.ok() ? "ok" : "status: " + Words(verified->status.fault());
  }
  std::string With(std::string_view name, std::string_view value) {
    Case forged;
    forged.members[std::string(name)] = value;
    return Judge(forged);
  }
  std::string WithHeader(std::string_view header) {
    Case forged;
    forged.header = header;
    return Judge(forged);
  }

  PrivateKey issuer_key = NewKey();
  PrivateKey holder = NewKey();
  Instant now = kNow;
  std::vector<std::string> requested = {std::string(kVct)};
  OpenDirectory directory;
  CountingStatuses statuses;
};

TEST_F(VerifyVc, AcceptsTheBaseline) {
  EXPECT_EQ(Judge({}), "ok");
  EXPECT_EQ(statuses.asked, 1);
}

TEST_F(VerifyVc, SDVC01_WantsItsOwnType) {
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","kid":"k1"})"), "typ JWT-09");
  for (const std::string_view typ : {"vc+sd-jwt", "JWT", "DC+SD-JWT", "application/dc+sd-jwt", "dc+sd-jwt ", "vc+jwt",
                                     "kb+jwt", "statuslist+jwt", ""}) {
    EXPECT_EQ(WithHeader(R"({"alg":"ES256","kid":"k1","typ":")" + std::string(typ) + "\"}"), "typ JWT-09") << typ;
  }
  EXPECT_EQ(WithHeader(R"({"alg":"ES256","kid":"k1","typ":5})"), "typ JWT-09");
}

// HOST-64, HOST-65.
TEST_F(VerifyVc, SDVC02_WantsATypeThatWasAskedFor) {
  EXPECT_EQ(With("vct", ""), "vct SDVC-02");
  for (const std::string_view vct :
       {"5", "null", R"([])", R"(["urn:staff-passport:mandatory-training:1"])", R"("")",
        R"("urn:staff-passport:mandatory-training:1/")", R"("urn:staff-passport:Mandatory-Training:1")",
        R"("urn:staff-passport:employment:1")", R"("https://attacker.example/x")"}) {
    EXPECT_EQ(With("vct", vct), "vct SDVC-02") << vct;
  }
  requested.clear();
  EXPECT_EQ(Judge({}), "vct SDVC-02") << "nothing was asked for";
}

TEST_F(VerifyVc, SDVC02_DoesNotMatchByOtherNamesOfAType) {
  Case forged;
  forged.members["vct"] = R"("urn:example:other:1")";
  forged.members["aka_vcts"] = '[' + ('"' + std::string(kVct) + '"') + ']';
  EXPECT_EQ(Judge(forged), "vct SDVC-02");
}

// HOST-66, HOST-67: a good signature of an issuer without this right.
TEST_F(VerifyVc, SDVC03_WantsAuthorityForExactlyThisType) {
  directory.issuers.begin()->second.vcts = {"urn:staff-passport:employment:1"};
  EXPECT_EQ(Judge({}), "issuer SDVC-03");
  directory.issuers.begin()->second.vcts = {};
  EXPECT_EQ(Judge({}), "issuer SDVC-03");
}

TEST_F(VerifyVc, SDVC03_TRUST06_WantsAuthorityAtTheTimeOfIssue) {
  TrustedIssuer& issuer = directory.issuers.begin()->second;
  const Instant issued{1795299000};
  issuer.valid_from = issued;
  EXPECT_EQ(Judge({}), "ok");
  issuer.valid_from = issued + Seconds{1};
  EXPECT_EQ(Judge({}), "issuer TRUST-06");
  issuer.valid_from = {};
  issuer.valid_until = issued + Seconds{1};
  EXPECT_EQ(Judge({}), "ok") << "issued with authority, shown after it ended";
  issuer.valid_until = issued;
  EXPECT_EQ(Judge({}), "issuer TRUST-06");
  EXPECT_EQ(With("iat", ""), "missing SDJWT-18") << "no time of issue to judge";
}

// HOST-69.
TEST_F(VerifyVc, SDVC04_RefusesProtectedClaimsFromADisclosure) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"exp", "1795400000"},
      {"nbf", "1795200000"},
      {"iss", R"("https://issuer.example/a")"},
      {"vct", R"("urn:staff-passport:mandatory-training:1")"},
      {"cnf", R"({"jwk":{}})"},
      {"status", R"({"status_list":{"idx":7,"uri":"https://issuer.example/status/1"}})"},
      {"aka_vcts", R"(["urn:example:b"])"},
      {"vct#integrity", R"("sha256-x")"}};
  for (const auto& [name, value] : rows) {
    Case forged;
    forged.members[std::string(name)] = "";
    forged.disclosures = {
        ForgeDisclosure("[\"c2FsdHNhbHRzYWx0c2FsdA\",\"" + std::string(name) + "\"," + std::string(value) + "]")};
    EXPECT_EQ(Judge(forged), "disclosure SDVC-04") << name;
  }
}

// HOST-70.
TEST_F(VerifyVc, SDVC04_RefusesDigestsInsideProtectedClaims) {
  const std::string digest = DigestOf("decoy");
  const std::string placeholder = R"([{"...":")" + digest + R"("}])";
  for (const std::string_view name : {"cnf", "status"}) {
    EXPECT_EQ(With(name, R"({"_sd":[")" + digest + R"("]})"), "disclosure SDVC-04") << name;
    EXPECT_EQ(With(name, R"({"x":{"y":)" + placeholder + "}}"), "disclosure SDVC-04") << name;
  }
  EXPECT_EQ(With("aka_vcts", placeholder), "disclosure SDVC-04");
}

TEST_F(VerifyVc, SDVC04_AllowsSubjectAndTimeOfIssueToBeDisclosed) {
  Case forged;
  forged.members["iat"] = "";
  forged.disclosures = {ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdA","iat",1795299000])"),
                        ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdB","sub","nurse"])")};
  EXPECT_EQ(Judge(forged), "ok");
}

TEST_F(VerifyVc, SDVC05_TakesNoKeyFromTheToken) {
  PrivateKey stranger = NewKey();
  const std::string header = R"({"alg":"ES256","typ":"dc+sd-jwt","jwk":)" + WriteJwk(stranger.public_key().point()) +
                             R"(,"jku":"https://attacker.example/keys","x5u":"https://attacker.example/c")" +
                             R"(,"x5c":["MIIB"]})";
  Case forged;
  forged.header = header;
  const std::string good = Token(forged);
  json::Tree tree;
  EXPECT_TRUE(Verify(good, tree).ok()) << "signed by the issuer: what else the header says is left aside";
  const std::string payload = good.substr(good.find('.') + 1, good.rfind('.') - good.find('.') - 1);
  std::string decoded;
  ASSERT_TRUE(DecodeBase64Url(payload, decoded).ok());
  EXPECT_EQ(Verdict(Verify(ForgeSdJwt(ForgeJws(header, decoded, stranger), {}), tree)), "sig JWT-08");
}

// HOST-71, HOST-72.
TEST_F(VerifyVc, SDVC06_BindsTheIssuerByItsExactName) {
  for (const std::string_view name :
       {"https://issuer.example/a/", "https://issuer.example/A", "https://Issuer.example/a", "HTTPS://issuer.example/a",
        "https://issuer.example:443/a", "https://issuer.example./a", "https://issuer.example/%61",
        "https://user@issuer.example/a", "https://issuer.example/", "https://issuer.example/ab",
        "https://\xd1\x96ssuer.example/a", ""}) {
    EXPECT_EQ(With("iss", '"' + std::string(name) + '"'), "issuer SDVC-06") << name;
  }
  EXPECT_EQ(With("iss", ""), "missing SDJWT-18");
  EXPECT_EQ(With("iss", "5"), "missing SDJWT-18");
}

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
  directory.issuers.begin()->second.valid_from = kNow;
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
}

TEST_F(VerifyVc, JWT14_RefusesOtherTokensOfTheSameKey) {
  for (const std::string_view typ : {"statuslist+jwt", "dsp-trust-list+jwt", "dsp-role-profile+jwt", "kb+jwt"}) {
    EXPECT_EQ(WithHeader(JwsHeader(typ, "k1")), "typ JWT-09") << typ;
  }
}

}  // namespace
}  // namespace passport
