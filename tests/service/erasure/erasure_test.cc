// After an erasure nothing readable is left, and everything that proves something still does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "passport-service/acts/erase_person.h"
#include "passport-service/acts/sealed_person.h"
#include "tests/service/erasure/erasure_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Failure = MemoryStore::Failure;

TEST(Erasure, AStolenDatabaseShowsNothingOfAPerson) {
  ErasureWorld world;
  ASSERT_TRUE(world.rocks->ForgetDeleted().ok());
  const std::string bytes = AllBytes(world.data());
  const std::string rows = AllRows(world.data());
  EXPECT_THAT(rows, HasSubstr(world.FlorriesId().text())) << "the rows are all there";
  for (const std::string& each : world.known) {
    ASSERT_FALSE(each.empty());
    EXPECT_THAT(bytes, Not(HasSubstr(each)));
    EXPECT_THAT(rows, Not(HasSubstr(each)));
  }
}

TEST(Erasure, AStolenKeyStoreShowsNothingWithoutItsPassphrase) {
  ErasureWorld world;
  const std::string bytes = AllBytes(world.folder / "keys");
  for (const std::string& each : world.known) EXPECT_THAT(bytes, Not(HasSubstr(each)));
  EXPECT_THAT(bytes, Not(HasSubstr("PRIVATE")));
  const std::string guess = "correct horse battery stable";
  const Secret wrong(std::span(reinterpret_cast<const std::uint8_t*>(guess.data()), guess.size()));
  EXPECT_EQ(WordsOf(FileKeyStore::Open(world.folder / "keys", wrong, kLeastCost, world.chance)), "passphrase");
}

TEST(Erasure, TakesTheKeysOutOfEveryFile) {
  ErasureWorld world;
  const std::vector<std::string> keys = world.FlorriesKeys();
  const std::string before = AllBytes(world.data());
  for (const std::string& key : keys) ASSERT_THAT(before, HasSubstr(key)) << "else looking for it proves nothing";
  const std::string wrens =
      (*world.store.FindDataKey(owner::Credential(world.trust.organisation, world.wren.training)))->wrapped;
  ASSERT_EQ(world.EraseFlorrie(world.trust), "ok");
  ASSERT_EQ(world.EraseSubject(world.council, world.florrie_subject), "ok");
  ASSERT_TRUE(world.rocks->ForgetDeleted().ok());
  const std::string after = AllBytes(world.data());
  for (const std::string& key : keys) EXPECT_THAT(after, Not(HasSubstr(key)));
  EXPECT_THAT(after, HasSubstr(wrens));
  world.Reopen();
  EXPECT_EQ(world.Opens(*world.rocks), 1U) << "Wren's";
  EXPECT_EQ(world.HouseOf(*world.rocks), "clean");
}

TEST(Erasure, LeavesOthersAndEveryProofAsTheyWere) {
  ErasureWorld world;
  ASSERT_EQ(world.Evidence(), "ok 3");
  ASSERT_EQ(world.EraseFlorrie(world.trust), "ok");
  EXPECT_EQ(world.counts.credentials, 1U);
  EXPECT_EQ(world.counts.drafts, 1U);
  EXPECT_TRUE(world.counts.passport) << "nobody else had her";
  EXPECT_EQ(world.Evidence(), "ok 3") << "the council keeps what it relied on";
  ASSERT_EQ(world.EraseSubject(world.council, world.florrie_subject), "ok");
  EXPECT_EQ(world.counts.receipts, 2U);
  EXPECT_EQ(world.Evidence(), "ok 3") << "two links say that they were there";
  EXPECT_EQ(world.House(), "clean");
  EXPECT_EQ(world.HouseOf(*world.rocks), "clean");
  world.PublishNow();
  EXPECT_EQ(world.Decided(world.council, world.wren), "met");
  EXPECT_NE(world.Decided(world.council, world.florrie), "met");
  const auto row = *world.store.FindCredential(world.trust.organisation, world.florrie.training);
  EXPECT_EQ(row->state, CredentialState::kRevoked);
  EXPECT_EQ(row->state_reason, "erased");
  EXPECT_EQ(world.Audited("person.erased", "done"), 1U);
  for (const std::string& each : world.known) EXPECT_THAT(world.AllAudited(), Not(HasSubstr(each)));
}

