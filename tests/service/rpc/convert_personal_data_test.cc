#include "passport-service/rpc/convert_personal_data.h"

#include <gtest/gtest.h>

namespace passport {
namespace {

namespace v1 = staffpassport::v1;

const Caller kBy{OrganisationId::Parse("ods:X0A").value(), "hr"};

TEST(ConvertPersonalData, EveryReasonHasItsWordAndNothingElseHas) {
  const std::pair<v1::ErasureReason, const char*> words[] = {{v1::ERASURE_REASON_PERSON_ASKED, "person_asked"},
                                                             {v1::ERASURE_REASON_KEPT_LONG_ENOUGH, "kept_long_enough"},
                                                             {v1::ERASURE_REASON_WRONG_PERSON, "wrong_person"},
                                                             {v1::ERASURE_REASON_TEST_DATA, "test_data"},
                                                             {v1::ERASURE_REASON_UNSPECIFIED, ""},
                                                             {static_cast<v1::ErasureReason>(99), ""}};
  for (const auto& [reason, word] : words) {
    v1::ErasePersonRequest request;
    request.set_request_id("r1");
    request.set_employee_number("1001");
    request.set_why(reason);
    const auto order = ToOrder(kBy, request);
    ASSERT_TRUE(order.ok());
    EXPECT_EQ(order->why, word);
    EXPECT_EQ(order->employee_number, "1001");
    EXPECT_FALSE(order->subject) << "empty is nobody";
  }
}

TEST(ConvertPersonalData, ARequestNeedsItsId) {
  EXPECT_FALSE(ToOrder(kBy, v1::ErasePersonRequest()).ok());
  EXPECT_FALSE(ToOrder(kBy, v1::ApplyRetentionRequest()).ok());
}

TEST(ConvertPersonalData, AnOrganisationIsOnesOwnUnlessItIsNamed) {
  v1::ErasePersonRequest erase;
  erase.set_request_id("r1");
  v1::ApplyRetentionRequest apply;
  apply.set_request_id("r2");
  v1::ReportRetentionRequest report;
  EXPECT_FALSE(ToOrder(kBy, erase)->organisation);
  EXPECT_FALSE(ToOrder(kBy, apply)->organisation);
  EXPECT_FALSE(ToOrder(kBy, report)->organisation);
  const auto name = [&](const char* organisation) {
    erase.set_organisation(organisation);
    apply.set_organisation(organisation);
    report.set_organisation(organisation);
  };
  name("ods:RC9");
  EXPECT_EQ(ToOrder(kBy, erase)->organisation->text(), "ods:RC9");
  EXPECT_EQ(ToOrder(kBy, apply)->organisation->text(), "ods:RC9");
  EXPECT_EQ(ToOrder(kBy, report)->organisation->text(), "ods:RC9");
  name("the trust");
  EXPECT_EQ(ToOrder(kBy, erase).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(ToOrder(kBy, apply).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(ToOrder(kBy, report).fault().reason, Reason::kFieldInvalid);
}

TEST(ConvertPersonalData, AReportKeepsEveryLine) {
  const RetentionReport report{.rules = "staff",
                               .version = 3,
                               .lines = {{.rule = "a",
                                          .what = Kept::kSubject,
                                          .keep_days = 7,
                                          .kept = 5,
                                          .due = 2,
                                          .why = "because",
                                          .source = "a law"}}};
  v1::ReportRetentionResponse reported;
  Fill(report, reported);
  EXPECT_EQ(reported.rules(), "staff");
  EXPECT_EQ(reported.version(), 3);
  ASSERT_EQ(reported.lines_size(), 1);
  EXPECT_EQ(reported.lines(0).what(), "subject");
  EXPECT_EQ(reported.lines(0).kept(), 5U);
  EXPECT_EQ(reported.lines(0).due(), 2U);
  EXPECT_EQ(reported.lines(0).source(), "a law");
  v1::ErasePersonResponse erased;
  Fill(ErasureCounts{.credentials = 4, .receipts = 3, .drafts = 2, .passport = true}, erased);
  EXPECT_EQ(erased.credentials(), 4U);
  EXPECT_EQ(erased.receipts(), 3U);
  EXPECT_EQ(erased.drafts(), 2U);
  EXPECT_TRUE(erased.passport());
}

}  // namespace
}  // namespace passport
