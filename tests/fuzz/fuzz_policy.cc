// Policies, batch lines and issuer keys: whatever they hold, the answer is a result.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "verifier-cli/token/batch_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passport;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // One judge for all inputs: what it remembers of the last one must not show in the next.
  static BatchLineJudge judge;
  BatchLineJudge fresh;
  std::string out;
  std::string out_fresh;
  const Instant clock{1'795'300'000};
  judge.Answer({.text = std::string(text), .over_long = false}, 1, clock, out);
  fresh.Answer({.text = std::string(text), .over_long = false}, 1, clock, out_fresh);
  if (out != out_fresh) std::abort();
  json::Tree tree;
  if (!tree.Parse(out, Policy::TextLimits(std::size_t{1} << 28)).ok()) std::abort();
  return 0;
}
