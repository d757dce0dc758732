#include "credential/evidence/receipt.h"

#include <algorithm>
#include <utility>

#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "credential/evidence/receipt_json.h"
#include "credential/evidence/receipt_key.h"
#include "credential/evidence/receipt_truth.h"

namespace passport {
namespace {

ReceiptRecord ToReceipt(const PresentedRecord& record) {
  ReceiptRecord kept{.credential = record.credential,
                     .kind = std::string(record.record.kind().word),
                     .issuer = record.issuer,
                     .issuer_name = record.issuer_name,
                     .issuer_kid = record.issuer_kid,
                     .responsible = record.responsible,
                     .issued_at = record.issued_at,
                     .standing = std::string(WordOf(record.standing)),
                     .status_as_of = record.standing == Standing::kCannotTell ? Instant{} : record.status_as_of,
                     .facts = {}};
  for (const Fact& fact : record.record.facts()) kept.facts.emplace_back(fact.rule->name, fact.value);
  return kept;
}

void AddDecision(const Decision& decision, ReceiptContent& content) {
  content.profile = decision.profile;
  content.profile_version = decision.profile_version;
  content.profile_digest = EncodeBase64Url(decision.profile_digest);
  content.place = decision.duty.place().text();
  content.engagement = WordOf(decision.duty.engagement());
  content.starts_at = decision.duty.starts_at();
  content.ends_at = decision.duty.ends_at();
  content.outcome = WordOf(decision.outcome);
  content.decided_at = decision.decided_at;
  for (const DecisionLine& line : decision.lines) {
    content.lines.push_back({.requirement = line.requirement,
                             .needs = line.needs,
                             .outcome = std::string(WordOf(line.outcome)),
                             .reason = std::string(WordOf(line.reason)),
                             .relied_on = line.relied_on,
                             .holds_through = line.holds_through});
  }
}

// What is said where nothing may be said of why: no record was shown to whoever has the answer.
Reason GeneralReason(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMet:
      return Reason::kNone;
    case Outcome::kMetExpiring:
      return Reason::kEndsTooSoon;
    case Outcome::kCannotTell:
      return Reason::kStatusUnknown;
    case Outcome::kNotMet:
      return Reason::kRecordMissing;
  }
  return Reason::kRecordMissing;
}

ReceiptContent ReceiptOf(const Reliance& reliance, const VerifiedRecords& records, const std::string& holder) {
  ReceiptContent content{.receiver = reliance.receiver};
  content.subject = holder;
  content.purpose = reliance.purpose;
  content.agreement = reliance.agreement;
  content.outcome = WordOf(records.WorstStanding());
  content.snapshot_id = records.snapshot_id();
  content.registry_sequence = records.registry_sequence();
  content.decided_at = records.verified_at();
  for (const PresentedRecord& record : records.records()) content.records.push_back(ToReceipt(record));
  return content;
}

}  // namespace

ReceiptContent MakeReceipt(const Reliance& reliance, const VerifiedPresentation& presentation,
                           const std::optional<Decision>& decision) {
  ReceiptContent content = ReceiptOf(reliance, presentation, presentation.holder());
  if (decision) AddDecision(*decision, content);
  return content;
}

ReceiptContent MakeReceipt(const Reliance& reliance, const RosterRecords& records, const Decision& decision) {
  ReceiptContent content = ReceiptOf(reliance, records, records.holder());
  AddDecision(decision, content);
  return content;
}

ReceiptContent MakeAnswerReceipt(const Reliance& reliance, const VerifiedPresentation& presentation,
                                 const Decision& decision) {
  ReceiptContent content = MakeReceipt(reliance, presentation, decision);
  content.records.clear();
  const bool met = decision.outcome == Outcome::kMet || decision.outcome == Outcome::kMetExpiring;
  content.lines = {{.requirement = "answer",
                    .needs = "the role as a whole; the answer alone was given",
                    .outcome = std::string(WordOf(decision.outcome)),
                    .reason = std::string(WordOf(GeneralReason(decision.outcome))),
                    .relied_on = {},
                    .holds_through = met ? decision.holds_through() : std::nullopt}};
  return content;
}

Result<std::string> SignReceipt(const ReceiptContent& content, KeyReference key, Signer& receipt_key) {
  TRY(CheckReceipt(content));
  const std::string payload = WriteReceipt(content);
  if (Base64UrlLength(payload.size()) + kReceiptHeaderBytesMax > kReceiptBytesMax)
    return Fault{Reason::kLimit, "", "receipt: longer than 512 KiB"};
  json::Tree tree;
  TRY(tree.Parse(payload, kReceiptJson));  // nothing is signed that a reader would refuse
  return SignJws(JwsHeader(kReceiptTyp, key), payload, receipt_key);
}

namespace {

Result<ReceiptContent> ReadWith(std::string_view token, const TrustRegistry& registry,
                                std::optional<Instant> vouched_at) {
  json::Tree tree;
  TRY_ASSIGN(const ReceiptKeyProof proof, VerifyWithReceiptKey(token, kReceiptTyp, "receipt", registry, tree));
  TRY_ASSIGN(ReceiptContent content, ReadReceiptPayload(*proof.payload));
  TRY(CheckInUse(*proof.key, content.decided_at, "receipt"));
  TRY(CheckNotCompromised(*proof.key, vouched_at, "receipt"));
  TRY(CheckReceipt(content));
  return content;
}

}  // namespace

Result<ReceiptContent> ReadReceipt(std::string_view token, const TrustRegistry& registry) {
  return ReadWith(token, registry, std::nullopt);
}

Result<ReceiptContent> ReadChainedReceipt(std::string_view token, const TrustRegistry& registry, Instant chained_at) {
  return ReadWith(token, registry, chained_at);
}

}  // namespace passport
