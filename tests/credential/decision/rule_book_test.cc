// Which version is in force on which day, and what happens when one is withdrawn.
#include "credential/decision/rule_book.h"

#include <gtest/gtest.h>

#include "tests/credential/decision/profile_suite.h"

namespace passport::suites {
namespace {

using Versions = std::vector<ProfileVersion>;

constexpr Instant kWithdrawal{1'790'000'000};  // 21 September 2026
constexpr Instant kBefore{kWithdrawal.seconds - 1};

// A profile of one requirement whose words name id and version.
ProfileVersion Version(std::string_view id, int version, std::string_view from,
                       std::optional<Instant> withdrawn_at = {}, std::string_view extends = "",
                       std::string_view condition = "", std::string_view organisation = "ons:E06000032") {
  std::string text = R"({"id":")" + std::string(id) + R"(","version":)" + std::to_string(version) +
                     R"(,"title":"Test","effective_from":")" + std::string(from) + R"(","expiring_within_days":30,)";
  if (!extends.empty())
    text += R"("organisation":")" + std::string(organisation) + R"(","extends":{"profile":")" + std::string(extends) +
            R"("},)";
  text += R"("requirements":[{"id":"it","needs":")" + std::string(id) + " " + std::to_string(version) +
          R"(","any_of":[{"kind":"employment","conditions":[)" + std::string(condition) + "]}]}]}";
  if (condition.empty()) text.replace(text.find(R"(,"conditions":[])"), 16, "");
  Result<RoleProfile> profile = RoleProfile::Parse(text);
  EXPECT_TRUE(profile.ok()) << SaidOf(profile);
  return {.profile = std::move(profile).value(), .withdrawn_at = withdrawn_at};
}

std::string Made(Versions versions) { return SaidOf(RuleBook::Make(TestTaxonomies(), std::move(versions))); }

std::shared_ptr<const RuleBook> Book(Versions versions) {
  return *RuleBook::Make(TestTaxonomies(), std::move(versions));
}

// "nurse 2", or the word of why not.
std::string InForce(const RuleBook& book, std::string_view id, std::string_view day, Instant now = kNow) {
  const Result<const RoleProfile*> profile = book.InForce(id, DayOf(day), now);
  return profile.ok() ? (*profile)->requirements().front().needs : std::string(WordOf(profile.fault().reason));
}

struct BookRow {
  std::string_view what;
  std::string_view id;
  std::string_view day;
  std::string_view said;
  Instant now = kNow;
};

void CheckBook(const RuleBook& book, const std::vector<BookRow>& rows) {
  for (const BookRow& row : rows) {
    EXPECT_EQ(InForce(book, row.id, row.day, row.now), row.said) << row.what;
    ++Profile::cases;
  }
}

TEST_F(Profile, IsInForceFromItsDayUntilTheNextVersion) {
  const auto book = Book({Version("nurse", 3, "2027-01-01"), Version("nurse", 1, "2026-01-01"),
                          Version("nurse", 2, "2026-06-01"), Version("doctor", 1, "2026-01-01")});
  EXPECT_EQ(book->ProfileIds(), (std::vector<std::string>{"doctor", "nurse"}));
  CheckBook(*book, {
                       {"before the first", "nurse", "2025-12-31", "not_yet_in_force"},
                       {"the first day", "nurse", "2026-01-01", "nurse 1"},
                       {"the last day of the first", "nurse", "2026-05-31", "nurse 1"},
                       {"the second", "nurse", "2026-06-01", "nurse 2"},
                       {"the last day of the second", "nurse", "2026-12-31", "nurse 2"},
                       {"the third", "nurse", "2027-01-01", "nurse 3"},
                       {"another", "doctor", "2027-01-01", "doctor 1"},
                       {"none of that id", "porter", "2027-01-01", "not_found"},
                   });
}

TEST_F(Profile, FallsBackToTheVersionBeforeOneThatWasWithdrawn) {
  const auto book = Book({Version("nurse", 1, "2026-01-01"), Version("nurse", 2, "2026-06-01", kWithdrawal),
                          Version("porter", 1, "2026-01-01", kWithdrawal)});
  CheckBook(*book, {
                       {"a second before", "nurse", "2026-11-21", "nurse 2", kBefore},
                       {"at the second", "nurse", "2026-11-21", "nurse 1", kWithdrawal},
                       {"long after", "nurse", "2026-11-21", "nurse 1"},
                       {"known before, asked about a later day", "nurse", "2027-11-21", "nurse 2", kBefore},
                       {"the only one, before", "porter", "2026-11-21", "porter 1", kBefore},
                       {"the only one, after", "porter", "2026-11-21", "withdrawn"},
                       {"a day before the only one", "porter", "2025-11-21", "not_yet_in_force"},
                   });
}

// A roster that is being checked keeps the book it took: a version withdrawn meanwhile changes the next call.
TEST_F(Profile, StaysAsItWasInTheBookThatACallTook) {
  const auto before = Book({Version("nurse", 1, "2026-01-01"), Version("nurse", 2, "2026-06-01")});
  const Result<const RoleProfile*> taken = before->InForce("nurse", DayOf("2026-11-21"), kNow);
  const auto after = Book({Version("nurse", 1, "2026-01-01"), Version("nurse", 2, "2026-06-01", kWithdrawal)});
  EXPECT_EQ((*taken)->version(), 2);
  EXPECT_EQ(InForce(*before, "nurse", "2026-11-21"), "nurse 2");
  EXPECT_EQ(InForce(*after, "nurse", "2026-11-21"), "nurse 1");
  EXPECT_NE(before->id(), after->id());
  cases += 3;
}

