// base64url without padding (RFC 4648 section 5, as RFC 7515 uses it).
//
// Strict both ways: one byte string has exactly one text. Padding, white space, the other alphabet, a length of 1 mod 4
// and non-zero trailing bits are refused, because a tolerant decoder makes signed tokens malleable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

constexpr std::size_t Base64UrlLength(std::size_t bytes) { return (bytes * 4 + 2) / 3; }
// How many bytes a text of that length stands for.
constexpr std::size_t Base64UrlDecodedLength(std::size_t text) { return text * 3 / 4; }

// Appends the text of `bytes` to `out`.
void AppendBase64Url(std::span<const std::uint8_t> bytes, std::string& out);
std::string EncodeBase64Url(std::span<const std::uint8_t> bytes);
std::string EncodeBase64Url(std::string_view bytes);

// True if every character is of the alphabet; says nothing about length or trailing bits.
bool IsBase64UrlText(std::string_view text);

// Decodes into `out`, which is replaced. Fails with kMalformed.
Result<void> DecodeBase64Url(std::string_view text, std::string& out);
Result<std::vector<std::uint8_t>> DecodeBase64Url(std::string_view text);
// Decodes exactly out.size() bytes. Fails with kMalformed.
Result<void> DecodeBase64UrlInto(std::string_view text, std::span<std::uint8_t> out);

}  // namespace passport
