#include "credential/presentation/verified_presentation.h"

#include <algorithm>
#include <set>
#include <utility>

#include "credential/credential/credential.h"
#include "credential/credential/verify_credential.h"
#include "credential/crypto/jwk.h"

namespace passport {
namespace {

// Every type we know a schema for.
const std::vector<std::string>& KnownTypes() {
  static const std::vector<std::string> types = [] {
    std::vector<std::string> all;
    for (const RecordKind* kind : AllRecordKinds()) all.emplace_back(kind->vct);
    return all;
  }();
  return types;
}

// A snapshot as the source of statuses for one verification.
class SnapshotStatuses final : public StatusSource {
 public:
  explicit SnapshotStatuses(const TrustSnapshot& snapshot) : snapshot_(snapshot) {}
  Result<StatusReading> Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) override {
    return snapshot_.Read(reference, issuer, at);
  }

 private:
  const TrustSnapshot& snapshot_;
};

struct Judged {
  Standing standing;
  Reason reason;
  Instant as_of;
};

Judged Judge(const Result<StatusReading>& status) {
  if (!status.ok()) return {Standing::kCannotTell, status.fault().reason, {}};
  switch (status->value) {
    case 0:
      return {Standing::kGood, Reason::kNone, status->as_of};
    case 1:
      return {Standing::kRevoked, Reason::kRevoked, status->as_of};
    case 2:
      return {Standing::kSuspended, Reason::kSuspended, status->as_of};
    default:
      return {Standing::kCannotTell, Reason::kStatus, status->as_of};
  }
}

std::string PurposeOf(const KeyBindingProof& proof) {
  const json::Value* purpose = proof.claims->Find("purpose");
  return purpose != nullptr && purpose->is_string() ? std::string(*purpose->text()) : std::string();
}

struct One {
  PresentedRecord record;
  P256Point holder;
  std::string purpose;
};

Result<One> VerifyOne(std::string_view token, const Expectation& expected, const TrustSnapshot& snapshot, Instant now) {
  const CredentialExpectation expectation{.now = now,
                                          .leeway = expected.leeway,
                                          .allowed_algs = Es256Only(),
                                          .key_binding = RequireKeyBinding{.audience = expected.audience,
                                                                           .nonce = expected.nonce,
                                                                           .proof_age_max = expected.proof_age_max},
                                          .limits = kSdJwtLimits,
                                          .requested_vcts = KnownTypes()};
  SnapshotStatuses statuses(snapshot);
  json::Tree tree;
  TRY_ASSIGN(const VerifiedCredential verified,
             VerifyCredential(token, expectation, snapshot.registry(), statuses, tree));
  const RecordKind* kind = FindRecordKindByVct(verified.vct);
  assert(kind != nullptr && verified.key_binding && verified.issuer->organisation);
  TRY_ASSIGN(Record record, Record::FromClaims(*kind, *verified.claims));
  const Judged judged = Judge(verified.status);
  return One{.record = {.credential = CredentialIdOf(verified.signing_input_digest),
                        .issuer = *verified.issuer->organisation,
                        .record = std::move(record),
                        .issued_at = verified.issued_at,
                        .expires_at = verified.expires_at,
                        .standing = judged.standing,
                        .standing_reason = judged.reason,
                        .status_as_of = judged.as_of},
             .holder = verified.key_binding->holder,
             .purpose = PurposeOf(*verified.key_binding)};
}

}  // namespace

Standing VerifiedPresentation::WorstStanding() const {
  const auto any = [&](Standing standing) {
    return std::any_of(records_.begin(), records_.end(),
                       [&](const PresentedRecord& record) { return record.standing == standing; });
  };
  if (any(Standing::kRevoked)) return Standing::kRevoked;
  if (any(Standing::kSuspended)) return Standing::kSuspended;
  if (any(Standing::kCannotTell) || registry_standing_ != Reason::kNone) return Standing::kCannotTell;
  return Standing::kGood;
}

Reason VerifiedPresentation::WorstReason() const {
  const Standing worst = WorstStanding();
  for (const PresentedRecord& record : records_) {
    if (record.standing == worst) return record.standing_reason;
  }
  return registry_standing_;
}

Result<VerifiedPresentation> VerifyPresentation(const Presentation& presentation, const Expectation& expected,
                                                const TrustSnapshot& snapshot, Instant now) {
  VerifiedPresentation verified;
  std::optional<P256Point> holder;
  std::set<CredentialId> seen;
  std::size_t position = 0;
  for (const std::string& token : presentation.credentials) {
    ++position;
    Result<One> one = VerifyOne(token, expected, snapshot, now);
    if (!one.ok()) {
      Fault fault = std::move(one).fault();
      fault.detail = "credential " + std::to_string(position) + ": " + fault.detail;
      return fault;
    }
    if (holder && *holder != one->holder)
      return Fault{Reason::kHolderMismatch, "", "credentials of more than one holder"};
    if (holder && verified.purpose_ != one->purpose)
      return Fault{Reason::kClaims, "", "proofs for more than one purpose"};
    if (!seen.insert(one->record.credential).second) return Fault{Reason::kMalformed, "", "a credential occurs twice"};
    holder = one->holder;
    verified.purpose_ = std::move(one->purpose);
    verified.records_.push_back(std::move(one->record));
  }
  if (!holder) return Fault{Reason::kMalformed, "", "no credential"};
  verified.holder_ = Thumbprint(*holder);
  verified.snapshot_id_ = snapshot.id();
  verified.verified_at_ = now;
  if (const Result<void> age = snapshot.CheckRegistryAge(now); !age.ok())
    verified.registry_standing_ = age.fault().reason;
  return verified;
}

}  // namespace passport
