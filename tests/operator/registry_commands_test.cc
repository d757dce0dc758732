// Changes of the registry as a registrar types them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class RegistryCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    v1::Proposal& proposal = *service_.behaviour().review.mutable_proposal();
    proposal.set_number(12);
    proposal.mutable_proposed_by()->set_organisation_id("ods:X0A");
    proposal.mutable_proposed_by()->set_system("estate");
    proposal.set_reason("legal_merger");
    proposal.add_steps("ods:X0A: acquired: ods:X0B answers for it from 2026-03-30T23:00:00Z");
    proposal.set_state(v1::PROPOSAL_STATE_OPEN);
    service_.behaviour().review.add_differences("something changes");
    service_.behaviour().review.set_signatures_needed(2);
    service_.behaviour().review.set_seen("5d0f");
  }
  FakeService service_;
};

TEST_F(RegistryCommands, ASuccessionIsProposedForADayInLondon) {
  const TypedRun run =
      Type(service_, {"registry", "propose", "succession", "--organisation", "ods:X0A", "--how", "acquired",
                      "--successor", "ods:X0B", "--at", "2026-03-31", "--reason", "legal_merger"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("proposal 12; nothing has changed yet"));
  const v1::ProposeChangeRequest& request = service_.behaviour().propose;
  EXPECT_EQ(request.reason(), "legal_merger");
  ASSERT_EQ(request.steps_size(), 1);
  EXPECT_EQ(request.steps(0).organisation_id(), "ods:X0A");
  EXPECT_EQ(request.steps(0).succession().kind(), v1::SUCCESSION_KIND_ACQUIRED);
  EXPECT_EQ(request.steps(0).succession().successor_id(), "ods:X0B");
  EXPECT_EQ(request.steps(0).succession().start_time().seconds(), 1'774'911'600);
}

TEST_F(RegistryCommands, EveryStepHasItsWords) {
  const auto propose = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"registry", "propose"});
    words.insert(words.end(), {"--organisation", "ods:X0A", "--reason", "agreed"});
    const TypedRun run = Type(service_, words);
    EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
    return service_.behaviour().propose.steps(0);
  };
  const v1::RegistryStep enrol =
      propose({"enrol", "--name", "A trust", "--type", "nhs_trust", "--kind", "employment", "--kind", "immunity",
               "--two-person", "yes", "--registrar", "--system", "hr-desk=issuer_clerk,verifier=ab12"});
  EXPECT_EQ(enrol.enrolment().kinds_size(), 2);
  EXPECT_TRUE(enrol.enrolment().two_person());
  EXPECT_TRUE(enrol.enrolment().registrar());
  ASSERT_EQ(enrol.enrolment().systems_size(), 1);
  EXPECT_EQ(enrol.enrolment().systems(0).name(), "hr-desk");
  EXPECT_THAT(enrol.enrolment().systems(0).roles(), ElementsAre(v1::ROLE_ISSUER_CLERK, v1::ROLE_VERIFIER));
  EXPECT_THAT(enrol.enrolment().systems(0).public_key_sha256(), ElementsAre("ab12"));

  const v1::RegistryStep amend =
      propose({"amend", "--registrars", "2", "--end-kind", "employment", "--two-person", "no"});
  EXPECT_EQ(amend.amendment().registrars_needed(), 2U);
  EXPECT_FALSE(amend.amendment().has_legal_name());
  EXPECT_TRUE(amend.amendment().has_two_person());
  EXPECT_EQ(amend.amendment().ends(0).record_kind(), "employment");

  const v1::RegistryStep state = propose({"state", "--state", "compromised", "--at", "2026-03-01T09:00"});
  EXPECT_EQ(state.state().state(), v1::ORGANISATION_STATE_COMPROMISED);
  EXPECT_EQ(state.state().reason(), "agreed");
  EXPECT_TRUE(state.state().has_start_time());

  EXPECT_EQ(propose({"registrar", "--successor", "ods:X0R0B"}).registrar().successor_id(), "ods:X0R0B");
}

TEST_F(RegistryCommands, WordsThatMakeNoSenseAreRefusedBeforeTheCall) {
  const std::vector<std::string> about = {"--organisation", "ods:X0A", "--reason", "agreed"};
  for (std::vector<std::string> words : {std::vector<std::string>{"state", "--state", "gone"},
                                         {"state", "--state", "compromised", "--at", "yesterday"},
                                         {"succession", "--how", "bought", "--successor", "ods:X0B"},
                                         {"enrol", "--name", "A", "--type", "t", "--system", "x"}}) {
    words.insert(words.begin(), {"registry", "propose"});
    words.insert(words.end(), about.begin(), about.end());
    EXPECT_EQ(Type(service_, words).ending, Ending::kUsage) << words[2];
  }
  EXPECT_EQ(service_.behaviour().propose.steps_size(), 0);
}

