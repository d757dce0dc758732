// Conversions, there and back.
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "credential/record/record_kind.h"
#include "passport-service/rpc/convert_holder.h"
#include "passport-service/rpc/convert_import.h"
#include "passport-service/rpc/convert_issuer.h"
#include "passport-service/rpc/convert_registrar.h"
#include "passport-service/rpc/convert_registry.h"
#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/convert_verifier.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;

Caller SomeCaller() { return {.organisation = OrganisationId::Parse("ods:X0A").value(), .system = "hr"}; }

TEST(Convert, AnInstantComesBack) {
  for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{1'763'800'000}, std::int64_t{253'402'300'799}}) {
    EXPECT_EQ(ToInstant(ToTimestamp({seconds})).seconds, seconds);
  }
}

TEST(Convert, ADayIsOptionalAndNeverGuessed) {
  EXPECT_FALSE(ToDay("", "day").value().has_value());
  EXPECT_EQ(ToDay("2026-03-01", "day").value()->Text(), "2026-03-01");
  for (const char* bad : {"2026-3-1", "01/03/2026", "2026-02-30", "2026-03-01T00:00:00Z", " 2026-03-01"}) {
    const auto day = ToDay(bad, "day");
    ASSERT_FALSE(day.ok()) << bad;
    EXPECT_EQ(day.fault().reason, Reason::kFieldInvalid);
    EXPECT_TRUE(day.fault().detail.starts_with("day "));
  }
}

TEST(Convert, AnApprovalNamesWhatWasReviewedOrNothing) {
  v1::IssueImportRequest request;
  request.set_request_id("approve");
  request.set_import_id("i");
  EXPECT_FALSE(ToOrder(SomeCaller(), request)->reviewed.has_value());
  request.set_reviewed_revision(3);
  EXPECT_EQ(ToOrder(SomeCaller(), request)->reviewed, 3U);
}

TEST(Convert, ARecordComesBack) {
  const Fields fields = {{"achieved_on", "2025-03-01"},
                         {"assurance", "employer_verified"},
                         {"checked_on", "2025-03-01"},
                         {"checker_role", "workforce_information"},
                         {"level", "2"},
                         {"method", "learning_record"},
                         {"subject", "moving_and_handling"}};
  const Record record = Record::Make(*FindRecordKind("mandatory_training"), fields).value();
  v1::Record message;
  Fill(record, message);
  EXPECT_EQ(message.kind(), "mandatory_training");
  EXPECT_EQ(ToFields(message), fields);
}

TEST(Convert, EveryStandingReasonHasItsOwnWord) {
  std::set<std::string> words;
  for (int number = v1::StandingReason_MIN + 1; number <= v1::StandingReason_MAX; ++number) {
    const auto word = ToWord(static_cast<v1::StandingReason>(number));
    ASSERT_TRUE(word.ok()) << number;
    words.insert(*word);
  }
  EXPECT_EQ(static_cast<int>(words.size()), v1::StandingReason_MAX);
  EXPECT_FALSE(ToWord(v1::STANDING_REASON_UNSPECIFIED).ok());
  EXPECT_FALSE(ToWord(static_cast<v1::StandingReason>(999)).ok());
}

TEST(Convert, StatesAndOutcomesAreToldApart) {
  EXPECT_EQ(ToMessage(CredentialState::kCurrent), v1::CREDENTIAL_STATE_CURRENT);
  EXPECT_EQ(ToMessage(CredentialState::kSuspended), v1::CREDENTIAL_STATE_SUSPENDED);
  EXPECT_EQ(ToMessage(CredentialState::kRevoked), v1::CREDENTIAL_STATE_REVOKED);
  EXPECT_EQ(ToMessage(Outcome::kMet), v1::OUTCOME_MET);
  EXPECT_EQ(ToMessage(Outcome::kMetExpiring), v1::OUTCOME_MET_EXPIRING);
  EXPECT_EQ(ToMessage(Outcome::kNotMet), v1::OUTCOME_NOT_MET);
  EXPECT_EQ(ToMessage(Outcome::kCannotTell), v1::OUTCOME_CANNOT_TELL);
  EXPECT_EQ(ToMessage(Standing::kRevoked), v1::STANDING_REVOKED);
  EXPECT_EQ(VerdictOf(Standing::kGood), v1::VERDICT_VALID);
  EXPECT_EQ(VerdictOf(Standing::kRevoked), v1::VERDICT_NOT_VALID);
  EXPECT_EQ(VerdictOf(Standing::kSuspended), v1::VERDICT_NOT_VALID);
  EXPECT_EQ(VerdictOf(Standing::kCannotTell), v1::VERDICT_CANNOT_TELL);
}

