// Time: instants in UTC seconds, lengths in seconds, civil days as people write them.
//
// Nothing here reads a clock: `Instant now` is a parameter everywhere, main() is where it comes from.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

struct Seconds {
  std::int64_t count = 0;
  constexpr auto operator<=>(const Seconds&) const = default;
};

// A point in time, whole seconds since 1970-01-01T00:00:00Z (RFC 7519 NumericDate).
struct Instant {
  std::int64_t seconds = 0;
  constexpr auto operator<=>(const Instant&) const = default;
};
constexpr Instant operator+(Instant at, Seconds length) { return {at.seconds + length.count}; }
constexpr Instant operator-(Instant at, Seconds length) { return {at.seconds - length.count}; }
constexpr Seconds operator-(Instant later, Instant earlier) { return {later.seconds - earlier.seconds}; }

// A day of the proleptic Gregorian calendar, years 1900 to 2199. "Valid through 3 March" includes all of 3 March in
// Europe/London. Whatever would lie past an end of the calendar is the day at that end: a hostile time wraps nothing
// round.
class CivilDay {
 public:
  // Fails with kRecordField when there is no such day ("31 June").
  static Result<CivilDay> Of(int year, int month, int day);
  // "2026-11-22", exactly ten characters (ISO 8601 calendar date). Fails with kRecordField.
  static Result<CivilDay> Parse(std::string_view text);
  // The day in Europe/London at that instant, summer time of the EU rule kept by the UK: last Sunday of March 01:00 UTC
  // to last Sunday of October 01:00 UTC.
  static CivilDay InLondon(Instant at);

  int year() const;
  int month() const;
  int day() const;
  // "2026-11-22".
  std::string Text() const;
  CivilDay PlusDays(int days) const;
  // The same day so many months later, or the last day of that month if it has no such day: 31 January plus one month
  // is 28 or 29 February.
  CivilDay PlusMonths(int months) const;
  // First instant of the day in Europe/London; the day ends where the next one starts.
  Instant StartInLondon() const;

  constexpr auto operator<=>(const CivilDay&) const = default;

 private:
  explicit constexpr CivilDay(std::int32_t number) : number_(number) {}
  std::int32_t number_;  // days since 1970-01-01
};

}  // namespace passport
