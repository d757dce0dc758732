// Attacks that settings cure (docs/formats/api.md, limits). The gzip bomb is in the tests of the process, whose memory
// can be measured.
#include <arpa/inet.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

bool Served(const WireWorld& world) {
  v1::CreateChallengeResponse response;
  return v1::VerifierService::NewStub(world.Connect(kReceiver))->CreateChallenge(Soon(10).get(), {}, &response).ok();
}

// While every thread is busy a call is sent away at once and may come again.
bool ServedWithin(const WireWorld& world, std::chrono::seconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < end) {
    if (Served(world)) return true;
  }
  return false;
}

int IdleConnection(int port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return descriptor;
}

TEST(Attacks, ConnectionsThatNeverShakeHandsAreDroppedAndAGoodClientIsServed) {
  ServerLimits limits;
  limits.handshake = std::chrono::milliseconds(800);
  WireWorld world(limits);
  world.Settle();
  std::vector<int> idle;
  for (int i = 0; i < 50; ++i) idle.push_back(IdleConnection(world.port()));
  EXPECT_TRUE(Served(world));
  for (const int descriptor : idle) {
    char byte = 0;
    // 0: closed in order; -1 with a reset: closed too. A timeout would be EAGAIN.
    const ssize_t got = recv(descriptor, &byte, 1, 0);
    EXPECT_TRUE(got == 0 || (got < 0 && errno == ECONNRESET)) << got << " " << errno;
    close(descriptor);
  }
  EXPECT_TRUE(Served(world));
}

TEST(Attacks, MetadataAndMessagesAboveTheLimitAreRefused) {
  WireWorld world;
  world.Settle();
  const auto stub = v1::VerifierService::NewStub(world.Connect(kReceiver));
  const auto context = Soon();
  context->AddMetadata("x-filler", std::string(64 * 1024, 'a'));
  v1::CreateChallengeResponse challenge;
  EXPECT_FALSE(stub->CreateChallenge(context.get(), {}, &challenge).ok());
  v1::VerifyPresentationRequest request;
  request.set_nonce("nonce");
  request.set_presentation(std::string(2 << 20, 'a'));
  v1::VerifyPresentationResponse response;
  const auto fresh = v1::VerifierService::NewStub(world.Connect(kReceiver));
  EXPECT_EQ(fresh->VerifyPresentation(Soon().get(), request, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(Served(world));
}

TEST(Attacks, ACompressedCallIsRefused) {
  WireWorld world;
  world.Settle();
  const auto stub = v1::VerifierService::NewStub(world.Connect(kReceiver));
  const auto context = Soon();
  context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::VerifyPresentationRequest request;
  request.set_nonce("nonce");
  request.set_presentation(std::string(100'000, 'a'));
  v1::VerifyPresentationResponse response;
  EXPECT_EQ(stub->VerifyPresentation(context.get(), request, &response).error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_TRUE(Served(world));
}

TEST(Attacks, StreamsOpenedAndResetAtOnceDoNotStarveAnyone) {
  WireWorld world;
  world.Settle();
  const auto channel = world.Connect(kReceiver);
  const auto stub = v1::VerifierService::NewStub(channel);
  ASSERT_TRUE(Served(world));
  grpc::CompletionQueue queue;
  constexpr int kStreams = 3000;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<v1::CreateChallengeResponse> responses(kStreams);
  std::vector<grpc::Status> statuses(kStreams);
  std::vector<std::unique_ptr<grpc::ClientAsyncResponseReader<v1::CreateChallengeResponse>>> readers;
  for (int i = 0; i < kStreams; ++i) {
    contexts.push_back(Soon());
    readers.push_back(stub->AsyncCreateChallenge(contexts.back().get(), {}, &queue));
    const auto at = static_cast<std::size_t>(i);
    readers.back()->Finish(&responses[at], &statuses[at], nullptr);
    contexts.back()->TryCancel();
  }
  EXPECT_TRUE(ServedWithin(world, std::chrono::seconds(10)));
  queue.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
  }
  EXPECT_TRUE(ServedWithin(world, std::chrono::seconds(10)));
}

grpc::Status CallPath(const std::shared_ptr<grpc::Channel>& channel, const std::string& path) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const auto context = Soon();
  grpc::ByteBuffer request;
  grpc::Slice empty;
  request = grpc::ByteBuffer(&empty, 1);
  auto reader = stub.PrepareUnaryCall(context.get(), path, request, &queue);
  reader->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  reader->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status;
}

TEST(Attacks, PathsThatAreNotExactlyAMethodAreUnimplemented) {
  WireWorld world;
  world.Settle();
  const auto channel = world.Connect(kReceiver);
  const std::string good = "/staffpassport.v1.VerifierService/CreateChallenge";
  EXPECT_TRUE(CallPath(channel, good).ok());
  for (const std::string& path : {std::string("/staffpassport.v1.VerifierService/Nothing"),
                                  std::string("/staffpassport.v1.Nobody/CreateChallenge"), "/" + good, good + "/",
                                  std::string("/staffpassport.v1.VerifierService/CreateChalleng%65"),
                                  std::string("/staffpassport.v1.verifierservice/createchallenge"), good.substr(1)}) {
    EXPECT_EQ(CallPath(channel, path).error_code(), grpc::StatusCode::UNIMPLEMENTED) << path;
  }
}

}  // namespace
}  // namespace passport
