#include "passport-service/rpc/convert_personal_data.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

// The word of the act; empty, which it refuses, for what is unspecified or newer.
std::string WordOf(v1::ErasureReason reason) {
  if (reason == v1::ERASURE_REASON_PERSON_ASKED) return "person_asked";
  if (reason == v1::ERASURE_REASON_KEPT_LONG_ENOUGH) return "kept_long_enough";
  if (reason == v1::ERASURE_REASON_WRONG_PERSON) return "wrong_person";
  if (reason == v1::ERASURE_REASON_TEST_DATA) return "test_data";
  return "";
}

std::optional<std::string> IfAny(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

template <class Response>
void FillReport(const RetentionReport& report, Response& response) {
  response.set_rules(report.rules);
  response.set_version(report.version);
  for (const RetentionLine& line : report.lines) {
    v1::RetentionLine& out = *response.add_lines();
    out.set_rule(line.rule);
    out.set_what(std::string(passport::WordOf(line.what)));
    out.set_keep_days(line.keep_days);
    out.set_kept(line.kept);
    out.set_due(line.due);
    out.set_why(line.why);
    out.set_source(line.source);
  }
}

}  // namespace

Result<ErasePerson::Order> ToOrder(const Caller& by, const v1::ErasePersonRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(std::optional<OrganisationId> organisation, ToOrganisationIfNamed(request.organisation()));
  return ErasePerson::Order{.by = by,
                            .request = id,
                            .organisation = std::move(organisation),
                            .employee_number = IfAny(request.employee_number()),
                            .subject = IfAny(request.subject()),
                            .why = WordOf(request.why())};
}

Result<ReportOrder> ToOrder(const Caller& by, const v1::ReportRetentionRequest& request) {
  TRY_ASSIGN(std::optional<OrganisationId> organisation, ToOrganisationIfNamed(request.organisation()));
  return ReportOrder{.by = by, .organisation = std::move(organisation)};
}

Result<RetentionOrder> ToOrder(const Caller& by, const v1::ApplyRetentionRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(std::optional<OrganisationId> organisation, ToOrganisationIfNamed(request.organisation()));
  return RetentionOrder{.by = by, .request = id, .organisation = std::move(organisation)};
}

void Fill(const ErasureCounts& counts, v1::ErasePersonResponse& response) {
  response.set_credentials(counts.credentials);
  response.set_receipts(counts.receipts);
  response.set_drafts(counts.drafts);
  response.set_passport(counts.passport);
}

void Fill(const RetentionReport& report, v1::ReportRetentionResponse& response) { FillReport(report, response); }
void Fill(const RetentionReport& report, v1::ApplyRetentionResponse& response) { FillReport(report, response); }

}  // namespace passport
