// Keeps what is about people sealed, each under a key of its own that can be destroyed.
//
//   key store --seals--> keeper key (one an organisation) --wraps--> data key (one an owner) --seals--> what is kept
//
// A data key is 32 random bytes, AES-256. Without it nothing it sealed can be read, in no copy of the data; so to erase
// is to drop the row of the key (changes.h, DropDataKey), call Forget, and have the store take it out of its files
// (DataKeys::ForgetDeleted). Data keys stand in one table of the store and nowhere else; of backups in the part that is
// replaced by each new one (store/backup.h).
//
// Opened keys are kept in memory, at most `cached_max` of them, and are gone from there with Forget. Any thread may
// call everything.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "credential/vocabulary/random.h"
#include "keys/key_store.h"
#include "passport-service/ports/store.h"

namespace passport {

// Who owns what. All are opaque: ids, keyed digests, thumbprints.
namespace owner {
// Of the service: the holder key it keeps for a person, and the passport code while a request may be repeated.
DataOwner Holder(const PersonId& person);
// What a passport that was bound to another key may still have to tell or to give back, for a day.
DataOwner Rebinding(const PersonId& person);
// Of an employer. What its digests of a person's facts are made with.
DataOwner Person(const OrganisationId& keeper, const PersonId& person);
// The employee number and the drafts of imports: there before it is known who the person is.
DataOwner Employee(const OrganisationId& keeper, const Digest& number);
// One credential, so that each can be erased when its own time is over.
DataOwner Credential(const OrganisationId& keeper, const CredentialId& credential);
// What a person has given it in one share, so that nothing of it can be read once that is over.
DataOwner Share(const OrganisationId& keeper, const ShareId& share);
// What it relied on about the holder of a key: receipts and overrides.
DataOwner Subject(const OrganisationId& keeper, std::string_view thumbprint);
// What an invitation holds until it is redeemed.
DataOwner Invitation(const OrganisationId& keeper, std::string_view invitation);
// Who is named as checker of an import.
DataOwner Import(const OrganisationId& keeper, const RequestId& import);
}  // namespace owner

class PersonVault {
 public:
  static constexpr std::size_t kCachedMax = 20'000;  // about 6 MB
  // All outlive it.
  PersonVault(Store& store, const KeyStore& keys, Random& random, std::size_t cached_max = kCachedMax)
      : store_(store), keys_(keys), random_(random), cached_max_(cached_max) {}

  // Makes the data keys that are not there yet, durably, in one write. All calls that seal or digest for an owner fail
  // as the store and the key store do.
  Result<void> Ensure(std::span<const DataOwner> owners);
  // Seals under the owner's key, which is made durably if there is none. `context` says what it is and must be given
  // again.
  Result<std::string> Seal(const DataOwner& of, std::string_view context, std::string_view text);
  // The same for an owner that is new with the change at hand: both are written together, or none.
  struct Fresh {
    AddDataKey key;
    std::string sealed;
  };
  Result<Fresh> SealFresh(const DataOwner& of, std::string_view context, std::string_view text);
  // Nothing when it was erased: the text is empty, or the key that sealed it is gone. Fails with kStoreUnavailable when
  // it was altered.
  Result<std::optional<std::string>> Open(const DataOwner& of, std::string_view context, std::string_view sealed);

  // Whether Open would find it. Cheaper; does not notice what was altered.
  Result<bool> Keeps(const DataOwner& of, std::string_view sealed);

  // HMAC-SHA256 under a key that goes with the owner's: nobody can try values once it is erased. Nothing when the owner
  // has no key.
  Result<std::optional<Digest>> DigestUnder(const DataOwner& of, std::string_view context, std::string_view value);
  // KeyStore::KeyedDigest: for what must be found before it is known whose it is. Who has the key store can try values.
  Result<Digest> IndexDigest(std::string_view context, std::string_view value) const {
    return keys_.KeyedDigest(context, value);
  }

  // Drops opened keys from memory. Call when their rows were dropped.
  void Forget(std::span<const DataOwner> owners);
  std::size_t cached() const;

 private:
  struct OpenKey {
    std::string id;
    Secret key;
  };
  using SharedKey = std::shared_ptr<const OpenKey>;
  Result<SharedKey> KeeperKey(const std::string& keeper);
  Result<SharedKey> MakeKeeperKey(const std::string& keeper);
  Result<SharedKey> FindKey(const DataOwner& of);
  Result<std::pair<DataKeyRow, SharedKey>> NewKey(const DataOwner& of);
  Result<SharedKey> KeyFor(const DataOwner& of);
  Result<std::string> SealUnder(const OpenKey& key, const DataOwner& of, std::string_view context,
                                std::string_view text);
  void Remember(const DataOwner& of, SharedKey key, std::uint64_t generation);

  Store& store_;
  const KeyStore& keys_;
  Random& random_;
  const std::size_t cached_max_;
  mutable std::mutex mutex_;  // guards all below
  std::map<std::string, SharedKey> keeper_keys_;
  using Newest = std::list<std::pair<std::string, SharedKey>>;  // the one used last comes first
  Newest newest_;
  std::unordered_map<std::string, Newest::iterator> by_owner_;
  std::uint64_t generation_ = 0;  // counts Forget: a key that was read before is not remembered after
};

// Whether this is the data key that sealed it.
bool IsSealedUnder(const DataKeyRow& key, std::string_view sealed);

// The keyed digest by which an employer's number is found. Fails as KeyStore::KeyedDigest.
Result<Digest> EmployeeNumberDigest(const PersonVault& vault, const OrganisationId& organisation,
                                    std::string_view employee_number);
// The row of an employee number, if it is one of the organisation's.
Result<std::optional<EmploymentRow>> FindEmployee(Store& store, const PersonVault& vault,
                                                  const OrganisationId& organisation, std::string_view employee_number);
// What makes a person known under a number; the number's key is made if there is none.
Result<AddEmployment> EmploymentOf(PersonVault& vault, const OrganisationId& organisation,
                                   std::string_view employee_number, const PersonId& person);

}  // namespace passport
