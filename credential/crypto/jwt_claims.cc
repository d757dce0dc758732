#include "credential/crypto/jwt_claims.h"

#include <charconv>
#include <string>

namespace passport {
namespace {

constexpr std::int64_t kTimeMax = (std::int64_t{1} << 53) - 1;

Fault BadTime(std::string_view name, std::string_view what) {
  return {Reason::kTime, "JWT-10", std::string(name) + " " + std::string(what)};
}

// Ceiling of a decimal number text ("1.8953e9", "1895300000.5"), or nothing outside 0 .. 2^53 - 1. Exact: no floating
// point.
std::optional<std::int64_t> CeilingOf(std::string_view number) {
  if (number.empty() || number.front() == '-') return std::nullopt;
  const std::size_t e = number.find_first_of("eE");
  std::string_view mantissa = number.substr(0, e);
  std::int32_t exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view digits = number.substr(e + 1);
    if (digits.front() == '+') digits.remove_prefix(1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (error != std::errc() || end != digits.data() + digits.size() || exponent > 400 || exponent < -400)
      return std::nullopt;
  }
  const std::size_t point = mantissa.find('.');
  std::string digits(mantissa.substr(0, point));
  if (point != std::string_view::npos) {
    digits += mantissa.substr(point + 1);
    exponent -= static_cast<std::int32_t>(mantissa.size() - point - 1);
  }
  std::int64_t value = 0;
  bool fraction = false;
  const auto whole = static_cast<std::int64_t>(digits.size()) + exponent;  // how many digits stand before the point
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(digits.size()) || i < whole; ++i) {
    const int digit = i < static_cast<std::int64_t>(digits.size()) ? digits[static_cast<std::size_t>(i)] - '0' : 0;
    if (i >= whole) {
      fraction = fraction || digit != 0;
    } else {
      value = value * 10 + digit;
      if (value > kTimeMax) return std::nullopt;
    }
  }
  return value + (fraction ? 1 : 0);
}

}  // namespace

Result<std::optional<Instant>> ReadTime(const json::Value& payload, std::string_view name) {
  const json::Value* value = payload.Find(name);
  if (value == nullptr) return std::optional<Instant>();
  const std::optional<std::int64_t> seconds = CeilingOf(value->number());
  if (!seconds) return BadTime(name, "is not a number of seconds in range");
  return std::optional(Instant{*seconds});
}

Result<void> CheckTimes(const json::Value& payload, Instant now, Seconds leeway) {
  TRY_ASSIGN(const std::optional<Instant> expires, ReadTime(payload, "exp"));
  if (expires && now >= *expires + leeway) return BadTime("exp", "has passed");
  TRY_ASSIGN(const std::optional<Instant> not_before, ReadTime(payload, "nbf"));
  if (not_before && now < *not_before - leeway) return BadTime("nbf", "is in the future");
  TRY_ASSIGN(const std::optional<Instant> issued, ReadTime(payload, "iat"));
  if (issued && now < *issued - leeway) return BadTime("iat", "is in the future");
  return {};
}

}  // namespace passport
