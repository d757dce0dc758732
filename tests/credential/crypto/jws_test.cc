#include "credential/crypto/jws.h"

#include <gtest/gtest.h>

#include "tests/credential/crypto/raw_jws.h"

namespace passport {
namespace {

struct JwsRow {
  std::string what;
  std::string token;
  Reason reason;
  std::string_view check;
};

template <class Rows>
void ExpectRefused(const Rows& rows) {
  for (const JwsRow& row : rows) {
    const std::optional<Fault> fault = FaultOf(row.token, SomeKey().public_key());
    ASSERT_TRUE(fault) << row.what;
    EXPECT_EQ(WordOf(fault->reason), WordOf(row.reason)) << row.what;
    EXPECT_EQ(fault->check, row.check) << row.what;
  }
}

std::string Header(std::string_view alg_json) {
  return R"({"typ":"test+jwt","kid":"1","alg":)" + std::string(alg_json) + "}";
}
std::string HeaderWith(std::string_view members) {
  return R"({"alg":"ES256","typ":"test+jwt",)" + std::string(members) + "}";
}

TEST(Jws, GoesThereAndBack) {
  PrivateKey& key = SomeKey();
  const Result<std::string> token = SignJws(JwsHeader("test+jwt", "key \"1\""), kGoodPayload, key);
  ASSERT_TRUE(token.ok());
  json::Tree tree;
  const Result<UnverifiedJws> read = UnverifiedJws::Read(*token, TestRules(), tree);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->kid(), "key \"1\"");
  EXPECT_EQ(read->issuer(), "https://issuer.example");
  const Result<VerifiedJws> verified = read->Verify(key.public_key());
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(json::Write(*verified->payload), kGoodPayload);
  EXPECT_EQ(verified->header->Find("typ")->text(), "test+jwt");
  EXPECT_EQ(verified->signing_input_digest, Sha256(token->substr(0, token->rfind('.'))));
  EXPECT_EQ(verified->signing_input_digest, read->signing_input_digest());
  EXPECT_TRUE(read->VerifyOnce(key.public_key().point()).ok());
}

TEST(Jws, JWT01_RefusesByLengthBeforeDecoding) {
  const std::string big_header = HeaderWith(R"("x":")" + std::string(kHeaderBytesMax, 'a') + "\"");
  const std::string big_payload = R"({"x":[")" + std::string(130 * 1024, 'a') + "\"]}";
  const std::string long_string = R"({"x":")" + std::string(64 * 1024 + 1, 'a') + "\"}";
  const std::string not_even_base64(std::size_t{100} << 20, '!');
  const JwsRow rows[] = {
      {"HOST-32, 100 MiB", not_even_base64, Reason::kLimit, "JWT-01"},
      {"HOST-32, header of 10 MiB", std::string(std::size_t{10} << 20, 'A') + ".e30.e30", Reason::kLimit, "JWT-01"},
      {"HOST-32, header past its own cap", Signed(big_header), Reason::kLimit, "JWT-01"},
      {"HOST-32, payload past its own cap", Signed(kGoodHeader, big_payload), Reason::kLimit, "JWT-01"},
      {"HOST-32, one long string", Signed(kGoodHeader, long_string), Reason::kLimit, "JWT-03"},
  };
  ExpectRefused(rows);
  JwsRules rules = TestRules();
  const std::string token = Signed(kGoodHeader);
  rules.token_bytes = token.size();
  EXPECT_FALSE(FaultOf(token, SomeKey().public_key(), rules));
  rules.token_bytes = token.size() - 1;
  EXPECT_EQ(FaultOf(token, SomeKey().public_key(), rules)->check, "JWT-01");
}

