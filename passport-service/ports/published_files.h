// Where signed static files go.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::size_t kPublishedReadMax = std::size_t{16} << 20;  // as a registry at most

class PublishedFiles {
 public:
  virtual ~PublishedFiles() = default;
  // Replaces one file atomically: a reader sees the old or the new one whole, also after a crash. `path` is relative,
  // of letters, digits, '-', '_', '.' and '/'; only ".well-known/" at its start begins with a dot. Fails with
  // kStoreUnavailable or kStoreFull. Any thread may call.
  virtual Result<void> Put(std::string_view path, std::string_view bytes) = 0;
  // What a file holds now; nothing when there is none. Whoever can write the folder can have put anything there. Fails
  // with kStoreUnavailable, or kLimit when it is over kPublishedReadMax.
  virtual Result<std::optional<std::string>> Get(std::string_view path) = 0;
  // Takes a file away for good. No matter whether it was there. Fails with kStoreUnavailable.
  virtual Result<void> Remove(std::string_view path) = 0;
};

}  // namespace passport
