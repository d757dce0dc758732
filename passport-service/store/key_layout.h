// Every key the store writes.
//
// A table is a RocksDB column family; a key is its parts one after another:
//
//   text    the bytes, each 0x00 written as 0x00 0xff, then 0x00 0x01: no part runs into the next, and keys sort as
//           their parts do
//   u32 u64 big-endian
//   digest  32 bytes
//
//   table             key                                       value
//   organisation      text organisation                         organisation row
//   system            text organisation, text system            system row
//   person            text person                               person row
//   person_code       digest passport_code_hash                 person id
//   employment        of schema 2, emptied when it was raised
//   employed          of schema 2, emptied when it was raised
//   status_list       text organisation, u32 number             status list row
//   status            text organisation, u32 list, u32 index    one byte, never 0
//   intent            text organisation, text request           intent row
//   answer            text organisation, text request           answer row
//   credential        text organisation, text credential        credential row
//   holding           text person, text organisation,           empty
//                     text credential
//   slot              text organisation, u32 list, u32 index    credential id
//   challenge         text nonce                                challenge row
//   challenge_expiry  u64 expires_at, text nonce                empty
//   document          text name, u64 version                    document row
//   document_newest   text name                                 u64 version
//   audit             u64 sequence                              audit row
//   audit_of          text actor, u64 actor_sequence            u64 sequence
//   audit_last        text actor                                audit last row: where the actor's chain has got to
//   event             u64 sequence                              event row
//   standing_record   text organisation, text person,           standing record row
//                     text kind, digest identity
//   match_key         text organisation, u32 kind, digest key,  match key row
//                     text person when many may have the key
//   match_of          text organisation, text person,           digest key
//                     u32 kind, digest key unless a person
//                     has one of the kind
//   import            text organisation, text import            import row
//   draft             text organisation, text import,           draft row
//                     u64 line, u32 part
//   import_series     text organisation, text source            import series row
//   reliance          text organisation, u64 sequence           reliance row
//   reliance_on       text organisation, text subject,          u64 sequence
//                     u64 subject_sequence
//   reliance_last     text organisation                         reliance link row: last of the organisation's chain
//                     text organisation, text subject           the same of the person's chain
//   override          text organisation, text id                override row
//   override_on       text organisation, u64 reliance, text id  empty
//   override_for      text organisation, text subject,          empty
//                     u64 reliance, text id
//   keeper_key        text keeper                               keeper key row
//   data_key          text keeper, text subject                 data key row
//   employee          text organisation, digest number          employment row
//   employee_of       text person, text organisation,           empty
//                     digest number
//   proposal          u64 number                                proposal row
//   certificate       text kid                                  certificate row
//   holder_key        text thumbprint                           holder key row
//   holder_key_of     text person, text thumbprint              empty
//   holder_key_good   text person                               thumbprint of the one key that is good
//   invitation        text invitation                           invitation row
//   invitation_for    text organisation, digest number,         empty
//                     text invitation
//   invitation_expiry u64 expires_at, text invitation           empty
//   identity_check    text organisation, digest number,         identity check row
//                     u64 at, text id
//   rebinding         text person                               rebinding row
//   rebinding_code    digest old_code                           person id
//   dispute           text organisation, text id                dispute row
//   dispute_by        text person, text organisation, text id   empty
//   share             text share                                share row
//   share_of          text receiver, text share                 empty
//   share_held        text person, text share                   empty
//   share_with        text credential, text share               empty; of live shares alone
//   share_about       text receiver, text subject, text share   empty; of live shares alone
//   share_due         u64 due, text share                       empty
//   share_notice      text receiver, u64 sequence               share notice row
//   share_notice_last text receiver                             u64 sequence
//   share_look        text share, u64 sequence                  share look row
//   share_look_last   text share                                u64 sequence
//   cursor            text name                                 u64 sequence of an event
//   unlock            digest code                               unlock row
//   unlock_of         text person, digest code                  empty
//   unlock_expiry     u64 expires_at, digest code               empty
//
// Names of tables and forms of keys are on disks: they are never changed and never used for something else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "passport-service/ports/rows.h"
#include "passport-service/ports/share_row.h"

