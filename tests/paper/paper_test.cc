// What is printed: codes that a reader reads back, and pages that run nothing, hide nothing and say how to check them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "paper/badge_card.h"
#include "paper/passport_page.h"
#include "paper/qr_code.h"
#include "samples/process/process.h"
#include "samples/process/temporary_folder.h"
#include "tests/paper/printed.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string WritePrinted(const std::string& path, std::string_view bytes) {
  EXPECT_TRUE(WriteWholeFile(path, bytes).ok());
  return path;
}

// What zbarimg reads off an image.
std::string ReadBack(const std::string& image) {
  const Result<ProcessEnd> end = RunProcess(
      {.program = PASSPORT_ZBARIMG, .words = {"--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", image}, .log = {}},
      In(std::chrono::seconds(30)));
  if (!end.ok() || end->exit_code != 0) return "nothing";
  return end->output.substr(0, end->output.find('\n'));
}

// As long as a badge may be, of the characters it is made of.
std::string LongBadge() {
  std::string text;
  for (int i = 0; text.size() < 600; ++i) text += "eyJhbGciOiJFUzI1NiJ9_-."[i % 23];
  return text;
}

TEST(QrCode, IsReadBackAsItWasWritten) {
  const TemporaryFolder folder = TemporaryFolder::Make("paper").value();
  for (const std::string& text : {std::string("a"), std::string("https://passport.example/r/abc"), LongBadge()}) {
    const Result<QrCode> code = QrCode::Of(text);
    ASSERT_TRUE(code.ok());
    EXPECT_EQ(ReadBack(WritePrinted(folder.At("code.pgm"), code->Pgm(4))), text);
  }
}

TEST(QrCode, IsReadBackOffItsDrawing) {
  const TemporaryFolder folder = TemporaryFolder::Make("paper").value();
  const Result<QrCode> code = QrCode::Of(LongBadge());
  const std::string svg = WritePrinted(folder.At("code.svg"), code->Svg("a badge"));
  const std::string png = folder.At("code.png");
  const Result<ProcessEnd> drawn =
      RunProcess({.program = PASSPORT_RSVG_CONVERT, .words = {"--width", "600", "--output", png, svg}, .log = {}},
                 In(std::chrono::seconds(30)));
  ASSERT_TRUE(drawn.ok() && drawn->exit_code == 0) << (drawn.ok() ? drawn->errors : drawn.fault().detail);
  EXPECT_EQ(ReadBack(png), LongBadge());
}

TEST(QrCode, RefusesNothingAndTooMuch) {
  EXPECT_EQ(QrCode::Of("").fault().reason, Reason::kLimit);
  EXPECT_TRUE(QrCode::Of(std::string(kQrBytesMax, 'a')).ok());
  EXPECT_EQ(QrCode::Of(std::string(kQrBytesMax + 1, 'a')).fault().reason, Reason::kLimit);
}

TEST(QrCode, IsAnImageWithATitleForThoseWhoDoNotSee) {
  const std::string svg = QrCode::Of("text")->Svg("<b>\"title\"</b>");
  EXPECT_THAT(svg, HasSubstr("role=\"img\""));
  EXPECT_THAT(svg, HasSubstr("<title>&lt;b&gt;&quot;title&quot;&lt;/b&gt;</title>"));
}

constexpr std::string_view kHostile = "<script>alert(1)</script>\" onload=\"x\xe2\x80\xae";

TEST(PassportPage, SaysWhoWhatAndHowToCheckIt) {
  const PassportPage page{.name = "Amara Okafor",
                          .held = "in a passport file of the person",
                          .holder = "kP1xY0",
                          .badge = {},
                          .made_at = Instant{1'795'300'000},
                          .records = {{.kind = "Identity check",
                                       .facts = {{"Given names", "Amara"}},
                                       .issuer = "Ashdown NHS Trust",
                                       .state = "in force"}}};
  const Result<std::string> html = PassportPageHtml(page);
  ASSERT_TRUE(html.ok());
  ExpectHarmless(*html);
  for (const std::string_view part :
       {"<h1>Staff passport of Amara Okafor</h1>", "How to check it", "<th scope=\"col\">Facts</th>",
        "<th scope=\"row\">Identity check</th>", "Given names: Amara", "kP1xY0", "2026-11-21T22:26:40Z",
        "@page{size:A4 portrait"}) {
    EXPECT_THAT(*html, HasSubstr(std::string(part)));
  }
}

TEST(PassportPage, EscapesEverythingAndCountsWhatTwoPagesDoNotHold) {
  PassportPage page{.name = std::string(kHostile),
                    .held = std::string(kHostile),
                    .holder = std::string(kHostile),
                    .badge = {},
                    .made_at = Instant{0},
                    .records = {}};
  for (std::size_t i = 0; i < kPageRecordsMax + 3; ++i) {
    page.records.push_back({.kind = std::string(kHostile),
                            .facts = {{std::string(kHostile), std::string(kHostile)}},
                            .issuer = std::string(kHostile),
                            .state = std::string(kHostile)});
  }
  const Result<std::string> html = PassportPageHtml(page);
  ASSERT_TRUE(html.ok());
  EXPECT_THAT(*html, Not(HasSubstr("<script")));
  EXPECT_THAT(*html, Not(HasSubstr("\xe2\x80\xae")));
  EXPECT_THAT(*html, HasSubstr("3 more records"));
}

TEST(BadgeCard, HasTheBadgeOnItsBack) {
  const TemporaryFolder folder = TemporaryFolder::Make("paper").value();
  const std::string badge = LongBadge();
  const Result<std::string> html = BadgeCardHtml({.badge = badge,
                                                  .employer = "Ashdown NHS Trust",
                                                  .name = "Amara <Okafor>",
                                                  .role = "Community nurse",
                                                  .valid_through = "2026-12-31",
                                                  .has_photo = true});
  ASSERT_TRUE(html.ok());
  ExpectHarmless(*html);
  EXPECT_THAT(*html, HasSubstr("<h1>Amara &lt;Okafor&gt;</h1>"));
  EXPECT_THAT(*html, HasSubstr("valid through 2026-12-31"));
  EXPECT_THAT(*html, HasSubstr("passport-verify badge"));
  const std::size_t from = html->find("<svg");
  const std::string svg = WritePrinted(folder.At("back.svg"), html->substr(from, html->find("</svg>") + 6 - from));
  const std::string png = folder.At("back.png");
  const Result<ProcessEnd> drawn =
      RunProcess({.program = PASSPORT_RSVG_CONVERT, .words = {"--width", "700", "--output", png, svg}, .log = {}},
                 In(std::chrono::seconds(30)));
  ASSERT_TRUE(drawn.ok() && drawn->exit_code == 0);
  EXPECT_EQ(ReadBack(png), badge);
}

}  // namespace
}  // namespace passport
