#include "verifier-cli/token/instant_text.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "verifier-cli/token/question_defaults.h"

namespace passport {
namespace {

std::optional<std::int64_t> Number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool plain = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits.empty() || !plain || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// "2026-11-22T08:26:40Z": digits where digits belong, all else to the letter.
bool HasShape(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00Z";
  return std::equal(text.begin(), text.end(), kShape.begin(), kShape.end(),
                    [](char c, char shape) { return shape == '0' ? c >= '0' && c <= '9' : c == shape; });
}

}  // namespace

Result<Instant> ParseInstant(std::string_view text) {
  const Fault invalid{Reason::kFieldInvalid, "", "a time is unix seconds or like 2026-11-22T08:26:40Z"};
  if (const std::optional<std::int64_t> seconds = Number(text); seconds && *seconds <= kAtMax) return Instant{*seconds};
  if (!HasShape(text)) return invalid;
  const auto part = [&](std::size_t at, std::size_t length) {
    return static_cast<int>(*Number(text.substr(at, length)));
  };
  const std::chrono::year_month_day day(std::chrono::year(part(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(part(8, 2))));
  const bool in_day = part(11, 2) < 24 && part(14, 2) < 60 && part(17, 2) < 60;
  if (!day.ok() || !in_day || part(0, 4) < 1970) return invalid;
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return Instant{days * 86'400 + part(11, 2) * 3'600 + part(14, 2) * 60 + part(17, 2)};
}

}  // namespace passport
