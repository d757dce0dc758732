#include "credential/record/record.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

Result<Record> Make(std::string_view kind, const std::vector<Record::Field>& changes) {
  const RecordKind* found = FindRecordKind(kind);
  return Record::Make(*found, With(FieldsOf(*found), changes));
}

struct RecordRow {
  std::string_view kind;
  std::vector<Record::Field> changes;
};

TEST(Record, TakesEachKindAsItIsInLife) {
  for (const RecordKind* kind : AllRecordKinds()) {
    const Result<Record> record = Record::Make(*kind, FieldsOf(*kind));
    ASSERT_TRUE(record.ok()) << kind->word << ": " << record.fault().detail;
    EXPECT_EQ(&record->kind(), kind);
    EXPECT_EQ(record->facts().size(), FieldsOf(*kind).size());
  }
}

TEST(Record, TakesWhatIsUnusualButRight) {
  const RecordRow rows[] = {
      {"mandatory_training", {{"level", "0"}}},
      {"mandatory_training", {{"provider", "Caf\xc3\xa9 Sant\xc3\xa9 (Luton) & Sons, 2nd floor"}}},
      {"mandatory_training", {{"provider", ""}, {"framework", ""}}},
      {"mandatory_training", {{"achieved_on", "2024-02-29"}, {"expires_on", "2027-02-28"}}},
      {"employment", {{"full_time_equivalent", "1.00"}, {"ends_on", "2025-01-06"}}},
      {"employment", {{"assignment_category", "volunteer"}, {"full_time_equivalent", "0.00"}}},
      {"identity_check", {{"given_names", "\xe7\x8e\x8b"}}},
      {"identity_check", {{"given_names", std::string(80, 'x')}}},
      {"criminal_record_check", {{"level", "basic"}, {"barred_adults", "false"}, {"barred_children", "false"}}},
      {"criminal_record_check", {{"seen_on", "2025-01-03"}, {"decision", "cleared_with_conditions"}}},
      {"professional_registration", {{"regulator", "GMC"}, {"number", "C1234567"}}},
      {"professional_registration", {{"register_status", "voluntarily_removed"}, {"expires_on", ""}}},
  };
  for (const RecordRow& row : rows) {
    const Result<Record> record = Make(row.kind, row.changes);
    EXPECT_TRUE(record.ok()) << row.kind << " " << row.changes.front().first << ": " << record.fault().detail;
  }
}

TEST(Record, RefusesNearMissesAndNamesTheFieldNotTheValue) {
  const std::string long_name(81, 'x');
  const RecordRow rows[] = {
      {"mandatory_training", {{"subject", "Moving and handling"}}},
      {"mandatory_training", {{"subject", "2fast"}}},
      {"mandatory_training", {{"subject", std::string(61, 'a')}}},
      {"mandatory_training", {{"level", "02"}}},
      {"mandatory_training", {{"level", "-2"}}},
      {"mandatory_training", {{"level", "2.0"}}},
      {"mandatory_training", {{"level", "1234567890"}}},
      {"mandatory_training", {{"achieved_on", "01/03/2026"}}},
      {"mandatory_training", {{"achieved_on", "2026-02-29"}}},
      {"mandatory_training", {{"achieved_on", " 2026-03-01"}}},
      {"mandatory_training", {{"assurance", "trust_me_on_this"}}},
      {"mandatory_training", {{"checker_role", "Mrs Smith of HR"}}},
      {"employment", {{"position_title", long_name}}},
      {"employment", {{"ends_on", "2025-01-05"}}},
      {"employment", {{"full_time_equivalent", "1.01"}}},
      {"employment", {{"full_time_equivalent", "0.8"}}},
      {"employment", {{"assignment_category", "zero_hours"}}},
      {"employment", {{"assignment_number", "A B"}}},
      {"identity_check", {{"date_of_birth", "28-02-1990"}}},
      {"criminal_record_check", {{"certificate_number", "12345678901"}}},
      {"criminal_record_check", {{"certificate_number", "12345678901A"}}},
      {"criminal_record_check", {{"seen_on", "2025-01-02"}}},
      {"criminal_record_check", {{"level", "standard"}}},
      {"criminal_record_check", {{"barred_adults", "yes"}}},
      {"criminal_record_check", {{"update_service", "TRUE"}}},
      {"professional_registration", {{"number", "01 A 2345 N"}}},
      {"professional_registration", {{"register_status", "Registered"}}},
  };
  for (const RecordRow& row : rows) {
    const Result<Record> record = Make(row.kind, row.changes);
    const auto& [name, value] = row.changes.back();
    ASSERT_FALSE(record.ok()) << row.kind << " " << name << "=" << value;
    EXPECT_EQ(record.fault().reason, Reason::kRecordField);
    const bool tellable = value.size() > 2;  // a digit alone may stand in a limit
    EXPECT_FALSE(tellable && record.fault().detail.find(value) != std::string::npos) << record.fault().detail;
  }
}

