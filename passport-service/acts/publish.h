// Publishes registry, status lists, taxonomies, role profiles, types and keys as static files, and puts the new
// snapshot and rules in force.
//
// docs/formats/published-tree.md shows the tree. What has not changed is not signed again before half its life is over.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/publish_bundle.h"
#include "passport-service/acts/publish_lists.h"
#include "passport-service/ports/clock.h"
#include "passport-service/ports/published_files.h"

namespace passport {

class Publish {
 public:
  struct Report {
    std::uint64_t registry_sequence = 0;
    std::size_t files_written = 0;
    std::size_t lists_signed = 0;
    std::uint64_t bundle_sequence = 0;  // of one that was made; 0 when none was due
    std::optional<Fault> bundle_fault;  // why one that was due is not there: everything else is published
    std::string snapshot_id;
    std::vector<std::string> lists_without_key;  // left out: who answers for them has no active status key
    std::optional<Instant> again_at;             // when the next state or succession begins that stands in the rows
  };
  // The registry key is the service's own (KeyOwner::Service()).
  Publish(Store& store, KeyStore& keys, PublishedFiles& files, CurrentTrust& trust, const Clock& clock, Random& random,
          PublishTerms terms)
      : store_(store),
        keys_(keys),
        files_(files),
        trust_(trust),
        clock_(clock),
        terms_(terms),
        lists_(store, keys, files, random, terms),
        bundle_(files, terms.bundle_every) {}
  // Brings the published tree up to date. Any thread may call; one works at a time. Fails as store, key store and files
  // do, and with kKeyStore when the key store no longer has a key that was published, or no longer knows that it is
  // compromised; what was published before stays in force.
  Result<Report> operator()();
  // The same on the order of a registrar, with a bundle. Fails with kNotPermitted too, and when there is no bundle.
  Result<Report> Ordered(const Caller& by);

 private:
  Result<Report> Bring(bool with_bundle);
  struct Work;  // what one publication has at hand
  Result<void> ReadStore(Work& work);
  Result<std::uint64_t> PublishedSequence(const Work& work);
  Result<TrustRegistry> PublishRegistry(Work& work);
  Result<void> PublishDocuments(Work& work);
  Result<void> PublishKeys(const RegistryOrganisation& organisation, Work& work);
  Result<void> PublishBundled(const TrustRegistry& registry, bool now, Work& work);
  bool IsSignedBy(const std::string& path, const Digest& content, std::string_view kid) const;
  Result<void> PutIfNew(const std::string& path, const std::string& bytes, Work& work);

  struct SignedContent {
    Digest content;
    std::string token;
    std::string kid;  // what it is signed with
  };
  Store& store_;
  KeyStore& keys_;
  PublishedFiles& files_;
  CurrentTrust& trust_;
  const Clock& clock_;
  PublishTerms terms_;
  // Of all snapshots, one after another: 10 MB of tables and 9 MB of verdicts at the most, taken as they are needed.
  std::shared_ptr<IssuerMemory> memory_ = std::make_shared<IssuerMemory>(
      IssuerMemory::Limits{.tables = 64, .sightings = IssuerMemory::kSightingsUsual, .verdicts = std::size_t{1} << 18});
  std::mutex mutex_;
  PublishLists lists_;
  PublishBundle bundle_;
  std::map<std::string, SignedContent> signed_;  // by path
  std::map<std::string, Digest> written_;        // what each file holds, as far as this process knows
};

}  // namespace passport