TEST(Erasure, OfOneEmployerLeavesWhatTheOtherHas) {
  ErasureWorld world;
  EnrolPerson enrol = world.EnrolPeople();
  ASSERT_TRUE(enrol({world.council, Request("join"), "C-7", world.florrie.code}).ok());
  ASSERT_EQ(world.EraseFlorrie(world.trust), "ok");
  EXPECT_FALSE(world.counts.passport);
  EXPECT_TRUE(world.store.FindPersonByCode(Sha256(world.florrie.code))->has_value());
  EXPECT_EQ(world.EraseFlorrie(world.trust), "not_found") << "that is done";
  EXPECT_EQ(world.House(), "clean");
  const auto last =
      world.Erasing()({.by = world.council, .request = Request("e2"), .employee_number = "C-7", .why = "person_asked"});
  ASSERT_TRUE(last.ok());
  EXPECT_TRUE(last->passport);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Erasure, OfSomebodyElsesPersonDoesNotExist) {
  ErasureWorld world;
  EXPECT_EQ(world.EraseFlorrie(world.council), "not_found");
  EXPECT_EQ(world.EraseSubject(world.trust, world.florrie_subject), "not_found");
  EXPECT_EQ(world.EraseSubject(world.council, "not-a-thumbprint"), "field_invalid");
  EXPECT_EQ(world.EraseFlorrie(world.stranger), "caller_unknown");
  EXPECT_EQ(world.Opens(*world.rocks), 2U);
}

