// Organisations and keys that are compromised: what still counts, how they come back, what is signed again.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "credential/encoding/base64url.h"
#include "tests/service/acts/march_world.h"

namespace passport {
namespace {

TEST(Succession, OfOneThatIsCompromisedLeavesNothing) {
  MarchWorld world;
  world.clock.now = At("2026-03-20T09:00");
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kCompromised, At("2026-03-10T00:00"))}), "ok");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  EXPECT_EQ(WordsOf(world.Seen(*world.training)), "not_found") << "the passport shows it no more";
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.trust, EntryState::kActive)}), "state_conflict")
      << "its old keys are still in use";
  world.LoseIssueKey(world.trust);
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.trust, EntryState::kActive)}), "state_conflict")
      << "and its status key";
}

TEST(Succession, OfOneThatComesBackFromACompromiseSignsEverythingAgain) {
  MarchWorld world;
  world.clock.now = At("2026-03-20T09:00");
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kCompromised, At("2026-03-10T00:00"))}), "ok");
  std::size_t told = 0;
  const ListAffected::Sink sink{.person = [](const AffectedPerson&) { return Result<void>(); },
                                .organisation =
                                    [&](const AffectedOrganisation& sum) {
                                      told = sum.credentials;
                                      return Result<void>();
                                    }};
  ASSERT_TRUE(world.Listing()({world.registrar, {}}, sink).ok());
  EXPECT_EQ(told, 2U) << "also what is older than the compromise: nothing shows that it is";
  world.clock.now = At("2026-03-21T09:00");
  world.LoseKeys(world.trust, KeyRole::kIssue);
  world.LoseKeys(world.trust, KeyRole::kStatus);
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kActive)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  world.PublishNow();
  EXPECT_EQ(WordsOf(world.Seen(*world.training)), "not_found") << "the past does not come back";

  const auto report = world.Reissuing()(world.trust, [](const auto&) { return Result<void>(); });
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_EQ(report->reissued, 2U);
  const Page<CredentialRow> rows = *world.store.CredentialsOf(world.trust.organisation, "", 100);
  std::size_t good = 0;
  for (const CredentialRow& row : rows.rows) {
    if (row.state == CredentialState::kRevoked) continue;
    const auto seen = world.Seen(row.id);
    if (!seen.ok()) continue;  // of the other person
    EXPECT_EQ(seen->presentation.records().front().standing, Standing::kGood);
    ++good;
  }
  EXPECT_EQ(good, 1U);
  EXPECT_EQ(world.Issue(world.trust, "1001"), "ok");
  EXPECT_EQ(world.House(), "clean");
}

// Readers of the other school know keys alone: neither states nor times.
TEST(Succession, ShowsInTheFilesForOutsideVerifiersNoKeyThatMayBeInWrongHands) {
  MarchWorld world;
  world.clock.now = At("2026-03-20T09:00");
  const auto keys = [&] {
    std::vector<std::string> kids;
    world.PublishNow();
    for (const char* const path : {".well-known/jwt-vc-issuer/issuers/ods-RC9", "keys/ods-RC9.jwt"}) {
      std::string text = world.files.files.at(path);
      if (text.front() != '{') {
        std::string payload;
        const std::string_view body = std::string_view(text).substr(text.find('.') + 1);
        EXPECT_TRUE(DecodeBase64Url(body.substr(0, body.find('.')), payload).ok());
        text = payload;
      }
      for (const KeyInfo& key : world.keys->List()) {
        if (text.find(key.kid) != std::string::npos) kids.push_back(key.kid);
      }
    }
    return kids.size();
  };
  EXPECT_EQ(keys(), 3U) << "the issue key in both, the status key in one";
  world.LoseIssueKey(world.trust);
  EXPECT_EQ(keys(), 3U) << "the new one in place of the lost one";
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kSuspended)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(keys(), 0U);
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kActive)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(keys(), 3U);
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kCompromised, world.clock.now)}), "ok");
  EXPECT_EQ(keys(), 0U);
}

// Whoever had its keys on the tenth had those that were made on the fifteenth, too: nobody knew before the twentieth.
TEST(Succession, BackFromACompromiseIsWithKeysMadeAfterItWasOnRecord) {
  MarchWorld world;
  std::vector<std::string> in_between;
  const auto change_keys = [&](std::vector<std::string>* made) {
    const auto before = world.keys->List();
    for (const KeyInfo& key : before) {
      const bool signs = key.role == KeyRole::kIssue || key.role == KeyRole::kStatus;
      if (key.owner != KeyOwner(world.trust.organisation) || !signs || key.state != KeyState::kActive) continue;
      const auto kid = world.keys->Generate(key.owner, key.role, KeyState::kStaged, world.clock.now);
      ASSERT_TRUE(kid.ok() && world.keys->ChangeState(*kid, KeyState::kActive, world.clock.now).ok());
      ASSERT_TRUE(world.keys->ChangeState(key.kid, KeyState::kRetired, world.clock.now).ok());
      if (made != nullptr) made->push_back(*kid);
    }
  };
  const auto give_up = [&](bool those_in_between) {
    const auto all = world.keys->List();
    for (const KeyInfo& key : all) {
      const bool between = std::find(in_between.begin(), in_between.end(), key.kid) != in_between.end();
      if (key.owner != KeyOwner(world.trust.organisation) || key.state != KeyState::kRetired) continue;
      if (between != those_in_between) continue;
      ASSERT_TRUE(world.keys->ChangeState(key.kid, KeyState::kCompromised, At("2026-03-10T00:00")).ok());
    }
  };
  const auto back = [&] { return world.Propose(world.registrar, {Stands(world.trust, EntryState::kActive)}); };
  world.clock.now = At("2026-03-15T09:00");
  change_keys(&in_between);
  world.clock.now = At("2026-03-20T09:00");
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kCompromised, At("2026-03-10T00:00"))}), "ok");
  world.clock.now = At("2026-03-21T09:00");
  change_keys(nullptr);
  give_up(false);
  EXPECT_EQ(back(), "state_conflict") << "those of the fifteenth do not sign, and what they signed would count again";
  give_up(true);
  EXPECT_EQ(back(), "ok");
}

