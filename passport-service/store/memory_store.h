// A store without a disk: the same contract as RocksStore, for tests of acts and as the second opinion of the contract
// tests. Its rules are written a second time on plain maps, not shared with change_rules.cc. What it holds is gone with
// it.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "passport-service/ports/store.h"

namespace passport {

// Any thread may call anything.
class MemoryStore final : public Store {
 public:
  // How a commit goes wrong: reported so, although nothing happened or everything did.
  struct Failure {
    enum class When : std::uint8_t { kBefore, kAfter } when;
    CommitOutcome outcome;  // kRetry only with kBefore
    Reason reason;
  };
  // Asked at the start of every Apply, which then fails so or, with nullopt, goes its way. Runs under the store's lock:
  // it must not call the store.
  using FailureHook = std::function<std::optional<Failure>(const Changes&)>;
  void OnApply(FailureHook hook);
  // How often ForgetDeleted was called, which has nothing to do here.
  std::size_t forgets() {
    const std::lock_guard lock(mutex_);
    return forgets_;
  }

  Commit Apply(const Changes& changes) override;

  Result<std::optional<OrganisationRow>> FindOrganisation(const OrganisationId& id) override;
  Result<std::vector<OrganisationRow>> AllOrganisations() override;
  Result<std::optional<CertificateRow>> FindCertificate(std::string_view kid) override;
  Result<std::vector<CertificateRow>> AllCertificates() override;
  Result<std::optional<SystemRow>> FindSystem(const OrganisationId& organisation, std::string_view name) override;
  Result<std::vector<SystemRow>> SystemsOf(const OrganisationId& organisation) override;
  Result<std::optional<PersonRow>> FindPerson(const PersonId& id) override;
  Result<std::optional<PersonRow>> FindPersonByCode(const Digest& passport_code_hash) override;
  Result<std::optional<EmploymentRow>> FindEmployment(const OrganisationId& organisation,
                                                      const Digest& number) override;
  Result<std::vector<EmploymentRow>> EmploymentsOf(const OrganisationId& organisation, const PersonId& person) override;
  Result<std::optional<HolderKeyRow>> FindHolderKey(std::string_view thumbprint) override;
  Result<std::vector<HolderKeyRow>> HolderKeysOf(const PersonId& person) override;
  Result<std::optional<InvitationRow>> FindInvitation(std::string_view id) override;
  Result<std::vector<InvitationRow>> InvitationsFor(const OrganisationId& organisation, const Digest& number) override;
  Result<std::vector<InvitationRow>> ExpiredInvitations(Instant at, std::size_t limit) override;
  Result<std::vector<IdentityCheckRow>> IdentityChecksOf(const OrganisationId& organisation,
                                                         const Digest& number) override;
  Result<std::optional<RebindingRow>> FindRebinding(const PersonId& person) override;
  Result<std::optional<RebindingRow>> FindRebindingByCode(const Digest& old_code) override;
  Result<Page<RebindingRow>> AllRebindings(std::string_view after, std::size_t limit) override;
  Result<std::optional<UnlockRow>> FindUnlock(const Digest& code) override;
  Result<Page<UnlockRow>> AllUnlocks(std::string_view after, std::size_t limit) override;
  Result<std::optional<DisputeRow>> FindDispute(const OrganisationId& organisation, std::string_view id) override;
  Result<Page<DisputeRow>> DisputesOf(const OrganisationId& organisation, std::string_view after,
                                      std::size_t limit) override;
  Result<std::vector<DisputeRow>> DisputesBy(const PersonId& person) override;
  Result<std::optional<KeeperKeyRow>> FindKeeperKey(std::string_view keeper) override;
  Result<std::optional<DataKeyRow>> FindDataKey(const DataOwner& owner) override;
  Result<void> ForgetDeleted() override;
  Result<bool> EmployedAnywhere(const PersonId& person) override;
  Result<bool> Employs(const OrganisationId& organisation, const PersonId& person) override;
  Result<std::optional<CredentialRow>> FindCredential(const OrganisationId& organisation,
                                                      const CredentialId& id) override;
  Result<Page<CredentialRow>> CredentialsOf(const OrganisationId& organisation, std::string_view after,
                                            std::size_t limit) override;
  Result<Page<CredentialRow>> CredentialsHeldBy(const PersonId& person, std::string_view after,
                                                std::size_t limit) override;
  Result<std::vector<StatusListRow>> StatusListsOf(const OrganisationId& organisation) override;
  Result<std::vector<Entry>> StatusEntries(const OrganisationId& organisation, std::uint32_t list) override;
  Result<std::optional<AnswerRow>> FindAnswer(const OrganisationId& organisation, const RequestId& request) override;
  Result<std::optional<IntentRow>> FindIntent(const OrganisationId& organisation, const RequestId& request) override;
  Result<Page<IntentRow>> Intents(std::string_view after, std::size_t limit) override;
  Result<std::optional<ChallengeRow>> FindChallenge(std::string_view nonce) override;
  Result<std::optional<DocumentRow>> NewestDocument(std::string_view name) override;
  Result<std::vector<DocumentRow>> NewestDocuments(std::string_view prefix) override;
  Result<std::vector<DocumentRow>> DocumentVersions(std::string_view prefix) override;
  Result<std::vector<PersonId>> FindMatches(const OrganisationId& organisation, MatchKind kind,
                                            const Digest& key) override;
  Result<std::vector<Digest>> MatchKeysOf(const OrganisationId& organisation, const PersonId& person,
                                          MatchKind kind) override;
  Result<std::optional<StandingRecordRow>> FindStandingRecord(const OrganisationId& organisation,
                                                              const PersonId& person, std::string_view kind,
                                                              const Digest& identity) override;
  Result<Page<StandingRecordRow>> StandingRecordsOf(const OrganisationId& organisation, const PersonId& person,
                                                    std::string_view after, std::size_t limit) override;
  Result<std::optional<ImportRow>> FindImport(const OrganisationId& organisation, const RequestId& import) override;
  Result<Page<ImportRow>> ImportsOf(const OrganisationId& organisation, std::string_view after,
                                    std::size_t limit) override;
  Result<Page<DraftRow>> DraftsOf(const OrganisationId& organisation, const RequestId& import, std::string_view after,
                                  std::size_t limit) override;
  Result<std::optional<DraftRow>> FindDraft(const OrganisationId& organisation, const RequestId& import,
                                            std::uint64_t line, std::uint32_t part) override;
  Result<std::optional<ImportSeriesRow>> FindImportSeries(const OrganisationId& organisation,
                                                          std::string_view source) override;
  Result<std::optional<RelianceRow>> FindReliance(const OrganisationId& organisation, std::uint64_t sequence) override;
  Result<Page<RelianceRow>> ReliancesOf(const OrganisationId& organisation, std::uint64_t after,
                                        std::size_t limit) override;
  Result<Page<RelianceRow>> ReliancesOn(const OrganisationId& organisation, std::string_view subject,
                                        std::uint64_t after, std::size_t limit) override;
  Result<std::optional<RelianceLink>> LastLink(const OrganisationId& organisation) override;
  Result<std::optional<RelianceLink>> LastLinkOn(const OrganisationId& organisation, std::string_view subject) override;
  Result<Page<OverrideRow>> OverridesOf(const OrganisationId& organisation, std::string_view after,
                                        std::size_t limit) override;
  Result<std::vector<OverrideRow>> OverridesOn(const OrganisationId& organisation, std::uint64_t reliance) override;
  Result<std::vector<OverrideRow>> OverridesFor(const OrganisationId& organisation, std::string_view subject) override;
  Result<std::optional<ShareRow>> FindShare(const ShareId& id) override;
  Result<Page<ShareRow>> SharesOf(const OrganisationId& receiver, std::string_view after, std::size_t limit) override;
  Result<Page<ShareId>> ShareIds(std::string_view after, std::size_t limit) override;
  Result<Page<ShareRow>> SharesOfPerson(const PersonId& person, std::string_view after, std::size_t limit) override;
  Result<std::vector<ShareId>> SharesWith(const CredentialId& credential) override;
  Result<std::vector<ShareId>> SharesAbout(const OrganisationId& receiver, std::string_view subject) override;
  Result<std::vector<ShareId>> SharesDue(Instant at, std::size_t limit) override;
  Result<Page<ShareLookRow>> ShareLooks(const ShareId& share, std::uint64_t after, std::size_t limit) override;
  Result<std::uint64_t> LastShareLook(const ShareId& share) override;
  Result<Page<ShareNoticeRow>> ShareNotices(const OrganisationId& receiver, std::uint64_t after,
                                            std::size_t limit) override;
  Result<std::uint64_t> LastShareNotice(const OrganisationId& receiver) override;
  Result<std::uint64_t> FindCursor(std::string_view name) override;
  Result<std::vector<OrganisationId>> ReliersOn(std::string_view subject) override;
  Result<Page<ShareRow>> AllShares(std::string_view after, std::size_t limit) override;
  Result<std::optional<ProposalRow>> FindProposal(std::uint64_t number) override;
  Result<Page<ProposalRow>> ProposalRows(std::uint64_t after, std::size_t limit) override;
  Result<std::uint64_t> NewestProposal() override;
  Result<Page<AuditRow>> AuditRows(std::uint64_t after_sequence, std::size_t limit) override;
  Result<Page<AuditRow>> AuditRowsOf(std::string_view actor, std::uint64_t after_actor_sequence,
                                     std::size_t limit) override;
  Result<std::optional<AuditRow>> LastAuditRow() override;
  Result<std::vector<AuditEnd>> AuditEnds() override;
  Result<Page<EventRow>> EventRows(std::uint64_t after_sequence, std::size_t limit) override;
  Result<std::uint64_t> LastEvent() override;
  Result<Page<PersonRow>> AllPeople(std::string_view after, std::size_t limit) override;
  Result<Page<HolderKeyRow>> AllHolderKeys(std::string_view after, std::size_t limit) override;
  Result<Page<InvitationRow>> AllInvitations(std::string_view after, std::size_t limit) override;
  Result<Page<IdentityCheckRow>> AllIdentityChecks(std::string_view after, std::size_t limit) override;
  Result<Page<EmploymentRow>> AllEmployments(std::string_view after, std::size_t limit) override;
  Result<Page<DataKeyRow>> AllDataKeys(std::string_view after, std::size_t limit) override;
  Result<Page<AnswerRow>> AllAnswers(std::string_view after, std::size_t limit) override;
  Result<Page<DocumentRow>> AllDocuments(std::string_view after, std::size_t limit) override;
  Result<Page<StandingRecordRow>> AllStandingRecords(std::string_view after, std::size_t limit) override;
  Result<Page<MatchKeyRow>> AllMatchKeys(std::string_view after, std::size_t limit) override;
  Result<Page<DraftRow>> AllDrafts(std::string_view after, std::size_t limit) override;
  Result<Page<ImportSeriesRow>> AllImportSeries(std::string_view after, std::size_t limit) override;
  Result<Page<SystemRow>> AllSystems(std::string_view after, std::size_t limit) override;

