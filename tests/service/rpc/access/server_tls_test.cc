// The server's certificates are replaced while it serves, and a bad replacement changes nothing.
#include "passport-service/rpc/server_tls.h"

#include <gtest/gtest.h>

#include "keys/tls_files.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

std::string Ask(const std::shared_ptr<grpc::Channel>& channel) {
  v1::CreateChallengeResponse response;
  const grpc::Status status = v1::VerifierService::NewStub(channel)->CreateChallenge(Soon(5).get(), {}, &response);
  return status.ok() ? "ok" : std::to_string(static_cast<int>(status.error_code()));
}

TEST(ServerTls, NewConnectionsUseTheNewFilesAndOpenOnesGoOn) {
  WireWorld world;
  world.Settle();
  const ClientIdentity client = world.Client(kReceiver);
  const auto open = world.Connect(client);
  ASSERT_EQ(Ask(open), "ok");
  const WireWorld::OtherTls other = world.MakeOtherTls();
  world.server().ReplaceTls(other.files);
  EXPECT_EQ(Ask(open), "ok") << "it began before";
  EXPECT_NE(Ask(world.Connect(client)), "ok") << "it does not know the new authority";
  EXPECT_EQ(Ask(world.ConnectTrusting(other.authority_pem, client)), "ok");
}

TEST(ServerTls, FilesThatDoNotFitTogetherAreNotUsed) {
  WireWorld world;
  world.Settle();
  const ClientIdentity client = world.Client(kReceiver);
  const TlsFiles good = world.Tls();
  TlsFiles mismatched = good;
  mismatched.private_key = world.MakeOtherTls().files.private_key;
  world.server().ReplaceTls(mismatched);
  EXPECT_EQ(Ask(world.Connect(client)), "ok") << "the last good ones are kept";
  world.server().ReplaceTls(good);
  EXPECT_EQ(Ask(world.Connect(client)), "ok");
}

TEST(ServerTls, WhatDoesNotFitIsSaidBeforeItIsUsed) {
  WireWorld world;
  const TlsFiles good = world.Tls();
  const TlsFiles other = world.MakeOtherTls().files;
  const Instant now = SystemClockNow();
  const auto check = [&](const TlsFiles& files, Instant at) {
    const Result<void> fits = CheckTlsFiles(files.certificate, files.private_key, files.client_authority, at);
    return fits.ok() ? std::string("ok") : fits.fault().detail;
  };
  EXPECT_EQ(check(good, now), "ok");
  EXPECT_EQ(check(good, now + Seconds{3 * 86'400}), "the server's certificate has ended or not begun");
  EXPECT_EQ(check(good, now - Seconds{3 * 86'400}), "the server's certificate has ended or not begun");
  TlsFiles files = good;
  files.private_key = other.private_key;
  EXPECT_EQ(check(files, now), "the server's private key is not that of its certificate");
  files = good;
  files.private_key = good.certificate;
  EXPECT_EQ(check(files, now), "the server's private key does not read");
  files = good;
  files.certificate = "half a fi";
  EXPECT_EQ(check(files, now), "the server's certificate does not read");
  files = good;
  files.client_authority = good.certificate;
  EXPECT_EQ(check(files, now), "the authority of the clients is no authority");
  files.client_authority = "";
  EXPECT_EQ(check(files, now), "there is no authority of the clients in its time");
}

}  // namespace
}  // namespace passport
