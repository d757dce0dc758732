#include "passport-service/acts/count_reliances.h"

#include <algorithm>
#include <set>

#include "credential/decision/decision.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

// How often, and for whom.
struct Cell {
  std::uint64_t count = 0;
  std::set<std::string> people;
  void Add(const std::string& subject) {
    ++count;
    people.insert(subject);
  }
  SafeCount Safe() const { return people.size() < kSmallNumber ? SafeCount() : SafeCount(count); }
};

// The way of one person to a yes.
struct Way {
  std::optional<Instant> first_no;
  std::optional<Instant> first_yes;
};

struct Tally {
  std::set<std::string> people;
  std::map<std::string, Cell> outcomes;
  std::map<std::string, Cell> reasons;
  std::map<std::string, Cell> not_repeated;
  std::map<std::string, Way> ways;

  void Take(const RelianceEntry& entry) {
    people.insert(entry.subject);
    outcomes[entry.outcome].Add(entry.subject);
    for (const std::string& reason : entry.reasons) reasons[reason].Add(entry.subject);
    for (const std::string& kind : entry.elsewhere) not_repeated[kind].Add(entry.subject);
    const std::optional<Outcome> outcome = OutcomeOf(entry.outcome);
    if (!outcome) return;
    Way& way = ways[entry.subject];
    const bool yes = *outcome == Outcome::kMet || *outcome == Outcome::kMetExpiring;
    if (!yes && !way.first_no && !way.first_yes) way.first_no = entry.at;
    if (yes && !way.first_yes) way.first_yes = entry.at;
  }

  std::optional<std::uint64_t> DaysToClear() const {
    constexpr std::int64_t kDay = 86'400;
    std::vector<std::uint64_t> days;
    for (const auto& [subject, way] : ways) {
      if (way.first_no && way.first_yes)
        days.push_back(static_cast<std::uint64_t>((way.first_yes->seconds - way.first_no->seconds) / kDay));
    }
    if (days.size() < kSmallNumber) return std::nullopt;
    const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
    std::nth_element(days.begin(), middle, days.end());
    return *middle;
  }
};

std::map<std::string, SafeCount> Safe(const std::map<std::string, Cell>& cells) {
  std::map<std::string, SafeCount> safe;
  for (const auto& [word, cell] : cells) safe[word] = cell.Safe();
  return safe;
}

Result<void> CountOne(Reliances& reliances, const OrganisationId& employer, Instant from, Instant end,
                      std::vector<RoleCounts>& all) {
  constexpr std::size_t kPage = 500;
  std::map<std::string, Tally> by_profile;
  std::uint64_t after = 0;
  while (true) {
    TRY_ASSIGN(const Page<RelianceRow> page, reliances.ReliancesOf(employer, after, kPage));
    for (const RelianceRow& row : page.rows) {
      after = row.link.sequence;
      if (row.entry.at < from || end <= row.entry.at) continue;
      by_profile[row.entry.profile].Take(row.entry);
    }
    if (page.next.empty() || page.rows.empty()) break;
  }
  for (const auto& [profile, tally] : by_profile) {
    const bool small = tally.people.size() < kSmallNumber;
    all.push_back({.employer = employer,
                   .profile = profile,
                   .people = small ? SafeCount() : SafeCount(tally.people.size()),
                   .outcomes = Safe(tally.outcomes),
                   .reasons = Safe(tally.reasons),
                   .not_repeated = Safe(tally.not_repeated),
                   .days_to_clear = tally.DaysToClear()});
  }
  return {};
}

}  // namespace

Result<std::vector<RoleCounts>> CountReliances::operator()(const Order& order) {
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (order.through < order.from) return Fault{Reason::kFieldInvalid, "", "the last day is before the first"};
  const Instant from = order.from.StartInLondon();
  const Instant end = order.through.PlusDays(1).StartInLondon();
  std::vector<RoleCounts> all;
  if (!order.by.roles.Has(Role::kRegistrar)) {
    TRY(CountOne(store_, caller.id, from, end, all));
  } else {
    TRY_ASSIGN(const std::vector<OrganisationRow> everybody, store_.AllOrganisations());
    for (const OrganisationRow& each : everybody) TRY(CountOne(store_, each.id, from, end, all));
  }
  TRY(ApplyNow(store_, {Audited(clock_.Now(), order.by, {.what = "reliances.counted"})}));
  return all;
}

}  // namespace passport
