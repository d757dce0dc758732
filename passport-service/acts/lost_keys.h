// Which of an organisation's credentials a lost key has made worthless.
#pragma once

#include <set>
#include <span>
#include <string>

#include "keys/key_info.h"
#include "passport-service/ports/organisation_standing.h"

namespace passport {

class LostKeys {
 public:
  // Every issue key of the organisation that is compromised; all keys it has while it is compromised itself.
  static LostKeys Of(const OrganisationRow& row, std::span<const KeyInfo> keys, Instant now);

  bool none() const { return !all_ && kids_.empty(); }
  std::size_t count() const { return kids_.size(); }
  // True for a credential that is still in use and was signed with such a key. A row of earlier days does not name its
  // key: it counts as signed with a lost one, because signing once too often does no harm.
  bool Hit(const CredentialRow& credential, Instant now) const;

 private:
  bool all_ = false;
  std::set<std::string, std::less<>> kids_;
};

}  // namespace passport
