// Importing many records: results row by row, resumption, and what goes wrong.
#include "passport-service/rpc/import_records.h"

#include <gtest/gtest.h>

#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

v1::ImportRow Row(int number, const std::string& level = "2") {
  v1::ImportRow row;
  row.set_row_id("line " + std::to_string(number));
  row.set_request_id("row-" + std::to_string(number));
  row.set_employee_number("1001");
  *row.mutable_record() = TrainingRecord(level);
  return row;
}

v1::ImportRecordsRequest Batch(int first, int count) {
  v1::ImportRecordsRequest request;
  for (int i = first; i < first + count; ++i) *request.mutable_rows()->add_rows() = Row(i);
  return request;
}

class Import : public ::testing::Test {
 protected:
  using Stream = grpc::ClientReaderWriter<v1::ImportRecordsRequest, v1::ImportRecordsResponse>;
  void SetUp() override { world_.Settle(); }
  void Begin() {
    context_ = Soon(60);
    stream_ = stub_->ImportRecords(context_.get());
  }
  v1::ImportProgress Send(const v1::ImportRecordsRequest& request) {
    v1::ImportRecordsResponse response;
    EXPECT_TRUE(stream_->Write(request));
    EXPECT_TRUE(stream_->Read(&response));
    return response.progress();
  }
  // Ends the sending side; nothing when the stream failed.
  std::optional<v1::ImportCounts> End() {
    stream_->WritesDone();
    v1::ImportRecordsResponse response;
    if (!stream_->Read(&response)) return std::nullopt;
    return response.summary().counts();
  }

  WireWorld world_;
  std::unique_ptr<v1::IssuerService::Stub> stub_ = v1::IssuerService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Stream> stream_;
};

TEST_F(Import, EveryRowIsAnsweredInOrderAndABadOneStopsNobody) {
  Begin();
  v1::ImportRecordsRequest header;
  header.mutable_header()->set_rows_expected(5);
  EXPECT_TRUE(stream_->Write(header));
  v1::ImportRecordsRequest request = Batch(1, 2);
  *request.mutable_rows()->add_rows() = Row(3, "high");
  *request.mutable_rows()->add_rows() = Row(4);
  request.mutable_rows()->mutable_rows(3)->set_employee_number("9999");
  *request.mutable_rows()->add_rows() = Row(5);
  request.mutable_rows()->mutable_rows(4)->set_request_id("not an id");
  const v1::ImportProgress progress = Send(request);
  ASSERT_EQ(progress.results_size(), 5);
  EXPECT_EQ(progress.results(0).row_id(), "line 1");
  EXPECT_EQ(progress.results(0).outcome(), v1::ROW_OUTCOME_ISSUED);
  EXPECT_EQ(progress.results(1).outcome(), v1::ROW_OUTCOME_ISSUED);
  EXPECT_NE(progress.results(0).credential_id(), progress.results(1).credential_id());
  EXPECT_EQ(progress.results(2).outcome(), v1::ROW_OUTCOME_REFUSED);
  EXPECT_EQ(progress.results(2).refusal().reason(), "RECORD_FIELD");
  EXPECT_EQ(progress.results(3).refusal().reason(), "NOT_FOUND");
  EXPECT_EQ(progress.results(4).refusal().reason(), "FIELD_INVALID");
  const auto counts = End();
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->rows(), 5U);
  EXPECT_EQ(counts->issued(), 2U);
  EXPECT_EQ(counts->refused(), 3U);
  EXPECT_EQ(counts->rows_expected(), 5U);
  EXPECT_TRUE(stream_->Finish().ok());
}

