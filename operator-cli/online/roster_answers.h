// A roster as it is asked about and answered, as plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "operator-cli/online/answers.h"

namespace passport {

struct RosterQuestion {
  std::string purpose;  // word of the list relying_purpose
  std::string agreement;
  bool explain = false;  // every requirement of every line
};

struct RosterEntry {
  std::string id;  // the caller's own, once in a call
  std::string employee_number;
  std::string profile;
  std::string place;  // empty: the caller's own
  bool employment = false;
  Instant starts_at;
  Instant ends_at;
};

struct RosterLineAnswer {
  std::string id;
  std::optional<RoleAnswer> outcome;     // nothing: it could not be judged
  std::string reason;                    // stable word, "too_old"; empty when met
  std::string holds_through;             // "2026-03-01", or empty
  std::optional<RefusalAnswer> refusal;  // of a line that could not be judged
  std::vector<RequirementAnswer> lines;  // where explanations were asked for
};

struct RosterSummaryAnswer {
  std::string snapshot_id;
  std::uint64_t lines = 0;
  std::uint64_t met = 0;
  std::uint64_t met_expiring = 0;
  std::uint64_t not_met = 0;
  std::uint64_t cannot_tell = 0;
  std::uint64_t refused = 0;
};

// The next lines to send, at most kRosterBlock and perhaps none for now, or nothing at the end. Called on the thread of
// CheckRoster.
inline constexpr std::size_t kRosterBlock = 100;
using RosterSource = std::function<std::optional<std::vector<RosterEntry>>()>;
// Hears of every line once, in whatever order they are answered, on the thread of CheckRoster. What it fails with ends
// the call.
using RosterSink = std::function<Result<void>(const RosterLineAnswer&)>;

}  // namespace passport