namespace passport {

// The numbers are positions in kTableNames and live in memory only.
enum class Table : std::uint8_t {
  kOrganisation,
  kPerson,
  kPersonCode,
  kEmployment,
  kEmployed,
  kStatusList,
  kStatus,
  kIntent,
  kAnswer,
  kCredential,
  kHolding,
  kSlot,
  kChallenge,
  kChallengeExpiry,
  kDocument,
  kDocumentNewest,
  kAudit,
  kEvent,
  kStandingRecord,
  kMatchKey,
  kMatchOf,
  kImport,
  kDraft,
  kImportSeries,
  kReliance,
  kRelianceOn,
  kRelianceLast,
  kOverride,
  kOverrideOn,
  kOverrideFor,
  kKeeperKey,
  kDataKey,
  kEmployee,
  kEmployeeOf,
  kSystem,
  kProposal,
  kCertificate,
  kAuditOf,
  kAuditLast,
  kHolderKey,
  kHolderKeyOf,
  kHolderKeyGood,
  kInvitation,
  kInvitationFor,
  kInvitationExpiry,
  kIdentityCheck,
  kRebinding,
  kRebindingCode,
  kDispute,
  kDisputeBy,
  kShare,
  kShareOf,
  kShareHeld,
  kShareWith,
  kShareDue,
  kShareNotice,
  kShareNoticeLast,
  kCursor,
  kUnlock,
  kShareLook,
  kShareLookLast,
  kShareAbout,
  kUnlockOf,
  kUnlockExpiry,
};
// clang-format off
inline constexpr std::array<const char*, 64> kTableNames = {
    "organisation", "person", "person_code", "employment", "employed", "status_list", "status", "intent", "answer",
    "credential", "holding", "slot", "challenge", "challenge_expiry", "document", "document_newest", "audit", "event",
    "standing_record", "match_key", "match_of", "import", "draft", "import_series", "reliance", "reliance_on",
    "reliance_last", "override", "override_on", "override_for", "keeper_key", "data_key", "employee", "employee_of",
    "system", "proposal", "certificate", "audit_of", "audit_last", "holder_key", "holder_key_of", "holder_key_good",
    "invitation", "invitation_for", "invitation_expiry", "identity_check", "rebinding", "rebinding_code", "dispute",
    "dispute_by", "share", "share_of", "share_held", "share_with", "share_due", "share_notice", "share_notice_last",
    "cursor", "unlock", "share_look", "share_look_last", "share_about", "unlock_of", "unlock_expiry"};
// clang-format on

// Builds a key part by part.
class KeyBuilder {
 public:
  KeyBuilder&& Text(std::string_view text) &&;
  // The beginning of a text part: what all keys have whose part begins so. Ends the key.
  KeyBuilder&& TextPrefix(std::string_view text) &&;
  KeyBuilder&& U32(std::uint32_t number) &&;
  KeyBuilder&& U64(std::uint64_t number) &&;
  KeyBuilder&& Bytes(const Digest& digest) &&;
  std::string Take() && { return std::move(key_); }

 private:
  void Big(std::uint64_t number, int bytes);
  std::string key_;
};

// Takes a key apart again. A part that is not there is nullopt.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key) {}
  std::optional<std::string> Text();
  std::optional<std::uint32_t> U32();
  std::optional<std::uint64_t> U64();
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::optional<std::uint64_t> Big(std::size_t bytes);
  std::string_view rest_;
};

