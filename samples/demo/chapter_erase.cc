// A person leaves and asks to be forgotten: each employer erases what it keeps.
#include <map>

#include "samples/demo/story.h"

namespace passport {

Result<void> Story::EraseOne() {
  const std::size_t person = terms_.world.story.not_ready;
  const SamplePerson& who = terms_.world.people[person];
  std::map<std::size_t, std::string> numbers;  // by organisation: employers, and whoever had her as a guest
  for (const SampleJob& job : who.jobs) numbers[job.organisation] = job.employee_number;
  for (const SampleRecord& record : who.records) numbers.emplace(record.organisation, record.employee_number);
  screen_.Say(
      FirstName(person) +
      " leaves the region and asks to be erased (passportctl person erase). What is kept of her is sealed with "
      "keys of her own; erasing destroys those keys, so no copy can be read again, and no backup once the next one is "
      "made.");
  for (const auto& [organisation, number] : numbers) {
    const std::string& employer = terms_.world.organisations[organisation].id;
    TRY_ASSIGN(ServiceClient* const desk, ClientOf(employer));
    TRY_ASSIGN(
        const ErasureAnswer erased,
        desk->ErasePerson("erase-" + number,
                          {.organisation = "", .employee_number = number, .subject = "", .why = "person_asked"}));
    facts_.erasure.credentials += erased.credentials;
    facts_.erasure.passport_gone = erased.passport;
    screen_.Row(employer, Count(erased.credentials, "record", "records") + " erased and revoked, " +
                              Count(erased.receipts, "receipt", "receipts") + ", " +
                              Count(erased.drafts, "row of a file", "rows of files"));
  }
  TRY(Expect("the passport is gone", facts_.erasure.passport_gone));
  TRY_ASSIGN(ServiceClient* const desk, ClientOf(HomeOf(person)));
  const auto held = desk->ListHoldings(codes_[person]);
  TRY(Expect("nobody opens her passport any more", !held.ok()));
  screen_.Say("With the last of them the passport itself is gone: her code opens nothing (" +
              std::string(WordOf(held.fault().reason)) +
              "). What others relied on stays with them as long as they must keep it.");
  return {};
}

}  // namespace passport
