// Badges as the service signs them: durable, revocable like any credential, and only in a name somebody has checked.
#include "passport-service/acts/issue_badge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passport-service/acts/end_employment.h"
#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

using BadgeFailure = MemoryStore::Failure;

struct BadgeWorld : ActsWorld {
  BadgeWorld() : badges(store, *keys, *vault, random, clock) { code = Enrol("1001"); }

  CredentialId IssueIdentity() {
    const IssueCredentials::Order order{.request = Request("identity"),
                                        .employee_number = "1001",
                                        .kind = "identity_check",
                                        .fields = {{"given_names", "Amara Grace"},
                                                   {"family_name", "Okafor"},
                                                   {"date_of_birth", "1990-02-03"},
                                                   {"document_types", "passport"},
                                                   {"achieved_on", "2026-01-10"},
                                                   {"assurance", "employer_verified"},
                                                   {"method", "documents_seen"},
                                                   {"checker_role", "hr_officer"},
                                                   {"checked_on", "2026-01-10"}}};
    const auto issued = Issuing()(trust, std::span(&order, 1));
    EXPECT_TRUE(issued.ok() && issued->front().ok()) << (issued.ok() ? issued->front().fault().detail : "");
    return issued->front()->credential;
  }
  IssueBadge::Order OrderOf(std::string_view request, std::string name = "Amara Okafor") {
    return {.by = trust,
            .request = Request(request),
            .employee_number = "1001",
            .name = std::move(name),
            .role = "Community nurse",
            .valid_through = CivilDay::InLondon(clock.now).PlusDays(90),
            .photo = Sha256(std::string_view("photo"))};
  }
  std::string Verdict(const std::string& badge) {
    PublishNow();
    const Result<VerifiedBadge> verified = VerifyBadge(badge, *trust_in_force.Get().trust, Seconds{60}, clock.now);
    return verified.ok() ? std::string(WordOf(verified->standing)) : WordsOf(verified);
  }

  IssueBadge badges;
  std::string code;
};

TEST(Badge, IsSignedKeptAndHoldsForReceivers) {
  BadgeWorld world;
  world.IssueIdentity();
  const auto issued = world.badges(world.OrderOf("b1"));
  ASSERT_TRUE(issued.ok()) << issued.fault().detail;
  EXPECT_LE(issued->badge.size(), kBadgeBytesMax);
  EXPECT_EQ(world.Verdict(issued->badge), "none");
  const auto row = world.store.FindCredential(world.trust.organisation, issued->credential);
  ASSERT_TRUE(row.ok() && row->has_value());
  EXPECT_EQ((*row)->kind, kBadgeKind);
  EXPECT_EQ(world.House(), "clean");
  EXPECT_EQ(world.Audited("credential.issued", "done", "badge"), 1U);
  EXPECT_EQ(world.AllAudited().find("Okafor"), std::string::npos);
}

TEST(Badge, IsRevokedLikeEveryCredential) {
  BadgeWorld world;
  world.IssueIdentity();
  const auto issued = world.badges(world.OrderOf("b1"));
  ASSERT_TRUE(issued.ok());
  ASSERT_TRUE(world
                  .ChangingStandings()(
                      {world.trust, Request("revoke"), issued->credential, StandingVerb::kRevoke, "left_organisation"})
                  .ok());
  EXPECT_EQ(world.Verdict(issued->badge), "revoked");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Badge, BearsANameThatSomebodyHasChecked) {
  BadgeWorld world;
  EXPECT_EQ(WordsOf(world.badges(world.OrderOf("b0"))), "record_missing");
  world.IssueIdentity();
  EXPECT_EQ(WordsOf(world.badges(world.OrderOf("b1", "John Smith"))), "record_field");
  EXPECT_EQ(WordsOf(world.badges(world.OrderOf("b2", "Oka"))), "record_field");
  EXPECT_EQ(WordsOf(world.badges(world.OrderOf("b3", "Sister OKAFOR"))), "ok");
  EXPECT_EQ(WordsOf(world.badges(world.OrderOf("b4", "Grace"))), "ok");
}

