#include "credential/decision/weigh.h"

#include <vector>

namespace passport {
namespace {

constexpr int kCalendarYears = 300;  // 1900 to 2199

// The first days of all months, and the day on which the calendar ends.
const std::vector<CivilDay>& FirstDays() {
  static const std::vector<CivilDay> days = [] {
    std::vector<CivilDay> firsts;
    for (int month = 0; month < kCalendarYears * 12; ++month)
      firsts.push_back(CivilDay::Of(1900 + month / 12, month % 12 + 1, 1).value());
    return firsts;
  }();
  return days;
}

}  // namespace

CivilDay MonthsAfter(const WeighedDay& from, int months) {
  constexpr int kInEveryMonth = 28;
  const std::vector<CivilDay>& firsts = FirstDays();
  const std::size_t month = static_cast<std::size_t>(from.months) + static_cast<std::size_t>(months);
  // The last months of the calendar, where days are cut off at its end.
  if (month + 1 >= firsts.size()) return from.day.PlusMonths(months);
  const CivilDay day = firsts[month].PlusDays(from.day_of_it - 1);
  if (from.day_of_it <= kInEveryMonth || day < firsts[month + 1]) return day;
  return firsts[month + 1].PlusDays(-1);
}

void Scales::CountCredential(const Weighed& weighed, Fare& fare) const {
  if (!weighed.expires_at) {
    Yes(fare);
  } else if (*weighed.expires_at <= duty_->starts_at()) {
    No(Reason::kEndsTooSoon, fare);
  } else {
    Yes(fare);
    const bool inside = *weighed.expires_at < duty_->ends_at();
    Holds(*weighed.runs_through, inside || *weighed.runs_through < soon_, fare);
  }
  switch (weighed.standing) {
    case Standing::kGood:
      return;
    case Standing::kRevoked:
    case Standing::kSuspended:
      fare.outcome = Outcome::kNotMet;
      fare.reason = weighed.standing_reason;
      return;
    case Standing::kCannotTell:
      if (fare.outcome == Outcome::kNotMet) return;
      fare.outcome = Outcome::kCannotTell;
      fare.reason = weighed.standing_reason;
      return;
  }
}

}  // namespace passport
