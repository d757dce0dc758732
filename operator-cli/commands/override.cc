// passportctl override
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "operator-cli/commands/commands.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

constexpr std::size_t kWordsFileBytesMax = 4096;

struct OverrideFlags {
  OverrideEntry entry;
  std::string named_person_file;
  std::string words_file;
  std::string until;
};

// One line; other users of the machine see flags, not files.
Result<std::string> ReadLine(const std::string& path, int standard_input) {
  TRY_ASSIGN(std::string text, ReadText(path, standard_input, kWordsFileBytesMax));
  text.resize(text.find_last_not_of("\r\n") + 1);
  return text;
}

Ending Decide(Session& session, OverrideFlags flags) {
  const Result<std::string> person = ReadLine(flags.named_person_file, session.around().input);
  if (!person.ok()) return session.Refuse(person.fault());
  const Result<std::string> words = ReadLine(flags.words_file, session.around().input);
  if (!words.ok()) return session.Refuse(words.fault());
  const Result<Instant> until = ParseInstant(flags.until);
  if (!until.ok()) return session.Refuse(until.fault());
  flags.entry.named_person = *person;
  flags.entry.words = *words;
  flags.entry.until = *until;
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<void> done = session.Repeating([&] { return (*service)->OverrideDecision(id, flags.entry); });
  if (!done.ok()) return session.Refuse(done.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendText(tree, line, "override", "recorded");
    AppendNumber(tree, line, "reliance", flags.entry.reliance);
    AppendText(tree, line, "until", UtcText(flags.entry.until));
    session.PrintJson(line);
  } else {
    session.around().output << "the override is recorded until " << UtcText(flags.entry.until)
                            << "; the decision stays as it was\n";
  }
  return Ending::kDone;
}

void PrintJsonLine(Session& session, const OverrideAnswer& each) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendNumber(tree, line, "reliance", each.reliance);
  AppendText(tree, line, "profile", each.profile);
  AppendText(tree, line, "named_person", each.named_person);
  AppendText(tree, line, "reason", each.reason);
  AppendText(tree, line, "words", each.words);
  AppendText(tree, line, "from", UtcText(each.from));
  AppendText(tree, line, "until", UtcText(each.until));
  session.PrintJson(line);
}

Ending ListOverrides(Session& session) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  Table table({"DECISION", "PROFILE", "BY", "REASON", "WORDS", "UNTIL", ""});
  std::string token;
  do {
    const Result<OverridePage> page = session.Repeating([&] { return (*service)->ListOverrides(0, token); });
    if (!page.ok()) return session.Refuse(page.fault());
    for (const OverrideAnswer& each : page->overrides) {
      if (session.json()) {
        PrintJsonLine(session, each);
        continue;
      }
      const bool over = each.until <= session.around().clock();
      table.Add({std::to_string(each.reliance), each.profile, each.named_person, each.reason, each.words,
                 UtcText(each.until), over ? "over" : "in force"});
    }
    token = page->next_page_token;
  } while (!token.empty());
  if (!session.json() && table.empty()) session.around().output << "nothing was overridden\n";
  table.Print(session.around().output);
  return Ending::kDone;
}

}  // namespace

void AddOverrideCommand(CLI::App& program, Action& chosen) {
  CLI::App* command = program.add_subcommand("override", "a named person goes on regardless of a decision (receiver)");
  command->require_subcommand(1);
  CLI::App* add = command->add_subcommand("add", "record it beside a decision");
  const auto flags = std::make_shared<OverrideFlags>();
  add->add_option("--decision", flags->entry.reliance, "its number, as verify gave it")->required();
  add->add_option("--named-person-file", flags->named_person_file, "file with the name of who takes it on themselves")
      ->required();
  add->add_option("--reason", flags->entry.reason, "a word of the list override_reason")->required();
  add->add_option("--words-file", flags->words_file, "file with one line that says why")->required();
  add->add_option("--until", flags->until, "when it ends, 2026-11-23T08:00:00Z, at most 31 days ahead")->required();
  add->callback([flags, &chosen] { chosen = [flags](Session& session) { return Decide(session, *flags); }; });
  CLI::App* list = command->add_subcommand("list", "everything that was overridden");
  list->callback([&chosen] { chosen = [](Session& session) { return ListOverrides(session); }; });
}

}  // namespace passport