TEST_F(RegistryCommands, AReviewSaysWhatChangesAndHowToSignIt) {
  const TypedRun run = Type(service_, {"registry", "review", "12"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("asked by ods:X0A/estate"));
  EXPECT_THAT(run.output, HasSubstr("  something changes\n"));
  EXPECT_THAT(run.output, HasSubstr("0 of 2 signatures"));
  EXPECT_THAT(run.output, HasSubstr("passportctl registry sign 12 --seen 5d0f\n"));
  EXPECT_THAT(Type(service_, {"registry", "review", "12", "--json"}).output, HasSubstr("\"seen\":\"5d0f\""));
  service_.behaviour().review.set_obstacle("it is so already");
  const TypedRun stuck = Type(service_, {"registry", "review", "12"});
  EXPECT_THAT(stuck.output, HasSubstr("It can not take effect as the registry stands: it is so already"));
  EXPECT_THAT(stuck.output, Not(HasSubstr("--seen")));
}

TEST_F(RegistryCommands, SigningSaysWhetherItIsEnough) {
  service_.behaviour().signed_so.set_state(v1::PROPOSAL_STATE_OPEN);
  service_.behaviour().signed_so.set_signatures_counted(1);
  service_.behaviour().signed_so.set_signatures_needed(2);
  EXPECT_THAT(Type(service_, {"registry", "sign", "12", "--seen", "5d0f"}).output,
              HasSubstr("1 of 2 signatures. Another registrar's system must sign"));
  EXPECT_EQ(service_.behaviour().sign.seen(), "5d0f");
  EXPECT_EQ(service_.behaviour().sign.number(), 12U);
  service_.behaviour().signed_so.set_state(v1::PROPOSAL_STATE_IN_FORCE);
  EXPECT_THAT(Type(service_, {"registry", "sign", "12", "--seen", "5d0f"}).output, HasSubstr("is in force"));
}

TEST_F(RegistryCommands, AListGoesOnPageByPage) {
  EXPECT_THAT(Type(service_, {"registry", "list"}).output, HasSubstr("acquired: ods:X0B"));
  const std::string lines = Type(service_, {"registry", "list", "--json"}).output;
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
  service_.behaviour().review.mutable_proposal()->set_state(v1::PROPOSAL_STATE_IN_FORCE);
  EXPECT_THAT(Type(service_, {"registry", "list", "--open"}).output, Not(HasSubstr("acquired")));
}

TEST_F(RegistryCommands, WhatALostKeyDidIsToldAndMadeGood) {
  v1::ListAffectedResponse person;
  person.mutable_person()->set_organisation_id("ods:X0A");
  person.mutable_person()->set_person_id("p1");
  person.mutable_person()->add_credential_ids("c1");
  v1::ListAffectedResponse sum;
  sum.mutable_organisation()->set_organisation_id("ods:X0A");
  sum.mutable_organisation()->set_state(v1::ORGANISATION_STATE_ACTIVE);
  sum.mutable_organisation()->set_keys(1);
  sum.mutable_organisation()->set_credentials(1);
  sum.mutable_organisation()->set_people(1);
  service_.behaviour().affected = {person, sum};
  const TypedRun affected = Type(service_, {"registry", "affected"});
  EXPECT_THAT(affected.output, HasSubstr("ods:X0A (active): 1 credentials of 1 people, 1 compromised keys"));
  EXPECT_THAT(affected.output, HasSubstr("passportctl reissue"));

  v1::ReissueCredentialsResponse done;
  done.set_looked_at(2);
  done.set_reissued(1);
  EXPECT_EQ((service_.behaviour().reissued = {done}, Type(service_, {"reissue"}).ending), Ending::kCannotTell)
      << "the end was not told";
  done.set_end(true);
  service_.behaviour().reissued = {done};
  EXPECT_EQ(Type(service_, {"reissue"}).ending, Ending::kDone);
  v1::LeftCredentials& left = *done.add_left();
  left.set_reason("state_conflict");
  left.set_count(1);
  service_.behaviour().reissued = {done};
  const TypedRun partly = Type(service_, {"reissue"});
  EXPECT_EQ(partly.ending, Ending::kRefused);
  EXPECT_THAT(partly.output, HasSubstr("1 left: state_conflict"));
}

}  // namespace
}  // namespace passport
