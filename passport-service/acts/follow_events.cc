#include "passport-service/acts/follow_events.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr std::string_view kFollower = "shares";
constexpr std::string_view kProfileDocument = "profile/";
constexpr std::string_view kTaxonomyDocument = "taxonomy/";
constexpr std::size_t kNoticesInOneWrite = 500;
constexpr std::uint32_t kForgottenWithAPoll = 200;

bool IsAboutStatus(std::string_view type) {
  return type == "credential.suspended" || type == "credential.revoked" || type == "credential.reinstated";
}

bool AsksFor(const ShareRow& row, std::string_view kind) {
  return std::any_of(row.asked.begin(), row.asked.end(), [&](const AskedRow& each) { return each.kind == kind; });
}

}  // namespace

Result<std::vector<ShareRow>> FollowEvents::LiveWith(const CredentialId& credential) {
  std::vector<ShareRow> live;
  TRY_ASSIGN(const std::vector<ShareId> ids, store_.SharesWith(credential));
  for (const ShareId& id : ids) {
    TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(id));
    if (row && IsLive(row->state)) live.push_back(std::move(*row));
  }
  return live;
}

// Something was signed for the person of a kind that a share covers.
Result<std::vector<ShareRow>> FollowEvents::WithNews(const EventRow& event) {
  std::vector<ShareRow> live;
  const Result<CredentialId> id = CredentialId::Parse(event.entry.object);
  if (!id.ok() || !event.entry.organisation) return live;
  TRY_ASSIGN(const std::optional<CredentialRow> credential, store_.FindCredential(*event.entry.organisation, *id));
  if (!credential) return live;
  std::string after;
  do {
    TRY_ASSIGN(Page<ShareRow> page, store_.SharesOfPerson(credential->person, after, 200));
    for (ShareRow& row : page.rows) {
      if (IsLive(row.state) && AsksFor(row, credential->kind)) live.push_back(std::move(row));
    }
    after = page.next;
  } while (!after.empty());
  return live;
}

// Rare: a rule or an organisation has changed. All shares are looked at, page by page.
template <class IsTouched>
Result<std::vector<ShareRow>> FollowEvents::LiveWhere(const IsTouched& is_touched) {
  std::vector<ShareRow> live;
  std::string after;
  do {
    TRY_ASSIGN(Page<ShareRow> page, store_.AllShares(after, 500));
    for (ShareRow& row : page.rows) {
      if (!IsLive(row.state)) continue;
      TRY_ASSIGN(const bool touched, is_touched(row));
      if (touched) live.push_back(std::move(row));
    }
    after = page.next;
  } while (!after.empty());
  return live;
}

// The profile itself, and the local ones that any version of theirs lays on it.
Result<std::set<std::string>> FollowEvents::ProfilesOn(const std::string& base) {
  std::set<std::string> profiles = {base};
  TRY_ASSIGN(const std::vector<DocumentRow> documents, store_.DocumentVersions(kProfileDocument));
  for (const DocumentRow& each : documents) {
    const Result<RoleProfile> profile = RoleProfile::Parse(each.text);
    if (!profile.ok()) return Fault{Reason::kStoreUnavailable, "", "a stored rule is damaged"};
    if (profile->extends() && profile->extends()->profile == base) profiles.insert(profile->id());
  }
  return profiles;
}

Result<std::vector<ShareRow>> FollowEvents::Touched(const EventRow& event) {
  const EventEntry& entry = event.entry;
  if (IsAboutStatus(entry.type)) {
    const Result<CredentialId> id = CredentialId::Parse(entry.object);
    return id.ok() ? LiveWith(*id) : std::vector<ShareRow>();
  }
  if (entry.type == "credential.issued") return WithNews(event);
  if (entry.object.starts_with(kProfileDocument)) {
    TRY_ASSIGN(const std::set<std::string> profiles, ProfilesOn(entry.object.substr(kProfileDocument.size())));
    return LiveWhere([&](const ShareRow& row) -> Result<bool> { return profiles.contains(row.profile); });
  }
  // Words, terms and purposes: what a decision means, and how long a purpose allows to keep.
  if (entry.object.starts_with(kTaxonomyDocument)) {
    return LiveWhere([](const ShareRow&) -> Result<bool> { return true; });
  }
  if (entry.type != "organisation.changed") return std::vector<ShareRow>();
  const Result<OrganisationId> issuer = OrganisationId::Parse(entry.object);
  if (!issuer.ok()) return std::vector<ShareRow>();
  return LiveWhere([&](const ShareRow& row) -> Result<bool> {
    for (const CredentialId& each : row.credentials) {
      TRY_ASSIGN(const std::optional<CredentialRow> credential, store_.FindCredential(*issuer, each));
      if (credential) return true;
    }
    return false;
  });
}

Result<std::size_t> FollowEvents::operator()(std::size_t limit) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::uint64_t from, store_.FindCursor(kFollower));
  TRY_ASSIGN(const Page<EventRow> events, store_.EventRows(from, limit));
  if (events.rows.empty()) return std::size_t{0};
  Changes changes;
  std::set<std::string> told;
  for (const EventRow& event : events.rows) {
    TRY_ASSIGN(const std::vector<ShareRow> touched, Touched(event));
    for (const ShareRow& row : touched) {
      if (!told.insert(row.id.text()).second) continue;
      changes.emplace_back(AppendShareNotice{row.receiver, row.id, now});
      if (changes.size() < kNoticesInOneWrite) continue;
      // Cut off here, these are told again.
      TRY(ApplyNow(store_, std::exchange(changes, {})));
    }
  }
  changes.emplace_back(MoveCursor{std::string(kFollower), from, events.rows.back().sequence});
  const Result<void> moved = ApplyNow(store_, changes);
  // Another process follows too, and was first.
  if (!moved.ok() && moved.fault().reason != Reason::kStateConflict) return moved.fault();
  return events.rows.size();
}

Result<ShareNotices> ReadShareNotices::After(const Caller& by, std::uint64_t after, std::size_t limit) {
  const std::size_t most = limit == 0 ? kPageDefault : std::min(limit, kPageMax);
  TRY_ASSIGN(Page<ShareNoticeRow> page, store_.ShareNotices(by.organisation, after, most));
  ShareNotices notices{.rows = std::move(page.rows), .next = after};
  if (!notices.rows.empty()) notices.next = notices.rows.back().sequence;
  return notices;
}

Result<ShareNotices> ReadShareNotices::Poll(const Caller& by, std::uint64_t after, std::size_t limit) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(ShareNotices notices, After(by, after, limit));
  TRY(ApplyNow(store_, {PruneShareNotices{caller.id, now - kKept, kForgottenWithAPoll},
                        Audited(now, by, {.what = "shares.polled"})}));
  return notices;
}

Result<std::uint64_t> ReadShareNotices::Last(const Caller& by) { return store_.LastShareNotice(by.organisation); }

Result<void> ReadShareNotices::Begin(const Caller& by) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  return ApplyNow(store_, {PruneShareNotices{caller.id, now - kKept, kForgottenWithAPoll},
                           Audited(now, by, {.what = "shares.watched"})});
}

std::string TokenOf(std::uint64_t sequence) { return std::to_string(sequence); }

Result<std::uint64_t> ParseToken(std::string_view token) {
  std::uint64_t sequence = 0;
  const auto [end, fault] = std::from_chars(token.data(), token.data() + token.size(), sequence);
  const bool good = fault == std::errc() && end == token.data() + token.size() && TokenOf(sequence) == token;
  if (good) return sequence;
  return Fault{Reason::kFieldInvalid, "", "resume_token is not one that was given"};
}

}  // namespace passport
