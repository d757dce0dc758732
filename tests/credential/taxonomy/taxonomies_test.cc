// Several files over time: what is known on which day.
#include "tests/credential/taxonomy/taxonomy_files.h"

namespace passport {
namespace {

std::string LabelledWord(std::string_view word, std::string_view label, std::string_view more = "") {
  return R"({"list":"setting","word":")" + std::string(word) + R"(","label":")" + std::string(label) + "\"" +
         std::string(more) + "}";
}
std::string Words(const std::string& entries, std::string_view id, int version, std::string_view from) {
  return FileText("\"words\":[" + entries + "]", id, version, from);
}
Taxonomies Made(const std::vector<std::string>& texts) {
  Result<Taxonomies> all = MadeOf(texts);
  EXPECT_TRUE(all.ok()) << Verdict(all);
  return std::move(all).value();
}

TEST(Taxonomy, EndsOfWindowsBelongToThem) {
  const Taxonomies all =
      Made({Words(LabelledWord("ward", "Ward", R"(,"from":"2026-03-01","until":"2026-10-25")"), "a", 1, "2026-01-01")});
  struct Row {
    std::string_view day;
    bool known;
  };
  Cases cases;
  for (const Row& row : {Row{"2025-12-31", false}, Row{"2026-01-01", false}, Row{"2026-02-28", false},
                         Row{"2026-03-01", true}, Row{"2026-03-02", true}, Row{"2026-10-24", true},
                         Row{"2026-10-25", true}, Row{"2026-10-26", false}, Row{"2199-12-31", false}}) {
    EXPECT_EQ(all.On(DayOf(row.day)).Knows("setting", "ward"), row.known) << row.day;
    cases.Count();
  }
}

TEST(Taxonomy, TheHighestVersionInForceSpeaksAlone) {
  // Version 3 takes effect before version 2 is gone; version 4 comes later but was written to begin in spring.
  const Taxonomies all = Made({
      Words(LabelledWord("ward", "One"), "a", 1, "2026-01-01"),
      Words(LabelledWord("ward", "Two") + "," + LabelledWord("home", "Home"), "a", 2, "2026-06-01"),
      Words(LabelledWord("ward", "Three", R"(,"until":"2026-08-31")"), "a", 3, "2026-07-01"),
      Words(LabelledWord("clinic", "Clinic"), "b", 7, "2026-02-01"),
  });
  struct Row {
    std::string_view day;
    std::string_view ward;
    bool home;
    bool clinic;
  };
  Cases cases;
  for (const Row& row : {Row{"2025-12-31", "ward", false, false}, Row{"2026-01-01", "One", false, false},
                         Row{"2026-01-31", "One", false, false}, Row{"2026-02-01", "One", false, true},
                         Row{"2026-05-31", "One", false, true}, Row{"2026-06-01", "Two", true, true},
                         Row{"2026-06-30", "Two", true, true}, Row{"2026-07-01", "Three", false, true},
                         Row{"2026-08-31", "Three", false, true}, Row{"2026-09-01", "ward", false, true}}) {
    const Terms& terms = all.On(DayOf(row.day));
    EXPECT_EQ(terms.LabelOf("setting", "ward"), row.ward) << row.day;
    EXPECT_EQ(terms.Knows("setting", "home"), row.home) << row.day;
    EXPECT_EQ(terms.Knows("setting", "clinic"), row.clinic) << row.day;
    cases.Count();
  }
}

TEST(Taxonomy, AHigherVersionThatBeginsEarlierReplacesALaterOne) {
  const Taxonomies all = Made({Words(LabelledWord("ward", "Five"), "a", 5, "2026-03-01"),
                               Words(LabelledWord("ward", "Four"), "a", 4, "2026-06-01")});
  Cases cases;
  for (const auto& [day, label] : {std::pair<std::string_view, std::string_view>{"2026-02-28", "ward"},
                                   {"2026-03-01", "Five"},
                                   {"2026-06-01", "Five"},
                                   {"2027-01-01", "Five"}}) {
    EXPECT_EQ(all.On(DayOf(day)).LabelOf("setting", "ward"), label) << day;
    cases.Count();
  }
}

TEST(Taxonomy, RefusesFilesThatContradictEachOther) {
  const std::string ward = "\"words\":[" + LabelledWord("ward", "Ward") + "]";
  const std::string course = "\"subjects\":[" + SubjectText("a", "1") + "]";
  const std::string council = R"("regulators":[{"word":"NMC","label":"Council","numbers":[]}])";
  const auto until = [](std::string_view day) {
    return "\"words\":[" + LabelledWord("ward", "Ward", R"(,"until":")" + std::string(day) + "\"") + "]";
  };
  struct Row {
    std::string_view what;
    std::vector<std::string> files;
    std::string_view verdict;
  };
  const Row table[] = {
      {"no file", {}, "ok"},
      {"two files", {FileText(ward, "a"), FileText(course, "b")}, "ok"},
      {"two equal versions",
       {FileText(ward, "a", 2), FileText(ward, "a", 2, "2026-05-01")},
       "field_invalid: taxonomies: version 2 of a stands twice"},
      {"a word in two files",
       {FileText(ward, "a"), FileText(ward, "b")},
       "field_invalid: taxonomies: word ward of setting stands in two files on 2026-01-01"},
      {"a word in two files from a day on",
       {FileText(ward, "a"), FileText(ward, "b", 1, "2026-05-01")},
       "field_invalid: taxonomies: word ward of setting stands in two files on 2026-05-01"},
      {"a word that moves house", {FileText(until("2026-04-30"), "a"), FileText(ward, "b", 1, "2026-05-01")}, "ok"},
      {"a word that moves house a day late",
       {FileText(until("2026-05-01"), "a"), FileText(ward, "b", 1, "2026-05-01")},
       "field_invalid: taxonomies: word ward of setting stands in two files on 2026-05-01"},
      {"a word that a newer version gave up",
       {FileText(ward, "a"), FileText(course, "a", 2, "2026-05-01"), FileText(ward, "b", 1, "2026-05-01")},
       "ok"},
      {"a subject in two files",
       {FileText(course, "a"), FileText(course, "b")},
       "field_invalid: taxonomies: word a of subject stands in two files on 2026-01-01"},
      {"a regulator in two files",
       {FileText(council, "a"), FileText(council, "b")},
       "field_invalid: taxonomies: word NMC of regulator stands in two files on 2026-01-01"},
  };
  Cases cases;
  for (const Row& row : table) {
    EXPECT_EQ(Verdict(MadeOf(row.files)), row.verdict) << row.what;
    cases.Count();
  }
}

