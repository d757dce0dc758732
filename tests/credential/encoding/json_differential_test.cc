// Our reader against another one: nlohmann/json, which shares no code with simdjson, with our extra rules counted by a
// SAX handler. Thousands of texts made by damaging good ones must get the same answer from both.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "credential/encoding/json.h"

namespace passport::json {
namespace {

constexpr Limits kLimits{.bytes = 400, .depth = 5, .nodes = 40, .string_bytes = 30, .members = 7};

// What the other reader makes of a text.
struct Opinion {
  bool is_json = false;
  bool number_out_of_range = false;  // the other reader has doubles only and gives up; no opinion then
  bool within_limits = true;
  bool names_differ = true;
  bool root_is_container = false;
};

class Observer : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Observer(Opinion& opinion) : opinion_(opinion) {}
  bool null() override { return Scalar(); }
  bool boolean(bool) override { return Scalar(); }
  bool number_integer(number_integer_t) override { return Scalar(); }
  bool number_unsigned(number_unsigned_t) override { return Scalar(); }
  bool number_float(number_float_t, const string_t& text) override { return Scalar(text.size()); }
  bool string(string_t& text) override { return Scalar(text.size()); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(); }
  bool start_array(std::size_t) override { return Open(); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    Within(name.size() <= kLimits.string_bytes);
    Object& object = open_.back();
    if (!object.names.insert(name).second) opinion_.names_differ = false;
    Within(++object.members <= kLimits.members);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    opinion_.number_out_of_range = error.id == 406;
    return false;
  }

 private:
  void Within(bool holds) { opinion_.within_limits = opinion_.within_limits && holds; }
  bool Count() {
    Within(++nodes_ <= kLimits.nodes);
    return true;
  }
  bool Scalar(std::size_t text_bytes = 0) {
    Within(text_bytes <= kLimits.string_bytes);
    return Count();
  }
  bool Open() {
    if (nodes_ == 0) opinion_.root_is_container = true;
    open_.emplace_back();
    Within(open_.size() <= kLimits.depth);
    return Count();
  }
  bool Close() {
    open_.pop_back();
    return true;
  }
  struct Object {
    std::set<std::string> names;
    std::size_t members = 0;
  };
  Opinion& opinion_;
  std::size_t nodes_ = 0;
  std::vector<Object> open_;
};

Opinion AskTheOther(const std::string& text) {
  Opinion opinion;
  Observer observer(opinion);
  opinion.is_json = nlohmann::json::sax_parse(text, &observer);
  opinion.within_limits = opinion.within_limits && text.size() <= kLimits.bytes;
  // Two liberties it takes: it skips a byte order mark and stops at a NUL.
  if (text.substr(0, 1) == "\xef" || text.find('\0') != std::string::npos) opinion.is_json = false;
  return opinion;
}

// Printable, for the message of a failure.
std::string Shown(std::string_view text) {
  std::string shown;
  WriteString(text, shown);
  return shown;
}

enum class Verdict { kAccepted, kRefused, kNoOpinion };

Verdict Compare(const std::string& text) {
  const Opinion other = AskTheOther(text);
  if (other.number_out_of_range) return Verdict::kNoOpinion;
  Tree tree;
  const Result<Value*> ours = tree.Parse(text, kLimits);
  const bool expected = other.is_json && other.within_limits && other.names_differ && other.root_is_container;
  EXPECT_EQ(ours.ok(), expected) << Shown(text) << (ours.ok() ? "" : " " + ours.fault().detail);
  if (!ours.ok()) {
    const Reason reason = ours.fault().reason;
    if (other.is_json && other.root_is_container && other.within_limits) {
      EXPECT_EQ(reason, Reason::kMalformed) << Shown(text);
    }
    if (other.is_json && other.root_is_container && other.names_differ && !expected) {
      EXPECT_EQ(reason, Reason::kLimit) << Shown(text);
    }
    return Verdict::kRefused;
  }
  if (expected) {
    EXPECT_EQ(nlohmann::json::parse(Write(**ours)), nlohmann::json::parse(text)) << Shown(text);
  }
  return Verdict::kAccepted;
}

const std::vector<std::string>& Seeds() {
  static const std::vector<std::string> kSeeds = {
      "{}",
      "[]",
      R"({"a":1,"b":[true,false,null],"c":{"d":"e"}})",
      R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"1"})",
      R"([0,-0,1.5,-2e3,1E+4,12345678901234567890,0.1e-5])",
      R"(["\u00e9\ud83d\ude00","\\","\"","\n\t\b\f\r\/"])",
      "{\"\xc3\xa9\":\"\xe2\x82\xac\",\"\xf0\x9f\x98\x80\":[]}",
      " { \"a\" : [ 1 , 2 ] ,\r\n\t\"b\" : { } } ",
      R"({"_sd":["x","y"],"status":{"status_list":{"idx":7,"uri":"https://a.b/c"}}})",
      R"([[[[1]]],{"a":{"b":{"c":2}}}])",
      R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7})",
      R"([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39])",
      R"({"a":"012345678901234567890123456789","b":""})",
  };
  return kSeeds;
}

