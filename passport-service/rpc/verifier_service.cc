#include "passport-service/rpc/verifier_service.h"

#include "passport-service/rpc/convert_verifier.h"
#include "passport-service/rpc/stream_place.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

// One page is in memory at a time; a writer that is slow holds the reading back.
Result<void> SendEvidence(ReadEvidence& read, const ReadEvidence::Order& order, OpenStream& call,
                          grpc::ServerWriter<v1::ExportEvidenceResponse>& writer) {
  constexpr std::size_t kPage = 100;
  const auto send = [&](std::string line) -> Result<void> {
    v1::ExportEvidenceResponse message;
    line.pop_back();  // its line end
    message.set_line(std::move(line));
    if (!writer.Write(message)) return call.Gone();
    return call.GoOn(message.ByteSizeLong());
  };
  TRY_ASSIGN(ReadEvidence::Export under_way, read.Begin(order));
  TRY(send(EvidenceFileHeader(under_way.signed_head, under_way.registry_token)));
  while (true) {
    TRY_ASSIGN(const std::vector<ReadEvidence::Item> items, read.Next(under_way, kPage));
    if (items.empty()) return {};
    for (const ReadEvidence::Item& item : items) TRY(send(EvidenceFileItem(item.item, item.overrides)));
  }
}

}  // namespace

grpc::Status VerifierService::CreateChallenge(grpc::ServerContext* context, const v1::CreateChallengeRequest* request,
                                              v1::CreateChallengeResponse* response) {
  const auto ask = [this](const AskOrder& order) { return acts_.ask_for_presentation(order.by); };
  return desk_.Answer(*context, *request, ask, *response);
}

grpc::Status VerifierService::VerifyPresentation(grpc::ServerContext* context,
                                                 const v1::VerifyPresentationRequest* request,
                                                 v1::VerifyPresentationResponse* response) {
  const auto judge = [this](const CheckPresentation::Question& question) {
    return Judge(acts_.check_presentation, question);
  };
  return desk_.Answer(*context, *request, judge, *response);
}

grpc::Status VerifierService::DecideRole(grpc::ServerContext* context, const v1::DecideRoleRequest* request,
                                         v1::DecideRoleResponse* response) {
  const auto judge = [this](const CheckPresentation::Question& question) {
    return Judge(acts_.check_presentation, question);
  };
  return desk_.Answer(*context, *request, judge, *response);
}

grpc::Status VerifierService::OverrideDecision(grpc::ServerContext* context, const v1::OverrideDecisionRequest* request,
                                               v1::OverrideDecisionResponse* response) {
  return desk_.Answer(*context, *request, acts_.override_decision, *response);
}

grpc::Status VerifierService::ListOverrides(grpc::ServerContext* context, const v1::ListOverridesRequest* request,
                                            v1::ListOverridesResponse* response) {
  const auto list = [this](const OverridesOrder& order) {
    return acts_.read_overrides(order.by, order.after, order.limit);
  };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status VerifierService::ExportEvidence(grpc::ServerContext* context, const v1::ExportEvidenceRequest* request,
                                             grpc::ServerWriter<v1::ExportEvidenceResponse>* writer) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(exports_, exports_max_);
    TRY(place.Check());
    TRY_ASSIGN(const ReadEvidence::Order order, ToOrder(call.by(), *request));
    return SendEvidence(acts_.read_evidence, order, call, *writer);
  };
  return desk_.AnswerStream<v1::ExportEvidenceRequest>(*context, body);
}

}  // namespace passport
