// Rosters over the wire: whole calls, calls that break off, and callers that do not play by the rules.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "staffpassport/v1/roster_service.grpc.pb.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

using RosterStream = grpc::ClientReaderWriter<v1::CheckRosterRequest, v1::CheckRosterResponse>;

v1::RosterLine Line(const std::string& id, const std::string& employee_number = "1001") {
  v1::RosterLine line;
  line.set_line_id(id);
  line.set_employee_number(employee_number);
  line.set_profile("mover");
  line.mutable_start_time()->set_seconds(SystemClockNow().seconds + 60);
  line.mutable_end_time()->set_seconds(SystemClockNow().seconds + 3'600);
  return line;
}

// One call from the caller's side.
struct RosterCall {
  RosterCall(WireWorld& world, const ClientIdentity& identity, int seconds = 60)
      : stub(v1::RosterService::NewStub(world.Connect(identity))),
        context(Soon(seconds)),
        stream(stub->CheckRoster(context.get())) {}
  bool Open(bool explain = false) {
    v1::CheckRosterRequest request;
    request.mutable_opening()->set_purpose("shift");
    request.mutable_opening()->set_explain(explain);
    v1::CheckRosterResponse response;
    if (!stream->Write(request) || !stream->Read(&response)) return false;
    snapshot_id = response.opened().snapshot_id();
    return true;
  }
  bool Send(const std::vector<v1::RosterLine>& lines) {
    v1::CheckRosterRequest request;
    request.mutable_lines();
    for (const v1::RosterLine& line : lines) *request.mutable_lines()->add_lines() = line;
    return stream->Write(request);
  }
  // Reads to the end of the stream.
  grpc::Status End() {
    stream->WritesDone();
    v1::CheckRosterResponse response;
    while (stream->Read(&response)) Take(response);
    return stream->Finish();
  }
  void Take(const v1::CheckRosterResponse& response) {
    for (const v1::RosterResult& each : response.results().results()) results.emplace(each.line_id(), each);
    if (response.has_summary()) summary = response.summary();
  }
  std::unique_ptr<v1::RosterService::Stub> stub;
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<RosterStream> stream;
  std::string snapshot_id;
  std::map<std::string, v1::RosterResult> results;
  std::optional<v1::RosterSummary> summary;
};

class RosterCalls {
 public:
  explicit RosterCalls(const ServerLimits& limits = {}) : world(limits) {
    world.Settle();
    world.IssueTraining("t1");
    world.PutTaxonomies();
    v1::PutRulesRequest request;
    request.set_request_id("mover-1");
    request.set_kind(v1::RULE_KIND_ROLE_PROFILE);
    request.set_json(
        R"({"id":"mover","version":1,"title":"Mover","effective_from":"2026-01-01","expiring_within_days":0,
        "requirements":[{"id":"moving","needs":"moving and handling level 2","any_of":[{"training":"moving_and_handling",
        "level":2,"within_months":120}]},{"id":"identity","needs":"identity checked","any_of":[{"kind":"identity_check"}],
        "when":"employment"}]})");
    v1::PutRulesResponse response;
    const grpc::Status put =
        v1::RegistrarService::NewStub(world.Connect(kRegistrar))->PutRules(Soon().get(), request, &response);
    EXPECT_TRUE(put.ok()) << put.error_message();
    EXPECT_TRUE(world.publish()().ok());
  }
  std::size_t Reliances() {
    return world.store().ReliancesOf(OrganisationId::Parse(kEmployer).value(), 0, 100'000)->rows.size();
  }
  WireWorld world;
};

TEST(Roster, WholeCallIsAnsweredLineByLineAndSummedUp) {
  RosterCalls calls;
  RosterCall call(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(call.Open());
  EXPECT_FALSE(call.snapshot_id.empty());
  v1::RosterLine employment = Line("b");
  employment.set_engagement(v1::ENGAGEMENT_EMPLOYMENT);
  v1::RosterLine newer = Line("c");
  newer.set_engagement(static_cast<v1::Engagement>(77));
  v1::RosterLine late = Line("d");
  late.mutable_start_time()->set_seconds(-1);
  ASSERT_TRUE(call.Send({Line("a"), employment, newer, late, Line("e", "9999")}));
  ASSERT_TRUE(call.Send({Line("a"), Line("f")}));
  const grpc::Status status = call.End();
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_TRUE(call.summary);
  EXPECT_EQ(call.summary->lines(), 7U);
  EXPECT_EQ(call.summary->met(), 2U);
  EXPECT_EQ(call.summary->not_met(), 1U);
  EXPECT_EQ(call.summary->refused(), 4U);
  EXPECT_EQ(call.results["a"].outcome(), v1::OUTCOME_MET);
  EXPECT_EQ(call.results["a"].reason(), "");
  EXPECT_NE(call.results["a"].holds_through(), "");
  EXPECT_EQ(call.results["a"].lines_size(), 0) << "compact unless explained";
  EXPECT_EQ(call.results["b"].outcome(), v1::OUTCOME_NOT_MET);
  EXPECT_EQ(call.results["b"].reason(), "RECORD_MISSING");
  EXPECT_EQ(call.results["c"].refusal().reason(), "FIELD_INVALID");
  EXPECT_EQ(call.results["d"].refusal().reason(), "FIELD_INVALID");
  EXPECT_EQ(call.results["e"].reason(), "NOT_FOUND");
  EXPECT_EQ(call.results["e"].outcome(), v1::OUTCOME_UNSPECIFIED);
  EXPECT_EQ(call.results["e"].position(), 5U);
  EXPECT_EQ(calls.Reliances(), 3U);
}

TEST(Roster, ExplainsToTheRoleThatVerifiesAlone) {
  RosterCalls calls;
  RosterCall call(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(call.Open(true));
  ASSERT_TRUE(call.Send({Line("a")}));
  ASSERT_TRUE(call.End().ok());
  ASSERT_EQ(call.results["a"].lines_size(), 1);
  EXPECT_EQ(call.results["a"].lines(0).requirement(), "moving");
  EXPECT_EQ(call.results["a"].lines(0).relied_on_size(), 1);
  const ClientIdentity rota = calls.world.Client(kEmployer, "rota", Roles{Role::kRosterReader});
  RosterCall asking(calls.world, rota);
  EXPECT_FALSE(asking.Open(true));
  EXPECT_EQ(ErrorWord(asking.stream->Finish()), "NOT_PERMITTED");
  RosterCall compact(calls.world, rota);
  ASSERT_TRUE(compact.Open());
  ASSERT_TRUE(compact.Send({Line("a")}));
  ASSERT_TRUE(compact.End().ok());
  EXPECT_EQ(compact.results["a"].outcome(), v1::OUTCOME_MET);
}

TEST(Roster, MessagesOutOfOrderAndBlocksOfTheWrongSizeEndTheCall) {
  RosterCalls calls;
  const auto ending = [&](bool open, const std::vector<v1::RosterLine>& lines) {
    RosterCall call(calls.world, calls.world.Client(kEmployer));
    EXPECT_TRUE(!open || call.Open());
    call.Send(lines);
    return ErrorWord(call.End());
  };
  EXPECT_EQ(ending(false, {Line("a")}), "FIELD_INVALID");
  EXPECT_EQ(ending(true, {}), "FIELD_INVALID");
  EXPECT_EQ(ending(true, std::vector<v1::RosterLine>(101)), "FIELD_INVALID");
  RosterCall twice(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(twice.Open());
  v1::CheckRosterRequest request;
  request.mutable_opening()->set_purpose("shift");
  EXPECT_TRUE(twice.stream->Write(request));
  EXPECT_EQ(ErrorWord(twice.End()), "FIELD_INVALID");
  EXPECT_FALSE(twice.summary) << "it was not whole";
  RosterCall nothing(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(nothing.Open());
  EXPECT_TRUE(nothing.End().ok());
  EXPECT_EQ(nothing.summary->lines(), 0U);
}

TEST(Roster, CallThatBrokeOffGoesOnWithTheLinesThatHaveNoAnswer) {
  RosterCalls calls;
  std::vector<std::string> ids;
  for (int i = 0; i < 60; ++i) ids.push_back("line-" + std::to_string(i));
  RosterCall first(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(first.Open());
  std::map<std::string, v1::RosterResult> answered;
  for (std::size_t i = 0; i < 30; i += 10) {
    std::vector<v1::RosterLine> block;
    for (std::size_t j = i; j < i + 10; ++j) block.push_back(Line(ids[j]));
    ASSERT_TRUE(first.Send(block));
    v1::CheckRosterResponse response;
    ASSERT_TRUE(first.stream->Read(&response));
    first.Take(response);
  }
  first.context->TryCancel();
  (void)first.stream->Finish();
  answered = first.results;
  EXPECT_EQ(answered.size(), 30U);
  RosterCall second(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(second.Open());
  for (const std::string& id : ids) {
    EXPECT_TRUE(answered.contains(id) || second.Send({Line(id)}));
  }
  ASSERT_TRUE(second.End().ok());
  EXPECT_EQ(second.summary->lines(), 30U);
  for (const std::string& id : ids) EXPECT_TRUE(answered.contains(id) != second.results.contains(id)) << id;
  EXPECT_EQ(calls.Reliances(), 60U) << "one for each answer";
}

TEST(Roster, CallerThatNeverReadsIsHeldBackAndCutOffAndItsPlaceIsFree) {
  constexpr int kBlocksMax = 5'000;
  ServerLimits limits;
  limits.share.streams_max = 1;
  limits.streams.idle = std::chrono::milliseconds(1'000);
  RosterCalls calls(limits);
  RosterCall greedy(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(greedy.Open(true));
  int sent = 0;
  std::thread sender([&] {
    for (bool more = true; more && sent < kBlocksMax; ++sent) {
      std::vector<v1::RosterLine> lines;
      for (int i = 0; i < 100; ++i) lines.push_back(Line(std::to_string(sent) + "-" + std::to_string(i), "unknown"));
      more = greedy.Send(lines);
    }
  });
  std::unique_ptr<RosterCall> other;
  for (int tries = 0; tries < 300; ++tries) {
    other = std::make_unique<RosterCall>(calls.world, calls.world.Client(kEmployer));
    if (other->Open()) break;
    EXPECT_EQ(ErrorWord(other->stream->Finish()), "BUSY");
    other.reset();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_NE(other, nullptr) << "its place was never free";
  ASSERT_TRUE(other->Send({Line("a")}));
  EXPECT_TRUE(other->End().ok());
  EXPECT_EQ(other->results["a"].outcome(), v1::OUTCOME_MET);
  greedy.context->TryCancel();
  sender.join();
  EXPECT_LT(sent, kBlocksMax) << "the service takes no more than it has answered";
  EXPECT_FALSE(greedy.stream->Finish().ok());
}

TEST(Roster, LongListsComeThroughInOneCall) {
  constexpr int kBlocks = 300;
  ServerLimits limits;
  limits.share.bytes_burst = 1e9;
  RosterCalls calls(limits);
  RosterCall call(calls.world, calls.world.Client(kEmployer), 300);
  ASSERT_TRUE(call.Open());
  std::thread sender([&] {
    for (int i = 0; i < kBlocks; ++i) {
      std::vector<v1::RosterLine> lines;
      for (int j = 0; j < 100; ++j) lines.push_back(Line(std::to_string(i * 100 + j), "unknown"));
      if (!call.Send(lines)) return;
    }
    call.stream->WritesDone();
  });
  v1::CheckRosterResponse response;
  std::size_t answers = 0;
  while (call.stream->Read(&response)) {
    answers += static_cast<std::size_t>(response.results().results_size());
    if (response.has_summary()) call.summary = response.summary();
  }
  sender.join();
  EXPECT_TRUE(call.stream->Finish().ok());
  EXPECT_EQ(answers, kBlocks * 100U);
  ASSERT_TRUE(call.summary);
  EXPECT_EQ(call.summary->refused(), kBlocks * 100U);
  EXPECT_EQ(calls.Reliances(), 0U);
}

TEST(Roster, RostersAndImportsNeverTakeEveryThread) {
  ServerLimits limits;
  limits.imports_max = 1;
  RosterCalls calls(limits);
  RosterCall one(calls.world, calls.world.Client(kEmployer));
  ASSERT_TRUE(one.Open());
  RosterCall more(calls.world, calls.world.Client(kReceiver));
  EXPECT_FALSE(more.Open());
  EXPECT_EQ(ErrorWord(more.stream->Finish()), "STORE_UNAVAILABLE");
  EXPECT_TRUE(one.End().ok());
}

}  // namespace
}  // namespace passport
