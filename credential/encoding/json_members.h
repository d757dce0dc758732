// Which members an object may have: one we do not understand may restrict what we would allow.
#pragma once

#include <algorithm>

#include "credential/encoding/json.h"

namespace passport::json {

// The first member of an object whose name is not among the known ones, or null. `Names` is a list of string views.
template <class Names>
const Value* FirstUnknown(const Value& object, const Names& known) {
  for (const Value& member : object) {
    if (std::find(known.begin(), known.end(), member.name()) == known.end()) return &member;
  }
  return nullptr;
}

}  // namespace passport::json
