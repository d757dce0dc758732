// The newest bundle from a web server, into a folder that keeps one.
#pragma once

#include <optional>
#include <string>

#include "verifier-cli/bundle/take_bundle.h"

namespace passport {

// `address` is that of a published tree. Waits for another program that changes the folder; what was seen is remembered
// in it, unless `pin` remembers elsewhere. `authorities` as in HttpOrder. Fails as TakeNewestBundle and HttpGet do, and
// with kConfig when the folder's memory is none.
Result<TakenBundle> FetchBundle(const std::string& folder, const std::string& address,
                                const std::optional<std::string>& authorities, RegistryPin& pin, Instant now);

// The same with the folder at hand.
Result<TakenBundle> FetchBundle(const BundleFolder& folder, const std::string& address,
                                const std::optional<std::string>& authorities, RegistryPin& pin, Instant now);

}  // namespace passport
