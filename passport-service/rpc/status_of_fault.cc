#include "passport-service/rpc/status_of_fault.h"

#include <algorithm>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace passport {
namespace {

constexpr std::size_t kDetailBytesMax = 500;
constexpr int kRetryAfterS = 1;

// Details are ASCII by the rules of the house; a protobuf string must be UTF-8 and a header short.
std::string Safe(std::string_view text) {
  std::string safe(text.substr(0, kDetailBytesMax));
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return safe;
}

bool RepeatingHelps(Reason reason) {
  const OnTheWire wire = WireOf(reason);
  return wire.concern == Concern::kService && wire.code != grpc::StatusCode::INTERNAL;
}

}  // namespace

OnTheWire WireOf(Reason reason) {
  using grpc::StatusCode;
  switch (reason) {
    case Reason::kMalformed:
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
    case Reason::kVct:
    case Reason::kAud:
    case Reason::kClaims:
    case Reason::kKbMissing:
    case Reason::kKbKey:
    case Reason::kKbSig:
    case Reason::kKbTyp:
    case Reason::kKbAud:
    case Reason::kKbHash:
    case Reason::kHolderMismatch:
      return {StatusCode::INVALID_ARGUMENT, Concern::kPresentation};
    case Reason::kTime:
    case Reason::kIssuer:
    case Reason::kKbTime:
    case Reason::kKbNonce:
    case Reason::kStatus:
    case Reason::kRevoked:
    case Reason::kSuspended:
    case Reason::kStatusStale:
    case Reason::kStatusUnknown:
    case Reason::kRegistry:
      return {StatusCode::FAILED_PRECONDITION, Concern::kPresentation};
    case Reason::kLimit:
      return {StatusCode::RESOURCE_EXHAUSTED, Concern::kPresentation};

    case Reason::kConfig:
    case Reason::kRecordKind:
    case Reason::kRecordField:
    case Reason::kFieldInvalid:
    case Reason::kRequestReused:
    case Reason::kFileUnreadable:
    case Reason::kFileEncoding:
    case Reason::kFileHeader:
    case Reason::kRowFields:
    case Reason::kRowTooLong:
    case Reason::kContentForbidden:
    case Reason::kWordUnknown:
    case Reason::kPossibleMatch:
    case Reason::kPersonConflict:
    case Reason::kEvidence:
    case Reason::kIssuerSuspended:
    case Reason::kCompromised:
      return {StatusCode::INVALID_ARGUMENT, Concern::kRequest};
    case Reason::kRecordMissing:
    case Reason::kTooOld:
    case Reason::kLevelTooLow:
    case Reason::kAssuranceTooLow:
    case Reason::kNotCovered:
    case Reason::kRestricted:
    case Reason::kRecheckDue:
    case Reason::kEndsTooSoon:
    case Reason::kNotYetInForce:
    case Reason::kOwnCheckNeeded:
    case Reason::kPartMissing:
    case Reason::kIssuerNotAccepted:
    case Reason::kExcluded:
    case Reason::kWithdrawn:
    case Reason::kOutOfStep:
    case Reason::kStateConflict:
    case Reason::kKeyState:
      return {StatusCode::FAILED_PRECONDITION, Concern::kRequest};
    case Reason::kCallerUnknown:
    case Reason::kHolderUnknown:
      return {StatusCode::UNAUTHENTICATED, Concern::kRequest};
    case Reason::kNotPermitted:
    case Reason::kSecondPerson:
      return {StatusCode::PERMISSION_DENIED, Concern::kRequest};
    case Reason::kNotFound:
      return {StatusCode::NOT_FOUND, Concern::kRequest};
    case Reason::kAlreadyExists:
      return {StatusCode::ALREADY_EXISTS, Concern::kRequest};

    case Reason::kDeadline:
      return {StatusCode::DEADLINE_EXCEEDED, Concern::kService};
    case Reason::kStoreFull:
    case Reason::kStatusListFull:
    case Reason::kBusy:
      return {StatusCode::RESOURCE_EXHAUSTED, Concern::kService};
    case Reason::kServiceUnreachable:
    case Reason::kStoreUnavailable:
    case Reason::kOutcomeUnknown:
    case Reason::kRegistryStale:
    case Reason::kSigning:
    case Reason::kClockBack:
      return {StatusCode::UNAVAILABLE, Concern::kService};
    case Reason::kDataFolder:
    case Reason::kSchemaNewer:
    case Reason::kStoreOlder:
    case Reason::kKeyStore:
    case Reason::kKeyPermissions:
    case Reason::kPassphrase:
    case Reason::kNone:
      return {StatusCode::INTERNAL, Concern::kService};
  }
  return {StatusCode::INTERNAL, Concern::kService};
}

std::string WireWord(Reason reason) {
  std::string word(WordOf(reason));
  for (char& c : word) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return word;
}

grpc::Status StatusOf(const Fault& fault) {
  const grpc::StatusCode code = WireOf(fault.reason).code;
  const std::string message =
      std::string(TextOf(fault.reason).happened) + (fault.detail.empty() ? "" : " " + Safe(fault.detail));
  google::rpc::ErrorInfo info;
  info.set_reason(WireWord(fault.reason));
  info.set_domain(std::string(kErrorDomain));
  if (!fault.check.empty()) (*info.mutable_metadata())["check"] = Safe(fault.check);
  google::rpc::Status status;
  status.set_code(static_cast<int>(code));
  status.set_message(message);
  status.add_details()->PackFrom(info);
  if (RepeatingHelps(fault.reason)) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(kRetryAfterS);
    status.add_details()->PackFrom(retry);
  }
  return {code, message, status.SerializeAsString()};
}

void Fill(const Fault& fault, staffpassport::v1::Refusal& refusal) {
  const ReasonText& text = TextOf(fault.reason);
  refusal.set_reason(WireWord(fault.reason));
  refusal.set_check(Safe(fault.check));
  refusal.set_detail(Safe(fault.detail));
  refusal.set_happened(std::string(text.happened));
  refusal.set_who(std::string(text.who));
  refusal.set_remedy(std::string(text.remedy));
}

}  // namespace passport
