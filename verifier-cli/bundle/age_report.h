// How old what is at hand is, and until when it will do.
#pragma once

#include <string>
#include <vector>

#include "verifier-cli/files/published_tree.h"

namespace passport {

// "3 hours", "2 days", "40 seconds": the two largest units that matter.
std::string LengthWords(Seconds length);

struct AgeReport {
  // Rules as far as they can be read.
  static AgeReport Of(const PublishedTree& tree, Freshness freshness, Instant now);

  Instant now;
  Freshness freshness;
  std::optional<BundleManifest> bundle;
  std::uint64_t registry_sequence = 0;
  Instant registry_issued_at;
  Instant registry_next_update;
  Instant registry_until;  // from then on nothing can be told
  std::size_t lists = 0;
  std::size_t lists_stale = 0;
  std::optional<Instant> oldest_list;
  std::optional<Instant> newest_list;
  std::optional<Instant> lists_until;  // when the first list that is not stale yet is too old
  std::size_t taxonomies = 0;
  std::size_t profiles = 0;
  std::vector<std::string> problems;
};

std::string TextFor(const AgeReport& report);
std::string JsonOf(const AgeReport& report);

// One sentence for each thing that is too old for the records of these issuers; empty when nothing is.
std::vector<std::string> TooOld(const PublishedTree& tree, const std::vector<OrganisationId>& issuers,
                                Freshness freshness, Instant now);

}  // namespace passport
