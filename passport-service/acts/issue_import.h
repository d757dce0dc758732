// Signs what was staged and reviewed, block by block.
//
// A draft is signed once, under a request id of its own, so issuing goes on where it was cut off: call again. A draft
// that is no longer what was reviewed (another credential stands by now) is not signed but shown anew: review, and call
// again. Drafts whose person must be decided or enrolled first wait. When nothing waits any more the import is issued,
// and its number is the last of its series.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "passport-service/acts/import_draft.h"
#include "passport-service/acts/import_steps.h"
#include "passport-service/acts/issue_credentials.h"

namespace passport {

// What became of drafts since the call began.
struct IssueTally {
  std::uint64_t issued = 0;      // signed
  std::uint64_t superseded = 0;  // of them in the place of an older credential
  std::uint64_t unchanged = 0;   // stood signed already
  std::uint64_t refused = 0;
  std::uint64_t changed = 0;    // not what was reviewed any more
  std::uint64_t to_decide = 0;  // possible matches
  std::uint64_t to_enrol = 0;
  std::uint64_t unfinished = 0;  // the service could not; call again
};

// One call on its way. One thread.
class Issuing {
 public:
  static constexpr std::size_t kBlock = 200;
  // Does the next block. True while there is more to do. Fails with kStateConflict when the import is no longer what
  // this call approved (rows of it were decided, or another call approved it), and as the store and the key store do;
  // what was signed stays signed.
  Result<bool> Step();
  const IssueTally& tally() const { return tally_; }
  const ImportRow& import() const { return import_; }

 private:
  friend class IssueImport;
  struct Ready;
  Issuing(Store& store, PersonVault& vault, const Clock& clock, IssueCredentials& issue, Caller by,
          OrganisationRow caller, ImportRow import)
      : store_(store),
        vault_(vault),
        clock_(clock),
        issue_(issue),
        by_(std::move(by)),
        caller_(std::move(caller)),
        import_(std::move(import)) {}
  Result<void> TakeUp(const DraftRow& draft, std::vector<Ready>& ready, Changes& settled);
  Result<void> Sign(std::vector<Ready>& ready, Changes& settled);
  Result<void> Settle(const Ready& ready, const Result<IssueCredentials::Issued>& result, Changes& settled);
  Result<void> ShowAnew(DraftRow draft, const PersonId& person, const DraftContent& content, Changes& settled);
  Result<std::optional<PersonId>> StillThere(const std::optional<PersonId>& person);
  Result<bool> Learn(const RowKeys& keys, const PersonId& person);
  Result<void> End();
  void CountAnew(Changes& settled);
  void Refuse(DraftRow draft, const Fault& fault, Changes& settled);

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
  IssueCredentials& issue_;
  Caller by_;
  OrganisationRow caller_;
  ImportRow import_;
  IssueTally tally_;
  std::string after_;
  bool done_ = false;
  bool shown_anew_ = false;  // this block changed what a draft would sign
};

class IssueImport {
 public:
  struct Order {
    Caller by;
    RequestId request;
    RequestId import;
    std::optional<std::uint64_t> reviewed;  // drafts_revision that the caller was shown
  };
  // All outlive it and every Issuing.
  IssueImport(Store& store, PersonVault& vault, const Clock& clock, IssueCredentials& issue)
      : store_(store), vault_(vault), clock_(clock), issue_(issue) {}
  // Fails with kCallerUnknown, kNotFound, kStateConflict (the file is not staged to its end, or the drafts are not
  // those that were reviewed), kOutOfStep, kSecondPerson (the organisation has the two-person rule and the caller
  // prepared it), kFieldInvalid (it has that rule and the caller does not say what it reviewed), and as the store does.
  Result<std::unique_ptr<Issuing>> operator()(const Order& order);

 private:
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
  IssueCredentials& issue_;
};

}  // namespace passport
