#include "verifier-cli/commands/command.h"

#include <algorithm>
#include <string>

#include "verifier-cli/printable.h"

namespace passport {
namespace {

std::string Overview(std::span<const Command> commands) {
  std::string text = "passport-verify checks what staff passports say, from files alone.\n\n";
  for (const Command& command : commands) {
    text += "  passport-verify " + std::string(command.name) + "  " + std::string(command.summary) + "\n";
  }
  return text + "\nEach command explains itself with --help. Exit code: 0 valid or met, 1 not valid or not met,\n" +
         "2 cannot tell, 64 not a question.\n";
}

}  // namespace

ExitCode RefuseToAsk(std::string_view command, const Fault& fault, World& world) {
  world.errors << "passport-verify: " << Printable(fault.detail) << "\n";
  if (fault.reason == Reason::kFieldInvalid) {
    world.errors << "Say passport-verify " << command << " --help for what can be asked.\n";
  }
  return ExitCode::kUsage;
}

ExitCode RunCommand(std::span<const Command> commands, std::span<const std::string_view> words, World& world) {
  if (words.empty()) {
    world.errors << Overview(commands);
    return ExitCode::kUsage;
  }
  if (words.front() == "--help" || words.front() == "-h" || words.front() == "help") {
    world.output << Overview(commands) << std::flush;
    return ExitCode::kHolds;
  }
  const auto command =
      std::find_if(commands.begin(), commands.end(), [&](const Command& known) { return known.name == words.front(); });
  if (command == commands.end()) {
    world.errors << "passport-verify: " << Printable(words.front()) << " is not a command\n\n" << Overview(commands);
    return ExitCode::kUsage;
  }
  return command->run(words.subspan(1), world);
}

}  // namespace passport
