#include "passport-service/rpc/convert_holder.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::size_t kTextBytesMax = 200;

// Required and short: what stands in a proof is signed, so it is not for the caller to make it large.
Result<void> CheckText(const std::string& text, std::string_view field) {
  if (!text.empty() && text.size() <= kTextBytesMax) return {};
  return Fault{Reason::kFieldInvalid, "",
               std::string(field) + " is not 1 to " + std::to_string(kTextBytesMax) + " bytes"};
}

}  // namespace

Result<HoldingsOrder> ToOrder(const Caller& by, const v1::ListHoldingsRequest& request) {
  TRY(CheckText(request.passport_code(), "passport_code"));
  return HoldingsOrder{.by = by, .passport_code = request.passport_code()};
}

Result<PresentPassport::Order> ToOrder(const Caller& by, const v1::PresentRequest& request) {
  TRY(CheckText(request.passport_code(), "passport_code"));
  TRY(CheckText(request.audience(), "audience"));
  TRY(CheckText(request.nonce(), "nonce"));
  TRY(CheckText(request.purpose(), "purpose"));
  if (static_cast<std::size_t>(request.show_size()) > kPresentationCredentialsMax) {
    return Fault{Reason::kFieldInvalid, "",
                 "show names more than " + std::to_string(kPresentationCredentialsMax) + " credentials"};
  }
  PresentPassport::Order order{.by = by,
                               .passport_code = request.passport_code(),
                               .audience = request.audience(),
                               .nonce = request.nonce(),
                               .purpose = request.purpose(),
                               .show = {},
                               .profile = {},
                               .day = {},
                               .engagement = Engagement::kPlacement};
  TRY_ASSIGN(order.engagement, ToEngagement(request.engagement()));
  for (const v1::Showing& showing : request.show()) {
    TRY_ASSIGN(CredentialId credential, ToCredentialId(showing.credential_id()));
    order.show.push_back(
        {.credential = std::move(credential), .facts = {showing.facts().begin(), showing.facts().end()}});
  }
  if (!request.profile().empty()) order.profile = request.profile();
  TRY_ASSIGN(order.day, ToDay(request.day(), "day"));
  return order;
}

void Fill(const std::vector<PresentPassport::Holding>& holdings, v1::ListHoldingsResponse& response) {
  for (const PresentPassport::Holding& holding : holdings) {
    v1::Holding& message = *response.add_holdings();
    message.set_credential_id(holding.credential.text());
    message.set_issuer(holding.issuer.text());
    message.set_state(ToMessage(holding.state));
    Fill(holding.record, *message.mutable_record());
  }
}

void Fill(const Presentation& presentation, v1::PresentResponse& response) {
  response.set_presentation(presentation.Text());
}

}  // namespace passport
