#include "credential/trust/registry_diff.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

constexpr Instant kDayOne{1774911600};  // 2026-03-30T23:00:00Z

RegistryContent DiffContent() {
  RegistryContent content = TrustWorld::Get().Content();
  for (RegistryOrganisation& organisation : content.organisations) organisation.kinds.resize(1);
  content.documents = {{DocumentKind::kRoleProfile, "community-nurse", 2, "profiles/community-nurse/2.jwt",
                        Sha256("two"), std::nullopt}};
  content.receipt_keys = {ListedKey(TrustWorld::Get().stranger, "receipt-1")};
  content.issuing_authorities = {{.certificate = "authority", .compromised_since = std::nullopt}};
  return content;
}

// One line for each difference; "!" before those that rewrite history.
std::string Diff(const RegistryContent& before, const RegistryContent& after) {
  std::string text;
  for (const RegistryDifference& difference : DiffRegistries(before, after)) {
    if (!text.empty()) text += "\n";
    text += (difference.rewrites_history ? "! " : "") + difference.words;
  }
  return text;
}

struct DiffRow {
  std::function<void(RegistryContent&)> change;
  std::string_view forward;
  std::string_view back;  // read the other way round
};

void Try(const DiffRow& row) {
  RegistryContent after = DiffContent();
  row.change(after);
  EXPECT_EQ(Diff(DiffContent(), after), row.forward);
  EXPECT_EQ(Diff(after, DiffContent()), row.back);
}

TEST(Registry, TellsNothingOfTheSameOrOnlyLater) {
  RegistryContent later = DiffContent();
  later.sequence = 8;
  later.issued_at = kNow;
  later.next_update = kNow + kDay;
  EXPECT_EQ(Diff(DiffContent(), DiffContent()), "");
  EXPECT_EQ(Diff(DiffContent(), later), "");
}

TEST(Registry, TellsInWordsWhatBecomesOfAnOrganisation) {
  const DiffRow rows[] = {
      {[](auto& r) { r.organisations[0].legal_name = "Example Two"; },
       "Example Two (ods:RC9): its legal name \"Example RC9\" becomes \"Example Two\"",
       "Example RC9 (ods:RC9): its legal name \"Example Two\" becomes \"Example RC9\""},
      {[](auto& r) {
         r.organisations[0].history.push_back({EntryState::kSuspended, kDayOne, "inspection"});
       },
       "Example RC9 (ods:RC9): suspended since 2026-03-30T23:00:00Z (inspection)",
       "! Example RC9 (ods:RC9): \"suspended since 2026-03-30T23:00:00Z (inspection)\" was struck from its states"},
      {[](auto& r) { r.organisations[0].history[0].reason = "founded"; },
       "! Example RC9 (ods:RC9): its states were rewritten: \"active since 2025-11-21T22:26:40Z (enrolled)\" became "
       "\"active since 2025-11-21T22:26:40Z (founded)\"",
       "! Example RC9 (ods:RC9): its states were rewritten: \"active since 2025-11-21T22:26:40Z (founded)\" became "
       "\"active since 2025-11-21T22:26:40Z (enrolled)\""},
      {[](auto& r) {
         r.organisations[0].successions.push_back({SuccessionKind::kAcquired, TrustWorld::Get().council.id, kDayOne});
       },
       "Example RC9 (ods:RC9): from 2026-03-30T23:00:00Z ons:E06000032 answers for what it issued (acquired)",
       "! Example RC9 (ods:RC9): \"from 2026-03-30T23:00:00Z ons:E06000032 answers for what it issued (acquired)\" was "
       "struck from its successions"},
      {[](auto& r) { r.organisations[0].valid_until = kDayOne; }, "Example RC9 (ods:RC9) ends on 2026-03-30T23:00:00Z",
       "! Example RC9 (ods:RC9): its end on 2026-03-30T23:00:00Z is taken back"},
      {[](auto& r) {
         r.organisations[0].kinds.push_back({"urn:staff-passport:right-to-work:1", kDayOne, std::nullopt});
       },
       "Example RC9 (ods:RC9) may issue right to work from 2026-03-30T23:00:00Z",
       "! Example RC9 (ods:RC9): that it could issue right to work from 2026-03-30T23:00:00Z is struck off"},
      {[](auto& r) { r.organisations.pop_back(); }, "! Example E06000032 (ons:E06000032) is no longer listed",
       "Example E06000032 (ons:E06000032) joins as nhs_trust from 2025-11-21T22:26:40Z; services: issue, status, "
       "verify\n"},
  };
  for (std::size_t i = 0; i + 1 < std::size(rows); ++i) Try(rows[i]);
  const DiffRow& joins = rows[std::size(rows) - 1];
  RegistryContent alone = DiffContent();
  joins.change(alone);
  EXPECT_EQ(Diff(DiffContent(), alone), joins.forward);
  const std::string told = Diff(alone, DiffContent());
  EXPECT_TRUE(told.starts_with(joins.back)) << told;
  EXPECT_NE(told.find("issue key "), std::string::npos) << told;
  EXPECT_NE(told.find("status key "), std::string::npos) << told;
  EXPECT_EQ(told.find('!'), std::string::npos) << told;
}

TEST(Registry, TellsInWordsWhatBecomesOfKeysAndRules) {
  const DiffRow rows[] = {
      {[](auto& r) { r.receipt_keys[0].compromised_since = kDayOne; },
       "receipt key receipt-1 is compromised since 2026-03-30T23:00:00Z: nothing it signed counts",
       "! receipt key receipt-1 is no longer called compromised"},
      {[](auto& r) { r.receipt_keys[0].valid_until = kDayOne; }, "receipt key receipt-1 ends on 2026-03-30T23:00:00Z",
       "! receipt key receipt-1: its end on 2026-03-30T23:00:00Z is taken back"},
      {[](auto& r) { r.receipt_keys.clear(); }, "! receipt key receipt-1 is no longer listed",
       "new receipt key receipt-1, from 2025-11-21T22:26:40Z"},
      {[](auto& r) { r.issuing_authorities.clear(); }, "! an issuing authority is no longer listed",
       "new issuing authority for certificates"},
      {[](auto& r) { r.documents[0].withdrawn_at = kDayOne; },
       "role profile community-nurse version 2 is withdrawn on 2026-03-30T23:00:00Z",
       "! role profile community-nurse version 2: when it was withdrawn was rewritten"},
      {[](auto& r) { r.documents[0].digest[0] ^= 1; }, "! role profile community-nurse version 2 has another text",
       "! role profile community-nurse version 2 has another text"},
      {[](auto& r) { r.documents.clear(); }, "! role profile community-nurse version 2 is no longer listed",
       "new role profile community-nurse version 2"},
  };
  for (const DiffRow& row : rows) Try(row);
}

}  // namespace
}  // namespace passport
