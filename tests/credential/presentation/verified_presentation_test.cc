#include "credential/presentation/verified_presentation.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <type_traits>

#include "credential/crypto/jwk.h"
#include "credential/passport/held_credential.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

// Design decision: deciding on unchecked data does not compile.
static_assert(!std::is_default_constructible_v<VerifiedPresentation>);
static_assert(!std::is_aggregate_v<VerifiedPresentation>);
static_assert(!std::is_constructible_v<VerifiedPresentation, Presentation>);
static_assert(!std::is_constructible_v<VerifiedPresentation, std::vector<PresentedRecord>>);
static_assert(!std::is_convertible_v<Presentation, VerifiedPresentation>);
static_assert(!std::is_default_constructible_v<VerifiedRecords>);
static_assert(!std::is_default_constructible_v<HeldRecords>);
static_assert(!std::is_constructible_v<HeldRecords, std::vector<PresentedRecord>>);
static_assert(!std::is_convertible_v<HeldRecords, VerifiedPresentation>);

constexpr std::string_view kAudience = "ons:E06000032";
constexpr std::string_view kNonce = "n-0S6_WzA2Mj";
constexpr Expectation kExpected{.audience = kAudience, .nonce = kNonce, .proof_age_max = {300}, .leeway = {60}};

TrustWorld& World() { return TrustWorld::Get(); }

struct Proof {
  std::string_view audience = kAudience;
  std::string_view nonce = kNonce;
  Instant made_at = kNow;
  std::optional<std::string_view> purpose = {};
};

std::string Present(const Credential& credential, Signer& holder, const Proof& proof = {},
                    const std::vector<std::string>& facts = {}) {
  const Result<HeldCredential> held = HeldCredential::Read(credential.text(), *World().Registry(), kNow, kMinute);
  EXPECT_TRUE(held.ok());
  return *held->Present(
      facts, {.audience = proof.audience, .nonce = proof.nonce, .made_at = proof.made_at, .purpose = proof.purpose},
      holder);
}

std::string Training(std::uint32_t slot, const Proof& proof = {}) {
  return Present(World().Issue(MakeRecord("mandatory_training"), slot), World().holder, proof, {"achieved_on"});
}

std::string Judge(const std::vector<std::string>& tokens, const Expectation& expected = kExpected, Instant now = kNow) {
  return Verdict(VerifyPresentation({.credentials = tokens}, expected, *World().Snapshot(), now));
}

Result<VerifiedPresentation> Verify(const std::vector<std::string>& tokens,
                                    const std::shared_ptr<const TrustSnapshot>& snapshot, Instant now = kNow) {
  return VerifyPresentation({.credentials = tokens}, kExpected, *snapshot, now);
}

TEST(VerifiedPresentation, HoldsSeveralCredentialsOfOneHolder) {
  const Credential training = World().Issue(MakeRecord("mandatory_training"), 1);
  const Credential registration =
      World().Issue(World().council, MakeRecord("professional_registration"), 2, World().holder.public_key().point());
  const Proof proof{.purpose = "community_shift"};
  const auto snapshot = World().Snapshot();
  const Result<VerifiedPresentation> verified =
      Verify({Present(training, World().holder, proof, {"achieved_on"}),
              Present(registration, World().holder, proof, {"register_status", "restrictions"})},
             snapshot);
  ASSERT_TRUE(verified.ok()) << verified.fault().detail;
  ASSERT_EQ(verified->records().size(), 2U);
  EXPECT_EQ(verified->holder(), Thumbprint(World().holder.public_key().point()));
  EXPECT_EQ(verified->purpose(), "community_shift");
  EXPECT_EQ(verified->snapshot_id(), snapshot->id());
  EXPECT_EQ(verified->registry_sequence(), 7U);
  EXPECT_EQ(verified->verified_at(), kNow);
  EXPECT_EQ(verified->WorstStanding(), Standing::kGood);
  EXPECT_EQ(verified->WorstReason(), Reason::kNone);
  const PresentedRecord& first = verified->records()[0];
  EXPECT_EQ(first.credential, training.id());
  EXPECT_EQ(first.issuer, World().trust.id);
  EXPECT_EQ(first.issuer_name, "Example RC9");
  EXPECT_EQ(first.issuer_type, "nhs_trust");
  EXPECT_EQ(first.issuer_kid, Thumbprint(World().trust.issue_key.public_key().point()));
  EXPECT_EQ(first.holder, verified->holder());
  EXPECT_EQ(first.record.Find("achieved_on"), "2026-03-01");
  EXPECT_FALSE(first.record.Find("provider")) << "kept back";
  EXPECT_EQ(first.status_as_of, kNow - kMinute);
  EXPECT_EQ(verified->records()[1].issuer, World().council.id);
}

