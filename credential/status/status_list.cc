#include "credential/status/status_list.h"

#include "credential/encoding/inflate.h"

namespace passport {
namespace {

constexpr unsigned kByteBits = 8;

bool IsWidth(int bits) { return bits == 1 || bits == 2 || bits == 4 || bits == 8; }

Fault PastTheEnd() { return {Reason::kStatus, "TSL-15", "status index past the end of the list"}; }

// Where an entry stands. `index` is below size(), so the byte is below bytes().size().
struct Place {
  std::size_t byte;
  unsigned shift;
};
Place PlaceOf(std::uint64_t index, int bits) {
  const auto width = static_cast<unsigned>(bits);
  const unsigned per_byte = kByteBits / width;
  return {.byte = static_cast<std::size_t>(index / per_byte), .shift = static_cast<unsigned>(index % per_byte) * width};
}

unsigned MaskOf(int bits) { return (1U << static_cast<unsigned>(bits)) - 1; }

}  // namespace

Result<StatusList> StatusList::Make(int bits, std::size_t entries) {
  if (!IsWidth(bits)) return Fault{Reason::kFieldInvalid, "TSL-13", "bits of a status list are not 1, 2, 4 or 8"};
  const std::size_t per_byte = kByteBits / static_cast<unsigned>(bits);
  if (entries == 0 || entries % per_byte != 0) {
    return Fault{Reason::kFieldInvalid, "", "entries of a status list do not fill whole bytes"};
  }
  if (entries / per_byte > kStatusInflatedBytesMax) return Fault{Reason::kLimit, "", "status list larger than 8 MiB"};
  return StatusList(bits, std::vector<std::uint8_t>(entries / per_byte));
}

Result<StatusList> StatusList::Decode(int bits, std::span<const std::uint8_t> zlib_stream,
                                      std::size_t inflated_bytes_max) {
  if (!IsWidth(bits)) return Fault{Reason::kStatus, "TSL-13", "bits are not 1, 2, 4 or 8"};
  Result<std::vector<std::uint8_t>> bytes = Inflate(zlib_stream, inflated_bytes_max);
  if (!bytes.ok()) {
    Fault fault = std::move(bytes).fault();
    if (fault.reason != Reason::kLimit) fault.reason = Reason::kStatus;
    return fault;
  }
  return StatusList(bits, std::move(bytes).value());
}

Result<std::uint8_t> StatusList::At(std::uint64_t index) const {
  if (index >= size()) return PastTheEnd();
  const Place place = PlaceOf(index, bits_);
  return static_cast<std::uint8_t>((bytes_[place.byte] >> place.shift) & MaskOf(bits_));
}

Result<void> StatusList::Set(std::uint64_t index, std::uint8_t value) {
  if (index >= size()) return PastTheEnd();
  if (value > MaskOf(bits_)) return Fault{Reason::kFieldInvalid, "", "status value does not fit into the list's bits"};
  const Place place = PlaceOf(index, bits_);
  std::uint8_t& byte = bytes_[place.byte];
  byte = static_cast<std::uint8_t>((byte & ~(MaskOf(bits_) << place.shift)) |
                                   (static_cast<unsigned>(value) << place.shift));
  return {};
}

std::vector<std::uint8_t> StatusList::Encode(int zlib_level) const { return Deflate(bytes_, zlib_level); }

}  // namespace passport
