// Who takes part changes: a new organisation comes by a proposal, and takes over another one's records.
#include <span>

#include "samples/demo/story.h"

namespace passport {
namespace {

constexpr std::string_view kGroupName = "Brook and Bridge Care Group (fictional)";
constexpr std::string_view kEmployeeNumber = "BB10001";

}  // namespace

Result<void> Story::PassResponsibilityOn() {
  TRY(EnrolTheGroup());
  TRY_ASSIGN(const std::vector<std::string> anew,
             ChangeRegistry(service_, kCareHome, service_.registrar(),
                            {"succession", "--organisation", std::string(kCareHome), "--how", "acquired", "--successor",
                             std::string(kCareGroup), "--reason", "acquired"}));
  ++facts_.registry.changes;
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  TRY(registrar->Publish("publish-after-succession"));
  screen_.Say("Then the group takes " + NameOf(kCareHome) +
              " over. The home asks for the change itself, the registrar reviews and signs it:");
  for (const std::string& line : anew) screen_.Point(line);
  return ShowWhoAnswersNow();
}

Result<void> Story::EnrolTheGroup() {
  TRY_ASSIGN(const std::vector<std::string> anew,
             ChangeRegistry(service_, service_.registrar(), service_.registrar(),
                            {"enrol", "--organisation", std::string(kCareGroup), "--name", std::string(kGroupName),
                             "--type", "care_provider", "--kind", "employment", "--reason", "agreed"}));
  ++facts_.registry.changes;
  const std::string group(kCareGroup);
  TRY(service_.MakeCertificates(std::span(&group, 1)));
  TRY(service_.RegisterSystems(std::span(&group, 1), DeskRoles()));
  screen_.Say(
      "Every change of who takes part is a proposal (passportctl registry propose, review, sign). A registrar "
      "is shown in words what the registry would say anew, and signs just that. A care group comes:");
  for (const std::string& line : anew) screen_.Point(line);
  return {};
}

Result<void> Story::ShowWhoAnswersNow() {
  const std::size_t person = terms_.world.story.care_worker;
  TRY_ASSIGN(ServiceClient* const group, ClientOf(kCareGroup));
  TRY(group->EnrolPerson("enrol-by-the-group", std::string(kEmployeeNumber), codes_[person]));
  TRY_ASSIGN(const VerificationAnswer seen, ShowOneRecord(person, kCareGroup, kCareHome));
  TRY(Expect("a record of the home", WordOf(VerdictAnswer::kValid), WordOf(seen.verdict)));
  const PresentedAnswer& record = seen.records.front();
  facts_.registry.responsibility_passed = record.responsible.find(kCareGroup) != std::string::npos;
  TRY(Expect("who answers for the record of the home", facts_.registry.responsibility_passed));
  screen_.Say(FirstName(person) + " works for the group now, and shows " + NameOf(kAcuteTrust) +
              " a record that the home had signed. It holds: the home had the right when it signed, responsibility "
              "passed to " +
              record.responsible + ".");
  TRY_ASSIGN(ServiceClient* const home, ClientOf(kCareHome));
  TRY_ASSIGN(const HoldingAnswer held, OneHolding(person, kCareGroup, kCareHome));
  const Result<IssuedAnswer> late =
      home->IssueCredential("sign-too-late", terms_.world.people[person].jobs.front().employee_number, held.record);
  facts_.registry.old_code_refused = !late.ok();
  TRY(Expect("the home signs nothing any more", facts_.registry.old_code_refused));
  screen_.Say("Under the home's own code nothing new is signed: refused (" + std::string(WordOf(late.fault().reason)) +
              ").");
  return {};
}

}  // namespace passport