TEST(VerifiedPresentation, NamesThePositionOfWhatDoesNotHold) {
  std::string altered = Training(2);
  altered[altered.find('.') + 40] ^= 1;
  const Result<VerifiedPresentation> verified = Verify({Training(1), altered}, World().Snapshot());
  ASSERT_FALSE(verified.ok());
  EXPECT_EQ(verified.fault().detail.substr(0, 14), "credential 2: ");
}

TEST(VerifiedPresentation, RefusesEveryAlteredByte) {
  const std::string good = Training(1);
  ASSERT_EQ(Judge({good}), "ok");
  for (std::size_t at = 0; at < good.size(); at += 29) {
    std::string altered = good;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(Judge({altered}), "ok") << at;
  }
}

// HOST-97: a colleague's credential under one's own proof, and the other way round.
TEST(VerifiedPresentation, KB03_RefusesACopyShownBySomebodyElse) {
  const Credential credential = World().Issue(MakeRecord("mandatory_training"), 1);
  const std::string& text = credential.text();
  for (PrivateKey* thief : {&World().other_holder, &World().stranger, &World().trust.issue_key}) {
    const Result<std::string> bound =
        BindToAudience(text, {.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}}, *thief);
    EXPECT_EQ(Judge({*bound}), "kb_sig KB-03");
  }
}

TEST(VerifiedPresentation, KB01_RefusesACredentialWithoutProof) {
  EXPECT_EQ(Judge({World().Issue(MakeRecord("mandatory_training"), 1).text()}), "kb_missing KB-01");
}

TEST(VerifiedPresentation, RefusesTwoHoldersInOne) {
  const Credential theirs =
      World().Issue(World().trust, MakeRecord("employment"), 3, World().other_holder.public_key().point());
  EXPECT_EQ(Judge({Training(1), Present(theirs, World().other_holder)}), "holder_mismatch");
}

TEST(VerifiedPresentation, RefusesACredentialTwiceAlsoUnderItsOtherSignature) {
  const std::string once = Training(1);
  EXPECT_EQ(Judge({once, once}), "malformed");
  const Credential credential = World().Issue(MakeRecord("mandatory_training"), 1);
  EXPECT_EQ(Judge({Present(credential, World().holder), Present(credential, World().holder, {}, {"achieved_on"})}),
            "malformed")
      << "cut down in two ways, still one credential";
  const std::size_t tilde = credential.text().find('~');
  const std::string other = WithOtherS(credential.text().substr(0, tilde)) + "~";
  const Result<std::string> bound =
      BindToAudience(other, {.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}}, World().holder);
  EXPECT_EQ(Judge({Present(credential, World().holder), *bound}), "malformed");
}

TEST(VerifiedPresentation, RefusesProofsForTwoPurposes) {
  EXPECT_EQ(Judge({Training(1, {.purpose = "shift"}), Training(2, {.purpose = "audit"})}), "claims");
  EXPECT_EQ(Judge({Training(1, {.purpose = "shift"}), Training(2)}), "claims");
}

TEST(VerifiedPresentation, KB06_KB07_RefusesAnotherChallengeOrAudience) {
  EXPECT_EQ(Judge({Training(1, {.nonce = "another"})}), "kb_nonce KB-06");
  EXPECT_EQ(Judge({Training(1, {.audience = "ods:RC9"})}), "kb_aud KB-07");
  EXPECT_EQ(Judge({Training(1, {.audience = "ons:e06000032"})}), "kb_aud KB-07");
}

TEST(VerifiedPresentation, KB05_RefusesAProofThatIsOldOrAhead) {
  EXPECT_EQ(Judge({Training(1, {.made_at = kNow - Seconds{300}})}), "ok");
  EXPECT_EQ(Judge({Training(1, {.made_at = kNow - Seconds{301}})}), "kb_time KB-05");
  EXPECT_EQ(Judge({Training(1, {.made_at = kNow + Seconds{60}})}), "ok");
  EXPECT_EQ(Judge({Training(1, {.made_at = kNow + Seconds{61}})}), "kb_time KB-05");
}

