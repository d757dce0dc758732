#include "keys/folder_key_store.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <tuple>
#include <utility>

#include "credential/encoding/base64url.h"
#include "keys/key_file.h"
#include "keys/private_key.h"
#include "keys/sealing.h"

namespace passport {
namespace {

constexpr std::string_view kKeyEnding = ".key";

// What is sealed for others: what it is, the key's name, then the seal over the plaintext. A holder's key never opens
// as data, so that nobody who may unseal data gets one.
constexpr std::uint8_t kSealedData = 1;
constexpr std::uint8_t kSealedHolderKey = 2;
constexpr std::size_t kSealedHeaderBytes = 1 + 32;

using Keys = std::map<std::string, KeyEntry, std::less<>>;

Fault WithName(Fault fault, std::string_view name) {
  fault.detail = std::string(name) + ": " + fault.detail;
  return fault;
}

Fault NotSealedHere() { return {Reason::kKeyStore, "", "not something this store sealed"}; }

// Header and context are authenticated together; the header has one length, so the border between them is certain.
std::vector<std::uint8_t> SealedAad(std::span<const std::uint8_t> header, std::span<const std::uint8_t> context) {
  std::vector<std::uint8_t> aad(header.begin(), header.end());
  aad.insert(aad.end(), context.begin(), context.end());
  return aad;
}

const KeyEntry* ActiveKey(const Keys& keys, const KeyOwner& owner, KeyRole role) {
  const KeyEntry* newest = nullptr;
  for (const auto& [kid, entry] : keys) {
    if (entry.info.state != KeyState::kActive || entry.info.role != role || entry.info.owner != owner) continue;
    const bool newer = newest == nullptr || entry.info.activated_at > newest->info.activated_at;
    if (newer) newest = &entry;
  }
  return newest;
}

void NoteTime(KeyInfo& info, Instant now) {
  switch (info.state) {
    case KeyState::kStaged:
      return;
    case KeyState::kActive:
      info.activated_at = now;
      return;
    case KeyState::kRetired:
      info.retired_at = now;
      return;
    case KeyState::kCompromised:
      info.compromised_at = now;
      return;
  }
}

}  // namespace

struct FolderKeyStore::Held {
  PrivateFolder folder;
  std::unique_ptr<KeyVault> vault;
  std::mutex writing = {};        // one writer or reader of the folder at a time
  std::shared_mutex memory = {};  // over `keys`; taken after `writing`, and never held over the disk
  Keys keys = {};

