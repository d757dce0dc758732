// An export of the audit trail, for an auditor: an organisation's own rows, or for the role registrar all of them.
//
// Rows go out as they are stored: they hold words and opaque ids only. What an organisation gets is its own chain,
// whole on its own; it learns nothing of its neighbours but that rows of somebody lie between its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/evidence/audit_file.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/ports/clock.h"
#include "passport-service/ports/store.h"

namespace passport {

class ExportAudit {
 public:
  struct Order {
    Caller by;
    bool whole = false;  // everybody's, for the role registrar of a registrar
  };
  // An export under way: of the trail as it was when it began.
  struct Export {
    std::optional<std::string> actor;  // nothing: all
    std::uint64_t count = 0;
    std::string signed_head;
    std::string registry_token;
    std::uint64_t done = 0;
  };
  ExportAudit(Store& store, const KeyStore& keys, const Clock& clock) : store_(store), keys_(keys), clock_(clock) {}
  // That somebody exports is the last row of the export. Fails with kCallerUnknown, kNotPermitted, kRegistryStale
  // (nothing is published yet), and as store and key store do.
  Result<Export> Begin(const Order& order);
  // The next rows, `limit` at most; none at the end.
  Result<std::vector<AuditRow>> Next(Export& under_way, std::size_t limit);

 private:
  Result<AuditHead> HeadOf(const Export& under_way, Instant now);
  Store& store_;
  const KeyStore& keys_;
  const Clock& clock_;
};

}  // namespace passport
