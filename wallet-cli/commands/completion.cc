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

// Flags that take no value: what follows them is not theirs.
void AddSwitches(const CLI::App& app, std::string& words) {
  for (const CLI::Option* const option : app.get_options()) {
    if (option->get_items_expected_max() > 0) continue;
    for (const std::string& name : option->get_lnames()) words += " --" + name;
  }
}

// Options whose value is a file are completed with files. That is most of them; the others take what only a person
// knows, and files do no harm there.
std::string BashScript(const CLI::App& program) {
  std::string cases;
  std::string switches;
  AddSwitches(program, switches);
  for (const CLI::App* const command : program.get_subcommands(nullptr)) {
    cases += "    " + command->get_name() + ") words=\"" + OptionsOf(*command) + "\" ;;\n";
    AddSwitches(*command, switches);
  }
  return "# bash completion of passport-wallet; made by: passport-wallet completion bash\n"
         "_passport_wallet() {\n"
         "  local current=\"${COMP_WORDS[COMP_CWORD]}\" command=\"\" words=\"\" value=0 word\n"
         "  local commands=\"" +
         CommandsOf(program) +
         "\"\n"
         "  local everywhere=\"" +
         OptionsOf(program) +
         "\"\n"
         "  local switches=\"" +
         switches +
         R"( "
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if (( value )); then
      value=0
    elif [[ "$word" == --* ]]; then
      [[ "$switches" == *" $word "* ]] || value=1
    elif [[ -z "$command" && " $commands " == *" $word "* ]]; then
      command="$word"
    fi
  done
  case "$command" in
)" + cases +
         R"(  esac
  if (( value )); then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  elif [[ "$current" == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words $everywhere" -- "$current")
  elif [[ -z "$command" ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
  elif [[ "$command" == move ]]; then
    mapfile -t COMPREPLY < <(compgen -W "kept wallet" -- "$current"; compgen -f -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _passport_wallet passport-wallet
)";
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
