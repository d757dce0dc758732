// The page an inspector reads.
#include "credential/evidence/evidence_page.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>

#include "credential/evidence/html_text.h"
#include "tests/credential/evidence/evidence_world.h"

namespace passport {
namespace {

std::string FileText(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Labels of the words that the receipts of these tests use.
const Taxonomies& Words() {
  static const Taxonomies taxonomies = [] {
    std::string words;
    for (const auto& [list, word, label] : std::initializer_list<std::array<std::string_view, 3>>{
             {"agreement_type", "workforce_sharing_agreement", "Workforce sharing agreement"},
             {"checker_role", "recruitment_officer", "Recruitment officer"},
             {"leaving_reason", "end_of_contract", "End of contract"},
             {"method", "documents_seen", "Original documents seen"},
             {"override_reason", "patient_safety", "Harm to patients if nobody comes"},
             {"relying_purpose", "community_shift", "Working in a community team"}}) {
      if (!words.empty()) words += ",";
      words += R"({"list":")" + std::string(list) + R"(","word":")" + std::string(word) + R"(","label":")" +
               std::string(label) + R"("})";
    }
    const Result<Taxonomy> taxonomy =
        Taxonomy::Parse(R"({"id":"test","version":1,"title":"Test","effective_from":"2020-01-01","words":[)" + words +
                        R"(],"subjects":[{"word":"fire_safety","label":"Fire safety","framework":"cstf","levels":[1],)"
                        R"("higher_covers_lower":true}]})");
    EXPECT_TRUE(taxonomy.ok()) << taxonomy.fault().detail;
    return *Taxonomies::Make({*taxonomy});
  }();
  return taxonomies;
}

CheckedItem ItemOf(std::uint64_t sequence, ReceiptContent receipt, std::vector<EvidenceOverride> overrides = {}) {
  CheckedItem item{.link = {}, .receipt = std::move(receipt), .overrides = std::move(overrides)};
  item.link.sequence = sequence;
  item.link.subject = item.receipt->subject;
  item.link.at = item.receipt->decided_at;
  return item;
}

ReceiptRecord More(char letter, std::string_view kind, std::vector<Record::Field> facts) {
  ReceiptRecord record = VerifiedReceipt().records[0];
  record.credential = CredentialOf(letter);
  record.kind = kind;
  record.facts = std::move(facts);
  return record;
}

// One person with something for every item of the Schedule but qualifications; another verified only.
std::vector<CheckedItem> TwoPeople() {
  ReceiptContent nurse = MetReceipt('n', kNow);
  nurse.records.push_back(More('D', "criminal_record_check",
                               {{"issued_on", "2026-05-01"}, {"level", "enhanced"}, {"barred_adults", "true"}}));
  nurse.records.push_back(More('E', "employment_history",
                               {{"employer_name", "Example Care Home"},
                                {"sector", "social_care"},
                                {"starts_on", "2020-02-01"},
                                {"ends_on", "2024-01-31"},
                                {"reference", "satisfactory"},
                                {"leaving_reason", "end_of_contract"},
                                {"gap_before", "none"}}));
  nurse.records.push_back(More('F', "work_health_clearance", {{"clearance", "cleared"}}));
  nurse.records.back().standing = "cannot_tell";
  nurse.records.back().status_as_of = Instant{};
  nurse.records.back().issuer = Receiver();
  nurse.records.back().issuer_name = "Example E06000032";
  return {ItemOf(1, MetReceipt('n', kNow - kDay)), ItemOf(2, nurse, {OverrideOf(2)}),
          ItemOf(3, VerifiedReceipt('m', kNow))};
}

EvidenceHead Head(std::uint64_t count = 3) {
  return {.organisation = Receiver(), .count = count, .overrides = 1, .at = kNow + kDay};
}

std::string Page(const std::vector<CheckedItem>& items, std::size_t items_max = 100) {
  return EvidencePage(Head(items.size()), items, Words(), items_max);
}

