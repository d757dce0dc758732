// Other people's SD-JWTs: tests/vectors/rfc9901 and tests/vectors/sd-jwt-python. nlohmann::json reads and compares, so
// that our own reader is not its own judge.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "credential/encoding/base64url.h"
#include "credential/sdjwt/disclose.h"
#include "credential/sdjwt/issue.h"
#include "credential/sdjwt/present.h"
#include "credential/sdjwt/verify.h"
#include "tests/support/seeded_random.h"
#include "tests/support/token_forge.h"

namespace passport {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr Instant kVectorClock{1748600000};

Json ReadFile(const fs::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  return Json::parse(file);
}

KeySet KeysOf(const Json& jwks) {
  json::Tree tree;
  const auto read = tree.Parse(jwks.dump(), json::kTokenLimits);
  EXPECT_TRUE(read.ok());
  const auto keys = KeySet::Read(**read);
  EXPECT_TRUE(keys.ok());
  return *keys;
}

// The processed claims, or a string with the reason.
Json Verified(const std::string& token, const Json& jwks, Instant now, const KeyBinding& key_binding) {
  const KeySet set = KeysOf(jwks);
  FixedKeys keys(set);
  json::Tree tree;
  const SdJwtExpectation expected{.now = now,
                                  .leeway = Seconds{0},
                                  .allowed_algs = Es256Only(),
                                  .typ = "",
                                  .key_binding = key_binding,
                                  .limits = kSdJwtLimits};
  const auto result = VerifySdJwt(token, expected, keys, nullptr, tree);
  if (!result.ok()) return std::string(WordOf(result.fault().reason)) + ": " + result.fault().detail;
  return Json::parse(json::Write(*result->claims));
}

std::string RefusalOf(const Json& serialization) {
  const auto text = SplitSdJwt(serialization.dump(), kSdJwtLimits);
  return text.ok() ? "taken" : std::string(text.fault().check);
}

Json DisclosedAll(const Json& payload, const std::vector<std::string>& disclosures) {
  json::Tree tree;
  const auto root = tree.Parse(payload.dump(), json::kTokenLimits);
  EXPECT_TRUE(root.ok());
  const std::vector<std::string_view> views(disclosures.begin(), disclosures.end());
  const auto report = Disclose(**root, views, tree, kSdJwtLimits);
  if (!report.ok()) return std::string(WordOf(report.fault().reason)) + ": " + report.fault().detail;
  return Json::parse(json::Write(**root));
}

std::vector<std::string> DisclosureTexts(const Json& list) {
  std::vector<std::string> texts;
  for (const Json& disclosure : list) texts.push_back(disclosure["disclosure"]);
  return texts;
}

// The clock and policy a vector asks for.
Json VerifiedPresentation(const Json& vector, const std::string& token, const Json& jwks) {
  if (!vector.contains("expected_nonce") || vector["expected_nonce"].is_null()) {
    return Verified(token, jwks, kVectorClock, NoKeyBinding{});
  }
  const std::string audience = vector["expected_aud"];
  const std::string nonce = vector["expected_nonce"];
  std::string proof;
  EXPECT_TRUE(DecodeBase64Url(token.substr(token.find('.', token.rfind('~')) + 1,
                                           token.rfind('.') - token.find('.', token.rfind('~')) - 1),
                              proof)
                  .ok());
  const Instant made_at{Json::parse(proof)["iat"].get<std::int64_t>()};
  return Verified(token, jwks, made_at,
                  RequireKeyBinding{.audience = audience, .nonce = nonce, .proof_age_max = Seconds{0}});
}

// All of the listed serializations of one vector; how many there were.
int CheckVector(const Json& vector, const Json& jwks) {
  int checked = 0;
  for (const char* name : {"presentation", "presentation_as_compact"}) {
    if (!vector.contains(name) || !vector[name].is_string()) continue;
    EXPECT_EQ(VerifiedPresentation(vector, vector[name], jwks), vector["processed_payload"]) << name;
    ++checked;
  }
  for (const char* name : {"issuance", "issuance_as_compact"}) {
    if (!vector.contains(name) || !vector[name].is_string()) continue;
    const Json claims = Verified(vector[name], jwks, kVectorClock, NoKeyBinding{});
    EXPECT_TRUE(claims.is_object()) << name << " " << claims;
    if (vector.contains("issuance_processed_payload")) {
      EXPECT_EQ(claims, vector["issuance_processed_payload"]) << name;
    }
    ++checked;
  }
  for (const char* name : {"issuance", "presentation", "issuance_json", "presentation_json"}) {
    if (!vector.contains(name) || !vector[name].is_object()) continue;
    EXPECT_EQ(RefusalOf(vector[name]), "SDVC-16") << name;
    ++checked;
  }
  return checked;
}

TEST(Vectors, Rfc9901_DisclosuresAndTheirDigests) {
  const Json file = ReadFile("tests/vectors/rfc9901/04-disclosure-primitives.json");
  ASSERT_EQ(file["cases"].size(), 8U);
  for (const Json& row : file["cases"]) {
    const std::string disclosure = row["disclosure"];
    const std::string digest = row["digest_sha256"];
    EXPECT_EQ(DigestOf(disclosure), digest) << row["note"];
    const bool is_member = row["contents"].size() == 3;
    const Json payload = is_member ? Json{{"_sd", {digest}}} : Json{{"list", Json::array({Json{{"...", digest}}})}};
    const Json expected = is_member ? Json{{row["contents"][1].get<std::string>(), row["contents"][2]}}
                                    : Json{{"list", Json::array({row["contents"][1]})}};
    const Json got = DisclosedAll(payload, {disclosure});
    // A value with digests of its own loses them, for nothing else is shown.
    if (row["contents"].back().dump().find("_sd") == std::string::npos) {
      EXPECT_EQ(got, expected) << row["note"];
    }
    EXPECT_TRUE(got.is_object()) << got;
  }
}

TEST(Vectors, Rfc9901_LayoutsOfSectionSix) {
  for (const char* name : {"06.1-flat", "06.2-structured", "06.3-recursive"}) {
    const Json vector = ReadFile("tests/vectors/rfc9901/" + std::string(name) + ".json");
    EXPECT_EQ(DisclosedAll(vector["sd_jwt_payload"], DisclosureTexts(vector["disclosures"])), vector["processed_all"])
        << name;
    EXPECT_EQ(DisclosedAll(vector["sd_jwt_payload"], {}), vector["processed_none"]) << name;
    for (const Json& disclosure : vector["disclosures"]) {
      EXPECT_EQ(DigestOf(disclosure["disclosure"].get<std::string>()), disclosure["digest"]) << name;
    }
  }
}

TEST(Vectors, Rfc9901_EveryToken) {
  int files = 0;
  for (const auto& entry : fs::directory_iterator("tests/vectors/rfc9901")) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".json" || name == "keys" || name.starts_with("04") || name.starts_with("06")) {
      continue;
    }
    SCOPED_TRACE(name);
    const Json vector = ReadFile(entry.path());
    EXPECT_GT(CheckVector(vector, Json::array({vector["issuer_jwk"]})), 0);
    ++files;
  }
  EXPECT_EQ(files, 7);
}

