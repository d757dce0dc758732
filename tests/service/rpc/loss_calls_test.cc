// A passport on the wire that is moved, lost, replaced and taken back.
#include <gtest/gtest.h>

#include "tests/service/rpc/person_program.h"

namespace passport {
namespace {

class LossCalls : public ::testing::Test {
 protected:
  void SetUp() override {
    code_ = world_.Settle();
    v1::IssueCredentialRequest request;
    request.set_request_id("training-1");
    request.set_employee_number("1001");
    *request.mutable_record() = TrainingRecord();
    v1::IssueCredentialResponse response;
    const auto issuer = v1::IssuerService::NewStub(world_.Connect(kEmployer));
    ASSERT_TRUE(issuer->IssueCredential(Soon().get(), request, &response).ok());
  }

  // Kept, into the wallet of `person`: the passport code proves it, the new key proves itself.
  std::string Move(PersonProgram& person, const std::string& code, v1::MovePassportResponse& response) {
    v1::MovePassportRequest request;
    request.set_request_id("move-1");
    request.set_held_as(v1::HELD_AS_WALLET);
    request.set_new_key_proof(person.Proof("MovePassport", request, SystemClockNow()));
    const grpc::Status status =
        person.stub().MovePassport(PersonProgram::With("passport-code", code).get(), request, &response);
    return status.ok() ? "OK" : ErrorWord(status);
  }
  std::string Replace(v1::ReplacePassportResponse& response) {
    v1::ReplacePassportRequest request;
    request.set_request_id("replace-1");
    request.set_employee_number("1001");
    request.mutable_identity()->set_method("known_in_person");
    request.mutable_identity()->set_checked_by("A. Clerk");
    request.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
    request.set_held_as(v1::HELD_AS_KEPT);
    const auto stub = v1::PassportService::NewStub(world_.Connect(kEmployer));
    const grpc::Status status = stub->ReplacePassport(Soon().get(), request, &response);
    return status.ok() ? "OK" : ErrorWord(status);
  }
  std::string Receive(PersonProgram& person) {
    const v1::ReceiveRequest request;
    const auto context = person.Proven("Receive", request);
    const auto reader = person.stub().Receive(context.get(), request);
    for (v1::ReceiveResponse part; reader->Read(&part);) {
    }
    const grpc::Status status = reader->Finish();
    return status.ok() ? "OK" : ErrorWord(status);
  }

