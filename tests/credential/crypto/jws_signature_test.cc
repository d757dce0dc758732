#include <gtest/gtest.h>

#include <algorithm>

#include "tests/credential/crypto/raw_jws.h"

namespace passport {
namespace {

using Number = std::array<std::uint8_t, 32>;

// The order of the group, big-endian (SEC 2, 2.4.2).
constexpr Number kOrder = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                           0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                           0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

// a - b for a > b.
Number Difference(const Number& a, const Number& b) {
  Number result{};
  int borrow = 0;
  for (std::size_t i = 32; i-- > 0;) {
    const int digit = a[i] - b[i] - borrow;
    borrow = digit < 0 ? 1 : 0;
    result[i] = static_cast<std::uint8_t>(digit & 0xff);
  }
  return result;
}

Number Half(const Signature& signature, std::size_t which) {
  Number half;
  std::copy_n(signature.begin() + static_cast<std::ptrdiff_t>(32 * which), 32, half.begin());
  return half;
}

Signature Join(const Number& r, const Number& s) {
  Signature signature;
  std::copy(r.begin(), r.end(), signature.begin());
  std::copy(s.begin(), s.end(), signature.begin() + 32);
  return signature;
}

std::vector<std::uint8_t> Der(const Signature& signature) {
  std::vector<std::uint8_t> body;
  for (const std::size_t which : {0U, 1U}) {
    const Number half = Half(signature, which);
    body.insert(body.end(), {2, 33, 0});
    body.insert(body.end(), half.begin(), half.end());
  }
  body.insert(body.begin(), {0x30, static_cast<std::uint8_t>(body.size())});
  return body;
}

TEST(Jws, JWT08_RefusesSignaturesThatAreNot64BytesInRange) {
  PrivateKey& key = SomeKey();
  const Signature good = SignatureOver(kGoodHeader, kGoodPayload, key);
  const Number r = Half(good, 0);
  const Number s = Half(good, 1);
  constexpr Number kZero{};
  Number all_ones;
  all_ones.fill(0xff);
  const auto bytes = [](const auto& from) { return std::vector<std::uint8_t>(from.begin(), from.end()); };
  std::vector<std::uint8_t> longer = bytes(good);
  longer.push_back(0);
  std::vector<std::uint8_t> front_zero = bytes(good);
  front_zero.insert(front_zero.begin(), 0);
  std::vector<std::uint8_t> padded(128);
  std::copy(r.begin(), r.end(), padded.begin() + 32);
  std::copy(s.begin(), s.end(), padded.begin() + 96);
  struct Row {
    std::string_view what;
    std::vector<std::uint8_t> signature;
  };
  const Row rows[] = {
      {"HOST-21, DER", Der(good)},
      {"HOST-22, 63 octets", std::vector<std::uint8_t>(good.begin(), good.end() - 1)},
      {"HOST-22, 65 octets", longer},
      {"HOST-22, zero in front", front_zero},
      {"HOST-22, 128 octets with zeros", padded},
      {"HOST-22, one octet", {1}},
      {"HOST-23, r = 0", bytes(Join(kZero, s))},
      {"HOST-23, s = 0", bytes(Join(r, kZero))},
      {"HOST-23, both 0", bytes(Join(kZero, kZero))},
      {"HOST-23, r = n", bytes(Join(kOrder, s))},
      {"HOST-23, s = n", bytes(Join(r, kOrder))},
      {"HOST-23, both n", bytes(Join(kOrder, kOrder))},
      {"HOST-23, r past n", bytes(Join(all_ones, s))},
      {"HOST-23, s past n", bytes(Join(r, all_ones))},
      {"HOST-25, r and s exchanged", bytes(Join(s, r))},
  };
  for (const Row& row : rows) {
    const std::string token = Compact(kGoodHeader, kGoodPayload, row.signature);
    const std::optional<Fault> fault = FaultOf(token, key.public_key());
    ASSERT_TRUE(fault) << row.what;
    EXPECT_EQ(fault->reason, Reason::kSig) << row.what;
    EXPECT_EQ(fault->check, "JWT-08") << row.what;
    json::Tree tree;
    const Result<UnverifiedJws> read = UnverifiedJws::Read(token, TestRules(), tree);
    ASSERT_TRUE(read.ok()) << row.what;
    EXPECT_EQ(read->VerifyOnce(key.public_key().point()).fault().reason, Reason::kSig) << row.what;
  }
}

TEST(Jws, JWT08_AcceptsAHighSUnderTheSameIdentity) {
  PrivateKey& key = SomeKey();
  const Signature good = SignatureOver(kGoodHeader, kGoodPayload, key);
  const Signature other = Join(Half(good, 0), Difference(kOrder, Half(good, 1)));
  ASSERT_NE(good, other);
  std::vector<Digest> identities;
  for (const Signature& signature : {good, other}) {
    const std::string token = Compact(kGoodHeader, kGoodPayload, signature);
    json::Tree tree;
    const Result<UnverifiedJws> read = UnverifiedJws::Read(token, TestRules(), tree);
    ASSERT_TRUE(read.ok());
    const Result<VerifiedJws> verified = read->Verify(key.public_key());
    ASSERT_TRUE(verified.ok()) << "HOST-24";
    EXPECT_TRUE(read->VerifyOnce(key.public_key().point()).ok()) << "HOST-24";
    identities.push_back(verified->signing_input_digest);
  }
  EXPECT_EQ(identities[0], identities[1]);
}

TEST(Jws, JWT08_RefusesAnotherPayloadOrAnotherKey) {
  PrivateKey& key = SomeKey();
  const Signature good = SignatureOver(kGoodHeader, kGoodPayload, key);
  std::string changed(kGoodPayload);
  changed[changed.find("sub\":\"x") + 6] = 'y';
  const std::string of_another = Compact(kGoodHeader, changed, good);
  EXPECT_EQ(FaultOf(of_another, key.public_key())->reason, Reason::kSig) << "HOST-25";
  const std::string header = std::string(kGoodHeader).insert(1, " ");
  EXPECT_EQ(FaultOf(Compact(header, kGoodPayload, good), key.public_key())->reason, Reason::kSig) << "HOST-25";
  EXPECT_EQ(FaultOf(Signed(kGoodHeader), NewKey().public_key())->reason, Reason::kSig);
}

TEST(Jws, JWT08_RefusesEveryFlippedBitOfASignature) {
  PrivateKey& key = SomeKey();
  const Signature good = SignatureOver(kGoodHeader, kGoodPayload, key);
  for (std::size_t at = 0; at < good.size(); ++at) {
    Signature damaged = good;
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1U << (at % 8)));
    ASSERT_TRUE(FaultOf(Compact(kGoodHeader, kGoodPayload, damaged), key.public_key())) << at;
  }
}

TEST(Jws, ReleasesNothingWhenTheSignerRefuses) {
  class Refusing final : public Signer {
   public:
    Result<Signature> Sign(const Digest&) override { return Fault{Reason::kKeyState, "", "retired"}; }
    const PublicKey& public_key() const override { return SomeKey().public_key(); }
  };
  Refusing signer;
  const Result<std::string> token = SignJws(kGoodHeader, kGoodPayload, signer);
  ASSERT_FALSE(token.ok());
  EXPECT_EQ(token.fault().reason, Reason::kKeyState);
}

}  // namespace
}  // namespace passport
