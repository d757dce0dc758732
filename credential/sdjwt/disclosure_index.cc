#include "credential/sdjwt/disclosure_index.h"

#include <algorithm>
#include <numeric>

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"

namespace passport {

Result<DisclosureIndex> DisclosureIndex::Make(std::span<const std::string_view> disclosures) {
  DisclosureIndex index;
  index.digests_.reserve(disclosures.size() * kDigestLength);
  for (const std::string_view disclosure : disclosures) AppendBase64Url(Sha256(disclosure), index.digests_);
  index.sorted_.resize(disclosures.size());
  std::iota(index.sorted_.begin(), index.sorted_.end(), 0U);
  std::sort(index.sorted_.begin(), index.sorted_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return index.DigestAt(a) < index.DigestAt(b); });
  const auto twice =
      std::adjacent_find(index.sorted_.begin(), index.sorted_.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return index.DigestAt(a) == index.DigestAt(b); });
  if (twice != index.sorted_.end()) return Fault{Reason::kDigestDup, "SDJWT-14", "a disclosure occurs twice"};
  return index;
}

std::optional<std::size_t> DisclosureIndex::Find(std::string_view digest) const {
  const auto at =
      std::lower_bound(sorted_.begin(), sorted_.end(), digest,
                       [&](std::uint32_t position, std::string_view wanted) { return DigestAt(position) < wanted; });
  if (at == sorted_.end() || DigestAt(*at) != digest) return std::nullopt;
  return *at;
}

}  // namespace passport
