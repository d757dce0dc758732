// People on the wire: what opens a passport, and what does not.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/service/rpc/person_program.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Holding : public ::testing::Test {
 protected:
  void SetUp() override { code_ = world_.Settle(); }

  struct Given {
    grpc::Status status;
    std::vector<v1::ReceivedCredential> records;
    std::string token;
  };
  Given Receive(PersonProgram& person, std::unique_ptr<grpc::ClientContext> context,
                const v1::ReceiveRequest& request) {
    const auto reader = person.stub().Receive(context.get(), request);
    Given given;
    for (v1::ReceiveResponse part; reader->Read(&part);) {
      if (part.has_credential()) given.records.push_back(part.credential());
      if (!part.next_token().empty()) given.token = part.next_token();
    }
    given.status = reader->Finish();
    return given;
  }
  Given Receive(PersonProgram& person, const std::string& since = "") {
    v1::ReceiveRequest request;
    request.set_since(since);
    return Receive(person, person.Proven("Receive", request), request);
  }
  std::string Word(PersonProgram& person, std::unique_ptr<grpc::ClientContext> context,
                   const v1::ReceiveRequest& request = {}) {
    const grpc::Status status = Receive(person, std::move(context), request).status;
    return status.ok() ? "OK" : ErrorWord(status);
  }
  std::string Redeem(PersonProgram& person, const v1::RedeemRequest& request, v1::RedeemResponse* response = nullptr) {
    v1::RedeemResponse own;
    const grpc::Status status =
        person.stub().Redeem(person.Proven("Redeem", request).get(), request, response == nullptr ? &own : response);
    return status.ok() ? "OK" : ErrorWord(status);
  }
  void Leave(const std::string& employee_number) {
    v1::EndEmploymentRequest leaves;
    leaves.set_request_id("leave-" + employee_number);
    leaves.set_employee_number(employee_number);
    leaves.set_reason("retirement");
    v1::EndEmploymentResponse left;
    ASSERT_TRUE(
        v1::PassportService::NewStub(world_.Connect(kEmployer))->EndEmployment(Soon().get(), leaves, &left).ok());
  }
  std::string Issue(const std::string& employee_number, const std::string& request_id) {
    v1::IssueCredentialRequest request;
    request.set_request_id(request_id);
    request.set_employee_number(employee_number);
    *request.mutable_record() = TrainingRecord();
    v1::IssueCredentialResponse response;
    const grpc::Status status =
        v1::IssuerService::NewStub(world_.Connect(kEmployer))->IssueCredential(Soon().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.credential_id();
  }
  std::size_t Audited(std::string_view action, std::string_view actor) {
    const auto rows = world_.store().AuditRows(0, 100'000)->rows;
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const AuditRow& row) {
      return row.entry.action == action && row.entry.actor == actor;
    }));
  }

  WireWorld world_;
  std::string code_;
};

TEST_F(Holding, APersonReceivesWhatWasIssuedForTheirKey) {
  PersonProgram anna(world_);
  const v1::RedeemResponse redeemed = anna.TakeUp("2001");
  EXPECT_EQ(redeemed.organisation(), kEmployer);
  EXPECT_THAT(redeemed.passport_code(), SizeIs(22));
  const std::string credential = Issue("2001", "t1");
  const Given first = Receive(anna);
  ASSERT_TRUE(first.status.ok()) << first.status.error_message();
  ASSERT_THAT(first.records, SizeIs(1));
  EXPECT_EQ(first.records[0].credential_id(), credential);
  EXPECT_EQ(first.records[0].issuer_name(), "An organisation");
  EXPECT_EQ(first.records[0].kind(), "mandatory_training");
  EXPECT_THAT(first.records[0].token(), HasSubstr("~"));
  EXPECT_THAT(Receive(anna, first.token).records, IsEmpty()) << "nothing is new";
  EXPECT_EQ(Audited("passport.received", kAuditPeople), 2U);
  EXPECT_THAT(world_.log(), Not(HasSubstr(redeemed.person_id())));
}

