#include <cassert>

#include "credential/evidence/evidence_file.h"
#include "credential/evidence/members.h"
#include "credential/evidence/receipt_key.h"

namespace passport {
namespace {

constexpr json::Limits kHeaderJson{
    .bytes = kEvidenceHeaderBytesMax, .depth = 1, .nodes = 8, .string_bytes = kEvidenceHeaderBytesMax, .members = 8};
constexpr json::Limits kItemJson{
    .bytes = kEvidenceItemBytesMax, .depth = 4, .nodes = 5'000, .string_bytes = kReceiptBytesMax, .members = 16};

// Evidence is about the past: a registry of any age reads, and none is from the future.
constexpr Instant kAnyTime{std::int64_t{1} << 53};

Fault Broken(std::string_view what) { return {Reason::kEvidence, "", std::string(what)}; }

Result<EvidenceHead> ReadHead(std::string_view token, const TrustRegistry& registry) {
  json::Tree tree;
  TRY_ASSIGN(const ReceiptKeyProof proof, VerifyWithReceiptKey(token, kEvidenceHeadTyp, "head", registry, tree));
  TRY_ASSIGN(const EvidenceMembers members, EvidenceMembers::Of(*proof.payload, "head",
                                                                {"version", "organisation", "sub", "count", "last",
                                                                 "erased", "overrides", "overrides_digest", "at"}));
  TRY_ASSIGN(const std::uint64_t version, members.Number("version"));
  if (version != 1) return members.Wrong("version", "is not 1");
  TRY_ASSIGN(OrganisationId organisation, members.Organisation("organisation"));
  EvidenceHead head{.organisation = std::move(organisation)};
  if (members.Has("sub")) {
    TRY_ASSIGN(head.subject, members.Text("sub"));
  }
  TRY_ASSIGN(head.count, members.Number("count"));
  TRY_ASSIGN(head.last, members.Sha("last"));
  TRY_ASSIGN(head.erased, members.Number("erased"));
  TRY_ASSIGN(head.overrides, members.Number("overrides"));
  TRY_ASSIGN(head.overrides_digest, members.Sha("overrides_digest"));
  TRY_ASSIGN(head.at, members.Time("at"));
  TRY(CheckInUse(*proof.key, head.at, "head"));
  TRY(CheckNotCompromised(*proof.key, std::nullopt, "head"));
  return head;
}

Result<RelianceLink> ReadLink(const EvidenceMembers& members) {
  RelianceLink link;
  TRY_ASSIGN(link.sequence, members.Number("sequence"));
  TRY_ASSIGN(link.previous, members.Sha("previous"));
  TRY_ASSIGN(link.subject_sequence, members.Number("subject_sequence"));
  TRY_ASSIGN(link.subject_previous, members.Sha("subject_previous"));
  TRY_ASSIGN(link.at, members.Time("at"));
  TRY_ASSIGN(link.subject, members.Text("sub"));
  TRY_ASSIGN(link.receipt_digest, members.Sha("receipt_digest"));
  TRY_ASSIGN(link.hash, members.Sha("hash"));
  return link;
}

Result<EvidenceOverride> ReadOverride(const json::Value& value, std::uint64_t link) {
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(value, "overrides", {"named_person", "reason", "words", "from", "until"}));
  EvidenceOverride one{.link = link, .named_person = {}, .reason = {}, .words = {}, .from = {}, .until = {}};
  TRY_ASSIGN(one.named_person, members.TextOrEmpty("named_person"));
  TRY_ASSIGN(one.reason, members.Text("reason"));
  TRY_ASSIGN(one.words, members.TextOrEmpty("words"));
  TRY_ASSIGN(one.from, members.Time("from"));
  TRY_ASSIGN(one.until, members.Time("until"));
  if (one.until <= one.from) return members.Wrong("until", "is not after from");
  return one;
}

}  // namespace

Result<EvidenceHead> EvidenceCheck::Begin(std::string_view line) {
  assert(!head_);
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const value, tree.Parse(line, kHeaderJson));
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(*value, "evidence header", {"evidence", "head", "registry"}));
  TRY_ASSIGN(const std::uint64_t version, members.Number("evidence"));
  if (version != 1) return members.Wrong("evidence", "is not 1");
  TRY_ASSIGN(const std::string registry, members.Text("registry"));
  TRY_ASSIGN(const std::string head, members.Text("head"));
  TRY_ASSIGN(registry_, TrustRegistry::Read(registry, pinned_, kAnyTime, Seconds{0}));
  TRY_ASSIGN(head_, ReadHead(head, *registry_));
  return *head_;
}

