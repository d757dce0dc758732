// Receipts: what one says is read back, and nothing is believed that does not follow or was not signed in time.
#include "credential/evidence/receipt.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "credential/encoding/base64url.h"
#include "credential/evidence/receipt_json.h"
#include "tests/credential/decision/decision_world.h"
#include "tests/credential/evidence/evidence_world.h"

namespace passport {
namespace {

constexpr std::string_view kHeader = R"({"alg":"ES256","typ":"dsp-receipt+jwt","kid":"receipt-1"})";

EvidenceWorld& World() { return EvidenceWorld::Get(); }

std::string ReadWith(std::string_view token, const TrustRegistry& registry) {
  Evidence::Count();
  const Result<ReceiptContent> read = ReadReceipt(token, registry);
  return read.ok() ? "ok" : std::string(WordOf(read.fault().reason)) + ": " + read.fault().detail;
}

std::string Read(std::string_view token) {
  static const TrustRegistry registry = World().Registry();
  return ReadWith(token, registry);
}

std::string Forged(const ReceiptContent& content) {
  return ForgeJws(kHeader, WriteReceipt(content), World().receipt_key);
}

// The payload of a good receipt with one text replaced.
std::string ReadReplaced(std::string_view from, std::string_view to) {
  std::string payload = WriteReceipt(MetReceipt());
  const std::size_t at = payload.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  payload.replace(at, from.size(), to);
  return Read(ForgeJws(kHeader, payload, World().receipt_key));
}

TEST_F(Evidence, AReceiptReadsBackAsItWasSigned) {
  const TrustRegistry registry = World().Registry();
  for (const ReceiptContent& content : {MetReceipt(), VerifiedReceipt()}) {
    Count();
    const Result<ReceiptContent> read = ReadReceipt(Signed(content), registry);
    ASSERT_TRUE(read.ok()) << read.fault().detail;
    EXPECT_EQ(WriteReceipt(*read), WriteReceipt(content));
  }
  const Result<ReceiptContent> read = ReadReceipt(Signed(MetReceipt()), registry);
  EXPECT_EQ(read->receiver, Receiver());
  EXPECT_EQ(read->profile, "community-nurse");
  EXPECT_EQ(read->lines[2].outcome, "met_expiring");
  EXPECT_EQ(read->records[0].facts[0], Record::Field("given_names", "Testina"));
  EXPECT_EQ(read->records[2].status_as_of, kNow - Seconds{240});
}

TEST_F(Evidence, AReceiptSaysWhatWasVerifiedAndDecided) {
  const TrustRegistry registry = World().Registry();
  const Reliance reliance{.receiver = Receiver(), .purpose = "community_shift", .agreement = "honorary_contract"};
  const RoleProfile profile = Profile(R"({"kind":"identity_check","conditions":[{"fact":"assurance",)"
                                      R"("assurance_at_least":"employer_verified"}]})");
  const std::pair<std::vector<Shown>, std::string_view> rows[] = {
      {{{.kind = "identity_check"}}, "met"},
      {{{.kind = "identity_check", .status = 1}}, "not_met"},
      {{{.kind = "identity_check", .status = 2}}, "not_met"},
      {{{.kind = "identity_check", .changes = {{"assurance", "self_declared"}}}}, "not_met"},
      {{{.kind = "mandatory_training"}}, "not_met"},
      {{{.kind = "identity_check"}, {.kind = "mandatory_training", .status = 1}}, "met"},
  };
  for (const auto& [shown, outcome] : rows) {
    for (const bool decided : {true, false}) {
      Count();
      std::vector<CredentialId> ids;
      const VerifiedPresentation presentation = Verified(shown, &ids);
      std::optional<Decision> decision;
      if (decided) decision = *Decide(profile, TestTaxonomies(), presentation, OnDay("2026-11-23"));
      const ReceiptContent content = MakeReceipt(reliance, presentation, decision);
      const Result<std::string> token = SignReceipt(content, "receipt-1", World().receipt_key);
      ASSERT_TRUE(token.ok()) << token.fault().detail;
      const Result<ReceiptContent> read = ReadReceipt(*token, registry);
      ASSERT_TRUE(read.ok()) << read.fault().detail;
      EXPECT_EQ(WriteReceipt(*read), WriteReceipt(content));
      EXPECT_EQ(read->records.size(), shown.size());
      EXPECT_EQ(read->records[0].credential, ids[0]);
      EXPECT_EQ(read->records[0].issuer_name, "Example RC9");
      EXPECT_EQ(read->snapshot_id, presentation.snapshot_id());
      EXPECT_EQ(read->subject, presentation.holder());
      EXPECT_EQ(read->agreement, "honorary_contract");
      if (decided) {
        EXPECT_EQ(read->outcome, outcome);
        EXPECT_EQ(read->profile_digest, EncodeBase64Url(profile.digest()));
        EXPECT_EQ(read->engagement, "placement");
      }
    }
  }
}

TEST_F(Evidence, AStaleRegistryIsCannotTellInItsReceipt) {
  const VerifiedPresentation presentation = Verified({{.kind = "identity_check"}}, nullptr, RegistryAge::kStale);
  const ReceiptContent content = MakeReceipt({Receiver(), "shift", ""}, presentation, std::nullopt);
  EXPECT_EQ(content.outcome, "cannot_tell");
  EXPECT_EQ(Read(Signed(content)), "ok");
}

TEST_F(Evidence, APurposeNobodyNamedIsLeftOut) {
  ReceiptContent content = MetReceipt();
  content.purpose.clear();
  EXPECT_EQ(Read(Signed(content)), "ok");
  EXPECT_EQ(WriteReceipt(content).find("purpose"), std::string::npos);
}

TEST_F(Evidence, AReceiptIsTrueToItself) {
  using Change = std::function<void(ReceiptContent&)>;
  const std::pair<std::string_view, Change> rows[] = {
      {"better than its lines", [](auto& r) { r.outcome = "met"; }},
      {"worse than its lines", [](auto& r) { r.outcome = "not_met"; }},
      {"an outcome nobody knows", [](auto& r) { r.outcome = "fine"; }},
      {"a line of another outcome", [](auto& r) { r.lines[0].outcome = "cannot_tell"; }},
      {"a line with an outcome nobody knows", [](auto& r) { r.lines[0].outcome = "good"; }},
      {"a line with a reason nobody knows", [](auto& r) { r.lines[2].reason = "because"; }},
      {"a met line that says why not", [](auto& r) { r.lines[0].reason = "too_old"; }},
      {"a line gone: the outcome does not follow", [](auto& r) { r.lines.pop_back(); }},
      {"met, and nothing was asked",
       [](auto& r) {
         r.lines.clear();
         r.outcome = "met";
       }},
      {"a line twice", [](auto& r) { r.lines.push_back(r.lines[0]); }},
      {"a record gone that a line relies on", [](auto& r) { r.records.erase(r.records.begin()); }},
      {"a record twice", [](auto& r) { r.records.push_back(r.records[0]); }},
      {"relying twice on one record", [](auto& r) { r.lines[0].relied_on.push_back(CredentialOf('A')); }},
      {"records of a line out of order",
       [](auto& r) {
         r.lines[0].relied_on = {CredentialOf('B'), CredentialOf('A')};
       }},
      {"met by a revoked record", [](auto& r) { r.records[1].standing = "revoked"; }},
      {"met by a record nobody could tell of",
       [](auto& r) {
         r.records[1].standing = "cannot_tell";
         r.records[1].status_as_of = Instant{};
       }},
      {"a standing nobody knows", [](auto& r) { r.records[1].standing = "fine"; }},
      {"a record issued after the decision", [](auto& r) { r.records[0].issued_at = r.decided_at + Seconds{601}; }},
      {"a status from after the decision", [](auto& r) { r.records[0].status_as_of = r.decided_at + Seconds{601}; }},
      {"held only through a day before the duty",
       [](auto& r) { r.lines[1].holds_through = CivilDay::InLondon(kNow - kDay); }},
      {"not met, and yet through a day",
       [](auto& r) {
         r.lines[1].outcome = r.outcome = "not_met";
         r.lines[1].reason = "restricted";
       }},
      {"not met and no reason", [](auto& r) { r.lines[0].outcome = r.outcome = "not_met"; }},
      {"a duty that ends before it starts", [](auto& r) { r.ends_at = *r.starts_at; }},
      {"a duty of two months", [](auto& r) { r.ends_at = *r.starts_at + Seconds{60 * 86400}; }},
      {"an engagement nobody knows", [](auto& r) { r.engagement = "loan"; }},
      {"version nought", [](auto& r) { r.profile_version = 0; }},
      {"a subject that is no thumbprint", [](auto& r) { r.subject = "Testina Sample"; }},
      {"a purpose in words of its own", [](auto& r) { r.purpose = "Because I say so"; }},
      {"an agreement longer than 200", [](auto& r) { r.agreement = std::string(201, 'a'); }},
      {"no snapshot", [](auto& r) { r.snapshot_id.clear(); }},
      {"a fact twice",
       [](auto& r) {
         r.records[0].facts.push_back({"Given names", "X"});
       }},
  };
  for (const auto& [name, change] : rows) {
    ReceiptContent content = MetReceipt();
    change(content);
    EXPECT_TRUE(Read(Forged(content)).starts_with("evidence: receipt: ")) << name << ": " << Read(Forged(content));
    const Result<std::string> signed_one = SignReceipt(content, "receipt-1", World().receipt_key);
    ASSERT_FALSE(signed_one.ok()) << name;
    EXPECT_EQ(signed_one.fault().reason, Reason::kEvidence) << name;
  }
  EXPECT_EQ(Read(Forged(MetReceipt())), "ok");
}

TEST_F(Evidence, AReceiptWithoutARoleIsAsGoodAsItsRecords) {
  const auto with = [](std::string_view standing, std::string_view outcome) {
    ReceiptContent content = VerifiedReceipt();
    content.records[1].standing = standing;
    if (standing == "cannot_tell") content.records[1].status_as_of = Instant{};
    content.outcome = outcome;
    return Read(Forged(content));
  };
  constexpr std::string_view kNo = "evidence: receipt: the outcome is not the worst of its records";
  EXPECT_EQ(with("good", "good"), "ok");
  EXPECT_EQ(with("good", "cannot_tell"), "ok");  // the registry was too old
  EXPECT_EQ(with("good", "revoked"), kNo);
  EXPECT_EQ(with("revoked", "revoked"), "ok");
  EXPECT_EQ(with("revoked", "good"), kNo);
  EXPECT_EQ(with("revoked", "cannot_tell"), kNo);
  EXPECT_EQ(with("suspended", "suspended"), "ok");
  EXPECT_EQ(with("cannot_tell", "cannot_tell"), "ok");
  EXPECT_EQ(with("cannot_tell", "good"), kNo);
  EXPECT_EQ(with("cannot_tell", "met"), kNo);
}

TEST_F(Evidence, AReceiptHasOneForm) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {R"({"version":1)", R"({"version":2)"},
      {R"({"version":1)", R"({"version":1,"note":"x")"},
      {R"("receiver":"ons:E06000032")", R"("receiver":"council")"},
      {R"("sub":)", R"("sub":5,"x":)"},
      {R"("decided_at":)", R"("decided_at":"now","x":)"},
      {R"("profile":{)", R"("profil":{)"},
      {R"("digest":")", R"("digest":"A)"},
      {R"("duty":{)", R"("duty":{"ward":"7",)"},
      {R"("holds_through":"2026)", R"("holds_through":"2126-31)"},
      {R"("relied_on":[)", R"("relied_on":[7,)"},
      {R"("relied_on":[)", R"("relied_on":["two words",)"},
      {R"("lines":[)", R"("lines":[7,)"},
      {R"("records":[)", R"("records":[{},)"},
      {R"("facts":{)", R"("facts":{"level":2,)"},
      {R"("standing":"good")", R"("standing":"cannot_tell")"},
      {R"("agreement":"workforce_sharing_agreement")", R"("agreement":"")"},
  };
  for (const auto& [from, to] : rows) EXPECT_TRUE(ReadReplaced(from, to).starts_with("malformed")) << to;
  EXPECT_EQ(Read(""), "malformed: receipt: not three parts");
}

