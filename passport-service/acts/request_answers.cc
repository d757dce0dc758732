#include "passport-service/acts/request_answers.h"

#include "passport-service/acts/audited.h"

namespace passport {
namespace {

constexpr int kTriesMax = 8;

Fault FaultOf(const Commit& commit) {
  switch (commit.outcome) {
    case CommitOutcome::kDone:
      break;
    case CommitOutcome::kRefused:
      return {commit.reason, "", "what the change builds on is no longer so"};
    case CommitOutcome::kRetry:
      return {commit.reason == Reason::kNone ? Reason::kStoreUnavailable : commit.reason, "", "the store took nothing"};
    case CommitOutcome::kUnknown:
      return {commit.reason == Reason::kStoreFull ? Reason::kStoreFull : Reason::kOutcomeUnknown, "",
              "the store did not say whether it kept the change"};
  }
  return {Reason::kStoreUnavailable, "", "no outcome"};
}

// Tries again while the store says that nothing happened for a passing reason.
Commit ApplyPatiently(Ledger& ledger, const Changes& changes) {
  Commit commit = ledger.Apply(changes);
  for (int tries = 1;
       commit.outcome == CommitOutcome::kRetry && commit.reason != Reason::kStoreFull && tries < kTriesMax; ++tries) {
    commit = ledger.Apply(changes);
  }
  return commit;
}

}  // namespace

Digest RequestDigest(std::initializer_list<std::string_view> parts) {
  std::string bytes;
  for (const std::string_view part : parts) {
    bytes += std::to_string(part.size());
    bytes += ':';
    bytes += part;
  }
  return Sha256(bytes);
}

Result<std::optional<std::string>> FindAnswer(Answers& answers, const RequestKey& key) {
  TRY_ASSIGN(std::optional<AnswerRow> row, answers.FindAnswer(key.by, key.id));
  if (!row) return std::optional<std::string>();
  if (row->request_digest != key.digest)
    return Fault{Reason::kRequestReused, "", "request_id was used for another request"};
  return std::optional(std::move(row->answer));
}

Result<std::optional<std::string>> RepeatAnswer(Store& store, const RequestKey& key, const Caller& by, Instant now) {
  TRY_ASSIGN(std::optional<std::string> answer, FindAnswer(store, key));
  if (answer) TRY(ApplyNow(store, {Audited(now, by, {.what = "request.repeated", .request = key.id.text()})}));
  return answer;
}

Result<void> ApplyOnce(Store& store, const Changes& changes, const RequestKey& key) {
  const Commit commit = ApplyPatiently(store, changes);
  if (commit.outcome == CommitOutcome::kDone) return {};
  if (commit.outcome == CommitOutcome::kRetry) return FaultOf(commit);
  const Result<std::optional<std::string>> answer = FindAnswer(store, key);
  if (!answer.ok() && answer.fault().reason == Reason::kRequestReused) return answer.fault();
  if (!answer.ok() || !answer->has_value()) return FaultOf(commit);
  const auto* ours = std::get_if<RememberAnswer>(&changes.back());
  if (ours != nullptr && ours->row.answer == **answer) return {};
  // The same request, sent twice at once: the other one was first, and its answer is not the one at hand here.
  return Fault{Reason::kStateConflict, "", "the same request was answered at the same time; send it again"};
}

Result<void> ApplyNow(Ledger& ledger, const Changes& changes) {
  const Commit commit = ApplyPatiently(ledger, changes);
  if (commit.outcome == CommitOutcome::kDone) return {};
  return FaultOf(commit);
}

}  // namespace passport
