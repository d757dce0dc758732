// Test vectors of others (tests/vectors/*/ORIGIN.md), read with another JSON reader than ours.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/crypto/key_table.h"

namespace passport {
namespace {

nlohmann::json File(const std::string& name) {
  std::ifstream file("tests/vectors/" + name);
  EXPECT_TRUE(file.good()) << name;
  return nlohmann::json::parse(file);
}

std::vector<std::uint8_t> Hex(const std::string& digits) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t at = 0; at + 2 <= digits.size(); at += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(digits.substr(at, 2), nullptr, 16)));
  }
  return bytes;
}

json::Value& Ours(const nlohmann::json& value, json::Tree& tree) {
  const Result<json::Value*> read = tree.Parse(value.dump(), json::kTokenLimits);
  EXPECT_TRUE(read.ok());
  return **read;
}

TEST(Vectors, Wycheproof_EcdsaP256P1363) {
  const nlohmann::json file = File("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json");
  int valid = 0;
  int invalid = 0;
  for (const nlohmann::json& group : file["testGroups"]) {
    const std::vector<std::uint8_t> octets = Hex(group["publicKey"]["uncompressed"]);
    ASSERT_EQ(octets.size(), 65U);
    P256Point point;
    std::copy(octets.begin() + 1, octets.end(), point.begin());
    const Result<PublicKey> key = PublicKey::Import(point);
    ASSERT_TRUE(key.ok());
    const std::shared_ptr<const KeyTable> table = KeyTable::Build(*key);
    ASSERT_NE(table, nullptr);
    for (const nlohmann::json& test : group["tests"]) {
      const Digest digest = Sha256(Hex(test["msg"]));
      const std::vector<std::uint8_t> signature = Hex(test["sig"]);
      const bool expected = test["result"] == "valid";
      EXPECT_EQ(key->Verify(digest, signature), expected) << test["tcId"] << " " << test["comment"];
      EXPECT_EQ(table->Verify(digest, signature), expected) << test["tcId"] << " " << test["comment"];
      const Result<bool> once = VerifyOnce(point, digest, signature);
      ASSERT_TRUE(once.ok()) << test["tcId"];
      EXPECT_EQ(*once, expected) << test["tcId"] << " " << test["comment"];
      ++(expected ? valid : invalid);
    }
  }
  EXPECT_EQ(valid, 173);
  EXPECT_EQ(invalid, 89);
}

TEST(Vectors, Jose_Es256OfRfc7515) {
  const nlohmann::json file = File("jose/jws-es256.json");
  ASSERT_EQ(file["valid"].size(), 1U);
  for (const nlohmann::json& row : file["valid"]) {
    const std::string token = row["jws"];
    const JwsRules rules{.typ = "",
                         .allowed_algs = Es256Only(),
                         .token_bytes = 1024,
                         .header_bytes = kHeaderBytesMax,
                         .payload = json::kTokenLimits};
    json::Tree tree;
    nlohmann::json public_part = row["jwk"];
    EXPECT_FALSE(ReadJwk(Ours(public_part, tree)).ok()) << "the published key has its private part";
    public_part.erase("d");
    const Result<PublicKey> key = ReadJwk(Ours(public_part, tree));
    ASSERT_TRUE(key.ok());
    const Result<UnverifiedJws> read = UnverifiedJws::Read(token, rules, tree);
    ASSERT_TRUE(read.ok()) << read.fault().detail;
    const Result<VerifiedJws> verified = read->Verify(*key);
    ASSERT_TRUE(verified.ok());
    EXPECT_EQ(verified->payload->Find("exp")->integer(), 1300819380);
    EXPECT_EQ(verified->payload->Find("http://example.com/is_root")->boolean(), true);
  }
}

TEST(Vectors, Jose_Thumbprints) {
  const nlohmann::json file = File("jose/jwk-thumbprint.json");
  ASSERT_EQ(file["cases"].size(), 3U);
  for (const nlohmann::json& row : file["cases"]) {
    json::Tree tree;
    const Result<std::string> thumbprint = Thumbprint(Ours(row["jwk"], tree));
    ASSERT_TRUE(thumbprint.ok());
    EXPECT_EQ(*thumbprint, row["sha256_thumbprint"].get<std::string>());
  }
}

}  // namespace
}  // namespace passport
