#include "credential/taxonomy/taxonomy.h"

#include "credential/taxonomy/taxonomy_check.h"
#include "credential/taxonomy/taxonomy_reader.h"

namespace passport {

Result<Taxonomy> Taxonomy::Parse(std::string_view text) {
  TRY_ASSIGN(Taxonomy taxonomy, TaxonomyReader::Read(text));
  TRY(CheckTaxonomy(taxonomy));
  return taxonomy;
}

const std::vector<RefreshPeriod>& Taxonomy::RefreshOf(std::string_view subject) const {
  static const std::vector<RefreshPeriod> none;
  const auto found = refresh_.find(subject);
  return found == refresh_.end() ? none : found->second;
}

}  // namespace passport
