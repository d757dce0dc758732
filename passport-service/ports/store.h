// What acts ask of a store. One port a subject; a store implements them all, an act takes those it needs.
//
// Every read sees everything that Apply() has reported as done, may fail with kStoreUnavailable, and holds nothing open
// once it has returned. Any thread may call anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"
#include "passport-service/ports/changes.h"

namespace passport {

// Check of a fault of a read: this one row, or what leads to it, does not decode. Every other row is as good as before,
// so who goes through many tells of it and goes on.
inline constexpr std::string_view kRowCheck = "ROW";
inline bool IsDamagedRow(const Fault& fault) { return fault.check == kRowCheck; }

class Ledger {
 public:
  virtual ~Ledger() = default;
  // Applies all changes or none. kDone means durable: it survives the loss of power.
  virtual Commit Apply(const Changes& changes) = 0;
};

class Organisations {
 public:
  virtual ~Organisations() = default;
  virtual Result<std::optional<OrganisationRow>> FindOrganisation(const OrganisationId& id) = 0;
  virtual Result<std::vector<OrganisationRow>> AllOrganisations() = 0;  // by id; thousands at most
};

class Certificates {
 public:
  virtual ~Certificates() = default;
  virtual Result<std::optional<CertificateRow>> FindCertificate(std::string_view kid) = 0;
  virtual Result<std::vector<CertificateRow>> AllCertificates() = 0;  // by kid; as many as there are keys
};

// Who may call. Looked up at every call.
class Systems {
 public:
  virtual ~Systems() = default;
  virtual Result<std::optional<SystemRow>> FindSystem(const OrganisationId& organisation, std::string_view name) = 0;
  virtual Result<std::vector<SystemRow>> SystemsOf(const OrganisationId& organisation) = 0;  // by name
};

// A stretch of an ordered list, at most `limit` rows (a limit of 0 is taken as 1). `next` is where to go on, empty at
// the end; it is a token of the store in printable characters, not a key to parse. A token that is none fails with
// kFieldInvalid.
template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next;
};

class People {
 public:
  virtual ~People() = default;
  virtual Result<std::optional<PersonRow>> FindPerson(const PersonId& id) = 0;
  virtual Result<std::optional<PersonRow>> FindPersonByCode(const Digest& passport_code_hash) = 0;
  // `number` is the keyed digest of an employee number.
  virtual Result<std::optional<EmploymentRow>> FindEmployment(const OrganisationId& organisation,
                                                              const Digest& number) = 0;
  // Under every number the organisation has for the person.
  virtual Result<std::vector<EmploymentRow>> EmploymentsOf(const OrganisationId& organisation,
                                                           const PersonId& person) = 0;
  // True if any organisation has the person.
  virtual Result<bool> EmployedAnywhere(const PersonId& person) = 0;
  // True if the organisation has the person under any number.
  virtual Result<bool> Employs(const OrganisationId& organisation, const PersonId& person) = 0;
};

// The keys passports are bound to.
class BoundKeys {
 public:
  virtual ~BoundKeys() = default;
  virtual Result<std::optional<HolderKeyRow>> FindHolderKey(std::string_view thumbprint) = 0;
  // All a person has or had, by thumbprint; tens at most.
  virtual Result<std::vector<HolderKeyRow>> HolderKeysOf(const PersonId& person) = 0;
};

// How people come to a passport in their own hands.
class Invitations {
 public:
  virtual ~Invitations() = default;
  virtual Result<std::optional<InvitationRow>> FindInvitation(std::string_view id) = 0;
  // For one employee number, by id.
  virtual Result<std::vector<InvitationRow>> InvitationsFor(const OrganisationId& organisation,
                                                            const Digest& number) = 0;
  // Those that have expired at `at`, the oldest first.
  virtual Result<std::vector<InvitationRow>> ExpiredInvitations(Instant at, std::size_t limit) = 0;
  // Of one employee, the oldest first.
  virtual Result<std::vector<IdentityCheckRow>> IdentityChecksOf(const OrganisationId& organisation,
                                                                 const Digest& number) = 0;
};

