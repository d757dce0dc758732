#include "samples/generator/world.h"

#include <cassert>
#include <string>
#include <utility>

#include "samples/generator/courses.h"
#include "samples/generator/parts.h"

namespace passport {
namespace {

// Each file has its own dice, so that one file does not move the others.
Dice DiceFor(std::uint64_t seed, std::size_t organisation, std::uint64_t file) {
  return Dice(seed * 1000003U + static_cast<std::uint64_t>(organisation) * 16U + file);
}

std::vector<SampleFile> MakeFiles(const World& world) {
  std::vector<SampleFile> files;
  for (std::size_t i = 0; i < world.organisations.size(); ++i) {
    const Employer& employer = Employers()[i];
    Dice esr_dice = DiceFor(world.seed, i, 1);
    Dice hr_dice = DiceFor(world.seed, i, 2);
    Dice records_dice = DiceFor(world.seed, i, 3);
    if (employer.competence_export) files.push_back(MakeEsrFile(world, i, esr_dice));
    if (employer.hr_file) files.push_back(MakeHrFile(world, i, hr_dice));
    if (employer.records_file) files.push_back(MakeRecordsFile(world, i, records_dice));
  }
  return files;
}

std::size_t RecordsIn(const std::vector<SampleFile>& files) {
  std::size_t records = 0;
  for (const SampleFile& file : files) records += file.records;
  return records;
}

// Earlier rounds of the same courses, as an export keeps them, until the world holds its number of records.
void AddHistory(std::size_t count, Dice& dice, World& world) {
  while (count > 0) {
    SamplePerson& person = world.people[kStoryPeople + dice.Below(world.people.size() - kStoryPeople)];
    if (!Employers()[person.jobs.front().organisation].competence_export) continue;
    const SampleTraining now = dice.Pick(person.training);
    const int period_months = Courses()[now.course].period_months;
    if (now.organisation != person.jobs.front().organisation || period_months == 0) continue;
    const CivilDay before = now.achieved_on.PlusMonths(-period_months).PlusDays(dice.Between(-60, 60));
    person.training.push_back({now.organisation, now.course, before});
    --count;
  }
}

}  // namespace

Result<World> MakeWorld(const WorldOrder& order) {
  if (order.today.year() < 2000 || order.today.year() > 2150) {
    return Fault{Reason::kFieldInvalid, "", "today is not in the years 2000 to 2150"};
  }
  World world{.today = order.today,
              .seed = order.seed,
              .organisations = MakeOrganisations(),
              .people = {},
              .files = {},
              .variants = {},
              .story = {.ready = 0, .not_ready = 1, .care_worker = 2, .volunteer = 3}};
  Dice dice(order.seed);
  world.people = MakePeople(dice, order.today, world.organisations);
  assert(world.people.size() == kSamplePeople);
  const std::size_t current = RecordsIn(MakeFiles(world));
  assert(current <= kSampleRecords);
  AddHistory(kSampleRecords - current, dice, world);
  AddStoryRecords(world);
  world.files = MakeFiles(world);
  world.variants = MakeVariants(world);
  return world;
}

}  // namespace passport