// Design decision 4: facts, not files. There is no field for what must not travel, and no shape that would take it.
TEST(Record, HasNoPlaceForForbiddenContent) {
  const std::string control = std::string("Nurse") + '\x07';
  const RecordRow rows[] = {
      {"criminal_record_check", {{"offences", "theft 2009"}}},
      {"criminal_record_check", {{"decision", "cautioned in 2009 for theft"}}},
      {"criminal_record_check", {{"method", "certificate says: theft 2009"}}},
      {"criminal_record_check", {{"certificate_image", "data:image/png;base64,iVBORw0KGgo="}}},
      {"identity_check", {{"passport_number", "123456789"}}},
      {"identity_check", {{"document_types", "passport 123456789"}}},
      {"identity_check", {{"diagnosis", "asthma"}}},
      {"mandatory_training", {{"notes", "always late"}}},
      {"mandatory_training", {{"provider", "<img src=x onerror=alert(1)>"}}},
      {"mandatory_training", {{"provider", "A > B"}}},
      {"employment", {{"position_title", control}}},
      {"employment", {{"position_title", "Nurse\nBand 5"}}},
      {"employment", {{"position_title", "Nurse\xe2\x80\xaegnp.exe"}}},
      {"employment", {{"position_title", "Nurse\xc2\x85"}}},
      {"employment", {{"position_title", "Nurse\xff"}}},
      {"employment", {{"position_title", "\xc0\xbcscript\xc0\xbe"}}},
      {"employment", {{"position_title", "\xed\xa0\x80"}}},
      {"employment", {{"position_title", std::string("Nurse\0x", 7)}}},
      {"employment", {{"position_title", std::string(1 << 20, 'x')}}},
  };
  for (const RecordRow& row : rows) {
    const Result<Record> record = Make(row.kind, row.changes);
    ASSERT_FALSE(record.ok()) << row.kind << " " << row.changes.front().first;
    EXPECT_EQ(record.fault().reason, Reason::kRecordField);
    EXPECT_EQ(record.fault().detail.find("theft"), std::string::npos);
  }
}

TEST(Record, RefusesAFieldTwiceAndAMissingOne) {
  for (const RecordKind* kind : AllRecordKinds()) {
    std::vector<Record::Field> twice = FieldsOf(*kind);
    twice.push_back(twice.front());
    EXPECT_FALSE(Record::Make(*kind, twice).ok());
    for (const FieldRule& rule : kind->fields) {
      if (rule.presence == Presence::kOptional) continue;
      const Result<Record> without = Make(kind->word, {{std::string(rule.name), ""}});
      ASSERT_FALSE(without.ok()) << kind->word << " " << rule.name;
      EXPECT_EQ(without.fault().detail, std::string(rule.name) + " is missing");
    }
  }
}