// Passports that are being bound to another key, or were.
class Rebindings {
 public:
  virtual ~Rebindings() = default;
  virtual Result<std::optional<RebindingRow>> FindRebinding(const PersonId& person) = 0;
  // By the passport code of before.
  virtual Result<std::optional<RebindingRow>> FindRebindingByCode(const Digest& old_code) = 0;
  virtual Result<Page<RebindingRow>> AllRebindings(std::string_view after, std::size_t limit) = 0;
};

// Passports that are open for an employer.
class Unlocks {
 public:
  virtual ~Unlocks() = default;
  virtual Result<std::optional<UnlockRow>> FindUnlock(const Digest& code) = 0;
  virtual Result<Page<UnlockRow>> AllUnlocks(std::string_view after, std::size_t limit) = 0;
};

// What people say of their records.
class Disputes {
 public:
  virtual ~Disputes() = default;
  virtual Result<std::optional<DisputeRow>> FindDispute(const OrganisationId& organisation, std::string_view id) = 0;
  // Of records an organisation issued, by id.
  virtual Result<Page<DisputeRow>> DisputesOf(const OrganisationId& organisation, std::string_view after,
                                              std::size_t limit) = 0;
  // Of one person, by organisation and id; as many as they have records, at most a few times.
  virtual Result<std::vector<DisputeRow>> DisputesBy(const PersonId& person) = 0;
};

// The keys under which everything about people is sealed.
class DataKeys {
 public:
  virtual ~DataKeys() = default;
  virtual Result<std::optional<KeeperKeyRow>> FindKeeperKey(std::string_view keeper) = 0;
  virtual Result<std::optional<DataKeyRow>> FindDataKey(const DataOwner& owner) = 0;
  // Takes what was deleted out of every file of the store: data keys and all that finds people. When it returns, no
  // byte of it is left in the log or in a table. Takes seconds for a region.
  virtual Result<void> ForgetDeleted() = 0;
};

class Credentials {
 public:
  virtual ~Credentials() = default;
  virtual Result<std::optional<CredentialRow>> FindCredential(const OrganisationId& organisation,
                                                              const CredentialId& id) = 0;
  // All of an organisation, in a fixed order; `after` is empty or Page::next of the page before.
  virtual Result<Page<CredentialRow>> CredentialsOf(const OrganisationId& organisation, std::string_view after,
                                                    std::size_t limit) = 0;
  // All a person holds, of every issuer.
  virtual Result<Page<CredentialRow>> CredentialsHeldBy(const PersonId& person, std::string_view after,
                                                        std::size_t limit) = 0;
};

class Statuses {
 public:
  virtual ~Statuses() = default;
  virtual Result<std::vector<StatusListRow>> StatusListsOf(const OrganisationId& organisation) = 0;  // by number
  struct Entry {
    std::uint32_t index;
    std::uint8_t value;
  };
  // Entries that differ from 0, by index.
  virtual Result<std::vector<Entry>> StatusEntries(const OrganisationId& organisation, std::uint32_t list) = 0;
};

class Answers {
 public:
  virtual ~Answers() = default;
  virtual Result<std::optional<AnswerRow>> FindAnswer(const OrganisationId& organisation, const RequestId& request) = 0;
  virtual Result<std::optional<IntentRow>> FindIntent(const OrganisationId& organisation, const RequestId& request) = 0;
  virtual Result<Page<IntentRow>> Intents(std::string_view after, std::size_t limit) = 0;
};

class Challenges {
 public:
  virtual ~Challenges() = default;
  virtual Result<std::optional<ChallengeRow>> FindChallenge(std::string_view nonce) = 0;
};

class Documents {
 public:
  virtual ~Documents() = default;
  virtual Result<std::optional<DocumentRow>> NewestDocument(std::string_view name) = 0;
  // Newest version of every document whose name begins so.
  virtual Result<std::vector<DocumentRow>> NewestDocuments(std::string_view prefix) = 0;
  // Every version of every document whose name begins so, by name and version; thousands at most.
  virtual Result<std::vector<DocumentRow>> DocumentVersions(std::string_view prefix) = 0;
};

