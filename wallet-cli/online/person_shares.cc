// The calls of PersonClient that are about shares.
#include <utility>

#include "keys/secret_text.h"
#include "wallet-cli/online/person_client_parts.h"
#include "wallet-cli/online/person_from_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;
using Shares = v1::ShareService::Stub;

Result<ShareRequestAnswer> PersonClient::ReadShareRequest(std::string_view link, const Secret& code) {
  v1::ReadShareRequestRequest request;
  request.set_link(std::string(link));
  request.set_code(std::string(TextOf(code)));
  TRY_ASSIGN(const v1::ReadShareRequestResponse response,
             parts_->Call(*parts_->share, &Shares::ReadShareRequest, "/staffpassport.v1.ShareService/ReadShareRequest",
                          request));
  return FromWire(response.share_request());
}

Result<ShareAnswer> PersonClient::AnswerShareRequest(std::string_view request_id, std::string_view share_request_id,
                                                     const Secret& code, const Giving& giving, bool answer_only) {
  v1::AnswerShareRequestRequest request;
  request.set_request_id(std::string(request_id));
  request.set_share_request_id(std::string(share_request_id));
  request.set_code(std::string(TextOf(code)));
  if (giving.decline) {
    request.set_decline(true);
  } else if (giving.least) {
    request.set_least(true);
  } else {
    request.set_presentation(giving.presentation);
  }
  request.set_answer_only(answer_only);
  TRY_ASSIGN(const v1::AnswerShareRequestResponse response,
             parts_->Call(*parts_->share, &Shares::AnswerShareRequest,
                          "/staffpassport.v1.ShareService/AnswerShareRequest", request));
  return FromWire(response.share());
}

Result<std::vector<ShareAnswer>> PersonClient::ListShares() {
  TRY_ASSIGN(const v1::ListMySharesResponse response,
             parts_->Call(*parts_->share, &Shares::ListMyShares, "/staffpassport.v1.ShareService/ListMyShares",
                          v1::ListMySharesRequest()));
  std::vector<ShareAnswer> shares;
  for (const v1::Share& message : response.shares()) {
    TRY_ASSIGN(ShareAnswer share, FromWire(message));
    shares.push_back(std::move(share));
  }
  return shares;
}

Result<std::vector<LookAnswer>> PersonClient::ListLooks(std::string_view share_id) {
  v1::ListLooksRequest request;
  request.set_share_id(std::string(share_id));
  TRY_ASSIGN(const v1::ListLooksResponse response,
             parts_->Call(*parts_->share, &Shares::ListLooks, "/staffpassport.v1.ShareService/ListLooks", request));
  std::vector<LookAnswer> looks;
  for (const v1::Look& message : response.looks()) looks.push_back(FromWire(message));
  return looks;
}

Result<ShareAnswer> PersonClient::RenewShare(std::string_view request_id, std::string_view share_id,
                                             std::string_view presentation) {
  v1::RenewShareRequest request;
  request.set_request_id(std::string(request_id));
  request.set_share_id(std::string(share_id));
  request.set_presentation(std::string(presentation));
  TRY_ASSIGN(const v1::RenewShareResponse response,
             parts_->Call(*parts_->share, &Shares::RenewShare, "/staffpassport.v1.ShareService/RenewShare", request));
  return FromWire(response.share());
}

Result<ShareAnswer> PersonClient::EndShare(std::string_view request_id, std::string_view share_id) {
  v1::EndMyShareRequest request;
  request.set_request_id(std::string(request_id));
  request.set_share_id(std::string(share_id));
  TRY_ASSIGN(const v1::EndMyShareResponse response,
             parts_->Call(*parts_->share, &Shares::EndMyShare, "/staffpassport.v1.ShareService/EndMyShare", request));
  return FromWire(response.share());
}

}  // namespace passport
