#include "credential/status/status_token.h"

#include <gtest/gtest.h>

#include "credential/encoding/base64url.h"
#include "credential/encoding/inflate.h"
#include "tests/credential/status/status_keys.h"

namespace passport {
namespace {

// A payload as the draft shows it. A change of "" takes the member out, any other replaces its JSON.
struct Changes {
  std::string sub = R"("https://status.example/lists/1")";
  std::string iat = "1795296400";
  std::string exp = "1795303600";
  std::string ttl = "900";
  std::string bits = "1";
  std::string lst = R"("eNrbuRgAAhcBXQ")";
};
std::string Payload(const Changes& with) {
  std::string text = "{";
  const auto member = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    if (text.back() != '{') text += ',';
    text += '"' + std::string(name) + "\":" + value;
  };
  member("sub", with.sub);
  member("iat", with.iat);
  member("exp", with.exp);
  member("ttl", with.ttl);
  text += R"(,"status_list":{)";
  member("bits", with.bits);
  member("lst", with.lst);
  return text + "}}";
}

std::string Token(const std::string& payload, std::string_view typ = kStatusTokenTyp, PrivateKey& key = Key()) {
  Result<std::string> token = SignJws(JwsHeader(typ, "status-1"), payload, key);
  EXPECT_TRUE(token.ok());
  return std::move(token).value();
}

void ExpectRefused(const std::string& token, std::string_view check, std::string_view what,
                   const StatusTokenRules& rules = Rules()) {
  const Result<StatusListToken> verified = VerifyStatusToken(token, kUri, Keys(), rules);
  ASSERT_FALSE(verified.ok()) << what;
  EXPECT_EQ(WordOf(verified.fault().reason), "status") << what;
  EXPECT_EQ(verified.fault().check, check) << what;
}

TEST(StatusToken, TSL07_RefusesWhatIsNoStatusTokenOfAKnownKey) {
  const std::string payload = Payload({});
  ASSERT_TRUE(VerifyStatusToken(Token(payload), kUri, Keys(), Rules()).ok());
  for (const std::string_view typ :
       {"JWT", "dc+sd-jwt", "kb+jwt", "application/statuslist+jwt", "StatusList+jwt", ""}) {
    ExpectRefused(Token(payload, typ), "TSL-07", "HOST-108, typ " + std::string(typ));
  }
  PrivateKey other = NewKey();
  ExpectRefused(Token(payload, kStatusTokenTyp, other), "TSL-07", "HOST-107, signed by another key");
  const auto signed_with = [&](std::string_view header) { return *SignJws(header, payload, Key()); };
  ExpectRefused(signed_with(R"({"alg":"none","typ":"statuslist+jwt"})"), "TSL-07", "HOST-01");
  ExpectRefused(signed_with(R"({"alg":"HS256","typ":"statuslist+jwt"})"), "TSL-07", "HOST-03");
  ExpectRefused(signed_with(R"({"alg":"ES256","typ":"statuslist+jwt","crit":["exp"]})"), "TSL-07", "HOST-10");
  ExpectRefused(signed_with(R"({"alg":"ES256","typ":"statuslist+jwt","kid":"status-2"})"), "TSL-07", "unknown kid");
  ExpectRefused(signed_with(R"({"alg":"ES256","typ":"statuslist+jwt","kid":1})"), "TSL-07", "HOST-09");
  ExpectRefused("", "TSL-07", "empty");
  ExpectRefused("<html>404</html>", "TSL-07", "HOST-116, a page");
  ExpectRefused(Token(payload) + "~", "TSL-07", "an SD-JWT served as list");
  ExpectRefused(Token("[]"), "TSL-07", "payload is an array");
  ExpectRefused(Token(R"({"sub":"a","sub":"b"})"), "TSL-07", "HOST-12, sub twice");
  std::string altered = Token(payload);
  altered[altered.find('.') + 10] = altered[altered.find('.') + 10] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(VerifyStatusToken(altered, kUri, Keys(), Rules()).ok());
  const KeySet none;
  EXPECT_EQ(VerifyStatusToken(Token(payload), kUri, none, Rules()).fault().reason, Reason::kStatus);
}

TEST(StatusToken, TSL09_ComparesSubByteForByte) {
  for (const std::string_view sub : {R"("https://status.example/lists/2")", R"("https://status.example/lists/1/")",
                                     R"("https://status.example/lists/1?x=1")", R"("https://Status.example/lists/1")",
                                     R"("https://status.example//lists/1")", R"("https://status.example:443/lists/1")",
                                     R"("https://status.example/lists/%31")", R"("http://status.example/lists/1")",
                                     R"("")", "1", "null", R"(["https://status.example/lists/1"])"}) {
    ExpectRefused(Token(Payload({.sub = std::string(sub)})), "TSL-09", "HOST-105, " + std::string(sub));
  }
  Changes missing;
  missing.sub = "";
  missing.iat = "1795296400";
  ExpectRefused(Token(Payload(missing)), "TSL-09", "HOST-105, missing");
  // The same text written with an escape is the same text.
  EXPECT_TRUE(
      VerifyStatusToken(Token(Payload({.sub = R"("https:\/\/status.example/lists/\u0031")"})), kUri, Keys(), Rules())
          .ok());
}

TEST(StatusToken, TSL10_NeedsAnIatThatIsNotInTheFuture) {
  for (const std::string_view iat : {"", "1795300061", "1795386400", R"("1795296400")", "null", "-1", "true"}) {
    ExpectRefused(Token(Payload({.iat = std::string(iat)})), "TSL-10", "HOST-106, iat " + std::string(iat));
  }
  EXPECT_TRUE(VerifyStatusToken(Token(Payload({.iat = "1795300060"})), kUri, Keys(), Rules()).ok());
}

TEST(StatusToken, TSL11_NeedsAnExpInTheFuture) {
  for (const std::string_view exp :
       {"", "1795299940", "1795290000", "0", R"("1795303600")", "null", "1e308", "18446744073709551616"}) {
    ExpectRefused(Token(Payload({.exp = std::string(exp)})), "TSL-11", "HOST-106, exp " + std::string(exp));
  }
  EXPECT_TRUE(VerifyStatusToken(Token(Payload({.exp = "1795299941"})), kUri, Keys(), Rules()).ok());
}

TEST(StatusToken, TSL12_RefusesATtlThatIsNoneAndClampsTheRest) {
  for (const std::string_view ttl : {"0", "0.0", "-5", R"("60")", "true", "null", "[60]", "1e308"}) {
    ExpectRefused(Token(Payload({.ttl = std::string(ttl)})), "TSL-12", "HOST-117, ttl " + std::string(ttl));
  }
  struct Row {
    std::string_view ttl;
    std::optional<Seconds> expected;
  };
  constexpr Row kRows[] = {{"", std::nullopt},          {"1", Seconds{60}},
                           {"0.5", Seconds{60}},        {"60", Seconds{60}},
                           {"61", Seconds{61}},         {"604800", Seconds{604800}},
                           {"604801", Seconds{604800}}, {"1000000000000", Seconds{604800}},
                           {"9e2", Seconds{900}}};
  for (const Row& row : kRows) {
    const Result<StatusListToken> verified =
        VerifyStatusToken(Token(Payload({.ttl = std::string(row.ttl)})), kUri, Keys(), Rules());
    ASSERT_TRUE(verified.ok()) << "HOST-117, ttl " << row.ttl;
    EXPECT_EQ(verified->ttl, row.expected) << "HOST-117, ttl " << row.ttl;
  }
}

TEST(StatusToken, TSL12_FetchesAgainInTimeWhateverTheTokenSays) {
  const auto verified = [](const Changes& with) {
    return *VerifyStatusToken(Token(Payload(with)), kUri, Keys(), Rules());
  };
  constexpr Instant kFetched = kNow;
  EXPECT_EQ(verified({}).FetchAgainAt(kFetched), kFetched + Seconds{900});
  EXPECT_EQ(verified({.ttl = "86400"}).FetchAgainAt(kFetched), Instant{1795303600}) << "exp comes first";
  const StatusListToken far = verified({.exp = "253402300799", .ttl = "1000000000000"});
  EXPECT_EQ(far.FetchAgainAt(kFetched), kFetched + kStatusTtlMax) << "HOST-117, exp in the year 9999";
  EXPECT_EQ(verified({.exp = "253402300799", .ttl = ""}).FetchAgainAt(kFetched), kFetched + kStatusTtlMax);
}

TEST(StatusToken, TSL13_RefusesBitsAndTextsThatAreNone) {
  for (const std::string_view bits : {"", "0", "3", "5", "16", "-1", "1.0", "1e0", R"("1")", "null", "4294967297"}) {
    ExpectRefused(Token(Payload({.bits = std::string(bits)})), "TSL-13", "HOST-109, bits " + std::string(bits));
  }
  for (const std::string_view lst :
       {"", "1", "null", R"("eNrbuRgAAhcBXQ==")", R"("eNrbuRgAAhcBXR")", R"("eNrb+RgAAhcBXQ")", R"("eNrbuRgAAhcBX")",
        R"("eNrbuRgA AhcBXQ")", R"(["eNrbuRgAAhcBXQ"])"}) {
    ExpectRefused(Token(Payload({.lst = std::string(lst)})), "TSL-13", "lst " + std::string(lst));
  }
  const std::string times = R"({"sub":"https://status.example/lists/1","iat":1795296400,"exp":1795303600)";
  for (const std::string_view list :
       {"}", R"(,"status_list":null})", R"(,"status_list":[]})", R"(,"status_list":"x"})"}) {
    ExpectRefused(Token(times + std::string(list)), "TSL-13", "status_list " + std::string(list));
  }
}

TEST(StatusToken, TSL14_RefusesStreamsThatAreNotOneWholeZlibStream) {
  const auto with_stream = [](std::vector<std::uint8_t> stream) {
    return Token(Payload({.lst = '"' + EncodeBase64Url(stream) + '"'}));
  };
  const std::vector<std::uint8_t> good = Deflate(std::vector<std::uint8_t>(100), 9);
  std::vector<std::uint8_t> bad_sum = good;
  bad_sum.back() = static_cast<std::uint8_t>(bad_sum.back() ^ 1U);
  std::vector<std::uint8_t> twice = good;
  twice.insert(twice.end(), good.begin(), good.end());
  ExpectRefused(with_stream(bad_sum), "TSL-14", "HOST-111, bad Adler-32");
  ExpectRefused(with_stream(twice), "TSL-14", "HOST-111, two streams");
  ExpectRefused(with_stream({good.begin(), good.end() - 1}), "TSL-14", "HOST-111, truncated");
  ExpectRefused(with_stream({good.begin() + 2, good.end() - 4}), "TSL-14", "HOST-111, raw DEFLATE");
  ExpectRefused(Token(Payload({.lst = R"("")"})), "TSL-14", "HOST-111, nothing");
}

TEST(StatusToken, TSL14_StopsAtItsCaps) {
  StatusTokenRules rules = Rules();
  const std::string token =
      Token(Payload({.lst = '"' + EncodeBase64Url(Deflate(std::vector<std::uint8_t>(5000), 9)) + '"'}));
  rules.inflated_bytes = 5000;
  rules.token_bytes = token.size();
  EXPECT_TRUE(VerifyStatusToken(token, kUri, Keys(), rules).ok());
  rules.inflated_bytes = 4999;
  EXPECT_EQ(VerifyStatusToken(token, kUri, Keys(), rules).fault().reason, Reason::kLimit) << "HOST-110";
  rules = Rules();
  rules.token_bytes = token.size() - 1;
  EXPECT_EQ(VerifyStatusToken(token, kUri, Keys(), rules).fault().reason, Reason::kLimit) << "HOST-32";
}

TEST(StatusToken, TSL15_JudgesTheIndexAgainstTheInflatedList) {
  const Result<StatusListToken> verified = VerifyStatusToken(Token(Payload({})), kUri, Keys(), Rules());
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->list.size(), 16U);
  EXPECT_TRUE(verified->list.At(15).ok());
  EXPECT_EQ(verified->list.At(16).fault().check, "TSL-15") << "HOST-104";
}

}  // namespace
}  // namespace passport
