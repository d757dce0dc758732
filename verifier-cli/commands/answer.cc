// passport-verify answer
#include <array>
#include <string>
#include <utility>

#include "credential/evidence/receipt.h"
#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/answer/answer_report.h"
#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/registry_pin.h"

namespace passport {
namespace {

constexpr std::string_view kAnswerHelp =
    R"(passport-verify answer FILE|- --published PLACE --anchor FILE|--root FILE --audience ORG --request ID
                       [--nonce N] [--verifier KID,KID...] [--on DATE] [--at TIME] [--answer-age-max SECONDS]
                       [--registry-grace SECONDS] [--memory FILE] [--json]

Checks a derived answer, "meets the role until a day" without the records, from published files alone, and says what it
comes to. Nothing is fetched.
  --published PLACE   the published tree (registry, role profiles), a bundle of it, or the folder that
                      passport-verify bundle fetch keeps one in
  --anchor FILE       the registry's public key (JWK), received another way than the tree: whose answers you trust ...
  --root FILE         ... or the root certificate of the region (PEM), which the registry's certificates lead to
  --verifier KID,...  trust answers of these receipt keys alone; otherwise of all that the registry lists
  --audience ORG      who asked, like ods:RC9: you
  --request ID        the request it answers: the share's id, as passportctl share ask told it
  --nonce N           and its nonce, where you kept it
  --on DATE           the day in question (YYYY-MM-DD); otherwise the answer's own, or today where that is later
  --at TIME           judge as of then: unix seconds, or like 2026-11-22T08:26:40Z; otherwise now
  --memory FILE       remember the registry here: an older or another one is refused from then on
  --answer-age-max SECONDS  how old the answer may be before it is "cannot tell" (86400)
  --registry-grace SECONDS  how long after its next update the registry still counts (86400)
  --json              one line of JSON instead of text
Exit code: 0 met, 1 not met or the answer does not hold, 2 cannot tell, 64 not a question.
)";

constexpr std::array<Flag, 14> kAnswerFlags = {{{"--published", true},
                                                {"--anchor", true},
                                                {"--root", true},
                                                {"--memory", true},
                                                {"--audience", true},
                                                {"--request", true},
                                                {"--nonce", true},
                                                {"--verifier", true},
                                                {"--on", true},
                                                {"--at", true},
                                                {"--answer-age-max", true},
                                                {"--registry-grace", true},
                                                {"--json", false},
                                                {"--help", false}}};
constexpr Seconds kAnswerAgeDefault{86'400};

struct AnswerQuestion {
  std::string answer;
  std::string published;
  RegistryPin pin;
  Freshness freshness;
  AnswerExpectation expected;
  Instant now;
};

Fault AnswerUsage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

Result<std::vector<std::string>> ReadKids(const CommandLine& line) {
  std::vector<std::string> kids;
  if (!line.Has("--verifier")) return kids;
  std::string_view rest = *line.Value("--verifier");
  while (true) {
    const std::size_t comma = rest.find(',');
    if (comma == 0 || rest.empty()) return AnswerUsage("--verifier names no key");
    kids.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) return kids;
    rest.remove_prefix(comma + 1);
  }
}

Result<AnswerExpectation> ReadExpectation(const CommandLine& line) {
  const Result<OrganisationId> receiver = OrganisationId::Parse(*line.Value("--audience"));
  if (!receiver.ok()) return AnswerUsage("--audience is not the id of an organisation, like ods:RC9");
  TRY_ASSIGN(std::vector<std::string> kids, ReadKids(line));
  TRY_ASSIGN(const Seconds age_max, line.SecondsOr("--answer-age-max", kAnswerAgeDefault));
  AnswerExpectation expected{.receiver = *receiver,
                             .request = std::string(*line.Value("--request")),
                             .nonce = {},
                             .verifiers = std::move(kids),
                             .answer_age_max = age_max,
                             .day = {}};
  if (const auto nonce = line.Value("--nonce")) expected.nonce = std::string(*nonce);
  if (const auto on = line.Value("--on")) {
    const Result<CivilDay> day = CivilDay::Parse(*on);
    if (!day.ok()) return AnswerUsage("--on is not a day (YYYY-MM-DD)");
    expected.day = *day;
  }
  return expected;
}

Result<AnswerQuestion> AskAboutAnswer(const CommandLine& line, World& world) {
  for (const std::string_view flag : {"--published", "--audience", "--request"}) {
    if (!line.Has(flag) || line.Value(flag)->empty()) return AnswerUsage(std::string(flag) + " is needed");
  }
  if (line.operands().size() != 1) return AnswerUsage("name one file with an answer, or - for standard input");
  Instant now = world.clock();
  if (const auto at = line.Value("--at")) {
    TRY_ASSIGN(now, ParseInstant(*at));
  }
  TRY_ASSIGN(AnswerExpectation expected, ReadExpectation(line));
  TRY_ASSIGN(const Freshness freshness, ReadFreshness(line));
  TRY_ASSIGN(RegistryPin pin, ReadRegistryPin(line, world));
  TRY_ASSIGN(InputFile file, InputFile::Open(line.operands().front(), world.input));
  TRY_ASSIGN(std::string text, file.ReadAtMost(kReceiptBytesMax + 2));
  text.resize(WithoutLineEnd(text).size());
  return AnswerQuestion{.answer = std::move(text),
                        .published = std::string(*line.Value("--published")),
                        .pin = std::move(pin),
                        .freshness = freshness,
                        .expected = std::move(expected),
                        .now = now};
}

ExitCode RunAnswer(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kAnswerFlags);
  if (!line.ok()) return RefuseToAsk("answer", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kAnswerHelp << std::flush;
    return ExitCode::kHolds;
  }
  Result<AnswerQuestion> question = AskAboutAnswer(*line, world);
  if (!question.ok()) return RefuseToAsk("answer", question.fault(), world);
  const Result<PublishedTree> tree =
      PublishedTree::Read(question->published, question->pin, question->freshness, question->now);
  if (!tree.ok() && (tree.fault().reason == Reason::kFileUnreadable || tree.fault().reason == Reason::kConfig))
    return RefuseToAsk("answer", tree.fault(), world);
  const AnswerReport report =
      tree.ok() ? JudgeAnswer(question->answer, question->expected, *tree, question->freshness, question->now)
                : AnswerReport{.now = question->now, .refused = tree.fault()};
  world.output << (line->Has("--json") ? JsonOf(report) : TextFor(report)) << std::flush;
  if (world.output) return ExitCodeOf(report);
  world.errors << "passport-verify: can not write the result\n";
  return ExitCode::kCannotTell;
}

}  // namespace

const Command kAnswerCommand{"answer", "checks a derived answer, met until a day, from published files", &RunAnswer};

}  // namespace passport
