#include "credential/encoding/json.h"

#include <array>
#include <charconv>
#include <cstring>

namespace passport::json {
namespace {
// Room for a credential with its disclosures, so that reading one takes one allocation.
constexpr std::size_t kFirstBytes = 12 * 1024;
}  // namespace

std::optional<std::string_view> Value::text() const {
  if (kind_ != Kind::kString) return std::nullopt;
  return text_;
}

std::optional<bool> Value::boolean() const {
  if (kind_ != Kind::kBoolean) return std::nullopt;
  return boolean_;
}

std::optional<std::int64_t> Value::integer() const {
  if (kind_ != Kind::kNumber || text_ == "-0") return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
  if (error != std::errc() || end != text_.data() + text_.size()) return std::nullopt;
  return value;
}

const Value* Value::Find(std::string_view name) const {
  if (kind_ != Kind::kObject) return nullptr;
  for (const Value* child = first_; child != nullptr; child = child->next_) {
    if (child->name_ == name) return child;
  }
  return nullptr;
}

Value* Value::Find(std::string_view name) { return const_cast<Value*>(static_cast<const Value*>(this)->Find(name)); }

void Value::Append(Value& element) {
  element.next_ = nullptr;
  (last_ == nullptr ? first_ : last_->next_) = &element;
  last_ = &element;
  ++size_;
}

void Value::Append(std::string_view name, Value& member) {
  member.name_ = name;
  Append(member);
}

void Value::Become(const Value& other) {
  kind_ = other.kind_;
  boolean_ = other.boolean_;
  text_ = other.text_;
  first_ = other.first_;
  last_ = other.last_;
  size_ = other.size_;
}

Tree::Tree() : memory_(std::make_unique<std::pmr::monotonic_buffer_resource>(kFirstBytes)) {}

Value& Tree::Make(Kind kind) {
  auto* value = new (memory_->allocate(sizeof(Value), alignof(Value))) Value;
  value->kind_ = kind;
  return *value;
}

std::string_view Tree::Keep(std::string_view text) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

Value& Tree::Null() { return Make(Kind::kNull); }

Value& Tree::Boolean(bool value) {
  Value& made = Make(Kind::kBoolean);
  made.boolean_ = value;
  return made;
}

Value& Tree::Integer(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  assert(error == std::errc());
  Value& made = Make(Kind::kNumber);
  made.text_ = Keep({digits.data(), static_cast<std::size_t>(end - digits.data())});
  return made;
}

Value& Tree::String(std::string_view text) {
  Value& made = Make(Kind::kString);
  made.text_ = Keep(text);
  return made;
}

Value& Tree::Array() { return Make(Kind::kArray); }
Value& Tree::Object() { return Make(Kind::kObject); }

Value& Tree::Copy(const Value& value) {
  Value& made = Make(value.kind_);
  made.boolean_ = value.boolean_;
  made.text_ = Keep(value.text_);
  for (const Value& child : value) {
    Value& copied = Copy(child);
    copied.name_ = Keep(child.name_);
    made.Append(copied);
  }
  return made;
}

bool Equal(const Value& a, const Value& b) {
  if (a.kind() != b.kind() || a.size() != b.size()) return false;
  switch (a.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBoolean:
      return a.boolean() == b.boolean();
    case Kind::kNumber:
      return a.number() == b.number();
    case Kind::kString:
      return a.text() == b.text();
    case Kind::kArray: {
      auto other = b.begin();
      for (const Value& element : a) {
        if (!Equal(element, *other)) return false;
        ++other;
      }
      return true;
    }
    case Kind::kObject: {
      // Mostly the members stand in the same order; then no search is needed.
      auto at = b.begin();
      for (const Value& member : a) {
        const Value* other = at->name() == member.name() ? &*at : b.Find(member.name());
        if (other == nullptr || !Equal(member, *other)) return false;
        ++at;
      }
      return true;
    }
  }
  return false;
}

void WriteString(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, written, at - written);
    written = at + 1;
    if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += '\\';
      out += text[at];
    }
  }
  out.append(text, written);
  out += '"';
}

void Write(const Value& value, std::string& out) {
  switch (value.kind()) {
    case Kind::kNull:
      out += "null";
      return;
    case Kind::kBoolean:
      out += *value.boolean() ? "true" : "false";
      return;
    case Kind::kNumber:
      out += value.number();
      return;
    case Kind::kString:
      WriteString(*value.text(), out);
      return;
    case Kind::kArray:
    case Kind::kObject:
      break;
  }
  out += value.is_object() ? '{' : '[';
  bool first = true;
  for (const Value& child : value) {
    if (!first) out += ',';
    first = false;
    if (value.is_object()) {
      WriteString(child.name(), out);
      out += ':';
    }
    Write(child, out);
  }
  out += value.is_object() ? '}' : ']';
}

std::string Write(const Value& value) {
  std::string out;
  Write(value, out);
  return out;
}

}  // namespace passport::json
