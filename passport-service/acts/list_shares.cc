#include "passport-service/acts/list_shares.h"

#include <algorithm>
#include <map>

#include "credential/evidence/receipt.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/sealed_receipt.h"

namespace passport {
namespace {

constexpr std::size_t kLooksPage = 200;

bool NewerLook(const RelianceRow& a, const RelianceRow& b) {
  if (a.entry.at != b.entry.at) return a.entry.at > b.entry.at;
  return a.link.sequence > b.link.sequence;
}

bool IsNamedIn(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t end = names.find(' ');
    if (names.substr(0, end) == name) return true;
    if (end == std::string_view::npos) break;
    names.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace

Result<Page<ShareView>> ListShares::Of(const Caller& by, std::string_view after, std::size_t limit) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  const std::size_t most = limit == 0 ? kPageDefault : std::min(limit, kPageMax);
  TRY_ASSIGN(Page<ShareRow> rows, store_.SharesOf(caller.id, after, most));
  Page<ShareView> page{.rows = {}, .next = std::move(rows.next)};
  for (ShareRow& row : rows.rows) page.rows.push_back({std::move(row), caller.legal_name, ""});
  TRY(ApplyNow(store_, {Audited(now, by, {.what = "shares.listed"})}));
  return page;
}

Result<std::vector<ShareView>> ListShares::Of(const HolderCaller& by) {
  const Instant now = clock_.Now();
  std::vector<ShareView> shares;
  if (!by.person) return shares;
  std::string after;
  do {
    TRY_ASSIGN(Page<ShareRow> page, store_.SharesOfPerson(*by.person, after, 200));
    for (ShareRow& row : page.rows) {
      TRY_ASSIGN(ShareView view, ViewOf(store_, std::move(row), ""));
      shares.push_back(std::move(view));
    }
    after = page.next;
  } while (!after.empty());
  std::stable_sort(shares.begin(), shares.end(), [](const ShareView& a, const ShareView& b) {
    return a.row.given_at.value_or(a.row.asked_at) > b.row.given_at.value_or(b.row.asked_at);
  });
  TRY(ApplyNow(store_, {AuditedOfPeople(now, by, {.what = "shares.listed", .object = by.person->text()})}));
  return shares;
}

void NewestLooks::Add(RelianceRow row) {
  rows_.push_back(std::move(row));
  if (rows_.size() >= 2 * most_) Cut();
}

std::vector<RelianceRow> NewestLooks::Take() && {
  Cut();
  return std::move(rows_);
}

void NewestLooks::Cut() {
  std::sort(rows_.begin(), rows_.end(), NewerLook);
  if (rows_.size() > most_) rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(most_), rows_.end());
}

// Of each chain the newest kLooksMax: no more can be among them.
Result<std::vector<RelianceRow>> ListLooks::RowsAbout(const PersonId& person, const std::optional<ShareId>& share) {
  NewestLooks rows(kLooksMax);
  TRY_ASSIGN(const std::vector<std::string> keys, ThumbprintsOf(store_, vault_, person));
  for (const std::string& key : keys) {
    TRY_ASSIGN(const std::vector<OrganisationId> reliers, store_.ReliersOn(key));
    for (const OrganisationId& relier : reliers) {
      TRY_ASSIGN(const std::optional<RelianceLink> last, store_.LastLinkOn(relier, key));
      const std::uint64_t count = last ? last->subject_sequence : 0;
      std::uint64_t after = share || count < kLooksMax ? 0 : count - kLooksMax;
      while (true) {
        TRY_ASSIGN(Page<RelianceRow> page, store_.ReliancesOn(relier, key, after, 200));
        if (page.rows.empty()) break;
        after = page.rows.back().link.subject_sequence;
        for (RelianceRow& row : page.rows) {
          if (!share || IsNamedIn(row.entry.share, share->text())) rows.Add(std::move(row));
        }
        if (page.next.empty()) break;
      }
    }
  }
  return std::move(rows).Take();
}

Result<SeenLook> OpenLook(PersonVault& vault, const RelianceRow& row, const Known& known) {
  const RelianceEntry& entry = row.entry;
  SeenLook look{.share = entry.share,
                .receiver = entry.organisation,
                .receiver_name = {},
                .at = entry.at,
                .purpose = entry.purpose,
                .records = {},
                .outcome = entry.outcome};
  TRY_ASSIGN(const std::optional<std::string> receipt, UnsealReceipt(vault, entry));
  if (!receipt || known.trust == nullptr) return look;
  // The chain vouches for the receipt: its key may have been lost since.
  const Result<ReceiptContent> content = ReadChainedReceipt(*receipt, known.trust->registry(), entry.at);
  if (!content.ok()) return look;
  for (const ReceiptRecord& record : content->records) {
    AskedRow shown{.kind = record.kind, .facts = {}, .needs = {}};
    for (const auto& [name, value] : record.facts) shown.facts.push_back(name);
    look.records.push_back(std::move(shown));
  }
  return look;
}

Result<std::vector<SeenLook>> OtherLooks(Store& store, const ShareRow& share, std::size_t limit) {
  std::vector<SeenLook> looks;
  TRY_ASSIGN(const std::uint64_t last, store.LastShareLook(share.id));
  std::uint64_t after = last > limit ? last - limit : 0;
  while (after < last) {
    TRY_ASSIGN(const Page<ShareLookRow> page, store.ShareLooks(share.id, after, kLooksPage));
    if (page.rows.empty()) break;
    after = page.rows.back().sequence;
    for (const ShareLookRow& row : page.rows) {
      looks.push_back({.share = share.id.text(),
                       .receiver = share.receiver,
                       .receiver_name = {},
                       .at = row.at,
                       .purpose = share.purpose,
                       .records = {},
                       .outcome = row.outcome});
    }
  }
  return looks;
}

Result<std::vector<SeenLook>> ListLooks::LooksInto(const PersonId& person, const std::optional<ShareId>& share) {
  std::vector<SeenLook> looks;
  std::string after;
  do {
    TRY_ASSIGN(const Page<ShareRow> page, store_.SharesOfPerson(person, after, kLooksPage));
    for (const ShareRow& row : page.rows) {
      if (share && row.id != *share) continue;
      TRY_ASSIGN(std::vector<SeenLook> more, OtherLooks(store_, row, kLooksMax));
      std::move(more.begin(), more.end(), std::back_inserter(looks));
    }
    after = page.next;
  } while (!after.empty());
  return looks;
}

Result<void> ListLooks::NameReceivers(std::vector<SeenLook>& looks) {
  std::map<OrganisationId, std::string> names;
  for (SeenLook& look : looks) {
    const auto [at, added] = names.try_emplace(look.receiver);
    if (added) {
      TRY_ASSIGN(const std::optional<OrganisationRow> receiver, store_.FindOrganisation(look.receiver));
      at->second = receiver ? receiver->legal_name : "";
    }
    look.receiver_name = at->second;
  }
  return {};
}

Result<std::vector<SeenLook>> ListLooks::operator()(const Order& order) {
  const Instant now = clock_.Now();
  const Fault none{Reason::kNotFound, "", "there is no such share"};
  if (!order.by.person) return none;
  const PersonId& person = *order.by.person;
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  if (order.share) {
    TRY_ASSIGN(const std::optional<ShareRow> share, store_.FindShare(*order.share));
    if (!share || share->person != person) return none;
  }
  TRY_ASSIGN(const std::vector<RelianceRow> rows, RowsAbout(person, order.share));
  std::vector<SeenLook> looks;
  for (const RelianceRow& row : rows) {
    TRY_ASSIGN(SeenLook look, OpenLook(vault_, row, known));
    looks.push_back(std::move(look));
  }
  TRY_ASSIGN(std::vector<SeenLook> others, LooksInto(person, order.share));
  std::move(others.rbegin(), others.rend(), std::back_inserter(looks));
  std::stable_sort(looks.begin(), looks.end(), [](const SeenLook& a, const SeenLook& b) { return a.at > b.at; });
  if (looks.size() > kLooksMax) looks.erase(looks.begin() + kLooksMax, looks.end());
  TRY(NameReceivers(looks));
  TRY(ApplyNow(store_, {AuditedOfPeople(now, order.by, {.what = "looks.read", .object = person.text()})}));
  return looks;
}

}  // namespace passport
