#include "passport-service/ports/organisation_standing.h"

#include <algorithm>

namespace passport {

EntryState StateAt(const OrganisationRow& row, Instant at) {
  EntryState state = EntryState::kActive;
  for (const StateChange& change : row.history) {
    if (change.since <= at) state = change.state;
  }
  return state;
}

const Succession* SuccessionAt(const OrganisationRow& row, Instant at) {
  const auto begun = std::find_if(row.successions.rbegin(), row.successions.rend(),
                                  [&](const Succession& succession) { return succession.at <= at; });
  return begun == row.successions.rend() ? nullptr : &*begun;
}

bool TakesPart(const OrganisationRow& row, Instant at) {
  const bool in_time = row.valid_from <= at && (!row.valid_until || at < *row.valid_until);
  return in_time && StateAt(row, at) == EntryState::kActive && SuccessionAt(row, at) == nullptr;
}

std::vector<Instant> TurningPoints(const OrganisationRow& row) {
  std::vector<Instant> points = {row.valid_from};
  if (row.valid_until) points.push_back(*row.valid_until);
  for (const StateChange& change : row.history) points.push_back(change.since);
  for (const Succession& succession : row.successions) points.push_back(succession.at);
  return points;
}

bool MayIssue(const OrganisationRow& row, std::string_view kind, Instant at) {
  return TakesPart(row, at) && std::any_of(row.kinds.begin(), row.kinds.end(), [&](const AllowedKind& allowed) {
           return allowed.word == kind && allowed.from <= at && (!allowed.until || at < *allowed.until);
         });
}

}  // namespace passport
