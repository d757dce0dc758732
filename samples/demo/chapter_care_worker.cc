// A care worker at home and in the hospital's bank: whose check counts, and an answer that can not be given.
#include <filesystem>

#include "samples/demo/story.h"

namespace passport {

Result<void> Story::FollowTheCareWorker() {
  const std::size_t person = terms_.world.story.care_worker;
  TRY_ASSIGN(ShiftQuestion night, ShiftOn(terms_.world.today.PlusDays(1), "20:00", "08:00"));
  night.purpose = "shift";
  const RoleQuestion at_home{
      .verifier = std::string(kCareHome), .person = person, .role = "care-home-support-worker", .shift = night};
  TRY_ASSIGN(const Shown at_work, AskAndPresent(at_home, "care-worker-home.json"));
  TRY_ASSIGN(const RoleDecisionAnswer home, Decide("care worker at home", at_work));
  TRY(Expect("the care worker at home", RoleAnswer::kMet, *home.decision));
  screen_.Say(FirstName(person) + " works at " + NameOf(kCareHome) +
              ". For tomorrow's night shift there, from 20:00 to 08:00: " +
              std::string(Heading(home.decision->outcome)) + ", all " + Count(home.decision->lines.size()) +
              " requirements of \"care-home-support-worker\", through the end of the shift.");
  TRY(TryAStricterProfile(at_work));

  TRY_ASSIGN(ShiftQuestion day, ShiftOn(terms_.world.today.PlusDays(2), "19:30", "07:30"));
  day.purpose = "bank_registration";
  day.employment = true;
  const RoleQuestion on_ward{
      .verifier = std::string(kAcuteTrust), .person = person, .role = "healthcare-assistant", .shift = day};
  TRY_ASSIGN(const RoleDecisionAnswer first,
             AskAndDecide("care worker in the bank", on_ward, "care-worker-bank.json", RoleAnswer::kNotMet));
  const std::vector<std::string> reasons = ReasonsIn(*first.decision);
  TRY(Expect("what the bank lacks", WordOf(Reason::kOwnCheckNeeded), Joined(reasons)));
  screen_.Say("The bank of " + NameOf(kAcuteTrust) +
              " would employ her as well, from the night after, as \"healthcare-assistant\". Her courses at home and "
              "the bank's own count together, and her criminal record check is young enough for a second employer. " +
              std::string(Heading(first.decision->outcome)) + ": " +
              Count(first.decision->lines.size() - reasons.size()) + " of " + Count(first.decision->lines.size()) +
              " requirements are in order.");
  SayMissing(*first.decision);

  TRY(CheckHerRightToWork());
  TRY_ASSIGN(const Shown shown, AskAndPresent(on_ward, "care-worker-bank-2.json"));
  TRY_ASSIGN(const RoleDecisionAnswer second, Decide("care worker in the bank, once it has looked itself", shown));
  TRY(Expect("the care worker in the bank", RoleAnswer::kMet, *second.decision));
  receipt_ = second.kept.receipt;
  screen_.Say("An HR officer of the trust looks at her passport herself and signs that. Asked again: " +
              std::string(Heading(second.decision->outcome)) +
              ". The trust keeps a signed receipt of this answer in its file.");
  return LoseAStatusList(shown);
}

Result<void> Story::CheckHerRightToWork() {
  const SamplePerson& who = terms_.world.people[terms_.world.story.care_worker];
  const std::string today = terms_.world.today.Text();
  TRY_ASSIGN(ServiceClient* const trust, ClientOf(kAcuteTrust));
  const RecordText own{.kind = "right_to_work",
                       .fields = {{"basis", "document_check"},
                                  {"extent", "unlimited"},
                                  {"restricted", "false"},
                                  {"achieved_on", today},
                                  {"assurance", "employer_verified"},
                                  {"method", "documents_seen"},
                                  {"checker_role", "hr_officer"},
                                  {"checked_on", today}}};
  const Result<IssuedAnswer> issued = trust->IssueCredential("own-right-to-work", who.jobs.back().employee_number, own);
  if (!issued.ok()) return issued.fault();
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  const Result<PublishAnswer> published = registrar->Publish("publish-after-own-check");
  if (!published.ok()) return published.fault();
  return {};
}

// The stick was copied in a hurry: what says whether the home took anything back is not on it.
Result<void> Story::LoseAStatusList(const Shown& shown) {
  const std::string copy = At("usb-stick-of-the-ward");
  TRY(CopyPublished(copy));
  TRY_ASSIGN(const OfflineAnswer whole, DecideWithout("care worker on the ward", shown, {.published = copy}));
  TRY(Expect("the ward with a whole copy", WordOf(RoleAnswer::kMet), whole.outcome));
  std::error_code error;
  std::string home(kCareHome);
  home[home.find(':')] = '-';
  const auto removed = std::filesystem::remove_all(std::filesystem::path(copy) / "status" / home, error);
  TRY(Expect("the care home's status lists were on the stick", !error && removed > 0));
  TRY_ASSIGN(const OfflineAnswer part,
             DecideWithout("care worker on the ward, a status list is not there", shown, {.published = copy}));
  TRY(Expect("the ward with part of a copy", WordOf(RoleAnswer::kCannotTell), part.outcome));
  screen_.Say(
      "On the ward, offline, the answer is the same. But with a stick on which the care home's status list was "
      "forgotten it is " +
      std::string(Heading(RoleAnswer::kCannotTell)) +
      ": whether the home has taken a record back since, nobody there can know. Bring a "
      "whole copy, or ask online.");
  return {};
}

}  // namespace passport