TEST(Jws, JWT02_RefusesOtherThanThreeCanonicalParts) {
  const std::string good = Signed(kGoodHeader);
  const std::size_t first = good.find('.');
  const std::size_t last = good.rfind('.');
  const std::string header = good.substr(0, first);
  const std::string payload = good.substr(first + 1, last - first - 1);
  const std::string signature = good.substr(last + 1);
  const auto joined = [](std::string_view a, std::string_view b, std::string_view c) {
    return std::string(a) + "." + std::string(b) + "." + std::string(c);
  };
  // The last character of 64 bytes carries four unused bits.
  const std::string loose_signature = signature.substr(0, 85) + static_cast<char>(signature[85] + 1);
  ASSERT_EQ(EncodeBase64Url(R"({"alg":"ES256"} )").back(), 'A');
  const std::string loose_header = EncodeBase64Url(R"({"alg":"ES256"} )").substr(0, 21) + "B";
  const std::string nul(1, '\0');
  const JwsRow rows[] = {
      {"HOST-20, empty", "", Reason::kMalformed, "JWT-02"},
      {"HOST-20, one part", header, Reason::kMalformed, "JWT-02"},
      {"HOST-20, two parts", header + "." + payload, Reason::kMalformed, "JWT-02"},
      {"HOST-20, four parts", good + "." + payload, Reason::kMalformed, "JWT-02"},
      {"HOST-20, JWE with five parts", good + "." + payload + "." + payload, Reason::kMalformed, "JWT-02"},
      {"HOST-20, dots only", "..", Reason::kMalformed, "JWT-02"},
      {"HOST-20, empty header", joined("", payload, signature), Reason::kMalformed, "JWT-02"},
      {"HOST-20, empty payload", joined(header, "", signature), Reason::kMalformed, "JWT-02"},
      {"HOST-20, empty signature", joined(header, payload, ""), Reason::kMalformed, "JWT-02"},
      {"HOST-17, padding", joined(header, payload, signature + "=="), Reason::kMalformed, "JWT-02"},
      {"HOST-17, blank in the payload", joined(header, " " + payload, signature), Reason::kMalformed, "JWT-02"},
      {"HOST-17, line feed at the end", good + "\n", Reason::kMalformed, "JWT-02"},
      {"HOST-17, NUL in the header", joined(header + nul, payload, signature), Reason::kMalformed, "JWT-02"},
      {"HOST-17, plus", joined(header, payload, "+" + signature.substr(1)), Reason::kMalformed, "JWT-02"},
      {"HOST-17, slash", joined(header, payload, "/" + signature.substr(1)), Reason::kMalformed, "JWT-02"},
      {"HOST-17, question mark", joined(header, payload, "?" + signature.substr(1)), Reason::kMalformed, "JWT-02"},
      {"HOST-18, unused bits in the signature", joined(header, payload, loose_signature), Reason::kMalformed, "JWT-02"},
      {"HOST-18, unused bits in the header", joined(loose_header, payload, signature), Reason::kMalformed, "JWT-02"},
      {"HOST-18, unused bits in the payload", joined(header, "e31", signature), Reason::kMalformed, "JWT-02"},
      {"HOST-19, length 1 mod 4", joined(header, payload, "AAAAA"), Reason::kMalformed, "JWT-02"},
  };
  ExpectRefused(rows);
}

TEST(Jws, JWT03_RefusesHeadersAndPayloadsThatAreNotOneObject) {
  const JwsRow rows[] = {
      {"HOST-11, alg twice", Signed(R"({"alg":"none","alg":"ES256","typ":"test+jwt"})"), Reason::kMalformed, "JWT-03"},
      {"HOST-11, reversed", Signed(R"({"alg":"ES256","alg":"none","typ":"test+jwt"})"), Reason::kMalformed, "JWT-03"},
      {"HOST-12, iss twice", Signed(kGoodHeader, R"({"iss":"a","iss":"b"})"), Reason::kMalformed, "JWT-03"},
      {"HOST-12, cnf twice, escaped", Signed(kGoodHeader, R"({"cnf":{},"\u0063nf":{}})"), Reason::kMalformed, "JWT-03"},
      {"HOST-13, header is an array", Signed(R"(["ES256"])"), Reason::kMalformed, "JWT-03"},
      {"HOST-13, header is null", Signed("null"), Reason::kMalformed, "JWT-03"},
      {"HOST-13, payload is an array", Signed(kGoodHeader, "[]"), Reason::kMalformed, "JWT-03"},
      {"HOST-13, payload is a string", Signed(kGoodHeader, R"("x")"), Reason::kMalformed, "JWT-03"},
      {"HOST-14, trailing garbage", Signed(kGoodHeader, "{} x"), Reason::kMalformed, "JWT-03"},
      {"HOST-14, byte order mark", Signed(kGoodHeader, "\xef\xbb\xbf{}"), Reason::kMalformed, "JWT-03"},
      {"HOST-15, invalid UTF-8", Signed(kGoodHeader, "{\"a\":\"\xff\"}"), Reason::kMalformed, "JWT-03"},
      {"HOST-15, lone surrogate", Signed(kGoodHeader, R"({"a":"\ud800"})"), Reason::kMalformed, "JWT-03"},
      {"HOST-16, 10 000 deep",
       Signed(kGoodHeader, R"({"a":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}"), Reason::kLimit,
       "JWT-03"},
  };
  ExpectRefused(rows);
}

