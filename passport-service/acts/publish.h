// Publishes registry, status lists, role profiles and keys as signed static files, and puts the new snapshot in force.
//
// docs/formats/published-tree.md shows the tree. What has not changed is not signed again before it must be.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "keys/file_key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/ports/clock.h"
#include "passport-service/ports/published_files.h"

namespace passport {

struct PublishTerms {
  Seconds registry_lifetime;  // next_update after so long
  Seconds status_lifetime;    // exp of a status list
  Seconds status_ttl;
  Freshness freshness;  // what the service itself insists on when it verifies
};

class Publish {
 public:
  struct Report {
    std::uint64_t registry_sequence = 0;
    std::size_t files_written = 0;
    std::size_t lists_signed = 0;
    std::string snapshot_id;
  };
  Publish(Store& store, FileKeyStore& keys, PublishedFiles& files, CurrentTrust& trust, const Clock& clock,
          OrganisationId registrar, PublishTerms terms)
      : store_(store),
        keys_(keys),
        files_(files),
        trust_(trust),
        clock_(clock),
        registrar_(std::move(registrar)),
        terms_(terms) {}
  // Brings the published tree up to date. Any thread may call; one works at a time. Fails as store, key store and files
  // do; what was published before stays in force.
  Result<Report> operator()();
  // The same on the order of a registrar. Fails with kNotPermitted too.
  Result<Report> Ordered(const Caller& by);

 private:
  struct Published;
  Result<std::string> PublishRegistry(Instant now, Report& report);
  Result<void> PublishProfiles(Report& report);
  Result<void> PublishKeys(const OrganisationRow& organisation, Instant now, Report& report);
  Result<void> PublishList(const StatusListRow& list, TrustSnapshot::Builder& builder, Instant now, Report& report);
  Result<void> PutIfChanged(const std::string& path, const Digest& content, const std::string& bytes, Report& report);

  struct SignedList {
    Digest content;
    std::string token;
    Instant issued_at;
  };
  Store& store_;
  FileKeyStore& keys_;
  PublishedFiles& files_;
  CurrentTrust& trust_;
  const Clock& clock_;
  OrganisationId registrar_;
  PublishTerms terms_;
  std::mutex mutex_;
  std::map<std::string, SignedList> lists_;  // by URI
  std::map<std::string, Digest> written_;    // content of each file as last written
};

}  // namespace passport
