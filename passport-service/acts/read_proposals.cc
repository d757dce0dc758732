#include "passport-service/acts/read_proposals.h"

#include <algorithm>

#include "credential/trust/registry_diff.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/proposal_words.h"
#include "passport-service/acts/registry_entry.h"

namespace passport {
namespace {

bool Concerns(const ProposalRow& proposal, const OrganisationId& id) {
  return proposal.by == id || std::any_of(proposal.steps.begin(), proposal.steps.end(),
                                          [&](const RegistryStep& step) { return step.organisation == id; });
}

bool ActsAsRegistrar(const OrganisationRow& row, const Caller& by) {
  return row.registrar && by.roles.Has(Role::kRegistrar);
}

}  // namespace

Digest SeenDigest(const ProposalRow& proposal, const OrganisationRows& rows) {
  std::string lines = std::to_string(proposal.number) + "\n";
  const auto stands = [&](const OrganisationId& id) {
    const auto row = rows.find(id);
    lines += id.text() + " " + (row == rows.end() ? "new" : std::to_string(row->second.revision)) + "\n";
  };
  for (const RegistryStep& step : proposal.steps) {
    lines += WordsOf(step) + "\n";
    stands(step.organisation);
    if (const auto* succession = std::get_if<Succession>(&step.change)) stands(succession->successor);
    if (const auto* replaced = std::get_if<RegistrarReplacement>(&step.change)) stands(replaced->successor);
  }
  return Sha256(lines);
}

Result<std::uint32_t> CountSignatures(Systems& systems, const ProposalRow& proposal, const OrganisationRows& rows,
                                      Instant now) {
  std::uint32_t count = 0;
  for (const ProposalSignature& signature : proposal.signatures) {
    const auto row = rows.find(signature.organisation);
    if (row == rows.end() || !row->second.registrar || !TakesPart(row->second, now)) continue;
    TRY_ASSIGN(const std::optional<SystemRow> system, systems.FindSystem(signature.organisation, signature.system));
    if (system && system->state == SystemState::kActive && system->roles.Has(Role::kRegistrar)) ++count;
  }
  return count;
}

Result<ProposalRow> FindProposalFor(Proposals& proposals, const OrganisationRow& caller, bool as_registrar,
                                    std::uint64_t number) {
  TRY_ASSIGN(std::optional<ProposalRow> row, proposals.FindProposal(number));
  if (!row || (!as_registrar && !Concerns(*row, caller.id))) {
    return Fault{Reason::kNotFound, "", "there is no such proposal"};
  }
  return std::move(*row);
}

Result<Page<ProposalRow>> ReadProposals::List(const Caller& by, std::uint64_t after, std::size_t limit) {
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  const std::size_t size = limit == 0 ? kPageMax : std::min(limit, kPageMax);
  if (ActsAsRegistrar(caller, by)) return store_.ProposalRows(after, size);
  // Only what concerns the caller, in pages that are full: how many there are of others does not show.
  Page<ProposalRow> own;
  for (std::uint64_t from = after;;) {
    TRY_ASSIGN(Page<ProposalRow> page, store_.ProposalRows(from, kPageMax));
    for (ProposalRow& row : page.rows) {
      from = row.number;
      if (!Concerns(row, caller.id)) continue;
      if (own.rows.size() == size) {
        own.next = std::to_string(own.rows.back().number);
        return own;
      }
      own.rows.push_back(std::move(row));
    }
    if (page.next.empty()) return own;
  }
}

Result<std::vector<std::string>> ReadProposals::Diff(const OrganisationRows& before, const OrganisationRows& after) {
  const std::vector<KeyInfo> keys = keys_.List();
  TRY_ASSIGN(const CertificatesByKid certificates, ReadCertificates(store_));
  const auto content_of = [&](const OrganisationRows& rows) -> Result<RegistryContent> {
    RegistryContent content;
    for (const auto& [id, row] : rows) {
      TRY_ASSIGN(RegistryOrganisation entry, EntryOf(row, keys, certificates));
      content.organisations.push_back(std::move(entry));
    }
    return content;
  };
  TRY_ASSIGN(const RegistryContent was, content_of(before));
  TRY_ASSIGN(const RegistryContent would_be, content_of(after));
  std::vector<std::string> words;
  for (RegistryDifference& difference : DiffRegistries(was, would_be)) words.push_back(std::move(difference.words));
  for (std::string& line : SettingsInWords(before, after)) words.push_back(std::move(line));
  return words;
}

Result<ProposalReview> ReadProposals::Review(const Caller& by, std::uint64_t number) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(ProposalRow proposal, FindProposalFor(store_, caller, ActsAsRegistrar(caller, by), number));
  ProposalReview review{.proposal = std::move(proposal), .steps = {}, .diff = {}, .obstacle = {}};
  for (const RegistryStep& step : review.proposal.steps) review.steps.push_back(WordsOf(step));
  TRY_ASSIGN(const OrganisationRows rows, ReadRows(store_));
  review.signatures_needed = RegistrarsNeeded(rows, now);
  TRY_ASSIGN(review.signatures_counted, CountSignatures(store_, review.proposal, rows, now));
  review.seen = SeenDigest(review.proposal, rows);
  if (review.proposal.state == ProposalState::kOpen) {
    const Result<OrganisationRows> after = effects_.Judge(rows, review.proposal.steps, now);
    if (after.ok()) {
      TRY_ASSIGN(review.diff, Diff(rows, *after));
    } else if (after.fault().reason == Reason::kStoreUnavailable) {
      return after.fault();
    } else {
      review.obstacle = after.fault();
    }
  }
  return review;
}

}  // namespace passport
