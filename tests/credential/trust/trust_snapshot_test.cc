#include "credential/trust/trust_snapshot.h"

#include <gtest/gtest.h>

#include <string>

#include "credential/crypto/jwk.h"
#include "tests/credential/trust/trust_suite.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

const TrustedIssuer& IssuerOf(const TrustSnapshot& snapshot, const Party& party) {
  return *snapshot.registry().Find(party.issuer);
}

std::string Reading(const Result<StatusReading>& reading) {
  return reading.ok() ? std::to_string(reading->value) : Words(reading.fault());
}

std::string ReadAt(const TrustSnapshot& snapshot, std::uint32_t index, Instant at) {
  const StatusReference reference{.uri = World().trust.list_uri(), .index = index};
  return Reading(snapshot.Read(reference, IssuerOf(snapshot, World().trust), at));
}

// What comes of adding one token to a snapshot of nothing.
std::string Add(std::string_view uri, const std::string& token) {
  TrustSnapshot::Builder builder(World().Registry(), kFreshness);
  return Verdict(builder.AddStatusToken(uri, token, kNow, kMinute));
}

TEST(TrustSnapshot, ReadsTheEntryAndTheTimeOfItsList) {
  const auto snapshot = World().Snapshot({{3, 1}, {5, 2}});
  EXPECT_EQ(ReadAt(*snapshot, 0, kNow), "0");
  EXPECT_EQ(ReadAt(*snapshot, 3, kNow), "1");
  EXPECT_EQ(ReadAt(*snapshot, 5, kNow), "2");
  const StatusReference reference{.uri = World().trust.list_uri(), .index = 3};
  EXPECT_EQ(snapshot->Read(reference, IssuerOf(*snapshot, World().trust), kNow)->as_of, kNow - kMinute);
}

TEST(TrustSnapshot, TSL15_MakesNoStatementPastTheEnd) {
  const auto snapshot = World().Snapshot();
  EXPECT_EQ(ReadAt(*snapshot, 1023, kNow), "0");
  EXPECT_EQ(ReadAt(*snapshot, 1024, kNow), "status TSL-15");
  EXPECT_EQ(ReadAt(*snapshot, 4294967295U, kNow), "status TSL-15");
}

TEST(TrustSnapshot, TSL04_ReadsNoListOfAnotherIssuer) {
  const auto snapshot = World().Snapshot();
  const StatusReference theirs{.uri = World().council.list_uri(), .index = 1};
  EXPECT_EQ(Reading(snapshot->Read(theirs, IssuerOf(*snapshot, World().trust), kNow)), "status TSL-04");
  for (const std::string_view uri :
       {"https://passport.example/status/ods-RC9", "https://evil.example/status/ods-RC9/1.jwt",
        "http://passport.example/status/ods-RC9/1.jwt", "https://passport.example/status/ods-rc9/1.jwt"}) {
    const StatusReference reference{.uri = std::string(uri), .index = 1};
    EXPECT_EQ(Reading(snapshot->Read(reference, IssuerOf(*snapshot, World().trust), kNow)), "status TSL-04") << uri;
  }
}

TEST(TrustSnapshot, TSL08_TakesAListFromItsIssuersStatusKeyOnly) {
  TrustWorld& world = World();
  EXPECT_EQ(Add(world.trust.list_uri(), world.StatusToken(world.trust, {})), "ok");
  EXPECT_EQ(Add(world.trust.list_uri(), world.StatusToken(world.council, {})), "status TSL-07");
  EXPECT_EQ(Add("https://passport.example/elsewhere/1.jwt", world.StatusToken(world.trust, {})), "status TSL-08");
  // HOST-107: signed by a stranger, by the issuing key of the same organisation, by another organisation, by the
  // holder.
  const StatusList list = *StatusList::Make(2, 1024);
  const StatusTokenTerms terms{
      .uri = world.trust.list_uri(), .issued_at = kNow - kMinute, .expires_at = kNow + kDay, .ttl = {}};
  const std::string kid = Thumbprint(world.trust.status_key.public_key().point());
  for (Signer* signer : {static_cast<Signer*>(&world.stranger), static_cast<Signer*>(&world.trust.issue_key),
                         static_cast<Signer*>(&world.council.status_key), static_cast<Signer*>(&world.holder),
                         static_cast<Signer*>(&world.registry_key)}) {
    EXPECT_EQ(Add(world.trust.list_uri(), *SignStatusToken(terms, list, kid, *signer, 6)), "status TSL-07");
    const std::string own = Thumbprint(signer->public_key().point());
    EXPECT_EQ(Add(world.trust.list_uri(), *SignStatusToken(terms, list, own, *signer, 6)), "status TSL-07");
  }
}

TEST(TrustSnapshot, TSL18_SaysUnknownWithoutAListAndNeverValid) {
  TrustSnapshot::Builder builder(World().Registry(), kFreshness);
  const auto snapshot = std::move(builder).Build();
  EXPECT_EQ(ReadAt(*snapshot, 0, kNow), "status_unknown TSL-18");
}

