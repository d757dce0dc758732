#include "keys/key_info.h"

namespace passport {

Result<KeyOwner> KeyOwner::Parse(std::string_view text) {
  if (text == kService) return Service();
  TRY_ASSIGN(const OrganisationId organisation, OrganisationId::Parse(text));
  return KeyOwner(organisation);
}

}  // namespace passport
