// What it all comes to, by employer and role: no names, no small numbers.
#include <algorithm>

#include "samples/demo/story.h"
#include "samples/generator/posts.h"

namespace passport {
namespace {

constexpr std::size_t kRosterPeople = 6;

void Tally(const SafeCounts& counts, DemoFacts::Counts& tally) {
  for (const auto& [word, count] : counts) ++(count ? tally.shown : tally.suppressed);
}

std::string TextOf(const SafeCounts& counts) {
  std::vector<std::string> parts;
  for (const auto& [word, count] : counts) {
    std::string plain = word;
    std::replace(plain.begin(), plain.end(), '_', ' ');
    if (count) parts.push_back(plain + " " + Count(*count));
  }
  return parts.empty() ? "under 5" : Joined(parts);
}

}  // namespace

// More community nurses for the team's roster; nobody has brought their other checks yet.
Result<std::size_t> Story::AskAboutTheRoster() {
  std::size_t asked = 0;
  for (std::size_t person = 0; person < terms_.world.people.size() && asked < kRosterPeople; ++person) {
    const SamplePerson& who = terms_.world.people[person];
    if (!who.records.empty() || who.jobs.front().post != kCommunityNurse) continue;
    ++asked;
    TRY_ASSIGN(const RoleQuestion question, NurseQuestion(person));
    TRY(AskAndDecide("roster, nurse " + std::to_string(asked), question, "roster.json", RoleAnswer::kNotMet));
  }
  return asked;
}

Result<void> Story::CountForTheRegion() {
  TRY_ASSIGN(const std::size_t asked, AskAboutTheRoster());
  TRY(Expect("nurses of the roster", kRosterPeople, asked));
  TRY_ASSIGN(ServiceClient* const registrar, Registrar());
  const std::string today = terms_.world.today.Text();
  TRY_ASSIGN(const std::vector<RoleCountsAnswer> counts, registrar->CountReliances(today, today));
  screen_.Say("The team also asks about " + Count(asked) +
              " nurses whose other checks nobody has brought yet. Then the registrar counts: which checks were not "
              "repeated, and what held people up, by employer and role. Where fewer than five people stand behind a "
              "number it is not given.");
  for (const RoleCountsAnswer& each : counts) {
    Tally(each.outcomes, facts_.counts);
    Tally(each.reasons, facts_.counts);
    Tally(each.not_repeated, facts_.counts);
    if (!each.people) continue;
    screen_.Row(each.profile,
                NameOf(each.employer) + ", " + Count(*each.people) + " people. Answers: " + TextOf(each.outcomes) +
                    ". Held up by: " + TextOf(each.reasons) + ". Not repeated: " + TextOf(each.not_repeated) + ".");
  }
  TRY(Expect("some counts are given and some are not", facts_.counts.shown > 0 && facts_.counts.suppressed > 0));
  screen_.Say(Count(facts_.counts.shown, "number", "numbers") + " are given, " + Count(facts_.counts.suppressed) +
              " are not.");
  return {};
}

}  // namespace passport