TEST(Record, ReadsBackFromClaimsWhatItWrote) {
  for (const RecordKind* kind : AllRecordKinds()) {
    const Record record = MakeRecord(kind->word);
    json::Tree tree;
    json::Value& claims = tree.Object();
    claims.Append("iss", tree.String("https://passport.example/issuers/ods-RC9"));
    for (const Fact& fact : record.facts()) claims.Append(fact.rule->name, Record::ToJson(fact, tree));
    const Result<Record> read = Record::FromClaims(*kind, claims);
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->facts().size(), record.facts().size());
    for (std::size_t i = 0; i < record.facts().size(); ++i) {
      EXPECT_EQ(read->facts()[i].rule, record.facts()[i].rule);
      EXPECT_EQ(read->facts()[i].value, record.facts()[i].value);
    }
  }
}

TEST(Record, TakesAnyPartOfTheClaims) {
  json::Tree tree;
  const Result<json::Value*> claims = tree.Parse(R"({"iss":"x","level":3,"unknown":{"deep":[1]}})", json::kTokenLimits);
  const Result<Record> read = Record::FromClaims(*FindRecordKind("mandatory_training"), **claims);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->facts().size(), 1U);
  EXPECT_EQ(read->Number("level"), 3);
  EXPECT_FALSE(read->Day("achieved_on"));
  EXPECT_FALSE(read->Flag("restrictions"));
}

TEST(Record, RefusesClaimsOfAnotherShape) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"mandatory_training", R"({"level":"2"})"},
      {"mandatory_training", R"({"level":2.0})"},
      {"mandatory_training", R"({"level":-1})"},
      {"mandatory_training", R"({"level":12345678901})"},
      {"mandatory_training", R"({"subject":["fire_safety"]})"},
      {"mandatory_training", R"({"subject":null})"},
      {"mandatory_training", R"({"achieved_on":"2026-02-30"})"},
      {"mandatory_training", R"({"provider":"<b>bold</b>"})"},
      {"mandatory_training", R"({"provider":""})"},
      {"criminal_record_check", R"({"barred_adults":"true"})"},
      {"criminal_record_check", R"({"barred_adults":1})"},
      {"criminal_record_check", R"({"level":"enhanced_plus"})"},
      {"employment", R"({"starts_on":{"day":"2026-01-01"}})"},
  };
  for (const auto& [kind, text] : rows) {
    json::Tree tree;
    const Result<json::Value*> claims = tree.Parse(text, json::kTokenLimits);
    ASSERT_TRUE(claims.ok()) << text;
    const Result<Record> read = Record::FromClaims(*FindRecordKind(kind), **claims);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.fault().reason, Reason::kClaims);
  }
}

TEST(RecordKinds, StandOnceEachAndAreFoundByWordAndType) {
  std::set<std::string_view> words;
  std::set<std::string_view> types;
  for (const RecordKind* kind : AllRecordKinds()) {
    EXPECT_TRUE(words.insert(kind->word).second);
    EXPECT_TRUE(types.insert(kind->vct).second);
    EXPECT_EQ(FindRecordKind(kind->word), kind);
    EXPECT_EQ(FindRecordKindByVct(kind->vct), kind);
    std::set<std::string_view> fields;
    for (const FieldRule& rule : kind->fields) {
      EXPECT_TRUE(fields.insert(rule.name).second) << kind->word << " " << rule.name;
      EXPECT_EQ(rule.shape == FieldShape::kChoice, !rule.choices.empty()) << rule.name;
    }
  }
  EXPECT_EQ(words.size(), 17U);
  EXPECT_EQ(FindRecordKind("Mandatory_Training"), nullptr);
  EXPECT_EQ(FindRecordKindByVct("urn:staff-passport:employment:2"), nullptr);
}

// A verifier must never take a fact for a claim that decides validity, nor the other way round.
TEST(RecordKinds, NameNoRegisteredClaim) {
  const std::set<std::string_view> registered = {"iss", "sub", "aud", "exp",     "nbf",    "iat", "jti",
                                                 "cnf", "vct", "_sd", "_sd_alg", "status", "...", "nonce"};
  for (const RecordKind* kind : AllRecordKinds()) {
    for (const FieldRule& rule : kind->fields) {
      EXPECT_FALSE(registered.count(rule.name)) << kind->word << " " << rule.name;
    }
  }
}

}  // namespace
}  // namespace passport
