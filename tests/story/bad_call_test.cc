// Callers and files that are wrong: a clear refusal, nothing lost, nothing half-done.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <sys/mount.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <set>

#include "samples/demo/file_import.h"
#include "staffpassport/v1/verifier_service.grpc.pb.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::HasSubstr;

std::set<std::string> IdsIn(const std::vector<CredentialAnswer>& credentials) {
  std::set<std::string> ids;
  for (const CredentialAnswer& credential : credentials) ids.insert(credential.credential_id);
  return ids;
}

// How many of `wanted` are not in `all`.
std::size_t Lost(const std::set<std::string>& wanted, const std::set<std::string>& all) {
  return static_cast<std::size_t>(
      std::count_if(wanted.begin(), wanted.end(), [&](const std::string& id) { return !all.contains(id); }));
}

TEST_F(Story, RefusesACallerWithoutACertificate) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  grpc::SslCredentialsOptions options;
  const auto authority = ReadWholeFile(service().tls() + "/ca.pem");
  ASSERT_TRUE(authority.ok());
  options.pem_root_certs = *authority;
  const auto channel = grpc::CreateChannel(service().address(), grpc::SslCredentials(options));
  const auto stub = staffpassport::v1::VerifierService::NewStub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  staffpassport::v1::CreateChallengeResponse response;
  const grpc::Status status = stub->CreateChallenge(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
  EXPECT_EQ(response.nonce(), "");
  // Others are not disturbed.
  EXPECT_TRUE(Trust().CreateChallenge().ok());
}

TEST_F(Story, TakesANonceOnce) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  ServiceClient trust = Trust();
  const ImportOrder order = TrainingOrder(1);
  const auto issued = trust.IssueCredential("training-1", order.employee_number, order.record);
  ASSERT_TRUE(issued.ok()) << issued.fault().detail;
  const auto challenge = trust.CreateChallenge();
  ASSERT_TRUE(challenge.ok()) << challenge.fault().detail;
  const auto presentation = trust.Present(passport_code(), {.audience = challenge->audience,
                                                            .nonce = challenge->nonce,
                                                            .purpose = "roster",
                                                            .show = {{issued->credential_id, {"achieved_on"}}},
                                                            .profile = "",
                                                            .day = ""});
  ASSERT_TRUE(presentation.ok()) << presentation.fault().detail;
  const auto first = trust.VerifyPresentation(challenge->nonce, *presentation);
  ASSERT_TRUE(first.ok()) << first.fault().detail;
  EXPECT_EQ(WordOf(first->verdict), "valid");
  const auto second = trust.VerifyPresentation(challenge->nonce, *presentation);
  ASSERT_TRUE(second.ok()) << second.fault().detail;
  ASSERT_TRUE(second->refusal.has_value());
  EXPECT_EQ(second->refusal->reason, Reason::kKbNonce);
  EXPECT_TRUE(second->records.empty());
}

TEST_F(Story, RefusesATokenOfTenMegabytes) {
  constexpr std::size_t kTenMegabytes = 10 * 1000 * 1000;
  const std::string token = folder() + "/token";
  ASSERT_TRUE(WriteWholeFile(token, "eyJh." + std::string(kTenMegabytes, 'A') + ".AAAA~").ok());
  const auto end =
      RunProcess({.program = service().Program("passport-verify"),
                  .words = {"token", token, "--issuer-key", service().anchor(), "--no-key-binding", "--json"},
                  .log = ""},
                 In(std::chrono::seconds(30)));
  ASSERT_TRUE(end.ok()) << end.fault().detail;
  EXPECT_EQ(end->exit_code, 1) << end->errors;
  EXPECT_THAT(end->output, HasSubstr(R"("reason":"limit")"));
}

// Space runs out on a disk of its own: writes are refused with the reason, what was acknowledged stays, and when there
// is room again the same rows go through.
TEST_F(Story, KeepsWhatItAcknowledgedWhenTheDiskIsFull) {
  const std::string disk = folder() + "/disk";
  std::filesystem::create_directory(disk);
  if (mount("passport-story", disk.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=320m") != 0) {
    GTEST_SKIP() << "a small disk can not be mounted here: that takes root";
  }
  struct Unmount {
    const std::string& disk;
    ~Unmount() { umount2(disk.c_str(), MNT_DETACH); }
  } const unmount{disk};
  constexpr std::size_t kFloorBytes = 256 << 20;  // what the service leaves free unless it is told otherwise
  ASSERT_NO_FATAL_FAILURE(MakeHouse(disk));
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  ServiceClient trust = Trust();
  const auto first = StageCourses(trust, "file-1", 0, 200);
  ASSERT_TRUE(first.ok());
  const auto later = StageCourses(trust, "file-2", 200, 200);
  ASSERT_TRUE(later.ok());
  const auto nothing = [](const IssueAnswer&) {};
  ASSERT_EQ(trust.IssueImport("i1", first->import.import_id, nothing)->issued, 200U);
  const std::set<std::string> before = IdsIn(AllCredentials());

  const std::size_t space = std::filesystem::space(disk).available;
  ASSERT_GT(space, kFloorBytes);
  ASSERT_TRUE(WriteWholeFile(disk + "/filler", std::string(space - kFloorBytes + (1 << 20), 'x')).ok());
  const auto full = trust.IssueImport("i2", later->import.import_id, nothing);
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(WordOf(full.fault().reason), WordOf(Reason::kStoreFull));
  const auto look = trust.ListCredentials(10, "");
  ASSERT_FALSE(look.ok()) << "no audit, no answer";
  EXPECT_EQ(WordOf(look.fault().reason), WordOf(Reason::kStoreFull));

  std::filesystem::remove(disk + "/filler");
  ServiceClient again = Trust();
  const auto rest = again.IssueImport("i3", later->import.import_id, nothing);
  ASSERT_TRUE(rest.ok()) << rest.fault().detail;
  EXPECT_EQ(rest->import.state, "issued");
  EXPECT_EQ(AllCredentials().size(), 400U);
  EXPECT_EQ(Lost(before, IdsIn(AllCredentials())), 0U);
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

// SIGTERM in the middle of an import: the service ends in good order, and everything it said yes to is there.
TEST_F(Story, StopsCleanlyWhileAnImportRuns) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  std::string import_id;
  std::uint64_t acknowledged = 0;
  constexpr std::size_t kRows = 4000;
  {
    ServiceClient trust = Trust();
    const auto staged = StageCourses(trust, "file-1", 0, kRows);
    ASSERT_TRUE(staged.ok()) << staged.fault().detail;
    import_id = staged->import.import_id;
    bool stopping = false;
    static_cast<void>(trust.IssueImport("i1", import_id, [&](const IssueAnswer& answer) {
      acknowledged = answer.issued;
      if (acknowledged < 1000 || stopping) return;
      stopping = true;
      service().process().Signal(SIGTERM);
    }));
  }
  const Result<void> stopped = service().Stop();
  ASSERT_TRUE(stopped.ok()) << stopped.fault().detail;
  EXPECT_GE(acknowledged, 1000U);
  ExpectCleanHouse();
  ASSERT_TRUE(service().Start().ok());
  EXPECT_GE(AllCredentials().size(), acknowledged);
  ServiceClient again = Trust();
  const auto rest = again.IssueImport("i2", import_id, [](const IssueAnswer&) {});
  ASSERT_TRUE(rest.ok()) << rest.fault().detail;
  EXPECT_EQ(AllCredentials().size(), kRows);
  EXPECT_TRUE(service().Stop().ok());
}

}  // namespace
}  // namespace passport
