// The sample world speaks the words of the shipped taxonomies: every record of its files, and those signed one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "credential/record/record.h"
#include "credential/taxonomy/terms.h"
#include "operator-cli/import/import_reader.h"
#include "samples/generator/world.h"

namespace passport {
namespace {

std::string FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const World& TestWorld() {
  static const World world = MakeWorld({.seed = 1, .today = CivilDay::Of(2026, 11, 22).value()}).value();
  return world;
}

const Terms& ShippedTerms() {
  static const Taxonomies taxonomies = [] {
    std::vector<Taxonomy> versions;
    for (const char* const name : {"regulators", "training", "workforce"}) {
      versions.push_back(Taxonomy::Parse(FileText(std::string("rules/taxonomies/") + name + ".json")).value());
    }
    return Taxonomies::Make(std::move(versions)).value();
  }();
  return taxonomies.On(TestWorld().today);
}

// Why the taxonomies or the kind would refuse it; empty when they would not.
std::string RefusalOf(std::string_view kind, const std::vector<Record::Field>& fields) {
  const RecordKind* const known = FindRecordKind(kind);
  if (known == nullptr) return "no such kind";
  const Result<Record> record = Record::Make(*known, fields);
  if (!record.ok()) return record.fault().detail;
  const Result<void> words = ShippedTerms().Check(*record);
  return words.ok() ? "" : words.fault().detail;
}

class Gatherer final : public ImportVisitor {
 public:
  void OnRecord(ImportedRecord record) override { records.push_back(std::move(record)); }
  void OnRowFault(RowFault) override {}
  std::vector<ImportedRecord> records;
};

TEST(SampleWorld, EveryRecordOfAFileSpeaksWordsOfTheTaxonomies) {
  const CompetenceTable competences = CompetenceTable::Parse(FileText("samples/competences.csv")).value();
  const CivilDay today = TestWorld().today;
  std::size_t records = 0;
  for (const SampleFile& file : TestWorld().files) {
    Gatherer gatherer;
    ImportReader reader(competences, {.today = today, .checker_role = "hr_officer", .checked_on = today, .salt = 7},
                        gatherer);
    ASSERT_TRUE(reader.Feed(file.content).ok() && reader.Finish().ok()) << file.path;
    for (const ImportedRecord& imported : gatherer.records) {
      std::vector<Record::Field> fields;
      for (const ImportedField& field : imported.fields) fields.emplace_back(field.name, field.value);
      ASSERT_EQ(RefusalOf(imported.kind, fields), "") << file.path << " line " << imported.line;
      ++records;
    }
  }
  EXPECT_EQ(records, kSampleRecords);
}

TEST(SampleWorld, EveryRecordSignedAloneIsSoundAndItsIssuersToSign) {
  std::set<std::string> kinds;
  for (const SamplePerson& person : TestWorld().people) {
    for (const SampleRecord& record : person.records) {
      EXPECT_EQ(RefusalOf(record.kind, record.fields), "") << person.id << " " << record.kind;
      const std::vector<std::string>& may = TestWorld().organisations[record.organisation].kinds;
      EXPECT_NE(std::find(may.begin(), may.end(), record.kind), may.end()) << person.id << " " << record.kind;
      kinds.insert(record.kind);
    }
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"entitlement", "identity_check", "immunity", "licence_to_attend",
                                          "right_to_work", "volunteer_role", "work_health_clearance"}));
}

TEST(SampleWorld, EveryOrganisationIsOfATypeAndSignsKindsThatExist) {
  for (const SampleOrganisation& organisation : TestWorld().organisations) {
    EXPECT_TRUE(ShippedTerms().Knows("organisation_type", organisation.type)) << organisation.id;
    for (const std::string& kind : organisation.kinds) EXPECT_NE(FindRecordKind(kind), nullptr) << kind;
  }
}

}  // namespace
}  // namespace passport
