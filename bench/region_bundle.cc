#include "bench/region_bundle.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "bench/world.h"
#include "credential/bundle/bundle.h"
#include "credential/crypto/jwk.h"
#include "credential/status/status_token.h"
#include "credential/trust/trust_registry.h"
#include "passport-service/acts/decoys.h"
#include "passport-service/acts/open_list.h"

namespace passport::bench {
namespace {

constexpr std::size_t kOrganisations = 120;
constexpr std::size_t kCredentials = 2'500'000;
constexpr std::size_t kLargeShare = 8;     // organisations that have most of them
constexpr std::size_t kOfLarge = 250'000;  // each
constexpr std::size_t kChangedSince = 40;
constexpr std::size_t kTogether = 16;  // revoked between two publications, of one list
constexpr Seconds kQuarterHour{900};
constexpr std::string_view kBase = "https://passport.example/";
// As large as a real one: X.509 certificates that name an organisation.
constexpr std::size_t kCertificateBytes = 480;

template <class T>
T NeedOf(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "bench: %s\n", result.fault().detail.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

std::uint32_t Below(std::uint32_t bound, Random& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.Fill(bytes);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return static_cast<std::uint32_t>(number % bound);
}

// One status list and what stands in it.
struct RegionList {
  StatusListRow row;
  std::map<std::uint32_t, std::uint8_t> entries;
  std::vector<passport::Statuses::Entry> Entries() const {
    std::vector<passport::Statuses::Entry> all;
    for (const auto& [index, value] : entries) all.push_back({index, value});
    return all;
  }
  std::size_t Take(const Changes& changes) {
    std::size_t set = 0;
    for (const Change& change : changes) {
      const auto* status = std::get_if<SetStatus>(&change);
      if (status == nullptr) continue;
      entries[status->slot.index] = status->value;
      ++set;
    }
    return set;
  }
  // Revokes some that were handed out, between two publications; returns how many decoys were set beside them.
  std::size_t Revoke(std::span<const std::uint32_t> counters, Random& random) {
    const auto before = Entries();
    const SlotPermutation permutation = PermutationOf(row);
    for (const std::uint32_t counter : counters) entries[permutation.SlotOf(counter)] = 1;
    return Take(DecoysBeside(row, before, Entries(), random));
  }
};

struct RegionOrganisation {
  RegistryOrganisation entry;
  PrivateKey status_key;
  std::string certificate;  // of the status key: all its lists carry it
  std::vector<RegionList> lists;
};

std::string Noise(std::size_t bytes, Random& random) {
  std::string noise(bytes, '\0');
  random.Fill(std::span(reinterpret_cast<std::uint8_t*>(noise.data()), noise.size()));
  return noise;
}

RegistryKey KeyOf(const PublicKey& key, std::string certificate) {
  return {.kid = Thumbprint(key.point()),
          .key = key,
          .certificate = std::move(certificate),
          .valid_from = {},
          .valid_until = std::nullopt,
          .compromised_since = std::nullopt};
}

RegistryOrganisation EmptyEntry(const OrganisationId& id) {
  return {.id = id,
          .legal_name = {},
          .type = {},
          .services = {RegistryService::kIssue, RegistryService::kStatus},
          .issuer = {},
          .status_uri_prefix = {},
          .kinds = {},
          .issue_keys = {},
          .status_keys = {},
          .valid_from = {},
          .valid_until = {},
          .history = {{.state = EntryState::kActive, .since = {}, .reason = "enrolled"}},
          .successions = {}};
}

RegionOrganisation MakeOrganisation(std::size_t number, std::size_t credentials, Random& random) {
  const OrganisationId id = NeedOf(OrganisationId::Parse("ods:B" + std::to_string(1000 + number)));
  PrivateKey issue_key = NeedOf(PrivateKey::Generate());
  RegionOrganisation organisation{.entry = EmptyEntry(id),
                                  .status_key = NeedOf(PrivateKey::Generate()),
                                  .certificate = Noise(kCertificateBytes, random),
                                  .lists = {}};
  RegistryOrganisation& entry = organisation.entry;
  entry.legal_name = "Example Organisation Number " + std::to_string(number);
  entry.type = "gp_practice";
  entry.issuer = std::string(kBase) + "issuers/" + id.PathSegment();
  entry.status_uri_prefix = std::string(kBase) + "status/" + id.PathSegment() + "/";
  for (const RecordKind* kind : AllRecordKinds())
    entry.kinds.push_back({.vct = std::string(kind->vct), .from = {}, .until = std::nullopt});
  entry.issue_keys = {KeyOf(issue_key.public_key(), Noise(kCertificateBytes, random))};
  entry.status_keys = {KeyOf(organisation.status_key.public_key(), organisation.certificate)};
  std::uint32_t size = kFirstListSize;
  while (credentials > kOpenLists * std::size_t{size - size / StatusListRow::kDecoyShare}) size *= 2;
  for (std::uint32_t list = 1; list <= kReadyLists; ++list) {
    const Changes opened = OpenList({id, entry.status_uri_prefix, list, size}, random);
    RegionList made{.row = std::get<OpenStatusList>(opened.front()).row, .entries = {}};
    made.Take(opened);
    organisation.lists.push_back(std::move(made));
  }
  for (std::size_t i = 0; i < kOpenLists; ++i)
    organisation.lists[i].row.next =
        static_cast<std::uint32_t>(std::min<std::size_t>(credentials / kOpenLists, organisation.lists[i].row.room()));
  return organisation;
}

class Region {
 public:
  explicit Region(RegionBundle& counts) : counts_(counts), registry_key_(NeedOf(PrivateKey::Generate())) {
    for (std::size_t i = 0; i < kOrganisations; ++i) {
      const std::size_t of_one =
          i < kLargeShare ? kOfLarge : (kCredentials - kLargeShare * kOfLarge) / (kOrganisations - kLargeShare);
      organisations_.push_back(MakeOrganisation(i, of_one, random_));
    }
    for (RegionOrganisation& organisation : organisations_) {
      for (RegionList& list : organisation.lists) {
        counts_.decoys += list.entries.size();
        counts_.credentials += list.row.next;
        ++counts_.lists;
        RevokeSome(list, list.row.next / 100);
      }
    }
    certificate_ = Noise(kCertificateBytes, random_);
    AddRules("taxonomies", DocumentKind::kTaxonomy);
    AddRules("profiles", DocumentKind::kRoleProfile);
  }

  Bundle Make(std::uint64_t sequence, Instant at) {
    BundleFiles files = rules_;
    files.emplace("registry.jwt", Registry());
    for (RegionOrganisation& organisation : organisations_) {
      const std::vector<std::string> chain = {organisation.certificate, certificate_};
      const std::string kid = Thumbprint(organisation.status_key.public_key().point());
      for (const RegionList& list : organisation.lists) {
        StatusList bits = NeedOf(StatusList::Make(2, list.row.size));
        for (const auto& [index, value] : list.entries) {
          if (!bits.Set(index, value).ok()) std::exit(1);
        }
        const StatusTokenTerms terms{
            .uri = list.row.uri, .issued_at = at, .expires_at = at + Seconds{86'400}, .ttl = Seconds{300}};
        files.emplace("status/" + list.row.organisation.PathSegment() + "/" + std::to_string(list.row.number) + ".jwt",
                      NeedOf(SignStatusToken(terms, bits, {kid, chain}, organisation.status_key, 6)));
      }
    }
    return NeedOf(Bundle::Sign(files, sequence, at, "registry", registry_key_));
  }

  void ChangeSome() {
    for (std::size_t i = 0; i < kChangedSince; ++i) {
      RegionOrganisation& organisation = organisations_[i % kLargeShare];
      RevokeSome(organisation.lists[i % kOpenLists], 1);
    }
  }

 private:
  void RevokeSome(RegionList& list, std::size_t count) {
    std::set<std::uint32_t> counters;
    while (counters.size() < count) counters.insert(Below(list.row.next, random_));
    const std::vector<std::uint32_t> chosen(counters.begin(), counters.end());
    for (std::size_t at = 0; at < chosen.size(); at += kTogether) {
      const std::size_t few = std::min(kTogether, chosen.size() - at);
      counts_.decoys += list.Revoke(std::span(chosen).subspan(at, few), random_);
    }
    counts_.revoked += count;
  }
  // Those that are shipped.
  void AddRules(const std::string& folder, DocumentKind kind) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(PASSPORT_RULES "/") + folder)) {
      if (entry.path().extension() != ".json") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      rules_.emplace(folder + "/" + entry.path().stem().string() + "/1.jwt",
                     NeedOf(SignDocument(kind, text, "registry", registry_key_)));
    }
  }
  std::string Registry() {
    RegistryContent content;
    content.sequence = 1;
    content.issued_at = kNow;
    content.next_update = kNow + Seconds{7 * 86'400};
    for (const RegionOrganisation& organisation : organisations_) content.organisations.push_back(organisation.entry);
    return NeedOf(SignRegistry(content, "registry", registry_key_));
  }

  RegionBundle& counts_;
  SystemRandom random_;
  PrivateKey registry_key_;
  std::vector<RegionOrganisation> organisations_;
  std::string certificate_;
  BundleFiles rules_;
};

}  // namespace

RegionBundle MakeRegionBundle() {
  RegionBundle counts;
  Region region(counts);
  if (counts.credentials < kCredentials - kOrganisations * kOpenLists) std::exit(1);
  const Bundle first = region.Make(1, kNow);
  counts.bytes = first.File().size();
  region.ChangeSome();
  const Bundle second = region.Make(2, kNow + kQuarterHour);
  counts.delta_bytes = second.DeltaFrom(first).size();
  return counts;
}

}  // namespace passport::bench
