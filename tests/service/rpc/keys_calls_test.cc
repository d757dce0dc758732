// KeysService from the wire: whose keys a caller sees, and both ways of every message.
#include <gtest/gtest.h>

#include "passport-service/rpc/convert_keys.h"
#include "staffpassport/v1/keys_service.grpc.pb.h"
#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

TEST(KeysCalls, EverybodySeesTheirOwnAndTheRegistrarAll) {
  WireWorld world;
  world.Settle();
  const auto list = [&](const std::string& organisation, const std::string& owner) {
    v1::ListKeysRequest request;
    request.set_owner(owner);
    v1::ListKeysResponse response;
    const grpc::Status status =
        v1::KeysService::NewStub(world.Connect(organisation))->ListKeys(Soon().get(), request, &response);
    std::vector<std::string> roles;
    for (const v1::KeyEntry& key : response.keys()) roles.push_back(key.owner() + " " + key.role());
    if (!status.ok()) roles.push_back(ErrorWord(status));
    return roles;
  };
  EXPECT_EQ(list(kEmployer, ""), (std::vector<std::string>{"ods:X0A issue", "ods:X0A status"}));
  EXPECT_EQ(list(kEmployer, kReceiver), std::vector<std::string>{"NOT_FOUND"});
  EXPECT_EQ(list(kEmployer, "ods:ZZZ"), std::vector<std::string>{"NOT_FOUND"});
  EXPECT_EQ(list(kEmployer, "nobody"), std::vector<std::string>{"FIELD_INVALID"});
  EXPECT_EQ(list(kRegistrar, "").size(), 10U);
  EXPECT_EQ(list(kRegistrar, "service").size(), 4U);
}

TEST(KeysCalls, ASuccessionIsBegunPlannedAndALostKeyReplaced) {
  WireWorld world;
  world.Settle();
  const auto stub = v1::KeysService::NewStub(world.Connect(kEmployer));
  v1::RotateKeyRequest rotate;
  rotate.set_request_id("rotate-1");
  rotate.set_owner(kEmployer);
  rotate.set_role("issue");
  v1::RotateKeyResponse next;
  const int changes = world.changes();
  ASSERT_TRUE(stub->RotateKey(Soon().get(), rotate, &next).ok());
  EXPECT_EQ(next.kid().size(), 43U);
  EXPECT_EQ(world.changes(), changes + 1) << "what is published must change";
  v1::PlanKeysResponse plan;
  ASSERT_TRUE(stub->PlanKeys(Soon().get(), {}, &plan).ok());
  bool published = false;
  for (const v1::KeyStep& step : plan.steps()) {
    EXPECT_EQ(step.owner(), kEmployer);
    published = published || (step.kid() == next.kid() && step.step() == "publish");
  }
  EXPECT_TRUE(published);

  v1::ListKeysResponse keys;
  ASSERT_TRUE(stub->ListKeys(Soon().get(), {}, &keys).ok());
  v1::CompromiseKeyRequest lost;
  lost.set_request_id("lost-1");
  for (const v1::KeyEntry& key : keys.keys()) {
    if (key.role() == "issue" && key.state() == "active") lost.set_kid(key.kid());
  }
  lost.set_reason("stolen");
  v1::CompromiseKeyResponse replaced;
  EXPECT_EQ(ErrorWord(stub->CompromiseKey(Soon().get(), lost, &replaced)), "FIELD_INVALID") << "since is missing";
  lost.mutable_since()->set_seconds(1'750'000'000);
  ASSERT_TRUE(stub->CompromiseKey(Soon().get(), lost, &replaced).ok());
  EXPECT_EQ(replaced.replaced_by(), next.kid());
}

TEST(KeysCalls, EveryTimeOfAKeyReachesTheWire) {
  const Caller by{OrganisationId::Parse(kEmployer).value(), "hr"};
  const KeyInfo info{.owner = by.organisation,
                     .role = KeyRole::kStatus,
                     .kid = std::string(43, 'k'),
                     .state = KeyState::kCompromised,
                     .created_at = {1},
                     .published_at = Instant{2},
                     .activated_at = Instant{3},
                     .retired_at = Instant{4},
                     .compromised_at = Instant{5},
                     .point = std::nullopt};
  v1::ListKeysResponse response;
  Fill(std::vector<KeepKeys::ListedKey>{{info, true}}, response);
  const v1::KeyEntry& key = response.keys(0);
  EXPECT_EQ(key.created_time().seconds() + key.published_time().seconds() * 10 + key.activated_time().seconds() * 100 +
                key.retired_time().seconds() * 1000 + key.compromised_time().seconds() * 10'000,
            54'321);
  EXPECT_TRUE(key.certified());
  EXPECT_EQ(key.state(), "compromised");
  v1::PlanKeysResponse plan;
  Fill(std::vector<PlannedStep>{{KeyStep::kRetire, by.organisation, KeyRole::kIssue, "kid", {7}}}, plan);
  EXPECT_EQ(plan.steps(0).step(), "retire");
  EXPECT_EQ(plan.steps(0).due_time().seconds(), 7);
}

}  // namespace
}  // namespace passport
