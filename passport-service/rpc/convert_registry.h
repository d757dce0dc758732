// Changes of the registry on the wire: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/list_affected.h"
#include "passport-service/acts/propose_change.h"
#include "passport-service/acts/read_proposals.h"
#include "passport-service/acts/reissue_credentials.h"
#include "passport-service/acts/sign_proposal.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/registry.pb.h"

namespace passport {

struct ProposalListing {
  Caller by;
  std::uint64_t after;
  std::size_t limit;
};
struct ProposalQuestion {
  Caller by;
  std::uint64_t number;
};

// Fails with kFieldInvalid naming the field.
Result<RegistryStep> ToStep(const staffpassport::v1::RegistryStep& message);

Result<ProposeChange::Order> ToOrder(const Caller& by, const staffpassport::v1::ProposeChangeRequest& request);
Result<ProposalListing> ToOrder(const Caller& by, const staffpassport::v1::ListProposalsRequest& request);
Result<ProposalQuestion> ToOrder(const Caller& by, const staffpassport::v1::ReviewProposalRequest& request);
Result<SignProposal::Order> ToOrder(const Caller& by, const staffpassport::v1::SignProposalRequest& request);
Result<RejectProposal::Order> ToOrder(const Caller& by, const staffpassport::v1::RejectProposalRequest& request);
Result<ListAffected::Order> ToOrder(const Caller& by, const staffpassport::v1::ListAffectedRequest& request);

// A type of ours, so that the desk finds how it is written.
struct ProposalNumber {
  std::uint64_t number;
};
void Fill(const ProposalNumber& proposal, staffpassport::v1::ProposeChangeResponse& response);
void Fill(const ProposalRow& row, staffpassport::v1::Proposal& message);
void Fill(const Page<ProposalRow>& page, staffpassport::v1::ListProposalsResponse& response);
void Fill(const ProposalReview& review, staffpassport::v1::ReviewProposalResponse& response);
void Fill(const SignProposal::Answer& answer, staffpassport::v1::SignProposalResponse& response);
inline void Fill(const Done&, staffpassport::v1::RejectProposalResponse&) {}
void Fill(const AffectedPerson& person, staffpassport::v1::AffectedPerson& message);
void Fill(const AffectedOrganisation& organisation, staffpassport::v1::AffectedOrganisation& message);
void Fill(const ReissueCredentials::Report& report, staffpassport::v1::ReissueCredentialsResponse& response);

template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::SignProposalRequest> = true;

}  // namespace passport
