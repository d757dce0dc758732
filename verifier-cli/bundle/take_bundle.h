// Puts another bundle in the place of the one in a folder, if it holds and is not older.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "verifier-cli/files/bundle_folder.h"
#include "verifier-cli/files/published_tree.h"

namespace passport {

struct TakenBundle {
  enum class How : std::uint8_t { kUnchanged, kWhole, kDelta };
  How how = How::kUnchanged;
  BundleManifest manifest;
  std::size_t bytes = 0;              // that were read for it
  std::vector<std::string> problems;  // files in it that do not hold
};

// A whole bundle or a delta, from a stick. Fails with kRegistry or kLimit when it does not hold, is a delta from
// another one, or is older than what was seen before; with kFileUnreadable; the old one stays.
Result<TakenBundle> TakeBundleFile(const BundleFolder& folder, const std::string& file, RegistryPin& pin, Instant now);

// What a web server has at a path below the published base: what the address ends in, how large it may be, the tag of
// what is at hand.
struct BundleAnswer {
  bool found = false;
  bool unchanged = false;
  std::string body;
  std::string tag;
};
using FetchFile =
    std::function<Result<BundleAnswer>(const std::string& path, std::size_t bytes_max, const std::string& tag)>;

// The newest that is published at `base`: nothing when it is at hand, the delta where there is one, the whole
// otherwise. Fails as the other does, and as `fetch`.
Result<TakenBundle> TakeNewestBundle(const BundleFolder& folder, const std::string& base, const FetchFile& fetch,
                                     RegistryPin& pin, Instant now);

}  // namespace passport
