// The signed head of a bundle, and the first lines of its files.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "credential/bundle/bundle.h"

namespace passport {

Result<std::string> SignBundleManifest(const BundleManifest& manifest, KeyReference key, Signer& registry_key);

// A file taken apart, nothing of it judged:
//
//   dsp-bundle 1                    dsp-bundle-delta 1 <sequence of the base>
//   <manifest>                      <manifest>
//   <zlib stream>                   <zlib stream>
struct BundleEnvelope {
  std::optional<std::uint64_t> base;
  std::string_view manifest;
  std::span<const std::uint8_t> stream;
};
Result<BundleEnvelope> OpenEnvelope(std::string_view file);
std::string MakeEnvelope(std::optional<std::uint64_t> base, std::string_view manifest,
                         std::span<const std::uint8_t> stream);

}  // namespace passport
