// Keeps in the audit trail that a call was refused (design decision 7).
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class AuditRefusal {
 public:
  struct Order {
    std::optional<Caller> by;                 // nothing when the connection names nobody, and when people call
    bool people = false;                      // a call of people
    std::optional<HolderCaller> holder = {};  // of it: what proved it, when it was let in
    std::string_view call;                    // which one, e.g. "RevokeCredential"
    std::optional<RequestId> request;         // nothing when the call has none, or none that is well formed
    Reason why;
  };
  AuditRefusal(Ledger& ledger, const Clock& clock) : ledger_(ledger), clock_(clock) {}
  // Durable on return. Fails as the store does; then the refusal must not be answered as if it had been kept.
  Result<void> operator()(const Order& order);

 private:
  Ledger& ledger_;
  const Clock& clock_;
};

}  // namespace passport
