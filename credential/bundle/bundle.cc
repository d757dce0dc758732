#include "credential/bundle/bundle.h"

#include <utility>

#include "credential/bundle/bundle_body.h"
#include "credential/bundle/bundle_delta.h"
#include "credential/bundle/bundle_manifest.h"
#include "credential/encoding/inflate.h"

namespace passport {
namespace {

constexpr int kBundleZlibLevel = 9;

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Result<std::string> InflateText(std::span<const std::uint8_t> stream, std::size_t bytes_max) {
  const Result<std::vector<std::uint8_t>> bytes = Inflate(stream, bytes_max);
  if (!bytes.ok()) return BundleRefused(bytes.fault().detail);
  return std::string(bytes->begin(), bytes->end());
}

}  // namespace

Result<std::string> Bundle::ManifestTextOf(std::string_view file) {
  TRY_ASSIGN(const BundleEnvelope envelope, OpenEnvelope(file));
  return std::string(envelope.manifest);
}

Result<std::optional<std::uint64_t>> Bundle::BaseOf(std::string_view file) {
  TRY_ASSIGN(const BundleEnvelope envelope, OpenEnvelope(file));
  return envelope.base;
}

Result<Bundle> Bundle::Of(std::string manifest_text, const BundleManifest& manifest, std::string body) {
  if (body.size() != manifest.size || Sha256(body) != manifest.digest)
    return BundleRefused("its content is not what was signed");
  Bundle bundle;
  bundle.manifest_ = manifest;
  bundle.manifest_text_ = std::move(manifest_text);
  bundle.body_ = std::move(body);
  TRY_ASSIGN(const PackedFiles packed, UnpackBody(bundle.body_));
  if (packed.size() != manifest.files) return BundleRefused("it does not hold as many files as were signed");
  for (const auto& [path, file] : packed) {
    TRY_ASSIGN(std::string text, UnpackFile(file));
    bundle.files_.emplace(path, std::move(text));
  }
  if (!bundle.files_.contains("registry.jwt")) return BundleRefused("it holds no registry");
  return bundle;
}

Result<Bundle> Bundle::Read(std::string_view file, const KeySet& registry_keys) {
  TRY_ASSIGN(const BundleEnvelope envelope, OpenEnvelope(file));
  if (envelope.base) return BundleRefused("a delta alone is none; it goes with the bundle it starts from");
  TRY_ASSIGN(const BundleManifest manifest, ReadBundleManifest(envelope.manifest, registry_keys));
  TRY_ASSIGN(std::string body, InflateText(envelope.stream, static_cast<std::size_t>(manifest.size)));
  return Of(std::string(envelope.manifest), manifest, std::move(body));
}

Result<Bundle> Bundle::After(std::string_view delta, const KeySet& registry_keys) const {
  TRY_ASSIGN(const BundleEnvelope envelope, OpenEnvelope(delta));
  if (!envelope.base) return BundleRefused("it is no delta");
  if (*envelope.base != manifest_.sequence) return BundleRefused("the delta starts from another bundle");
  TRY_ASSIGN(const BundleManifest manifest, ReadBundleManifest(envelope.manifest, registry_keys));
  TRY_ASSIGN(const std::string changes, InflateText(envelope.stream, kBundleBodyBytesMax));
  TRY_ASSIGN(const PackedFiles base, UnpackBody(body_));
  TRY_ASSIGN(std::string body, ApplyDelta(base, changes, manifest.size));
  return Of(std::string(envelope.manifest), manifest, std::move(body));
}

std::string Bundle::File() const {
  return MakeEnvelope(std::nullopt, manifest_text_, Deflate(BytesOf(body_), kBundleZlibLevel));
}

std::string Bundle::DeltaFrom(const Bundle& base) const {
  // Both were unpacked when they were made.
  const Result<PackedFiles> before = UnpackBody(base.body_);
  const Result<PackedFiles> now = UnpackBody(body_);
  return MakeEnvelope(base.manifest_.sequence, manifest_text_,
                      Deflate(BytesOf(MakeDelta(*before, *now)), kBundleZlibLevel));
}

Result<Bundle> Bundle::Sign(const BundleFiles& files, std::uint64_t sequence, Instant as_of, KeyReference key,
                            Signer& registry_key) {
  for (const auto& [path, text] : files) {
    if (!IsBundlePath(path)) return Fault{Reason::kFieldInvalid, "", "bundle: a path that does not belong in one"};
  }
  if (files.size() > kBundleFilesMax) return Fault{Reason::kLimit, "", "bundle: more than 50000 files"};
  std::string body = PackBody(files);
  if (body.size() > kBundleBodyBytesMax) return Fault{Reason::kLimit, "", "bundle: its content is over 64 MiB"};
  const BundleManifest manifest{
      .sequence = sequence, .as_of = as_of, .files = files.size(), .size = body.size(), .digest = Sha256(body)};
  TRY_ASSIGN(std::string text, SignBundleManifest(manifest, key, registry_key));
  return Of(std::move(text), manifest, std::move(body));
}

}  // namespace passport
