// What the passport saved and where it held people up, for the region, without naming anyone.
//
// Counted from what reliance rows say in clear. A cell that stands for fewer than kSmallNumber people is suppressed,
// and no totals are given over suppressed cells, so that nobody can be found by subtraction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

inline constexpr std::size_t kSmallNumber = 5;  // distinct people

// A count of things and of the people behind them; nothing when suppressed.
using SafeCount = std::optional<std::uint64_t>;

// One employer and role.
struct RoleCounts {
  OrganisationId employer;
  std::string profile;  // empty: verified without a role
  SafeCount people;
  std::map<std::string, SafeCount> outcomes;  // by word: decisions
  std::map<std::string, SafeCount> reasons;   // by word: decisions with a line that failed so
  std::map<std::string, SafeCount>
      not_repeated;  // by kind of record: decisions that relied on another's check or course
  // From the first answer that was not yes to the first that was, of people who had both; median, whole days.
  std::optional<std::uint64_t> days_to_clear;
};

class CountReliances {
 public:
  struct Order {
    Caller by;
    CivilDay from;     // first day in London
    CivilDay through;  // last day
  };
  CountReliances(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // By employer, then profile. The registrar counts everybody, any other organisation itself. Reads every reliance row
  // of those counted; memory by people, not by rows. Fails with kCallerUnknown, kFieldInvalid (days), and as the store
  // does.
  Result<std::vector<RoleCounts>> operator()(const Order& order);

 private:
  Store& store_;
  const Clock& clock_;
};

}  // namespace passport
