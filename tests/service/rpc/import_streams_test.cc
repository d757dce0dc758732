// Imports over the wire: staging, review, issue, resumption, and what goes wrong.
#include "passport-service/rpc/import_streams.h"

#include <gtest/gtest.h>

#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

v1::ImportRow Row(std::uint64_t line, const std::string& level = "2") {
  v1::ImportRow row;
  row.set_line(line);
  row.set_employee_number("1001");
  *row.mutable_record() = TrainingRecord(level);
  (*row.mutable_record()->mutable_fields())["subject"] = "course_" + std::to_string(line);
  return row;
}

v1::StageImportRequest Header(const std::string& file, bool dry_run = false) {
  v1::StageImportRequest request;
  request.mutable_header()->set_request_id(file);
  request.mutable_header()->set_source("learning");
  request.mutable_header()->set_mode(v1::IMPORT_MODE_DELTA);
  request.mutable_header()->set_dry_run(dry_run);
  request.mutable_header()->set_checker("Example-Dunnock, Iris");
  return request;
}

v1::StageImportRequest Batch(std::uint64_t first, std::uint64_t count) {
  v1::StageImportRequest request;
  for (std::uint64_t line = first; line < first + count; ++line) *request.mutable_rows()->add_rows() = Row(line);
  return request;
}

class Import : public ::testing::Test {
 protected:
  void SetUp() override { world_.Settle(); }
  void Begin(const v1::StageImportRequest& header) {
    context_ = Soon(60);
    stream_ = stub_->StageImport(context_.get());
    EXPECT_TRUE(stream_->Write(header));
    v1::StageImportResponse response;
    EXPECT_TRUE(stream_->Read(&response));
    import_id_ = response.opened().import_id();
  }
  v1::ImportProgress Send(const v1::StageImportRequest& request) {
    v1::StageImportResponse response;
    EXPECT_TRUE(stream_->Write(request));
    EXPECT_TRUE(stream_->Read(&response));
    return response.progress();
  }
  // Ends the sending side; nothing when the stream failed.
  std::optional<v1::ImportSummary> End() {
    stream_->WritesDone();
    v1::StageImportResponse response;
    if (!stream_->Read(&response)) return std::nullopt;
    EXPECT_TRUE(stream_->Finish().ok());
    return response.summary();
  }
  grpc::Status IssueReviewed(std::uint64_t reviewed_revision, v1::IssueImportResponse& last) {
    const auto context = Soon(60);
    v1::IssueImportRequest request;
    request.set_request_id("issue");
    request.set_import_id(import_id_);
    request.set_reviewed_revision(reviewed_revision);
    auto stream = stub_->IssueImport(context.get(), request);
    while (stream->Read(&last)) {
    }
    return stream->Finish();
  }
  v1::IssueImportResponse Issue() {
    v1::IssueImportResponse last;
    EXPECT_TRUE(IssueReviewed(0, last).ok());
    return last;
  }

  WireWorld world_;
  std::unique_ptr<v1::IssuerService::Stub> stub_ = v1::IssuerService::NewStub(world_.Connect(kEmployer));
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StageImportRequest, v1::StageImportResponse>> stream_;
  std::string import_id_;
};

TEST_F(Import, EveryRowIsAnsweredInOrderAndABadOneStopsNobody) {
  Begin(Header("file-1"));
  v1::StageImportRequest request = Batch(2, 2);
  *request.mutable_rows()->add_rows() = Row(4, "high");
  *request.mutable_rows()->add_rows() = Row(5);
  request.mutable_rows()->mutable_rows(3)->set_employee_number("9999");
  const v1::ImportProgress progress = Send(request);
  ASSERT_EQ(progress.results_size(), 4);
  EXPECT_EQ(progress.results(0).line(), 2U);
  EXPECT_EQ(progress.results(0).verdict(), v1::DRAFT_VERDICT_NEW);
  EXPECT_EQ(progress.results(1).verdict(), v1::DRAFT_VERDICT_NEW);
  EXPECT_EQ(progress.results(2).refusal().reason(), "RECORD_FIELD");
  EXPECT_EQ(progress.results(3).refusal().reason(), "NOT_FOUND");
  const auto summary = End();
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->counts().added(), 2U);
  EXPECT_EQ(summary->counts().refused(), 2U);
  EXPECT_EQ(summary->import().state(), v1::IMPORT_STATE_STAGED);

  const auto context = Soon();
  v1::ReviewImportRequest review;
  review.set_import_id(import_id_);
  auto look = stub_->ReviewImport(context.get(), review);
  v1::ReviewImportResponse shown;
  ASSERT_TRUE(look->Read(&shown));
  EXPECT_EQ(shown.import().checker(), "Example-Dunnock, Iris");
  const std::uint64_t reviewed = shown.import().reviewed_revision();
  ASSERT_TRUE(look->Read(&shown));
  EXPECT_EQ(shown.draft().employee_number(), "1001");
  EXPECT_EQ(shown.draft().record().fields().at("subject"), "course_2");
  int drafts = 1;
  while (look->Read(&shown)) ++drafts;
  EXPECT_EQ(drafts, 4);
  EXPECT_TRUE(look->Finish().ok());

  v1::IssueImportResponse issued;
  EXPECT_EQ(ErrorWord(IssueReviewed(reviewed + 1, issued)), "STATE_CONFLICT");
  EXPECT_EQ(issued.issued(), 0U);
  ASSERT_TRUE(IssueReviewed(reviewed, issued).ok());
  EXPECT_EQ(issued.issued(), 2U);
  EXPECT_TRUE(issued.end());
  EXPECT_EQ(issued.import().state(), v1::IMPORT_STATE_ISSUED);
  v1::ListImportsResponse list;
  EXPECT_TRUE(stub_->ListImports(Soon().get(), {}, &list).ok());
  ASSERT_EQ(list.imports_size(), 1);
  EXPECT_EQ(list.imports(0).import_id(), import_id_);
}

