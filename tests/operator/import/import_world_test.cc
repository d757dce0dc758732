#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "credential/crypto/sha256.h"
#include "credential/record/record.h"
#include "credential/record/record_kind.h"
#include "credential/vocabulary/identifiers.h"
#include "samples/generator/world.h"
#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

const World& TestWorld() {
  static const World kWorld = MakeWorld({.seed = 1, .today = TestToday()}).value();
  return kWorld;
}

void ExpectAsTold(const SampleFile& file, CivilDay today = TestToday()) {
  ImportDesk desk(today);
  const auto read = desk.Read(file.content);
  if (!file.refused_with.empty()) {
    ASSERT_FALSE(read.ok()) << file.path;
    EXPECT_EQ(WordOf(read.fault().reason), file.refused_with) << file.path;
    return;
  }
  ASSERT_TRUE(read.ok()) << file.path;
  EXPECT_EQ(desk.progress.rows_read - desk.progress.rows_refused, file.rows_good) << file.path;
  EXPECT_EQ(desk.records.size(), file.records) << file.path;
  EXPECT_EQ(desk.progress.bytes_read, file.content.size());
  ASSERT_EQ(desk.faults.size(), file.bad_rows.size()) << file.path << "\n" << desk.Told().substr(0, 2000);
  for (std::size_t i = 0; i < desk.faults.size(); ++i) {
    EXPECT_EQ(desk.faults[i].line, file.bad_rows[i].line) << file.path;
    EXPECT_EQ(desk.faults[i].column, file.bad_rows[i].column) << file.path << " line " << desk.faults[i].line;
    EXPECT_EQ(WordOf(desk.faults[i].fault.reason), file.bad_rows[i].reason)
        << file.path << " line " << desk.faults[i].line;
  }
}

TEST(ImportWorld, EveryFileHoldsWhatTheWorldSays) {
  std::size_t records = 0;
  for (const SampleFile& file : TestWorld().files) {
    ExpectAsTold(file);
    records += file.records;
  }
  EXPECT_EQ(records, kSampleRecords);
  for (const SampleFile& file : TestWorld().variants) ExpectAsTold(file);
}

TEST(ImportWorld, EveryImportedRecordIsARecordOfItsKind) {
  for (const SampleFile& file : TestWorld().files) {
    ImportDesk desk;
    ASSERT_TRUE(desk.Read(file.content).ok());
    for (const ImportedRecord& imported : desk.records) {
      const RecordKind* const kind = FindRecordKind(imported.kind);
      ASSERT_NE(kind, nullptr) << imported.kind;
      std::vector<Record::Field> fields;
      for (const ImportedField& field : imported.fields) fields.emplace_back(field.name, field.value);
      const auto record = Record::Make(*kind, fields);
      ASSERT_TRUE(record.ok()) << file.path << " line " << imported.line << ": " << record.fault().detail;
    }
  }
}

TEST(ImportWorld, OtherSeedsAndDaysAreWorldsToo) {
  for (const std::uint64_t seed : {2U, 77U, 4000000000U}) {
    const auto world = MakeWorld({.seed = seed, .today = CivilDay::Of(2026, 2, 28).value()});
    ASSERT_TRUE(world.ok());
    for (const SampleFile& file : world->files) ExpectAsTold(file, world->today);
  }
  EXPECT_FALSE(MakeWorld({.seed = 1, .today = CivilDay::Of(1999, 12, 31).value()}).ok());
}

TEST(ImportWorld, PortionsOfAnySizeGiveTheSameOutcome) {
  const SampleFile& file = TestWorld().files[3];
  ImportDesk whole;
  ASSERT_TRUE(whole.Read(file.content, file.content.size()).ok());
  for (const std::size_t portion : {1U, 2U, 3U, 5U, 7U, 64U, 1000U, 65536U}) {
    ImportDesk desk;
    ASSERT_TRUE(desk.Read(file.content, portion).ok());
    EXPECT_EQ(desk.Told(), whole.Told()) << portion;
  }
}

TEST(ImportWorld, TheSameSeedGivesTheSameBytes) {
  const World again = MakeWorld({.seed = 1, .today = TestToday()}).value();
  EXPECT_EQ(WorldJson(again), WorldJson(TestWorld()));
  for (std::size_t i = 0; i < again.files.size(); ++i) EXPECT_EQ(again.files[i].content, TestWorld().files[i].content);
  const World other = MakeWorld({.seed = 2, .today = TestToday()}).value();
  EXPECT_NE(other.files[0].content, again.files[0].content);
}

