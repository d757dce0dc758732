#include "credential/encoding/json.h"

#include <gtest/gtest.h>

namespace passport::json {
namespace {

Result<Value*> Read(std::string_view text, Tree& tree, const Limits& limits = kTokenLimits) {
  return tree.Parse(text, limits);
}

std::string Repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

struct JsonRow {
  std::string_view what;
  std::string text;
};

TEST(Json, JWT03_ReadsWhatIsJson) {
  const JsonRow rows[] = {
      {"empty object", "{}"},
      {"empty array", "[]"},
      {"white space of all four kinds", " \t\r\n{ \t\r\n} \t\r\n"},
      {"every kind of value", R"({"a":null,"b":true,"c":false,"d":1,"e":"x","f":[],"g":{}})"},
      {"every kind of number", "[0,-0,1,-1,10,1.5,-0.25,1e3,1E3,1e+3,1e-3,1.5e10,123456789012345678901234567890]"},
      {"every escape", R"(["\"\\\/\b\f\n\r\t\u0000\u00e9\uFFFF\ud83d\ude00"])"},
      {"an escaped backslash before u", R"(["\\ud800"])"},
      {"UTF-8 of two, three and four bytes", "[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]"},
      {"noncharacters are characters", "[\"\xef\xbf\xbf\"]"},
      {"a byte order mark inside a string", "[\"\xef\xbb\xbf\"]"},
      {"DEL is not a control character of JSON", "[\"\x7f\"]"},
      {"a name that is empty", R"({"":1})"},
      {"names that differ in case only", R"({"a":1,"A":2})"},
      {"the same name in different objects", R"({"a":{"a":1},"b":{"a":2}})"},
      {"brackets and quotes inside strings", R"({"a":"}]\"","b":"{[,:"})"},
      {"numbers at the ends", R"({"a":1 ,"b":[2 ],"c":3
})"},
      {"prototype names mean nothing", R"({"__proto__":{},"constructor":1})"},
  };
  for (const JsonRow& row : rows) {
    Tree tree;
    const Result<Value*> value = Read(row.text, tree);
    EXPECT_TRUE(value.ok()) << row.what << ": " << (value.ok() ? "" : value.fault().detail);
  }
}

