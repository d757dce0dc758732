#include "credential/encoding/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace passport {
namespace {

TEST(Utf8, TheFirstCodePointIsReadInItsShortestForm) {
  const struct {
    std::string_view text;
    char32_t value;
    std::size_t bytes;
  } good[] = {{"a", 'a', 1},
              {"\xC2\x80", 0x80, 2},
              {"\xDF\xBFrest", 0x7ff, 2},
              {"\xE0\xA0\x80", 0x800, 3},
              {"\xED\x9F\xBF", 0xd7ff, 3},
              {"\xEE\x80\x80", 0xe000, 3},
              {"\xF0\x90\x80\x80", 0x10000, 4},
              {"\xF4\x8F\xBF\xBF", 0x10ffff, 4}};
  for (const auto& row : good) {
    EXPECT_EQ(FirstCodePoint(row.text).value, row.value) << row.bytes;
    EXPECT_EQ(FirstCodePoint(row.text).bytes, row.bytes);
    EXPECT_EQ(FirstByteNotUtf8(row.text), std::nullopt);
  }
  EXPECT_EQ(FirstCodePoint(std::string_view("\0", 1)).bytes, 1U);
}

TEST(Utf8, NearMissesAreNoCodePoint) {
  for (const std::string_view text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2 ", "\xE0\x9F\xBF", "\xE2\x80", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xF0\x90\x80"}) {
    EXPECT_EQ(FirstCodePoint(text).bytes, 0U);
    EXPECT_EQ(FirstByteNotUtf8("ok" + std::string(text)), 2U);
  }
}

TEST(Utf8, WhatSteersAScreenIsKnown) {
  for (const char32_t point :
       {0x00U, 0x1bU, 0x7fU, 0x80U, 0x9fU, 0x61cU, 0x200eU, 0x200fU, 0x2028U, 0x202eU, 0x2066U, 0x2069U})
    EXPECT_TRUE(SteersText(point)) << static_cast<unsigned>(point);
  for (const char32_t point :
       {0x20U, 0x7eU, 0xa0U, 0x61bU, 0x200dU, 0x2010U, 0x2027U, 0x202fU, 0x2065U, 0x206aU, 0x1f600U})
    EXPECT_FALSE(SteersText(point)) << static_cast<unsigned>(point);
}

}  // namespace
}  // namespace passport