TEST(Jws, JWT04_AcceptsNoAlgButTheOneOnTheList) {
  const std::string unsigned_none = EncodeBase64Url(R"({"alg":"none"})") + "." + EncodeBase64Url(kGoodPayload) + ".";
  std::vector<JwsRow> rows = {{"HOST-01, none without signature", unsigned_none, Reason::kAlg, "JWT-04"}};
  for (const std::string_view alg : {R"("none")",      R"("None")",    R"("NONE")",      R"("nOnE")",
                                     R"(" none")",     R"("HS256")",   R"("ES256K")",    R"("ES384")",
                                     R"("RS256")",     R"("EdDSA")",   R"("ES512")",     R"("PS256")",
                                     R"("ML-DSA-44")", R"("es256")",   R"("ES256 ")",    R"("ES256\u0000")",
                                     R"("")",          R"(["ES256"])", R"({"ES256":1})", "256",
                                     "null",           "true"}) {
    rows.push_back({"HOST-01 to HOST-05, " + std::string(alg), Signed(Header(alg)), Reason::kAlg, "JWT-04"});
  }
  rows.push_back({"HOST-05, missing", Signed(R"({"typ":"test+jwt"})"), Reason::kAlg, "JWT-04"});
  const Digest mac = Sha256("what a verifier that takes the public key for a secret would accept");
  rows.push_back({"HOST-03, HS256", Compact(Header(R"("HS256")"), kGoodPayload, mac), Reason::kAlg, "JWT-04"});
  ExpectRefused(rows);
}

TEST(Jws, JWT04_RefusesEverythingWhenTheListIsEmptyOrNamesWhatWeCanNotVerify) {
  JwsRules rules = TestRules();
  rules.allowed_algs = {};
  EXPECT_EQ(FaultOf(Signed(kGoodHeader), SomeKey().public_key(), rules)->reason, Reason::kAlg);
  constexpr std::string_view kOthers[] = {"none", "HS256"};
  rules.allowed_algs = kOthers;
  EXPECT_EQ(FaultOf(Signed(kGoodHeader), SomeKey().public_key(), rules)->reason, Reason::kAlg);
  EXPECT_EQ(FaultOf(Signed(Header(R"("none")")), SomeKey().public_key(), rules)->reason, Reason::kAlg);
}

