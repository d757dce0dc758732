// What a decision is about: who relies on it, where, when, and how the person comes.
#pragma once

#include "credential/decision/role_profile.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// A shift lasts no longer than this; longer engagements are asked about shift by shift, or by their first day.
inline constexpr Seconds kDutyMax{31 * 86'400};

class Duty {
 public:
  struct Terms {
    OrganisationId receiver;  // who relies on the answer
    OrganisationId place;     // where the work is: the receiver, or another organisation it answers for
    Engagement engagement;
    Instant starts_at;
    Instant ends_at;  // exclusive
  };
  // Fails with kFieldInvalid unless it ends after it starts and lasts no longer than kDutyMax.
  static Result<Duty> Make(Terms terms);
  // One whole civil day in Europe/London at the receiver's own place, as a placement.
  static Duty OnDay(const OrganisationId& receiver, const CivilDay& day);

  const OrganisationId& receiver() const { return terms_.receiver; }
  const OrganisationId& place() const { return terms_.place; }
  Engagement engagement() const { return terms_.engagement; }
  Instant starts_at() const { return terms_.starts_at; }
  Instant ends_at() const { return terms_.ends_at; }
  // Civil days in Europe/London: of its first moment and of its last. A shift that ends at midnight ends on the day
  // before.
  const CivilDay& first_day() const { return first_day_; }
  const CivilDay& last_day() const { return last_day_; }

 private:
  explicit Duty(Terms terms);
  Terms terms_;
  CivilDay first_day_;
  CivilDay last_day_;
};

}  // namespace passport
