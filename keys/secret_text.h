// Secrets that are text: passport codes, keys in PEM.
#pragma once

#include <string_view>

#include "keys/secret.h"

namespace passport {

Secret SecretOf(std::string_view text);

// Lives as long as the secret does. Not for logs, errors or command lines.
std::string_view TextOf(const Secret& secret);

}  // namespace passport
