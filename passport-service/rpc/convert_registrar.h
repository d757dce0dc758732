// RegistrarService: messages to orders and answers to messages.
#pragma once

#include <vector>

#include "passport-service/acts/count_reliances.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/publish.h"
#include "passport-service/acts/put_rules.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/registrar_service.pb.h"

namespace passport {

struct PublishOrder {
  Caller by;
};

Result<EnrolOrganisation::Order> ToOrder(const Caller& by, const staffpassport::v1::EnrolOrganisationRequest& request);
Result<PutRules::Order> ToOrder(const Caller& by, const staffpassport::v1::PutRulesRequest& request);
Result<PutRules::Withdrawal> ToOrder(const Caller& by, const staffpassport::v1::WithdrawRulesRequest& request);
Result<CountReliances::Order> ToOrder(const Caller& by, const staffpassport::v1::CountReliancesRequest& request);
Result<PublishOrder> ToOrder(const Caller& by, const staffpassport::v1::PublishRequest& request);

inline void Fill(const Done&, staffpassport::v1::EnrolOrganisationResponse&) {}
void Fill(const PutRules::Answer& answer, staffpassport::v1::PutRulesResponse& response);
inline void Fill(const Done&, staffpassport::v1::WithdrawRulesResponse&) {}
void Fill(const std::vector<RoleCounts>& counts, staffpassport::v1::CountReliancesResponse& response);
void Fill(const Publish::Report& report, staffpassport::v1::PublishResponse& response);

template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::EnrolOrganisationRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::PutRulesRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::WithdrawRulesRequest> = true;

}  // namespace passport
