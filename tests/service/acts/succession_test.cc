// Organisations that are taken over, end, or lose their keys; and the registrar that hands its office over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "credential/encoding/base64url.h"
#include "tests/service/acts/registry_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

// The next integrated care board, with the desk that will act as registrar.
const Caller kNextRegistrar{OrganisationId::Parse("ods:X9Q").value(), "registry", Roles{Role::kRegistrar}};

RegistryStep NextRegistrar() {
  return {kNextRegistrar.organisation,
          Enrolment{.legal_name = "Central East Integrated Care Board",
                    .type = "icb",
                    .kinds = {},
                    .systems = {{kNextRegistrar.system, {Role::kRegistrar}, {Sha256("next registry")}}}}};
}

RegistryStep Acquired(const RegistryWorld& world, Instant at) {
  return {world.trust.organisation, Succession{SuccessionKind::kAcquired, world.successor.organisation, at}};
}

// Two people of the trust, each with a training record, since the beginning of March 2026.
struct MarchWorld : RegistryWorld {
  MarchWorld() : RegistryWorld(At("2026-03-02T09:00")) {
    code = Enrol("1001");
    training = std::make_unique<CredentialId>(IssueTraining("1001"));
    Enrol("1002");
    other = std::make_unique<CredentialId>(IssueTraining("1002"));
    PublishNow();
  }
  // The record of the first person, as the council sees it now.
  Result<CheckPresentation::Answer> Seen(const CredentialId& credential) {
    PublishNow();
    const std::string nonce = Ask();
    const auto presentation = PresentTo(nonce, code, {{credential, {"achieved_on"}}});
    if (!presentation.ok()) return presentation.fault();
    return Checking()(Asked(council, nonce, presentation->Text()));
  }
  PresentedRecord Record() {
    const auto answer = Seen(*training);
    EXPECT_TRUE(answer.ok()) << answer.fault().detail;
    return answer->presentation.records().front();
  }
  // Whose status key the header of the trust's list names.
  std::string SignerOfTheTrustsList() {
    const std::string& token = files.files.at("status/ods-RC9/1.jwt");
    std::string header;
    EXPECT_TRUE(DecodeBase64Url(std::string_view(token).substr(0, token.find('.')), header).ok());
    for (const KeyInfo& key : keys->List()) {
      if (key.role == KeyRole::kStatus && header.find(key.kid) != std::string::npos) return key.owner.text();
    }
    return "nobody";
  }
  std::string code;
  std::unique_ptr<CredentialId> training;
  std::unique_ptr<CredentialId> other;
};

TEST(Succession, OfThe31stOfMarch2026TakesTheTrustOverAndReplacesTheRegistrarInOneSignature) {
  MarchWorld world;
  ASSERT_EQ(world.Make({NextRegistrar()}), "ok");
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RC9");
  world.clock.now = At("2026-03-31T00:00");
  ASSERT_EQ(world.Make({Acquired(world, At("2026-03-31T00:00")),
                        {world.registrar.organisation, RegistrarReplacement{kNextRegistrar.organisation}}}),
            "ok");
  world.clock.now = At("2026-03-31T09:00");

  const PresentedRecord record = world.Record();
  EXPECT_EQ(record.standing, Standing::kGood) << "authorised when issued";
  EXPECT_EQ(record.issuer.text(), "ods:RC9");
  ASSERT_TRUE(record.responsible);
  EXPECT_EQ(record.responsible->id.text(), "ods:RD1");
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RD1");

  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted") << "nothing new under the old code";
  EXPECT_EQ(world.Revoke(world.trust, *world.training), "not_permitted");
  EXPECT_EQ(world.Revoke(world.council, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(world.registrar, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(kNextRegistrar, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(world.successor, *world.training), "ok");
  EXPECT_EQ(world.Record().standing, Standing::kRevoked);

  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.council, EntryState::kSuspended)}), "not_permitted");
  EXPECT_EQ(world.Propose(kNextRegistrar, {Stands(world.council, EntryState::kSuspended)}), "ok");
  EXPECT_EQ(world.Sign(world.registrar, world.newest()), "not_found");
  EXPECT_EQ(world.Sign(kNextRegistrar, world.newest()), "ok");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Succession, BeginsOnItsDayAndNotBefore) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Acquired(world, At("2026-03-31T00:00"))}), "ok");
  world.clock.now = At("2026-03-30T23:59");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "ok");
  EXPECT_EQ(world.Revoke(world.successor, *world.other), "not_found");
  EXPECT_FALSE(world.Record().responsible);
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RC9");
  world.clock.now = At("2026-03-31T00:00");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  EXPECT_EQ(world.Revoke(world.successor, *world.other), "ok");
  EXPECT_TRUE(world.Record().responsible);
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ods:RD1");
}

