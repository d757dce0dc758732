// One record against the conditions of one need: what holds, until when, and what stands in the way.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "credential/decision/decision.h"
#include "credential/decision/prepared_profile.h"
#include "credential/decision/weighed_records.h"

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

// The day so many months later (CivilDay::PlusMonths), by a table: dates are added up for every record.
CivilDay MonthsAfter(const WeighedDay& from, int months);

// Puts answers about one record into its fare, for one duty. Points into the duty.
class Scales {
 public:
  Scales(const Duty& duty, int expiring_within_days)
      : duty_(&duty),
        expiring_within_days_(expiring_within_days),
        soon_(std::max(duty.last_day(), duty.first_day().PlusDays(expiring_within_days))) {}

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

  // A day that must not be longer ago than allowed, and not to come. `months` nothing: however long ago.
  void Within(const WeighedDay* from, std::optional<int> months, bool through_shift, Reason otherwise,
              Fare& fare) const {
    if (!HasCome(from, otherwise, fare)) return;
    if (!months) return Yes(fare);
    Ends(MonthsAfter(*from, *months), through_shift, otherwise, Recheck::kNo, fare);
  }
  // The same in days. A fact that must be looked up again every few days anyway would always be about to end: it warns
  // nobody.
  void WithinDays(const WeighedDay* from, int days, bool through_shift, Reason otherwise, Fare& fare) const {
    if (!HasCome(from, otherwise, fare)) return;
    const Recheck recheck = days <= expiring_within_days_ ? Recheck::kYes : Recheck::kNo;
    Ends(from->day.PlusDays(days), through_shift, otherwise, recheck, fare);
  }
  // An end, where absence means no end.
  void NotBefore(const WeighedDay* end, bool through_shift, Reason otherwise, Fare& fare) const {
    if (end == nullptr) return Yes(fare);
    Ends(end->day, through_shift, otherwise, Recheck::kNo, fare);
  }
  void NotAfter(const WeighedDay* start, Reason otherwise, Fare& fare) const {
    YesIf(start != nullptr && start->day <= duty_->first_day(), otherwise, fare);
  }

  // After all conditions, the credential: it counts no longer than its own exp, and its standing undoes a yes and gives
  // a no its reason.
  void CountCredential(const Weighed& weighed, Fare& fare) const;

 private:
  enum class Recheck : std::uint8_t { kNo, kYes };

  // What is still to come is not old: it is not there yet.
  bool HasCome(const WeighedDay* from, Reason otherwise, Fare& fare) const {
    if (from != nullptr && from->day <= duty_->first_day()) return true;
    No(from == nullptr ? otherwise : Reason::kNotYetInForce, fare);
    return false;
  }
  void Ends(const CivilDay& through, bool through_shift, Reason otherwise, Recheck recheck, Fare& fare) const {
    if (through < (through_shift ? duty_->last_day() : duty_->first_day())) return No(otherwise, fare);
    Yes(fare);
    Holds(through, through < soon_ && recheck == Recheck::kNo, fare);
  }
  static void Holds(const CivilDay& through, bool soon_over, Fare& fare) {
    if (!fare.holds_through || through < *fare.holds_through) fare.holds_through = through;
    if (soon_over && fare.outcome == Outcome::kMet) fare.outcome = Outcome::kMetExpiring;
  }

  const Duty* duty_;
  int expiring_within_days_;
  CivilDay soon_;  // what ends before this day ends soon, or inside the duty
};

}  // namespace passport
