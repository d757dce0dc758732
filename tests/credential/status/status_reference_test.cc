#include "credential/status/status_reference.h"

#include <gtest/gtest.h>

namespace passport {
namespace {

constexpr std::string_view kUri = "https://status.example/lists/1";

Result<std::optional<StatusReference>> Read(const std::string& claims) {
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(claims, json::kTokenLimits);
  EXPECT_TRUE(value.ok()) << claims;
  return ReadStatusReference(**value);
}

std::string Claims(std::string_view index_json, std::string_view uri = kUri) {
  std::string text = R"({"status":{"status_list":{"idx":)" + std::string(index_json) + R"(,"uri":)";
  json::WriteString(uri, text);
  return text + "}}}";
}

void ExpectRefused(const std::string& claims, std::string_view what) {
  const Result<std::optional<StatusReference>> reference = Read(claims);
  ASSERT_FALSE(reference.ok()) << what;
  EXPECT_EQ(reference.fault().reason, Reason::kStatus) << what;
  EXPECT_EQ(reference.fault().check, "TSL-03") << what;
}

TEST(StatusReference, GoesThereAndBack) {
  for (const std::uint32_t index : {0U, 7U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
    const StatusReference reference{.uri = std::string(kUri), .index = index};
    json::Tree tree;
    json::Value& claims = tree.Object();
    WriteStatusReference(reference, tree, claims);
    const Result<std::optional<StatusReference>> back = Read(json::Write(claims));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, reference);
  }
  json::Tree tree;
  json::Value& claims = tree.Object();
  WriteStatusReference({.uri = std::string(kUri), .index = 7}, tree, claims);
  EXPECT_EQ(json::Write(claims), Claims("7"));
}

TEST(StatusReference, IsNothingWhenThereIsNoStatus) {
  const Result<std::optional<StatusReference>> reference = Read(R"({"iss":"x"})");
  ASSERT_TRUE(reference.ok());
  EXPECT_EQ(*reference, std::nullopt);
}

TEST(StatusReference, TSL03_IgnoresMembersItDoesNotKnow) {
  EXPECT_TRUE(Read(R"({"status":{"other":1,"status_list":{"uri":"https://a.b","x":2,"idx":3}}})").ok());
}

TEST(StatusReference, TSL03_RefusesAnIndexThatIsNoIntegerInRange) {
  for (const std::string_view index :
       {"4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "-1", "-0", "1.0", "1e1",
        "1e3", "0.5", R"("7")", "null", "true", "[7]", "{}", "99999999999999999999999999"}) {
    ExpectRefused(Claims(index), "HOST-104, " + std::string(index));
  }
  EXPECT_TRUE(Read(Claims("2147483648")).ok());
  EXPECT_TRUE(Read(Claims("4294967295")).ok());
}

TEST(StatusReference, TSL03_RefusesOtherShapes) {
  for (const std::string_view status :
       {"{}", R"({"unknown":{}})", R"("x")", "null", "1", "[]", "true", R"({"status_list":null})",
        R"({"status_list":[]})", R"({"status_list":"x"})", R"({"status_list":{}})", R"({"status_list":{"idx":1}})",
        R"({"status_list":{"uri":"https://a.b"}})", R"({"status_list":{"idx":1,"uri":1}})",
        R"({"status_list":{"idx":1,"uri":null}})", R"({"status_list":{"idx":1,"uri":["https://a.b"]}})",
        R"({"Status_List":{"idx":1,"uri":"https://a.b"}})"}) {
    ExpectRefused(R"({"status":)" + std::string(status) + "}", "HOST-118, " + std::string(status));
  }
}

TEST(StatusReference, TSL03_TakesAbsoluteHttpsUris) {
  for (const std::string_view uri :
       {"https://status.example", "https://status.example/", "https://status.example/lists/1",
        "https://status.example:8443/lists/1", "https://a/b?c=d&e=%20", "https://192.0.2.1/x",
        "https://xn--bcher-kva.example/~x/(1);v=2", "https://status.example?x", "https://a.b/c@d:e"}) {
    EXPECT_TRUE(Read(Claims("1", uri)).ok()) << uri;
    EXPECT_TRUE(IsStatusUri(uri)) << uri;
  }
  const std::string longest = "https://a/" + std::string(kStatusUriBytesMax - 10, 'a');
  EXPECT_TRUE(IsStatusUri(longest));
  EXPECT_FALSE(IsStatusUri(longest + "a"));
}

TEST(StatusReference, TSL03_RefusesOtherUris) {
  const std::string nul("https://a.b/\0", 13);
  const std::string_view rows[] = {"",
                                   "http://status.example/1",
                                   "file:///etc/passwd",
                                   "data:text/plain,x",
                                   "ftp://status.example/1",
                                   "HTTPS://status.example/1",
                                   "https:status.example",
                                   "https:/status.example/1",
                                   "https://",
                                   "https:///lists/1",
                                   "https://?x",
                                   "//status.example/1",
                                   "/lists/1",
                                   "status.example/1",
                                   " https://status.example/1",
                                   "https://status.example/1 ",
                                   "https://status.example/a b",
                                   "https://user@status.example/1",
                                   "https://user:pass@status.example/1",
                                   "https://trusted.example@attacker.example/1",
                                   "https://status.example/1#x",
                                   "https://status.example#",
                                   "https://status.example\\@attacker.example/1",
                                   "https://status.example:/1",
                                   "https://status.example:80a/1",
                                   "https://status.example:800000/1",
                                   "https://status.example:1:2/1",
                                   "https://-status.example/1",
                                   "https://.example/1",
                                   "https://status_example/1",
                                   "https://[::1]/1",
                                   "https://st%61tus.example/1",
                                   "https://st\xc3\xa4tus.example/1",
                                   "https://status.example/\xc3\xa9",
                                   "https://status.example/%",
                                   "https://status.example/%4",
                                   "https://status.example/%zz",
                                   "https://status.example/<x>",
                                   "https://status.example/\"x\"",
                                   "https://status.example/a\nb",
                                   nul};
  for (const std::string_view uri : rows) ExpectRefused(Claims("1", uri), "HOST-115, " + std::string(uri));
}

TEST(StatusReference, OrdersByUriThenIndex) {
  const StatusReference a{.uri = "https://a.b", .index = 2};
  const StatusReference b{.uri = "https://a.b", .index = 10};
  const StatusReference c{.uri = "https://a.c", .index = 1};
  EXPECT_LT(a, b);
  EXPECT_LT(b, c);
}

}  // namespace
}  // namespace passport
