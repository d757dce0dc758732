// What the suites of the registry share: the small region, and the header that its registry is signed under.
#pragma once

#include <string_view>

#include "tests/credential/trust/trust_world.h"

namespace passport {

inline constexpr std::string_view kHeader = R"({"alg":"ES256","typ":"dsp-trust-list+jwt","kid":"registry-1"})";

inline TrustWorld& World() { return TrustWorld::Get(); }

}  // namespace passport
