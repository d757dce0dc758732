#include "passport-service/acts/audit_refusal.h"

#include "passport-service/acts/audited.h"

namespace passport {

Result<void> AuditRefusal::operator()(const Order& order) {
  AppendAudit row = AuditedOfService(clock_.Now(), {.what = "call.refused",
                                                    .object = std::string(order.call),
                                                    .request = order.request ? order.request->text() : "",
                                                    .outcome = WordOf(order.why)});
  row.entry.actor = order.people ? kAuditPeople : order.by ? order.by->organisation.text() : kAuditUnknown;
  row.entry.system = order.by ? order.by->system : order.holder ? ProofNamed(*order.holder) : "";
  return ApplyNow(ledger_, {std::move(row)});
}

}  // namespace passport
