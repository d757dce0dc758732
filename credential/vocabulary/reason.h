// The one closed list of reasons why something does not hold, is not enough, or could not be done.
//
// A reason reaches replies (google.rpc.ErrorInfo), exit codes, screens and rows of files, so its word is an interface:
// it is never renamed and never reused. Each entry says what happened, who can put it right and what to do. A switch
// over Reason has no default: a new reason does not compile until every place has answered for it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace passport {

enum class Reason : std::uint8_t {
  // Tokens: the words of the "on failure" columns of the verifier checks (docs/checks.md).
  kMalformed,
  kLimit,
  kAlg,
  kTyp,
  kKey,
  kSig,
  kCrit,
  kHeader,
  kSdAlg,
  kDisclosure,
  kDigestDup,
  kUnused,
  kMissing,
  kTime,
  kVct,
  kIssuer,
  kAud,
  kClaims,
  kKbMissing,
  kKbKey,
  kKbSig,
  kKbTyp,
  kKbTime,
  kKbNonce,
  kKbAud,
  kKbHash,
  kStatus,
  kRevoked,
  kSuspended,
  kConfig,
  // Evidence that is too old or out of reach: "cannot tell", never yes.
  kStatusStale,
  kStatusUnknown,
  kRegistryStale,
  // Trust and presentations.
  kRegistry,
  kHolderMismatch,
  // Records.
  kRecordKind,
  kRecordField,
  // Decisions: one line of a role profile.
  kNone,
  kRecordMissing,
  kTooOld,
  kLevelTooLow,
  kAssuranceTooLow,
  kNotCovered,
  kRestricted,
  kRecheckDue,
  kEndsTooSoon,
  kNotYetInForce,
  // Callers and requests.
  kCallerUnknown,
  kNotPermitted,
  kNotFound,
  kFieldInvalid,
  kRequestReused,
  kAlreadyExists,
  kStateConflict,
  kDeadline,
  kServiceUnreachable,
  // The store and the machine under it.
  kStatusListFull,
  kStoreUnavailable,
  kStoreFull,
  kOutcomeUnknown,
  kDataFolder,
  kSchemaNewer,
  // Keys.
  kKeyStore,
  kKeyPermissions,
  kPassphrase,
  kKeyState,
  kSigning,
  // Files that people bring.
  kFileUnreadable,
  kFileEncoding,
  kFileHeader,
  kRowFields,
  kRowTooLong,
  // Records, rules and imports again; words stay where they are.
  kContentForbidden,
  kWordUnknown,
  kOwnCheckNeeded,
  kPartMissing,
  kIssuerNotAccepted,
  kExcluded,
  kWithdrawn,
  kPossibleMatch,
  kPersonConflict,
  kOutOfStep,
  kSecondPerson,
  // Evidence that somebody relied on something, and of what was done.
  kEvidence,
  // A caller that asks for more than its share.
  kBusy,
  // Organisations that come, merge and end.
  kIssuerSuspended,
  kCompromised,
  // A store or a clock that has gone back.
  kStoreOlder,
  kClockBack,
  // A person who calls.
  kHolderUnknown,
};

// What a person needs to act on a reason. All text is ours, ASCII and free of personal data.
struct ReasonText {
  Reason reason;
  std::string_view word;      // stable, lower_snake; ErrorInfo.reason is the same in upper case
  std::string_view happened;  // what happened, one sentence
  std::string_view who;       // who can put it right
  std::string_view remedy;    // what they do
};

// The text of one reason. Never fails.
const ReasonText& TextOf(Reason reason);

// The stable word of one reason.
std::string_view WordOf(Reason reason);

// Every reason once, in the order of the enum; for documents and tests.
std::span<const ReasonText> AllReasons();

}  // namespace passport
