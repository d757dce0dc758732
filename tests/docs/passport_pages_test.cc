// The examples of what a person carries: a passport file that opens, and a badge that its key has signed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "credential/badge/badge.h"
#include "credential/crypto/jwk.h"
#include "credential/passport/carried_passport.h"
#include "credential/vocabulary/instant_text.h"
#include "keys/passport_file.h"
#include "keys/secret_text.h"
#include "paper/export_page.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

TEST(Docs, TheExampleOfAPassportFileOpensAndHoldsWhatThePageSays) {
  const std::vector<std::string> blocks = BlocksOf("docs/formats/passport-file.md");
  ASSERT_EQ(blocks.size(), 2U);
  const Result<OpenPassport> opened = OpenPassport::Read(blocks[0] + "\n", SecretOf("an example: do not use"));
  ASSERT_TRUE(opened.ok()) << opened.fault().detail;
  EXPECT_EQ(CarriedPassport::Parse(opened->content)->held_as, HeldAs::kFile);
  const Result<CarriedPassport> shown = CarriedPassport::Parse(blocks[1]);
  ASSERT_TRUE(shown.ok()) << shown.fault().detail;
  EXPECT_EQ(shown->Text(), blocks[1]);
  EXPECT_EQ(shown->Text(), opened->content);
}

// Every text of every member: as it came, or as people write days and words.
void ExpectOnPage(const json::Value& value, const std::string& html) {
  for (const json::Value& member : value) {
    ExpectOnPage(member, html);
    const std::string_view name = member.name();
    if (!member.text() || name == "line" || name == "format" || name == "kind") continue;
    std::string text(*member.text());
    if (ParseInstant(text).ok()) text = text.substr(0, 4);  // "22 November 2026, 08:00 UTC"
    std::replace(text.begin(), text.end(), '_', ' ');
    std::string read = html;
    std::replace(read.begin(), read.end(), '_', ' ');
    const bool is_fact = name.empty() && html.find("Achieved on") != std::string::npos && text == "achieved on";
    if (is_fact || CivilDay::Parse(*member.text()).ok()) continue;
    EXPECT_THAT(read, testing::HasSubstr(text)) << name;
  }
}

TEST(Docs, TheExampleOfAnExportIsOnItsPageToReadMemberByMember) {
  ExportPage page;
  std::istringstream lines(BlocksOf("docs/formats/passport-export.md").at(0));
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    const Result<void> taken = page.Take(line);
    ASSERT_TRUE(taken.ok()) << line << ": " << taken.fault().detail;
    all += line + "\n";
  }
  const Result<std::string> html = page.Html();
  ASSERT_TRUE(html.ok());
  std::istringstream again(all);
  for (std::string line; std::getline(again, line);) {
    json::Tree tree;
    ExpectOnPage(**tree.Parse(line, json::kTokenLimits), *html);
  }
  for (const std::string_view part :
       {"Records: 1", "Mandatory training", "22 November 2026, 08:00 UTC", "4 May 2026", "erased: nothing of it"}) {
    EXPECT_THAT(*html, testing::HasSubstr(std::string(part)));
  }
}

TEST(Docs, TheExampleOfABadgeIsSignedByItsKeyAndSaysWhatIsShown) {
  const std::vector<std::string> blocks = BlocksOf("docs/formats/badge.md");
  ASSERT_EQ(blocks.size(), 4U);
  const std::string badge = Joined(blocks[0]);
  EXPECT_LE(badge.size(), kBadgeBytesMax);
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(blocks[3], json::kTokenLimits);
  ASSERT_TRUE(jwk.ok());
  const Result<UnverifiedJws> token = UnverifiedJws::Read(badge,
                                                          {.typ = kBadgeTyp,
                                                           .allowed_algs = Es256Only(),
                                                           .token_bytes = kBadgeBytesMax,
                                                           .header_bytes = kHeaderBytesMax,
                                                           .payload = json::kTokenLimits},
                                                          tree);
  ASSERT_TRUE(token.ok()) << token.fault().detail;
  const Result<VerifiedJws> verified = token->Verify(*ReadJwk(**jwk));
  ASSERT_TRUE(verified.ok());
  const Result<json::Value*> header = tree.Parse(blocks[1], json::kTokenLimits);
  const Result<json::Value*> payload = tree.Parse(blocks[2], json::kTokenLimits);
  ASSERT_TRUE(header.ok() && payload.ok());
  EXPECT_TRUE(json::Equal(**header, *verified->header));
  EXPECT_TRUE(json::Equal(**payload, *verified->payload));
}

}  // namespace
}  // namespace passport
