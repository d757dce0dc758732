// A receipt's payload, written and read (docs/formats/receipt.md). What is read has the right form; whether it is true
// to itself is receipt_truth.h.
#pragma once

#include <string>

#include "credential/encoding/json.h"
#include "credential/evidence/receipt.h"

namespace passport {

std::string WriteReceipt(const ReceiptContent& content);
// Fails with kMalformed naming the member.
Result<ReceiptContent> ReadReceiptPayload(const json::Value& payload);

}  // namespace passport
