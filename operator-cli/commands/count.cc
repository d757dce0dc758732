// passportctl count
#include <memory>

#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

struct CountFlags {
  std::string from;
  std::string through;
};

constexpr std::string_view kSuppressed = "under 5";

std::string TextOfCount(const std::optional<std::uint64_t>& count) {
  return count ? std::to_string(*count) : std::string(kSuppressed);
}

void AppendCounts(json::Tree& tree, json::Value& line, std::string_view name, const SafeCounts& counts) {
  json::Value& object = tree.Object();
  for (const auto& [word, count] : counts) {
    json::Value& value = count ? tree.Integer(static_cast<std::int64_t>(*count)) : tree.Null();
    object.Append(tree.Keep(Plain(word)), value);
  }
  line.Append(name, object);
}

void PrintJsonLine(Session& session, const RoleCountsAnswer& each) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "employer", each.employer);
  AppendText(tree, line, "profile", each.profile);
  if (each.people) AppendNumber(tree, line, "people", *each.people);
  AppendCounts(tree, line, "outcomes", each.outcomes);
  AppendCounts(tree, line, "reasons", each.reasons);
  AppendCounts(tree, line, "not_repeated", each.not_repeated);
  if (each.days_to_clear) AppendNumber(tree, line, "days_to_clear", *each.days_to_clear);
  session.PrintJson(line);
}

void AddRows(Table& table, const RoleCountsAnswer& each) {
  const std::string role = each.profile.empty() ? "(no role)" : each.profile;
  const auto add = [&](const std::string& what, const std::string& count) {
    table.Add({each.employer, role, what, count});
  };
  add("people", TextOfCount(each.people));
  for (const auto& [word, count] : each.outcomes) add("answered " + word, TextOfCount(count));
  for (const auto& [word, count] : each.reasons) add("held up by " + word, TextOfCount(count));
  for (const auto& [word, count] : each.not_repeated) add("not repeated: " + word, TextOfCount(count));
  if (each.days_to_clear) add("days to clear, median", std::to_string(*each.days_to_clear));
}

Ending Count(Session& session, const CountFlags& flags) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const Result<std::vector<RoleCountsAnswer>> counts =
      session.Repeating([&] { return (*service)->CountReliances(flags.from, flags.through); });
  if (!counts.ok()) return session.Refuse(counts.fault());
  Table table({"EMPLOYER", "ROLE", "WHAT", "COUNT"});
  for (const RoleCountsAnswer& each : *counts) {
    if (session.json()) {
      PrintJsonLine(session, each);
    } else {
      AddRows(table, each);
    }
  }
  table.Print(session.around().output);
  return Ending::kDone;
}

}  // namespace

void AddCountCommand(CLI::App& program, Action& chosen) {
  CLI::App* count = program.add_subcommand(
      "count", "what was relied on and what held people up, naming nobody (registrar: everybody's; others: their own)");
  const auto flags = std::make_shared<CountFlags>();
  count->add_option("--from", flags->from, "first day, 2026-03-01")->required();
  count->add_option("--through", flags->through, "last day")->required();
  count->callback([flags, &chosen] { chosen = [flags](Session& session) { return Count(session, *flags); }; });
}

}  // namespace passport
