// Rows and whole stories for the tests of stores.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "passport-service/ports/changes.h"

namespace passport::test {

inline constexpr Instant kNoon{1'800'000'000};

OrganisationId Organisation(std::string_view text);
PersonId Person(std::string_view text);
RequestId Request(std::string_view text);
CredentialId Credential(std::string_view text);

OrganisationRow SampleOrganisation(const OrganisationId& id);
CertificateRow SampleCertificate(std::string_view kid);
PersonRow SamplePerson(const PersonId& id);                                               // the passport code is the id
HolderKeyRow SampleHolderKey(std::string_view thumbprint, const PersonId& person);        // in a wallet, good
InvitationRow SampleInvitation(std::string_view id, const OrganisationId& organisation);  // for "1001", open
IdentityCheckRow SampleIdentityCheck(const OrganisationId& organisation, std::string_view number);
// For a quarter of an hour from noon.
UnlockRow SampleUnlock(std::string_view code, const PersonId& person, const OrganisationId& organisation);
RebindingRow SampleRebinding(const PersonId& person);  // of a loss that can be undone; the old code is "before"
DisputeRow SampleDispute(std::string_view id, const OrganisationId& organisation, const PersonId& person);
EmploymentRow SampleEmployment(const OrganisationId& organisation, std::string_view number, const PersonId& person);
DataKeyRow SampleDataKey(const DataOwner& owner, char id);
StatusListRow SampleList(const OrganisationId& organisation);  // number 1
AuditEntry SampleAudit(std::string action, const std::string& request);

ProposalRow SampleProposal(const OrganisationId& organisation, std::uint64_t number);  // a step of each kind
StandingRecordRow SampleStanding(const CredentialRow& credential, std::string_view identity);
ImportRow SampleImport(const OrganisationId& organisation, std::string_view import);  // being staged
DraftRow SampleDraft(const ImportRow& import, std::uint64_t line);                    // new and open
RelianceEntry SampleReliance(const OrganisationId& organisation, std::string_view subject);
ShareRow SampleShare(const OrganisationId& receiver, std::string_view id);  // asked, due at kNoon + 60
SystemRow SampleSystem(const OrganisationId& organisation, std::string_view name);
OverrideRow SampleOverride(const OrganisationId& organisation, std::string_view id, std::uint64_t reliance);

// One credential from the intent on. Story n of an organisation takes counter n of its list 1.
struct Story {
  OrganisationId organisation;
  std::uint32_t number;

  PersonId person() const;  // the only one of the organisation
  RequestId request() const;
  CredentialId credential() const;
  Slot slot() const;
  IntentRow intent() const;
  CredentialRow row() const;
  AnswerRow answer() const;

  // The batches of an act, each whole in itself.
  Changes Intend() const;
  Changes Issue() const;
  Changes Void() const;  // instead of Issue
  Changes Revoke() const;
  Changes Suspend() const;
};

// An organisation with a person, an employment and a list: what stories need.
Changes Found(const OrganisationId& organisation);

// A folder of its own for one test, gone with it.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace passport::test
