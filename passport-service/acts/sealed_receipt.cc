#include "passport-service/acts/sealed_receipt.h"

namespace passport {
namespace {

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string ContextOf(const RelianceEntry& entry) {
  return "reliance " + entry.organisation.text() + " " + entry.subject;
}

}  // namespace

Result<std::string> SealReceipt(const KeyStore& keys, const RelianceEntry& entry, std::string_view receipt) {
  TRY_ASSIGN(const std::vector<std::uint8_t> sealed, keys.Seal(BytesOf(receipt), BytesOf(ContextOf(entry))));
  return std::string(sealed.begin(), sealed.end());
}

Result<std::string> UnsealReceipt(const KeyStore& keys, const RelianceEntry& entry) {
  if (entry.sealed_receipt.empty()) return std::string();
  TRY_ASSIGN(const Secret opened, keys.Unseal(BytesOf(entry.sealed_receipt), BytesOf(ContextOf(entry))));
  std::string receipt(opened.bytes().begin(), opened.bytes().end());
  if (Sha256(receipt) != entry.receipt_digest)
    return Fault{Reason::kEvidence, "", "a stored receipt is not the one its row names"};
  return receipt;
}

}  // namespace passport
