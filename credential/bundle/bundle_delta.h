// What changed between two bodies, file by file: a list that was signed again is mostly as it was.
#pragma once

#include <string>
#include <string_view>

#include "credential/bundle/bundle_body.h"

namespace passport {

// For each file of the new body, in its order: path length (2 bytes), path, how much of the old file of that path
// stands at its start and at its end (4 bytes each), length of what is between (4 bytes), what is between.
std::string MakeDelta(const PackedFiles& base, const PackedFiles& target);
// The new body, of `size` bytes. Fails with kRegistry when the delta does not make one.
Result<std::string> ApplyDelta(const PackedFiles& base, std::string_view delta, std::uint64_t size);

}  // namespace passport
