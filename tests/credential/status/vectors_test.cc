// The vectors of the Token Status List draft (tests/vectors/token-status-list/ORIGIN.md).
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "credential/encoding/inflate.h"
#include "credential/status/status_judgement.h"
#include "credential/status/status_reference.h"
#include "credential/status/status_token.h"

namespace passport {
namespace {

nlohmann::json File(const std::string& name) {
  std::ifstream file("tests/vectors/token-status-list/" + name);
  EXPECT_TRUE(file.good()) << name;
  return nlohmann::json::parse(file);
}

json::Value& Ours(const nlohmann::json& value, json::Tree& tree) {
  const Result<json::Value*> read = tree.Parse(value.dump(), json::kTokenLimits);
  EXPECT_TRUE(read.ok());
  return **read;
}

std::string HexOf(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

TEST(Vectors, TokenStatusList_Encoding) {
  const nlohmann::json file = File("encoding.json");
  ASSERT_EQ(file["cases"].size(), 6U);
  for (const nlohmann::json& row : file["cases"]) {
    const std::string name = row["name"];
    const std::string text = row["status_list"]["lst"];
    const Result<std::vector<std::uint8_t>> stream = DecodeBase64Url(text);
    ASSERT_TRUE(stream.ok()) << name;
    const Result<StatusList> list = StatusList::Decode(row["status_list"]["bits"], *stream, kStatusInflatedBytesMax);
    ASSERT_TRUE(list.ok()) << name;
    EXPECT_EQ(list->bytes().size(), row["uncompressed_bytes"].get<std::size_t>()) << name;
    EXPECT_EQ(HexOf(Sha256(list->bytes())), row["uncompressed_sha256"].get<std::string>()) << name;
    ASSERT_EQ(list->size(), row["entries"].get<std::uint64_t>()) << name;

    std::map<std::uint64_t, int> listed;
    for (const auto& [index, status] : row["statuses"].items()) listed[std::stoull(index)] = status;
    StatusList built = *StatusList::Make(list->bits(), list->size());
    std::uint64_t nonzero = 0;
    for (std::uint64_t index = 0; index < list->size(); ++index) {
      const auto found = listed.find(index);
      const int expected = found == listed.end() ? 0 : found->second;
      ASSERT_EQ(*list->At(index), expected) << name << " at " << index;
      nonzero += expected != 0 ? 1 : 0;
      if (expected != 0) {
        ASSERT_TRUE(built.Set(index, static_cast<std::uint8_t>(expected)).ok());
      }
    }
    EXPECT_EQ(nonzero, row["nonzero_entries"].get<std::uint64_t>()) << name;
    EXPECT_EQ(built, *list) << name;
    EXPECT_FALSE(list->At(row["out_of_range_index_must_reject"]).ok()) << name;
    // Other versions of zlib may compress otherwise; what comes back must be the same everywhere.
    EXPECT_EQ(*StatusList::Decode(list->bits(), built.Encode(9), kStatusInflatedBytesMax), *list) << name;
  }
}

// "INVALID(1)", "VALID(0)" or "reject: ..." of one check.
std::string Answer(const nlohmann::json& file, const nlohmann::json& check) {
  json::Tree tree;
  nlohmann::json jwks = nlohmann::json::array();
  jwks.push_back(file["verification_jwk"]);
  const Result<KeySet> keys = KeySet::Read(Ours(jwks, tree));
  if (!keys.ok()) return "no keys";
  const StatusTokenRules rules{.now = {check["now"].get<std::int64_t>()},
                               .leeway = Seconds{0},
                               .allowed_algs = Es256Only(),
                               .token_bytes = kStatusTokenBytesMax,
                               .inflated_bytes = kStatusInflatedBytesMax};
  const Result<StatusListToken> token =
      VerifyStatusToken(file["jwt"].get<std::string>(), check["referenced_uri"].get<std::string>(), *keys, rules);
  if (!token.ok()) return token.fault().check == "TSL-09" ? "reject: sub != uri" : "reject: expired";
  const Result<std::uint8_t> value = token->list.At(check["idx"].get<std::uint64_t>());
  if (!value.ok()) return "reject: index out of bounds";
  const Result<void> judged = JudgeStatusValue(*value);
  if (judged.ok()) return "VALID(0)";
  return judged.fault().reason == Reason::kRevoked ? "INVALID(1)" : "another status";
}

TEST(Vectors, TokenStatusList_Token) {
  const nlohmann::json file = File("status-list-token.json");
  ASSERT_EQ(file["checks"].size(), 5U);
  for (const nlohmann::json& check : file["checks"]) {
    EXPECT_EQ(Answer(file, check), check["expect"].get<std::string>());
  }
}

TEST(Vectors, TokenStatusList_ReferencedToken) {
  const nlohmann::json file = File("status-list-token.json");
  const std::string sd_jwt = file["referenced_sd_jwt"];
  const std::string token = sd_jwt.substr(0, sd_jwt.find('~'));
  json::Tree tree;
  const Result<PublicKey> key = ReadJwk(Ours(file["referenced_sd_jwt_issuer_jwk"], tree));
  ASSERT_TRUE(key.ok());
  const JwsRules rules{.typ = "example+sd-jwt",
                       .allowed_algs = Es256Only(),
                       .token_bytes = 16 * 1024,
                       .header_bytes = kHeaderBytesMax,
                       .payload = json::kTokenLimits};
  const Result<UnverifiedJws> read = UnverifiedJws::Read(token, rules, tree);
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  const Result<VerifiedJws> verified = read->Verify(*key);
  ASSERT_TRUE(verified.ok());
  const Result<std::optional<StatusReference>> reference = ReadStatusReference(*verified->payload);
  ASSERT_TRUE(reference.ok());
  EXPECT_EQ(*reference, (StatusReference{.uri = "https://example.com/statuslists/1", .index = 0}));
}

TEST(Vectors, TokenStatusList_Shapes) {
  const nlohmann::json file = File("shapes.json");
  json::Tree tree;
  const Result<std::optional<StatusReference>> reference =
      ReadStatusReference(Ours(file["referenced_token_status_claim"], tree));
  ASSERT_TRUE(reference.ok());
  EXPECT_EQ(*reference, (StatusReference{.uri = "https://example.com/statuslists/1", .index = 0}));
  json::Value& claims = tree.Object();
  WriteStatusReference(**reference, tree, claims);
  EXPECT_TRUE(json::Equal(claims, Ours(file["referenced_token_status_claim"], tree)));
  for (const nlohmann::json& uri : file["aggregation"]["status_lists"]) {
    EXPECT_TRUE(IsStatusUri(uri.get<std::string>()));
  }
  EXPECT_EQ("application/" + std::string(kStatusTokenTyp), file["media_types"]["jwt"].get<std::string>());
}

}  // namespace
}  // namespace passport
