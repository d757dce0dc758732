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

// One record on the scales: its standing, and what else keeps a yes from being certain.
struct Weighed {
  const CredentialId* credential;
  const Record* record;
  Standing standing;
  Reason standing_reason;  // of the standing, or of a registry that is too old
};

// A record against one alternative of a requirement, with its standing taken into account.
struct Candidate {
  Outcome outcome;
  Fare fare;
  const Weighed* weighed;
  const Alternative* alternative;
};

Candidate Weigh(const Weighed& weighed, const Alternative& alternative, CivilDay day) {
  const Fare fare = Judge(alternative, *weighed.record, day);
  Candidate candidate{.outcome = fare.met ? Outcome::kMet : Outcome::kNotMet,
                      .fare = fare,
                      .weighed = &weighed,
                      .alternative = &alternative};
  if (weighed.standing == Standing::kRevoked || weighed.standing == Standing::kSuspended) {
    candidate.outcome = Outcome::kNotMet;
    candidate.fare.reason = weighed.standing_reason;
  } else if (fare.met && weighed.standing == Standing::kCannotTell) {
    candidate.outcome = Outcome::kCannotTell;
    candidate.fare.reason = weighed.standing_reason;
  }
  return candidate;
}

// True if `a` ends later; no end is later than any.
bool HoldsLonger(const Fare& a, const Fare& b) {
  if (!a.holds_through || !b.holds_through) return !a.holds_through && b.holds_through;
  return *a.holds_through > *b.holds_through;
}

// The better answer; among misses the nearest; among equals the one that holds longer, and at last the smaller id, so
// that the order in which records are shown changes nothing.
bool Better(const Candidate& a, const Candidate& b) {
  if (a.outcome != b.outcome) return a.outcome < b.outcome;
  if (a.outcome == Outcome::kNotMet && a.fare.satisfied != b.fare.satisfied) {
    return a.fare.satisfied > b.fare.satisfied;
  }
  if (HoldsLonger(a.fare, b.fare)) return true;
  if (HoldsLonger(b.fare, a.fare)) return false;
  return *a.weighed->credential < *b.weighed->credential;
}

// The best of all records over all alternatives; of equal alternatives the first. Nothing when none is picked.
std::optional<Candidate> BestFor(const Requirement& requirement, const std::vector<Weighed>& records, CivilDay day) {
  std::optional<Candidate> best;
  for (const Weighed& weighed : records) {
    for (const Alternative& alternative : requirement.any_of) {
      if (!Picks(alternative, *weighed.record, day)) continue;
      const Candidate candidate = Weigh(weighed, alternative, day);
      if (!best || Better(candidate, *best)) best = candidate;
    }
  }
  return best;
}

std::vector<Weighed> Weighable(const VerifiedPresentation& presentation) {
  std::vector<Weighed> all;
  for (const PresentedRecord& record : presentation.records()) {
    Weighed weighed{&record.credential, &record.record, record.standing, record.standing_reason};
    if (record.standing == Standing::kGood && presentation.registry_standing() != Reason::kNone) {
      weighed.standing = Standing::kCannotTell;
      weighed.standing_reason = presentation.registry_standing();
    }
    all.push_back(weighed);
  }
  return all;
}

// True if a condition that held ends within the horizon. A fact that must be looked up again every few days anyway
// would always be about to end: a re-check shorter than the horizon warns nobody.
bool EndsSoon(const Candidate& candidate, CivilDay day, int expiring_within_days) {
  const auto& conditions = candidate.alternative->conditions;
  return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    if (condition.test == Condition::Test::kWithinDays && condition.amount <= expiring_within_days) return false;
    const std::optional<CivilDay> through = Test(condition, *candidate.weighed->record, day).through;
    return through && *through < day.PlusDays(expiring_within_days);
  });
}

DecisionLine DecideLine(const Requirement& requirement, const std::vector<Weighed>& records, CivilDay day,
                        int expiring_within_days) {
  DecisionLine line{.requirement = requirement.id,
                    .needs = requirement.needs,
                    .outcome = Outcome::kNotMet,
                    .reason = Reason::kRecordMissing,
                    .relied_on = {},
                    .holds_through = {}};
  const std::optional<Candidate> best = BestFor(requirement, records, day);
  if (!best) return line;
  line.outcome = best->outcome;
  line.reason = best->outcome == Outcome::kMet ? Reason::kNone : best->fare.reason;
  line.relied_on = {*best->weighed->credential};
  if (best->outcome == Outcome::kMet) {
    line.holds_through = best->fare.holds_through;
    if (EndsSoon(*best, day, expiring_within_days)) line.outcome = Outcome::kMetExpiring;
  }
  return line;
}

// Adds the facts an alternative asks about, as far as the record has them.
void AddFacts(const Alternative& alternative, const Record& record, std::vector<std::string>& facts) {
  for (const auto* conditions : {&alternative.picks, &alternative.conditions}) {
    for (const Condition& condition : *conditions) {
      const bool known = std::find(facts.begin(), facts.end(), condition.fact) != facts.end();
      if (!known && record.Find(condition.fact)) facts.push_back(condition.fact);
    }
  }
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
  const std::vector<Weighed> records = Weighable(presentation);
  for (const Requirement& requirement : profile.requirements()) {
    decision.lines.push_back(DecideLine(requirement, records, day, profile.expiring_within_days()));
    decision.outcome = std::max(decision.outcome, decision.lines.back().outcome);
  }
  return decision;
}

std::vector<Showable> ChooseFor(const RoleProfile& profile, const std::vector<HeldRecord>& held, CivilDay day) {
  std::vector<Weighed> records;
  records.reserve(held.size());
  for (const HeldRecord& each : held) {
    records.push_back({&each.credential, each.record, each.standing,
                       each.standing == Standing::kSuspended ? Reason::kSuspended : Reason::kNone});
  }
  std::vector<Showable> chosen;
  for (const Requirement& requirement : profile.requirements()) {
    const std::optional<Candidate> best = BestFor(requirement, records, day);
    if (!best) continue;
    auto showable = std::find_if(chosen.begin(), chosen.end(),
                                 [&](const Showable& each) { return each.credential == *best->weighed->credential; });
    if (showable == chosen.end()) showable = chosen.insert(chosen.end(), {*best->weighed->credential, {}});
    AddFacts(*best->alternative, *best->weighed->record, showable->facts);
  }
  return chosen;
}

}  // namespace passport
