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
  Measure("decide_explained", [prepared](std::size_t i) {
    const Result<Decision> decision = prepared->judge.Explain(prepared->under_it, prepared->DutyAt(i));
    return decision.ok() && decision->outcome == Outcome::kMet;
  });
  Measure("decide_once", [&world](std::size_t) {
    const Result<Decision> decision = Decide(world.profile, world.taxonomies, *world.passport, world.duty);
    return decision.ok() && decision->outcome == Outcome::kMet;
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
