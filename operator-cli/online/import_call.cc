#include "operator-cli/online/import_call.h"

#include <utility>

#include "operator-cli/online/fault_of_status.h"
#include "operator-cli/online/from_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

// Of one row beside its own text: tags and lengths of the message.
constexpr std::size_t kRowOverheadBytes = 64;

std::size_t BytesOf(const ImportOrder& order) {
  std::size_t bytes = kRowOverheadBytes + order.row_id.size() + order.request_id.size() + order.employee_number.size() +
                      order.record.kind.size();
  constexpr std::size_t kFieldOverheadBytes = 16;
  for (const auto& [name, value] : order.record.fields) bytes += kFieldOverheadBytes + name.size() + value.size();
  return bytes;
}

void Fill(const ImportOrder& order, v1::ImportRow& row) {
  row.set_row_id(order.row_id);
  row.set_request_id(order.request_id);
  row.set_employee_number(order.employee_number);
  ToWire(order.record, *row.mutable_record());
}

Fault Confused() { return {Reason::kSchemaNewer, "", "the answers of the import do not match what was sent"}; }

}  // namespace

ImportCall::ImportCall(v1::IssuerService::Stub& stub, std::string address) : address_(std::move(address)) {
  stream_ = stub.ImportRecords(&context_);
  reader_ = std::thread([this] { ReadAnswers(); });
}

ImportCall::~ImportCall() {
  if (!finished_) static_cast<void>(Broken());
  JoinReader();
}

void ImportCall::JoinReader() {
  if (reader_.joinable()) reader_.join();
}

void ImportCall::ReadAnswers() {
  v1::ImportRecordsResponse response;
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

Fault ImportCall::Broken() {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) context_.TryCancel();  // when the service has ended it, its status is what we want
  }
  JoinReader();
  finished_ = true;
  const grpc::Status status = stream_->Finish();
  if (status.ok()) return Confused();
  return FaultOfStatus(status, address_);
}

Result<void> ImportCall::Deliver(const v1::ImportProgress& progress, const ImportSink& answered) {
  if (sent_.empty() || sent_.front().size() != static_cast<std::size_t>(progress.results_size())) return Confused();
  for (const v1::ImportRowResult& result : progress.results()) {
    if (result.row_id() != sent_.front().front()) return Confused();
    sent_.front().pop_front();
    TRY_ASSIGN(const ImportRowAnswer answer, FromWire(result));
    answered(answer);
  }
  sent_.pop_front();
  return {};
}

Result<void> ImportCall::AwaitAnswers(std::size_t unanswered, const ImportSink& answered) {
  while (sent_.size() > unanswered) {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, kBatchDeadline, [this] { return ended_ || !answers_.empty(); })) {
      lock.unlock();
      static_cast<void>(Broken());  // we ended it ourselves, so its status says nothing
      return Fault{Reason::kDeadline, "", "the service at " + address_ + " did not answer rows within a minute"};
    }
    if (answers_.empty()) {
      lock.unlock();
      return Broken();
    }
    const v1::ImportRecordsResponse response = std::move(answers_.front());
    answers_.pop_front();
    lock.unlock();
    if (!response.has_progress()) return Confused();
    TRY(Deliver(response.progress(), answered));
  }
  return {};
}

Result<void> ImportCall::SendBatch(const ImportSink& answered) {
  if (batch_.rows().rows().empty()) return {};
  TRY(AwaitAnswers(kBatchesAhead - 1, answered));
  std::deque<std::string> row_ids;
  for (const v1::ImportRow& row : batch_.rows().rows()) row_ids.push_back(row.row_id());
  sent_.push_back(std::move(row_ids));
  const bool written = stream_->Write(batch_);
  batch_.Clear();
  batch_bytes_ = 0;
  if (written) return {};
  // The other side has ended the stream; what it answered before still counts.
  TRY(AwaitAnswers(0, answered));
  return Broken();
}

Result<void> ImportCall::Run(const ImportSource& next, const ImportSink& answered) {
  while (std::optional<ImportOrder> order = next()) {
    Fill(*order, *batch_.mutable_rows()->add_rows());
    batch_bytes_ += BytesOf(*order);
    const bool full =
        static_cast<std::size_t>(batch_.rows().rows_size()) >= kBatchRows || batch_bytes_ >= kBatchBytesMax;
    if (full) TRY(SendBatch(answered));
  }
  TRY(SendBatch(answered));
  TRY(AwaitAnswers(0, answered));
  if (!stream_->WritesDone()) return Broken();
  JoinReader();  // the summary, and then the end
  finished_ = true;
  const grpc::Status status = stream_->Finish();
  if (!status.ok()) return FaultOfStatus(status, address_);
  return {};
}

}  // namespace passport
