#include "passport-service/rpc/import_streams.h"

#include "passport-service/rpc/convert_import.h"
#include "passport-service/rpc/convert_issuer.h"
#include "passport-service/rpc/send.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

Result<void> TakeRows(const v1::ImportRows& rows, std::uint64_t rows_expected, Staging& staging,
                      v1::ImportProgress& progress) {
  const auto most = static_cast<int>(Staging::kRowsMax);
  if (rows.rows_size() < 1 || rows.rows_size() > most) {
    return Fault{Reason::kFieldInvalid, "", "rows holds not 1 to 500 rows"};
  }
  std::vector<StagedRow> staged;
  for (const v1::ImportRow& row : rows.rows()) staged.push_back(ToRow(row));
  TRY_ASSIGN(const std::vector<RowVerdict> verdicts, staging.Take(staged));
  for (const RevisedRow& row : staging.revised()) {
    v1::RevisedRow& revised = *progress.add_revised();
    revised.set_line(row.line);
    revised.set_part(row.part);
  }
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    v1::ImportRowResult& result = *progress.add_results();
    result.set_line(staged[i].line);
    result.set_part(staged[i].part);
    Fill(verdicts[i], result);
  }
  Fill(staging.counts(), rows_expected, *progress.mutable_counts());
  return {};
}

}  // namespace

Result<void> RunStaging(StageImport& stage, StageStream& stream, OpenStream& call) {
  v1::StageImportRequest request;
  const bool opened = stream.Read(&request);
  TRY(call.GoOn(request.ByteSizeLong()));
  if (!opened) return Fault{Reason::kFieldInvalid, "", "header is missing"};
  if (!request.has_header()) return Fault{Reason::kFieldInvalid, "", "header comes first"};
  TRY_ASSIGN(const ImportHeader header, ToHeader(call.by(), request.header()));
  TRY_ASSIGN(const std::unique_ptr<Staging> staging, stage(header));
  v1::StageImportResponse response;
  Fill(staging->import(), *response.mutable_opened());
  TRY(Send(stream, response, call));
  while (stream.Read(&request)) {
    TRY(call.GoOn(request.ByteSizeLong()));
    if (!request.has_rows()) return Fault{Reason::kFieldInvalid, "", "part holds no rows"};
    response.Clear();
    TRY(TakeRows(request.rows(), header.rows_expected, *staging, *response.mutable_progress()));
    TRY(Send(stream, response, call));
  }
  TRY(call.GoOn(0));
  TRY_ASSIGN(const std::uint64_t gone, staging->Finish());
  response.Clear();
  v1::ImportSummary& summary = *response.mutable_summary();
  Fill(staging->import(), *summary.mutable_import());
  Fill(staging->counts(), header.rows_expected, *summary.mutable_counts());
  summary.set_gone(gone);
  return Send(stream, response, call);
}

Result<void> RunReview(const ReviewImport::Order& order, ReviewImport& review, ReviewStream& stream, OpenStream& call) {
  TRY_ASSIGN(const std::unique_ptr<Review> look, review(order));
  v1::ReviewImportResponse response;
  Fill(*look, *response.mutable_import());
  TRY(Send(stream, response, call));
  for (;;) {
    TRY_ASSIGN(const std::vector<ReviewedDraft> drafts, look->Next());
    if (drafts.empty()) break;
    for (const ReviewedDraft& draft : drafts) {
      response.Clear();
      Fill(draft, *response.mutable_draft());
      TRY(Send(stream, response, call));
    }
  }
  return look->EachGone([&](const CredentialRow& row) -> Result<void> {
    response.Clear();
    FillCredential(row, *response.mutable_gone());
    return Send(stream, response, call);
  });
}

Result<void> RunIssuing(const IssueImport::Order& order, IssueImport& issue, IssueStream& stream, OpenStream& call,
                        const std::function<void()>& changed) {
  TRY_ASSIGN(const std::unique_ptr<Issuing> issuing, issue(order));
  for (bool more = true; more;) {
    TRY(call.GoOn(0));
    const std::uint64_t superseded = issuing->tally().superseded;
    const Result<bool> step = issuing->Step();
    if (issuing->tally().superseded > superseded) changed();
    v1::IssueImportResponse response;
    more = step.ok() && *step;
    Fill(issuing->tally(), issuing->import(), step.ok() && !more, response);
    if (!stream.Write(response)) return call.Gone();
    if (!step.ok()) return step.fault();
  }
  return {};
}

}  // namespace passport
