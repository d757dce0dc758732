// Status lists (Token Status List, draft-20, section 4.1): one small number per credential, packed into bytes.
//
// Entry i stands in byte (i * bits) / 8, the first entry in the least significant bits (TSL-16). A list knows only its
// numbers; what they mean is status_judgement.h, who says so is status_token.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

// The values with a registered meaning that we use; all others are refused (status_judgement.h).
enum class StatusValue : std::uint8_t { kValid = 0, kInvalid = 1, kSuspended = 2 };

// Of one list: 2^23 entries of 8 bits.
inline constexpr std::size_t kStatusInflatedBytesMax = std::size_t{8} << 20;

// Plain data: different lists are independent; one list is shared by threads that only read it.
class StatusList {
 public:
  // All entries kValid. `bits` is 1, 2, 4 or 8, and `entries` at least one and such that they fill whole bytes. Fails
  // with kFieldInvalid, or with kLimit past kStatusInflatedBytesMax.
  static Result<StatusList> Make(int bits, std::size_t entries);
  // Reads the ZLIB stream of a status list. Memory is bounded by `inflated_bytes_max`. Fails with kLimit past it, and
  // otherwise with kStatus (TSL-13, TSL-14).
  static Result<StatusList> Decode(int bits, std::span<const std::uint8_t> zlib_stream, std::size_t inflated_bytes_max);

  // The number at `index`, any 64-bit value. Fails with kStatus past the end (TSL-15): no statement is possible.
  Result<std::uint8_t> At(std::uint64_t index) const;
  // Fails with kStatus past the end (TSL-15), with kFieldInvalid when the value does not fit into bits().
  Result<void> Set(std::uint64_t index, std::uint8_t value);

  int bits() const { return bits_; }
  // Entries, padding included.
  std::uint64_t size() const { return static_cast<std::uint64_t>(bytes_.size()) * 8 / static_cast<unsigned>(bits_); }
  std::span<const std::uint8_t> bytes() const { return bytes_; }
  // One ZLIB stream, for `lst`. Level 1 to 9.
  std::vector<std::uint8_t> Encode(int zlib_level) const;

  bool operator==(const StatusList&) const = default;

 private:
  StatusList(int bits, std::vector<std::uint8_t> bytes) : bits_(bits), bytes_(std::move(bytes)) {}
  int bits_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace passport
