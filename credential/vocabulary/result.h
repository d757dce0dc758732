// Values that may be a no.
//
// A function that can fail on what it was given returns Result<T>: a value or a Fault. Impossible states are assertions
// instead. Nothing that arrives from outside throws.
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "credential/vocabulary/reason.h"

namespace passport {

// One no. `check` is the id of the verifier check that failed ("SDJWT-13"), or empty. `detail` names fields and limits
// for a developer; it never holds a value that was given, so it is safe to log.
struct Fault {
  Reason reason;
  std::string_view check;  // a string literal
  std::string detail;
};

template <class T>
class [[nodiscard]] Result {
 public:
  using ValueType = T;
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Fault fault) : held_(std::in_place_index<1>, std::move(fault)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return held_.index() == 0; }
  // Only when ok().
  const T& value() const& { return *Checked(std::get_if<0>(&held_)); }
  T& value() & { return *Checked(std::get_if<0>(&held_)); }
  T&& value() && { return std::move(*Checked(std::get_if<0>(&held_))); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  // Only when not ok().
  const Fault& fault() const& { return *Checked(std::get_if<1>(&held_)); }
  Fault&& fault() && { return std::move(*Checked(std::get_if<1>(&held_))); }

 private:
  template <class P>
  static P* Checked(P* pointer) {
    assert(pointer != nullptr);
    return pointer;
  }
  std::variant<T, Fault> held_;
};

// The result of something done for its effect.
struct Done {};
template <>
class [[nodiscard]] Result<void> : public Result<Done> {
 public:
  Result() : Result<Done>(Done{}) {}
  Result(Fault fault) : Result<Done>(std::move(fault)) {}  // NOLINT(google-explicit-constructor)
};

#define PASSPORT_JOIN_(a, b) a##b
#define PASSPORT_JOIN(a, b) PASSPORT_JOIN_(a, b)

// TRY(Check(x));  returns the fault of Check(x) from the enclosing function, if there is one.
#define TRY(expression)                                             \
  do {                                                              \
    if (auto passport_tried = (expression); !passport_tried.ok()) { \
      return std::move(passport_tried).fault();                     \
    }                                                               \
  } while (false)

// TRY_ASSIGN(const auto person, PersonId::Parse(text));
#define TRY_ASSIGN(declaration, expression)                             \
  auto PASSPORT_JOIN(passport_tried_, __LINE__) = (expression);         \
  if (!PASSPORT_JOIN(passport_tried_, __LINE__).ok()) {                 \
    return std::move(PASSPORT_JOIN(passport_tried_, __LINE__)).fault(); \
  }                                                                     \
  declaration = std::move(PASSPORT_JOIN(passport_tried_, __LINE__)).value()

}  // namespace passport
