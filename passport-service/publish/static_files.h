// Published files in a folder that any web server or a USB stick can carry.
#pragma once

#include <filesystem>

#include "passport-service/ports/published_files.h"

namespace passport {

// "issuers/ods-RC9/jwks.json": 1 to 200 characters, parts of letters, digits, '-', '_' and '.' between single slashes,
// none of which begins with a dot. Fails with kFieldInvalid.
Result<void> CheckPublishedPath(std::string_view path);

class StaticFiles final : public PublishedFiles {
 public:
  // The folder is there, or is made. Fails with kStoreUnavailable or kStoreFull.
  static Result<StaticFiles> Open(const std::filesystem::path& folder);
  // Written beside its place, synced, renamed, and the folder synced. Files are readable by all: they are public. Each
  // version of a file has a second of its own.
  Result<void> Put(std::string_view path, std::string_view bytes) override;
  Result<std::optional<std::string>> Get(std::string_view path) override;
  Result<void> Remove(std::string_view path) override;

 private:
  explicit StaticFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace passport
