#include "passport-service/config/settings.h"

#include <algorithm>
#include <functional>
#include <map>

#include "credential/encoding/json.h"
#include "credential/passport/holder_proof.h"

namespace passport {
namespace {

constexpr json::Limits kLimits{
    .bytes = kSettingsBytesMax, .depth = 2, .nodes = 200, .string_bytes = 4096, .members = 100};

constexpr std::size_t kPeopleNamesMax = 16;

Fault Invalid(std::string_view member, std::string_view why) {
  return {Reason::kFieldInvalid, "", "setting " + std::string(member) + " " + std::string(why)};
}

// Takes one member's value; false when it is of the wrong kind.
using Taker = std::function<bool(const json::Value&)>;

Taker Path(std::filesystem::path& out) {
  return [&out](const json::Value& value) {
    if (value.text()) out = *value.text();
    return value.text().has_value();
  };
}
Taker Path(std::optional<std::filesystem::path>& out) {
  return [&out](const json::Value& value) {
    if (value.text()) out = std::filesystem::path(*value.text());
    return value.text().has_value();
  };
}
Taker Text(std::optional<std::string>& out) {
  return [&out](const json::Value& value) {
    if (value.text()) out = std::string(*value.text());
    return value.text().has_value();
  };
}
Taker Length(Seconds& out) {
  return [&out](const json::Value& value) {
    if (value.integer()) out = Seconds{*value.integer()};
    return value.integer().has_value();
  };
}
Taker Count(std::uint64_t& out) {
  return [&out](const json::Value& value) {
    const auto number = value.integer();
    const bool good = number && *number >= 0;
    if (good) out = static_cast<std::uint64_t>(*number);
    return good;
  };
}
Taker Text(std::string& out) {
  return [&out](const json::Value& value) {
    if (value.text()) out = *value.text();
    return value.text().has_value();
  };
}

Taker Texts(std::vector<std::string>& out) {
  return [&out](const json::Value& value) {
    out.clear();
    if (!value.is_array()) return false;
    for (const json::Value& each : value) {
      if (!each.text()) return false;
      out.emplace_back(*each.text());
    }
    return true;
  };
}

std::map<std::string_view, Taker> TakersOf(Settings& settings) {
  return {
      {"data", Path(settings.data)},
      {"keys", Path(settings.keys)},
      {"published", Path(settings.published)},
      {"tls", Path(settings.tls)},
      {"pkcs11", Path(settings.pkcs11)},
      {"token", Text(settings.token)},
      {"signer", Path(settings.signer)},
      {"signer_user", Text(settings.signer_user)},
      {"passphrase_file", Path(settings.passphrase_file)},
      {"listen", Text(settings.listen)},
      {"port_file", Path(settings.port_file)},
      {"listen_people", Text(settings.listen_people)},
      {"people_port_file", Path(settings.people_port_file)},
      {"people_names", Texts(settings.people_names)},
      {"reflection",
       [&](const json::Value& value) {
         settings.reflection = value.boolean().value_or(settings.reflection);
         return value.boolean().has_value();
       }},
      {"threads_max",
       [&](const json::Value& value) {
         const auto number = value.integer();
         const bool small = number && *number >= 0 && *number <= 100'000;
         if (small) settings.threads_max = static_cast<int>(*number);
         return small;
       }},
      {"free_floor_bytes",
       [&](const json::Value& value) {
         const auto number = value.integer();
         const bool good = number && *number >= 0;
         if (good) settings.free_floor_bytes = static_cast<std::uint64_t>(*number);
         return good;
       }},
      {"roster_lines_max", Count(settings.roster_lines_max)},
      {"roster_remembered_max", Count(settings.roster_remembered_max)},
      {"drain_s", Length(settings.drain)},
      {"publish_within_s", Length(settings.publish_within)},
      {"publish_interval_s", Length(settings.publish_within)},  // its name of before
      {"bundle_every_s", Length(settings.bundle_every)},
      {"retention", Path(settings.retention)},
      {"retention_interval_s", Length(settings.retention_interval)},
      {"backup", Path(settings.backup)},
      {"backup_interval_s", Length(settings.backup_interval)},
      {"backup_versions",
       [&](const json::Value& value) {
         const auto number = value.integer();
         const bool good = number && *number >= 1 && *number <= 1000;
         if (good) settings.backup_versions = static_cast<int>(*number);
         return good;
       }},
      {"credential_lifetime_s", Length(settings.credential_lifetime)},
      {"registry_lifetime_s", Length(settings.registry_lifetime)},
      {"registry_grace_s", Length(settings.registry_grace)},
      {"status_lifetime_s", Length(settings.status_lifetime)},
      {"status_ttl_s", Length(settings.status_ttl)},
      {"status_age_max_s", Length(settings.status_age_max)},
      {"key_life_s", Length(settings.key_life)},
      {"key_published_ahead_s", Length(settings.key_published_ahead)},
      {"key_overlap_s", Length(settings.key_overlap)},
  };
}

// A signer that runs already has keys and passphrase; one of our own needs both.
Result<void> CheckSigner(const Settings& settings) {
  if (settings.signer) {
    const bool own = !settings.keys.empty() || settings.pkcs11 || settings.token || settings.signer_user ||
                     settings.passphrase_file || settings.passphrase_fd;
    return own ? Result<void>(Invalid("signer", "is given; the keys and their passphrase are the signer's"))
               : Result<void>();
  }
  if (settings.keys.empty()) return Invalid("keys", "is missing");
  if (settings.pkcs11.has_value() != settings.token.has_value()) return Invalid("pkcs11", "and token belong together");
  if (settings.passphrase_file.has_value() == settings.passphrase_fd.has_value()) {
    return Invalid("passphrase_file", "or passphrase_fd: exactly one must be given");
  }
  return {};
}

}  // namespace

Result<void> Settings::Check() const {
  const auto range = [](std::string_view name, std::int64_t value, std::int64_t least,
                        std::int64_t most) -> Result<void> {
    if (value >= least && value <= most) return {};
    return Invalid(name, "is not " + std::to_string(least) + " to " + std::to_string(most));
  };
  if (data.empty()) return Invalid("data", "is missing");
  if (published.empty()) return Invalid("published", "is missing");
  if (tls.empty()) return Invalid("tls", "is missing");
  const bool any_port = listen.ends_with(":0");
  if (listen_people == listen && !any_port) return Invalid("listen_people", "is the same as listen");
  if (people_port_file && !listen_people) return Invalid("people_port_file", "is given without listen_people");
  const bool hosts =
      people_names.size() <= kPeopleNamesMax && std::all_of(people_names.begin(), people_names.end(), IsServiceName);
  if (!hosts) return Invalid("people_names", "is not at most 16 host names in small letters, without ports");
  TRY(CheckSigner(*this));
  constexpr std::int64_t kDay = 86'400;
  TRY(range("threads_max", threads_max, 8, 1024));
  TRY(range("roster_lines_max", static_cast<std::int64_t>(roster_lines_max), 1, 10'000'000));
  TRY(range("roster_remembered_max", static_cast<std::int64_t>(roster_remembered_max), 0, 100'000));
  TRY(range("drain_s", drain.count, 0, 3600));
  TRY(range("publish_within_s", publish_within.count, 1, kDay));
  TRY(range("bundle_every_s", bundle_every.count, 1, 7 * kDay));
  TRY(range("retention_interval_s", retention_interval.count, 60, 7 * kDay));
  TRY(range("backup_interval_s", backup_interval.count, 60, 31 * kDay));
  TRY(range("credential_lifetime_s", credential_lifetime.count, 60, 20 * 366 * kDay));
  TRY(range("registry_lifetime_s", registry_lifetime.count, 60, 366 * kDay));
  TRY(range("registry_grace_s", registry_grace.count, 0, 366 * kDay));
  TRY(range("status_lifetime_s", status_lifetime.count, 60, 31 * kDay));
  TRY(range("status_ttl_s", status_ttl.count, 60, 7 * kDay));
  TRY(range("status_age_max_s", status_age_max.count, 60, 31 * kDay));
  // A receiver may use a registry until its end and some grace: a new key must stand in all that are still in use.
  const std::int64_t known_everywhere = registry_lifetime.count + registry_grace.count;
  TRY(range("key_published_ahead_s", key_published_ahead.count, known_everywhere, 366 * kDay));
  TRY(range("key_overlap_s", key_overlap.count, 60, 31 * kDay));
  TRY(range("key_life_s", key_life.count, key_published_ahead.count + key_overlap.count, 10 * 366 * kDay));
  return {};
}

Result<void> ReadSettings(std::string_view text, Settings& settings) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const root, tree.Parse(text, kLimits));
  if (!root->is_object()) return Fault{Reason::kMalformed, "", "the settings are not a JSON object"};
  const std::map<std::string_view, Taker> takers = TakersOf(settings);
  for (const json::Value& member : *root) {
    const auto taker = takers.find(member.name());
    if (taker == takers.end()) return Fault{Reason::kFieldInvalid, "", "the settings have an unknown member"};
    if (!taker->second(member)) return Invalid(taker->first, "is of the wrong kind or out of range");
  }
  return {};
}

}  // namespace passport
