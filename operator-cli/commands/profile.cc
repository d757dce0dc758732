// passportctl profile and passportctl taxonomy
#include <memory>

#include "operator-cli/commands/commands.h"
#include "operator-cli/profile_review.h"

namespace passport {

void AddProfileCommand(CLI::App& program, Action& chosen) {
  CLI::App* profile = program.add_subcommand("profile", "what roles need (registrar; an employer its own)");
  profile->require_subcommand(1);
  AddRuleVerbs(*profile, RuleWord::kRoleProfile, chosen);
  CLI::App* check =
      profile->add_subcommand("check", "read a profile as a careful person would, and try it before it is put");
  const auto flags = std::make_shared<ProfileReviewFlags>();
  check->add_option("FILE", flags->file, "the profile as JSON, - for standard input")->required();
  check->add_option("--published", flags->published, "folder with the published files: taxonomies, what is in force")
      ->required();
  check->add_option("--registry-key", flags->registry_key, "file with the public key of the registry")->required();
  check->add_option("--on", flags->day, "the day in question; the first day of the profile, or today if that is later");
  check->add_option("--receiver", flags->receiver, "who would rely on it, ods:X0A; for --passports");
  check->add_option("--passports", flags->passports,
                    "folder of presentations: show what would change for them against the version in force");
  check->add_flag("--new-employment", flags->employment, "as new employees, not placements");
  check->callback([flags, &chosen] { chosen = [flags](Session& session) { return ReviewProfile(session, *flags); }; });
}

void AddTaxonomyCommand(CLI::App& program, Action& chosen) {
  CLI::App* taxonomy = program.add_subcommand("taxonomy", "courses, regulators and words as data (registrar)");
  taxonomy->require_subcommand(1);
  AddRuleVerbs(*taxonomy, RuleWord::kTaxonomy, chosen);
}

}  // namespace passport
