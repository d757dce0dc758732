// What the service remembers, row by row. Plain values: how they lie on disk is the store's own business
// (store/key_layout.h, docs/formats/store.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/evidence/audit_row.h"  // IWYU pragma: export
#include "credential/evidence/reliance_link.h"
#include "credential/trust/organisation_history.h"
#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// A kind of record an organisation may issue, in a window. A kind may have several that do not overlap.
struct AllowedKind {
  std::string word;
  Instant from;
  std::optional<Instant> until;  // exclusive
  bool operator==(const AllowedKind&) const = default;
};

// What an organisation signs with is not in its row: the key store alone tells it.
struct OrganisationRow {
  OrganisationId id;
  std::string legal_name;
  std::string type;                // "nhs_trust", "council", "gp_practice", "care_provider", "charity", "icb"
  std::string issuer;              // the `iss` of its credentials, an https URI
  std::string status_uri_prefix;   // all its status lists stand under it
  std::vector<AllowedKind> kinds;  // those without a window of their own first
  bool registrar = false;          // may change the registry and publish profiles
  Instant valid_from;
  std::optional<Instant> valid_until;
  bool two_person = false;     // what one of its systems has prepared, another one must approve before it is signed
  std::uint64_t revision = 0;  // counts replacements; 0 when added
  std::vector<StateChange> history = {};     // after the first, which is active since valid_from; never rewritten
  std::vector<Succession> successions = {};  // who took it over; several after a split
  std::uint32_t registrars_needed = 1;       // of a registrar: how many systems of registrars must sign a change
};

// The certificate of one key of the key store, public. A key has one for all its life, so that what it signed carries
// the certificate that the registry lists.
struct CertificateRow {
  std::string kid;          // RFC 7638 thumbprint of the key
  std::string certificate;  // X.509, DER
  std::string authority;    // DER of the certificate that it verifies with; that of the root for an issuing authority
  Instant at;
};

// Whose data key it is: what is kept of one subject by one keeper lives and dies with one key. Which subjects there are
// stands in acts/person_vault.h.
struct DataOwner {
  std::string keeper;   // an organisation, or "service"
  std::string subject;  // opaque: "person 3q2-...", "employee 9f0c...", "credential Kx1..."
  auto operator<=>(const DataOwner&) const = default;
};

// The key under which the data keys of one keeper are wrapped.
struct KeeperKeyRow {
  std::string keeper;
  std::string sealed;  // under the key store's seal
};

// A data key. To drop it is to erase what it sealed, in every copy there is.
struct DataKeyRow {
  DataOwner owner;
  std::string id;       // 8 random bytes, named by all it sealed: a later key of the same owner is another one
  std::string wrapped;  // under the keeper's key
};

// A person and the holder key the service keeps for them.
struct PersonRow {
  PersonId id;
  Digest passport_code_hash;  // SHA-256 of the secret the person was given; it unlocks presenting
  Instant enrolled_at;
  std::string sealed_holder;  // both halves of the holder key, sealed
};

// A key a passport is or was bound to. People of before this row was kept have none until the first change: theirs is
// kept by the service.
struct HolderKeyRow {
  std::string thumbprint;  // RFC 7638
  PersonId person;
  HeldAs held_as = HeldAs::kKept;
  Instant from;
  std::optional<Instant> until;  // from then on it proves nothing
  std::string end_reason;        // "moved", "lost", "joined", "erased"; empty while it is good
};

enum class InvitationState : std::uint8_t { kOpen = 0, kRedeemed = 1, kDead = 2 };

// An employer's invitation to a passport in a person's own hands. Who has id and code takes it up, once.
struct InvitationRow {
  std::string id;  // 128 random bits, base64url
  OrganisationId organisation;
  Digest code;         // keyed digest of id and code
  Digest number;       // keyed digest of the employee number it is for
  std::string sealed;  // employee number, code and identity check, under a key of the invitation; empty unless open
  Instant at;
  Instant expires_at;
  std::uint32_t wrong_tries = 0;
  InvitationState state = InvitationState::kOpen;
  std::optional<PersonId> replaces = {};  // the person whose lost key the next one takes the place of
  std::string rebinding = {};  // of that loss: it brings a key for no other; empty unless `replaces` is there
  std::uint64_t revision = 0;  // counts replacements; 0 when added
};

