#include "passport-service/acts/person_vault.h"

#include <algorithm>
#include <array>

#include "credential/encoding/base64url.h"
#include "keys/sealing.h"
#include "passport-service/acts/request_answers.h"

namespace passport {
namespace {

constexpr char kSealedByVault = 2;  // what the key store seals begins with 1
constexpr std::size_t kKeyIdBytes = 8;
constexpr std::size_t kHeadBytes = 1 + kKeyIdBytes;

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
std::string TextOf(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

std::string Parts(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) {
    all += std::to_string(part.size());
    all += ':';
    all += part;
  }
  return all;
}

std::string WrapContext(const DataOwner& of, std::string_view id) {
  return Parts({"data key", of.keeper, of.subject, id});
}
std::string SealContext(std::string_view head, const DataOwner& of, std::string_view context) {
  return std::string(head) + Parts({of.keeper, of.subject, context});
}
std::string KeeperContext(const std::string& keeper) { return Parts({"keeper key", keeper}); }
std::string NameOf(const DataOwner& of) { return Parts({of.keeper, of.subject}); }

Fault DamagedSeal() { return {Reason::kStoreUnavailable, "", "something sealed in the store was altered"}; }

}  // namespace

namespace owner {

DataOwner Holder(const PersonId& person) { return {"service", "person " + person.text()}; }
DataOwner Rebinding(const PersonId& person) { return {"service", "rebinding " + person.text()}; }
DataOwner Person(const OrganisationId& keeper, const PersonId& person) {
  return {keeper.text(), "person " + person.text()};
}
DataOwner Employee(const OrganisationId& keeper, const Digest& number) {
  return {keeper.text(), "employee " + EncodeBase64Url(number)};
}
DataOwner Credential(const OrganisationId& keeper, const CredentialId& credential) {
  return {keeper.text(), "credential " + credential.text()};
}
DataOwner Share(const OrganisationId& keeper, const ShareId& share) { return {keeper.text(), "share " + share.text()}; }
DataOwner Subject(const OrganisationId& keeper, std::string_view thumbprint) {
  return {keeper.text(), "subject " + std::string(thumbprint)};
}
DataOwner Invitation(const OrganisationId& keeper, std::string_view invitation) {
  return {keeper.text(), "invitation " + std::string(invitation)};
}
DataOwner Import(const OrganisationId& keeper, const RequestId& import) {
  return {keeper.text(), "import " + import.text()};
}

}  // namespace owner

Result<PersonVault::SharedKey> PersonVault::KeeperKey(const std::string& keeper) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = keeper_keys_.find(keeper); at != keeper_keys_.end()) return at->second;
  }
  TRY_ASSIGN(const std::optional<KeeperKeyRow> row, store_.FindKeeperKey(keeper));
  if (!row) return MakeKeeperKey(keeper);
  TRY_ASSIGN(Secret opened, keys_.Unseal(BytesOf(row->sealed), BytesOf(KeeperContext(keeper))));
  auto key = std::make_shared<const OpenKey>(OpenKey{.id = {}, .key = std::move(opened)});
  const std::lock_guard lock(mutex_);
  return keeper_keys_.emplace(keeper, std::move(key)).first->second;
}

Result<PersonVault::SharedKey> PersonVault::MakeKeeperKey(const std::string& keeper) {
  Secret key(kSealKeyBytes);
  random_.Fill(key.bytes());
  TRY_ASSIGN(const std::vector<std::uint8_t> sealed, keys_.Seal(key.bytes(), BytesOf(KeeperContext(keeper))));
  const Result<void> kept = ApplyNow(store_, {AddKeeperKey{{keeper, TextOf(sealed)}}});
  // Another call was first, and its key counts; or nobody knows whether this one was kept.
  TRY_ASSIGN(const std::optional<KeeperKeyRow> row, store_.FindKeeperKey(keeper));
  if (!row)
    return kept.ok() ? Fault{Reason::kStoreUnavailable, "", "a key that was written is not there"} : kept.fault();
  return KeeperKey(keeper);
}

