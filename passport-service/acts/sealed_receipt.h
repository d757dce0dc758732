// Receipts as they lie in the store: sealed under the key of whom they are about at whoever relied on them.
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/person_vault.h"

namespace passport {

// Fails as PersonVault::Seal.
Result<std::string> SealReceipt(PersonVault& vault, const RelianceEntry& entry, std::string_view receipt);
// The receipt of a row; nothing when it was erased. Fails as PersonVault::Open, and with kEvidence when it is not the
// one the row names.
Result<std::optional<std::string>> UnsealReceipt(PersonVault& vault, const RelianceEntry& entry);

}  // namespace passport
