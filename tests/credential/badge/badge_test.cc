// The suite Badge: what fits on a card, who may sign it, and every way it does not hold.
#include "credential/badge/badge.h"

#include <gtest/gtest.h>

#include <string>

#include "credential/encoding/base64url.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

constexpr std::uint32_t kSlot = 11;

TrustWorld& World() { return TrustWorld::Get(); }

BadgeContent SampleBadge() {
  return {.employer = World().trust.id,
          .name = "Amara Okafor",
          .role = "Community nurse",
          .valid_through = CivilDay::InLondon(kNow).PlusDays(100),
          .photo = Sha256(std::string_view("a photo")),
          .status = {.uri = World().trust.list_uri(), .index = kSlot},
          .issued_at = kNow - kMinute};
}

Result<Badge> Sign(const BadgeContent& content) {
  PrivateKey& key = World().trust.issue_key;
  return SignBadge(content, World().trust.status_prefix, Thumbprint(key.public_key().point()), key);
}

Result<VerifiedBadge> Verify(const std::string& text, Instant now = kNow, const StatusEntries& entries = {}) {
  return VerifyBadge(text, *World().Snapshot(entries), kMinute, now);
}

TEST(Badge, HoldsAndSaysWhatWasSigned) {
  const Result<Badge> badge = Sign(SampleBadge());
  ASSERT_TRUE(badge.ok()) << badge.fault().detail;
  const Result<VerifiedBadge> verified = Verify(badge->text);
  ASSERT_TRUE(verified.ok()) << Words(verified.fault()) << verified.fault().detail;
  EXPECT_EQ(verified->content.name, "Amara Okafor");
  EXPECT_EQ(verified->content.role, "Community nurse");
  EXPECT_EQ(verified->content.employer, World().trust.id);
  EXPECT_EQ(verified->content.valid_through, SampleBadge().valid_through);
  EXPECT_EQ(verified->content.photo, SampleBadge().photo);
  EXPECT_EQ(verified->content.status, SampleBadge().status);
  EXPECT_EQ(verified->id, badge->id);
  EXPECT_EQ(verified->standing, Reason::kNone);
  EXPECT_FALSE(verified->employer_name.empty());
}

TEST(Badge, TakesSixHundredBytesAtMostWithTheLongestNameAndRole) {
  BadgeContent content = SampleBadge();
  content.name = std::string(kBadgeNameBytesMax, 'N');
  content.role = std::string(kBadgeRoleBytesMax, 'R');
  content.status.index = 0xffffffff;
  const Result<Badge> badge = Sign(content);
  ASSERT_TRUE(badge.ok()) << badge.fault().detail;
  EXPECT_LE(badge->text.size(), kBadgeBytesMax);
  EXPECT_TRUE(Verify(badge->text).ok());
}

TEST(Badge, IsRefusedAndNotCutWhenItIsTooLong) {
  BadgeContent content = SampleBadge();
  content.name = std::string(kBadgeNameBytesMax, '"');  // every one of them is written as two
  content.role = std::string(kBadgeRoleBytesMax, '"');
  const Result<Badge> badge = Sign(content);
  ASSERT_FALSE(badge.ok());
  EXPECT_EQ(badge.fault().reason, Reason::kLimit);
}

