#include "tests/credential/decision/profile_suite.h"

#include <fstream>
#include <iterator>

namespace passport {
namespace {

Taxonomy Shipped(std::string_view id) {
  std::ifstream file("rules/taxonomies/" + std::string(id) + ".json", std::ios::binary);
  Result<Taxonomy> taxonomy = Taxonomy::Parse(std::string(std::istreambuf_iterator<char>(file), {}));
  EXPECT_TRUE(taxonomy.ok()) << id << ": " << taxonomy.fault().detail;
  return std::move(taxonomy).value();
}

}  // namespace

const Taxonomies& ShippedTaxonomies() {
  static const Taxonomies taxonomies = [] {
    Result<Taxonomies> made = Taxonomies::Make({Shipped("training"), Shipped("regulators"), Shipped("workforce")});
    EXPECT_TRUE(made.ok()) << made.fault().detail;
    return std::move(made).value();
  }();
  return taxonomies;
}

const Terms& ShippedTerms() { return ShippedTaxonomies().On(DayOf("2026-11-21")); }

std::string TextOf(std::string_view requirements, std::string_view more) {
  return R"({"id":"test","version":1,"title":"Test","effective_from":"2026-01-01","expiring_within_days":30,)" +
         std::string(more) + R"("requirements":[)" + std::string(requirements) + "]}";
}

}  // namespace passport