const std::vector<std::string>& Pieces() {
  static const std::vector<std::string> kPieces = {"\"",
                                                   "\\",
                                                   "{",
                                                   "}",
                                                   "[",
                                                   "]",
                                                   ",",
                                                   ":",
                                                   "null",
                                                   "true",
                                                   "false",
                                                   "tru",
                                                   "0",
                                                   "1",
                                                   "9",
                                                   "-",
                                                   "+",
                                                   ".",
                                                   "e",
                                                   "E",
                                                   " ",
                                                   "\n",
                                                   "\t",
                                                   "\r",
                                                   "\\u",
                                                   "\\u0061",
                                                   "\\ud800",
                                                   "\\udc00",
                                                   "\\ud83d\\ude00",
                                                   "\\\"",
                                                   "\xc3\xa9",
                                                   "\xff",
                                                   "\xc0\xaf",
                                                   "\xed\xa0\x80",
                                                   "\xf0\x9f\x98\x80",
                                                   "\x80",
                                                   std::string(1, '\0'),
                                                   "\x01",
                                                   "\x7f",
                                                   "\xef\xbb\xbf",
                                                   "/",
                                                   "//",
                                                   "/**/",
                                                   "\"a\":1,",
                                                   "\"a\":1",
                                                   ",\"a\":1",
                                                   "[[",
                                                   "]]",
                                                   "{}",
                                                   "[]",
                                                   "NaN",
                                                   "'",
                                                   "\"\"",
                                                   "1e5",
                                                   "0x",
                                                   "\f"};
  return kPieces;
}

class Damage {
 public:
  explicit Damage(std::uint64_t seed) : chance_(seed) {}

  std::string Next() {
    std::string text = Pick(Seeds());
    for (std::size_t left = 1 + Below(4); left > 0; --left) Once(text);
    return text;
  }

 private:
  std::size_t Below(std::size_t end) { return static_cast<std::size_t>(chance_() % end); }
  const std::string& Pick(const std::vector<std::string>& from) { return from[Below(from.size())]; }

  void Once(std::string& text) {
    const std::size_t at = Below(text.size() + 1);
    const std::size_t length = Below(std::min<std::size_t>(text.size() - at, 12) + 1);
    switch (Below(7)) {
      case 0:
        text.insert(at, Pick(Pieces()));
        return;
      case 1:
        text.erase(at, length);
        return;
      case 2:
        text.replace(at, length, Pick(Pieces()));
        return;
      case 3:
        text.insert(Below(text.size() + 1), text.substr(at, length));
        return;
      case 4:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ static_cast<char>(1U << Below(8)));
        return;
      case 5:
        text.resize(at);
        return;
      default: {
        const std::string& other = Pick(Seeds());
        text.insert(at, other.substr(Below(other.size()), 1 + Below(20)));
      }
    }
  }

  std::mt19937_64 chance_;
};

TEST(JsonDifferential, AcceptsExactlyWhatAnotherReaderAndOurRulesAccept) {
  constexpr int kTexts = 60'000;
  Damage damage(20261122);
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < kTexts && !HasFailure(); ++i) {
    const Verdict verdict = Compare(damage.Next());
    accepted += verdict == Verdict::kAccepted ? 1 : 0;
    refused += verdict == Verdict::kRefused ? 1 : 0;
  }
  // Both answers must be common, or the test says little.
  EXPECT_GT(accepted, kTexts / 20);
  EXPECT_GT(refused, kTexts / 4);
  EXPECT_GT(accepted + refused, kTexts * 9 / 10);
}

TEST(JsonDifferential, AgreesOnEveryPrefixAndEveryOneByteChange) {
  for (const std::string& seed : Seeds()) {
    for (std::size_t at = 0; at <= seed.size(); ++at) Compare(seed.substr(0, at));
    for (std::size_t at = 0; at < seed.size(); ++at) {
      for (const char c : std::string_view("\"\\{}[],:0-.e tn\x80\x01", 17)) {
        std::string changed = seed;
        changed[at] = c;
        Compare(changed);
      }
      std::string shorter = seed;
      Compare(shorter.erase(at, 1));
    }
    for (const std::string& piece : Pieces()) {
      Compare(seed + piece);
      Compare(piece + seed);
    }
  }
}

}  // namespace
}  // namespace passport::json
