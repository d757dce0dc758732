// How the registry came to be what it is.
#include <set>

#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {

Result<void> HouseWalk::Registry() {
  TRY_ASSIGN(const std::vector<OrganisationRow> rows, store_.AllOrganisations());
  for (const OrganisationRow& row : rows) {
    for (const Succession& succession : row.successions) {
      if (organisations_.contains(succession.successor)) continue;
      Violation("organisation " + row.id.text() + " was taken over by one that is not there");
    }
  }
  return Proposals();
}

Result<void> HouseWalk::Proposals() {
  std::uint64_t last = 0;
  for (bool more = true; more;) {
    TRY_ASSIGN(const Page<ProposalRow> page, store_.ProposalRows(last, kPageRows));
    for (const ProposalRow& row : page.rows) {
      const std::string name = "proposal " + std::to_string(row.number);
      if (row.number != last + 1) Violation(name + " does not follow the one before");
      last = row.number;
      std::set<std::string> signers;
      for (const ProposalSignature& signature : row.signatures) {
        if (!signers.insert(signature.organisation.text() + "/" + signature.system).second) {
          Violation(name + " was signed twice by one system");
        }
      }
      if (row.state == ProposalState::kInForce && signers.empty())
        Violation(name + " is in force and nobody signed it");
      if ((row.state == ProposalState::kRejected) != row.rejected.has_value()) {
        Violation(name + " does not say who rejected it");
      }
    }
    more = !page.next.empty();
  }
  return {};
}

}  // namespace passport
