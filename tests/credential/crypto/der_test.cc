#include "credential/crypto/der.h"

#include <gtest/gtest.h>

#include <string>

namespace passport {
namespace {

std::string Bytes(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

struct DerRow {
  const char* what;
  const char* hex;
};

TEST(Der, TakesWhatIsDer) {
  constexpr DerRow kRows[] = {{"null", "0500"},
                              {"true", "0101ff"},
                              {"false", "010100"},
                              {"zero", "020100"},
                              {"127", "02017f"},
                              {"128 with its sign byte", "02020080"},
                              {"minus one", "0201ff"},
                              {"minus 129", "0202ff7f"},
                              {"a bit string", "0303000102"},
                              {"an empty octet string", "0400"},
                              {"an empty sequence", "3000"},
                              {"a sequence of two", "3006020101020102"},
                              {"a context tag around one", "a003020101"}};
  for (const DerRow& row : kRows) EXPECT_TRUE(IsDer(Bytes(row.hex))) << row.what;
  EXPECT_TRUE(IsDer(Bytes("048180") + std::string(128, 'x'))) << "a length of two bytes";
}

TEST(Der, RefusesNearMisses) {
  constexpr DerRow kRows[] = {{"nothing", ""},
                              {"a tag alone", "30"},
                              {"content missing", "3003020101020102"},
                              {"content cut", "300602010102"},
                              {"something behind it", "050000"},
                              {"a length in two bytes that fits in one", "0481020101"},
                              {"a length with a leading zero", "04820080"},
                              {"an indefinite length", "30800201010000"},
                              {"a length of five bytes", "04850000000001ff"},
                              {"a boolean that is neither", "010101"},
                              {"a boolean of two bytes", "0102ffff"},
                              {"an empty integer", "0200"},
                              {"an integer with a needless zero", "0202007f"},
                              {"an integer with a needless ff", "0202ff80"},
                              {"an empty bit string", "0300"},
                              {"a bit string with nine unused bits", "03020900"},
                              {"an octet string in pieces", "2403040101"},
                              {"a tag of more than one byte", "1f8101020101"},
                              {"end of contents", "0000"}};
  for (const DerRow& row : kRows) EXPECT_FALSE(IsDer(Bytes(row.hex))) << row.what;
}

TEST(Der, GoesSoDeepAndNoDeeper) {
  std::string nested = Bytes("0500");
  for (int depth = 0; depth < kDerDepthMax; ++depth) {
    nested = std::string("\x30", 1) + static_cast<char>(nested.size()) + nested;
  }
  EXPECT_TRUE(IsDer(nested));
  EXPECT_FALSE(IsDer(std::string("\x30", 1) + static_cast<char>(nested.size()) + nested));
}

}  // namespace
}  // namespace passport
