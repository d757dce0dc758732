#include "credential/crypto/order_inverse.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>

#include <cstdlib>
#include <memory>

#include "tests/support/seeded_random.h"

namespace passport {
namespace {

constexpr int kScalarWidth = 32;
constexpr P256Scalar kOneScalar = {1, 0, 0, 0};

struct FreeNumber {
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(BN_CTX* numbers) const { BN_CTX_free(numbers); }
};
using BigNumber = std::unique_ptr<BIGNUM, FreeNumber>;

BigNumber ToBigNumber(const P256Scalar& scalar) {
  std::array<std::uint8_t, kScalarWidth> bytes{};
  for (std::size_t i = 0; i < kScalarWidth; ++i) bytes[i] = static_cast<std::uint8_t>(scalar[i / 8] >> (i % 8 * 8));
  return BigNumber(BN_lebin2bn(bytes.data(), kScalarWidth, nullptr));
}

// The slow, plain twin: the library's.
P256Scalar InverseByLibrary(const P256Scalar& scalar) {
  const std::unique_ptr<BN_CTX, FreeNumber> numbers(BN_CTX_new());
  const BigNumber order = ToBigNumber(kP256Order);
  const BigNumber inverse(BN_mod_inverse(nullptr, ToBigNumber(scalar).get(), order.get(), numbers.get()));
  std::array<std::uint8_t, kScalarWidth> bytes{};
  if (inverse == nullptr || BN_bn2lebinpad(inverse.get(), bytes.data(), kScalarWidth) != kScalarWidth) std::abort();
  P256Scalar result{};
  for (std::size_t i = 0; i < kScalarWidth; ++i) result[i / 8] |= std::uint64_t{bytes[i]} << (i % 8 * 8);
  return result;
}

bool IsBelowOrder(const P256Scalar& scalar) {
  return BN_cmp(ToBigNumber(scalar).get(), ToBigNumber(kP256Order).get()) < 0;
}

// The order less a small number.
P256Scalar OrderLess(std::uint64_t what) {
  P256Scalar scalar = kP256Order;
  scalar[0] -= what;
  return scalar;
}

TEST(OrderInverse, IsTheLibrarysAtBothEnds) {
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    const P256Scalar low = {i, 0, 0, 0};
    EXPECT_EQ(InverseModOrder(low), InverseByLibrary(low)) << i;
    EXPECT_EQ(InverseModOrder(OrderLess(i)), InverseByLibrary(OrderLess(i))) << i;
  }
  EXPECT_EQ(InverseModOrder(kOneScalar), kOneScalar);
}

// Long runs of zeros and of ones are where shifts of whole words happen.
TEST(OrderInverse, IsTheLibrarysForPowersOfTwoAndTheirNeighbours) {
  for (std::size_t bit = 1; bit < 256; ++bit) {
    P256Scalar power{};
    power[bit / 64] = std::uint64_t{1} << (bit % 64);
    P256Scalar before = power;
    for (std::size_t i = 0; i < 4 && before[i]-- == 0; ++i) {
    }
    P256Scalar after = power;
    after[0] |= 1;
    for (const P256Scalar& scalar : {power, before, after}) {
      if (!IsBelowOrder(scalar)) continue;
      EXPECT_EQ(InverseModOrder(scalar), InverseByLibrary(scalar)) << bit;
    }
  }
}

TEST(OrderInverse, IsTheLibrarysForAnyNumber) {
  SeededRandom random(41);
  int tried = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::array<std::uint8_t, kScalarWidth> bytes{};
    random.Fill(bytes);
    P256Scalar scalar{};
    for (std::size_t at = 0; at < kScalarWidth; ++at) scalar[at / 8] |= std::uint64_t{bytes[at]} << (at % 8 * 8);
    // Some with words that are empty.
    if (i % 4 == 1) scalar[static_cast<std::size_t>(i / 4 % 4)] = 0;
    if (!IsBelowOrder(scalar)) continue;
    ++tried;
    ASSERT_EQ(InverseModOrder(scalar), InverseByLibrary(scalar)) << i;
  }
  EXPECT_GT(tried, 19'000);
}

}  // namespace
}  // namespace passport
