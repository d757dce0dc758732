// Changes of the registry on the wire, there and back.
#include "passport-service/rpc/convert_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "credential/crypto/digest_text.h"
#include "passport-service/acts/proposal_words.h"
#include "passport-service/rpc/convert_values.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;

using ::testing::ElementsAre;

const Instant kFrom{1'774'911'600};  // 31 March 2026 in London
const OrganisationId kTrust = OrganisationId::Parse("ods:X0A").value();
const OrganisationId kSuccessor = OrganisationId::Parse("ods:X0B").value();
const Caller kCaller{.organisation = kTrust, .system = "registry"};

std::string WordsOf(const v1::RegistryStep& message) {
  const Result<RegistryStep> step = ToStep(message);
  return step.ok() ? passport::WordsOf(*step) : std::string(WordOf(step.fault().reason));
}

v1::RegistryStep About(const std::string& organisation) {
  v1::RegistryStep step;
  step.set_organisation_id(organisation);
  return step;
}

TEST(ConvertRegistry, AStepSaysEverythingTheMessageSaid) {
  v1::RegistryStep enrol = About("ods:X0A");
  v1::EnrolmentStep& enrolment = *enrol.mutable_enrolment();
  enrolment.set_legal_name("A trust");
  enrolment.set_type("nhs_trust");
  enrolment.set_two_person(true);
  enrolment.set_registrar(true);
  v1::KindWindow& kind = *enrolment.add_kinds();
  kind.set_record_kind("employment");
  *kind.mutable_start_time() = ToTimestamp(kFrom);
  *kind.mutable_end_time() = ToTimestamp(kFrom + Seconds{60});
  v1::NewSystem& system = *enrolment.add_systems();
  system.set_name("hr-desk");
  system.add_roles(v1::ROLE_ISSUER_CLERK);
  system.add_roles(v1::ROLE_VERIFIER);
  system.add_public_key_sha256(HexOf(Sha256("key")));
  EXPECT_EQ(WordsOf(enrol),
            "ods:X0A: enrol as \"A trust\", nhs_trust, a registrar; it may issue employment from 2026-03-30T23:00:00Z "
            "until 2026-03-30T23:01:00Z; two persons; system hr-desk as issuer_clerk verifier with " +
                HexOf(Sha256("key")));

  v1::RegistryStep amend = About("ods:X0A");
  amend.mutable_amendment()->set_legal_name("Another name");
  amend.mutable_amendment()->set_two_person(false);
  amend.mutable_amendment()->set_registrars_needed(2);
  v1::KindEnd& end = *amend.mutable_amendment()->add_ends();
  end.set_record_kind("employment");
  *end.mutable_end_time() = ToTimestamp(kFrom);
  EXPECT_EQ(WordsOf(amend),
            "ods:X0A: amend; legal name \"Another name\"; it may not issue employment from 2026-03-30T23:00:00Z; one "
            "person is enough; 2 registrars must sign what changes the registry");

  v1::RegistryStep state = About("ods:X0A");
  state.mutable_state()->set_state(v1::ORGANISATION_STATE_COMPROMISED);
  *state.mutable_state()->mutable_start_time() = ToTimestamp(kFrom);
  state.mutable_state()->set_reason("key_theft");
  EXPECT_EQ(WordsOf(state), "ods:X0A: compromised from 2026-03-30T23:00:00Z, because key_theft");

  v1::RegistryStep succession = About("ods:X0A");
  succession.mutable_succession()->set_kind(v1::SUCCESSION_KIND_ACQUIRED);
  succession.mutable_succession()->set_successor_id("ods:X0B");
  *succession.mutable_succession()->mutable_start_time() = ToTimestamp(kFrom);
  EXPECT_EQ(WordsOf(succession), "ods:X0A: acquired: ods:X0B answers for it from 2026-03-30T23:00:00Z");

  v1::RegistryStep registrar = About("ods:X0A");
  registrar.mutable_registrar()->set_successor_id("ods:X0B");
  EXPECT_EQ(WordsOf(registrar), "ods:X0A: hands the registrar's office over to ods:X0B");
}

TEST(ConvertRegistry, AStepThatIsNoneIsRefused) {
  EXPECT_EQ(WordsOf(About("ods:X0A")), "field_invalid") << "nothing is to be so";
  v1::RegistryStep state = About("ods:X0A");
  state.mutable_state()->set_reason("agreed");
  EXPECT_EQ(WordsOf(state), "field_invalid") << "an unspecified state";
  state.mutable_state()->set_state(static_cast<v1::OrganisationState>(99));
  EXPECT_EQ(WordsOf(state), "field_invalid");
  state.mutable_state()->set_state(v1::ORGANISATION_STATE_COMPROMISED);
  EXPECT_EQ(WordsOf(state), "field_invalid") << "since when?";
  v1::RegistryStep succession = About("ods:X0A");
  succession.mutable_succession()->set_successor_id("ods:X0B");
  EXPECT_EQ(WordsOf(succession), "field_invalid") << "an unspecified kind";
  v1::RegistryStep enrol = About("ods:X0A");
  enrol.mutable_enrolment()->add_systems()->add_public_key_sha256("ABC");
  EXPECT_EQ(WordsOf(enrol), "field_invalid");
  v1::RegistryStep nobody = About("nobody");
  nobody.mutable_amendment();
  EXPECT_NE(WordsOf(nobody).find("invalid"), std::string::npos) << WordsOf(nobody);
}

TEST(ConvertRegistry, TooManyStepsAreNotLookedAt) {
  v1::ProposeChangeRequest request;
  request.set_request_id("r1");
  for (int i = 0; i < 17; ++i) *request.add_steps() = About("ods:X0A");
  EXPECT_EQ(ToOrder(kCaller, request).fault().reason, Reason::kLimit);
}

TEST(ConvertRegistry, ASignatureNamesWhatWasShown) {
  v1::SignProposalRequest request;
  request.set_request_id("r1");
  request.set_number(7);
  for (const char* const bad : {"", "abc", "ZZ"}) {
    request.set_seen(bad);
    EXPECT_EQ(ToOrder(kCaller, request).fault().reason, Reason::kFieldInvalid) << bad;
  }
  request.set_seen(HexOf(Sha256("shown")));
  const auto order = ToOrder(kCaller, request);
  ASSERT_TRUE(order.ok());
  EXPECT_EQ(order->number, 7U);
  EXPECT_EQ(order->seen, Sha256("shown"));
}

TEST(ConvertRegistry, AReviewShowsWhatThereIs) {
  ProposalReview review{.proposal = {.number = 7,
                                     .by = kTrust,
                                     .by_system = "estate",
                                     .at = kFrom,
                                     .reason = "agreed",
                                     .steps = {{kTrust, RegistrarReplacement{kSuccessor}}},
                                     .state = ProposalState::kRejected,
                                     .signatures = {{kSuccessor, "registry", kFrom}},
                                     .rejected = ProposalSignature{kSuccessor, "registry", kFrom}},
                        .steps = {},
                        .diff = {"something changes"},
                        .obstacle = Fault{Reason::kStateConflict, "", "it is so already"},
                        .signatures_needed = 2,
                        .signatures_counted = 1,
                        .seen = Sha256("shown")};
  v1::ReviewProposalResponse response;
  Fill(review, response);
  EXPECT_EQ(response.proposal().number(), 7U);
  EXPECT_EQ(response.proposal().proposed_by().organisation_id(), "ods:X0A");
  EXPECT_EQ(response.proposal().proposed_by().system(), "estate");
  EXPECT_EQ(response.proposal().state(), v1::PROPOSAL_STATE_REJECTED);
  EXPECT_EQ(response.proposal().signatures_size(), 1);
  EXPECT_EQ(response.proposal().rejected_by().organisation_id(), "ods:X0B");
  EXPECT_THAT(response.proposal().steps(), ElementsAre("ods:X0A: hands the registrar's office over to ods:X0B"));
  EXPECT_THAT(response.differences(), ElementsAre("something changes"));
  EXPECT_EQ(response.obstacle(), "it is so already");
  EXPECT_EQ(response.signatures_needed(), 2U);
  EXPECT_EQ(response.signatures_counted(), 1U);
  EXPECT_EQ(response.seen(), HexOf(Sha256("shown")));
}

TEST(ConvertRegistry, CountsOfALostKeyComeThrough) {
  v1::AffectedOrganisation organisation;
  Fill(AffectedOrganisation{kTrust, EntryState::kCompromised, 1, 20, 10}, organisation);
  EXPECT_EQ(organisation.state(), v1::ORGANISATION_STATE_COMPROMISED);
  EXPECT_EQ(organisation.keys() + organisation.credentials() + organisation.people(), 31U);
  v1::ReissueCredentialsResponse response;
  Fill(ReissueCredentials::Report{.looked_at = 20, .reissued = 18, .left = {{"state_conflict", 2}}}, response);
  EXPECT_EQ(response.looked_at(), 20U);
  EXPECT_EQ(response.reissued(), 18U);
  ASSERT_EQ(response.left_size(), 1);
  EXPECT_EQ(response.left(0).reason(), "state_conflict");
  EXPECT_EQ(response.left(0).count(), 2U);
}

}  // namespace
}  // namespace passport
