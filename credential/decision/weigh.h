// One record against the conditions of one need: what holds, until when, and what stands in the way.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "credential/decision/decision.h"

namespace passport {

// One record on the scales. Points into what is judged and lives no longer.
struct Weighed {
  const CredentialId* credential;
  const Record* record;
  const OrganisationId* issuer;
  std::string_view issuer_type;
  std::string_view holder;
  std::optional<Instant> expires_at;
  Standing standing;
  Reason standing_reason;  // of the standing, or of a registry that is too old
  // The last day on which the credential has not run out; by Judge, once for all needs.
  std::optional<CivilDay> runs_through = std::nullopt;
};

// How one condition fares.
struct Held {
  enum class Answer : std::uint8_t { kYes, kNo, kCannotTell };
  Answer answer;
  Reason reason = Reason::kNone;                   // of a no, or why one can not tell
  std::optional<CivilDay> through = std::nullopt;  // the last day on which it holds; nothing: no end
  // A fact that must be looked up again every few days anyway would always be about to end: it warns nobody.
  bool recheck = false;
  bool lapses_in_duty = false;  // at an hour of a day it holds through otherwise
};

// How one record fares against all conditions of a need.
struct Fare {
  Outcome outcome = Outcome::kMet;
  Reason reason = Reason::kNone;  // of the first condition that does not hold
  std::size_t satisfied = 0;      // how many conditions hold: the nearest miss is the one worth naming
  std::optional<CivilDay> holds_through = std::nullopt;  // the earliest end among conditions that hold
};

// Judges conditions for one duty. Points into its arguments.
class Scales {
 public:
  Scales(const Duty& duty, int expiring_within_days)
      : duty_(&duty),
        expiring_within_days_(expiring_within_days),
        soon_(duty.first_day().PlusDays(expiring_within_days)) {}

  const Duty& duty() const { return *duty_; }

  // Every test but kSameIssuerAs and kSamePersonAs, which look at other records. A fact that was not shown satisfies
  // nothing, except "ends on", where absence means no end.
  Held Test(const Condition& condition, const Weighed& weighed) const;
  // A day that must not be longer ago than allowed, and not to come. `months` nothing: however long ago.
  Held Within(std::optional<CivilDay> from, std::optional<int> months, bool through_shift, Reason otherwise) const;
  // A credential counts no longer than its own exp.
  Held NotExpired(const Weighed& weighed) const;

  // Puts one answer to the others.
  void Count(const Held& held, Fare& fare) const;
  // Last of all, what the status says: it undoes a yes, and gives a no its reason.
  static void CountStanding(const Weighed& weighed, Fare& fare);

 private:
  Held Ends(std::optional<CivilDay> through, bool through_shift, Reason otherwise) const;

  const Duty* duty_;
  int expiring_within_days_;
  CivilDay soon_;  // what ends before this day ends soon
};

// The fact of a rule, found by the rule itself; null when it was not shown.
const std::string* FindFact(const Record& record, const FieldRule* rule);
std::optional<CivilDay> FindDay(const Record& record, const FieldRule* rule);
std::optional<int> FindNumber(const Record& record, const FieldRule* rule);

}  // namespace passport
