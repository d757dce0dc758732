// How a status list begins.
//
// An organisation always has several open lists, so that callers who issue at the same time do not wait for each other
// and credentials that are revoked together lie in different lists; and one more, which is published before the first
// credential names it.
#pragma once

#include <cstdint>

#include "credential/vocabulary/random.h"
#include "passport-service/ports/changes.h"

namespace passport {

inline constexpr std::size_t kOpenLists = 4;  // credentials are spread over so many
inline constexpr std::size_t kReadyLists = kOpenLists + 1;
inline constexpr std::uint32_t kFirstListSize = std::uint32_t{1} << 16;
inline constexpr std::uint32_t kListSizeMax = std::uint32_t{1} << 20;

// A list with a secret seed of its own and its first decoys. Must not exist.
struct NewList {
  const OrganisationId& organisation;
  const std::string& uri_prefix;
  std::uint32_t number;
  std::uint32_t size;
};
Changes OpenList(const NewList& list, Random& random);

}  // namespace passport
