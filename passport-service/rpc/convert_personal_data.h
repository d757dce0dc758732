// PersonalDataService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/apply_retention.h"
#include "passport-service/acts/erase_person.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/personal_data_service.pb.h"

namespace passport {

// What was signed is revoked.
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::ErasePersonRequest> = true;

struct ReportOrder {
  Caller by;
  std::optional<OrganisationId> organisation;
};
struct RetentionOrder {
  Caller by;
  RequestId request;
  std::optional<OrganisationId> organisation;
};

// Fails with kFieldInvalid naming the field.
Result<ErasePerson::Order> ToOrder(const Caller& by, const staffpassport::v1::ErasePersonRequest& request);
Result<ReportOrder> ToOrder(const Caller& by, const staffpassport::v1::ReportRetentionRequest& request);
Result<RetentionOrder> ToOrder(const Caller& by, const staffpassport::v1::ApplyRetentionRequest& request);

void Fill(const ErasureCounts& counts, staffpassport::v1::ErasePersonResponse& response);
void Fill(const RetentionReport& report, staffpassport::v1::ReportRetentionResponse& response);
void Fill(const RetentionReport& report, staffpassport::v1::ApplyRetentionResponse& response);

}  // namespace passport
