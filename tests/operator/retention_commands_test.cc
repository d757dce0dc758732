// passportctl person erase, retention: what an operator types and reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

namespace v1 = staffpassport::v1;
using ::testing::HasSubstr;
using ::testing::Not;

class RetentionCommand : public ::testing::Test {
 protected:
  FakeService service_;
};

TEST_F(RetentionCommand, EraseSaysWhatIsGoneAndWhatIsStillToDo) {
  service_.behaviour().erased.set_credentials(3);
  TypedRun run = Type(service_, {"person", "erase", "--employee-number", "1001", "--why", "person_asked"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(service_.behaviour().erase.employee_number(), "1001");
  EXPECT_EQ(service_.behaviour().erase.why(), v1::ERASURE_REASON_PERSON_ASKED);
  EXPECT_THAT(run.output, HasSubstr("erased: 3 credentials"));
  EXPECT_THAT(run.output, HasSubstr("other organisations keep"));
  EXPECT_THAT(run.output, HasSubstr("backup"));
  EXPECT_THAT(run.output, Not(HasSubstr("1001"))) << "the number is personal, and gone";
  service_.behaviour().erased.set_passport(true);
  run = Type(service_, {"person", "erase", "--holder", "abc", "--why", "test_data", "--json"});
  EXPECT_EQ(service_.behaviour().erase.subject(), "abc");
  EXPECT_EQ(run.output, R"({"credentials":3,"receipts":0,"drafts":0,"passport":true})"
                        "\n");
}

TEST_F(RetentionCommand, IsAboutOnesOwnOrAboutAnOrganisationThatWasTakenOver) {
  const std::vector<std::string> erase = {"person", "erase", "--employee-number", "1001", "--why", "person_asked"};
  const auto type = [&](std::vector<std::string> words, bool taken_over) {
    if (taken_over) words.insert(words.end(), {"--organisation", "ods:RC9"});
    const TypedRun run = Type(service_, words);
    EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  };
  for (const bool taken_over : {true, false}) {
    const char* const named = taken_over ? "ods:RC9" : "";
    type(erase, taken_over);
    EXPECT_EQ(service_.behaviour().erase.organisation(), named);
    EXPECT_EQ(service_.behaviour().erase.employee_number(), "1001");
    type({"retention", "report"}, taken_over);
    EXPECT_EQ(service_.behaviour().report_retention.organisation(), named);
    type({"retention", "apply"}, taken_over);
    EXPECT_EQ(service_.behaviour().apply_retention.organisation(), named);
    type({"credential", "list"}, taken_over);
    EXPECT_EQ(service_.behaviour().list_credentials.organisation(), named);
    EXPECT_EQ(service_.behaviour().list_credentials.page_token(), "more") << "on the next page, too";
  }
}

TEST_F(RetentionCommand, EraseWantsAReasonAndOnePerson) {
  EXPECT_EQ(Type(service_, {"person", "erase", "--employee-number", "1001"}).ending, Ending::kUsage);
  EXPECT_EQ(Type(service_, {"person", "erase", "--employee-number", "1", "--holder", "k", "--why", "test_data"}).ending,
            Ending::kUsage);
  const TypedRun run = Type(service_, {"person", "erase", "--employee-number", "1001", "--why", "because"});
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.errors, HasSubstr("kept_long_enough"));
  EXPECT_TRUE(service_.behaviour().request_ids.empty());
}

TEST_F(RetentionCommand, ReportShowsEachRuleAndWhatToDo) {
  const TypedRun run = Type(service_, {"retention", "report"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("leavers"));
  EXPECT_THAT(run.output, HasSubstr("DUE"));
  EXPECT_THAT(run.output, HasSubstr("retention apply"));
  const TypedRun json = Type(service_, {"retention", "report", "--json"});
  EXPECT_THAT(json.output, HasSubstr(R"("rule":"leavers","what":"person","keep_days":2192,"kept":5,"due":2)"));
}

TEST_F(RetentionCommand, ApplySaysWhatWasErased) {
  const TypedRun run = Type(service_, {"retention", "apply"});
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("ERASED"));
  EXPECT_EQ(service_.behaviour().request_ids.size(), 1U);
}

}  // namespace
}  // namespace passport