TEST_F(Profile, LiesLocallyOnTheBaseInForceThatDay) {
  const auto book = Book({Version("nurse", 1, "2026-01-01"), Version("nurse", 2, "2026-06-01"),
                          Version("nurse", 3, "2026-09-01", kWithdrawal), Version("ours", 1, "2026-03-01", {}, "nurse"),
                          Version("ours", 2, "2026-08-01", {}, "nurse")});
  CheckBook(*book, {
                       {"before the local one", "ours", "2026-02-28", "not_yet_in_force"},
                       {"first on first", "ours", "2026-03-01", "nurse 1; and ours 1"},
                       {"first on second", "ours", "2026-06-01", "nurse 2; and ours 1"},
                       {"second on second", "ours", "2026-08-01", "nurse 2; and ours 2"},
                       {"second on third, known before it was withdrawn", "ours", "2026-10-01", "nurse 3; and ours 2",
                        kBefore},
                       {"second on second again", "ours", "2026-10-01", "nurse 2; and ours 2"},
                   });
}

TEST_F(Profile, IsInForceLocallyOnlyWithItsBase) {
  const auto book =
      Book({Version("nurse", 1, "2026-06-01", kWithdrawal), Version("ours", 1, "2026-01-01", {}, "nurse")});
  CheckBook(*book, {
                       {"before the base", "ours", "2026-03-01", "not_yet_in_force"},
                       {"base withdrawn", "ours", "2026-11-21", "withdrawn"},
                       {"known before that", "ours", "2026-11-21", "nurse 1; and ours 1", kBefore},
                   });
}

// A base that changes under a local profile stops that one alone, and says so.
TEST_F(Profile, SaysWhenItNoLongerFitsOnItsBase) {
  const auto base = [](int version, std::string_view from, std::string_view home) {
    return ProfileVersion{
        .profile = *RoleProfile::Parse(R"({"id":"nurse","version":)" + std::to_string(version) +
                                       R"(,"title":"T","effective_from":")" + std::string(from) +
                                       R"(","expiring_within_days":30,"requirements":[{"id":")" + std::string(home) +
                                       R"(","needs":"nurse","any_of":[{"kind":"employment"}]}]})"),
        .withdrawn_at = {}};
  };
  const auto book = Book({base(1, "2026-01-01", "home"), base(2, "2026-06-01", "house"),
                          Version("ours", 1, "2026-01-01", {}, "nurse", R"({"same_issuer_as":"home"})")});
  CheckBook(*book, {
                       {"while it fits", "ours", "2026-03-01", "nurse"},
                       {"when it does not", "ours", "2026-06-01", "field_invalid"},
                       {"the base is unharmed", "nurse", "2026-06-01", "nurse"},
                   });
}

TEST_F(Profile, RefusesBooksThatContradictThemselves) {
  struct Refused {
    std::string_view what;
    Versions versions;
    std::string_view said;
  };
  for (Refused& row : std::vector<Refused>{
           {"a version twice",
            {Version("nurse", 1, "2026-01-01"), Version("nurse", 1, "2026-06-01")},
            "field_invalid: rule book, role profile nurse: a version comes twice"},
           {"a base that is not there",
            {Version("ours", 1, "2026-01-01", {}, "nurse")},
            "field_invalid: rule book, role profile ours: it extends a profile that is not there"},
           {"a base that is local itself",
            {Version("nurse", 1, "2026-01-01"), Version("ours", 1, "2026-01-01", {}, "nurse"),
             Version("theirs", 1, "2026-01-01", {}, "ours")},
            "field_invalid: rule book, role profile theirs: it extends a profile that is local itself"},
           {"a region's id taken by an employer",
            {Version("nurse", 1, "2026-01-01"), Version("doctor", 1, "2026-01-01"),
             Version("nurse", 2, "2026-01-01", {}, "doctor")},
            "field_invalid: rule book, role profile nurse: its versions are of different organisations"},
           {"one employer's id taken by another",
            {Version("nurse", 1, "2026-01-01"), Version("ours", 1, "2026-01-01", {}, "nurse"),
             Version("ours", 2, "2026-01-01", {}, "nurse", "", "ods:RC9")},
            "field_invalid: rule book, role profile ours: its versions are of different organisations"},
           {"a local one that fits nowhere",
            {Version("nurse", 1, "2026-01-01"),
             Version("ours", 1, "2026-01-01", {}, "nurse", R"({"same_issuer_as":"nothing"})")},
            "field_invalid: rule book, role profile ours: it lies on no version of the profile that it extends"},
       }) {
    EXPECT_EQ(Made(std::move(row.versions)), row.said) << row.what;
    ++cases;
  }
}

TEST_F(Profile, HasOneBookIdForWhateverSaysTheSame) {
  const auto one = Version("nurse", 1, "2026-01-01");
  const auto two = Version("nurse", 2, "2026-06-01");
  EXPECT_EQ(Book({one, two})->id(), Book({two, one})->id());
  EXPECT_NE(Book({one, two})->id(), Book({one})->id());
  EXPECT_NE((*RuleBook::Make(ShippedTaxonomies(), {one}))->id(), Book({one})->id());
  cases += 3;
}

}  // namespace
}  // namespace passport::suites
