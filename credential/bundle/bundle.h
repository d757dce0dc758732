// A bundle: all that a receiver without a network needs of a published tree (registry, status lists, taxonomies, role
// profiles), as of one instant, in one signed file (docs/formats/bundle.md).
//
// The signature is the registry key's and says which files belong together. It does not stand in for theirs: what is in
// a bundle is verified as if it lay in a folder. Pure; memory is bounded by the limits below whatever a file promises.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/crypto/key_set.h"
#include "credential/crypto/sha256.h"
#include "credential/crypto/signer.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::string_view kBundleTyp = "dsp-bundle+jwt";
inline constexpr std::size_t kBundleBytesMax = std::size_t{16} << 20;      // of a whole one, and of a delta
inline constexpr std::size_t kBundleBodyBytesMax = std::size_t{64} << 20;  // inflated
inline constexpr std::size_t kBundleManifestBytesMax = 32 * 1024;
inline constexpr std::size_t kBundleFilesMax = 50'000;

// Text by path in the published tree.
using BundleFiles = std::map<std::string, std::string, std::less<>>;

// What is signed.
struct BundleManifest {
  std::uint64_t sequence = 0;  // greater than that of every bundle before
  Instant as_of;
  std::uint64_t files = 0;
  std::uint64_t size = 0;  // of the body, inflated
  Digest digest{};         // SHA-256 of the body
};

// Verifies a manifest that stands alone (bundle/newest.jwt). Fails with kRegistry, or kLimit.
Result<BundleManifest> ReadBundleManifest(std::string_view jws, const KeySet& registry_keys);

// Immutable.
class Bundle {
 public:
  // The manifest's JWS at the head of a bundle or a delta, not judged in any way: to find out whose key to ask for.
  // Fails with kRegistry when it is neither.
  static Result<std::string> ManifestTextOf(std::string_view file);
  // The sequence a delta starts from; nothing for a whole bundle. Fails as the other does.
  static Result<std::optional<std::uint64_t>> BaseOf(std::string_view file);
  // Reads a whole one. Fails with kRegistry when one of the keys did not sign it or it is truncated, altered, or holds
  // anything that does not belong in one; with kLimit.
  static Result<Bundle> Read(std::string_view file, const KeySet& registry_keys);
  // Reads the one that a delta makes of this one. Fails as Read does, also when the delta starts from another.
  Result<Bundle> After(std::string_view delta, const KeySet& registry_keys) const;

  const BundleManifest& manifest() const { return manifest_; }
  const std::string& manifest_text() const { return manifest_text_; }
  const BundleFiles& files() const { return files_; }
  // The file it is read from again. The same bytes for the same content.
  std::string File() const;
  // What makes this one of `base`.
  std::string DeltaFrom(const Bundle& base) const;

  // Makes and signs one. Fails with kFieldInvalid for a path that does not belong in one, with kLimit past a limit
  // above, and as the signer does.
  static Result<Bundle> Sign(const BundleFiles& files, std::uint64_t sequence, Instant as_of, KeyReference key,
                             Signer& registry_key);

 private:
  Bundle() = default;
  static Result<Bundle> Of(std::string manifest_text, const BundleManifest& manifest, std::string body);
  BundleManifest manifest_;
  std::string manifest_text_;
  std::string body_;
  BundleFiles files_;
};

}  // namespace passport
