// The part of a publication that is bundles (docs/formats/bundle.md): one from time to time, whole, and as what has
// changed since each of the last few.
#pragma once

#include <optional>
#include <vector>

#include "credential/bundle/bundle.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/ports/published_files.h"

namespace passport {

// Used by one thread at a time. Everything it knows of earlier ones is read from the published files.
class PublishBundle {
 public:
  static constexpr std::size_t kKept = 6;  // whole bundles that lie there under their number, and deltas from them

  PublishBundle(PublishedFiles& files, Seconds every) : files_(files), every_(every) {}
  // At the start, and when the last one is old enough.
  bool IsDue(Instant now) const { return !last_ || now >= *last_ + every_ || now < *last_; }
  // Makes one of these files and takes those away that are one too many; returns its sequence. `registry_keys`: of
  // whatever age, to know its own again. Fails as the files and the signer do, and with kLimit.
  Result<std::uint64_t> operator()(const BundleFiles& content, const KeySet& registry_keys, const SigningKey& key,
                                   Instant now);

 private:
  Result<std::vector<std::uint64_t>> ReadKept();
  // Those of them that hold, oldest first.
  Result<std::vector<Bundle>> ReadBundles(const std::vector<std::uint64_t>& kept, const KeySet& registry_keys);
  // Takes the others of `kept` away, with the deltas from and to them.
  Result<void> TakeAway(std::vector<std::uint64_t>& kept, const std::vector<Bundle>& stay);
  Result<void> PutFiles(const Bundle& made, const std::vector<Bundle>& bases);
  PublishedFiles& files_;
  Seconds every_;
  std::optional<Instant> last_;
};

}  // namespace passport
