#include "operator-cli/import/csv_rows.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "credential/encoding/utf8.h"
#include "operator-cli/import/csv_fields.h"

namespace passport {
namespace {

class RowList : public RowSink {
 public:
  void OnRow(const RawRow& row) override {
    rows.push_back(std::to_string(row.line) + "@" + std::to_string(row.offset_bytes) + ":" + std::string(row.bytes) +
                   (row.too_long ? " too long" : "") +
                   (row.open_quote_line != 0 ? " open " + std::to_string(row.open_quote_line) : ""));
  }
  std::vector<std::string> rows;
};

std::vector<std::string> RowsOf(std::string_view text, std::size_t portion_bytes) {
  RowList list;
  CsvRows rows;
  for (std::size_t at = 0; at < text.size(); at += portion_bytes) rows.Feed(text.substr(at, portion_bytes), list);
  rows.Finish(list);
  return list.rows;
}

struct CsvCase {
  std::string_view text;
  std::vector<std::string> rows;
};

TEST(CsvRows, CutsTheSameRowsHoweverTheBytesArePortioned) {
  const std::vector<CsvCase> cases = {
      {"", {}},
      {"\n\r\n\n", {}},
      {"a,b", {"1@0:a,b"}},
      {"a\nb\n", {"1@0:a", "2@2:b"}},
      {"a\r\nb\r\n", {"1@0:a", "2@3:b"}},
      {"a\rb\r", {"1@0:a", "2@2:b"}},
      {"a\r\n\r\n\r\nb", {"1@0:a", "4@7:b"}},
      {"\"a\nb\",c\nd", {"1@0:\"a\nb\",c", "3@8:d"}},
      {"\"a\r\nb\"\r\nd", {"1@0:\"a\r\nb\"", "3@8:d"}},
      {"\"a\"\"\n\"\"\"\nd", {"1@0:\"a\"\"\n\"\"\"", "3@9:d"}},
      {"5\" pipe,x\nd", {"1@0:5\" pipe,x", "2@10:d"}},
      {"\"a\"b,\"c\nd\"\ne", {"1@0:\"a\"b,\"c\nd\"", "3@11:e"}},
      {"a\n x,\"b\nc", {"1@0:a", "2@2: x,\"b\nc open 2"}},
      {",,\n", {"1@0:,,"}},
  };
  for (const CsvCase& one : cases) {
    for (std::size_t portion = 1; portion <= one.text.size() + 1; ++portion) {
      EXPECT_EQ(RowsOf(one.text, portion), one.rows) << one.text << " by " << portion;
    }
  }
}

TEST(CsvRows, TakesARowOfTheLimitAndRefusesOneByteMore) {
  const std::string limit(kRowBytesMax, 'x');
  EXPECT_EQ(RowsOf(limit + "\nb", 1000), (std::vector<std::string>{"1@0:" + limit, "2@65537:b"}));
  EXPECT_EQ(RowsOf(limit + "x\nb", 1000), (std::vector<std::string>{"1@0: too long", "2@65538:b"}));
  EXPECT_EQ(RowsOf(limit + "x\nb", 1U << 20U), (std::vector<std::string>{"1@0: too long", "2@65538:b"}));
}

TEST(CsvFields, TakesARowApartStrictly) {
  CsvFields fields;
  const std::vector<std::pair<std::string, std::vector<std::string>>> good = {
      {"a,b", {"a", "b"}},
      {"a,", {"a", ""}},
      {",", {"", ""}},
      {" a , \"b\" ", {"a", "b"}},
      {"\"a,\"\"b\"\"\n\",c", {"a,\"b\"", "c"}},
      {"NHS|CSTF|x|", {"NHS|CSTF|x|"}},
  };
  for (const auto& [row, expected] : good) {
    ASSERT_TRUE(fields.Parse(row)) << row;
    EXPECT_EQ(fields.fields(), expected) << row;
    EXPECT_EQ(fields.count(), expected.size());
  }
  for (const std::string_view bad : {"a\"b", "\"a\"b", "\"a", "a,\"b", "\"a\" \"b\""}) {
    EXPECT_FALSE(fields.Parse(bad)) << bad;
    EXPECT_TRUE(fields.Parse("a,b")) << "after " << bad;
  }
}

TEST(CsvFields, CountsButDoesNotKeepFieldsPastTheLimit) {
  CsvFields fields;
  ASSERT_TRUE(fields.Parse(std::string(60000, ',')));
  EXPECT_EQ(fields.count(), 60001U);
  EXPECT_EQ(fields.fields().size(), kFieldsMax);
}

TEST(Utf8, FindsTheFirstByteThatIsNotACharacter) {
  for (const std::string_view good :
       {"", "abc", "Zo\xC3\xAB", "\xE2\x82\xAC", "\xF0\x9F\x8E\x93", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_FALSE(FirstByteNotUtf8(good)) << good;
  }
  const std::vector<std::pair<std::string, std::size_t>> bad = {
      {"Zo\xEB", 2},       {"\xC0\x80", 0},         {"a\xC1\xBF", 1},        {"\xE0\x9F\xBF", 0},
      {"\xED\xA0\x80", 0}, {"\xF0\x8F\xBF\xBF", 0}, {"\xF4\x90\x80\x80", 0}, {"\xF5\x80\x80\x80", 0},
      {"\x80", 0},         {"ab\xE2\x82", 2},       {"\xFF\xFE", 0}};
  for (const auto& [text, position] : bad) EXPECT_EQ(FirstByteNotUtf8(text), position);
}

}  // namespace
}  // namespace passport
