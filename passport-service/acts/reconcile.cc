#include "passport-service/acts/reconcile.h"

#include "passport-service/acts/audited.h"

namespace passport {

Changes VoidIntent(const IntentRow& intent, Instant now) {
  return {DropIntent{intent.organisation, intent.request}, SetStatus{intent.slot, 1},
          AuditedOfService(
              now, {.what = "credential.issue.voided", .request = intent.request.text(), .outcome = "interrupted"})};
}

Result<std::size_t> Reconcile(Store& store, const Clock& clock) {
  const Instant now = clock.Now();
  std::size_t voided = 0;
  for (;;) {
    TRY_ASSIGN(const Page<IntentRow> page, store.Intents("", 200));
    if (page.rows.empty()) return voided;
    Changes changes;
    for (const IntentRow& intent : page.rows) {
      for (Change& change : VoidIntent(intent, now)) changes.push_back(std::move(change));
    }
    TRY(ApplyNow(store, changes));
    voided += page.rows.size();
  }
}

}  // namespace passport
