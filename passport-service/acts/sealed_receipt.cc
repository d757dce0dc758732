#include "passport-service/acts/sealed_receipt.h"

namespace passport {
namespace {

constexpr std::string_view kContext = "receipt";

}  // namespace

Result<std::string> SealReceipt(PersonVault& vault, const RelianceEntry& entry, std::string_view receipt) {
  return vault.Seal(owner::Subject(entry.organisation, entry.subject), kContext, receipt);
}

Result<std::optional<std::string>> UnsealReceipt(PersonVault& vault, const RelianceEntry& entry) {
  TRY_ASSIGN(std::optional<std::string> receipt,
             vault.Open(owner::Subject(entry.organisation, entry.subject), kContext, entry.sealed_receipt));
  if (receipt && Sha256(*receipt) != entry.receipt_digest)
    return Fault{Reason::kEvidence, "", "a stored receipt is not the one its row names"};
  return receipt;
}

}  // namespace passport
