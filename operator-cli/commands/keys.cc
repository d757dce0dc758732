// passportctl keys list, plan, rotate, compromise
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "operator-cli/commands/commands.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

constexpr const char* kOwnerMeaning = "whose keys, ods:X0A, or service; all you answer for if left out";

struct LossFlags {
  std::string kid;
  std::string since;
  std::string why;
};

struct RotateFlags {
  std::string owner;
  std::string role;
};

void AppendTime(json::Tree& tree, json::Value& line, std::string_view name, const std::optional<Instant>& at) {
  if (at) AppendText(tree, line, name, UtcText(*at));
}

void PrintJsonLine(Session& session, const KeyAnswer& key) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, "owner", key.owner);
  AppendText(tree, line, "role", key.role);
  AppendText(tree, line, "kid", key.kid);
  AppendText(tree, line, "state", key.state);
  AppendTime(tree, line, "created_at", key.created_at);
  AppendTime(tree, line, "published_at", key.published_at);
  AppendTime(tree, line, "activated_at", key.activated_at);
  AppendTime(tree, line, "retired_at", key.retired_at);
  AppendTime(tree, line, "compromised_since", key.compromised_at);
  AppendText(tree, line, "certificate", key.certified ? "yes" : "no");
  session.PrintJson(line);
}

// The last thing that happened to it, in words.
std::string StandingOf(const KeyAnswer& key) {
  if (key.compromised_at) return "in other hands since " + UtcText(*key.compromised_at);
  if (key.retired_at) return "signs no more since " + UtcText(*key.retired_at);
  if (key.activated_at) return "signs since " + UtcText(*key.activated_at);
  if (key.published_at) return "will sign next; published since " + UtcText(*key.published_at);
  return "will sign next; not published yet";
}

Ending ListKeys(Session& session, const std::string& owner) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const auto keys = session.Repeating([&] { return (*service)->ListKeys(owner); });
  if (!keys.ok()) return session.Refuse(keys.fault());
  Table table({"OWNER", "FOR", "KEY", "STATE"});
  for (const KeyAnswer& key : *keys) {
    if (session.json()) PrintJsonLine(session, key);
    table.Add({key.owner, key.role, key.kid, StandingOf(key)});
  }
  if (!session.json()) table.Print(session.around().output);
  return Ending::kDone;
}

std::string WordsOf(const KeyStepAnswer& step) {
  if (step.step == "stage") return "make the next key";
  if (step.step == "replace") return "make a key that signs at once";
  if (step.step == "certify") return "give it a certificate";
  if (step.step == "publish") return "publish it";
  if (step.step == "activate") return "let it sign";
  if (step.step == "retire") return "let it sign no more";
  return step.step;
}

Ending Plan(Session& session, const std::string& owner) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const auto steps = session.Repeating([&] { return (*service)->PlanKeys(owner); });
  if (!steps.ok()) return session.Refuse(steps.fault());
  Table table({"DUE", "OWNER", "FOR", "WHAT", "KEY"});
  for (const KeyStepAnswer& step : *steps) {
    if (session.json()) {
      json::Tree tree;
      json::Value& line = tree.Object();
      AppendText(tree, line, "due", UtcText(step.due));
      AppendText(tree, line, "owner", step.owner);
      AppendText(tree, line, "role", step.role);
      AppendText(tree, line, "step", step.step);
      AppendText(tree, line, "kid", step.kid);
      session.PrintJson(line);
    }
    const bool now = step.due <= session.around().clock();
    table.Add({now ? "now" : UtcText(step.due), step.owner, step.role, WordsOf(step),
               step.kid.empty() ? "(to be made)" : step.kid});
  }
  if (!session.json()) {
    table.Print(session.around().output);
    session.around().output << (steps->empty() ? "nothing is due; " : "") << "the service does this by itself\n";
  }
  return Ending::kDone;
}

