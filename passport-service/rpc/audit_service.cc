#include "passport-service/rpc/audit_service.h"

#include "passport-service/rpc/stream_place.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

// One page is in memory at a time; a writer that is slow holds the reading back.
Result<void> SendAudit(ExportAudit& act, const ExportAudit::Order& order, OpenStream& call,
                       grpc::ServerWriter<v1::ExportAuditResponse>& writer) {
  constexpr std::size_t kPage = 200;
  const auto send = [&](std::string line) -> Result<void> {
    v1::ExportAuditResponse message;
    line.pop_back();  // its line end
    message.set_line(std::move(line));
    if (!writer.Write(message)) return call.Gone();
    return call.GoOn(message.ByteSizeLong());
  };
  TRY_ASSIGN(ExportAudit::Export under_way, act.Begin(order));
  TRY(send(AuditFileHeader(under_way.signed_head, under_way.registry_token)));
  while (true) {
    TRY_ASSIGN(const std::vector<AuditRow> rows, act.Next(under_way, kPage));
    if (rows.empty()) return {};
    for (const AuditRow& row : rows) TRY(send(AuditFileRow(row)));
  }
}

}  // namespace

grpc::Status AuditService::ExportAudit(grpc::ServerContext* context, const v1::ExportAuditRequest* request,
                                       grpc::ServerWriter<v1::ExportAuditResponse>* writer) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(exports_, exports_max_);
    TRY(place.Check());
    return SendAudit(acts_.export_audit, {.by = call.by(), .whole = request->whole()}, call, *writer);
  };
  return desk_.AnswerStream<v1::ExportAuditRequest>(*context, body);
}

}  // namespace passport
