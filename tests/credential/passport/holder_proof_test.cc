// Only the key's own proof of this very call, made now, is taken.
#include "credential/passport/holder_proof.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "keys/private_key.h"
#include "tests/support/seeded_random.h"

namespace passport {
namespace {

constexpr Instant kCallTime{1'800'000'000};
constexpr ProvenCall kReceive{.path = "/staffpassport.v1.WalletService/Receive", .request = "request"};

constexpr std::string_view kOurName = "passport.example";
const std::vector<std::string> kOurNames = {"people.example", "passport.example"};

class HolderProofTest : public ::testing::Test {
 protected:
  std::string Header() const {
    return R"({"typ":"dpop+jwt","alg":"ES256","jwk":)" + WriteJwk(key_.public_key().point()) + "}";
  }
  static std::string Claims() {
    return R"({"jti":"AAAAAAAAAAAAAAAAAAAAAA","htm":"POST","htu":"https://passport.example/staffpassport.v1.WalletService/Receive",)"
           R"("iat":1800000000,"rqd":")" +
           Sha256Text("request") + R"("})";
  }
  static std::string With(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
  std::string Signed(const std::string& header, const std::string& claims) {
    return SignJws(header, claims, key_).value();
  }
  static std::string Judge(const std::string& proof, const ProvenCall& call = kReceive, Instant now = kCallTime) {
    const auto verified = VerifyHolderProof(proof, kOurNames, call, now);
    return verified.ok() ? "ok" : std::string(WordOf(verified.fault().reason));
  }
  PrivateKey key_ = PrivateKey::Generate().value();
  SeededRandom random_{5};
};

TEST_F(HolderProofTest, TellsWhoseKeyMadeIt) {
  const std::string proof = MakeHolderProof(kOurName, kReceive, kCallTime, random_, key_).value();
  const auto verified = VerifyHolderProof(proof, kOurNames, kReceive, kCallTime);
  ASSERT_TRUE(verified.ok()) << verified.fault().detail;
  EXPECT_EQ(verified->thumbprint, Thumbprint(key_.public_key().point()));
  EXPECT_EQ(verified->key, key_.public_key().point());
  EXPECT_EQ(verified->made_at, kCallTime);
  EXPECT_EQ(verified->id.size(), 22U);
  const auto second = VerifyHolderProof(MakeHolderProof(kOurName, kReceive, kCallTime, random_, key_).value(),
                                        kOurNames, kReceive, kCallTime);
  EXPECT_NE(second->id, verified->id);
  EXPECT_EQ(Judge(Signed(Header(), Claims())), "ok");
}

TEST_F(HolderProofTest, IsGoodForThisCallAndRequestAlone) {
  const std::string proof = MakeHolderProof(kOurName, kReceive, kCallTime, random_, key_).value();
  EXPECT_EQ(Judge(proof, {.path = "/staffpassport.v1.WalletService/Redeem", .request = "request"}), "kb_aud");
  EXPECT_EQ(Judge(proof, {.path = kReceive.path, .request = "another"}), "kb_hash");
  EXPECT_EQ(Judge(proof, {.path = kReceive.path, .request = ""}), "kb_hash");
  const std::string empty = MakeHolderProof(kOurName, {kReceive.path, ""}, kCallTime, random_, key_).value();
  EXPECT_EQ(Judge(empty, {.path = kReceive.path, .request = ""}), "ok");
}

// What RFC 9449, 4.3, 9 asks: whoever got it under one name can not use it where another name is meant.
TEST_F(HolderProofTest, IsGoodForTheServiceThatWasDialledAlone) {
  const auto judge = [&](std::string_view dialled, const std::vector<std::string>& names) {
    const std::string proof = MakeHolderProof(dialled, kReceive, kCallTime, random_, key_).value();
    const auto verified = VerifyHolderProof(proof, names, kReceive, kCallTime);
    return verified.ok() ? "ok" : std::string(WordOf(verified.fault().reason));
  };
  EXPECT_EQ(judge("passport.example", kOurNames), "ok");
  EXPECT_EQ(judge("people.example", kOurNames), "ok") << "by any of its names";
  EXPECT_EQ(judge("passport.example.evil.example", kOurNames), "kb_aud");
  EXPECT_EQ(judge("evil.example", kOurNames), "kb_aud");
  EXPECT_EQ(judge("", kOurNames), "kb_aud");
  EXPECT_EQ(judge("passport.example", {}), "kb_aud") << "who has no name takes none";
}

TEST_F(HolderProofTest, NamesAServiceByItsHostInSmallLetters) {
  EXPECT_EQ(ServiceNameOf("Passport.Example:8444"), "passport.example");
  EXPECT_EQ(ServiceNameOf("127.0.0.1:1"), "127.0.0.1");
  EXPECT_EQ(ServiceNameOf("[::1]:8444"), "[::1]");
  EXPECT_EQ(ServiceNameOf("[FE80::1]"), "[fe80::1]");
  EXPECT_EQ(ServiceNameOf("passport.example"), "passport.example");
  for (const char* const name : {"passport.example", "localhost", "127.0.0.1", "[::1]", "a-b.example"})
    EXPECT_TRUE(IsServiceName(name)) << name;
  for (const char* const name :
       {"", "Passport.example", "passport.example:8444", "https://x", "*.example", "[]", "[::1", "[gg]", "a b", "a/b"})
    EXPECT_FALSE(IsServiceName(name)) << name;
  EXPECT_FALSE(IsServiceName(std::string(254, 'a')));
}

TEST_F(HolderProofTest, IsGoodForAMinuteEitherWay) {
  const std::string proof = MakeHolderProof(kOurName, kReceive, kCallTime, random_, key_).value();
  EXPECT_EQ(Judge(proof, kReceive, kCallTime + Seconds{60}), "ok");
  EXPECT_EQ(Judge(proof, kReceive, kCallTime - Seconds{60}), "ok");
  EXPECT_EQ(Judge(proof, kReceive, kCallTime + Seconds{61}), "kb_time");
  EXPECT_EQ(Judge(proof, kReceive, kCallTime - Seconds{61}), "kb_time");
}

TEST_F(HolderProofTest, RefusesAnotherHeader) {
  const PrivateKey other = PrivateKey::Generate().value();
  const std::string mine = WriteJwk(key_.public_key().point());
  const std::string header = Header();
  const std::pair<std::string, std::string> cases[] = {
      {With(header, "dpop+jwt", "kb+jwt"), "kb_typ"},
      {With(header, R"("typ":"dpop+jwt",)", ""), "kb_typ"},
      {With(header, "ES256", "none"), "alg"},
      {With(header, "ES256", "HS256"), "alg"},
      {With(header, mine, WriteJwk(other.public_key().point())), "kb_sig"},
      {With(header, R"(,"jwk":)" + mine, ""), "kb_key"},
      {With(header, mine, "7"), "kb_key"},
      {With(header, mine, "[]"), "kb_key"},
      {With(header, R"("kty":"EC")", R"("kty":"EC","d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")"), "kb_key"},
      {With(header, R"("kty":"EC")", R"("kty":"EC","kid":"k")"), "kb_key"},
      {With(header, R"("kty":"EC")", R"("kty":"OKP")"), "kb_key"},
      {With(header, "P-256", "P-384"), "kb_key"},
      {With(header, R"("alg")", R"("kid":"k","alg")"), "kb_key"},
      {With(header, R"("alg")", R"("jku":"https://evil.example/k","alg")"), "kb_key"},
      {With(header, R"("alg")", R"("x5c":[],"alg")"), "kb_key"},
      {With(header, R"("alg")", R"("crit":["x"],"alg")"), "crit"},
      {With(header, R"("alg")", R"("alg":"ES256","alg")"), "malformed"},
  };
  for (const auto& [text, word] : cases) EXPECT_EQ(Judge(Signed(text, Claims())), word) << text;
}

TEST_F(HolderProofTest, RefusesOtherClaims) {
  const std::string claims = Claims();
  const std::pair<std::string, std::string> cases[] = {
      {With(claims, R"("jti":"AAAAAAAAAAAAAAAAAAAAAA",)", ""), "claims"},
      {With(claims, "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA"), "claims"},         // less than 96 bits
      {With(claims, "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB"), "claims"},  // not the one text of its bytes
      {With(claims, "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAA AAAAAAAAA"), "claims"},
      {With(claims, "AAAAAAAAAAAAAAAAAAAAAA", std::string(65, 'A')), "claims"},
      {With(claims, R"("AAAAAAAAAAAAAAAAAAAAAA")", "7"), "claims"},
      {With(claims, "POST", "GET"), "kb_aud"},
      {With(claims, "POST", "post"), "kb_aud"},
      {With(claims, "Receive", "Receive/"), "kb_aud"},
      {With(claims, "https://passport.example", ""), "kb_aud"},
      {With(claims, "https://", "http://"), "kb_aud"},
      {With(claims, "passport.example/", "passport.example:8444/"), "kb_aud"},
      {With(claims, "passport.example/", "PASSPORT.example/"), "kb_aud"},
      {With(claims, "passport.example/", "passport.example//"), "kb_aud"},
      {With(claims, "passport.example/", "evil.example/passport.example/"), "kb_aud"},
      {With(claims, "1800000000", "\"1800000000\""), "claims"},
      {With(claims, "1800000000", "1800000000.5"), "claims"},
      {With(claims, "1800000000", "-1"), "claims"},
      {With(claims, "1800000000", "9223372036854775807"), "claims"},
      {With(claims, "1800000000", "99999999999999999999"), "claims"},
      {With(claims, "1800000000", "null"), "claims"},
      {With(claims, R"("rqd")", R"("ath")"), "claims"},
      {With(claims, R"("jti")", R"("exp":1900000000,"jti")"), "claims"},
      {With(claims, Sha256Text("request"), ""), "kb_hash"},
      {"[]", "malformed"},
      {"{}", "claims"},
  };
  for (const auto& [text, word] : cases) EXPECT_EQ(Judge(Signed(Header(), text)), word) << text;
}

TEST_F(HolderProofTest, RefusesWhatWasAlteredOrIsNoToken) {
  const std::string proof = MakeHolderProof(kOurName, kReceive, kCallTime, random_, key_).value();
  std::string altered = proof;
  altered[altered.size() - 40] = altered[altered.size() - 40] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Judge(altered), "kb_sig");
  EXPECT_EQ(Judge(proof.substr(0, proof.rfind('.') + 1)), "malformed");
  EXPECT_EQ(Judge(proof.substr(0, proof.size() - 1)), "malformed");
  EXPECT_EQ(Judge(proof + "."), "malformed");
  for (const char* const none : {"", ".", "..", "...", "a.b.c", "\xff\xfe.\x01.\x02"}) {
    EXPECT_NE(Judge(none), "ok") << none;
  }
  EXPECT_EQ(Judge(std::string(kHolderProofBytesMax + 1, 'a')), "limit");
}

// A presentation's proof and a call's are made with one key: neither is taken for the other.
TEST_F(HolderProofTest, IsNoKeyBindingJwtNorTheOtherWayRound) {
  const std::string kb = Signed(R"({"alg":"ES256","typ":"kb+jwt"})", Claims());
  EXPECT_EQ(Judge(kb), "kb_typ");
}

}  // namespace
}  // namespace passport
