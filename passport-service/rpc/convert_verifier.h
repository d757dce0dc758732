// VerifierService: messages to orders and answers to messages.
#pragma once

#include <variant>

#include "passport-service/acts/check_presentation.h"
#include "passport-service/acts/read_evidence.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/verifier_service.pb.h"

namespace passport {

struct AskOrder {
  Caller by;
};
struct OverridesOrder {
  Caller by;
  std::string after;
  std::size_t limit;
};

// A presentation that does not hold is an answer, so that a roster can tell it from a call that broke.
using Judgement = std::variant<CheckPresentation::Answer, Fault>;
Result<Judgement> Judge(CheckPresentation& check, const CheckPresentation::Question& question);

Result<AskOrder> ToOrder(const Caller& by, const staffpassport::v1::CreateChallengeRequest& request);
Result<CheckPresentation::Question> ToOrder(const Caller& by,
                                            const staffpassport::v1::VerifyPresentationRequest& request);
Result<CheckPresentation::Question> ToOrder(const Caller& by, const staffpassport::v1::DecideRoleRequest& request);

Result<OverrideDecision::Order> ToOrder(const Caller& by, const staffpassport::v1::OverrideDecisionRequest& request);
Result<OverridesOrder> ToOrder(const Caller& by, const staffpassport::v1::ListOverridesRequest& request);
Result<ReadEvidence::Order> ToOrder(const Caller& by, const staffpassport::v1::ExportEvidenceRequest& request);

void Fill(const AskForPresentation::Challenge& challenge, staffpassport::v1::CreateChallengeResponse& response);
void Fill(const Judgement& judgement, staffpassport::v1::VerifyPresentationResponse& response);
void Fill(const Judgement& judgement, staffpassport::v1::DecideRoleResponse& response);
inline void Fill(const Done&, staffpassport::v1::OverrideDecisionResponse&) {}
void Fill(const Page<Override>& page, staffpassport::v1::ListOverridesResponse& response);
void FillVerification(const Fault& fault, staffpassport::v1::Verification& message);
void FillVerification(const VerifiedPresentation& verified, staffpassport::v1::Verification& message);
void FillOverride(const Override& each, staffpassport::v1::Override& message);
void Fill(const Decision& decision, staffpassport::v1::Decision& message);
void Fill(const DecisionLine& line, staffpassport::v1::DecisionLine& message);

staffpassport::v1::Outcome ToMessage(Outcome outcome);
staffpassport::v1::Standing ToMessage(Standing standing);
// Only kGood is a yes.
staffpassport::v1::Verdict VerdictOf(Standing worst);

}  // namespace passport
