// passport-verify audit
#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "credential/evidence/receipt.h"
#include "verifier-cli/audit/audit_report.h"
#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/printable.h"
#include "verifier-cli/registry_key.h"
#include "verifier-cli/token/line_reader.h"

namespace passport {
namespace {

constexpr std::string_view kHelp =
    R"(passport-verify audit DIR --registry-key FILE [--heads DIR] [--json]

Checks an export of the audit trail (DIR/audit.jsonl) alone: that the service signed it, that no row in it was changed,
removed, moved or added, and that it goes through every head of a past day that was kept.
  --registry-key FILE the registry's public key (JWK), received another way than the export
  --heads DIR         heads of past days (audit/*.jwt of the published files), kept by you; DIR/heads if not given
  --json              one line of JSON instead of text
Exit code: 0 it holds, 1 it does not, 2 the answer could not be written, 64 not a question.
)";

constexpr std::array<Flag, 4> kFlags = {
    {{"--registry-key", true}, {"--heads", true}, {"--json", false}, {"--help", false}}};
constexpr int kNoInput = -1;

struct KeptHead {
  std::string name;
  std::string token;
};

struct Question {
  KeySet registry_key;
  InputFile file;
  std::vector<KeptHead> heads;
};

Fault Usage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

Result<std::vector<KeptHead>> ReadHeads(const std::filesystem::path& folder, bool must_be_there) {
  std::vector<KeptHead> heads;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    if (must_be_there) return Usage("--heads is not a folder");
    return heads;
  }
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".jwt") paths.push_back(at->path());
  }
  if (error) return Fault{Reason::kFileUnreadable, "", folder.string() + " can not be read: " + error.message()};
  std::sort(paths.begin(), paths.end());
  for (const std::filesystem::path& path : paths) {
    TRY_ASSIGN(InputFile file, InputFile::Open(path.string(), kNoInput));
    TRY_ASSIGN(std::string token, file.ReadAtMost(kReceiptBytesMax + 1));
    token.resize(WithoutLineEnd(token).size());
    heads.push_back({.name = path.filename().string(), .token = std::move(token)});
  }
  return heads;
}

Result<Question> Ask(const CommandLine& line, const World& world) {
  if (!line.Has("--registry-key")) return Usage("--registry-key is needed");
  if (line.operands().size() != 1) return Usage("name one folder with an export of the audit trail");
  const std::filesystem::path folder(line.operands().front());
  const bool named = line.Has("--heads");
  TRY_ASSIGN(KeySet registry_key, ReadRegistryKey("--registry-key", *line.Value("--registry-key"), world));
  TRY_ASSIGN(std::vector<KeptHead> heads,
             ReadHeads(named ? std::filesystem::path(*line.Value("--heads")) : folder / "heads", named));
  TRY_ASSIGN(InputFile file, InputFile::Open((folder / "audit.jsonl").string(), kNoInput));
  return Question{std::move(registry_key), std::move(file), std::move(heads)};
}

// Goes through the file once, with as much memory as its longest line needs.
class Reading {
 public:
  explicit Reading(const Question& question) : check_(question.registry_key), heads_(question.heads) {}

  Result<void> Take(const Line& line) {
    if (line.over_long) return Fault{Reason::kLimit, "", "a line is longer than rows can be"};
    if (!report.head) return Begin(line.text);
    TRY_ASSIGN(const AuditRow row, check_.Next(line.text));
    report.Count(row);
    return {};
  }
  Result<void> End() const {
    if (!report.head) return Fault{Reason::kMalformed, "", "the file is empty"};
    return check_.End();
  }

  AuditReport report;

 private:
  Result<void> Begin(std::string_view line) {
    TRY_ASSIGN(report.head, check_.Begin(line));
    for (const KeptHead& head : heads_) {
      TRY_ASSIGN(const bool counts, check_.Remember(head.token, head.name));
      ++(counts ? report.days : report.later);
    }
    return {};
  }
  AuditCheck check_;
  const std::vector<KeptHead>& heads_;
};

// What does not hold is in the report; a fault is a file that can not be read.
Result<void> ReadAll(Question& question, Reading& reading) {
  LineReader reader(question.file, kAuditHeaderBytesMax);
  std::vector<Line> lines;
  for (bool more = true; more;) {
    lines.clear();
    TRY_ASSIGN(more, reader.Read(lines));
    for (const Line& line : lines) {
      Result<void> taken = reading.Take(line);
      if (taken.ok()) continue;
      reading.report.refused = std::move(taken).fault();
      return {};
    }
  }
  Result<void> end = reading.End();
  if (!end.ok()) reading.report.refused = std::move(end).fault();
  return {};
}

ExitCode Run(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kFlags);
  if (!line.ok()) return RefuseToAsk("audit", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kHelp << std::flush;
    return ExitCode::kHolds;
  }
  Result<Question> question = Ask(*line, world);
  if (!question.ok()) return RefuseToAsk("audit", question.fault(), world);
  Reading reading(*question);
  const Result<void> read = ReadAll(*question, reading);
  if (!read.ok()) return RefuseToAsk("audit", read.fault(), world);
  world.output << (line->Has("--json") ? JsonOf(reading.report) : TextFor(reading.report)) << std::flush;
  if (world.output) return reading.report.refused ? ExitCode::kDoesNotHold : ExitCode::kHolds;
  world.errors << "passport-verify: can not write the result\n";
  return ExitCode::kCannotTell;
}

}  // namespace

const Command kAuditCommand{"audit", "checks an export of the audit trail for an auditor, alone", &Run};

}  // namespace passport