namespace key {

std::string Organisation(const OrganisationId& id);
std::string Certificate(std::string_view kid);
std::string SystemPrefix(const OrganisationId& organisation);
std::string System(const OrganisationId& organisation, std::string_view name);
std::string Person(const PersonId& id);
std::string PersonCode(const Digest& passport_code_hash);
std::string HolderKey(std::string_view thumbprint);
std::string HolderKeyOfPrefix(const PersonId& person);
std::string HolderKeyOf(const HolderKeyRow& row);
std::string HolderKeyGood(const PersonId& person);
std::string Invitation(std::string_view id);
std::string InvitationForPrefix(const OrganisationId& organisation, const Digest& number);
std::string InvitationFor(const InvitationRow& row);
std::string InvitationExpiry(const InvitationRow& row);
std::string IdentityCheckPrefix(const OrganisationId& organisation, const Digest& number);
std::string IdentityCheck(const IdentityCheckRow& row);
std::string Rebinding(const PersonId& person);
std::string RebindingCode(const Digest& old_code);
std::string Unlock(const Digest& code);
std::string UnlockOfPrefix(const PersonId& person);
std::string UnlockOf(const UnlockRow& row);
std::string UnlockExpiry(const UnlockRow& row);
std::string DisputePrefix(const OrganisationId& organisation);
std::string Dispute(const OrganisationId& organisation, std::string_view id);
std::string DisputeByPrefix(const PersonId& person);
std::string DisputeBy(const DisputeRow& row);
std::string Share(const ShareId& id);
std::string ShareOf(const ShareRow& row);
std::string ShareHeldPrefix(const PersonId& person);
std::string ShareHeld(const PersonId& person, const ShareId& id);
std::string ShareWithPrefix(const CredentialId& credential);
std::string ShareWith(const CredentialId& credential, const ShareId& id);
std::string ShareAboutPrefix(const OrganisationId& receiver, std::string_view subject);
std::string ShareAbout(const ShareRow& row);
std::string ShareDue(Instant due, const ShareId& id);
std::string ShareNotice(const OrganisationId& receiver, std::uint64_t sequence);
std::string ShareLook(const ShareId& share, std::uint64_t sequence);
std::string Cursor(std::string_view name);
std::string KeeperKey(std::string_view keeper);
std::string DataKey(const DataOwner& owner);
std::string EmployeePrefix(const OrganisationId& organisation);
std::string Employee(const OrganisationId& organisation, const Digest& number);
std::string EmployeeOfPrefix(const PersonId& person);
std::string EmployeeOfPrefix(const OrganisationId& organisation, const PersonId& person);
std::string EmployeeOf(const EmploymentRow& row);
std::string StatusListPrefix(const OrganisationId& organisation);
std::string StatusList(const OrganisationId& organisation, std::uint32_t number);
std::string StatusPrefix(const OrganisationId& organisation, std::uint32_t list);
std::string OfSlot(const Slot& slot);                                               // in the tables status and slot
std::string Request(const OrganisationId& organisation, const RequestId& request);  // in the tables intent and answer
std::string CredentialPrefix(const OrganisationId& organisation);
std::string Credential(const OrganisationId& organisation, const CredentialId& id);
std::string HoldingPrefix(const PersonId& person);
std::string Holding(const CredentialRow& row);
std::string Challenge(std::string_view nonce);
std::string ChallengeExpiry(Instant expires_at, std::string_view nonce);
std::string DocumentPrefix(std::string_view name_prefix);
std::string Document(std::string_view name, std::uint64_t version);
std::string DocumentNewest(std::string_view name);
std::string Sequence(std::uint64_t sequence);  // in the tables audit, event and proposal
std::string AuditOfPrefix(std::string_view actor);
std::string AuditOf(std::string_view actor, std::uint64_t actor_sequence);
std::string AuditLast(std::string_view actor);
std::string StandingRecordPrefix(const OrganisationId& organisation, const PersonId& person);
std::string StandingRecord(const OrganisationId& organisation, const PersonId& person, std::string_view kind,
                           const Digest& identity);
std::string MatchKeyPrefix(const OrganisationId& organisation, MatchKind kind, const Digest& key);
std::string MatchKey(const MatchKeyRow& row);
std::string MatchOfPrefix(const OrganisationId& organisation, const PersonId& person);
std::string MatchOfPrefix(const OrganisationId& organisation, const PersonId& person, MatchKind kind);
std::string MatchOf(const MatchKeyRow& row);
std::string ImportPrefix(const OrganisationId& organisation);
std::string Import(const OrganisationId& organisation, const RequestId& import);
std::string DraftPrefix(const OrganisationId& organisation, const RequestId& import);
std::string Draft(const OrganisationId& organisation, const RequestId& import, std::uint64_t line, std::uint32_t part);
std::string ImportSeries(const OrganisationId& organisation, std::string_view source);
std::string ReliancePrefix(const OrganisationId& organisation);
std::string Reliance(const OrganisationId& organisation, std::uint64_t sequence);
std::string RelianceOnPrefix(const OrganisationId& organisation, std::string_view subject);
std::string RelianceOn(const OrganisationId& organisation, std::string_view subject, std::uint64_t subject_sequence);
std::string RelianceLast(const OrganisationId& organisation);
std::string RelianceLastOn(const OrganisationId& organisation, std::string_view subject);
std::string Override(const OrganisationId& organisation, const RequestId& id);
std::string OverrideOnPrefix(const OrganisationId& organisation);
std::string OverrideOnPrefix(const OrganisationId& organisation, std::uint64_t reliance);
std::string OverrideOn(const OverrideRow& row);
std::string OverrideForPrefix(const OrganisationId& organisation, std::string_view subject);
std::string OverrideFor(const OverrideRow& row);

}  // namespace key
}  // namespace passport
