#include "passport-service/acts/standing_fact.h"

#include "passport-service/acts/audited.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {

Result<StandingFact> FindStanding(Store& store, const OrganisationId& organisation, const PersonId& person,
                                  std::string_view kind, const FactDigests& digests, Instant now) {
  StandingFact standing;
  TRY_ASSIGN(const std::optional<StandingRecordRow> stands,
             store.FindStandingRecord(organisation, person, kind, digests.identity));
  if (!stands) return standing;
  standing.named = stands->credential;
  TRY_ASSIGN(standing.row, store.FindCredential(organisation, stands->credential));
  if (!standing.row) return Fault{Reason::kStoreUnavailable, "", "the credential of a standing record is not there"};
  if (standing.row->state == CredentialState::kRevoked) {
    standing.row.reset();  // there is nothing to end
    return standing;
  }
  const bool same = stands->content == digests.content && now < standing.row->expires_at;
  standing.verdict = same ? DraftVerdict::kUnchanged : DraftVerdict::kChanged;
  if (!same && standing.row->state == CredentialState::kSuspended) {
    return Fault{Reason::kStateConflict, "",
                 "the credential it would take the place of is suspended; reinstate or revoke that one first"};
  }
  return standing;
}

Changes TakePlace(const StandingFact& standing, const StandingRecordRow& row, const Caller& by,
                  const RequestId& request, Instant now) {
  Changes changes = {PutStandingRecord{.row = row, .replaces = standing.named}};
  if (!standing.row) return changes;
  const CredentialRow& old = *standing.row;
  changes.emplace_back(ChangeCredentialState{row.organisation, old.id, old.state, CredentialState::kRevoked,
                                             std::string(kSuperseded), now});
  changes.emplace_back(SetStatus{old.slot, 1});
  changes.emplace_back(
      Audited(now, by, {.what = "credential.superseded", .object = old.id.text(), .request = request.text()}));
  changes.emplace_back(AppendEvent{{now, "credential.revoked", old.id.text()}});
  return changes;
}

Result<Changes> StepDown(Store& store, PersonVault& vault, const CredentialRow& row) {
  TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault, row));
  if (!token) return Changes();  // erased, and with it that it stands
  const Result<Record> record = RecordOf(row.kind, *token);
  // Of a kind that was written otherwise in earlier days: then nothing was kept as standing under this identity.
  if (!record.ok()) return Changes();
  TRY_ASSIGN(const FactDigests digests, DigestFact(vault, row.organisation, row.person, *record));
  TRY_ASSIGN(const std::optional<StandingRecordRow> stands,
             store.FindStandingRecord(row.organisation, row.person, row.kind, digests.identity));
  if (!stands || stands->credential != row.id) return Changes();
  return Changes{DropStandingRecord{row.organisation, row.person, row.kind, digests.identity, row.id}};
}

}  // namespace passport
