// Finds the disclosure that a digest refers to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

// Digests are compared as text: ours are canonical, so a text that is not can not match. Searching sorted digests keeps
// the cost the same whatever an attacker makes them look like.
class DisclosureIndex {
 public:
  // Characters of a SHA-256 in base64url.
  static constexpr std::size_t kDigestLength = 43;

  // Fails with kDigestDup when a disclosure occurs twice (SDJWT-14).
  static Result<DisclosureIndex> Make(std::span<const std::string_view> disclosures);

  // The position of the disclosure with this digest; nothing for decoys and what was kept back.
  std::optional<std::size_t> Find(std::string_view digest) const;

 private:
  std::string_view DigestAt(std::uint32_t position) const {
    return std::string_view(digests_).substr(position * kDigestLength, kDigestLength);
  }

  std::string digests_;                // kDigestLength characters for each disclosure
  std::vector<std::uint32_t> sorted_;  // positions in the order of their digests
};

}  // namespace passport
