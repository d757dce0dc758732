// Text from outside, made safe to show.
#pragma once

#include <string>
#include <string_view>

namespace passport {

// Control characters (C0, DEL, C1), line separators and marks that turn the direction of writing become \uXXXX, bytes
// that are not UTF-8 become \xXX: a token can neither steer a terminal nor show its claims in another order. JSON stays
// the same JSON, because outside of strings there is nothing to escape.
std::string Printable(std::string_view text);

}  // namespace passport