TEST(Json, JWT03_RefusesNearMisses) {
  const JsonRow rows[] = {
      {"HOST-11, alg none, then ES256", R"({"alg":"none","alg":"ES256"})"},
      {"HOST-11, alg ES256, then none", R"({"alg":"ES256","alg":"none"})"},
      {"HOST-12, duplicate vct", R"({"vct":"a","x":1,"vct":"b"})"},
      {"HOST-12, duplicate with an escape", R"({"vct":"a","vc\u0074":"b"})"},
      {"HOST-12, duplicate deeper down", R"({"a":[{"iss":1,"iss":1}]})"},
      {"HOST-12, duplicate empty names", R"({"":1,"":2})"},
      {"HOST-13, string", R"("text")"},
      {"HOST-13, null", "null"},
      {"HOST-13, number", "1"},
      {"HOST-13, true", "true"},
      {"HOST-13, empty", ""},
      {"HOST-13, white space only", " \n"},
      {"HOST-14, trailing comma in an object", R"({"a":1,})"},
      {"HOST-14, trailing comma in an array", "[1,]"},
      {"HOST-14, leading comma", "[,1]"},
      {"HOST-14, two commas", "[1,,2]"},
      {"HOST-14, line comment", "{} // x"},
      {"HOST-14, block comment", R"({/**/"a":1})"},
      {"HOST-14, NaN", "[NaN]"},
      {"HOST-14, Infinity", "[Infinity]"},
      {"HOST-14, minus Infinity", "[-Infinity]"},
      {"HOST-14, single quotes", "{'a':1}"},
      {"HOST-14, name without quotes", "{a:1}"},
      {"HOST-14, byte order mark", "\xef\xbb\xbf{}"},
      {"HOST-14, UTF-16 with its mark", std::string("\xff\xfe{\0}\0", 6)},
      {"HOST-14, UTF-16 without", std::string("{\0}\0", 4)},
      {"HOST-14, trailing letter", "{}x"},
      {"HOST-14, trailing value", "{}{}"},
      {"HOST-14, trailing bracket", "{}]"},
      {"HOST-14, trailing brace", R"({"a":1}})"},
      {"HOST-14, trailing comma after the value", "{},"},
      {"HOST-14, trailing NUL", std::string("{}\0", 3)},
      {"HOST-14, leading plus", "[+1]"},
      {"HOST-14, leading zero", "[01]"},
      {"HOST-14, leading zero after minus", "[-01]"},
      {"HOST-14, point without digits", "[1.]"},
      {"HOST-14, point first", "[.5]"},
      {"HOST-14, exponent without digits", "[1e]"},
      {"HOST-14, exponent with a sign only", "[1e+]"},
      {"HOST-14, exponent with a fraction", "[1e1.5]"},
      {"HOST-14, minus only", "[-]"},
      {"HOST-14, hexadecimal", "[0x10]"},
      {"HOST-14, separator in a number", "[1_000]"},
      {"HOST-14, letter after a number", "[1a]"},
      {"HOST-14, blank in a number", "[1 2]"},
      {"HOST-14, NUL after a number", std::string("[1\0]", 4)},
      {"HOST-14, capital literal", "[True]"},
      {"HOST-14, literal cut short", "[tru]"},
      {"HOST-14, literal too long", "[truex]"},
      {"HOST-14, null too long", "[nullx]"},
      {"HOST-14, null cut short", "[nul]"},
      {"HOST-15, overlong two bytes", "[\"\xc0\xaf\"]"},
      {"HOST-15, overlong three bytes", "[\"\xe0\x80\xaf\"]"},
      {"HOST-15, lone continuation", "[\"\x80\"]"},
      {"HOST-15, continuation missing", "[\"\xc3\"]"},
      {"HOST-15, surrogate half encoded", "[\"\xed\xa0\x80\"]"},
      {"HOST-15, past U+10FFFF", "[\"\xf4\x90\x80\x80\"]"},
      {"HOST-15, byte ff", "[\"\xff\"]"},
      {"HOST-15, in a name", "{\"\xff\":1}"},
      {"HOST-15, outside of strings", "{\xc3\xa9}"},
      {"HOST-15, lone high surrogate", R"(["\ud800"])"},
      {"HOST-15, lone high surrogate, then text", R"(["\ud800x"])"},
      {"HOST-15, lone low surrogate", R"(["\udc00"])"},
      {"HOST-15, pair the wrong way round", R"(["\udc00\ud800"])"},
      {"HOST-15, two high surrogates", R"(["\ud800\ud800"])"},
      {"HOST-15, high surrogate, then another escape", R"(["\ud800\n"])"},
      {"HOST-15, high surrogate, then an ordinary unit", R"(["\ud800\u0041"])"},
      {"HOST-15, lone surrogate in a name", R"({"\ud800":1})"},
      {"HOST-15, lone surrogate after an escaped backslash", R"(["\\\ud800"])"},
      {"escape cut short", R"(["\u12"])"},
      {"escape with a letter that is no digit", R"(["\u12g4"])"},
      {"unknown escape", R"(["\x41"])"},
      {"capital escape", R"(["\U0041"])"},
      {"escaped end quote", R"(["\"])"},
      {"control character in a string", "[\"\x01\"]"},
      {"tab in a string", "[\"\t\"]"},
      {"line feed in a name", "{\"a\nb\":1}"},
      {"NUL in a string", std::string("[\"\0\"]", 5)},
      {"object not closed", R"({"a":1)"},
      {"inner object not closed", R"({"a":{"b":1})"},
      {"inner array not closed", R"([[1])"},
      {"closed by the wrong bracket", R"({"a":[1}])"},
      {"array closed by a brace", "[1}"},
      {"object closed by a bracket", R"({"a":1])"},
      {"string not closed", R"(["a])"},
      {"name without value", R"({"a"})"},
      {"name and colon only", R"({"a":})"},
      {"value without name", R"({:1})"},
      {"colon missing", R"({"a" 1})"},
      {"two colons", R"({"a"::1})"},
      {"comma for colon", R"({"a",1})"},
      {"colon for comma", R"(["a":1])"},
      {"comma missing between members", R"({"a":1 "b":2})"},
      {"comma missing between elements", R"([[] []])"},
      {"number as a name", R"({1:1})"},
      {"form feed as white space", "[1,\f2]"},
      {"no-break space as white space", "[1,\xc2\xa0 2]"},
  };
  for (const JsonRow& row : rows) {
    Tree tree;
    const Result<Value*> value = Read(row.text, tree);
    ASSERT_FALSE(value.ok()) << row.what;
    EXPECT_EQ(value.fault().reason, Reason::kMalformed) << row.what;
    EXPECT_EQ(value.fault().check, "JWT-03") << row.what;
  }
}

