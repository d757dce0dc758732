#include "tests/credential/decision/short_answer.h"

#include <algorithm>
#include <cstdlib>

namespace passport {
namespace {

std::string DayOrNone(const std::optional<CivilDay>& day) { return day ? day->Text() : "no end"; }

}  // namespace

Judgement Shortly(const Decision& decision, const RoleProfile& profile) {
  const auto line = std::find_if(decision.lines.begin(), decision.lines.end(),
                                 [&](const DecisionLine& each) { return each.outcome == decision.outcome; });
  const auto& all = profile.requirements();
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Requirement& each) { return each.id == line->requirement; });
  if (line == decision.lines.end() || at == all.end()) std::abort();
  return {.outcome = decision.outcome,
          .requirement = static_cast<std::size_t>(at - all.begin()),
          .reason = line->reason,
          .holds_through = decision.holds_through()};
}

std::string Spelt(const Decision& decision) {
  std::string text = std::string(WordOf(decision.outcome)) + " " + decision.profile + " " +
                     std::to_string(decision.profile_version) + " " + decision.snapshot_id + " " +
                     std::to_string(decision.decided_at.seconds) + " " + decision.duty.first_day().Text() + "\n";
  for (const DecisionLine& line : decision.lines) {
    text += line.requirement + " (" + line.needs + "): " + std::string(WordOf(line.outcome)) + " " +
            std::string(WordOf(line.reason)) + " " + DayOrNone(line.holds_through) + " by";
    for (const CredentialId& id : line.relied_on) text += " " + id.text();
    text += "; " + line.who + "; " + line.how + "\n";
  }
  return text;
}

}  // namespace passport
