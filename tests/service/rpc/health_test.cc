// Health, reflection and the end of a server.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"
#include "passport-service/rpc/listen_address.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

namespace health = grpc::health::v1;

TEST(Health, EveryServiceIsServing) {
  WireWorld world;
  const auto stub = health::Health::NewStub(world.Connect(kReceiver));
  std::vector<std::string> names = ServedServices();
  names.emplace_back();  // of the server as a whole
  for (const std::string& name : names) {
    health::HealthCheckRequest request;
    request.set_service(name);
    health::HealthCheckResponse response;
    ASSERT_TRUE(stub->Check(Soon().get(), request, &response).ok()) << name;
    EXPECT_EQ(response.status(), health::HealthCheckResponse::SERVING) << name;
  }
}

TEST(Health, NobodyWithoutACertificateIsTold) {
  WireWorld world;
  health::HealthCheckResponse response;
  EXPECT_FALSE(health::Health::NewStub(world.Connect(ClientIdentity{}))->Check(Soon(5).get(), {}, &response).ok());
}

// A message of the reflection protocol. The library brings its types but no header for them.
std::unique_ptr<google::protobuf::Message> ReflectionMessage(const std::string& name) {
  const auto* type =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName("grpc.reflection.v1alpha." + name);
  EXPECT_NE(type, nullptr);
  return std::unique_ptr<google::protobuf::Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

// One stream of questions in text form, answered in text form.
std::vector<std::string> Reflect(const WireWorld& world, const std::vector<std::string>& questions) {
  grpc::GenericStub stub(world.Connect(kReceiver));
  grpc::CompletionQueue queue;
  const auto context = Soon();
  const auto step = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return ok;
  };
  auto stream =
      stub.PrepareCall(context.get(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  stream->StartCall(nullptr);
  EXPECT_TRUE(step());
  std::vector<std::string> answers;
  for (const std::string& question : questions) {
    const auto request = ReflectionMessage("ServerReflectionRequest");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(question, request.get()));
    const grpc::Slice out(request->SerializeAsString());
    stream->Write(grpc::ByteBuffer(&out, 1), nullptr);
    EXPECT_TRUE(step());
    grpc::ByteBuffer in;
    stream->Read(&in, nullptr);
    EXPECT_TRUE(step());
    grpc::Slice whole;
    EXPECT_TRUE(in.TrySingleSlice(&whole).ok() || in.DumpToSingleSlice(&whole).ok());
    const auto response = ReflectionMessage("ServerReflectionResponse");
    EXPECT_TRUE(response->ParseFromArray(whole.begin(), static_cast<int>(whole.size())));
    answers.push_back(response->DebugString());
  }
  context->TryCancel();
  grpc::Status status;
  stream->Finish(&status, nullptr);
  (void)step();
  return answers;
}

TEST(Health, ReflectionListsAndDescribesEveryService) {
  WireWorld world;
  std::vector<std::string> questions = {"list_services: ''"};
  const std::vector<std::string> services = ServedServices();
  for (const std::string& name : services) questions.push_back("file_containing_symbol: '" + name + "'");
  questions.emplace_back("file_containing_symbol: 'grpc.health.v1.Health'");
  const std::vector<std::string> answers = Reflect(world, questions);
  for (const std::string& name : services) {
    EXPECT_NE(answers[0].find("name: \"" + name + "\""), std::string::npos) << answers[0];
  }
  std::size_t ours = 0;
  for (std::size_t at = 0; (at = answers[0].find("name: \"staffpassport.", at)) != std::string::npos; ++at) ++ours;
  EXPECT_EQ(ours, services.size()) << "one is served that ServedServices does not name";
  EXPECT_NE(answers[0].find("grpc.health.v1.Health"), std::string::npos);
  for (std::size_t i = 1; i < answers.size(); ++i) {
    EXPECT_NE(answers[i].find("file_descriptor_proto"), std::string::npos) << questions[i] << answers[i];
  }
}

TEST(Health, DrainingLetsACallUnderWayEndAndThenNobodyIsServed) {
  WireWorld world;
  world.Settle();
  const auto context = Soon();
  auto stream = v1::IssuerService::NewStub(world.Connect(kEmployer))->StageImport(context.get());
  v1::StageImportRequest request;
  request.mutable_header()->set_request_id("drain");
  request.mutable_header()->set_source("learning");
  request.mutable_header()->set_mode(v1::IMPORT_MODE_DELTA);
  v1::StageImportResponse response;
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  std::thread drain([&] { world.server().Drain(std::chrono::seconds(15)); });
  v1::ImportRow& row = *request.mutable_rows()->add_rows();
  row.set_line(2);
  row.set_employee_number("1001");
  *row.mutable_record() = TrainingRecord();
  EXPECT_TRUE(stream->Write(request));
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.progress().results(0).verdict(), v1::DRAFT_VERDICT_NEW);
  stream->WritesDone();
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
  drain.join();
  health::HealthCheckResponse state;
  EXPECT_FALSE(health::Health::NewStub(world.Connect(kReceiver))->Check(Soon(5).get(), {}, &state).ok());
}

TEST(ListenAddress, IsAHostAndAPort) {
  EXPECT_EQ(ListenAddress::Parse("127.0.0.1:8443").value().Text(), "127.0.0.1:8443");
  EXPECT_EQ(ListenAddress::Parse("[::1]:0").value().Text(), "[::1]:0");
  for (const char* bad : {"", "127.0.0.1", ":1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "127.0.0.1:8a", "h:-1"}) {
    EXPECT_FALSE(ListenAddress::Parse(bad).ok()) << bad;
  }
}

TEST(ListenAddress, ATakenOneIsSaidToBeTaken) {
  WireWorld world;
  const auto taken = CheckFree({.host = "127.0.0.1", .port = static_cast<std::uint16_t>(world.port())});
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.fault().reason, Reason::kStateConflict);
}

}  // namespace
}  // namespace passport
