// passportctl profile and passportctl taxonomy
#include "operator-cli/commands/commands.h"

namespace passport {

void AddProfileCommand(CLI::App& program, Action& chosen) {
  CLI::App* profile = program.add_subcommand("profile", "what roles need (registrar; an employer its own)");
  profile->require_subcommand(1);
  AddRuleVerbs(*profile, RuleWord::kRoleProfile, chosen);
}

void AddTaxonomyCommand(CLI::App& program, Action& chosen) {
  CLI::App* taxonomy = program.add_subcommand("taxonomy", "courses, regulators and words as data (registrar)");
  taxonomy->require_subcommand(1);
  AddRuleVerbs(*taxonomy, RuleWord::kTaxonomy, chosen);
}

}  // namespace passport
