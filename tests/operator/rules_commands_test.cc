// The commands of rules, shifts, overrides, evidence and counts, as people type them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::HasSubstr;
using ::testing::Not;

std::string RulesContent(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

unsigned ModeOf(const std::string& path) {
  struct stat about {};
  return stat(path.c_str(), &about) == 0 ? about.st_mode & 0777U : 0U;
}

class RulesCommands : public ::testing::Test {
 protected:
  std::string Path(const std::string& name) const { return service_.tls() + "/" + name; }
  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
    return Path(name);
  }
  v1::Override SomeOverride() const {
    v1::Override each;
    each.set_reliance(12);
    each.set_profile("mover");
    each.set_named_person("Wren Example");
    each.set_reason("supervised_only");
    each.set_words("Moves nobody alone.");
    each.mutable_end_time()->set_seconds(1795335999 + 60);  // a minute after the clock of the tests
    return each;
  }
  FakeService service_;
};

TEST_F(RulesCommands, PutAndWithdrawNameTheKindTheIdAndTheVersion) {
  service_.behaviour().warnings = {"requirement moving, any_of 2: changes nothing"};
  const TypedRun put = Type(service_, {"profile", "put", Write("mover.json", "{\"id\":\"mover\"}")});
  EXPECT_EQ(put.ending, Ending::kDone) << put.errors;
  EXPECT_EQ(service_.behaviour().put_rules.kind(), v1::RULE_KIND_ROLE_PROFILE);
  EXPECT_EQ(service_.behaviour().put_rules.json(), "{\"id\":\"mover\"}");
  EXPECT_THAT(put.output, HasSubstr("note: requirement moving, any_of 2: changes nothing"));
  const TypedRun taxonomy = Type(service_, {"taxonomy", "put", Path("mover.json"), "--json"});
  EXPECT_EQ(taxonomy.ending, Ending::kDone) << taxonomy.errors;
  EXPECT_EQ(service_.behaviour().put_rules.kind(), v1::RULE_KIND_TAXONOMY);
  EXPECT_THAT(taxonomy.output, HasSubstr("\"warnings\":[\"requirement moving"));
  const TypedRun withdrawn = Type(service_, {"profile", "withdraw", "--id", "mover", "--version", "2"});
  EXPECT_EQ(withdrawn.ending, Ending::kDone) << withdrawn.errors;
  EXPECT_EQ(service_.behaviour().withdraw_rules.id(), "mover");
  EXPECT_EQ(service_.behaviour().withdraw_rules.version(), 2);
  service_.behaviour().status = RefusedStatus(grpc::INVALID_ARGUMENT, "FIELD_INVALID", "x: requirement a: unknown");
  EXPECT_EQ(Type(service_, {"profile", "put", Path("mover.json")}).ending, Ending::kRefused);
  EXPECT_EQ(Type(service_, {"profile", "put", Path("not-there.json")}).ending, Ending::kUsage);
}

TEST_F(RulesCommands, VerifyAsksForAShiftAndKeepsTheReceipt) {
  service_.behaviour().verification.set_verdict(v1::VERDICT_VALID);
  service_.behaviour().decision.set_outcome(v1::OUTCOME_MET);
  service_.behaviour().receipt = "the.receipt.token";
  const TypedRun run =
      Type(service_, {"verify", Write("presentation", "a~b~c\n"), "--nonce", "n", "--role", "mover", "--from",
                      "2026-07-01T20:00", "--to", "2026-07-02T07:00:00Z", "--at", "ods:X0B", "--new-employment",
                      "--purpose", "shift", "--agreement", "MOU-1", "--receipt-out", Path("receipt")});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  const v1::DecideRoleRequest& asked = service_.behaviour().decide;
  EXPECT_EQ(asked.end_time().seconds() - asked.start_time().seconds(), 12 * 3600) << "summer time in London";
  EXPECT_EQ(asked.place(), "ods:X0B");
  EXPECT_EQ(asked.engagement(), v1::ENGAGEMENT_EMPLOYMENT);
  EXPECT_EQ(asked.purpose(), "shift");
  EXPECT_EQ(asked.agreement(), "MOU-1");
  EXPECT_EQ(asked.day(), "");
  EXPECT_EQ(RulesContent(Path("receipt")), "the.receipt.token\n");
  EXPECT_EQ(ModeOf(Path("receipt")), 0600U);
  EXPECT_THAT(run.output, HasSubstr("kept as number 12"));
}

TEST_F(RulesCommands, VerifyDoesNotUseUpAChallengeForNothing) {
  const std::string file = Write("presentation", "a~b~c\n");
  const std::vector<std::string> words = {"verify", file, "--nonce", "n"};
  const auto with = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all = words;
    all.insert(all.end(), more.begin(), more.end());
    return Type(service_, all).ending;
  };
  EXPECT_EQ(with({"--on", "2026-11-22"}), Ending::kUsage) << "a day without a role";
  EXPECT_EQ(with({"--role", "mover", "--from", "2026-11-22T20:00"}), Ending::kUsage) << "half a shift";
  EXPECT_EQ(with({"--role", "mover", "--from", "2026-10-25T01:30", "--to", "2026-10-25T08:00"}), Ending::kUsage)
      << "the hour that comes twice";
  EXPECT_EQ(with({"--role", "mover", "--on", "2026-11-22", "--from", "2026-11-22T20:00", "--to", "2026-11-23T08:00"}),
            Ending::kUsage);
  EXPECT_EQ(with({"--receipt-out", file}), Ending::kUsage) << "there is something already";
  EXPECT_EQ(service_.behaviour().decide.nonce(), "");
  service_.behaviour().verification.set_verdict(v1::VERDICT_NOT_VALID);
  EXPECT_EQ(with({"--receipt-out", Path("receipt")}), Ending::kRefused);
  EXPECT_FALSE(std::ifstream(Path("receipt")).good()) << "no receipt, no file";
}

