#include "credential/encoding/base64url.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace passport {
namespace {

std::string Decoded(std::string_view text) {
  std::string out = "left over from before";
  EXPECT_TRUE(DecodeBase64Url(text, out).ok()) << text;
  return out;
}

TEST(Base64Url, ReadsAndWritesTheTableOfTheRfc) {
  struct Row {
    std::string_view bytes;
    std::string_view text;
  };
  constexpr Row kRows[] = {{"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
                           {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xbf", "-_-_"},
                           {"\xff", "_w"},     {"\xfb\xf0", "-_A"}};
  for (const Row& row : kRows) {
    EXPECT_EQ(EncodeBase64Url(row.bytes), row.text);
    EXPECT_EQ(Decoded(row.text), row.bytes);
    EXPECT_EQ(Base64UrlLength(row.bytes.size()), row.text.size());
  }
}

TEST(Base64Url, JWT02_RefusesWhatIsNotTheOneText) {
  const std::string nul("Zm9\0", 4);
  struct Row {
    std::string_view what;
    std::string_view text;
  };
  const Row rows[] = {
      {"HOST-17, padding", "Zg=="},
      {"HOST-17, padding of two bytes", "Zm8="},
      {"HOST-17, plus of the other alphabet", "+_-_"},
      {"HOST-17, slash of the other alphabet", "-/-_"},
      {"HOST-17, blank", "Zm 9"},
      {"HOST-17, line feed at the end", "Zm9v\n"},
      {"HOST-17, carriage return", "Zm9\r"},
      {"HOST-17, question mark", "Zm9?"},
      {"HOST-17, NUL", nul},
      {"HOST-17, not ASCII", "Zm\xc3\xa9"},
      {"HOST-17, in the tail of two", "Zm9v?g"},
      {"HOST-17, in the tail of three", "Zm9vYm?"},
      {"HOST-18, unused bits of a tail of two", "Zh"},
      {"HOST-18, all unused bits of a tail of two", "Zv"},
      {"HOST-18, unused bit of a tail of three", "Zm9"},
      {"HOST-18, both unused bits of a tail of three", "Zm_"},
      {"HOST-19, one character", "Z"},
      {"HOST-19, five characters", "Zm9vZ"},
  };
  for (const Row& row : rows) {
    std::string out;
    const Result<void> decoded = DecodeBase64Url(row.text, out);
    ASSERT_FALSE(decoded.ok()) << row.what;
    EXPECT_EQ(decoded.fault().reason, Reason::kMalformed) << row.what;
    EXPECT_EQ(decoded.fault().check, "JWT-02") << row.what;
    EXPECT_FALSE(DecodeBase64Url(row.text).ok()) << row.what;
  }
}

// Of all texts of two and of three characters, exactly one stands for each byte string.
TEST(Base64Url, HasOneTextForEachBytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::set<std::string> ones;
  std::set<std::string> twos;
  std::size_t accepted = 0;
  std::string out;
  for (const char a : kAlphabet) {
    for (const char b : kAlphabet) {
      if (DecodeBase64Url(std::string{a, b}, out).ok()) {
        ++accepted;
        ones.insert(out);
      }
      for (const char c : kAlphabet) {
        if (DecodeBase64Url(std::string{a, b, c}, out).ok()) {
          ++accepted;
          twos.insert(out);
        }
      }
    }
  }
  EXPECT_EQ(ones.size(), 256U);
  EXPECT_EQ(twos.size(), 65536U);
  EXPECT_EQ(accepted, 256U + 65536U);
}

TEST(Base64Url, GoesThereAndBackAtEveryLength) {
  std::mt19937_64 chance(20261122);
  for (std::size_t length = 0; length <= 300; ++length) {
    std::vector<std::uint8_t> bytes(length);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(chance());
    const std::string text = EncodeBase64Url(bytes);
    ASSERT_TRUE(IsBase64UrlText(text));
    ASSERT_EQ(text.size(), Base64UrlLength(length));
    const Result<std::vector<std::uint8_t>> back = DecodeBase64Url(text);
    ASSERT_TRUE(back.ok());
    ASSERT_EQ(*back, bytes);
    std::vector<std::uint8_t> exact(length);
    ASSERT_TRUE(DecodeBase64UrlInto(text, exact).ok());
    ASSERT_EQ(exact, bytes);
  }
}

TEST(Base64Url, DecodesIntoExactlyTheRoomGiven) {
  std::vector<std::uint8_t> out(2);
  EXPECT_TRUE(DecodeBase64UrlInto("Zm8", out).ok());
  for (const std::string_view text : {"", "Zg", "Zm9v", "Zm8A", "Zm9"}) {
    const Result<void> decoded = DecodeBase64UrlInto(text, out);
    ASSERT_FALSE(decoded.ok()) << text;
    EXPECT_EQ(decoded.fault().reason, Reason::kMalformed);
  }
}

TEST(Base64Url, AppendsToWhatIsThere) {
  std::string out = "a.";
  AppendBase64Url(std::vector<std::uint8_t>{'f', 'o', 'o'}, out);
  EXPECT_EQ(out, "a.Zm9v");
  EXPECT_FALSE(IsBase64UrlText(out));
}

}  // namespace
}  // namespace passport
