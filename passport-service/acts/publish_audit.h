// Publishes how far the audit trail has come, signed by the service: one file a day (audit/2026-11-21.jwt), which grows
// with the day and is never touched again after it, and audit/newest.jwt.
//
// Whoever fetches the files of past days can tell whether the trail was rewritten behind them (passport-verify audit);
// the service itself looks at the newest when it starts, to notice that its store is older (audit_start.h).
#pragma once

#include <mutex>
#include <optional>

#include "keys/key_store.h"
#include "passport-service/ports/clock.h"
#include "passport-service/ports/published_files.h"
#include "passport-service/ports/store.h"

namespace passport {

// The action of the row that begins the file of a day.
inline constexpr const char* kAuditDayAction = "audit.day.published";

class PublishAudit {
 public:
  PublishAudit(Store& store, const KeyStore& keys, PublishedFiles& files, const Clock& clock)
      : store_(store), keys_(keys), files_(files), clock_(clock) {}
  // Brings the files up to date; true when there was something new. Any thread may call; one works at a time. Fails as
  // store, key store and files do.
  Result<bool> operator()();

 private:
  Result<void> BeginDay(const std::string& path, Instant now);
  Store& store_;
  const KeyStore& keys_;
  PublishedFiles& files_;
  const Clock& clock_;
  std::mutex mutex_;
  std::string day_;             // path of the file of the day that was begun
  std::optional<Digest> last_;  // what the files say, as far as this process knows
};

}  // namespace passport
