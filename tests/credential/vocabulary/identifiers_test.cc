#include "credential/vocabulary/identifiers.h"

#include <gtest/gtest.h>

namespace passport {
namespace {

TEST(OrganisationId, ReadsTheSchemesWeKnow) {
  struct Row {
    std::string_view text;
    std::string_view scheme;
    std::string_view value;
    std::string_view segment;
  };
  constexpr Row kRows[] = {
      {"ods:RC9", "ods", "RC9", "ods-RC9"},
      {"ons:E06000032", "ons", "E06000032", "ons-E06000032"},
      {"cqc:1-101234567", "cqc", "1-101234567", "cqc-1-101234567"},
      {"charity:1091156", "charity", "1091156", "charity-1091156"},
      {"company:SC012345", "company", "SC012345", "company-SC012345"},
      {"ods:a", "ods", "a", "ods-a"},
  };
  for (const Row& row : kRows) {
    const Result<OrganisationId> id = OrganisationId::Parse(row.text);
    ASSERT_TRUE(id.ok()) << row.text;
    EXPECT_EQ(id->text(), row.text);
    EXPECT_EQ(id->scheme(), row.scheme);
    EXPECT_EQ(id->value(), row.value);
    EXPECT_EQ(id->PathSegment(), row.segment);
  }
}

TEST(OrganisationId, RefusesNearMisses) {
  const std::string longest = "ods:" + std::string(40, 'A');
  ASSERT_TRUE(OrganisationId::Parse(longest).ok());
  const std::string with_nul = std::string("ods:RC9") + '\0';
  const std::string rows[] = {"",          "ods",      "ods:",        ":RC9",     "RC9",
                              "ODS:RC9",   "nhs:RC9",  "ods:RC9:1",   "ods: RC9", "ods:RC9 ",
                              " ods:RC9",  "ods:RC/9", "ods:../x",    "ods:RC_9", "ods:R\xC3\x89",
                              "ods:RC9\n", "ods::RC9", longest + "A", with_nul,   "odsRC9"};
  for (const std::string& text : rows) {
    const Result<OrganisationId> id = OrganisationId::Parse(text);
    ASSERT_FALSE(id.ok()) << text;
    EXPECT_EQ(id.fault().reason, Reason::kFieldInvalid);
  }
}

TEST(OrganisationId, ComparesByCodePoint) {
  EXPECT_NE(*OrganisationId::Parse("ods:rc9"), *OrganisationId::Parse("ods:RC9"));
  EXPECT_LT(*OrganisationId::Parse("ods:RC9"), *OrganisationId::Parse("ods:RD8"));
}

TEST(OpaqueId, TakesOneTo64Base64UrlCharacters) {
  const std::string longest(64, '-');
  for (const std::string& text : {std::string("a"), std::string("A-z_09"), longest}) {
    const Result<PersonId> id = PersonId::Parse(text);
    ASSERT_TRUE(id.ok()) << text;
    EXPECT_EQ(id->text(), text);
  }
}

TEST(OpaqueId, RefusesNearMissesWithoutRepeatingThem) {
  const std::string too_long(65, 'a');
  const std::string with_nul = std::string("a") + '\0';
  for (const std::string& text :
       {std::string(), std::string("a b"), std::string("a="), std::string("a+b"), std::string("a/b"),
        std::string("../x"), std::string("a\n"), std::string("\xC3\xA9"), with_nul, too_long}) {
    const Result<CredentialId> id = CredentialId::Parse(text);
    ASSERT_FALSE(id.ok()) << text;
    EXPECT_EQ(id.fault().reason, Reason::kFieldInvalid);
    EXPECT_EQ(id.fault().detail, "credential id is not 1 to 64 base64url characters");
  }
}

TEST(OpaqueId, KeepsTheKindsApart) {
  static_assert(!std::is_convertible_v<PersonId, CredentialId>);
  static_assert(!std::is_convertible_v<std::string, PersonId>);
  static_assert(!std::is_constructible_v<PersonId, std::string>);
}

}  // namespace
}  // namespace passport