TEST(Succession, IsNotDatedBack) {
  MarchWorld world;
  world.clock.now = At("2026-04-07T10:00");
  ASSERT_EQ(world.Make({Acquired(world, At("2026-03-31T00:00"))}), "ok");
  EXPECT_EQ(world.Row(world.trust).successions.front().at, world.clock.now + Seconds{1});
}

TEST(Succession, LeavesWhatWasIssuedInItsSecondToTheOneThatIssuedIt) {
  MarchWorld world;
  ASSERT_EQ(world.Issue(world.trust, "1001"), "ok");
  ASSERT_EQ(world.Make({Acquired(world, {})}), "ok");
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
}

TEST(Succession, GoesOnThroughASuccessorThatIsTakenOverItself) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Acquired(world, {})}), "ok");
  ASSERT_EQ(
      world.Make({{world.successor.organisation, Succession{SuccessionKind::kMerged, world.council.organisation, {}}}}),
      "ok");
  world.clock.now = world.clock.now + Seconds{1};
  world.PublishNow();
  EXPECT_EQ(world.SignerOfTheTrustsList(), "ons:E06000032");
  EXPECT_EQ(world.Revoke(world.successor, *world.training), "not_found");
  EXPECT_EQ(world.Revoke(world.council, *world.training), "ok");
  EXPECT_EQ(world.Propose(world.registrar, {{world.council.organisation,
                                             Succession{SuccessionKind::kMerged, world.trust.organisation, {}}}}),
            "state_conflict")
      << "a circle";
}

TEST(Succession, DoesNotGoRoundThroughAnEarlierOne) {
  MarchWorld world;
  const auto merged = [](const Caller& of, const Caller& with, std::string_view day) {
    return RegistryStep{of.organisation, Succession{SuccessionKind::kMerged, with.organisation, At(day)}};
  };
  ASSERT_EQ(world.Make({merged(world.trust, world.successor, "2026-04-01T00:00")}), "ok");
  ASSERT_EQ(world.Make({merged(world.trust, world.council, "2026-05-01T00:00")}), "ok");
  const ProposeChange::Order order{
      world.registrar, Request("round"), "agreed", {merged(world.successor, world.trust, "2026-03-15T00:00")}};
  const auto round = world.Proposing()(order);
  ASSERT_EQ(WordsOf(round), "state_conflict") << "through April they would answer for each other";
  EXPECT_THAT(round.fault().detail, HasSubstr("circle"));
  EXPECT_EQ(world.Propose(world.registrar, {merged(world.successor, world.council, "2026-03-15T00:00")}), "ok")
      << "two ways to the same end are no circle";
}

TEST(Succession, LetsTheSuccessorSeeWhatItTookOver) {
  MarchWorld world;
  ReadCredentials read(world.store, *world.vault, world.clock);
  const OrganisationId& old = world.trust.organisation;
  const OrganisationId nowhere = OrganisationId::Parse("ods:NONE").value();
  EXPECT_EQ(WordsOf(read.List(world.successor, "", 10, old)), "not_found") << "not before its day";
  ASSERT_EQ(world.Make({Acquired(world, {})}), "ok");
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_EQ(read.List(world.successor, "", 10, old)->rows.size(), 2U);
  EXPECT_EQ(read.List(world.successor, "", 10)->rows.size(), 0U) << "its own";
  const auto one = read.Get(world.successor, *world.training);
  ASSERT_TRUE(one.ok());
  EXPECT_FALSE(one->token.empty());
  EXPECT_EQ(world.Audited("credential.read", "done"), 1U);
  EXPECT_EQ(world.Audited("credential.listed", "done"), 2U);
  const auto theirs = read.List(world.council, "", 10, old);
  const auto of_nobody = read.List(world.council, "", 10, nowhere);
  ASSERT_FALSE(theirs.ok() || of_nobody.ok());
  EXPECT_EQ(theirs.fault().reason, Reason::kNotFound);
  EXPECT_EQ(of_nobody.fault().reason, Reason::kNotFound);
  EXPECT_EQ(theirs.fault().detail, of_nobody.fault().detail) << "nobody learns whom there is";
  EXPECT_EQ(WordsOf(read.Get(world.council, *world.training)), "not_found");
  EXPECT_EQ(WordsOf(read.List(world.trust, "", 10)), "not_permitted");
  EXPECT_EQ(WordsOf(read.List(world.trust, "", 10, old)), "not_permitted");
  EXPECT_EQ(WordsOf(read.Get(world.trust, *world.training)), "not_permitted");
}

