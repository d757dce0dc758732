// Decide() against its slow twin, and what must hold of every decision, on random courses, profiles, records and
// duties. The seed is fixed.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "credential/sdjwt/present.h"
#include "tests/credential/decision/random_rules.h"

namespace passport::suites {
namespace {

constexpr int kPeople = 500;
constexpr int kRolesEach = 25;

// Passports by chance, out of a pool that is signed once: signing is what takes the time.
class Region {
 public:
  explicit Region(std::uint64_t seed, bool past_only = false) : dice(seed) {
    for (int i = 0; i < 900; ++i) {
      Shown shown = RandomShown(dice);
      if (past_only) BringIntoThePast(shown);
      pool_.push_back(roster_.Sign(shown));
    }
    for (int i = 0; i < 12; ++i) courses_.push_back(MakeCourses(dice));
  }
  std::vector<std::string> Texts(int most = 8) {
    std::vector<std::string> texts;
    for (int i = dice.Below(most + 1); i > 0; --i) {
      const std::string& text = dice.Of(pool_);
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
    return texts;
  }
  const std::string& Another(const std::vector<std::string>& texts) {
    for (;;) {
      const std::string& text = dice.Of(pool_);
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) return text;
    }
  }
  HeldRecords Passport(const std::vector<std::string>& texts, Instant at = kNow) { return roster_.Passport(texts, at); }
  Result<HeldRecords> TryPassport(const std::vector<std::string>& texts, Instant at) {
    return roster_.TryPassport(texts, at);
  }
  const RandomCourses& Courses() { return dice.Of(courses_); }

  Dice dice;

