// A credential that was verified before: the signature of its issuer is remembered, all else is checked again. What is
// forged is verified with and without memory by every other test of VerifyVc.
#include <gtest/gtest.h>

#include "tests/credential/credential/vc_forge.h"

namespace passport {
namespace {

class VerifyAgain : public VerifyVc {
 protected:
  std::string Again(const std::string& token) { return JudgeToken(token, &memory); }
  std::uint64_t remembered() const { return issuer_memory.counts().remembered; }
};

TEST_F(VerifyAgain, RemembersTheSignatureOfTheIssuer) {
  const std::string token = Token({});
  EXPECT_EQ(Again(token), "ok");
  EXPECT_EQ(remembered(), 0U);
  EXPECT_EQ(Again(token), "ok");
  EXPECT_EQ(remembered(), 1U);
}

TEST_F(VerifyAgain, GivesTheSameClaims) {
  const std::string token = Token({});
  json::Tree tree;
  const Result<VerifiedCredential> first = Verify(token, tree, &memory);
  const Result<VerifiedCredential> second = Verify(token, tree, &memory);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(remembered(), 1U);
  EXPECT_TRUE(json::Equal(*first->claims, *second->claims));
  EXPECT_EQ(first->signing_input_digest, second->signing_input_digest);
  EXPECT_EQ(first->kid, second->kid);
}

TEST_F(VerifyAgain, ReadsTheStatusAgain) {
  const std::string token = Token({});
  EXPECT_EQ(Again(token), "ok");
  statuses.value = 1;
  json::Tree tree;
  const Result<VerifiedCredential> revoked = Verify(token, tree, &memory);
  ASSERT_TRUE(revoked.ok() && revoked->status.ok());
  EXPECT_EQ(revoked->status->value, 1);
  EXPECT_EQ(remembered(), 1U);
}

TEST_F(VerifyAgain, JudgesTimesAgain) {
  const std::string token = Token({});
  EXPECT_EQ(Again(token), "ok");
  now = Instant{1795400000};
  EXPECT_EQ(Again(token), "time JWT-10");
}

TEST_F(VerifyAgain, JudgesDisclosuresAgain) {
  Case two;
  two.disclosures = {ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdA","part","theory"])"),
                     ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdB","note","x"])")};
  const std::string token = Token(two);
  EXPECT_EQ(Again(token), "ok");
  const std::string jwt = token.substr(0, token.find('~'));
  EXPECT_EQ(Again(ForgeSdJwt(jwt, std::vector<std::string>{two.disclosures[0]})), "ok") << "one of them is held back";
  const std::string altered = ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdA","part","practice"])");
  EXPECT_EQ(Again(ForgeSdJwt(jwt, std::vector<std::string>{altered, two.disclosures[1]})), "unused SDJWT-15");
  EXPECT_EQ(remembered(), 2U);
}

TEST_F(VerifyAgain, JudgesTheAuthorityOfTheIssuerAgain) {
  List();
  const std::string token = Token({});
  EXPECT_EQ(Again(token), "ok");
  listed.valid_until = Instant{1795299000};
  EXPECT_EQ(Again(token), "issuer TRUST-06");
  listed.valid_until = std::nullopt;
  listed.issue_keys.front().compromised_since = now - kMinute;
  json::Tree tree;
  const Result<VerifiedCredential> verified = Verify(token, tree, &memory);
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->issuer_standing, Reason::kCompromised);
  directory.issuers.begin()->second.vcts.clear();
  EXPECT_EQ(Again(token), "issuer SDVC-03");
}

TEST_F(VerifyAgain, RefusesAKeyThatTheIssuerNoLongerHas) {
  const std::string token = Token({});
  EXPECT_EQ(Again(token), "ok");
  TrustedIssuer& issuer = directory.issuers.begin()->second;
  issuer.keys = {};
  EXPECT_EQ(Again(token), "key SDVC-08");
  issuer.keys.Add("k1", NewKey().public_key());
  EXPECT_EQ(Again(token), "sig JWT-08") << "another key under the same name";
  directory.issuers.clear();
  EXPECT_EQ(Again(token), "issuer SDVC-06");
  EXPECT_EQ(remembered(), 0U);
}

TEST_F(VerifyAgain, RefusesAnotherSignatureOverTheSameText) {
  const std::string token = Token({});
  EXPECT_EQ(Again(token), "ok");
  const std::size_t end = token.find('~');
  std::string jwt = token.substr(0, end);
  const std::size_t at = jwt.rfind('.') + 10;
  jwt[at] = jwt[at] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Again(jwt + token.substr(end)), "sig JWT-08");
  // The other encoding of the same signature holds, as it does anywhere, and is a verdict of its own.
  EXPECT_EQ(Again(WithOtherS(token.substr(0, end)) + token.substr(end)), "ok");
  EXPECT_EQ(remembered(), 0U);
}

TEST_F(VerifyAgain, StartsAnewWithAnotherVersionOfTheRegistry) {
  const std::string token = Token({});
  EXPECT_EQ(Again(token), "ok");
  const Digest next = Sha256("registry 2");
  const KnownIssuers under_next(issuer_memory, next);
  EXPECT_EQ(JudgeToken(token, &under_next), "ok");
  EXPECT_EQ(remembered(), 0U);
  EXPECT_EQ(issuer_memory.counts().stock, 2U);
}

TEST_F(VerifyAgain, VerifiesManyCredentialsOfOneIssuerByItsTable) {
  for (int i = 0; i < 10; ++i) {
    Case one;
    one.members["level"] = std::to_string(i);
    EXPECT_EQ(Again(Token(one)), "ok");
  }
  EXPECT_EQ(issuer_memory.counts().stock, 2U);
  EXPECT_EQ(issuer_memory.counts().by_table, 8U);
}

}  // namespace
}  // namespace passport