TEST_F(Evidence, AReceiptKeepsItsLimits) {
  ReceiptContent content = MetReceipt();
  content.lines[0].needs = std::string(kRoleProfileBytesMax + 1, 'x');
  EXPECT_EQ(SignReceipt(content, "receipt-1", World().receipt_key).fault().reason, Reason::kLimit);
  content = VerifiedReceipt();
  for (int i = 0; i < 2000; ++i) {
    content.records.push_back(content.records[0]);
    content.records.back().credential = *CredentialId::Parse("record-" + std::to_string(i));
  }
  EXPECT_EQ(SignReceipt(content, "receipt-1", World().receipt_key).fault().reason, Reason::kLimit);
  EXPECT_TRUE(Read(Forged(content)).starts_with("limit: receipt: "));
  Count(2);
}

TEST_F(Evidence, EveryAlteredByteOfAReceiptIsFound) {
  const std::string token = Signed(MetReceipt());
  for (std::size_t at = 0; at < token.size(); at += 7) {
    std::string altered = token;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(Read(altered), "ok") << at;
  }
}

TEST_F(Evidence, AReceiptIsSignedByAReceiptKeyAndIsNothingElse) {
  const std::string payload = WriteReceipt(MetReceipt());
  const auto signed_by = [&](std::string_view typ, std::string_view kid, Signer& key) {
    return Read(ForgeJws(R"({"alg":"ES256","typ":")" + std::string(typ) + R"(","kid":")" + std::string(kid) + R"("})",
                         payload, key));
  };
  TrustWorld& trust = TrustWorld::Get();
  EXPECT_EQ(signed_by("dsp-receipt+jwt", "receipt-1", World().receipt_key), "ok");
  EXPECT_EQ(signed_by("dsp-receipt+jwt", "receipt-2", World().other_receipt_key), "ok");
  for (const std::string& answer :
       {signed_by("dsp-receipt+jwt", "receipt-2", World().receipt_key),
        signed_by("dsp-receipt+jwt", "receipt-3", World().receipt_key),
        signed_by("dsp-receipt+jwt", "receipt-1", trust.trust.issue_key),
        signed_by("dsp-receipt+jwt", "receipt-1", trust.registry_key),
        signed_by("dsp-receipt+jwt", "registry-1", trust.registry_key),
        signed_by("dsp-receipt+jwt", "receipt-1", trust.holder),
        signed_by("dsp-evidence-head+jwt", "receipt-1", World().receipt_key),
        signed_by("dc+sd-jwt", "receipt-1", World().receipt_key), signed_by("JWT", "receipt-1", World().receipt_key)}) {
    EXPECT_TRUE(answer.starts_with("evidence: receipt: ")) << answer;
  }
  EXPECT_TRUE(
      Read(ForgeJws(R"({"alg":"none","typ":"dsp-receipt+jwt","kid":"receipt-1"})", payload, World().receipt_key))
          .starts_with("evidence: receipt: "));
}

