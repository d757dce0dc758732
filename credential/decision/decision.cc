#include "credential/decision/decision.h"

#include <array>
#include <utility>

#include "credential/decision/judgement.h"

namespace passport {
namespace {

// From best to worst.
constexpr std::array<std::pair<Outcome, std::string_view>, 4> kOutcomes = {{{Outcome::kMet, "met"},
                                                                            {Outcome::kMetExpiring, "met_expiring"},
                                                                            {Outcome::kCannotTell, "cannot_tell"},
                                                                            {Outcome::kNotMet, "not_met"}}};

}  // namespace

std::string_view WordOf(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)].second; }

std::optional<Outcome> OutcomeOf(std::string_view word) {
  for (const auto& [outcome, name] : kOutcomes) {
    if (name == word) return outcome;
  }
  return std::nullopt;
}

std::optional<CivilDay> Decision::holds_through() const {
  std::optional<CivilDay> earliest;
  if (outcome > Outcome::kMetExpiring) return earliest;
  for (const DecisionLine& line : lines) {
    if (line.holds_through && (!earliest || *line.holds_through < *earliest)) earliest = line.holds_through;
  }
  return earliest;
}

Result<Decision> Decide(const RoleProfile& profile, const Taxonomies& taxonomies, const VerifiedRecords& records,
                        const Duty& duty) {
  const PreparedProfile prepared(profile, taxonomies, duty.first_day());
  const PreparedRecords weighed(records);
  return DutyJudge().Explain(PreparedCase(prepared, weighed, PreparedCase::Days::kWhenAsked), duty);
}

}  // namespace passport
