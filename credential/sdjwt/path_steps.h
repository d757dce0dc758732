// Remembers the ways to many places in one JSON value, each step once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace passport {

class PathSteps {
 public:
  // Before the first step.
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // A step onward from `up` (or kNone); names are not copied.
  std::uint32_t AddMember(std::uint32_t up, std::string_view name) { return Add({up, name, 0, false}); }
  std::uint32_t AddElement(std::uint32_t up, std::size_t index) { return Add({up, {}, index, true}); }

  // The JSON pointer (RFC 6901) of the way that ends with this step.
  std::string Pointer(std::uint32_t last) const;

 private:
  struct Step {
    std::uint32_t up;
    std::string_view name;
    std::size_t index;
    bool is_element;
  };
  std::uint32_t Add(const Step& step) {
    steps_.push_back(step);
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }

  std::vector<Step> steps_;
};

}  // namespace passport
