// passportctl registry propose enrol|amend|state|succession|registrar
#include <algorithm>
#include <memory>

#include "credential/vocabulary/instant_text.h"
#include "operator-cli/commands/commands.h"

namespace passport {
namespace {

// As typed; times are read when the command runs, so that a wrong one is refused like everything else.
struct ProposeFlags {
  StepEntry step;
  std::string reason;
  std::string at;
  std::string until;
  std::string two_person;
  std::vector<std::string> systems;
};

// A day stands for its beginning in London.
Result<std::optional<Instant>> MomentOf(const std::string& text) {
  if (text.empty()) return std::optional<Instant>();
  constexpr std::size_t kDayLength = 10;
  TRY_ASSIGN(const Instant at, ParseInstant(text.size() == kDayLength ? text + "T00:00" : text));
  return std::optional(at);
}

std::vector<std::string> Parts(std::string_view text, char between) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(between, from), text.size());
    parts.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

// "hr-desk=issuer_clerk,verifier=3f2a..."
Result<NewSystemEntry> SystemOf(const std::string& text) {
  const std::vector<std::string> parts = Parts(text, '=');
  if (parts.size() != 3) return Fault{Reason::kFieldInvalid, "", "--system is not NAME=ROLE,ROLE=DIGEST"};
  return NewSystemEntry{.name = parts[0], .roles = Parts(parts[1], ','), .public_key_sha256 = Parts(parts[2], ',')};
}

Result<StepEntry> StepOf(const ProposeFlags& flags) {
  StepEntry step = flags.step;
  TRY_ASSIGN(step.at, MomentOf(flags.at));
  TRY_ASSIGN(step.until, MomentOf(flags.until));
  if (!flags.two_person.empty()) step.two_person = flags.two_person == "yes";
  for (const std::string& text : flags.systems) {
    TRY_ASSIGN(NewSystemEntry system, SystemOf(text));
    step.systems.push_back(std::move(system));
  }
  step.reason = flags.reason;
  return step;
}

Ending Propose(Session& session, const ProposeFlags& flags) {
  const Result<StepEntry> step = StepOf(flags);
  if (!step.ok()) return session.Misuse(step.fault().detail);
  const Result<ServiceClient*> service = session.Service();
  if (!service.ok()) return session.Refuse(service.fault());
  const std::string id = session.RequestId();
  const Result<std::uint64_t> number =
      session.Repeating([&] { return (*service)->ProposeChange(id, flags.reason, {*step}); });
  if (!number.ok()) return session.Refuse(number.fault());
  if (session.json()) {
    json::Tree tree;
    json::Value& line = tree.Object();
    AppendNumber(tree, line, "proposal", *number);
    session.PrintJson(line);
  } else {
    session.around().output << "proposal " << *number << "; nothing has changed yet. A registrar looks at it with: "
                            << "passportctl registry review " << *number << "\n";
  }
  return Ending::kDone;
}

using Flags = std::shared_ptr<ProposeFlags>;

CLI::App* AddVerb(CLI::App& propose, const char* word, const char* meaning, StepWord what, const Flags& flags,
                  Action& chosen) {
  CLI::App* verb = propose.add_subcommand(word, meaning);
  flags->step.what = what;
  verb->add_option("--organisation", flags->step.organisation, "which one, ods:X0A")->required();
  verb->add_option("--reason", flags->reason, "why, one word of a-z 0-9 _: agreed, legal_merger")->required();
  verb->callback([flags, &chosen] { chosen = [flags](Session& session) { return Propose(session, *flags); }; });
  return verb;
}

void AddAt(CLI::App& verb, const Flags& flags, const char* meaning) {
  verb.add_option("--at", flags->at, std::string(meaning) + ": 2026-03-31 (its beginning), 2026-03-31T09:00");
}

void AddEnrol(CLI::App& propose, Action& chosen) {
  const auto flags = std::make_shared<ProposeFlags>();
  CLI::App* verb = AddVerb(propose, "enrol", "take an organisation into the registry", StepWord::kEnrol, flags, chosen);
  StepEntry& step = flags->step;
  verb->add_option("--name", step.legal_name, "its name in law")->required();
  verb->add_option("--type", step.type, "nhs_trust, council, gp_practice, care_provider, charity, icb")->required();
  AddRepeated(*verb, "--kind", step.kinds, "a kind of record it may issue; repeat; none: it only verifies");
  verb->add_option("--two-person", flags->two_person, "yes: what one of its systems prepared, another one must approve")
      ->check(CLI::IsMember({"yes", "no"}));
  verb->add_flag("--registrar", step.registrar, "it is a registrar too");
  AddRepeated(*verb, "--system", flags->systems,
              "a system of it that may call: NAME=ROLE,ROLE=DIGEST, the digest as 'passportctl system list' shows it");
}

void AddAmend(CLI::App& propose, Action& chosen) {
  const auto flags = std::make_shared<ProposeFlags>();
  CLI::App* verb =
      AddVerb(propose, "amend", "change what an organisation is or may issue", StepWord::kAmend, flags, chosen);
  StepEntry& step = flags->step;
  verb->add_option("--name", step.legal_name, "its new name in law");
  verb->add_option("--type", step.type, "its new type");
  AddRepeated(*verb, "--kind", step.kinds, "a kind of record it may issue besides; repeat");
  AddRepeated(*verb, "--end-kind", step.end_kinds, "a kind of record it may not issue any more; repeat");
  AddAt(*verb, flags, "from when the kinds may, or may not, be issued; left out: from the last signature on");
  verb->add_option("--until", flags->until, "until when the added kinds may be issued; left out: no end");
  verb->add_option("--two-person", flags->two_person, "yes, no: whether another system must approve what one prepared")
      ->check(CLI::IsMember({"yes", "no"}));
  verb->add_option("--registrars", step.registrars_needed,
                   "of a registrar: how many systems of registrars must sign a change, 1 to 5");
}

void AddState(CLI::App& propose, Action& chosen) {
  const auto flags = std::make_shared<ProposeFlags>();
  CLI::App* verb = AddVerb(propose, "state", "suspend an organisation, end it, or let it take part again",
                           StepWord::kState, flags, chosen);
  verb->add_option("--state", flags->step.word,
                   "suspended: what it issued can not be told; ceased: it issues nothing new, what it issued stays "
                   "valid; compromised: nothing of it counts; active: takes part again")
      ->required()
      ->check(CLI::IsMember({"active", "suspended", "ceased", "compromised"}));
  AddAt(*verb, flags, "of a compromise: since when; everything else begins with the last signature");
}

void AddSuccession(CLI::App& propose, Action& chosen) {
  const auto flags = std::make_shared<ProposeFlags>();
  CLI::App* verb = AddVerb(propose, "succession", "let another organisation answer for what one has issued",
                           StepWord::kSuccession, flags, chosen);
  verb->add_option("--how", flags->step.word, "merged, acquired, renamed or split")
      ->required()
      ->check(CLI::IsMember({"merged", "acquired", "renamed", "split"}));
  verb->add_option("--successor", flags->step.successor, "who answers for it, ods:RD1")->required();
  AddAt(*verb, flags, "from when; left out: from the last signature on");
}

void AddRegistrar(CLI::App& propose, Action& chosen) {
  const auto flags = std::make_shared<ProposeFlags>();
  CLI::App* verb = AddVerb(propose, "registrar", "hand the registrar's office over to another organisation",
                           StepWord::kRegistrar, flags, chosen);
  verb->add_option("--successor", flags->step.successor,
                   "the next registrar; it is enrolled and has systems with the role registrar")
      ->required();
}

}  // namespace

void AddProposeCommand(CLI::App& registry, Action& chosen) {
  CLI::App* propose = registry.add_subcommand(
      "propose", "ask for a change of the registry; it takes effect when enough registrars have signed it");
  propose->require_subcommand(1);
  AddEnrol(*propose, chosen);
  AddAmend(*propose, chosen);
  AddState(*propose, chosen);
  AddSuccession(*propose, chosen);
  AddRegistrar(*propose, chosen);
}

}  // namespace passport