TEST(Badge, RefusesFieldsThatDoNotFit) {
  const auto with = [](auto change) {
    BadgeContent content = SampleBadge();
    change(content);
    return content;
  };
  const BadgeContent rows[] = {
      with([](BadgeContent& c) { c.name = ""; }),
      with([](BadgeContent& c) { c.name = std::string(kBadgeNameBytesMax + 1, 'N'); }),
      with([](BadgeContent& c) { c.name = " Amara"; }),
      with([](BadgeContent& c) { c.name = "Amara\nOkafor"; }),
      with([](BadgeContent& c) { c.name = "Amara \xe2\x80\xae rofako"; }),
      with([](BadgeContent& c) { c.name = "\xff"; }),
      with([](BadgeContent& c) { c.role = ""; }),
      with([](BadgeContent& c) { c.role = std::string(kBadgeRoleBytesMax + 1, 'R'); }),
      with([](BadgeContent& c) { c.valid_through = CivilDay::InLondon(kNow).PlusDays(-1); }),
      with([](BadgeContent& c) { c.valid_through = CivilDay::InLondon(kNow).PlusDays(kBadgeDaysMax + 1); })};
  for (const BadgeContent& content : rows) {
    const Result<Badge> badge = Sign(content);
    ASSERT_FALSE(badge.ok()) << content.name << content.role;
    EXPECT_EQ(badge.fault().reason, Reason::kFieldInvalid);
  }
  BadgeContent elsewhere = SampleBadge();
  elsewhere.status.uri = "https://elsewhere.example/1.jwt";
  EXPECT_EQ(Sign(elsewhere).fault().reason, Reason::kStatus);
}

TEST(Badge, CountsThroughItsLastDayInLondonAndNoLonger) {
  const Result<Badge> badge = Sign(SampleBadge());
  const Instant end = SampleBadge().valid_through.PlusDays(1).StartInLondon();
  const auto at = [&](Instant now) {
    const auto verified = VerifyBadge(badge->text, *World().Snapshot(), Seconds{0}, now);
    return verified.ok() ? "ok" : std::string(WordOf(verified.fault().reason));
  };
  EXPECT_EQ(at(end - Seconds{1}), "ok");
  EXPECT_EQ(at(end), "time");
}

TEST(Badge, IsOverWhenItsSlotSaysSo) {
  const Result<Badge> badge = Sign(SampleBadge());
  EXPECT_EQ(Verify(badge->text, kNow, {{kSlot, 1}}).fault().reason, Reason::kRevoked);
  EXPECT_EQ(Verify(badge->text, kNow, {{kSlot, 2}}).fault().reason, Reason::kSuspended);
  EXPECT_TRUE(Verify(badge->text, kNow, {{kSlot + 1, 1}}).ok());
}

TEST(Badge, CanNotBeToldWhenTheStatusIsTooOldOrNotThere) {
  const Result<Badge> badge = Sign(SampleBadge());
  const Result<VerifiedBadge> later = Verify(badge->text, kNow + Seconds{1200});
  ASSERT_TRUE(later.ok());
  EXPECT_EQ(later->standing, Reason::kStatusStale);
  BadgeContent other_list = SampleBadge();
  other_list.status.uri = World().trust.status_prefix + "7.jwt";
  const Result<VerifiedBadge> unknown = Verify(Sign(other_list)->text);
  ASSERT_TRUE(unknown.ok());
  EXPECT_EQ(unknown->standing, Reason::kStatusUnknown);
}

TEST(Badge, OneChangedCharacterIsNoBadge) {
  const std::string text = Sign(SampleBadge())->text;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    std::string altered = text;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(Verify(altered).ok()) << at;
  }
}

TEST(Badge, OfAnotherKeyOrEmployerDoesNotHold) {
  const std::string kid = Thumbprint(World().trust.issue_key.public_key().point());
  const Result<Badge> strangers = SignBadge(SampleBadge(), World().trust.status_prefix, kid, World().stranger);
  EXPECT_EQ(Verify(strangers->text).fault().reason, Reason::kSig);
  const Result<Badge> councils = SignBadge(SampleBadge(), World().trust.status_prefix, kid, World().council.issue_key);
  EXPECT_EQ(Verify(councils->text).fault().reason, Reason::kSig);
  // The key for status lists says nothing of people.
  const Result<Badge> of_status =
      SignBadge(SampleBadge(), World().trust.status_prefix, Thumbprint(World().trust.status_key.public_key().point()),
                World().trust.status_key);
  EXPECT_FALSE(Verify(of_status->text).ok());
}

// A token of the employer's key with any header and payload.
std::string Token(std::string_view header, std::string_view payload) {
  return *SignJws(header, payload, World().trust.issue_key);
}

