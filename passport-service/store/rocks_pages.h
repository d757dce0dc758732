// How RocksStore reads its tables; for the files of its reads.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "credential/encoding/base64url.h"
#include "passport-service/store/rocks_store.h"
#include "passport-service/store/row_codec.h"

namespace passport {

inline Fault DanglingKey(const char* table) {
  return {Reason::kStoreUnavailable, kRowCheck, std::string("a key of the table ") + table + " leads nowhere"};
}

// The first key a page looks at: behind the one the token names.
inline Result<std::string> FirstKey(const std::string& prefix, std::string_view after) {
  if (after.empty()) return prefix;
  std::string key;
  const auto decoded = DecodeBase64Url(after, key);
  if (!decoded.ok() || !key.starts_with(prefix)) return Fault{Reason::kFieldInvalid, "", "page token"};
  return key + '\0';
}

template <class Row>
Result<std::optional<Row>> RocksStore::Find(Table table, const std::string& key) const {
  TRY_ASSIGN(const auto bytes, tables_->Get(table, key));
  if (!bytes) return std::optional<Row>();
  TRY_ASSIGN(auto row, Decode<Row>(*bytes));
  return std::optional<Row>(std::move(row));
}

template <class Row, class Read>
Result<Page<Row>> RocksStore::PageOf(Table table, const std::string& prefix, std::string_view after, std::size_t limit,
                                     const Read& read) const {
  TRY_ASSIGN(const std::string from, FirstKey(prefix, after));
  Page<Row> page;
  std::string last;
  const auto visit = [&](std::string_view key, std::string_view value) -> Result<bool> {
    if (page.rows.size() == std::max<std::size_t>(limit, 1)) {
      page.next = EncodeBase64Url(last);
      return false;
    }
    TRY_ASSIGN(auto row, read(key, value));
    page.rows.push_back(std::move(row));
    last = key;
    return true;
  };
  TRY(tables_->Scan(table, prefix, from, visit));
  return page;
}

template <class Row>
Result<Page<Row>> RocksStore::RowsOf(Table table, const std::string& prefix, std::string_view after,
                                     std::size_t limit) const {
  return PageOf<Row>(table, prefix, after, limit,
                     [](std::string_view, std::string_view value) { return Decode<Row>(value); });
}

template <class Row, class Read, class SequenceOf>
Result<Page<Row>> RocksStore::PageAfter(Table table, const std::string& prefix, std::uint64_t sequence,
                                        std::size_t limit, const Read& read, const SequenceOf& sequence_of) const {
  const std::string after = sequence == 0 ? std::string() : EncodeBase64Url(prefix + key::Sequence(sequence));
  TRY_ASSIGN(auto page, PageOf<Row>(table, prefix, after, limit, read));
  if (!page.next.empty()) page.next = std::to_string(sequence_of(page.rows.back()));
  return page;
}

}  // namespace passport
