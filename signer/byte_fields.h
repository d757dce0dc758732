// Fields one after the other in bytes: numbers big-endian, texts with their length before them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"
#include "keys/secret.h"

namespace passport {

class ByteWriter {
 public:
  ByteWriter() = default;
  ByteWriter(const ByteWriter&) = delete;
  ByteWriter& operator=(const ByteWriter&) = delete;
  ~ByteWriter();  // wipes: what was written may be secret

  void Byte(std::uint8_t value) { bytes_.push_back(value); }
  void Count(std::uint32_t value);
  void Time(Instant at);
  void TimeIfAny(const std::optional<Instant>& at);
  void Bytes(std::span<const std::uint8_t> bytes);
  void Text(std::string_view text);
  // Without a length: both sides know it.
  void Fixed(std::span<const std::uint8_t> bytes);
  Secret Take();

 private:
  void Room(std::size_t more);
  std::vector<std::uint8_t> bytes_;
};

// Reads field by field; once something is missing or too long everything after it is empty, and Ended() says so.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  std::uint8_t Byte();
  std::uint32_t Count();
  Instant Time();
  std::optional<Instant> TimeIfAny();
  std::span<const std::uint8_t> Bytes(std::size_t most);
  std::string_view Text(std::size_t most);
  void Fixed(std::span<std::uint8_t> out);
  void Spoil() { good_ = false; }
  bool good() const { return good_; }
  // Fails with kMalformed unless every field was there and nothing is left.
  Result<void> Ended() const;

 private:
  std::span<const std::uint8_t> Take(std::size_t count);
  std::span<const std::uint8_t> rest_;
  bool good_ = true;
};

}  // namespace passport
