#include "passport-service/acts/kept_reliance.h"

#include <algorithm>

#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/sealed_receipt.h"

namespace passport {
namespace {

// What is counted for the region, and names nobody.
RelianceEntry EntryOf(const ReceiptContent& receipt) {
  RelianceEntry entry{.organisation = receipt.receiver,
                      .at = receipt.decided_at,
                      .subject = receipt.subject,
                      .purpose = receipt.purpose,
                      .profile = receipt.profile.value_or(""),
                      .profile_version = receipt.profile_version,
                      .outcome = receipt.outcome,
                      .reasons = {},
                      .elsewhere = {},
                      .receipt_digest = {},
                      .sealed_receipt = {}};
  const auto add = [](std::vector<std::string>& words, const std::string& word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  };
  for (const ReceiptLine& line : receipt.lines) {
    const bool met = line.outcome == WordOf(Outcome::kMet) || line.outcome == WordOf(Outcome::kMetExpiring);
    if (!met) add(entry.reasons, line.reason);
    if (!met) continue;
    for (const CredentialId& id : line.relied_on) {
      const auto record = std::find_if(receipt.records.begin(), receipt.records.end(),
                                       [&](const ReceiptRecord& each) { return each.credential == id; });
      if (record != receipt.records.end() && record->issuer != receipt.receiver) add(entry.elsewhere, record->kind);
    }
  }
  return entry;
}

}  // namespace

Result<Duty> DutyOf(const OrganisationId& receiver, const AskedShift& shift, Instant now) {
  if (shift.starts_at.has_value() != shift.ends_at.has_value())
    return Fault{Reason::kFieldInvalid, "", "a shift needs both its start and its end"};
  if (shift.starts_at && shift.day) return Fault{Reason::kFieldInvalid, "", "a day and a shift exclude each other"};
  const CivilDay day = shift.day.value_or(CivilDay::InLondon(now));
  return Duty::Make({.receiver = receiver,
                     .place = shift.place.value_or(receiver),
                     .engagement = shift.engagement,
                     .starts_at = shift.starts_at.value_or(day.StartInLondon()),
                     .ends_at = shift.ends_at.value_or(day.PlusDays(1).StartInLondon())});
}

bool IsPurposeWord(std::string_view text) {
  return text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

Result<void> CheckAgreement(std::string_view text) {
  const bool good = text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                             c == '-' || c == '/' || c == '_';
                    });
  if (good) return {};
  return Fault{Reason::kFieldInvalid, "", "agreement is not at most 40 letters, digits, '.', '-', '/' or '_'"};
}

Result<KeptReliance::Made> KeptReliance::Make(const Reliance& reliance, const VerifiedPresentation& presentation,
                                              const std::optional<Decision>& decision, const std::string& share,
                                              Instant now) {
  return Keep(MakeReceipt(reliance, presentation, decision), share, now);
}

Result<KeptReliance::Made> KeptReliance::Make(const Reliance& reliance, const RosterRecords& records,
                                              const Decision& decision, const std::string& shares, Instant now) {
  return Keep(MakeReceipt(reliance, records, decision), shares, now);
}

Result<KeptReliance::Made> KeptReliance::MakeOfAnswer(const Reliance& reliance,
                                                      const VerifiedPresentation& presentation,
                                                      const Decision& decision, const std::string& share, Instant now) {
  return Keep(MakeAnswerReceipt(reliance, presentation, decision), share, now);
}

Result<KeptReliance::Made> KeptReliance::Keep(const ReceiptContent& content, const std::string& share, Instant now) {
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys_, store_, KeyOwner::Service(), KeyRole::kReceipt));
  TRY_ASSIGN(std::string receipt, SignReceipt(content, key.reference(), *key.signer));
  RelianceEntry entry = EntryOf(content);
  entry.at = now;
  entry.share = share;
  entry.receipt_digest = Sha256(receipt);
  TRY_ASSIGN(entry.sealed_receipt, SealReceipt(vault_, entry, receipt));
  return Made{.receipt = std::move(receipt), .entry = std::move(entry)};
}

Result<std::uint64_t> KeptReliance::PlaceOf(const RelianceEntry& entry, const std::optional<RelianceLink>& last) {
  constexpr std::size_t kPage = 100;
  std::uint64_t after = last ? last->subject_sequence : 0;
  while (true) {
    TRY_ASSIGN(const Page<RelianceRow> page, store_.ReliancesOn(entry.organisation, entry.subject, after, kPage));
    for (const RelianceRow& row : page.rows) {
      if (row.entry.receipt_digest == entry.receipt_digest) return row.link.sequence;
      after = row.link.subject_sequence;
    }
    if (page.next.empty() || page.rows.empty())
      return Fault{Reason::kStoreUnavailable, "", "a reliance row that was written is not there"};
  }
}

}  // namespace passport
