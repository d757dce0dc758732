#include <gtest/gtest.h>

#include <random>

#include "tests/credential/status/status_keys.h"

namespace passport {
namespace {

StatusTokenTerms Terms() {
  return {.uri = std::string(kUri), .issued_at = kNow, .expires_at = kNow + Seconds{3600}, .ttl = Seconds{900}};
}

TEST(StatusToken, GoesThereAndBack) {
  for (const int bits : {1, 2, 4, 8}) {
    StatusList list = *StatusList::Make(bits, 1 << 12);
    ASSERT_TRUE(list.Set(77, 1).ok());
    const Result<std::string> token = SignStatusToken(Terms(), list, "status-1", Key(), 9);
    ASSERT_TRUE(token.ok()) << token.fault().detail;
    const Result<StatusListToken> verified = VerifyStatusToken(*token, kUri, Keys(), Rules());
    ASSERT_TRUE(verified.ok()) << verified.fault().detail;
    EXPECT_EQ(verified->uri, kUri);
    EXPECT_EQ(verified->issued_at, kNow);
    EXPECT_EQ(verified->expires_at, kNow + Seconds{3600});
    EXPECT_EQ(verified->ttl, Seconds{900});
    EXPECT_EQ(verified->list, list);
    EXPECT_EQ(verified->signing_input_digest, Sha256(token->substr(0, token->rfind('.'))));
  }
}

TEST(StatusToken, SignsWithoutATtl) {
  StatusTokenTerms terms = Terms();
  terms.ttl.reset();
  const Result<std::string> token = SignStatusToken(terms, *StatusList::Make(2, 64), "status-1", Key(), 6);
  ASSERT_TRUE(token.ok());
  const Result<StatusListToken> verified = VerifyStatusToken(*token, kUri, Keys(), Rules());
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->ttl, std::nullopt);
  EXPECT_EQ(verified->FetchAgainAt(kNow), kNow + Seconds{3600});
}

TEST(StatusToken, SignsNothingThatWouldBeRefused) {
  const StatusList list = *StatusList::Make(2, 64);
  const auto refused = [&](const StatusTokenTerms& terms, int level = 6) {
    const Result<std::string> token = SignStatusToken(terms, list, "status-1", Key(), level);
    return !token.ok() && token.fault().reason == Reason::kFieldInvalid;
  };
  StatusTokenTerms terms = Terms();
  terms.uri = "http://status.example/lists/1";
  EXPECT_TRUE(refused(terms));
  terms = Terms();
  terms.expires_at = terms.issued_at;
  EXPECT_TRUE(refused(terms));
  terms = Terms();
  terms.issued_at = Instant{-1};
  EXPECT_TRUE(refused(terms));
  terms = Terms();
  terms.expires_at = Instant{std::int64_t{1} << 53};
  EXPECT_TRUE(refused(terms));
  terms = Terms();
  terms.ttl = Seconds{0};
  EXPECT_TRUE(refused(terms));
  EXPECT_TRUE(refused(Terms(), 0));
  EXPECT_TRUE(refused(Terms(), 10));
  // Full of noise, a list of 8 MiB does not fit into a token.
  StatusList noise = *StatusList::Make(8, kStatusInflatedBytesMax);
  std::mt19937_64 chance(1);
  for (std::uint64_t i = 0; i < noise.size(); ++i) {
    ASSERT_TRUE(noise.Set(i, static_cast<std::uint8_t>(chance())).ok());
  }
  const Result<std::string> token = SignStatusToken(Terms(), noise, "status-1", Key(), 1);
  ASSERT_FALSE(token.ok());
  EXPECT_EQ(token.fault().reason, Reason::kLimit);
}

TEST(StatusToken, TSL14_AcceptsALargeListAndOneThatCompressesWell) {
  for (const int bits : {2, 8}) {
    StatusList list = *StatusList::Make(bits, std::size_t{1} << 20);  // HOST-110
    std::mt19937_64 chance(3);
    for (int i = 0; i < (bits == 2 ? 500'000 : 10); ++i) {
      ASSERT_TRUE(list.Set(chance() % list.size(), static_cast<std::uint8_t>(1 + chance() % 2)).ok());
    }
    const Result<std::string> token = SignStatusToken(Terms(), list, "status-1", Key(), 6);
    ASSERT_TRUE(token.ok());
    const Result<StatusListToken> verified = VerifyStatusToken(*token, kUri, Keys(), Rules());
    ASSERT_TRUE(verified.ok()) << bits << " bits: " << verified.fault().detail;
    EXPECT_EQ(verified->list, list);
  }
}

}  // namespace
}  // namespace passport