TEST_F(Import, AfterALostConnectionTheSameRowsAreAnsweredAgain) {
  Begin();
  const v1::ImportProgress first = Send(Batch(1, 30));
  stream_->Write(Batch(31, 30));
  context_->TryCancel();
  (void)stream_->Finish();

  Begin();
  const v1::ImportProgress again = Send(Batch(1, 30));
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(again.results(i).outcome(), v1::ROW_OUTCOME_AGAIN);
    EXPECT_EQ(again.results(i).credential_id(), first.results(i).credential_id());
  }
  // The lost stream's batch may still be in hand: then its rows are unfinished, the stream ends, and they come again.
  for (bool unfinished = true; unfinished;) {
    const v1::ImportProgress rest = Send(Batch(31, 30));
    unfinished = false;
    for (const v1::ImportRowResult& result : rest.results()) {
      unfinished = unfinished || result.outcome() == v1::ROW_OUTCOME_UNFINISHED;
      EXPECT_NE(result.outcome(), v1::ROW_OUTCOME_REFUSED);
    }
    if (!unfinished) break;
    (void)stream_->Finish();
    Begin();
  }
  const auto counts = End();
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->refused() + counts->unfinished(), 0U);
  EXPECT_TRUE(stream_->Finish().ok());
  const auto all = world_.store().CredentialsOf(OrganisationId::Parse(kEmployer).value(), "", 1000);
  EXPECT_EQ(all.value().rows.size(), 60U);
}

TEST_F(Import, AStoreThatFailsEndsTheStreamWithUnfinishedRows) {
  Begin();
  (void)Send(Batch(1, 1));
  world_.store().OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull};
  });
  const v1::ImportProgress progress = Send(Batch(2, 3));
  for (const v1::ImportRowResult& result : progress.results()) {
    EXPECT_EQ(result.outcome(), v1::ROW_OUTCOME_UNFINISHED);
    EXPECT_EQ(result.refusal().reason(), "STORE_FULL");
  }
  EXPECT_FALSE(End());
  EXPECT_EQ(stream_->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  world_.store().OnApply({});
  Begin();
  const v1::ImportProgress later = Send(Batch(2, 3));
  for (const v1::ImportRowResult& result : later.results()) EXPECT_EQ(result.outcome(), v1::ROW_OUTCOME_ISSUED);
  EXPECT_TRUE(End());
}

TEST_F(Import, PartsOutOfOrderAndOutOfBoundsAreRefused) {
  const auto refused = [&](const std::vector<v1::ImportRecordsRequest>& requests) {
    Begin();
    for (const auto& request : requests) stream_->Write(request);
    stream_->WritesDone();
    v1::ImportRecordsResponse response;
    while (stream_->Read(&response)) {
    }
    return ErrorWord(stream_->Finish());
  };
  v1::ImportRecordsRequest header;
  header.mutable_header()->set_rows_expected(1);
  v1::ImportRecordsRequest no_rows;
  no_rows.mutable_rows();
  v1::ImportRecordsRequest nameless = Batch(1, 1);
  nameless.mutable_rows()->mutable_rows(0)->clear_row_id();
  EXPECT_EQ(refused({header, header}), "FIELD_INVALID");
  EXPECT_EQ(refused({Batch(1, 1), header}), "FIELD_INVALID");
  EXPECT_EQ(refused({{}}), "FIELD_INVALID");
  EXPECT_EQ(refused({no_rows}), "FIELD_INVALID");
  EXPECT_EQ(refused({nameless}), "FIELD_INVALID");
  EXPECT_EQ(refused({Batch(1, 501)}), "FIELD_INVALID");
  EXPECT_EQ(refused({Batch(1, 1)}), "");
}

TEST_F(Import, TheSecondImportTooManyIsSentAwayAndUnaryCallsGoOn) {
  ServerLimits limits;
  limits.imports_max = 1;
  WireWorld small(limits);
  small.Settle();
  const auto stub = v1::IssuerService::NewStub(small.Connect(kEmployer));
  const auto first_context = Soon();
  auto first = stub->ImportRecords(first_context.get());
  v1::ImportRecordsResponse response;
  EXPECT_TRUE(first->Write(Batch(1, 1)));
  EXPECT_TRUE(first->Read(&response));
  const auto second_context = Soon();
  auto second = stub->ImportRecords(second_context.get());
  EXPECT_FALSE(second->Read(&response));
  EXPECT_EQ(second->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_FALSE(small.IssueTraining("beside").empty());
  first->WritesDone();
  EXPECT_TRUE(first->Read(&response));
  EXPECT_TRUE(first->Finish().ok());
}

}  // namespace
}  // namespace passport
