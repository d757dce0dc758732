#include "credential/encoding/base64.h"

#include <gtest/gtest.h>

namespace passport {
namespace {

TEST(Base64, ReadsAndWritesTheTableOfTheRfc) {
  struct Row {
    std::string_view bytes;
    std::string_view text;
  };
  constexpr Row kRows[] = {{"", ""},
                           {"f", "Zg=="},
                           {"fo", "Zm8="},
                           {"foo", "Zm9v"},
                           {"foob", "Zm9vYg=="},
                           {"fooba", "Zm9vYmE="},
                           {"foobar", "Zm9vYmFy"},
                           {"\xfb\xff\xbf", "+/+/"}};
  for (const Row& row : kRows) {
    EXPECT_EQ(EncodeBase64(row.bytes), row.text);
    const Result<std::string> bytes = DecodeBase64(row.text);
    ASSERT_TRUE(bytes.ok()) << row.text;
    EXPECT_EQ(*bytes, row.bytes);
  }
}

TEST(Base64, RefusesWhatIsNotTheOneText) {
  for (const std::string_view text : {"Zg", "Zg=", "Zg===", "====", "Zm9v====", "Zm8", "Zm9=", "Zh==", "-_-_", "Zm 9v",
                                      "Zm9v\n", "Zm9v\nZm9v", "Z=g=", "=Zg="}) {
    EXPECT_FALSE(DecodeBase64(text).ok()) << text;
  }
}

}  // namespace
}  // namespace passport