Result<PersonVault::SharedKey> PersonVault::FindKey(const DataOwner& of) {
  const std::string name = NameOf(of);
  std::uint64_t generation = 0;
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = by_owner_.find(name); at != by_owner_.end()) {
      newest_.splice(newest_.begin(), newest_, at->second);
      return at->second->second;
    }
    generation = generation_;
  }
  TRY_ASSIGN(const std::optional<DataKeyRow> row, store_.FindDataKey(of));
  if (!row) return SharedKey();
  TRY_ASSIGN(const SharedKey keeper, KeeperKey(of.keeper));
  Result<Secret> opened = UnsealBytes(keeper->key, BytesOf(row->wrapped), BytesOf(WrapContext(of, row->id)));
  if (!opened.ok()) return DamagedSeal();
  auto key = std::make_shared<const OpenKey>(OpenKey{.id = row->id, .key = std::move(opened).value()});
  Remember(of, key, generation);
  return SharedKey(key);
}

void PersonVault::Remember(const DataOwner& of, SharedKey key, std::uint64_t generation) {
  std::string name = NameOf(of);
  const std::lock_guard lock(mutex_);
  if (generation != generation_ || by_owner_.contains(name)) return;
  newest_.emplace_front(name, std::move(key));
  by_owner_.emplace(std::move(name), newest_.begin());
  if (newest_.size() <= cached_max_) return;
  by_owner_.erase(newest_.back().first);
  newest_.pop_back();
}

void PersonVault::Forget(std::span<const DataOwner> owners) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  for (const DataOwner& each : owners) {
    const auto at = by_owner_.find(NameOf(each));
    if (at == by_owner_.end()) continue;
    newest_.erase(at->second);
    by_owner_.erase(at);
  }
}

std::size_t PersonVault::cached() const {
  const std::lock_guard lock(mutex_);
  return newest_.size();
}

Result<std::pair<DataKeyRow, PersonVault::SharedKey>> PersonVault::NewKey(const DataOwner& of) {
  TRY_ASSIGN(const SharedKey keeper, KeeperKey(of.keeper));
  std::array<std::uint8_t, kKeyIdBytes> id{};
  random_.Fill(id);
  OpenKey made{.id = TextOf(id), .key = Secret(kSealKeyBytes)};
  random_.Fill(made.key.bytes());
  TRY_ASSIGN(const std::vector<std::uint8_t> wrapped,
             SealBytes(keeper->key, made.key.bytes(), BytesOf(WrapContext(of, made.id)), random_));
  DataKeyRow row{.owner = of, .id = made.id, .wrapped = TextOf(wrapped)};
  return std::pair(std::move(row), SharedKey(std::make_shared<const OpenKey>(std::move(made))));
}

Result<void> PersonVault::Ensure(std::span<const DataOwner> owners) {
  const auto missing = [&]() -> Result<Changes> {
    Changes changes;
    std::map<DataOwner, bool> seen;
    for (const DataOwner& each : owners) {
      if (!seen.emplace(each, true).second) continue;
      TRY_ASSIGN(const SharedKey there, FindKey(each));
      if (there) continue;
      TRY_ASSIGN(auto made, NewKey(each));
      changes.emplace_back(AddDataKey{std::move(made.first)});
    }
    return changes;
  };
  constexpr int kTriesMax = 8;
  for (int tries = 1;; ++tries) {
    TRY_ASSIGN(const Changes changes, missing());
    if (changes.empty()) return {};
    const Result<void> kept = ApplyNow(store_, changes);
    if (kept.ok()) return {};
    // Another call made one of them meanwhile, or nobody knows whether these were kept: look again.
    const Reason reason = kept.fault().reason;
    const bool look_again = reason == Reason::kAlreadyExists || reason == Reason::kOutcomeUnknown;
    if (!look_again || tries == kTriesMax) return kept.fault();
  }
}

Result<PersonVault::SharedKey> PersonVault::KeyFor(const DataOwner& of) {
  TRY_ASSIGN(SharedKey key, FindKey(of));
  if (key) return key;
  TRY(Ensure(std::span(&of, 1)));
  TRY_ASSIGN(key, FindKey(of));
  if (!key) return Fault{Reason::kStateConflict, "", "the data was erased at the same time"};
  return key;
}

