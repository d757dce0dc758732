#include "credential/vocabulary/instant_text.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <optional>

namespace passport {
namespace {

constexpr std::int64_t kHour = 3'600;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kLast = (std::int64_t{1} << 53) - 1;

std::optional<std::int64_t> Number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool plain = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits.empty() || !plain || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// Digits where the shape has a 0, all else to the letter.
bool HasShape(std::string_view text, std::string_view shape) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char wanted) { return wanted == '0' ? c >= '0' && c <= '9' : c == wanted; });
}

int Part(std::string_view text, std::size_t at, std::size_t length) {
  return static_cast<int>(*Number(text.substr(at, length)));
}

// "2026-11-22T08:26:40Z"
std::optional<Instant> InUtc(std::string_view text) {
  const std::chrono::year_month_day day(std::chrono::year(Part(text, 0, 4)),
                                        std::chrono::month(static_cast<unsigned>(Part(text, 5, 2))),
                                        std::chrono::day(static_cast<unsigned>(Part(text, 8, 2))));
  const bool in_day = Part(text, 11, 2) < 24 && Part(text, 14, 2) < 60 && Part(text, 17, 2) < 60;
  if (!day.ok() || !in_day || Part(text, 0, 4) < 1970) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return Instant{days * kDaySeconds + Part(text, 11, 2) * kHour + Part(text, 14, 2) * 60 + Part(text, 17, 2)};
}

// "2026-11-22T08:26" on a wall in London: an hour behind UTC's clock in summer, so one of two instants, if only one of
// them shows it. The difference is that of the start of either neighbouring day.
std::optional<Instant> InLondon(std::string_view text) {
  const std::optional<Instant> shown = InUtc(std::string(text) + ":00Z");
  const Result<CivilDay> day = CivilDay::Parse(text.substr(0, 10));
  if (!shown || !day.ok()) return std::nullopt;
  const auto ahead = [](const CivilDay& of) {
    const std::int64_t rest = of.StartInLondon().seconds % kDaySeconds;
    return rest == 0 ? 0 : kDaySeconds - rest;
  };
  const std::int64_t before = ahead(*day);
  const std::int64_t after = ahead(day->PlusDays(1));
  if (before == after) return *shown - Seconds{before};
  // The clocks change on this day at 01:00 UTC.
  const Instant change{day->StartInLondon().seconds + before + kHour};
  const Instant early = *shown - Seconds{before};
  const Instant late = *shown - Seconds{after};
  const bool early_fits = early < change;
  const bool late_fits = change <= late;
  if (early_fits == late_fits) return std::nullopt;
  return early_fits ? early : late;
}

}  // namespace

Result<Instant> ParseInstant(std::string_view text) {
  if (const std::optional<std::int64_t> seconds = Number(text); seconds && *seconds <= kLast) return Instant{*seconds};
  std::optional<Instant> at;
  if (HasShape(text, "0000-00-00T00:00:00Z")) at = InUtc(text);
  if (HasShape(text, "0000-00-00T00:00")) at = InLondon(text);
  if (at) return *at;
  return Fault{
      Reason::kFieldInvalid, "",
      "a time is unix seconds, UTC like 2026-11-22T08:26:40Z, or London like 2026-11-22T08:26 (not in the hour "
      "in which the clocks change)"};
}

std::string UtcText(Instant at) {
  const std::time_t seconds = at.seconds;
  std::tm parts{};
  if (gmtime_r(&seconds, &parts) == nullptr) return std::to_string(at.seconds);
  char text[32] = {};
  if (std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) return std::to_string(at.seconds);
  return text;
}

}  // namespace passport
