// A person who is not ready: not "no", but what is missing and who can put it right.
#include "samples/demo/story.h"

namespace passport {
namespace {

// "too_old" in a sentence.
std::string HappenedOf(std::string_view word) {
  for (const ReasonText& text : AllReasons()) {
    if (text.word == word) return std::string(text.happened);
  }
  return std::string(word) + ".";
}

}  // namespace

Result<void> Story::DecideSecondPerson() {
  const std::size_t person = terms_.world.story.not_ready;
  TRY_ASSIGN(const Shown shown, AskAndPresent(kTeam, person, "second-presentation.json", {}));
  TRY_ASSIGN(const RoleDecisionAnswer answer, Decide("second nurse online", kTeam, shown));
  TRY(Expect("the second nurse's presentation", WordOf(VerdictAnswer::kValid), WordOf(answer.verification.verdict)));
  TRY(Expect("the decision about the second nurse", RoleAnswer::kNotMet, *answer.decision));
  std::vector<const RequirementAnswer*> missing;
  for (const RequirementAnswer& line : answer.decision->lines) {
    if (!line.reason.empty()) missing.push_back(&line);
  }
  screen_.Say(FirstName(person) + " holds the same kinds of record and nothing about her is forged. NOT MET: " +
              Count(answer.decision->lines.size() - missing.size()) + " of " + Count(answer.decision->lines.size()) +
              " requirements are in order, " + Count(missing.size()) + " are not:");
  for (const RequirementAnswer* line : missing) {
    screen_.Point("Needed: " + line->needs + ". Why not: " + HappenedOf(line->reason) +
                  " Who can put it right: " + line->who + ". " + line->remedy);
  }
  TRY(Expect("requirements the second nurse lacks", 2, missing.size()));
  for (const RequirementAnswer* line : missing) TRY(Expect(line->requirement, WordOf(Reason::kTooOld), line->reason));
  TRY_ASSIGN(const OfflineAnswer offline, DecideWithout("second nurse offline", shown, first_copy_, std::nullopt));
  TRY(Expect("the second nurse offline", WordOf(RoleAnswer::kNotMet), offline.outcome));
  TRY(Expect("the second nurse's reasons offline", Joined({missing[0]->reason, missing[1]->reason}),
             Joined(offline.reasons)));
  screen_.Say("The ward's offline answer names the same two.");
  return {};
}

}  // namespace passport
