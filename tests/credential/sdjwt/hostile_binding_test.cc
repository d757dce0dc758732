// HOST-83 to HOST-97: presentations by somebody who is not the holder, or who is and cheats.
#include <gtest/gtest.h>

#include <string>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "tests/credential/sdjwt/sd_jwt_world.h"

namespace passport {
namespace {

const Forged& GoodForm() {
  static const Forged form{R"(,"_sd":["$0","$1"])", {R"(["s0","a",1])", R"(["s1","b",2])"}};
  return form;
}
std::string Good() { return World().SdJwt(GoodForm()); }

std::string Judge(const std::string& token) { return Verdict(token, World().Expectation()); }

// A good SD-JWT under a proof with another header.
std::string UnderHeader(const std::string& header, Signer& signer) {
  const std::string sd_jwt = Good();
  ForgedBinding binding = World().Binding(sd_jwt);
  binding.header = header;
  return sd_jwt + ForgeBinding(binding, signer);
}

TEST(SdJwtHostile, HOST83_RefusesAStrippedProof) { EXPECT_EQ(Judge(Good()), "kb_missing KB-01"); }

TEST(SdJwtHostile, HOST84_RefusesProofsOfOtherKeys) {
  const std::string honest = R"({"alg":"ES256","typ":"kb+jwt"})";
  EXPECT_EQ(Judge(UnderHeader(honest, World().stranger)), "kb_sig KB-03");
  EXPECT_EQ(Judge(UnderHeader(honest, World().issuer)), "kb_sig KB-03");
  const std::string own_key =
      R"({"alg":"ES256","typ":"kb+jwt","jwk":)" + WriteJwk(World().stranger.public_key().point()) + "}";
  EXPECT_EQ(Judge(UnderHeader(own_key, World().stranger)), "kb_sig KB-03");
  EXPECT_EQ(Judge(UnderHeader(R"({"alg":"ES256","typ":"kb+jwt","kid":"issuer-1"})", World().issuer)), "kb_sig KB-03");
  EXPECT_EQ(Judge(UnderHeader(R"({"alg":"ES256","typ":"kb+jwt","x5c":["AAAA"]})", World().stranger)), "kb_sig KB-03");
}

TEST(SdJwtHostile, HOST85_RefusesOtherAlgorithms) {
  for (const char* alg : {"\"none\"", "\"None\"", "\"HS256\"", "\"ES256K\"", "null", "[\"ES256\"]"}) {
    EXPECT_EQ(Judge(UnderHeader(R"({"alg":)" + std::string(alg) + R"(,"typ":"kb+jwt"})", World().holder)), "alg JWT-04")
        << alg;
  }
  const std::string unsigned_proof = ForgeJwsWith(R"({"alg":"none","typ":"kb+jwt"})", "{}", "");
  EXPECT_EQ(Judge(Good() + unsigned_proof), "alg JWT-04");
}

TEST(SdJwtHostile, HOST86_RefusesOtherTypes) {
  EXPECT_EQ(Judge(UnderHeader(R"({"alg":"ES256","typ":"JWT"})", World().holder)), "kb_typ KB-04");
  EXPECT_EQ(Judge(UnderHeader(R"({"alg":"ES256"})", World().holder)), "kb_typ KB-04");
}

TEST(SdJwtHostile, HOST87_HOST89_HOST90_RefusesOtherChallengesAudiencesAndTimes) {
  const struct {
    const char* name;
    std::string ForgedBinding::*claim;
    std::string value;
    const char* verdict;
  } rows[] = {
      {"HOST-87 another session", &ForgedBinding::nonce, "\"other\"", "kb_nonce KB-06"},
      {"HOST-87 missing", &ForgedBinding::nonce, "", "kb_nonce KB-06"},
      {"HOST-87 empty", &ForgedBinding::nonce, "\"\"", "kb_nonce KB-06"},
      {"HOST-87 number", &ForgedBinding::nonce, "1", "kb_nonce KB-06"},
      {"HOST-87 array", &ForgedBinding::nonce, "[\"" + std::string(kNonce) + "\"]", "kb_nonce KB-06"},
      {"HOST-89 other verifier", &ForgedBinding::aud, "\"https://other.example\"", "kb_aud KB-07"},
      {"HOST-89 array with us", &ForgedBinding::aud, "[\"" + std::string(kAudience) + "\"]", "kb_aud KB-07"},
      {"HOST-89 missing", &ForgedBinding::aud, "", "kb_aud KB-07"},
      {"HOST-89 without prefix", &ForgedBinding::aud, "\"receiver.example\"", "kb_aud KB-07"},
      {"HOST-89 trailing slash", &ForgedBinding::aud, "\"" + std::string(kAudience) + "/\"", "kb_aud KB-07"},
      {"HOST-90 an hour old", &ForgedBinding::iat, "1795296400", "kb_time KB-05"},
      {"HOST-90 an hour ahead", &ForgedBinding::iat, "1795303600", "kb_time KB-05"},
      {"HOST-90 string", &ForgedBinding::iat, "\"1795299995\"", "kb_time KB-05"},
      {"HOST-90 missing", &ForgedBinding::iat, "", "kb_time KB-05"},
  };
  const std::string sd_jwt = Good();
  for (const auto& row : rows) {
    ForgedBinding binding = World().Binding(sd_jwt);
    binding.*row.claim = row.value;
    EXPECT_EQ(Judge(sd_jwt + ForgeBinding(binding, World().holder)), row.verdict) << row.name;
  }
}

TEST(SdJwtHostile, HOST91_RefusesDisclosuresTakenOutOrPutInAfterwards) {
  const std::string sd_jwt = Good();
  const std::string proof = World().Bound(sd_jwt).substr(sd_jwt.size());
  const std::vector<std::string> disclosures = World().Disclosures(GoodForm());
  const std::string jwt = sd_jwt.substr(0, sd_jwt.find('~'));
  const std::string fewer = ForgeSdJwt(jwt, std::vector<std::string>{disclosures[0]});
  EXPECT_EQ(Judge(fewer + proof), "kb_hash KB-08") << "one removed";
  const std::string proof_of_fewer = World().Bound(fewer).substr(fewer.size());
  EXPECT_EQ(Judge(sd_jwt + proof_of_fewer), "kb_hash KB-08") << "one added";
  EXPECT_EQ(Judge(ForgeSdJwt(jwt, std::vector<std::string>{disclosures[1], disclosures[0]}) + proof), "kb_hash KB-08")
      << "order changed";
}

TEST(SdJwtHostile, HOST92_RefusesHashesOverOtherBytes) {
  const std::string sd_jwt = Good();
  const std::string right = QuotedSdHash(sd_jwt);
  const Digest digest = Sha256(sd_jwt);
  std::string hex = "\"";
  for (const std::uint8_t byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  const struct {
    const char* name;
    std::string value;
  } rows[] = {
      {"missing", ""},
      {"without the final ~", QuotedSdHash(sd_jwt.substr(0, sd_jwt.size() - 1))},
      {"over the whole presentation", QuotedSdHash(World().Bound(sd_jwt))},
      {"hexadecimal", hex + "\""},
      {"with padding", right.substr(0, right.size() - 1) + "=\""},
  };
  for (const auto& row : rows) {
    ForgedBinding binding = World().Binding(sd_jwt);
    binding.sd_hash = row.value;
    EXPECT_EQ(Judge(sd_jwt + ForgeBinding(binding, World().holder)), "kb_hash KB-08") << row.name;
  }
}

TEST(SdJwtHostile, HOST93_RefusesTheProofOfAnotherCredential) {
  const std::string other = World().SdJwt({R"(,"other":true)", {}});
  const std::string proof = World().Bound(other).substr(other.size());
  EXPECT_EQ(Judge(Good() + proof), "kb_hash KB-08");
}

TEST(SdJwtHostile, HOST94_RefusesASignatureReencodedAfterTheProof) {
  const std::string sd_jwt = Good();
  const std::string proof = World().Bound(sd_jwt).substr(sd_jwt.size());
  const std::size_t end = sd_jwt.find('~');
  const std::string reencoded = WithOtherS(sd_jwt.substr(0, end)) + sd_jwt.substr(end);
  EXPECT_EQ(Judge(reencoded + proof), "kb_hash KB-08");
  EXPECT_EQ(Judge(World().Bound(reencoded)), "ok") << "HOST-24: with a proof of its own it is the same credential";
}

TEST(SdJwtHostile, HOST95_RefusesConfirmationsWithoutAUsableKey) {
  const std::string jwk = WriteJwk(World().holder.public_key().point());
  const struct {
    const char* name;
    std::string member;
  } rows[] = {
      {"missing", ""},
      {"empty", R"(,"cnf":{})"},
      {"kid only", R"(,"cnf":{"kid":"holder"})"},
      {"jku", R"(,"cnf":{"jku":"https://attacker.example/keys"})"},
      {"oct", R"(,"cnf":{"jwk":{"kty":"oct","k":"AAAA"}})"},
      {"HOST-27 private part", R"(,"cnf":{"jwk":)" + jwk.substr(0, jwk.size() - 1) + R"(,"d":"AAAA"}})"},
      {"HOST-26 not on the curve", R"(,"cnf":{"jwk":{"kty":"EC","crv":"P-256","x":")" + std::string(42, 'A') +
                                       R"(E","y":")" + std::string(42, 'A') + R"(E"}})"},
  };
  for (const auto& row : rows) {
    const std::string payload =
        R"({"iss":"https://issuer.example","iat":1795200000,"exp":1895300000)" + row.member + "}";
    const std::string sd_jwt = ForgeJws(kIssuerHeader, payload, World().issuer) + "~";
    EXPECT_EQ(Judge(World().Bound(sd_jwt)), "kb_key KB-02") << row.name;
  }
}

TEST(SdJwtHostile, HOST96_RefusesOtherTokensAsProof) {
  const std::string sd_jwt = Good();
  EXPECT_EQ(Judge(sd_jwt + sd_jwt.substr(0, sd_jwt.find('~'))), "kb_typ KB-04") << "the issuer-signed JWT";
  EXPECT_EQ(Judge(UnderHeader(R"({"alg":"ES256","typ":"openid4vci-proof+jwt"})", World().holder)), "kb_typ KB-04");
  EXPECT_EQ(Judge(UnderHeader(R"({"alg":"ES256","typ":"statuslist+jwt"})", World().holder)), "kb_typ KB-04");
}

TEST(SdJwtHostile, HOST97_RefusesAColleaguesCredential) {
  const std::string sd_jwt = Good();
  EXPECT_EQ(Judge(sd_jwt + ForgeBinding(World().Binding(sd_jwt), World().stranger)), "kb_sig KB-03");
}

}  // namespace
}  // namespace passport
