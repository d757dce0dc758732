#include "credential/sdjwt/disclose.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/token_forge.h"

namespace passport {
namespace {

std::vector<std::string_view> Views(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

// What comes out of a payload, as text; or "reason check".
std::string Disclosed(const std::string& payload, const std::vector<std::string>& disclosures,
                      const SdJwtLimits& limits = kSdJwtLimits) {
  json::Tree tree;
  const auto root = tree.Parse(payload, json::kTokenLimits);
  if (!root.ok()) return "payload does not parse";
  const auto report = Disclose(**root, Views(disclosures), tree, limits);
  if (report.ok()) return json::Write(**root);
  return std::string(WordOf(report.fault().reason)) + " " + std::string(report.fault().check);
}

std::vector<std::string> Touched(const std::string& payload, const std::vector<std::string>& disclosures) {
  json::Tree tree;
  const auto root = tree.Parse(payload, json::kTokenLimits);
  const auto report = Disclose(**root, Views(disclosures), tree, kSdJwtLimits);
  if (!report.ok()) return {"failed"};
  return {report->touched.begin(), report->touched.end()};
}

std::string Decoy(int number) { return DigestOf("decoy " + std::to_string(number)); }

const std::string kName = ForgeDisclosure(R"(["salt","name","Ann"])");
const std::string kElement = ForgeDisclosure(R"(["salt","b"])");

TEST(SdJwt, SDJWT16_PutsClaimsInTheirPlaceAndRemovesTheMachinery) {
  EXPECT_EQ(Disclosed(R"({"a":1,"_sd":[")" + DigestOf(kName) + R"("],"_sd_alg":"sha-256"})", {kName}),
            R"({"a":1,"name":"Ann"})");
  EXPECT_EQ(Disclosed(R"({"list":["a",{"...":")" + DigestOf(kElement) + R"("},"c"]})", {kElement}),
            R"({"list":["a","b","c"]})");
}

TEST(SdJwt, SDJWT16_DropsWhatIsNotDisclosedAndKeepsEmptiedContainers) {
  EXPECT_EQ(Disclosed(R"({"a":{"_sd":[")" + Decoy(1) + R"("]},"b":[{"...":")" + Decoy(2) + R"("}],"_sd":[]})", {}),
            R"({"a":{},"b":[]})");
}

TEST(SdJwt, SDJWT16_KeepsTheOrderOfArrays) {
  const std::string one = ForgeDisclosure(R"(["s1",1])");
  const std::string three = ForgeDisclosure(R"(["s3",3])");
  EXPECT_EQ(Disclosed(R"({"l":[{"...":")" + DigestOf(one) + R"("},{"...":")" + Decoy(1) + R"("},{"...":")" +
                          DigestOf(three) + R"("},4]})",
                      {three, one}),
            R"({"l":[1,3,4]})");
}

TEST(SdJwt, SDJWT12_TakesAPlaceholderDisclosedInPlaceOfAnotherAsOne) {
  const std::string inner = ForgeDisclosure(R"(["s1","x"])");
  const std::string outer = ForgeDisclosure(R"(["s2",{"...":")" + DigestOf(inner) + R"("}])");
  const std::string payload = R"({"l":[{"...":")" + DigestOf(outer) + R"("}]})";
  EXPECT_EQ(Disclosed(payload, {inner, outer}), R"({"l":["x"]})");
  EXPECT_EQ(Disclosed(payload, {outer}), R"({"l":[]})");
}

TEST(SdJwt, SDJWT05_KnowsOneAlgorithmAtTheTopOnly) {
  EXPECT_EQ(Disclosed(R"({"_sd_alg":"sha-256"})", {}), "{}");
  for (const char* value : {"\"sha-512\"", "\"SHA-256\"", "\"sha256\"", "\"\"", "5", "null", "[\"sha-256\"]", "{}"}) {
    EXPECT_EQ(Disclosed(std::string(R"({"_sd_alg":)") + value + "}", {}), "sd_alg SDJWT-05") << value;
  }
  EXPECT_EQ(Disclosed(R"({"a":{"_sd_alg":"sha-256"}})", {}), "sd_alg SDJWT-05");
  EXPECT_EQ(Disclosed(R"({"a":[{"b":{"_sd_alg":"sha-256"}}]})", {}), "sd_alg SDJWT-05");
}

