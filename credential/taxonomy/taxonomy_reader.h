// Reads the JSON of one taxonomy entry by entry; what it means as a whole is judged afterwards (taxonomy_check.h).
#pragma once

#include <string_view>

#include "credential/taxonomy/entry_reader.h"
#include "credential/taxonomy/taxonomy.h"

namespace passport {

class TaxonomyReader {
 public:
  // As Taxonomy::Parse, without what CheckTaxonomy finds.
  static Result<Taxonomy> Read(std::string_view text);

 private:
  explicit TaxonomyReader(Taxonomy& into) : into_(into) {}
  Result<void> ReadSections(const json::Value& root, const EntryReader& file);
  Result<void> ReadWord(EntryReader entry);
  Result<void> ReadSubject(EntryReader entry);
  static Result<RefreshPeriod> ReadRefresh(const EntryReader& entry, const Subject& subject);
  Result<void> ReadEquivalence(EntryReader entry);
  Result<void> ReadRegulator(EntryReader entry);

  Taxonomy& into_;
};

}  // namespace passport
