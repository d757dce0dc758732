// Shows what an import would sign, for whom, what that takes the place of, and what is refused and why.
#pragma once

#include <memory>
#include <string>

#include "passport-service/acts/import_draft.h"
#include "passport-service/acts/import_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

struct ReviewedDraft {
  DraftRow row;
  DraftContent content;  // whom it is about by which keys, and the facts to be signed
};

// One look at an import, page by page. One thread.
class Review {
 public:
  static constexpr std::size_t kPage = 200;
  const ImportRow& import() const { return import_; }
  const std::string& checker() const { return checker_; }  // the person named as checker, or empty
  // The next drafts by line; none at the end. Fails as store and key store do.
  Result<std::vector<ReviewedDraft>> Next();
  // After the last draft: what a full file does not name any more. None for a delta file. Fails as the store does.
  Result<void> EachGone(const std::function<Result<void>(const CredentialRow&)>& visit);

 private:
  friend class ReviewImport;
  Review(Store& store, PersonVault& vault, ImportRow import, std::string checker)
      : store_(store), vault_(vault), import_(std::move(import)), checker_(std::move(checker)) {}
  Store& store_;
  PersonVault& vault_;
  ImportRow import_;
  std::string checker_;
  std::string after_;
  bool ended_ = false;
  CredentialSet named_;
};

class ReviewImport {
 public:
  struct Order {
    Caller by;
    RequestId import;
  };
  ReviewImport(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // That somebody looked is in the audit trail before anything is shown. Fails with kCallerUnknown, kNotFound, and as
  // store and key store do.
  Result<std::unique_ptr<Review>> operator()(const Order& order);
  // The imports of the caller's; `limit` is cut to 1000, 0 means 100.
  Result<Page<ImportRow>> List(const Caller& by, std::string_view page_token, std::size_t limit);

 private:
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