// What files are taken in against: who is known by which key, and what stands signed.
class Matches {
 public:
  virtual ~Matches() = default;
  // By person; more than one for kNameAndBirthDate only.
  virtual Result<std::vector<PersonId>> FindMatches(const OrganisationId& organisation, MatchKind kind,
                                                    const Digest& key) = 0;
  // The keys of one kind an organisation has for a person.
  virtual Result<std::vector<Digest>> MatchKeysOf(const OrganisationId& organisation, const PersonId& person,
                                                  MatchKind kind) = 0;
  virtual Result<std::optional<StandingRecordRow>> FindStandingRecord(const OrganisationId& organisation,
                                                                      const PersonId& person, std::string_view kind,
                                                                      const Digest& identity) = 0;
  // All that stands of one person.
  virtual Result<Page<StandingRecordRow>> StandingRecordsOf(const OrganisationId& organisation, const PersonId& person,
                                                            std::string_view after, std::size_t limit) = 0;
};

class Imports {
 public:
  virtual ~Imports() = default;
  virtual Result<std::optional<ImportRow>> FindImport(const OrganisationId& organisation, const RequestId& import) = 0;
  virtual Result<Page<ImportRow>> ImportsOf(const OrganisationId& organisation, std::string_view after,
                                            std::size_t limit) = 0;
  // By line and part.
  virtual Result<Page<DraftRow>> DraftsOf(const OrganisationId& organisation, const RequestId& import,
                                          std::string_view after, std::size_t limit) = 0;
  virtual Result<std::optional<DraftRow>> FindDraft(const OrganisationId& organisation, const RequestId& import,
                                                    std::uint64_t line, std::uint32_t part) = 0;
  virtual Result<std::optional<ImportSeriesRow>> FindImportSeries(const OrganisationId& organisation,
                                                                  std::string_view source) = 0;
};

class Reliances {
 public:
  virtual ~Reliances() = default;
  virtual Result<std::optional<RelianceRow>> FindReliance(const OrganisationId& organisation,
                                                          std::uint64_t sequence) = 0;
  // By sequence, after that one.
  virtual Result<Page<RelianceRow>> ReliancesOf(const OrganisationId& organisation, std::uint64_t after,
                                                std::size_t limit) = 0;
  // Of one person, by subject_sequence, after that one.
  virtual Result<Page<RelianceRow>> ReliancesOn(const OrganisationId& organisation, std::string_view subject,
                                                std::uint64_t after, std::size_t limit) = 0;
  // The last link of each chain; nothing when it is empty.
  virtual Result<std::optional<RelianceLink>> LastLink(const OrganisationId& organisation) = 0;
  virtual Result<std::optional<RelianceLink>> LastLinkOn(const OrganisationId& organisation,
                                                         std::string_view subject) = 0;
  // Everybody who has relied on a holder's key, by id.
  virtual Result<std::vector<OrganisationId>> ReliersOn(std::string_view subject) = 0;
  // Overrides of an organisation in the order of their reliance rows; `after` is empty or Page::next.
  virtual Result<Page<OverrideRow>> OverridesOf(const OrganisationId& organisation, std::string_view after,
                                                std::size_t limit) = 0;
  virtual Result<std::vector<OverrideRow>> OverridesOn(const OrganisationId& organisation, std::uint64_t reliance) = 0;
  // Beside any decision about one person, in the same order.
  virtual Result<std::vector<OverrideRow>> OverridesFor(const OrganisationId& organisation,
                                                        std::string_view subject) = 0;
};