std::size_t CountOf(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// To renew it after a change on purpose: copy the page the test wrote into its place, and read the diff.
TEST_F(Evidence, ThePageIsTheReviewedOne) {
  Count();
  const std::string page = Page(TwoPeople());
  const std::string path = "tests/credential/evidence/golden/evidence_page.html";
  const std::string renewed = testing::TempDir() + "evidence_page.html";
  if (page != FileText(path)) std::ofstream(renewed) << page;
  EXPECT_TRUE(page == FileText(path)) << "the new page lies in " << renewed;
}

TEST_F(Evidence, ThePageFollowsTheScheduleForEveryDecision) {
  const std::string page = Page(TwoPeople());
  std::size_t at = page.find("<h3>Role community-nurse");
  ASSERT_NE(at, std::string::npos);
  for (const ScheduleItem item : AllScheduleItems()) {
    Count();
    const std::size_t next = page.find("<caption>" + std::string(TitleOf(item)), at);
    EXPECT_NE(next, std::string::npos) << TitleOf(item);
    at = next;
  }
  EXPECT_NE(page.find("Nothing was relied on for this."), std::string::npos);
}

TEST_F(Evidence, ThePageSaysWhoCheckedWhenAndUnderWhichAgreement) {
  const std::string page = Page(TwoPeople());
  for (const std::string_view part :
       {"20 August 2026", "Example RC9 (ods:RC9)", "Workforce sharing agreement", "own check", "Fire safety",
        "known 4 minutes before", "<td>cannot tell</td>", "Working in a community team", "Example Manager",
        "Harm to patients if nobody comes", "No other nurse can come tonight", "community-nurse version 3",
        "22 November 2026, 22:26 UTC to 23 November 2026, 06:26 UTC", "NMC registered nurse", "met, but expiring",
        "Testina Sample", "1 May 2026", "ends too soon"}) {
    Count();
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  // Each fact of earlier employment stands under its own item.
  EXPECT_EQ(CountOf(page, "Reason for leaving: "), 1U);
  EXPECT_EQ(CountOf(page, "Reference: satisfactory"), 1U);
  EXPECT_EQ(CountOf(page, "Employer: Example Care Home"), 3U);
}

TEST_F(Evidence, ThePageShowsTheNewestOfEachPersonAndRole) {
  Count();
  const std::string page = Page(TwoPeople());
  EXPECT_EQ(CountOf(page, "<h3>"), 2U);
  EXPECT_NE(page.find("3 in the file, of which the newest for each person and role are shown: 2"), std::string::npos);
  EXPECT_EQ(page.find("<dt>Place in the chain</dt><dd>1</dd>"), std::string::npos);
}

TEST_F(Evidence, AskingAgainHidesNoOverride) {
  Count();
  const std::string page = Page({ItemOf(1, MetReceipt('n', kNow - kDay), {OverrideOf(1)}),
                                 ItemOf(2, MetReceipt('n', kNow), {OverrideOf(2)}), ItemOf(3, MetReceipt('n', kNow))});
  EXPECT_EQ(CountOf(page, "<h3>"), 1U);
  EXPECT_EQ(CountOf(page, "<caption>Overrides"), 1U);
  EXPECT_EQ(CountOf(page, OverrideOf(1).named_person), 2U) << "both overrides of the older decisions";
}

TEST_F(Evidence, ThePageStaysSmallWhateverTheFile) {
  std::vector<CheckedItem> many;
  const std::string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (std::size_t i = 0; i < letters.size(); ++i) many.push_back(ItemOf(i + 1, MetReceipt(letters[i])));
  const std::string page = Page(many, 10);
  Count();
  EXPECT_EQ(CountOf(page, "<h3>"), 10U);
  EXPECT_NE(page.find("52 in the file, of which the newest for each person and role are shown: 10"), std::string::npos);
  EXPECT_NE(page.find("<dd>52</dd>"), std::string::npos);  // the newest is among them
  EXPECT_LT(page.size(), 150'000U);
  EXPECT_EQ(CountOf(Page(many, 0), "<h3>"), 0U);
}

TEST_F(Evidence, ThePageIsTaggedAndBringsNothingAlong) {
  const std::string page = Page(TwoPeople());
  Count();
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
  EXPECT_EQ(CountOf(page, "<table>"), CountOf(page, "</caption>"));
  EXPECT_EQ(CountOf(page, "<table>"), CountOf(page, "</table>"));
  EXPECT_EQ(CountOf(page, "<section"), CountOf(page, "</section>"));
  EXPECT_EQ(CountOf(page, "<tr>"), CountOf(page, "</tr>"));
  EXPECT_GT(CountOf(page, "<th scope=\"col\">"), 50U);
  EXPECT_GT(CountOf(page, "<th scope=\"row\">"), 10U);
  EXPECT_NE(page.find("@page{size:A4"), std::string::npos);
  for (const std::string_view foreign : {"<script", "<a ", "href", "src=", "http:", "https:", "url(", "<img"}) {
    EXPECT_EQ(page.find(foreign), std::string::npos) << foreign;
  }
}

TEST_F(Evidence, HostileTextStaysText) {
  const std::string_view hostile[] = {
      "<script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "' onmouseover='alert(1)",
      "</td></tr></table><h1>CLEARED</h1>",
      "&lt;b&gt;",
      "javascript:alert(1)",
      "<!-- ",
      "]]>",
      "\xE2\x80\xAEmet\xE2\x80\xAC",
      "a\xE2\x80\x8B b",
      "\xFF\xFE",
      "\xF0\x82\x82\xAC",
      "line\nbreak\x1b[31m",
      std::string_view("a\0b", 3),
      "{{constructor.constructor('x')()}}",
      "O'Brien & Sons",
  };
  const std::string clean = Page({ItemOf(1, MetReceipt(), {OverrideOf(1)})});
  for (const std::string_view text : hostile) {
    Count();
    ReceiptContent receipt = MetReceipt();
    const std::string words(text);
    receipt.agreement = receipt.profile_digest = receipt.place = receipt.snapshot_id = words;
    receipt.profile = words;
    receipt.purpose = receipt.outcome = receipt.engagement = words;
    for (ReceiptRecord& record : receipt.records) {
      record.issuer_name = words;
      for (Record::Field& fact : record.facts) fact.second = words;
      record.facts.emplace_back(words, words);
    }
    receipt.records[2].kind = receipt.records[2].standing = words;
    for (ReceiptLine& line : receipt.lines) line.needs = line.outcome = line.reason = words;
    EvidenceOverride one = OverrideOf(1);
    one.named_person = one.words = one.reason = words;
    const std::string page = Page({ItemOf(1, receipt, {one})});
    // The same elements as with harmless words, and not one more.
    for (const std::string_view element : {"<script", "<img", "<h1", "<table", "<!--", "<b>"}) {
      EXPECT_EQ(CountOf(page, element), CountOf(clean, element)) << element;
    }
    EXPECT_EQ(CountOf(page, "'"), CountOf(clean, "'")) << text;
    EXPECT_EQ(CountOf(page, "\xE2\x80\xAE"), 0U);
    EXPECT_EQ(CountOf(page, "\x1b"), 0U);
    EXPECT_EQ(CountOf(page, "\xFF"), 0U);
    EXPECT_EQ(CountOf(page, std::string_view("\0", 1)), 0U);
  }
}

TEST_F(Evidence, TextBecomesHtmlOneWay) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", ""},
      {"Zo\xC3\xAB O'Hara", "Zo\xC3\xAB O&#39;Hara"},
      {"a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"},
      {"\xE6\x97\xA5\xE6\x9C\xAC", "\xE6\x97\xA5\xE6\x9C\xAC"},
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
      {"\xE2\x80\xAE"
       "x",
       "\xEF\xBF\xBDx"},
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"\xC3", "\xEF\xBF\xBD"},
      {"\t", "\xEF\xBF\xBD"},
  };
  for (const auto& [text, html] : rows) {
    Count();
    EXPECT_EQ(HtmlText(text), html);
  }
}

TEST_F(Evidence, EveryKindHasItsPlaceInTheSchedule) {
  for (const RecordKind* kind : AllRecordKinds()) {
    Count();
    EXPECT_FALSE(ItemsOf(kind->word).empty()) << kind->word;
  }
  EXPECT_EQ(ItemsOf("employment_history").size(), 3U);
  EXPECT_EQ(ItemsOf("identity_check").front(), ScheduleItem::kIdentity);
  EXPECT_EQ(ItemsOf("something_of_2040").front(), ScheduleItem::kTrainingAndRights);
}

}  // namespace
}  // namespace passport
