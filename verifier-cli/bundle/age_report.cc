#include "verifier-cli/bundle/age_report.h"

#include <algorithm>
#include <array>

#include "credential/encoding/json.h"
#include "credential/vocabulary/instant_text.h"
#include "verifier-cli/printable.h"

namespace passport {
namespace {

// "2 hours ago (2026-11-21T22:25:40Z)".
std::string AgoText(Instant at, Instant now) {
  const std::string when = " (" + UtcText(at) + ")";
  if (at > now) return "in " + LengthWords({at.seconds - now.seconds}) + when;
  return LengthWords({now.seconds - at.seconds}) + " ago" + when;
}

std::string UntilText(Instant until, Instant now) {
  if (until <= now) return "too old since " + LengthWords({now.seconds - until.seconds}) + " (" + UtcText(until) + ")";
  return "will do for " + LengthWords({until.seconds - now.seconds}) + " more, until " + UtcText(until);
}

std::string CountText(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace

std::string LengthWords(Seconds length) {
  struct Unit {
    std::int64_t seconds;
    std::string_view word;
  };
  constexpr std::array<Unit, 4> kUnits = {{{86'400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}};
  std::int64_t rest = length.count;
  std::string text;
  int named = 0;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = rest / unit.seconds;
    rest %= unit.seconds;
    if (count == 0 && named == 0) continue;
    if (count > 0) {
      text +=
          (text.empty() ? "" : " ") + std::to_string(count) + " " + std::string(unit.word) + (count == 1 ? "" : "s");
    }
    if (++named == 2) break;
  }
  return text.empty() ? "0 seconds" : text;
}

AgeReport AgeReport::Of(const PublishedTree& tree, Freshness freshness, Instant now) {
  const TrustSnapshot& snapshot = tree.snapshot();
  const TrustRegistry& registry = snapshot.registry();
  AgeReport report{.now = now,
                   .freshness = freshness,
                   .bundle = tree.bundle(),
                   .registry_sequence = registry.sequence(),
                   .registry_issued_at = registry.issued_at(),
                   .registry_next_update = registry.next_update(),
                   .registry_until = registry.next_update() + freshness.registry_grace,
                   .oldest_list = {},
                   .newest_list = {},
                   .lists_until = {},
                   .problems = tree.problems()};
  for (const auto& [uri, times] : snapshot.ListLives()) {
    ++report.lists;
    report.oldest_list = std::min(report.oldest_list.value_or(times.issued_at), times.issued_at);
    report.newest_list = std::max(report.newest_list.value_or(times.issued_at), times.issued_at);
    const Instant until = times.UntilWith(freshness);
    if (until <= now) {
      ++report.lists_stale;
    } else {
      report.lists_until = std::min(report.lists_until.value_or(until), until);
    }
  }
  for (const RegistryDocument& document : registry.content().documents) {
    if (document.kind == DocumentKind::kTaxonomy) ++report.taxonomies;
    if (document.kind == DocumentKind::kRoleProfile) ++report.profiles;
  }
  const Result<PublishedRules> rules = tree.Rules(now);
  if (rules.ok()) {
    report.problems.insert(report.problems.end(), rules->problems().begin(), rules->problems().end());
  } else {
    report.problems.push_back(rules.fault().detail);
  }
  return report;
}

std::string TextFor(const AgeReport& report) {
  std::string text;
  if (report.bundle) {
    text += "Bundle " + std::to_string(report.bundle->sequence) + ", made " +
            AgoText(report.bundle->as_of, report.now) + ", " + CountText(report.bundle->files, "file", "files") + ".\n";
  } else {
    text += "A published tree, not a bundle.\n";
  }
  text += "Registry number " + std::to_string(report.registry_sequence) + ": issued " +
          AgoText(report.registry_issued_at, report.now) + "; " + UntilText(report.registry_until, report.now) + ".\n";
  if (report.lists == 0) {
    text += "No status list: whether a record was revoked can not be told.\n";
  } else {
    text += CountText(report.lists, "status list", "status lists") + ": the oldest issued " +
            AgoText(*report.oldest_list, report.now) + ", the newest " + AgoText(*report.newest_list, report.now) +
            ".\n";
    if (report.lists_stale > 0) {
      text += "  " + std::to_string(report.lists_stale) + " of them " + (report.lists_stale == 1 ? "is" : "are") +
              " too old (older than " + LengthWords(report.freshness.status_age_max) +
              ", or past its end): records of theirs can not be told.\n";
    }
    if (report.lists_until) text += "  The first of the others " + UntilText(*report.lists_until, report.now) + ".\n";
  }
  text += CountText(report.taxonomies, "taxonomy", "taxonomies") + " and " +
          CountText(report.profiles, "version of a role profile", "versions of role profiles") + ".\n";
  for (const std::string& problem : report.problems) text += "Left out: " + Printable(problem) + "\n";
  return text;
}

std::string JsonOf(const AgeReport& report) {
  json::Tree tree;
  json::Value& root = tree.Object();
  const auto time = [&](Instant at) -> json::Value& { return tree.Integer(at.seconds); };
  const auto number = [&](std::uint64_t count) -> json::Value& {
    return tree.Integer(static_cast<std::int64_t>(count));
  };
  root.Append("at", time(report.now));
  if (report.bundle) {
    json::Value& bundle = tree.Object();
    bundle.Append("sequence", number(report.bundle->sequence));
    bundle.Append("as_of", time(report.bundle->as_of));
    bundle.Append("files", number(report.bundle->files));
    root.Append("bundle", bundle);
  }
  json::Value& registry = tree.Object();
  registry.Append("sequence", number(report.registry_sequence));
  registry.Append("issued_at", time(report.registry_issued_at));
  registry.Append("next_update", time(report.registry_next_update));
  registry.Append("until", time(report.registry_until));
  registry.Append("stale", tree.Boolean(report.registry_until <= report.now));
  root.Append("registry", registry);
  json::Value& lists = tree.Object();
  lists.Append("count", number(report.lists));
  lists.Append("stale", number(report.lists_stale));
  if (report.oldest_list) lists.Append("oldest", time(*report.oldest_list));
  if (report.newest_list) lists.Append("newest", time(*report.newest_list));
  if (report.lists_until) lists.Append("until", time(*report.lists_until));
  root.Append("status_lists", lists);
  root.Append("taxonomies", number(report.taxonomies));
  root.Append("profiles", number(report.profiles));
  json::Value& problems = tree.Array();
  for (const std::string& problem : report.problems) problems.Append(tree.String(problem));
  root.Append("left_out", problems);
  return Printable(json::Write(root)) + "\n";
}

std::vector<std::string> TooOld(const PublishedTree& tree, const std::vector<OrganisationId>& issuers,
                                Freshness freshness, Instant now) {
  std::vector<std::string> sentences;
  const TrustRegistry& registry = tree.snapshot().registry();
  const Instant until = registry.next_update() + freshness.registry_grace;
  if (now >= until) {
    sentences.push_back("The registry (number " + std::to_string(registry.sequence()) + ") was issued " +
                        AgoText(registry.issued_at(), now) + " and would do until " + UtcText(until) +
                        ": its next update and a grace of " + LengthWords(freshness.registry_grace) + ".");
  }
  const TrustSnapshot::Lives lives = tree.snapshot().ListLives();
  for (const OrganisationId& issuer : issuers) {
    const RegistryOrganisation* organisation = registry.FindOrganisation(issuer);
    if (organisation == nullptr || organisation->status_uri_prefix.empty()) continue;
    std::optional<ListLife> oldest;
    for (auto at = lives.lower_bound(organisation->status_uri_prefix); at != lives.end(); ++at) {
      if (!at->first.starts_with(organisation->status_uri_prefix)) break;
      const bool older = !oldest || at->second.UntilWith(freshness) < oldest->UntilWith(freshness);
      if (at->second.UntilWith(freshness) <= now && older) oldest = at->second;
    }
    if (!oldest) continue;
    const bool ended = oldest->expires_at <= oldest->UntilWith(freshness);
    sentences.push_back("A status list of " + organisation->legal_name + " was issued " +
                        AgoText(oldest->issued_at, now) + "; " +
                        (ended ? "it ended " + AgoText(oldest->expires_at, now)
                               : "it may be no older than " + LengthWords(freshness.status_age_max)) +
                        ".");
  }
  return sentences;
}

}  // namespace passport
