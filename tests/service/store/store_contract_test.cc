// What every change expects and does, and that a refused commit leaves nothing.
#include <gmock/gmock.h>

#include "passport-service/check/check_house.h"
#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

TEST_P(StoreContract, NothingToDoIsDone) { EXPECT_EQ(Apply({}), kDone); }

TEST_P(StoreContract, AnOrganisationIsAddedOnce) {
  EXPECT_FALSE(store().FindOrganisation(trust_)->has_value());
  EXPECT_EQ(Apply({AddOrganisation{SampleOrganisation(trust_)}}), kDone);
  EXPECT_EQ(Apply({AddOrganisation{SampleOrganisation(trust_)}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(store().FindOrganisation(trust_)->value().legal_name, "Example Trust");
}

TEST_P(StoreContract, AnOrganisationIsReplacedByItsNextRevisionOnly) {
  OrganisationRow row = SampleOrganisation(trust_);
  row.revision = 1;
  EXPECT_EQ(Apply({ReplaceOrganisation{row}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddOrganisation{SampleOrganisation(trust_)}}), kDone);
  row.revision = 2;
  EXPECT_EQ(Apply({ReplaceOrganisation{row}}), Refused(0, Reason::kStateConflict));
  row.revision = 1;
  row.legal_name = "New Name";
  row.valid_until = kNoon;
  EXPECT_EQ(Apply({ReplaceOrganisation{row}}), kDone);
  EXPECT_EQ(Apply({ReplaceOrganisation{row}}), Refused(0, Reason::kStateConflict));
  const auto stored = store().FindOrganisation(trust_)->value();
  EXPECT_EQ(stored.legal_name, "New Name");
  EXPECT_EQ(stored.valid_until, kNoon);
}

TEST_P(StoreContract, AKeyHasOneCertificateForGood) {
  EXPECT_FALSE(store().FindCertificate("kid")->has_value());
  ASSERT_EQ(Apply({AddCertificate{SampleCertificate("kid")}, AddCertificate{SampleCertificate("ki")}}), kDone);
  CertificateRow other = SampleCertificate("kid");
  other.certificate = "another";
  EXPECT_EQ(Apply({AddCertificate{other}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(store().FindCertificate("kid")->value().certificate, SampleCertificate("kid").certificate);
  const auto all = store().AllCertificates();
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->front().kid, "ki");
}

TEST_P(StoreContract, APersonIsUniqueByIdAndByCode) {
  const PersonRow anna = SamplePerson(Person("anna"));
  ASSERT_EQ(Apply({AddPerson{anna}}), kDone);
  EXPECT_EQ(Apply({AddPerson{anna}}), Refused(0, Reason::kAlreadyExists));
  PersonRow other = SamplePerson(Person("ben"));
  other.passport_code_hash = anna.passport_code_hash;
  EXPECT_EQ(Apply({AddPerson{other}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_FALSE(store().FindPerson(Person("ben"))->has_value());
  EXPECT_EQ(store().FindPersonByCode(anna.passport_code_hash)->value().id, anna.id);
  EXPECT_EQ(store().FindPerson(anna.id)->value().sealed_holder, anna.sealed_holder);
  EXPECT_FALSE(store().FindPersonByCode(Sha256("no such code"))->has_value());
}

TEST_P(StoreContract, AnEmployeeNumberIsGivenOnceInAnOrganisation) {
  const auto known = [](const OrganisationId& organisation, std::string_view number, std::string_view person) {
    return Changes{AddEmployment{SampleEmployment(organisation, number, Person(person))}};
  };
  ASSERT_EQ(Apply(known(trust_, "1001", "anna")), kDone);
  EXPECT_EQ(Apply(known(trust_, "1001", "ben")), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply(known(council_, "1001", "ben")), kDone);
  EXPECT_EQ(Apply(known(trust_, "1002", "anna")), kDone);
  EXPECT_EQ(store().FindEmployment(trust_, Sha256("1001"))->value().person, Person("anna"));
  EXPECT_EQ(store().FindEmployment(trust_, Sha256("1002"))->value().sealed_number.substr(1, 6), "sealed");
  EXPECT_FALSE(store().FindEmployment(trust_, Sha256("0"))->has_value());
  EXPECT_EQ(store().EmploymentsOf(trust_, Person("anna"))->size(), 2U);
  EXPECT_TRUE(store().EmploymentsOf(council_, Person("anna"))->empty());
  EXPECT_TRUE(*store().Employs(trust_, Person("anna")));
  EXPECT_FALSE(*store().Employs(trust_, Person("ann")));
  EXPECT_FALSE(*store().Employs(trust_, Person("ben")));
  EXPECT_TRUE(*store().Employs(council_, Person("ben")));
}

TEST_P(StoreContract, SlotsAreTakenFromWhereTheListStands) {
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 0, 1}}), Refused(0, Reason::kNotFound));
  StatusListRow list = SampleList(trust_);
  list.size = 10;
  ASSERT_EQ(Apply({OpenStatusList{list}}), kDone);
  EXPECT_EQ(Apply({OpenStatusList{list}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 0, 4}}), kDone);
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 0, 4}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 4, 0}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 4, 7}}), Refused(0, Reason::kStatusListFull));
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 4, UINT32_MAX}}), Refused(0, Reason::kStatusListFull));
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 4, 6}}), kDone);
  EXPECT_EQ(store().StatusListsOf(trust_)->front().next, 10U);
  EXPECT_TRUE(store().StatusListsOf(council_)->empty());
}