TEST_F(Evidence, AReceiptHoldsByWhatWasTrueThen) {
  using Change = std::function<void(RegistryContent&)>;
  static constexpr Seconds kYear{365 * 86400};
  constexpr std::string_view kNotInUse = "evidence: receipt: its key was not in use at that time";
  const std::tuple<std::string_view, Change, std::string_view> rows[] = {
      {"nothing changed", [](auto&) {}, "ok"},
      {"the key was retired a day later", [](auto& r) { r.receipt_keys[0].valid_until = kNow + kDay; }, "ok"},
      {"the key was retired a second later", [](auto& r) { r.receipt_keys[0].valid_until = kNow + Seconds{1}; }, "ok"},
      {"the key had been retired", [](auto& r) { r.receipt_keys[0].valid_until = kNow; }, kNotInUse},
      {"the key came into use later", [](auto& r) { r.receipt_keys[0].valid_from = kNow + Seconds{1}; }, kNotInUse},
      {"the key was struck off", [](auto& r) { r.receipt_keys.erase(r.receipt_keys.begin()); },
       "evidence: receipt: the registry lists no such key for receipts"},
      {"another key took its name", [](auto& r) { r.receipt_keys[0].key = TrustWorld::Get().stranger.public_key(); },
       "evidence: receipt: signature does not match"},
      {"the key was compromised since", [](auto& r) { r.receipt_keys[0].compromised_since = kNow + kYear; },
       "evidence: receipt: its key is compromised"},
      {"the issuer is compromised since",
       [](auto& r) {
         r.organisations[0].history.push_back({EntryState::kCompromised, kNow, "stolen"});
       },
       "ok"},
      {"the issuer's key was retired since", [](auto& r) { r.organisations[0].issue_keys.clear(); }, "ok"},
      {"the issuer has ended since", [](auto& r) { r.organisations[0].valid_until = kNow + kDay; }, "ok"},
      {"the receiver has ended since", [](auto& r) { r.organisations[1].valid_until = kNow + kDay; }, "ok"},
      {"the issuer is forgotten", [](auto& r) { r.organisations.erase(r.organisations.begin()); }, "ok"},
      {"twelve years and 3,000 registries later",
       [&](auto& r) {
         r.sequence += 3000;
         r.issued_at = kNow + Seconds{12 * kYear.count};
         r.next_update = r.issued_at + kDay;
         r.receipt_keys[0].valid_until = kNow + kYear;
         r.organisations[0].valid_until = kNow + kYear;
       },
       "ok"},
  };
  const std::string token = Signed(MetReceipt());
  for (const auto& [name, change, answer] : rows) {
    RegistryContent content = World().Content();
    change(content);
    EXPECT_EQ(ReadWith(token, RegistryOf(content)), answer) << name;
  }
}

}  // namespace
}  // namespace passport
