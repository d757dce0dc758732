#include "tests/credential/decision/decision_world.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <map>

#include "credential/crypto/jwk.h"
#include "credential/passport/held_credential.h"
#include "credential/sdjwt/present.h"
#include "tests/credential/decision/test_courses.h"

namespace passport {
namespace {

constexpr std::string_view kAudience = "ons:E06000032";
constexpr std::string_view kNonce = "nonce";

template <class T>
T OrStop(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "decision world: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}

RegistryContent Content() {
  RegistryContent content = TrustWorld::Get().Content();
  content.organisations[1].type = "local_authority";
  return content;
}

std::shared_ptr<const TrustRegistry> RegistryOf(RegistryAge age) {
  static const auto make = [](const RegistryContent& content) {
    TrustWorld& world = TrustWorld::Get();
    return std::make_shared<const TrustRegistry>(
        OrStop(TrustRegistry::Read(world.RegistryToken(content), world.pinned, kNow, kMinute)));
  };
  static const auto fresh = make(Content());
  static const auto stale = [] {
    RegistryContent content = Content();
    content.issued_at = kNow - kDay;
    content.next_update = kNow - kFreshness.registry_grace;
    return make(content);
  }();
  return age == RegistryAge::kFresh ? fresh : stale;
}

std::shared_ptr<const TrustSnapshot> SnapshotOf(const StatusEntries& of_trust, const StatusEntries& of_council,
                                                RegistryAge age = RegistryAge::kFresh) {
  TrustWorld& world = TrustWorld::Get();
  TrustSnapshot::Builder builder(RegistryOf(age), kFreshness);
  for (Party* party : {&world.trust, &world.council}) {
    const StatusEntries& entries = party == &world.trust ? of_trust : of_council;
    if (!builder.AddStatusToken(party->list_uri(), world.StatusToken(*party, entries), kNow, kMinute).ok())
      std::abort();
  }
  return std::move(builder).Build();
}

Party& PartyOf(By by) {
  TrustWorld& world = TrustWorld::Get();
  return by == By::kTrust ? world.trust : world.council;
}

Credential SignNow(const Record& record, By by, std::uint32_t slot, Instant expires_at) {
  TrustWorld& world = TrustWorld::Get();
  Party& party = PartyOf(by);
  const CredentialTerms terms{.issuer = party.issuer,
                              .holder = world.holder.public_key().point(),
                              .status = {.uri = party.list_uri(), .index = slot},
                              .issued_at = kNow - kDay,
                              .expires_at = expires_at};
  PreparedCredential prepared = OrStop(PreparedCredential::Prepare(record, terms, world.random));
  SignedCredential signed_one =
      OrStop(IssueCredential(std::move(prepared), Thumbprint(party.issue_key.public_key().point()), party.issue_key));
  return OrStop(std::move(signed_one).Release(party.issue_key.public_key()));
}

// Signed once for each content: signing is what takes the time.
const Credential& Signed(const Record& record, By by, std::uint32_t slot, Instant expires_at) {
  static std::map<std::string, Credential> known;
  std::string content = std::string(record.kind().word) + (by == By::kTrust ? " trust " : " council ") +
                        std::to_string(slot) + " " + std::to_string(expires_at.seconds);
  for (const Fact& fact : record.facts()) content += "\n" + std::string(fact.rule->name) + "=" + fact.value;
  const auto found = known.find(content);
  if (found != known.end()) return found->second;
  return known.emplace(content, SignNow(record, by, slot, expires_at)).first->second;
}

bool IsKeptBack(const Shown& shown, std::string_view fact) {
  return std::find(shown.keep_back.begin(), shown.keep_back.end(), fact) != shown.keep_back.end();
}

}  // namespace

VerifiedPresentation Verified(const std::vector<Shown>& shown, std::vector<CredentialId>* ids, RegistryAge age) {
  StatusEntries of_trust;
  StatusEntries of_council;
  Presentation presentation;
  for (std::uint32_t slot = 0; slot < shown.size(); ++slot) {
    const Shown& each = shown[slot];
    const Record record = MakeRecord(each.kind, each.changes);
    if (each.status != 0) (each.by == By::kTrust ? of_trust : of_council)[slot] = each.status;
    const Credential& credential = Signed(record, each.by, slot, each.expires_at);
    const HeldCredential held =
        OrStop(HeldCredential::Read(credential.text(), *RegistryOf(RegistryAge::kFresh), kNow, kMinute));
    std::vector<std::string> facts;
    for (const Fact& fact : record.facts()) {
      if (!IsKeptBack(each, fact.rule->name)) facts.emplace_back(fact.rule->name);
    }
    presentation.credentials.push_back(OrStop(held.Present(
        facts, {.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}}, TrustWorld::Get().holder)));
    if (ids != nullptr) ids->push_back(credential.id());
  }
  const Expectation expected{.audience = kAudience, .nonce = kNonce, .proof_age_max = {300}, .leeway = {60}};
  return OrStop(VerifyPresentation(presentation, expected, *SnapshotOf(of_trust, of_council, age), kNow));
}

std::string Roster::Sign(const Shown& shown) {
  const std::uint32_t slot = next_slot_++;
  if (shown.status != 0) (shown.by == By::kTrust ? of_trust_ : of_council_)[slot] = shown.status;
  snapshot_ = nullptr;
  const Credential credential = SignNow(MakeRecord(shown.kind, shown.changes), shown.by, slot, shown.expires_at);
  json::Tree tree;
  const std::vector<HeldDisclosure> disclosures = OrStop(ListDisclosures(credential.text(), kSdJwtLimits, tree));
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < disclosures.size(); ++i) {
    if (!IsKeptBack(shown, disclosures[i].path.substr(1))) chosen.push_back(i);
  }
  return OrStop(PresentSdJwt(credential.text(), disclosures, chosen));
}

