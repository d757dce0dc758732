// The text of a presentation, and the verification of whatever it holds. The registry is that of the page on
// registries, so the example of the page on presentations gets as far as its proof allows.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "credential/crypto/jwk.h"
#include "credential/presentation/verified_presentation.h"

namespace {

using passport::Instant;
using passport::Seconds;

constexpr Instant kNow{1795300000};

std::string BlockOf(std::string_view page, int number) {
  std::ifstream file{std::string(page)};
  std::string block;
  int fences = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      ++fences;
    } else if (fences == 2 * number + 1) {
      block += line;
    }
  }
  return block;
}

std::shared_ptr<const passport::TrustSnapshot> Snapshot() {
  constexpr std::string_view kPage = "docs/formats/registry.md";
  passport::json::Tree tree;
  const std::string jwk = BlockOf(kPage, 2);
  const auto parsed = tree.Parse(jwk, passport::json::kTokenLimits);
  if (!parsed.ok()) std::abort();  // run it in the root of the tree
  passport::KeySet pinned;
  pinned.Add("registry-1", passport::ReadJwk(**parsed).value());
  auto registry = passport::TrustRegistry::Read(BlockOf(kPage, 0), pinned, kNow, Seconds{60});
  if (!registry.ok()) std::abort();
  passport::TrustSnapshot::Builder builder(std::make_shared<const passport::TrustRegistry>(std::move(registry).value()),
                                           {.status_age_max = {900}, .registry_grace = {3600}});
  return std::move(builder).Build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto snapshot = Snapshot();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto presentation = passport::Presentation::Parse(text);
  if (!presentation.ok()) return 0;
  const auto again = passport::Presentation::Parse(presentation->Text());
  if (!again.ok() || again->credentials != presentation->credentials) std::abort();
  const passport::Expectation expected{
      .audience = "ons:E06000032", .nonce = "BPcRvH3kR1i1rXDyjc9Nsg", .proof_age_max = {300}, .leeway = {60}};
  const auto verified = passport::VerifyPresentation(*presentation, expected, *snapshot, kNow);
  if (verified.ok() && verified->WorstStanding() == passport::Standing::kGood) std::abort();  // there is no list
  return 0;
}