  Result<Keys> ReadFolder() const;
  Result<void> CheckNotOlder(const Keys& read) const;
  Result<void> TakeOver(Keys read);
  Result<void> Refresh();
  Result<void> Write(const PrivateFolder::WriteLock& lock, KeyEntry entry);
};

// Only called with `writing` held, so `keys` does not change meanwhile. Files that are as before are not opened again.
Result<Keys> FolderKeyStore::Held::ReadFolder() const {
  TRY_ASSIGN(const std::vector<std::string> names, folder.Names());
  Keys read;
  for (const std::string& name : names) {
    if (!name.ends_with(kKeyEnding)) continue;
    if (read.size() == kKeysMax) return Fault{Reason::kKeyStore, "", "there are more than 10000 keys"};
    TRY_ASSIGN(const std::string text, folder.Read(name, kKeyFileBytesMax));
    std::string kid = name.substr(0, name.size() - kKeyEnding.size());
    const auto known = keys.find(kid);
    if (known != keys.end() && known->second.file_text == text) {
      read.emplace(std::move(kid), known->second);
      continue;
    }
    Result<KeyEntry> entry = vault->OpenKeyFile(name, text);
    if (!entry.ok()) return WithName(entry.fault(), name);
    read.emplace(std::move(kid), std::move(entry).value());
  }
  return read;
}

// States only go forward: a key that is gone or younger than we know it was put back from a copy.
Result<void> FolderKeyStore::Held::CheckNotOlder(const Keys& read) const {
  for (const auto& [kid, entry] : keys) {
    const auto now = read.find(kid);
    if (now == read.end()) return Fault{Reason::kKeyStore, "", KeyFileName(kid) + " is gone"};
    const KeyState to = now->second.info.state;
    if (to < entry.info.state) {
      return Fault{Reason::kKeyStore, "", KeyFileName(kid) + " was put back to an older version"};
    }
  }
  return {};
}

Result<void> FolderKeyStore::Held::TakeOver(Keys read) {
  TRY(CheckNotOlder(read));
  for (auto& [kid, entry] : read) {
    const auto known = keys.find(kid);
    if (known != keys.end()) entry.key = known->second.key;  // signers in use hold this one
  }
  const std::unique_lock lock(memory);
  for (auto& [kid, entry] : read) entry.key->state.store(entry.info.state);
  keys = std::move(read);
  return {};
}

Result<void> FolderKeyStore::Held::Refresh() {
  TRY_ASSIGN(Keys read, ReadFolder());
  return TakeOver(std::move(read));
}

Result<void> FolderKeyStore::Held::Write(const PrivateFolder::WriteLock& lock, KeyEntry entry) {
  TRY_ASSIGN(entry.file_text, vault->WriteKeyFile(entry.info, *entry.key));
  TRY(folder.Replace(lock, KeyFileName(entry.info.kid), entry.file_text));
  const std::unique_lock change(memory);
  entry.key->state.store(entry.info.state);
  std::string kid = entry.info.kid;
  keys.insert_or_assign(std::move(kid), std::move(entry));
  return {};
}

Result<FolderKeyStore> FolderKeyStore::OpenIn(PrivateFolder folder, std::unique_ptr<KeyVault> vault) {
  std::unique_ptr<Held> held(new Held{std::move(folder), std::move(vault)});
  TRY(held->Refresh());
  return FolderKeyStore(std::move(held));
}

FolderKeyStore::FolderKeyStore(std::unique_ptr<Held> held) : held_(std::move(held)) {}
FolderKeyStore::FolderKeyStore(FolderKeyStore&&) noexcept = default;
FolderKeyStore& FolderKeyStore::operator=(FolderKeyStore&&) noexcept = default;
FolderKeyStore::~FolderKeyStore() = default;

Result<std::string> FolderKeyStore::Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) {
  if (initial != KeyState::kStaged && initial != KeyState::kActive) {
    return Fault{Reason::kKeyState, "", "a new key is staged or active"};
  }
  const std::lock_guard writing(held_->writing);
  TRY_ASSIGN(const PrivateFolder::WriteLock lock, held_->folder.LockForWriting());
  TRY(held_->Refresh());
  if (initial == KeyState::kActive && ActiveKey(held_->keys, owner, role) != nullptr) {
    return Fault{Reason::kKeyState, "", "there is an active key for this role; make a staged one and activate it"};
  }
  if (held_->keys.size() == kKeysMax) return Fault{Reason::kLimit, "", "a key store holds 10000 keys at most"};
  TRY_ASSIGN(const KeyEntry entry, held_->vault->Make(owner, role, initial, now));
  const Result<void> written = held_->Write(lock, entry);
  if (!written.ok()) {
    if (written.fault().reason != Reason::kOutcomeUnknown) held_->vault->Discard(entry);
    return written.fault();
  }
  return entry.info.kid;
}

Result<void> FolderKeyStore::ChangeState(std::string_view kid, KeyState to, Instant at) {
  const std::lock_guard writing(held_->writing);
  TRY_ASSIGN(const PrivateFolder::WriteLock lock, held_->folder.LockForWriting());
  TRY(held_->Refresh());
  const auto found = held_->keys.find(kid);
  if (found == held_->keys.end()) return Fault{Reason::kNotFound, "", "there is no key of that id"};
  KeyEntry entry = found->second;
  TRY_ASSIGN(entry.info.state, Move(entry.info.state, to));
  NoteTime(entry.info, at);
  return held_->Write(lock, std::move(entry));
}

Result<void> FolderKeyStore::NotePublished(std::string_view kid, Instant at) {
  const std::lock_guard writing(held_->writing);
  TRY_ASSIGN(const PrivateFolder::WriteLock lock, held_->folder.LockForWriting());
  TRY(held_->Refresh());
  const auto found = held_->keys.find(kid);
  if (found == held_->keys.end()) return Fault{Reason::kNotFound, "", "there is no key of that id"};
  if (IsSecretRole(found->second.info.role)) return Fault{Reason::kKeyState, "", "a secret key is never published"};
  if (found->second.info.published_at) return {};
  KeyEntry entry = found->second;
  entry.info.published_at = at;
  return held_->Write(lock, std::move(entry));
}

Result<void> FolderKeyStore::Reload() {
  const std::lock_guard writing(held_->writing);
  return held_->Refresh();
}

std::vector<KeyInfo> FolderKeyStore::List() const {
  std::vector<KeyInfo> list;
  {
    const std::shared_lock lock(held_->memory);
    for (const auto& [kid, entry] : held_->keys) list.push_back(entry.info);
  }
  const auto place = [](const KeyInfo& info) { return std::tie(info.owner, info.role, info.created_at, info.kid); };
  std::sort(list.begin(), list.end(), [&](const KeyInfo& a, const KeyInfo& b) { return place(a) < place(b); });
  return list;
}