Result<HeldRecords> Roster::TryPassport(const std::vector<std::string>& texts, Instant at) {
  if (snapshot_ == nullptr) snapshot_ = SnapshotOf(of_trust_, of_council_);
  return VerifyHeld(texts, *snapshot_, kMinute, at);
}

HeldRecords Roster::Passport(const std::vector<std::string>& texts, Instant at) {
  return OrStop(TryPassport(texts, at));
}

const Taxonomies& TestTaxonomies() {
  static const Taxonomies taxonomies = [] {
    std::vector<Taxonomy> versions;
    for (const std::string& text : TestCourses()) versions.push_back(OrStop(Taxonomy::Parse(text)));
    return OrStop(Taxonomies::Make(std::move(versions)));
  }();
  return taxonomies;
}

RoleProfile ProfileOf(std::string_view requirements, int expiring_within_days) {
  return OrStop(RoleProfile::Parse(
      R"({"id":"test","version":1,"title":"Test","effective_from":"2020-01-01","expiring_within_days":)" +
      std::to_string(expiring_within_days) + R"(,"requirements":[)" + std::string(requirements) + "]}"));
}

std::string ProfileText(std::string_view any_of, int expiring_within_days) {
  return R"({"id":"test","version":1,"title":"Test","effective_from":"2020-01-01","expiring_within_days":)" +
         std::to_string(expiring_within_days) + R"(,"requirements":[{"id":"it","needs":"it","any_of":[)" +
         std::string(any_of) + "]}]}";
}

RoleProfile Profile(std::string_view any_of, int expiring_within_days) {
  return OrStop(RoleProfile::Parse(ProfileText(any_of, expiring_within_days)));
}

CivilDay DayOf(std::string_view text) { return OrStop(CivilDay::Parse(text)); }

Instant Utc(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + length, value);
    return value;
  };
  const std::chrono::sys_days day = std::chrono::year(number(0, 4)) /
                                    std::chrono::month(static_cast<unsigned>(number(5, 2))) /
                                    std::chrono::day(static_cast<unsigned>(number(8, 2)));
  return {std::int64_t{day.time_since_epoch().count()} * 86'400 + number(11, 2) * 3600 + number(14, 2) * 60};
}

OrganisationId Council() { return TrustWorld::Get().council.id; }
OrganisationId Trust() { return TrustWorld::Get().trust.id; }

Duty OnDay(std::string_view day) { return Duty::OnDay(Council(), DayOf(day)); }

Duty DutyOf(Duty::Terms terms) { return OrStop(Duty::Make(std::move(terms))); }

Duty Shift(std::string_view starts_at, std::string_view ends_at, Engagement engagement) {
  return DutyOf({.receiver = Council(),
                 .place = Council(),
                 .engagement = engagement,
                 .starts_at = Utc(starts_at),
                 .ends_at = Utc(ends_at)});
}

}  // namespace passport
