// A key's table must answer what the library answers, for signatures of every kind. The vectors of others run through
// it in vectors_test.cc.
#include "credential/crypto/key_table.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/seeded_random.h"
#include "tests/support/token_forge.h"

namespace passport {
namespace {

using Bytes32 = std::array<std::uint8_t, 32>;

// The order, big-endian (SEC 2, 2.4.2).
constexpr Bytes32 kOrderBytes = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                                 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                                 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
// The generator (SEC 2, 2.4.2): the public key of the private key 1.
constexpr P256Point kGenerator = {0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63,
                                  0xa4, 0x40, 0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1,
                                  0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f,
                                  0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57,
                                  0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5};

// a - b modulo 2^256.
Bytes32 Minus(const Bytes32& a, const Bytes32& b) {
  Bytes32 result{};
  int borrow = 0;
  for (std::size_t i = 32; i-- > 0;) {
    const int digit = a[i] - b[i] - borrow;
    borrow = digit < 0 ? 1 : 0;
    result[i] = static_cast<std::uint8_t>(digit & 0xff);
  }
  return result;
}

struct Signed {
  Digest digest;
  Bytes32 r;
  Bytes32 s;
  Signature signature() const {
    Signature whole;
    std::copy(s.begin(), s.end(), std::copy(r.begin(), r.end(), whole.begin()));
    return whole;
  }
};

Signed Make(PrivateKey& key, const Digest& digest) {
  const Result<Signature> signature = key.Sign(digest);
  EXPECT_TRUE(signature.ok());
  Signed made{.digest = digest, .r = {}, .s = {}};
  std::copy_n(signature->begin(), 32, made.r.begin());
  std::copy_n(signature->begin() + 32, 32, made.s.begin());
  return made;
}

struct Pair {
  PublicKey stock;
  std::shared_ptr<const KeyTable> table;
};

Pair Of(const P256Point& point) {
  const Result<PublicKey> key = PublicKey::Import(point);
  EXPECT_TRUE(key.ok());
  std::shared_ptr<const KeyTable> table = KeyTable::Build(*key);
  EXPECT_NE(table, nullptr);
  return {*key, std::move(table)};
}

// Asks both; what they agree on.
bool Agreed(const Pair& key, const Signed& it, const std::string& what) {
  const bool holds = key.stock.Verify(it.digest, it.signature());
  EXPECT_EQ(key.table->Verify(it.digest, it.signature()), holds) << what;
  return holds;
}

struct Change {
  const char* what;
  bool still_holds;
  std::function<void(Signed&)> make;
};

constexpr Bytes32 kNothing{};

const std::vector<Change>& Changes() {
  static const std::vector<Change> all = {
      {"as it is", true, [](Signed&) {}},
      {"the other s", true, [](Signed& it) { it.s = Minus(kOrderBytes, it.s); }},
      {"the other r", false, [](Signed& it) { it.r = Minus(kOrderBytes, it.r); }},
      {"r and s swapped", false, [](Signed& it) { std::swap(it.r, it.s); }},
      {"r is zero", false, [](Signed& it) { it.r = kNothing; }},
      {"s is zero", false, [](Signed& it) { it.s = kNothing; }},
      {"r is the order", false, [](Signed& it) { it.r = kOrderBytes; }},
      {"s is the order", false, [](Signed& it) { it.s = kOrderBytes; }},
      {"s is below zero", false, [](Signed& it) { it.s = Minus(kNothing, it.s); }},
      {"r is all ones", false, [](Signed& it) { it.r.fill(0xff); }},
      {"s is all ones", false, [](Signed& it) { it.s.fill(0xff); }},
      {"s is one", false, [](Signed& it) { it.s = kNothing, it.s[31] = 1; }},
      {"r is one", false, [](Signed& it) { it.r = kNothing, it.r[31] = 1; }},
      {"s is the order less one", false, [](Signed& it) { it.s = kOrderBytes, --it.s[31]; }},
      {"the digest is zero", false, [](Signed& it) { it.digest.fill(0); }},
      {"the digest is all ones", false, [](Signed& it) { it.digest.fill(0xff); }},
      {"the digest is the order", false, [](Signed& it) { it.digest = kOrderBytes; }},
      {"the digest is r", false, [](Signed& it) { it.digest = it.r; }},
  };
  return all;
}

TEST(KeyTable, AgreesWithTheLibraryOnAlteredSignatures) {
  SeededRandom random(17);
  for (int of = 0; of < 3; ++of) {
    PrivateKey key = NewKey();
    const Pair pair = Of(key.public_key().point());
    for (int i = 0; i < 40; ++i) {
      Digest digest;
      random.Fill(digest);
      const Signed good = Make(key, digest);
      for (const Change& change : Changes()) {
        Signed altered = good;
        change.make(altered);
        EXPECT_EQ(Agreed(pair, altered, change.what), change.still_holds) << change.what;
      }
    }
  }
}

TEST(KeyTable, AgreesWithTheLibraryOnEveryFlippedBit) {
  PrivateKey key = NewKey();
  const Pair pair = Of(key.public_key().point());
  const Signed good = Make(key, Sha256("a signing input"));
  for (std::size_t bit = 0; bit < 256; ++bit) {
    const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
    for (auto part : {&Signed::digest, &Signed::r, &Signed::s}) {
      Signed altered = good;
      (altered.*part)[bit / 8] ^= mask;
      EXPECT_FALSE(Agreed(pair, altered, "bit " + std::to_string(bit)));
    }
  }
}

TEST(KeyTable, RefusesTheSignaturesOfAnotherKey) {
  PrivateKey one = NewKey();
  PrivateKey other = NewKey();
  const Pair pair = Of(one.public_key().point());
  for (int i = 0; i < 40; ++i) {
    EXPECT_FALSE(Agreed(pair, Make(other, Sha256(std::to_string(i))), "another key"));
  }
}

// Sums that meet at one point, or at none: with the key 1 the digest that is r doubles a point, and one that is the
// order less r ends at infinity; with the key -1 the other way round.
TEST(KeyTable, AgreesWithTheLibraryWhereTheSumIsSpecial) {
  P256Point negative = kGenerator;
  Bytes32 y{};
  std::copy(kGenerator.begin() + 32, kGenerator.end(), y.begin());
  // p - y; p as in SEC 2, 2.4.2.
  constexpr Bytes32 kPrime = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,
                              0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff,
                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  y = Minus(kPrime, y);
  std::copy(y.begin(), y.end(), negative.begin() + 32);
  SeededRandom random(5);
  for (const P256Point& point : {kGenerator, negative}) {
    const Pair pair = Of(point);
    for (int i = 0; i < 100; ++i) {
      Signed it{};
      random.Fill(it.r);
      random.Fill(it.s);
      it.r[0] &= 0x7f;
      it.s[0] &= 0x7f;
      it.digest = it.r;
      EXPECT_FALSE(Agreed(pair, it, "the digest is r"));
      it.digest = Minus(kOrderBytes, it.r);
      EXPECT_FALSE(Agreed(pair, it, "the digest is the order less r"));
    }
  }
}

// k = 1, r = x of the generator, s = digest + r * key: a signature anybody can work out for the key 1.
TEST(KeyTable, AcceptsASignatureOfTheSmallestKey) {
  const Pair pair = Of(kGenerator);
  Signed it{};
  std::copy_n(kGenerator.begin(), 32, it.r.begin());
  it.s = it.r;
  EXPECT_TRUE(Agreed(pair, it, "digest zero"));
  it.digest[31] = 1;
  it.s[31] += 1;
  EXPECT_TRUE(Agreed(pair, it, "digest one"));
  it.s[31] += 1;
  EXPECT_FALSE(Agreed(pair, it, "digest one, s too large by one"));
}

TEST(KeyTable, WantsExactly64Bytes) {
  PrivateKey key = NewKey();
  const Pair pair = Of(key.public_key().point());
  const Signed good = Make(key, Sha256("x"));
  std::vector<std::uint8_t> bytes(65);
  std::copy_n(good.signature().begin(), 64, bytes.begin());
  EXPECT_TRUE(pair.table->Verify(good.digest, std::span(bytes).first(64)));
  for (const std::size_t length : {0U, 1U, 32U, 63U, 65U}) {
    EXPECT_FALSE(pair.table->Verify(good.digest, std::span(bytes).first(length))) << length;
  }
}

TEST(KeyTable, IsUsedByManyThreadsAtOnce) {
  PrivateKey key = NewKey();
  const Pair pair = Of(key.public_key().point());
  const Signed good = Make(key, Sha256("a"));
  Signed bad = good;
  bad.s[31] ^= 1;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        if (!pair.table->Verify(good.digest, good.signature())) ++wrong;
        if (pair.table->Verify(bad.digest, bad.signature())) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// As far as the C library counts; under a sanitizer it counts nothing.
TEST(KeyTable, TakesNoMoreMemoryThanItSays) {
  const PrivateKey key = NewKey();
  std::vector<std::shared_ptr<const KeyTable>> tables = {KeyTable::Build(key.public_key())};
  const auto taken = [] {
    const struct mallinfo2 all = mallinfo2();
    return all.uordblks + all.hblkhd;
  };
  const std::size_t before = taken();
  for (int i = 0; i < 4; ++i) tables.push_back(KeyTable::Build(key.public_key()));
  EXPECT_LE(taken() - before, 4 * KeyTable::kBytes);
}

}  // namespace
}  // namespace passport