TEST(Convert, AFaultBecomesARefusalWithWhoAndWhat) {
  v1::Refusal refusal;
  Fill(Fault{Reason::kKbNonce, "KB-06", "position 2"}, refusal);
  EXPECT_EQ(refusal.reason(), "KB_NONCE");
  EXPECT_EQ(refusal.check(), "KB-06");
  EXPECT_EQ(refusal.detail(), "position 2");
  EXPECT_FALSE(refusal.happened().empty());
  EXPECT_FALSE(refusal.who().empty());
  EXPECT_FALSE(refusal.remedy().empty());
}

// Every changing request without a request id, or with a bad one, is refused and says so.
template <class Request>
void ExpectRequestIdAskedFor() {
  for (const std::string& id : {std::string(), std::string("with blank"), std::string(65, 'a')}) {
    Request request;
    request.set_request_id(id);
    const auto order = ToOrder(SomeCaller(), request);
    ASSERT_FALSE(order.ok()) << Request::descriptor()->name();
    EXPECT_EQ(order.fault().reason, Reason::kFieldInvalid);
    EXPECT_TRUE(order.fault().detail.starts_with("request_id ")) << order.fault().detail;
  }
}

TEST(Convert, EveryChangingRequestNeedsARequestId) {
  ExpectRequestIdAskedFor<v1::EnrolOrganisationRequest>();
  ExpectRequestIdAskedFor<v1::ProposeChangeRequest>();
  ExpectRequestIdAskedFor<v1::SignProposalRequest>();
  ExpectRequestIdAskedFor<v1::RejectProposalRequest>();
  ExpectRequestIdAskedFor<v1::PutRulesRequest>();
  ExpectRequestIdAskedFor<v1::WithdrawRulesRequest>();
  ExpectRequestIdAskedFor<v1::OverrideDecisionRequest>();
  ExpectRequestIdAskedFor<v1::PublishRequest>();
  ExpectRequestIdAskedFor<v1::EnrolPersonRequest>();
  ExpectRequestIdAskedFor<v1::IssueCredentialRequest>();
  ExpectRequestIdAskedFor<v1::RevokeCredentialRequest>();
  ExpectRequestIdAskedFor<v1::SuspendCredentialRequest>();
  ExpectRequestIdAskedFor<v1::ReinstateCredentialRequest>();
}

TEST(Convert, AnUnspecifiedReasonIsRefused) {
  v1::RevokeCredentialRequest request;
  request.set_request_id("r");
  request.set_credential_id("c");
  EXPECT_EQ(ToOrder(SomeCaller(), request).fault().reason, Reason::kFieldInvalid);
  request.set_reason(v1::STANDING_REASON_ISSUED_IN_ERROR);
  const ChangeStanding::Order order = ToOrder(SomeCaller(), request).value();
  EXPECT_EQ(order.why, "issued_in_error");
  EXPECT_EQ(order.verb, StandingVerb::kRevoke);
}

TEST(Convert, APresentRequestIsBounded) {
  v1::PresentRequest request;
  request.set_passport_code("code");
  request.set_audience("ods:X0V");
  request.set_nonce("nonce");
  request.set_purpose("roster");
  EXPECT_TRUE(ToOrder(SomeCaller(), request).ok());
  for (int i = 0; i < 65; ++i) request.add_show()->set_credential_id("c");
  EXPECT_EQ(ToOrder(SomeCaller(), request).fault().reason, Reason::kFieldInvalid);
  request.clear_show();
  request.set_audience(std::string(201, 'a'));
  EXPECT_EQ(ToOrder(SomeCaller(), request).fault().reason, Reason::kFieldInvalid);
}

// The word of the fault and what its detail begins with, or "ok".
template <class Request>
std::string Asked(const Request& request) {
  const auto order = ToOrder(SomeCaller(), request);
  if (order.ok()) return "ok";
  return std::string(WordOf(order.fault().reason)) + " " +
         order.fault().detail.substr(0, order.fault().detail.find(' '));
}