TEST_F(Import, AfterALostConnectionTheFileIsSentAgain) {
  Begin(Header("file-1"));
  (void)Send(Batch(2, 30));
  stream_->Write(Batch(32, 30));
  context_->TryCancel();
  (void)stream_->Finish();
  Begin(Header("file-1"));
  (void)Send(Batch(2, 30));
  (void)Send(Batch(32, 30));
  const auto summary = End();
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->counts().added(), 60U);
  EXPECT_EQ(Issue().issued(), 60U);
  EXPECT_EQ(Issue().issued(), 0U) << "again";
  const auto all = world_.store().CredentialsOf(OrganisationId::Parse(kEmployer).value(), "", 1000);
  EXPECT_EQ(all.value().rows.size(), 60U);
}

TEST_F(Import, AStoreThatFailsEndsTheStream) {
  Begin(Header("file-1"));
  world_.store().OnApply([](const Changes&) {
    return MemoryStore::Failure{MemoryStore::Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull};
  });
  stream_->Write(Batch(2, 3));
  v1::StageImportResponse response;
  EXPECT_FALSE(stream_->Read(&response));
  EXPECT_EQ(stream_->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  world_.store().OnApply({});
}

TEST_F(Import, PartsOutOfOrderAndOutOfBoundsAreRefused) {
  const auto refused = [&](const std::vector<v1::StageImportRequest>& requests) {
    const auto context = Soon(60);
    auto stream = stub_->StageImport(context.get());
    for (const auto& request : requests) stream->Write(request);
    stream->WritesDone();
    v1::StageImportResponse response;
    while (stream->Read(&response)) {
    }
    return ErrorWord(stream->Finish());
  };
  v1::StageImportRequest no_rows;
  no_rows.mutable_rows();
  v1::StageImportRequest no_mode = Header("f");
  no_mode.mutable_header()->clear_mode();
  v1::StageImportRequest no_source = Header("f");
  no_source.mutable_header()->clear_source();
  v1::StageImportRequest short_file = Header("g");
  short_file.mutable_header()->set_rows_expected(3);
  EXPECT_EQ(refused({}), "FIELD_INVALID");
  EXPECT_EQ(refused({Header("a"), Header("a")}), "FIELD_INVALID");
  EXPECT_EQ(refused({Batch(2, 1)}), "FIELD_INVALID");
  EXPECT_EQ(refused({Header("b"), no_rows}), "FIELD_INVALID");
  EXPECT_EQ(refused({Header("c"), Batch(2, 501)}), "FIELD_INVALID");
  EXPECT_EQ(refused({Header("d"), Batch(3, 1), Batch(2, 1)}), "FIELD_INVALID");
  EXPECT_EQ(refused({no_mode}), "FIELD_INVALID");
  EXPECT_EQ(refused({no_source}), "FIELD_INVALID");
  EXPECT_EQ(refused({short_file, Batch(2, 1)}), "STATE_CONFLICT");
  EXPECT_EQ(refused({Header("e"), Batch(2, 1)}), "");
}

TEST_F(Import, TheSecondImportTooManyIsSentAwayAndUnaryCallsGoOn) {
  ServerLimits limits;
  limits.imports_max = 1;
  WireWorld small(limits);
  small.Settle();
  const auto stub = v1::IssuerService::NewStub(small.Connect(kEmployer));
  const auto first_context = Soon();
  auto first = stub->StageImport(first_context.get());
  v1::StageImportResponse response;
  EXPECT_TRUE(first->Write(Header("a")));
  EXPECT_TRUE(first->Read(&response));
  const auto second_context = Soon();
  auto second = stub->StageImport(second_context.get());
  EXPECT_FALSE(second->Read(&response));
  EXPECT_EQ(second->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_FALSE(small.IssueTraining("beside").empty());
  first->WritesDone();
  EXPECT_TRUE(first->Read(&response));
  EXPECT_TRUE(first->Finish().ok());
}

}  // namespace
}  // namespace passport