TEST(VerifiedPresentation, KB10_FailsClosedWithoutExpectations) {
  Expectation without = kExpected;
  without.nonce = "";
  EXPECT_EQ(Judge({Training(1)}, without), "config KB-10");
  without = kExpected;
  without.audience = "";
  EXPECT_EQ(Judge({Training(1)}, without), "config KB-10");
  EXPECT_EQ(Judge({}), "malformed") << "nothing was shown";
}

TEST(VerifiedPresentation, RefusesAnExpiredCredential) {
  const Instant end = kNow + Seconds{365 * 86400};
  const std::string late = Training(1, {.made_at = end + Seconds{60}});
  EXPECT_EQ(Judge({late}, kExpected, end + Seconds{60}), "time JWT-10");
  EXPECT_EQ(Judge({Training(1, {.made_at = end})}, kExpected, end), "ok") << "within the leeway";
}

TEST(VerifiedPresentation, TSL17_StandsRevocationAndSuspensionBesideTheRecord) {
  const auto snapshot = World().Snapshot({{2, 1}, {3, 2}, {4, 3}});
  const auto standing = [&](const std::vector<std::uint32_t>& slots) {
    std::vector<std::string> tokens;
    for (const std::uint32_t slot : slots) tokens.push_back(Training(slot));
    return Verify(tokens, snapshot);
  };
  const Result<VerifiedPresentation> revoked = standing({1, 2});
  ASSERT_TRUE(revoked.ok());
  EXPECT_EQ(revoked->records()[0].standing, Standing::kGood);
  EXPECT_EQ(revoked->records()[1].standing, Standing::kRevoked);
  EXPECT_EQ(revoked->records()[1].standing_reason, Reason::kRevoked);
  EXPECT_EQ(revoked->WorstReason(), Reason::kRevoked);
  const Result<VerifiedPresentation> suspended = standing({3, 1});
  EXPECT_EQ(suspended->records()[0].standing, Standing::kSuspended);
  EXPECT_EQ(suspended->WorstReason(), Reason::kSuspended);
  const Result<VerifiedPresentation> own_meaning = standing({4});
  EXPECT_EQ(own_meaning->records()[0].standing, Standing::kCannotTell);
  EXPECT_EQ(own_meaning->WorstReason(), Reason::kStatus);
  EXPECT_EQ(standing({4, 3, 2, 1})->WorstStanding(), Standing::kRevoked);
  EXPECT_EQ(standing({1, 3, 4})->WorstStanding(), Standing::kSuspended);
  EXPECT_EQ(standing({4, 1})->WorstStanding(), Standing::kCannotTell);
}

TEST(VerifiedPresentation, TSL18_CannotTellWithoutAFreshList) {
  TrustSnapshot::Builder nothing(World().Registry(), kFreshness);
  const Result<VerifiedPresentation> unknown = Verify({Training(1)}, std::move(nothing).Build());
  ASSERT_TRUE(unknown.ok());
  EXPECT_EQ(unknown->records()[0].standing, Standing::kCannotTell);
  EXPECT_EQ(unknown->WorstReason(), Reason::kStatusUnknown);
  const Instant later = kNow + Seconds{841};
  const Result<VerifiedPresentation> stale = Verify({Training(1, {.made_at = later})}, World().Snapshot(), later);
  ASSERT_TRUE(stale.ok());
  EXPECT_EQ(stale->WorstReason(), Reason::kStatusStale);
  const Result<VerifiedPresentation> past_end = Verify({Training(5000)}, World().Snapshot());
  EXPECT_EQ(past_end->WorstReason(), Reason::kStatus);
}

TEST(VerifiedPresentation, TRUST11_CannotTellOnAStaleRegistry) {
  RegistryContent content = World().Content();
  content.next_update = kNow - Seconds{3600};
  content.issued_at = kNow - kDay;
  auto registry = std::make_shared<const TrustRegistry>(
      *TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute));
  TrustSnapshot::Builder builder(registry, kFreshness);
  ASSERT_TRUE(
      builder.AddStatusToken(World().trust.list_uri(), World().StatusToken(World().trust, {}), kNow, kMinute).ok());
  const Result<VerifiedPresentation> verified = Verify({Training(1)}, std::move(builder).Build());
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->records()[0].standing, Standing::kGood);
  EXPECT_EQ(verified->registry_standing(), Reason::kRegistryStale);
  EXPECT_EQ(verified->WorstStanding(), Standing::kCannotTell);
  EXPECT_EQ(verified->WorstReason(), Reason::kRegistryStale);
}