 private:
  // What is still to come would come to count one day: a record of the past can only run out.
  static void BringIntoThePast(Shown& shown) {
    for (auto& [field, value] : shown.changes) {
      const bool begins = field == "achieved_on" || field == "register_checked_on" || field == "starts_on";
      if (begins && value > "2026-11-20") value = "2026-11-20";
    }
  }
  Roster roster_;
  std::vector<std::string> pool_;
  std::vector<RandomCourses> courses_;
};

std::vector<std::string> Ids(const DecisionLine& line) {
  std::vector<std::string> ids;
  for (const CredentialId& id : line.relied_on) ids.push_back(id.text());
  return ids;
}

TEST_F(DecisionTwin, AgreesOnThousandsOfRandomRolesInAnyOrderOfRecords) {
  Region region(20'261'121);
  Dice& dice = region.dice;
  const reference::DayNumbers days;
  std::array<int, 4> outcomes{};
  std::map<std::string, int> reasons;
  for (int person = 0; person < kPeople; ++person) {
    const Instant at = dice.OneIn(8) ? kNow + (dice.OneIn(2) ? Seconds{1200} : Seconds{2 * 86'400}) : kNow;
    const HeldRecords records = region.Passport(region.Texts(), at);
    std::vector<reference::ClerkRecord> for_clerk = ForTheClerk(records);
    for (int i = 0; i < kRolesEach; ++i) {
      const RandomRole role = MakeRole(dice);
      const RandomCourses& courses = region.Courses();
      const Duty duty = RandomDuty(dice);
      const Result<passport::Decision> decision = Decide(role.profile, courses.taxonomies, records, duty);
      ASSERT_TRUE(decision.ok());
      // The clerk takes the records in another order: it must not matter.
      std::shuffle(for_clerk.begin(), for_clerk.end(), std::mt19937_64(static_cast<std::uint64_t>(dice.Below(1000))));
      const reference::ClerkDuty clerk_duty = ForTheClerk(duty);
      const reference::Clerk clerk(days, courses.clerk, role.clerk, for_clerk, clerk_duty, role.horizon,
                                   records.registry_standing() == Reason::kNone ? "" : "registry_stale");
      std::size_t at_line = 0;
      int worst = 0;
      for (const reference::ClerkRequirement& requirement : role.clerk) {
        if (!clerk.Asks(requirement.when)) continue;
        ASSERT_LT(at_line, decision->lines.size());
        const DecisionLine& line = decision->lines[at_line++];
        const reference::ClerkLine expected = clerk.Decide(requirement.need);
        const bool met = expected.outcome <= reference::ClerkLine::kExpiring;
        const int through = met ? expected.through : reference::ClerkLine::kNever;
        ASSERT_EQ(line.requirement, requirement.id);
        ASSERT_EQ(static_cast<int>(line.outcome), expected.outcome) << role.text;
        ASSERT_EQ(WordOf(line.reason), met ? "none" : expected.reason) << role.text;
        ASSERT_EQ(Ids(line), expected.relied_on) << role.text;
        ASSERT_EQ(line.holds_through ? days.Of(line.holds_through->Text()) : reference::ClerkLine::kNever, through)
            << role.text;
        worst = std::max(worst, expected.outcome);
        ++outcomes[static_cast<std::size_t>(line.outcome)];
        ++reasons[std::string(WordOf(line.reason))];
        ++cases;
      }
      ASSERT_EQ(at_line, decision->lines.size());
      ASSERT_EQ(static_cast<int>(decision->outcome), worst);
    }
  }
  for (const int count : outcomes) EXPECT_GT(count, 100) << "every outcome was met";
  for (const char* reason : {"none",
                             "record_missing",
                             "too_old",
                             "level_too_low",
                             "assurance_too_low",
                             "restricted",
                             "recheck_due",
                             "ends_too_soon",
                             "not_yet_in_force",
                             "not_covered",
                             "issuer_not_accepted",
                             "own_check_needed",
                             "holder_mismatch",
                             "part_missing",
                             "word_unknown",
                             "excluded",
                             "claims",
                             "revoked",
                             "suspended",
                             "status",
                             "status_stale",
                             "registry_stale"}) {
    EXPECT_GT(reasons[reason], 5) << reason;
  }
}

TEST_F(DecisionTwin, GivesTheSameAnswerInAnyOrderOfRecords) {
  Region region(1);
  for (int person = 0; person < 150; ++person) {
    std::vector<std::string> texts = region.Texts();
    const HeldRecords once = region.Passport(texts);
    std::shuffle(texts.begin(), texts.end(), std::mt19937_64(static_cast<std::uint64_t>(person)));
    const HeldRecords again = region.Passport(texts);
    for (int i = 0; i < kRolesEach; ++i) {
      const RandomRole role = MakeRole(region.dice);
      const RandomCourses& courses = region.Courses();
      const Duty duty = RandomDuty(region.dice);
      const Result<passport::Decision> a = Decide(role.profile, courses.taxonomies, once, duty);
      const Result<passport::Decision> b = Decide(role.profile, courses.taxonomies, again, duty);
      ASSERT_EQ(a->lines.size(), b->lines.size());
      for (std::size_t line = 0; line < a->lines.size(); ++line) {
        ASSERT_EQ(a->lines[line].outcome, b->lines[line].outcome) << role.text;
        ASSERT_EQ(a->lines[line].reason, b->lines[line].reason) << role.text;
        ASSERT_EQ(a->lines[line].relied_on, b->lines[line].relied_on) << role.text;
        ASSERT_EQ(a->lines[line].holds_through, b->lines[line].holds_through) << role.text;
        ++cases;
      }
    }
  }
}

TEST_F(DecisionTwin, NeverGetsWorseByOneMoreRecordUnlessThereIsANotIf) {
  Region region(2);
  int better = 0;
  for (int person = 0; person < 250; ++person) {
    std::vector<std::string> texts = region.Texts();
    const HeldRecords fewer = region.Passport(texts);
    texts.push_back(region.Another(texts));
    const HeldRecords more = region.Passport(texts);
    for (int i = 0; i < kRolesEach; ++i) {
      const RandomRole role = MakeRole(region.dice);
      if (role.has_not_if) continue;
      const RandomCourses& courses = region.Courses();
      const Duty duty = RandomDuty(region.dice);
      const Result<passport::Decision> before = Decide(role.profile, courses.taxonomies, fewer, duty);
      const Result<passport::Decision> after = Decide(role.profile, courses.taxonomies, more, duty);
      for (std::size_t line = 0; line < before->lines.size(); ++line) {
        ASSERT_LE(after->lines[line].outcome, before->lines[line].outcome) << role.text;
        if (after->lines[line].outcome < before->lines[line].outcome) ++better;
        ++cases;
      }
    }
  }
  EXPECT_GT(better, 50) << "some records did help";
}

TEST_F(DecisionTwin, NeverTurnsExpiredIntoValidOnALaterDay) {
  Region region(3, true);
  int worse = 0;
  for (int person = 0; person < 250; ++person) {
    const HeldRecords records = region.Passport(region.Texts());
    for (int i = 0; i < kRolesEach; ++i) {
      const RandomRole role = MakeRole(region.dice);
      const RandomCourses& courses = region.Courses();
      Outcome last = Outcome::kMet;
      CivilDay day = DayOf("2026-11-20");
      for (int step = 0; step < 5; ++step) {
        day = day.PlusDays(region.dice.Below(40));
        const Result<passport::Decision> decision =
            Decide(role.profile, courses.taxonomies, records, Duty::OnDay(Council(), day));
        ASSERT_GE(decision->outcome, last) << role.text << day.Text();
        if (step > 0 && decision->outcome > last) ++worse;
        last = decision->outcome;
        ++cases;
      }
    }
  }
  EXPECT_GT(worse, 20) << "some did run out";
}

TEST_F(DecisionTwin, NeverTurnsANoIntoAYesAtALaterInstantOnTheSameSnapshot) {
  Region region(4);
  const std::array<Seconds, 4> ages = {Seconds{0}, Seconds{800}, Seconds{1200}, Seconds{2 * 86'400}};
  for (int person = 0; person < 150; ++person) {
    const std::vector<std::string> texts = region.Texts();
    std::vector<HeldRecords> over_time;
    for (const Seconds age : ages) {
      Result<HeldRecords> held = region.TryPassport(texts, kNow + age);
      if (held.ok()) over_time.push_back(std::move(held).value());
    }
    for (int i = 0; i < kRolesEach; ++i) {
      const RandomRole role = MakeRole(region.dice);
      const RandomCourses& courses = region.Courses();
      const Duty duty = RandomDuty(region.dice);
      bool was_met = true;
      for (const HeldRecords& records : over_time) {
        const bool met = Decide(role.profile, courses.taxonomies, records, duty)->outcome <= Outcome::kMetExpiring;
        ASSERT_TRUE(was_met || !met) << role.text;
        was_met = met;
        ++cases;
      }
    }
  }
}

// The records a passport would show for a role, cut down to the facts it would show.
std::vector<std::string> Chosen(const std::vector<std::string>& texts, const HeldRecords& records,
                                const std::vector<Showable>& showables) {
  std::vector<std::string> chosen;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto showable = std::find_if(showables.begin(), showables.end(), [&](const Showable& each) {
      return each.credential == records.records()[i].credential;
    });
    if (showable == showables.end()) continue;
    json::Tree tree;
    const Result<std::vector<HeldDisclosure>> disclosures = ListDisclosures(texts[i], kSdJwtLimits, tree);
    std::vector<std::size_t> positions;
    for (std::size_t at = 0; at < disclosures->size(); ++at) {
      const std::string fact = (*disclosures)[at].path.substr(1);
      if (std::find(showable->facts.begin(), showable->facts.end(), fact) != showable->facts.end())
        positions.push_back(at);
    }
    chosen.push_back(*PresentSdJwt(texts[i], *disclosures, positions));
  }
  return chosen;
}

TEST_F(DecisionTwin, ChoosesWhatFaresAsWellAsEverythingTogether) {
  Region region(5);
  std::size_t shown = 0;
  std::size_t held_back = 0;
  for (int person = 0; person < 150; ++person) {
    const std::vector<std::string> texts = region.Texts();
    const HeldRecords records = region.Passport(texts);
    std::vector<HeldRecord> held;
    for (const PresentedRecord& each : records.records()) {
      held.push_back({.credential = each.credential,
                      .record = &each.record,
                      .issuer = each.issuer,
                      .issuer_type = each.issuer_type,
                      .expires_at = each.expires_at,
                      .standing = each.standing});
    }
    for (int i = 0; i < 12; ++i) {
      const RandomRole role = MakeRole(region.dice);
      const RandomCourses& courses = region.Courses();
      const Duty duty = RandomDuty(region.dice);
      const std::vector<std::string> chosen =
          Chosen(texts, records, ChooseFor(role.profile, courses.taxonomies, held, duty));
      const Result<passport::Decision> all = Decide(role.profile, courses.taxonomies, records, duty);
      const Result<passport::Decision> some = Decide(role.profile, courses.taxonomies, region.Passport(chosen), duty);
      for (std::size_t line = 0; line < all->lines.size(); ++line) {
        ASSERT_EQ(some->lines[line].outcome, all->lines[line].outcome) << role.text;
        ++cases;
      }
      shown += chosen.size();
      held_back += texts.size() - chosen.size();
    }
  }
  EXPECT_GT(shown, 300U);
  EXPECT_GT(held_back, 500U);
}

}  // namespace
}  // namespace passport::suites
