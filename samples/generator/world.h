// A fictional, evidently fictional world: nine organisations of six sectors, 300 people, 5,000 records in the files
// that such employers have, and what the people of the story hold besides.
//
// The same order gives the same bytes on every machine. Every name says that it is invented, and no code of an
// organisation, registration or certificate is meant to exist. One thread at a time; nothing here reads a clock or a
// file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

inline constexpr std::size_t kSamplePeople = 300;
inline constexpr std::size_t kSampleRecords = 5000;

struct SampleOrganisation {
  std::string id;    // as OrganisationId::Parse takes it
  std::string name;  // ends in "(fictional)"
  std::string type;  // acute_trust, community_trust, council, practice, practice_network, care_home, charity, registrar
  std::string sector;              // nhs_trust, local_government, primary_care, social_care, voluntary, system
  std::string vpd;                 // three digits: its number in the competence export, or empty
  std::vector<std::string> kinds;  // kinds of record it may issue
};

// One job of one person at one organisation.
struct SampleJob {
  std::size_t organisation;  // index in World::organisations
  std::size_t post;          // index in Posts()
  std::string employee_number;
  std::string assignment_number;
  std::string assignment_category;  // as the HR file writes it: "Permanent", "Bank"
  std::string full_time_equivalent;
  CivilDay starts_on;
  std::optional<CivilDay> ends_on;
};

struct SampleTraining {
  std::size_t organisation;  // who asserts it
  std::size_t course;        // index in Courses()
  CivilDay achieved_on;
};

struct SampleRegistration {
  std::string regulator;
  std::string number;
  std::string part;
  std::string status;  // "Registered", "Conditions"
  CivilDay checked_on;
  CivilDay expires_on;
};

struct SampleCheck {
  std::string certificate_number;
  CivilDay issued_on;
  CivilDay seen_on;
  std::optional<CivilDay> update_service_checked_on;
};

// A record that no file holds; its organisation signs it alone.
struct SampleRecord {
  std::size_t organisation;
  std::string employee_number;  // of that organisation's; a host gives a guest a number, too
  std::string kind;
  std::vector<std::pair<std::string, std::string>> fields;
};

struct SamplePerson {
  std::string id;  // "person-001"
  std::string given_names;
  std::string family_name;
  CivilDay born_on;
  CivilDay identity_checked_on;
  std::vector<SampleJob> jobs;  // the first is the main one
  std::vector<SampleTraining> training;
  std::optional<SampleRegistration> registration;
  std::optional<SampleCheck> criminal_record;
  std::vector<SampleRecord> records;  // besides those of the files
};

// A row that an import must refuse.
struct SampleBadRow {
  std::uint64_t line;
  std::string reason;  // word of the Reason
  std::string column;  // empty when the row as a whole is wrong
  std::string about;   // what is wrong, for the reader of world.json
};

struct SampleFile {
  std::string path;  // relative to the folder of the world
  std::size_t organisation;
  std::string format;  // esr_competence, hr_csv, care_home_csv
  std::string content;
  std::size_t rows_good = 0;
  std::size_t records = 0;  // what the good rows hold
  std::vector<SampleBadRow> bad_rows;
  std::string refused_with;  // word of the Reason when the whole file is refused
};

// The people of the story; indices in World::people.
struct SampleStory {
  std::size_t ready;  // satisfies the community nurse's profile with records of two employers and a licence to attend
  std::size_t not_ready;    // lacks moving and handling level 2 and information governance, both out of date
  std::size_t care_worker;  // of a care home; takes bank shifts at the acute trust
  std::size_t volunteer;    // of a charity; visits the care home, and would like to help on a ward
};

struct World {
  CivilDay today;
  std::uint64_t seed;
  std::vector<SampleOrganisation> organisations;
  std::vector<SamplePerson> people;
  std::vector<SampleFile> files;     // 5,000 records together
  std::vector<SampleFile> variants;  // damaged files, one defect each
  SampleStory story;
};

struct WorldOrder {
  std::uint64_t seed;
  CivilDay today;
};

// Fails with kFieldInvalid when `today` is not in the years 2000 to 2150.
Result<World> MakeWorld(const WorldOrder& order);

// Who is who, which file belongs to whom, and what an import of each must count; JSON, UTF-8, ends in a newline.
std::string WorldJson(const World& world);

}  // namespace passport
