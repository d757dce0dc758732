#include "passport-service/rpc/status_of_fault.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace passport {
namespace {

using grpc::StatusCode;

TEST(StatusOfFault, EveryReasonIsAnErrorWithItsWord) {
  for (const ReasonText& text : AllReasons()) {
    const grpc::Status status = StatusOf({text.reason, "X-01", "a detail"});
    EXPECT_NE(status.error_code(), StatusCode::OK) << text.word;
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    ASSERT_TRUE(details.ParseFromString(status.error_details())) << text.word;
    ASSERT_TRUE(details.details(0).UnpackTo(&info)) << text.word;
    EXPECT_EQ(info.reason(), WireWord(text.reason));
    EXPECT_EQ(info.domain(), "staffpassport");
    EXPECT_EQ(info.metadata().at("check"), "X-01");
  }
  EXPECT_EQ(WireWord(Reason::kKbNonce), "KB_NONCE");
}

TEST(StatusOfFault, ReasonsBecomeTheCodesThatClientsActOn) {
  struct Row {
    Reason reason;
    StatusCode code;
    Concern concern;
  };
  const Row rows[] = {
      {Reason::kCallerUnknown, StatusCode::UNAUTHENTICATED, Concern::kRequest},
      {Reason::kNotPermitted, StatusCode::PERMISSION_DENIED, Concern::kRequest},
      {Reason::kNotFound, StatusCode::NOT_FOUND, Concern::kRequest},
      {Reason::kFieldInvalid, StatusCode::INVALID_ARGUMENT, Concern::kRequest},
      {Reason::kRecordField, StatusCode::INVALID_ARGUMENT, Concern::kRequest},
      {Reason::kRequestReused, StatusCode::INVALID_ARGUMENT, Concern::kRequest},
      {Reason::kAlreadyExists, StatusCode::ALREADY_EXISTS, Concern::kRequest},
      {Reason::kStateConflict, StatusCode::FAILED_PRECONDITION, Concern::kRequest},
      {Reason::kKeyState, StatusCode::FAILED_PRECONDITION, Concern::kRequest},
      {Reason::kLimit, StatusCode::RESOURCE_EXHAUSTED, Concern::kPresentation},
      {Reason::kStoreFull, StatusCode::RESOURCE_EXHAUSTED, Concern::kService},
      {Reason::kStoreUnavailable, StatusCode::UNAVAILABLE, Concern::kService},
      {Reason::kOutcomeUnknown, StatusCode::UNAVAILABLE, Concern::kService},
      {Reason::kRegistryStale, StatusCode::UNAVAILABLE, Concern::kService},
      {Reason::kDeadline, StatusCode::DEADLINE_EXCEEDED, Concern::kService},
      {Reason::kSig, StatusCode::INVALID_ARGUMENT, Concern::kPresentation},
      {Reason::kKbNonce, StatusCode::FAILED_PRECONDITION, Concern::kPresentation},
      {Reason::kRevoked, StatusCode::FAILED_PRECONDITION, Concern::kPresentation},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(WireOf(row.reason).code, row.code) << WordOf(row.reason);
    EXPECT_EQ(WireOf(row.reason).concern, row.concern) << WordOf(row.reason);
  }
}

TEST(StatusOfFault, StaysSmallAndCleanWhateverTheFaultSays) {
  const grpc::Status status = StatusOf({Reason::kFieldInvalid, "", std::string(100'000, '\xff') + "\n"});
  EXPECT_LT(status.error_message().size() + status.error_details().size(), kErrorBytesMax);
  EXPECT_EQ(status.error_message().find('\xff'), std::string::npos);
}

TEST(StatusOfFault, SaysWhenToComeBackOnlyWhereThatHelps) {
  const auto retries = [](Reason reason) {
    google::rpc::Status details;
    EXPECT_TRUE(details.ParseFromString(StatusOf({reason, "", ""}).error_details()));
    return details.details_size() == 2 && details.details(1).Is<google::rpc::RetryInfo>();
  };
  EXPECT_TRUE(retries(Reason::kStoreUnavailable));
  EXPECT_TRUE(retries(Reason::kOutcomeUnknown));
  EXPECT_TRUE(retries(Reason::kStoreFull));
  EXPECT_FALSE(retries(Reason::kFieldInvalid));
  EXPECT_FALSE(retries(Reason::kKeyStore));
}

}  // namespace
}  // namespace passport
