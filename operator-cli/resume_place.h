// Where a watch of shares has got to, in a file (docs/formats/share-watch.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// Whose place it is: a token of another organisation or of another service would pass notices over in silence.
struct WatchedBy {
  OrganisationId organisation;
  std::string server;  // "HOST:PORT"
};

// One thread at a time.
class ResumePlace {
 public:
  // How long the service keeps notices.
  static constexpr Seconds kNoticesKept{90 * 86'400};

  // An empty path keeps nothing; a file that is not there yet is the beginning. Fails with kConfig when the file is not
  // such a place or is another's, and with kFileUnreadable.
  static Result<ResumePlace> Open(const std::string& path, WatchedBy by);

  // Empty at the beginning.
  const std::string& token() const { return token_; }
  // Whether notices may have been forgotten since it was last moved.
  bool IsTooOld(Instant now) const { return as_of_ && now - *as_of_ > kNoticesKept; }
  // On the disk when it returns, whole or as it was before. Fails with kFileUnreadable.
  Result<void> MoveTo(std::string_view token, Instant now);

 private:
  ResumePlace(std::string path, WatchedBy by) : path_(std::move(path)), by_(std::move(by)) {}
  Result<void> Read(std::string_view text);
  std::string path_;
  WatchedBy by_;
  std::string token_;
  std::optional<Instant> as_of_;
};

}  // namespace passport