// Changes only as a reviewed diff: the demo and the pages quote this world.
TEST(ImportWorld, SeedOneIsTheWorldItAlwaysWas) {
  std::string counts;
  std::string bytes;
  for (const SampleFile& file : TestWorld().files) {
    counts += file.path + " " + std::to_string(file.rows_good) + " " + std::to_string(file.bad_rows.size()) + " " +
              std::to_string(file.records) + "\n";
    bytes += file.content;
  }
  EXPECT_EQ(counts,
            "esr-x0a.csv 1077 22 1077\n"
            "hr-x0a.csv 91 2 325\n"
            "esr-x0b.csv 864 17 864\n"
            "hr-x0b.csv 75 2 267\n"
            "esr-x0c.csv 835 17 835\n"
            "hr-x0c.csv 67 2 232\n"
            "hr-flitwater.csv 30 2 96\n"
            "records-flitwater.csv 282 6 282\n"
            "hr-willow-bridge.csv 20 2 72\n"
            "records-willow-bridge.csv 220 4 220\n"
            "hr-three-brooks.csv 10 2 35\n"
            "records-three-brooks.csv 110 2 110\n"
            "records-larkmead.csv 365 7 365\n"
            "records-kindly-neighbours.csv 220 4 220\n");
  EXPECT_EQ(Sha256Text(bytes), "GqVPoJJwh42JCpIr99NHOZX0zAytLhr-9NgcbM2Gk3w");
}

TEST(ImportWorld, HasTheShapeThatWasPromised) {
  const World& world = TestWorld();
  EXPECT_EQ(world.people.size(), kSamplePeople);
  EXPECT_GE(world.organisations.size(), 8U);
  std::set<std::string> sectors;
  for (const SampleOrganisation& organisation : world.organisations) {
    EXPECT_TRUE(OrganisationId::Parse(organisation.id).ok()) << organisation.id;
    EXPECT_TRUE(organisation.name.ends_with("(fictional)"));
    sectors.insert(organisation.sector);
  }
  EXPECT_GE(sectors.size(), 5U);
  std::size_t good = 0;
  std::size_t bad = 0;
  for (const SampleFile& file : world.files) {
    good += file.rows_good;
    bad += file.bad_rows.size();
  }
  EXPECT_GE(bad * 100U, good * 2U);
  EXPECT_LE(bad * 100U, good * 4U);
  std::set<std::string> names;
  for (const SamplePerson& person : world.people) names.insert(person.given_names + " " + person.family_name);
  EXPECT_EQ(names.size(), kSamplePeople) << "no two people share a name";
}

// Newest day of each subject and level that the files of two employers together hold for one person.
std::map<std::string, std::string> TrainingOf(const SamplePerson& person) {
  std::map<std::string, std::string> newest;
  for (const SampleFile& file : TestWorld().files) {
    ImportDesk desk;
    EXPECT_TRUE(desk.Read(file.content).ok());
    for (const ImportedRecord& record : desk.records) {
      if (record.kind != "mandatory_training") continue;
      for (const SampleJob& job : person.jobs) {
        if (job.organisation != file.organisation || job.employee_number != record.employee_number) continue;
        std::string& day = newest[*record.Find("subject") + " " + *record.Find("level")];
        day = std::max(day, *record.Find("achieved_on"));
      }
    }
  }
  return newest;
}

struct Need {
  std::string training;
  int months_max;
};
const std::vector<Need> kRoleProfile1 = {{"conflict_resolution 1", 36},
                                         {"equality_diversity_human_rights 1", 36},
                                         {"fire_safety 1", 24},
                                         {"health_safety_welfare 1", 36},
                                         {"infection_prevention_control 2", 12},
                                         {"information_governance 1", 12},
                                         {"moving_and_handling 2", 24},
                                         {"preventing_radicalisation 1", 36},
                                         {"resuscitation_adult 2", 12},
                                         {"safeguarding_adults 2", 36},
                                         {"safeguarding_children 2", 36},
                                         {"oliver_mcgowan 2", 36},
                                         {"lone_working 1", 24},
                                         {"medicines_management 1", 24},
                                         {"anaphylaxis 1", 12}};

std::vector<std::string> Lacks(const SamplePerson& person) {
  auto newest = TrainingOf(person);
  std::vector<std::string> lacks;
  for (const Need& need : kRoleProfile1) {
    if (newest[need.training] < TestToday().PlusMonths(-need.months_max).Text()) lacks.push_back(need.training);
  }
  return lacks;
}

TEST(ImportWorld, OnePersonOfTheStoryIsReadyAndTheOtherLacksExactlyTwoThings) {
  const World& world = TestWorld();
  EXPECT_EQ(Lacks(world.people[world.story.ready]), std::vector<std::string>());
  EXPECT_EQ(Lacks(world.people[world.story.not_ready]),
            (std::vector<std::string>{"information_governance 1", "moving_and_handling 2"}));
  EXPECT_EQ(world.people[world.story.ready].jobs[0].employee_number, "20310001");
  EXPECT_EQ(world.people[world.story.ready].jobs[1].employee_number, "20110001");
}

}  // namespace
}  // namespace passport