TEST_F(Holding, OnlyAFreshProofOfThisCallByAGoodKeyOpensAPassport) {
  PersonProgram anna(world_);
  PersonProgram nobody(world_);
  anna.TakeUp("2001");
  const v1::ReceiveRequest request;
  v1::ReceiveRequest other;
  other.set_since("x");
  const Instant now = SystemClockNow();
  EXPECT_EQ(Word(anna, anna.Proven("Receive", request)), "OK");
  EXPECT_EQ(Word(nobody, nobody.Proven("Receive", request)), "HOLDER_UNKNOWN");
  EXPECT_EQ(Word(anna, Soon()), "HOLDER_UNKNOWN");
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", anna.Proof("Redeem", request, now))), "KB_AUD");
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", anna.Proof("Receive", request, now)), other), "KB_HASH");
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", anna.Proof("Receive", request, now - Seconds{90}))), "KB_TIME");
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", anna.Proof("Receive", request, now + Seconds{90}))), "KB_TIME");
  const std::string for_another = anna.Proof("Receive", request, now, "other.example");
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", for_another)), "KB_AUD") << "caught by another service";
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", "x.y.z")), "MALFORMED");
  const std::string proof = anna.Proof("Receive", request, now);
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", proof)), "OK");
  EXPECT_EQ(Word(anna, PersonProgram::With("dpop", proof)), "KB_NONCE") << "a proof is taken once";
  auto twice = PersonProgram::With("dpop", anna.Proof("Receive", request, now));
  twice->AddMetadata("dpop", anna.Proof("Receive", request, now));
  EXPECT_EQ(Word(anna, std::move(twice)), "FIELD_INVALID");
  auto both = PersonProgram::With("dpop", anna.Proof("Receive", request, now));
  both->AddMetadata("passport-code", code_);
  EXPECT_EQ(Word(anna, std::move(both)), "FIELD_INVALID");
  EXPECT_EQ(Audited("call.refused", kAuditPeople), 11U) << "every refusal is on record";
}

TEST_F(Holding, AKeyThatWasGivenUpAnswersLikeOneNobodyKnows) {
  PersonProgram anna(world_);
  PersonProgram nobody(world_);
  anna.TakeUp("2001");
  ASSERT_EQ(world_.store().Apply({EndHolderKey{anna.thumbprint(), SystemClockNow(), "lost"}}).outcome,
            CommitOutcome::kDone);
  const Given given_up = Receive(anna);
  const Given unknown = Receive(nobody);
  EXPECT_EQ(ErrorWord(given_up.status), "HOLDER_UNKNOWN");
  EXPECT_EQ(given_up.status.error_message(), unknown.status.error_message());
  EXPECT_EQ(given_up.status.error_details(), unknown.status.error_details());
  const v1::RedeemRequest again = PersonProgram::RedeemOf(anna.Invite("2002"), "again");
  EXPECT_EQ(Redeem(anna, again), "STATE_CONFLICT") << "what was lost is not bound again";
}

TEST_F(Holding, APassportCodeOpensWhatTheServiceKeepsAndNothingElse) {
  world_.IssueTraining("t1");
  PersonProgram anna(world_);
  const std::string own = anna.TakeUp("2001").passport_code();
  const v1::ReceiveRequest request;
  const Given kept = Receive(anna, PersonProgram::With("passport-code", code_), request);
  EXPECT_TRUE(kept.status.ok()) << kept.status.error_message();
  EXPECT_THAT(kept.records, SizeIs(1));
  EXPECT_EQ(Word(anna, PersonProgram::With("passport-code", own)), "HOLDER_UNKNOWN") << "hers is in her own hands";
  EXPECT_EQ(Word(anna, PersonProgram::With("passport-code", "nobody's")), "HOLDER_UNKNOWN");
  v1::RedeemRequest second_job = PersonProgram::RedeemOf(anna.Invite("R1", kReceiver), "join");
  second_job.clear_held_as();
  v1::RedeemResponse joined;
  const grpc::Status refused = anna.stub().Redeem(PersonProgram::With("passport-code", own).get(), second_job, &joined);
  EXPECT_EQ(ErrorWord(refused), "HOLDER_UNKNOWN");
}

TEST_F(Holding, TheProofCountsOnEitherPortAndTheCertificateOnNone) {
  PersonProgram anna(world_);
  anna.TakeUp("2001");
  const auto through_hr = v1::WalletService::NewStub(world_.Connect(kEmployer));
  const v1::ReceiveRequest request;
  const auto context = anna.Proven("Receive", request);
  const auto reader = through_hr->Receive(context.get(), request);
  v1::ReceiveResponse part;
  while (reader->Read(&part)) continue;
  EXPECT_TRUE(reader->Finish().ok());
  const auto bare = Soon();
  const auto refused = through_hr->Receive(bare.get(), request);
  EXPECT_FALSE(refused->Read(&part));
  EXPECT_EQ(ErrorWord(refused->Finish()), "HOLDER_UNKNOWN");
}

