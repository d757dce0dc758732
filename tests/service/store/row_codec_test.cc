// Bytes on disks stay what they are: every row against golden bytes, and everything that is not a row is refused.
#include "passport-service/store/row_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/key_layout.h"
#include "tests/service/store/sample_rows.h"

namespace passport::test {
namespace {

std::string Hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

// Decodes and encodes again: the same bytes, or the Reason of the refusal.
using Again = std::function<Result<std::string>(std::string_view)>;
template <class Row>
Result<std::string> ThereAndBack(std::string_view bytes) {
  TRY_ASSIGN(const auto row, Decode<Row>(bytes));
  return Encode(row);
}

struct Sample {
  std::string name;
  std::string bytes;
  Again again;
  std::vector<std::size_t> tails;  // bytes of last fields that may be absent: without them, the row is another good one
};

template <class Row>
Sample Of(std::string name, const Row& row, std::vector<std::size_t> tails = {}) {
  return {std::move(name), Encode(row), ThereAndBack<Row>, std::move(tails)};
}

OrganisationRow TakenOver(const OrganisationId& id) {
  OrganisationRow row = SampleOrganisation(id);
  row.kinds.push_back({"immunity", kNoon + Seconds{1}, {}});
  row.kinds.push_back({"employment-history", kNoon, kNoon + Seconds{2}});
  row.history = {{EntryState::kSuspended, kNoon + Seconds{1}, "inquiry"},
                 {EntryState::kActive, kNoon + Seconds{2}, "resolved"}};
  row.successions = {{SuccessionKind::kAcquired, Organisation("ods:RD1"), kNoon + Seconds{3}}};
  row.registrars_needed = 2;
  return row;
}

// What may be missing from the end, most of it at last.
std::vector<std::size_t> TailsOf(OrganisationRow row) {
  const std::size_t whole = Encode(row).size();
  std::vector<std::size_t> tails;
  const auto without = [&] { tails.push_back(whole - Encode(row).size()); };
  row.registrars_needed = 1;
  without();
  row.successions.clear();
  without();
  while (!row.history.empty()) {
    row.history.pop_back();
    without();
  }
  while (row.kinds.size() > 2) {
    row.kinds.pop_back();
    without();
  }
  return tails;
}

std::vector<Sample> Samples() {
  const OrganisationId trust = Organisation("ods:RC9");
  const Story story{trust, 7};
  OrganisationRow ended = SampleOrganisation(trust);
  ended.registrar = true;
  ended.valid_until = kNoon + Seconds{1};
  ended.kinds.clear();
  ended.revision = 300;
  CredentialRow revoked = story.row();
  revoked.sealed_token = "\2sealed";
  revoked.state = CredentialState::kRevoked;
  revoked.state_reason = "withdrawn";
  revoked.issued_at = Instant{-1};
  OrganisationRow two = SampleOrganisation(trust);
  two.two_person = true;
  CredentialRow of_a_key = story.row();
  of_a_key.sealed_token = "\2sealed";
  of_a_key.kid = "kid-1";
  ProposalRow rejected = SampleProposal(trust, 258);
  rejected.state = ProposalState::kRejected;
  rejected.rejected = ProposalSignature{trust, "registry-desk", kNoon};
  rejected.steps.clear();
  ImportRow changed_import = SampleImport(trust, "i");
  changed_import.drafts_revision = 300;
  DraftRow issued = SampleDraft(SampleImport(trust, "i"), 300);
  issued.part = 2;
  issued.verdict = DraftVerdict::kChanged;
  issued.state = DraftState::kIssued;
  issued.person = Person("anna");
  issued.supersedes = passport::test::Credential("c1");
  issued.credential = passport::test::Credential("c2");
  issued.reason = "field_invalid";
  issued.detail = "achieved_on";
  RelianceRow plain{SampleReliance(trust, "subject-a"), {}};
  plain.entry.profile.clear();
  plain.entry.profile_version = 0;
  plain.entry.reasons.clear();
  plain.entry.elsewhere.clear();
  RelianceRow reliance{SampleReliance(trust, "subject-a"), {}};
  for (RelianceRow* const row : {&plain, &reliance}) {
    row->link = {.sequence = 258,
                 .previous = Sha256("before"),
                 .subject_sequence = 2,
                 .subject_previous = Sha256("before, of the same"),
                 .at = row->entry.at,
                 .subject = row->entry.subject,
                 .receipt_digest = row->entry.receipt_digest};
    row->link.hash = LinkHash(trust, row->link);
  }
  SystemRow over = SampleSystem(trust, "hr");
  over.certificates.push_back(
      {.spki = Sha256("old"), .from = kNoon, .until = kNoon + Seconds{9}, .revoked_at = kNoon + Seconds{8}});
  over.state = SystemState::kRevoked;
  over.roles = {};
  over.revision = 300;
  Digest previous{};
  previous.fill(0xab);
  AuditRow audit{.sequence = 258, .entry = SampleAudit("credential.issued", "r1"), .previous = previous};
  audit.hash = AuditHash(audit);
  AuditRow of_actor = audit;
  of_actor.entry.system = "esr";
  of_actor.entry.why = "error";
  of_actor.actor_sequence = 3;
  of_actor.actor_previous = Sha256("before, of the same");
  of_actor.hash = AuditHash(of_actor);
  HolderKeyRow ended_key = SampleHolderKey("thumb", Person("anna"));
  ended_key.held_as = HeldAs::kKept;
  ended_key.until = kNoon + Seconds{1};
  ended_key.end_reason = "lost";
  InvitationRow after_loss = SampleInvitation("inv", trust);
  after_loss.state = InvitationState::kDead;
  after_loss.wrong_tries = 10;
  after_loss.revision = 10;
  after_loss.replaces = Person("anna");
  after_loss.rebinding = "rebinding";
  EmploymentRow left = SampleEmployment(trust, "1001", Person("anna"));
  left.left_at = kNoon;
  left.sealed_leaving = "sealed";
  RebindingRow reported = SampleRebinding(Person("anna"));
  reported.state = RebindingState::kReported;
  reported.old_code.reset();
  reported.undo_until.reset();
  reported.left_behind.clear();
  RebindingRow waiting = SampleRebinding(Person("anna"));
  waiting.undo_spent = true;
  waiting.invitation = "inv";
  DisputeRow settled = SampleDispute("d1", trust, Person("anna"));
  settled.state = DisputeState::kConfirmed;
  settled.sealed_answer = "sealed";
  settled.settled_at = kNoon + Seconds{1};
  settled.revision = 2;
  const ShareRow asked = SampleShare(trust, "share-1");
  ShareRow given = SampleShare(trust, "share-2");
  given.state = ShareState::kEnded;
  given.keep_through = {};
  given.answer_enough = false;
  given.person = Person("anna");
  given.subject = "subject-a";
  given.credentials = {passport::test::Credential("c1"), passport::test::Credential("c2")};
  given.given_at = kNoon + Seconds{5};
  given.answer_only = true;
  given.sealed = std::string("\0sealed\xff", 8);
  given.request = "r-1";
  given.ended_at = kNoon + Seconds{9};
  given.ended_by = "holder";
  given.due = {};
  given.revision = 2;
  ShareRow looked_at = asked;
  looked_at.answer_digest = Sha256("answer");
  looked_at.looked_at = kNoon + Seconds{7};
  RelianceRow of_a_share = reliance;
  of_a_share.entry.share = "share-1";
  return {Of("organisation without keys", SampleOrganisation(trust)),
          Of("organisation without keys ended", ended),
          Of("person sealed", SamplePerson(Person("anna"))),
          Of("employment sealed", SampleEmployment(trust, "1001", Person("anna"))),
          Of("status_list", SampleList(trust)),
          Of("intent", story.intent()),
          Of("credential sealed and revoked", revoked),
          Of("answer", story.answer()),
          Of("challenge", ChallengeRow{"n-1", trust, kNoon}),
          Of("document", DocumentRow{"registry", 2, "{}", kNoon}),
          Of("audit", audit),
          Of("audit of its actor", of_actor, {49}),
          Of("audit_last", AuditLast{3, audit.hash}),
          Of("event", EventRow{3, {kNoon, "credential.issued", "c1"}}),
          Of("organisation without keys of two", two, {3}),
          Of("document withdrawn", DocumentRow{"registry", 2, "{}", kNoon, kNoon + Seconds{1}}, {10}),
          Of("standing_record", SampleStanding(story.row(), "moving and handling")),
          Of("match_key", MatchKeyRow{trust, MatchKind::kBirthDate, Sha256("key"), Person("anna")}),
          Of("import", SampleImport(trust, "i")),
          Of("import whose drafts have changed", changed_import, {4}),
          Of("draft under a key", SampleDraft(SampleImport(trust, "i"), 1)),
          Of("draft issued under a key", issued),
          Of("import_series", ImportSeriesRow{trust, "esr", 7, Request("i")}),
          Of("reliance", reliance),
          Of("reliance plain", plain),
          Of("reliance_link", reliance.link),
          Of("override", SampleOverride(trust, "o", 258)),
          Of("organisation taken over", TakenOver(trust), TailsOf(TakenOver(trust))),
          Of("credential of a key", of_a_key),
          Of("system", SampleSystem(trust, "hr")),
          Of("system over", over),
          Of("proposal", SampleProposal(trust, 1)),
          Of("proposal rejected", rejected),
          Of("certificate", SampleCertificate("kid")),
          Of("keeper_key", KeeperKeyRow{"ods:RC9", std::string("\0sealed\xff", 8)}),
          Of("data_key", SampleDataKey({"ods:RC9", "person anna"}, 'k')),
          Of("holder_key", SampleHolderKey("thumb", Person("anna"))),
          Of("holder_key ended", ended_key, {10 + 2 + 4}),
          Of("invitation", SampleInvitation("inv", trust)),
          Of("invitation after a loss", after_loss, {2 + 9, 6 + 2 + 9}),
          Of("identity_check", SampleIdentityCheck(trust, "1001")),
          Of("employment left", left, {10 + 2 + 6}),
          Of("rebinding", SampleRebinding(Person("anna"))),
          Of("rebinding reported", reported),
          Of("rebinding waiting", waiting, {2 + 3, 3 + 2 + 3}),
          Of("dispute", SampleDispute("d1", trust, Person("anna"))),
          Of("dispute settled", settled),
          Of("unlock", SampleUnlock("code", Person("anna"), trust)),
          Of("share asked", asked),
          Of("share ended", given),
          Of("share_notice", ShareNoticeRow{trust, 258, asked.id, kNoon}),
          Of("share that was looked at", looked_at, {10, 10 + 2 + 32}),
          Of("share_look", ShareLookRow{asked.id, 258, kNoon, "kb_nonce"}),
          Of("reliance on a share", of_a_share, {2 + 7}),
          Of("event of an organisation", EventRow{3, {kNoon, "credential.issued", "c1", trust}}, {2 + 7})};
}

// Rows of schema 2 that are read and no longer written.
constexpr std::array<const char*, 3> kOutgrown = {"organisation", "organisation ended", "organisation of two"};

// Rows of schema 2 that are raised (raise.h) and not read as they are.
constexpr std::array<const char*, 5> kRaised = {"person", "employment", "credential revoked", "draft", "draft issued"};

std::map<std::string, std::string> Golden() {
  std::ifstream file("tests/service/store/golden_rows.txt");
  EXPECT_TRUE(file.is_open());
  std::map<std::string, std::string> golden;
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(": ");
    if (!line.starts_with('#') && colon != std::string::npos) golden[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return golden;
}

std::string FromHex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

TEST(RowCodec, EveryRowHasItsGoldenBytes) {
  std::map<std::string, std::string> golden = Golden();
  for (const Sample& sample : Samples()) EXPECT_EQ(golden[sample.name], Hex(sample.bytes)) << sample.name;
  EXPECT_EQ(golden.size(), Samples().size() + kOutgrown.size() + kRaised.size());
}

TEST(RowCodec, AnOrganisationOfSchemaTwoReadsWithoutTheKeysItNamed) {
  std::map<std::string, std::string> golden = Golden();
  for (const std::string name : kOutgrown) {
    const auto row = Decode<OrganisationRow>(FromHex(golden[name]));
    ASSERT_TRUE(row.ok()) << name << ": " << row.fault().detail;
    const std::string now = std::string("organisation without keys") + name.substr(std::string("organisation").size());
    EXPECT_EQ(Hex(Encode(*row)), golden[now]) << name;
  }
}

TEST(RowCodec, ARowOfSchemaTwoThatHoldsSomebodyInClearIsNotReadUnraised) {
  std::map<std::string, std::string> golden = Golden();
  EXPECT_FALSE(Decode<PersonRow>(FromHex(golden["person"])).ok());
  EXPECT_FALSE(Decode<EmploymentRow>(FromHex(golden["employment"])).ok());
  EXPECT_FALSE(Decode<CredentialRow>(FromHex(golden["credential revoked"])).ok());
  EXPECT_FALSE(Decode<DraftRow>(FromHex(golden["draft"])).ok());
  EXPECT_FALSE(Decode<DraftRow>(FromHex(golden["draft issued"])).ok());
}

TEST(RowCodec, EveryRowComesBackAsItWas) {
  for (const Sample& sample : Samples()) {
    const auto again = sample.again(sample.bytes);
    ASSERT_TRUE(again.ok()) << sample.name << ": " << again.fault().detail;
    EXPECT_EQ(*again, sample.bytes) << sample.name;
  }
}

TEST(RowCodec, ARowIsNotTakenForAnother) {
  const auto samples = Samples();
  for (const Sample& reader : samples) {
    for (const Sample& row : samples) {
      const bool same = reader.bytes[1] == row.bytes[1];
      EXPECT_EQ(reader.again(row.bytes).ok(), same) << row.name << " read as " << reader.name;
    }
  }
}

TEST(RowCodec, NearMissesAreRefused) {
  for (const Sample& sample : Samples()) {
    for (std::size_t length = 0; length < sample.bytes.size(); ++length) {
      const auto& tails = sample.tails;
      const bool whole = std::find(tails.begin(), tails.end(), sample.bytes.size() - length) != tails.end();
      EXPECT_EQ(sample.again(std::string_view(sample.bytes).substr(0, length)).ok(), whole) << sample.name << length;
    }
    EXPECT_FALSE(sample.again(sample.bytes + '\0').ok()) << sample.name;
    EXPECT_FALSE(sample.again(sample.bytes + std::string("\xfe\0", 2)).ok()) << sample.name << " with a new field";
    std::string version = sample.bytes;
    version[0] = 2;
    EXPECT_FALSE(sample.again(version).ok()) << sample.name << " of another version";
  }
  const OrganisationId trust = Organisation("ods:RC9");
  const auto challenge = [&](FieldWriter&& rest) { return Decode<ChallengeRow>(rest.Take()); };
  const auto head = [] { return FieldWriter(RowKind::kChallenge); };
  EXPECT_TRUE(challenge(std::move(head().Text(1, "n").Text(2, trust.text()).Time(3, kNoon))).ok());
  EXPECT_FALSE(challenge(std::move(head().Text(2, trust.text()).Text(1, "n").Time(3, kNoon))).ok()) << "order";
  EXPECT_FALSE(challenge(std::move(head().Text(1, "n").Text(1, "n").Text(2, trust.text()).Time(3, kNoon))).ok());
  EXPECT_FALSE(challenge(std::move(head().Text(1, "n").Text(2, "rc9").Time(3, kNoon))).ok()) << "no organisation";
  EXPECT_FALSE(challenge(std::move(head().Text(1, "n").Text(2, trust.text()).Number(3, 5))).ok()) << "no time";
  EXPECT_FALSE(Decode<ChallengeRow>(std::string("\x01\x08\x01\x81\x00n", 6)).ok()) << "a length not in shortest form";
  const auto event = [](std::string_view sequence) {
    return Decode<EventRow>(
        FieldWriter(RowKind::kEvent).Text(1, sequence).Time(2, kNoon).Text(3, "t").Text(4, "").Take());
  };
  EXPECT_EQ(event("\x05")->sequence, 5U);
  EXPECT_FALSE(event(std::string_view("\0\x05", 2)).ok()) << "a leading zero";
  EXPECT_FALSE(event("123456789").ok()) << "more than 64 bits";
}

TEST(RowCodec, WhatADefaultStandsForIsNotWritten) {
  const auto head = [] { return FieldWriter(RowKind::kDocument); };
  const auto document = [](FieldWriter&& row) { return Decode<DocumentRow>(row.Take()).ok(); };
  EXPECT_TRUE(document(std::move(head().Text(1, "d").Number(2, 1).Text(3, "").Time(4, kNoon))));
  EXPECT_TRUE(document(std::move(head().Text(1, "d").Number(2, 1).Text(3, "").Time(4, kNoon).Time(5, kNoon))));
  EXPECT_FALSE(document(std::move(head().Text(1, "d").Number(2, 1).Text(3, "").Time(4, kNoon).Number(5, 0))));
  const std::string one_person = Encode(SampleOrganisation(Organisation("ods:RC9")));
  EXPECT_FALSE(Decode<OrganisationRow>(one_person)->two_person);
  EXPECT_TRUE(Decode<OrganisationRow>(one_person + "\x0d\x01\x01")->two_person);
  EXPECT_FALSE(Decode<OrganisationRow>(one_person + std::string("\x0d\0", 2)).ok()) << "a zero that is written";
  EXPECT_FALSE(Decode<OrganisationRow>(one_person + "\x0d\x01\x02").ok());
}

TEST(RowCodec, AChoiceIsOneOfItsWords) {
  const auto match = [](std::uint64_t kind) {
    FieldWriter row(RowKind::kMatchKey);
    row.Text(1, "ods:RC9").Number(2, kind).Text(3, Sha256("key")).Text(4, "anna");
    return Decode<MatchKeyRow>(row.Take()).ok();
  };
  EXPECT_TRUE(match(4));
  EXPECT_FALSE(match(5));
}

TEST(RowCodec, ThePageShowsARowAsItIs) {
  std::ifstream file("docs/formats/store.md");
  ASSERT_TRUE(file.is_open());
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const ChallengeRow row{"n-1", Organisation("ods:RC9"), kNoon};
  EXPECT_THAT(page, ::testing::HasSubstr("key    " + Hex(key::Challenge(row.nonce)) + "\n"));
  EXPECT_THAT(page, ::testing::HasSubstr("value  " + Hex(Encode(row)) + "\n"));
  for (const char* const table : kTableNames)
    EXPECT_THAT(page, ::testing::HasSubstr("| `" + std::string(table) + "` |"));
}

}  // namespace
}  // namespace passport::test
