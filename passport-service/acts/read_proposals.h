// What was proposed, and what a proposal would make of the registry as it stands.
//
// A registrar sees every proposal; another organisation those it made and those about it, and for it there are no
// others.
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/registry_effects.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// A proposal against the registry of this moment.
struct ProposalReview {
  ProposalRow proposal;
  std::vector<std::string> steps;  // in words
  std::vector<std::string> diff;   // what the registry would say anew, in words; none once it is closed
  std::optional<Fault> obstacle;   // why an open one could not take effect now
  std::uint32_t signatures_needed = 0;
  std::uint32_t signatures_counted = 0;  // of those who are registrars now
  Digest seen{};  // of the proposal and of how what it changes stands: whoever signs says that it was this
};

// What `sign` compares: equal as long as nothing the proposal touches has changed. Pure.
Digest SeenDigest(const ProposalRow& proposal, const OrganisationRows& rows);
// Signatures of systems that have the role registrar now, and whose organisation is one. Fails as the store does.
Result<std::uint32_t> CountSignatures(Systems& systems, const ProposalRow& proposal, const OrganisationRows& rows,
                                      Instant now);
// The proposal, for a caller that may see it. Fails with kNotFound, also when it may not, and as the store does.
Result<ProposalRow> FindProposalFor(Proposals& proposals, const OrganisationRow& caller, bool as_registrar,
                                    std::uint64_t number);

class ReadProposals {
 public:
  static constexpr std::size_t kPageMax = 100;
  ReadProposals(Store& store, const KeyStore& keys, const Clock& clock, RegistryEffects& effects)
      : store_(store), keys_(keys), clock_(clock), effects_(effects) {}

  // By number, after that one; `next` of the page is empty at the end. Fails with kCallerUnknown and as the store does.
  Result<Page<ProposalRow>> List(const Caller& by, std::uint64_t after, std::size_t limit);
  // Fails with kCallerUnknown, kNotFound, and as the store does.
  Result<ProposalReview> Review(const Caller& by, std::uint64_t number);

 private:
  // What the published registry, and the settings beside it, would say anew.
  Result<std::vector<std::string>> Diff(const OrganisationRows& before, const OrganisationRows& after);

  Store& store_;
  const KeyStore& keys_;
  const Clock& clock_;
  RegistryEffects& effects_;
};

}  // namespace passport
