// The demo itself: its facts are those of the world it was made from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <map>

#include "credential/encoding/json.h"
#include "samples/generator/world.h"
#include "samples/process/process.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr json::Limits kLimits{
    .bytes = 1 << 20, .depth = 8, .nodes = 10'000, .string_bytes = 64 * 1024, .members = 1000};

std::int64_t NumberIn(const json::Value& facts, std::string_view name) {
  const json::Value* member = facts.Find(name);
  return member == nullptr ? -1 : member->integer().value_or(-1);
}

std::string TextIn(const json::Value& object, std::string_view name) {
  const json::Value* member = object.Find(name);
  return member == nullptr ? "" : std::string(member->text().value_or(""));
}

// story -> outcome, then the reasons.
std::map<std::string, std::vector<std::string>> DecisionsIn(const json::Value& facts) {
  std::map<std::string, std::vector<std::string>> all;
  for (const json::Value& decision : *facts.Find("decisions")) {
    std::vector<std::string>& words = all[TextIn(decision, "story")];
    words.push_back(TextIn(decision, "outcome"));
    for (const json::Value& reason : *decision.Find("reasons")) words.emplace_back(*reason.text());
  }
  return all;
}

std::map<std::string, std::string> RefusalsIn(const json::Value& facts) {
  std::map<std::string, std::string> all;
  for (const json::Value& refusal : *facts.Find("refusals"))
    all[TextIn(refusal, "attempt")] = TextIn(refusal, "reason");
  return all;
}

void ExpectCountsOf(const World& world, const json::Value& facts) {
  std::size_t good = 0;
  std::size_t bad = 0;
  std::size_t records = 0;
  for (const SampleFile& file : world.files) {
    good += file.rows_good;
    bad += file.bad_rows.size();
    records += file.records;
  }
  EXPECT_EQ(NumberIn(facts, "organisations"), static_cast<std::int64_t>(world.organisations.size()));
  EXPECT_EQ(NumberIn(facts, "people"), static_cast<std::int64_t>(world.people.size()));
  EXPECT_EQ(NumberIn(facts, "rows_read"), static_cast<std::int64_t>(good + bad));
  EXPECT_EQ(NumberIn(facts, "rows_refused"), static_cast<std::int64_t>(bad));
  EXPECT_EQ(NumberIn(facts, "credentials_issued") + NumberIn(facts, "older_rounds"),
            static_cast<std::int64_t>(records));
  std::size_t alone = 0;
  for (const SamplePerson& person : world.people) alone += person.records.size();
  EXPECT_EQ(NumberIn(facts, "issued_singly"), static_cast<std::int64_t>(alone));
}

// Each story has a met, a not met that names what is missing, and a cannot tell.
void ExpectTheThreeStories(const std::map<std::string, std::vector<std::string>>& decisions) {
  const std::vector<std::string> met = {"met"};
  EXPECT_THAT(decisions, Contains(Pair("nurse online", met)));
  EXPECT_THAT(decisions, Contains(Pair("nurse offline", met)));
  EXPECT_THAT(decisions, Contains(Pair("second nurse online", ElementsAre("not_met", "too_old", "too_old"))));
  EXPECT_THAT(decisions, Contains(Pair("second nurse offline", ElementsAre("not_met", "too_old", "too_old"))));
  EXPECT_THAT(decisions, Contains(Pair("nurse online after the revocation", Contains("not_met"))));
  EXPECT_THAT(decisions, Contains(Pair("nurse offline, copy from after the revocation", Contains("not_met"))));
  EXPECT_THAT(decisions, Contains(Pair("nurse offline, the old copy two days later", Contains("cannot_tell"))));

  EXPECT_THAT(decisions, Contains(Pair("care worker at home", met)));
  EXPECT_THAT(decisions, Contains(Pair("care worker in the bank", ElementsAre("not_met", "own_check_needed"))));
  EXPECT_THAT(decisions, Contains(Pair("care worker in the bank, once it has looked itself", met)));
  EXPECT_THAT(decisions, Contains(Pair("care worker on the ward", met)));
  EXPECT_THAT(decisions,
              Contains(Pair("care worker on the ward, a status list is not there", Contains("cannot_tell"))));

  EXPECT_THAT(decisions, Contains(Pair("volunteer at the care home", met)));
  EXPECT_THAT(decisions, Contains(Pair("volunteer, evidence older than the home accepts", Contains("cannot_tell"))));
  EXPECT_THAT(decisions, Contains(Pair("volunteer on the ward",
                                       ElementsAre("not_met", "not_covered", "level_too_low", "record_missing"))));
  EXPECT_THAT(decisions, Contains(Pair("volunteer on the ward, overridden", Contains("not_met"))));
}

bool FlagIn(const json::Value& facts, std::string_view object, std::string_view name) {
  const json::Value* const found = facts.Find(object);
  const json::Value* const flag = found == nullptr ? nullptr : found->Find(name);
  return flag != nullptr && flag->boolean().value_or(false);
}

