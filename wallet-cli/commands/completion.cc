// passport-wallet completion bash
#include <algorithm>
#include <memory>

#include "wallet-cli/commands/wallet_commands.h"

namespace passport {
namespace {

std::string OptionsOf(const CLI::App& app) {
  std::string words;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words += (words.empty() ? "--" : " --") + name;
  }
  return words;
}

std::string CommandsOf(const CLI::App& program) {
  std::string words;
  for (const CLI::App* const command : program.get_subcommands(nullptr)) {
    words += (words.empty() ? "" : " ") + command->get_name();
  }
  return words;
}

// Options whose value is a file are completed with files. That is most of them; the others take what only a person
// knows, and files do no harm there.
std::string BashScript(const CLI::App& program) {
  std::string cases;
  for (const CLI::App* const command : program.get_subcommands(nullptr)) {
    cases += "    " + command->get_name() + ") words=\"" + OptionsOf(*command) + "\" ;;\n";
  }
  return "# bash completion of passport-wallet; made by: passport-wallet completion bash\n"
         "_passport_wallet() {\n"
         "  local current=\"${COMP_WORDS[COMP_CWORD]}\" command=\"\" words=\"\" word\n"
         "  local commands=\"" +
         CommandsOf(program) +
         "\"\n"
         "  local everywhere=\"" +
         OptionsOf(program) +
         "\"\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    if [[ \" $commands \" == *\" $word \"* ]]; then command=\"$word\"; break; fi\n"
         "  done\n"
         "  case \"$command\" in\n" +
         cases +
         "  esac\n"
         "  if [[ \"$current\" == -* ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words $everywhere\" -- \"$current\")\n"
         "  elif [[ -z \"$command\" && \"${COMP_WORDS[COMP_CWORD-1]}\" != --* ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$commands\" -- \"$current\")\n"
         "  elif [[ \"$command\" == move && \"${COMP_WORDS[COMP_CWORD-1]}\" == move ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"kept wallet\" -- \"$current\"; compgen -f -- \"$current\")\n"
         "  else\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _passport_wallet passport-wallet\n";
}

}  // namespace

void AddCompletionCommand(CLI::App& program, WalletAction& chosen) {
  CLI::App* completion = program.add_subcommand("completion", "a script that completes commands and flags at a shell");
  const auto shell = std::make_shared<std::string>();
  completion->add_option("SHELL", *shell, "bash")->required()->check(CLI::IsMember({"bash"}));
  completion->callback([shell, &program, &chosen] {
    const std::string script = BashScript(program);
    chosen = [script](WalletSession& session) {
      session.world().output << script;
      return Ending::kDone;
    };
  });
}

}  // namespace passport