TEST(Badge, RefusesTokensThatAreNoBadges) {
  const std::string kid = Thumbprint(World().trust.issue_key.public_key().point());
  const std::string header = JwsHeader(kBadgeTyp, kid);
  const std::string iat = std::to_string(kNow.seconds - 60);
  const std::string exp = std::to_string(CivilDay::InLondon(kNow).PlusDays(2).StartInLondon().seconds);
  const auto payload = [&](std::string_view rest) {
    return R"({"iss":"ods:RC9","iat":)" + iat + R"(,"exp":)" + exp + std::string(rest) + "}";
  };
  const std::string good = payload(R"(,"name":"A","role":"B","sl":["1.jwt",3])");
  EXPECT_EQ(Verdict(Verify(Token(header, good))), "ok");
  const struct {
    std::string token;
    Reason reason;
  } rows[] = {
      {Token(JwsHeader("dc+sd-jwt", kid), good), Reason::kTyp},
      {Token(JwsHeader("statuslist+jwt", kid), good), Reason::kTyp},
      {Token(header, payload(R"(,"name":"A","role":"B")")), Reason::kClaims},
      {Token(header, payload(R"(,"name":"A","sl":["1.jwt",3])")), Reason::kClaims},
      {Token(header, payload(R"(,"name":7,"role":"B","sl":["1.jwt",3])")), Reason::kClaims},
      {Token(header, payload(R"(,"name":"A","role":"B","sl":["1.jwt",-1])")), Reason::kClaims},
      {Token(header, payload(R"(,"name":"A","role":"B","sl":["1.jwt"])")), Reason::kClaims},
      {Token(header, payload(R"(,"name":"A","role":"B","sl":["#x",3])")), Reason::kClaims},
      {Token(header, payload(R"(,"name":"A","role":"B","photo":"short","sl":["1.jwt",3])")), Reason::kClaims},
      {Token(header, payload(R"(,"name":"A","role":"B","more":1,"sl":["1.jwt",3])")), Reason::kClaims},
      {Token(header, R"({"iss":"ods:XXX","iat":1,"exp":2,"name":"A","role":"B","sl":["1.jwt",3]})"), Reason::kIssuer},
      {Token(header, R"({"iss":"https://a.example","iat":1,"exp":2,"name":"A","role":"B","sl":["1",3]})"),
       Reason::kIssuer},
      {Token(header, R"({"iss":"ods:RC9","exp":)" + exp + R"(,"name":"A","role":"B","sl":["1.jwt",3]})"),
       Reason::kMissing},
      {Token(header, R"({"iss":"ods:RC9","iat":)" + iat + R"(,"exp":)" + std::to_string(kNow.seconds + 77) +
                         R"(,"name":"A","role":"B","sl":["1.jwt",3]})"),
       Reason::kClaims}};
  for (const auto& row : rows) {
    const Result<VerifiedBadge> verified = Verify(row.token);
    ASSERT_FALSE(verified.ok()) << row.token;
    EXPECT_EQ(WordOf(verified.fault().reason), WordOf(row.reason)) << verified.fault().detail;
  }
  EXPECT_EQ(Verify(std::string(kBadgeBytesMax + 1, 'a')).fault().reason, Reason::kLimit);
}

TEST(Badge, OfAnEmployerThatMayNotSayWhoWorksThereDoesNotHold) {
  RegistryContent content = World().Content();
  for (RegistryOrganisation& organisation : content.organisations) {
    if (organisation.id != World().trust.id) continue;
    std::erase_if(organisation.kinds, [](const KindWindow& kind) {
      return kind.vct == FindRecordKind("employment")->vct || kind.vct == FindRecordKind("volunteer_role")->vct;
    });
  }
  const auto registry = std::make_shared<const TrustRegistry>(
      TrustRegistry::Read(World().RegistryToken(content), World().pinned, kNow, kMinute).value());
  TrustSnapshot::Builder builder(registry, kFreshness);
  const auto snapshot = std::move(builder).Build();
  EXPECT_EQ(VerifyBadge(Sign(SampleBadge())->text, *snapshot, kMinute, kNow).fault().reason, Reason::kIssuer);
}

}  // namespace
}  // namespace passport
