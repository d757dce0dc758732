#include "credential/decision/decision.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

// How one record fares against one alternative.
struct Fare {
  bool met;
  Reason reason;                          // of the first condition that fails
  std::size_t satisfied;                  // how many conditions hold: the nearest miss is the one worth naming
  std::optional<CivilDay> holds_through;  // the earliest end among conditions that end
};

struct Held {
  bool holds;
  std::optional<CivilDay> through;
};

std::size_t GradeOf(std::string_view grade) {
  return static_cast<std::size_t>(std::find(std::begin(kAssuranceGrades), std::end(kAssuranceGrades), grade) -
                                  std::begin(kAssuranceGrades));
}

// A fact that was not disclosed satisfies nothing, except "ends on", where absence means no end.
Held Test(const Condition& condition, const Record& record, CivilDay day) {
  const std::optional<std::string_view> fact = record.Find(condition.fact);
  switch (condition.test) {
    case Condition::Test::kOneOf:
      return {fact && std::find(condition.words.begin(), condition.words.end(), *fact) != condition.words.end(), {}};
    case Condition::Test::kAtLeast:
      return {fact && record.Number(condition.fact).value_or(-1) >= condition.amount, {}};
    case Condition::Test::kAssurance:
      return {fact && GradeOf(*fact) >= GradeOf(condition.words.front()), {}};
    case Condition::Test::kWithinMonths:
    case Condition::Test::kWithinDays: {
      const std::optional<CivilDay> from = record.Day(condition.fact);
      if (!from || *from > day) return {false, {}};
      const CivilDay through = condition.test == Condition::Test::kWithinMonths ? from->PlusMonths(condition.amount)
                                                                                : from->PlusDays(condition.amount);
      return {day <= through, through};
    }
    case Condition::Test::kNotBeforeDay: {
      const std::optional<CivilDay> end = record.Day(condition.fact);
      return {!end || day <= *end, end};
    }
    case Condition::Test::kNotAfterDay: {
      const std::optional<CivilDay> start = record.Day(condition.fact);
      return {start && *start <= day, {}};
    }
  }
  return {false, {}};
}

bool Picks(const Alternative& alternative, const Record& record, CivilDay day) {
  return &record.kind() == alternative.kind &&
         std::all_of(alternative.picks.begin(), alternative.picks.end(),
                     [&](const Condition& pick) { return Test(pick, record, day).holds; });
}

Fare Judge(const Alternative& alternative, const Record& record, CivilDay day) {
  Fare fare{.met = true, .reason = Reason::kNone, .satisfied = 0, .holds_through = {}};
  for (const Condition& condition : alternative.conditions) {
    const Held held = Test(condition, record, day);
    if (held.holds) {
      ++fare.satisfied;
      if (held.through && (!fare.holds_through || *held.through < *fare.holds_through))
        fare.holds_through = held.through;
    } else if (fare.met) {
      fare.met = false;
      fare.reason = condition.otherwise;
    }
  }
  return fare;
}

// A record against a requirement with its standing taken into account.
struct Candidate {
  Outcome outcome;
  Fare fare;
  const PresentedRecord* record;
};

Candidate Weigh(const PresentedRecord& record, Fare fare, Reason registry_standing) {
  Candidate candidate{.outcome = fare.met ? Outcome::kMet : Outcome::kNotMet, .fare = fare, .record = &record};
  if (record.standing == Standing::kRevoked || record.standing == Standing::kSuspended) {
    candidate.outcome = Outcome::kNotMet;
    candidate.fare.reason = record.standing_reason;
  } else if (fare.met && (record.standing == Standing::kCannotTell || registry_standing != Reason::kNone)) {
    candidate.outcome = Outcome::kCannotTell;
    candidate.fare.reason = record.standing == Standing::kCannotTell ? record.standing_reason : registry_standing;
  }
  return candidate;
}

// The better answer; among equals the one that holds longer, among misses the nearest.
bool Better(const Candidate& a, const Candidate& b) {
  if (a.outcome != b.outcome) return a.outcome < b.outcome;
  if (a.outcome == Outcome::kNotMet) return a.fare.satisfied > b.fare.satisfied;
  if (a.fare.holds_through == b.fare.holds_through) return false;
  if (!a.fare.holds_through || !b.fare.holds_through) return !a.fare.holds_through;
  return *a.fare.holds_through > *b.fare.holds_through;
}

