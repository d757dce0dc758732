// A person who is not ready: not "no", but what is missing and who can put it right.
#include "samples/demo/story.h"

namespace passport {
Result<void> Story::DecideSecondPerson() {
  const std::size_t person = terms_.world.story.not_ready;
  TRY_ASSIGN(const RoleQuestion question, NurseQuestion(person));
  TRY_ASSIGN(const Shown shown, AskAndPresent(question, "second-presentation.json"));
  TRY_ASSIGN(const RoleDecisionAnswer answer, Decide("second nurse online", shown));
  TRY(Expect("the second nurse's presentation", WordOf(VerdictAnswer::kValid), WordOf(answer.verification.verdict)));
  TRY(Expect("the decision about the second nurse", RoleAnswer::kNotMet, *answer.decision));
  const std::vector<const RequirementAnswer*> missing = MissingIn(*answer.decision);
  screen_.Say(FirstName(person) + " holds the same kinds of record and nothing about her is forged. NOT MET: " +
              Count(answer.decision->lines.size() - missing.size()) + " of " + Count(answer.decision->lines.size()) +
              " requirements are in order, " + Count(missing.size()) + " are not:");
  SayMissing(*answer.decision);
  TRY(Expect("requirements the second nurse lacks", 2, missing.size()));
  for (const RequirementAnswer* line : missing) TRY(Expect(line->requirement, WordOf(Reason::kTooOld), line->reason));
  TRY_ASSIGN(const OfflineAnswer offline, DecideWithout("second nurse offline", shown, {.published = first_copy_}));
  TRY(Expect("the second nurse offline", WordOf(RoleAnswer::kNotMet), offline.outcome));
  TRY(Expect("the second nurse's reasons offline", Joined({missing[0]->reason, missing[1]->reason}),
             Joined(offline.reasons)));
  screen_.Say("The ward's offline answer names the same two.");
  return {};
}

}  // namespace passport
