#include "wallet-cli/proofs.h"

#include <string>

#include "credential/passport/holder_proof.h"
#include "keys/secret_text.h"

namespace passport {

Result<CallProof::Metadata> KeyProof::For(std::string_view service, std::string_view path, std::string_view request) {
  TRY_ASSIGN(std::string proof, MakeHolderProof(service, {.path = path, .request = request}, clock_(), random_, key_));
  return Metadata{.name = "dpop", .value = std::move(proof)};
}

Result<CallProof::Metadata> CodeProof::For(std::string_view, std::string_view, std::string_view) {
  return Metadata{.name = "passport-code", .value = std::string(TextOf(code_))};
}

}  // namespace passport