// That an employer made sure who somebody is. Several of one employee over the years.
struct IdentityCheckRow {
  OrganisationId organisation;
  Digest number;       // keyed digest of the employee number
  Instant at;          // when it was recorded
  std::string id;      // of what it was recorded for: an invitation, a request
  std::string sealed;  // method, by whom and when, under the employer's key for the employee
};

// That a passport is being bound to another key, or was. A person has one such row at most: what is under way is
// finished before the next begins.
enum class RebindingState : std::uint8_t {
  kReported = 0,     // the person has told of a loss; nothing has changed yet
  kSigning = 1,      // the old key is dead; what it held is being signed again
  kAwaitingKey = 2,  // the old key is dead; the person has not brought the new one yet
  kUndoable = 3,     // a loss is mended; the person can take it back until the day is over
  kDone = 4,         // kept for a day, so that who was not answered can ask again
};
enum class RebindingReason : std::uint8_t { kMoved = 0, kLost = 1, kJoined = 2, kUndone = 3 };
struct RebindingRow {
  PersonId person;
  std::string id;  // 128 random bits, base64url: of the report, and part of the requests that sign again
  RebindingState state = RebindingState::kReported;
  RebindingReason reason = RebindingReason::kMoved;
  std::string request;  // by which it is asked for again
  Instant at;
  bool end_shares = false;         // shares that were given end with it
  std::string old_key;             // thumbprint; empty of a report
  std::string new_key;             // thumbprint; empty until there is one
  std::optional<Digest> old_code;  // SHA-256 of the passport code of before
  std::optional<Instant> undo_until;
  // Under a data key of its own: the new passport code, and of a loss the holder key of before. Empty of a report.
  std::string sealed;
  std::uint64_t signed_again = 0;
  std::vector<CredentialId> left_behind = {};
  std::uint64_t revision = 0;   // counts replacements; 1 when added
  bool undo_spent = false;      // a loss was taken back, perhaps by a thief: the next one is final
  std::string invitation = {};  // of a loss that waits for a key: what brings it; else empty
};

// That an employer has opened a passport for a person it recognised. Who has the session code has the passport until
// then.
struct UnlockRow {
  Digest code;  // SHA-256 of the session code
  PersonId person;
  OrganisationId organisation;  // which it counts for
  Instant expires_at;
};

// What a person says of a record of theirs: that it is right, or what is wrong.
enum class DisputeState : std::uint8_t { kOpen = 0, kCorrected = 1, kConfirmed = 2, kWithdrawn = 3, kAccepted = 4 };
struct DisputeRow {
  OrganisationId organisation;  // which issued the record
  std::string id;               // opaque
  PersonId person;
  CredentialId credential;
  std::string kind;
  DisputeState state = DisputeState::kOpen;
  std::string sealed_words;   // the person's
  std::string sealed_answer;  // the issuer's; empty while it is open
  Instant raised_at;
  std::optional<Instant> settled_at;
  std::uint64_t revision = 0;  // counts replacements; 1 when added
};

// The name one employer has for a person: never valid outside that employer.
struct EmploymentRow {
  OrganisationId organisation;
  Digest number;  // keyed digest of the employee number: what finds the row
  PersonId person;
  std::string sealed_number;            // the employee number, sealed
  std::optional<Instant> left_at = {};  // from then on the person does not work there under this number
  std::string sealed_leaving = {};      // word of the list leaving_reason, sealed; empty while they work there
};

