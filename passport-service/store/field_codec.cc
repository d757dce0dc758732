#include "passport-service/store/field_codec.h"

#include <algorithm>

#include "passport-service/ports/store.h"

namespace passport {
namespace {

constexpr int kHeaderFailed = 256;

void AppendLength(std::size_t length, std::string& out) {
  while (length >= 0x80) {
    out += static_cast<char>(length % 0x80 + 0x80);
    length /= 0x80;
  }
  out += static_cast<char>(length);
}

// Takes a length off the front; false when there is none in its shortest form below 2^32.
bool TakeLength(std::string_view& rest, std::uint64_t& length) {
  length = 0;
  for (unsigned shift = 0; shift < 35 && !rest.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
    length |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return (byte != 0 || shift == 0) && length <= UINT32_MAX;
  }
  return false;
}

}  // namespace

FieldWriter::FieldWriter(RowKind kind) {
  bytes_ += static_cast<char>(kRowVersion);
  bytes_ += static_cast<char>(kind);
}

FieldWriter& FieldWriter::Text(std::uint8_t field, std::string_view text) {
  bytes_ += static_cast<char>(field);
  AppendLength(text.size(), bytes_);
  bytes_ += text;
  return *this;
}

FieldWriter& FieldWriter::Text(std::uint8_t field, const Digest& digest) {
  return Text(field, std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

FieldWriter& FieldWriter::Number(std::uint8_t field, std::uint64_t number) {
  std::string digits;
  for (int shift = 56; shift >= 0; shift -= 8) {
    const auto byte = static_cast<char>(number >> shift & 0xffU);
    if (byte != 0 || !digits.empty()) digits += byte;
  }
  return Text(field, digits);
}

FieldWriter& FieldWriter::Time(std::uint8_t field, Instant at) {
  std::string digits;
  const auto number = static_cast<std::uint64_t>(at.seconds);
  for (int shift = 56; shift >= 0; shift -= 8) digits += static_cast<char>(number >> shift & 0xffU);
  return Text(field, digits);
}

FieldReader::FieldReader(std::string_view bytes, RowKind kind) : rest_(bytes) {
  const bool ours = bytes.size() >= 2 && static_cast<std::uint8_t>(bytes[0]) == kRowVersion &&
                    static_cast<std::uint8_t>(bytes[1]) == static_cast<std::uint8_t>(kind);
  if (ours) {
    rest_.remove_prefix(2);
  } else {
    failed_ = kHeaderFailed;
    rest_ = {};
  }
}

bool FieldReader::Has(std::uint8_t field) const {
  return !rest_.empty() && static_cast<std::uint8_t>(rest_.front()) == field;
}

std::string_view FieldReader::Text(std::uint8_t field) {
  std::uint64_t length = 0;
  if (!Has(field)) {
    Fail(field);
    return {};
  }
  rest_.remove_prefix(1);
  if (!TakeLength(rest_, length) || length > rest_.size()) {
    Fail(field);
    return {};
  }
  const auto text = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return text;
}

std::uint64_t FieldReader::Number(std::uint8_t field, std::uint64_t max) {
  const auto digits = Text(field);
  std::uint64_t number = 0;
  if (digits.size() > 8 || (!digits.empty() && digits.front() == '\0')) {
    Fail(field);
    return 0;
  }
  for (const char c : digits) number = number << 8 | static_cast<std::uint8_t>(c);
  if (number <= max) return number;
  Fail(field);
  return 0;
}

Instant FieldReader::Time(std::uint8_t field) {
  const auto digits = Text(field);
  if (digits.size() != 8) {
    Fail(field);
    return {};
  }
  std::uint64_t number = 0;
  for (const char c : digits) number = number << 8 | static_cast<std::uint8_t>(c);
  return {static_cast<std::int64_t>(number)};
}

Digest FieldReader::Hash(std::uint8_t field) {
  const auto bytes = Text(field);
  Digest digest{};
  if (bytes.size() == digest.size()) {
    std::transform(bytes.begin(), bytes.end(), digest.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  } else {
    Fail(field);
  }
  return digest;
}

Result<void> FieldReader::End() {
  if (failed_ == kHeaderFailed) {
    return Fault{Reason::kStoreUnavailable, kRowCheck,
                 "a stored row is of another version or kind than its table says"};
  }
  if (failed_ != 0) return Undecodable(static_cast<std::uint8_t>(failed_));
  if (!rest_.empty()) return Undecodable(static_cast<std::uint8_t>(rest_.front()));
  return {};
}

Fault FieldReader::Undecodable(std::uint8_t field) {
  return {Reason::kStoreUnavailable, kRowCheck, "a stored row does not decode at field " + std::to_string(field)};
}

}  // namespace passport
