// passport-verify presentation: the answer for a duty, by the rules of a published tree.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "credential/encoding/json.h"
#include "tests/verifier/offline_world.h"

namespace passport {
namespace {

using File = PublishedRule::File;

constexpr std::string_view kOlder = "in the last 1200 months";

bool PresentationSays(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

PublishedRule With(PublishedRule rule, File file) {
  rule.file = file;
  return rule;
}

PublishedRule Withdrawn(PublishedRule rule, Instant at) {
  rule.withdrawn_at = at;
  return rule;
}

std::vector<PublishedRule> GoodRules() { return {SmallTaxonomy(), IdentityProfile("nurse", 1, 60)}; }

TEST(PresentationCommand, VerifiesWithoutRules) {
  const OfflineWorld world({});
  const Ending outcome = world.Present({"--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_TRUE(PresentationSays(outcome.output, R"("valid":true,"verdict":"valid")")) << outcome.output;
}

TEST(PresentationCommand, DecidesForTodayUnlessToldOtherwise) {
  const OfflineWorld world(GoodRules());
  const Ending today = world.Present({"--role", "nurse", "--json"});
  EXPECT_EQ(today.exit_code, 0) << today.errors;
  EXPECT_TRUE(PresentationSays(today.output, R"("outcome":"met")")) << today.output;
  EXPECT_TRUE(PresentationSays(today.output, R"("day":"2026-11-21","receiver":"ons:E06000032","place":"ons:E06000032",)"
                                             R"("engagement":"placement","starts_at":1795219200,"ends_at":1795305600)"))
      << today.output;
  const Ending later = world.Present({"--role", "nurse", "--on", "2027-06-01", "--json"});
  EXPECT_TRUE(PresentationSays(later.output, R"("day":"2027-06-01")")) << later.output;
  EXPECT_TRUE(PresentationSays(later.output, R"("starts_at":1811804400,"ends_at":1811890800)"))
      << later.output;  // summer time
}

TEST(PresentationCommand, DecidesForAShiftSomewhereElse) {
  const OfflineWorld world(GoodRules());
  const Ending outcome =
      world.Present({"--role", "nurse", "--from", "2026-11-22T20:00:00Z", "--to", "2026-11-23T08:00:00Z", "--receiver",
                     "ods:RC9", "--place", "cqc:1-101234567", "--engagement", "employment", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_TRUE(PresentationSays(outcome.output,
                               R"("day":"2026-11-22","receiver":"ods:RC9","place":"cqc:1-101234567",)"
                               R"("engagement":"employment","starts_at":1795377600,"ends_at":1795420800)"))
      << outcome.output;
  const Ending text = world.Present({"--role", "nurse", "--from", "2026-11-22T20:00:00Z", "--to",
                                     "2026-11-23T08:00:00Z", "--place", "ods:RC9", "--engagement", "employment"});
  EXPECT_TRUE(PresentationSays(text.output,
                               "MET: role nurse version 1 on 2026-11-22 to 2026-11-23 at Example RC9 (ods:RC9), as "
                               "employment"))
      << text.output;
}

TEST(PresentationCommand, SaysWhatIsMissingWhoPutsItRightAndHow) {
  const OfflineWorld world({SmallTaxonomy(), IdentityProfile("nurse", 1, 1)});
  const Ending text = world.Present({"--role", "nurse"});
  EXPECT_EQ(text.exit_code, 1) << text.errors;
  EXPECT_TRUE(PresentationSays(text.output, "NOT MET: role nurse version 1")) << text.output;
  EXPECT_TRUE(PresentationSays(text.output, "  not_met: identity checked")) << text.output;
  EXPECT_TRUE(PresentationSays(text.output, "What to do (")) << text.output;
  const Ending json = world.Present({"--role", "nurse", "--json"});
  EXPECT_TRUE(PresentationSays(json.output, R"("outcome":"not_met","reason":"too_old")")) << json.output;
  EXPECT_TRUE(PresentationSays(json.output, R"("who":")")) << json.output;
  EXPECT_TRUE(PresentationSays(json.output, R"("remedy":")")) << json.output;
}

TEST(PresentationCommand, ARevokedRecordIsNotMet) {
  const OfflineWorld world(GoodRules(), {{0, 1}});
  const Ending outcome = world.Present({"--role", "nurse", "--json"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(PresentationSays(outcome.output, R"("reason":"revoked")")) << outcome.output;
}

TEST(PresentationCommand, TakesTheVersionInForce) {
  // Version 2 is stricter, from December on.
  const std::vector<PublishedRule> rules = {SmallTaxonomy(), IdentityProfile("nurse", 1, 600),
                                            IdentityProfile("nurse", 2, 1, "2026-12-01")};
  const OfflineWorld world(rules);
  EXPECT_EQ(world.Present({"--role", "nurse", "--on", "2026-11-30"}).exit_code, 0);
  EXPECT_EQ(world.Present({"--role", "nurse", "--on", "2026-12-01"}).exit_code, 1);
  const OfflineWorld withdrawn(
      {rules[0], rules[1], Withdrawn(IdentityProfile("nurse", 2, 1, "2026-12-01"), kNow - kMinute)});
  EXPECT_EQ(withdrawn.Present({"--role", "nurse", "--on", "2026-12-01"}).exit_code, 0);
}

TEST(PresentationCommand, ARoleThatIsNotInForceIsNoQuestion) {
  const OfflineWorld world({SmallTaxonomy(), IdentityProfile("later", 1, 60, "2027-01-01"),
                            Withdrawn(IdentityProfile("gone", 1, 60), kNow - kMinute)});
  for (const char* role : {"unknown", "later", "gone", "../registry", ""}) {
    const Ending outcome = world.Present({"--role", role});
    EXPECT_EQ(outcome.exit_code, 64) << role;
    EXPECT_TRUE(outcome.output.empty()) << role;
    EXPECT_FALSE(outcome.errors.empty()) << role;
  }
}

// A stick with a file missing must not bring an older rule back.
TEST(PresentationCommand, ATreeThatIsNotWholeCannotTell) {
  const auto second = [](File file) {
    return OfflineWorld({SmallTaxonomy(), IdentityProfile("nurse", 1, 600), With(IdentityProfile("nurse", 2, 1), file)})
        .Present({"--role", "nurse", "--json"});
  };
  EXPECT_EQ(second(File::kWhole).exit_code, 1);
  for (const File file : {File::kMissing, File::kAltered, File::kOlderInItsPlace}) {
    const Ending outcome = second(file);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.output;
    EXPECT_TRUE(PresentationSays(outcome.output, R"("reason":"registry")")) << outcome.output;
    EXPECT_TRUE(PresentationSays(outcome.output, "profiles/nurse/2.jwt")) << outcome.output;
    EXPECT_FALSE(PresentationSays(outcome.output, kOlder));
  }
  // Another role is not touched by it; without a taxonomy there is no answer at all.
  const OfflineWorld other(
      {SmallTaxonomy(), IdentityProfile("nurse", 1, 600), With(IdentityProfile("porter", 1, 600), File::kMissing)});
  EXPECT_EQ(other.Present({"--role", "nurse"}).exit_code, 0);
  EXPECT_TRUE(PresentationSays(other.Present({"--role", "nurse"}).output, "Left out: profiles/porter/1.jwt"));
  const OfflineWorld no_taxonomy({With(SmallTaxonomy(), File::kMissing), IdentityProfile("nurse", 1, 600)});
  EXPECT_EQ(no_taxonomy.Present({"--role", "nurse"}).exit_code, 2);
  EXPECT_EQ(no_taxonomy.Present({}).exit_code, 0);
  const OfflineWorld withdrawn(
      {Withdrawn(With(SmallTaxonomy(), File::kMissing), kNow - kMinute), IdentityProfile("nurse", 1, 600)});
  EXPECT_EQ(withdrawn.Present({"--role", "nurse"}).exit_code, 0);
}

TEST(PresentationCommand, ALocalProfileNeedsItsBase) {
  PublishedRule local{.kind = DocumentKind::kRoleProfile,
                      .id = "nurse-local",
                      .version = 1,
                      .text = R"({"id":"nurse-local","version":1,"title":"Local","effective_from":"2026-01-01",)"
                              R"("expiring_within_days":30,"organisation":"ons:E06000032",)"
                              R"("extends":{"profile":"nurse"},"requirements":[{"id":"fire","needs":"fire safety",)"
                              R"("any_of":[{"kind":"mandatory_training"}]}]})"};
  EXPECT_EQ(OfflineWorld({SmallTaxonomy(), IdentityProfile("nurse", 1, 600), local})
                .Present({"--role", "nurse-local"})
                .exit_code,
            0);
  EXPECT_EQ(OfflineWorld({SmallTaxonomy(), IdentityProfile("nurse", 1, 1), local})
                .Present({"--role", "nurse-local"})
                .exit_code,
            1);
  EXPECT_EQ(OfflineWorld({SmallTaxonomy(), With(IdentityProfile("nurse", 1, 600), File::kMissing), local})
                .Present({"--role", "nurse-local"})
                .exit_code,
            2);
}

TEST(PresentationCommand, RefusesAQuestionThatIsNone) {
  const OfflineWorld world(GoodRules());
  const std::vector<std::string> questions[] = {
      {"--on", "2026-11-22"},
      {"--from", "2026-11-22T20:00:00Z"},
      {"--place", "ods:RC9"},
      {"--receiver", "ods:RC9"},
      {"--engagement", "placement"},
      {"--role", "nurse", "--on", "31 June"},
      {"--role", "nurse", "--on", "2026-06-31"},
      {"--role", "nurse", "--from", "2026-11-22T20:00:00Z"},
      {"--role", "nurse", "--to", "2026-11-22T20:00:00Z"},
      {"--role", "nurse", "--from", "tomorrow", "--to", "2026-11-22T20:00:00Z"},
      {"--role", "nurse", "--from", "2026-11-22T20:00:00Z", "--to", "2026-11-22T20:00:00Z"},
      {"--role", "nurse", "--from", "2026-11-22T20:00:00Z", "--to", "2026-11-21T20:00:00Z"},
      {"--role", "nurse", "--from", "2026-11-22T20:00:00Z", "--to", "2027-11-22T20:00:00Z"},
      {"--role", "nurse", "--on", "2026-11-22", "--from", "2026-11-22T20:00:00Z", "--to", "2026-11-23T08:00:00Z"},
      {"--role", "nurse", "--place", "Ward 7"},
      {"--role", "nurse", "--receiver", "council"},
      {"--role", "nurse", "--engagement", "loan"},
  };
  for (const std::vector<std::string>& question : questions) {
    const Ending outcome = world.Present(question);
    EXPECT_EQ(outcome.exit_code, 64) << question.back();
    EXPECT_TRUE(outcome.output.empty());
    EXPECT_TRUE(outcome.errors.starts_with("passport-verify: ")) << outcome.errors;
  }
}

// Every member by its path: "decision.lines[].who".
void CollectPaths(const json::Value& value, const std::string& path, std::set<std::string>& paths) {
  if (path == ".records[].facts") return;  // those of the records at hand
  for (const json::Value& child : value) {
    const std::string name = value.is_object() ? path + "." + std::string(child.name()) : path + "[]";
    paths.insert(name);
    CollectPaths(child, name, paths);
  }
}

std::set<std::string> PathsOf(const std::string& text) {
  json::Tree tree;
  const Result<json::Value*> value = tree.Parse(text, json::kTokenLimits);
  EXPECT_TRUE(value.ok()) << text;
  std::set<std::string> paths;
  if (value.ok()) CollectPaths(**value, "", paths);
  return paths;
}

TEST(PresentationCommand, ItsPageShowsTheMembersThereAre) {
  std::ifstream file("docs/formats/presentation-result.md");
  std::ostringstream page;
  page << file.rdbuf();
  const std::string text = page.str();
  const std::size_t start = text.find("```json\n") + 8;
  ASSERT_NE(start, std::string::npos + 8);
  const std::set<std::string> shown = PathsOf(text.substr(start, text.find("```", start) - start));
  // Met, but the check is too old from 3 December on: every member is there.
  const OfflineWorld world({SmallTaxonomy(), IdentityProfile("nurse", 1, 23)});
  const Ending there = world.Present({"--role", "nurse", "--json"});
  EXPECT_EQ(there.exit_code, 0);
  EXPECT_EQ(shown, PathsOf(there.output)) << there.output;
}

}  // namespace
}  // namespace passport
