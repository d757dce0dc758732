#include "bench/world.h"

#include <cstdio>
#include <cstdlib>

#include "credential/credential/credential.h"
#include "credential/crypto/jwk.h"

namespace passport::bench {
namespace {

constexpr std::string_view kIssuer = "https://passport.example/issuers/ods-X0A";
constexpr std::string_view kStatusPrefix = "https://passport.example/status/ods-X0A/";
constexpr std::uint32_t kListSize = 1U << 20;
constexpr std::size_t kPassportRecords = 25;

template <class T>
T Need(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "bench: %s\n", result.fault().detail.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

std::string StatusUri() { return std::string(kStatusPrefix) + "1.jwt"; }

// Four facts always shown, eight by choice.
Record MakeCourse() {
  const std::vector<Record::Field> fields = {{"subject", "safeguarding_adults"},
                                             {"level", "2"},
                                             {"framework", "cstf"},
                                             {"expires_on", "2028-11-13"},
                                             {"provider", "Skills Partnership of the Bench"},
                                             {"assessed_by", "e_learning_test"},
                                             {"source_title", "Safeguarding Adults Level 2"},
                                             {"achieved_on", "2025-11-14"},
                                             {"assurance", "employer_verified"},
                                             {"method", "learning_record"},
                                             {"checker_role", "workforce_information"},
                                             {"checked_on", "2025-11-14"}};
  return Need(Record::Make(*FindRecordKind("mandatory_training"), fields));
}

Record MakeTraining(std::size_t i) {
  const std::vector<Record::Field> fields = {{"subject", i % 2 == 0 ? "safeguarding_adults" : "moving_and_handling"},
                                             {"level", std::to_string(i % 3 + 1)},
                                             {"framework", "cstf"},
                                             {"achieved_on", "2025-11-14"},
                                             {"assurance", "employer_verified"},
                                             {"method", "learning_record"},
                                             {"checker_role", "workforce_information"},
                                             {"checked_on", "2025-11-14"}};
  return Need(Record::Make(*FindRecordKind("mandatory_training"), fields));
}

std::string Sign(World& world, const Record& record, const PrivateKey& holder, std::uint32_t index) {
  const CredentialTerms terms{.issuer = std::string(kIssuer),
                              .holder = holder.public_key().point(),
                              .status = {.uri = StatusUri(), .index = index},
                              .issued_at = kNow - Seconds{86400},
                              .expires_at = kNow + Seconds{31536000}};
  PreparedCredential prepared = Need(PreparedCredential::Prepare(record, terms, world.random));
  SignedCredential signed_credential = Need(IssueCredential(std::move(prepared), world.kid, world.issuer));
  return Need(std::move(signed_credential).Release(world.issuer.public_key())).text();
}

// Registry, list and snapshot of the world; all else stays as it is.
struct PublishedTrust {
  std::shared_ptr<const TrustRegistry> registry;
  Freshness freshness;
  std::shared_ptr<const TrustSnapshot> snapshot;
  std::string list_token;
  KeySet status_keys;
};

PublishedTrust PublishTrust(const PublicKey& issuer, const std::string& kid, const StatusList& list) {
  PrivateKey registry_key = Need(PrivateKey::Generate());
  PrivateKey status_key = Need(PrivateKey::Generate());
  const auto listed = [](const std::string& name, const PublicKey& key) {
    return RegistryKey{.kid = name,
                       .key = key,
                       .certificate = {},
                       .valid_from = {},
                       .valid_until = std::nullopt,
                       .compromised_since = std::nullopt};
  };
  const auto kind = [](std::string_view word) {
    return KindWindow{.vct = std::string(FindRecordKind(word)->vct), .from = {}, .until = std::nullopt};
  };
  RegistryContent content;
  content.sequence = 1;
  content.issued_at = kNow;
  content.next_update = kNow + Seconds{86400};
  content.organisations.push_back({.id = Need(OrganisationId::Parse("ods:X0A")),
                                   .legal_name = "Bench Trust (fictional)",
                                   .type = "nhs_trust",
                                   .services = {RegistryService::kIssue, RegistryService::kStatus},
                                   .issuer = std::string(kIssuer),
                                   .status_uri_prefix = std::string(kStatusPrefix),
                                   .mechanism = KeyMechanism::kJwtVcIssuer,
                                   .kinds = {kind("mandatory_training"), kind("professional_registration")},
                                   .issue_keys = {listed(kid, issuer)},
                                   .status_keys = {listed("status", status_key.public_key())},
                                   .valid_from = {},
                                   .valid_until = {},
                                   .history = {{.state = EntryState::kActive, .since = {}, .reason = "enrolled"}},
                                   .successions = {}});
  KeySet pinned;
  pinned.Add("registry", registry_key.public_key());
  const std::string text = Need(SignRegistry(content, "registry", registry_key));
  PublishedTrust trust;
  trust.registry = std::make_shared<const TrustRegistry>(Need(TrustRegistry::Read(text, pinned, kNow, Seconds{60})));
  trust.freshness = {.status_age_max = {86400}, .registry_grace = {86400}};
  trust.status_keys.Add("status", status_key.public_key());
  TrustSnapshot::Builder builder(trust.registry, trust.freshness);
  const StatusTokenTerms terms{
      .uri = StatusUri(), .issued_at = kNow, .expires_at = kNow + Seconds{86400}, .ttl = Seconds{300}};
  trust.list_token = Need(SignStatusToken(terms, list, "status", status_key, 6));
  if (!builder.AddStatusToken(StatusUri(), trust.list_token, kNow, Seconds{60}).ok()) std::exit(1);
  trust.snapshot = std::move(builder).Build();
  return trust;
}

RoleProfile MakeProfile() {
  std::string text =
      R"({"id":"bench","version":1,"title":"Bench role","effective_from":"2026-01-01","expiring_within_days":30,"requirements":[)";
  constexpr std::string_view kAssured = R"({"fact":"assurance","assurance_at_least":"employer_verified"}]}]})";
  for (int i = 0; i < 10; ++i) {
    text += (i == 0 ? "" : ",") + (R"({"id":"r)" + std::to_string(i)) + R"(","needs":"training","any_of":[)";
    if (i % 2 == 0) {
      text += R"({"kind":"mandatory_training","pick":[{"fact":"subject","one_of":["safeguarding_adults"]}],)"
              R"("conditions":[{"fact":"level","at_least":2},{"fact":"achieved_on","within_months":24},)";
    } else {
      text += R"({"training":"moving_and_handling","level":2,"refresh":true,"conditions":[)";
    }
    text += kAssured;
  }
  return Need(RoleProfile::Parse(text + "]}"));
}

Taxonomies MakeTaxonomies() {
  constexpr std::string_view kCourses =
      R"({"id":"training","version":1,"title":"Bench courses","effective_from":"2026-01-01","subjects":[)"
      R"({"word":"moving_and_handling","label":"Moving and handling","framework":"cstf","levels":[1,2,3],)"
      R"("higher_covers_lower":true,"refresh":[{"level":2,"months":24,"source":"bench"}]}]})";
  std::vector<Taxonomy> versions;
  versions.push_back(Need(Taxonomy::Parse(kCourses)));
  return Need(Taxonomies::Make(std::move(versions)));
}

StatusList MakeList() {
  StatusList list = Need(StatusList::Make(2, kListSize));
  std::uint32_t at = 12345;
  for (std::uint32_t i = 0; i < kListSize / 100; ++i) {
    at = at * 1664525U + 1013904223U;
    // The credentials of this world stand below kHolders + kPassportRecords and stay valid.
    const std::uint32_t index = at % kListSize;
    if (index >= 1000 && !list.Set(index, 1).ok()) std::exit(1);
  }
  return list;
}

Presentation Bind(const std::vector<HeldCredential>& held, std::size_t first, std::size_t count,
                  const std::vector<std::string>& facts, PrivateKey& holder) {
  const BindingTerms terms{.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}};
  Presentation presentation;
  for (std::size_t i = first; i < first + count; ++i)
    presentation.credentials.push_back(Need(held[i].Present(facts, terms, holder)));
  return presentation;
}

}  // namespace

const std::vector<std::string>& ShownFacts() {
  static const std::vector<std::string> facts = {"achieved_on", "assurance", "checked_on"};
  return facts;
}

CredentialTerms TermsOf(const World& world, std::size_t holder) {
  return {.issuer = std::string(kIssuer),
          .holder = world.holders[holder].public_key().point(),
          .status = {.uri = StatusUri(), .index = static_cast<std::uint32_t>(holder)},
          .issued_at = kNow,
          .expires_at = kNow + Seconds{31536000}};
}

std::unique_ptr<World> MakeWorld() {
  PrivateKey issuer = Need(PrivateKey::Generate());
  const std::string kid = Thumbprint(issuer.public_key().point());
  StatusList list = MakeList();
  PublishedTrust trust = PublishTrust(issuer.public_key(), kid, list);
  const std::shared_ptr<const TrustSnapshot> snapshot = trust.snapshot;
  auto world = std::make_unique<World>(
      World{.random = {},
            .issuer = std::move(issuer),
            .kid = kid,
            .holders = {},
            .records = {},
            .credentials = {},
            .held = {},
            .presentations = {},
            .registry = trust.registry,
            .freshness = trust.freshness,
            .snapshot = snapshot,
            .list = std::move(list),
            .list_uri = StatusUri(),
            .list_token = std::move(trust.list_token),
            .status_keys = std::move(trust.status_keys),
            .profile = MakeProfile(),
            .taxonomies = MakeTaxonomies(),
            .duty = Duty::OnDay(Need(OrganisationId::Parse(kAudience)), CivilDay::InLondon(kNow)),
            .passport = {}});
  const auto hold = [&](const Record& record, const PrivateKey& holder, std::size_t index) {
    world->credentials.push_back(Sign(*world, record, holder, static_cast<std::uint32_t>(index)));
    world->held.push_back(
        Need(HeldCredential::Read(world->credentials.back(), snapshot->registry(), kNow, Seconds{60})));
  };
  for (std::size_t i = 0; i < kHolders; ++i) {
    world->holders.push_back(Need(PrivateKey::Generate()));
    world->records.push_back(MakeCourse());
    hold(world->records.back(), world->holders.back(), i);
    world->presentations.push_back(Bind(world->held, i, 1, ShownFacts(), world->holders[i]));
  }
  for (std::size_t i = 0; i < kPassportRecords; ++i) hold(MakeTraining(i), world->holders[0], kHolders + i);
  const Presentation passport =
      Bind(world->held, kHolders, kPassportRecords, {"achieved_on", "assurance"}, world->holders[0]);
  const Expectation expected{.audience = kAudience, .nonce = kNonce, .proof_age_max = {300}, .leeway = {60}};
  world->passport = Need(VerifyPresentation(passport, expected, *snapshot, kNow));
  return world;
}

}  // namespace passport::bench
