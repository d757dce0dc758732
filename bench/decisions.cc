#include "bench/decisions.h"

#include <memory>
#include <vector>

#include "bench/measure.h"
#include "credential/decision/judgement.h"

namespace passport::bench {
namespace {

// What a roster keeps between its lines.
struct Prepared {
  explicit Prepared(const World& world)
      : profile(world.profile, world.taxonomies, world.duty.first_day()),
        records(*world.passport),
        under_it(profile, records) {
    constexpr int kDays = 28;
    for (int day = 0; day < kDays; ++day)
      duties.push_back(Duty::OnDay(world.duty.receiver(), world.duty.first_day().PlusDays(day)));
  }
  void Restand(Reason registry) {
    const std::vector<RecordStanding> good(records.weighed().size(), {Standing::kGood, Reason::kNone});
    records.Restand({.records = good,
                     .registry = registry,
                     .snapshot_id = records.snapshot_id(),
                     .verified_at = records.verified_at()});
  }
  const Duty& DutyAt(std::size_t i) const { return duties[i % duties.size()]; }

  PreparedProfile profile;
  PreparedRecords records;
  PreparedCase under_it;
  std::vector<Duty> duties;
  DutyJudge judge;
};

}  // namespace

void RegisterDecisions(const World& world) {
  const auto prepared = std::make_shared<Prepared>(world);
  Measure("decide", [prepared](std::size_t i) {
    const Result<Judgement> judgement = prepared->judge.Of(prepared->under_it, prepared->DutyAt(i));
    return judgement.ok() && judgement->outcome == Outcome::kMet;
  });
  // With a registry that is too old no line is told by days alone: each is weighed condition by condition.
  const auto stale = std::make_shared<Prepared>(world);
  stale->Restand(Reason::kRegistryStale);
  Measure("decide_cannot_tell", [stale](std::size_t i) {
    const Result<Judgement> judgement = stale->judge.Of(stale->under_it, stale->DutyAt(i));
    return judgement.ok() && judgement->reason == Reason::kRegistryStale;
  });
  Measure("decide_explained", [prepared](std::size_t i) {
    const Result<Decision> decision = prepared->judge.Explain(prepared->under_it, prepared->DutyAt(i));
    return decision.ok() && decision->outcome == Outcome::kMet;
  });
  Measure("decide_once", [&world](std::size_t) {
    const Result<Decision> decision = Decide(world.profile, world.taxonomies, *world.passport, world.duty);
    return decision.ok() && decision->outcome == Outcome::kMet;
  });
  Measure("restand", [stale](std::size_t) {
    stale->Restand(Reason::kRegistryStale);
    return true;
  });
  Measure("prepare_profile", [&world](std::size_t) {
    return PreparedProfile(world.profile, world.taxonomies, world.duty.first_day()).requirements().size() == 10;
  });
  Measure("prepare_case", [prepared](std::size_t) {
    return !PreparedCase(prepared->profile, prepared->records)
                .weighed()
                .CandidatesOf(prepared->profile.need(1))
                .empty();
  });
  Measure("prepare_records", [&world](std::size_t) { return PreparedRecords(*world.passport).weighed().size() == 25; });
}

}  // namespace passport::bench
