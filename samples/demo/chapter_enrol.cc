// The registrar and the employers: who takes part, who has a passport.
#include <set>
#include <span>
#include <thread>

#include "samples/demo/story.h"

namespace passport {
namespace {

// Callers at once: each waits for the disk most of the time.
constexpr std::size_t kCallers = 8;

}  // namespace

Result<void> Story::EnrolOrganisations() {
  screen_.Say(
      "The registrar says who takes part in the region. It starts the service: one program with its store and its keys "
      "in one folder. Every connection is encrypted, and both sides show a certificate: the service knows who calls "
      "and never has to be told. What each calling system may do is looked up again at every call.");
  TRY(service_.Make());
  std::vector<std::string> ids;
  std::set<std::string> sectors;
  for (const SampleOrganisation& organisation : terms_.world.organisations) {
    ids.push_back(organisation.id);
    sectors.insert(organisation.sector);
  }
  TRY(service_.MakeCertificates(ids));
  const std::string two_person(kTwoPersonTrust);
  TRY(service_.MakeCertificates(std::span(&two_person, 1), kSecondDesk));
  TRY(service_.Start());
  const std::vector<std::string> registrars = {service_.registrar()};
  TRY(service_.RegisterSystems(registrars, RegistrarRoles()));
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  facts_.organisations = 1;  // the registrar itself, with the service
  for (const SampleOrganisation& organisation : terms_.world.organisations) {
    if (organisation.type == "registrar") continue;
    TRY(registrar->EnrolOrganisation("enrol-" + std::to_string(facts_.organisations),
                                     {.id = organisation.id,
                                      .legal_name = organisation.name,
                                      .type = organisation.type,
                                      .record_kinds = organisation.kinds,
                                      .two_person = organisation.id == kTwoPersonTrust}));
    ++facts_.organisations;
    screen_.Row(organisation.id,
                organisation.name + ", may sign " + Count(organisation.kinds.size(), "kind", "kinds") + " of record");
  }
  std::erase(ids, service_.registrar());
  TRY(service_.RegisterSystems(ids, DeskRoles()));
  TRY(service_.RegisterSystems(std::span(&two_person, 1), {"approver"}, kSecondDesk));
  screen_.Say("With the registrar itself that makes " + Count(facts_.organisations, "organisation", "organisations") +
              " of " + Count(sectors.size(), "sector", "sectors") + ".");
  screen_.Say(NameOf(kTwoPersonTrust) + " wants two pairs of eyes: what one desk prepares, another one must approve.");
  return {};
}

Result<void> Story::EnrolPeople() {
  for (const SampleOrganisation& organisation : terms_.world.organisations) {
    TRY(ClientOf(organisation.id));  // connected here: the callers below only look it up
  }
  std::vector<Result<void>> outcomes(kCallers);
  {
    std::vector<std::jthread> callers;
    for (std::size_t caller = 0; caller < kCallers; ++caller) {
      callers.emplace_back([this, caller, &outcomes] {
        for (std::size_t person = caller; person < codes_.size() && outcomes[caller].ok(); person += kCallers) {
          outcomes[caller] = EnrolPerson(person);
        }
      });
    }
  }
  for (const Result<void>& outcome : outcomes) {
    if (!outcome.ok()) return outcome.fault();
  }
  std::size_t jobs = 0;
  std::size_t with_two = 0;
  for (std::size_t person = 0; person < codes_.size(); ++person) {
    const std::size_t count = terms_.world.people[person].jobs.size();
    jobs += count;
    if (count > 1) ++with_two;
    if (!codes_[person].empty()) ++facts_.people;
  }
  TRY(Expect("people with a passport", terms_.world.people.size(), facts_.people));
  screen_.Say(Count(facts_.people, "person", "people") + " now have a passport, under " +
              Count(jobs, "employee number", "employee numbers") +
              ". A passport is a key that binds a person's records together. Whoever has no phone for it lets the "
              "service keep it sealed, and gets a passport code that unlocks it.");
  screen_.Say(Count(with_two, "person works", "people work") +
              " for two employers. The second employer enrolled them with the passport code they brought along: two "
              "employers meet in one passport because the person says so, never because two names look alike.");
  return {};
}

Result<void> Story::EnrolPerson(std::size_t person) {
  const SamplePerson& who = terms_.world.people[person];
  for (std::size_t job = 0; job < who.jobs.size(); ++job) {
    const std::string& employer = terms_.world.organisations[who.jobs[job].organisation].id;
    ServiceClient& client = clients_.find(employer + " " + std::string(kFirstSystem))->second;
    TRY_ASSIGN(EnrolledAnswer enrolled, client.EnrolPerson("enrol-" + who.id + "-" + std::to_string(job),
                                                           who.jobs[job].employee_number, codes_[person]));
    if (job == 0) codes_[person] = std::move(enrolled.passport_code);
  }
  return {};
}

}  // namespace passport
