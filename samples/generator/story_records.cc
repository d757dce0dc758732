// What the people of the story hold that no file of their employers has a place for: each record as the organisation
// that knows it would sign it, one by one.
#include <string>
#include <utility>
#include <vector>

#include "samples/generator/parts.h"

namespace passport {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kAgreement = "WSA-2026-04";

// How somebody looked, and in which role.
struct Look {
  std::string_view assurance;
  std::string_view method;
  std::string_view role;
};
constexpr Look kDocumentsSeen{"employer_verified", "documents_seen", "hr_officer"};
constexpr Look kHealth{"employer_verified", "occupational_health_assessment", "occupational_health"};
constexpr Look kOwnPapers{"employer_verified", "employer_record", "hr_officer"};

class StoryRecords {
 public:
  explicit StoryRecords(World& world) : world_(world) {}

  void Nurse(std::size_t person, std::string_view number_at_team) {
    const SampleJob& home = world_.people[person].jobs.front();
    AtHome(person, home.organisation, home.employee_number);
    Health(person, home.organisation, home.employee_number);
    Immunities(person, home.organisation, home.employee_number);
    Licence(person, kThreeBrooks, number_at_team, "Flit Valley neighbourhood team");
  }

  // Her home cleared her for the work; the hospital's occupational health did what a ward asks for besides.
  void CareWorker(std::size_t person) {
    const std::vector<SampleJob>& jobs = world_.people[person].jobs;
    AtHome(person, jobs[0].organisation, jobs[0].employee_number);
    Health(person, jobs[0].organisation, jobs[0].employee_number);
    Immunities(person, jobs[1].organisation, jobs[1].employee_number);
  }

  void Volunteer(std::size_t person, std::string_view number_at_home) {
    const SampleJob& charity = world_.people[person].jobs.front();
    AtHome(person, charity.organisation, charity.employee_number);
    const Look coordinator{"employer_verified", "employer_record", "volunteer_coordinator"};
    Add(person, charity.organisation, charity.employee_number, "volunteer_role", charity.starts_on, coordinator,
        {{"role", "befriender"},
         {"role_title", "Befriender"},
         {"regulated_activity", "false"},
         {"supervised", "true"},
         {"starts_on", charity.starts_on.Text()}});
    const Look references{"employer_verified", "reference_received", "volunteer_coordinator"};
    Add(person, charity.organisation, charity.employee_number, "entitlement", charity.starts_on.PlusDays(-3),
        references, {{"entitlement", "two_references"}});
    Licence(person, kLarkmead, number_at_home, "Lounge and garden");
  }

 private:
  void Add(std::size_t person, std::size_t organisation, std::string_view employee_number, std::string_view kind,
           const CivilDay& achieved_on, const Look& look, Fields facts) {
    facts.emplace_back("achieved_on", achieved_on.Text());
    facts.emplace_back("assurance", look.assurance);
    facts.emplace_back("method", look.method);
    facts.emplace_back("checker_role", look.role);
    facts.emplace_back("checked_on", achieved_on.Text());
    world_.people[person].records.push_back({.organisation = organisation,
                                             .employee_number = std::string(employee_number),
                                             .kind = std::string(kind),
                                             .fields = std::move(facts)});
  }

  // What an employer sees before the first day.
  void AtHome(std::size_t person, std::size_t organisation, const std::string& number) {
    const SamplePerson& who = world_.people[person];
    Add(person, organisation, number, "identity_check", who.identity_checked_on, kDocumentsSeen,
        {{"given_names", who.given_names},
         {"family_name", who.family_name},
         {"date_of_birth", who.born_on.Text()},
         {"document_types", "passport_and_utility_bill"},
         {"seen_in_person", "true"}});
    Add(person, organisation, number, "right_to_work", who.identity_checked_on, kDocumentsSeen,
        {{"basis", "document_check"}, {"extent", "unlimited"}, {"restricted", "false"}});
  }

  void Health(std::size_t person, std::size_t organisation, const std::string& number) {
    Add(person, organisation, number, "work_health_clearance", world_.people[person].identity_checked_on.PlusDays(2),
        kHealth, {{"clearance", "cleared"}, {"exposure_prone_procedures", "false"}});
  }

  void Immunities(std::size_t person, std::size_t organisation, const std::string& number) {
    const CivilDay day = world_.people[person].identity_checked_on.PlusDays(2);
    for (const std::string_view immunity : {"hepatitis_b", "measles_mumps_rubella", "varicella"}) {
      Add(person, organisation, number, "immunity", day, kHealth,
          {{"immunity", std::string(immunity)}, {"immunity_status", "immune"}});
    }
    Add(person, organisation, number, "immunity", day, kHealth,
        {{"immunity", "tuberculosis"}, {"immunity_status", "tested_clear"}});
  }

  // The host knows the guest under a number of its own.
  void Licence(std::size_t person, std::size_t host, std::string_view number, std::string_view area) {
    constexpr int kDays = 180;
    Add(person, host, number, "licence_to_attend", world_.today.PlusDays(-1), kOwnPapers,
        {{"place", world_.organisations[host].id},
         {"place_name", world_.organisations[host].name},
         {"supervision", "indirect"},
         {"agreement", std::string(kAgreement)},
         {"area", std::string(area)},
         {"starts_on", world_.today.PlusDays(-1).Text()},
         {"ends_on", world_.today.PlusDays(kDays).Text()}});
  }

  World& world_;
};

}  // namespace

void AddStoryRecords(World& world) {
  StoryRecords records(world);
  records.Nurse(world.story.ready, "TB-V-01");
  records.Nurse(world.story.not_ready, "TB-V-02");
  records.CareWorker(world.story.care_worker);
  records.Volunteer(world.story.volunteer, "LH-V-01");
}

}  // namespace passport