TEST(SdJwt, SDJWT11_LooksAtDigestsOnlyAfterUnusedDisclosures) {
  EXPECT_EQ(Disclosed(R"({"_sd":["tooshort"]})", {}), "malformed SDJWT-11");
  EXPECT_EQ(Disclosed(R"({"_sd":[")" + Decoy(1) + R"(="]})", {}), "malformed SDJWT-11");
  EXPECT_EQ(Disclosed(R"({"l":[{"...":""}]})", {}), "malformed SDJWT-11");
  EXPECT_EQ(Disclosed(R"({"_sd":["tooshort"]})", {kName}), "unused SDJWT-15");
}

TEST(SdJwt, SDJWT01_RefusesADisclosureThatIsNotBase64UrlReferencedOrNot) {
  EXPECT_EQ(Disclosed("{}", {"a+b="}), "malformed SDJWT-01");
  EXPECT_EQ(Disclosed("{}", {""}), "malformed SDJWT-01");
  EXPECT_EQ(Disclosed(R"({"_sd":[")" + DigestOf("a+b=") + R"("]})", {"a+b="}), "malformed SDJWT-01");
}

TEST(SdJwt, SDJWT06_KeepsTheCapsInsideADisclosure) {
  const std::string deep = ForgeDisclosure(R"(["s","n",)" + std::string(40, '[') + std::string(40, ']') + "]");
  EXPECT_EQ(Disclosed(R"({"_sd":[")" + DigestOf(deep) + R"("]})", {deep}), "limit SDJWT-06");
  const std::string half = ForgeDisclosure(R"(["s","n",)" + std::string(20, '[') + std::string(20, ']') + "]");
  const std::string nested = R"({"_sd":[")" + DigestOf(half) + R"("]})";
  EXPECT_NE(Disclosed(nested, {half}), "limit ");
  std::string around = nested;
  for (int i = 0; i < 15; ++i) around = R"({"x":)" + around + "}";
  EXPECT_EQ(Disclosed(around, {half}), "limit ") << "depth counts over payload and disclosure together";
}

TEST(SdJwt, SDJWT07_SDJWT08_WantsThreeElementsForAMemberAndTwoForAnElement) {
  EXPECT_EQ(Disclosed(R"({"_sd":[")" + DigestOf(kElement) + R"("]})", {kElement}), "disclosure SDJWT-07");
  EXPECT_EQ(Disclosed(R"({"l":[{"...":")" + DigestOf(kName) + R"("}]})", {kName}), "disclosure SDJWT-08");
  const std::string unnamed = ForgeDisclosure(R"(["salt",{"name":1},"Ann"])");
  EXPECT_EQ(Disclosed(R"({"_sd":[")" + DigestOf(unnamed) + R"("]})", {unnamed}), "disclosure SDJWT-07");
}

TEST(SdJwt, SDJWT08_BoundsElementsDisclosedInElements) {
  std::vector<std::string> disclosures;
  std::string value = "1";
  for (int i = 0; i < 17; ++i) {
    if (i == 16) {
      EXPECT_EQ(Disclosed(R"({"l":[)" + value + "]}", disclosures), R"({"l":[1]})");
    }
    disclosures.push_back(ForgeDisclosure(R"(["s)" + std::to_string(i) + R"(",)" + value + "]"));
    value = R"({"...":")" + DigestOf(disclosures.back()) + R"("})";
  }
  EXPECT_EQ(Disclosed(R"({"l":[)" + value + "]}", disclosures), "limit ");
}

TEST(SdJwt, SDJWT14_RefusesTheSameDisclosureTwice) {
  EXPECT_EQ(Disclosed(R"({"_sd":[")" + DigestOf(kName) + R"("]})", {kName, kName}), "digest_dup SDJWT-14");
  EXPECT_EQ(Disclosed("{}", {kName, kElement, kName}), "digest_dup SDJWT-14") << "referenced or not";
}

