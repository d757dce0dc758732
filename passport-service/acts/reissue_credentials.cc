#include "passport-service/acts/reissue_credentials.h"

#include "credential/badge/badge.h"
#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/lost_keys.h"

namespace passport {
namespace {

// The same credential always makes the same request, so that two runs at once sign it once.
Result<RequestId> RequestOf(const CredentialId& credential) {
  const Digest digest = Sha256(credential.text());
  return RequestId::Parse("reissue-" + EncodeBase64Url({reinterpret_cast<const char*>(digest.data()), digest.size()}));
}

Result<std::vector<IssueCredentials::Order>> OrdersOf(const std::vector<CredentialRow>& rows, const LostKeys& lost,
                                                      Instant now) {
  std::vector<IssueCredentials::Order> orders;
  for (const CredentialRow& row : rows) {
    // A badge is printed: it is asked for again, not signed again.
    if (row.kind == kBadgeKind || !lost.Hit(row, now)) continue;
    TRY_ASSIGN(RequestId request, RequestOf(row.id));
    orders.push_back({.request = std::move(request),
                      .employee_number = {},
                      .kind = row.kind,
                      .fields = {},
                      .shown = {},
                      .renews = row.id});
  }
  return orders;
}

}  // namespace

Result<ReissueCredentials::Report> ReissueCredentials::operator()(const Caller& by, const Progress& progress) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  if (!TakesPart(caller, now)) return Fault{Reason::kNotPermitted, "", "the organisation may issue nothing now"};
  TRY(keys_.SignerFor(caller.id, KeyRole::kIssue));
  TRY(ApplyNow(store_, {Audited(now, by, {.what = "credential.reissue.begun", .why = "key_compromise"})}));
  const LostKeys lost = LostKeys::Of(caller, keys_.List(), now);
  Report report;
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsOf(caller.id, after, IssueCredentials::kOrdersMax));
    TRY_ASSIGN(const std::vector<IssueCredentials::Order> orders, OrdersOf(page.rows, lost, now));
    // What two people approved once is signed again as it was: nothing new is said.
    TRY_ASSIGN(const std::vector<Result<IssueCredentials::Issued>> results,
               issue_(by, orders, IssueCredentials::Approval::kTwoPeople));
    for (const Result<IssueCredentials::Issued>& result : results) {
      if (result.ok()) {
        ++report.reissued;
      } else {
        ++report.left[std::string(WordOf(result.fault().reason))];
      }
    }
    report.looked_at += page.rows.size();
    TRY(progress(report));
    after = page.next;
  } while (!after.empty());
  return report;
}

}  // namespace passport
