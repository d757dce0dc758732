// Attempts to smuggle what no credential may carry, over every field of every kind: facts, not files (design decision
// 4). A fault names the field and never tells what stood there.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>

#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

struct Attempt {
  std::string_view what;
  std::string value;
};

class ForbiddenContent : public ::testing::Test {
 protected:
  static void TearDownTestSuite() {
    RecordProperty("cases", cases);
    std::printf("ForbiddenContent: %d cases\n", cases);
  }
  static Result<Record> Try(const RecordKind& kind, std::string_view name, const std::string& value) {
    ++cases;
    return Record::Make(kind, With(FieldsOf(kind), {{std::string(name), value}}));
  }
  // The credential of somebody who did not ask our schema before signing.
  static Result<Record> Show(const RecordKind& kind, std::string_view name, std::string_view claim) {
    ++cases;
    json::Tree tree;
    const std::string text = "{\"" + std::string(name) + "\":" + std::string(claim) + "}";
    const Result<json::Value*> claims = tree.Parse(text, json::kTokenLimits);
    if (!claims.ok()) return claims.fault();
    return Record::FromClaims(kind, **claims);
  }
  static void ExpectRefused(const Result<Record>& record, const FieldRule& rule, const std::string& value) {
    ASSERT_FALSE(record.ok());
    const Fault& fault = record.fault();
    EXPECT_TRUE(fault.reason == Reason::kRecordField || fault.reason == Reason::kContentForbidden);
    EXPECT_TRUE(fault.detail.starts_with(rule.name)) << fault.detail;
    EXPECT_EQ(fault.detail.find(value), std::string::npos) << "tells what stood there";
  }
  template <class Judge>
  static void ForEveryField(Judge judge) {
    for (const RecordKind* kind : AllRecordKinds()) {
      for (const FieldRule& rule : kind->fields) {
        SCOPED_TRACE(std::string(kind->word) + " " + std::string(rule.name));
        judge(*kind, rule);
      }
    }
  }
  static inline int cases = 0;
};

std::vector<Attempt> RefusedEverywhere() {
  return {
      {"81 characters", std::string(81, 'x')},
      {"81 characters of two bytes",
       [] {
         std::string text;
         for (int i = 0; i < 81; ++i) text += "\xc3\xa9";
         return text;
       }()},
      {"a mebibyte", std::string(1U << 20U, 'x')},
      {"the number of a certificate", "Level 2, certificate 001234567890"},
      {"spaced", "certificate 0012 3456 7890"},
      {"dashed", "Certificate 00-12-34-56"},
      {"dotted", "Certificate 00.12.34"},
      {"with dashes of print",
       "Certificate 001\xe2\x80\x93"
       "234"},
      {"with blanks that do not break",
       "Certificate 001\xc2\xa0"
       "234"},
      {"with joiners nobody sees",
       "Certificate 001\xe2\x80\x8d"
       "234"},
      {"in wide digits", "Certificate \xef\xbc\x91\xef\xbc\x92\xef\xbc\x93\xef\xbc\x94\xef\xbc\x95\xef\xbc\x96"},
      {"in Arabic digits", "Certificate \xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6"},
      {"in Bengali digits", "\xe0\xa7\xa7\xe0\xa7\xa8\xe0\xa7\xa9\xe0\xa7\xaa\xe0\xa7\xab\xe0\xa7\xac Ltd"},
      {"the number of a passport", "Passport No. 123456789"},
      {"a National Insurance number", "QQ 12 34 56 C"},
      {"a National Insurance number in a word", "ni_qq123456c"},
      {"a telephone number", "Call 07700 900123"},
      {"markup", "<img src=x onerror=alert(1)>"},
      {"one mark", "A > B"},
      {"JSON in a text", R"({"offence":"theft"})"},
      {"a template", "Nurse {{7*7}}"},
      {"a path", "C:\\Users\\Public"},
      {"an image", "data:image/png;base64,iVBORw0KGgo="},
      {"an image in capitals", "DATA:IMAGE/PNG;BASE64,iVBORw0KGgo="},
      {"a file without a type", "x data:,hello"},
      {"a script", "javascript:alert(1)"},
      {"an address", "see https://example.org/scan.pdf"},
      {"a bell", std::string("Nurse\x07")},
      {"a line break", "Nurse\nBand 5"},
      {"a tab", "Nurse\tBand 5"},
      {"a NUL", std::string("Nurse\0x", 7)},
      {"a delete", "Nurse\x7f"},
      {"a next line", "Nurse\xc2\x85"},
      {"right to left override", "Nurse\xe2\x80\xaegnp.exe"},
      {"left to right isolate", "Nurse\xe2\x81\xa6x\xe2\x81\xa9"},
      {"an Arabic letter mark", "Nurse\xd8\x9c"},
      {"a blank of no width", "Nur\xe2\x80\x8bse"},
      {"a soft hyphen", "Nur\xc2\xadse"},
      {"a byte order mark", "\xef\xbb\xbfNurse"},
      {"tags nobody sees", "Nurse\xf3\xa0\x81\x81"},
      {"no character", "Nurse\xef\xbf\xbf"},
      {"no UTF-8", "Nurse\xff"},
      {"an overlong bracket", "\xc0\xbcscript\xc0\xbe"},
      {"half a surrogate pair", "\xed\xa0\x80"},
      {"a cut character", "Nurse\xe2\x82"},
  };
}