Result<CheckedItem> EvidenceCheck::Next(std::string_view line) {
  assert(head_);
  ++items_;
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(line, kItemJson);
  Result<CheckedItem> item = value.ok() ? Check(**value) : Result<CheckedItem>(value.fault());
  if (item.ok()) return item;
  return Broken("item " + std::to_string(items_) + ": " + item.fault().detail);
}

Result<void> EvidenceCheck::CheckPlace(const RelianceLink& link) const {
  if (items_ > head_->count) return Broken("the chain had ended before, says its head");
  if (LinkHash(head_->organisation, link) != link.hash) return Broken("the link is not what its hash says");
  constexpr Digest kNothing{};
  const bool whole = !head_->subject;
  const std::uint64_t number = whole ? link.sequence : link.subject_sequence;
  const Digest& before = whole ? link.previous : link.subject_previous;
  if (!whole && link.subject != *head_->subject) return Broken("it is about somebody else than the head says");
  if (number != items_) return Broken("another one belongs at this place of the chain");
  if (before != (last_ ? last_->hash : kNothing)) return Broken("it does not follow on the one before");
  if (last_ && link.sequence <= last_->sequence) return Broken("it came before the one before");
  return {};
}

Result<CheckedItem> EvidenceCheck::Check(const json::Value& line) {
  TRY_ASSIGN(const EvidenceMembers members,
             EvidenceMembers::Of(line, "item",
                                 {"sequence", "previous", "subject_sequence", "subject_previous", "at", "sub",
                                  "receipt_digest", "hash", "receipt", "overrides"}));
  CheckedItem item{.link = {}, .receipt = std::nullopt, .overrides = {}};
  TRY_ASSIGN(item.link, ReadLink(members));
  TRY(CheckPlace(item.link));
  TRY_ASSIGN(const std::string token, members.TextOrEmpty("receipt"));
  if (token.empty()) {
    // Else whoever hands the file on could leave out what speaks against them and call it erased.
    if (++erased_ > head_->erased) return Broken("its receipt is missing, and was not erased, says the head");
  } else {
    if (Sha256(token) != item.link.receipt_digest) return Broken("the receipt is not the one of this place");
    TRY_ASSIGN(item.receipt, ReadChainedReceipt(token, *registry_, item.link.at));
    if (item.receipt->receiver != head_->organisation) return Broken("the receipt is of another organisation");
    if (item.receipt->subject != item.link.subject) return Broken("the receipt is about somebody else");
    if (item.receipt->decided_at > item.link.at) return Broken("the receipt is from after its place in the chain");
  }
  if (members.Has("overrides")) {
    TRY_ASSIGN(const json::Value* const overrides, members.Array("overrides"));
    for (const json::Value& value : *overrides) {
      TRY_ASSIGN(EvidenceOverride one, ReadOverride(value, item.link.sequence));
      overrides_.Add(one);
      item.overrides.push_back(std::move(one));
    }
  }
  last_ = item.link;
  return item;
}

Result<void> EvidenceCheck::End() const {
  assert(head_);
  constexpr Digest kNothing{};
  if (items_ != head_->count)
    return Broken("the file ends after " + std::to_string(items_) + " of " + std::to_string(head_->count) + " items");
  if ((last_ ? last_->hash : kNothing) != head_->last) return Broken("the last item is not the one the head names");
  if (erased_ != head_->erased) return Broken("receipts that were erased, says the head, are there");
  if (overrides_.count() != head_->overrides || overrides_.digest() != head_->overrides_digest)
    return Broken("the overrides are not those the head was signed with");
  return {};
}

}  // namespace passport
