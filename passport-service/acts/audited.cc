#include "passport-service/acts/audited.h"

#include <utility>

namespace passport {
namespace {

AppendAudit RowOf(Instant at, std::string actor, std::string system, Deed deed) {
  return AppendAudit{{.at = at,
                      .actor = std::move(actor),
                      .action = std::string(deed.what),
                      .object = std::move(deed.object),
                      .request = std::move(deed.request),
                      .outcome = std::string(deed.outcome),
                      .system = std::move(system),
                      .why = std::move(deed.why)}};
}

}  // namespace

AppendAudit Audited(Instant at, const Caller& by, Deed deed) {
  return RowOf(at, by.organisation.text(), by.system, std::move(deed));
}

AppendAudit AuditedOfPeople(Instant at, const HolderCaller& by, Deed deed) {
  return RowOf(at, kAuditPeople, ProofNamed(by), std::move(deed));
}

std::string ProofNamed(const HolderCaller& by) {
  if (by.session_of) return "session " + by.session_of->text();
  if (by.key) return "key";
  return by.person ? "code" : "";
}

AppendAudit AuditedOfService(Instant at, Deed deed) { return RowOf(at, kAuditService, "", std::move(deed)); }

}  // namespace passport
