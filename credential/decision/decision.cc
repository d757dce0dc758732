#include "credential/decision/decision.h"

#include <algorithm>
#include <array>
#include <utility>

#include "credential/decision/judge.h"

namespace passport {
namespace {

// From best to worst.
constexpr std::array<std::pair<Outcome, std::string_view>, 4> kOutcomes = {{{Outcome::kMet, "met"},
                                                                            {Outcome::kMetExpiring, "met_expiring"},
                                                                            {Outcome::kCannotTell, "cannot_tell"},
                                                                            {Outcome::kNotMet, "not_met"}}};

std::vector<Weighed> Weighable(const VerifiedRecords& presented) {
  std::vector<Weighed> all;
  all.reserve(presented.records().size());
  for (const PresentedRecord& record : presented.records()) {
    Weighed weighed{.credential = &record.credential,
                    .record = &record.record,
                    .issuer = &record.issuer,
                    .issuer_type = record.issuer_type,
                    .holder = record.holder,
                    .expires_at = record.expires_at,
                    .standing = record.standing,
                    .standing_reason = record.standing_reason};
    if (record.standing == Standing::kGood && presented.registry_standing() != Reason::kNone) {
      weighed.standing = Standing::kCannotTell;
      weighed.standing_reason = presented.registry_standing();
    }
    all.push_back(weighed);
  }
  return all;
}

// Who can put it right, and how: in the words of the requirement where it has any. What one can not tell is for whoever
// asked to find out, whatever the role requires.
void NameTheRemedy(const Requirement& requirement, DecisionLine& line) {
  if (line.outcome == Outcome::kMet) return;
  const ReasonText& text = TextOf(line.outcome == Outcome::kMetExpiring ? Reason::kEndsTooSoon : line.reason);
  const bool own_words = line.outcome != Outcome::kCannotTell;
  line.who = own_words && !requirement.who.empty() ? requirement.who : text.who;
  line.how = own_words && !requirement.how.empty() ? requirement.how : text.remedy;
}

DecisionLine LineOf(const Requirement& requirement, Judge& judge) {
  const Ruling ruling = judge.Of(requirement.need);
  const bool met = ruling.fare.outcome <= Outcome::kMetExpiring;
  DecisionLine line{.requirement = requirement.id,
                    .needs = requirement.needs,
                    .outcome = ruling.fare.outcome,
                    .reason = met ? Reason::kNone : ruling.fare.reason,
                    .relied_on = {},
                    .holds_through = met ? ruling.fare.holds_through : std::nullopt,
                    .who = {},
                    .how = {}};
  line.relied_on.reserve(ruling.relied_on.size());
  for (const std::uint32_t record : ruling.relied_on) line.relied_on.push_back(*judge.records()[record].credential);
  NameTheRemedy(requirement, line);
  return line;
}

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
  if (duty.first_day() < profile.effective_from())
    return Fault{Reason::kNotYetInForce, "", "the role profile is not in force on that day"};
  Decision decision{.outcome = Outcome::kMet,
                    .profile = profile.id(),
                    .profile_version = profile.version(),
                    .profile_digest = profile.digest(),
                    .duty = duty,
                    .snapshot_id = records.snapshot_id(),
                    .decided_at = records.verified_at(),
                    .lines = {}};
  Judge judge(profile, taxonomies.On(duty.first_day()), duty, Weighable(records), records.registry_standing());
  decision.lines.reserve(profile.requirements().size());
  for (const Requirement& requirement : profile.requirements()) {
    if (!judge.Applies(requirement.when)) continue;
    decision.lines.push_back(LineOf(requirement, judge));
    decision.outcome = std::max(decision.outcome, decision.lines.back().outcome);
  }
  // Nothing asked is nothing answered: it must not read as a yes.
  if (decision.lines.empty())
    return Fault{Reason::kFieldInvalid, "", "the role profile requires nothing for this engagement"};
  return decision;
}

}  // namespace passport
