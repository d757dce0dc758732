// What tests of keys ask and do again and again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "passport-service/acts/keep_keys.h"
#include "tests/service/acts/acts_world.h"

namespace passport {

std::vector<KeyInfo> KeysOf(const KeyStore& keys, const KeyOwner& owner, KeyRole role);
std::size_t Count(const std::vector<KeyInfo>& keys, KeyState state);
// Empty when none is.
std::string ActiveKid(const KeyStore& keys, const KeyOwner& owner, KeyRole role);
// "ok" or the word of the reason.
std::string IssueOne(ActsWorld& world, std::string_view request, const std::string& subject);
// One round of the timer: keys, publication, note.
Result<void> Round(ActsWorld& world, KeepKeys& keep);
Caller OperatorOf(const Caller& caller);

}  // namespace passport
