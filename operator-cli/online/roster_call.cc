#include "operator-cli/online/roster_call.h"

#include <utility>

#include "operator-cli/online/fault_of_status.h"
#include "operator-cli/online/from_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

Fault NotAsSent() { return {Reason::kSchemaNewer, "", "the answers of the roster do not match what was sent"}; }

void Fill(const RosterEntry& entry, v1::RosterLine& line) {
  line.set_line_id(entry.id);
  line.set_employee_number(entry.employee_number);
  line.set_profile(entry.profile);
  line.set_place(entry.place);
  line.set_engagement(entry.employment ? v1::ENGAGEMENT_EMPLOYMENT : v1::ENGAGEMENT_PLACEMENT);
  line.mutable_start_time()->set_seconds(entry.starts_at.seconds);
  line.mutable_end_time()->set_seconds(entry.ends_at.seconds);
}

Result<RosterLineAnswer> ToAnswer(const v1::RosterResult& message) {
  RosterLineAnswer answer{.id = message.line_id(),
                          .outcome = {},
                          .reason = {},
                          .holds_through = message.holds_through(),
                          .refusal = {},
                          .lines = {}};
  TRY_ASSIGN(answer.reason, ToReasonWord(message.reason()));
  if (message.has_refusal()) {
    TRY_ASSIGN(answer.refusal, passport::FromWire(message.refusal()));
    return answer;
  }
  TRY_ASSIGN(answer.outcome, ToRole(message.outcome()));
  for (const v1::DecisionLine& line : message.lines()) {
    TRY_ASSIGN(RequirementAnswer requirement, ToRequirement(line));
    answer.lines.push_back(std::move(requirement));
  }
  return answer;
}

RosterSummaryAnswer ToAnswer(const v1::RosterSummary& summary, std::string snapshot_id) {
  return {.snapshot_id = std::move(snapshot_id),
          .lines = summary.lines(),
          .met = summary.met(),
          .met_expiring = summary.met_expiring(),
          .not_met = summary.not_met(),
          .cannot_tell = summary.cannot_tell(),
          .refused = summary.refused()};
}

}  // namespace

RosterCall::RosterCall(v1::RosterService::Stub& stub, std::string address) : address_(std::move(address)) {
  stream_ = stub.CheckRoster(&context_);
  reader_ = std::thread([this] { ReadAnswers(); });
}

RosterCall::~RosterCall() {
  if (!finished_) static_cast<void>(Broken());
  JoinReader();
}

void RosterCall::JoinReader() {
  if (reader_.joinable()) reader_.join();
}

void RosterCall::ReadAnswers() {
  v1::CheckRosterResponse response;
  while (stream_->Read(&response)) {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(response));
    response.Clear();
    arrived_.notify_one();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  arrived_.notify_one();
}

Fault RosterCall::Broken() {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) context_.TryCancel();  // when the service has ended it, its status is what we want
  }
  JoinReader();
  finished_ = true;
  const grpc::Status status = stream_->Finish();
  if (status.ok()) return NotAsSent();
  return FaultOfStatus(status, address_);
}

Result<v1::CheckRosterResponse> RosterCall::Await() {
  std::unique_lock lock(mutex_);
  if (!arrived_.wait_for(lock, kRosterSilenceMax, [this] { return ended_ || !answers_.empty(); })) {
    lock.unlock();
    static_cast<void>(Broken());  // we ended it ourselves, so its status says nothing
    return Fault{Reason::kDeadline, "", "the service at " + address_ + " did not answer lines within a minute"};
  }
  if (answers_.empty()) {
    lock.unlock();
    return Broken();
  }
  v1::CheckRosterResponse response = std::move(answers_.front());
  answers_.pop_front();
  return response;
}

Result<void> RosterCall::AwaitAnswers(std::uint64_t lines, const RosterSink& answered) {
  while (answered_ < lines) {
    TRY_ASSIGN(const v1::CheckRosterResponse response, Await());
    if (!response.has_results()) return NotAsSent();
    answered_ += static_cast<std::uint64_t>(response.results().results_size());
    if (answered_ > sent_) return NotAsSent();
    for (const v1::RosterResult& result : response.results().results()) {
      TRY_ASSIGN(const RosterLineAnswer answer, ToAnswer(result));
      TRY(answered(answer));
    }
  }
  return {};
}

Result<void> RosterCall::SendBlock(const std::vector<RosterEntry>& entries, const RosterSink& answered) {
  if (blocks_.size() >= kRosterBlocksAhead) {
    TRY(AwaitAnswers(blocks_.front(), answered));
    blocks_.pop_front();
  }
  v1::CheckRosterRequest block;
  for (const RosterEntry& entry : entries) Fill(entry, *block.mutable_lines()->add_lines());
  sent_ += entries.size();
  blocks_.push_back(sent_);
  if (stream_->Write(block)) return {};
  // The other side has ended the stream; what it answered before still counts.
  TRY(AwaitAnswers(sent_, answered));
  return Broken();
}

Result<RosterSummaryAnswer> RosterCall::Run(const RosterQuestion& question, const RosterSource& next,
                                            const RosterSink& answered) {
  v1::CheckRosterRequest request;
  request.mutable_opening()->set_purpose(question.purpose);
  request.mutable_opening()->set_agreement(question.agreement);
  request.mutable_opening()->set_explain(question.explain);
  if (!stream_->Write(request)) return Broken();
  TRY_ASSIGN(const v1::CheckRosterResponse opened, Await());
  if (!opened.has_opened()) return NotAsSent();
  while (const std::optional<std::vector<RosterEntry>> entries = next()) {
    if (!entries->empty()) TRY(SendBlock(*entries, answered));
  }
  TRY(AwaitAnswers(sent_, answered));
  if (!stream_->WritesDone()) return Broken();
  TRY_ASSIGN(const v1::CheckRosterResponse summary, Await());
  if (!summary.has_summary()) return NotAsSent();
  JoinReader();  // the end
  finished_ = true;
  const grpc::Status status = stream_->Finish();
  if (!status.ok()) return FaultOfStatus(status, address_);
  return ToAnswer(summary.summary(), opened.opened().snapshot_id());
}

}  // namespace passport
