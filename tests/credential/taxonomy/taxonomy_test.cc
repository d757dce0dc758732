// What a taxonomy file may say, and the near misses.
#include "credential/taxonomy/taxonomy.h"

#include "tests/credential/taxonomy/taxonomy_files.h"

namespace passport {
namespace {

std::string Word(std::string_view word, std::string_view more = "") {
  return R"({"list":"method","word":")" + std::string(word) + R"(","label":"Some words")" + std::string(more) + "}";
}
std::string Words(const std::string& entries) { return FileText("\"words\":[" + entries + "]"); }
std::string Subjects(const std::string& entries) { return FileText("\"subjects\":[" + entries + "]"); }
std::string Refresh(const std::string& entries) {
  return Subjects(SubjectText("a", "1,2", true, ",\"refresh\":[" + entries + "]"));
}
// Three courses: a climbs 1, 2; b climbs 1, 2; p has parallel levels 1, 2.
std::string Equal(const std::string& entries) {
  return FileText("\"subjects\":[" + SubjectText("a", "1,2") + "," + SubjectText("b", "1,2") + "," +
                  SubjectText("p", "1,2", false) + "],\"equivalences\":[" + entries + "]");
}
std::string Regulators(const std::string& entries) { return FileText("\"regulators\":[" + entries + "]"); }
std::string Mask(const std::string& mask, std::string_view more = "") {
  return Regulators(R"({"word":"NMC","label":"Council","numbers":[{"mask":")" + mask + "\"" + std::string(more) +
                    "}]}");
}
std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}
std::string Many(int count, std::string (*entry)(int)) {
  std::string all;
  for (int i = 0; i < count; ++i) all += (all.empty() ? "" : ",") + entry(i);
  return all;
}
std::string Course(int i) { return SubjectText("c" + std::to_string(i), "1"); }
std::string Year(int i) {
  const std::string year = std::to_string(1900 + i);
  return Word("w" + std::to_string(i), R"(,"from":")" + year + R"(-03-01")");
}

TEST(Taxonomy, ReadsWhatItSays) {
  const std::string text = FileText(
      R"("note":"For a test","words":[{"list":"framework","word":"cstf","label":"Core skills","note":"n","until":"2027-02-28"}],
      "subjects":[{"word":"fire_safety","label":"Fire safety","framework":"cstf","levels":[1,3],"higher_covers_lower":true,
        "parts":["theory","practice"],"note":"two parts","from":"2026-03-01","awarded":{"until":"2026-12-31"},
        "refresh":[{"level":1,"months":24,"source":"ESR","note":"others say 12","from":"2026-04-01"}]}],
      "equivalences":[],"regulators":[{"word":"GPhC","label":"Pharmacists","numbers":[{"mask":"9999999"},{"mask":"A9","more_digits":2}],
        "parts":["pharmacist"],"statuses":["registered"],"note":"n"}])");
  const Taxonomy taxonomy = Parsed(text);
  EXPECT_EQ(taxonomy.id(), "test");
  EXPECT_EQ(taxonomy.version(), 1);
  EXPECT_EQ(taxonomy.title(), "Test");
  EXPECT_EQ(taxonomy.effective_from(), DayOf("2026-01-01"));
  EXPECT_EQ(taxonomy.text(), text);
  ASSERT_EQ(taxonomy.words().size(), 1U);
  EXPECT_EQ(taxonomy.words()[0].label, "Core skills");
  EXPECT_EQ(taxonomy.words()[0].window.until, DayOf("2027-02-28"));
  ASSERT_EQ(taxonomy.subjects().size(), 1U);
  const Subject& subject = taxonomy.subjects()[0];
  EXPECT_EQ(subject.levels, (std::vector<int>{1, 3}));
  EXPECT_EQ(subject.parts, (std::vector<std::string>{"theory", "practice"}));
  EXPECT_EQ(subject.window.from, DayOf("2026-03-01"));
  EXPECT_FALSE(subject.window.until);
  EXPECT_EQ(subject.awarded->until, DayOf("2026-12-31"));
  ASSERT_EQ(taxonomy.RefreshOf("fire_safety").size(), 1U);
  EXPECT_EQ(taxonomy.RefreshOf("fire_safety")[0].months, 24);
  EXPECT_EQ(taxonomy.RefreshOf("fire_safety")[0].note, "others say 12");
  EXPECT_TRUE(taxonomy.RefreshOf("knitting").empty());
  ASSERT_EQ(taxonomy.regulators().size(), 1U);
  EXPECT_EQ(taxonomy.regulators()[0].numbers[1].more_digits, 2);
  EXPECT_EQ(taxonomy.regulators()[0].numbers[0].more_digits, 0);
}

