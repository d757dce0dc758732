#include "credential/presentation/verified_presentation.h"

#include <algorithm>
#include <set>
#include <utility>

#include "credential/credential/credential.h"
#include "credential/credential/verify_credential.h"
#include "credential/crypto/jwk.h"
#include "credential/sdjwt/key_binding.h"

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

Judged Judge(const Result<StatusReading>& status, Reason issuer_standing, bool expired) {
  const bool revoked = status.ok() && status->value == 1;
  if (expired && !revoked) return {Standing::kCannotTell, Reason::kTime, {}};
  if (issuer_standing != Reason::kNone && !revoked) return {Standing::kCannotTell, issuer_standing, {}};
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

// What the holder's proof is for besides the challenge.
struct ProvenFor {
  std::string purpose;
  std::string transaction;
};

Result<std::string> TransactionOf(const KeyBindingProof& proof) {
  const json::Value* hashes = proof.claims->Find("transaction_data_hashes");
  if (hashes == nullptr) return std::string();
  const bool one = hashes->is_array() && hashes->size() == 1 && hashes->begin()->is_string();
  if (!one) return Fault{Reason::kClaims, "VP-13", "transaction_data_hashes of the KB-JWT is not one hash"};
  return std::string(*hashes->begin()->text());
}

std::string PurposeOf(const KeyBindingProof& proof) {
  const json::Value* purpose = proof.claims->Find("purpose");
  return purpose != nullptr && purpose->is_string() ? std::string(*purpose->text()) : std::string();
}

// What all credentials of one answer are verified with.
struct VerifyTerms {
  const TrustSnapshot& snapshot;
  KeyBinding key_binding;
  Seconds leeway;
  Instant now;
  std::optional<Instant> shown_at = std::nullopt;
};

// One credential that holds, and what its proof says.
struct One {
  PresentedRecord record;
  ProvenFor proven;  // empty without a proof
};

// The holder it is bound to; without a proof the key is read all the same, so that two people never pass for one.
Result<P256Point> HolderOf(const VerifiedCredential& verified, bool proof_required) {
  if (proof_required) return verified.key_binding->holder;
  if (verified.key_binding) return Fault{Reason::kMalformed, "SDJWT-02", "a presentation is not a credential to hold"};
  return ReadHolderKey(*verified.claims);
}

std::optional<ResponsibleParty> ToParty(const RegistryOrganisation* responsible) {
  if (responsible == nullptr) return std::nullopt;
  return ResponsibleParty{.id = responsible->id, .name = responsible->legal_name};
}

Result<One> VerifyOne(std::string_view token, const VerifyTerms& terms) {
  const CredentialExpectation expectation{.now = terms.now,
                                          .leeway = terms.leeway,
                                          .allowed_algs = Es256Only(),
                                          .key_binding = terms.key_binding,
                                          .limits = kSdJwtLimits,
                                          .requested_vcts = KnownTypes(),
                                          .shown_at = terms.shown_at};
  SnapshotStatuses statuses(terms.snapshot);
  json::Tree tree;
  TRY_ASSIGN(const VerifiedCredential verified,
             VerifyCredential(token, expectation, terms.snapshot.registry(), statuses, tree, terms.snapshot.memory()));
  TRY_ASSIGN(const P256Point holder, HolderOf(verified, std::holds_alternative<RequireKeyBinding>(terms.key_binding)));
  const RecordKind* kind = FindRecordKindByVct(verified.vct);
  assert(kind != nullptr && verified.issuer->organisation);
  TRY_ASSIGN(Record record, Record::FromClaims(*kind, *verified.claims));
  const RegistryOrganisation* listed = terms.snapshot.registry().FindOrganisation(*verified.issuer->organisation);
  assert(listed != nullptr);
  const bool expired = verified.expires_at && terms.now >= *verified.expires_at + terms.leeway;
  const Judged judged = Judge(verified.status, verified.issuer_standing, expired);
  ProvenFor proven;
  if (verified.key_binding) {
    proven.purpose = PurposeOf(*verified.key_binding);
    TRY_ASSIGN(proven.transaction, TransactionOf(*verified.key_binding));
  }
  const RegistryOrganisation* responsible = terms.snapshot.registry().Responsible(*verified.issuer, terms.now);
  return One{.record = {.credential = CredentialIdOf(verified.signing_input_digest),
                        .issuer = *verified.issuer->organisation,
                        .issuer_name = listed->legal_name,
                        .issuer_type = listed->type,
                        .responsible = ToParty(responsible),
                        .issuer_kid = std::string(verified.kid),
                        .record = std::move(record),
                        .holder = Thumbprint(holder),
                        .held_as = verified.held_as,
                        .issued_at = verified.issued_at,
                        .expires_at = verified.expires_at,
                        .standing = judged.standing,
                        .standing_reason = judged.reason,
                        .status_as_of = judged.as_of},
             .proven = std::move(proven)};
}

// Credentials of one person: each one holds, all are bound to one holder and shown for one purpose.
struct Verified {
  std::vector<PresentedRecord> records;
  ProvenFor proven;
};

Result<Verified> VerifyAll(std::span<const std::string> tokens, const VerifyTerms& terms) {
  Verified all;
  std::set<CredentialId> seen;
  for (const std::string& token : tokens) {
    Result<One> one = VerifyOne(token, terms);
    if (!one.ok()) {
      Fault fault = std::move(one).fault();
      fault.detail = "credential " + std::to_string(all.records.size() + 1) + ": " + fault.detail;
      return fault;
    }
    if (!all.records.empty() && all.records.front().holder != one->record.holder)
      return Fault{Reason::kHolderMismatch, "", "credentials of more than one holder"};
    if (!all.records.empty() && all.proven.purpose != one->proven.purpose)
      return Fault{Reason::kClaims, "", "proofs for more than one purpose"};
    if (!all.records.empty() && all.proven.transaction != one->proven.transaction)
      return Fault{Reason::kClaims, "VP-13", "proofs for more than one transaction"};
    if (!seen.insert(one->record.credential).second) return Fault{Reason::kMalformed, "", "a credential occurs twice"};
    all.proven = std::move(one->proven);
    all.records.push_back(std::move(one->record));
  }
  return all;
}

Reason StandingOf(const TrustSnapshot& snapshot, Instant now) {
  const Result<void> age = snapshot.CheckRegistryAge(now);
  return age.ok() ? Reason::kNone : age.fault().reason;
}

}  // namespace