// What only a name could hold: opinions are kept out of names by there being no name for them.
std::vector<Attempt> RefusedOutsideNames() {
  return {
      {"an offence", "Theft from a shop in 2009, fined"},
      {"a diagnosis", "Asthma, on steroids"},
      {"an opinion", "Always late; would not employ again"},
      {"a name of a person", "Mrs J. Smith"},
      {"one word with a capital and a comma", "Theft,"},
      {"an accent", "d\xc3\xa9pression"},
      {"a blank in front", " x9z"},
      {"a blank behind", "2 "},
  };
}

TEST_F(ForbiddenContent, IsRefusedInEveryFieldOfEveryKind) {
  const std::vector<Attempt> attempts = RefusedEverywhere();
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    for (const Attempt& attempt : attempts) {
      SCOPED_TRACE(attempt.what);
      ExpectRefused(Try(kind, rule.name, attempt.value), rule, attempt.value);
    }
  });
}

TEST_F(ForbiddenContent, FreeTextHasNoFieldButTitles) {
  const std::vector<Attempt> attempts = RefusedOutsideNames();
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    if (rule.shape == FieldShape::kName) return;
    for (const Attempt& attempt : attempts) {
      SCOPED_TRACE(attempt.what);
      ExpectRefused(Try(kind, rule.name, attempt.value), rule, attempt.value);
    }
  });
}

// The titles there are. A new one is a decision, made here and in docs/formats/records.md.
TEST_F(ForbiddenContent, HasTheseTitlesToHideInAndNoOther) {
  const std::set<std::string> titles = {
      "given_names",   "family_name",   "preferred_name", "previous_family_name", "title",
      "awarding_body", "employer_name", "job_title",      "position_title",       "department",
      "location",      "provider",      "source_title",   "place_name",           "area",
      "team_name",     "role_title",    "programme",      "education_provider"};
  std::set<std::string> found;
  ForEveryField([&](const RecordKind&, const FieldRule& rule) {
    ++cases;
    if (rule.shape == FieldShape::kName) found.emplace(rule.name);
  });
  EXPECT_EQ(found, titles);
}

// A shape can not know what a word means, a taxonomy does: every word stands in one of its lists or sections.
TEST_F(ForbiddenContent, WordsThatTheShapeTakesMeetAVocabulary) {
  const std::set<std::string_view> sections = {"subject", "part"};  // of the taxonomy; part also of mandatory training
  const std::set<std::string_view> open = {"area_of_work"};
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    for (const std::string word : {"convicted_of_theft", "asthma", "always_late", "cleared_after_caution"}) {
      if (rule.shape != FieldShape::kWord) {
        const bool code = rule.shape == FieldShape::kCode;
        const bool title = rule.shape == FieldShape::kName;
        if (!title && !(code && word == "asthma")) ExpectRefused(Try(kind, rule.name, word), rule, word);
      } else if (Try(kind, rule.name, word).ok()) {
        EXPECT_TRUE(!rule.vocabulary.empty() || sections.contains(rule.name) || open.contains(rule.name)) << word;
      }
    }
  });
}

// Codes that are each employer's own take any number; all other fields have a form, a bound or a list.
TEST_F(ForbiddenContent, NumbersOfDocumentsStandInNoOtherField) {
  const std::set<std::string_view> open = {"regulator",         "number",          "employee_number",
                                           "assignment_number", "position_number", "pay_band",
                                           "agreement",         "team_code",       "reference"};
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    const std::string passport_number = "123456789";
    if (!(rule.shape == FieldShape::kCode && open.contains(rule.name))) {
      ExpectRefused(Try(kind, rule.name, passport_number), rule, passport_number);
    }
    const std::string certificate = "998877665544";
    if (rule.name != "certificate_number") ExpectRefused(Try(kind, rule.name, certificate), rule, certificate);
    for (const std::string number : {"AB123456C", "ab123456c", "AB-12-34-56-C", "QQ.123456/C"}) {
      if (rule.name == "national_insurance_number" && number == "AB123456C") continue;
      ExpectRefused(Try(kind, rule.name, number), rule, number);
    }
  });
}

