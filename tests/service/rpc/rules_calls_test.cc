// The calls of rules, reliance, overrides, evidence and counts over real connections, with the wrong callers too.
#include <gtest/gtest.h>

#include "credential/evidence/evidence_file.h"
#include "credential/evidence/receipt.h"
#include "passport-service/system_clock.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

constexpr const char* kMover = R"({"id":"mover","version":1,"title":"Mover","effective_from":"2026-01-01",
  "expiring_within_days":30,"requirements":[{"id":"moving","needs":"moving and handling level 3","any_of":[
  {"training":"moving_and_handling","level":2,"within_months":1}]}]})";
constexpr const char* kOwn = R"({"id":"x0v-mover","version":1,"title":"Mover here","effective_from":"2026-01-01",
  "expiring_within_days":30,"organisation":"ods:X0V","extends":{"profile":"mover"},"requirements":[{"id":"moving",
  "needs":"moving and handling","any_of":[{"training":"moving_and_handling","level":2,"within_months":1}]}]})";

class RulesCalls : public ::testing::Test {
 protected:
  void SetUp() override {
    code_ = world_.Settle();
    credential_ = world_.IssueTraining("t1");
    world_.PutTaxonomies();
  }
  grpc::Status Put(const std::string& organisation, const std::string& request_id, const std::string& json,
                   v1::RuleKind kind = v1::RULE_KIND_ROLE_PROFILE) {
    v1::PutRulesRequest request;
    request.set_request_id(request_id);
    request.set_kind(kind);
    request.set_json(json);
    v1::PutRulesResponse response;
    return v1::RegistrarService::NewStub(world_.Connect(organisation))->PutRules(Soon().get(), request, &response);
  }
  grpc::Status Withdraw(const std::string& organisation, const std::string& request_id, const std::string& id,
                        int version) {
    v1::WithdrawRulesRequest request;
    request.set_request_id(request_id);
    request.set_kind(v1::RULE_KIND_ROLE_PROFILE);
    request.set_id(id);
    request.set_version(version);
    v1::WithdrawRulesResponse response;
    return v1::RegistrarService::NewStub(world_.Connect(organisation))->WithdrawRules(Soon().get(), request, &response);
  }
  // A decision of the receiver for "mover" today: not met, the training is old.
  v1::DecideRoleResponse Decide(const std::string& profile = "mover") {
    v1::CreateChallengeResponse challenge;
    EXPECT_TRUE(verifier_->CreateChallenge(Soon().get(), {}, &challenge).ok());
    v1::PresentRequest present;
    present.set_passport_code(code_);
    present.set_audience(challenge.audience());
    present.set_nonce(challenge.nonce());
    present.set_purpose("roster_check");
    present.add_show()->set_credential_id(credential_);
    present.mutable_show(0)->add_facts("achieved_on");
    v1::PresentResponse presented;
    EXPECT_TRUE(v1::HolderService::NewStub(world_.Connect(kEmployer))->Present(Soon().get(), present, &presented).ok());
    v1::DecideRoleRequest request;
    request.set_nonce(challenge.nonce());
    request.set_presentation(presented.presentation());
    request.set_profile(profile);
    request.set_agreement("MOU-2026/4");
    v1::DecideRoleResponse response;
    const grpc::Status status = verifier_->DecideRole(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  v1::OverrideDecisionRequest OverrideRequest(const std::string& request_id, std::uint64_t reliance) {
    v1::OverrideDecisionRequest request;
    request.set_request_id(request_id);
    request.set_reliance(reliance);
    request.set_named_person("Wren Example");
    request.set_reason("supervised_only");
    request.set_words("Moves nobody alone.");
    request.mutable_end_time()->set_seconds(SystemClock().Now().seconds + 3600);
    return request;
  }
  grpc::Status Override(const std::string& organisation, const v1::OverrideDecisionRequest& request) {
    v1::OverrideDecisionResponse response;
    return v1::VerifierService::NewStub(world_.Connect(organisation))
        ->OverrideDecision(Soon().get(), request, &response);
  }
  // The lines of an export, and how the stream ended.
  std::pair<std::vector<std::string>, grpc::Status> Export(const std::string& organisation,
                                                           const v1::ExportEvidenceRequest& request = {}) {
    const auto stub = v1::VerifierService::NewStub(world_.Connect(organisation));
    const auto context = Soon();
    const auto reader = stub->ExportEvidence(context.get(), request);
    std::vector<std::string> lines;
    v1::ExportEvidenceResponse response;
    while (reader->Read(&response)) lines.push_back(response.line());
    return {lines, reader->Finish()};
  }

  WireWorld world_;
  std::string code_;
  std::string credential_;
  std::unique_ptr<v1::VerifierService::Stub> verifier_ = v1::VerifierService::NewStub(world_.Connect(kReceiver));
};

TEST_F(RulesCalls, RulesArePutByTheRegistrarAndAnEmployersOwnByTheEmployer) {
  const int before = world_.changes();
  EXPECT_EQ(ErrorWord(Put(kReceiver, "p1", kMover)), "NOT_PERMITTED");
  EXPECT_EQ(ErrorWord(Put("ods:ZZZ", "p1", kMover)), "CALLER_UNKNOWN");
  EXPECT_EQ(ErrorWord(Put(kRegistrar, "p1", "{}")), "FIELD_INVALID");
  EXPECT_EQ(ErrorWord(Put(kRegistrar, "p1", kMover, v1::RULE_KIND_UNSPECIFIED)), "FIELD_INVALID");
  EXPECT_EQ(world_.changes(), before);
  EXPECT_TRUE(Put(kRegistrar, "p1", kMover).ok());
  EXPECT_EQ(world_.changes(), before + 1) << "it is published soon";
  EXPECT_EQ(ErrorWord(Put(kEmployer, "p2", kOwn)), "NOT_PERMITTED") << "the receiver's";
  EXPECT_TRUE(Put(kReceiver, "p2", kOwn).ok());
  EXPECT_EQ(ErrorWord(Put(kReceiver, "p3", kOwn)), "STATE_CONFLICT");
}

TEST_F(RulesCalls, RulesAreWithdrawnByThoseWhoPutThem) {
  ASSERT_TRUE(Put(kRegistrar, "p1", kMover).ok());
  ASSERT_TRUE(Put(kReceiver, "p2", kOwn).ok());
  EXPECT_EQ(ErrorWord(Withdraw(kEmployer, "w1", "x0v-mover", 1)), "NOT_PERMITTED");
  EXPECT_EQ(ErrorWord(Withdraw(kReceiver, "w1", "mover", 1)), "NOT_PERMITTED");
  EXPECT_EQ(ErrorWord(Withdraw(kReceiver, "w1", "x0v-mover", 2)), "NOT_FOUND");
  EXPECT_EQ(ErrorWord(Withdraw(kReceiver, "w1", "x0v-mover", -1)), "NOT_FOUND");
  EXPECT_EQ(ErrorWord(Withdraw(kReceiver, "w1", "", 1)), "FIELD_INVALID");
  EXPECT_TRUE(Withdraw(kReceiver, "w1", "x0v-mover", 1).ok());
  EXPECT_TRUE(Withdraw(kReceiver, "w1", "x0v-mover", 1).ok()) << "the same request";
}

TEST_F(RulesCalls, ADecisionCarriesItsReceiptAndItsPlaceInTheChain) {
  ASSERT_TRUE(Put(kRegistrar, "p1", kMover).ok());
  ASSERT_TRUE(world_.publish()().ok());
  const v1::DecideRoleResponse first = Decide();
  EXPECT_EQ(first.decision().outcome(), v1::OUTCOME_NOT_MET);
  EXPECT_EQ(first.decision().lines(0).reason(), "TOO_OLD");
  EXPECT_FALSE(first.decision().lines(0).who().empty());
  EXPECT_FALSE(first.decision().lines(0).remedy().empty());
  EXPECT_EQ(first.reliance(), 1U);
  EXPECT_EQ(Decide().reliance(), 2U);
  const auto [lines, status] = Export(kReceiver);
  ASSERT_TRUE(status.ok());
  EvidenceCheck check(world_.Pinned());
  ASSERT_TRUE(check.Begin(lines.at(0)).ok());
  const auto receipt = ReadReceipt(first.receipt(), check.registry());
  ASSERT_TRUE(receipt.ok()) << receipt.fault().detail;
  EXPECT_EQ(receipt->agreement, "MOU-2026/4");
  EXPECT_EQ(receipt->purpose, "roster_check");
  EXPECT_EQ(receipt->outcome, "not_met");
}

TEST_F(RulesCalls, AnOverrideStandsBesideTheReceiversDecision) {
  ASSERT_TRUE(Put(kRegistrar, "p1", kMover).ok());
  ASSERT_TRUE(world_.publish()().ok());
  const std::uint64_t reliance = Decide().reliance();
  const v1::OverrideDecisionRequest request = OverrideRequest("o1", reliance);
  EXPECT_EQ(ErrorWord(Override(kEmployer, request)), "NOT_FOUND") << "the receiver's";
  EXPECT_EQ(ErrorWord(Override("ods:ZZZ", request)), "CALLER_UNKNOWN");
  v1::OverrideDecisionRequest odd = request;
  odd.set_reason("because");
  EXPECT_EQ(ErrorWord(Override(kReceiver, odd)), "WORD_UNKNOWN");
  odd = request;
  odd.clear_end_time();
  EXPECT_EQ(ErrorWord(Override(kReceiver, odd)), "FIELD_INVALID");
  EXPECT_TRUE(Override(kReceiver, request).ok());
  EXPECT_TRUE(Override(kReceiver, request).ok()) << "the same request";

  const v1::DecideRoleResponse later = Decide();
  EXPECT_EQ(later.decision().outcome(), v1::OUTCOME_NOT_MET);
  ASSERT_EQ(later.overrides_size(), 1);
  EXPECT_EQ(later.overrides(0).named_person(), "Wren Example");
  v1::ListOverridesResponse listed;
  ASSERT_TRUE(verifier_->ListOverrides(Soon().get(), {}, &listed).ok());
  ASSERT_EQ(listed.overrides_size(), 1);
  EXPECT_EQ(listed.overrides(0).reliance(), reliance);
  EXPECT_EQ(listed.overrides(0).profile(), "mover");
  ASSERT_TRUE(v1::VerifierService::NewStub(world_.Connect(kEmployer))->ListOverrides(Soon().get(), {}, &listed).ok());
  EXPECT_EQ(listed.overrides_size(), 0);
}

TEST_F(RulesCalls, EvidenceIsCheckedAloneAndIsTheCallersOwn) {
  ASSERT_TRUE(Put(kRegistrar, "p1", kMover).ok());
  ASSERT_TRUE(world_.publish()().ok());
  const std::uint64_t reliance = Decide().reliance();
  const std::string holder = Decide().verification().presentation().holder();
  ASSERT_TRUE(Override(kReceiver, OverrideRequest("o1", reliance)).ok());
  v1::ExportEvidenceRequest of_holder;
  of_holder.set_subject(holder);
  for (const v1::ExportEvidenceRequest& request : {v1::ExportEvidenceRequest(), of_holder}) {
    const auto [lines, status] = Export(kReceiver, request);
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_EQ(lines.size(), 3U);
    EvidenceCheck check(world_.Pinned());
    ASSERT_TRUE(check.Begin(lines[0]).ok());
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto item = check.Next(lines[i]);
      EXPECT_TRUE(item.ok()) << (item.ok() ? "" : item.fault().detail);
    }
    EXPECT_TRUE(check.End().ok());
  }
  EXPECT_EQ(Export(kEmployer).first.size(), 1U) << "the employer relied on nothing";
  v1::ExportEvidenceRequest of_employee;
  of_employee.set_employee_number("1001");
  EXPECT_EQ(ErrorWord(Export(kReceiver, of_employee).second), "NOT_FOUND") << "not one of the receiver's people";
  EXPECT_TRUE(Export(kEmployer, of_employee).second.ok());
  of_employee.set_subject(holder);
  EXPECT_EQ(ErrorWord(Export(kEmployer, of_employee).second), "FIELD_INVALID");
  EXPECT_EQ(ErrorWord(Export("ods:ZZZ").second), "CALLER_UNKNOWN");
}

TEST_F(RulesCalls, AnExportTooManyIsSentAwayAndUnaryCallsGoOn) {
  ServerLimits limits;
  limits.exports_max = 0;
  WireWorld small(limits);
  small.Settle();
  const auto stub = v1::VerifierService::NewStub(small.Connect(kEmployer));
  const auto context = Soon();
  const auto reader = stub->ExportEvidence(context.get(), {});
  v1::ExportEvidenceResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  v1::CreateChallengeResponse challenge;
  EXPECT_TRUE(stub->CreateChallenge(Soon().get(), {}, &challenge).ok());
}

TEST_F(RulesCalls, CountsNameNobody) {
  ASSERT_TRUE(Put(kRegistrar, "p1", kMover).ok());
  ASSERT_TRUE(world_.publish()().ok());
  ASSERT_EQ(Decide().reliance(), 1U);
  v1::CountReliancesRequest request;
  request.set_from("2020-01-01");
  request.set_through("2099-12-31");
  const auto count = [&](const std::string& organisation) {
    v1::CountReliancesResponse response;
    const grpc::Status status =
        v1::RegistrarService::NewStub(world_.Connect(organisation))->CountReliances(Soon().get(), request, &response);
    return std::pair(status, response);
  };
  const auto [status, counted] = count(kRegistrar);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(counted.counts_size(), 1);
  EXPECT_EQ(counted.counts(0).employer(), kReceiver);
  EXPECT_FALSE(counted.counts(0).has_people()) << "one person";
  EXPECT_FALSE(counted.counts(0).outcomes(0).has_count());
  EXPECT_EQ(count(kEmployer).second.counts_size(), 0);
  EXPECT_EQ(count(kReceiver).second.counts_size(), 1);
  EXPECT_EQ(ErrorWord(count("ods:ZZZ").first), "CALLER_UNKNOWN");
  request.set_through("2019-12-31");
  EXPECT_EQ(ErrorWord(count(kRegistrar).first), "FIELD_INVALID");
}

TEST_F(RulesCalls, NothingAboutAPersonIsLoggedOrAudited) {
  ASSERT_TRUE(Put(kRegistrar, "p1", kMover).ok());
  ASSERT_TRUE(world_.publish()().ok());
  const v1::DecideRoleResponse decided = Decide();
  ASSERT_TRUE(Override(kReceiver, OverrideRequest("o1", decided.reliance())).ok());
  v1::OverrideDecisionRequest odd = OverrideRequest("o2", decided.reliance());
  odd.set_named_person(std::string(300, 'W') + "Wren");
  ASSERT_FALSE(Override(kReceiver, odd).ok());
  v1::ExportEvidenceRequest of_employee;
  of_employee.set_employee_number("1001");
  ASSERT_TRUE(Export(kEmployer, of_employee).second.ok());
  std::string audited;
  const Page<AuditRow> rows = world_.store().AuditRows(0, 1000).value();
  for (const AuditRow& row : rows.rows) {
    audited += row.entry.actor + " " + row.entry.action + " " + row.entry.object + " " + row.entry.outcome + "\n";
  }
  for (const std::string& personal : {std::string("Wren"), std::string("alone"), std::string("2025-03-01"), code_}) {
    EXPECT_EQ(world_.log().find(personal), std::string::npos) << personal;
    EXPECT_EQ(audited.find(personal), std::string::npos) << personal;
  }
  EXPECT_NE(world_.log().find("call ExportEvidence by ods:X0A/hr done"), std::string::npos) << world_.log();
}

}  // namespace
}  // namespace passport