// What receivers have asked of people and been given.
class Shares {
 public:
  virtual ~Shares() = default;
  virtual Result<std::optional<ShareRow>> FindShare(const ShareId& id) = 0;
  // Of a receiver, in a fixed order; `after` is empty or Page::next.
  virtual Result<Page<ShareRow>> SharesOf(const OrganisationId& receiver, std::string_view after,
                                          std::size_t limit) = 0;
  // Those a person has answered.
  virtual Result<Page<ShareRow>> SharesOfPerson(const PersonId& person, std::string_view after, std::size_t limit) = 0;
  // The ids of all: no row is read for them, so one that is damaged is among them.
  virtual Result<Page<ShareId>> ShareIds(std::string_view after, std::size_t limit) = 0;
  // Those that are live and hold the credential.
  virtual Result<std::vector<ShareId>> SharesWith(const CredentialId& credential) = 0;
  // Those of a receiver that are live and were given with the holder key of that thumbprint.
  virtual Result<std::vector<ShareId>> SharesAbout(const OrganisationId& receiver, std::string_view subject) = 0;
  // Those that are due at that time, the longest due first.
  virtual Result<std::vector<ShareId>> SharesDue(Instant at, std::size_t limit) = 0;
  // Into a share, by sequence, after that one.
  virtual Result<Page<ShareLookRow>> ShareLooks(const ShareId& share, std::uint64_t after, std::size_t limit) = 0;
  // Of the last one; 0 when there is none.
  virtual Result<std::uint64_t> LastShareLook(const ShareId& share) = 0;
  // By sequence, after that one.
  virtual Result<Page<ShareNoticeRow>> ShareNotices(const OrganisationId& receiver, std::uint64_t after,
                                                    std::size_t limit) = 0;
  // Of the last one; 0 when there is none.
  virtual Result<std::uint64_t> LastShareNotice(const OrganisationId& receiver) = 0;
  virtual Result<std::uint64_t> FindCursor(std::string_view name) = 0;  // 0 when there is none
};

class Proposals {
 public:
  virtual ~Proposals() = default;
  virtual Result<std::optional<ProposalRow>> FindProposal(std::uint64_t number) = 0;
  // By number, after that one.
  virtual Result<Page<ProposalRow>> ProposalRows(std::uint64_t after, std::size_t limit) = 0;
  // The highest number; 0 when there is none.
  virtual Result<std::uint64_t> NewestProposal() = 0;
};

class Trail {
 public:
  virtual ~Trail() = default;
  virtual Result<Page<AuditRow>> AuditRows(std::uint64_t after_sequence, std::size_t limit) = 0;
  // Of one actor, by actor_sequence, after that one. Rows of schema 1 and 2 are not among them.
  virtual Result<Page<AuditRow>> AuditRowsOf(std::string_view actor, std::uint64_t after_actor_sequence,
                                             std::size_t limit) = 0;
  virtual Result<std::optional<AuditRow>> LastAuditRow() = 0;
  // Of every actor, by actor; thousands at most.
  virtual Result<std::vector<AuditEnd>> AuditEnds() = 0;
  virtual Result<Page<EventRow>> EventRows(std::uint64_t after_sequence, std::size_t limit) = 0;
  // Sequence of the last event; 0 when there is none.
  virtual Result<std::uint64_t> LastEvent() = 0;
};

// What only a check of the whole house reads: everything, page by page, in a fixed order.
class Inventory {
 public:
  virtual ~Inventory() = default;
  virtual Result<Page<PersonRow>> AllPeople(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<HolderKeyRow>> AllHolderKeys(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<InvitationRow>> AllInvitations(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<IdentityCheckRow>> AllIdentityChecks(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<EmploymentRow>> AllEmployments(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<DataKeyRow>> AllDataKeys(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<AnswerRow>> AllAnswers(std::string_view after, std::size_t limit) = 0;
  // Every version of every document, by name and version.
  virtual Result<Page<DocumentRow>> AllDocuments(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<StandingRecordRow>> AllStandingRecords(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<MatchKeyRow>> AllMatchKeys(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<DraftRow>> AllDrafts(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<ImportSeriesRow>> AllImportSeries(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<ShareRow>> AllShares(std::string_view after, std::size_t limit) = 0;
  virtual Result<Page<SystemRow>> AllSystems(std::string_view after, std::size_t limit) = 0;
};

class Store : public Ledger,
              public Organisations,
              public Certificates,
              public Systems,
              public People,
              public BoundKeys,
              public Invitations,
              public Rebindings,
              public Unlocks,
              public Disputes,
              public DataKeys,
              public Credentials,
              public Statuses,
              public Answers,
              public Challenges,
              public Documents,
              public Matches,
              public Imports,
              public Reliances,
              public Shares,
              public Proposals,
              public Trail,
              public Inventory {};

}  // namespace passport
