#include "passport-service/acts/review_import.h"

#include <algorithm>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {

Result<std::vector<ReviewedDraft>> Review::Next() {
  std::vector<ReviewedDraft> drafts;
  if (ended_) return drafts;
  TRY_ASSIGN(Page<DraftRow> page, store_.DraftsOf(import_.organisation, import_.import, after_, kPage));
  for (DraftRow& row : page.rows) {
    if (row.supersedes) named_.Add(*row.supersedes);
    if (row.credential) named_.Add(*row.credential);
    Result<DraftContent> content = OpenContent(vault_, row);
    if (!content.ok() && content.fault().reason == Reason::kNotFound) continue;  // erased since it was read
    if (!content.ok()) return content.fault();
    drafts.push_back({.row = std::move(row), .content = std::move(content).value()});
  }
  after_ = page.next;
  ended_ = after_.empty();
  return drafts;
}

Result<void> Review::EachGone(const std::function<Result<void>(const CredentialRow&)>& visit) {
  if (import_.mode != ImportMode::kFull) return {};
  return passport::EachGone(store_, import_, named_, visit);
}

Result<std::unique_ptr<Review>> ReviewImport::operator()(const Order& order) {
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(ImportRow import, FindImportOf(store_, caller.id, order.import));
  TRY_ASSIGN(std::string checker, OpenChecker(vault_, import));
  TRY(ApplyNow(store_, {Audited(clock_.Now(), order.by, {.what = "import.reviewed", .object = import.import.text()})}));
  return std::unique_ptr<Review>(new Review(store_, vault_, std::move(import), std::move(checker)));
}

Result<Page<ImportRow>> ReviewImport::List(const Caller& by, std::string_view page_token, std::size_t limit) {
  constexpr std::size_t kPageMax = 1000;
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(Page<ImportRow> page,
             store_.ImportsOf(caller.id, page_token, limit == 0 ? 100 : std::min(limit, kPageMax)));
  TRY(ApplyNow(store_, {Audited(clock_.Now(), by, {.what = "import.listed"})}));
  return page;
}

}  // namespace passport
