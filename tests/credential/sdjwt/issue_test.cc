#include "credential/sdjwt/issue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "credential/encoding/base64url.h"
#include "credential/sdjwt/disclose.h"
#include "tests/credential/sdjwt/sd_jwt_world.h"
#include "tests/support/seeded_random.h"

namespace passport {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kClaims =
    R"({"name":"Ann \"A\" M\u00f6bius","address":{"street":"1 High St","town":"Luton"},"list":["a","b",["c"]],"age":40})";

struct Issued {
  Json payload;
  std::vector<std::string> disclosures;
  std::string problem;
};

Issued Issue(const Selection& selection, std::string_view claims_json = kClaims, std::uint64_t seed = 1) {
  json::Tree tree;
  SeededRandom random(seed);
  const auto claims = tree.Parse(claims_json, json::kTokenLimits);
  if (!claims.ok()) return {{}, {}, "claims do not parse"};
  const auto prepared = PrepareSdJwt(**claims, selection, random, tree);
  if (!prepared.ok()) return {{}, {}, std::string(WordOf(prepared.fault().reason))};
  return {Json::parse(json::Write(*prepared->payload)), prepared->disclosures, ""};
}

// What a verifier sees when these disclosures are shown.
Json Shown(const Issued& issued, const std::vector<std::string>& disclosures) {
  json::Tree tree;
  json::Value* payload = *tree.Parse(issued.payload.dump(), json::kTokenLimits);
  const std::vector<std::string_view> views(disclosures.begin(), disclosures.end());
  const auto report = Disclose(*payload, views, tree, kSdJwtLimits);
  if (!report.ok()) return std::string(WordOf(report.fault().reason));
  return Json::parse(json::Write(*payload));
}

Json Contents(const std::string& disclosure) {
  std::string text;
  EXPECT_TRUE(DecodeBase64Url(disclosure, text).ok());
  return Json::parse(text);
}

TEST(SdJwtIssue, SDJWT16_RestoresTheClaimsInEveryLayout) {
  const Json all = Json::parse(kClaims);
  const struct {
    const char* name;
    Selection selection;
    const char* without;  // what is left when nothing is shown
  } rows[] = {
      {"nothing",
       {},
       R"({"name":"Ann \"A\" M\u00f6bius","address":{"street":"1 High St","town":"Luton"},)"
       R"("list":["a","b",["c"]],"age":40})"},
      {"flat", {{{"name"}, {"address"}, {"list"}, {"age"}}, {}}, "{}"},
      {"structured",
       {{{"address", "street"}, {"address", "town"}}, {}},
       R"({"name":"Ann \"A\" M\u00f6bius","address":{},"list":["a","b",["c"]],"age":40})"},
      {"recursive",
       {{{"address"}, {"address", "street"}, {"address", "town"}}, {}},
       R"({"name":"Ann \"A\" M\u00f6bius","list":["a","b",["c"]],"age":40})"},
      {"recursive, named from the inside",
       {{{"address", "street"}, {"address"}}, {}},
       R"({"name":"Ann \"A\" M\u00f6bius","list":["a","b",["c"]],"age":40})"},
      {"elements",
       {{{"list", 0U}, {"list", 2U}, {"list", 2U, 0U}}, {}},
       R"({"name":"Ann \"A\" M\u00f6bius","address":{"street":"1 High St","town":"Luton"},"list":["b"],"age":40})"},
      {"decoys",
       {{{"name"}, {"list", 1U}}, {{{}, 3}, {{"list"}, 4}, {{"address"}, 2}, {{"list", 2U}, 1}}},
       R"({"address":{"street":"1 High St","town":"Luton"},"list":["a",["c"]],"age":40})"},
      {"decoys inside what is disclosed",
       {{{"address"}, {"list"}}, {{{"address"}, 2}, {{"list"}, 2}}},
       R"({"name":"Ann \"A\" M\u00f6bius","age":40})"},
  };
  for (const auto& row : rows) {
    const Issued issued = Issue(row.selection);
    ASSERT_EQ(issued.problem, "") << row.name;
    EXPECT_EQ(issued.disclosures.size(), row.selection.disclosable.size()) << row.name;
    EXPECT_EQ(Shown(issued, issued.disclosures), all) << row.name;
    EXPECT_EQ(Shown(issued, {}), Json::parse(row.without)) << row.name;
    EXPECT_EQ(issued.payload.contains("_sd_alg"), !row.selection.disclosable.empty() || !row.selection.decoys.empty())
        << row.name;
  }
}

TEST(SdJwtIssue, SDJWT19_DrawsSaltsOf128BitsInOneCall) {
  json::Tree tree;
  SeededRandom random(7);
  json::Value* claims = *tree.Parse(kClaims, json::kTokenLimits);
  const auto prepared = PrepareSdJwt(*claims, {{{"name"}, {"age"}, {"list", 0U}}, {}}, random, tree);
  ASSERT_TRUE(prepared.ok());
  EXPECT_EQ(random.calls(), 1U);
  EXPECT_EQ(random.bytes(), 48U);
  std::set<std::string> salts;
  for (const std::string& disclosure : prepared->disclosures) {
    const std::string salt = Contents(disclosure)[0];
    EXPECT_EQ(salt.size(), 22U);
    salts.insert(salt);
  }
  EXPECT_EQ(salts.size(), 3U);
}

