// passport-verify presentation
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/bundle/age_report.h"
#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/files/published_tree.h"
#include "verifier-cli/presentation/presentation_report.h"
#include "verifier-cli/registry_pin.h"
#include "verifier-cli/token/question_defaults.h"

namespace passport {
namespace {

constexpr std::string_view kHelp =
    R"(passport-verify presentation FILE|- --published PLACE --anchor FILE|--root FILE --nonce N --audience A
                            [--role PROFILE [--on DATE | --from TIME --to TIME] [--receiver ORG]
                             [--place ORG] [--engagement placement|employment]]
                            [--at TIME] [--kb-max-age SECONDS] [--status-age-max SECONDS]
                            [--registry-grace SECONDS] [--memory FILE] [--json]

Verifies a staff passport presentation from published files alone; with --role, decides. Nothing is fetched.
  --published PLACE   the published tree (registry, status lists, taxonomies, role profiles), a bundle of it, or the
                      folder that passport-verify bundle fetch keeps one in
  --anchor FILE       the registry's public key (JWK), received another way than the tree ...
  --root FILE         ... or the root certificate of the region (PEM), which the registry's certificates lead to
  --memory FILE       remember the registry and the status lists here: older ones are refused from then on, and a new
                      key that the registry announced is followed
  --nonce, --audience the challenge that was put to the holder, and the organisation that put it
  --role PROFILE      decide whether the records meet this role profile ...
  --on DATE           ... for this whole day (YYYY-MM-DD); otherwise for today in London
  --from, --to TIME   ... or for a shift between two instants, written like --at
  --receiver ORG      who relies on the answer, like ods:RC9; otherwise the audience
  --place ORG         where the work is; otherwise at the receiver's
  --engagement WORD   placement (stays employed at home; so it is unless said) or employment (a new post)
  --at TIME           judge as of then: unix seconds, or like 2026-11-22T08:26:40Z; otherwise now
  --kb-max-age SECONDS      how old the holder's proof may be (300)
  --status-age-max SECONDS  how old a status list may be before the answer is "cannot tell" (86400)
  --registry-grace SECONDS  how long after its next update the registry still counts (86400)
  --json              one line of JSON instead of text
Exit code: 0 valid or met, 1 not valid or not met, 2 cannot tell, 64 not a question.
)";

constexpr std::array<Flag, 19> kFlags = {{{"--published", true},
                                          {"--anchor", true},
                                          {"--root", true},
                                          {"--memory", true},
                                          {"--nonce", true},
                                          {"--audience", true},
                                          {"--role", true},
                                          {"--on", true},
                                          {"--from", true},
                                          {"--to", true},
                                          {"--receiver", true},
                                          {"--place", true},
                                          {"--engagement", true},
                                          {"--at", true},
                                          {"--kb-max-age", true},
                                          {"--status-age-max", true},
                                          {"--registry-grace", true},
                                          {"--json", false},
                                          {"--help", false}}};

struct Question {
  std::string presentation;
  std::string published;
  RegistryPin pin;
  Expectation expected;
  Freshness freshness;
  std::optional<std::string> role;
  std::optional<Duty> duty;  // with a role
  Instant now;
};

Fault Usage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

Result<OrganisationId> ReadOrganisation(const CommandLine& line, std::string_view flag, std::string_view otherwise) {
  Result<OrganisationId> id = OrganisationId::Parse(line.Value(flag).value_or(otherwise));
  if (!id.ok()) return Usage(std::string(flag) + " is not the id of an organisation, like ods:RC9");
  return id;
}

// When the work is: one whole day in London, or a shift.
Result<std::pair<Instant, Instant>> ReadShift(const CommandLine& line, Instant now) {
  if (line.Has("--from") != line.Has("--to")) return Usage("--from and --to go together");
  if (line.Has("--from")) {
    if (line.Has("--on")) return Usage("a day (--on) or a shift (--from, --to), not both");
    TRY_ASSIGN(const Instant from, ParseInstant(*line.Value("--from")));
    TRY_ASSIGN(const Instant to, ParseInstant(*line.Value("--to")));
    return std::pair(from, to);
  }
  CivilDay day = CivilDay::InLondon(now);
  if (const auto on = line.Value("--on")) {
    const Result<CivilDay> parsed = CivilDay::Parse(*on);
    if (!parsed.ok()) return Usage("--on is not a day (YYYY-MM-DD)");
    day = *parsed;
  }
  return std::pair(day.StartInLondon(), day.PlusDays(1).StartInLondon());
}

Result<std::optional<Duty>> ReadDuty(const CommandLine& line, Instant now) {
  if (!line.Has("--role")) {
    for (const std::string_view flag : {"--on", "--from", "--to", "--receiver", "--place", "--engagement"}) {
      if (line.Has(flag)) return Usage(std::string(flag) + " goes with --role");
    }
    return std::optional<Duty>();
  }
  TRY_ASSIGN(const OrganisationId receiver, ReadOrganisation(line, "--receiver", *line.Value("--audience")));
  TRY_ASSIGN(const OrganisationId place, ReadOrganisation(line, "--place", receiver.text()));
  const std::string_view engagement = line.Value("--engagement").value_or(WordOf(Engagement::kPlacement));
  if (engagement != WordOf(Engagement::kPlacement) && engagement != WordOf(Engagement::kEmployment))
    return Usage("--engagement is placement or employment");
  TRY_ASSIGN(const auto shift, ReadShift(line, now));
  TRY_ASSIGN(Duty duty,
             Duty::Make({.receiver = receiver,
                         .place = place,
                         .engagement = engagement == WordOf(Engagement::kPlacement) ? Engagement::kPlacement
                                                                                    : Engagement::kEmployment,
                         .starts_at = shift.first,
                         .ends_at = shift.second}));
  return std::optional(std::move(duty));
}

Result<Question> Ask(const CommandLine& line, World& world) {
  for (const std::string_view flag : {"--published", "--nonce", "--audience"}) {
    if (!line.Has(flag) || line.Value(flag)->empty()) return Usage(std::string(flag) + " is needed");
  }
  if (line.operands().size() != 1) return Usage("name one file with a presentation, or - for standard input");
  Instant now = world.clock();
  if (const auto at = line.Value("--at")) {
    TRY_ASSIGN(now, ParseInstant(*at));
  }
  TRY_ASSIGN(std::optional<Duty> duty, ReadDuty(line, now));
  TRY_ASSIGN(const Seconds proof_age_max, line.SecondsOr("--kb-max-age", kProofAgeDefault));
  TRY_ASSIGN(const Freshness freshness, ReadFreshness(line));
  TRY_ASSIGN(RegistryPin pin, ReadRegistryPin(line, world));
  TRY_ASSIGN(InputFile file, InputFile::Open(line.operands().front(), world.input));
  TRY_ASSIGN(std::string text, file.ReadAtMost(kPresentationBytesMax + 1));
  text.resize(WithoutLineEnd(text).size());
  return Question{.presentation = std::move(text),
                  .published = std::string(*line.Value("--published")),
                  .pin = std::move(pin),
                  .expected = {.audience = *line.Value("--audience"),
                               .nonce = *line.Value("--nonce"),
                               .proof_age_max = proof_age_max,
                               .leeway = kLeewayDefault},
                  .freshness = freshness,
                  .role = line.Has("--role") ? std::optional(std::string(*line.Value("--role"))) : std::nullopt,
                  .duty = std::move(duty),
                  .now = now};
}

// Said beside "cannot tell": what is too old, and since when.
void SayWhatIsTooOld(const Question& question, const PublishedTree& tree, PresentationReport& report) {
  std::vector<OrganisationId> issuers;
  for (const PresentedRecord& record : report.verified->records()) {
    const bool known = std::find(issuers.begin(), issuers.end(), record.issuer) != issuers.end();
    if (record.standing_reason == Reason::kStatusStale && !known) issuers.push_back(record.issuer);
  }
  report.too_old = TooOld(tree, issuers, question.freshness, question.now);
}

// Verifies and decides; fills the report as far as it gets.
Result<void> Answer(const Question& question, const PublishedTree& tree, PresentationReport& report) {
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(question.presentation));
  TRY_ASSIGN(report.verified, VerifyPresentation(presentation, question.expected, tree.snapshot(), question.now));
  SayWhatIsTooOld(question, tree, report);
  if (!question.role) return {};
  const Result<PublishedRules> rules = tree.Rules(question.now);
  if (!rules.ok()) return rules.fault();
  report.problems.insert(report.problems.end(), rules->problems().begin(), rules->problems().end());
  TRY_ASSIGN(const RoleProfile* const profile,
             rules->InForce(*question.role, question.duty->first_day(), question.now));
  TRY_ASSIGN(report.decision, Decide(*profile, rules->taxonomies(), *report.verified, *question.duty));
  return {};
}

