#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string ServedContent(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class Passportctl : public ::testing::Test {
 protected:
  std::string Path(const std::string& name) const { return service_.tls() + "/" + name; }
  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
    return Path(name);
  }
  FakeService service_;
};

TEST_F(Passportctl, EnrolsAnOrganisation) {
  const TypedRun run = Type(service_, {"organisation", "enrol", "--id", "ods:X0A", "--name", "Ouzel Valley", "--type",
                                       "nhs_trust", "--kind", "employment", "--kind", "mandatory_training"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().organisation.organisation_id(), "ods:X0A");
  EXPECT_THAT(service_.behaviour().organisation.record_kinds(), ElementsAre("employment", "mandatory_training"));
  EXPECT_EQ(service_.behaviour().request_ids.at(0).size(), 22U);
}

TEST_F(Passportctl, RepeatsAChangeWithTheSameRequestId) {
  service_.behaviour().failures_first = 2;
  const TypedRun run =
      Type(service_, {"organisation", "enrol", "--id", "ods:X0A", "--name", "N", "--type", "nhs_trust"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  const std::vector<std::string>& ids = service_.behaviour().request_ids;
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_EQ(ids[0], ids[2]);
}

TEST_F(Passportctl, GivesUpAfterThreeCallsAndSaysUnavailable) {
  service_.behaviour().failures_first = 3;
  const TypedRun run =
      Type(service_, {"organisation", "enrol", "--id", "ods:X0A", "--name", "N", "--type", "nhs_trust"});
  EXPECT_EQ(run.ending, Ending::kUnavailable);
  EXPECT_EQ(service_.behaviour().request_ids.size(), 3U);
}

TEST_F(Passportctl, UsesTheRequestIdThatIsGiven) {
  const TypedRun run = Type(service_, {"credential", "revoke", "--id", "-abc", "--reason", "left_organisation",
                                       "--request-id", "my-request"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(service_.behaviour().request_ids, ElementsAre("my-request"));
  EXPECT_THAT(run.output, HasSubstr("revoked since 2026-11-22T08:26:39Z"));
}

TEST_F(Passportctl, AReasonThatIsNoneIsRefusedBeforeTheCall) {
  const TypedRun run = Type(service_, {"credential", "revoke", "--id", "abc", "--reason", "fell_out"});
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.errors, HasSubstr("left_organisation"));
  EXPECT_TRUE(service_.behaviour().request_ids.empty());
}

TEST_F(Passportctl, SaysWhatTheServiceRefusedAndWhoCanPutItRight) {
  service_.behaviour().status =
      RefusedStatus(grpc::PERMISSION_DENIED, "NOT_PERMITTED", "The caller may not do this. only the registrar may");
  const TypedRun text = Type(service_, {"registry", "publish"});
  EXPECT_EQ(text.ending, Ending::kRefused);
  EXPECT_THAT(text.errors, HasSubstr("The caller may not do this. (only the registrar may)"));
  EXPECT_THAT(text.errors, HasSubstr("the registrar"));
  const TypedRun lines = Type(service_, {"registry", "publish", "--json"});
  EXPECT_EQ(lines.ending, Ending::kRefused);
  EXPECT_THAT(lines.output, HasSubstr("{\"error\":{\"reason\":\"not_permitted\""));
}

TEST_F(Passportctl, WritesANewPassportCodeForItsOwnerOnly) {
  const TypedRun run = Type(service_, {"person", "enrol", "--employee-number", "20310001", "--code-out", Path("code")});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(ServedContent(Path("code")), "code-of-20310001\n");
  struct stat about {};
  ASSERT_EQ(stat(Path("code").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_THAT(run.output + run.errors, Not(HasSubstr("code-of")));
}

TEST_F(Passportctl, ShowsANewPassportCodeOnATerminalOnly) {
  const std::vector<std::string> words = {"person", "enrol", "--employee-number", "20310001"};
  EXPECT_EQ(Type(service_, words, false).ending, Ending::kUsage);
  EXPECT_TRUE(service_.behaviour().request_ids.empty());
  const TypedRun run = Type(service_, words, true);
  EXPECT_EQ(run.ending, Ending::kDone);
  EXPECT_THAT(run.output, HasSubstr("code-of-20310001"));
}

TEST_F(Passportctl, LeavesNoEmptyCodeFileWhenThePersonIsNotEnrolled) {
  service_.behaviour().known_people = {"20310001"};
  const TypedRun run = Type(service_, {"person", "enrol", "--employee-number", "20310001", "--code-out", Path("code")});
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_FALSE(std::ifstream(Path("code")).good());
}

TEST_F(Passportctl, TakesAPassportCodeFromAFile) {
  const TypedRun run = Type(
      service_, {"person", "enrol", "--employee-number", "7", "--passport-code-file", Write("given", "the-code\n")});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().passport_code, "the-code");
  EXPECT_THAT(run.output + run.errors, Not(HasSubstr("the-code")));
}

TEST_F(Passportctl, SaysWhenNoOtherKeyCameInThePlaceOfALostOne) {
  const std::vector<std::string> words = {"keys",    "compromise",       "--kid", "-lost-key",
                                          "--since", "2026-11-20T09:00", "--why", "stolen"};
  TypedRun run = Type(service_, words);
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().compromise_key.kid(), "-lost-key");
  EXPECT_THAT(run.output, HasSubstr("no other key was made in its place"));
  EXPECT_THAT(run.output, HasSubstr("passportctl keys rotate"));
  service_.behaviour().replaced_by = "next-key";
  run = Type(service_, words);
  EXPECT_THAT(run.output, HasSubstr("in its place signs next-key"));
  EXPECT_THAT(run.output, Not(HasSubstr("no other key")));
}

TEST_F(Passportctl, ListsEveryPage) {
  const TypedRun run = Type(service_, {"credential", "list"});
  EXPECT_EQ(run.ending, Ending::kDone);
  EXPECT_THAT(run.output, HasSubstr("first"));
  EXPECT_THAT(run.output, HasSubstr("second"));
}

TEST_F(Passportctl, PresentsWhatIsChosen) {
  const TypedRun run = Type(service_, {"present", "--passport-code-file", Write("code", "c\n"), "--audience", "ods:X0E",
                                       "--nonce", "-n", "--purpose", "roster", "--show", "-id1:subject,level", "--show",
                                       "id2", "--out", Path("presentation")});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  const v1::PresentRequest& request = service_.behaviour().present;
  EXPECT_EQ(request.nonce(), "-n");
  ASSERT_EQ(request.show_size(), 2);
  EXPECT_EQ(request.show(0).credential_id(), "-id1");
  EXPECT_THAT(request.show(0).facts(), ElementsAre("subject", "level"));
  EXPECT_EQ(request.show(1).credential_id(), "id2");
  EXPECT_EQ(request.show(1).facts_size(), 0);
  EXPECT_EQ(ServedContent(Path("presentation")), "a~b~c");
}

TEST_F(Passportctl, VerifyingEndsAsTheVerdictSays) {
  const std::vector<std::string> words = {"verify", Write("presentation", "a~b~c\n"), "--nonce", "n"};
  const struct {
    v1::Verdict verdict;
    const char* reason;
    Ending ending;
  } rows[] = {{v1::VERDICT_VALID, "", Ending::kDone},
              {v1::VERDICT_NOT_VALID, "REVOKED", Ending::kRefused},
              {v1::VERDICT_CANNOT_TELL, "STATUS_STALE", Ending::kCannotTell}};
  for (const auto& row : rows) {
    v1::Verification& verification = service_.behaviour().verification;
    verification.Clear();
    verification.set_verdict(row.verdict);
    if (*row.reason != '\0') verification.mutable_refusal()->set_reason(row.reason);
    const TypedRun run = Type(service_, words);
    EXPECT_EQ(run.ending, row.ending) << run.errors;
  }
  service_.behaviour().verification.Clear();  // no verdict at all is no yes
  EXPECT_EQ(Type(service_, words).ending, Ending::kRefused);
}

TEST_F(Passportctl, ADecisionSaysExactlyWhatIsMissing) {
  service_.behaviour().verification.set_verdict(v1::VERDICT_VALID);
  v1::Decision& decision = service_.behaviour().decision;
  decision.set_outcome(v1::OUTCOME_NOT_MET);
  decision.set_profile("community-nurse");
  v1::DecisionLine& line = *decision.add_lines();
  line.set_outcome(v1::OUTCOME_NOT_MET);
  line.set_requirement("moving-handling");
  line.set_needs("Moving and handling level 2 within 24 months");
  line.set_reason("TOO_OLD");
  line.set_remedy("Renew the training or check.");
  const std::vector<std::string> words = {
      "verify", Write("presentation", "a~b~c"), "--nonce", "n", "--role", "community-nurse", "--on", "2026-11-22"};
  const TypedRun run = Type(service_, words);
  EXPECT_EQ(run.ending, Ending::kRefused) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("not met: Moving and handling level 2 within 24 months [too_old]"));
  std::vector<std::string> as_json = words;
  as_json.emplace_back("--json");
  EXPECT_THAT(Type(service_, as_json).output, HasSubstr("\"decision\":{\"outcome\":\"not_met\""));
}

}  // namespace
}  // namespace passport
