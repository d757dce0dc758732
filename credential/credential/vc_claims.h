// What the claims of every SD-JWT VC must hold, whoever issued it and whatever was asked for.
//
// Pure functions; any thread may call.
#pragma once

#include <string_view>

#include "credential/encoding/json.h"
#include "credential/sdjwt/disclose.h"
#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/result.h"

namespace passport {

// SDVC-04: claims that decide validity stand in the clear, with everything inside them. Fails with kDisclosure.
Result<void> CheckProtectedClaims(const DisclosureReport& report);

// SDVC-02: the type, a string that is not empty. Fails with kVct.
Result<std::string_view> ReadVct(const json::Value& claims);

// SDVC-11: `aka_vcts`, if there, names distinct types other than `vct`. Fails with kMalformed.
Result<void> CheckAliases(const json::Value& claims, std::string_view vct);

// Where the holder's key is (docs/formats/credential.md); kept where nothing is said, as in credentials of before the
// claim. Fails with kClaims for any other word.
inline constexpr std::string_view kHeldAsClaim = "held_as";
Result<HeldAs> ReadHeldAs(const json::Value& claims);

}  // namespace passport
