// Tree::Parse: simdjson's On-Demand reader finds the structure and unescapes; every rule it does not promise is kept
// here.
#define SIMDJSON_EXCEPTIONS 0  // errors are values; what would throw does not compile
#include <simdjson.h>

#include <algorithm>
#include <vector>

#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/text_forms.h"

namespace passport::json {
namespace {

namespace ondemand = simdjson::ondemand;

Fault BadJson(std::string_view what) { return {Reason::kMalformed, "JWT-03", "JSON: " + std::string(what)}; }
Fault TooMuch(std::string_view what) { return {Reason::kLimit, "JWT-03", "JSON: " + std::string(what)}; }

// RFC 8259 section 6: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
bool IsNumber(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    return at > start;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const bool leading_zero = at + 1 < text.size() && text[at] == '0' && IsDigit(text[at + 1]);
  if (leading_zero || !digits()) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!digits()) return false;
  }
  return at == text.size();
}

// The code unit of the four hexadecimal digits at `at`, or -1.
int CodeUnit(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int unit = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    const int digit = IsDigit(c)               ? c - '0'
                      : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                      : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                               : -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

// Escaped surrogates stand in pairs. simdjson 3.0 turns a lone low surrogate, or a high one followed by something else,
// into other characters without a word.
bool SurrogatesArePaired(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    if (at + 1 >= text.size() || text[at + 1] != 'u') {
      at += 2;
      continue;
    }
    const int unit = CodeUnit(text, at + 2);
    at += 6;
    if (unit < 0) return false;
    if (unit < 0xd800 || unit > 0xdfff) continue;
    if (unit > 0xdbff || text.substr(at, 2) != "\\u") return false;
    const int low = CodeUnit(text, at + 2);
    if (low < 0xdc00 || low > 0xdfff) return false;
    at += 6;
  }
  return true;
}

// Parser and padded buffer are costly to make and are kept for the next text of this thread.
struct Bench {
  ondemand::parser parser;
  std::string padded;
};
Bench& ThreadBench() {
  static thread_local Bench bench;
  return bench;
}
constexpr std::size_t kKeptBufferMax = std::size_t{1} << 20;

}  // namespace

// Builds the values of one text. Not in the unnamed namespace because Tree and Value name it their friend.
class Reader {
 public:
  Reader(Tree& tree, const Limits& limits) : tree_(tree), limits_(limits) {}

