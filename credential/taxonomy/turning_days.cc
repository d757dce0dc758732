#include "credential/taxonomy/turning_days.h"

namespace passport {
namespace {

void Turn(const Window& window, std::set<CivilDay>& days) {
  days.insert(window.from);
  if (window.until) days.insert(window.until->PlusDays(1));
}

}  // namespace

std::set<CivilDay> TurningDays(const Taxonomy& taxonomy) {
  std::set<CivilDay> days;
  for (const ListedWord& word : taxonomy.words()) Turn(word.window, days);
  for (const Subject& subject : taxonomy.subjects()) {
    Turn(subject.window, days);
    for (const RefreshPeriod& period : taxonomy.RefreshOf(subject.word)) Turn(period.window, days);
  }
  for (const Equivalence& equivalence : taxonomy.equivalences()) Turn(equivalence.window, days);
  for (const Regulator& regulator : taxonomy.regulators()) Turn(regulator.window, days);
  return days;
}

}  // namespace passport
