#include "credential/decision/weigh.h"

namespace passport {

void Scales::Count(const Span& span, Reason otherwise, Fare& fare) const {
  if (!span.ever) return No(otherwise, fare);
  // What is still to come is not old: it is not there yet.
  if (span.from && *span.from > duty_->first_day()) return No(span.is_start ? otherwise : Reason::kNotYetInForce, fare);
  if (!span.through) return Yes(fare);
  if (*span.through < (span.through_shift ? duty_->last_day() : duty_->first_day())) return No(otherwise, fare);
  Yes(fare);
  Holds(*span.through, *span.through < soon_ && !span.recheck, fare);
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