struct StatusListRow {
  OrganisationId organisation;
  std::uint32_t number = 0;  // 1, 2, ... within the organisation
  std::string uri;           // what credentials name
  std::uint32_t size = 0;    // entries, a power of two
  std::uint32_t next = 0;    // counters below it are taken; SlotPermutation makes slots of counters
  std::string seed;          // 16 bytes, secret: it hides who was issued when
  // All that were issued of it have expired: it is published no more.
  std::optional<Instant> retired_at = std::nullopt;

  // Counters below it may be taken; those from it on are decoys and never stand for a credential.
  std::uint32_t room() const { return size - size / kDecoyShare; }
  bool full() const { return next >= room(); }
  // Lists of before there were decoys may have handed out more than their room.
  std::uint32_t first_decoy() const { return next > room() ? next : room(); }

  static constexpr std::uint32_t kDecoyShare = 16;
};

// One entry of a status list.
struct Slot {
  OrganisationId organisation;
  std::uint32_t list = 0;   // StatusListRow::number
  std::uint32_t index = 0;  // position in the list
  auto operator<=>(const Slot&) const = default;
};

// What is about to be signed. Durable before the signature; gone when the credential is durable or the attempt is void.
struct IntentRow {
  OrganisationId organisation;
  RequestId request;
  Digest request_digest;  // of what was asked; the same id with another digest is refused
  PersonId person;
  std::string kind;
  Slot slot;
  Instant at;
};

enum class CredentialState : std::uint8_t { kCurrent = 0, kSuspended = 1, kRevoked = 2 };

struct CredentialRow {
  OrganisationId organisation;
  CredentialId id;
  PersonId person;
  std::string kind;
  std::string sealed_token;  // SD-JWT VC with all disclosures, sealed; empty when it was erased
  Slot slot;
  Instant issued_at;
  Instant expires_at;
  RequestId request;
  CredentialState state = CredentialState::kCurrent;
  std::string state_reason;  // word of why it was suspended or revoked
  Instant state_at;
  std::string kid = {};  // of the key that signed it; empty in rows of schema 2, whose token names it
};

// The answer a request id was given; repeating the request repeats the answer.
struct AnswerRow {
  OrganisationId organisation;
  RequestId request;
  Digest request_digest;
  std::string answer;  // opaque to the store
  Instant at;
};

struct ChallengeRow {
  std::string nonce;
  OrganisationId audience;
  Instant expires_at;
};

// A document the registrar maintains (registry, taxonomies, role profiles), kept in every version.
struct DocumentRow {
  std::string name;  // "registry", "taxonomy/training", "profile/community-nurse"
  std::uint64_t version = 0;
  std::string text;
  Instant at;
  std::optional<Instant> withdrawn_at = std::nullopt;
};

// The record that stands for a fact now: where a newer one finds the one it takes the place of.
struct StandingRecordRow {
  OrganisationId organisation;
  PersonId person;
  std::string kind;
  Digest identity;  // of the facts that say which fact it is, under the person's data key
  Digest content;   // of all its facts, likewise: equal digests, nothing has changed
  CredentialId credential;
};

// Another name an employer has for a person, for matching rows of files. Only keyed digests are kept.
enum class MatchKind : std::uint8_t {
  kAssignmentNumber = 0,
  kNationalInsuranceNumber = 1,
  kRegistrationNumber = 2,
  kNameAndBirthDate = 3,  // many may have it: never enough alone
  kBirthDate = 4,         // many may have it; a person has one, and another one is a contradiction
};
struct MatchKeyRow {
  OrganisationId organisation;
  MatchKind kind;
  Digest key;
  PersonId person;
};

