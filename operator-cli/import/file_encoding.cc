#include "operator-cli/import/file_encoding.h"

#include <algorithm>
#include <array>
#include <optional>

#include "credential/encoding/utf8.h"

namespace passport {
namespace {

constexpr std::uint16_t kUndefined = 0xFFFD;

// 0x80 to 0x9F (Unicode, VENDORS/MICSFT/WINDOWS/CP1252.TXT); the rest is Latin-1.
constexpr std::array<std::uint16_t, 32> kHigh = {
    0x20AC, kUndefined, 0x201A,     0x0192, 0x201E,     0x2026,     0x2020, 0x2021,     0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152,     kUndefined, 0x017D, kUndefined, kUndefined, 0x2018, 0x2019,     0x201C, 0x201D, 0x2022,
    0x2013, 0x2014,     0x02DC,     0x2122, 0x0161,     0x203A,     0x0153, kUndefined, 0x017E, 0x0178};

unsigned PointOf(unsigned char byte) { return byte >= 0x80 && byte <= 0x9F ? kHigh[byte - 0x80U] : byte; }

bool IsAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::size_t> FirstUndefined(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (PointOf(static_cast<unsigned char>(bytes[i])) == kUndefined) return i;
  }
  return std::nullopt;
}

void AppendUtf8(unsigned point, std::string& text) {
  const auto push = [&text](unsigned byte) { text.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    push(point);
  } else if (point < 0x800) {
    push(0xC0U | point >> 6U);
    push(0x80U | (point & 0x3FU));
  } else {
    push(0xE0U | point >> 12U);
    push(0x80U | (point >> 6U & 0x3FU));
    push(0x80U | (point & 0x3FU));
  }
}

Fault Refused(std::uint64_t offset_bytes, const std::string& what) {
  return {Reason::kFileEncoding, "", "at byte offset " + std::to_string(offset_bytes) + " of the file: " + what};
}

}  // namespace

std::string_view WordOf(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kAscii:
      return "ascii";
    case TextEncoding::kUtf8:
      return "utf-8";
    case TextEncoding::kWindows1252:
      return "windows-1252";
  }
  return {};
}

std::string Describe(const FileEncoding& encoding) {
  std::string text(WordOf(encoding.encoding));
  if (encoding.byte_order_mark) return text + ", by its byte order mark";
  if (encoding.decided_on_line != 0) text.append(", by line ").append(std::to_string(encoding.decided_on_line));
  return text;
}

Result<std::string_view> RowDecoder::Decode(const RawRow& row) {
  if (IsAscii(row.bytes)) return row.bytes;
  const std::optional<std::size_t> not_utf8 = FirstByteNotUtf8(row.bytes);
  if (!not_utf8) {
    if (found_.encoding == TextEncoding::kWindows1252) {
      return Refused(row.offset_bytes, "the row is UTF-8, the file is " + Describe(found_));
    }
    if (found_.encoding == TextEncoding::kAscii) found_ = {TextEncoding::kUtf8, false, row.line};
    return row.bytes;
  }
  if (found_.encoding == TextEncoding::kUtf8) {
    return Refused(row.offset_bytes + *not_utf8, "not UTF-8, the file is " + Describe(found_));
  }
  if (const auto undefined = FirstUndefined(row.bytes)) {
    return Refused(row.offset_bytes + *undefined, "a byte that is neither UTF-8 nor defined in Windows-1252");
  }
  if (found_.encoding == TextEncoding::kAscii) found_ = {TextEncoding::kWindows1252, false, row.line};
  const std::string_view text = Readable(row.bytes);
  if (text.size() > kRowBytesMax) {
    return Fault{Reason::kRowTooLong, "",
                 "the row is longer than " + std::to_string(kRowBytesMax) + " bytes when written in UTF-8"};
  }
  return text;
}

std::string_view RowDecoder::Readable(std::string_view bytes) {
  if (!FirstByteNotUtf8(bytes)) return bytes;
  text_.clear();
  for (const char c : bytes) AppendUtf8(PointOf(static_cast<unsigned char>(c)), text_);
  return text_;
}

}  // namespace passport
