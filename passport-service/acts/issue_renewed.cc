// How IssueCredentials signs anew what it signed before: facts and holder come from the old credential.
#include "passport-service/acts/issue_job.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {

Result<void> IssueCredentials::ReadRenewed(const OrganisationRow& organisation, Job& job, Instant now) {
  TRY_ASSIGN(job.renewed, store_.FindCredential(organisation.id, *job.order->renews));
  if (!job.renewed) return Fault{Reason::kNotFound, "", "no such credential of this organisation"};
  const CredentialRow& old = *job.renewed;
  if (old.state == CredentialState::kRevoked || old.expires_at <= now) {
    return Fault{Reason::kStateConflict, "", "a credential that is over is not signed again"};
  }
  if (old.state == CredentialState::kSuspended && job.order->rebinds) {
    if (old.state_reason != kPassportReplaced) job.suspended_for = old.state_reason;
  } else if (old.state == CredentialState::kSuspended) {
    return Fault{Reason::kStateConflict, "", "the credential is suspended; reinstate or revoke it first"};
  }
  if (!MayIssue(organisation, old.kind, now)) {
    return Fault{Reason::kNotPermitted, "", "the organisation may not issue this kind"};
  }
  TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault_, old));
  if (!token) return Fault{Reason::kNotFound, "", "what the credential said was erased"};
  TRY_ASSIGN(job.record, RecordOf(old.kind, *token));
  TRY_ASSIGN(job.person, store_.FindPerson(old.person));
  if (!job.person) return Fault{Reason::kStoreUnavailable, "", "the person of a credential is not there"};
  return ReadHolder(organisation, job);
}

Result<void> IssueCredentials::SettleRenewed(Job& job) {
  StandingFact& standing = job.standing;
  if (standing.row && standing.row->id != job.renewed->id) {
    return Fault{Reason::kStateConflict, "", "another credential tells the same fact"};
  }
  standing.verdict = DraftVerdict::kChanged;
  standing.row = job.renewed;
  return {};
}

// Of the same person, and of the same fact unless two passports became one: then the other one stays, if it says the
// same.
Result<void> IssueCredentials::SettleRebound(Job& job) {
  StandingFact& standing = job.standing;
  if (standing.row && standing.row->id != job.renewed->id) {
    if (standing.verdict == DraftVerdict::kUnchanged) return {};
    return Fault{Reason::kStateConflict, "", "another credential tells the same fact otherwise"};
  }
  standing.verdict = DraftVerdict::kChanged;
  standing.row.reset();
  if (*job.order->rebinds == Order::OldOne::kEnds) standing.row = job.renewed;
  return {};
}

}  // namespace passport
