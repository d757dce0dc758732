#include <gtest/gtest.h>

#include <map>

#include "passport-service/acts/open_list.h"
#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

using StoreFailure = MemoryStore::Failure;

EnrolOrganisation::Order School(const Caller& by, std::string_view request) {
  return {by,        Request(request), OrganisationId::Parse("charity:1091156").value(), "Example Hospice",
          "charity", {"employment"}};
}

TEST(EnrolOrganisation, GivesKeysAStatusListAndAnEntry) {
  ActsWorld world;
  EnrolOrganisation enrol = world.EnrolOrganisations();
  ASSERT_EQ(WordsOf(enrol(School(world.registrar, "e1"))), "ok");
  const auto row = world.store.FindOrganisation(OrganisationId::Parse("charity:1091156").value());
  ASSERT_TRUE(row.ok() && row->has_value());
  EXPECT_EQ((*row)->issuer, "https://passport.example/issuers/charity-1091156");
  std::map<KeyRole, std::string> keys;
  for (const KeyInfo& info : world.keys->List()) {
    if (info.owner == KeyOwner((*row)->id)) {
      EXPECT_TRUE(keys.emplace(info.role, info.kid).second);
    }
  }
  EXPECT_EQ(keys.size(), 2U);
  EXPECT_NE(keys[KeyRole::kIssue], keys[KeyRole::kStatus]);
  EXPECT_FALSE((*row)->registrar);
  EXPECT_EQ(world.store.StatusListsOf((*row)->id)->size(), kReadyLists);
  EXPECT_EQ(world.House(), "clean");
}

TEST(EnrolOrganisation, IsForTheRegistrarOnly) {
  ActsWorld world;
  EnrolOrganisation enrol = world.EnrolOrganisations();
  EXPECT_EQ(WordsOf(enrol(School(world.trust, "e1"))), "not_permitted");
  EXPECT_EQ(WordsOf(enrol(School(world.stranger, "e1"))), "caller_unknown");
}

TEST(EnrolOrganisation, IsDoneOnceHoweverOftenItIsSent) {
  ActsWorld world;
  EnrolOrganisation enrol = world.EnrolOrganisations();
  EXPECT_EQ(WordsOf(enrol(School(world.registrar, "e1"))), "ok");
  const std::size_t keys = world.keys->List().size();
  EXPECT_EQ(WordsOf(enrol(School(world.registrar, "e1"))), "ok");
  EXPECT_EQ(world.keys->List().size(), keys);
  EXPECT_EQ(WordsOf(enrol(School(world.registrar, "e2"))), "already_exists");
  EnrolOrganisation::Order other = School(world.registrar, "e1");
  other.legal_name = "Another Hospice";
  EXPECT_EQ(WordsOf(enrol(other)), "request_reused");
  EXPECT_EQ(world.House(), "clean");
}

TEST(EnrolOrganisation, RefusesFieldsThatWouldSpoilTheRegistry) {
  ActsWorld world;
  EnrolOrganisation enrol = world.EnrolOrganisations();
  const auto with = [&](auto change) {
    EnrolOrganisation::Order order = School(world.registrar, "e1");
    change(order);
    return WordsOf(enrol(order));
  };
  EXPECT_EQ(with([](auto& order) { order.legal_name = ""; }), "field_invalid");
  EXPECT_EQ(with([](auto& order) { order.legal_name = std::string(121, 'x'); }), "field_invalid");
  EXPECT_EQ(with([](auto& order) { order.legal_name = "a\nb"; }), "field_invalid");
  EXPECT_EQ(with([](auto& order) { order.legal_name = "caf\xe9"; }), "field_invalid");
  EXPECT_EQ(with([](auto& order) { order.type = "NHS Trust"; }), "field_invalid");
  EXPECT_EQ(with([](auto& order) { order.kinds = {"shoe_size"}; }), "record_kind");
  world.PublishNow();
}

