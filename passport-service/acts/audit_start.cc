#include "passport-service/acts/audit_start.h"

#include <algorithm>

#include "credential/crypto/jwk.h"
#include "credential/evidence/audit_head.h"
#include "credential/vocabulary/instant_text.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/publish_audit.h"
#include "passport-service/acts/request_answers.h"

namespace passport {
namespace {

constexpr const char* kOlderAccepted = "store.older.accepted";
constexpr const char* kClockAccepted = "clock.accepted";
constexpr std::uint64_t kRowsLookedAt = 1000;

KeySet ReceiptKeysOf(const KeyStore& keys) {
  KeySet receipt_keys;
  for (const KeyInfo& info : keys.List()) {
    if (info.role != KeyRole::kReceipt || !info.point) continue;
    if (Result<PublicKey> key = PublicKey::Import(*info.point); key.ok()) receipt_keys.Add(info.kid, *key);
  }
  return receipt_keys;
}

// The last rows, oldest first.
Result<std::vector<AuditRow>> LastRows(Store& store) {
  TRY_ASSIGN(const std::optional<AuditRow> last, store.LastAuditRow());
  if (!last) return std::vector<AuditRow>();
  const std::uint64_t after = last->sequence > kRowsLookedAt ? last->sequence - kRowsLookedAt : 0;
  TRY_ASSIGN(Page<AuditRow> page, store.AuditRows(after, kRowsLookedAt));
  return std::move(page.rows);
}

Result<bool> HasPublishedAmong(Store& store, std::uint64_t after) {
  TRY_ASSIGN(const Page<AuditRow> page, store.AuditRowsOf(kAuditService, after, kRowsLookedAt));
  return std::any_of(page.rows.begin(), page.rows.end(),
                     [](const AuditRow& row) { return row.entry.action == kAuditDayAction; });
}

// Looks at the rows the service itself wrote first, for the first day is published at the first start, and at the last.
Result<bool> HasPublished(Store& store) {
  TRY_ASSIGN(const std::vector<AuditEnd> ends, store.AuditEnds());
  const auto service =
      std::find_if(ends.begin(), ends.end(), [](const AuditEnd& end) { return end.actor == kAuditService; });
  if (service == ends.end()) return false;
  TRY_ASSIGN(const bool among_first, HasPublishedAmong(store, 0));
  if (among_first || service->sequence <= kRowsLookedAt) return among_first;
  return HasPublishedAmong(store, service->sequence - kRowsLookedAt);
}

// Whether the store has the row the head names. A detail when it has not.
Result<std::optional<std::string>> WhyOlder(Store& store, const AuditHead& head) {
  TRY_ASSIGN(const Page<AuditRow> page, store.AuditRows(head.count - 1, 1));
  if (page.rows.empty()) {
    TRY_ASSIGN(const std::optional<AuditRow> last, store.LastAuditRow());
    return std::optional<std::string>("its audit trail ends with row " + std::to_string(last ? last->sequence : 0) +
                                      ", and row " + std::to_string(head.count) + " was published on " +
                                      UtcText(head.at));
  }
  if (page.rows.front().hash == head.last) return std::optional<std::string>();
  return std::optional<std::string>("row " + std::to_string(head.count) +
                                    " of its audit trail is not the one that was " + "published on " +
                                    UtcText(head.at));
}

// The newest instant on record, but for what came before the operator said that it was wrong.
Instant NewestOf(const std::vector<AuditRow>& rows, const std::optional<AuditHead>& head) {
  Instant newest = head ? head->at : Instant{0};
  for (const AuditRow& row : rows) {
    const bool anew = row.entry.action == kClockAccepted && (!head || row.sequence > head->count);
    newest = anew ? row.entry.at : std::max(newest, row.entry.at);
  }
  return newest;
}

Result<void> CheckWhy(const std::string& why) {
  if (IsWord(why)) return {};
  return Fault{Reason::kFieldInvalid, "", "WHY is a word of a-z, 0-9 and _, at most 60: disk_replaced"};
}

Result<void> Accept(Store& store, Instant now, std::string_view what, const std::string& why, std::string object) {
  return ApplyNow(store, {AuditedOfService(now, {.what = what, .object = std::move(object), .why = why})});
}

}  // namespace

Result<Instant> CheckAuditAtStart(Store& store, PublishedFiles& files, const KeyStore& keys, Instant now,
                                  const AuditAcceptance& accepted) {
  for (const auto& why : {accepted.older_store, accepted.clock}) {
    if (why) TRY(CheckWhy(*why));
  }
  std::optional<AuditHead> head;
  std::optional<std::string> older;
  TRY_ASSIGN(const std::optional<std::string> token, files.Get(kAuditNewestPath));
  if (token) {
    Result<AuditHead> read = ReadOwnAuditHead(*token, ReceiptKeysOf(keys));
    if (read.ok() && read->count > 0) {
      TRY_ASSIGN(older, WhyOlder(store, *read));
      head = std::move(read).value();
    } else {
      older = "audit/newest.jwt of the published files is not what this service wrote";
    }
  } else {
    TRY_ASSIGN(const bool published, HasPublished(store));
    if (published) older = "it was published how far its audit trail had come, and audit/newest.jwt is gone";
  }
  if (older && !accepted.older_store) return Fault{Reason::kStoreOlder, "", *older};
  if (older) {
    // What was published stays to be seen; the next head takes the place of the newest.
    const std::string kept = "audit/replaced-" + std::to_string(now.seconds) + ".jwt";
    if (token) TRY(files.Put(kept, *token));
    TRY(Accept(store, now, kOlderAccepted, *accepted.older_store, token ? kept : ""));
  }
  TRY_ASSIGN(std::vector<AuditRow> rows, LastRows(store));
  if (older) head.reset();
  Instant newest = NewestOf(rows, head);
  if (now + kClockSlack < newest) {
    if (!accepted.clock) {
      return Fault{Reason::kClockBack, "", "it says " + UtcText(now) + ", and " + UtcText(newest) + " is on record"};
    }
    TRY(Accept(store, now, kClockAccepted, *accepted.clock, ""));
    newest = now;
  }
  return newest;
}

}  // namespace passport
