// How MemoryStore reads its maps.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "credential/encoding/base64url.h"
#include "passport-service/ports/store.h"
#include "passport-service/store/key_layout.h"

namespace passport {

template <class Row>
std::optional<Row> FindIn(const std::map<std::string, Row>& table, const std::string& key) {
  const auto at = table.find(key);
  return at == table.end() ? std::nullopt : std::optional<Row>(at->second);
}

// A stretch of the keys that begin with `prefix`; `row_of` makes the row of a key and what stands under it.
template <class Row, class Value, class RowOf>
Result<Page<Row>> PageOf(const std::map<std::string, Value>& table, const std::string& prefix, std::string_view after,
                         std::size_t limit, const RowOf& row_of) {
  auto at = table.lower_bound(prefix);
  if (!after.empty()) {
    std::string key;
    if (!DecodeBase64Url(after, key).ok() || !key.starts_with(prefix)) {
      return Fault{Reason::kFieldInvalid, "", "page token"};
    }
    at = table.upper_bound(key);
  }
  Page<Row> page;
  std::string last;
  for (; at != table.end() && at->first.starts_with(prefix); ++at) {
    if (page.rows.size() == std::max<std::size_t>(limit, 1)) {
      page.next = EncodeBase64Url(last);
      break;
    }
    page.rows.push_back(row_of(at->second));
    last = at->first;
  }
  return page;
}

template <class Row>
Result<Page<Row>> PageOf(const std::map<std::string, Row>& table, const std::string& prefix, std::string_view after,
                         std::size_t limit) {
  return PageOf<Row>(table, prefix, after, limit, [](const Row& row) { return row; });
}

// The same for a table whose keys end with a sequence; `sequence_of` reads it off a row.
template <class Row, class Value, class RowOf, class SequenceOf>
Result<Page<Row>> PageAfter(const std::map<std::string, Value>& table, const std::string& prefix,
                            std::uint64_t sequence, std::size_t limit, const RowOf& row_of,
                            const SequenceOf& sequence_of) {
  const std::string after = sequence == 0 ? std::string() : EncodeBase64Url(prefix + key::Sequence(sequence));
  TRY_ASSIGN(auto page, PageOf<Row>(table, prefix, after, limit, row_of));
  if (!page.next.empty()) page.next = std::to_string(sequence_of(page.rows.back()));
  return page;
}

}  // namespace passport
