// passport-verify token
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/token/batch.h"
#include "verifier-cli/token/members.h"
#include "verifier-cli/token/question_defaults.h"
#include "verifier-cli/token/verify_with_key.h"
#include "verifier-cli/token/verify_with_policy.h"

namespace passport {
namespace {

constexpr std::string_view kHelp =
    R"(passport-verify token FILE|- --issuer-key FILE (--nonce N --audience A | --no-key-binding)
                            [--at TIME] [--leeway SECONDS] [--kb-max-age SECONDS] [--json]
passport-verify token FILE|- --policy FILE [--nonce N] [--audience A] [--at TIME] [--json]
passport-verify token --batch FILE|-

Verifies any SD-JWT or SD-JWT VC in compact form. Nothing is fetched.
  --issuer-key FILE   a JWK, or a JWK set {"keys": [...]}. Asks the weaker question: did the owner of that key sign
                      this? Nobody says whether the signer may issue such a thing, and status is not checked.
  --policy FILE       a whole policy: who may issue what, status lists, the claims needed (docs/formats)
  --batch FILE        one JSON object a line: {"id", "token", "policy" or "issuer_key", "nonce", "audience", "at"};
                      one result line each, in order
  --nonce, --audience the challenge that the holder's proof must answer
  --no-key-binding    whoever holds the token may show it
  --at TIME           judge as of then: unix seconds, or like 2026-11-22T08:26:40Z; otherwise now
  --leeway SECONDS    clocks may differ by so much (60)
  --kb-max-age SECONDS  how old the holder's proof may be (300)
  --json              one line of JSON instead of text
Exit code: 0 valid, 1 not valid, 2 cannot tell (status out of date or not at hand), 64 not a question.
)";

constexpr std::array<Flag, 11> kFlags = {{{"--issuer-key", true},
                                          {"--policy", true},
                                          {"--batch", true},
                                          {"--nonce", true},
                                          {"--audience", true},
                                          {"--no-key-binding", false},
                                          {"--at", true},
                                          {"--leeway", true},
                                          {"--kb-max-age", true},
                                          {"--json", false},
                                          {"--help", false}}};

constexpr std::size_t kKeyBytesMax = std::size_t{1} << 20;

Fault Usage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

// The file and one byte more than allowed; whoever judges it sees that it is too long.
Result<std::string> ReadFile(std::string_view path, std::size_t bytes_max, const World& world) {
  TRY_ASSIGN(InputFile file, InputFile::Open(path, world.input));
  constexpr std::size_t kLineEnd = 2;
  TRY_ASSIGN(std::string text, file.ReadAtMost(bytes_max + kLineEnd + 1));
  text.resize(WithoutLineEnd(text).size());
  return text;
}

Result<json::Value*> ParseConfig(std::string_view text, std::size_t bytes_max, std::string_view name,
                                 json::Tree& tree) {
  Result<json::Value*> value = tree.Parse(text, Policy::TextLimits(bytes_max));
  if (value.ok()) return value;
  return ConfigFault(name, "can not be read: " + value.fault().detail);
}

// Everything about the question that can be wrong before a file is opened.
Result<void> CheckFlags(const CommandLine& line) {
  if (line.Has("--batch")) {
    for (const Flag& flag : kFlags) {
      const bool allowed = flag.name == "--batch" || flag.name == "--json";
      if (!allowed && line.Has(flag.name)) return Usage(std::string(flag.name) + " does not go with --batch");
    }
    return line.operands().empty() ? Result<void>() : Usage("--batch names the file; nothing else is read");
  }
  if (line.operands().size() != 1) return Usage("name one file with a token, or - for standard input");
  if (line.Has("--policy") == line.Has("--issuer-key")) return Usage("give --policy or --issuer-key, one of them");
  const std::string_view trust = *line.Value(line.Has("--policy") ? "--policy" : "--issuer-key");
  if (trust == "-" && line.operands().front() == "-") return Usage("standard input can be read once only");
  if (line.Has("--no-key-binding") && (line.Has("--nonce") || line.Has("--audience"))) {
    return Usage("--no-key-binding does not go with --nonce and --audience");
  }
  for (const std::string_view flag : {"--no-key-binding", "--leeway", "--kb-max-age"}) {
    if (line.Has("--policy") && line.Has(flag)) return Usage(std::string(flag) + ": the policy says that");
  }
  return {};
}

Result<Challenge> ReadChallenge(const CommandLine& line) {
  Challenge challenge{.nonce = line.Value("--nonce"), .audience = line.Value("--audience"), .at = std::nullopt};
  if (const std::optional<std::string_view> at = line.Value("--at")) {
    TRY_ASSIGN(const Instant instant, ParseInstant(*at));
    challenge.at = instant;
  }
  return challenge;
}

// KB-10: not saying whether a proof is needed is not the same as not needing one.
Result<KeyBinding> KeyBindingOf(const CommandLine& line, Seconds proof_age_max) {
  if (line.Has("--no-key-binding")) {
    // The age of a proof nobody asked for counts only where it was named.
    return KeyBinding(
        NoKeyBinding{.proof_age_max = line.Has("--kb-max-age") ? std::optional(proof_age_max) : std::nullopt});
  }
  const std::optional<std::string_view> nonce = line.Value("--nonce");
  const std::optional<std::string_view> audience = line.Value("--audience");
  if (!nonce || !audience) {
    return Fault{Reason::kConfig, "KB-10", "give --nonce and --audience, or say --no-key-binding"};
  }
  return KeyBinding(RequireKeyBinding{.audience = *audience, .nonce = *nonce, .proof_age_max = proof_age_max});
}

// A verdict, or a fault of the asking: a flag that says nothing, a file that can not be read.
Result<TokenVerdict> AskByKey(const CommandLine& line, World& world) {
  TRY_ASSIGN(const Seconds leeway, line.SecondsOr("--leeway", kLeewayDefault));
  TRY_ASSIGN(const Seconds proof_age_max, line.SecondsOr("--kb-max-age", kProofAgeDefault));
  TRY_ASSIGN(const Challenge challenge, ReadChallenge(line));
  TRY_ASSIGN(const std::string key, ReadFile(*line.Value("--issuer-key"), kKeyBytesMax, world));
  TRY_ASSIGN(const std::string token, ReadFile(line.operands().front(), kSdJwtLimits.presentation_bytes, world));
  json::Tree tree;
  const Result<json::Value*> value = ParseConfig(key, kKeyBytesMax, "issuer key", tree);
  if (!value.ok()) return TokenVerdict::Refused(value.fault());
  const Result<KeySet> keys = ReadIssuerKeys(**value);
  if (!keys.ok()) return TokenVerdict::Refused(keys.fault());
  const Result<KeyBinding> key_binding = KeyBindingOf(line, proof_age_max);
  if (!key_binding.ok()) return TokenVerdict::Refused(key_binding.fault());
  return VerifyWithKey(
      token, *keys,
      {.key_binding = *key_binding, .now = challenge.at ? *challenge.at : world.clock(), .leeway = leeway});
}

Result<TokenVerdict> AskByPolicy(const CommandLine& line, World& world) {
  TRY_ASSIGN(const Challenge challenge, ReadChallenge(line));
  TRY_ASSIGN(const std::string text, ReadFile(*line.Value("--policy"), Policy::kBytesMax, world));
  TRY_ASSIGN(InputFile token_file, InputFile::Open(line.operands().front(), world.input));
  json::Tree tree;
  const Result<json::Value*> value = ParseConfig(text, Policy::kBytesMax, "policy", tree);
  if (!value.ok()) return TokenVerdict::Refused(value.fault());
  Result<Policy> policy = Policy::Read(**value);
  if (!policy.ok()) return TokenVerdict::Refused(policy.fault());
  constexpr std::size_t kLineEnd = 2;
  TRY_ASSIGN(const std::string token, token_file.ReadAtMost(policy->limits.presentation_bytes + kLineEnd + 1));
  PolicyVerifier verifier(std::move(policy).value());
  return verifier.Judge(WithoutLineEnd(token), challenge, world.clock());
}

ExitCode Show(const TokenVerdict& verdict, bool json, World& world) {
  std::string text;
  if (json) {
    text = "{";
    AppendJsonMembers(verdict, text);
    text += "}\n";
  } else {
    text = ForPeople(verdict);
  }
  world.output << text << std::flush;
  if (world.output) return ExitCodeOf(verdict);
  world.errors << "passport-verify: can not write the result\n";
  return ExitCode::kCannotTell;
}

ExitCode Run(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kFlags);
  if (!line.ok()) return RefuseToAsk("token", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kHelp << std::flush;
    return ExitCode::kHolds;
  }
  const Result<void> flags = CheckFlags(*line);
  if (!flags.ok()) return RefuseToAsk("token", flags.fault(), world);
  if (const std::optional<std::string_view> batch = line->Value("--batch")) return VerifyBatch(*batch, world);
  const Result<TokenVerdict> verdict = line->Has("--policy") ? AskByPolicy(*line, world) : AskByKey(*line, world);
  if (!verdict.ok()) return RefuseToAsk("token", verdict.fault(), world);
  return Show(*verdict, line->Has("--json"), world);
}

}  // namespace

const Command kTokenCommand{"token", "verifies any SD-JWT, against a key, a policy, or many of them in a batch", &Run};

}  // namespace passport
