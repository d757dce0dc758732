#include "signer/byte_fields.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

// Overwritten through a volatile pointer, so that it is not left out as useless.
void Wipe(std::vector<std::uint8_t>& bytes) {
  volatile std::uint8_t* const at = bytes.data();
  for (std::size_t i = 0; i < bytes.size(); ++i) at[i] = 0;
}

}  // namespace

ByteWriter::~ByteWriter() { Wipe(bytes_); }

// Grows by hand, because a vector that grows by itself leaves its old bytes behind.
void ByteWriter::Room(std::size_t more) {
  if (bytes_.capacity() - bytes_.size() >= more) return;
  std::vector<std::uint8_t> larger;
  larger.reserve(2 * (bytes_.size() + more));
  larger.assign(bytes_.begin(), bytes_.end());
  bytes_.swap(larger);
  Wipe(larger);
}

void ByteWriter::Count(std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) Byte(static_cast<std::uint8_t>(value >> shift));
}

void ByteWriter::Time(Instant at) {
  const auto value = static_cast<std::uint64_t>(at.seconds);
  for (int shift = 56; shift >= 0; shift -= 8) Byte(static_cast<std::uint8_t>(value >> shift));
}

void ByteWriter::TimeIfAny(const std::optional<Instant>& at) {
  Byte(at ? 1 : 0);
  if (at) Time(*at);
}

void ByteWriter::Fixed(std::span<const std::uint8_t> bytes) {
  Room(bytes.size());
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void ByteWriter::Bytes(std::span<const std::uint8_t> bytes) {
  Count(static_cast<std::uint32_t>(bytes.size()));
  Fixed(bytes);
}

void ByteWriter::Text(std::string_view text) {
  Bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Secret ByteWriter::Take() { return Secret(std::span<const std::uint8_t>(bytes_)); }

std::span<const std::uint8_t> ByteReader::Take(std::size_t count) {
  if (!good_ || rest_.size() < count) {
    good_ = false;
    return {};
  }
  const auto taken = rest_.first(count);
  rest_ = rest_.subspan(count);
  return taken;
}

std::uint8_t ByteReader::Byte() {
  const auto taken = Take(1);
  return taken.empty() ? std::uint8_t{0} : taken[0];
}

std::uint32_t ByteReader::Count() {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : Take(4)) value = value << 8 | byte;
  return value;
}

Instant ByteReader::Time() {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : Take(8)) value = value << 8 | byte;
  return {static_cast<std::int64_t>(value)};
}

std::optional<Instant> ByteReader::TimeIfAny() {
  const std::uint8_t there = Byte();
  if (there > 1) good_ = false;
  if (there != 1) return std::nullopt;
  return Time();
}

std::span<const std::uint8_t> ByteReader::Bytes(std::size_t most) {
  const std::uint32_t count = Count();
  if (count > most) good_ = false;
  return Take(count);
}

std::string_view ByteReader::Text(std::size_t most) {
  const auto bytes = Bytes(most);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void ByteReader::Fixed(std::span<std::uint8_t> out) {
  const auto taken = Take(out.size());
  std::copy(taken.begin(), taken.end(), out.begin());
}

Result<void> ByteReader::Ended() const {
  if (good_ && rest_.empty()) return {};
  return Fault{Reason::kMalformed, "", "a message of the signer's protocol is cut, too long or has an unknown value"};
}

}  // namespace passport
