#include "passport-service/acts/audit_refusal.h"

namespace passport {

Result<void> AuditRefusal::operator()(const Order& order) {
  return ApplyNow(ledger_, {AppendAudit{{.at = clock_.Now(),
                                         .actor = order.by ? order.by->organisation.text() : "unknown",
                                         .action = "call.refused",
                                         .object = "",
                                         .request = order.request ? order.request->text() : "",
                                         .outcome = std::string(WordOf(order.why))}}});
}

}  // namespace passport
