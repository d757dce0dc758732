#include "passport-service/rpc/import_records.h"

#include <algorithm>
#include <optional>

#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::size_t kRowIdBytesMax = 64;

Result<IssueCredentials::Order> ToOrder(const v1::ImportRow& row) {
  TRY_ASSIGN(const RequestId id, ToRequestId(row.request_id()));
  return IssueCredentials::Order{.request = id,
                                 .employee_number = row.employee_number(),
                                 .kind = row.record().kind(),
                                 .fields = ToFields(row.record())};
}

// It comes back in the result, so it is checked even though it means nothing to us.
Result<void> CheckRowIds(const v1::ImportRows& rows) {
  for (const v1::ImportRow& row : rows.rows()) {
    const std::string& id = row.row_id();
    const bool printable = std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
    if (id.empty() || id.size() > kRowIdBytesMax || !printable) {
      return Fault{Reason::kFieldInvalid, "", "row_id is not 1 to 64 printable ASCII characters"};
    }
  }
  return {};
}

// Fills one result and counts it. Returns the fault if it is the service's own.
std::optional<Fault> Settle(const Result<IssueCredentials::Issued>& issued, v1::ImportRowResult& result,
                            v1::ImportCounts& counts) {
  counts.set_rows(counts.rows() + 1);
  if (issued.ok()) {
    result.set_outcome(issued->again ? v1::ROW_OUTCOME_AGAIN : v1::ROW_OUTCOME_ISSUED);
    result.set_credential_id(issued->credential.text());
    if (issued->again) {
      counts.set_again(counts.again() + 1);
    } else {
      counts.set_issued(counts.issued() + 1);
    }
    return std::nullopt;
  }
  Fill(issued.fault(), *result.mutable_refusal());
  if (WireOf(issued.fault().reason).concern == Concern::kService) {
    result.set_outcome(v1::ROW_OUTCOME_UNFINISHED);
    counts.set_unfinished(counts.unfinished() + 1);
    return issued.fault();
  }
  result.set_outcome(v1::ROW_OUTCOME_REFUSED);
  counts.set_refused(counts.refused() + 1);
  return std::nullopt;
}

Fault Gone() { return {Reason::kDeadline, "", "the stream was cancelled or lost; send the rows again"}; }

}  // namespace

Result<void> RecordImport::TakeHeader(const v1::ImportHeader& header) {
  if (begun_) return Fault{Reason::kFieldInvalid, "", "header comes first and once"};
  counts_.set_rows_expected(header.rows_expected());
  return {};
}

Result<void> RecordImport::TakeRows(const Caller& by, const v1::ImportRows& rows) {
  if (rows.rows_size() < 1 || static_cast<std::size_t>(rows.rows_size()) > IssueCredentials::kOrdersMax) {
    return Fault{Reason::kFieldInvalid, "",
                 "rows holds not 1 to " + std::to_string(IssueCredentials::kOrdersMax) + " rows"};
  }
  TRY(CheckRowIds(rows));
  std::vector<IssueCredentials::Order> orders;
  std::vector<std::optional<Fault>> faults;  // of rows that could not even be read
  for (const v1::ImportRow& row : rows.rows()) {
    Result<IssueCredentials::Order> order = ToOrder(row);
    faults.push_back(order.ok() ? std::nullopt : std::optional(order.fault()));
    if (order.ok()) orders.push_back(std::move(order).value());
  }
  TRY_ASSIGN(const auto issued, issue_(by, orders));

  v1::ImportRecordsResponse response;
  v1::ImportProgress& progress = *response.mutable_progress();
  std::optional<Fault> broken;
  std::size_t next = 0;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    v1::ImportRowResult& result = *progress.add_results();
    result.set_row_id(rows.rows(static_cast<int>(i)).row_id());
    const std::optional<Fault> fault =
        faults[i] ? Settle(*faults[i], result, counts_) : Settle(issued.at(next++), result, counts_);
    if (fault) broken = fault;
  }
  *progress.mutable_counts() = counts_;
  if (!stream_.Write(response)) return Gone();
  if (broken) return *broken;
  return {};
}

Result<void> RecordImport::Run(const Caller& by) {
  v1::ImportRecordsRequest request;
  while (stream_.Read(&request)) {
    if (cancelled_()) return Gone();
    switch (request.part_case()) {
      case v1::ImportRecordsRequest::kHeader:
        TRY(TakeHeader(request.header()));
        break;
      case v1::ImportRecordsRequest::kRows:
        TRY(TakeRows(by, request.rows()));
        break;
      case v1::ImportRecordsRequest::PART_NOT_SET:
        return Fault{Reason::kFieldInvalid, "", "part holds neither header nor rows"};
    }
    begun_ = true;
  }
  if (cancelled_()) return Gone();
  v1::ImportRecordsResponse response;
  *response.mutable_summary()->mutable_counts() = counts_;
  if (!stream_.Write(response)) return Gone();
  return {};
}

}  // namespace passport
