// A rota at a command line, with real processes: a file goes in, the same file comes out with an answer on every row.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "credential/vocabulary/instant_text.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::HasSubstr;

constexpr std::string_view kRosterProfile =
    R"({"id":"mover","version":1,"title":"Mover","effective_from":"2026-01-01","expiring_within_days":30,
        "requirements":[{"id":"moving","needs":"moving and handling level 2",
          "any_of":[{"training":"moving_and_handling","level":2,"within_months":240}]}]})";

class Roster : public StoryHouse {
 protected:
  void SetUp() override {
    StoryHouse::SetUp();
    StartWithPeople();
    Result<ServiceClient> registrar = service().Connect(kStoryRegistrar);
    ASSERT_TRUE(registrar.ok()) << registrar.fault().detail;
    for (const std::string name : {"training", "regulators", "workforce"}) {
      const Result<std::string> text = ReadWholeFile("rules/taxonomies/" + name + ".json");
      ASSERT_TRUE(text.ok());
      ASSERT_TRUE(registrar->PutRules("put-" + name, RuleWord::kTaxonomy, *text).ok());
    }
    ASSERT_TRUE(registrar->PutRules("put-mover", RuleWord::kRoleProfile, kRosterProfile).ok());
    Train(std::string(kStoryEmployee), "moving_and_handling");
    ASSERT_TRUE(Trust().EnrolPerson("enrol-2", "20310002", Secret()).ok());
    Train("20310002", "fire_safety");
    EXPECT_EQ(Type(std::string(kStoryRegistrar), {"registry", "publish"}).exit_code, 0);
  }
  void Train(const std::string& employee, const std::string& subject) {
    const Result<IssuedAnswer> issued =
        Trust().IssueCredential("train-" + employee, employee,
                                {.kind = "mandatory_training",
                                 .fields = {{"subject", subject},
                                            {"level", subject == "fire_safety" ? "1" : "2"},
                                            {"framework", "cstf"},
                                            {"provider", "Testy Courses"},
                                            {"achieved_on", "2026-03-01"},
                                            {"assurance", "employer_verified"},
                                            {"method", "learning_record"},
                                            {"checker_role", "workforce_information"},
                                            {"checked_on", "2026-03-01"}}});
    ASSERT_TRUE(issued.ok()) << issued.fault().detail;
  }
  // Tomorrow's shift of somebody, as the rota has it.
  static std::string RosterLine(std::string_view employee) {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(since).count();
    return std::string(employee) + ",,\"Ward 4, east\",Band 5," + UtcText(Instant{now + 86'400}) + "," +
           UtcText(Instant{now + 86'400 + 8 * 3'600}) + "\n";
  }
  std::string Write(const std::string& name, const std::string& rows) {
    std::string path = folder() + "/" + name;
    EXPECT_TRUE(
        WriteWholeFile(path, "Employee Number,Assignment Number,Unit,Grade,Shift Start,Shift End\n" + rows).ok());
    return path;
  }
  static std::vector<std::string> Words(const std::string& file, const std::vector<std::string>& more) {
    std::vector<std::string> words = {"roster", "check", file, "--purpose", "shift", "--profile-for", "Band 5=mover"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  ToolAnswer Check(const std::string& file, const std::vector<std::string>& more) {
    return Type(std::string(kStoryTrust), Words(file, more));
  }
  // What is said of flags that make no sense.
  std::string Misused(const std::string& file, const std::vector<std::string>& more) {
    const Result<ToolAnswer> answer = AskOperator(service(), kStoryTrust, Words(file, more));
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? answer->output : answer.fault().detail;
  }
  // How many rows of reliance the trust has, all proved by passport-verify.
  std::uint64_t Relied(const std::string& name) {
    const std::string path = folder() + "/" + name;
    EXPECT_EQ(Type(std::string(kStoryTrust), {"evidence", "export", "--out", path}).exit_code, 0);
    const Result<ToolAnswer> proved = AskVerifier(service(), {"evidence", path, "--registry-key", service().anchor()});
    EXPECT_TRUE(proved.ok() && proved->exit_code == 0) << (proved.ok() ? proved->output : proved.fault().detail);
    const Result<std::string> text = ReadWholeFile(path);
    EXPECT_TRUE(text.ok());
    const auto lines = static_cast<std::uint64_t>(std::count(text->begin(), text->end(), '\n'));
    return lines - 1;
  }
};

TEST_F(Roster, FileGoesInAndTheSameFileComesOutWithAnAnswerOnEveryRow) {
  const std::string good = RosterLine(kStoryEmployee);
  const std::string file = Write(
      "roster.csv", good + RosterLine("20310002") + RosterLine("99999999") + "20310001,,,Band 9,now,later\n" + good);
  const std::string out = folder() + "/answers.csv";
  const ToolAnswer answer = Check(file, {"--out", out, "--explain"});
  EXPECT_EQ(answer.exit_code, 1) << answer.output;
  const Result<std::string> text = ReadWholeFile(out);
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(*text, HasSubstr("Shift End,Outcome,Reason,Until\n"));
  EXPECT_THAT(*text, HasSubstr(",not_met,record_missing,\n"));
  EXPECT_THAT(*text, HasSubstr("99999999,,\"Ward 4, east\",Band 5,"));
  EXPECT_THAT(*text, HasSubstr(",refused,not_found: "));
  EXPECT_THAT(*text, HasSubstr("20310001,,,Band 9,now,later,refused,\"row_fields: no role profile"));
  EXPECT_THAT(answer.output, HasSubstr("moving and handling level 2")) << "why, in the words of the profile";
  EXPECT_THAT(answer.output, HasSubstr(R"("met":2)"));
  EXPECT_EQ(Relied("evidence-1.jsonl"), 3U) << "each outcome is on record";
  const ToolAnswer all_met = Check(Write("good.csv", good), {});
  EXPECT_EQ(all_met.exit_code, 0) << all_met.output;
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(Roster, AnswerThatWasCutOffIsGoneOnWithAndNoRowIsAskedTwice) {
  std::string rows;
  for (int i = 0; i < 250; ++i) rows += RosterLine(i % 3 == 0 ? "20310002" : kStoryEmployee);
  const std::string file = Write("roster.csv", rows);
  const std::string out = folder() + "/answers.csv";
  EXPECT_EQ(Check(file, {"--out", out}).exit_code, 1);
  const Result<std::string> whole = ReadWholeFile(out);
  ASSERT_TRUE(whole.ok());
  // As a kill leaves it: rows are missing, and the last one is not whole.
  std::filesystem::resize_file(out, whole->size() * 2 / 3);
  const ToolAnswer again = Check(file, {"--out", out, "--resume"});
  EXPECT_EQ(again.exit_code, 1) << again.output;
  EXPECT_THAT(again.output, HasSubstr(R"("rows":250)"));
  const Result<std::string> resumed = ReadWholeFile(out);
  ASSERT_TRUE(resumed.ok());
  EXPECT_TRUE(*resumed == *whole);
  const std::uint64_t relied = Relied("evidence-2.jsonl");
  EXPECT_GT(relied, 250U + 70U);
  EXPECT_LT(relied, 250U + 100U) << "a third, and not all of it";
  const std::string other = Write("other.csv", RosterLine("20310002"));
  EXPECT_THAT(Misused(other, {"--out", out, "--resume"}), HasSubstr("answers another roster"));
  EXPECT_THAT(Misused(file, {"--out", file}), HasSubstr("--out is the roster itself"));
  EXPECT_THAT(Misused(file, {"--resume"}), HasSubstr("--resume goes with --out"));
  EXPECT_THAT(Misused(file, {"--profile-for", "mover"}), HasSubstr("GRADE=PROFILE"));
}

}  // namespace
}  // namespace passport