 private:
  friend class MemoryChange;
  // By the keys of key_layout.h, so that both stores list alike.
  struct Tables {
    std::map<std::string, OrganisationRow> organisations;
    std::map<std::string, CertificateRow> certificates;
    std::map<std::string, SystemRow> systems;
    std::map<std::string, PersonRow> people;
    std::map<std::string, HolderKeyRow> holder_keys;
    std::map<std::string, InvitationRow> invitations;
    std::map<std::string, IdentityCheckRow> identity_checks;
    std::map<std::string, RebindingRow> rebindings;
    std::map<std::string, std::string> rebinding_codes;  // to the key of the rebinding
    std::map<std::string, UnlockRow> unlocks;
    std::map<std::string, DisputeRow> disputes;
    std::map<std::string, EmploymentRow> employments;
    std::map<std::string, KeeperKeyRow> keeper_keys;
    std::map<std::string, DataKeyRow> data_keys;
    std::map<std::string, StatusListRow> status_lists;
    std::map<std::string, Entry> statuses;
    std::map<std::string, IntentRow> intents;
    std::map<std::string, AnswerRow> answers;
    std::map<std::string, CredentialRow> credentials;
    std::map<std::string, std::string> holdings;  // to the key of the credential
    std::map<std::string, std::string> slots;     // to the key of the credential
    std::map<std::string, std::string> codes;     // to the key of the person
    std::map<std::string, ChallengeRow> challenges;
    std::map<std::string, DocumentRow> documents;
    std::map<std::string, AuditRow> audit;
    std::map<std::string, std::string> audit_of;  // to the key of the audit row
    std::map<std::string, EventRow> events;
    std::map<std::string, StandingRecordRow> standing;
    std::map<std::string, MatchKeyRow> matches;
    std::map<std::string, Digest> matches_of;
    std::map<std::string, ImportRow> imports;
    std::map<std::string, DraftRow> drafts;
    std::map<std::string, ImportSeriesRow> series;
    std::map<std::string, RelianceRow> reliances;
    std::map<std::string, std::string> reliances_on;  // to the key of the reliance
    std::map<std::string, OverrideRow> overrides;     // by reliance row
    std::map<std::string, std::string> override_ids;  // to the key of the override
    std::map<std::string, ProposalRow> proposals;
    std::map<std::string, ShareRow> shares;
    std::map<std::string, ShareNoticeRow> share_notices;
    std::map<std::string, std::uint64_t> share_notice_last;
    std::map<std::string, ShareLookRow> share_looks;
    std::map<std::string, std::uint64_t> share_look_last;
    std::map<std::string, std::uint64_t> cursors;
    // The last row of a chain whose keys begin so; null when it is empty.
    const RelianceRow* LastReliance(const std::string& prefix) const;
    const RelianceRow* LastRelianceOn(const std::string& prefix) const;
  };
  std::mutex mutex_;
  FailureHook hook_;  // guarded by mutex_, as all below
  std::size_t forgets_ = 0;
  Tables tables_;
};

}  // namespace passport
