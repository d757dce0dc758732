// Whether a receipt is true to itself: what it concludes follows from what it lists.
#pragma once

#include "credential/evidence/receipt.h"

namespace passport {

// Clocks of those who sign records, statuses and receipts differ by no more than this.
inline constexpr Seconds kReceiptLeeway{600};

// Fails with kEvidence naming what does not follow.
Result<void> CheckReceipt(const ReceiptContent& content);

}  // namespace passport