TEST(Jws, JWT05_TakesNoKeyFromTheHeader) {
  PrivateKey attacker = NewKey();
  const std::string own = R"("jwk":)" + WriteJwk(attacker.public_key().point());
  for (const std::string& members : {
           own,
           std::string(R"("jku":"https://attacker.example/jwks.json")"),
           std::string(R"("jku":"http://169.254.169.254/latest/meta-data")"),
           std::string(R"("x5u":"http://169.254.169.254/x")"),
       }) {
    const std::string token = Signed(HeaderWith(members), kGoodPayload, attacker);
    const std::optional<Fault> fault = FaultOf(token, SomeKey().public_key());
    ASSERT_TRUE(fault) << "HOST-06, HOST-07: " << members;
    EXPECT_EQ(fault->reason, Reason::kSig);
  }
  // The same members beside a good signature are noise.
  EXPECT_FALSE(FaultOf(Signed(HeaderWith(own)), SomeKey().public_key()));
}

TEST(Jws, JWT05_RefusesAKidThatIsNoString) {
  const JwsRow rows[] = {
      {"HOST-09, integer", Signed(HeaderWith(R"("kid":1)")), Reason::kKey, "JWT-05"},
      {"HOST-09, object", Signed(HeaderWith(R"("kid":{"a":1})")), Reason::kKey, "JWT-05"},
      {"HOST-09, array", Signed(HeaderWith(R"("kid":["1"])")), Reason::kKey, "JWT-05"},
      {"HOST-09, null", Signed(HeaderWith(R"("kid":null)")), Reason::kKey, "JWT-05"},
  };
  ExpectRefused(rows);
}

TEST(Jws, JWT07_UnderstandsNoCriticalExtension) {
  const JwsRow rows[] = {
      {"HOST-10, crit exp", Signed(HeaderWith(R"("crit":["exp"],"exp":1)")), Reason::kCrit, "JWT-07"},
      {"HOST-10, empty crit", Signed(HeaderWith(R"("crit":[])")), Reason::kCrit, "JWT-07"},
      {"HOST-10, crit b64", Signed(HeaderWith(R"("crit":["b64"],"b64":false)")), Reason::kCrit, "JWT-07"},
      {"HOST-10, b64 alone", Signed(HeaderWith(R"("b64":true)")), Reason::kCrit, "JWT-07"},
      {"HOST-10, crit names an absent member", Signed(HeaderWith(R"("crit":["x"])")), Reason::kCrit, "JWT-07"},
      {"HOST-10, crit null", Signed(HeaderWith(R"("crit":null)")), Reason::kCrit, "JWT-07"},
  };
  ExpectRefused(rows);
}

TEST(Jws, JWT09_ComparesTypExactly) {
  std::vector<JwsRow> rows;
  for (const std::string_view typ :
       {R"("JWT")", R"("vc+sd-jwt")", R"("application/test+jwt")", R"("TEST+JWT")", R"("kb+jwt")",
        R"("statuslist+jwt")", R"("")", R"(" test+jwt")", R"(["test+jwt"])", "1", "null"}) {
    rows.push_back({"HOST-28, " + std::string(typ), Signed(R"({"alg":"ES256","typ":)" + std::string(typ) + "}"),
                    Reason::kTyp, "JWT-09"});
  }
  rows.push_back({"HOST-28, absent", Signed(R"({"alg":"ES256"})"), Reason::kTyp, "JWT-09"});
  ExpectRefused(rows);
}

TEST(Jws, JWT11_TakesNoIssuerThatIsNotAString) {
  for (const std::string_view payload :
       {R"({})", R"({"iss":1})", R"({"iss":["https://issuer.example"]})", R"({"iss":null})", R"({"iss":{}})"}) {
    json::Tree tree;
    const std::string token = Signed(kGoodHeader, payload);
    const Result<UnverifiedJws> read = UnverifiedJws::Read(token, TestRules(), tree);
    ASSERT_TRUE(read.ok()) << payload;
    EXPECT_EQ(read->issuer(), std::nullopt) << payload;
  }
}

TEST(Jws, JWT13_ReadsNoJsonSerialization) {
  const std::string good = Signed(kGoodHeader);
  const std::size_t first = good.find('.');
  const std::size_t last = good.rfind('.');
  const std::string text = R"({"payload":")" + good.substr(first + 1, last - first - 1) +
                           R"(","header":{"alg":"ES256",)" + R"("kid":"1","x5c":["AA=="]},"protected":")" +
                           good.substr(0, first) + R"(","signature":")" + good.substr(last + 1) + "\"}";
  const std::optional<Fault> fault = FaultOf(text, SomeKey().public_key());
  ASSERT_TRUE(fault) << "HOST-31";
  EXPECT_EQ(fault->reason, Reason::kMalformed);
}

TEST(Jws, JWT14_KeepsTheKindsOfTokensApart) {
  constexpr std::string_view kKinds[] = {"dc+sd-jwt", "kb+jwt", "statuslist+jwt", "trust-registry+jwt",
                                         "openid4vci-proof+jwt"};
  for (const std::string_view made : kKinds) {
    const std::string token = Signed(JwsHeader(made, "1"));
    for (const std::string_view expected : kKinds) {
      JwsRules rules = TestRules();
      rules.typ = expected;
      const std::optional<Fault> fault = FaultOf(token, SomeKey().public_key(), rules);
      EXPECT_EQ(!fault, made == expected) << made << " as " << expected;
      if (fault) {
        EXPECT_EQ(fault->reason, Reason::kTyp);
      }
    }
  }
}

template <class Token>
concept ShowsItsPayload = requires(const Token& token) {
  token.payload();
}
|| requires(const Token& token) { token.header(); }
|| requires(const Token& token) { token.payload; }
|| requires(const Token& token) { token.header; };

TEST(Jws, JWT15_ShowsClaimsOnlyAfterVerification) {
  static_assert(!ShowsItsPayload<UnverifiedJws>);
  static_assert(ShowsItsPayload<VerifiedJws>);
  static_assert(!std::is_default_constructible_v<UnverifiedJws>);
}

}  // namespace
}  // namespace passport
