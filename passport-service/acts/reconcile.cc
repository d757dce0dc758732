#include "passport-service/acts/reconcile.h"

namespace passport {

Result<std::size_t> Reconcile(Store& store, const Clock& clock) {
  const Instant now = clock.Now();
  std::size_t voided = 0;
  for (;;) {
    TRY_ASSIGN(const Page<IntentRow> page, store.Intents("", 200));
    if (page.rows.empty()) return voided;
    Changes changes;
    for (const IntentRow& intent : page.rows) {
      changes.emplace_back(DropIntent{intent.organisation, intent.request});
      changes.emplace_back(SetStatus{intent.slot, 1});
      changes.emplace_back(
          AppendAudit{{now, "service", "credential.issue.voided", "", intent.request.text(), "interrupted"}});
    }
    TRY(ApplyNow(store, changes));
    voided += page.rows.size();
  }
}

}  // namespace passport
