// JSON as signed tokens need it (RFC 8259, and the stricter rules of the JOSE layer).
//
// The reader refuses what a lenient one lets through: duplicate member names at any depth (also when written with
// escapes), invalid UTF-8, lone surrogates, byte order marks, anything after the value, and everything past the limits.
// Numbers keep the text they were written with, so nothing is rounded and 1 is told from 1.0.
//
// A Tree owns all values read or made in it, and frees them together. Several texts may be read into one tree, and
// values of one tree may be moved about in it: that is how disclosed claims are put in their place. A Tree is used by
// one thread at a time; different trees are independent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport::json {

// Caps for one text. One past a cap is kLimit.
struct Limits {
  std::size_t bytes;         // of the text
  std::size_t depth;         // of nesting; a flat object has depth 1
  std::size_t nodes;         // values of every kind, counted over the whole text
  std::size_t string_bytes;  // of one string or name after unescaping
  std::size_t members;       // of one object
};
// The payload of a token (docs/formats/README.md: 128 KiB, 32 deep, 20,000 values, strings of 64 KiB, 1,000 members).
inline constexpr Limits kTokenLimits{
    .bytes = 128 * 1024, .depth = 32, .nodes = 20'000, .string_bytes = 64 * 1024, .members = 1000};

enum class Kind : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };

// One value. Lives in a Tree; text is UTF-8 and lives as long as the tree.
class Value {
 public:
  Kind kind() const { return kind_; }
  bool is_object() const { return kind_ == Kind::kObject; }
  bool is_array() const { return kind_ == Kind::kArray; }
  bool is_string() const { return kind_ == Kind::kString; }
  // The member name where the value stands in an object; empty elsewhere.
  std::string_view name() const { return name_; }

  // The value where it is of that kind, otherwise nothing.
  std::optional<std::string_view> text() const;
  std::optional<bool> boolean() const;
  // A number written as an integer in the range of int64: 7, -3; not 7.0, 7e0, -0.
  std::optional<std::int64_t> integer() const;
  // The number as it was written; empty for other kinds.
  std::string_view number() const { return kind_ == Kind::kNumber ? text_ : std::string_view(); }

  // Members or elements in their order; none for other kinds.
  std::size_t size() const { return size_; }
  template <class V>
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = V;
    using difference_type = std::ptrdiff_t;
    using pointer = V*;
    using reference = V&;
    Iterator() = default;
    explicit Iterator(V* at) : at_(at) {}
    V& operator*() const { return *at_; }
    V* operator->() const { return at_; }
    Iterator& operator++() {
      at_ = at_->next_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator&) const = default;

   private:
    V* at_ = nullptr;
  };
  Iterator<const Value> begin() const { return Iterator<const Value>(first_); }
  Iterator<const Value> end() const { return Iterator<const Value>(nullptr); }
  Iterator<Value> begin() { return Iterator<Value>(first_); }
  Iterator<Value> end() { return Iterator<Value>(nullptr); }
  // The member of that name, or null.
  const Value* Find(std::string_view name) const;
  Value* Find(std::string_view name);

  // Changes. A child belongs to one parent; the caller keeps names unique.
  void Append(Value& element);                        // to an array
  void Append(std::string_view name, Value& member);  // to an object; `name` must live as long as the tree
  // Takes over kind, text and children of `other`, and keeps its own name and place.
  void Become(const Value& other);
  // Drops the children for which `unwanted(child)` is true.
  template <class Predicate>
  void RemoveIf(Predicate unwanted) {
    Value* kept_last = nullptr;
    Value* next = first_;
    first_ = nullptr;
    size_ = 0;
    while (next != nullptr) {
      Value* child = next;
      next = child->next_;
      if (unwanted(*child)) continue;
      child->next_ = nullptr;
      (kept_last == nullptr ? first_ : kept_last->next_) = child;
      kept_last = child;
      ++size_;
    }
    last_ = kept_last;
  }

 private:
  friend class Tree;
  friend class Reader;
  std::string_view name_;
  std::string_view text_;
  Value* first_ = nullptr;
  Value* last_ = nullptr;
  Value* next_ = nullptr;
  std::uint32_t size_ = 0;
  Kind kind_ = Kind::kNull;
  bool boolean_ = false;
};

class Tree {
 public:
  Tree();
  Tree(Tree&&) noexcept = default;
  Tree& operator=(Tree&&) noexcept = default;

  // Reads one text whose root is an object or an array. Fails with kMalformed or kLimit (check JWT-03).
  Result<Value*> Parse(std::string_view text, const Limits& limits);
  // The same for a text in base64url, as tokens carry it; fails as the decoder does, too.
  Result<Value*> ParseBase64Url(std::string_view text, const Limits& limits);

  // New values. Strings are copied into the tree; String() trusts its caller to give UTF-8.
  Value& Null();
  Value& Boolean(bool value);
  Value& Integer(std::int64_t value);
  Value& String(std::string_view text);
  Value& Array();
  Value& Object();
  // A deep copy of a value of any tree.
  Value& Copy(const Value& value);
  // Text that lives as long as the tree, for member names.
  std::string_view Keep(std::string_view text);

 private:
  friend class Reader;
  Value& Make(Kind kind);
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
};

// True when two values are equal as JSON: members in any order, elements in order, numbers by their text.
bool Equal(const Value& a, const Value& b);

// Appends the value as compact JSON. Control characters, quotes and backslashes are escaped, all else is UTF-8 as it
// is.
void Write(const Value& value, std::string& out);
std::string Write(const Value& value);
// Appends a JSON string with its quotes. The text must be UTF-8.
void WriteString(std::string_view text, std::string& out);

}  // namespace passport::json