Result<std::string> PersonVault::SealUnder(const OpenKey& key, const DataOwner& of, std::string_view context,
                                           std::string_view text) {
  const std::string head = kSealedByVault + key.id;
  TRY_ASSIGN(const std::vector<std::uint8_t> sealed,
             SealBytes(key.key, BytesOf(text), BytesOf(SealContext(head, of, context)), random_));
  return head + TextOf(sealed);
}

Result<std::string> PersonVault::Seal(const DataOwner& of, std::string_view context, std::string_view text) {
  TRY_ASSIGN(const SharedKey key, KeyFor(of));
  return SealUnder(*key, of, context, text);
}

Result<PersonVault::Fresh> PersonVault::SealFresh(const DataOwner& of, std::string_view context,
                                                  std::string_view text) {
  TRY_ASSIGN(auto made, NewKey(of));
  TRY_ASSIGN(std::string sealed, SealUnder(*made.second, of, context, text));
  return Fresh{.key = {std::move(made.first)}, .sealed = std::move(sealed)};
}

Result<std::optional<std::string>> PersonVault::Open(const DataOwner& of, std::string_view context,
                                                     std::string_view sealed) {
  if (sealed.empty()) return std::optional<std::string>();
  if (sealed.size() < kHeadBytes || sealed.front() != kSealedByVault) return DamagedSeal();
  TRY_ASSIGN(const SharedKey key, FindKey(of));
  const std::string_view head = sealed.substr(0, kHeadBytes);
  if (!key || key->id != head.substr(1)) return std::optional<std::string>();
  const Result<Secret> opened =
      UnsealBytes(key->key, BytesOf(sealed.substr(kHeadBytes)), BytesOf(SealContext(head, of, context)));
  if (!opened.ok()) return DamagedSeal();
  return std::optional(TextOf(opened->bytes()));
}

Result<bool> PersonVault::Keeps(const DataOwner& of, std::string_view sealed) {
  if (sealed.size() < kHeadBytes) return false;
  TRY_ASSIGN(const SharedKey key, FindKey(of));
  return key && key->id == sealed.substr(1, kKeyIdBytes);
}

bool IsSealedUnder(const DataKeyRow& key, std::string_view sealed) {
  return sealed.size() >= kHeadBytes && sealed.substr(1, kKeyIdBytes) == key.id;
}

Result<std::optional<Digest>> PersonVault::DigestUnder(const DataOwner& of, std::string_view context,
                                                       std::string_view value) {
  TRY_ASSIGN(const SharedKey key, FindKey(of));
  if (!key) return std::optional<Digest>();
  // A key for digests of its own, so that one key has one use.
  TRY_ASSIGN(const Digest derived, HmacSha256(key->key, BytesOf("digests of staff passport data")));
  const Secret digesting(derived);
  TRY_ASSIGN(const Digest digest, HmacSha256(digesting, BytesOf(Parts({context, value}))));
  return std::optional(digest);
}

Result<Digest> EmployeeNumberDigest(const PersonVault& vault, const OrganisationId& organisation,
                                    std::string_view employee_number) {
  return vault.IndexDigest("employee number", organisation.text() + " " + std::string(employee_number));
}

Result<std::optional<EmploymentRow>> FindEmployee(Store& store, const PersonVault& vault,
                                                  const OrganisationId& organisation,
                                                  std::string_view employee_number) {
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault, organisation, employee_number));
  return store.FindEmployment(organisation, number);
}

Result<AddEmployment> EmploymentOf(PersonVault& vault, const OrganisationId& organisation,
                                   std::string_view employee_number, const PersonId& person) {
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault, organisation, employee_number));
  TRY_ASSIGN(std::string sealed, vault.Seal(owner::Employee(organisation, number), "employee number", employee_number));
  return AddEmployment{{organisation, number, person, std::move(sealed)}};
}

}  // namespace passport
