#include "credential/crypto/order_inverse.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace passport {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t Low(Wide wide) { return static_cast<std::uint64_t>(wide); }

bool IsOne(const P256Scalar& number) { return number[0] == 1 && (number[1] | number[2] | number[3]) == 0; }

bool IsLess(const P256Scalar& a, const P256Scalar& b) {
  for (std::size_t i = 4; i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i];
  }
  return false;
}

// None of these runs over or under where they are used: every number stays below the order.
void Add(P256Scalar& to, const P256Scalar& what) {
  Wide carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    carry += static_cast<Wide>(to[i]) + what[i];
    to[i] = Low(carry);
    carry >>= 64;
  }
}

void Subtract(P256Scalar& from, const P256Scalar& what) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide difference = static_cast<Wide>(from[i]) - what[i] - borrow;
    from[i] = Low(difference);
    borrow = Low(difference >> 64) & 1;
  }
}

// 1 <= by <= 63.
void ShiftUp(P256Scalar& number, int by) {
  for (std::size_t i = 3; i > 0; --i) number[i] = number[i] << by | number[i - 1] >> (64 - by);
  number[0] <<= by;
}

void ShiftDown(P256Scalar& number, int by) {
  for (std::size_t i = 0; i < 3; ++i) number[i] = number[i] >> by | number[i + 1] << (64 - by);
  number[3] >>= by;
}

// Shifts `even` down until it is odd and `other` up by as many bits; how many.
int MakeOdd(P256Scalar& even, P256Scalar& other) {
  int shifted = 0;
  while ((even[0] & 1) == 0) {
    const int by = std::min(std::countr_zero(even[0]), 63);
    ShiftDown(even, by);
    ShiftUp(other, by);
    shifted += by;
  }
  return shifted;
}

// -1 / order modulo 2^64, by Newton: each step doubles the bits that are right, and an odd number is its own inverse
// modulo 8.
constexpr std::uint64_t MinusInverseOfLowWord() {
  std::uint64_t inverse = kP256Order[0];
  for (int i = 0; i < 5; ++i) inverse *= 2 - kP256Order[0] * inverse;
  return 0 - inverse;
}
constexpr std::uint64_t kMinusInverse = MinusInverseOfLowWord();
static_assert(kMinusInverse * kP256Order[0] == ~std::uint64_t{0});

// Divides by 2^bits modulo the order: adds the multiple of the order that makes the low bits vanish.
void DivideByPowerOfTwo(P256Scalar& number, int bits) {
  for (; bits > 0; bits -= 63) {
    const int by = std::min(bits, 63);
    const std::uint64_t times = number[0] * kMinusInverse & ((std::uint64_t{1} << by) - 1);
    Wide carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      carry += static_cast<Wide>(times) * kP256Order[i] + number[i];
      number[i] = Low(carry);
      carry >>= 64;
    }
    ShiftDown(number, by);
    number[3] |= Low(carry) << (64 - by);
    if (Low(carry) >> by != 0 || !IsLess(number, kP256Order)) Subtract(number, kP256Order);
  }
}

}  // namespace

// Kaliski's almost inverse: the binary way of Euclid, with the divisions by two of the result put off to the end.
P256Scalar InverseModOrder(const P256Scalar& s) {
  assert((s[0] | s[1] | s[2] | s[3]) != 0 && IsLess(s, kP256Order));
  // Always u * up + v * down == order, and modulo the order s * up == 2^twos * v and s * down == -2^twos * u.
  P256Scalar u = kP256Order;
  P256Scalar v = s;
  P256Scalar down = {0, 0, 0, 0};
  P256Scalar up = {1, 0, 0, 0};
  int twos = MakeOdd(v, down);
  while (!IsOne(u) && !IsOne(v)) {
    if (IsLess(v, u)) {
      Subtract(u, v);
      Add(down, up);
      twos += MakeOdd(u, up);
    } else {
      Subtract(v, u);
      Add(up, down);
      twos += MakeOdd(v, down);
    }
  }
  if (!IsOne(v)) {
    up = kP256Order;
    Subtract(up, down);
  }
  DivideByPowerOfTwo(up, twos);
  return up;
}

}  // namespace passport
