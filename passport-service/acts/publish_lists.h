// The part of a publication that is status lists: signs those that changed, those whose key changed, and those that
// would soon be too old; sets decoys beside what changed; takes away those that are retired.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "credential/bundle/bundle.h"
#include "credential/trust/trust_snapshot.h"
#include "keys/key_store.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/registry_effects.h"
#include "passport-service/ports/published_files.h"

namespace passport {

struct PublishTerms {
  Seconds registry_lifetime;  // next_update after so long
  Seconds status_lifetime;    // exp of a status list
  Seconds status_ttl;
  Freshness freshness;  // what the service itself insists on when it verifies
  Seconds bundle_every = Seconds{900};
};

// Used by one thread at a time.
class PublishLists {
 public:
  struct Report {
    std::size_t files_written = 0;
    std::size_t lists_signed = 0;
    std::vector<std::string> without_key;  // left out: who answers for them has no active status key
  };
  struct Moment {
    Instant now;
    const OrganisationRows& rows;
    const TrustSnapshot* in_force;  // null: nothing is
  };
  PublishLists(Store& store, KeyStore& keys, PublishedFiles& files, Random& random, PublishTerms terms)
      : store_(store), keys_(keys), files_(files), random_(random), terms_(terms) {}
  // Brings one list up to date and into the snapshot. Fails as store, key store and files do.
  Result<void> Bring(const StatusListRow& row, const Moment& moment, TrustSnapshot::Builder& builder);
  // Since it was last taken.
  Report TakeReport() { return std::exchange(report_, {}); }
  // What is published, by path.
  BundleFiles Tokens() const;

 private:
  using Entries = std::vector<Statuses::Entry>;
  struct Published {
    Entries entries;
    std::string token;
    Instant issued_at;
    std::string kid;     // what it is signed with
    bool there = false;  // the file has been written
  };
  Result<void> Retire(const std::string& path);
  // What an earlier process published of it, if that is a list of this key.
  Result<std::optional<Published>> FindPublished(const StatusListRow& row, const std::string& path,
                                                 const SigningKey& key, Instant now);
  Result<Entries> EntriesWithDecoys(const StatusListRow& row, const Published* before);
  Result<Published> Sign(const StatusListRow& row, Entries entries, const SigningKey& key, Instant now);
  bool MustBeSigned(const Published& list, const Entries& entries, const SigningKey& key, Instant now) const;

  Store& store_;
  KeyStore& keys_;
  PublishedFiles& files_;
  Random& random_;
  PublishTerms terms_;
  std::map<std::string, Published> published_;  // by path
  std::set<std::string> retired_;               // paths that are taken away
  Report report_;
};

}  // namespace passport
