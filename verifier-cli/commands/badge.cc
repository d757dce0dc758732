// passport-verify badge
#include "credential/badge/badge.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include "credential/encoding/base64url.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/bundle/fetch_bundle.h"
#include "verifier-cli/command_line.h"
#include "verifier-cli/commands/command.h"
#include "verifier-cli/files/input.h"
#include "verifier-cli/files/published_tree.h"
#include "verifier-cli/online/http_get.h"
#include "verifier-cli/printable.h"
#include "verifier-cli/registry_pin.h"
#include "verifier-cli/token/question_defaults.h"

namespace passport {
namespace {

constexpr std::string_view kBadgeHelp =
    R"(passport-verify badge FILE|- --published PLACE --anchor FILE|--root FILE [--photo FILE] [--at TIME]
                      [--online ADDRESS [--ca FILE]] [--status-age-max SECONDS] [--registry-grace SECONDS]
                      [--memory FILE] [--json]

Checks a badge, the text of the code on a card, from published files alone. Compare the name, the role, the day and the
photo with the card and with the person: the badge says nothing of who holds the card.
  --published PLACE   the published files of the region: registry and status lists
  --anchor FILE       the registry's public key (JWK), received another way than the files ...
  --root FILE         ... or the root certificate of the region (PEM), which the registry's certificates lead to
  --online ADDRESS    where there is a network: first take the newest bundle from a web server (https:// or http://; the
                      address of the published tree) into PLACE, a folder that keeps one, as bundle fetch does. Without
                      an answer what is at hand counts, as old as it is, and the report says so
  --ca FILE           certificates (PEM) that the web server's is judged by, instead of those of this machine
  --photo FILE        the image file that the badge was made with: its digest must be the one on the badge
  --memory FILE       remember the registry here: an older or another one is refused from then on
  --at TIME           judge as of then: unix seconds, or like 2026-11-22T08:26:40Z; otherwise now
  --status-age-max SECONDS  how old a status list may be before the answer is "cannot tell" (86400)
  --registry-grace SECONDS  how long after its next update the registry still counts (86400)
  --json              one line of JSON instead of text
Exit code: 0 it holds, 1 it does not, 2 cannot tell, 64 not a question.
)";

constexpr std::array<Flag, 12> kBadgeFlags = {{{"--published", true},
                                               {"--online", true},
                                               {"--ca", true},
                                               {"--anchor", true},
                                               {"--root", true},
                                               {"--memory", true},
                                               {"--photo", true},
                                               {"--at", true},
                                               {"--status-age-max", true},
                                               {"--registry-grace", true},
                                               {"--json", false},
                                               {"--help", false}}};
constexpr std::size_t kPhotoBytesMax = std::size_t{16} << 20;

struct BadgeQuestion {
  std::string badge;
  std::string published;
  RegistryPin pin;
  Freshness freshness;
  std::optional<Digest> photo;
  std::optional<std::string> online;
  std::optional<std::string> authorities;
  Instant now;
};

Fault BadgeUsage(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

Result<Digest> DigestOfPhoto(std::string_view path, const World& world) {
  TRY_ASSIGN(InputFile file, InputFile::Open(path, world.input));
  TRY_ASSIGN(const std::string photo, file.ReadAtMost(kPhotoBytesMax + 1));
  if (photo.size() > kPhotoBytesMax) return BadgeUsage("--photo is larger than 16 MiB");
  return Sha256(photo);
}

// A tree that somebody publishes is not the place for a bundle.
Result<void> CheckOnline(const CommandLine& line) {
  if (!line.Has("--online")) return line.Has("--ca") ? BadgeUsage("--ca goes with --online") : Result<void>();
  if (line.Has("--at")) return BadgeUsage("--at does not go with --online, which asks about now");
  if (!IsHttpAddress(*line.Value("--online"))) return BadgeUsage("--online is no https:// or http:// address");
  const std::filesystem::path place(*line.Value("--published"));
  std::error_code error;
  if (BundleFolder::IsOne(place) || !std::filesystem::exists(place, error)) return {};
  if (std::filesystem::is_directory(place, error) && !std::filesystem::exists(place / "registry.jwt", error)) return {};
  return BadgeUsage("--online needs a folder that keeps a bundle as --published");
}

std::optional<std::string> TextOfFlag(const CommandLine& line, std::string_view flag) {
  const auto value = line.Value(flag);
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

Result<BadgeQuestion> AskOfBadge(const CommandLine& line, World& world) {
  if (!line.Has("--published") || line.Value("--published")->empty()) return BadgeUsage("--published is needed");
  if (line.operands().size() != 1) return BadgeUsage("name one file with a badge, or - for standard input");
  TRY(CheckOnline(line));
  Instant now = world.clock();
  if (const auto at = line.Value("--at")) {
    TRY_ASSIGN(now, ParseInstant(*at));
  }
  TRY_ASSIGN(const Freshness freshness, ReadFreshness(line));
  TRY_ASSIGN(RegistryPin pin, ReadRegistryPin(line, world));
  std::optional<Digest> photo;
  if (const auto path = line.Value("--photo")) {
    TRY_ASSIGN(photo, DigestOfPhoto(*path, world));
  }
  TRY_ASSIGN(InputFile file, InputFile::Open(line.operands().front(), world.input));
  TRY_ASSIGN(std::string badge, file.ReadAtMost(kBadgeBytesMax + 2));
  badge.resize(WithoutLineEnd(badge).size());
  return BadgeQuestion{.badge = std::move(badge),
                       .published = std::string(*line.Value("--published")),
                       .pin = std::move(pin),
                       .freshness = freshness,
                       .photo = photo,
                       .online = TextOfFlag(line, "--online"),
                       .authorities = TextOfFlag(line, "--ca"),
                       .now = now};
}

// A photo that was handed in must be the one of the badge; a badge without one belongs to no photo.
Result<VerifiedBadge> JudgeBadge(const BadgeQuestion& question, const PublishedTree& tree) {
  TRY_ASSIGN(VerifiedBadge badge, VerifyBadge(question.badge, tree.snapshot(), kLeewayDefault, question.now));
  if (question.photo && badge.content.photo != question.photo)
    return Fault{Reason::kClaims, "", "the photo is not the one of the badge"};
  return badge;
}

// Published files that do not hold, or are not there, say nothing about the badge.
bool SaysNothingOfTheBadge(const Fault& fault) {
  return fault.reason == Reason::kRegistry || fault.reason == Reason::kRegistryStale ||
         fault.reason == Reason::kServiceUnreachable || fault.reason == Reason::kFileUnreadable ||
         (fault.reason == Reason::kLimit && fault.check == "TRUST-04");
}

ExitCode ExitOfBadge(const Result<VerifiedBadge>& badge) {
  if (!badge.ok()) return SaysNothingOfTheBadge(badge.fault()) ? ExitCode::kCannotTell : ExitCode::kDoesNotHold;
  return badge->standing == Reason::kNone ? ExitCode::kHolds : ExitCode::kCannotTell;
}

std::string_view VerdictWord(ExitCode code) {
  return code == ExitCode::kHolds ? "valid" : code == ExitCode::kCannotTell ? "cannot_tell" : "not_valid";
}

// What --online came to.
struct BadgeFetch {
  bool asked = false;
  std::optional<Fault> failed;
};

std::string JsonOfBadge(const Result<VerifiedBadge>& badge, bool photo_compared, const BadgeFetch& fetch) {
  json::Tree tree;
  json::Value& line = tree.Object();
  line.Append("verdict", tree.String(VerdictWord(ExitOfBadge(badge))));
  if (fetch.asked) line.Append("online", tree.Boolean(!fetch.failed));
  if (fetch.failed) line.Append("online_detail", tree.String(Printable(fetch.failed->detail)));
  if (!badge.ok()) {
    line.Append("reason", tree.String(WordOf(badge.fault().reason)));
    if (!badge.fault().check.empty()) line.Append("check", tree.String(badge.fault().check));
    line.Append("detail", tree.String(badge.fault().detail));
    return json::Write(line) + "\n";
  }
  if (badge->standing != Reason::kNone) line.Append("reason", tree.String(WordOf(badge->standing)));
  line.Append("credential", tree.String(badge->id.text()));
  line.Append("employer", tree.String(badge->content.employer.text()));
  line.Append("employer_name", tree.String(badge->employer_name));
  line.Append("name", tree.String(badge->content.name));
  line.Append("role", tree.String(badge->content.role));
  line.Append("valid_through", tree.String(badge->content.valid_through.Text()));
  if (badge->content.photo) line.Append("photo", tree.String(EncodeBase64Url(*badge->content.photo)));
  line.Append("photo_compared", tree.Boolean(photo_compared));
  line.Append("status_as_of", tree.Integer(badge->status_as_of.seconds));
  return json::Write(line) + "\n";
}

std::string TextOfFetch(const BadgeFetch& fetch) {
  if (!fetch.asked) return "";
  if (!fetch.failed) return "  the newest published files were fetched\n";
  return "  not fetched, so what is at hand counts: " + Printable(fetch.failed->detail) + "\n";
}

std::string TextForBadge(const Result<VerifiedBadge>& badge, bool photo_compared) {
  if (!badge.ok()) {
    const ReasonText& text = TextOf(badge.fault().reason);
    return "badge: " + std::string(ExitOfBadge(badge) == ExitCode::kCannotTell ? "cannot tell" : "not valid") + "\n  " +
           std::string(text.word) + ": " + std::string(text.happened) +
           (badge.fault().detail.empty() ? "" : " (" + Printable(badge.fault().detail) + ")") + "\n";
  }
  const bool known = badge->standing == Reason::kNone;
  std::string text = known ? "badge: valid\n" : "badge: cannot tell\n";
  if (!known) {
    const ReasonText& why = TextOf(badge->standing);
    text += "  " + std::string(why.word) + ": " + std::string(why.happened) + "\n  " + std::string(why.who) + ": " +
            std::string(why.remedy) + "\n";
  }
  text += "  " + Printable(badge->content.name) + ", " + Printable(badge->content.role) + "\n  " +
          Printable(badge->employer_name) + " (" + badge->content.employer.text() + ")\n  valid through " +
          badge->content.valid_through.Text() + "\n";
  if (known) text += "  status as of " + UtcText(badge->status_as_of) + "\n";
  if (photo_compared) return text + "  the photo is the one of the badge: compare it with the person\n";
  return text + (badge->content.photo ? "  a photo belongs to it: compare it with --photo\n"
                                      : "  no photo belongs to it: it says nothing of who wears it\n");
}

// Whatever goes wrong here, what is at hand may still do.
BadgeFetch FetchForBadge(BadgeQuestion& question) {
  if (!question.online) return {};
  const Result<TakenBundle> taken =
      FetchBundle(question.published, *question.online, question.authorities, question.pin, question.now);
  BadgeFetch fetch{.asked = true, .failed = {}};
  if (!taken.ok()) fetch.failed = taken.fault();
  return fetch;
}

ExitCode RunBadge(std::span<const std::string_view> words, World& world) {
  const Result<CommandLine> line = CommandLine::Parse(words, kBadgeFlags);
  if (!line.ok()) return RefuseToAsk("badge", line.fault(), world);
  if (line->Has("--help")) {
    world.output << kBadgeHelp << std::flush;
    return ExitCode::kHolds;
  }
  Result<BadgeQuestion> question = AskOfBadge(*line, world);
  if (!question.ok()) return RefuseToAsk("badge", question.fault(), world);
  const BadgeFetch fetch = FetchForBadge(*question);
  if (fetch.failed && fetch.failed->reason == Reason::kConfig) return RefuseToAsk("badge", *fetch.failed, world);
  const bool nothing_at_hand = fetch.failed && !BundleFolder::IsOne(question->published);
  const Result<PublishedTree> tree =
      nothing_at_hand ? Result<PublishedTree>(*fetch.failed)
                      : PublishedTree::Read(question->published, question->pin, question->freshness, question->now);
  if (!tree.ok() && !fetch.asked && tree.fault().reason == Reason::kFileUnreadable)
    return RefuseToAsk("badge", tree.fault(), world);
  const Result<VerifiedBadge> badge = tree.ok() ? JudgeBadge(*question, *tree) : Result<VerifiedBadge>(tree.fault());
  const bool compared = question->photo.has_value();
  world.output << (line->Has("--json") ? JsonOfBadge(badge, compared, fetch)
                                       : TextForBadge(badge, compared) + TextOfFetch(fetch))
               << std::flush;
  if (world.output) return ExitOfBadge(badge);
  world.errors << "passport-verify: can not write the result\n";
  return ExitCode::kCannotTell;
}

}  // namespace

const Command kBadgeCommand{"badge", "checks a badge, the code on a card, from published files", &RunBadge};

}  // namespace passport