TEST(SdJwtIssue, SDJWT19_DrawsNothingWhenNothingIsDisclosable) {
  json::Tree tree;
  SeededRandom random(7);
  const auto prepared = PrepareSdJwt(**tree.Parse(kClaims, json::kTokenLimits), {}, random, tree);
  ASSERT_TRUE(prepared.ok());
  EXPECT_EQ(random.calls(), 0U);
}

TEST(SdJwtIssue, SDJWT16_ShowsNothingOfTheOrderOfClaims) {
  // Over many seeds each claim's digest stands in each place.
  std::set<std::ptrdiff_t> places;
  std::set<std::size_t> element_places;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Issued issued = Issue({{{"name"}, {"address"}, {"age"}}, {{{"list"}, 2}}}, kClaims, seed);
    std::vector<std::string> sd = issued.payload["_sd"];
    places.insert(std::find(sd.begin(), sd.end(), DigestOf(issued.disclosures[0])) - sd.begin());
    for (std::size_t i = 0; i < issued.payload["list"].size(); ++i) {
      if (issued.payload["list"][i].is_object()) element_places.insert(i);
    }
  }
  EXPECT_EQ(places.size(), 3U);
  EXPECT_EQ(element_places.size(), 5U) << "decoys stand anywhere in the array";
}

TEST(SdJwtIssue, SDJWT09_RefusesSelectionsThatCanNotBe) {
  const struct {
    const char* name;
    Selection selection;
    std::string claims;
    const char* reason;
  } rows[] = {
      {"no such claim", {{{"nome"}}, {}}, "{\"name\":1}", "disclosure"},
      {"no such element", {{{"list", 3U}}, {}}, "{\"list\":[1,2,3]}", "disclosure"},
      {"index into an object", {{{"a", 0U}}, {}}, "{\"a\":{\"b\":1}}", "disclosure"},
      {"name into an array", {{{"a", "0"}}, {}}, "{\"a\":[1]}", "disclosure"},
      {"through a scalar", {{{"a", "b"}}, {}}, "{\"a\":1}", "disclosure"},
      {"everything", {{{}}, {}}, "{\"a\":1}", "disclosure"},
      {"twice", {{{"a"}, {"b"}, {"a"}}, {}}, "{\"a\":1,\"b\":2}", "disclosure"},
      {"_sd is there", {{{"a"}}, {}}, "{\"a\":1,\"b\":{\"_sd\":[]}}", "disclosure"},
      {"... is there", {{{"a"}}, {}}, "{\"a\":[{\"...\":\"x\"}]}", "disclosure"},
      {"_sd_alg is there", {{}, {}}, "{\"_sd_alg\":\"sha-256\"}", "disclosure"},
      {"_sd marked", {{{"_sd"}}, {}}, "{\"_sd\":1}", "disclosure"},
      {"decoys in a scalar", {{}, {{{"a"}, 1}}}, "{\"a\":1}", "disclosure"},
      {"decoys nowhere", {{}, {{{"b"}, 1}}}, "{\"a\":1}", "disclosure"},
      {"too many decoys", {{}, {{{}, 4097}}}, "{\"a\":1}", "limit"},
      {"claims are an array", {{}, {}}, "[]", "disclosure"},
  };
  for (const auto& row : rows) EXPECT_EQ(Issue(row.selection, row.claims).problem, row.reason) << row.name;
}

TEST(SdJwtIssue, SDJWT15_NestsNoDeeperThanAVerifierFollows) {
  std::string claims = "1";
  for (int i = 0; i < 17; ++i) claims = R"({"n":)" + claims + "}";
  Selection selection;
  ClaimPath path;
  for (int i = 0; i < 16; ++i) {
    path.emplace_back("n");
    selection.disclosable.push_back(path);
  }
  const Issued issued = Issue(selection, claims);
  EXPECT_EQ(issued.problem, "");
  EXPECT_EQ(Shown(issued, issued.disclosures), Json::parse(claims));
  path.emplace_back("n");
  selection.disclosable.push_back(path);
  EXPECT_EQ(Issue(selection, claims).problem, "limit");
}

TEST(SdJwtIssue, SDJWT03_SignsWhatAVerifierAccepts) {
  SdJwtWorld& world = SdJwtWorld::Get();
  json::Tree tree;
  SeededRandom random(3);
  json::Value* claims = *tree.Parse(world.Payload(R"(,"name":"Ann","list":[1,2])"), json::kTokenLimits);
  const auto prepared = PrepareSdJwt(*claims, {{{"name"}, {"list", 1U}}, {{{}, 2}}}, random, tree);
  ASSERT_TRUE(prepared.ok());
  const auto sd_jwt = SignSdJwt(*prepared, kIssuerHeader, world.issuer);
  ASSERT_TRUE(sd_jwt.ok());
  EXPECT_EQ(sd_jwt->back(), '~');
  const Json processed = Json::parse(Claims(world.Bound(*sd_jwt), world.Expectation()));
  EXPECT_EQ(processed, Json::parse(world.Payload(R"(,"name":"Ann","list":[1,2])")));
}

TEST(SdJwtIssue, JWT01_SignsNothingAVerifierWouldFindTooLong) {
  SdJwtWorld& world = SdJwtWorld::Get();
  json::Tree tree;
  json::Value& claims = tree.Object();
  claims.Append("a", tree.String(std::string(128 * 1024, 'x')));
  const auto sd_jwt = SignSdJwt({&claims, {}}, kIssuerHeader, world.issuer);
  ASSERT_FALSE(sd_jwt.ok());
  EXPECT_EQ(sd_jwt.fault().reason, Reason::kLimit);
}

}  // namespace
}  // namespace passport
