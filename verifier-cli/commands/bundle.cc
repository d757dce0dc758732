// passport-verify bundle
#include <array>
#include <string>
#include <utility>

#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/bundle/age_report.h"
#include "verifier-cli/bundle/fetch_bundle.h"
#include "verifier-cli/bundle/take_bundle.h"
#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/online/http_get.h"
#include "verifier-cli/printable.h"
#include "verifier-cli/registry_pin.h"

namespace passport {
namespace {

constexpr std::string_view kHelp =
    R"(passport-verify bundle fetch ADDRESS|FILE --into DIR --anchor FILE|--root FILE [--ca FILE] [--memory FILE] [--json]
passport-verify bundle show DIR|FILE --anchor FILE|--root FILE [--at TIME] [--status-age-max SECONDS]
                            [--registry-grace SECONDS] [--memory FILE] [--json]

A bundle is one signed file with all that a place without a network needs: registry, status lists, taxonomies and role
profiles. DIR can then be named wherever a published tree can: passport-verify presentation --published DIR.
  fetch ADDRESS       takes the newest from a web server (https:// or http://; the address of the published tree): only
                      what has changed, where it can
  fetch FILE          takes it, or a delta, from a file, as on a stick
  --into DIR          the folder that keeps it. Whenever this is interrupted it holds the old one or the new one, and it
                      takes none that is older than it has seen
  show                says how old everything in it is, and until when it will do
  --anchor FILE       the registry's public key (JWK), received another way than the bundle ...
  --root FILE         ... or the root certificate of the region (PEM), which the registry's certificates lead to
  --ca FILE           certificates (PEM) that the web server's is judged by, instead of those of this machine
  --memory FILE       remember here what was seen, instead of in DIR
  --at TIME           as of then: unix seconds, or like 2026-11-22T08:26:40Z; otherwise now
  --status-age-max SECONDS  how old a status list may be before the answer is "cannot tell" (86400)
  --registry-grace SECONDS  how long after its next update the registry still counts (86400)
  --json              one line of JSON instead of text
Exit code: 0 taken, at hand already, or shown; 1 it does not hold, or is older than what was seen; 2 it could not be
fetched or written, or what is shown is too old to tell anything; 64 not a question.
)";

constexpr std::array<Flag, 10> kFlags = {{{"--into", true},
                                          {"--anchor", true},
                                          {"--root", true},
                                          {"--ca", true},
                                          {"--memory", true},
                                          {"--at", true},
                                          {"--status-age-max", true},
                                          {"--registry-grace", true},
                                          {"--json", false},
                                          {"--help", false}}};

Fault Usage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

Result<void> RefuseFlags(const CommandLine& line, std::initializer_list<std::string_view> others) {
  for (const std::string_view flag : others) {
    if (line.Has(flag)) return Usage(std::string(flag) + " does not go with this");
  }
  return {};
}

ExitCode Written(World& world, ExitCode code) {
  world.output << std::flush;
  if (world.output) return code;
  world.errors << "passport-verify: can not write the result\n";
  return ExitCode::kCannotTell;
}

std::string_view WordOf(TakenBundle::How how) {
  switch (how) {
    case TakenBundle::How::kUnchanged:
      return "unchanged";
    case TakenBundle::How::kWhole:
      return "whole";
    case TakenBundle::How::kDelta:
      return "delta";
  }
  return "";
}

std::string TextOf(const TakenBundle& taken, Instant now) {
  std::string text = "Bundle " + std::to_string(taken.manifest.sequence) + ", made " +
                     LengthWords({now.seconds - taken.manifest.as_of.seconds}) + " ago: ";
  switch (taken.how) {
    case TakenBundle::How::kUnchanged:
      text += "at hand already";
      break;
    case TakenBundle::How::kWhole:
      text += "taken whole";
      break;
    case TakenBundle::How::kDelta:
      text += "taken by what has changed";
      break;
  }
  text += " (" + std::to_string(taken.bytes) + " bytes read).\n";
  for (const std::string& problem : taken.problems) text += "Left out: " + Printable(problem) + "\n";
  return text;
}

std::string JsonOf(const TakenBundle& taken) {
  json::Tree tree;
  json::Value& root = tree.Object();
  root.Append("how", tree.String(WordOf(taken.how)));
  root.Append("sequence", tree.Integer(static_cast<std::int64_t>(taken.manifest.sequence)));
  root.Append("as_of", tree.Integer(taken.manifest.as_of.seconds));
  root.Append("bytes", tree.Integer(static_cast<std::int64_t>(taken.bytes)));
  json::Value& problems = tree.Array();
  for (const std::string& problem : taken.problems) problems.Append(tree.String(problem));
  root.Append("left_out", problems);
  return Printable(json::Write(root)) + "\n";
}

// Not a question: nothing was looked at. Otherwise what was refused, and why.
ExitCode Refuse(const Fault& fault, bool json, World& world) {
  const bool away = fault.reason == Reason::kServiceUnreachable || fault.reason == Reason::kFileUnreadable;
  if (json) {
    json::Tree tree;
    json::Value& root = tree.Object();
    root.Append("reason", tree.String(passport::WordOf(fault.reason)));
    if (!fault.check.empty()) root.Append("check", tree.String(fault.check));
    root.Append("detail", tree.String(fault.detail));
    world.output << Printable(json::Write(root)) << "\n";
  } else {
    world.output << (away ? "NOT TAKEN: " : "REFUSED: ") << Printable(fault.detail) << "\n"
                 << "What was there before stays.\n";
  }
  return Written(world, away ? ExitCode::kCannotTell : ExitCode::kDoesNotHold);
}

Result<TakenBundle> Take(const CommandLine& line, const std::string& from, RegistryPin& pin, World& world) {
  TRY_ASSIGN(const BundleFolder folder, BundleFolder::OpenToChange(std::string(*line.Value("--into"))));
  const Instant now = world.clock();
  if (IsHttpAddress(from)) {
    const auto ca = line.Value("--ca");
    return FetchBundle(folder, from, ca ? std::optional<std::string>(*ca) : std::nullopt, pin, now);
  }
  if (!pin.memory.has_file()) {
    TRY_ASSIGN(pin.memory, RememberedRegistry::Open(folder.memory()));
  }
  TRY_ASSIGN(InputFile file, InputFile::Open(from, world.input));
  TRY_ASSIGN(const std::string text, file.ReadAtMost(kBundleBytesMax + 1));
  return TakeBundleFile(folder, text, pin, now);
}

ExitCode Fetch(const CommandLine& line, World& world) {
  const Result<void> flags = RefuseFlags(line, {"--at", "--status-age-max", "--registry-grace"});
  if (!flags.ok()) return RefuseToAsk("bundle", flags.fault(), world);
  const std::string from(line.operands()[1]);
  if (!line.Has("--into")) return RefuseToAsk("bundle", Usage("--into names the folder that keeps it"), world);
  if (line.Has("--ca") && !IsHttpAddress(from)) return RefuseToAsk("bundle", Usage("--ca goes with an address"), world);
  Result<RegistryPin> pin = ReadRegistryPin(line, world);
  if (!pin.ok()) return RefuseToAsk("bundle", pin.fault(), world);
  const Result<TakenBundle> taken = Take(line, from, *pin, world);
  if (!taken.ok() && taken.fault().reason == Reason::kConfig) return RefuseToAsk("bundle", taken.fault(), world);
  if (!taken.ok()) return Refuse(taken.fault(), line.Has("--json"), world);
  world.output << (line.Has("--json") ? JsonOf(*taken) : TextOf(*taken, world.clock()));
  return Written(world, ExitCode::kHolds);
}

struct ShowOrder {
  RegistryPin pin;
  Freshness freshness;
  Instant now;
};

Result<ShowOrder> ReadShow(const CommandLine& line, World& world) {
  TRY(RefuseFlags(line, {"--into", "--ca"}));
  Instant now = world.clock();
  if (const auto at = line.Value("--at")) {
    TRY_ASSIGN(now, ParseInstant(*at));
  }
  TRY_ASSIGN(const Freshness freshness, ReadFreshness(line));
  TRY_ASSIGN(RegistryPin pin, ReadRegistryPin(line, world));
  return ShowOrder{.pin = std::move(pin), .freshness = freshness, .now = now};
}

ExitCode Show(const CommandLine& line, World& world) {
  Result<ShowOrder> order = ReadShow(line, world);
  if (!order.ok()) return RefuseToAsk("bundle", order.fault(), world);
  const Result<PublishedTree> tree =
      PublishedTree::Read(std::string(line.operands()[1]), order->pin, order->freshness, order->now);
  if (!tree.ok() && (tree.fault().reason == Reason::kFileUnreadable || tree.fault().reason == Reason::kConfig))
    return RefuseToAsk("bundle", tree.fault(), world);
  if (!tree.ok()) return Refuse(tree.fault(), line.Has("--json"), world);
  const AgeReport report = AgeReport::Of(*tree, order->freshness, order->now);
  world.output << (line.Has("--json") ? passport::JsonOf(report) : TextFor(report));
  const bool too_old = report.registry_until <= report.now || report.lists_stale == report.lists;
  return Written(world, too_old ? ExitCode::kCannotTell : ExitCode::kHolds);
}

ExitCode Run(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kFlags);
  if (!line.ok()) return RefuseToAsk("bundle", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kHelp << std::flush;
    return ExitCode::kHolds;
  }
  if (line->operands().size() == 2 && line->operands().front() == "fetch") return Fetch(*line, world);
  if (line->operands().size() == 2 && line->operands().front() == "show") return Show(*line, world);
  return RefuseToAsk("bundle", Usage("say bundle fetch ADDRESS|FILE, or bundle show DIR|FILE"), world);
}

}  // namespace

const Command kBundleCommand{"bundle", "fetches all that a place without a network needs, and says how old it is",
                             &Run};

}  // namespace passport
