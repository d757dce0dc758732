// passport-verify presentation
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/input.h"
#include "verifier-cli/presentation/presentation_report.h"
#include "verifier-cli/presentation/published_tree.h"
#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/token/question_defaults.h"
#include "verifier-cli/token/verify_with_key.h"

namespace passport {
namespace {

constexpr std::string_view kHelp =
    R"(passport-verify presentation FILE|- --published DIR --anchor FILE --nonce N --audience A
                            [--role PROFILE [--on DATE]] [--at TIME] [--kb-max-age SECONDS]
                            [--status-age-max SECONDS] [--registry-grace SECONDS] [--json]

Verifies a staff passport presentation from published files alone; with --role, decides. Nothing is fetched.
  --published DIR     the published tree: registry, status lists, role profiles
  --anchor FILE       the registry's public key (JWK), received another way than the tree
  --nonce, --audience the challenge that was put to the holder, and the organisation that put it
  --role PROFILE      decide whether the records meet this role profile ...
  --on DATE           ... on this day (YYYY-MM-DD); otherwise today in London
  --at TIME           judge as of then: unix seconds, or like 2026-11-22T08:26:40Z; otherwise now
  --kb-max-age SECONDS      how old the holder's proof may be (300)
  --status-age-max SECONDS  how old a status list may be before the answer is "cannot tell" (86400)
  --registry-grace SECONDS  how long after its next update the registry still counts (86400)
  --json              one line of JSON instead of text
Exit code: 0 valid or met, 1 not valid or not met, 2 cannot tell, 64 not a question.
)";

constexpr std::array<Flag, 12> kFlags = {{{"--published", true},
                                          {"--anchor", true},
                                          {"--nonce", true},
                                          {"--audience", true},
                                          {"--role", true},
                                          {"--on", true},
                                          {"--at", true},
                                          {"--kb-max-age", true},
                                          {"--status-age-max", true},
                                          {"--registry-grace", true},
                                          {"--json", false},
                                          {"--help", false}}};

constexpr std::size_t kAnchorBytesMax = 64 * 1024;

struct Question {
  std::string presentation;
  std::string published;
  KeySet anchor;
  Expectation expected;
  Freshness freshness;
  std::optional<std::string> role;
  CivilDay day;
  Instant now;
};

Fault Usage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

Result<KeySet> ReadAnchor(std::string_view path, const World& world) {
  TRY_ASSIGN(InputFile file, InputFile::Open(path, world.input));
  TRY_ASSIGN(const std::string text, file.ReadAtMost(kAnchorBytesMax));
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(text, json::kTokenLimits);
  if (!value.ok()) return Usage("--anchor: not a JWK");
  const Result<KeySet> keys = ReadIssuerKeys(**value);
  if (!keys.ok()) return Usage("--anchor: " + keys.fault().detail);
  return *keys;
}

Result<Question> Ask(const CommandLine& line, World& world) {
  for (const std::string_view flag : {"--published", "--anchor", "--nonce", "--audience"}) {
    if (!line.Has(flag) || line.Value(flag)->empty()) return Usage(std::string(flag) + " is needed");
  }
  if (line.operands().size() != 1) return Usage("name one file with a presentation, or - for standard input");
  if (line.Has("--on") && !line.Has("--role")) return Usage("--on goes with --role");
  Instant now = world.clock();
  if (const auto at = line.Value("--at")) {
    TRY_ASSIGN(now, ParseInstant(*at));
  }
  CivilDay day = CivilDay::InLondon(now);
  if (const auto on = line.Value("--on")) {
    const Result<CivilDay> parsed = CivilDay::Parse(*on);
    if (!parsed.ok()) return Usage("--on is not a day (YYYY-MM-DD)");
    day = *parsed;
  }
  TRY_ASSIGN(const Seconds proof_age_max, line.SecondsOr("--kb-max-age", kProofAgeDefault));
  TRY_ASSIGN(const Seconds status_age_max, line.SecondsOr("--status-age-max", Seconds{86400}));
  TRY_ASSIGN(const Seconds registry_grace, line.SecondsOr("--registry-grace", Seconds{86400}));
  TRY_ASSIGN(KeySet anchor, ReadAnchor(*line.Value("--anchor"), world));
  TRY_ASSIGN(InputFile file, InputFile::Open(line.operands().front(), world.input));
  TRY_ASSIGN(std::string text, file.ReadAtMost(kPresentationBytesMax + 1));
  text.resize(WithoutLineEnd(text).size());
  return Question{.presentation = std::move(text),
                  .published = std::string(*line.Value("--published")),
                  .anchor = std::move(anchor),
                  .expected = {.audience = *line.Value("--audience"),
                               .nonce = *line.Value("--nonce"),
                               .proof_age_max = proof_age_max,
                               .leeway = kLeewayDefault},
                  .freshness = {.status_age_max = status_age_max, .registry_grace = registry_grace},
                  .role = line.Has("--role") ? std::optional(std::string(*line.Value("--role"))) : std::nullopt,
                  .day = day,
                  .now = now};
}

// Verifies and decides; fills the report as far as it gets.
Result<void> Answer(const Question& question, const PublishedTree& tree, PresentationReport& report) {
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(question.presentation));
  TRY_ASSIGN(report.verified, VerifyPresentation(presentation, question.expected, tree.snapshot(), question.now));
  if (!question.role) return {};
  TRY_ASSIGN(const RoleProfile profile, tree.Profile(*question.role));
  TRY_ASSIGN(report.decision, Decide(profile, *report.verified, question.day));
  return {};
}

ExitCode Run(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kFlags);
  if (!line.ok()) return RefuseToAsk("presentation", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kHelp << std::flush;
    return ExitCode::kHolds;
  }
  const Result<Question> question = Ask(*line, world);
  if (!question.ok()) return RefuseToAsk("presentation", question.fault(), world);
  PresentationReport report;
  const Result<PublishedTree> tree =
      PublishedTree::Read(question->published, question->anchor, question->freshness, question->now);
  if (!tree.ok() && tree.fault().reason == Reason::kFileUnreadable)
    return RefuseToAsk("presentation", tree.fault(), world);
  Result<void> answered = tree.ok() ? Answer(*question, *tree, report) : Result<void>(tree.fault());
  // A role nobody has published, or not for that day, is a question without an answer.
  const bool no_answer = !answered.ok() && (answered.fault().reason == Reason::kNotFound ||
                                            answered.fault().reason == Reason::kNotYetInForce);
  if (no_answer) return RefuseToAsk("presentation", answered.fault(), world);
  if (!answered.ok()) report.refused = std::move(answered).fault();
  if (tree.ok()) report.problems = tree->problems();
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
