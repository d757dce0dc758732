// TokenReasonWord: which of our reasons a program outside sees under which word.
#include <cstdlib>

#include "verifier-cli/token/verdict.h"

namespace passport {

std::string_view TokenReasonWord(Reason reason) {
  switch (reason) {
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
    case Reason::kConfig:
      return WordOf(reason);
    case Reason::kStatusStale:
    case Reason::kStatusUnknown:
      return WordOf(Reason::kStatus);
    // None of these is about one token and the trust that came with it.
    case Reason::kRegistryStale:
    case Reason::kRegistry:
    case Reason::kHolderMismatch:
    case Reason::kRecordKind:
    case Reason::kRecordField:
    case Reason::kNone:
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
    case Reason::kDeadline:
    case Reason::kServiceUnreachable:
    case Reason::kStatusListFull:
    case Reason::kStoreUnavailable:
    case Reason::kStoreFull:
    case Reason::kOutcomeUnknown:
    case Reason::kDataFolder:
    case Reason::kSchemaNewer:
    case Reason::kKeyStore:
    case Reason::kKeyPermissions:
    case Reason::kPassphrase:
    case Reason::kKeyState:
    case Reason::kSigning:
    case Reason::kFileUnreadable:
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
    case Reason::kBusy:
    case Reason::kIssuerSuspended:
    case Reason::kCompromised:
    case Reason::kStoreOlder:
    case Reason::kClockBack:
      break;
  }
  std::abort();  // a verifier that answers something else is broken
}

}  // namespace passport