// A file that is being taken in: staged, reviewed, then issued or dropped.
enum class ImportState : std::uint8_t { kStaging = 0, kStaged = 1, kIssuing = 2, kIssued = 3, kDropped = 4 };
enum class ImportMode : std::uint8_t { kDelta = 0, kFull = 1 };
struct ImportRow {
  OrganisationId organisation;
  RequestId import;    // follows from the file and how it is read
  std::string source;  // word for the series of files: "esr", "learning", 1 to 40 of a-z 0-9 '-'
  ImportMode mode = ImportMode::kDelta;
  std::uint32_t sequence = 0;  // within the series; 0: not numbered
  ImportState state = ImportState::kStaging;
  std::string prepared_by;     // system
  std::string approved_by;     // system; empty until issued
  std::string sealed_checker;  // the person named as checker, sealed
  Instant at;
  std::uint64_t revision = 0;         // counts replacements
  std::uint64_t drafts_revision = 1;  // names what a review shows: counts changes of what the drafts would sign
};

enum class DraftVerdict : std::uint8_t {
  kNew = 0,
  kChanged = 1,    // takes the place of `supersedes`
  kUnchanged = 2,  // nothing to do: `supersedes` says the same, if it is not another row that does
  kRefused = 3,
  kPossibleMatch = 4,  // a person must say who it is
};
enum class DraftState : std::uint8_t { kOpen = 0, kIssued = 1, kSkipped = 2 };
// One record of a file before it is signed.
struct DraftRow {
  OrganisationId organisation;
  RequestId import;
  std::uint64_t line = 0;
  std::uint32_t part = 0;  // a row may hold several records
  RequestId request;
  DraftVerdict verdict = DraftVerdict::kNew;
  DraftState state = DraftState::kOpen;
  std::string kind;
  std::optional<PersonId> person;  // nothing until it is known who it is
  std::string sealed_fields;       // the record's facts and the row's keys, sealed
  std::optional<CredentialId> supersedes;
  std::string reason;                      // word of a Reason when refused
  std::string detail;                      // names fields and limits, never values
  std::optional<CredentialId> credential;  // once issued
  Digest number{};                         // keyed digest of the row's employee number: under whose key it is sealed
};

// The last file of a series that was issued.
struct ImportSeriesRow {
  OrganisationId organisation;
  std::string source;
  std::uint32_t sequence = 0;
  RequestId import;
};

// That somebody relied on something. What it was is in the receipt, sealed; what is counted for the region stands in
// clear and names nobody.
struct RelianceEntry {
  OrganisationId organisation;  // who relied
  Instant at;
  std::string subject;  // thumbprint of the holder's key
  std::string purpose;
  std::string profile;  // empty when no role was decided
  int profile_version = 0;
  std::string outcome;                 // word
  std::vector<std::string> reasons;    // words of lines that were not met or could not be told
  std::vector<std::string> elsewhere;  // kinds of met records that another organisation signed: checks not repeated
  Digest receipt_digest{};
  std::string sealed_receipt;  // empty when it was erased
  std::string share = {};      // id of the share that was looked into, or ids parted by spaces; empty where none was
};
struct RelianceRow {
  RelianceEntry entry;
  RelianceLink link;  // credential/evidence: its place in the chains
};

// A named person's decision to go on regardless. It stands beside a reliance row and changes nothing of it.
struct OverrideRow {
  OrganisationId organisation;
  RequestId id;
  std::uint64_t reliance = 0;  // sequence of the row it stands beside
  std::string subject;
  std::string profile;
  std::string reason;        // word of the list override_reason
  std::string sealed_words;  // the named person and their words, sealed; empty when they were erased
  std::string by;            // system
  Instant from;
  Instant until;
};

// Where the audit trail of one actor has got to.
struct AuditEnd {
  std::string actor;
  std::uint64_t sequence = 0;  // AuditRow::actor_sequence
  Digest hash{};
};

// Something others may want to hear of; says "look again", not what happened to whom.
struct EventEntry {
  Instant at;
  std::string type;    // "credential.issued", "credential.revoked", "registry.published", ...
  std::string object;  // opaque id
  std::optional<OrganisationId> organisation = {};  // whose the object is, where that is needed to find it
};
struct EventRow {
  std::uint64_t sequence = 0;
  EventEntry entry;
};

}  // namespace passport
