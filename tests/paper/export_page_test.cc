// Everything a service has about a person, as a page: all of it, in words, and nothing that runs or hides.
#include "paper/export_page.h"

#include <gmock/gmock.h>

#include "tests/paper/printed.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kHeader =
    R"({"line":"header","format":"staff_passport_export","version":1,"person_id":"p3qkX0","as_of":"2026-11-22T08:00:00Z",)"
    R"("held_as":"wallet"})";

std::string EndOf(int lines) { return R"({"line":"end","lines":)" + std::to_string(lines) + "}"; }

// The page of these lines between header and end, or the word of the reason why there is none.
std::string PageOf(const std::vector<std::string>& lines) {
  ExportPage page;
  std::vector<std::string> all = {std::string(kHeader)};
  all.insert(all.end(), lines.begin(), lines.end());
  all.push_back(EndOf(static_cast<int>(all.size())));
  for (const std::string& line : all) {
    const Result<void> taken = page.Take(line);
    if (!taken.ok()) return std::string(WordOf(taken.fault().reason));
  }
  const Result<std::string> html = page.Html();
  return html.ok() ? *html : std::string(WordOf(html.fault().reason));
}

TEST(ExportPage, SaysInWordsWhatTheLinesSay) {
  const std::string html = PageOf(
      {R"({"line":"credential","credential_id":"gX0X","kind":"mandatory_training","issuer":"ods:RC9",)"
       R"("issuer_name":"Example Trust","state":"revoked","state_reason":"left_organisation","accepted":true,)"
       R"("facts":{"subject":"fire_safety","level":1,"achieved_on":"2026-03-01"},"token":"eyJhbGciOi"})",
       R"({"line":"dispute","kind":"mandatory_training","state":"confirmed","words":"The date is wrong.",)"
       R"("answer":"We have looked again.","settled_at":"2026-03-04T10:00:00Z"})",
       R"({"line":"look","receiver":"ons:E06000032","receiver_name":"Example Council","at":"2026-05-02T10:00:00Z",)"
       R"("purpose":"bank_registration","outcome":"not_met","reasons":["training_too_old"],)"
       R"("records":[{"kind":"mandatory_training","facts":["achieved_on"]}]})"});
  ExpectHarmless(html);
  for (const std::string_view part :
       {"<h1>Everything the service has about you</h1>", "<h2>Records</h2>", "<caption>Records: 1</caption>",
        "<th scope=\"col\">Issued by</th>", "<th scope=\"row\">Mandatory training<br>reference gX0X</th>",
        "fire safety", "1 March 2026", "revoked<br>because: left organisation<br>you have said that it is right",
        "The date is wrong.", "confirmed<br>on 4 March 2026, 10:00 UTC", "We have looked again.", "bank registration",
        "not met<br>because: training too old", "Mandatory training: Achieved on",
        "Nobody has you among their people."}) {
    EXPECT_THAT(html, HasSubstr(std::string(part)));
  }
  EXPECT_THAT(html, Not(HasSubstr("eyJhbGciOi"))) << "the signed text is for machines";
}

TEST(ExportPage, LeavesOutNothingThatItDoesNotKnow) {
  const std::string html = PageOf({R"({"line":"look","receiver":"ons:E1","seen_through":"glass","pieces":[1,2]})",
                                   R"({"line":"greeting","words":"Good morning."})"});
  for (const std::string_view part :
       {"seen through: glass", "pieces: 1, 2", "<h2>Other things</h2>", "greeting", "words: Good morning."}) {
    EXPECT_THAT(html, HasSubstr(std::string(part)));
  }
}

TEST(ExportPage, EscapesEverything) {
  const std::string hostile = R"(<script>alert(1)</script>\" onload=\"x\u202e)";
  const std::string html = PageOf(
      {R"({"line":"dispute","kind":")" + hostile + R"(","words":")" + hostile + R"(","state":")" + hostile + "\"}",
       R"({"line":"credential","kind":"mandatory_training","facts":{")" + hostile + R"(":")" + hostile + "\"}}",
       R"({"line":")" + hostile + R"(","x)" + hostile + R"(":[")" + hostile + "\"]}"});
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("\" onload")));
  EXPECT_THAT(html, Not(HasSubstr("\xe2\x80\xae")));
}

TEST(ExportPage, RefusesWhatIsNoWholeExport) {
  const auto take = [](const std::vector<std::string>& lines) -> std::string {
    ExportPage page;
    for (const std::string& line : lines) {
      const Result<void> taken = page.Take(line);
      if (!taken.ok()) return std::string(WordOf(taken.fault().reason));
    }
    const Result<std::string> html = page.Html();
    return html.ok() ? "a page" : std::string(WordOf(html.fault().reason));
  };
  const std::string header(kHeader);
  std::string newer = header;
  newer.replace(newer.find("\"version\":1"), 11, "\"version\":2");
  EXPECT_EQ(take({header, EndOf(1)}), "a page");
  EXPECT_EQ(take({header}), "malformed") << "no end";
  EXPECT_EQ(take({}), "malformed");
  EXPECT_EQ(take({EndOf(0)}), "malformed") << "no header";
  EXPECT_EQ(take({header, header, EndOf(2)}), "malformed");
  EXPECT_EQ(take({header, EndOf(2)}), "malformed") << "a line is missing";
  EXPECT_EQ(take({header, EndOf(1), R"({"line":"look"})"}), "malformed") << "after the end";
  EXPECT_EQ(take({newer}), "schema_newer");
  EXPECT_EQ(take({R"({"line":"header","format":"another","version":1})"}), "malformed");
  EXPECT_EQ(take({header, "no JSON"}), "malformed");
  EXPECT_EQ(take({header, "[]"}), "malformed");
  EXPECT_EQ(take({header, R"({"line":"look","line":"look"})"}), "malformed") << "a member twice";
  EXPECT_EQ(take({header, R"({"at":"2026-05-02T10:00:00Z"})"}), "malformed");
}

}  // namespace
}  // namespace passport
