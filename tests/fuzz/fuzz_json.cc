// Any bytes as JSON: what is accepted must survive being written and read again, unchanged.
#include <cstdint>
#include <cstdlib>

#include "credential/encoding/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using passport::json::Tree;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Tree tree;
  const auto first = tree.Parse(text, passport::json::kTokenLimits);
  if (!first.ok()) return 0;
  // Escapes of control characters may be longer than what they were read from.
  passport::json::Limits wide = passport::json::kTokenLimits;
  wide.bytes *= 6;
  const std::string written = passport::json::Write(**first);
  const auto second = tree.Parse(written, wide);
  if (!second.ok() || !passport::json::Equal(**first, **second)) std::abort();
  if (passport::json::Write(tree.Copy(**second)) != written) std::abort();
  return 0;
}
