#include "operator-cli/ending.h"

namespace passport {

Ending EndingOf(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      return Ending::kDone;
    case Reason::kStatusStale:
    case Reason::kStatusUnknown:
    case Reason::kRegistryStale:
    case Reason::kIssuerSuspended:
    case Reason::kCompromised:
    case Reason::kOutcomeUnknown:
      return Ending::kCannotTell;
    case Reason::kConfig:
    case Reason::kKeyPermissions:
    case Reason::kFileUnreadable:
      return Ending::kUsage;
    case Reason::kDeadline:
    case Reason::kServiceUnreachable:
    case Reason::kStatusListFull:
    case Reason::kStoreUnavailable:
    case Reason::kStoreFull:
    case Reason::kDataFolder:
    case Reason::kKeyStore:
    case Reason::kPassphrase:
    case Reason::kSigning:
    case Reason::kBusy:
    case Reason::kStoreOlder:
    case Reason::kClockBack:
      return Ending::kUnavailable;
    case Reason::kMalformed:
    case Reason::kLimit:
    case Reason::kAlg:
    case Reason::kTyp:
    case Reason::kKey:
    case Reason::kSig:
    case Reason::kCrit:
    case Reason::kHeader:
    case Reason::kSdAlg:
    case Reason::kDisclosure:
    case Reason::kDigestDup:
    case Reason::kUnused:
    case Reason::kMissing:
    case Reason::kTime:
    case Reason::kVct:
    case Reason::kIssuer:
    case Reason::kAud:
    case Reason::kClaims:
    case Reason::kKbMissing:
    case Reason::kKbKey:
    case Reason::kKbSig:
    case Reason::kKbTyp:
    case Reason::kKbTime:
    case Reason::kKbNonce:
    case Reason::kKbAud:
    case Reason::kKbHash:
    case Reason::kStatus:
    case Reason::kRevoked:
    case Reason::kSuspended:
    case Reason::kRegistry:
    case Reason::kHolderMismatch:
    case Reason::kRecordKind:
    case Reason::kRecordField:
    case Reason::kRecordMissing:
    case Reason::kTooOld:
    case Reason::kLevelTooLow:
    case Reason::kAssuranceTooLow:
    case Reason::kNotCovered:
    case Reason::kRestricted:
    case Reason::kRecheckDue:
    case Reason::kEndsTooSoon:
    case Reason::kNotYetInForce:
    case Reason::kCallerUnknown:
    case Reason::kHolderUnknown:
    case Reason::kNotPermitted:
    case Reason::kNotFound:
    case Reason::kFieldInvalid:
    case Reason::kRequestReused:
    case Reason::kAlreadyExists:
    case Reason::kStateConflict:
    case Reason::kSchemaNewer:
    case Reason::kKeyState:
    case Reason::kFileEncoding:
    case Reason::kFileHeader:
    case Reason::kRowFields:
    case Reason::kRowTooLong:
    case Reason::kContentForbidden:
    case Reason::kWordUnknown:
    case Reason::kOwnCheckNeeded:
    case Reason::kPartMissing:
    case Reason::kIssuerNotAccepted:
    case Reason::kExcluded:
    case Reason::kWithdrawn:
    case Reason::kPossibleMatch:
    case Reason::kPersonConflict:
    case Reason::kOutOfStep:
    case Reason::kSecondPerson:
    case Reason::kEvidence:
      return Ending::kRefused;
  }
  return Ending::kRefused;
}

Ending EndingOf(VerdictAnswer verdict) {
  switch (verdict) {
    case VerdictAnswer::kValid:
      return Ending::kDone;
    case VerdictAnswer::kNotValid:
      return Ending::kRefused;
    case VerdictAnswer::kCannotTell:
      return Ending::kCannotTell;
  }
  return Ending::kCannotTell;
}

Ending EndingOf(RoleAnswer outcome) {
  switch (outcome) {
    case RoleAnswer::kMet:
    case RoleAnswer::kMetExpiring:
      return Ending::kDone;
    case RoleAnswer::kNotMet:
      return Ending::kRefused;
    case RoleAnswer::kCannotTell:
      return Ending::kCannotTell;
  }
  return Ending::kCannotTell;
}

}  // namespace passport
