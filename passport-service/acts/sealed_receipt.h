// Receipts as they lie in the store: sealed, bound to who relied on them and whom they are about.
#pragma once

#include <string>

#include "keys/key_store.h"
#include "passport-service/ports/rows.h"

namespace passport {

// Fails as KeyStore::Seal.
Result<std::string> SealReceipt(const KeyStore& keys, const RelianceEntry& entry, std::string_view receipt);
// The receipt of a row; empty when it was erased. Fails as KeyStore::Unseal, and with kEvidence when it is not the
// one the row names.
Result<std::string> UnsealReceipt(const KeyStore& keys, const RelianceEntry& entry);

}  // namespace passport
