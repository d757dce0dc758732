// What a holder agrees to when they answer a request, so that their proof says it: transaction data as OpenID4VP (8.4)
// has it. The proof names the hash of the text as it was sent.
#pragma once

#include <string>
#include <string_view>

namespace passport {

struct ShareTerms {
  std::string_view share;  // id of the request
  std::string_view receiver;
  std::string_view purpose;
  std::string_view keep_through;  // "2026-03-01"; empty: looked at once
};

// base64url of a JSON object with these terms: what the request carries (docs/formats/presentation-request.md).
std::string ShareTransaction(const ShareTerms& terms);
// SHA-256 of it in base64url: what the proof names in transaction_data_hashes.
std::string TransactionHash(std::string_view transaction);

}  // namespace passport
