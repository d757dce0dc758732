#include "passport-service/acts/retire_lists.h"

#include <algorithm>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/request_answers.h"

namespace passport {
namespace {

constexpr std::size_t kRetirePage = 500;
// Receivers allow a minute for their clocks.
constexpr Seconds kAfterExpiry{3600};
constexpr Seconds kLookAgain{86'400};

}  // namespace

Result<RetireLists::Ends> RetireLists::ReadEnds(const OrganisationId& organisation) {
  Ends ends;
  for (std::string after;;) {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsOf(organisation, after, kRetirePage));
    for (const CredentialRow& row : page.rows) {
      Instant& end = ends.try_emplace(row.slot.list, row.expires_at).first->second;
      end = std::max(end, row.expires_at);
    }
    if (page.next.empty()) break;
    after = page.next;
  }
  return ends;
}

Result<std::size_t> RetireLists::RetireOf(const OrganisationId& organisation, Instant now) {
  if (const auto again = look_again_.find(organisation); again != look_again_.end() && now < again->second)
    return std::size_t{0};
  TRY_ASSIGN(std::vector<StatusListRow> lists, store_.StatusListsOf(organisation));
  std::erase_if(lists, [](const StatusListRow& list) { return !list.full() || list.retired_at; });
  look_again_[organisation] = now + kLookAgain;
  if (lists.empty()) return std::size_t{0};
  TRY_ASSIGN(const Ends ends, ReadEnds(organisation));
  std::size_t retired = 0;
  Instant next = now + Seconds{30 * kLookAgain.count};
  for (const StatusListRow& list : lists) {
    const auto end = ends.find(list.number);
    // None at all: what it handed out last may be on its way.
    if (end == ends.end() || end->second + kAfterExpiry > now) {
      next = std::min(next, end == ends.end() ? now + kLookAgain : end->second + kAfterExpiry);
      continue;
    }
    TRY(ApplyNow(store_, {RetireStatusList{organisation, list.number, now},
                          AuditedOfService(now, {.what = "status_list.retired", .object = list.uri})}));
    ++retired;
  }
  look_again_[organisation] = next;
  return retired;
}

Result<std::size_t> RetireLists::operator()() {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::vector<OrganisationRow> organisations, store_.AllOrganisations());
  std::size_t retired = 0;
  for (const OrganisationRow& organisation : organisations) {
    TRY_ASSIGN(const std::size_t of_one, RetireOf(organisation.id, now));
    retired += of_one;
  }
  return retired;
}

}  // namespace passport