ExitCode Run(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kFlags);
  if (!line.ok()) return RefuseToAsk("presentation", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kHelp << std::flush;
    return ExitCode::kHolds;
  }
  Result<Question> question = Ask(*line, world);
  if (!question.ok()) return RefuseToAsk("presentation", question.fault(), world);
  PresentationReport report;
  const Result<PublishedTree> tree =
      PublishedTree::Read(question->published, question->pin, question->freshness, question->now);
  if (!tree.ok() && (tree.fault().reason == Reason::kFileUnreadable || tree.fault().reason == Reason::kConfig))
    return RefuseToAsk("presentation", tree.fault(), world);
  Result<void> answered = tree.ok() ? Answer(*question, *tree, report) : Result<void>(tree.fault());
  // A role nobody has published, not for that day or no longer, is a question without an answer.
  const bool no_answer = !answered.ok() && (answered.fault().reason == Reason::kNotFound ||
                                            answered.fault().reason == Reason::kNotYetInForce ||
                                            answered.fault().reason == Reason::kWithdrawn);
  if (no_answer) return RefuseToAsk("presentation", answered.fault(), world);
  if (!answered.ok()) report.refused = std::move(answered).fault();
  if (tree.ok()) report.problems.insert(report.problems.begin(), tree->problems().begin(), tree->problems().end());
  const TrustRegistry* registry = tree.ok() ? &tree->snapshot().registry() : nullptr;
  world.output << (line->Has("--json") ? JsonOf(report) : TextFor(report, registry)) << std::flush;
  if (world.output) return ExitCodeOf(report);
  world.errors << "passport-verify: can not write the result\n";
  return ExitCode::kCannotTell;
}

}  // namespace

const Command kPresentationCommand{"presentation", "verifies a staff passport from published files, and decides a role",
                                   &Run};

}  // namespace passport