TEST(Vectors, Rfc9901_FailsWithAnotherNonceAudienceOrKey) {
  const Json vector = ReadFile("tests/vectors/rfc9901/05-main.json");
  const Json keys = ReadFile("tests/vectors/rfc9901/keys.json");
  const std::string token = vector["presentation"];
  const Instant now{1748537243};
  const RequireKeyBinding right{
      .audience = "https://verifier.example.org", .nonce = "1234567890", .proof_age_max = Seconds{300}};
  EXPECT_TRUE(Verified(token, Json::array({keys["issuer"]}), now, right).is_object());
  EXPECT_TRUE(Verified(token, Json::array({keys["holder"]}), now, right).get<std::string>().starts_with("sig"));
  RequireKeyBinding other = right;
  other.nonce = "1234567891";
  EXPECT_TRUE(Verified(token, Json::array({keys["issuer"]}), now, other).get<std::string>().starts_with("kb_nonce"));
  other = right;
  other.audience = "https://verifier.example.com";
  EXPECT_TRUE(Verified(token, Json::array({keys["issuer"]}), now, other).get<std::string>().starts_with("kb_aud"));
  EXPECT_TRUE(Verified(token, Json::array({keys["issuer"]}), {1883000000}, NoKeyBinding{})
                  .get<std::string>()
                  .starts_with("time"));
}

