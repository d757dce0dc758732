// Bytes that must not linger: no copy, no printing, wiped when they go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace passport {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::size_t size) : bytes_(size) {}
  // Takes a copy; the caller wipes its own.
  explicit Secret(std::span<const std::uint8_t> bytes) : bytes_(bytes.begin(), bytes.end()) {}
  Secret(Secret&& other) noexcept = default;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  std::span<const std::uint8_t> bytes() const { return bytes_; }
  std::span<std::uint8_t> bytes() { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  // Shortens; the cut part is wiped.
  void Truncate(std::size_t size);

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace passport