TEST_F(RulesCommands, ADecisionShowsTheOverridesBesideIt) {
  service_.behaviour().verification.set_verdict(v1::VERDICT_VALID);
  service_.behaviour().decision.set_outcome(v1::OUTCOME_NOT_MET);
  service_.behaviour().receipt = "r";
  service_.behaviour().overrides = {SomeOverride()};
  const std::vector<std::string> words = {"verify", Write("p", "a~b~c"), "--nonce", "n", "--role", "mover"};
  const TypedRun run = Type(service_, words);
  EXPECT_EQ(run.ending, Ending::kRefused) << "still not met";
  EXPECT_THAT(run.output, HasSubstr("by Wren Example (supervised_only): Moves nobody alone."));
}

TEST_F(RulesCommands, OverrideTakesNameAndWordsFromFiles) {
  const std::vector<std::string> words = {"override",
                                          "add",
                                          "--decision",
                                          "12",
                                          "--named-person-file",
                                          Write("person", "Wren Example\n"),
                                          "--reason",
                                          "supervised_only",
                                          "--words-file",
                                          Write("words", "Moves nobody alone.\n"),
                                          "--until",
                                          "2026-11-23T08:00:00Z"};
  const TypedRun run = Type(service_, words);
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  const v1::OverrideDecisionRequest& request = service_.behaviour().override_decision;
  EXPECT_EQ(request.reliance(), 12U);
  EXPECT_EQ(request.named_person(), "Wren Example");
  EXPECT_EQ(request.words(), "Moves nobody alone.");
  EXPECT_EQ(request.end_time().seconds(), 1795420800);
  EXPECT_THAT(run.output + run.errors, Not(HasSubstr("Wren")));
  std::vector<std::string> bad = words;
  bad.back() = "tomorrow";
  EXPECT_NE(Type(service_, bad).ending, Ending::kDone);
}

TEST_F(RulesCommands, OverrideListShowsEveryPageAndWhatIsOver) {
  EXPECT_THAT(Type(service_, {"override", "list"}).output, HasSubstr("nothing was overridden"));
  v1::Override over = SomeOverride();
  over.set_reliance(13);
  over.mutable_end_time()->set_seconds(1795335999);
  service_.behaviour().overrides = {SomeOverride(), over};
  const TypedRun run = Type(service_, {"override", "list"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("in force"));
  EXPECT_THAT(run.output, HasSubstr("over"));
  EXPECT_THAT(run.output, HasSubstr("13"));
}

TEST_F(RulesCommands, EvidenceIsWrittenForItsOwnerOrNotAtAll) {
  service_.behaviour().evidence_lines = {"{\"head\":\"h\"}", "{\"item\":1}", "{\"item\":2}"};
  const TypedRun run =
      Type(service_, {"evidence", "export", "--employee-number", "20310001", "--out", Path("evidence.jsonl")});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().evidence.employee_number(), "20310001");
  EXPECT_EQ(RulesContent(Path("evidence.jsonl")), "{\"head\":\"h\"}\n{\"item\":1}\n{\"item\":2}\n");
  EXPECT_EQ(ModeOf(Path("evidence.jsonl")), 0600U);
  EXPECT_THAT(run.output, HasSubstr("2 decisions and verifications"));
  EXPECT_EQ(Type(service_, {"evidence", "export", "--out", Path("evidence.jsonl")}).ending, Ending::kUsage)
      << "it is there already";
  service_.behaviour().evidence_status = RefusedStatus(grpc::UNAVAILABLE, "STORE_UNAVAILABLE", "later");
  EXPECT_NE(Type(service_, {"evidence", "export", "--out", Path("half.jsonl")}).ending, Ending::kDone);
  EXPECT_FALSE(std::ifstream(Path("half.jsonl")).good()) << "half of it is no evidence";
  EXPECT_EQ(
      Type(service_, {"evidence", "export", "--employee-number", "1", "--holder", "h", "--out", Path("x")}).ending,
      Ending::kUsage);
  const TypedRun mistyped = Type(service_, {"evidence", "export", "--holder", "abc", "--out", Path("x")});
  EXPECT_EQ(mistyped.ending, Ending::kUsage) << "an export about nobody would say that nothing was relied on";
  EXPECT_THAT(mistyped.errors, HasSubstr("--holder"));
}

TEST_F(RulesCommands, CountShowsSuppressedCellsAsUnderFive) {
  v1::RoleCounts& counts = *service_.behaviour().counted.add_counts();
  counts.set_employer("ods:X0V");
  counts.set_profile("mover");
  counts.set_people(12);
  v1::WordCount& met = *counts.add_outcomes();
  met.set_word("met");
  met.set_count(9);
  counts.add_outcomes()->set_word("not_met");
  const std::vector<std::string> words = {"count", "--from", "2026-11-01", "--through", "2026-11-30"};
  const TypedRun run = Type(service_, words);
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().count.through(), "2026-11-30");
  EXPECT_THAT(run.output, HasSubstr("answered met"));
  EXPECT_THAT(run.output, HasSubstr("under 5"));
  std::vector<std::string> as_json = words;
  as_json.emplace_back("--json");
  EXPECT_THAT(Type(service_, as_json).output, HasSubstr("\"outcomes\":{\"met\":9,\"not_met\":null}"));
}

}  // namespace
}  // namespace passport