// A chain of so many courses, each with ten levels, each counting for the next.
std::string Chain(int courses) {
  std::string subjects;
  std::string equivalences;
  for (int i = 0; i < courses; ++i) {
    const std::string word = "c" + std::to_string(i);
    subjects += (i == 0 ? "" : ",") + SubjectText(word, "0,1,2,3,4,5,6,7,8,9");
    if (i == 0) continue;
    equivalences += (i == 1 ? "" : ",") + EquivalenceText("c" + std::to_string(i - 1), 9, word, 9);
  }
  return FileText("\"subjects\":[" + subjects + "],\"equivalences\":[" + equivalences + "]");
}

TEST(Taxonomy, WhatCountsForWhatIsBounded) {
  // n courses in a chain: each of the ten levels of course i is covered by i + 1 courses, 5 n (n + 1) in all.
  EXPECT_EQ(Verdict(MadeOf({Chain(62)})), "ok");
  EXPECT_EQ(Verdict(MadeOf({Chain(63)})), "limit: taxonomies: more than 20000 courses count for others on 2026-01-01");
  EXPECT_EQ(Verdict(MadeOf({Chain(500)})), "limit: taxonomies: more than 20000 courses count for others on 2026-01-01");
}

TEST(Taxonomy, AsksForTheTermsOfADayWithoutMakingThem) {
  const Taxonomies all = Made({Words(LabelledWord("ward", "One"), "a", 1, "2026-01-01")});
  EXPECT_EQ(&all.On(DayOf("2026-01-01")), &all.On(DayOf("2030-12-31")));
  EXPECT_NE(&all.On(DayOf("2025-12-31")), &all.On(DayOf("2026-01-01")));
  const Taxonomies copy = all;  // NOLINT(performance-unnecessary-copy-initialization): what is tried
  EXPECT_EQ(&all.On(DayOf("2026-06-01")), &copy.On(DayOf("2026-06-01")));
  EXPECT_FALSE(Taxonomies().On(DayOf("2026-06-01")).Knows("setting", "ward"));
}

