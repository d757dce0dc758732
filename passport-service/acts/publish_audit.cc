#include "passport-service/acts/publish_audit.h"

#include "credential/evidence/audit_head.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

Result<void> PublishAudit::BeginDay(const std::string& path, Instant now) {
  if (path == day_) return {};
  TRY_ASSIGN(const std::optional<std::string> there, files_.Get(path));
  if (!there) TRY(ApplyNow(store_, {AuditedOfService(now, {.what = kAuditDayAction, .object = path})}));
  day_ = path;
  return {};
}

Result<bool> PublishAudit::operator()() {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.Now();
  const std::string path = AuditDayPath(now);
  TRY(BeginDay(path, now));
  TRY_ASSIGN(const std::optional<AuditRow> last, store_.LastAuditRow());
  if (!last || last_ == last->hash) return false;
  AuditHead head{.count = last->sequence, .last = last->hash, .at = now};
  // Read after the last row, so an actor may have come further than that; its row is in the trail all the same.
  TRY_ASSIGN(const std::vector<AuditEnd> ends, store_.AuditEnds());
  for (const AuditEnd& end : ends) head.actors.emplace(end.actor, end.hash);
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys_, store_, KeyOwner::Service(), KeyRole::kReceipt));
  TRY_ASSIGN(const std::string token, SignAuditHead(head, key.reference(), *key.signer));
  TRY(files_.Put(path, token));
  TRY(files_.Put(kAuditNewestPath, token));
  last_ = last->hash;
  return true;
}

}  // namespace passport
