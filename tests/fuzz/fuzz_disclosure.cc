// Any payload with any disclosures. Input: JSON texts, one in a line; the first is the payload, the others become
// disclosures. In every line "$0" to "$9" stand for the digests of the disclosures after it, counted from the end of
// the input, so that the fuzzer can refer to them without hashing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "credential/sdjwt/disclose.h"

namespace passport {
namespace {

std::string Filled(std::string_view text, const std::vector<std::string>& disclosures) {
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_mark = text[i] == '$' && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
    const auto number = is_mark ? static_cast<std::size_t>(text[i + 1] - '0') : 0;
    if (is_mark && number < disclosures.size()) {
      filled += Sha256Text(disclosures[number]);
      ++i;
    } else {
      filled += text[i];
    }
  }
  return filled;
}

// Nothing of the machinery may be left.
void CheckIsProcessed(const json::Value& value) {
  for (const json::Value& child : value) {
    if (value.is_object() && (child.name() == "_sd" || child.name() == "..." || child.name() == "_sd_alg"))
      std::abort();
    CheckIsProcessed(child);
  }
}

void Run(std::string_view input) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = input.find('\n');
    lines.push_back(input.substr(0, end));
    if (end == std::string_view::npos) break;
    input.remove_prefix(end + 1);
  }
  std::vector<std::string> disclosures;
  for (std::size_t i = lines.size() - 1; i > 0; --i) {
    disclosures.push_back(EncodeBase64Url(Filled(lines[i], disclosures)));
  }
  json::Tree tree;
  const auto payload = tree.Parse(Filled(lines.front(), disclosures), kSdJwtLimits.payload);
  if (!payload.ok()) return;
  const std::vector<std::string_view> views(disclosures.begin(), disclosures.end());
  if (!Disclose(**payload, views, tree, kSdJwtLimits).ok()) return;
  CheckIsProcessed(**payload);
  // What was processed reads back as itself.
  const std::string text = json::Write(**payload);
  json::Limits limits = kSdJwtLimits.payload;
  limits.bytes = SIZE_MAX / 2;
  limits.nodes = SIZE_MAX / 2;
  limits.members = SIZE_MAX / 2;
  const auto again = tree.Parse(text, limits);
  if (!again.ok() || !json::Equal(**again, **payload)) std::abort();
}

}  // namespace
}  // namespace passport

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  passport::Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
