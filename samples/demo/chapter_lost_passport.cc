// A person's passport is in other hands: one command of one employer kills the old key and signs everything again.
#include <algorithm>
#include <chrono>

#include "keys/secret_text.h"
#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

std::size_t Standing(const VerificationAnswer& answer, std::string_view standing) {
  return static_cast<std::size_t>(
      std::count_if(answer.records.begin(), answer.records.end(),
                    [&](const PresentedAnswer& record) { return record.standing == standing; }));
}

}  // namespace

Result<void> Story::LoseAPassport() {
  const std::size_t person = terms_.world.story.ready;
  const std::string& employer = HomeOf(person);
  // Whoever has her code shows her records; the receiver has not looked yet.
  TRY_ASSIGN(const RoleQuestion question, NurseQuestion(person));
  TRY_ASSIGN(const Shown by_a_thief, AskAndPresent(question, "presentation-of-a-thief.json"));
  const auto begun = std::chrono::steady_clock::now();
  const std::string code_file = At("nurse-new-passport-code");
  TRY_ASSIGN(
      const ToolAnswer replaced,
      AskOperator(service_, employer,
                  {"person", "lost", "--employee-number", terms_.world.people[person].jobs.front().employee_number,
                   "--identity", "known_in_person", "--checked-by", "Testy Example-Desk", "--checked-on",
                   CivilDay::InLondon(terms_.clock()).Text(), "--code-out", code_file}));
  TRY(Expect("exit code of person lost", 0, static_cast<std::size_t>(replaced.exit_code)));
  facts_.lost_passport.time =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  TRY_ASSIGN(const ToolLine told, LastLine(replaced, ""));
  facts_.lost_passport.signed_again = told.numbers.at("signed_again");
  screen_.Say(FirstName(person) + "'s bag is stolen, and in it the sheet with her passport code. She goes to " +
              NameOf(employer) + ", who knows her. One command (passportctl person lost): the old key is dead, and " +
              Count(facts_.lost_passport.signed_again, "record", "records") +
              " of all her employers are signed again for a new one, in " +
              Count(static_cast<std::size_t>(facts_.lost_passport.time.count()), "millisecond", "milliseconds") +
              ". Nobody else had to do anything.");
  TRY(SeeTheOldPassportDead(by_a_thief));
  TRY_ASSIGN(const std::string code, ReadWholeFile(code_file));
  codes_[person] = SecretOf(FirstLine(code));
  TRY_ASSIGN(const VerificationAnswer sound, ShowOneRecord(person, employer, employer));
  facts_.lost_passport.good_again = sound.verdict == VerdictAnswer::kValid;
  TRY(Expect("a record under the new key", WordOf(VerdictAnswer::kValid), WordOf(sound.verdict)));
  screen_.Point("With the new code she shows a record the same minute, and it is valid.");
  screen_.Point(
      "Until tomorrow she could take it all back with the old code, had somebody else played her part at the "
      "desk; after that the old records are revoked for good.");
  return {};
}

Result<void> Story::SeeTheOldPassportDead(const Shown& by_a_thief) {
  const std::size_t person = by_a_thief.question.person;
  TRY_ASSIGN(ServiceClient* const desk, ClientOf(HomeOf(person)));
  const auto held = desk->ListHoldings(codes_[person]);
  facts_.lost_passport.old_code_dead = !held.ok();
  TRY(Expect("the old code opens nothing", facts_.lost_passport.old_code_dead));
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  TRY(registrar->Publish("publish-after-loss"));
  TRY_ASSIGN(const RoleDecisionAnswer thief, Decide("the nurse's old passport after the loss", by_a_thief));
  const std::size_t suspended = Standing(thief.verification, "suspended");
  facts_.lost_passport.old_key_dead = suspended > 0 && thief.verification.verdict == VerdictAnswer::kNotValid;
  TRY(Expect("what the thief shows is not valid", facts_.lost_passport.old_key_dead));
  screen_.Point("The stolen code opens nothing (" + std::string(WordOf(held.fault().reason)) +
                "). What was made with the old key before is " + std::string(Heading(thief.decision->outcome)) + ": " +
                Count(suspended, "record", "records") + " suspended, and offline with the next copy of the folder.");
  return {};
}

}  // namespace passport