DecisionLine DecideLine(const Requirement& requirement, const VerifiedPresentation& presentation, CivilDay day,
                        int expiring_within_days) {
  std::optional<Candidate> best;
  for (const PresentedRecord& record : presentation.records()) {
    for (const Alternative& alternative : requirement.any_of) {
      if (!Picks(alternative, record.record, day)) continue;
      const Candidate candidate =
          Weigh(record, Judge(alternative, record.record, day), presentation.registry_standing());
      if (!best || Better(candidate, *best)) best = candidate;
    }
  }
  DecisionLine line{.requirement = requirement.id,
                    .needs = requirement.needs,
                    .outcome = Outcome::kNotMet,
                    .reason = Reason::kRecordMissing,
                    .relied_on = {},
                    .holds_through = {}};
  if (!best) return line;
  line.outcome = best->outcome;
  line.reason = best->outcome == Outcome::kMet ? Reason::kNone : best->fare.reason;
  line.relied_on = {best->record->credential};
  if (best->outcome == Outcome::kMet) {
    line.holds_through = best->fare.holds_through;
    const bool soon = line.holds_through && *line.holds_through < day.PlusDays(expiring_within_days);
    if (soon) line.outcome = Outcome::kMetExpiring;
  }
  return line;
}

}  // namespace

std::string_view WordOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMet:
      return "met";
    case Outcome::kMetExpiring:
      return "met_expiring";
    case Outcome::kCannotTell:
      return "cannot_tell";
    case Outcome::kNotMet:
      return "not_met";
  }
  return "not_met";
}

Result<Decision> Decide(const RoleProfile& profile, const VerifiedPresentation& presentation, CivilDay day) {
  if (day < profile.effective_from())
    return Fault{Reason::kNotYetInForce, "", "the role profile is not in force on that day"};
  Decision decision{.outcome = Outcome::kMet,
                    .profile = profile.id(),
                    .profile_version = profile.version(),
                    .day = day,
                    .snapshot_id = presentation.snapshot_id(),
                    .decided_at = presentation.verified_at(),
                    .lines = {}};
  for (const Requirement& requirement : profile.requirements()) {
    decision.lines.push_back(DecideLine(requirement, presentation, day, profile.expiring_within_days()));
    decision.outcome = std::max(decision.outcome, decision.lines.back().outcome);
  }
  return decision;
}

std::vector<Showable> ChooseFor(const RoleProfile& profile, const std::vector<HeldRecord>& held, CivilDay day) {
  std::vector<Showable> chosen;
  for (const Requirement& requirement : profile.requirements()) {
    const HeldRecord* best = nullptr;
    const Alternative* through = nullptr;
    Fare best_fare{};
    for (const HeldRecord& record : held) {
      for (const Alternative& alternative : requirement.any_of) {
        if (!Picks(alternative, *record.record, day)) continue;
        const Fare fare = Judge(alternative, *record.record, day);
        const bool better = best == nullptr || fare.met > best_fare.met ||
                            (fare.met == best_fare.met &&
                             (fare.satisfied > best_fare.satisfied ||
                              (fare.satisfied == best_fare.satisfied && fare.holds_through > best_fare.holds_through)));
        if (!better) continue;
        best = &record;
        through = &alternative;
        best_fare = fare;
      }
    }
    if (best == nullptr) continue;
    auto showable = std::find_if(chosen.begin(), chosen.end(),
                                 [&](const Showable& each) { return each.credential == best->credential; });
    if (showable == chosen.end()) showable = chosen.insert(chosen.end(), {best->credential, {}});
    for (const auto* conditions : {&through->picks, &through->conditions}) {
      for (const Condition& condition : *conditions) {
        const bool known =
            std::find(showable->facts.begin(), showable->facts.end(), condition.fact) != showable->facts.end();
        if (!known && best->record->Find(condition.fact)) showable->facts.push_back(condition.fact);
      }
    }
  }
  return chosen;
}

}  // namespace passport
