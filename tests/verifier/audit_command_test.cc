// passport-verify audit, from files alone.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/credential/evidence/audit_trail.h"
#include "tests/verifier/offline_world.h"

namespace passport {
namespace {

bool AuditSays(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string AuditFileOf(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

const OfflineWorld& AuditRegion() {
  static const OfflineWorld world({SmallTaxonomy()});
  return world;
}

// A folder as an auditor has it: the export, and beside it the heads of days that were kept.
struct AuditFolder {
  explicit AuditFolder(const std::vector<std::string>& lines, const std::vector<TrailDay>& days = {}) {
    path = std::filesystem::path(folder.Write("audit.jsonl", AuditFileOf(lines))).parent_path().string();
    if (!days.empty()) std::filesystem::create_directory(path + "/heads");
    for (const TrailDay& day : days) folder.Write("heads/" + day.name, day.token + "\n");
  }
  Ending Check(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"audit", path, "--registry-key", AuditRegion().anchor()};
    words.insert(words.end(), more.begin(), more.end());
    return RunAtNow(words, "");
  }
  TemporaryFolder folder;
  std::string path;
};

TEST(AuditCommand, CountsWhatHolds) {
  const AuditTrail trail = BusyTrail(12);
  const AuditFolder kept(
      trail.Lines(), {trail.Day("2026-11-21.jwt", kNow), trail.Day("2027-01-01.jwt", kNow + Seconds{365 * 86'400})});
  const Ending json = kept.Check({"--json"});
  EXPECT_EQ(json.exit_code, 0) << json.errors << json.output;
  EXPECT_TRUE(AuditSays(json.output, R"({"holds":true,"about":"everybody","exported_at":1795386400,"rows_expected":12,)"
                                     R"("rows":12,"days":1,"days_left_out":1,"actions":{)"))
      << json.output;
  const Ending text = kept.Check();
  EXPECT_TRUE(text.output.starts_with("HOLDS: ")) << text.output;
  EXPECT_TRUE(AuditSays(text.output, "rows: 12 of 12 hold")) << text.output;
  EXPECT_FALSE(AuditSays(text.output, "No head of a past day was kept"));
  const Ending own = AuditFolder(trail.Lines("ods:RC9")).Check({"--json"});
  EXPECT_TRUE(AuditSays(own.output, R"("about":"one_actor","actor":"ods:RC9")")) << own.output;
  EXPECT_TRUE(AuditSays(AuditFolder(trail.Lines()).Check().output, "No head of a past day was kept"));
}

TEST(AuditCommand, SaysWhatDoesNotHoldAndWhere) {
  const AuditTrail trail = BusyTrail(12);
  std::vector<std::string> lines = trail.Lines();
  lines.erase(lines.begin() + 3);
  const Ending json = AuditFolder(lines).Check({"--json"});
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_TRUE(AuditSays(json.output, R"({"holds":false,"reason":"evidence","detail":"row 3: )")) << json.output;
  EXPECT_TRUE(AuditFolder(lines).Check().output.starts_with("DOES NOT HOLD: row 3: "));
  AuditTrail anew = trail;
  anew.rows()[6].entry.outcome = "rewritten";
  anew.Rechain(6);
  EXPECT_EQ(AuditFolder(anew.Lines()).Check().exit_code, 0) << "alone, it can not be told";
  const Ending found = AuditFolder(anew.Lines(), {trail.Day("2026-11-21.jwt", kNow)}).Check();
  EXPECT_EQ(found.exit_code, 1);
  EXPECT_TRUE(AuditSays(found.output, "the head of 2026-11-21.jwt names another row")) << found.output;
  const Ending forged = AuditFolder(trail.Lines(), {{"2026-11-21.jwt", "no token"}}).Check();
  EXPECT_EQ(forged.exit_code, 1) << "a head that does not hold is not passed over";
  EXPECT_EQ(AuditFolder({}).Check().exit_code, 1);
  EXPECT_EQ(AuditFolder({std::string(std::size_t{17} << 20, 'x')}).Check().exit_code, 1);
}

TEST(AuditCommand, RefusesAQuestionThatIsNone) {
  const AuditFolder kept(BusyTrail(3).Lines());
  const std::string& path = kept.path;
  const std::string key = AuditRegion().anchor();
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"audit"},
                                             {"audit", path},
                                             {"audit", "--registry-key", key},
                                             {"audit", path, path, "--registry-key", key},
                                             {"audit", path + "/nothing", "--registry-key", key},
                                             {"audit", path, "--registry-key", path + "/audit.jsonl"},
                                             {"audit", path, "--registry-key", key, "--heads", path + "/nothing"},
                                             {"audit", path, "--registry-key", key, "--page", "x"}}) {
    const Ending ending = RunAtNow(words, "");
    EXPECT_EQ(ending.exit_code, 64) << ending.output;
    EXPECT_FALSE(ending.errors.empty());
  }
  EXPECT_TRUE(RunAtNow({"audit", "--help"}, "").output.starts_with("passport-verify audit DIR"));
}

}  // namespace
}  // namespace passport
