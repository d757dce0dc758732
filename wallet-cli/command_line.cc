#include "wallet-cli/command_line.h"

#include <CLI/Config.hpp>
#include <CLI/Error.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr const char* kWalletFooter =
    "Begin with the link that your employer has sent you: passport-wallet init LINK. Then: passport-wallet receive.\n"
    "What a command takes: passport-wallet COMMAND --help. Every flag may stand before or after the command.\n\n"
    "The passport is your own file (--file), the one of this program, or kept by the service and opened with your\n"
    "passport code (--code-file). Where the service and the published files are is remembered in the passport.\n"
    "Exit code: 0 done or met; 1 refused, not met, or you said no; 2 cannot tell; 64 the command makes no sense or a\n"
    "file can not be used; 69 the service is not available.";

// What is wrong with the words, and where to read what would be right.
std::string SaidOfWords(const CLI::App* program, const CLI::Error& error) {
  const bool no_command = program->get_subcommands().empty();
  const std::string what = no_command && error.get_name() == "RequiredError"
                               ? "no command was recognised; name one, like receive or list"
                               : std::string(error.what());
  return "passport-wallet: " + Plain(what) +
         "\nSee all commands with passport-wallet --help, and what one takes with " +
         "passport-wallet COMMAND --help.\n";
}

void AddWalletFlags(CLI::App& program, WalletFlags& flags) {
  CLI::Option* const file = program.add_option("--file", flags.file, "your passport file");
  program.add_option("--code-file", flags.code_file, "file with your passport code, for a passport the service keeps")
      ->excludes(file);
  CLI::Option* const passphrase = program.add_option("--passphrase-file", flags.passphrase_file,
                                                     "file with the passphrase; asked for if not given");
  program.add_option("--passphrase-fd", flags.passphrase_descriptor, "open descriptor with the passphrase")
      ->check(CLI::Range(0, 1023))
      ->excludes(passphrase);
  program.add_option("--server", flags.server, "the service, HOST:PORT");
  program.add_option("--ca", flags.authority, "file with the authority of the service's certificate (PEM)");
  program.add_option("--published", flags.published, "folder of the published files");
  program.add_option("--anchor", flags.anchor,
                     "file with the registry's public key (JWK) or the region's root certificate (PEM)");
  program.add_option("--request-id", flags.request_id, "repeat a change that was asked for with this id");
  program.add_flag("--yes", flags.yes, "agree to what would be asked");
  program.add_flag("--json", flags.json, "JSON lines instead of text");
  program.fallthrough();
  program.require_subcommand(1);
  program.footer(kWalletFooter);
  program.failure_message(SaidOfWords);
}

// Every command under its heading in the help, in the order in which a person comes to need them.
struct CommandOfHelp {
  const char* heading;
  void (*add)(CLI::App& program, WalletAction& chosen);
};
constexpr const char* kBeginning = "To begin";
constexpr const char* kHaving = "What you have";
constexpr const char* kGiving = "What others ask for and see";
constexpr const char* kChanging = "When it is lost, or goes elsewhere";
constexpr const char* kLeaving = "To take everything away, and to leave";
constexpr const char* kShell = "For the shell";
constexpr CommandOfHelp kCommands[] = {
    {kBeginning, AddInitCommand},  {kBeginning, AddJoinCommand},    {kHaving, AddReceiveCommand},
    {kHaving, AddListCommand},     {kHaving, AddAcceptCommand},     {kHaving, AddDisputeCommand},
    {kHaving, AddDisputesCommand}, {kGiving, AddExplainCommand},    {kGiving, AddPresentCommand},
    {kGiving, AddSharesCommand},   {kGiving, AddEndShareCommand},   {kGiving, AddHistoryCommand},
    {kChanging, AddLostCommand},   {kChanging, AddUndoLostCommand}, {kChanging, AddMoveCommand},
    {kLeaving, AddExportCommand},  {kLeaving, AddEraseCommand},     {kShell, AddCompletionCommand}};

bool TakesValue(const CLI::App& app, const std::string& flag) {
  const CLI::Option* const option = app.get_option_no_throw(flag);
  if (option != nullptr && option->get_items_expected_max() > 0) return true;
  const std::vector<const CLI::App*> commands = app.get_subcommands(nullptr);
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CLI::App* command) { return TakesValue(*command, flag); });
}

// One id in 64 begins with '-'. No flag of this program looks like "-x7Q", so such a word goes behind "--", where it is
// taken as it is. The value of a flag stays where it is.
std::vector<const char*> WithIdsLast(int count, const char* const* words, const CLI::App& program) {
  std::vector<const char*> sorted;
  std::vector<const char*> ids;
  std::string before;
  for (const char* const each : std::span(words, static_cast<std::size_t>(count))) {
    const std::string_view word = each;
    if (word == "--") return {words, words + count};
    const bool is_value = before.starts_with("--") && TakesValue(program, before);
    const bool is_id = word.size() > 2 && word[0] == '-' && word[1] != '-' && !is_value;
    (is_id ? ids : sorted).push_back(each);
    before = word;
  }
  if (!ids.empty()) sorted.push_back("--");
  sorted.insert(sorted.end(), ids.begin(), ids.end());
  return sorted;
}

}  // namespace

Ending RunPassportWallet(int count, const char* const* words, PersonWorld& world) {
  try {
    CLI::App program("Your staff passport: what you hold, what you show, and who has seen it.", "passport-wallet");
    WalletFlags flags;
    WalletAction chosen;
    AddWalletFlags(program, flags);
    for (const CommandOfHelp& command : kCommands) {
      command.add(program, chosen);
      program.get_subcommands(nullptr).back()->group(command.heading);
    }
    try {
      const std::vector<const char*> sorted = WithIdsLast(count, words, program);
      program.parse(static_cast<int>(sorted.size()), sorted.data());
    } catch (const CLI::ParseError& end) {
      return program.exit(end, world.output, world.errors) == 0 ? Ending::kDone : Ending::kUsage;
    }
    WalletSession session(world, flags);
    const Ending ending = chosen(session);
    world.output.flush();
    if (world.output) return ending;
    world.errors << "passport-wallet: the result can not be written\n";
    return Ending::kCannotTell;
  } catch (const std::exception& error) {  // no memory, no threads: the machine, not the command
    world.errors << "passport-wallet: " << Plain(error.what()) << "\n";
    return Ending::kUnavailable;
  }
}

}  // namespace passport