// A chain in which each disclosed object holds the digest of the next.
std::pair<std::string, std::vector<std::string>> Chain(std::size_t length) {
  std::vector<std::string> disclosures;
  std::string value = "1";
  for (std::size_t i = 0; i < length; ++i) {
    disclosures.push_back(ForgeDisclosure(R"(["s)" + std::to_string(i) + R"(","n",)" + value + "]"));
    value = R"({"_sd":[")" + DigestOf(disclosures.back()) + R"("]})";
  }
  return {value, disclosures};
}

TEST(SdJwt, SDJWT15_FollowsSixteenDisclosuresInEachOtherAndNoMore) {
  const auto [payload, disclosures] = Chain(16);
  EXPECT_EQ(Disclosed(payload, disclosures).substr(0, 10), R"({"n":{"n":)");
  const auto [longer, more] = Chain(17);
  EXPECT_EQ(Disclosed(longer, more), "limit ");
}

TEST(SdJwt, SDJWT13_CountsDigestsUpToTheCap) {
  std::string payload = R"({"_sd":[)";
  for (int i = 0; i < 4096; ++i) payload += (i == 0 ? "\"" : ",\"") + Decoy(i) + "\"";
  SdJwtLimits limits = kSdJwtLimits;
  json::Tree tree;
  json::Limits reading = json::kTokenLimits;
  reading.bytes = 1 << 20;
  const auto fits = tree.Parse(payload + "]}", reading);
  ASSERT_TRUE(fits.ok());
  EXPECT_TRUE(Disclose(**fits, {}, tree, limits).ok());
  const auto over = tree.Parse(payload + ",\"" + Decoy(5000) + "\"]}", reading);
  ASSERT_TRUE(over.ok());
  const auto refused = Disclose(**over, {}, tree, limits);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().reason, Reason::kLimit);
}

TEST(SdJwt, SDJWT10_FindsANameTwiceAmongMany) {
  std::vector<std::string> disclosures;
  for (int i = 0; i < 100; ++i) {
    disclosures.push_back(
        ForgeDisclosure(R"(["s)" + std::to_string(i) + R"(","n)" + std::to_string(i == 99 ? 5 : i) + R"(",1])"));
  }
  EXPECT_EQ(Disclosed(R"({"_sd":)" + DigestsOf(disclosures) + "}", disclosures), "disclosure SDJWT-10");
  disclosures.back() = ForgeDisclosure(R"(["s","kept",1])");
  EXPECT_EQ(Disclosed(R"({"kept":0,"_sd":)" + DigestsOf(disclosures) + "}", disclosures), "disclosure SDJWT-10");
}

TEST(SdJwt, SDVC04_ReportsWhichTopLevelClaimsWereTouched) {
  const std::string inner = ForgeDisclosure(R"(["s","inner",1])");
  using Names = std::vector<std::string>;
  EXPECT_EQ(Touched(R"({"plain":{"a":[1]}})", {}), Names{});
  EXPECT_EQ(Touched(R"({"_sd":[")" + DigestOf(kName) + R"("],"plain":1})", {kName}), Names{"name"});
  EXPECT_EQ(Touched(R"({"_sd":[")" + DigestOf(kName) + R"("],"plain":1})", {}), Names{});
  EXPECT_EQ(Touched(R"({"cnf":{"jwk":{"_sd":[]}},"plain":1})", {}), Names{"cnf"});
  EXPECT_EQ(Touched(R"({"list":[[{"...":")" + Decoy(1) + R"("}]],"deep":{"x":{"_sd":[")" + DigestOf(inner) + R"("]}}})",
                    {inner}),
            (Names{"deep", "list"}));
}

TEST(SdJwt, SDJWT13_TakesTimeInProportionToTheToken) {
  // 512 disclosures in one object of 1,000 members, the worst the caps allow; a quadratic walk would show.
  std::vector<std::string> disclosures;
  for (int i = 0; i < 512; ++i) {
    disclosures.push_back(ForgeDisclosure(R"(["s)" + std::to_string(i) + R"(","d)" + std::to_string(i) + R"(",1])"));
  }
  std::string payload = R"({"_sd":)" + DigestsOf(disclosures);
  for (int i = 0; i < 999; ++i) payload += R"(,"m)" + std::to_string(i) + R"(":)" + std::to_string(i);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Disclosed(payload + "}", disclosures).substr(0, 7), R"({"m0":0)");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

}  // namespace
}  // namespace passport