TEST_F(Holding, APersonTakesEverythingTheServiceHasWithThemAlsoWhenTheyHaveLeft) {
  PersonProgram anna(world_);
  PersonProgram nobody(world_);
  const std::string person = anna.TakeUp("2001").person_id();
  const std::string credential = Issue("2001", "t1");
  Leave("2001");
  const auto take = [](PersonProgram& by, std::vector<std::string>& lines) {
    const v1::ExportPassportRequest request;
    const auto context = by.Proven("ExportPassport", request);
    const auto reader = by.stub().ExportPassport(context.get(), request);
    for (v1::ExportPassportResponse part; reader->Read(&part);) lines.push_back(part.line());
    const grpc::Status status = reader->Finish();
    return status.ok() ? "OK" : ErrorWord(status);
  };
  std::vector<std::string> lines;
  ASSERT_EQ(take(anna, lines), "OK");
  EXPECT_THAT(lines.front(), HasSubstr("\"person_id\":\"" + person + "\""));
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("\"leaving_reason\":\"retirement\"")));
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("\"credential_id\":\"" + credential + "\"")));
  EXPECT_EQ(lines.back(), "{\"line\":\"end\",\"lines\":" + std::to_string(lines.size() - 1) + "}");
  EXPECT_EQ(Audited("passport.exported", kAuditPeople), 1U);
  EXPECT_THAT(world_.log(), Not(HasSubstr(person)));
  std::vector<std::string> none;
  EXPECT_EQ(take(nobody, none), "HOLDER_UNKNOWN");
  EXPECT_THAT(none, IsEmpty());
}

v1::ErasePassportRequest ToErase(const std::string& id = "erase-1") {
  v1::ErasePassportRequest request;
  request.set_request_id(id);
  return request;
}

TEST_F(Holding, APersonWhoHasLeftErasesThePassportAndIsToldWhatStays) {
  PersonProgram anna(world_);
  const std::string person = anna.TakeUp("2001").person_id();
  Issue("2001", "t1");
  v1::ErasePassportResponse answer;
  const auto erase = [&](PersonProgram& by) {
    const grpc::Status status =
        by.stub().ErasePassport(by.Proven("ErasePassport", ToErase()).get(), ToErase(), &answer);
    return status.ok() ? "OK" : ErrorWord(status);
  };
  EXPECT_EQ(erase(anna), "STATE_CONFLICT") << "she works there";
  Leave("2001");
  ASSERT_EQ(erase(anna), "OK");
  ASSERT_THAT(answer.kept(), SizeIs(4));
  EXPECT_EQ(answer.kept(0).what(), v1::KEPT_OF_PEOPLE);
  EXPECT_EQ(answer.kept(0).organisation(), kEmployer);
  EXPECT_EQ(answer.kept(1).what(), v1::KEPT_OF_CREDENTIALS);
  EXPECT_EQ(answer.kept(1).count(), 1U);
  EXPECT_FALSE(answer.kept(1).has_until_time()) << "no rules are in force here";
  EXPECT_EQ(answer.kept(2).what(), v1::KEPT_OF_PASSPORT);
  EXPECT_THAT(answer.kept(2).organisation(), IsEmpty());
  EXPECT_EQ(answer.kept(3).what(), v1::KEPT_OF_AUDIT);
  EXPECT_EQ(erase(anna), "OK") << "her own key is not the service's to erase: she can ask again";
  EXPECT_EQ(Audited("passport.erased", kAuditPeople), 2U);
  EXPECT_THAT(world_.log(), Not(HasSubstr(person)));
  PersonProgram nobody(world_);
  EXPECT_EQ(erase(nobody), "HOLDER_UNKNOWN");
}

TEST_F(Holding, ErasingTakesThePersonsOwnKeyOrCodeAndNoSessionCode) {
  const auto stub = v1::WalletService::NewStub(world_.ConnectAsPerson());
  const auto erase = [&](const std::string& code) {
    v1::ErasePassportResponse response;
    const grpc::Status status =
        stub->ErasePassport(PersonProgram::With("passport-code", code).get(), ToErase(), &response);
    return status.ok() ? "OK" : ErrorWord(status);
  };
  v1::UnlockPassportRequest unlock;
  unlock.set_request_id("unlock-1");
  unlock.set_employee_number("1001");
  unlock.mutable_identity()->set_method("known_in_person");
  unlock.mutable_identity()->set_checked_by("Orla Clerkson");
  unlock.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
  v1::UnlockPassportResponse unlocked;
  ASSERT_TRUE(
      v1::PassportService::NewStub(world_.Connect(kEmployer))->UnlockPassport(Soon().get(), unlock, &unlocked).ok());
  EXPECT_EQ(erase(unlocked.session_code()), "HOLDER_UNKNOWN");
  EXPECT_EQ(erase(code_), "STATE_CONFLICT") << "they work there";
  Leave("1001");
  EXPECT_EQ(erase(unlocked.session_code()), "HOLDER_UNKNOWN");
  EXPECT_EQ(erase(code_), "OK");
  EXPECT_EQ(erase(code_), "OK") << "the code goes on saying what is left";
}

