// ShareService: messages to orders and answers to messages.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "passport-service/acts/answer_share.h"
#include "passport-service/acts/ask_for_share.h"
#include "passport-service/acts/end_share.h"
#include "passport-service/acts/list_shares.h"
#include "passport-service/acts/look_at_share.h"
#include "passport-service/acts/read_share_notices.h"
#include "passport-service/acts/renew_shares.h"
#include "staffpassport/v1/share_service.pb.h"

namespace passport {

struct MySharesOrder {
  HolderCaller by;
};
struct SharesOrder {
  Caller by;
  std::string after;
  std::size_t limit;
};
struct PollSharesOrder {
  Caller by;
  std::optional<std::uint64_t> after;
  std::size_t limit;
};
// What was given may no longer hold: that is an answer, as with a presentation.
using Looked = std::variant<LookAtShare::Answer, Fault>;
Result<Looked> Look(LookAtShare& look, const LookAtShare::Order& order);

Result<AskForShare::Order> ToOrder(const Caller& by, const staffpassport::v1::AskForShareRequest& request);
Result<ReadShareRequest::Order> ToOrder(const HolderCaller& by,
                                        const staffpassport::v1::ReadShareRequestRequest& request);
Result<AnswerShare::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::AnswerShareRequestRequest& request);
Result<MySharesOrder> ToOrder(const HolderCaller& by, const staffpassport::v1::ListMySharesRequest& request);
Result<ListLooks::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::ListLooksRequest& request);
Result<EndShare::ByHolder> ToOrder(const HolderCaller& by, const staffpassport::v1::EndMyShareRequest& request);
Result<RenewShare::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::RenewShareRequest& request);
Result<SharesOrder> ToOrder(const Caller& by, const staffpassport::v1::ListSharesRequest& request);
Result<LookAtShare::Order> ToOrder(const Caller& by, const staffpassport::v1::LookAtShareRequest& request);
Result<EndShare::ByReceiver> ToOrder(const Caller& by, const staffpassport::v1::EndShareRequest& request);
Result<PollSharesOrder> ToOrder(const Caller& by, const staffpassport::v1::PollSharesRequest& request);

void Fill(const AskForShare::Answer& answer, staffpassport::v1::AskForShareResponse& response);
void Fill(const ShareView& share, staffpassport::v1::ReadShareRequestResponse& response);
void Fill(const ShareView& share, staffpassport::v1::AnswerShareRequestResponse& response);
void Fill(const ShareView& share, staffpassport::v1::EndMyShareResponse& response);
void Fill(const ShareView& share, staffpassport::v1::RenewShareResponse& response);
void Fill(const ShareView& share, staffpassport::v1::EndShareResponse& response);
void Fill(const std::vector<ShareView>& shares, staffpassport::v1::ListMySharesResponse& response);
void Fill(const std::vector<SeenLook>& looks, staffpassport::v1::ListLooksResponse& response);
void Fill(const Page<ShareView>& page, staffpassport::v1::ListSharesResponse& response);
void Fill(const Looked& looked, staffpassport::v1::LookAtShareResponse& response);
void Fill(const ShareNotices& notices, staffpassport::v1::PollSharesResponse& response);
void Fill(const ShareNoticeRow& row, staffpassport::v1::ShareNotice& message);

staffpassport::v1::ShareState ToMessage(ShareState state);

}  // namespace passport
