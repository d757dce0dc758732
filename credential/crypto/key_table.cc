// Tables are made by functions that are deprecated in OpenSSL 3 and have no successor; this is the one file that uses
// them. The point of the key becomes the generator of a second group of the same curve, and the library lays out a
// generator's multiples.
#define OPENSSL_API_COMPAT 0x10100000L

#include "credential/crypto/key_table.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "credential/crypto/order_inverse.h"

namespace passport {
namespace {

template <auto kFree>
struct FreedBy {
  template <class T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
using Group = std::unique_ptr<EC_GROUP, FreedBy<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, FreedBy<EC_POINT_free>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;
using Numbers = std::unique_ptr<BN_CTX, FreedBy<BN_CTX_free>>;

constexpr std::size_t kScalarBytes = 32;

const EC_GROUP* Curve() {
  static const Group curve(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  return curve.get();
}

// What one verification needs, kept for the next one of this thread.
struct Workplace {
  Numbers numbers{BN_CTX_new()};
  Number r{BN_new()}, s{BN_new()}, digest{BN_new()}, by_generator{BN_new()}, by_key{BN_new()}, x{BN_new()};
  Point of_generator{Curve() == nullptr ? nullptr : EC_POINT_new(Curve())};
  Point of_key{Curve() == nullptr ? nullptr : EC_POINT_new(Curve())};

  bool complete() const { return numbers && r && s && digest && by_generator && by_key && x && of_generator && of_key; }
};

Workplace& ThreadWorkplace() {
  static thread_local Workplace workplace;
  return workplace;
}

bool Read(std::span<const std::uint8_t> bytes, BIGNUM* into) {
  return BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), into) != nullptr;
}

// s becomes 1 / s modulo the order.
bool Invert(BIGNUM* s) {
  std::array<std::uint8_t, kScalarBytes> bytes{};
  if (BN_bn2lebinpad(s, bytes.data(), kScalarBytes) != kScalarBytes) return false;
  P256Scalar scalar{};
  for (std::size_t i = 0; i < kScalarBytes; ++i) scalar[i / 8] |= std::uint64_t{bytes[i]} << (i % 8 * 8);
  scalar = InverseModOrder(scalar);
  for (std::size_t i = 0; i < kScalarBytes; ++i) bytes[i] = static_cast<std::uint8_t>(scalar[i / 8] >> (i % 8 * 8));
  return BN_lebin2bn(bytes.data(), kScalarBytes, s) != nullptr;
}

bool IsScalar(const BIGNUM* number, const BIGNUM* order) { return !BN_is_zero(number) && BN_cmp(number, order) < 0; }

}  // namespace

struct KeyTable::Held {
  Group group;  // whose generator is the key

  // FIPS 186-5, 6.4.2.
  bool Verify(const Digest& digest, std::span<const std::uint8_t> signature) const {
    Workplace& at = ThreadWorkplace();
    if (!at.complete()) return false;
    const BIGNUM* const order = EC_GROUP_get0_order(Curve());
    BN_CTX* const numbers = at.numbers.get();
    const bool read = Read(signature.first(kScalarBytes), at.r.get()) &&
                      Read(signature.last(kScalarBytes), at.s.get()) && Read(digest, at.digest.get());
    if (!read || !IsScalar(at.r.get(), order) || !IsScalar(at.s.get(), order)) return false;
    return Invert(at.s.get()) && BN_mod_mul(at.by_generator.get(), at.digest.get(), at.s.get(), order, numbers) == 1 &&
           BN_mod_mul(at.by_key.get(), at.r.get(), at.s.get(), order, numbers) == 1 &&
           EC_POINT_mul(Curve(), at.of_generator.get(), at.by_generator.get(), nullptr, nullptr, numbers) == 1 &&
           EC_POINT_mul(group.get(), at.of_key.get(), at.by_key.get(), nullptr, nullptr, numbers) == 1 &&
           EC_POINT_add(Curve(), at.of_generator.get(), at.of_generator.get(), at.of_key.get(), numbers) == 1 &&
           EC_POINT_is_at_infinity(Curve(), at.of_generator.get()) == 0 &&
           EC_POINT_get_affine_coordinates(Curve(), at.of_generator.get(), at.x.get(), nullptr, numbers) == 1 &&
           BN_nnmod(at.x.get(), at.x.get(), order, numbers) == 1 && BN_cmp(at.x.get(), at.r.get()) == 0;
  }
};

KeyTable::KeyTable(std::unique_ptr<Held> held) : held_(std::move(held)) {}
KeyTable::~KeyTable() = default;

std::shared_ptr<const KeyTable> KeyTable::Build(const PublicKey& key) {
  std::array<std::uint8_t, 65> octets{4};
  std::copy(key.point().begin(), key.point().end(), octets.begin() + 1);
  Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const Numbers numbers(BN_CTX_new());
  const Point point(group == nullptr ? nullptr : EC_POINT_new(group.get()));
  const bool built =
      numbers != nullptr && point != nullptr && Curve() != nullptr &&
      EC_POINT_oct2point(group.get(), point.get(), octets.data(), octets.size(), numbers.get()) == 1 &&
      EC_GROUP_set_generator(group.get(), point.get(), EC_GROUP_get0_order(Curve()), BN_value_one()) == 1 &&
      EC_GROUP_precompute_mult(group.get(), numbers.get()) == 1 && EC_GROUP_have_precompute_mult(group.get()) == 1;
  if (!built) {
    ERR_clear_error();
    return nullptr;
  }
  auto held = std::make_unique<Held>();
  held->group = std::move(group);
  return std::shared_ptr<const KeyTable>(new KeyTable(std::move(held)));
}

bool KeyTable::Verify(const Digest& digest, std::span<const std::uint8_t> signature) const {
  if (signature.size() != 2 * kScalarBytes) return false;
  const bool holds = held_->Verify(digest, signature);
  if (!holds) ERR_clear_error();
  return holds;
}

}  // namespace passport
