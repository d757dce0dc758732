#include "passport-service/acts/issue_credentials.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

using Order = IssueCredentials::Order;

std::vector<std::string> Issue(ActsWorld& world, const std::vector<Order>& orders) {
  const auto results = world.Issuing()(world.trust, orders);
  if (!results.ok()) return {WordsOf(results)};
  std::vector<std::string> words;
  for (const auto& result : *results) {
    const bool unchanged = result.ok() && result->unchanged;
    words.push_back(result.ok() && result->again ? "again" : unchanged ? "unchanged" : WordsOf(result));
  }
  return words;
}

TEST(IssueCredentials, SignsABatchAndOneBadOrderStopsNobody) {
  ActsWorld world;
  world.Enrol("1001");
  Order unknown_kind = TrainingOrder("r3", "1001");
  unknown_kind.kind = "shoe_size";
  Order forbidden_kind = TrainingOrder("r4", "1001");
  forbidden_kind.kind = "criminal_record_check";
  const std::vector<std::string> words =
      Issue(world, {TrainingOrder("r1", "1001"), TrainingOrder("r2", "1001", {{"level", "two"}}), unknown_kind,
                    forbidden_kind, TrainingOrder("r5", "9999"), TrainingOrder("r1", "1001"),
                    TrainingOrder("r6", "1001", {{"achieved_on", "2026-11-22"}}),
                    TrainingOrder("r7", "1001", {{"subject", "fire_safety"}})});
  EXPECT_EQ(words, (std::vector<std::string>{"ok", "record_field", "record_kind", "not_permitted", "not_found", "again",
                                             "record_field", "ok"}));
  EXPECT_EQ(world.CredentialsOf(world.trust), 2U);
  EXPECT_EQ(world.Audited("credential.issued", "done"), 2U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(IssueCredentials, SignsLargeBatchesOnSeveralThreads) {
  ActsWorld world;
  world.Enrol("1001");
  std::vector<Order> orders;
  for (int i = 0; i < 150; ++i) {
    orders.push_back(TrainingOrder("r" + std::to_string(i), "1001", {{"subject", "course_" + std::to_string(i)}}));
  }
  const std::vector<std::string> words = Issue(world, orders);
  EXPECT_EQ(std::count(words.begin(), words.end(), "ok"), 150);
  EXPECT_EQ(world.House(), "clean") << "and every slot once";
}

TEST(IssueCredentials, TakesNoMoreThanItsLimitAndNoStrangers) {
  ActsWorld world;
  const std::vector<Order> orders(IssueCredentials::kOrdersMax + 1, TrainingOrder("r", "1001"));
  EXPECT_EQ(Issue(world, orders), std::vector<std::string>{"limit"});
  EXPECT_EQ(WordsOf(world.Issuing()(world.stranger, std::span(orders).first(1))), "caller_unknown");
}

TEST(IssueCredentials, SignsAFactOnceAndANewerRecordInThePlaceOfTheOlder) {
  ActsWorld world;
  world.Enrol("1001");
  EXPECT_EQ(Issue(world, {TrainingOrder("r1", "1001")}), std::vector<std::string>{"ok"});
  EXPECT_EQ(Issue(world, {TrainingOrder("r2", "1001")}), std::vector<std::string>{"unchanged"});
  EXPECT_EQ(Issue(world, {TrainingOrder("r2", "1001")}), std::vector<std::string>{"again"});
  EXPECT_EQ(world.CredentialsOf(world.trust), 1U);
  // Several of one fact in one call: each takes the place of the one before.
  EXPECT_EQ(Issue(world, {TrainingOrder("r3", "1001", {{"provider", "Another College"}}),
                          TrainingOrder("r4", "1001", {{"provider", "A Third College"}}),
                          TrainingOrder("r5", "1001", {{"subject", "fire_safety"}})}),
            (std::vector<std::string>{"ok", "ok", "ok"}));
  EXPECT_EQ(world.CredentialsOf(world.trust), 4U);
  EXPECT_EQ(world.Audited("credential.superseded", "done"), 2U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(IssueCredentials, GivesTheSameAnswerToTheSameRequest) {
  ActsWorld world;
  world.Enrol("1001");
  const Order order = TrainingOrder("r1", "1001");
  const auto first = world.Issuing()(world.trust, std::span(&order, 1));
  const auto second = world.Issuing()(world.trust, std::span(&order, 1));
  ASSERT_TRUE(first->front().ok() && second->front().ok());
  EXPECT_FALSE(first->front()->again);
  EXPECT_TRUE(second->front()->again);
  EXPECT_EQ(first->front()->credential, second->front()->credential);
  EXPECT_EQ(Issue(world, {TrainingOrder("r1", "1001", {{"level", "3"}})}), std::vector<std::string>{"request_reused"});
  EXPECT_EQ(world.CredentialsOf(world.trust), 1U);
}

// A request id is the caller's own: another organisation's is another request.
TEST(IssueCredentials, KeepsRequestsAndPeopleOfOrganisationsApart) {
  ActsWorld world;
  world.Enrol("1001");
  const Order order = TrainingOrder("r1", "1001");
  EXPECT_TRUE(world.Issuing()(world.trust, std::span(&order, 1))->front().ok());
  EXPECT_EQ(WordsOf(world.Issuing()(world.council, std::span(&order, 1))->front()), "not_found");
}

TEST(IssueCredentials, MakesIntentSlotAndAuditDurableBeforeItSigns) {
  ActsWorld world;
  world.Enrol("1001");
  struct Seen {
    std::string what;
    std::size_t salts;
  };
  std::vector<Seen> seen;
  world.store.OnApply([&](const Changes& changes) {
    std::string what;
    for (const Change& change : changes) {
      if (std::holds_alternative<TakeSlots>(change)) what += "slots ";
      if (std::holds_alternative<AddIntent>(change)) what += "intent ";
      if (const auto* audit = std::get_if<AppendAudit>(&change)) what += audit->entry.action + " ";
      if (std::holds_alternative<DropIntent>(change)) what += "settled ";
      if (std::holds_alternative<AddCredential>(change)) what += "credential ";
      if (std::holds_alternative<RememberAnswer>(change)) what += "answer ";
      if (std::holds_alternative<AppendEvent>(change)) what += "event ";
    }
    seen.push_back({what, world.random.calls()});
    return std::optional<MemoryStore::Failure>();
  });
  const std::size_t before = world.random.calls();
  EXPECT_EQ(Issue(world, {TrainingOrder("r1", "1001")}), std::vector<std::string>{"ok"});
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0].what, "slots ");
  EXPECT_EQ(seen[1].what, "intent credential.issue.intended ");
  EXPECT_EQ(seen[1].salts, before + 1) << "but which list it goes to, nothing had been laid out for signing yet";
  EXPECT_EQ(seen[2].what, "settled credential credential.issued event answer ");
  EXPECT_GT(seen[2].salts, before + 1);
}

TEST(IssueCredentials, SignsNothingWithoutAnActiveKeyAndVoidsTheSlot) {
  ActsWorld world;
  world.Enrol("1001");
  for (const KeyInfo& info : world.keys->List()) {
    if (info.owner == KeyOwner(world.trust.organisation) && info.role == KeyRole::kIssue) {
      ASSERT_TRUE(world.keys->ChangeState(info.kid, KeyState::kRetired, world.clock.now).ok());
    }
  }
  EXPECT_EQ(Issue(world, {TrainingOrder("r1", "1001")}), std::vector<std::string>{"key_state"});
  EXPECT_EQ(world.CredentialsOf(world.trust), 0U);
  EXPECT_EQ(world.EntriesOfPeople(world.trust.organisation), 1U) << "the slot is marked invalid";
  EXPECT_EQ(world.Audited("credential.issue.voided", "key_state"), 1U);
  EXPECT_EQ(world.House(), "clean");
  EXPECT_EQ(world.store.Intents("", 10)->rows.size(), 0U);
}

TEST(IssueCredentials, AnswersTheSameRequestSentByManyAtOnceWithOneCredential) {
  ActsWorld world;
  world.Enrol("1001");
  std::vector<std::thread> callers;
  std::vector<std::string> words(8);
  for (std::size_t i = 0; i < words.size(); ++i) {
    callers.emplace_back([&, i] { words[i] = Issue(world, {TrainingOrder("r1", "1001")}).front(); });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(std::count(words.begin(), words.end(), "ok"), 1);
  for (const std::string& word : words) {
    EXPECT_TRUE(word == "ok" || word == "again" || word == "outcome_unknown") << word;
  }
  EXPECT_EQ(world.CredentialsOf(world.trust), 1U);
  EXPECT_EQ(world.House(), "clean");
}

}  // namespace
}  // namespace passport