// An employer that has not seen the documents could try names against what another has signed.
TEST(Badge, TellsNothingOfTheNameThatAnotherEmployerHasChecked) {
  BadgeWorld world;
  world.IssueIdentity();
  ASSERT_TRUE(world.EnrolPeople()({world.council, Request("join"), "7", world.code}).ok());
  const auto asked = [&](const std::string& request, const std::string& name) {
    IssueBadge::Order order = world.OrderOf(request, name);
    order.by = world.council;
    order.employee_number = "7";
    const auto issued = world.badges(order);
    return issued.ok() ? "ok" : WordsOf(issued) + " " + issued.fault().detail;
  };
  const std::string right = asked("b1", "Amara Okafor");
  EXPECT_THAT(right, ::testing::StartsWith("record_missing"));
  EXPECT_EQ(right, asked("b2", "John Smith"));
}

TEST(Badge, GivesTheSameAnswerToTheSameRequest) {
  BadgeWorld world;
  world.IssueIdentity();
  const auto first = world.badges(world.OrderOf("b1"));
  const auto again = world.badges(world.OrderOf("b1"));
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->badge, again->badge);
  EXPECT_EQ(first->credential, again->credential);
  IssueBadge::Order other = world.OrderOf("b1");
  other.role = "Midwife";
  EXPECT_EQ(WordsOf(world.badges(other)), "request_reused");
}

TEST(Badge, RefusesWhatTheEmployerMayNotSay) {
  BadgeWorld world;
  world.IssueIdentity();
  IssueBadge::Order nobody = world.OrderOf("b1");
  nobody.employee_number = "9999";
  EXPECT_EQ(WordsOf(world.badges(nobody)), "not_found");
  IssueBadge::Order too_long = world.OrderOf("b2");
  too_long.valid_through = CivilDay::InLondon(world.clock.now).PlusDays(kBadgeDaysMax + 1);
  EXPECT_EQ(WordsOf(world.badges(too_long)), "field_invalid");
  IssueBadge::Order others = world.OrderOf("b3");
  others.by = world.council;
  EXPECT_EQ(WordsOf(world.badges(others)), "not_found");
  IssueBadge::Order strangers = world.OrderOf("b4");
  strangers.by = world.stranger;
  EXPECT_EQ(WordsOf(world.badges(strangers)), "caller_unknown");
  EXPECT_EQ(world.House(), "clean");
}

TEST(Badge, IsNotForWhoHasLeft) {
  BadgeWorld world;
  world.IssueIdentity();
  EndEmployment end(world.store, *world.vault, world.trust_in_force, world.clock);
  ASSERT_EQ(WordsOf(end({world.trust, Request("e1"), "1001", "retirement"})), "ok");
  EXPECT_EQ(WordsOf(world.badges(world.OrderOf("b1"))), "not_found");
}

TEST(Badge, StaysOutOfWhatAPersonPresents) {
  BadgeWorld world;
  world.IssueIdentity();
  const CredentialId training = world.IssueTraining("1001");
  ASSERT_TRUE(world.badges(world.OrderOf("b1")).ok());
  world.PublishNow();
  EXPECT_TRUE(world.PresentTo(world.Ask(), world.code, {{training, {"subject"}}}).ok());
}

TEST(Badge, IsOneWhateverSingleWriteIsLost) {
  for (const BadgeFailure::When when : {BadgeFailure::When::kBefore, BadgeFailure::When::kAfter}) {
    for (int at = 0; at < 3; ++at) {
      BadgeWorld world;
      world.IssueIdentity();
      world.store.OnApply([&, count = 0](const Changes&) mutable -> std::optional<BadgeFailure> {
        if (count++ == at) return BadgeFailure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
        return std::nullopt;
      });
      static_cast<void>(world.badges(world.OrderOf("b1")));
      world.store.OnApply({});
      EXPECT_EQ(WordsOf(world.badges(world.OrderOf("b1"))), "ok") << at;
      EXPECT_EQ(world.CredentialsOf(world.trust), 2U) << at;
      EXPECT_EQ(world.store.Intents("", 10)->rows.size(), 0U) << at;
      EXPECT_EQ(world.House(), "clean") << at;
    }
  }
}

}  // namespace
}  // namespace passport
