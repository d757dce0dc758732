// Derived answers: what one says is read back, and nothing is believed that its page says a reader must refuse.
#include "credential/evidence/derived_answer.h"

#include <gtest/gtest.h>

#include "credential/evidence/receipt.h"
#include "tests/credential/evidence/evidence_world.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

constexpr std::string_view kAnswerHeader = R"({"alg":"ES256","typ":"dsp-answer+jwt","kid":"receipt-1"})";

std::string PageAnswer() { return BlocksOf("docs/formats/derived-answer.md").at(0); }

std::string ReadAnswerWith(std::string_view token, const TrustRegistry& registry, Instant now) {
  const Result<DerivedAnswer> read = ReadDerivedAnswer(token, registry, now);
  return read.ok() ? "ok" : std::string(WordOf(read.fault().reason)) + ": " + read.fault().detail;
}

std::string ReadAnswer(std::string_view token, Instant now = kNow) {
  return ReadAnswerWith(token, EvidenceWorld::Get().Registry(), now);
}

std::string SignedPayload(std::string_view payload) {
  return ForgeJws(kAnswerHeader, payload, EvidenceWorld::Get().receipt_key);
}

// The answer of the page with one text replaced.
std::string ReadAltered(std::string_view from, std::string_view to) {
  std::string payload = PageAnswer();
  const std::size_t at = payload.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return ReadAnswer(SignedPayload(payload.replace(at, from.size(), to)));
}

TEST(DerivedAnswer, OfThePageIsReadAsItStandsThere) {
  const Result<DerivedAnswer> read =
      ReadDerivedAnswer(SignedPayload(PageAnswer()), EvidenceWorld::Get().Registry(), kNow);
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  EXPECT_EQ(read->receiver, Receiver());
  EXPECT_EQ(read->request, "jB2n0P5sV3qZr8yT1uXwKg");
  EXPECT_EQ(read->profile, "community-nurse");
  EXPECT_EQ(read->outcome, Outcome::kMet);
  EXPECT_EQ(read->holds_through->Text(), "2027-03-03");
  EXPECT_EQ(read->answered_at, kNow);
  EXPECT_EQ(read->kid, "receipt-1") << "who answered";
}

TEST(DerivedAnswer, IsRefusedInAnyOtherForm) {
  const struct {
    std::string_view from;
    std::string_view to;
    std::string_view why;
  } rows[] = {
      {R"("purpose": "community_shift",)", "", "malformed: derived answer"},
      {R"("purpose")", R"("given_names": "Testina", "purpose")", "malformed: derived answer"},
      {R"("outcome": "met")", R"("outcome": "yes")", "malformed: derived answer"},
      {R"("outcome": "met")", R"("outcome": "not_met")", "malformed: derived answer"},
      {R"("2027-03-03")", R"("2026-11-20")", "malformed: derived answer"},
      {R"("2026-11-21")", R"("21 November")", "malformed: derived answer"},
      {R"("ons:E06000032")", R"("council")", "malformed: derived answer"},
      {R"("profile_version": 1)", R"("profile_version": "1")", "malformed: derived answer"},
      {R"("exp": 1795300900)", R"("exp": 1795300000)", "malformed: derived answer"},
      {R"("iat": 1795300000)", R"("iat": 1795300061)", "time: derived answer: iat is in the future"},
  };
  for (const auto& row : rows) EXPECT_TRUE(ReadAltered(row.from, row.to).starts_with(row.why)) << row.to;
}

TEST(DerivedAnswer, RunsOutAtItsEnd) {
  const std::string token = SignedPayload(PageAnswer());
  EXPECT_EQ(ReadAnswer(token, Instant{1795300899}), "ok");
  EXPECT_EQ(ReadAnswer(token, Instant{1795300900}), "time: derived answer: exp has passed");
}

TEST(DerivedAnswer, CountsOnlyUnderAReceiptKeyThatWasGoodThen) {
  EvidenceWorld& world = EvidenceWorld::Get();
  const std::string token = SignedPayload(PageAnswer());
  const auto under = [&](const auto& change) {
    RegistryContent content = world.Content();
    change(content.receipt_keys.front());
    return ReadAnswerWith(token, RegistryOf(content), kNow).substr(0, 8);
  };
  EXPECT_EQ(under([](RegistryKey&) {}), "ok");
  EXPECT_EQ(under([](RegistryKey& key) { key.kid = "receipt-9"; }), "evidence");
  EXPECT_EQ(under([](RegistryKey& key) { key.valid_until = kNow; }), "evidence");
  EXPECT_EQ(under([](RegistryKey& key) { key.valid_from = kNow + Seconds{1}; }), "evidence");
  EXPECT_EQ(under([](RegistryKey& key) { key.compromised_since = kNow + kDay; }), "evidence");
  EXPECT_EQ(ReadAnswer(ForgeJws(kAnswerHeader, PageAnswer(), world.other_receipt_key)).substr(0, 8), "evidence");
  EXPECT_EQ(ReadAnswer(ForgeJws(kAnswerHeader, PageAnswer(), world.trust.trust.issue_key)).substr(0, 8), "evidence");
}

TEST(DerivedAnswer, IsNoReceiptAndAReceiptIsNoAnswer) {
  EvidenceWorld& world = EvidenceWorld::Get();
  EXPECT_EQ(ReadAnswer(Signed(MetReceipt())).substr(0, 8), "evidence");
  constexpr std::string_view kOther = R"({"alg":"ES256","typ":"dsp-receipt+jwt","kid":"receipt-1"})";
  EXPECT_EQ(ReadAnswer(ForgeJws(kOther, PageAnswer(), world.receipt_key)).substr(0, 8), "evidence");
  EXPECT_EQ(ReadAnswer(std::string(kReceiptBytesMax + 1, 'a')).substr(0, 5), "limit");
  EXPECT_EQ(ReadAnswer("").substr(0, 9), "malformed");
}

TEST(DerivedAnswer, IsNotSignedWhereAReaderWouldRefuseIt) {
  EvidenceWorld& world = EvidenceWorld::Get();
  DerivedAnswer answer = ReadDerivedAnswer(SignedPayload(PageAnswer()), world.Registry(), kNow).value();
  EXPECT_EQ(ReadAnswer(SignDerivedAnswer(answer, "receipt-1", world.receipt_key).value()), "ok");
  answer.outcome = Outcome::kCannotTell;
  EXPECT_FALSE(SignDerivedAnswer(answer, "receipt-1", world.receipt_key).ok());
}

}  // namespace
}  // namespace passport
