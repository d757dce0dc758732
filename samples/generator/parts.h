// How the world is put together: each part is one file, and world.cc calls them in this order. Not for users of the
// world.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "samples/generator/dice.h"
#include "samples/generator/world.h"

namespace passport {

// What each organisation has besides its entry: how many people, and which files.
struct Employer {
  std::size_t people;
  bool competence_export;  // training comes in an ESR export
  bool hr_file;
  bool records_file;
  std::string file_stem;      // "x0a"
  std::string number_prefix;  // of its employee numbers; five digits follow
};

std::vector<SampleOrganisation> MakeOrganisations();
// Positions in it.
inline constexpr std::size_t kOuzelValley = 0;
inline constexpr std::size_t kIvelAndFlit = 2;
inline constexpr std::size_t kThreeBrooks = 5;
inline constexpr std::size_t kLarkmead = 6;
inline constexpr std::size_t kKindlyNeighbours = 7;
// By index of the organisation.
const std::vector<Employer>& Employers();

inline constexpr std::size_t kStoryPeople = 4;
// 300 people with jobs, checks and current training; the people of the story stand first.
std::vector<SamplePerson> MakePeople(Dice& dice, CivilDay today, const std::vector<SampleOrganisation>& organisations);
// Gives the people of the story what no file holds.
void AddStoryRecords(World& world);

// Each writes the file of one organisation with about two bad rows in a hundred.
SampleFile MakeEsrFile(const World& world, std::size_t organisation, Dice& dice);
SampleFile MakeHrFile(const World& world, std::size_t organisation, Dice& dice);
SampleFile MakeRecordsFile(const World& world, std::size_t organisation, Dice& dice);

std::vector<SampleFile> MakeVariants(const World& world);

}  // namespace passport
