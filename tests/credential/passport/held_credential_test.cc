#include "credential/passport/held_credential.h"

#include <gtest/gtest.h>

#include <string>

#include "credential/credential/verify_credential.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

TrustWorld& World() { return TrustWorld::Get(); }

constexpr BindingTerms kTerms{.audience = "ons:E06000032", .nonce = "nonce", .made_at = kNow, .purpose = {}};

Result<HeldCredential> ReadAt(const std::string& text, Instant now) {
  return HeldCredential::Read(text, *World().Registry(), now, kMinute);
}
Result<HeldCredential> Read(const std::string& text) { return ReadAt(text, kNow); }

// The facts a verifier sees in what was presented.
std::vector<std::string> FactsIn(const std::string& presented) {
  const auto snapshot = World().Snapshot();
  TrustSnapshot statuses = *snapshot;
  std::vector<std::string> types;
  for (const RecordKind* kind : AllRecordKinds()) types.emplace_back(kind->vct);
  const CredentialExpectation expected{
      .now = kNow,
      .leeway = kMinute,
      .allowed_algs = Es256Only(),
      .key_binding = RequireKeyBinding{.audience = kTerms.audience, .nonce = kTerms.nonce, .proof_age_max = {300}},
      .limits = kSdJwtLimits,
      .requested_vcts = types};
  json::Tree tree;
  const Result<VerifiedCredential> verified =
      VerifyCredential(presented, expected, snapshot->registry(), statuses, tree);
  if (!verified.ok()) return {"fault", Words(verified.fault())};
  const Result<Record> record = Record::FromClaims(*FindRecordKindByVct(verified->vct), *verified->claims);
  std::vector<std::string> names;
  for (const Fact& fact : record->facts()) names.emplace_back(fact.rule->name);
  return names;
}

TEST(HeldCredential, KnowsAllFactsOfEveryKind) {
  for (const RecordKind* kind : AllRecordKinds()) {
    const Record record = MakeRecord(kind->word);
    const Credential credential = World().Issue(record, 4);
    const Result<HeldCredential> held = Read(credential.text());
    ASSERT_TRUE(held.ok()) << held.fault().detail;
    EXPECT_EQ(held->id(), credential.id());
    EXPECT_EQ(held->issued_at(), kNow - kDay);
    ASSERT_EQ(held->record().facts().size(), record.facts().size());
    for (const Fact& fact : record.facts()) EXPECT_EQ(held->record().Find(fact.rule->name), fact.value);
  }
}

TEST(HeldCredential, ShowsTheNamedFactsAndThoseThatAlwaysShow) {
  const Credential credential = World().Issue(MakeRecord("mandatory_training"), 4);
  const Result<HeldCredential> held = Read(credential.text());
  ASSERT_TRUE(held.ok());
  const auto show = [&](const std::vector<std::string>& facts) {
    return FactsIn(*held->Present(facts, kTerms, World().holder));
  };
  const std::vector<std::string> always = {"subject", "level", "framework"};
  EXPECT_EQ(show({}), always);
  EXPECT_EQ(show({"subject"}), always);
  EXPECT_EQ(show({"achieved_on"}), (std::vector<std::string>{"subject", "level", "framework", "achieved_on"}));
  EXPECT_EQ(show({"achieved_on", "achieved_on"}),
            (std::vector<std::string>{"subject", "level", "framework", "achieved_on"}));
}

TEST(HeldCredential, KeepsBackWhatIsNotNamedDownToTheBytes) {
  const Credential credential = World().Issue(MakeRecord("identity_check"), 4);
  const Result<HeldCredential> held = Read(credential.text());
  const std::string presented = *held->Present(std::vector<std::string>{"family_name"}, kTerms, World().holder);
  EXPECT_LT(presented.size(), credential.text().size() + 400);
  EXPECT_EQ(FactsIn(presented), (std::vector<std::string>{"family_name"}));
}

TEST(HeldCredential, ShowsNoFactItDoesNotHave) {
  const Credential credential = World().Issue(MakeRecord("mandatory_training"), 4);
  const Result<HeldCredential> held = Read(credential.text());
  for (const std::string_view name : {"expires_on", "iss", "cnf", "status", "", "/achieved_on", "_sd"}) {
    EXPECT_EQ(Verdict(held->Present(std::vector<std::string>{std::string(name)}, kTerms, World().holder)), "claims")
        << name;
  }
}

TEST(HeldCredential, KB10_IsBoundToNobodyInParticularNever) {
  const Credential credential = World().Issue(MakeRecord("mandatory_training"), 4);
  const Result<HeldCredential> held = Read(credential.text());
  BindingTerms terms = kTerms;
  terms.nonce = "";
  EXPECT_EQ(Verdict(held->Present({}, terms, World().holder)).substr(0, 6), "config");
  terms = kTerms;
  terms.audience = "";
  EXPECT_EQ(Verdict(held->Present({}, terms, World().holder)).substr(0, 6), "config");
}

TEST(HeldCredential, SDJWT02_RefusesAPresentation) {
  const Credential credential = World().Issue(MakeRecord("mandatory_training"), 4);
  const std::string presented = *Read(credential.text())->Present({}, kTerms, World().holder);
  EXPECT_EQ(Verdict(Read(presented)), "malformed SDJWT-02");
}

TEST(HeldCredential, AsksForNoStatusAndJudgesTimeAndIssuer) {
  const std::string text = World().Issue(MakeRecord("mandatory_training"), 4000).text();
  EXPECT_EQ(Verdict(Read(text)), "ok") << "a slot that no list has: status is not a holder's question";
  EXPECT_EQ(Verdict(ReadAt(text, kNow + Seconds{365 * 86400 + 59})), "ok");
  EXPECT_EQ(Verdict(ReadAt(text, kNow + Seconds{365 * 86400 + 60})), "time JWT-10");
  Party stranger{.id = World().trust.id,
                 .issuer = "https://stranger.example",
                 .status_prefix = World().trust.status_prefix,
                 .issue_key = NewKey(),
                 .status_key = NewKey()};
  EXPECT_EQ(
      Verdict(Read(World().Issue(stranger, MakeRecord("employment"), 1, World().holder.public_key().point()).text())),
      "issuer SDVC-06");
  std::string altered = text;
  altered[altered.find('.') + 30] = altered[altered.find('.') + 30] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(Read(altered).ok());
}

}  // namespace
}  // namespace passport
