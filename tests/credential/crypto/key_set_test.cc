#include "credential/crypto/key_set.h"

#include <gtest/gtest.h>

#include "tests/credential/crypto/raw_jws.h"

namespace passport {
namespace {

std::string Named(const PrivateKey& key, std::string_view kid) {
  std::string jwk = WriteJwk(key.public_key().point());
  if (kid.empty()) return jwk;
  jwk.pop_back();
  jwk += R"(,"kid":)";
  json::WriteString(kid, jwk);
  return jwk + "}";
}

Result<KeySet> SetOf(std::string_view jwks) {
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(jwks, json::kTokenLimits);
  EXPECT_TRUE(value.ok()) << jwks;
  return KeySet::Read(**value);
}

// The fault of a token with that `kid` (none if empty) made by `key`; nothing when it holds.
std::optional<Fault> Verified(const KeySet& set, PrivateKey& key, std::string_view kid) {
  std::string header = R"({"alg":"ES256","typ":"test+jwt")";
  if (!kid.empty()) {
    header += R"(,"kid":)";
    json::WriteString(kid, header);
  }
  const std::string token = Signed(header + "}", kGoodPayload, key);
  json::Tree tree;
  Result<UnverifiedJws> read = UnverifiedJws::Read(token, TestRules(), tree);
  if (!read.ok()) return std::move(read).fault();
  Result<VerifiedJws> verified = set.Verify(*read);
  if (!verified.ok()) return std::move(verified).fault();
  return std::nullopt;
}

TEST(KeySet, FindsTheKeyByItsName) {
  PrivateKey a = NewKey();
  PrivateKey b = NewKey();
  const Result<KeySet> set = SetOf("[" + Named(a, "a") + "," + Named(b, "b") + "]");
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->size(), 2U);
  EXPECT_TRUE(set->Holds(a.public_key()));
  EXPECT_FALSE(set->Holds(NewKey().public_key()));
  EXPECT_FALSE(Verified(*set, a, "a"));
  EXPECT_FALSE(Verified(*set, b, "b"));
  EXPECT_EQ(Verified(*set, a, "b")->reason, Reason::kSig);
  EXPECT_FALSE(Verified(*set, b, "")) << "no name: all are tried";
}

TEST(KeySet, JWT05_TakesAKidForANameAndNothingElse) {
  PrivateKey key = NewKey();
  const Result<KeySet> set = SetOf("[" + Named(key, "key-1") + "]");
  ASSERT_TRUE(set.ok());
  const std::string with_nul("key-1\0", 6);
  for (const std::string& kid :
       {std::string("../../../dev/null"), std::string("' OR 1=1 --"), std::string("https://attacker.example/key"),
        with_nul, std::string("KEY-1"), std::string("key-1 "), std::string(8000, 'k'), std::string("%s%n"),
        std::string("*")}) {
    const std::optional<Fault> fault = Verified(*set, key, kid);
    ASSERT_TRUE(fault) << "HOST-08";
    EXPECT_EQ(fault->reason, Reason::kKey) << "HOST-08";
    EXPECT_EQ(fault->detail.find(kid), std::string::npos) << "HOST-08: given values stay out of messages";
  }
  EXPECT_EQ(Verified(*set, key, std::string(64 * 1024, 'k'))->reason, Reason::kLimit) << "HOST-08: header cap first";
}

TEST(KeySet, JWT05_RefusesNamesThatAreNoStrings) {
  PrivateKey key = NewKey();
  std::string jwk = WriteJwk(key.public_key().point());
  jwk.pop_back();
  for (const std::string_view kid : {"1", "{}", "null", "[\"a\"]"}) {
    const Result<KeySet> set = SetOf("[" + jwk + R"(,"kid":)" + std::string(kid) + "}]");
    ASSERT_FALSE(set.ok()) << "HOST-09: " << kid;
    EXPECT_EQ(set.fault().reason, Reason::kKey);
  }
}

TEST(KeySet, SDVC08_RefusesANameThatFitsMoreThanOneKeyOrAnUnusableOne) {
  PrivateKey key = NewKey();
  PrivateKey other = NewKey();
  const std::string good = Named(key, "1");
  struct Row {
    std::string_view what;
    std::string jwks;
  };
  const Row rows[] = {
      {"HOST-80, two keys of one name", "[" + good + "," + Named(other, "1") + "]"},
      {"HOST-80, the same key twice", "[" + good + "," + good + "]"},
      {"HOST-80, RSA of that name beside", R"([{"kty":"RSA","kid":"1","n":"AQAB","e":"AQAB"},)" + good + "]"},
      {"HOST-80, RSA of that name, after", "[" + good + R"(,{"kty":"RSA","kid":"1","n":"AQAB","e":"AQAB"}])"},
      {"HOST-80, P-384 of that name alone",
       R"([{"kty":"EC","crv":"P-384","kid":"1","x":"AA","y":"AA"},)" + Named(key, "2") + "]"},
      {"HOST-80, only another name", "[" + Named(key, "2") + "]"},
      {"no keys at all", "[]"},
  };
  for (const Row& row : rows) {
    const Result<KeySet> set = SetOf(row.jwks);
    ASSERT_TRUE(set.ok()) << row.what;
    const std::optional<Fault> fault = Verified(*set, key, "1");
    ASSERT_TRUE(fault) << row.what;
    EXPECT_EQ(fault->reason, Reason::kKey) << row.what;
    EXPECT_EQ(fault->check, "SDVC-08") << row.what;
  }
}

TEST(KeySet, SDVC08_TriesNoOtherKeyForANamedToken) {
  PrivateKey key = NewKey();
  PrivateKey named = NewKey();
  const Result<KeySet> set = SetOf("[" + Named(named, "other") + "," + Named(key, "") + "]");
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(Verified(*set, key, "1")->reason, Reason::kKey);
  EXPECT_EQ(Verified(*set, named, "1")->reason, Reason::kKey);
}

TEST(KeySet, SDVC08_TakesOneKeyThatWasHandedOverUnderAnyName) {
  PrivateKey key = NewKey();
  PrivateKey other = NewKey();
  json::Tree tree;
  const Result<KeySet> set = KeySet::ReadOne(**tree.Parse(Named(key, "mine"), json::kTokenLimits));
  ASSERT_TRUE(set.ok());
  EXPECT_FALSE(Verified(*set, key, "1"));
  EXPECT_EQ(Verified(*set, other, "1")->reason, Reason::kSig);
}

TEST(KeySet, SDVC08_TriesFourKeysAtMost) {
  PrivateKey key = NewKey();
  KeySet set;
  for (int i = 0; i < 3; ++i) set.Add("", NewKey().public_key());
  set.Add("", key.public_key());
  EXPECT_FALSE(Verified(set, key, ""));
  EXPECT_EQ(Verified(set, SomeKey(), "")->reason, Reason::kSig);
  set.Add("", NewKey().public_key());
  EXPECT_EQ(Verified(set, key, "")->reason, Reason::kKey);
}

TEST(KeySet, ReadsOnlyArraysOfPublicKeys) {
  PrivateKey key = NewKey();
  std::string with_private = WriteJwk(key.public_key().point());
  with_private.pop_back();
  with_private += R"(,"d":"AA"})";
  for (const std::string& jwks :
       {std::string("{}"), std::string(R"({"keys":[]})"), std::string("[1]"), std::string("[[]]"),
        std::string("[null]"), "[" + with_private + "]", std::string(R"([{"kty":"oct","k":"AAAA"}])"),
        std::string(R"([{"kty":"AKP","alg":"ML-DSA-44","priv":"AAAA"}])")}) {
    const Result<KeySet> set = SetOf(jwks);
    ASSERT_FALSE(set.ok()) << jwks;
    EXPECT_EQ(set.fault().reason, Reason::kKey);
  }
}

}  // namespace
}  // namespace passport
