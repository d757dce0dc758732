#include "credential/sdjwt/present.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/credential/sdjwt/sd_jwt_world.h"

namespace passport {
namespace {

// 0 /a/street in 2, 1 /list/1, 2 /a, 3 /x~1y~0z with a short salt
std::string Held() {
  const std::string salt(20, 's');
  return World().SdJwt({R"(,"list":[0,{"...":"$1"}],"_sd":["$2","$3"])",
                        {R"(["aa)" + salt + R"(","street","1 High St"])", R"(["bb)" + salt + R"(",{"deep":1}])",
                         R"(["cc)" + salt + R"(","a",{"_sd":["$0"]}])", R"(["short","x/y~z",1])"}});
}

TEST(SdJwtPresent, ListsWhatCanBeShownAndWhatHangsInWhat) {
  json::Tree tree;
  const std::string held = Held();
  const auto list = ListDisclosures(held, kSdJwtLimits, tree);
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->size(), 4U);
  EXPECT_EQ((*list)[0].path, "/a/street");
  EXPECT_EQ((*list)[0].parent, 2U);
  EXPECT_EQ((*list)[1].path, "/list/1");
  EXPECT_EQ((*list)[1].parent, std::nullopt);
  EXPECT_EQ((*list)[2].path, "/a");
  EXPECT_EQ((*list)[2].parent, std::nullopt);
  EXPECT_EQ((*list)[3].path, "/x~1y~0z");
  EXPECT_NE(held.find((*list)[3].text), std::string::npos);
}

TEST(SdJwtPresent, FindsElementsInsideDisclosedElements) {
  const std::string held =
      World().SdJwt({R"(,"list":[0,{"...":"$1"}])", {R"(["s0",7])", R"(["s1",{"in":["x",{"...":"$0"}]}])"}});
  json::Tree tree;
  const auto list = ListDisclosures(held, kSdJwtLimits, tree);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ((*list)[0].path, "/list/1/in/1");
  EXPECT_EQ((*list)[0].parent, 1U);
}

TEST(SdJwtPresent, SDJWT19_WarnsOfWeakSalts) {
  json::Tree tree;
  const auto list = ListDisclosures(Held(), kSdJwtLimits, tree);
  ASSERT_TRUE(list.ok());
  EXPECT_FALSE((*list)[0].weak_salt);
  EXPECT_TRUE((*list)[3].weak_salt) << "short";
  const std::string salt(22, 's');
  const std::string twice =
      World().SdJwt({R"(,"_sd":["$0","$1"])", {R"([")" + salt + R"(","a",1])", R"([")" + salt + R"(","b",1])"}});
  const auto repeated = ListDisclosures(twice, kSdJwtLimits, tree);
  ASSERT_TRUE(repeated.ok());
  EXPECT_TRUE((*repeated)[0].weak_salt && (*repeated)[1].weak_salt);
}

std::string ShownClaims(const std::vector<std::size_t>& chosen) {
  const std::string held = Held();
  json::Tree tree;
  const auto presented = PresentSdJwt(held, *ListDisclosures(held, kSdJwtLimits, tree), chosen);
  if (!presented.ok()) return std::string(WordOf(presented.fault().reason));
  const BindingTerms terms{.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = std::nullopt};
  const auto bound = BindToAudience(*presented, terms, World().holder);
  if (!bound.ok()) return std::string(WordOf(bound.fault().reason));
  const std::string claims = Claims(*bound, World().Expectation());
  return claims.substr(claims.find("\"list\""));
}

TEST(SdJwtPresent, SDJWT15_ShowsTheChosenAndWhatTheyHangIn) {
  EXPECT_EQ(ShownClaims({}), R"("list":[0]})");
  EXPECT_EQ(ShownClaims({1}), R"("list":[0,{"deep":1}]})");
  EXPECT_EQ(ShownClaims({0}), R"("list":[0],"a":{"street":"1 High St"}})");
  EXPECT_EQ(ShownClaims({2}), R"("list":[0],"a":{}})");
  EXPECT_EQ(ShownClaims({3, 0, 0, 2}), R"("list":[0],"a":{"street":"1 High St"},"x/y~z":1})");
  EXPECT_EQ(ShownClaims({4}), "field_invalid");
}

TEST(SdJwtPresent, SDJWT02_RefusesSomebodyElsesPresentation) {
  json::Tree tree;
  const std::string bound = World().Bound(Held());
  const BindingTerms terms{.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = std::nullopt};
  const auto listed = ListDisclosures(bound, kSdJwtLimits, tree);
  const auto presented = PresentSdJwt(bound, {}, {});
  const auto again = BindToAudience(bound, terms, World().holder);
  ASSERT_FALSE(listed.ok() || presented.ok() || again.ok());
  EXPECT_EQ(listed.fault().check, "SDJWT-02");
  EXPECT_EQ(presented.fault().check, "SDJWT-02");
  EXPECT_EQ(again.fault().check, "SDJWT-02");
}

TEST(SdJwtPresent, KB10_BindsToNobodyInParticularNever) {
  for (const auto& [audience, nonce] : {std::pair("", "n"), std::pair("a", "")}) {
    const BindingTerms terms{.audience = audience, .nonce = nonce, .made_at = kNow, .purpose = std::nullopt};
    const auto bound = BindToAudience(Held(), terms, World().holder);
    ASSERT_FALSE(bound.ok());
    EXPECT_EQ(bound.fault().reason, Reason::kConfig);
  }
}

TEST(SdJwtPresent, KB06_CarriesThePurposeAndAnyCharacters) {
  const std::string nonce = "quote \" and \\ and \xc3\xb6";
  const BindingTerms terms{.audience = kAudience, .nonce = nonce, .made_at = kNow, .purpose = "shift on \"ward 4\""};
  const auto bound = BindToAudience(Held(), terms, World().holder);
  ASSERT_TRUE(bound.ok());
  SdJwtExpectation expected = World().Expectation();
  expected.key_binding = RequireKeyBinding{.audience = kAudience, .nonce = nonce, .proof_age_max = Seconds{1}};
  json::Tree tree;
  FixedKeys keys(World().keys);
  const auto verified = VerifySdJwt(*bound, expected, keys, nullptr, tree);
  ASSERT_TRUE(verified.ok()) << Verdict(verified);
  EXPECT_EQ(verified->key_binding->claims->Find("purpose")->text(), "shift on \"ward 4\"");
}

}  // namespace
}  // namespace passport
