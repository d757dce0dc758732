// What a receiver is told of what was judged for it: records, decision, receipt, overrides.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "operator-cli/session.h"

namespace passport {

// "not_valid" reads "not valid" to people.
std::string InWords(std::string_view word);
// The label of a kind of record, or of a fact of one; the word itself where there is none.
std::string LabelOfKind(std::string_view kind);
std::string LabelOfFact(std::string_view kind, std::string_view fact);

// "lines": every requirement and how it fares.
void AppendRequirements(json::Tree& tree, json::Value& object, const std::vector<RequirementAnswer>& lines);
// "verdict", "records", "decision", "reliance", "receipt", "overrides"
void AppendJudged(json::Tree& tree, json::Value& line, const RoleDecisionAnswer& judged);
void TellJudged(std::ostream& out, const RoleDecisionAnswer& judged);
// "reliance", "receipt", "overrides"; nothing where no receipt was made.
void AppendKept(json::Tree& tree, json::Value& line, const RelianceAnswer& kept,
                const std::vector<OverrideAnswer>& overrides);
void TellKept(std::ostream& out, const RelianceAnswer& kept, const std::vector<OverrideAnswer>& overrides);
// Of the decision if there is one, else of the verification.
Ending EndingOf(const RoleDecisionAnswer& judged);

}  // namespace passport
