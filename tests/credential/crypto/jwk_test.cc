#include "credential/crypto/jwk.h"

#include <gtest/gtest.h>

#include "credential/encoding/base64url.h"
#include "tests/credential/crypto/raw_jws.h"

namespace passport {
namespace {

// The key of RFC 7515 A.3.
constexpr std::string_view kX = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
constexpr std::string_view kY = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

std::string Jwk(std::string_view more = "", std::string_view x = kX, std::string_view y = kY,
                std::string_view kty = "EC", std::string_view crv = "P-256") {
  std::string text = R"({"kty":")" + std::string(kty) + R"(","crv":")" + std::string(crv) + R"(","x":")" +
                     std::string(x) + R"(","y":")" + std::string(y) + "\"";
  if (!more.empty()) text += "," + std::string(more);
  return text + "}";
}

json::Value& Parsed(std::string_view text, json::Tree& tree) {
  const Result<json::Value*> value = tree.Parse(text, json::kTokenLimits);
  EXPECT_TRUE(value.ok()) << text;
  return **value;
}

std::string Hex32(std::string_view digits) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string(digits.substr(at, 2)), nullptr, 16)));
  }
  return EncodeBase64Url(bytes);
}

TEST(Jwk, GoesThereAndBack) {
  json::Tree tree;
  const P256Point point = SomeKey().public_key().point();
  const Result<PublicKey> key = ReadJwk(Parsed(WriteJwk(point), tree));
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(*key, SomeKey().public_key());
  EXPECT_EQ(json::Write(MakeJwk(point, tree)), WriteJwk(point));
}

TEST(Jwk, JWT06_AcceptsOptionalMembersThatFit) {
  for (const std::string_view more : {"", R"("use":"sig")", R"("alg":"ES256")", R"("key_ops":["verify"])",
                                      R"("key_ops":["sign","verify"])", R"("kid":"1","x-own":{})"}) {
    json::Tree tree;
    EXPECT_TRUE(ReadJwk(Parsed(Jwk(more), tree)).ok()) << more;
  }
}

TEST(Jwk, JWT06_RefusesWhatIsNoPublicKeyForEs256) {
  const std::string zero = EncodeBase64Url(std::vector<std::uint8_t>(32));
  // x = 0 is on the curve with this y; x = p stands for the same number and must not pass for it.
  const std::string prime = Hex32("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  const std::string root_of_b = Hex32("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");
  const std::string all_ones = EncodeBase64Url(std::vector<std::uint8_t>(32, 0xff));
  const std::string bytes_31 = EncodeBase64Url(std::vector<std::uint8_t>(31, 1));
  const std::string bytes_33 = EncodeBase64Url(std::vector<std::uint8_t>(33, 1));
  json::Tree tree;
  ASSERT_TRUE(ReadJwk(Parsed(Jwk("", zero, root_of_b), tree)).ok());
  struct Row {
    std::string what;
    std::string jwk;
  };
  const Row rows[] = {
      {"HOST-26, not on the curve", Jwk("", kX, kX)},
      {"HOST-26, y of another point", Jwk("", zero, kY)},
      {"HOST-26, point at infinity", Jwk("", zero, zero)},
      {"HOST-26, x of 31 octets", Jwk("", bytes_31, kY)},
      {"HOST-26, x of 33 octets", Jwk("", bytes_33, kY)},
      {"HOST-26, y of 31 octets", Jwk("", kX, bytes_31)},
      {"HOST-26, y of 33 octets", Jwk("", kX, bytes_33)},
      {"HOST-26, x = p", Jwk("", prime, root_of_b)},
      {"HOST-26, x past p", Jwk("", all_ones, kY)},
      {"HOST-26, y past p", Jwk("", kX, all_ones)},
      {"HOST-26, P-384 with coordinates of 32 octets", Jwk("", kX, kY, "EC", "P-384")},
      {"HOST-27, with its private part", Jwk(R"("d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI")")},
      {"HOST-27, an empty private part", Jwk(R"("d":"")")},
      {"secp256k1", Jwk("", kX, kY, "EC", "secp256k1")},
      {"p-256 in lower case", Jwk("", kX, kY, "EC", "p-256")},
      {"kty in lower case", Jwk("", kX, kY, "ec")},
      {"kty OKP", Jwk("", kX, kY, "OKP", "Ed25519")},
      {"kty oct", R"({"kty":"oct","k":"AAAA"})"},
      {"RSA", R"({"kty":"RSA","n":"AQAB","e":"AQAB"})"},
      {"kty missing", R"({"crv":"P-256","x":")" + std::string(kX) + R"(","y":")" + std::string(kY) + "\"}"},
      {"kty a number", R"({"kty":1})"},
      {"empty", "{}"},
      {"an array", "[]"},
      {"x missing", R"({"kty":"EC","crv":"P-256","y":")" + std::string(kY) + "\"}"},
      {"x a number", R"({"kty":"EC","crv":"P-256","x":1,"y":")" + std::string(kY) + "\"}"},
      {"x padded", Jwk("", std::string(kX) + "=", kY)},
      {"x with unused bits set", Jwk("", std::string(kX.substr(0, 42)) + "V", kY)},
      {"use enc", Jwk(R"("use":"enc")")},
      {"use an array", Jwk(R"("use":["sig"])")},
      {"alg ES384", Jwk(R"("alg":"ES384")")},
      {"alg ML-DSA-44", Jwk(R"("alg":"ML-DSA-44")")},
      {"alg null", Jwk(R"("alg":null)")},
      {"key_ops sign", Jwk(R"("key_ops":["sign"])")},
      {"key_ops empty", Jwk(R"("key_ops":[])")},
      {"key_ops a string", Jwk(R"("key_ops":"verify")")},
      {"key_ops an object", Jwk(R"("key_ops":{"a":"verify"})")},
  };
  for (const Row& row : rows) {
    const Result<PublicKey> key = ReadJwk(Parsed(row.jwk, tree));
    ASSERT_FALSE(key.ok()) << row.what;
    EXPECT_EQ(key.fault().reason, Reason::kKey) << row.what;
    EXPECT_EQ(key.fault().check, "JWT-06") << row.what;
  }
}

