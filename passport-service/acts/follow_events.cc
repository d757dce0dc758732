#include "passport-service/acts/follow_events.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace passport {
namespace {

constexpr std::string_view kFollower = "shares";
constexpr std::string_view kProfileDocument = "profile/";
constexpr std::string_view kTaxonomyDocument = "taxonomy/";
constexpr std::size_t kNoticesInOneWrite = 500;
constexpr std::size_t kSharesInOnePage = 500;
// Each is looked up for each credential of each share; when more have changed at once, everybody looks again.
constexpr std::size_t kIssuersLookedUp = 16;

bool IsAboutStatus(std::string_view type) {
  return type == "credential.suspended" || type == "credential.revoked" || type == "credential.reinstated";
}

bool IsAboutAnIssuer(std::string_view type) { return type == "organisation.changed" || type == "organisation.began"; }

}  // namespace

struct FollowEvents::Turn {
  Instant now;
  Known known;
  Report report;
  Changes changes;
  std::set<std::string> told;  // ids
  std::uint64_t last = 0;      // the event up to which everything is dealt with
  // What has changed that any share may depend on.
  bool everything = false;
  std::set<std::string, std::less<>> profiles;
  std::set<OrganisationId> issuers;

  void NoteIssuer(const OrganisationId& issuer) {
    issuers.insert(issuer);
    everything = everything || issuers.size() > kIssuersLookedUp;
  }
  // A local profile is another one, too, when its base is.
  void NoteProfile(const std::string& id) {
    profiles.insert(id);
    if (known.rules == nullptr) return;
    for (std::string& each : known.rules->ProfileIds()) {
      if (known.rules->Extends(each, id)) profiles.insert(std::move(each));
    }
  }
};

Result<void> FollowEvents::Tell(const ShareRow& row, Turn& turn) {
  if (!turn.told.insert(row.id.text()).second) return {};
  turn.changes.emplace_back(AppendShareNotice{row.receiver, row.id, turn.now});
  if (turn.changes.size() < kNoticesInOneWrite) return {};
  // Cut off here, these are told again.
  return ApplyNow(store_, std::exchange(turn.changes, {}));
}

// Nothing for one that is over, or can not be read: nobody can look at that either.
Result<std::optional<ShareRow>> FollowEvents::FindLive(const ShareId& id, Turn& turn) {
  Result<std::optional<ShareRow>> row = store_.FindShare(id);
  if (!row.ok() && IsDamagedRow(row.fault())) {
    ++turn.report.damaged;
    return std::optional<ShareRow>();
  }
  if (row.ok() && *row && !IsLive((*row)->state)) return std::optional<ShareRow>();
  return row;
}

Result<void> FollowEvents::FollowStatus(const EventRow& event, Turn& turn) {
  const Result<CredentialId> credential = CredentialId::Parse(event.entry.object);
  if (!credential.ok()) return {};
  TRY_ASSIGN(const std::vector<ShareId> ids, store_.SharesWith(*credential));
  for (const ShareId& id : ids) {
    TRY_ASSIGN(const std::optional<ShareRow> row, FindLive(id, turn));
    if (row) TRY(Tell(*row, turn));
  }
  return {};
}

// What somebody signs for the person beside a share is not in it: no look shows it, and it is no business of the
// receiver.
Result<void> FollowEvents::Follow(const EventRow& event, Turn& turn) {
  const EventEntry& entry = event.entry;
  if (IsAboutStatus(entry.type)) return FollowStatus(event, turn);
  // Words, terms and purposes: what a decision means, and how long a purpose allows to keep.
  if (entry.object.starts_with(kTaxonomyDocument)) turn.everything = true;
  if (entry.object.starts_with(kProfileDocument)) turn.NoteProfile(entry.object.substr(kProfileDocument.size()));
  if (entry.type == "key.compromised" && entry.organisation) turn.NoteIssuer(*entry.organisation);
  if (!IsAboutAnIssuer(entry.type)) return {};
  if (const Result<OrganisationId> issuer = OrganisationId::Parse(entry.object); issuer.ok()) turn.NoteIssuer(*issuer);
  return {};
}

Result<bool> FollowEvents::IsTouched(const ShareRow& row, Turn& turn) {
  if (turn.everything || turn.profiles.contains(row.profile)) return true;
  for (const OrganisationId& issuer : turn.issuers) {
    for (const CredentialId& each : row.credentials) {
      const Result<std::optional<CredentialRow>> credential = store_.FindCredential(issuer, each);
      // One that can not be read is this issuer's all the same.
      if (!credential.ok() && !IsDamagedRow(credential.fault())) return credential.fault();
      if (!credential.ok() || *credential) return true;
    }
  }
  return false;
}

Result<void> FollowEvents::GoThroughShares(Turn& turn) {
  if (!turn.everything && turn.profiles.empty() && turn.issuers.empty()) return {};
  std::string after;
  do {
    TRY_ASSIGN(Page<ShareId> page, store_.ShareIds(after, kSharesInOnePage));
    for (const ShareId& id : page.rows) {
      if (turn.told.contains(id.text())) continue;
      TRY_ASSIGN(const std::optional<ShareRow> row, FindLive(id, turn));
      if (!row) continue;
      TRY_ASSIGN(const bool touched, IsTouched(*row, turn));
      if (touched) TRY(Tell(*row, turn));
    }
    after = std::move(page.next);
  } while (!after.empty());
  return {};
}

// One that can not be read may have been about anybody.
Result<std::vector<EventRow>> FollowEvents::ReadEvents(std::uint64_t from, std::size_t limit, Turn& turn) {
  const std::uint64_t last = std::min<std::uint64_t>(turn.known.events, from + limit);
  turn.last = from;
  Result<Page<EventRow>> page = store_.EventRows(from, last - from);
  if (!page.ok() && !IsDamagedRow(page.fault())) return page.fault();
  if (page.ok()) {
    std::erase_if(page->rows, [&](const EventRow& row) { return row.sequence > last; });
    turn.last = last;
    return std::move(page->rows);
  }
  std::vector<EventRow> rows;
  while (turn.last < last) {
    Result<Page<EventRow>> one = store_.EventRows(turn.last, 1);
    ++turn.last;
    if (!one.ok() && !IsDamagedRow(one.fault())) return one.fault();
    if (!one.ok()) {
      ++turn.report.damaged;
      turn.everything = true;
    } else if (!one->rows.empty() && one->rows.front().sequence == turn.last) {
      rows.push_back(std::move(one->rows.front()));
    }
  }
  return rows;
}

Result<FollowEvents::Report> FollowEvents::operator()(std::size_t limit) {
  TRY_ASSIGN(const std::uint64_t from, store_.FindCursor(kFollower));
  Turn turn{.now = clock_.Now(),
            .known = trust_.Get(),
            .report = {},
            .changes = {},
            .told = {},
            .profiles = {},
            .issuers = {}};
  if (turn.known.events <= from) return turn.report;
  TRY_ASSIGN(const std::vector<EventRow> events, ReadEvents(from, limit, turn));
  for (const EventRow& event : events) TRY(Follow(event, turn));
  TRY(GoThroughShares(turn));
  turn.changes.emplace_back(MoveCursor{std::string(kFollower), from, turn.last});
  const Result<void> moved = ApplyNow(store_, turn.changes);
  // Another process follows too, and was first.
  if (!moved.ok() && moved.fault().reason != Reason::kStateConflict) return moved.fault();
  turn.report.events = turn.last - from;
  return turn.report;
}

}  // namespace passport
