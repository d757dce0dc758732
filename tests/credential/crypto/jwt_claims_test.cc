#include "credential/crypto/jwt_claims.h"

#include <gtest/gtest.h>

#include <string>

namespace passport {
namespace {

constexpr Instant kClaimsNow{1795300000};

const json::Value& Payload(const std::string& text, json::Tree& tree) {
  const Result<json::Value*> value = tree.Parse(text, json::kTokenLimits);
  EXPECT_TRUE(value.ok()) << text;
  return **value;
}

bool Holds(const std::string& payload, std::int64_t leeway = 0) {
  json::Tree tree;
  const Result<void> judged = CheckTimes(Payload(payload, tree), kClaimsNow, Seconds{leeway});
  if (!judged.ok()) {
    EXPECT_EQ(judged.fault().reason, Reason::kTime) << payload;
    EXPECT_EQ(judged.fault().check, "JWT-10") << payload;
  }
  return judged.ok();
}

TEST(JwtClaims, JWT10_ComparesTimesToTheSecond) {
  struct Row {
    std::string_view what;
    std::string payload;
    std::int64_t leeway;
    bool holds;
  };
  const Row rows[] = {
      {"HOST-73, exp is now", R"({"exp":1795300000})", 0, false},
      {"HOST-73, exp a second ago", R"({"exp":1795299999})", 0, false},
      {"HOST-73, exp in a second", R"({"exp":1795300001})", 0, true},
      {"exp 59 s ago, leeway 60", R"({"exp":1795299941})", 60, true},
      {"exp 60 s ago, leeway 60", R"({"exp":1795299940})", 60, false},
      {"HOST-75, exp half a second ahead", R"({"exp":1795300000.5})", 0, true},
      {"HOST-75, exp half a second ago", R"({"exp":1795299999.5})", 0, false},
      {"HOST-75, exp with an exponent, passed", R"({"exp":1.7953e9})", 0, false},
      {"HOST-75, exp with an exponent, ahead", R"({"exp":1.8953e9})", 0, true},
      {"HOST-75, exp 1895300000.5", R"({"exp":1895300000.5})", 0, true},
      {"HOST-76, nbf in the future", R"({"nbf":1795300001})", 0, false},
      {"nbf is now", R"({"nbf":1795300000})", 0, true},
      {"nbf half a second ahead", R"({"nbf":1795300000.5})", 0, false},
      {"nbf within the leeway", R"({"nbf":1795300060})", 60, true},
      {"nbf past the leeway", R"({"nbf":1795300061})", 60, false},
      {"HOST-76, iat a day ahead", R"({"iat":1795386400})", 60, false},
      {"iat within the leeway", R"({"iat":1795300060})", 60, true},
      {"iat is now", R"({"iat":1795300000})", 0, true},
      {"iat long ago", R"({"iat":0})", 0, true},
      {"none of them", "{}", 0, true},
      {"all of them", R"({"iat":1795200000,"nbf":1795200000,"exp":1795400000})", 0, true},
  };
  for (const Row& row : rows) EXPECT_EQ(Holds(row.payload, row.leeway), row.holds) << row.what;
}

TEST(JwtClaims, JWT10_RefusesWhatIsNoNumberInRange) {
  for (const std::string_view name : {"exp", "nbf", "iat"}) {
    for (const std::string_view value :
         {R"("1895300000")", "true", "null", "{}", "[]", "[1895300000]", "1e308", "9223372036854775808",
          "18446744075504851616", "9e99", "-1", "-0", "-0.5", "1e-500", "1e99999999999999999999", "9007199254740992",
          "9.007199254740992e15", "1e401"}) {
      json::Tree tree;
      const std::string payload = R"({")" + std::string(name) + R"(":)" + std::string(value) + "}";
      const Result<std::optional<Instant>> time = ReadTime(Payload(payload, tree), name);
      ASSERT_FALSE(time.ok()) << "HOST-74, HOST-75: " << payload;
      EXPECT_EQ(time.fault().reason, Reason::kTime);
      EXPECT_FALSE(Holds(payload)) << payload;
    }
  }
}

TEST(JwtClaims, JWT10_RoundsFractionsUpAndNothingElse) {
  struct Row {
    std::string_view number;
    std::int64_t seconds;
  };
  constexpr Row kRows[] = {
      {"0", 0},
      {"0.0", 0},
      {"0e0", 0},
      {"0.000e5", 0},
      {"1", 1},
      {"1.0", 1},
      {"1.000000001", 2},
      {"0.1", 1},
      {"1e-3", 1},
      {"1e-400", 1},
      {"15e-1", 2},
      {"20e-1", 2},
      {"1.5e1", 15},
      {"1.55e1", 16},
      {"1E3", 1000},
      {"1e+3", 1000},
      {"12.5e2", 1250},
      {"0.0005e4", 5},
      {"0.00051e4", 6},
      {"1795300000.999", 1795300001},
      {"9007199254740991", 9007199254740991},
      {"9.007199254740991e15", 9007199254740991},
      {"90071992547409910e-1", 9007199254740991},
  };
  for (const Row& row : kRows) {
    json::Tree tree;
    const Result<std::optional<Instant>> time =
        ReadTime(Payload(R"({"exp":)" + std::string(row.number) + "}", tree), "exp");
    ASSERT_TRUE(time.ok()) << row.number;
    EXPECT_EQ((*time)->seconds, row.seconds) << row.number;
  }
}

TEST(JwtClaims, SaysNothingForAnAbsentTime) {
  json::Tree tree;
  const Result<std::optional<Instant>> time = ReadTime(Payload(R"({"a":{"exp":1}})", tree), "exp");
  ASSERT_TRUE(time.ok());
  EXPECT_EQ(*time, std::nullopt);
}

}  // namespace
}  // namespace passport
