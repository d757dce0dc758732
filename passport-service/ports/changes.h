// What must become true together.
//
// Changes say what is to happen and what must hold for it ("is not there yet", "is still so"). They are applied whole
// or not at all, and fit an embedded ordered store and a SQL database alike: an insert is a unique constraint, an
// expectation is a compare-and-set.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "passport-service/ports/proposal.h"
#include "passport-service/ports/rows.h"
#include "passport-service/ports/share_row.h"
#include "passport-service/ports/system_row.h"

namespace passport {

struct AddOrganisation {
  OrganisationRow row;  // must not exist
};
struct ReplaceOrganisation {
  OrganisationRow row;  // row.revision must be one above what is stored
};
struct AddCertificate {
  CertificateRow row;  // the key must have none
};
struct AddPerson {
  PersonRow row;  // neither the id nor the passport code may exist
};
// Another passport code or holder key: the person must exist, the code be free or theirs. The code of before is no
// longer found; with another code the person's unlocks go.
struct ReplacePerson {
  PersonRow row;
};
struct AddEmployment {
  EmploymentRow row;  // organisation and number must not exist
};
// That a person has left, or works there again.
struct SetLeaving {
  OrganisationId organisation;
  Digest number;  // must exist
  std::optional<Instant> left_at;
  std::string sealed_leaving;
};
// A row that has ended already is taken as it is: a key of before the row was kept.
struct AddHolderKey {
  HolderKeyRow row;  // the person must exist, the thumbprint must not; good only when no other key of theirs is
};
struct EndHolderKey {
  std::string thumbprint;  // must exist and be good
  Instant at;
  std::string reason;
};
// Takes an end back: the person must have no other key that is good.
struct ReviveHolderKey {
  std::string thumbprint;  // must exist and have ended
};
struct AddInvitation {
  InvitationRow row;  // must not exist
};
struct ReplaceInvitation {
  InvitationRow row;  // row.revision must be one above what is stored; organisation, number and expires_at stay
};
struct DropInvitation {
  std::string id;  // must exist
};
struct AddIdentityCheck {
  IdentityCheckRow row;  // organisation, number, instant and id together must not exist
};
// All of one employee. No matter whether there are any.
struct DropIdentityChecks {
  OrganisationId organisation;
  Digest number;
};
// The person must still have that passport code: a passport that was bound to another key meanwhile has another one.
struct ExpectPassport {
  PersonId person;
  Digest passport_code_hash;
};
struct AddUnlock {
  UnlockRow row;  // the person must exist, the code must not
};
// Forgets those that are expired at `at`: from `expires_at` on. To add one is a good moment, so that few are kept.
struct PruneUnlocks {
  Instant at;
};
// Adds or replaces: row.revision must be one above what is stored, 1 for the first. The person must exist.
struct PutRebinding {
  RebindingRow row;
};
struct DropRebinding {
  PersonId person;             // must have one
  std::uint64_t revision = 0;  // of it as it was read
};
// Adds or replaces: row.revision must be one above what is stored, 1 for the first. The person must exist.
struct PutDispute {
  DisputeRow row;
};
struct DropDispute {
  OrganisationId organisation;
  std::string id;  // must exist
};
// Gives a credential over to another person: two passports become one.
struct PassCredential {
  OrganisationId organisation;
  CredentialId id;
  PersonId from;  // must have it
  PersonId to;
};
struct AddKeeperKey {
  KeeperKeyRow row;  // must not exist
};
struct AddDataKey {
  DataKeyRow row;  // its owner must not have one
};
// The data key must still be there, so that nothing is written about somebody who is being erased.
struct ExpectDataKey {
  DataOwner owner;
};
// Erases: whatever the key sealed can not be read any more. No matter whether it was there. DataKeys::ForgetDeleted
// takes it out of the files.
struct DropDataKey {
  DataOwner owner;
};
struct DropEmployment {
  OrganisationId organisation;
  Digest number;  // must exist
};
// All an organisation knows a person by, of every kind.
struct DropMatchKeys {
  OrganisationId organisation;
  PersonId person;
};
struct DropPerson {
  PersonId person;  // must exist, and nobody may employ them any more (kStateConflict); passport code, holder keys,
                    // rebinding, disputes and unlocks go too
};
// The sealed text goes, the row stays: what it proves (a slot, a link of a chain) is still so. Each must exist; doing
// it twice is no change.
struct ForgetToken {
  OrganisationId organisation;
  CredentialId id;
};
struct ForgetReceipt {
  OrganisationId organisation;
  std::uint64_t sequence = 0;
};
struct ForgetOverrideWords {
  OrganisationId organisation;
  RequestId id;
};
struct DropDraft {
  OrganisationId organisation;
  RequestId import;
  std::uint64_t line = 0;  // must exist
  std::uint32_t part = 0;
};
struct OpenStatusList {
  StatusListRow row;  // must not exist
};
// Takes the counters [first, first + count) of a list for good.
struct TakeSlots {
  OrganisationId organisation;
  std::uint32_t list;
  std::uint32_t first;  // must be the stored `next`
  std::uint32_t count;  // at least 1; past the room of the list is refused with kStatusListFull
};
struct RetireStatusList {
  OrganisationId organisation;
  std::uint32_t list;  // must be full, and not retired (kStateConflict)
  Instant at;
};
// Sets one entry of a list, which must be open and have that slot; a revoked entry (1) never changes again.
struct SetStatus {
  Slot slot;
  std::uint8_t value;  // 0 to 3; an entry that was not set is 0
};
struct AddIntent {
  IntentRow row;  // organisation and request must not exist, as intent or as answer; a list that is there must not be
                  // retired (kStatusListFull)
};
struct DropIntent {
  OrganisationId organisation;
  RequestId request;  // must exist
};
struct AddCredential {
  CredentialRow row;  // must not exist, nor may another credential of the same slot
};
struct ChangeCredentialState {
  OrganisationId organisation;
  CredentialId id;
  CredentialState from;  // must be the stored state; the credential must exist
  CredentialState to;
  std::string reason;
  Instant at;
};
struct RememberAnswer {
  AnswerRow row;  // must not exist
};
struct AddChallenge {
  ChallengeRow row;  // must not exist
};
// Uses a challenge up: it must exist (kNotFound), belong to that organisation and not be expired at `at`
// (kStateConflict). A challenge is expired from `expires_at` on.
struct ConsumeChallenge {
  std::string nonce;
  OrganisationId audience;
  Instant at;
};
// Forgets up to `count` challenges that are expired at `at`, the oldest first. To ask for a challenge is a good moment:
// as many go as come, and no sweep is needed.
struct PruneChallenges {
  Instant at;
  std::uint32_t count;
};
// A new version, the next one of its name; only the registry's number may jump ahead, past what receivers may remember
// of a store that is no more. Refused with kStateConflict otherwise.
inline constexpr std::string_view kRegistryDocument = "registry";
struct PutDocument {
  DocumentRow row;  // row.version must be one above the newest stored; the first may be any from 1 on
};
// Marks one version of a document as withdrawn: it must exist and not be withdrawn.
struct WithdrawDocument {
  std::string name;
  std::uint64_t version = 0;
  Instant at;
};
// Names the credential that stands for a fact now. `replaces` must be what is stored: nothing for the first.
struct PutStandingRecord {
  StandingRecordRow row;
  std::optional<CredentialId> replaces;
};
// Forgets it when its credential was revoked: it must exist and name that credential.
struct DropStandingRecord {
  OrganisationId organisation;
  PersonId person;
  std::string kind;
  Digest identity;
  CredentialId credential;
};
// A key that exists for the same person already is no conflict; for another one it is, except for those many may have.
// A second kBirthDate of one person is one too.
struct AddMatchKey {
  MatchKeyRow row;
};
struct AddImport {
  ImportRow row;  // must not exist
};
struct ReplaceImport {
  ImportRow row;  // row.revision must be one above what is stored
};
// Adds or replaces one draft of an import, which must be staging; once it is staged, ReplaceDraft alone changes drafts.
struct PutDraft {
  DraftRow row;
};
// Replaces a draft that is open, of an import that is staged or issuing.
struct ReplaceDraft {
  DraftRow row;
};
struct PutImportSeries {
  ImportSeriesRow row;
  std::uint32_t replaces = 0;  // the sequence stored now; 0 when there is none
};
// The store gives it its place in the chain of the organisation and of the person, as it does for audit rows.
struct AppendReliance {
  RelianceEntry entry;
};
struct AddOverride {
  OverrideRow row;  // must not exist; its reliance row must
};
struct AddSystem {
  SystemRow row;  // must not exist; its organisation must
};
struct ReplaceSystem {
  SystemRow row;  // row.revision must be one above what is stored
};
struct AddProposal {
  ProposalRow row;  // row.number must be one above the highest
};
struct ReplaceProposal {
  ProposalRow row;  // row.revision must be one above what is stored
};
struct AddShare {
  ShareRow row;  // must not exist
};
// Credentials and due time of a share are found by while it is live or asked.
struct ReplaceShare {
  ShareRow row;  // row.revision must be one above what is stored
};
// Nobody has changed the share in the meantime.
struct ExpectShare {
  ShareId id;
  std::uint64_t revision = 0;  // must be what is stored
};
// The row of a share that is over, its looks, and all it is found by. Notices of it stay.
struct DropShare {
  ShareId id;
  std::uint64_t revision = 0;  // must be what is stored
};
// The store gives it its place among the looks of the share.
struct AppendShareLook {
  ShareId share;  // must exist
  Instant at;
  std::string outcome;
};
// The store gives it its place among the notices of the receiver.
struct AppendShareNotice {
  OrganisationId receiver;
  ShareId share;
  Instant at;
};
// Forgets up to `count` notices of a receiver, the oldest first, that are older than that.
struct PruneShareNotices {
  OrganisationId receiver;
  Instant before;
  std::uint32_t count;
};
// Where a reader of the events, or of the days on which something begins, has got to.
struct MoveCursor {
  std::string name;
  std::uint64_t from = 0;  // must be what is stored; 0 when there is none
  std::uint64_t to = 0;
};
struct AppendAudit {
  AuditEntry entry;  // the store gives it its place in the chain
};
struct AppendEvent {
  EventEntry entry;
};

using ChangeRow =
    std::variant<AddOrganisation, ReplaceOrganisation, AddCertificate, AddPerson, ReplacePerson, AddEmployment,
                 AddHolderKey, EndHolderKey, ReviveHolderKey, AddInvitation, ReplaceInvitation, DropInvitation,
                 AddIdentityCheck, DropIdentityChecks, ExpectPassport, AddUnlock, PruneUnlocks, PutRebinding,
                 DropRebinding, PutDispute, DropDispute, PassCredential, SetLeaving, AddKeeperKey, AddDataKey,
                 ExpectDataKey, DropDataKey, DropEmployment, DropMatchKeys, DropPerson, ForgetToken, ForgetReceipt,
                 ForgetOverrideWords, DropDraft, OpenStatusList, TakeSlots, RetireStatusList, SetStatus, AddIntent,
                 DropIntent, AddCredential, ChangeCredentialState, RememberAnswer, AddChallenge, ConsumeChallenge,
                 PruneChallenges, PutDocument, WithdrawDocument, PutStandingRecord, DropStandingRecord, AddMatchKey,
                 AddImport, ReplaceImport, PutDraft, ReplaceDraft, PutImportSeries, AppendReliance, AddOverride,
                 AddSystem, ReplaceSystem, AddProposal, ReplaceProposal, AddShare, ReplaceShare, ExpectShare, DropShare,
                 AppendShareLook, AppendShareNotice, PruneShareNotices, MoveCursor, AppendAudit, AppendEvent>;

struct Change;
template <class T>
concept RowOfChange = !std::same_as<std::remove_cvref_t<T>, Change> &&
                      std::constructible_from<ChangeRow, std::in_place_type_t<std::remove_cvref_t<T>>, T>;

// One row of a change. Copying, moving and destroying are compiled once, in changes.cc, not by each who fills a vector.
struct Change : ChangeRow {
  template <RowOfChange Row>
  // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload): a row is one
  Change(Row&& row) : ChangeRow(std::in_place_type<std::remove_cvref_t<Row>>, std::forward<Row>(row)) {}
  Change(const Change& other);
  Change(Change&& other) noexcept;
  Change& operator=(const Change& other);
  Change& operator=(Change&& other) noexcept;
  ~Change();
};
using Changes = std::vector<Change>;

enum class CommitOutcome : std::uint8_t {
  kDone,     // durable, visible
  kRefused,  // an expectation does not hold; nothing happened
  kRetry,    // nothing happened for a passing reason
  kUnknown,  // may or may not be durable; resolved by reading the request id (FindAnswer), never by guessing
};

struct Commit {
  CommitOutcome outcome;
  std::size_t refused_at = 0;  // kRefused: index of the change whose expectation failed
  // kRefused: kAlreadyExists, kNotFound, kStateConflict or kStatusListFull.
  // kRetry, kUnknown: kStoreFull (free some space) or kStoreUnavailable. A store that has met a broken disk takes no
  // more changes until it is opened again; what was unknown is settled only then.
  Reason reason = Reason::kNone;
};

}  // namespace passport
