#include "credential/record/type_metadata.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

std::string_view TextOf(const json::Value& object, std::string_view name) {
  const json::Value* member = object.Find(name);
  return member == nullptr ? "" : member->text().value_or("");
}

std::set<std::string_view> NamesOf(const json::Value& object) {
  std::set<std::string_view> names;
  for (const json::Value& member : object) names.insert(member.name());
  return names;
}

// The one entry of `display`.
const json::Value& Display(const json::Value& object) {
  const json::Value* display = object.Find("display");
  EXPECT_TRUE(display != nullptr && display->is_array() && display->size() == 1);
  EXPECT_EQ(TextOf(*display->begin(), "locale"), "en-GB");
  return *display->begin();
}

// SD-JWT VC, Type Metadata: `vct` is required and is the type credentials name; nothing is extended.
TEST(TypeMetadata, SDVC13_NamesTheTypeThatCredentialsName) {
  const std::set<std::string_view> members = {"vct", "name", "description", "display", "claims"};
  for (const RecordKind* kind : AllRecordKinds()) {
    SCOPED_TRACE(kind->word);
    json::Tree tree;
    const std::string text = TypeMetadataOf(*kind);
    const Result<json::Value*> root = tree.Parse(text, json::kTokenLimits);
    ASSERT_TRUE(root.ok());
    EXPECT_EQ(NamesOf(**root), members);
    EXPECT_EQ(TextOf(**root, "vct"), kind->vct);
    EXPECT_EQ(TextOf(**root, "name"), kind->label);
    EXPECT_EQ(TextOf(**root, "description"), kind->description);
    EXPECT_EQ(TextOf(Display(**root), "name"), kind->label);
    EXPECT_EQ(TextOf(Display(**root), "description"), kind->description);
    EXPECT_EQ(TypeMetadataOf(*kind), text) << "the same bytes each time";
  }
}

// A path is a non-empty array of names, indexes or null; ours are flat. `sd` is always, allowed or never.
TEST(TypeMetadata, SDVC14_DescribesEveryFactAndNoClaimOfTheEnvelope) {
  const std::set<std::string_view> members = {"path", "display", "mandatory", "sd"};
  for (const RecordKind* kind : AllRecordKinds()) {
    json::Tree tree;
    const Result<json::Value*> root = tree.Parse(TypeMetadataOf(*kind), json::kTokenLimits);
    ASSERT_TRUE(root.ok());
    const json::Value* claims = (*root)->Find("claims");
    ASSERT_TRUE(claims != nullptr && claims->is_array());
    ASSERT_EQ(claims->size(), kind->fields.size());
    auto rule = kind->fields.begin();
    for (const json::Value& claim : *claims) {
      SCOPED_TRACE(std::string(kind->word) + " " + std::string(rule->name));
      EXPECT_EQ(NamesOf(claim), members);
      const json::Value* path = claim.Find("path");
      ASSERT_TRUE(path->is_array() && path->size() == 1);
      EXPECT_EQ(path->begin()->text(), rule->name);
      EXPECT_EQ(TextOf(Display(claim), "label"), rule->label);
      EXPECT_EQ(claim.Find("mandatory")->boolean(), rule->presence == Presence::kRequired);
      EXPECT_EQ(TextOf(claim, "sd"), rule->showing == Showing::kAlways ? "never" : "always");
      ++rule;
    }
  }
}

// What the document says of disclosing is what our credentials do.
TEST(TypeMetadata, SDVC14_AgreesWithTheCredentialsWeIssue) {
  for (const RecordKind* kind : AllRecordKinds()) {
    const Record record = MakeRecord(kind->word);
    const std::string token = TrustWorld::Get().Issue(record, 1).text();
    const std::size_t dot = token.find('.');
    json::Tree tree;
    const Result<json::Value*> payload =
        tree.ParseBase64Url(token.substr(dot + 1, token.find('.', dot + 1) - dot - 1), json::kTokenLimits);
    ASSERT_TRUE(payload.ok());
    for (const Fact& fact : record.facts()) {
      const bool plain = (*payload)->Find(fact.rule->name) != nullptr;
      EXPECT_EQ(plain, fact.rule->showing == Showing::kAlways) << kind->word << " " << fact.rule->name;
    }
  }
}

}  // namespace
}  // namespace passport