Result<std::shared_ptr<Signer>> FolderKeyStore::SignerFor(const KeyOwner& owner, KeyRole role) const {
  if (IsSecretRole(role)) return Fault{Reason::kKeyState, "", "a secret key does not sign"};
  const std::shared_lock lock(held_->memory);
  const KeyEntry* const active = ActiveKey(held_->keys, owner, role);
  if (active == nullptr) {
    return Fault{Reason::kKeyState, "", "there is no active key for the role " + std::string(WordOf(role))};
  }
  return MakeSigner(active->key);
}

Result<std::vector<std::uint8_t>> FolderKeyStore::SealAs(std::uint8_t version, std::span<const std::uint8_t> plaintext,
                                                         std::span<const std::uint8_t> context) const {
  if (plaintext.size() > kSealedTextMax) return Fault{Reason::kLimit, "", "more than 1 MiB can not be sealed at once"};
  std::shared_ptr<HeldKey> key;
  std::vector<std::uint8_t> sealed(kSealedHeaderBytes);
  sealed[0] = version;
  {
    const std::shared_lock lock(held_->memory);
    const KeyEntry* const active = ActiveKey(held_->keys, KeyOwner::Service(), KeyRole::kSeal);
    if (active == nullptr) return Fault{Reason::kKeyState, "", "there is no active sealing key"};
    key = active->key;
    TRY(DecodeBase64UrlInto(active->info.kid, std::span(sealed).subspan(1)));
  }
  TRY_ASSIGN(const auto body, key->Seal(plaintext, SealedAad(sealed, context)));
  sealed.insert(sealed.end(), body.begin(), body.end());
  return sealed;
}

Result<Secret> FolderKeyStore::UnsealAny(std::span<const std::uint8_t> sealed,
                                         std::span<const std::uint8_t> context) const {
  if (sealed.size() < kSealedHeaderBytes + kSealOverheadBytes) return NotSealedHere();
  const std::span<const std::uint8_t> header = sealed.first(kSealedHeaderBytes);
  std::shared_ptr<HeldKey> key;
  {
    const std::shared_lock lock(held_->memory);
    const auto found = held_->keys.find(EncodeBase64Url(header.subspan(1)));
    if (found == held_->keys.end() || found->second.info.role != KeyRole::kSeal) {
      return Fault{Reason::kKeyStore, "", "the key it was sealed with is not here"};
    }
    if (found->second.info.state == KeyState::kCompromised) {
      return Fault{Reason::kKeyState, "", "the key it was sealed with is compromised"};
    }
    key = found->second.key;
  }
  return key->Unseal(sealed.subspan(kSealedHeaderBytes), SealedAad(header, context));
}

Result<std::vector<std::uint8_t>> FolderKeyStore::Seal(std::span<const std::uint8_t> plaintext,
                                                       std::span<const std::uint8_t> context) const {
  return SealAs(kSealedData, plaintext, context);
}

Result<Secret> FolderKeyStore::Unseal(std::span<const std::uint8_t> sealed,
                                      std::span<const std::uint8_t> context) const {
  if (sealed.empty() || sealed[0] != kSealedData) return NotSealedHere();
  return UnsealAny(sealed, context);
}

Result<Digest> FolderKeyStore::KeyedDigest(std::string_view context, std::string_view value) const {
  std::shared_ptr<HeldKey> key;
  {
    const std::shared_lock lock(held_->memory);
    const KeyEntry* const active = ActiveKey(held_->keys, KeyOwner::Service(), KeyRole::kIndex);
    if (active == nullptr) return Fault{Reason::kKeyState, "", "there is no active index key"};
    key = active->key;
  }
  // The length of the context comes first, so that no two pairs make the same text.
  std::string text = std::to_string(context.size()) + ":";
  text += context;
  text += value;
  return key->Hmac({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Result<SealedHolderKey> FolderKeyStore::MakeHolderKey(std::span<const std::uint8_t> context) const {
  TRY_ASSIGN(const PrivateKey holder, PrivateKey::Generate());
  TRY_ASSIGN(const Secret pkcs8, holder.ToPkcs8());
  TRY_ASSIGN(std::vector<std::uint8_t> sealed, SealAs(kSealedHolderKey, pkcs8.bytes(), context));
  return SealedHolderKey{.point = holder.public_key().point(), .sealed = std::move(sealed)};
}

Result<std::shared_ptr<Signer>> FolderKeyStore::HolderSigner(std::span<const std::uint8_t> sealed,
                                                             std::span<const std::uint8_t> context) const {
  // Holders' keys of the first stores were sealed like everything else.
  const bool known = !sealed.empty() && (sealed[0] == kSealedHolderKey || sealed[0] == kSealedData);
  if (!known) return NotSealedHere();
  TRY_ASSIGN(const Secret pkcs8, UnsealAny(sealed, context));
  TRY_ASSIGN(PrivateKey holder, PrivateKey::FromPkcs8(pkcs8));
  return std::shared_ptr<Signer>(std::make_shared<PrivateKey>(std::move(holder)));
}

}  // namespace passport