// The world's snapshot with something else in its registry.
std::shared_ptr<const TrustSnapshot> SnapshotWith(const std::function<void(RegistryContent&)>& change) {
  RegistryContent content = World().Content();
  change(content);
  auto registry = std::make_shared<const TrustRegistry>(
      *TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute));
  // Whoever answers today has signed the list.
  const bool passed_on = registry->ResponsibleFor(registry->organisations()[0], kNow).id != World().trust.id;
  PrivateKey& key = passed_on ? World().council.status_key : World().trust.status_key;
  StatusList list = StatusList::Make(2, 1024).value();
  EXPECT_TRUE(list.Set(9, 1).ok());
  const StatusTokenTerms terms{
      .uri = World().trust.list_uri(), .issued_at = kNow - kMinute, .expires_at = kNow + kDay, .ttl = Seconds{300}};
  const std::string token = SignStatusToken(terms, list, Thumbprint(key.public_key().point()), key, 6).value();
  TrustSnapshot::Builder builder(registry, kFreshness);
  EXPECT_TRUE(builder.AddStatusToken(terms.uri, token, kNow, kMinute).ok());
  return std::move(builder).Build();
}

TEST(Succession, ARecordNamesWhoAnswersForItToday) {
  const Instant day = kNow - Seconds{3600};
  const auto acquired = [&](RegistryContent& content) {
    content.organisations[0].history.push_back({EntryState::kCeased, day, "acquired"});
    content.organisations[0].successions.push_back({SuccessionKind::kAcquired, World().council.id, day});
  };
  const Result<VerifiedPresentation> verified = Verify({Training(1), Training(9)}, SnapshotWith(acquired));
  ASSERT_TRUE(verified.ok()) << verified.fault().detail;
  const PresentedRecord& record = verified->records()[0];
  EXPECT_EQ(record.issuer, World().trust.id);
  ASSERT_TRUE(record.responsible.has_value());
  EXPECT_EQ(record.responsible->id, World().council.id);
  EXPECT_EQ(record.responsible->name, "Example E06000032");
  EXPECT_EQ(record.standing, Standing::kGood) << "authorised when issued";
  EXPECT_EQ(verified->records()[1].standing, Standing::kRevoked) << "by the successor";
  const Result<VerifiedPresentation> before = Verify({Training(1)}, World().Snapshot());
  EXPECT_FALSE(before->records()[0].responsible.has_value());
}

TEST(Succession, NobodyCanTellWhatASuspendedOrCompromisedIssuerSaid) {
  struct Row {
    std::string_view name;
    std::function<void(RegistryContent&)> change;
    Reason reason;
  };
  const Row rows[] = {
      {"suspended",
       [](auto& r) {
         r.organisations[0].history.push_back({EntryState::kSuspended, kNow - kMinute, "inquiry"});
       },
       Reason::kIssuerSuspended},
      {"compromised",
       [](auto& r) {
         r.organisations[0].history.push_back({EntryState::kCompromised, kNow - kMinute, "stolen"});
       },
       Reason::kCompromised},
      {"its key compromised", [](auto& r) { r.organisations[0].issue_keys[0].compromised_since = kNow - kMinute; },
       Reason::kCompromised},
  };
  for (const Row& row : rows) {
    const Result<VerifiedPresentation> verified = Verify({Training(1), Training(9)}, SnapshotWith(row.change));
    ASSERT_TRUE(verified.ok()) << row.name;
    EXPECT_EQ(verified->records()[0].standing, Standing::kCannotTell) << row.name;
    EXPECT_EQ(verified->records()[0].standing_reason, row.reason) << row.name;
    EXPECT_EQ(verified->records()[1].standing, Standing::kRevoked) << row.name << ": a no stays a no";
  }
}

TEST(VerifiedPresentation, SDVC02_RefusesATypeThatIsNoKindOfRecord) {
  TrustWorld& world = World();
  const std::string kid = Thumbprint(world.trust.issue_key.public_key().point());
  const std::string payload = R"({"iss":")" + world.trust.issuer +
                              R"(","iat":1795299000,"exp":1795400000,"vct":"urn:example:other:1","cnf":{"jwk":)" +
                              WriteJwk(world.holder.public_key().point()) + "}}";
  const std::string token = ForgeSdJwt(ForgeJws(JwsHeader("dc+sd-jwt", kid), payload, world.trust.issue_key), {});
  const Result<std::string> bound =
      BindToAudience(token, {.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}}, world.holder);
  EXPECT_EQ(Judge({*bound}), "vct SDVC-02");
}