TEST_P(StoreContract, ADecoyIsNotTakenAndAListIsRetiredWhenItIsFull) {
  StatusListRow list = SampleList(trust_);
  ASSERT_EQ(Apply({OpenStatusList{list}}), kDone);
  const RetireStatusList retire{trust_, 1, kNoon};
  EXPECT_EQ(Apply({RetireStatusList{trust_, 2, kNoon}}), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({retire}), Refused(0, Reason::kStateConflict)) << "it has room";
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 0, list.room() + 1}}), Refused(0, Reason::kStatusListFull));
  EXPECT_EQ(Apply({TakeSlots{trust_, 1, 0, list.room()}}), kDone);
  EXPECT_EQ(Apply({retire}), kDone);
  EXPECT_EQ(Apply({retire}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(store().StatusListsOf(trust_)->front().retired_at, kNoon);
  EXPECT_EQ(Apply({AddIntent{Story{trust_, 0}.intent()}}), Refused(0, Reason::kStatusListFull));
}

TEST_P(StoreContract, ARevokedEntryNeverChangesAgain) {
  const auto set = [&](std::uint32_t index, std::uint8_t value) {
    return Apply({SetStatus{{trust_, 1, index}, value}});
  };
  EXPECT_EQ(set(5, 1), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({OpenStatusList{SampleList(trust_)}}), kDone);
  EXPECT_EQ(set(SampleList(trust_).size, 1), Refused(0, Reason::kNotFound));
  EXPECT_EQ(set(5, 4), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(set(5, 2), kDone);
  EXPECT_EQ(set(300, 2), kDone);
  EXPECT_EQ(set(300, 0), kDone);
  EXPECT_EQ(set(6, 2), kDone);
  EXPECT_EQ(set(5, 1), kDone);
  EXPECT_EQ(set(5, 1), kDone);
  EXPECT_EQ(set(5, 2), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(set(5, 0), Refused(0, Reason::kStateConflict));
  const auto entries = *store().StatusEntries(trust_, 1);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].index, 5U);
  EXPECT_EQ(entries[0].value, 1);
  EXPECT_EQ(entries[1].index, 6U);
  EXPECT_EQ(entries[1].value, 2);
}

TEST_P(StoreContract, ARequestIsIntendedAndAnsweredOnce) {
  const Story story{trust_, 0};
  EXPECT_EQ(Apply({DropIntent{trust_, story.request()}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddIntent{story.intent()}}), kDone);
  EXPECT_EQ(Apply({AddIntent{story.intent()}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(store().FindIntent(trust_, story.request())->value().slot, story.slot());
  EXPECT_FALSE(store().FindIntent(council_, story.request())->has_value());
  EXPECT_EQ(Apply({RememberAnswer{story.answer()}, DropIntent{trust_, story.request()}}), kDone);
  EXPECT_FALSE(store().FindIntent(trust_, story.request())->has_value());
  EXPECT_EQ(Apply({AddIntent{story.intent()}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply({RememberAnswer{story.answer()}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(store().FindAnswer(trust_, story.request())->value().answer, story.answer().answer);
  EXPECT_FALSE(store().FindAnswer(council_, story.request())->has_value());
}

TEST_P(StoreContract, ACredentialIsUniqueByIdAndBySlot) {
  const Story first{trust_, 0};
  ASSERT_EQ(Apply({AddCredential{first.row()}}), kDone);
  EXPECT_EQ(Apply({AddCredential{first.row()}}), Refused(0, Reason::kAlreadyExists));
  CredentialRow second = Story{trust_, 1}.row();
  second.slot = first.slot();
  EXPECT_EQ(Apply({AddCredential{second}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_FALSE(store().FindCredential(trust_, second.id)->has_value());
  EXPECT_FALSE(store().FindCredential(council_, first.credential())->has_value());
  const auto stored = store().FindCredential(trust_, first.credential())->value();
  EXPECT_EQ(stored.sealed_token, first.row().sealed_token);
  EXPECT_EQ(stored.slot, first.slot());
}

TEST_P(StoreContract, AStateChangesFromWhatItIs) {
  const Story story{trust_, 0};
  const auto change = [&](CredentialState from, CredentialState to) {
    return Apply({ChangeCredentialState{trust_, story.credential(), from, to, "why", kNoon}});
  };
  EXPECT_EQ(change(CredentialState::kCurrent, CredentialState::kRevoked), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddCredential{story.row()}}), kDone);
  EXPECT_EQ(change(CredentialState::kSuspended, CredentialState::kRevoked), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(change(CredentialState::kCurrent, CredentialState::kSuspended), kDone);
  EXPECT_EQ(change(CredentialState::kCurrent, CredentialState::kSuspended), Refused(0, Reason::kStateConflict));
  const auto stored = store().FindCredential(trust_, story.credential())->value();
  EXPECT_EQ(stored.state, CredentialState::kSuspended);
  EXPECT_EQ(stored.state_reason, "why");
}

TEST_P(StoreContract, AChallengeIsUsedOnceByItsAudienceInTime) {
  const ChallengeRow challenge{.nonce = "n1", .audience = trust_, .expires_at = kNoon};
  const auto use = [&](const OrganisationId& by, std::int64_t seconds) {
    return Apply({ConsumeChallenge{"n1", by, kNoon + Seconds{seconds}}});
  };
  EXPECT_EQ(use(trust_, -1), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddChallenge{challenge}}), kDone);
  EXPECT_EQ(Apply({AddChallenge{challenge}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(use(council_, -1), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(use(trust_, 0), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(store().FindChallenge("n1")->value().audience, trust_);
  EXPECT_EQ(use(trust_, -1), kDone);
  EXPECT_EQ(use(trust_, -1), Refused(0, Reason::kNotFound));
  EXPECT_FALSE(store().FindChallenge("n1")->has_value());
}

TEST_P(StoreContract, ExpiredChallengesGoOldestFirst) {
  for (int n = 0; n < 6; ++n) {
    ASSERT_EQ(Apply({AddChallenge{{"n" + std::to_string(n), trust_, kNoon + Seconds{10 - n}}}}), kDone);
  }
  const auto there = [&](const char* nonce) { return store().FindChallenge(nonce)->has_value(); };
  EXPECT_EQ(Apply({PruneChallenges{kNoon + Seconds{4}, 10}}), kDone);
  EXPECT_TRUE(there("n5"));
  EXPECT_EQ(Apply({PruneChallenges{kNoon + Seconds{8}, 2}}), kDone);
  EXPECT_FALSE(there("n5"));
  EXPECT_FALSE(there("n4"));
  EXPECT_TRUE(there("n3"));
  EXPECT_EQ(Apply({AddChallenge{{"late", trust_, kNoon}}, PruneChallenges{kNoon + Seconds{8}, 1}}), kDone);
  EXPECT_EQ(Apply({PruneChallenges{kNoon + Seconds{8}, 10}}), kDone);
  EXPECT_FALSE(there("late"));
  EXPECT_FALSE(there("n2"));
  EXPECT_TRUE(there("n1"));
  EXPECT_TRUE(there("n0"));
}

TEST_P(StoreContract, ADocumentIsKeptInEveryVersion) {
  const auto put = [&](const char* name, std::uint64_t version) {
    return Apply({PutDocument{{name, version, "text " + std::to_string(version), kNoon}}});
  };
  EXPECT_EQ(put("registry", 0), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(put("registry", 1), kDone);
  EXPECT_EQ(put("registry", 1), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(put("registry", 2), kDone);
  EXPECT_EQ(put("registry", 4), kDone) << "receivers remember 3 from before the store was put back";
  EXPECT_EQ(put("profile/a", 7), kDone) << "agreed elsewhere before";
  EXPECT_EQ(put("profile/a", 6), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(put("profile/a", 9), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(put("profile/b", 1), kDone);
  EXPECT_EQ(put("profile/b", 2), kDone);
  EXPECT_EQ(store().NewestDocument("registry")->value().text, "text 4");
  EXPECT_FALSE(store().NewestDocument("profile/")->has_value());
  const auto profiles = *store().NewestDocuments("profile/");
  ASSERT_EQ(profiles.size(), 2U);
  EXPECT_EQ(profiles[0].name, "profile/a");
  EXPECT_EQ(profiles[1].version, 2U);
  EXPECT_EQ(store().NewestDocuments("")->size(), 3U);
  EXPECT_EQ(store().AllDocuments("", 10)->rows.size(), 6U);
}

TEST_P(StoreContract, TheTrailIsAChainWithoutGaps) {
  ASSERT_EQ(Apply({AppendAudit{SampleAudit("a", "1")}, AppendAudit{SampleAudit("b", "2")}}), kDone);
  ASSERT_EQ(Apply({AppendAudit{SampleAudit("never", "")}, DropIntent{trust_, Request("none")}}),
            Refused(1, Reason::kNotFound));
  ASSERT_EQ(Apply({AppendAudit{SampleAudit("c", "3")}, AppendEvent{{kNoon, "t", "o"}}}), kDone);
  const auto rows = store().AuditRows(0, 10)->rows;
  ASSERT_EQ(rows.size(), 3U);
  Digest previous{};
  for (std::size_t n = 0; n < rows.size(); ++n) {
    EXPECT_EQ(rows[n].sequence, n + 1);
    EXPECT_EQ(rows[n].previous, previous);
    EXPECT_EQ(rows[n].hash, AuditHash(rows[n]));
    previous = rows[n].hash;
  }
  EXPECT_EQ(rows[2].entry.action, "c");
  EXPECT_EQ(store().LastAuditRow()->value().hash, rows[2].hash);
  EXPECT_EQ(store().EventRows(0, 10)->rows.front().entry.type, "t");
}

TEST_P(StoreContract, TheRowsOfAnActorAreAChainOfTheirOwn) {
  EXPECT_EQ(store().LastAuditRow().value(), std::nullopt);
  const auto by = [](const char* actor, const char* action) {
    AuditEntry entry = SampleAudit(action, "");
    entry.actor = actor;
    entry.system = "esr";
    entry.why = "shift";
    return AppendAudit{entry};
  };
  ASSERT_EQ(Apply({by("ods:A", "1"), by("ods:A1", "other"), by("ods:A", "2")}), kDone);
  ASSERT_EQ(Apply({by("ods:A", "never"), DropIntent{trust_, Request("none")}}), Refused(1, Reason::kNotFound));
  ASSERT_EQ(Apply({by("ods:A", "3")}), kDone);
  const auto rows = store().AuditRowsOf("ods:A", 0, 10)->rows;
  ASSERT_EQ(rows.size(), 3U);
  Digest previous{};
  for (std::size_t n = 0; n < rows.size(); ++n) {
    EXPECT_EQ(rows[n].actor_sequence, n + 1);
    EXPECT_EQ(rows[n].actor_previous, previous);
    EXPECT_EQ(rows[n].entry.action, std::to_string(n + 1));
    EXPECT_EQ(rows[n].entry.why, "shift");
    previous = rows[n].hash;
  }
  EXPECT_EQ(rows[2].sequence, 4U);
  const auto page = store().AuditRowsOf("ods:A", 1, 1);
  EXPECT_EQ(page->rows.front().sequence, 3U);
  EXPECT_EQ(page->next, "2");
  EXPECT_TRUE(store().AuditRowsOf("ods:A", 3, 10)->rows.empty());
  EXPECT_TRUE(store().AuditRowsOf("ods", 0, 10)->rows.empty());
  const auto ends = store().AuditEnds().value();
  ASSERT_EQ(ends.size(), 2U);
  EXPECT_EQ(ends[0].actor, "ods:A");
  EXPECT_EQ(ends[0].sequence, 3U);
  EXPECT_EQ(ends[0].hash, rows[2].hash);
  EXPECT_EQ(ends[1].actor, "ods:A1");
}

TEST_P(StoreContract, ARefusedCommitLeavesNothing) {
  ASSERT_EQ(Apply(Found(trust_)), kDone);
  const Story story{trust_, 0};
  Changes changes = story.Intend();
  for (auto& change : story.Issue()) changes.push_back(std::move(change));
  changes.emplace_back(AddChallenge{{"n", trust_, kNoon}});
  changes.emplace_back(PutDocument{{"registry", 1, "text", kNoon}});
  changes.emplace_back(AddOrganisation{SampleOrganisation(trust_)});
  EXPECT_EQ(Apply(changes), Refused(changes.size() - 1, Reason::kAlreadyExists));
  EXPECT_EQ(store().StatusListsOf(trust_)->front().next, 0U);
  EXPECT_FALSE(store().FindCredential(trust_, story.credential())->has_value());
  EXPECT_FALSE(store().FindAnswer(trust_, story.request())->has_value());
  EXPECT_FALSE(store().FindChallenge("n")->has_value());
  EXPECT_FALSE(store().NewestDocument("registry")->has_value());
  EXPECT_TRUE(store().CredentialsHeldBy(story.person(), "", 10)->rows.empty());
  EXPECT_EQ(store().AuditRows(0, 10)->rows.size(), 1U);
  EXPECT_TRUE(store().EventRows(0, 10)->rows.empty());
  changes.pop_back();
  EXPECT_EQ(Apply(changes), kDone);
  EXPECT_THAT(CheckHouse(store())->violations, ::testing::IsEmpty());
}

TEST_P(StoreContract, LaterChangesOfABatchSeeEarlierOnes) {
  EXPECT_EQ(Apply({AddChallenge{{"n", trust_, kNoon}}, ConsumeChallenge{"n", trust_, kNoon - Seconds{1}},
                   ConsumeChallenge{"n", trust_, kNoon - Seconds{1}}}),
            Refused(2, Reason::kNotFound));
  EXPECT_EQ(Apply({PutDocument{{"d", 1, "", kNoon}}, PutDocument{{"d", 2, "", kNoon}}}), kDone);
  EXPECT_EQ(Apply({OpenStatusList{SampleList(trust_)}, TakeSlots{trust_, 1, 0, 3}, TakeSlots{trust_, 1, 3, 3}}), kDone);
  EXPECT_EQ(store().StatusListsOf(trust_)->front().next, 6U);
}

TEST_P(StoreContract, AWholeHouseFitsTogether) {
  ASSERT_EQ(Apply(Found(trust_)), kDone);
  for (std::uint32_t n = 0; n < 5; ++n) ASSERT_EQ(Apply(Story{trust_, n}.Intend()), kDone);
  for (std::uint32_t n = 0; n < 3; ++n) ASSERT_EQ(Apply(Story{trust_, n}.Issue()), kDone);
  ASSERT_EQ(Apply(Story{trust_, 0}.Revoke()), kDone);
  ASSERT_EQ(Apply(Story{trust_, 1}.Suspend()), kDone);
  ASSERT_EQ(Apply(Story{trust_, 3}.Void()), kDone);
  const auto report = CheckHouse(store());
  ASSERT_TRUE(report.ok());
  EXPECT_THAT(report->violations, ::testing::IsEmpty());
  EXPECT_EQ(report->credentials, 3U);
  EXPECT_EQ(report->intents, 1U);
  EXPECT_EQ(report->status_entries, 3U);
  EXPECT_EQ(report->audit_rows, 12U);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, ::testing::Values(Kind::kMemory, Kind::kRocks),
                         [](const auto& test) { return test.param == Kind::kMemory ? "Memory" : "Rocks"; });

}  // namespace
}  // namespace passport::test
