// Where signed static files go.
#pragma once

#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

class PublishedFiles {
 public:
  virtual ~PublishedFiles() = default;
  // Replaces one file atomically: a reader sees the old or the new one whole, also after a crash. `path` is relative,
  // of letters, digits, '-', '_', '.' and '/'; only ".well-known/" at its start begins with a dot. Fails with kStoreUnavailable or kStoreFull. Any thread may call.
  virtual Result<void> Put(std::string_view path, std::string_view bytes) = 0;
};

}  // namespace passport
