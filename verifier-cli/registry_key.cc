#include "verifier-cli/registry_key.h"

#include <string>

#include "verifier-cli/files/input.h"
#include "verifier-cli/token/verify_with_key.h"

namespace passport {

Result<KeySet> ReadRegistryKey(std::string_view flag, std::string_view path, const World& world) {
  constexpr std::size_t kBytesMax = 64 * 1024;
  const auto unclear = [&](std::string_view what) {
    return Fault{Reason::kFieldInvalid, "", std::string(flag) + ": " + std::string(what)};
  };
  TRY_ASSIGN(InputFile file, InputFile::Open(path, world.input));
  TRY_ASSIGN(const std::string text, file.ReadAtMost(kBytesMax));
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(text, json::kTokenLimits);
  if (!value.ok()) return unclear("not a JWK");
  Result<KeySet> keys = ReadIssuerKeys(**value);
  if (!keys.ok()) return unclear(keys.fault().detail);
  return keys;
}

}  // namespace passport
