#include "passport-service/acts/tell_beginnings.h"

#include <algorithm>
#include <set>
#include <string>

#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {
namespace {

constexpr std::string_view kBeginningsTold = "beginnings";

Result<bool> ToldThrough(Store& store, Changes events, std::uint64_t from, Instant now) {
  const bool any = !events.empty();
  events.emplace_back(MoveCursor{std::string(kBeginningsTold), from, static_cast<std::uint64_t>(now.seconds)});
  const Result<void> told = ApplyNow(store, events);
  // In a conflict another process publishes too, and was first.
  if (!told.ok() && told.fault().reason != Reason::kStateConflict) return told.fault();
  return any;
}

}  // namespace

Result<bool> TellBeginnings(Store& store, const OrganisationRows& rows, const RuleBook& rules, Instant now) {
  TRY_ASSIGN(const std::uint64_t from, store.FindCursor(kBeginningsTold));
  if (from == 0) return ToldThrough(store, {}, from, now);
  const auto begun = [&](Instant moment) { return moment.seconds > static_cast<std::int64_t>(from) && moment <= now; };
  Changes events;
  for (const auto& [id, row] : rows) {
    const std::vector<Instant> moments = TurningPoints(row);
    if (std::any_of(moments.begin(), moments.end(), begun))
      events.emplace_back(AppendEvent{{now, "organisation.began", id.text()}});
  }
  std::set<std::string> profiles;
  for (const auto& [id, day] : rules.ProfileBeginnings()) {
    if (begun(day.StartInLondon())) profiles.insert(id);
  }
  for (const std::string& id : profiles) events.emplace_back(AppendEvent{{now, "profile.began", "profile/" + id}});
  const std::vector<Taxonomy>& taxonomies = rules.taxonomies().versions();
  std::set<std::string> ids;
  for (const Taxonomy& taxonomy : taxonomies) {
    if (begun(taxonomy.effective_from().StartInLondon())) ids.insert(taxonomy.id());
  }
  for (const std::string& id : ids) events.emplace_back(AppendEvent{{now, "taxonomy.began", "taxonomy/" + id}});
  if (events.empty()) return false;
  return ToldThrough(store, std::move(events), from, now);
}

}  // namespace passport
