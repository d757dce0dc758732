#include <gtest/gtest.h>

#include <limits>

#include "credential/encoding/json.h"

namespace passport::json {
namespace {

Value& Parsed(std::string_view text, Tree& tree) {
  const Result<Value*> value = tree.Parse(text, kTokenLimits);
  EXPECT_TRUE(value.ok()) << text;
  return **value;
}

TEST(JsonValue, KeepsTheTextOfNumbers) {
  Tree tree;
  for (const std::string_view text :
       {"0", "-0", "1", "1.0", "1e3", "1E+3", "0.1", "1e400", "-1e-400", "18446744073709551616", "1.10"}) {
    const Value& array = Parsed("[" + std::string(text) + "]", tree);
    EXPECT_EQ(array.begin()->number(), text);
    EXPECT_EQ(Write(array), "[" + std::string(text) + "]");
  }
}

TEST(JsonValue, TellsIntegersFromWhatOnlyEqualsThem) {
  struct Row {
    std::string_view text;
    std::optional<std::int64_t> integer;
  };
  constexpr Row kRows[] = {
      {"7", 7},
      {"-3", -3},
      {"0", 0},
      {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
      {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
      {"9223372036854775808", std::nullopt},
      {"18446744073709551615", std::nullopt},
      {"-0", std::nullopt},
      {"7.0", std::nullopt},
      {"7e0", std::nullopt},
      {"1e1", std::nullopt},
      {"\"7\"", std::nullopt},
      {"true", std::nullopt},
      {"null", std::nullopt},
  };
  for (const Row& row : kRows) {
    Tree tree;
    EXPECT_EQ(Parsed("[" + std::string(row.text) + "]", tree).begin()->integer(), row.integer) << row.text;
  }
}

TEST(JsonValue, AnswersOnlyForItsKind) {
  Tree tree;
  const Value& object = Parsed(R"({"s":"x","b":true,"n":1,"z":null,"a":[1,2],"o":{"k":"v"}})", tree);
  EXPECT_EQ(object.Find("s")->text(), "x");
  EXPECT_EQ(object.Find("b")->boolean(), true);
  EXPECT_EQ(object.Find("b")->text(), std::nullopt);
  EXPECT_EQ(object.Find("n")->number(), "1");
  EXPECT_EQ(object.Find("s")->number(), "");
  EXPECT_EQ(object.Find("z")->kind(), Kind::kNull);
  EXPECT_EQ(object.Find("a")->size(), 2U);
  EXPECT_EQ(object.Find("o")->Find("k")->name(), "k");
  EXPECT_EQ(object.Find("a")->Find("k"), nullptr);
  EXPECT_EQ(object.Find("nothing"), nullptr);
  EXPECT_EQ(object.size(), 6U);
}

TEST(JsonValue, UnescapesAndWritesStringsBack) {
  Tree tree;
  const Value& array = Parsed(R"(["\"\\\/\b\f\n\r\t\u0000\u00e9\ud83d\ude00"])", tree);
  const std::string expected("\"\\/\b\f\n\r\t\0\xc3\xa9\xf0\x9f\x98\x80", 15);
  EXPECT_EQ(array.begin()->text(), expected);
  const std::string written = Write(array);
  EXPECT_EQ(written, "[\"\\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009\\u0000\xc3\xa9\xf0\x9f\x98\x80\"]");
  EXPECT_EQ(Parsed(written, tree).begin()->text(), expected);
}

TEST(JsonValue, OutlivesTheTextItWasReadFrom) {
  Tree tree;
  const Value* object = nullptr;
  {
    std::string text = R"({"name":"value","number":12})";
    object = &Parsed(text, tree);
    text.assign(text.size(), 'x');
  }
  Parsed(R"({"another":"text"})", tree);
  EXPECT_EQ(Write(*object), R"({"name":"value","number":12})");
}

TEST(JsonValue, ComparesMembersInAnyOrderAndElementsInOrder) {
  Tree tree;
  const auto equal = [&](std::string_view a, std::string_view b) { return Equal(Parsed(a, tree), Parsed(b, tree)); };
  EXPECT_TRUE(equal(R"({"a":1,"b":[1,2]})", R"({"b":[1,2],"a":1})"));
  EXPECT_TRUE(equal(R"(["\u0061",null,true])", R"(["a",null,true])"));
  EXPECT_FALSE(equal("[1,2]", "[2,1]"));
  EXPECT_FALSE(equal("[1]", "[1.0]"));
  EXPECT_FALSE(equal("[1]", R"(["1"])"));
  EXPECT_FALSE(equal("[true]", "[false]"));
  EXPECT_FALSE(equal("[1]", "[1,1]"));
  EXPECT_FALSE(equal(R"({"a":1})", R"({"b":1})"));
  EXPECT_FALSE(equal("{}", "[]"));
}

TEST(JsonValue, IsBuiltAndChangedInATree) {
  Tree tree;
  Value& object = tree.Object();
  object.Append("text", tree.String("a\"b"));
  object.Append("number", tree.Integer(-5));
  object.Append("flag", tree.Boolean(false));
  Value& list = tree.Array();
  list.Append(tree.Null());
  list.Append(tree.Integer(2));
  list.Append(tree.Integer(3));
  object.Append("list", list);
  EXPECT_EQ(Write(object), R"({"text":"a\"b","number":-5,"flag":false,"list":[null,2,3]})");

  list.RemoveIf([](const Value& element) { return element.integer() == 3; });
  EXPECT_EQ(Write(list), "[null,2]");
  list.Append(tree.Integer(4));
  EXPECT_EQ(Write(list), "[null,2,4]");
  list.RemoveIf([](const Value& element) { return element.kind() == Kind::kNull; });
  EXPECT_EQ(Write(list), "[2,4]");
  list.RemoveIf([](const Value&) { return true; });
  EXPECT_EQ(Write(list), "[]");
  list.Append(tree.Integer(9));
  EXPECT_EQ(Write(list), "[9]");

  object.Find("flag")->Become(Parsed(R"({"x":[1]})", tree));
  EXPECT_EQ(object.Find("flag")->name(), "flag");
  EXPECT_EQ(Write(object), R"({"text":"a\"b","number":-5,"flag":{"x":[1]},"list":[9]})");
}

TEST(JsonValue, CopiesIntoAnotherTree) {
  Tree to;
  const Value* copy = nullptr;
  {
    Tree from;
    copy = &to.Copy(Parsed(R"({"a":[1,{"b":"c"}],"d":null})", from));
  }
  EXPECT_EQ(Write(*copy), R"({"a":[1,{"b":"c"}],"d":null})");
}

TEST(JsonValue, WritesIntegersAtBothEnds) {
  Tree tree;
  EXPECT_EQ(Write(tree.Integer(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(Write(tree.Integer(std::numeric_limits<std::int64_t>::max())), "9223372036854775807");
}

}  // namespace
}  // namespace passport::json