TEST(Taxonomy, WordsOfAListAreSorted) {
  const Taxonomies all =
      Made({FileText("\"words\":[" + LabelledWord("ward", "W") + "," + LabelledWord("clinic", "C") + "]", "a"),
            FileText("\"words\":[" + LabelledWord("home", "H") + "]", "b"),
            FileText("\"subjects\":[" + SubjectText("b", "1") + "," + SubjectText("a", "1") + "]", "c")});
  const Terms& terms = all.On(DayOf("2026-06-01"));
  EXPECT_EQ(terms.WordsOf("setting"), (std::vector<std::string_view>{"clinic", "home", "ward"}));
  EXPECT_EQ(terms.WordsOf("subject"), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_TRUE(terms.WordsOf("colour").empty());
  EXPECT_EQ(terms.LabelOf("colour", "red"), "red");
}

TEST(Taxonomy, PeriodsFollowTheDay) {
  const Taxonomies all = Made({FileText(
      "\"subjects\":[" +
      SubjectText("a", "1,2,3", true, R"(,"refresh":[{"level":1,"months":36,"source":"s","until":"2026-06-30"},
        {"level":1,"months":24,"source":"s","from":"2026-07-01"},{"level":2,"months":0,"source":"s"}])") +
      "]")});
  struct Row {
    std::string_view day;
    int level;
    std::optional<int> months;
  };
  Cases cases;
  for (const Row& row : {Row{"2025-12-31", 1, {}}, Row{"2026-06-30", 1, 36}, Row{"2026-07-01", 1, 24},
                         Row{"2026-07-01", 2, 0}, Row{"2026-07-01", 3, {}}, Row{"2026-07-01", 4, {}}}) {
    EXPECT_EQ(all.On(DayOf(row.day)).RefreshMonths("a", row.level), row.months) << row.day << " " << row.level;
    cases.Count();
  }
  EXPECT_EQ(all.On(DayOf("2026-07-01")).RefreshMonths("b", 1), std::nullopt);
}

// "a 1-3, b 2-2".
std::string TextOf(std::span<const Cover> covers) {
  std::string text;
  for (const Cover& cover : covers) {
    text += (text.empty() ? "" : ", ") + cover.subject + " " + std::to_string(cover.level_min) + "-" +
            std::to_string(cover.level_max);
  }
  return text;
}

TEST(Taxonomy, WhatCountsForWhat) {
  // a and b climb; p has parallel levels. b 1 counts as a 2, p 2 as b 1.
  const Taxonomies all = Made({FileText("\"subjects\":[" + SubjectText("a", "1,2,4") + "," + SubjectText("b", "1,2") +
                                        "," + SubjectText("p", "1,2,3", false) + "],\"equivalences\":[" +
                                        EquivalenceText("b", 1, "a", 2) + "," + EquivalenceText("p", 2, "b", 1) + "," +
                                        EquivalenceText("p", 1, "b", 2, R"(,"from":"2026-07-01")") + "]")});
  struct Row {
    std::string_view day;
    std::string_view subject;
    int level;
    std::string_view covers;
  };
  const Row table[] = {
      {"2026-06-30", "a", 1, "a 1-4, b 1-2, p 2-2"},
      {"2026-06-30", "a", 2, "a 2-4, b 1-2, p 2-2"},
      {"2026-06-30", "a", 4, "a 4-4"},
      {"2026-06-30", "a", 3, ""},
      {"2026-06-30", "b", 1, "b 1-2, p 2-2"},
      {"2026-06-30", "b", 2, "b 2-2"},
      {"2026-07-01", "b", 2, "b 2-2, p 1-1"},
      {"2026-07-01", "a", 1, "a 1-4, b 1-2, p 1-1, p 2-2"},
      {"2026-07-01", "p", 1, "p 1-1"},
      {"2026-07-01", "p", 3, "p 3-3"},
      {"2026-07-01", "q", 1, ""},
      {"2025-12-31", "a", 1, ""},
  };
  Cases cases;
  for (const Row& row : table) {
    EXPECT_EQ(TextOf(all.On(DayOf(row.day)).CoversOf(row.subject, row.level)), row.covers)
        << row.day << " " << row.subject << " " << row.level;
    cases.Count();
  }
  const Terms& terms = all.On(DayOf("2026-06-30"));
  EXPECT_TRUE(terms.Covers("p", 2, "a", 2));
  EXPECT_FALSE(terms.Covers("p", 3, "a", 2));
  EXPECT_FALSE(terms.Covers("a", 4, "b", 1));
  EXPECT_FALSE(terms.Covers("a", 1, "a", 2));
}

}  // namespace
}  // namespace passport