TEST_F(Holding, TheSecondPortFollowsTheCertificateToo) {
  PersonProgram anna(world_);
  anna.TakeUp("2001");
  const WireWorld::OtherTls other = world_.MakeOtherTls();
  world_.server().ReplaceTls(other.files);
  PersonProgram later(world_);  // trusts the authority of before
  EXPECT_EQ(Receive(later).status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(Receive(anna).status.ok()) << "a connection that is open goes on";
}

TEST_F(Holding, TwoEmployersAtOnceWithOneKeyMakeOnePassportAndWithTwoKeysTwo) {
  PersonProgram anna(world_);
  PersonProgram ben(world_);
  for (int round = 0; round < 5; ++round) {
    const std::string n = std::to_string(round);
    PersonProgram once(world_);
    const v1::RedeemRequest first = PersonProgram::RedeemOf(once.Invite("A" + n, kEmployer), "a" + n);
    const v1::RedeemRequest second = PersonProgram::RedeemOf(once.Invite("B" + n, kReceiver), "b" + n);
    v1::RedeemResponse one;
    v1::RedeemResponse two;
    std::string word;
    std::thread other([&] { word = Redeem(once, second, &two); });
    EXPECT_EQ(Redeem(once, first, &one), "OK");
    other.join();
    EXPECT_EQ(word, "OK");
    EXPECT_EQ(one.person_id(), two.person_id());
    EXPECT_NE(one.passport_code().empty(), two.passport_code().empty()) << "the code is told once";
  }
  EXPECT_NE(anna.TakeUp("C1").person_id(), ben.TakeUp("C1", kReceiver).person_id()) << "never by a number";
}

TEST_F(Holding, AnEmployerJoinsAPassportThatTheServiceKeepsByItsCode) {
  PersonProgram anyone(world_);
  v1::RedeemRequest request = PersonProgram::RedeemOf(anyone.Invite("R1", kReceiver), "join");
  request.clear_held_as();
  v1::RedeemResponse response;
  const auto context = PersonProgram::With("passport-code", code_);
  const grpc::Status status = anyone.stub().Redeem(context.get(), request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(response.passport_code(), IsEmpty());
  const PersonId person = PersonId::Parse(response.person_id()).value();
  EXPECT_TRUE(*world_.store().Employs(OrganisationId::Parse(kEmployer).value(), person));
  EXPECT_TRUE(*world_.store().Employs(OrganisationId::Parse(kReceiver).value(), person));
}

TEST_F(Holding, TheSameRedemptionIsAnsweredTheSame) {
  PersonProgram anna(world_);
  const v1::RedeemRequest request = PersonProgram::RedeemOf(anna.Invite("2001"), "r1");
  v1::RedeemResponse first;
  v1::RedeemResponse second;
  ASSERT_EQ(Redeem(anna, request, &first), "OK");
  ASSERT_EQ(Redeem(anna, request, &second), "OK");
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  v1::RedeemRequest other = request;
  other.set_held_as(v1::HELD_AS_FILE);
  EXPECT_EQ(Redeem(anna, other), "REQUEST_REUSED");
  PersonProgram thief(world_);
  EXPECT_EQ(Redeem(thief, request), "NOT_FOUND") << "it was redeemed";
}

// Whether there is such an invitation, whose, and what is wrong with it must not be told.
TEST_F(Holding, AnInvitationIsNoOracle) {
  PersonProgram anna(world_);
  PersonProgram thief(world_);
  const v1::InvitePersonResponse invitation = anna.Invite("2001");
  const v1::InvitePersonResponse of_another = anna.Invite("R1", kReceiver);
  std::vector<std::string> answers;
  const auto ask = [&](const v1::RedeemRequest& request) {
    v1::RedeemResponse response;
    const grpc::Status status = thief.stub().Redeem(thief.Proven("Redeem", request).get(), request, &response);
    answers.push_back(std::to_string(status.error_code()) + status.error_message() + status.error_details());
  };
  v1::RedeemRequest wrong = PersonProgram::RedeemOf(invitation, "w");
  wrong.set_code(invitation.code() == "00000000" ? "00000001" : "00000000");
  v1::RedeemRequest crossed = PersonProgram::RedeemOf(invitation, "c");
  crossed.set_code(of_another.code());
  v1::RedeemRequest nowhere = wrong;
  nowhere.set_invitation("AAAAAAAAAAAAAAAAAAAAAA");
  ask(nowhere);
  ask(wrong);
  ask(crossed);
  ASSERT_EQ(Redeem(anna, PersonProgram::RedeemOf(invitation, "r")), "OK");
  ask(PersonProgram::RedeemOf(invitation, "late"));
  for (const std::string& answer : answers) EXPECT_EQ(answer, answers.front());
}

TEST_F(Holding, AfterTenWrongCodesAnInvitationIsDead) {
  PersonProgram anna(world_);
  const v1::InvitePersonResponse invitation = anna.Invite("2001");
  v1::RedeemRequest wrong = PersonProgram::RedeemOf(invitation, "w");
  for (int i = 0; i < 10; ++i) {
    wrong.set_code("0000000" + std::string(1, static_cast<char>('A' + i)));
    EXPECT_EQ(Redeem(anna, wrong), "NOT_FOUND");
  }
  EXPECT_EQ(Redeem(anna, PersonProgram::RedeemOf(invitation, "r")), "NOT_FOUND");
  EXPECT_EQ(world_.store().FindInvitation(invitation.invitation())->value().state, InvitationState::kDead);
  EXPECT_EQ(Audited("invitation.wrong_code", kAuditPeople), 9U);
  EXPECT_EQ(Audited("invitation.dead", kAuditPeople), 1U);
}

TEST_F(Holding, WhoGuessesIsSlowedDownAndNotTheirNeighbours) {
  ServerLimits limits;
  limits.people.address.refused_burst = 5;
  limits.people.address.refused_per_s = 0.001;
  WireWorld world(limits);
  const std::string code = world.Settle();
  PersonProgram guesser(world);
  PersonProgram anna(world);
  anna.TakeUp("2001");
  std::string last;
  for (int i = 0; i < 7; ++i) last = Word(guesser, guesser.Proven("Receive", v1::ReceiveRequest()));
  EXPECT_EQ(last, "BUSY");
  EXPECT_EQ(Word(guesser, PersonProgram::With("passport-code", code)), "BUSY") << "no code is looked at";
  EXPECT_EQ(Word(anna, anna.Proven("Receive", v1::ReceiveRequest())), "OK") << "behind the same address, with her key";
  v1::ListCredentialsResponse response;
  EXPECT_TRUE(v1::IssuerService::NewStub(world.Connect(kEmployer))->ListCredentials(Soon().get(), {}, &response).ok());
}

TEST_F(Holding, WhatIsForEmployersIsNotAtThePortForPeople) {
  v1::ListCredentialsResponse response;
  const auto issuer = v1::IssuerService::NewStub(world_.ConnectAsPerson());
  PersonProgram anna(world_);
  anna.TakeUp("2001");
  const auto with_proof = anna.Proven("Receive", v1::ListCredentialsRequest());
  EXPECT_EQ(issuer->ListCredentials(with_proof.get(), {}, &response).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  const auto shares = v1::ShareService::NewStub(world_.ConnectAsPerson());
  v1::ListSharesResponse listed;
  EXPECT_EQ(ErrorWord(shares->ListShares(Soon().get(), {}, &listed)), "CALLER_UNKNOWN");
  grpc::GenericStub anything(world_.ConnectAsPerson());
  grpc::CompletionQueue queue;
  const auto context = Soon();
  const auto call = anything.PrepareUnaryCall(
      context.get(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", grpc::ByteBuffer(), &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  EXPECT_TRUE(queue.Next(&tag, &ok));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(Holding, WhoGuessesAtInvitationsIsSlowedDownToo) {
  ServerLimits limits;
  limits.people.address.refused_burst = 5;
  limits.people.address.refused_per_s = 0.001;
  WireWorld world(limits);
  world.Settle();
  PersonProgram guesser(world);
  std::vector<std::string> words;
  for (int i = 0; i < 7; ++i) {
    v1::RedeemRequest redeem;
    redeem.set_request_id("guess-" + std::to_string(i));
    redeem.set_invitation("AAAAAAAAAAAAAAAAAAAAAA");
    redeem.set_code("AAAAAAAA");
    redeem.set_held_as(v1::HELD_AS_FILE);
    words.push_back(Redeem(guesser, redeem));
  }
  EXPECT_EQ(words.front(), "NOT_FOUND");
  EXPECT_EQ(words.back(), "BUSY");
}

}  // namespace
}  // namespace passport