TEST(Vectors, Rfc9901_HolderFindsEveryDisclosureOfAnIssuance) {
  for (const char* name : {"05-main", "A.3-sd-jwt-vc-pid", "A.4-w3c-vcdm2"}) {
    const Json vector = ReadFile("tests/vectors/rfc9901/" + std::string(name) + ".json");
    json::Tree tree;
    const std::string issuance = vector["issuance"];
    const auto list = ListDisclosures(issuance, kSdJwtLimits, tree);
    ASSERT_TRUE(list.ok()) << name << list.fault().detail;
    EXPECT_EQ(list->size(), vector["disclosures"].size()) << name;
    // All of them together are the whole again.
    std::vector<std::size_t> everything;
    for (std::size_t i = 0; i < list->size(); ++i) everything.push_back(i);
    const auto presented = PresentSdJwt(issuance, *list, everything);
    ASSERT_TRUE(presented.ok()) << name;
    EXPECT_EQ(*presented, issuance) << name;
  }
}

std::vector<fs::path> PythonCases() {
  std::vector<fs::path> cases;
  for (const char* folder : {"testcases", "examples"}) {
    for (const auto& entry : fs::directory_iterator(fs::path("tests/vectors/sd-jwt-python") / folder)) {
      if (entry.path().extension() == ".json") cases.push_back(entry.path());
    }
  }
  return cases;
}

TEST(Vectors, SdJwtPython_EveryToken) {
  int files = 0;
  for (const fs::path& path : PythonCases()) {
    SCOPED_TRACE(path.string());
    const Json vector = ReadFile(path);
    EXPECT_GT(CheckVector(vector, Json::array({vector["issuer_jwks"][0]})), 0);
    ++files;
  }
  EXPECT_EQ(files, 19);
}

TEST(Vectors, SdJwtPython_WantsTheProofWhereThereIsOne) {
  for (const fs::path& path : PythonCases()) {
    const Json vector = ReadFile(path);
    if (vector["key_binding"].get<bool>() || !vector["presentation"].is_string()) continue;
    const Json claims = Verified(vector["presentation"], Json::array({vector["issuer_jwks"][0]}), kVectorClock,
                                 RequireKeyBinding{.audience = "a", .nonce = "n", .proof_age_max = Seconds{300}});
    EXPECT_TRUE(claims.get<std::string>().starts_with("kb_missing")) << path;
  }
}

TEST(Vectors, SdJwtPython_IssuesTheSameClaims) {
  const Json marked = ReadFile("tests/vectors/sd-jwt-python/marked_paths.json");
  int files = 0;
  std::uint64_t seed = 0;
  for (const fs::path& path : PythonCases()) {
    SCOPED_TRACE(path.string());
    const Json vector = ReadFile(path);
    Selection selection;
    for (const Json& steps : marked.at(path.parent_path().filename().string() + "/" + path.stem().string())) {
      ClaimPath& made = selection.disclosable.emplace_back();
      for (const Json& step : steps) {
        if (step.is_string()) {
          made.emplace_back(step.get<std::string>());
        } else {
          made.emplace_back(step.get<std::size_t>());
        }
      }
    }
    json::Tree tree;
    SeededRandom random(++seed);
    const auto claims = tree.Parse(vector["user_claims"].dump(), json::kTokenLimits);
    ASSERT_TRUE(claims.ok());
    const auto prepared = PrepareSdJwt(**claims, selection, random, tree);
    ASSERT_TRUE(prepared.ok()) << prepared.fault().detail;
    const Json payload = Json::parse(json::Write(*prepared->payload));
    EXPECT_EQ(DisclosedAll(payload, prepared->disclosures), vector["user_claims"]);
    // Kept back, the same is left as of the upstream issuer's payload.
    Json upstream = DisclosedAll(vector["sd_jwt_payload"], {});
    const Json ours = DisclosedAll(payload, {});
    for (const char* added : {"iss", "iat", "exp", "cnf"}) {
      if (!ours.contains(added)) upstream.erase(added);
    }
    EXPECT_EQ(ours, upstream);
    ++files;
  }
  EXPECT_EQ(files, 19);
}

}  // namespace
}  // namespace passport
