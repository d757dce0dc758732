// Keys sort as their parts do, never run into each other, and stay what they are.
#include "passport-service/store/key_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "tests/service/store/sample_rows.h"

namespace passport::test {
namespace {

using namespace std::string_literals;

std::string Two(std::string_view a, std::string_view b) { return KeyBuilder().Text(a).Text(b).Take(); }

TEST(KeyLayout, KeysSortAsTheirPartsDo) {
  const std::vector<std::string> texts = {"",      "\0"s,    "\0\0"s, "\0\x01"s, "\0\xff"s, "\x01"s, "a",        "a\0"s,
                                          "a\0b"s, "a\x01"s, "aa",    "ab",      "b",       "\xff"s, "\xff\xff"s};
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      for (const auto& c : texts) {
        for (const auto& d : texts) {
          EXPECT_EQ(std::pair(a, b) < std::pair(c, d), Two(a, b) < Two(c, d));
        }
      }
    }
  }
}

TEST(KeyLayout, AKeyIsTakenApartAgain) {
  const std::string key = KeyBuilder().Text("a\0\xff\0b"s).U32(7).Text("").U64(UINT64_MAX).Take();
  KeyReader parts(key);
  EXPECT_EQ(parts.Text(), "a\0\xff\0b"s);
  EXPECT_EQ(parts.U32(), 7U);
  EXPECT_EQ(parts.Text(), "");
  EXPECT_EQ(parts.U64(), UINT64_MAX);
  EXPECT_TRUE(parts.AtEnd());
  for (const auto& bad : {""s, "a"s, "a\0"s, "a\0\x02"s, "\0"s}) EXPECT_FALSE(KeyReader(bad).Text().has_value());
  EXPECT_FALSE(KeyReader("123").U32().has_value());
}

TEST(KeyLayout, KeysOnDisksStayWhatTheyAre) {
  const OrganisationId a = Organisation("ods:A");
  EXPECT_EQ(key::Organisation(a), "ods:A\0\x01"s);
  EXPECT_EQ(key::System(a, "hr"), "ods:A\0\x01hr\0\x01"s);
  Digest number{};
  number.fill('#');
  EXPECT_EQ(key::Employee(a, number), "ods:A\0\x01"s + std::string(32, '#'));
  EXPECT_EQ(key::EmployeeOf({a, number, Person("p"), "sealed"}), "p\0\x01ods:A\0\x01"s + std::string(32, '#'));
  EXPECT_EQ(key::StatusList(a, 258), "ods:A\0\x01\0\0\x01\x02"s);
  EXPECT_EQ(key::OfSlot({a, 1, 2}), "ods:A\0\x01\0\0\0\x01\0\0\0\x02"s);
  EXPECT_EQ(key::Request(a, Request("r")), "ods:A\0\x01r\0\x01"s);
  EXPECT_EQ(key::Credential(a, passport::test::Credential("c")),
            "ods:A\0\x01"
            "c\0\x01"s);
  EXPECT_EQ(key::ChallengeExpiry(Instant{1}, "n"), "\0\0\0\0\0\0\0\x01n\0\x01"s);
  EXPECT_EQ(key::ChallengeExpiry(Instant{-5}, "n"), "\0\0\0\0\0\0\0\0n\0\x01"s);
  EXPECT_EQ(key::Document("d", 1), "d\0\x01\0\0\0\0\0\0\0\x01"s);
  EXPECT_EQ(key::Sequence(1), "\0\0\0\0\0\0\0\x01"s);
  EXPECT_EQ(key::Certificate("k"), "k\0\x01"s);
}

TEST(KeyLayout, KeysOfImportsStayWhatTheyAre) {
  const OrganisationId a = Organisation("ods:A");
  Digest digest{};
  digest.fill('#');
  const std::string hash(32, '#');
  EXPECT_EQ(key::StandingRecord(a, Person("p"), "k", digest), "ods:A\0\x01p\0\x01k\0\x01"s + hash);
  const auto match = [&](MatchKind kind) { return MatchKeyRow{a, kind, digest, Person("p")}; };
  EXPECT_EQ(key::MatchKey(match(MatchKind::kRegistrationNumber)), "ods:A\0\x01\0\0\0\x02"s + hash);
  EXPECT_EQ(key::MatchKey(match(MatchKind::kNameAndBirthDate)), "ods:A\0\x01\0\0\0\x03"s + hash + "p\0\x01"s);
  EXPECT_EQ(key::MatchKey(match(MatchKind::kBirthDate)), "ods:A\0\x01\0\0\0\x04"s + hash + "p\0\x01"s);
  EXPECT_EQ(key::MatchOf(match(MatchKind::kAssignmentNumber)), "ods:A\0\x01p\0\x01\0\0\0\0"s + hash);
  EXPECT_EQ(key::MatchOf(match(MatchKind::kBirthDate)), "ods:A\0\x01p\0\x01\0\0\0\x04"s);
  EXPECT_EQ(key::Import(a, Request("i")), "ods:A\0\x01i\0\x01"s);
  EXPECT_EQ(key::Draft(a, Request("i"), 258, 2), "ods:A\0\x01i\0\x01\0\0\0\0\0\0\x01\x02\0\0\0\x02"s);
  EXPECT_EQ(key::ImportSeries(a, "esr"),
            "ods:A\0\x01"
            "esr\0\x01"s);
}