TEST(Succession, OfOneThatHasCeasedLeavesWhatItIssuedValid) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kCeased)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.trust, EntryState::kActive)}), "state_conflict");
}

TEST(Succession, OfOneThatIsCompromisedLeavesNothing) {
  MarchWorld world;
  world.clock.now = At("2026-03-20T09:00");
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kCompromised, At("2026-03-10T00:00"))}), "ok");
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  const auto seen = world.Seen(*world.training);
  EXPECT_TRUE(!seen.ok() || seen->presentation.WorstStanding() == Standing::kCannotTell ||
              seen->presentation.WorstStanding() == Standing::kRevoked)
      << "never good";
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
  const auto old = world.Seen(*world.training);
  EXPECT_TRUE(!old.ok() || old->presentation.WorstStanding() != Standing::kGood) << "the past does not come back";

  const auto report = world.Reissuing()(world.trust, [](const auto&) { return Result<void>(); });
  ASSERT_TRUE(report.ok()) << report.fault().detail;
  EXPECT_EQ(report->reissued, 2U);
  const Page<CredentialRow> rows = *world.store.CredentialsOf(world.trust.organisation, "", 100);
  for (const CredentialRow& row : rows.rows) {
    if (row.state == CredentialState::kRevoked) continue;
    const auto seen = world.Seen(row.id);
    if (!seen.ok()) continue;  // of the other person
    EXPECT_EQ(seen->presentation.records().front().standing, Standing::kGood);
  }
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

TEST(Succession, OfASuspendedOneCanNotBeToldUntilItIsActiveAgain) {
  MarchWorld world;
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kSuspended)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(world.Record().standing, Standing::kCannotTell);
  EXPECT_EQ(world.Issue(world.trust, "1001"), "not_permitted");
  ASSERT_EQ(world.Make({Stands(world.trust, EntryState::kActive)}), "ok");
  world.clock.now = world.clock.now + Seconds{60};
  EXPECT_EQ(world.Record().standing, Standing::kGood);
  EXPECT_EQ(world.Row(world.trust).history.size(), 2U) << "nothing is rewritten";
}

TEST(Succession, NeverLeavesTheRegionWithoutARegistrar) {
  MarchWorld world;
  const OrganisationId& registrar = world.registrar.organisation;
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.registrar, EntryState::kCeased)}), "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.registrar, EntryState::kSuspended)}), "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar, {Stands(world.registrar, EntryState::kCompromised, world.clock.now)}),
            "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar,
                          {{registrar, Succession{SuccessionKind::kMerged, world.council.organisation, {}}}}),
            "state_conflict");
  EXPECT_EQ(world.Propose(world.registrar, {{registrar, RegistrarReplacement{world.council.organisation}}}),
            "state_conflict")
      << "the council has no system that could sign";
  EXPECT_EQ(
      world.Propose(world.registrar, {{registrar, RegistrarReplacement{OrganisationId::Parse("ods:NONE").value()}}}),
      "not_found");
  ASSERT_EQ(world.Make({NextRegistrar(),
                        {registrar, RegistrarReplacement{kNextRegistrar.organisation}},
                        Stands(world.registrar, EntryState::kCeased)}),
            "ok")
      << "all in one proposal";
  EXPECT_FALSE(world.Row(world.registrar).registrar);
  EXPECT_TRUE(world.Row(kNextRegistrar).registrar);
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