TEST(TrustSnapshot, TSL10_SaysStaleWhenTheListIsOlderThanAllowed) {
  const auto snapshot = World().Snapshot();
  const Instant issued = kNow - kMinute;
  EXPECT_EQ(ReadAt(*snapshot, 0, issued + Seconds{900}), "0");
  EXPECT_EQ(ReadAt(*snapshot, 0, issued + Seconds{901}), "status_stale TSL-10");
}

TEST(TrustSnapshot, TSL11_SaysStaleFromTheInstantOfExpiry) {
  TrustSnapshot::Builder builder(World().Registry(), kFreshness);
  const std::string token = World().StatusToken(World().trust, {}, kNow - kMinute, Seconds{120});
  ASSERT_TRUE(builder.AddStatusToken(World().trust.list_uri(), token, kNow, kMinute).ok());
  const auto snapshot = std::move(builder).Build();
  EXPECT_EQ(ReadAt(*snapshot, 0, kNow + Seconds{59}), "0");
  EXPECT_EQ(ReadAt(*snapshot, 0, kNow + Seconds{60}), "status_stale TSL-11");
}

TEST(TrustSnapshot, TSL11_KeepsAnExpiredListAsStaleAndNotAsUnknown) {
  TrustSnapshot::Builder builder(World().Registry(), kFreshness);
  const std::string token = World().StatusToken(World().trust, {}, kNow - kDay, Seconds{60});
  ASSERT_TRUE(builder.AddStatusToken(World().trust.list_uri(), token, kNow, kMinute).ok());
  EXPECT_EQ(ReadAt(*std::move(builder).Build(), 0, kNow), "status_stale TSL-11");
}

TEST(TrustSnapshot, TSL10_RefusesAListFromTheFuture) {
  TrustWorld& world = World();
  EXPECT_EQ(Add(world.trust.list_uri(), world.StatusToken(world.trust, {}, kNow + Seconds{60})), "ok");
  EXPECT_EQ(Add(world.trust.list_uri(), world.StatusToken(world.trust, {}, kNow + Seconds{61})), "status TSL-10");
}

TEST(TrustSnapshot, TSL19_RefusesAnOlderListThanWasSeen) {
  TrustWorld& world = World();
  const auto seen = world.Snapshot({{3, 1}});
  TrustSnapshot::Builder builder(world.Registry(), kFreshness);
  builder.StartFrom(*seen);
  const std::string older = world.StatusToken(world.trust, {}, kNow - kMinute - Seconds{1});
  EXPECT_EQ(Verdict(builder.AddStatusToken(world.trust.list_uri(), older, kNow, kMinute)), "status TSL-19");
  const std::string same = world.StatusToken(world.trust, {{3, 1}, {4, 1}});
  EXPECT_EQ(Verdict(builder.AddStatusToken(world.trust.list_uri(), same, kNow, kMinute)), "ok");
  const std::string newer = world.StatusToken(world.trust, {{3, 1}, {9, 1}}, kNow);
  EXPECT_EQ(Verdict(builder.AddStatusToken(world.trust.list_uri(), newer, kNow, kMinute)), "ok");
  const auto next = std::move(builder).Build();
  EXPECT_EQ(ReadAt(*next, 9, kNow), "1");
  EXPECT_EQ(ReadAt(*next, 4, kNow), "0");
  EXPECT_EQ(ReadAt(*seen, 9, kNow), "0") << "an older snapshot never changes";
}

TEST(TrustSnapshot, TRUST02_TRUST11_IsUsableUntilTheNextUpdateAndItsGrace) {
  const auto snapshot = World().Snapshot();
  const Instant end = kNow + kDay + kFreshness.registry_grace;
  EXPECT_EQ(Verdict(snapshot->CheckRegistryAge(kNow)), "ok");
  EXPECT_EQ(Verdict(snapshot->CheckRegistryAge(end - Seconds{1})), "ok");
  EXPECT_EQ(Verdict(snapshot->CheckRegistryAge(end)), "registry_stale TRUST-11");
}

TEST(TrustSnapshot, TRUST12_IsNamedByWhatItKnows) {
  TrustWorld& world = World();
  const std::string token = world.StatusToken(world.trust, {{3, 1}});
  const auto build = [&](bool with_list) {
    TrustSnapshot::Builder builder(world.Registry(), kFreshness);
    const bool added = with_list && builder.AddStatusToken(world.trust.list_uri(), token, kNow, kMinute).ok();
    EXPECT_EQ(added, with_list);
    return std::move(builder).Build()->id();
  };
  EXPECT_EQ(build(true), build(true));
  EXPECT_NE(build(true), build(false));
  EXPECT_EQ(build(true).size(), 43U);
}

TEST(TrustSnapshot, TRUST08_RefusesEveryOtherKindOfTokenAsList) {
  TrustWorld& world = World();
  const std::string uri = world.trust.list_uri();
  EXPECT_EQ(Add(uri, world.RegistryToken(world.Content())), "status TSL-07");
  const std::string kid = Thumbprint(world.trust.status_key.public_key().point());
  for (const std::string_view typ : {"JWT", "dc+sd-jwt", "kb+jwt", "dsp-trust-list+jwt", "statuslist+cwt"}) {
    EXPECT_EQ(Add(uri, ForgeJws(JwsHeader(typ, kid), "{}", world.trust.status_key)), "status TSL-07") << typ;
  }
}

}  // namespace
}  // namespace passport
