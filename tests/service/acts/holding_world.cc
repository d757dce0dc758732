#include "tests/service/acts/holding_world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "credential/crypto/jwk.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/issue_badge.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

template <class T>
T OrStopHere(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "holding world: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}

}  // namespace

HoldingWorld::HoldingWorld() = default;

PersonId HoldingWorld::PersonWith(int of_trust, int of_council) {
  code = Enrol("1001");
  EnrolPerson enrol = EnrolPeople();
  const auto enrolled = OrStopHere(enrol({council, Request("enrol-at-council"), "1001", code}));
  for (int i = 0; i < of_trust; ++i) Train(trust, "1001", i);
  for (int i = 0; i < of_council; ++i) Train(council, "1001", i);
  return enrolled.person;
}

std::string HoldingWorld::OtherPerson(int of_council) {
  EnrolPerson enrol = EnrolPeople();
  const auto enrolled = OrStopHere(enrol({council, Request("enrol-other"), "2002", {}}));
  for (int i = 0; i < of_council; ++i) Train(council, "2002", 100 + i);
  return *enrolled.passport_code;
}

CredentialId HoldingWorld::Train(const Caller& by, std::string_view employee_number, int subject) {
  const IssueCredentials::Order order = TrainingOrder("train-" + std::to_string(++requests), employee_number,
                                                      {{"subject", "subject_" + std::to_string(subject)}});
  return OrStopHere(std::move(OrStopHere(Issuing()(by, std::span(&order, 1))).front())).credential;
}

CredentialId HoldingWorld::BadgeOf(const Caller& by, std::string_view employee_number) {
  const IssueCredentials::Order order{.request = Request("identity-" + std::to_string(++requests)),
                                      .employee_number = std::string(employee_number),
                                      .kind = "identity_check",
                                      .fields = {{"given_names", "Amara Grace"},
                                                 {"family_name", "Okafor"},
                                                 {"date_of_birth", "1990-02-03"},
                                                 {"document_types", "passport"},
                                                 {"achieved_on", "2026-01-10"},
                                                 {"assurance", "employer_verified"},
                                                 {"method", "documents_seen"},
                                                 {"checker_role", "hr_officer"},
                                                 {"checked_on", "2026-01-10"}}};
  OrStopHere(std::move(OrStopHere(Issuing()(by, std::span(&order, 1))).front()));
  IssueBadge issue(store, *keys, *vault, random, clock);
  return OrStopHere(issue({.by = by,
                           .request = Request("badge-" + std::to_string(++requests)),
                           .employee_number = std::string(employee_number),
                           .name = "Amara Okafor",
                           .role = "Community nurse",
                           .valid_through = CivilDay::InLondon(clock.now).PlusDays(90),
                           .photo = {}}))
      .credential;
}

std::string HoldingWorld::Suspend(const Caller& by, const CredentialId& credential, StandingVerb verb,
                                  std::string_view why) {
  ChangeStanding change = ChangingStandings();
  return WordsOf(change({by, Request("standing-" + std::to_string(++requests)), credential, verb, std::string(why)}));
}

std::vector<CredentialRow> HoldingWorld::AllHeld(const PersonId& person) {
  return OrStopHere(AllHeldBy(store, person));
}

std::string HoldingWorld::Held(const PersonId& person) {
  std::map<std::string, int> counts;
  for (const CredentialRow& row : AllHeld(person)) {
    const char* const states[] = {"current", "suspended", "revoked"};
    std::string name = states[static_cast<int>(row.state)];
    if (row.state != CredentialState::kCurrent) name += " (" + row.state_reason + ")";
    ++counts[name];
  }
  std::string text;
  for (const auto& [name, count] : counts) {
    if (!text.empty()) text += ", ";
    text += name;
    text += " " + std::to_string(count);
  }
  return text;
}

std::string HoldingWorld::GoodKey(const PersonId& person) {
  const auto row = OrStopHere(store.FindPerson(person));
  return OrStopHere(ThumbprintOf(OrStopHere(OpenHolder(*vault, *row))));
}

int HoldingWorld::GoodUnderAnotherKey(const PersonId& person) {
  const std::string good = GoodKey(person);
  int count = 0;
  for (const CredentialRow& row : OrStopHere(AllBoundTo(store, person))) {
    const auto token = OrStopHere(OpenToken(*vault, row));
    if (row.state == CredentialState::kCurrent && token && OrStopHere(BoundKeyOf(*token)) != good) ++count;
  }
  return count;
}

std::vector<std::string> HoldingWorld::Facts(const PersonId& person) {
  std::vector<std::string> facts;
  for (const CredentialRow& row : OrStopHere(AllBoundTo(store, person))) {
    if (row.state != CredentialState::kCurrent) continue;
    const Record record = OrStopHere(RecordOf(row.kind, *OrStopHere(OpenToken(*vault, row))));
    facts.push_back(row.organisation.text() + " " + std::string(record.Find("subject").value_or(row.kind)));
  }
  std::sort(facts.begin(), facts.end());
  return facts;
}

P256Point KeyInHand() { return OrStopHere(PrivateKey::Generate()).public_key().point(); }

RebindPassport::Order Lost(const PersonId& person, HeldAs held_as) {
  return {.person = person, .why = RebindingReason::kLost, .request = "lost-1", .held_as = held_as};
}

}  // namespace passport
