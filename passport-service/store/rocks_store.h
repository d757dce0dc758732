// The store of a service on one machine: every port of store.h on RocksDB.
//
// What Apply() reports as done is on the disk, whole, and survives the loss of power; callers that come together share
// one disk sync. Its form on disk is in key_layout.h, row_codec.h and docs/formats/store.md.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "passport-service/ports/store.h"
#include "passport-service/store/commit_queue.h"
#include "passport-service/store/data_folder.h"
#include "passport-service/store/draft.h"
#include "passport-service/store/raise.h"
#include "passport-service/store/rocks_options.h"
#include "passport-service/store/rocks_tables.h"

namespace passport {

// Any thread may call anything but the destructor.
class RocksStore final : public Store {
 public:
  // Fails with kDataFolder (DataFolder::Hold says when), kSchemaNewer, kStoreUnavailable when the files are damaged,
  // and kStoreFull.
  static Result<std::unique_ptr<RocksStore>> Open(const RocksOptions& options);

  // Outcomes besides kDone and kRefused:
  //   kRetry, kStoreFull           the disk has less than the floor free; nothing was begun
  //   kRetry, kStoreUnavailable    a passing reason, or the store has stopped (see stopped())
  //   kUnknown, kStoreFull         the disk ran full meanwhile; goes on by itself when there is space
  //   kUnknown, kStoreUnavailable  the disk failed; the store has stopped
  Commit Apply(const Changes& changes) override;
  // True for a store of a schema before kSealedSchema until Raise() has been through: nothing else may be asked of it
  // before.
  bool raising() const { return folder_.raising(); }
  // Raises its rows; goes on where it was cut off. Fails as RaiseRows and RocksTables::Open do, and with kDataFolder;
  // the store is then to be opened again.
  Result<void> Raise(RaiseSeals& seals);
  // True after a failed disk: no change is taken until the store is opened again, because what the disk holds can not
  // be known before. Reads still answer from what was acknowledged.
  bool stopped() const { return stopped_; }
  // A copy of the tables as they are now, in a folder beside them that is the caller's to remove; what is left of it is
  // removed when the store is opened. One at a time. Fails with kStoreUnavailable, also while there is one, and
  // kStoreFull.
  Result<std::filesystem::path> TakeCopy() const;

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
  RocksStore(RocksOptions options, DataFolder folder, std::unique_ptr<RocksTables> tables, TableHeads heads);
  void WriteGroup(std::span<PendingCommit* const> group);
  void Finish(std::span<PendingCommit* const> group, RocksTables::Written written);
  Result<bool> HasAny(Table table, const std::string& prefix) const;
  template <class Row>
  Result<std::optional<Row>> Find(Table table, const std::string& key) const;
  // A page of a table whose keys begin with `prefix`; `read` makes a row of a key and its value.
  template <class Row, class Read>
  Result<Page<Row>> PageOf(Table table, const std::string& prefix, std::string_view after, std::size_t limit,
                           const Read& read) const;
  template <class Row>
  Result<Page<Row>> RowsOf(Table table, const std::string& prefix, std::string_view after, std::size_t limit) const;
  // The same for keys that end with a sequence, which `sequence_of` reads off a row.
  template <class Row, class Read, class SequenceOf>
  Result<Page<Row>> PageAfter(Table table, const std::string& prefix, std::uint64_t sequence, std::size_t limit,
                              const Read& read, const SequenceOf& sequence_of) const;
  Result<std::vector<ShareId>> AllShareIdsUnder(Table table, const std::string& prefix, const char* name) const;
  // Shares that the keys of an index name which begin with `prefix`.
  Result<Page<ShareId>> ShareIdsUnder(Table table, const std::string& prefix, const char* name, std::string_view after,
                                      std::size_t limit) const;
  Result<Page<ShareRow>> SharesUnder(Table table, const std::string& prefix, const char* name, std::string_view after,
                                     std::size_t limit) const;
  Result<Page<OverrideRow>> OverridesUnder(Table table, const std::string& prefix, std::size_t head,
                                           const OrganisationId& organisation, std::string_view after,
                                           std::size_t limit) const;

  const RocksOptions options_;
  DataFolder folder_;
  std::unique_ptr<RocksTables> tables_;
  TableHeads heads_;  // of what is written; belongs to the leader of the queue
  std::atomic<bool> stopped_ = false;
  CommitQueue queue_;
};

}  // namespace passport
