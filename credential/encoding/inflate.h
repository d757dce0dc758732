// ZLIB streams (RFC 1950), as status lists carry them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

// Restores the bytes of one complete ZLIB stream. Memory is bounded by `output_bytes_max` whatever the input promises.
// Fails with kLimit when the output would be larger, with kMalformed for anything but one whole stream with a matching
// Adler-32, without preset dictionary and without bytes after it (check TSL-14).
Result<std::vector<std::uint8_t>> Inflate(std::span<const std::uint8_t> stream, std::size_t output_bytes_max);

// One ZLIB stream of the bytes. Level 1 to 9; 6 costs a fourteenth of 9 on a status list and is a few per cent larger.
std::vector<std::uint8_t> Deflate(std::span<const std::uint8_t> bytes, int level);

}  // namespace passport
