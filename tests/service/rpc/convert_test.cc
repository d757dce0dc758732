// Conversions, there and back.
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "credential/record/record_kind.h"
#include "passport-service/rpc/convert_holder.h"
#include "passport-service/rpc/convert_issuer.h"
#include "passport-service/rpc/convert_registrar.h"
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
  ExpectRequestIdAskedFor<v1::PutRoleProfileRequest>();
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

TEST(Convert, ANegativePageSizeIsRefused) {
  v1::ListCredentialsRequest request;
  request.set_page_size(std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(ToOrder(SomeCaller(), request).fault().reason, Reason::kFieldInvalid);
}

}  // namespace
}  // namespace passport
