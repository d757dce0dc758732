#include "operator-cli/command_line.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <exception>

#include "terminal/plain_text.h"

namespace passport {
namespace {

constexpr const char* kFooter =
    "Exit code: 0 done, valid or met; 1 refused, not valid, not met, or some rows refused; 2 cannot tell;\n"
    "64 the command makes no sense or a file can not be used; 69 the service is not available.";

void AddGlobalFlags(CLI::App& program, GlobalFlags& flags) {
  program.add_option("--server", flags.server, "the service, HOST:PORT")->capture_default_str();
  program.add_option("--tls", flags.tls, "folder with ca.pem, NAME.pem and NAME.key");
  program.add_option("--as", flags.name, "NAME of certificate and key in that folder")->capture_default_str();
  program.add_option("--request-id", flags.request_id, "repeat a change that was asked for with this id");
  program.add_flag("--json", flags.json, "JSON lines instead of text");
  program.fallthrough();
  program.require_subcommand(1);
  program.footer(kFooter);
}

}  // namespace

Ending RunPassportctl(int count, const char* const* words, std::span<const AddCommand> commands, Surroundings& around) {
  try {
    CLI::App program("What an employer and the registrar do with the staff passport service.", "passportctl");
    GlobalFlags flags;
    Action chosen;
    AddGlobalFlags(program, flags);
    for (const AddCommand add : commands) add(program, chosen);
    try {
      program.parse(count, words);
    } catch (const CLI::ParseError& end) {
      // What CLI11 says may repeat a word that was given; it goes to the person who typed it and nowhere else.
      return program.exit(end, around.output, around.errors) == 0 ? Ending::kDone : Ending::kUsage;
    }
    Session session(around, flags);
    const Ending ending = chosen(session);
    around.output.flush();
    if (around.output) return ending;
    around.errors << "passportctl: the result can not be written\n";
    return Ending::kCannotTell;
  } catch (const std::exception& error) {  // no memory, no threads: the machine, not the command
    around.errors << "passportctl: " << Plain(error.what()) << "\n";
    return Ending::kUnavailable;
  }
}

}  // namespace passport
