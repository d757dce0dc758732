// Records that no file has a place for, each signed by the organisation that knows it.
#include <algorithm>
#include <map>

#include "samples/demo/story.h"

namespace passport {

Result<void> Story::SignWhatNoFileHolds() {
  std::map<std::string, std::size_t> by_issuer;
  std::size_t number = 0;
  for (std::size_t person = 0; person < terms_.world.people.size(); ++person) {
    for (const SampleRecord& record : terms_.world.people[person].records) {
      TRY(SignRecord(person, record, number++));
      ++by_issuer[terms_.world.organisations[record.organisation].id];
    }
  }
  facts_.issued_singly = number;
  std::vector<std::string> parts;
  for (const auto& [issuer, count] : by_issuer) parts.push_back(Count(count) + " by " + NameOf(issuer));
  screen_.Say(
      "Originals seen in person, right to work, occupational health, references, a licence to attend: few "
      "employers have a file for these. For the people of the stories " +
      Count(number, "such record is", "such records are") + " signed one by one (passportctl issue): " + Joined(parts) +
      ". A host signs the licence for a guest whom it enrolled with the guest's own code.");
  return {};
}

Result<void> Story::SignRecord(std::size_t person, const SampleRecord& record, std::size_t number) {
  const std::string& issuer = terms_.world.organisations[record.organisation].id;
  TRY_ASSIGN(ServiceClient* const client, ClientOf(issuer));
  const std::vector<SampleJob>& jobs = terms_.world.people[person].jobs;
  const bool guest = std::none_of(jobs.begin(), jobs.end(),
                                  [&](const SampleJob& job) { return job.organisation == record.organisation; });
  if (guest) TRY(client->EnrolPerson("enrol-" + record.employee_number, record.employee_number, codes_[person]));
  RecordText text{.kind = record.kind, .fields = {record.fields.begin(), record.fields.end()}};
  const Result<IssuedAnswer> issued =
      client->IssueCredential("sign-" + std::to_string(number), record.employee_number, text);
  if (issued.ok()) return {};
  return Fault{issued.fault().reason, "", issuer + ", " + record.kind + ": " + issued.fault().detail};
}

}  // namespace passport