TEST(Convert, AShiftIsOfTimesThatExist) {
  v1::DecideRoleRequest request;
  request.set_nonce("n");
  EXPECT_EQ(Asked(request), "field_invalid profile");
  request.set_profile("mover");
  EXPECT_EQ(Asked(request), "ok");
  request.mutable_start_time()->set_seconds(1'795'300'000);
  request.mutable_end_time()->set_seconds(253'402'300'799);
  EXPECT_EQ(Asked(request), "ok") << "how long it may last is the act's to judge";
  request.mutable_end_time()->set_seconds(253'402'300'800);
  EXPECT_EQ(Asked(request), "field_invalid end_time");
  request.mutable_start_time()->set_seconds(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Asked(request), "field_invalid start_time");
  request.clear_start_time();
  request.clear_end_time();
  request.set_place("no place");
  EXPECT_FALSE(Asked(request) == "ok");
  request.set_place("ods:X0A");
  request.set_engagement(static_cast<v1::Engagement>(77));
  EXPECT_EQ(Asked(request), "field_invalid engagement");
  request.set_engagement(v1::ENGAGEMENT_EMPLOYMENT);
  const CheckPresentation::Question question = ToOrder(SomeCaller(), request).value();
  EXPECT_EQ(question.shift.engagement, Engagement::kEmployment);
  EXPECT_EQ(question.shift.place->text(), "ods:X0A");
}

TEST(Convert, AnOverrideNeedsAnEnd) {
  v1::OverrideDecisionRequest request;
  request.set_request_id("o");
  EXPECT_EQ(Asked(request), "field_invalid end_time");
  request.mutable_end_time()->set_seconds(-1);
  EXPECT_EQ(Asked(request), "field_invalid end_time");
  request.mutable_end_time()->set_seconds(1'795'300'000);
  EXPECT_EQ(Asked(request), "ok");
}

TEST(Convert, RulesAreOfAKindAndCountsOfDays) {
  v1::PutRulesRequest put;
  put.set_request_id("p");
  EXPECT_EQ(Asked(put), "field_invalid kind");
  put.set_kind(static_cast<v1::RuleKind>(9));
  EXPECT_EQ(Asked(put), "field_invalid kind");
  put.set_kind(v1::RULE_KIND_TAXONOMY);
  EXPECT_EQ(Asked(put), "ok");
  v1::WithdrawRulesRequest withdraw;
  withdraw.set_request_id("w");
  withdraw.set_kind(v1::RULE_KIND_ROLE_PROFILE);
  EXPECT_EQ(Asked(withdraw), "field_invalid id");
  v1::CountReliancesRequest count;
  EXPECT_EQ(Asked(count), "field_invalid from");
  count.set_from("2026-11-01");
  count.set_through("2026-11-31");
  EXPECT_EQ(Asked(count), "field_invalid through");
  count.set_through("2026-11-30");
  EXPECT_EQ(Asked(count), "ok");
}

TEST(Convert, ASuppressedCountIsAbsentAndNotZero) {
  const RoleCounts counts{.employer = OrganisationId::Parse("ods:X0A").value(),
                          .profile = "mover",
                          .people = {},
                          .outcomes = {{"met", 7}, {"not_met", std::nullopt}},
                          .reasons = {},
                          .not_repeated = {},
                          .days_to_clear = {}};
  v1::CountReliancesResponse response;
  Fill(std::vector{counts}, response);
  const v1::RoleCounts& message = response.counts(0);
  EXPECT_FALSE(message.has_people());
  EXPECT_FALSE(message.has_days_to_clear());
  EXPECT_EQ(message.outcomes(0).count(), 7U);
  EXPECT_FALSE(message.outcomes(1).has_count());
}

TEST(Convert, ANegativePageSizeIsRefused) {
  v1::ListCredentialsRequest request;
  request.set_page_size(std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(ToOrder(SomeCaller(), request).fault().reason, Reason::kFieldInvalid);
  v1::ListOverridesRequest overrides;
  overrides.set_page_size(-1);
  EXPECT_EQ(Asked(overrides), "field_invalid page_size");
}

}  // namespace
}  // namespace passport