  WireWorld world_;
  std::string code_;
};

TEST_F(LossCalls, ASessionCodeProvesACallOfThePersonButNoReportOfALoss) {
  v1::UnlockPassportRequest request;
  request.set_request_id("unlock-1");
  request.set_employee_number("1001");
  v1::UnlockPassportResponse unlocked;
  const auto stub = v1::PassportService::NewStub(world_.Connect(kEmployer));
  EXPECT_EQ(ErrorWord(stub->UnlockPassport(Soon().get(), request, &unlocked)), "FIELD_INVALID") << "nobody looked";
  request.mutable_identity()->set_method("known_in_person");
  request.mutable_identity()->set_checked_by("A. Clerk");
  request.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
  ASSERT_TRUE(stub->UnlockPassport(Soon().get(), request, &unlocked).ok());
  EXPECT_EQ(unlocked.session_code().size(), 22U);
  EXPECT_GT(unlocked.expire_time().seconds(), SystemClockNow().seconds);
  PersonProgram person(world_);
  const auto context = PersonProgram::With("passport-code", unlocked.session_code());
  const auto reader = person.stub().Receive(context.get(), v1::ReceiveRequest());
  std::size_t parts = 0;
  for (v1::ReceiveResponse part; reader->Read(&part);) ++parts;
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_GT(parts, 0U);
  v1::ReportLossRequest report;
  report.set_request_id("lost-1");
  v1::ReportLossResponse reported;
  const grpc::Status refused =
      person.stub().ReportLoss(PersonProgram::With("passport-code", unlocked.session_code()).get(), report, &reported);
  EXPECT_EQ(ErrorWord(refused), "HOLDER_UNKNOWN");
}

TEST_F(LossCalls, APassportMovesIntoAWalletAndTheCodeOfBeforeOpensNothing) {
  PersonProgram person(world_);
  v1::MovePassportResponse moved;
  ASSERT_EQ(Move(person, code_, moved), "OK");
  EXPECT_EQ(moved.signed_again(), 1U);
  EXPECT_EQ(Receive(person), "OK");
  v1::MovePassportResponse again;
  EXPECT_EQ(Move(person, code_, again), "OK") << "asked again with the code of before and the new key";
  EXPECT_EQ(again.passport_code(), moved.passport_code());
  PersonProgram thief(world_);
  EXPECT_EQ(Move(thief, code_, again), "HOLDER_UNKNOWN");
}

TEST_F(LossCalls, APassportInAWalletIsJoinedByItsCodeAndItsOwnKey) {
  PersonProgram other(world_);
  v1::MovePassportResponse moved;
  ASSERT_EQ(Move(other, code_, moved), "OK");
  PersonProgram person(world_);
  person.TakeUp("2002");
  v1::JoinPassportRequest request;
  request.set_request_id("join-1");
  request.set_other_passport_code(moved.passport_code());
  v1::JoinPassportResponse joined;
  const auto join = [&](const std::string& other_key_proof) {
    v1::JoinPassportRequest proved = request;
    proved.set_other_key_proof(other_key_proof);
    const grpc::Status status =
        person.stub().JoinPassport(person.Proven("JoinPassport", proved).get(), proved, &joined);
    return status.ok() ? "OK" : ErrorWord(status);
  };
  EXPECT_EQ(join(""), "HOLDER_UNKNOWN") << "the code alone";
  EXPECT_EQ(join(person.Proof("JoinPassport", request, SystemClockNow())), "HOLDER_UNKNOWN") << "another's key";
  v1::JoinPassportRequest another = request;
  another.set_request_id("join-2");
  EXPECT_NE(join(other.Proof("JoinPassport", another, SystemClockNow())), "OK") << "of another call";
  EXPECT_EQ(Receive(other), "OK");
  ASSERT_EQ(join(other.Proof("JoinPassport", request, SystemClockNow())), "OK");
  EXPECT_EQ(joined.signed_again(), 1U);
  EXPECT_EQ(Receive(other), "HOLDER_UNKNOWN");
}

TEST_F(LossCalls, TheKeyOfBeforeIsDeadAtOnceAndTakesItBackWithItsCode) {
  PersonProgram person(world_);
  v1::MovePassportResponse moved;
  ASSERT_EQ(Move(person, code_, moved), "OK");
  v1::ReplacePassportResponse replaced;
  ASSERT_EQ(Replace(replaced), "OK");
  EXPECT_EQ(replaced.signed_again(), 1U);
  EXPECT_EQ(Receive(person), "HOLDER_UNKNOWN");
  v1::UndoReplacementRequest undo;
  undo.set_request_id("undo-1");
  undo.set_passport_code(moved.passport_code());
  v1::UndoReplacementResponse undone;
  const grpc::Status without =
      person.stub().UndoReplacement(PersonProgram::With("passport-code", "x").get(), undo, &undone);
  EXPECT_EQ(ErrorWord(without), "HOLDER_UNKNOWN") << "the code alone";
  const grpc::Status status =
      person.stub().UndoReplacement(person.Proven("UndoReplacement", undo).get(), undo, &undone);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(undone.reinstated(), 1U);
  EXPECT_EQ(Receive(person), "OK");
}

TEST_F(LossCalls, OfAKeptPassportIsTakenBackWithTheCodeOfBeforeAndAnEmployersWord) {
  v1::ReplacePassportResponse replaced;
  ASSERT_EQ(Replace(replaced), "OK");
  v1::UndoReplacementRequest undo;
  undo.set_request_id("undo-1");
  undo.set_passport_code(code_);
  v1::UndoReplacementResponse undone;
  PersonProgram person(world_);
  const auto taken_back = [&] {
    const grpc::Status status =
        person.stub().UndoReplacement(PersonProgram::With("passport-code", code_).get(), undo, &undone);
    return status.ok() ? "OK" : ErrorWord(status);
  };
  EXPECT_EQ(taken_back(), "HOLDER_UNKNOWN") << "the code alone";
  v1::UnlockPassportRequest unlock;
  unlock.set_request_id("unlock-1");
  unlock.set_employee_number("1001");
  unlock.mutable_identity()->set_method("known_in_person");
  unlock.mutable_identity()->set_checked_by("A. Clerk");
  unlock.mutable_identity()->set_checked_on(CivilDay::InLondon(SystemClockNow()).Text());
  v1::UnlockPassportResponse unlocked;
  const auto stub = v1::PassportService::NewStub(world_.Connect(kEmployer));
  ASSERT_TRUE(stub->UnlockPassport(Soon().get(), unlock, &unlocked).ok());
  undo.set_session_code(unlocked.session_code());
  EXPECT_EQ(taken_back(), "OK");
  EXPECT_EQ(undone.reinstated(), 1U);
}

TEST_F(LossCalls, AReportIsByTheCodeAndNotByTheKey) {
  PersonProgram person(world_);
  v1::MovePassportResponse moved;
  ASSERT_EQ(Move(person, code_, moved), "OK");
  v1::ReportLossRequest report;
  report.set_request_id("report-1");
  v1::ReportLossResponse reported;
  EXPECT_EQ(ErrorWord(person.stub().ReportLoss(person.Proven("ReportLoss", report).get(), report, &reported)),
            "HOLDER_UNKNOWN");
  const grpc::Status status =
      person.stub().ReportLoss(PersonProgram::With("passport-code", moved.passport_code()).get(), report, &reported);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(reported.report_id().empty());
  EXPECT_EQ(Receive(person), "OK") << "nothing has changed";
}

}  // namespace
}  // namespace passport
