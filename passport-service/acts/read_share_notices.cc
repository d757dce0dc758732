#include "passport-service/acts/read_share_notices.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr std::uint32_t kForgottenWithAPoll = 200;
constexpr std::uint32_t kForgottenAtOnce = 5'000;

Fault LookAtAll(std::string_view why) {
  return {Reason::kStateConflict, "",
          "resume_token: " + std::string(why) + "; look at every share again, and go on without a token"};
}

}  // namespace

// Notices are numbered without gaps, and the oldest go first.
Result<ShareNotices> ReadShareNotices::After(const Caller& by, std::optional<std::uint64_t> after, std::size_t limit) {
  const std::size_t most = limit == 0 ? kPageDefault : std::min(limit, kPageMax);
  // Before the notices: one that comes in between is no gap.
  TRY_ASSIGN(const std::uint64_t last, store_.LastShareNotice(by.organisation));
  if (after && *after > last) return LookAtAll("the service was put back to an older state");
  TRY_ASSIGN(Page<ShareNoticeRow> page, store_.ShareNotices(by.organisation, after.value_or(0), most));
  ShareNotices notices{.rows = std::move(page.rows), .next = after.value_or(last)};
  const std::uint64_t next = notices.rows.empty() ? last + 1 : notices.rows.front().sequence;
  if (after && next != *after + 1) return LookAtAll("notices after it were kept long enough and are forgotten");
  if (!notices.rows.empty()) notices.next = notices.rows.back().sequence;
  return notices;
}

Result<ShareNotices> ReadShareNotices::Poll(const Caller& by, std::optional<std::uint64_t> after, std::size_t limit) {
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

Result<void> ReadShareNotices::ForgetOld() {
  const Instant before = clock_.Now() - kKept;
  TRY_ASSIGN(const std::vector<OrganisationRow> all, store_.AllOrganisations());
  for (const OrganisationRow& each : all) {
    while (true) {
      TRY_ASSIGN(const Page<ShareNoticeRow> oldest, store_.ShareNotices(each.id, 0, 1));
      if (oldest.rows.empty() || oldest.rows.front().at >= before) break;
      TRY(ApplyNow(store_, {PruneShareNotices{each.id, before, kForgottenAtOnce}}));
    }
  }
  return {};
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
