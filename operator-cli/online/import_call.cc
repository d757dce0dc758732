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
  const ImportKeys& keys = order.keys;
  std::size_t bytes = kRowOverheadBytes + order.employee_number.size() + order.record.kind.size() +
                      keys.assignment_number.size() + keys.national_insurance_number.size() + keys.name.size() +
                      keys.date_of_birth.size();
  for (const std::string& registration : keys.registration_numbers) bytes += 4 + registration.size();
  constexpr std::size_t kFieldOverheadBytes = 16;
  for (const auto& [name, value] : order.record.fields) bytes += kFieldOverheadBytes + name.size() + value.size();
  return bytes;
}

void Fill(const ImportOrder& order, v1::ImportRow& row) {
  row.set_line(order.line);
  row.set_part(order.part);
  row.set_employee_number(order.employee_number);
  v1::MatchKeys& keys = *row.mutable_keys();
  keys.set_assignment_number(order.keys.assignment_number);
  keys.set_national_insurance_number(order.keys.national_insurance_number);
  for (const std::string& registration : order.keys.registration_numbers) keys.add_registration_numbers(registration);
  keys.set_name(order.keys.name);
  keys.set_date_of_birth(order.keys.date_of_birth);
  ToWire(order.record, *row.mutable_record());
}

void Fill(const ImportOpening& opening, v1::ImportHeader& header) {
  header.set_request_id(opening.file_id);
  header.set_source(opening.source);
  header.set_mode(opening.full ? v1::IMPORT_MODE_FULL : v1::IMPORT_MODE_DELTA);
  header.set_sequence(opening.sequence);
  header.set_checker(opening.checker);
  header.set_dry_run(opening.dry_run);
  header.set_enrol_unknown(opening.enrol_unknown);
  header.set_rows_expected(opening.rows_expected);
}

Fault Confused() { return {Reason::kSchemaNewer, "", "the answers of the import do not match what was sent"}; }

}  // namespace

ImportCall::ImportCall(v1::IssuerService::Stub& stub, std::string address) : address_(std::move(address)) {
  stream_ = stub.StageImport(&context_);
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
  v1::StageImportResponse response;
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
    if (std::pair(result.line(), result.part()) != sent_.front().front()) return Confused();
    sent_.front().pop_front();
    TRY_ASSIGN(const ImportRowAnswer answer, FromWire(result));
    answered(answer);
  }
  sent_.pop_front();
  return {};
}

Result<v1::StageImportResponse> ImportCall::Await() {
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
  v1::StageImportResponse response = std::move(answers_.front());
  answers_.pop_front();
  return response;
}

Result<void> ImportCall::AwaitAnswers(std::size_t unanswered, const ImportSink& answered) {
  while (sent_.size() > unanswered) {
    TRY_ASSIGN(const v1::StageImportResponse response, Await());
    if (!response.has_progress()) return Confused();
    TRY(Deliver(response.progress(), answered));
  }
  return {};
}

Result<void> ImportCall::SendBatch(const ImportSink& answered) {
  if (batch_.rows().rows().empty()) return {};
  TRY(AwaitAnswers(kBatchesAhead - 1, answered));
  std::deque<std::pair<std::uint64_t, std::uint32_t>> places;
  for (const v1::ImportRow& row : batch_.rows().rows()) places.emplace_back(row.line(), row.part());
  sent_.push_back(std::move(places));
  const bool written = stream_->Write(batch_);
  batch_.Clear();
  batch_bytes_ = 0;
  if (written) return {};
  // The other side has ended the stream; what it answered before still counts.
  TRY(AwaitAnswers(0, answered));
  return Broken();
}

Result<StagedAnswer> ImportCall::Run(const ImportOpening& opening, const ImportSource& next,
                                     const ImportSink& answered) {
  v1::StageImportRequest request;
  Fill(opening, *request.mutable_header());
  if (!stream_->Write(request)) return Broken();
  TRY_ASSIGN(const v1::StageImportResponse opened, Await());
  if (!opened.has_opened()) return Confused();
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
  TRY_ASSIGN(const v1::StageImportResponse summary, Await());
  if (!summary.has_summary()) return Confused();
  JoinReader();  // the end
  finished_ = true;
  const grpc::Status status = stream_->Finish();
  if (!status.ok()) return FaultOfStatus(status, address_);
  return FromWire(summary.summary());
}

}  // namespace passport
