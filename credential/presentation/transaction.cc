#include "credential/presentation/transaction.h"

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"

namespace passport {

std::string ShareTransaction(const ShareTerms& terms) {
  std::string text = R"({"type":"urn:staff-passport:share:1","credential_ids":["passport"],"share_request_id":)";
  json::WriteString(terms.share, text);
  text += R"(,"receiver":)";
  json::WriteString(terms.receiver, text);
  text += R"(,"purpose":)";
  json::WriteString(terms.purpose, text);
  if (!terms.keep_through.empty()) {
    text += R"(,"keep_through":)";
    json::WriteString(terms.keep_through, text);
  }
  text += '}';
  return EncodeBase64Url(text);
}

std::string TransactionHash(std::string_view transaction) { return Sha256Text(transaction); }

}  // namespace passport
