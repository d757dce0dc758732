// The commands of passportctl: one file each in this folder, listed in main.cc.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>

#include "operator-cli/session.h"

namespace passport {

// What the words of the command line ask for; empty until a command was recognised.
using Action = std::function<Ending(Session&)>;

// Each adds its words and flags to the program. When they are given, `chosen` is set.
void AddOrganisationCommand(CLI::App& program, Action& chosen);
void AddBadgeCommand(CLI::App& program, Action& chosen);
void AddKeysCommand(CLI::App& program, Action& chosen);
void AddRetentionCommand(CLI::App& program, Action& chosen);
void AddPersonErase(CLI::App& person, Action& chosen);
void AddPersonPassport(CLI::App& person, Action& chosen);
void AddDisputeCommand(CLI::App& program, Action& chosen);
void AddRosterCommand(CLI::App& program, Action& chosen);
void AddShareCommand(CLI::App& program, Action& chosen);
void AddShareWatch(CLI::App& share, Action& chosen);
void AddSystemCommand(CLI::App& program, Action& chosen);
void AddProfileCommand(CLI::App& program, Action& chosen);
void AddTaxonomyCommand(CLI::App& program, Action& chosen);
void AddPersonCommand(CLI::App& program, Action& chosen);
void AddImportCommand(CLI::App& program, Action& chosen);
void AddReviewCommand(CLI::App& program, Action& chosen);
void AddIssueCommand(CLI::App& program, Action& chosen);
void AddCredentialCommand(CLI::App& program, Action& chosen);
void AddHoldingCommand(CLI::App& program, Action& chosen);
void AddPresentCommand(CLI::App& program, Action& chosen);
void AddChallengeCommand(CLI::App& program, Action& chosen);
void AddVerifyCommand(CLI::App& program, Action& chosen);
void AddOverrideCommand(CLI::App& program, Action& chosen);
void AddEvidenceCommand(CLI::App& program, Action& chosen);
void AddAuditCommand(CLI::App& program, Action& chosen);
void AddCountCommand(CLI::App& program, Action& chosen);
void AddRegistryCommand(CLI::App& program, Action& chosen);
void AddReissueCommand(CLI::App& program, Action& chosen);

// Below registry.
void AddProposeCommand(CLI::App& registry, Action& chosen);
void AddPublishCommand(CLI::App& registry, Action& chosen);
void AddRegistryDiffCommand(CLI::App& registry, Action& chosen);

// What profiles and taxonomies have in common: put and withdraw.
void AddRuleVerbs(CLI::App& command, RuleWord kind, Action& chosen);

// A flag that may be given several times, one value each time.
template <class Values>
CLI::Option* AddRepeated(CLI::App& command, const std::string& flag, Values& values, const std::string& meaning) {
  return command.add_option(flag, values, meaning)->allow_extra_args(false);
}

}  // namespace passport
