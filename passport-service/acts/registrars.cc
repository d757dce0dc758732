#include "passport-service/acts/registrars.h"

#include <algorithm>

namespace passport {

std::set<Instant> OfficeMoments(const OrganisationRows& rows, Instant now) {
  const Instant next = NextSecond(now);
  std::set<Instant> moments = {next};
  for (const auto& [id, row] : rows) {
    if (!row.registrar) continue;
    for (const Instant point : TurningPoints(row)) moments.insert(std::max(point, next));
  }
  return moments;
}

Result<void> CheckRegistrarLeft(const OrganisationRows& rows, Instant now) {
  for (const Instant moment : OfficeMoments(rows, now)) {
    const bool left = std::any_of(rows.begin(), rows.end(), [&](const auto& entry) {
      return entry.second.registrar && TakesPart(entry.second, moment);
    });
    if (left) continue;
    return Fault{Reason::kStateConflict, "",
                 "no registrar would be left; name another one first, or in the same proposal"};
  }
  return {};
}

std::uint32_t RegistrarsNeeded(const OrganisationRows& rows, Instant now) {
  std::uint32_t needed = 1;
  for (const auto& [id, row] : rows) {
    if (row.registrar && TakesPart(row, now)) needed = std::max(needed, row.registrars_needed);
  }
  return needed;
}

}  // namespace passport