  Result<Value*> Read(ondemand::document& document) {
    ondemand::json_type type{};
    if (document.type().get(type) != simdjson::SUCCESS) return BadJson("no value");
    Value* root = nullptr;
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (document.get_object().get(object) != simdjson::SUCCESS) return BadJson("object does not end");
      TRY_ASSIGN(root, ReadObject(object, 1));
    } else if (type == ondemand::json_type::array) {
      ondemand::array array;
      if (document.get_array().get(array) != simdjson::SUCCESS) return BadJson("array does not end");
      TRY_ASSIGN(root, ReadArray(array, 1));
    } else {
      return BadJson("neither object nor array");
    }
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return BadJson("something follows the value");
    return root;
  }

 private:
  Result<void> Count(std::size_t depth) {
    if (depth > limits_.depth) return TooMuch("nested too deep");
    if (++nodes_ > limits_.nodes) return TooMuch("too many values");
    return {};
  }

  Result<std::string_view> Text(simdjson::simdjson_result<std::string_view>&& from) {
    std::string_view text;
    if (std::move(from).get(text) != simdjson::SUCCESS) return BadJson("string");
    if (text.size() > limits_.string_bytes) return TooMuch("string too long");
    return tree_.Keep(text);
  }

  Result<Value*> ReadObject(ondemand::object& object, std::size_t depth) {
    TRY(Count(depth));
    Value& made = tree_.Make(Kind::kObject);
    for (auto result : object) {
      ondemand::field field;
      if (std::move(result).get(field) != simdjson::SUCCESS) return BadJson("object member");
      TRY_ASSIGN(const std::string_view name, Text(field.unescaped_key()));
      ondemand::value value = field.value();
      TRY_ASSIGN(Value* const member, ReadValue(value, depth));
      made.Append(name, *member);
      if (made.size() > limits_.members) return TooMuch("too many members");
    }
    TRY(NamesDiffer(made));
    return &made;
  }

  Result<Value*> ReadArray(ondemand::array& array, std::size_t depth) {
    TRY(Count(depth));
    Value& made = tree_.Make(Kind::kArray);
    for (auto result : array) {
      ondemand::value value;
      if (std::move(result).get(value) != simdjson::SUCCESS) return BadJson("array element");
      TRY_ASSIGN(Value* const element, ReadValue(value, depth));
      made.Append(*element);
    }
    return &made;
  }

  Result<Value*> ReadValue(ondemand::value& value, std::size_t depth) {
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return BadJson("value");
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (value.get_object().get(object) != simdjson::SUCCESS) return BadJson("object");
      return ReadObject(object, depth + 1);
    }
    if (type == ondemand::json_type::array) {
      ondemand::array array;
      if (value.get_array().get(array) != simdjson::SUCCESS) return BadJson("array");
      return ReadArray(array, depth + 1);
    }
    TRY(Count(depth));
    return ReadScalar(value, type);
  }

  Result<Value*> ReadScalar(ondemand::value& value, ondemand::json_type type) {
    if (type == ondemand::json_type::string) {
      TRY_ASSIGN(const std::string_view text, Text(value.get_string()));
      Value& made = tree_.Make(Kind::kString);
      made.text_ = text;
      return &made;
    }
    if (type == ondemand::json_type::number) {
      std::string_view token = value.raw_json_token();
      token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
      if (!IsNumber(token)) return BadJson("number");
      if (token.size() > limits_.string_bytes) return TooMuch("number too long");
      Value& made = tree_.Make(Kind::kNumber);
      made.text_ = tree_.Keep(token);
      return &made;
    }
    if (type == ondemand::json_type::boolean) {
      bool boolean = false;
      if (value.get_bool().get(boolean) != simdjson::SUCCESS) return BadJson("true or false");
      return &tree_.Boolean(boolean);
    }
    bool null = false;
    if (value.is_null().get(null) != simdjson::SUCCESS || !null) return BadJson("null");
    return &tree_.Null();
  }

  // Pairs for small objects, sorting for large ones, so that time stays in proportion to the text.
  static Result<void> NamesDiffer(const Value& object) {
    constexpr std::size_t kFew = 16;
    if (object.size() <= kFew) {
      for (auto a = object.begin(); a != object.end(); ++a) {
        auto b = a;
        for (++b; b != object.end(); ++b) {
          if (a->name() == b->name()) return BadJson("member name occurs twice");
        }
      }
      return {};
    }
    std::vector<std::string_view> names;
    names.reserve(object.size());
    for (const Value& member : object) names.push_back(member.name());
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) return BadJson("member name occurs twice");
    return {};
  }

  Tree& tree_;
  const Limits& limits_;
  std::size_t nodes_ = 0;
};

namespace {

// Room for `bytes` and the padding that simdjson reads past the end; what the padding holds does not matter.
char* ThreadBuffer(Bench& bench, std::size_t bytes) {
  const std::size_t needed = bytes + simdjson::SIMDJSON_PADDING;
  if (bench.padded.size() < needed) bench.padded.resize(needed);
  return bench.padded.data();
}

Result<Value*> ReadBuffer(Tree& tree, Bench& bench, std::size_t bytes, const Limits& limits) {
  const std::string_view text(bench.padded.data(), bytes);
  if (text.empty()) return BadJson("empty");
  if (text.front() == '\xef') return BadJson("byte order mark");
  if (!SurrogatesArePaired(text)) return BadJson("lone surrogate");
  ondemand::document document;
  const auto error = bench.parser.iterate(bench.padded.data(), bytes, bench.padded.size()).get(document);
  if (error != simdjson::SUCCESS) return BadJson("not UTF-8 JSON");
  return Reader(tree, limits).Read(document);
}

// A thread keeps its bench for the next text, unless this one made it large.
void TidyUp(Bench& bench) {
  if (bench.padded.size() <= kKeptBufferMax) return;
  bench.parser = ondemand::parser();
  bench.padded = std::string();
}

}  // namespace

Result<Value*> Tree::Parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes) return TooMuch("text too long");
  Bench& bench = ThreadBench();
  std::copy(text.begin(), text.end(), ThreadBuffer(bench, text.size()));
  Result<Value*> root = ReadBuffer(*this, bench, text.size(), limits);
  TidyUp(bench);
  return root;
}

Result<Value*> Tree::ParseBase64Url(std::string_view text, const Limits& limits) {
  const std::size_t bytes = Base64UrlDecodedLength(text.size());
  if (bytes > limits.bytes) return TooMuch("text too long");
  Bench& bench = ThreadBench();
  char* const buffer = ThreadBuffer(bench, bytes);
  TRY(DecodeBase64UrlInto(text, std::span(reinterpret_cast<std::uint8_t*>(buffer), bytes)));
  Result<Value*> root = ReadBuffer(*this, bench, bytes, limits);
  TidyUp(bench);
  return root;
}

}  // namespace passport::json
