#include "verifier-cli/registry_pin.h"

#include <string>
#include <utility>

#include "verifier-cli/files/input.h"
#include "verifier-cli/registry_key.h"

namespace passport {

Result<RegistryPin> ReadRegistryPin(const CommandLine& line, const World& world) {
  if (line.Has("--anchor") == line.Has("--root"))
    return Fault{Reason::kFieldInvalid, "",
                 "one of --anchor and --root is needed: why is the registry to be believed?"};
  RegistryPin pin;
  if (line.Has("--anchor")) {
    TRY_ASSIGN(pin.keys, ReadRegistryKey("--anchor", *line.Value("--anchor"), world));
  } else {
    TRY_ASSIGN(InputFile file, InputFile::Open(*line.Value("--root"), world.input));
    TRY_ASSIGN(const std::string text, file.ReadAtMost(2 * kCertificateBytesMax));
    Result<Certificate> root = ReadCertificatePem(text);
    if (!root.ok()) return Fault{Reason::kFieldInvalid, "", "--root: " + root.fault().detail};
    pin.root = std::move(root).value();
  }
  std::optional<std::filesystem::path> memory;
  if (line.Has("--memory")) memory = std::string(*line.Value("--memory"));
  TRY_ASSIGN(pin.memory, RememberedRegistry::Open(memory));
  return pin;
}

Result<Freshness> ReadFreshness(const CommandLine& line) {
  constexpr Seconds kDay{86'400};
  TRY_ASSIGN(const Seconds status_age_max, line.SecondsOr("--status-age-max", kDay));
  TRY_ASSIGN(const Seconds registry_grace, line.SecondsOr("--registry-grace", kDay));
  return Freshness{.status_age_max = status_age_max, .registry_grace = registry_grace};
}

}  // namespace passport