std::string_view WordOf(Standing standing) {
  switch (standing) {
    case Standing::kGood:
      return "good";
    case Standing::kRevoked:
      return "revoked";
    case Standing::kSuspended:
      return "suspended";
    case Standing::kCannotTell:
      return "cannot_tell";
  }
  return "cannot_tell";
}

Standing VerifiedRecords::WorstStanding() const {
  const auto any = [&](Standing standing) {
    return std::any_of(records_.begin(), records_.end(),
                       [&](const PresentedRecord& record) { return record.standing == standing; });
  };
  if (any(Standing::kRevoked)) return Standing::kRevoked;
  if (any(Standing::kSuspended)) return Standing::kSuspended;
  if (any(Standing::kCannotTell) || registry_standing_ != Reason::kNone) return Standing::kCannotTell;
  return Standing::kGood;
}

Reason VerifiedRecords::WorstReason() const {
  const Standing worst = WorstStanding();
  for (const PresentedRecord& record : records_) {
    if (record.standing == worst) return record.standing_reason;
  }
  return registry_standing_;
}

HeldAs VerifiedPresentation::held_as() const {
  const auto weaker = [](const PresentedRecord& a, const PresentedRecord& b) { return a.held_as < b.held_as; };
  return std::min_element(records_.begin(), records_.end(), weaker)->held_as;
}

Result<VerifiedPresentation> VerifyPresentationGiven(const Presentation& presentation, const Expectation& expected,
                                                     std::optional<Instant> given_at, const TrustSnapshot& snapshot,
                                                     Instant now) {
  const VerifyTerms terms{.snapshot = snapshot,
                          .key_binding = RequireKeyBinding{.audience = expected.audience,
                                                           .nonce = expected.nonce,
                                                           .proof_age_max = expected.proof_age_max},
                          .leeway = expected.leeway,
                          .now = now,
                          .shown_at = given_at};
  TRY_ASSIGN(Verified all, VerifyAll(presentation.credentials, terms));
  if (all.records.empty()) return Fault{Reason::kMalformed, "", "no credential"};
  VerifiedPresentation verified;
  verified.holder_ = all.records.front().holder;
  verified.purpose_ = std::move(all.proven.purpose);
  verified.transaction_ = std::move(all.proven.transaction);
  verified.records_ = std::move(all.records);
  verified.snapshot_id_ = snapshot.id();
  verified.registry_sequence_ = snapshot.registry().sequence();
  verified.verified_at_ = now;
  verified.registry_standing_ = StandingOf(snapshot, now);
  return verified;
}

Result<VerifiedPresentation> VerifyPresentation(const Presentation& presentation, const Expectation& expected,
                                                const TrustSnapshot& snapshot, Instant now) {
  return VerifyPresentationGiven(presentation, expected, std::nullopt, snapshot, now);
}

Result<VerifiedPresentation> VerifyKeptPresentation(const Presentation& presentation, const Expectation& expected,
                                                    Instant given_at, const TrustSnapshot& snapshot, Instant now) {
  return VerifyPresentationGiven(presentation, expected, given_at, snapshot, now);
}

Result<HeldRecords> VerifyHeld(std::span<const std::string> credentials, const TrustSnapshot& snapshot, Seconds leeway,
                               Instant now) {
  const VerifyTerms terms{.snapshot = snapshot, .key_binding = NoKeyBinding{}, .leeway = leeway, .now = now};
  TRY_ASSIGN(Verified all, VerifyAll(credentials, terms));
  HeldRecords held;
  held.records_ = std::move(all.records);
  held.snapshot_id_ = snapshot.id();
  held.registry_sequence_ = snapshot.registry().sequence();
  held.verified_at_ = now;
  held.registry_standing_ = StandingOf(snapshot, now);
  return held;
}

}  // namespace passport