TEST(VerifiedPresentation, SaysNothingOfWhatWasGivenInItsFaults) {
  TrustWorld& world = World();
  const std::string kid = Thumbprint(world.trust.issue_key.public_key().point());
  const std::string payload = R"({"iss":")" + world.trust.issuer +
                              R"(","iat":1795299000,"exp":1795400000,"vct":"urn:staff-passport:identity-check:1",)" +
                              R"("family_name":["Secretname"],"cnf":{"jwk":)" +
                              WriteJwk(world.holder.public_key().point()) + "}}";
  const std::string token = ForgeSdJwt(ForgeJws(JwsHeader("dc+sd-jwt", kid), payload, world.trust.issue_key), {});
  const Result<std::string> bound =
      BindToAudience(token, {.audience = kAudience, .nonce = kNonce, .made_at = kNow, .purpose = {}}, world.holder);
  const Result<VerifiedPresentation> verified = Verify({*bound}, world.Snapshot());
  ASSERT_FALSE(verified.ok());
  EXPECT_EQ(verified.fault().reason, Reason::kClaims);
  EXPECT_EQ(verified.fault().detail.find("Secretname"), std::string::npos);
}

std::string JudgeHeld(const std::vector<std::string>& credentials, Instant now = kNow) {
  return Verdict(VerifyHeld(credentials, *World().Snapshot(), kMinute, now));
}

TEST(HeldRecords, HoldCredentialsWithoutAProof) {
  const Credential training = World().Issue(MakeRecord("mandatory_training"), 1);
  const Credential revoked = World().Issue(MakeRecord("employment"), 2);
  const auto snapshot = World().Snapshot({{2, 1}});
  const Result<HeldRecords> held =
      VerifyHeld(std::vector<std::string>{training.text(), revoked.text()}, *snapshot, kMinute, kNow);
  ASSERT_TRUE(held.ok()) << held.fault().detail;
  ASSERT_EQ(held->records().size(), 2U);
  EXPECT_EQ(held->records()[0].credential, training.id());
  EXPECT_EQ(held->records()[0].record.Find("provider"), "Bedford College of Health");
  EXPECT_EQ(held->records()[0].holder, Thumbprint(World().holder.public_key().point()));
  EXPECT_EQ(held->records()[0].issuer_name, "Example RC9");
  EXPECT_EQ(held->records()[1].standing, Standing::kRevoked);
  EXPECT_EQ(held->WorstStanding(), Standing::kRevoked);
  EXPECT_EQ(held->snapshot_id(), snapshot->id());
  EXPECT_EQ(held->registry_sequence(), 7U);
  EXPECT_EQ(held->verified_at(), kNow);
}

TEST(HeldRecords, MayBeNone) { EXPECT_EQ(JudgeHeld({}), "ok") << "an empty passport is one that misses everything"; }

TEST(HeldRecords, AreOfOneHolderAndEachOnce) {
  const Credential mine = World().Issue(MakeRecord("mandatory_training"), 1);
  const Credential theirs =
      World().Issue(World().trust, MakeRecord("employment"), 3, World().other_holder.public_key().point());
  EXPECT_EQ(JudgeHeld({mine.text(), theirs.text()}), "holder_mismatch");
  EXPECT_EQ(JudgeHeld({mine.text(), mine.text()}), "malformed");
}

TEST(HeldRecords, AreNotPresentations) {
  EXPECT_EQ(JudgeHeld({Training(1)}), "malformed SDJWT-02") << "somebody else's proof is not ours to keep";
}

TEST(HeldRecords, AreVerifiedLikeAnyOther) {
  std::string altered = World().Issue(MakeRecord("mandatory_training"), 1).text();
  EXPECT_EQ(JudgeHeld({altered}), "ok");
  EXPECT_EQ(JudgeHeld({altered}, kNow + Seconds{366 * 86400}), "time JWT-10");
  altered[altered.find('.') + 40] ^= 1;
  EXPECT_NE(JudgeHeld({altered}), "ok");
  EXPECT_EQ(JudgeHeld({"nonsense"}), "malformed SDJWT-01");
}

}  // namespace
}  // namespace passport
