// passport-verify evidence
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "credential/evidence/evidence_page.h"
#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/evidence/evidence_report.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/files/published_tree.h"
#include "verifier-cli/printable.h"
#include "verifier-cli/registry_key.h"
#include "verifier-cli/token/line_reader.h"

namespace passport {
namespace {

constexpr std::string_view kHelp =
    R"(passport-verify evidence FILE|- --registry-key FILE [--page OUT.html [--published PLACE]] [--json]

Checks an export of evidence alone: that the service signed it, and that nothing in it was changed, removed or added.
  --registry-key FILE the registry's public key (JWK), received another way than the export
  --page OUT.html     if it holds, write it as a page that prints, in the order of Schedule 3: of each person and role
                      the newest decision, 1000 at most. It names people; only its owner may read it
  --published PLACE   a published tree or a bundle, for the labels of words on the page
  --json              one line of JSON instead of text
Exit code: 0 it holds, 1 it does not, 2 the page or the answer could not be written, 64 not a question.
)";

constexpr std::array<Flag, 5> kFlags = {
    {{"--registry-key", true}, {"--page", true}, {"--published", true}, {"--json", false}, {"--help", false}}};
constexpr std::size_t kPageItemsMax = 1000;
// Labels are the same whatever the age of what they stand beside.
constexpr Freshness kAnyAge{.status_age_max = {std::int64_t{1} << 40}, .registry_grace = {std::int64_t{1} << 40}};

struct Question {
  KeySet registry_key;
  InputFile file;
  Taxonomies taxonomies;
};

Fault Usage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

Result<Taxonomies> ReadTaxonomies(const CommandLine& line, const KeySet& registry_key, Instant now) {
  if (!line.Has("--published")) return Taxonomies::Make({});
  if (!line.Has("--page")) return Usage("--published goes with --page");
  TRY_ASSIGN(const PublishedTree tree, PublishedTree::Read(*line.Value("--published"), registry_key, kAnyAge, now));
  TRY_ASSIGN(const PublishedRules rules, tree.Rules(now));
  return rules.taxonomies();
}

Result<Question> Ask(const CommandLine& line, const World& world) {
  if (!line.Has("--registry-key")) return Usage("--registry-key is needed");
  if (line.operands().size() != 1) return Usage("name one file with evidence, or - for standard input");
  TRY_ASSIGN(KeySet registry_key, ReadRegistryKey("--registry-key", *line.Value("--registry-key"), world));
  TRY_ASSIGN(Taxonomies taxonomies, ReadTaxonomies(line, registry_key, world.clock()));
  TRY_ASSIGN(InputFile file, InputFile::Open(line.operands().front(), world.input));
  return Question{std::move(registry_key), std::move(file), std::move(taxonomies)};
}

// Goes through the file once, with as much memory as its longest line and the page need.
class Reading {
 public:
  Reading(const KeySet& registry_key, std::size_t page_items_max) : check_(registry_key), newest_(page_items_max) {}

  Result<void> Take(const Line& line) {
    if (line.over_long) return Fault{Reason::kLimit, "", "a line is longer than evidence can be"};
    if (!report.head) {
      TRY_ASSIGN(report.head, check_.Begin(line.text));
      return {};
    }
    TRY_ASSIGN(CheckedItem item, check_.Next(line.text));
    report.Count(item);
    newest_.Add(std::move(item));
    return {};
  }
  Result<void> End() const {
    if (!report.head) return Fault{Reason::kMalformed, "", "the file is empty"};
    return check_.End();
  }
  std::string Page(const Taxonomies& taxonomies) const {
    return EvidencePage(*report.head, newest_.Items(), taxonomies, kPageItemsMax);
  }

  EvidenceReport report;

 private:
  EvidenceCheck check_;
  NewestDecisions newest_;
};

// What does not hold is in the report; a fault is a file that can not be read.
Result<void> ReadAll(Question& question, Reading& reading) {
  LineReader reader(question.file, kEvidenceHeaderBytesMax);
  std::vector<Line> lines;
  while (true) {
    lines.clear();
    TRY_ASSIGN(const bool more, reader.Read(lines));
    for (const Line& line : lines) {
      Result<void> taken = reading.Take(line);
      if (taken.ok()) continue;
      reading.report.refused = std::move(taken).fault();
      return {};
    }
    if (!more) break;
  }
  Result<void> end = reading.End();
  if (!end.ok()) reading.report.refused = std::move(end).fault();
  return {};
}

ExitCode Answer(const CommandLine& line, Question& question, World& world) {
  Reading reading(question.registry_key, line.Has("--page") ? kPageItemsMax : 0);
  const Result<void> read = ReadAll(question, reading);
  if (!read.ok()) return RefuseToAsk("evidence", read.fault(), world);
  const EvidenceReport& report = reading.report;
  ExitCode code = report.refused ? ExitCode::kDoesNotHold : ExitCode::kHolds;
  if (line.Has("--page") && !report.refused) {
    const Result<void> written = WriteFile(*line.Value("--page"), reading.Page(question.taxonomies));
    if (!written.ok()) {
      world.errors << "passport-verify: " << Printable(written.fault().detail) << "\n";
      code = ExitCode::kCannotTell;
    }
  }
  world.output << (line.Has("--json") ? JsonOf(report) : TextFor(report)) << std::flush;
  if (world.output) return code;
  world.errors << "passport-verify: can not write the result\n";
  return ExitCode::kCannotTell;
}

ExitCode Run(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kFlags);
  if (!line.ok()) return RefuseToAsk("evidence", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kHelp << std::flush;
    return ExitCode::kHolds;
  }
  Result<Question> question = Ask(*line, world);
  if (!question.ok()) return RefuseToAsk("evidence", question.fault(), world);
  return Answer(*line, *question, world);
}

}  // namespace

const Command kEvidenceCommand{"evidence", "checks an export of evidence for an inspector, alone", &Run};

}  // namespace passport
