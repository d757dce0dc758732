#include "credential/decision/duty.h"

#include <utility>

namespace passport {

Duty::Duty(Terms terms)
    : terms_(std::move(terms)),
      first_day_(CivilDay::InLondon(terms_.starts_at)),
      last_day_(CivilDay::InLondon(terms_.ends_at - Seconds{1})) {}

Result<Duty> Duty::Make(Terms terms) {
  if (terms.ends_at <= terms.starts_at)
    return Fault{Reason::kFieldInvalid, "", "the duty does not end after it starts"};
  // Both ends may lie anywhere: their distance fits an unsigned number, not always a signed one.
  const std::uint64_t length =
      static_cast<std::uint64_t>(terms.ends_at.seconds) - static_cast<std::uint64_t>(terms.starts_at.seconds);
  if (length > static_cast<std::uint64_t>(kDutyMax.count))
    return Fault{Reason::kFieldInvalid, "", "the duty lasts longer than 31 days"};
  return Duty(std::move(terms));
}

Duty Duty::OnDay(const OrganisationId& receiver, const CivilDay& day) {
  const Instant starts_at = day.StartInLondon();
  // The last day of the calendar has none after it: it ends a day later all the same.
  const Instant next = day.PlusDays(1).StartInLondon();
  return Duty({.receiver = receiver,
               .place = receiver,
               .engagement = Engagement::kPlacement,
               .starts_at = starts_at,
               .ends_at = starts_at < next ? next : starts_at + Seconds{86'400}});
}

}  // namespace passport
