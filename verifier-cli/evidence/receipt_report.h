// What passport-verify says about a receipt (docs/formats/receipt.md).
#pragma once

#include <string>

#include "credential/evidence/receipt.h"

namespace passport {

// Either what it says, or why it does not hold. One line of JSON.
std::string JsonOf(const Result<ReceiptContent>& receipt);
std::string TextFor(const Result<ReceiptContent>& receipt);

}  // namespace passport
