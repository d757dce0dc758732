// Imports: messages to orders and what the acts say to messages.
#pragma once

#include "passport-service/acts/issue_import.h"
#include "passport-service/acts/resolve_draft.h"
#include "passport-service/acts/review_import.h"
#include "passport-service/acts/stage_import.h"
#include "staffpassport/v1/issuer_service.pb.h"

namespace passport {

struct ListImportsOrder {
  Caller by;
  std::string page_token;
  std::size_t page_size;
};

Result<ImportHeader> ToHeader(const Caller& by, const staffpassport::v1::ImportHeader& header);
StagedRow ToRow(const staffpassport::v1::ImportRow& row);
Result<ReviewImport::Order> ToOrder(const Caller& by, const staffpassport::v1::ReviewImportRequest& request);
Result<IssueImport::Order> ToOrder(const Caller& by, const staffpassport::v1::IssueImportRequest& request);
Result<ResolveDraft::Order> ToOrder(const Caller& by, const staffpassport::v1::ResolveDraftRequest& request);
Result<ListImportsOrder> ToOrder(const Caller& by, const staffpassport::v1::ListImportsRequest& request);

void Fill(const ImportRow& row, staffpassport::v1::Import& message);
void Fill(const RowVerdict& verdict, staffpassport::v1::ImportRowResult& result);
void Fill(const ImportCounts& counts, std::uint64_t rows_expected, staffpassport::v1::ImportCounts& message);
void Fill(const Review& look, staffpassport::v1::ReviewedImport& message);
void Fill(const ReviewedDraft& draft, staffpassport::v1::Draft& message);
void Fill(const IssueTally& tally, const ImportRow& import, bool end, staffpassport::v1::IssueImportResponse& message);
void Fill(const ResolveDraft::Resolved& resolved, staffpassport::v1::ResolveDraftResponse& response);
void Fill(const Page<ImportRow>& page, staffpassport::v1::ListImportsResponse& response);

}  // namespace passport