TEST(KeyLayout, KeysOfReliancesStayWhatTheyAre) {
  const OrganisationId a = Organisation("ods:A");
  EXPECT_EQ(key::Reliance(a, 258), "ods:A\0\x01\0\0\0\0\0\0\x01\x02"s);
  EXPECT_EQ(key::RelianceOn(a, "s", 1), "ods:A\0\x01s\0\x01\0\0\0\0\0\0\0\x01"s);
  EXPECT_EQ(key::RelianceLast(a), "ods:A\0\x01"s);
  EXPECT_EQ(key::RelianceLastOn(a, "s"), "ods:A\0\x01s\0\x01"s);
  EXPECT_EQ(key::Override(a, Request("o")), "ods:A\0\x01o\0\x01"s);
  EXPECT_EQ(key::OverrideOn(SampleOverride(a, "o", 1)), "ods:A\0\x01\0\0\0\0\0\0\0\x01o\0\x01"s);
}

TEST(KeyLayout, KeysOfHolderKeysStayWhatTheyAre) {
  const HolderKeyRow row = SampleHolderKey("t", Person("p"));
  EXPECT_EQ(key::HolderKey("t"), "t\0\x01"s);
  EXPECT_EQ(key::HolderKeyOf(row), "p\0\x01t\0\x01"s);
  EXPECT_EQ(key::HolderKeyGood(row.person), "p\0\x01"s);
  EXPECT_EQ(key::Unlock(Sha256("c")), key::PersonCode(Sha256("c")));
  UnlockRow unlock = SampleUnlock("c", row.person, Organisation("ods:A"));
  unlock.expires_at = Instant{258};
  EXPECT_EQ(key::UnlockOf(unlock), "p\0\x01"s + key::Unlock(unlock.code));
  EXPECT_EQ(key::UnlockExpiry(unlock), "\0\0\0\0\0\0\x01\x02"s + key::Unlock(unlock.code));
  InvitationRow invitation = SampleInvitation("i", Organisation("ods:A"));
  invitation.number.fill('#');
  invitation.expires_at = Instant{1};
  EXPECT_EQ(key::Invitation("i"), "i\0\x01"s);
  EXPECT_EQ(key::InvitationFor(invitation), "ods:A\0\x01"s + std::string(32, '#') + "i\0\x01"s);
  EXPECT_EQ(key::InvitationExpiry(invitation), "\0\0\0\0\0\0\0\x01i\0\x01"s);
  const IdentityCheckRow check{Organisation("ods:A"), invitation.number, Instant{1}, "r", "sealed"};
  EXPECT_EQ(key::IdentityCheck(check), "ods:A\0\x01"s + std::string(32, '#') + "\0\0\0\0\0\0\0\x01r\0\x01"s);
}

TEST(KeyLayout, KeysOfSharesStayWhatTheyAre) {
  const ShareRow row = SampleShare(Organisation("ods:A"), "s");
  EXPECT_EQ(key::Share(row.id), "s\0\x01"s);
  EXPECT_EQ(key::ShareOf(row), "ods:A\0\x01s\0\x01"s);
  EXPECT_EQ(key::ShareHeld(Person("p"), row.id), "p\0\x01s\0\x01"s);
  EXPECT_EQ(key::ShareWith(Credential("c"), row.id), "c\0\x01s\0\x01"s);
  EXPECT_EQ(key::ShareDue(Instant{1}, row.id), "\0\0\0\0\0\0\0\x01s\0\x01"s);
  EXPECT_EQ(key::ShareDue(Instant{-1}, row.id), "\0\0\0\0\0\0\0\0s\0\x01"s);
  EXPECT_EQ(key::ShareAboutPrefix(row.receiver, "t") + key::Share(row.id), "ods:A\0\x01t\0\x01s\0\x01"s);
  EXPECT_EQ(key::ShareAbout(row), "ods:A\0\x01\0\x01s\0\x01"s);
  EXPECT_EQ(key::ShareLook(row.id, 1), "s\0\x01\0\0\0\0\0\0\0\x01"s);
  EXPECT_EQ(key::ShareNotice(row.receiver, 1), "ods:A\0\x01\0\0\0\0\0\0\0\x01"s);
  EXPECT_EQ(key::Cursor("c"), "c\0\x01"s);
}

TEST(KeyLayout, NamesOfTablesAreThere) {
  const std::set<std::string> names(kTableNames.begin(), kTableNames.end());
  EXPECT_EQ(names.size(), kTableNames.size());
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kEvent)], "event"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kImportSeries)], "import_series"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kOverrideOn)], "override_on"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kHolderKeyGood)], "holder_key_good"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kCursor)], "cursor"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kUnlock)], "unlock"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kUnlockExpiry)], "unlock_expiry"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kCredential)], "credential"s);
  EXPECT_EQ(kTableNames[static_cast<std::size_t>(Table::kChallengeExpiry)], "challenge_expiry"s);
}

}  // namespace
}  // namespace passport::test
