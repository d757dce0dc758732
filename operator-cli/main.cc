// passportctl: the parts list.
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "keys/system_random.h"
#include "operator-cli/command_line.h"

namespace passport {
namespace {

int Run(int count, char** words) {
  constexpr std::array kCommands = {
      AddOrganisationCommand, AddSystemCommand,   AddRetentionCommand, AddTaxonomyCommand,  AddProfileCommand,
      AddRegistryCommand,     AddPersonCommand,   AddImportCommand,    AddReviewCommand,    AddIssueCommand,
      AddCredentialCommand,   AddHoldingCommand,  AddPresentCommand,   AddChallengeCommand, AddVerifyCommand,
      AddOverrideCommand,     AddEvidenceCommand, AddAuditCommand,     AddCountCommand,     AddReissueCommand,
      AddKeysCommand,         AddDisputeCommand,  AddBadgeCommand,     AddShareCommand,     AddRosterCommand};
  std::signal(SIGPIPE, SIG_IGN);        // a reader that goes away is an error of writing, not an end
  setenv("GRPC_VERBOSITY", "NONE", 0);  // what it would say goes into our own words; set it to see more
  SystemRandom random;
  Surroundings around{.input = STDIN_FILENO,
                      .output = std::cout,
                      .errors = std::cerr,
                      .output_is_terminal = isatty(STDOUT_FILENO) == 1,
                      .clock =
                          [] {
                            const auto since = std::chrono::system_clock::now().time_since_epoch();
                            return Instant{std::chrono::duration_cast<std::chrono::seconds>(since).count()};
                          },
                      .pause = [](std::chrono::milliseconds length) { std::this_thread::sleep_for(length); },
                      .random = random};
  return static_cast<int>(RunPassportctl(count, words, kCommands, around));
}

}  // namespace
}  // namespace passport

int main(int count, char** words) { return passport::Run(count, words); }
