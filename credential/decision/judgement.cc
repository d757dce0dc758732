#include "credential/decision/judgement.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

std::vector<Weighable> WeighableOf(const VerifiedRecords& verified) {
  std::vector<Weighable> all;
  all.reserve(verified.records().size());
  for (const PresentedRecord& record : verified.records()) {
    all.push_back({.credential = &record.credential,
                   .record = &record.record,
                   .issuer = &record.issuer,
                   .issuer_type = record.issuer_type,
                   .holder = record.holder,
                   .expires_at = record.expires_at,
                   .standing = record.standing,
                   .standing_reason = record.standing_reason});
  }
  return all;
}

bool IsMetLine(Outcome outcome) { return outcome <= Outcome::kMetExpiring; }

Fault NotInForce() { return {Reason::kNotYetInForce, "", "the role profile is not in force on that day"}; }
// Nothing asked is nothing answered: it must not read as a yes.
Fault NothingRequired() { return {Reason::kFieldInvalid, "", "the role profile requires nothing for this engagement"}; }

// Who can put it right, and how: in the words of the requirement where it has any. What one can not tell is for whoever
// asked to find out, whatever the role requires.
void NameTheRemedy(const Requirement& requirement, DecisionLine& line) {
  if (line.outcome == Outcome::kMet) return;
  const ReasonText& text = TextOf(line.outcome == Outcome::kMetExpiring ? Reason::kEndsTooSoon : line.reason);
  const bool own_words = line.outcome != Outcome::kCannotTell;
  line.who = own_words && !requirement.who.empty() ? requirement.who : text.who;
  line.how = own_words && !requirement.how.empty() ? requirement.how : text.remedy;
}

DecisionLine LineOf(const PreparedRequirement& prepared, Judge& judge) {
  const Requirement& requirement = *prepared.requirement;
  std::span<const std::uint32_t> relied_on;
  const Fare fare = judge.Of(judge.profile().need(prepared.need), relied_on);
  const bool met = IsMetLine(fare.outcome);
  DecisionLine line{.requirement = requirement.id,
                    .needs = requirement.needs,
                    .outcome = fare.outcome,
                    .reason = met ? Reason::kNone : fare.reason,
                    .relied_on = {},
                    .holds_through = met ? fare.holds_through : std::nullopt,
                    .who = {},
                    .how = {}};
  line.relied_on.reserve(relied_on.size());
  for (const std::uint32_t record : relied_on) line.relied_on.push_back(judge.records().IdOf(record));
  NameTheRemedy(requirement, line);
  return line;
}

}  // namespace

PreparedRecords::PreparedRecords(const VerifiedRecords& verified)
    : weighed_(WeighableOf(verified), verified.registry_standing()),
      snapshot_id_(verified.snapshot_id()),
      verified_at_(verified.verified_at()) {}

void PreparedRecords::Restand(const Standings& standings) {
  weighed_.Restand(standings.records, standings.registry);
  snapshot_id_ = standings.snapshot_id;
  verified_at_ = standings.verified_at;
}

Result<Judgement> DutyJudge::Of(const PreparedCase& prepared, const Duty& duty) {
  const PreparedProfile& profile = prepared.profile();
  if (duty.first_day() < profile.profile().effective_from()) return NotInForce();
  Judge judge(prepared.weighed(), duty, room_);
  std::optional<Judgement> judgement;
  const std::vector<PreparedRequirement>& requirements = profile.requirements();
  for (std::size_t at = 0; at < requirements.size(); ++at) {
    if (!judge.Applies(requirements[at].requirement->when)) continue;
    std::span<const std::uint32_t> relied_on;
    const Fare fare = judge.Of(profile.need(requirements[at].need), relied_on);
    const bool met = IsMetLine(fare.outcome);
    if (!judgement) {
      judgement = {.outcome = Outcome::kMet, .requirement = at, .reason = Reason::kNone, .holds_through = std::nullopt};
    }
    if (met && fare.holds_through && (!judgement->holds_through || *fare.holds_through < *judgement->holds_through))
      judgement->holds_through = fare.holds_through;
    if (fare.outcome > judgement->outcome) {
      judgement->outcome = fare.outcome;
      judgement->requirement = at;
      judgement->reason = met ? Reason::kNone : fare.reason;
    }
    if (fare.outcome == Outcome::kNotMet) break;  // nothing is worse, and the first one decides
  }
  if (!judgement) return NothingRequired();
  if (!IsMetLine(judgement->outcome)) judgement->holds_through = std::nullopt;
  return *judgement;
}

Result<Decision> DutyJudge::Explain(const PreparedCase& prepared, const Duty& duty) {
  const PreparedProfile& profile = prepared.profile();
  const RoleProfile& role = profile.profile();
  if (duty.first_day() < role.effective_from()) return NotInForce();
  Decision decision{.outcome = Outcome::kMet,
                    .profile = role.id(),
                    .profile_version = role.version(),
                    .profile_digest = role.digest(),
                    .duty = duty,
                    .snapshot_id = prepared.records().snapshot_id(),
                    .decided_at = prepared.records().verified_at(),
                    .lines = {}};
  Judge judge(prepared.weighed(), duty, room_);
  decision.lines.reserve(profile.requirements().size());
  for (const PreparedRequirement& requirement : profile.requirements()) {
    if (!judge.Applies(requirement.requirement->when)) continue;
    decision.lines.push_back(LineOf(requirement, judge));
    decision.outcome = std::max(decision.outcome, decision.lines.back().outcome);
  }
  if (decision.lines.empty()) return NothingRequired();
  return decision;
}

}  // namespace passport
