#include "verifier-cli/token/batch.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "verifier-cli/files/input.h"
#include "verifier-cli/printable.h"
#include "verifier-cli/token/batch_line.h"
#include "verifier-cli/token/line_reader.h"
#include "verifier-cli/token/ordered_work.h"

namespace passport {
namespace {

OrderedWork::Worker MakeWorker(const World& world) {
  return [&world, judge = std::make_shared<BatchLineJudge>()](BatchPiece& piece) {
    std::size_t number = piece.first_line;
    for (const Line& line : piece.lines) judge->Answer(line, number++, world.clock(), piece.results);
    piece.lines = {};
  };
}

// Reads to the end. The fault is that of the input.
std::optional<Fault> SubmitAll(InputFile& input, OrderedWork& work) {
  LineReader reader(input, kBatchLineBytesMax);
  std::size_t next_line = 1;
  while (true) {
    BatchPiece piece{.first_line = next_line, .lines = {}, .bytes = 0, .results = {}};
    Result<bool> more = reader.Read(piece.lines);
    if (!more.ok()) return std::move(more).fault();
    next_line += piece.lines.size();
    // What a line and its result weigh beside the text, so that empty lines count too.
    constexpr std::size_t kLineOverhead = 512;
    for (const Line& line : piece.lines) piece.bytes += line.text.size() + kLineOverhead;
    if (!piece.lines.empty() && !work.Submit(std::move(piece))) return std::nullopt;
    if (!*more) return std::nullopt;
  }
}

}  // namespace

ExitCode VerifyBatch(std::string_view path, World& world) {
  Result<InputFile> input = InputFile::Open(path, world.input);
  if (!input.ok()) {
    world.errors << "passport-verify: " << Printable(input.fault().detail) << "\n";
    return ExitCode::kUsage;
  }
  OrderedWork work(
      std::max(1U, std::thread::hardware_concurrency()), [&world] { return MakeWorker(world); }, world.output);
  const std::optional<Fault> fault = SubmitAll(*input, work);
  if (!work.Finish()) {
    world.errors << "passport-verify: can not write the results\n";
    return ExitCode::kCannotTell;
  }
  if (!fault) return ExitCode::kHolds;
  world.errors << "passport-verify: " << Printable(fault->detail) << "\n";
  return ExitCode::kUsage;
}

}  // namespace passport
