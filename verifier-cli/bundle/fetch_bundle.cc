#include "verifier-cli/bundle/fetch_bundle.h"

#include <utility>

#include "verifier-cli/online/http_get.h"

namespace passport {
namespace {

FetchFile FetchBelow(std::string base, std::optional<std::string> authorities) {
  return [base = std::move(base), authorities = std::move(authorities)](
             const std::string& path, std::size_t bytes_max, const std::string& tag) -> Result<BundleAnswer> {
    constexpr long kOk = 200;
    constexpr long kNotModified = 304;
    constexpr long kNotFound = 404;
    TRY_ASSIGN(HttpAnswer answer,
               HttpGet({.address = base + path, .tag = tag, .bytes_max = bytes_max, .authorities = authorities}));
    if (answer.status == kNotModified) return BundleAnswer{.unchanged = true, .body = "", .tag = ""};
    if (answer.status == kNotFound) return BundleAnswer{};
    if (answer.status != kOk)
      return Fault{Reason::kServiceUnreachable, "",
                   "the server answers " + std::to_string(answer.status) + " for " + base + path};
    return BundleAnswer{.found = true, .body = std::move(answer.body), .tag = std::move(answer.tag)};
  };
}

}  // namespace

Result<TakenBundle> FetchBundle(const std::string& folder, const std::string& address,
                                const std::optional<std::string>& authorities, RegistryPin& pin, Instant now) {
  TRY_ASSIGN(const BundleFolder kept, BundleFolder::OpenToChange(folder));
  return FetchBundle(kept, address, authorities, pin, now);
}

Result<TakenBundle> FetchBundle(const BundleFolder& folder, const std::string& address,
                                const std::optional<std::string>& authorities, RegistryPin& pin, Instant now) {
  if (!pin.memory.has_file()) {
    TRY_ASSIGN(pin.memory, RememberedRegistry::Open(folder.memory()));
  }
  const std::string base = address.ends_with('/') ? address : address + "/";
  return TakeNewestBundle(folder, base, FetchBelow(base, authorities), pin, now);
}

}  // namespace passport
