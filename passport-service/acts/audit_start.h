// What a service looks at before it starts: whether its store is the one it had, and whether its clock is right.
//
// A backup that is put back is a store like any other, and forgets revocations without a trace in itself. What was
// published is not in the store: the newest head of the audit trail names a row that an older store does not have.
#pragma once

#include <optional>
#include <string>

#include "keys/key_store.h"
#include "passport-service/ports/published_files.h"
#include "passport-service/ports/store.h"

namespace passport {

// The clock may be so much behind what was recorded: calls end a little after they began, and clocks are set.
inline constexpr Seconds kClockSlack{2};

// What the operator says to in words of their own: each is needed for one start only, and leaves an audit row.
struct AuditAcceptance {
  std::optional<std::string> older_store;  // --accept-older-store WHY
  std::optional<std::string> clock;        // --accept-clock WHY
};

// Compares the store with audit/newest.jwt and the clock with both. Returns the newest instant on record: nothing is
// signed before it (ClockedKeys). Fails with kStoreOlder when the store lacks the row that was published, has another
// in its place, or has published before and the file is gone; kClockBack; kFieldInvalid when WHY is no word; and as
// store and files do.
Result<Instant> CheckAuditAtStart(Store& store, PublishedFiles& files, const KeyStore& keys, Instant now,
                                  const AuditAcceptance& accepted);

}  // namespace passport
