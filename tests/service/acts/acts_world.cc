#include "tests/service/acts/acts_world.h"

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "keys/signing_certificates.h"
#include "passport-service/acts/decoys.h"
#include "passport-service/acts/install_authority.h"

namespace passport {
namespace {

template <class T>
T OrStop(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "acts world: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}
void OrStop(const Result<void>& result) {
  if (result.ok()) return;
  std::fprintf(stderr, "acts world: %s\n", result.fault().detail.c_str());
  std::abort();
}

std::filesystem::path NewFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "acts-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  return name;
}

Secret Words() {
  constexpr std::string_view kWords = "correct horse battery staple";
  return Secret(std::span(reinterpret_cast<const std::uint8_t*>(kWords.data()), kWords.size()));
}

constexpr PublishTerms kTerms{.registry_lifetime = {86400},
                              .status_lifetime = {3600},
                              .status_ttl = {300},
                              .freshness = {.status_age_max = {900}, .registry_grace = {3600}}};

}  // namespace

ActsWorld::ActsWorld(Ceremony ceremony, Instant start, MemoryStore::FailureHook mirror)
    : folder(NewFolder()),
      clock(start),
      root(OrStop(PrivateKey::Generate())),
      root_pem(OrStop(MakeRegionRoot("Example root", clock.now, kRegionRootDaysMax, root))) {
  store.OnApply(std::move(mirror));
  OrStop(FileKeyStore::Create(folder / "keys", Words(), kLeastCost, chance));
  keys = std::make_unique<FileKeyStore>(OrStop(FileKeyStore::Open(folder / "keys", Words(), kLeastCost, chance)));
  OrStop(keys->Generate(KeyOwner::Service(), KeyRole::kRegistry, KeyState::kActive, clock.now));
  OrStop(keys->Generate(KeyOwner::Service(), KeyRole::kSeal, KeyState::kActive, clock.now));
  OrStop(keys->Generate(KeyOwner::Service(), KeyRole::kIndex, KeyState::kActive, clock.now));
  OrStop(keys->Generate(KeyOwner::Service(), KeyRole::kReceipt, KeyState::kActive, clock.now));
  vault = std::make_unique<PersonVault>(store, *keys, random);
  effects = std::make_unique<RegistryEffects>(store, *keys, random, PublishedBase{"https://passport.example"});
  issuing = std::make_unique<IssueCredentials>(
      store, *keys, *vault, random, clock, Seconds{3 * 365 * 86400},
      [this](const Record& record, const CivilDay& day) { return CheckWords(trust_in_force, record, day); });
  publishing = std::make_unique<Publish>(store, *keys, files, trust_in_force, clock, chance, kTerms);
  if (ceremony == Ceremony::kHeld) HoldCeremony();
  EnrolOrganisation enrol = EnrolOrganisations();
  OrStop(enrol.EnrolRegistrar(registrar.organisation, "Example Integrated Care Board"));
  const std::vector<std::string> kinds = {"mandatory_training", "employment", "identity_check"};
  OrStop(enrol({registrar, Request("enrol-trust"), trust.organisation, "Example Trust", "nhs_trust", kinds}));
  OrStop(enrol({registrar, Request("enrol-council"), council.organisation, "Example Council", "council", kinds}));
}

std::string ActsWorld::SignAuthority(const PublicKey& key) {
  const AuthorityTerms terms{.name = "Example authority", .now = clock.now, .days = kIssuingAuthorityDaysMax};
  return OrStop(SignIssuingAuthority(terms, key, root_pem, root));
}

void ActsWorld::HoldCeremony() {
  InstallAuthority install(store, *keys, clock);
  const std::shared_ptr<Signer> key = OrStop(install.KeyToCertify(false));
  OrStop(install(SignAuthority(key->public_key()), root_pem));
}

ActsWorld::~ActsWorld() { std::filesystem::remove_all(folder); }

std::string ActsWorld::Enrol(std::string_view employee_number) {
  EnrolPerson enrol = EnrolPeople();
  return *OrStop(enrol({trust, Request("enrol-" + std::to_string(++requests)), std::string(employee_number), {}}))
              .passport_code;
}

CredentialId ActsWorld::IssueTraining(std::string_view employee_number, const std::vector<Record::Field>& changes) {
  const IssueCredentials::Order order = TrainingOrder("issue-" + std::to_string(++requests), employee_number, changes);
  return OrStop(std::move(OrStop(Issuing()(trust, std::span(&order, 1))).front())).credential;
}

int ActsWorld::EntryOf(const Slot& slot) {
  for (const Statuses::Entry& entry : OrStop(store.StatusEntries(slot.organisation, slot.list))) {
    if (entry.index == slot.index) return entry.value;
  }
  return 0;
}

std::size_t ActsWorld::EntriesOfPeople(const OrganisationId& organisation) {
  std::size_t count = 0;
  for (const StatusListRow& list : OrStop(store.StatusListsOf(organisation))) {
    const SlotPermutation permutation = PermutationOf(list);
    for (const Statuses::Entry& entry : OrStop(store.StatusEntries(organisation, list.number)))
      count += IsDecoy(list, permutation, entry.index) ? 0U : 1U;
  }
  return count;
}

void ActsWorld::PublishNow() { OrStop(Publishing()()); }

void ActsWorld::PutTaxonomies() {
  for (const char* const name : {"training", "regulators", "workforce"}) {
    std::ifstream file(std::string("rules/taxonomies/") + name + ".json");
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    OrStop(PuttingRules()({registrar, Request(std::string("put-") + name), RuleKind::kTaxonomy, text}));
  }
}

std::string ActsWorld::Put(const Caller& by, RuleKind kind, const std::string& text) {
  return WordsOf(PuttingRules()({by, Request("put-" + std::to_string(++requests)), kind, text}));
}

std::string ActsWorld::Withdraw(const Caller& by, RuleKind kind, const std::string& id, int version) {
  return WordsOf(PuttingRules().Withdraw({by, Request("withdraw-" + std::to_string(++requests)), kind, id, version}));
}

std::string ActsWorld::AskFor(const Caller& receiver) {
  return OrStop(AskForPresentation(store, random, clock)(receiver)).nonce;
}

Result<Presentation> ActsWorld::PresentTo(const std::string& nonce, const std::string& code,
                                          std::vector<Showable> show) {
  return PresentTo(council, nonce, code, std::move(show));
}

Result<Presentation> ActsWorld::PresentTo(const Caller& receiver, const std::string& nonce, const std::string& code,
                                          std::vector<Showable> show) {
  return Presenting()({.by = trust,
                       .passport_code = code,
                       .audience = receiver.organisation.text(),
                       .nonce = nonce,
                       .purpose = "community_shift",
                       .show = std::move(show),
                       .profile = {},
                       .day = {}});
}

std::string ActsWorld::House() {
  const HouseReport report = OrStop(CheckHouse(store));
  std::string all;
  for (const std::string& violation : report.violations) all += violation + "\n";
  return all.empty() ? "clean" : all;
}

std::size_t ActsWorld::CredentialsOf(const Caller& caller) {
  return OrStop(store.CredentialsOf(caller.organisation, "", 1000)).rows.size();
}

std::size_t ActsWorld::Audited(std::string_view action, std::string_view outcome, std::optional<std::string_view> why) {
  const Page<AuditRow> page = OrStop(store.AuditRows(0, 1000));
  return static_cast<std::size_t>(std::count_if(page.rows.begin(), page.rows.end(), [&](const AuditRow& row) {
    const AuditEntry& entry = row.entry;
    return entry.action == action && entry.outcome == outcome && (!why || entry.why == *why);
  }));
}

std::string ActsWorld::AllAudited() {
  std::string all;
  for (const AuditRow& row : OrStop(store.AuditRows(0, 100'000)).rows) {
    const AuditEntry& entry = row.entry;
    for (const std::string* text :
         {&entry.actor, &entry.system, &entry.action, &entry.object, &entry.why, &entry.request, &entry.outcome})
      all += *text + " ";
  }
  for (const EventRow& row : OrStop(store.EventRows(0, 100'000)).rows) all += row.entry.type + " " + row.entry.object;
  return all;
}

std::string MoverProfile(int version, std::string_view effective_from, int months) {
  return R"({"id":"mover","version":)" + std::to_string(version) + R"(,"title":"Mover","effective_from":")" +
         std::string(effective_from) + R"(","expiring_within_days":30,"requirements":[{"id":"moving",
    "needs":"moving and handling level 2","any_of":[{"training":"moving_and_handling","level":2,"within_months":)" +
         std::to_string(months) + "}]}]}";
}

CheckPresentation::Question Asked(const Caller& by, const std::string& nonce, const std::string& presentation,
                                  std::optional<std::string> profile) {
  return {.by = by,
          .nonce = nonce,
          .presentation = presentation,
          .profile = std::move(profile),
          .shift = {},
          .purpose = "",
          .agreement = ""};
}

RequestId Request(std::string_view text) { return OrStop(RequestId::Parse(text)); }

IssueCredentials::Order TrainingOrder(std::string_view request, std::string_view employee_number,
                                      const std::vector<Record::Field>& changes) {
  IssueCredentials::Order order{.request = Request(request),
                                .employee_number = std::string(employee_number),
                                .kind = "mandatory_training",
                                .fields = {{"subject", "moving_and_handling"},
                                           {"level", "2"},
                                           {"provider", "Example College"},
                                           {"achieved_on", "2026-03-01"},
                                           {"assurance", "employer_verified"},
                                           {"method", "learning_record"},
                                           {"checker_role", "workforce_information"},
                                           {"checked_on", "2026-03-01"}}};
  for (const Record::Field& change : changes) {
    const auto found = std::find_if(order.fields.begin(), order.fields.end(),
                                    [&](const Record::Field& field) { return field.first == change.first; });
    if (found == order.fields.end()) {
      order.fields.push_back(change);
    } else {
      found->second = change.second;
    }
  }
  return order;
}

}  // namespace passport