TEST(Taxonomy, TakesWhatMayBe) {
  const std::pair<std::string_view, std::string> table[] = {
      {"one word", Words(Word("seen"))},
      {"a word of one day", Words(Word("seen", R"(,"from":"2026-05-01","until":"2026-05-01")"))},
      {"a word again on the day after it ended",
       Words(Word("seen", R"(,"until":"2026-04-30")") + "," + Word("seen", R"(,"from":"2026-05-01")"))},
      {"the later window first",
       Words(Word("seen", R"(,"from":"2026-05-01")") + "," + Word("seen", R"(,"until":"2026-04-30")"))},
      {"one word in two lists", Words(Word("seen") + R"(,{"list":"setting","word":"seen","label":"Seen"})")},
      {"a leap day", Words(Word("seen", R"(,"from":"2028-02-29")"))},
      {"the longest word", Words(Word("a" + std::string(59, 'b')))},
      {"a label in another language", Words(Replaced(Word("seen"), "Some words", "Widziałem dokument"))},
      {"level 0 and level 99", Subjects(SubjectText("a", "0,99"))},
      {"ten levels", Subjects(SubjectText("a", "1,2,3,4,5,6,7,8,9,10"))},
      {"two parts", Subjects(SubjectText("a", "1", true, R"(,"parts":["one","two"])"))},
      {"other levels from a day on", Subjects(SubjectText("a", "1", true, R"(,"until":"2026-06-30")") + "," +
                                              SubjectText("a", "1,2", true, R"(,"from":"2026-07-01")"))},
      {"never refreshed", Refresh(R"({"level":1,"months":0,"source":"s"})")},
      {"fifty years", Refresh(R"({"level":1,"months":600,"source":"s"})")},
      {"a shorter period from a day on", Refresh(R"({"level":1,"months":36,"source":"s","until":"2026-06-30"},
                                                  {"level":1,"months":24,"source":"s","from":"2026-07-01"})")},
      {"the same period for two levels",
       Refresh(R"({"level":1,"months":36,"source":"s"},{"level":2,"months":36,"source":"s"})")},
      {"a counts for b", Equal(EquivalenceText("a", 1, "b", 1))},
      {"a chain down", Equal(EquivalenceText("a", 2, "b", 2) + "," + EquivalenceText("b", 1, "p", 1))},
      {"one counts for two", Equal(EquivalenceText("a", 1, "b", 1) + "," + EquivalenceText("a", 1, "p", 2))},
      {"back to a lower level", Equal(EquivalenceText("a", 2, "b", 1) + "," + EquivalenceText("b", 1, "a", 1))},
      {"parallel levels side by side", Equal(EquivalenceText("p", 1, "a", 1) + "," + EquivalenceText("a", 2, "p", 2))},
      {"both ways, but never on one day", Equal(EquivalenceText("a", 1, "b", 1, R"(,"until":"2026-06-30")") + "," +
                                                EquivalenceText("b", 1, "a", 1, R"(,"from":"2026-07-01")"))},
      {"500 subjects", Subjects(Many(500, Course))},
      {"100 days", Words(Many(100, Year))},
      {"a mask", Mask("99A9999A")},
      {"a mask with a hyphen", Mask("99-9999", R"(,"more_digits":2)")},
      {"a mask of twenty", Mask(std::string(20, '9'))},
      {"a register of any number", Regulators(R"({"word":"GOC","label":"Council","numbers":[]})")},
  };
  Cases cases;
  for (const auto& [what, text] : table) {
    EXPECT_EQ(Verdict(Taxonomy::Parse(text)), "ok") << what;
    cases.Count();
  }
}

struct NearMiss {
  std::string_view what;
  std::string text;
  std::string_view verdict;  // its beginning
};

void ExpectRefused(std::span<const NearMiss> table) {
  Cases cases;
  for (const NearMiss& each : table) {
    const std::string verdict = Verdict(Taxonomy::Parse(each.text));
    EXPECT_TRUE(verdict.starts_with(each.verdict)) << each.what << ": " << verdict;
    cases.Count();
  }
}

TEST(Taxonomy, RefusesFilesAndWordsThatAreNone) {
  const std::string good = Words(Word("seen"));
  const NearMiss table[] = {
      {"nothing", "", "malformed"},
      {"half of it", good.substr(0, good.size() / 2), "malformed"},
      {"a list", "[]", "field_invalid: taxonomy: not an object"},
      {"a member twice", Replaced(good, R"("version":1)", R"("version":1,"version":1)"), "malformed"},
      {"one byte too long", FileText("\"note\":\"\"", std::string(kTaxonomyBytesMax, 'a')), "limit"},
      {"an unknown member", Replaced(good, "\"title\"", "\"name\""), "field_invalid: taxonomy: unknown member"},
      {"no title", Replaced(good, R"("title":"Test",)", ""), "field_invalid: taxonomy: title"},
      {"an empty title", Replaced(good, R"("Test")", R"("")"), "field_invalid: taxonomy: title"},
      {"an id in capitals", Replaced(good, R"("test")", R"("Test")"), "field_invalid: taxonomy: id"},
      {"version 0", Replaced(good, R"("version":1)", R"("version":0)"), "field_invalid: taxonomy: version"},
      {"version as text", Replaced(good, R"("version":1)", R"("version":"1")"), "field_invalid: taxonomy: version"},
      {"version 1.0", Replaced(good, R"("version":1)", R"("version":1.0)"), "field_invalid: taxonomy: version"},
      {"31 June", Replaced(good, "2026-01-01", "2026-06-31"), "field_invalid: taxonomy: effective_from"},
      {"says nothing", FileText("\"words\":[]"), "field_invalid: taxonomy: has no words"},
      {"words as an object", FileText("\"words\":{}"), "field_invalid: taxonomy: words is not an array"},
      {"a word as text", Words("\"seen\""), "field_invalid: taxonomy, words[0]: not an object"},
      {"a word with capitals", Words(Word("Seen")), "field_invalid: taxonomy, words[0]: word"},
      {"a word with a blank", Words(Word("was seen")), "field_invalid: taxonomy, words[0]: word"},
      {"a word that begins with a digit", Words(Word("2_seen")), "field_invalid: taxonomy, words[0]: word"},
      {"a word of 61", Words(Word(std::string(61, 'a'))), "field_invalid: taxonomy, words[0]: word"},
      {"no label", Words(R"({"list":"method","word":"seen"})"), "field_invalid: taxonomy, word seen of method: label"},
      {"a line break in a label", Words(Replaced(Word("seen"), "Some words", "Some\\nwords")),
       "field_invalid: taxonomy, word seen of method: label"},
      {"an unknown member of a word", Words(Word("seen", R"(,"colour":"red")")), "field_invalid: taxonomy, words[0]"},
      {"a subject among the words", Words(Replaced(Word("seen"), "method", "subject")),
       "field_invalid: taxonomy, word seen of subject: stands in its own section"},
      {"a regulator among the words", Words(Replaced(Word("seen"), "method", "regulator")),
       "field_invalid: taxonomy, word seen of regulator: stands in its own section"},
      {"ends before it begins", Words(Word("seen", R"(,"from":"2026-05-02","until":"2026-05-01")")),
       "field_invalid: taxonomy, word seen of method: until lies before from"},
      {"29 February 2027", Words(Word("seen", R"(,"until":"2027-02-29")")),
       "field_invalid: taxonomy, word seen of method: until is not a day"},
      {"a day as number", Words(Word("seen", R"(,"until":20270228)")),
       "field_invalid: taxonomy, word seen of method: until is not a day"},
      {"a word twice", Words(Word("seen") + "," + Word("seen")),
       "field_invalid: taxonomy, word seen of method: stands twice on one day"},
      {"a word twice on one day",
       Words(Word("seen", R"(,"until":"2026-05-01")") + "," + Word("seen", R"(,"from":"2026-05-01")")),
       "field_invalid: taxonomy, word seen of method: stands twice on one day"},
      {"a short window inside a long one",
       Words(Word("seen", R"(,"from":"2026-01-01","until":"2026-12-31")") + "," +
             Word("seen", R"(,"from":"2026-05-01","until":"2026-05-01")")),
       "field_invalid: taxonomy, word seen of method: stands twice on one day"},
      {"101 days", Words(Many(101, Year)), "limit: taxonomy: windows begin and end on more than 100 days"},
  };
  ExpectRefused(table);
}

TEST(Taxonomy, RefusesCoursesThatCanNotBe) {
  const NearMiss table[] = {
      {"no level", Subjects(SubjectText("a", "")), "field_invalid: taxonomy, subject a: levels"},
      {"levels that fall", Subjects(SubjectText("a", "2,1")), "field_invalid: taxonomy, subject a: levels"},
      {"a level twice", Subjects(SubjectText("a", "1,1")), "field_invalid: taxonomy, subject a: levels"},
      {"level 100", Subjects(SubjectText("a", "100")), "field_invalid: taxonomy, subject a: levels"},
      {"level -1", Subjects(SubjectText("a", "-1")), "field_invalid: taxonomy, subject a: levels"},
      {"eleven levels", Subjects(SubjectText("a", "1,2,3,4,5,6,7,8,9,10,11")), "field_invalid: taxonomy, subject a"},
      {"a level as text", Subjects(SubjectText("a", "\"1\"")), "field_invalid: taxonomy, subject a: levels"},
      {"does not say whether levels climb",
       Subjects(Replaced(SubjectText("a", "1"), R"(,"higher_covers_lower":true)", "")),
       "field_invalid: taxonomy, subject a: higher_covers_lower"},
      {"one part", Subjects(SubjectText("a", "1", true, R"(,"parts":["one"])")), "field_invalid: taxonomy, subject a"},
      {"a part twice", Subjects(SubjectText("a", "1", true, R"(,"parts":["one","one"])")),
       "field_invalid: taxonomy, subject a: parts holds a word twice"},
      {"a part with a blank", Subjects(SubjectText("a", "1", true, R"(,"parts":["one","part two"])")),
       "field_invalid: taxonomy, subject a: parts"},
      {"awarded never said", Subjects(SubjectText("a", "1", true, R"(,"awarded":{})")),
       "field_invalid: taxonomy, subject a, awarded: has no from and no until"},
      {"awarded backwards",
       Subjects(SubjectText("a", "1", true, R"(,"awarded":{"from":"2026-01-02","until":"2026-01-01"})")),
       "field_invalid: taxonomy, subject a, awarded: until lies before from"},
      {"a subject twice", Subjects(SubjectText("a", "1") + "," + SubjectText("a", "2")),
       "field_invalid: taxonomy, subject a: stands twice on one day"},
      {"501 subjects", Subjects(Many(501, Course)), "limit"},
      {"a period of a level it has not", Refresh(R"({"level":3,"months":12,"source":"s"})"),
       "field_invalid: taxonomy, refresh of subject a: level is none of the subject's"},
      {"a period without source", Refresh(R"({"level":1,"months":12})"),
       "field_invalid: taxonomy, refresh of subject a: source"},
      {"months below none", Refresh(R"({"level":1,"months":-1,"source":"s"})"),
       "field_invalid: taxonomy, refresh of subject a: months"},
      {"601 months", Refresh(R"({"level":1,"months":601,"source":"s"})"),
       "field_invalid: taxonomy, refresh of subject a: months"},
      {"two periods on one day", Refresh(R"({"level":1,"months":36,"source":"s","until":"2026-07-01"},
                  {"level":1,"months":24,"source":"s","from":"2026-07-01"})"),
       "field_invalid: taxonomy, refresh of a level 1: stands twice on one day"},
  };
  ExpectRefused(table);
}

TEST(Taxonomy, RefusesEquivalencesThatDoNotAddUp) {
  constexpr std::string_view kCircle = ": leads in a circle";
  const auto circle = [&](std::string_view a, std::string_view b) {
    return "field_invalid: taxonomy, equivalence of " + std::string(a) + " with " + std::string(b) +
           std::string(kCircle);
  };
  const std::string a_b = circle("a", "b");
  const std::string p_b = circle("p", "b");
  const std::string a_a = circle("a", "a");
  const NearMiss table[] = {
      {"an unknown course", Equal(EquivalenceText("a", 1, "c", 1)),
       "field_invalid: taxonomy, equivalence of a with c: names a subject"},
      {"of an unknown course", Equal(EquivalenceText("c", 1, "a", 1)),
       "field_invalid: taxonomy, equivalence of c with a: names a subject"},
      {"a level it has not", Equal(EquivalenceText("a", 3, "b", 1)),
       "field_invalid: taxonomy, equivalence of a with b: names a level"},
      {"no end", Equal(R"({"has":{"subject":"a","level":1},"source":"s"})"),
       "field_invalid: taxonomy, equivalences[0]: counts_as is missing"},
      {"no source", Equal(Replaced(EquivalenceText("a", 1, "b", 1), R"(,"source":"test")", "")),
       "field_invalid: taxonomy, equivalence of a with b: source"},
      {"twice", Equal(EquivalenceText("a", 1, "b", 1) + "," + EquivalenceText("a", 1, "b", 1)),
       "field_invalid: taxonomy, equivalence of a 1 with b 1: stands twice on one day"},
      {"of itself", Equal(EquivalenceText("a", 1, "a", 1)), a_a},
      {"of its own higher level", Equal(EquivalenceText("a", 1, "a", 2)), a_a},
      {"both ways", Equal(EquivalenceText("a", 1, "b", 1) + "," + EquivalenceText("b", 1, "a", 1)), a_b},
      {"round to a higher level", Equal(EquivalenceText("a", 1, "b", 1) + "," + EquivalenceText("b", 1, "a", 2)), a_b},
      {"round through a lower level of the other",
       Equal(EquivalenceText("a", 1, "b", 2) + "," + EquivalenceText("b", 1, "a", 1)), a_b},
      {"round through three",
       Equal(EquivalenceText("a", 1, "b", 1) + "," + EquivalenceText("b", 1, "p", 1) + "," +
             EquivalenceText("p", 1, "a", 1)),
       a_b},
      {"up a ladder whose levels are parallel",
       Equal(EquivalenceText("p", 1, "b", 1) + "," + EquivalenceText("b", 1, "p", 2)), p_b},
      {"both ways on one day only",
       Equal(EquivalenceText("a", 1, "b", 1, R"(,"until":"2026-07-01")") + "," +
             EquivalenceText("b", 1, "a", 1, R"(,"from":"2026-07-01")")),
       a_b},
      {"outlives its course",
       FileText("\"subjects\":[" + SubjectText("a", "1") + "," +
                SubjectText("b", "1", true, R"(,"until":"2026-06-30")") + "],\"equivalences\":[" +
                EquivalenceText("a", 1, "b", 1) + "]"),
       "field_invalid: taxonomy, equivalence of a with b: names a subject that is not known on all of its days"},
      {"outlives a level",
       FileText("\"subjects\":[" + SubjectText("a", "1") + "," +
                SubjectText("b", "1,2", true, R"(,"until":"2026-06-30")") + "," +
                SubjectText("b", "1", true, R"(,"from":"2026-07-01")") + "],\"equivalences\":[" +
                EquivalenceText("a", 1, "b", 2) + "]"),
       "field_invalid: taxonomy, equivalence of a with b: names a level its subject has not on all of its days"},
  };
  ExpectRefused(table);
}

TEST(Taxonomy, RefusesRegulatorsWithoutAShape) {
  const auto with = [](std::string_view member) {
    return Regulators(R"({"word":"NMC","label":"Council","numbers":[],)" + std::string(member) + "}");
  };
  const NearMiss table[] = {
      {"an empty mask", Mask(""), "field_invalid: taxonomy, numbers of regulator NMC: mask"},
      {"a mask of small letters", Mask("99a9999a"), "field_invalid: taxonomy, numbers of regulator NMC: mask"},
      {"a mask with a blank", Mask("99 9999"), "field_invalid: taxonomy, numbers of regulator NMC: mask"},
      {"a pattern of another kind", Mask("[0-9]{7}"), "field_invalid: taxonomy, numbers of regulator NMC: mask"},
      {"a mask of one number only", Mask("1234567"), "field_invalid: taxonomy, numbers of regulator NMC: mask"},
      {"a mask of 21", Mask(std::string(21, '9')), "field_invalid: taxonomy, numbers of regulator NMC: mask"},
      {"fewer digits than none", Mask("99", R"(,"more_digits":-1)"),
       "field_invalid: taxonomy, numbers of regulator NMC: more_digits"},
      {"21 more digits", Mask("99", R"(,"more_digits":21)"),
       "field_invalid: taxonomy, numbers of regulator NMC: more_digits"},
      {"no numbers", Regulators(R"({"word":"NMC","label":"Council"})"),
       "field_invalid: taxonomy, regulator NMC: numbers"},
      {"a name with a blank", Regulators(R"({"word":"N MC","label":"Council","numbers":[]})"),
       "field_invalid: taxonomy, regulators[0]: word"},
      {"a part that is no word", with(R"("parts":["Registered nurse"])"), "field_invalid: taxonomy, regulator NMC"},
      {"a status twice", with(R"("statuses":["lapsed","lapsed"])"), "field_invalid: taxonomy, regulator NMC: statuses"},
      {"twice", Regulators(R"({"word":"NMC","label":"A","numbers":[]},{"word":"NMC","label":"B","numbers":[]})"),
       "field_invalid: taxonomy, regulator NMC: stands twice on one day"},
  };
  ExpectRefused(table);
}

TEST(Taxonomy, FaultsNameThePlaceAndNeverTheValue) {
  const Result<Taxonomy> taxonomy = Taxonomy::Parse(Words(Word("seen", R"(,"until":"QQ 12 34 56 C")")));
  ASSERT_FALSE(taxonomy.ok());
  EXPECT_EQ(taxonomy.fault().detail, "taxonomy, word seen of method: until is not a day");
}

}  // namespace
}  // namespace passport