void PrintKid(Session& session, std::string_view name, const std::string& kid) {
  json::Tree tree;
  json::Value& line = tree.Object();
  AppendText(tree, line, name, kid);
  session.PrintJson(line);
}

Ending Rotate(Session& session, const RotateFlags& flags) {
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const auto kid = session.Repeating([&] { return (*service)->RotateKey(id, flags.owner, flags.role); });
  if (!kid.ok()) return session.Refuse(kid.fault());
  if (session.json()) {
    PrintKid(session, "kid", *kid);
  } else {
    session.around().output << "the next key is " << Plain(*kid)
                            << "\nit signs once receivers have had time to learn it; keys plan says when\n";
  }
  return Ending::kDone;
}

Ending Compromise(Session& session, const LossFlags& flags) {
  const Result<Instant> since = ParseInstant(flags.since);
  if (!since.ok()) return session.Refuse(since.fault());
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const KeyLoss loss{.kid = flags.kid, .since = *since, .why = flags.why};
  const auto replaced = session.Repeating([&] { return (*service)->CompromiseKey(id, loss); });
  if (!replaced.ok()) return session.Refuse(replaced.fault());
  if (session.json()) {
    PrintKid(session, "replaced_by", *replaced);
    return Ending::kDone;
  }
  session.around().output << "the key signs no more; receivers learn it with the next publication\n";
  if (!replaced->empty()) {
    session.around().output << "in its place signs " << Plain(*replaced) << "\n";
  } else {
    session.around().output
        << "no other key was made in its place; see keys list whether one of this role still signs.\n"
           "If none does and the organisation goes on, it has had too many keys for that: ask the\n"
           "registrar to make the next one with passportctl keys rotate\n";
  }
  return Ending::kDone;
}

void AddOwner(CLI::App& command, std::string& owner) { command.add_option("--owner", owner, kOwnerMeaning); }

void AddReading(CLI::App& keys, Action& chosen) {
  const auto owner = std::make_shared<std::string>();
  CLI::App* list = keys.add_subcommand("list", "which keys there are, and whether they sign");
  AddOwner(*list, *owner);
  list->callback([owner, &chosen] { chosen = [owner](Session& session) { return ListKeys(session, *owner); }; });
  CLI::App* plan = keys.add_subcommand("plan", "what the service will do with them, and when");
  AddOwner(*plan, *owner);
  plan->callback([owner, &chosen] { chosen = [owner](Session& session) { return Plan(session, *owner); }; });
}

void AddChanging(CLI::App& keys, Action& chosen) {
  CLI::App* rotate = keys.add_subcommand("rotate", "make the next key now instead of when its time has come");
  const auto order = std::make_shared<RotateFlags>();
  rotate->add_option("--owner", order->owner, "whose key, ods:X0A, or service (registrar)")->required();
  rotate->add_option("--role", order->role, "issue, status, receipt, registry or seal")->required();
  rotate->callback([order, &chosen] { chosen = [order](Session& session) { return Rotate(session, *order); }; });

  CLI::App* lost = keys.add_subcommand("compromise", "a key is in other hands: it signs no more, and another one does");
  const auto flags = std::make_shared<LossFlags>();
  lost->add_option("--kid", flags->kid, "which key; list shows it")->required();
  lost->add_option("--since", flags->since, "from when on: 2026-11-22T08:26 in London, or with a Z in UTC")->required();
  lost->add_option("--why", flags->why, "stolen, lost, copied or precaution")->required();
  lost->callback([flags, &chosen] { chosen = [flags](Session& session) { return Compromise(session, *flags); }; });
}

}  // namespace

void AddKeysCommand(CLI::App& program, Action& chosen) {
  CLI::App* keys = program.add_subcommand("keys", "what signs for you, and its succession (operator, registrar)");
  keys->require_subcommand(1);
  AddReading(*keys, chosen);
  AddChanging(*keys, chosen);
}

}  // namespace passport
