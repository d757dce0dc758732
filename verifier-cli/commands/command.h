// The commands of passport-verify: one file each in this folder, listed in main.cc.
#pragma once

#include <span>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "verifier-cli/exit_code.h"
#include "verifier-cli/world.h"

namespace passport {

struct Command {
  std::string_view name;
  std::string_view summary;  // one line for the overview
  // `words` are what follows the name.
  ExitCode (*run)(std::span<const std::string_view> words, World& world);
};

// commands/presentation.cc: a staff passport presentation, against the published files of a region.
extern const Command kPresentationCommand;
// commands/bundle.cc: fetches a bundle of the published files, and says how old one is.
extern const Command kBundleCommand;
// commands/evidence.cc: an export of evidence, alone.
extern const Command kEvidenceCommand;
// commands/audit.cc: an export of the audit trail, alone.
extern const Command kAuditCommand;
// commands/receipt.cc: one receipt, against a registry.
extern const Command kReceiptCommand;
// commands/badge.cc: the code on a card, against the published files of a region.
extern const Command kBadgeCommand;
// commands/answer.cc: a derived answer, against the published files of a region.
extern const Command kAnswerCommand;
// commands/token.cc: any SD-JWT, ours or not, against keys or a policy given on the command line.
extern const Command kTokenCommand;

// Says why a question has no answer, and where help is when it was asked wrongly.
ExitCode RefuseToAsk(std::string_view command, const Fault& fault, World& world);

// Runs the command that the first word names. No word, an unknown one, or --help: says what there is.
ExitCode RunCommand(std::span<const Command> commands, std::span<const std::string_view> words, World& world);

}  // namespace passport
