#include "passport-service/acts/export_audit.h"

#include <algorithm>
#include <utility>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

Result<AuditHead> ExportAudit::HeadOf(const Export& under_way, Instant now) {
  AuditHead head{.actor = under_way.actor, .at = now};
  if (!under_way.actor) {
    TRY_ASSIGN(const std::optional<AuditRow> last, store_.LastAuditRow());
    if (last) {
      head.count = last->sequence;
      head.last = last->hash;
    }
    return head;
  }
  TRY_ASSIGN(const std::vector<AuditEnd> ends, store_.AuditEnds());
  const auto mine =
      std::find_if(ends.begin(), ends.end(), [&](const AuditEnd& end) { return end.actor == *under_way.actor; });
  if (mine != ends.end()) {
    head.count = mine->sequence;
    head.last = mine->hash;
  }
  return head;
}

Result<ExportAudit::Export> ExportAudit::Begin(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (order.whole && !(caller.registrar && order.by.roles.Has(Role::kRegistrar)))
    return Fault{Reason::kNotPermitted, "", "the whole trail is for a registrar; leave `whole` out for your own rows"};
  TRY_ASSIGN(const std::optional<DocumentRow> registry, store_.NewestDocument("registry"));
  if (!registry) return Fault{Reason::kRegistryStale, "", "nothing has been published yet"};
  TRY(ApplyNow(store_, {Audited(now, order.by, {.what = "audit.exported", .object = order.whole ? "all" : "own"})}));
  Export under_way;
  if (!order.whole) under_way.actor = caller.id.text();
  under_way.registry_token = registry->text;
  TRY_ASSIGN(const AuditHead head, HeadOf(under_way, now));
  under_way.count = head.count;
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys_, store_, KeyOwner::Service(), KeyRole::kReceipt));
  TRY_ASSIGN(under_way.signed_head, SignAuditHead(head, key.reference(), *key.signer));
  return under_way;
}

Result<std::vector<AuditRow>> ExportAudit::Next(Export& under_way, std::size_t limit) {
  const std::uint64_t left = under_way.count - under_way.done;
  if (left == 0) return std::vector<AuditRow>();
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, limit));
  TRY_ASSIGN(Page<AuditRow> page, under_way.actor ? store_.AuditRowsOf(*under_way.actor, under_way.done, wanted)
                                                  : store_.AuditRows(under_way.done, wanted));
  if (page.rows.empty()) return Fault{Reason::kEvidence, "", "an audit row that was counted is not there"};
  under_way.done += page.rows.size();
  return std::move(page.rows);
}

}  // namespace passport
