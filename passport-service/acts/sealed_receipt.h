// Receipts as they lie in the store: sealed, bound to who relied on them and whom they are about.
#pragma once

#include <string>

#include "keys/file_key_store.h"
#include "passport-service/ports/rows.h"

namespace passport {

// Fails as FileKeyStore::Seal.
Result<std::string> SealReceipt(const FileKeyStore& keys, const RelianceEntry& entry, std::string_view receipt);
// The receipt of a row; empty when it was erased. Fails as FileKeyStore::Unseal, and with kEvidence when it is not the
// one the row names.
Result<std::string> UnsealReceipt(const FileKeyStore& keys, const RelianceEntry& entry);

}  // namespace passport