// What was signed with a key that was lost.
TEST(Succession, OfALostKeyIsSignedAgainForTheSamePeopleInOneCall) {
  MarchWorld world;
  world.clock.now = At("2026-03-20T09:00");
  const CredentialRow before = **world.store.FindCredential(world.trust.organisation, *world.training);
  world.LoseIssueKey(world.trust);
  std::vector<std::string> told;
  const ListAffected::Sink sink{
      .person =
          [&](const AffectedPerson& person) {
            told.push_back(person.organisation.text() + " " + std::to_string(person.credentials.size()));
            return Result<void>();
          },
      .organisation =
          [&](const AffectedOrganisation& sum) {
            told.push_back(sum.organisation.text() + ": " + std::to_string(sum.credentials) + " of " +
                           std::to_string(sum.people) + " people, " + std::to_string(sum.keys) + " keys");
            return Result<void>();
          }};
  ASSERT_TRUE(world.Listing()({world.registrar, {}}, sink).ok());
  EXPECT_EQ(told, (std::vector<std::string>{"ods:RC9 1", "ods:RC9 1", "ods:RC9: 2 of 2 people, 1 keys"}));
  EXPECT_EQ(WordsOf(world.Listing()({world.council, world.trust.organisation}, sink)), "not_found");

  const auto report = world.Reissuing()(world.trust, [](const auto&) { return Result<void>(); });
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_EQ(report->reissued, 2U);
  EXPECT_TRUE(report->left.empty());
  const Page<CredentialRow> rows = *world.store.CredentialsOf(world.trust.organisation, "", 100);
  ASSERT_EQ(rows.rows.size(), 4U);
  for (const CredentialRow& row : rows.rows) {
    if (row.person != before.person) continue;
    EXPECT_EQ(row.kid == before.kid, row.state == CredentialState::kRevoked) << "old ones are dead, new ones live";
    EXPECT_EQ(row.expires_at, before.expires_at);
    if (row.state == CredentialState::kRevoked) continue;
    const auto seen = world.Seen(row.id);
    ASSERT_TRUE(seen.ok()) << seen.fault().detail;
    EXPECT_EQ(seen->presentation.records().front().standing, Standing::kGood);
    EXPECT_EQ(seen->presentation.records().front().record.Find("achieved_on"), "2026-03-01");
  }
  told.clear();
  ASSERT_TRUE(world.Listing()({world.registrar, {}}, sink).ok());
  EXPECT_EQ(told, (std::vector<std::string>{"ods:RC9: 0 of 0 people, 1 keys"}));
  const auto again = world.Reissuing()(world.trust, [](const auto&) { return Result<void>(); });
  EXPECT_EQ(again->reissued, 0U) << "done is done";
  EXPECT_EQ(world.House(), "clean");
}

TEST(Succession, OfALostKeyGoesOnWhereItWasInterrupted) {
  using Failure = MemoryStore::Failure;
  for (const Failure::When when : {Failure::When::kBefore, Failure::When::kAfter}) {
    for (int at = 0; at < 4; ++at) {
      MarchWorld world;
      world.LoseIssueKey(world.trust);
      world.store.OnApply([at, when, count = 0](const Changes&) mutable -> std::optional<Failure> {
        if (count++ != at) return std::nullopt;
        return Failure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
      });
      static_cast<void>(world.Reissuing()(world.trust, [](const auto&) { return Result<void>(); }));
      world.store.OnApply({});
      const auto report = world.Reissuing()(world.trust, [](const auto&) { return Result<void>(); });
      ASSERT_TRUE(report.ok()) << report.fault().detail;
      EXPECT_TRUE(report->left.empty()) << at;
      std::size_t live = 0;
      const Page<CredentialRow> rows = *world.store.CredentialsOf(world.trust.organisation, "", 100);
      for (const CredentialRow& row : rows.rows) {
        live += row.state == CredentialState::kCurrent ? 1 : 0;
      }
      EXPECT_EQ(live, 2U) << at;
      EXPECT_EQ(world.House(), "clean") << at;
    }
  }
}

TEST(Succession, OfALostKeyLeavesWhatIsSuspendedToBeDecided) {
  MarchWorld world;
  ASSERT_TRUE(world
                  .ChangingStandings()(
                      {world.trust, Request("s"), *world.training, StandingVerb::kSuspend, "suspected_invalid"})
                  .ok());
  world.LoseIssueKey(world.trust);
  const auto report = world.Reissuing()(world.trust, [](const auto&) { return Result<void>(); });
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->reissued, 1U);
  EXPECT_EQ(report->left, (std::map<std::string, std::uint64_t>{{"state_conflict", 1}}));
}

}  // namespace
}  // namespace passport