TEST(EnrolOrganisation, MendsALostWriteOnTheNextTry) {
  for (const StoreFailure::When when : {StoreFailure::When::kBefore, StoreFailure::When::kAfter}) {
    ActsWorld world;
    EnrolOrganisation enrol = world.EnrolOrganisations();
    world.store.OnApply([when, done = false](const Changes&) mutable -> std::optional<StoreFailure> {
      if (std::exchange(done, true)) return std::nullopt;
      return StoreFailure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
    });
    const std::string first = WordsOf(enrol(School(world.registrar, "e1")));
    EXPECT_EQ(first, when == StoreFailure::When::kAfter ? "ok" : "outcome_unknown");
    EXPECT_EQ(WordsOf(enrol(School(world.registrar, "e1"))), "ok");
    EXPECT_EQ(world.keys->List().size(), 5U + 2U * 4U) << "keys of the first try are used, not made again";
    EXPECT_EQ(world.House(), "clean");
  }
}

EnrolPerson::Order Person(const ActsWorld& world, std::string_view request, std::string_view number) {
  return {world.trust, Request(request), std::string(number), {}};
}

TEST(EnrolPerson, TellsTheCodeOnceAndAgainToTheSameRequest) {
  ActsWorld world;
  EnrolPerson enrol = world.EnrolPeople();
  const auto first = enrol(Person(world, "p1", "1001"));
  ASSERT_TRUE(first.ok() && first->passport_code);
  const auto again = enrol(Person(world, "p1", "1001"));
  EXPECT_EQ(again->person, first->person);
  EXPECT_EQ(again->passport_code, first->passport_code);
  EXPECT_EQ(WordsOf(enrol(Person(world, "p1", "1002"))), "request_reused");
  EXPECT_EQ(WordsOf(enrol(Person(world, "p2", "1001"))), "already_exists");
  EXPECT_EQ(world.House(), "clean");
}

TEST(EnrolPerson, KeepsTheCodeOutOfTheStore) {
  ActsWorld world;
  const std::string code = world.Enrol("1001");
  const auto answer = world.store.FindAnswer(world.trust.organisation, Request("enrol-1"));
  ASSERT_TRUE(answer.ok() && answer->has_value());
  EXPECT_EQ((*answer)->answer.find(code), std::string::npos);
  const auto person = world.store.FindPersonByCode(Sha256(code));
  ASSERT_TRUE(person.ok() && person->has_value());
  EXPECT_EQ((*person)->sealed_holder.find("kty"), std::string::npos);
}

TEST(EnrolPerson, JoinsTwoEmployersThroughTheCodeOnly) {
  ActsWorld world;
  EnrolPerson enrol = world.EnrolPeople();
  const auto first = enrol(Person(world, "p1", "1001"));
  const auto joined = enrol({world.council, Request("p1"), "C-77", first->passport_code});
  ASSERT_TRUE(joined.ok());
  EXPECT_EQ(joined->person, first->person);
  EXPECT_FALSE(joined->passport_code) << "they have it";
  EXPECT_EQ(WordsOf(enrol({world.council, Request("p2"), "C-78", "no-such-code"})), "not_found");
  EXPECT_EQ(WordsOf(enrol({world.council, Request("p3"), "C 79", {}})), "field_invalid");
  EXPECT_EQ(WordsOf(enrol({world.stranger, Request("p4"), "1", {}})), "caller_unknown");
  EXPECT_EQ(world.House(), "clean");
}

TEST(EnrolPerson, MakesOnePersonWhateverWriteIsLost) {
  constexpr int kWrites = 4;  // keys of two keepers, keys of the person, the person
  for (int nth = 0; nth < 2 * kWrites; ++nth) {
    const StoreFailure::When when = nth % 2 == 0 ? StoreFailure::When::kBefore : StoreFailure::When::kAfter;
    ActsWorld world;
    EnrolPerson enrol = world.EnrolPeople();
    int writes = 0;
    world.store.OnApply([&](const Changes&) -> std::optional<StoreFailure> {
      if (writes++ != nth / 2) return std::nullopt;
      return StoreFailure{when, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
    });
    const auto first = enrol(Person(world, "p1", "1001"));
    EXPECT_GT(writes, nth / 2) << "all of these writes are there";
    const auto second = enrol(Person(world, "p1", "1001"));
    ASSERT_TRUE(second.ok() && second->passport_code);
    EXPECT_TRUE(!first.ok() || second->passport_code == first->passport_code);
    EXPECT_TRUE(world.store.FindPersonByCode(Sha256(*second->passport_code))->has_value());
    EXPECT_EQ(world.House(), "clean");
  }
}

}  // namespace
}  // namespace passport
