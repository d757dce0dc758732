// Streams last as long as their callers let them: so each organisation has a few, idle ones are cut, and whoever is
// revoked is cut too.
#include <gtest/gtest.h>

#include <thread>

#include "passport-service/rpc/open_stream.h"
#include "staffpassport/v1/system_service.grpc.pb.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

using std::chrono::milliseconds;
using StageStream = grpc::ClientReaderWriter<v1::StageImportRequest, v1::StageImportResponse>;

struct Staging {
  std::unique_ptr<grpc::ClientContext> context = Soon(60);
  std::unique_ptr<StageStream> stream;
  bool opened = false;
};

Staging Open(v1::IssuerService::Stub& stub, const std::string& file) {
  Staging staging;
  staging.stream = stub.StageImport(staging.context.get());
  v1::StageImportRequest request;
  request.mutable_header()->set_request_id(file);
  request.mutable_header()->set_source("learning");
  request.mutable_header()->set_mode(v1::IMPORT_MODE_DELTA);
  v1::StageImportResponse response;
  staging.opened = staging.stream->Write(request) && staging.stream->Read(&response);
  return staging;
}

v1::StageImportRequest OneRow(int line = 2) {
  v1::StageImportRequest request;
  v1::ImportRow& row = *request.mutable_rows()->add_rows();
  row.set_line(static_cast<std::uint64_t>(line));
  row.set_employee_number("1001");
  *row.mutable_record() = TrainingRecord();
  return request;
}

TEST(OpenStreams, OneOrganisationDoesNotHoldThePlacesOfAll) {
  WireWorld world;
  world.Settle();
  const auto employer = v1::IssuerService::NewStub(world.Connect(kEmployer));
  const auto receiver = v1::IssuerService::NewStub(world.Connect(kReceiver));
  std::vector<Staging> idle;
  const int own = ServerLimits().share.streams_max;
  for (int i = 0; i < own; ++i) {
    idle.push_back(Open(*employer, "file-" + std::to_string(i)));
    EXPECT_TRUE(idle.back().opened);
  }
  Staging more = Open(*employer, "file-more");
  EXPECT_FALSE(more.opened);
  EXPECT_EQ(ErrorWord(more.stream->Finish()), "BUSY");
  Staging neighbour = Open(*receiver, "file-1");
  EXPECT_TRUE(neighbour.opened) << "its own places are free";
  EXPECT_FALSE(world.IssueTraining("beside").empty()) << "calls are no streams";
  EXPECT_LT(own, ServerLimits().imports_max / 2);
}

TEST(OpenStreams, OneOnWhichNothingMovesIsCutAndItsPlaceIsFree) {
  ServerLimits limits;
  limits.share.streams_max = 1;
  limits.streams.idle = milliseconds(300);
  WireWorld world(limits);
  world.Settle();
  const auto stub = v1::IssuerService::NewStub(world.Connect(kEmployer));
  Staging idle = Open(*stub, "file-1");
  ASSERT_TRUE(idle.opened);
  v1::StageImportResponse response;
  EXPECT_FALSE(idle.stream->Read(&response)) << "cut by the service, not by us";
  EXPECT_EQ(idle.stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  Staging again;
  for (int tries = 0; tries < 100 && !again.opened; ++tries) {
    again = Open(*stub, "file-1");
    if (!again.opened) std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_TRUE(again.opened);
}

TEST(OpenStreams, OneOnWhichSomethingMovesIsNotCut) {
  ServerLimits limits;
  limits.streams.idle = milliseconds(2'000);
  WireWorld world(limits);
  world.Settle();
  const auto stub = v1::IssuerService::NewStub(world.Connect(kEmployer));
  Staging staging = Open(*stub, "file-1");
  v1::StageImportResponse response;
  for (int batch = 0; batch < 6; ++batch) {
    EXPECT_TRUE(staging.stream->Write(OneRow(2 + batch)) && staging.stream->Read(&response)) << batch;
    std::this_thread::sleep_for(milliseconds(500));
  }
  staging.stream->WritesDone();
  EXPECT_TRUE(staging.stream->Read(&response));
  EXPECT_TRUE(staging.stream->Finish().ok());
}

TEST(OpenStreams, ARevokedSystemIsCutOffInTheMiddleAndSentAwayOnTheSameConnection) {
  ServerLimits limits;
  limits.streams.recheck = milliseconds(50);
  WireWorld world(limits);
  world.Settle();
  const auto channel = world.Connect(kEmployer);
  const auto stub = v1::IssuerService::NewStub(channel);
  Staging staging = Open(*stub, "file-1");
  v1::StageImportResponse response;
  ASSERT_TRUE(staging.stream->Write(OneRow()) && staging.stream->Read(&response));
  v1::RevokeSystemRequest revoke;
  revoke.set_request_id("revoke-1");
  revoke.set_organisation(kEmployer);
  revoke.set_system("hr");
  revoke.set_why("key_leaked");
  v1::RevokeSystemResponse revoked;
  const grpc::Status status =
      v1::SystemService::NewStub(world.Connect(kRegistrar))->RevokeSystem(Soon().get(), revoke, &revoked);
  ASSERT_TRUE(status.ok()) << status.error_message();
  int line = 3;
  while (staging.stream->Write(OneRow(line++)) && staging.stream->Read(&response)) {
  }
  const grpc::Status ended = staging.stream->Finish();
  EXPECT_TRUE(ended.error_code() == grpc::StatusCode::CANCELLED || ErrorWord(ended) == "CALLER_UNKNOWN")
      << ended.error_code();
  v1::ListImportsResponse list;
  EXPECT_EQ(ErrorWord(stub->ListImports(Soon().get(), {}, &list)), "CALLER_UNKNOWN");
  EXPECT_EQ(channel->GetState(false), GRPC_CHANNEL_READY) << "the connection itself lives on";
}

TEST(OpenStreams, AStreamThatHadMoreThanItsShareOfBytesIsSlowedDown) {
  ServerLimits limits;
  limits.share.bytes_burst = 1'000;
  limits.share.bytes_per_s = 2'000;
  WireWorld world(limits);
  world.Settle();
  std::this_thread::sleep_for(milliseconds(600));  // the bucket fills again
  const auto stub = v1::IssuerService::NewStub(world.Connect(kEmployer));
  Staging staging = Open(*stub, "file-1");
  ASSERT_TRUE(staging.opened);
  v1::StageImportResponse response;
  const auto begun = std::chrono::steady_clock::now();
  std::size_t bytes = 0;
  for (int batch = 0; batch < 8; ++batch) {
    ASSERT_TRUE(staging.stream->Write(OneRow(2 + batch)) && staging.stream->Read(&response));
    bytes += OneRow(2 + batch).ByteSizeLong();
  }
  staging.stream->WritesDone();
  EXPECT_TRUE(staging.stream->Read(&response));
  EXPECT_TRUE(staging.stream->Finish().ok());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  EXPECT_GE(seconds * limits.share.bytes_per_s + limits.share.bytes_burst, static_cast<double>(bytes));
  EXPECT_GT(bytes, static_cast<std::size_t>(limits.share.bytes_burst));
}

}  // namespace
}  // namespace passport
