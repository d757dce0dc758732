// One record against the conditions of one need: what holds, until when, and what stands in the way.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "credential/decision/decision.h"
#include "credential/decision/weighed_case.h"

namespace passport {

// How one record fares against all conditions of a need.
struct Fare {
  Outcome outcome = Outcome::kMet;
  Reason reason = Reason::kNone;  // of the first condition that does not hold
  std::uint32_t satisfied = 0;    // how many conditions hold: the nearest miss is the one worth naming
  std::optional<CivilDay> holds_through = std::nullopt;  // the earliest end among conditions that hold
};

// True if `a` ends later; no end is later than any.
inline bool HoldsLonger(const Fare& a, const Fare& b) {
  if (!a.holds_through || !b.holds_through) return !a.holds_through && b.holds_through;
  return *a.holds_through > *b.holds_through;
}

// By outcome; among misses the nearest; then what holds longer.
inline bool IsBetter(const Fare& a, const Fare& b) {
  if (a.outcome != b.outcome) return a.outcome < b.outcome;
  if (a.outcome == Outcome::kNotMet && a.satisfied != b.satisfied) return a.satisfied > b.satisfied;
  return HoldsLonger(a, b);
}

// Puts answers about one record into its fare, for one duty. Points into the duty.
class Scales {
 public:
  Scales(const Duty& duty, int expiring_within_days)
      : duty_(&duty), soon_(std::max(duty.last_day(), duty.first_day().PlusDays(expiring_within_days))) {}

  static void Yes(Fare& fare) { ++fare.satisfied; }
  static void No(Reason reason, Fare& fare) {
    if (fare.outcome != Outcome::kNotMet) fare.reason = reason;
    fare.outcome = Outcome::kNotMet;
  }
  static void YesIf(bool holds, Reason otherwise, Fare& fare) { return holds ? Yes(fare) : No(otherwise, fare); }
  static void CannotTell(Reason reason, Fare& fare) {
    ++fare.satisfied;
    if (fare.outcome >= Outcome::kCannotTell) return;
    fare.outcome = Outcome::kCannotTell;
    fare.reason = reason;
  }
  void Count(const Span& span, Reason otherwise, Fare& fare) const;
  // After all conditions, the credential: it counts no longer than its own exp, and its standing undoes a yes and gives
  // a no its reason.
  void CountCredential(const Weighed& weighed, Fare& fare) const;

  // Whether all days of a record that can meet a leaf fit, and its credential lasts into the duty.
  bool Fits(const Meets& meets) const {
    return meets.begins <= duty_->first_day() && duty_->first_day() <= meets.ends &&
           duty_->last_day() <= meets.ends_shift && duty_->starts_at() < meets.expires_at;
  }
  // How one that fits fares: as counting its conditions one by one says.
  Fare FareOf(const Meets& meets, std::uint32_t conditions) const {
    const bool soon_over = meets.warns < soon_ || meets.expires_at < duty_->ends_at();
    return {.outcome = soon_over ? Outcome::kMetExpiring : Outcome::kMet,
            .reason = Reason::kNone,
            .satisfied = conditions,
            .holds_through = meets.holds_through};
  }

 private:
  static void Holds(const CivilDay& through, bool soon_over, Fare& fare) {
    if (!fare.holds_through || through < *fare.holds_through) fare.holds_through = through;
    if (soon_over && fare.outcome == Outcome::kMet) fare.outcome = Outcome::kMetExpiring;
  }

  const Duty* duty_;
  CivilDay soon_;  // what ends before this day ends soon, or inside the duty
};

}  // namespace passport
