// Callers and files that are wrong: a clear refusal, nothing lost, nothing half-done.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <sys/mount.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <set>

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
  const auto issued = trust.IssueCredential("issue-1", order.employee_number, order.record);
  ASSERT_TRUE(issued.ok()) << issued.fault().detail;
  const auto challenge = trust.CreateChallenge();
  ASSERT_TRUE(challenge.ok()) << challenge.fault().detail;
  const auto presentation = trust.Present(passport_code(), {.audience = challenge->audience,
                                                            .nonce = challenge->nonce,
                                                            .purpose = "shift",
                                                            .show = {{issued->credential_id, {"achieved_on"}}},
                                                            .profile = "",
                                                            .day = ""});
  ASSERT_TRUE(presentation.ok()) << presentation.fault().detail;
  const auto first = trust.VerifyPresentation(challenge->nonce, *presentation, "", "");
  ASSERT_TRUE(first.ok()) << first.fault().detail;
  EXPECT_EQ(WordOf(first->verification.verdict), "valid");
  EXPECT_FALSE(first->kept.receipt.empty());
  const auto second = trust.VerifyPresentation(challenge->nonce, *presentation, "", "");
  ASSERT_TRUE(second.ok()) << second.fault().detail;
  ASSERT_TRUE(second->verification.refusal.has_value());
  EXPECT_EQ(second->verification.refusal->reason, Reason::kKbNonce);
  EXPECT_TRUE(second->verification.records.empty());
  EXPECT_TRUE(second->kept.receipt.empty());
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
  const auto before = ImportAll("before", TrainingOrders(0, 200));
  ASSERT_TRUE(before.ok()) << before.fault().detail;
  ASSERT_EQ(before->issued, 200U);
  const std::set<std::string> acknowledged = IdsIn(AllCredentials());
  ServiceClient trust = Trust();
  std::vector<ImportRowAnswer> answers;
  const auto staged = StageOrders(trust, OpeningOf("after"), TrainingOrders(200, 200), answers);
  ASSERT_TRUE(staged.ok()) << staged.fault().detail;

  const std::size_t space = std::filesystem::space(disk).available;
  ASSERT_GT(space, kFloorBytes);
  ASSERT_TRUE(WriteWholeFile(disk + "/filler", std::string(space - kFloorBytes + (1 << 20), 'x')).ok());
  const auto full = IssueStaged(trust, staged->import.import_id);
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(WordOf(full.fault().reason), WordOf(Reason::kStoreFull));
  const auto another = ImportAll("another", TrainingOrders(400, 10));
  ASSERT_FALSE(another.ok());
  EXPECT_EQ(WordOf(another.fault().reason), WordOf(Reason::kStoreFull));
  const auto look = trust.ListCredentials(10, "");
  ASSERT_FALSE(look.ok()) << "no audit, no answer";
  EXPECT_EQ(WordOf(look.fault().reason), WordOf(Reason::kStoreFull));

  std::filesystem::remove(disk + "/filler");
  const auto again = ImportAll("before", TrainingOrders(0, 200));
  ASSERT_TRUE(again.ok()) << again.fault().detail;
  EXPECT_EQ(again->issued, 0U);
  const auto after = ImportAll("after", TrainingOrders(200, 200));
  ASSERT_TRUE(after.ok()) << after.fault().detail;
  EXPECT_EQ(after->import.state, "issued");
  EXPECT_EQ(AllCredentials().size(), 400U);
  EXPECT_EQ(Lost(acknowledged, IdsIn(AllCredentials())), 0U);
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

// SIGTERM in the middle of an import: the service ends in good order, and everything it said yes to is there.
TEST_F(Story, StopsCleanlyWhileAnImportIsSigned) {
  constexpr std::size_t kRows = 4000;
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  std::uint64_t acknowledged = 0;
  const std::vector<ImportOrder> orders = TrainingOrders(0, kRows);
  {
    ServiceClient trust = Trust();
    std::vector<ImportRowAnswer> answers;
    const auto staged = StageOrders(trust, OpeningOf("file"), orders, answers);
    ASSERT_TRUE(staged.ok()) << staged.fault().detail;
    const auto issued = trust.IssueImport("issue", staged->import.import_id, 0, [&](const IssueAnswer& answer) {
      if (acknowledged == 0) service().process().Signal(SIGTERM);
      acknowledged = answer.issued;
    });
    EXPECT_TRUE(issued.ok() || WorthRepeating(issued.fault().reason)) << issued.fault().detail;
  }
  const Result<void> stopped = service().Stop();
  ASSERT_TRUE(stopped.ok()) << stopped.fault().detail;
  EXPECT_GE(acknowledged, 1U);
  ExpectCleanHouse();
  ASSERT_TRUE(service().Start().ok());
  EXPECT_GE(AllCredentials().size(), acknowledged);
  const auto rest = ImportAll("file", orders);
  ASSERT_TRUE(rest.ok()) << rest.fault().detail;
  EXPECT_EQ(AllCredentials().size(), kRows) << "the same file goes on where it stopped";
  EXPECT_TRUE(service().Stop().ok());
}

// And while rows are taken in: nothing is signed, and the same file can be sent again.
TEST_F(Story, StopsCleanlyWhileAFileIsTakenIn) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  bool stopping = false;
  std::size_t answered = 0;
  {
    ServiceClient trust = Trust();
    std::size_t next = 0;
    const auto staged = trust.StageImport(
        OpeningOf("endless"), [&]() -> std::optional<ImportOrder> { return TrainingOrder(next++); },
        [&](const ImportRowAnswer&) {
          if (++answered < 1000 || stopping) return;
          stopping = true;
          service().process().Signal(SIGTERM);
        });
    EXPECT_FALSE(staged.ok()) << "the file had no end, so the service must have ended it";
  }
  const Result<void> stopped = service().Stop();
  ASSERT_TRUE(stopped.ok()) << stopped.fault().detail;
  ExpectCleanHouse();
  ASSERT_TRUE(service().Start().ok());
  EXPECT_EQ(AllCredentials().size(), 0U);
  const auto shorter = ImportAll("shorter", TrainingOrders(0, 10));
  ASSERT_TRUE(shorter.ok()) << shorter.fault().detail;
  EXPECT_EQ(shorter->issued, 10U);
  EXPECT_TRUE(service().Stop().ok());
}

}  // namespace
}  // namespace passport