TEST_F(ForbiddenContent, RealTitlesPass) {
  for (const std::string_view title :
       {"Conviction Rehabilitation Officer", "Diagnosis and Treatment Centre", "Staff Nurse, Ward 12 (nights)",
        "Moving & Handling - Level 2 - 2 Years", "Data: an introduction", "Big data for nurses", "BS EN 1:2",
        "ISO 27001:2022 awareness", "Caf\xc3\xa9 Sant\xc3\xa9", "Cohort 2024/25", "Unit 12345", "\xe7\x8e\x8b",
        "O`Neill", "Ysbyty Ystrad Fawr", "NHS|CSTF|Fire Safety - 2 Years|", "\"Skills\" day; part 2 of 3"}) {
    const Result<Record> record = Try(*FindRecordKind("mandatory_training"), "provider", std::string(title));
    EXPECT_TRUE(record.ok()) << title << ": " << record.fault().detail;
  }
}

TEST_F(ForbiddenContent, HasNoFieldByAnyOtherName) {
  for (const RecordKind* kind : AllRecordKinds()) {
    for (const std::string_view name : {"offences",
                                        "convictions",
                                        "diagnosis",
                                        "sickness_reasons",
                                        "notes",
                                        "remarks",
                                        "comment",
                                        "opinion",
                                        "image",
                                        "photo",
                                        "scan",
                                        "certificate_image",
                                        "document_number",
                                        "passport_number",
                                        "address",
                                        "ethnicity",
                                        "religion",
                                        "Assurance",
                                        "assurance ",
                                        "assurance.0",
                                        "assurance[]",
                                        "_sd",
                                        "...",
                                        "iss",
                                        "cnf",
                                        "__proto__",
                                        ""}) {
      SCOPED_TRACE(std::string(kind->word) + " " + std::string(name));
      const Result<Record> record = Try(*kind, name, "theft_in_2009");
      ASSERT_FALSE(record.ok());
      EXPECT_EQ(record.fault().reason, Reason::kRecordField);
      EXPECT_EQ(record.fault().detail, "a field is not of this kind of record");
    }
  }
}

TEST_F(ForbiddenContent, ASecondValueOfAFieldIsRefused) {
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    std::vector<Record::Field> fields = FieldsOf(kind);
    const auto first =
        std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.first == rule.name; });
    if (first == fields.end()) return;
    fields.push_back(*first);
    ++cases;
    const Result<Record> record = Record::Make(kind, fields);
    ASSERT_FALSE(record.ok());
    EXPECT_EQ(record.fault().detail, std::string(rule.name) + " occurs twice");
  });
}

TEST_F(ForbiddenContent, TenMegabytesAreRefusedInEveryShape) {
  std::set<FieldShape> seen;
  const std::string large(10U << 20U, 'a');
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    if (seen.insert(rule.shape).second) ExpectRefused(Try(kind, rule.name, large), rule, large);
  });
  EXPECT_EQ(seen.size(), 9U);
}

// What another's issuer signed is read by the same shapes.
TEST_F(ForbiddenContent, IsRefusedInCredentialsOfOthers) {
  const std::vector<Attempt> attempts = RefusedEverywhere();
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    for (const Attempt& attempt : attempts) {
      SCOPED_TRACE(attempt.what);
      std::string claim;
      json::WriteString(attempt.value, claim);
      const Result<Record> record = Show(kind, rule.name, claim);
      ASSERT_FALSE(record.ok());
      const Reason reason = record.fault().reason;  // the JSON reader refuses what is no UTF-8 or too long
      EXPECT_TRUE(reason == Reason::kClaims || reason == Reason::kMalformed || reason == Reason::kLimit);
    }
  });
}

TEST_F(ForbiddenContent, ClaimsOfAnotherTypeAreRefused) {
  ForEveryField([&](const RecordKind& kind, const FieldRule& rule) {
    const bool number = rule.shape == FieldShape::kNumber;
    const bool flag = rule.shape == FieldShape::kFlag;
    for (const std::string_view claim :
         {"null", "[]", "{}", "2", "2.0", "2e0", "-1", "1234567890", "99999999999999999999", "true", "false", R"("2")",
          R"("true")", R"("")", R"([true])", R"({"value":"theft"})", R"(["2026-03-01"])", R"([["word"]])",
          R"({"...":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"})"}) {
      SCOPED_TRACE(claim);
      const bool right = (number && claim == "2") || (flag && (claim == "true" || claim == "false"));
      const bool text_of_the_shape =
          (rule.shape == FieldShape::kName || rule.shape == FieldShape::kCode) && claim.size() > 2 && claim[0] == '"';
      const bool word = rule.shape == FieldShape::kWord && claim == R"("true")";
      EXPECT_EQ(Show(kind, rule.name, claim).ok(), right || text_of_the_shape || word);
    }
  });
}

}  // namespace
}  // namespace passport
