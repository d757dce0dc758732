// The registry as a reader gets it: the whole token, and its payload as if the pinned key had signed it. And a memory.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credential/trust/registry_diff.h"
#include "credential/trust/registry_memory.h"
#include "keys/private_key.h"

namespace {

using passport::Instant;
using passport::KeySet;
using passport::Seconds;
using passport::TrustRegistry;

constexpr Instant kNow{1795300000};
constexpr Seconds kLeeway{60};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static passport::PrivateKey key = passport::PrivateKey::Generate().value();
  static const KeySet pinned = [] {
    KeySet keys;
    keys.Add("registry-1", key.public_key());
    return keys;
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto memory = passport::RegistryMemory::Read(text);
  if (memory.ok() && !passport::RegistryMemory::Read(memory->Text()).ok()) std::abort();
  if (TrustRegistry::Read(text, pinned, kNow, kLeeway).ok()) std::abort();  // nobody signed it
  const auto token = passport::SignJws(passport::JwsHeader(passport::kRegistryTyp, "registry-1"), text, key);
  if (!token.ok()) std::abort();
  const auto registry = TrustRegistry::Read(*token, pinned, kNow, kLeeway);
  if (!registry.ok()) return 0;
  // What was accepted is written and read back as the same.
  const auto again = passport::SignRegistry(registry->content(), "registry-1", key);
  const auto read = TrustRegistry::Read(*again, pinned, kNow, kLeeway);
  if (!read.ok()) std::abort();
  if (WriteSubstance(read->content()) != WriteSubstance(registry->content())) std::abort();
  if (!DiffRegistries(registry->content(), read->content()).empty()) std::abort();
  return 0;
}