TEST(Erasure, OfAnOrganisationThatWasTakenOverIsItsSuccessors) {
  ErasureWorld world;
  const OrganisationId& trust = world.trust.organisation;
  ASSERT_EQ(world.EraseFlorrie(world.council, trust), "not_found") << "not before its day";
  const std::vector<std::string> keys = world.FlorriesKeys();
  world.TakeOver(world.trust, world.council);
  EXPECT_EQ(world.EraseFlorrie(world.trust), "not_permitted");
  EXPECT_EQ(world.EraseFlorrie(world.trust, trust), "not_permitted");
  ASSERT_EQ(world.EraseFlorrie(world.registrar, trust), "not_found");
  EXPECT_EQ(world.EraseFlorrie(world.council), "not_found") << "she is none of its own people";
  EXPECT_EQ(world.Opens(*world.rocks), 2U);

  ASSERT_EQ(world.EraseFlorrie(world.council, trust), "ok");
  EXPECT_EQ(world.counts.credentials, 1U);
  EXPECT_EQ(world.counts.drafts, 1U);
  EXPECT_TRUE(world.counts.passport);
  ASSERT_EQ(world.EraseSubject(world.council, world.florrie_subject), "ok") << "what it relied on itself";
  ASSERT_TRUE(world.rocks->ForgetDeleted().ok());
  const std::string bytes = AllBytes(world.data());
  for (const std::string& key : keys) EXPECT_THAT(bytes, Not(HasSubstr(key)));
  const std::string rows = AllRows(world.data());
  for (const std::string& each : world.known) {
    EXPECT_THAT(bytes, Not(HasSubstr(each)));
    EXPECT_THAT(rows, Not(HasSubstr(each)));
    EXPECT_THAT(world.AllAudited(), Not(HasSubstr(each)));
  }
  EXPECT_EQ(world.Opens(*world.rocks), 1U) << "Wren's";
  const auto row = *world.store.FindCredential(trust, world.florrie.training);
  EXPECT_EQ(row->state_reason, "erased");
  world.PublishNow();
  EXPECT_NE(world.Decided(world.council, world.florrie), "met");
  const Page<AuditRow> audited = *world.store.AuditRowsOf("ons:E06000032", 0, 10'000);
  EXPECT_TRUE(std::any_of(audited.rows.begin(), audited.rows.end(), [](const AuditRow& each) {
    return each.entry.action == "person.erased";
  })) << "in the trail of whoever did it";
  EXPECT_EQ(world.EraseFlorrie(world.council, trust), "not_found") << "that is done";
  EXPECT_EQ(world.House(), "clean");
  EXPECT_EQ(world.HouseOf(*world.rocks), "clean");
}

TEST(Erasure, OfWhatSomebodyElseReliedOnIsTheirSuccessors) {
  ErasureWorld world;
  world.TakeOver(world.council, world.trust);
  const OrganisationId& council = world.council.organisation;
  EXPECT_EQ(world.EraseSubject(world.council, world.florrie_subject), "not_permitted");
  EXPECT_EQ(world.EraseSubject(world.registrar, world.florrie_subject, council), "not_found");
  ASSERT_EQ(world.EraseSubject(world.trust, world.florrie_subject, council), "ok");
  EXPECT_EQ(world.counts.receipts, 2U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Erasure, SaysNothingAboutOrganisationsOneDoesNotAnswerFor) {
  ErasureWorld world;
  world.TakeOver(world.trust, world.council);
  const auto erase = [&](const std::string& organisation) {
    const auto erased = world.Erasing()({.by = world.registrar,
                                         .request = Request("look"),
                                         .organisation = OrganisationId::Parse(organisation).value(),
                                         .employee_number = std::string(ErasureWorld::kNumber),
                                         .why = "person_asked"});
    return WordsOf(erased) + (erased.ok() ? "" : erased.fault().detail);
  };
  const std::string nobody = erase("ods:NONE");
  EXPECT_THAT(nobody, HasSubstr("not_found"));
  EXPECT_EQ(erase("ods:RC9"), nobody) << "taken over by somebody else";
  EXPECT_EQ(erase("ons:E06000032"), nobody) << "taken over by nobody";
}

// Every write of an erasure is lost, before it happened or after; who asks again ends where who was lucky does.
TEST(Erasure, GoesOnWhereItWasCutOff) {
  constexpr int kWritesMax = 12;
  bool ended = false;
  for (int nth = 0; nth < kWritesMax && !ended; ++nth) {
    for (const Failure::When when : {Failure::When::kBefore, Failure::When::kAfter}) {
      ErasureWorld world;
      int writes = 0;
      world.store.OnApply([&](const Changes&) -> std::optional<Failure> {
        if (writes++ != nth) return std::nullopt;
        return Failure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
      });
      const std::string first = world.EraseFlorrie(world.trust);
      world.store.OnApply({});
      ended = writes <= nth;
      const std::string second = world.EraseFlorrie(world.trust);
      EXPECT_TRUE(second == "ok" || second == "not_found") << second << " after " << first;
      EXPECT_FALSE(world.store.FindPersonByCode(Sha256(world.florrie.code))->has_value()) << nth;
      EXPECT_EQ(world.Opens(world.store), 1U) << nth;
      EXPECT_EQ(world.House(), "clean") << nth;
    }
  }
  EXPECT_TRUE(ended) << "more writes than were tried";
}

// Keys that were read before are not in memory afterwards, nor is anything that was read of the row while it went.
TEST(Erasure, DropsTheKeysThatWereOpen) {
  ErasureWorld world;
  const auto row = *world.store.FindCredential(world.trust.organisation, world.florrie.training);
  ASSERT_TRUE(OpenToken(*world.vault, *row)->has_value());
  const std::string sealed = row->sealed_token;
  ASSERT_EQ(world.EraseFlorrie(world.trust), "ok");
  CredentialRow kept = *row;
  kept.sealed_token = sealed;
  EXPECT_FALSE(OpenToken(*world.vault, kept)->has_value());
}

TEST(Erasure, IsNotUndoneByACredentialThatWasOnItsWay) {
  ErasureWorld world;
  const std::size_t before = world.CredentialsOf(world.trust);
  // The key goes while the act has it open.
  ASSERT_EQ(world.store.Apply({DropDataKey{owner::Person(world.trust.organisation, world.FlorriesId())}}).outcome,
            CommitOutcome::kDone);
  const IssueCredentials::Order order = TrainingOrder("late", ErasureWorld::kNumber, {{"achieved_on", "2026-04-01"}});
  const auto issued = world.Issuing()(world.trust, std::span(&order, 1));
  ASSERT_TRUE(issued.ok());
  EXPECT_EQ(WordsOf(issued->front()), "not_found");
  EXPECT_EQ(world.CredentialsOf(world.trust), before);
  EXPECT_EQ(world.House(), "clean") << "its slot is void";
}

}  // namespace
}  // namespace passport