TEST(Story, TheDemoIsToldAsItShouldBe) {
  const auto folder = TemporaryFolder::Make("passport-demo-test");
  ASSERT_TRUE(folder.ok()) << folder.fault().detail;
  const auto told = RunProcess(
      {.program = PASSPORT_PROGRAMS "/passport-demo", .words = {"--json", folder->At("facts.json")}, .log = ""},
      In(std::chrono::minutes(10)));
  ASSERT_TRUE(told.ok()) << told.fault().detail;
  ASSERT_EQ(told->Text(), "exit code 0") << told->output << told->errors;
  const auto text = ReadWholeFile(folder->At("facts.json"));
  ASSERT_TRUE(text.ok()) << text.fault().detail;
  json::Tree tree;
  const auto facts = tree.Parse(*text, kLimits);
  ASSERT_TRUE(facts.ok()) << facts.fault().detail;

  const auto world = MakeWorld({.seed = 1, .today = CivilDay::InLondon({std::time(nullptr)})});
  ASSERT_TRUE(world.ok());
  ExpectCountsOf(*world, **facts);
  const auto decisions = DecisionsIn(**facts);
  ExpectTheThreeStories(decisions);
  const auto refusals = RefusalsIn(**facts);
  EXPECT_THAT(refusals, Contains(Pair("a replay", "kb_nonce")));
  EXPECT_THAT(refusals, Contains(Pair("an altered byte", "sig")));
  EXPECT_THAT(refusals, Contains(Pair("a record of another person among one's own", "holder_mismatch")));
  EXPECT_THAT(refusals, Contains(Pair("a copy presented to another organisation", "kb_nonce")));
  EXPECT_EQ((*facts)->Find("offline_verified")->boolean(), true);
  for (const auto& [object, name] :
       std::vector<std::pair<std::string, std::string>>{{"revocation_seen", "online"},
                                                        {"revocation_seen", "offline"},
                                                        {"bundle", "answers"},
                                                        {"bundle", "too_old_is_no_answer"},
                                                        {"bundle", "revocation_seen"},
                                                        {"correction", "second_person"},
                                                        {"override", "recorded"},
                                                        {"override", "decision_unchanged"},
                                                        {"evidence", "holds"},
                                                        {"evidence", "tampering_found"},
                                                        {"evidence", "receipt_holds"},
                                                        {"registry", "responsibility_passed"},
                                                        {"registry", "old_code_refused"},
                                                        {"lost_key", "holds_again"},
                                                        {"lost_passport", "old_code_dead"},
                                                        {"lost_passport", "old_key_dead"},
                                                        {"lost_passport", "good_again"},
                                                        {"erasure", "passport_gone"},
                                                        {"audit", "holds"},
                                                        {"audit", "tampering_found"}}) {
    EXPECT_TRUE(FlagIn(**facts, object, name)) << object << " " << name;
  }
  EXPECT_EQ(NumberIn(*(*facts)->Find("rules"), "taxonomies"), 3);
  EXPECT_EQ(NumberIn(*(*facts)->Find("rules"), "profiles"), 13);
  EXPECT_EQ(TextIn(*(*facts)->Find("profile_check"), "now"), "met");
  EXPECT_EQ(TextIn(*(*facts)->Find("profile_check"), "would_be"), "not_met");
  EXPECT_EQ(NumberIn(*(*facts)->Find("correction"), "superseded"), 1);
  EXPECT_EQ(NumberIn(*(*facts)->Find("correction"), "issued_again"), 0);
  EXPECT_EQ(NumberIn(*(*facts)->Find("evidence"), "overrides"), 1);
  EXPECT_GT(NumberIn(*(*facts)->Find("lost_key"), "credentials"), 0);
  EXPECT_EQ(NumberIn(*(*facts)->Find("lost_key"), "reissued"), NumberIn(*(*facts)->Find("lost_key"), "credentials"));
  EXPECT_GT(NumberIn(*(*facts)->Find("erasure"), "credentials"), 0);
  // Told to people: chapters, and no sentence that lost its number.
  EXPECT_THAT(told->output, AllOf(HasSubstr("\n1. "), HasSubstr("\n22. "), HasSubstr("In short")));
  EXPECT_THAT(told->errors, IsEmpty());
}

TEST(Story, TheDemoRefusesWordsItDoesNotKnow) {
  const auto told = RunProcess({.program = PASSPORT_PROGRAMS "/passport-demo", .words = {"--yes"}, .log = ""},
                               In(std::chrono::seconds(60)));
  ASSERT_TRUE(told.ok()) << told.fault().detail;
  EXPECT_EQ(told->exit_code, 64);
  EXPECT_THAT(told->errors, HasSubstr("--json FILE"));
}

}  // namespace
}  // namespace passport
