// What the files of RebindPassport share.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "passport-service/acts/rebind_passport.h"

namespace passport {

// The one write that ends a key and makes another one good, as it is put together.
struct RebindPassport::Turn {
  Instant now;
  Changes with = {};  // of whoever asked
  Changes changes = {};
  std::vector<DataOwner> owners = {};  // whose data keys it drops
};

// People whose passports this process has in hand, one at a time.
class RebindPassport::InHand {
 public:
  InHand(RebindPassport& act, const std::vector<PersonId>& people);
  InHand(const InHand&) = delete;
  InHand& operator=(const InHand&) = delete;
  ~InHand();
  bool all() const { return all_; }

 private:
  RebindPassport& act_;
  std::vector<PersonId> held_;
  bool all_ = false;
};

std::string_view WordOf(RebindingReason why);

// A credential that is not over and is bound to another key than that one.
Result<bool> IsBoundElsewhere(PersonVault& vault, const CredentialRow& row, const std::string& key, Instant now);

inline void AppendChanges(Changes more, Changes& changes) {
  for (Change& change : more) changes.push_back(std::move(change));
}

}  // namespace passport
