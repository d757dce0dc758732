// A request as a file: what a receiver asks, in the members of docs/formats/presentation-request.md.
#pragma once

#include <string_view>

#include "credential/vocabulary/result.h"
#include "wallet-cli/online/person_answers.h"

namespace passport {

inline constexpr std::size_t kRequestFileBytesMax = std::size_t{64} * 1024;

// Fails with kMalformed or kLimit, and with kFieldInvalid naming the member that is missing or of another form. Members
// that are not known are refused: one of them might ask for more.
Result<ShareRequestAnswer> ReadRequestFile(std::string_view text);

}  // namespace passport
