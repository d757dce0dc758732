// Listings that come in pages, row by row.
#pragma once

#include <string>

#include "passport-service/ports/store.h"

namespace passport {

inline constexpr std::size_t kPageRows = 500;

// Visits every row of a listing that goes on with a token.
template <class Fetch, class Visit>
Result<void> EachRow(const Fetch& fetch, const Visit& visit) {
  std::string after;
  do {
    TRY_ASSIGN(const auto page, fetch(after));
    for (const auto& row : page.rows) TRY(visit(row));
    after = page.next;
  } while (!after.empty());
  return {};
}

}  // namespace passport
