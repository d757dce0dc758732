// passport-verify evidence and passport-verify receipt, from files alone.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/credential/evidence/evidence_world.h"
#include "tests/verifier/offline_world.h"

namespace passport {
namespace {

bool EvidenceSays(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string FileText(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Chain Three() {
  Chain chain;
  chain.Add(MetReceipt('n', kNow)).Add(VerifiedReceipt('m', kNow), {OverrideOf(2)}).Add(MetReceipt('n', kNow));
  return chain;
}

std::string FileOf(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

const OfflineWorld& Region() {
  static const OfflineWorld world({SmallTaxonomy()});
  return world;
}

Ending Check(const std::vector<std::string>& lines, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"evidence", "-", "--registry-key", Region().anchor()};
  words.insert(words.end(), more.begin(), more.end());
  return RunAtNow(words, FileOf(lines));
}

TEST(EvidenceCommand, CountsWhatHolds) {
  Chain chain = Three();
  chain.Erase(3);
  const Ending json = Check(chain.Lines(), {"--json"});
  EXPECT_EQ(json.exit_code, 0) << json.errors;
  EXPECT_EQ(json.output, R"({"holds":true,"organisation":"ons:E06000032","about":"everybody","exported_at":1795386400,)"
                         R"("items_expected":3,"items":3,"erased":1,"overrides":1,)"
                         R"("outcomes":{"good":1,"met_expiring":1}})"
                         "\n");
  const Ending text = Check(chain.Lines());
  EXPECT_TRUE(text.output.starts_with("HOLDS: ")) << text.output;
  EXPECT_TRUE(EvidenceSays(text.output, "items: 3 of 3 hold")) << text.output;
  const Ending one = Check(Three().Lines(SubjectOf('n')), {"--json"});
  EXPECT_TRUE(EvidenceSays(one.output, R"("about":"one_person")")) << one.output;
  EXPECT_FALSE(EvidenceSays(one.output, SubjectOf('n')));
}

TEST(EvidenceCommand, SaysWhatDoesNotHoldAndWhere) {
  std::vector<std::string> lines = Three().Lines();
  lines.erase(lines.begin() + 2);
  const Ending json = Check(lines, {"--json"});
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_TRUE(EvidenceSays(json.output, R"({"holds":false,"reason":"evidence","detail":"item 2: )")) << json.output;
  EXPECT_TRUE(EvidenceSays(json.output, R"("items_expected":3,"items":1)")) << json.output;
  const Ending text = Check(lines);
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_TRUE(text.output.starts_with("DOES NOT HOLD: item 2: ")) << text.output;
  lines = Three().Lines();
  lines.pop_back();
  EXPECT_TRUE(EvidenceSays(Check(lines).output, "the file ends after 2 of 3 items"));
  EXPECT_EQ(Check({}).exit_code, 1);
  EXPECT_EQ(Check({""}).exit_code, 1);
  EXPECT_EQ(Check({std::string(std::size_t{17} << 20, 'x')}).exit_code, 1);
}

TEST(EvidenceCommand, WantsThePinnedKey) {
  const TemporaryFolder folder;
  std::string stranger = FileText(Region().anchor());
  const std::string key = "\"x\":\"";
  stranger = R"({"kty":"EC","crv":"P-256","kid":"registry-1","x":"cJJd--kirMC5awOLEgAUU7jRPgGYeaSwRN_EPa-59SM",)"
             R"("y":"u7oLRmdcDbuLOFKHtxeE68Gg3wdR-FmLsiuLaofb4rM"})";
  const Ending outcome =
      RunAtNow({"evidence", "-", "--registry-key", folder.Write("key", stranger), "--json"}, FileOf(Three().Lines()));
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(EvidenceSays(outcome.output, R"("reason":"registry","check":"TRUST-01")")) << outcome.output;
}

TEST(EvidenceCommand, NamesNobodyInWhatItSays) {
  std::vector<std::string> lines = Three().Lines();
  lines[2].replace(lines[2].find("mmmm"), 4, "Testina Sample");
  for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--json"}}) {
    for (const std::vector<std::string>& file : {lines, Three().Lines()}) {
      const Ending outcome = Check(file, more);
      for (const std::string_view name : {"Testina", "Sample", "Example Manager", "nnnn", "mmmm"}) {
        EXPECT_FALSE(EvidenceSays(outcome.output + outcome.errors, name)) << name;
      }
    }
  }
}

TEST(EvidenceCommand, WritesThePageOnlyWhenAllHolds) {
  const TemporaryFolder folder;
  const std::string page = folder.Path("page.html");
  const Ending outcome = Check(Three().Lines(), {"--page", page, "--published", Region().published()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  const std::string html = FileText(page);
  EXPECT_TRUE(html.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(html.ends_with("</html>\n"));
  EXPECT_TRUE(EvidenceSays(html, "Testina Sample"));
  EXPECT_TRUE(EvidenceSays(html, "Fire safety"));  // the label of the published taxonomy
  EXPECT_EQ(std::filesystem::status(page).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const auto files = std::filesystem::directory_iterator(std::filesystem::path(page).parent_path());
  for (const auto& file : files) EXPECT_FALSE(file.path().filename().string().starts_with("page.html.")) << file.path();
  const std::string none = folder.Path("none.html");
  std::vector<std::string> lines = Three().Lines();
  lines.pop_back();
  EXPECT_EQ(Check(lines, {"--page", none}).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(none));
  const Ending nowhere = Check(Three().Lines(), {"--page", folder.Path("no/such/folder.html")});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_TRUE(EvidenceSays(nowhere.errors, "can not write"));
}

TEST(EvidenceCommand, RefusesAQuestionThatIsNone) {
  const std::string key = Region().anchor();
  const std::vector<std::string> questions[] = {
      {"evidence"},
      {"evidence", "-"},
      {"evidence", "--registry-key", key},
      {"evidence", "-", "-", "--registry-key", key},
      {"evidence", "/no/such/file", "--registry-key", key},
      {"evidence", "-", "--registry-key", "/no/such/file"},
      {"evidence", "-", "--registry-key", Region().presentation()},
      {"evidence", "-", "--registry-key", key, "--published", Region().published()},
      {"evidence", "-", "--registry-key", key, "--page", "x.html", "--published", "/no/such/folder"},
      {"evidence", "-", "--registry-key", key, "--fast"},
      {"receipt", "-"},
      {"receipt", "-", "--registry", Region().registry()},
      {"receipt", "--registry", Region().registry(), "--registry-key", key},
      {"receipt", "/no/such/file", "--registry", Region().registry(), "--registry-key", key},
      {"receipt", "-", "--registry", "/no/such/file", "--registry-key", key},
  };
  for (const std::vector<std::string>& question : questions) {
    const Ending outcome = RunAtNow(question, FileOf(Three().Lines()));
    EXPECT_EQ(outcome.exit_code, 64) << question.back();
    EXPECT_TRUE(outcome.output.empty()) << question.back();
    EXPECT_TRUE(outcome.errors.starts_with("passport-verify: ")) << outcome.errors;
  }
  EXPECT_EQ(RunAtNow({"evidence", "--help"}).exit_code, 0);
  EXPECT_EQ(RunAtNow({"receipt", "--help"}).exit_code, 0);
}

Ending CheckReceipt(std::string_view token, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"receipt",        "-", "--registry", Region().registry(), "--registry-key",
                                    Region().anchor()};
  words.insert(words.end(), more.begin(), more.end());
  return RunAtNow(words, token);
}

TEST(ReceiptCommand, SaysWhatWasDecidedThen) {
  const std::string token = Signed(MetReceipt()) + "\n";
  const Ending text = CheckReceipt(token);
  EXPECT_EQ(text.exit_code, 0) << text.output << text.errors;
  for (const std::string_view part :
       {"HOLDS: ons:E06000032 relied on it, 21 November 2026, 22:26 UTC, for community_shift\n",
        "  under workforce_sharing_agreement\n", "  outcome: met_expiring\n",
        "role community-nurse version 3, placement at ons:E06000032",
        "    met_expiring: fire safety in the last 24 months (ends_too_soon) (through 2026-11-23)\n",
        "  identity_check, issued by Example RC9 (ods:RC9): good\n", "    family_name: Sample\n"}) {
    EXPECT_TRUE(EvidenceSays(text.output, part)) << part << "\n" << text.output;
  }
  const Ending json = CheckReceipt(token, {"--json"});
  EXPECT_TRUE(json.output.starts_with(R"({"holds":true,"receipt":{"version":1,"receiver":"ons:E06000032")"))
      << json.output;
  ReceiptContent not_met = MetReceipt();
  not_met.lines[0] = {"identity", "identity", "not_met", "record_missing", {}, std::nullopt};
  not_met.outcome = "not_met";
  EXPECT_EQ(CheckReceipt(Signed(not_met)).exit_code, 0);  // it holds, whatever it says
}

TEST(ReceiptCommand, SaysWhyOneDoesNotHold) {
  std::string token = Signed(MetReceipt());
  token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
  const Ending json = CheckReceipt(token, {"--json"});
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_TRUE(json.output.starts_with(R"({"holds":false,"reason":")")) << json.output;
  EXPECT_TRUE(CheckReceipt("").output.starts_with("DOES NOT HOLD: "));
  EXPECT_EQ(CheckReceipt("").exit_code, 1);
  EXPECT_EQ(CheckReceipt(std::string(kReceiptBytesMax + 10, 'x')).exit_code, 1);
}

TEST(ReceiptCommand, CannotTellUnderARegistryThatDoesNotHold) {
  const TemporaryFolder folder;
  const Ending outcome = RunAtNow({"receipt", "-", "--registry", folder.Write("registry.jwt", "x.y.z"),
                                   "--registry-key", Region().anchor(), "--json"},
                                  Signed(MetReceipt()));
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_TRUE(EvidenceSays(outcome.output, R"("reason":"registry")")) << outcome.output;
}

}  // namespace
}  // namespace passport
