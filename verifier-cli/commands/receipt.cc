// passport-verify receipt
#include "credential/evidence/receipt.h"

#include <array>
#include <string>
#include <utility>

#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/evidence/receipt_report.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/registry_key.h"
#include "verifier-cli/token/question_defaults.h"

namespace passport {
namespace {

constexpr std::string_view kHelp =
    R"(passport-verify receipt FILE|- --registry FILE --registry-key FILE [--json]

Checks one receipt alone: that the service signed it when its key was in use, and that it is true to itself.
  --registry FILE     a registry (registry.jwt of a published tree), of any age
  --registry-key FILE the registry's public key (JWK), received another way than the registry
  --json              one line of JSON instead of text
What was decided then is in the answer; it is not decided again.
Exit code: 0 it holds, 1 it does not, 2 the registry does not hold, 64 not a question.
)";

constexpr std::array<Flag, 4> kFlags = {
    {{"--registry", true}, {"--registry-key", true}, {"--json", false}, {"--help", false}}};

struct Question {
  std::string registry;
  KeySet registry_key;
  std::string receipt;
};

Fault Usage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

// A whole file, one byte more than allowed at most; whoever judges it sees that it is too long.
Result<std::string> ReadWhole(std::string_view path, std::size_t bytes_max, const World& world) {
  TRY_ASSIGN(InputFile file, InputFile::Open(path, world.input));
  TRY_ASSIGN(std::string text, file.ReadAtMost(bytes_max + 1));
  text.resize(WithoutLineEnd(text).size());
  return text;
}

Result<Question> Ask(const CommandLine& line, const World& world) {
  for (const std::string_view flag : {"--registry", "--registry-key"}) {
    if (!line.Has(flag)) return Usage(std::string(flag) + " is needed");
  }
  if (line.operands().size() != 1) return Usage("name one file with a receipt, or - for standard input");
  TRY_ASSIGN(KeySet registry_key, ReadRegistryKey("--registry-key", *line.Value("--registry-key"), world));
  TRY_ASSIGN(std::string registry, ReadWhole(*line.Value("--registry"), kRegistryBytesMax, world));
  TRY_ASSIGN(std::string receipt, ReadWhole(line.operands().front(), kReceiptBytesMax, world));
  return Question{std::move(registry), std::move(registry_key), std::move(receipt)};
}

ExitCode Run(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kFlags);
  if (!line.ok()) return RefuseToAsk("receipt", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kHelp << std::flush;
    return ExitCode::kHolds;
  }
  const Result<Question> question = Ask(*line, world);
  if (!question.ok()) return RefuseToAsk("receipt", question.fault(), world);
  const Result<TrustRegistry> registry =
      TrustRegistry::Read(question->registry, question->registry_key, world.clock(), kLeewayDefault);
  const Result<ReceiptContent> receipt =
      registry.ok() ? ReadReceipt(question->receipt, *registry) : Result<ReceiptContent>(registry.fault());
  world.output << (line->Has("--json") ? JsonOf(receipt) : TextFor(receipt)) << std::flush;
  if (!world.output) {
    world.errors << "passport-verify: can not write the result\n";
    return ExitCode::kCannotTell;
  }
  if (!registry.ok()) return ExitCode::kCannotTell;
  return receipt.ok() ? ExitCode::kHolds : ExitCode::kDoesNotHold;
}

}  // namespace

const Command kReceiptCommand{"receipt", "checks one receipt of what was relied on, alone", &Run};

}  // namespace passport
