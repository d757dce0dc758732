#include <gtest/gtest.h>

#include <set>
#include <string>

#include "operator-cli/online/fault_of_status.h"
#include "operator-cli/online/from_wire.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {
namespace {

TEST(Reasons, EachComesBackFromTheWireAsItself) {
  for (const ReasonText& text : AllReasons()) {
    const Fault there{text.reason, "", "field starts_on is missing"};
    const Fault back = FaultOfStatus(StatusOf(there), "127.0.0.1:1");
    EXPECT_EQ(back.reason, there.reason) << text.word;
    EXPECT_EQ(back.detail, there.detail) << text.word;
  }
}

TEST(Reasons, EachComesBackInTheResultOfARow) {
  for (const ReasonText& text : AllReasons()) {
    staffpassport::v1::Refusal message;
    Fill(Fault{text.reason, "SDJWT-13", "field starts_on is missing"}, message);
    const Result<RefusalAnswer> back = FromWire(message);
    ASSERT_TRUE(back.ok()) << text.word;
    EXPECT_EQ(back->reason, text.reason) << text.word;
    EXPECT_EQ(back->check, "SDJWT-13");
    EXPECT_EQ(back->detail, "field starts_on is missing");
  }
}

TEST(Reasons, ACheckIsToldWithTheDetail) {
  const Fault back = FaultOfStatus(StatusOf({Reason::kKbNonce, "KB-07", "another nonce"}), "127.0.0.1:1");
  EXPECT_EQ(back.detail, "check KB-07: another nonce");
}

TEST(Reasons, WhatTheServiceCallsRepeatableIsRepeated) {
  for (const ReasonText& text : AllReasons()) {
    if (!WorthRepeating(text.reason)) continue;
    EXPECT_EQ(WireOf(text.reason).concern, Concern::kService) << text.word;
  }
}

}  // namespace
}  // namespace passport