TEST(Jwk, JWT06_ChecksThePointAlsoWhenItIsUsedOnce) {
  P256Point point = SomeKey().public_key().point();
  point[63] = static_cast<std::uint8_t>(point[63] ^ 1U);
  const Result<bool> holds = VerifyOnce(point, Sha256("x"), Signature{});
  ASSERT_FALSE(holds.ok());
  EXPECT_EQ(holds.fault().reason, Reason::kKey);
  EXPECT_FALSE(PublicKey::Import(point).ok());
  EXPECT_FALSE(VerifyOnce(P256Point{}, Sha256("x"), Signature{}).ok());
}

TEST(Jwk, PQ01_RefusesAKeyOfAnAlgorithmToCome) {
  json::Tree tree;
  for (const std::string_view jwk : {R"({"kty":"AKP","alg":"ML-DSA-44","pub":"AAAA"})",
                                     R"({"kty":"AKP","alg":"ES256","crv":"P-256","x":"AA","y":"AA"})"}) {
    const Result<PublicKey> key = ReadJwk(Parsed(jwk, tree));
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.fault().reason, Reason::kKey);
    EXPECT_EQ(key.fault().check, "PQ-01");
  }
}

TEST(Jwk, THUMB01_LooksAtTheRequiredMembersOnly) {
  json::Tree tree;
  const Result<std::string> plain = Thumbprint(Parsed(Jwk(), tree));
  ASSERT_TRUE(plain.ok());
  for (const std::string_view more : {R"("kid":"a")", R"("use":"sig","alg":"ES256")", R"("x5c":["AA=="])"}) {
    EXPECT_EQ(*Thumbprint(Parsed(Jwk(more), tree)), *plain);
  }
  const std::string reordered =
      R"({"y":")" + std::string(kY) + R"(","x":")" + std::string(kX) + R"(","kty":"EC","crv":"P\u002d256"})";
  EXPECT_EQ(*Thumbprint(Parsed(reordered, tree)), *plain);
  EXPECT_EQ(Thumbprint(*ReadJwkPoint(Parsed(Jwk(), tree))), *plain);
  EXPECT_NE(*Thumbprint(Parsed(Jwk("", kY, kX), tree)), *plain);
}

TEST(Jwk, THUMB01_RefusesMembersThatAreNotCanonical) {
  json::Tree tree;
  for (const std::string& jwk :
       {Jwk("", std::string(kX) + "="), Jwk("", std::string(kX.substr(0, 42)) + "V"), Jwk("", "AAAAA"),
        Jwk("", EncodeBase64Url(std::vector<std::uint8_t>(31, 1))),
        Jwk("", EncodeBase64Url(std::vector<std::uint8_t>(33, 1))), std::string(R"({"kty":"EC","crv":"P-256"})"),
        std::string(R"({"kty":"RSA","e":"AAEAAQ","n":"AQAB"})"), std::string(R"({"kty":"RSA","e":"AQAB","n":""})")}) {
    const Result<std::string> thumbprint = Thumbprint(Parsed(jwk, tree));
    ASSERT_FALSE(thumbprint.ok()) << jwk;
    EXPECT_EQ(thumbprint.fault().reason, Reason::kKey);
  }
}

TEST(Jwk, THUMB02_RefusesThumbprintsOfSecrets) {
  json::Tree tree;
  for (const std::string_view jwk : {R"({"kty":"oct","k":"AAAA"})", R"({"kty":"other"})", R"({"kty":""})"}) {
    const Result<std::string> thumbprint = Thumbprint(Parsed(jwk, tree));
    ASSERT_FALSE(thumbprint.ok()) << jwk;
    EXPECT_EQ(thumbprint.fault().reason, Reason::kKey);
    EXPECT_EQ(thumbprint.fault().check, "THUMB-02");
  }
  EXPECT_FALSE(Thumbprint(Parsed("{}", tree)).ok());
}

TEST(Jwk, ReadsKidsThatAreStrings) {
  json::Tree tree;
  EXPECT_EQ(*ReadKid(Parsed(R"({"kid":"a"})", tree)), "a");
  EXPECT_EQ(*ReadKid(Parsed("{}", tree)), "");
  EXPECT_EQ(ReadKid(Parsed(R"({"kid":1})", tree)).fault().reason, Reason::kKey);
}

}  // namespace
}  // namespace passport
