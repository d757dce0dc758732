#include "operator-cli/import/file_encoding.h"

#include <string>
#include <vector>

#include "tests/operator/import/import_cases.h"
#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

RawRow Row(std::string_view bytes, std::uint64_t line = 2) {
  return {
      .line = line, .offset_bytes = 100, .bytes = bytes, .too_long = false, .open_quote_line = 0, .ended_by_cr = false};
}

TEST_F(Import, ReadsEveryByteThatWindows1252Defines) {
  std::string all;
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    const bool defined = byte != 0x81 && byte != 0x8D && byte != 0x8F && byte != 0x90 && byte != 0x9D;
    RowDecoder decoder;
    const std::string row = std::string("Zo") + static_cast<char>(byte) + ",";
    const auto text = decoder.Decode(Row(row));
    EXPECT_EQ(text.ok(), defined) << byte;
    EXPECT_EQ(decoder.found().encoding, defined ? TextEncoding::kWindows1252 : TextEncoding::kAscii) << byte;
    if (defined) all.append(text->substr(2, text->size() - 3));
    Case();
  }
  // From iconv -f WINDOWS-1252 -t UTF-8 (GNU libc), the five left out.
  EXPECT_EQ(all,
            "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\xC2\xA0¡¢£¤¥¦§¨©ª«¬\xC2\xAD®¯°±²³´µ¶·¸¹º»¼½¾¿"
            "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ");
}

std::string Learning(std::string_view given_names) {
  return ",17,,\"" + std::string(given_names) + "\",Example,,1980-02-29,,,Fire Safety,,2026-01-15,,Completed,,\n";
}

TEST_F(Import, DecidesTheEncodingAtTheFirstByteThatIsNotAsciiAndSaysSo) {
  struct Given {
    std::string about;
    std::string text;  // behind the header
    bool mark;
    std::string said;
    std::vector<std::uint64_t> refused;
  };
  const std::string utf8 = Learning("Zo\xC3\xAB");
  const std::string windows = Learning("Zo\xEB");
  const std::string quotes = Learning("O\x92Testy");
  const std::string ascii = Learning("Zoe");
  const std::string neither = Learning("Zo\x8D");
  const std::vector<Given> cases = {
      {"nothing but ASCII", ascii + ascii, false, "ascii", {}},
      {"UTF-8 without a mark", ascii + utf8 + ascii, false, "utf-8, by line 3", {}},
      {"UTF-8 with a mark", ascii + utf8, true, "utf-8, by its byte order mark", {}},
      {"Windows-1252", ascii + windows + quotes, false, "windows-1252, by line 3", {}},
      {"UTF-8, then Windows-1252", utf8 + windows + utf8, false, "utf-8, by line 2", {3}},
      {"Windows-1252, then UTF-8", windows + utf8 + windows, false, "windows-1252, by line 2", {3}},
      {"a mark, then Windows-1252", windows + ascii, true, "utf-8, by its byte order mark", {2}},
      {"neither", neither + ascii, false, "ascii", {2}},
      {"neither, then UTF-8", neither + utf8, false, "utf-8, by line 3", {2}},
      {"Windows-1252, then neither", windows + neither, false, "windows-1252, by line 2", {3}},
  };
  for (const auto& one : cases) {
    const std::string text = (one.mark ? "\xEF\xBB\xBF" : "") + std::string(kLearningHeader) + one.text;
    for (const std::size_t portion : {std::size_t{1}, std::size_t{7}, text.size()}) {
      ImportDesk desk;
      ASSERT_TRUE(desk.Read(text, portion).ok()) << one.about;
      EXPECT_EQ(Describe(desk.encoding), one.said) << one.about;
      std::vector<std::uint64_t> refused;
      for (const RowFault& fault : desk.faults) {
        EXPECT_EQ(fault.fault.reason, Reason::kFileEncoding) << one.about;
        EXPECT_NE(fault.fault.detail.find("byte offset"), std::string::npos) << fault.fault.detail;
        refused.push_back(fault.line);
      }
      EXPECT_EQ(refused, one.refused) << one.about;
    }
    Case();
  }
}

TEST_F(Import, GivesARowTheSameKeysInEitherEncoding) {
  ImportDesk utf8;
  ImportDesk windows;
  ASSERT_TRUE(utf8.Read(std::string(kLearningHeader) + Learning("Zo\xC3\xAB")).ok());
  ASSERT_TRUE(windows.Read(std::string(kLearningHeader) + Learning("Zo\xEB")).ok());
  EXPECT_EQ(utf8.records[0].request_key, windows.records[0].request_key);
  EXPECT_EQ(utf8.records[0].keys, windows.records[0].keys);
  EXPECT_EQ(utf8.records[0].keys[1].value, "1980-02-29 example, zo\xC3\xAB");
  Case();
}

TEST_F(Import, RefusesARowThatIsTooLongOnlyInUtf8) {
  ImportDesk desk;
  const std::string long_row = Learning(std::string(40000, '\xE9'));
  ASSERT_TRUE(desk.Read(std::string(kLearningHeader) + long_row + Learning("Zoe")).ok());
  ASSERT_EQ(desk.faults.size(), 1U);
  EXPECT_EQ(desk.faults[0].fault.reason, Reason::kRowTooLong);
  EXPECT_EQ(desk.records.size(), 1U);
  Case();
}

}  // namespace
}  // namespace passport