TEST(Json, JWT03_FindsADuplicateAmongManyMembers) {
  std::string text = "{";
  for (int i = 0; i < 900; ++i) text += "\"name" + std::to_string(i) + "\":1,";
  Tree tree;
  EXPECT_TRUE(Read(text + "\"last\":1}", tree).ok());
  const Result<Value*> value = Read(text + "\"name450\":1}", tree);
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.fault().reason, Reason::kMalformed);
}

TEST(Json, JWT03_StopsOnePastEachLimit) {
  constexpr Limits kSmall{.bytes = 60, .depth = 3, .nodes = 6, .string_bytes = 5, .members = 3};
  const JsonRow at_limit[] = {
      {"60 bytes", "[" + std::string(58, ' ') + "]"},
      {"3 deep", "[[[1]]]"},
      {"6 values", "[1,2,3,4,5]"},
      {"string of 5 bytes", R"(["12345"])"},
      {"string of 5 bytes, escaped", R"(["\u0031\u0032345"])"},
      {"name of 5 bytes", R"({"12345":1})"},
      {"number of 5 characters", "[12345]"},
      {"3 members", R"({"a":1,"b":2,"c":3})"},
  };
  const JsonRow past_limit[] = {
      {"61 bytes", "[" + std::string(59, ' ') + "]"},
      {"4 deep", "[[[[]]]]"},
      {"4 deep in an object", R"({"a":{"a":{"a":{}}}})"},
      {"7 values", "[1,2,3,4,5,6]"},
      {"7 values, nested", R"([[1,2],[3,"a"]])"},
      {"string of 6 bytes", R"(["123456"])"},
      {"string of 6 bytes of UTF-8", "[\"\xc3\xa9\xc3\xa9\xc3\xa9\"]"},
      {"name of 6 bytes", R"({"123456":1})"},
      {"number of 6 characters", "[123456]"},
      {"4 members", R"({"a":1,"b":2,"c":3,"d":4})"},
  };
  for (const JsonRow& row : at_limit) {
    Tree tree;
    EXPECT_TRUE(Read(row.text, tree, kSmall).ok()) << row.what;
  }
  for (const JsonRow& row : past_limit) {
    Tree tree;
    const Result<Value*> value = Read(row.text, tree, kSmall);
    ASSERT_FALSE(value.ok()) << row.what;
    EXPECT_EQ(value.fault().reason, Reason::kLimit) << row.what;
  }
}

TEST(Json, JWT03_RefusesDeepNestingWithConstantStack) {
  Limits wide = kTokenLimits;
  wide.bytes = 1 << 20;
  const JsonRow rows[] = {
      {"HOST-16, 100 000 deep", Repeated("[", 100'000) + Repeated("]", 100'000)},
      {"HOST-16, 100 000 deep and never closed", Repeated("[", 100'000)},
      {"HOST-16, 100 000 objects deep", Repeated(R"({"a":)", 100'000) + "1" + Repeated("}", 100'000)},
      {"HOST-16, 10 000 deep within a small token", Repeated("[", 10'000) + Repeated("]", 10'000)},
      {"33 deep", Repeated("[", 33) + Repeated("]", 33)},
  };
  for (const JsonRow& row : rows) {
    Tree tree;
    const Result<Value*> value = Read(row.text, tree, wide);
    ASSERT_FALSE(value.ok()) << row.what;
    // What never closes may be seen to be so before its depth is.
    if (row.text.back() != '[') {
      EXPECT_EQ(value.fault().reason, Reason::kLimit) << row.what;
    }
  }
  Tree tree;
  EXPECT_TRUE(Read(Repeated("[", 32) + Repeated("]", 32), tree, wide).ok());
}

TEST(Json, RefusesAStringOfTenMebibytesBeforeReadingIt) {
  Tree tree;
  const Result<Value*> value = Read("[\"" + std::string(std::size_t{10} << 20, 'a') + "\"]", tree);  // HOST-32
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.fault().reason, Reason::kLimit);
}

TEST(Json, NeverRepeatsWhatItWasGiven) {
  Tree tree;
  const Result<Value*> value = Read(R"({"born":"1980-01-01","born":"1980-01-01"})", tree);
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.fault().detail.find("born"), std::string::npos);
  EXPECT_EQ(value.fault().detail.find("1980"), std::string::npos);
}

}  // namespace
}  // namespace passport::json
