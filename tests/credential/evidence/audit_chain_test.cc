// The audit trail as an auditor checks it: whatever was done to it afterwards is found.
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <random>

#include "credential/encoding/base64url.h"
#include "tests/credential/evidence/audit_trail.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

class AuditChain : public ::testing::Test {
 public:
  static void TearDownTestSuite() {
    RecordProperty("tampering_tried", std::to_string(tried));
    RecordProperty("tampering_found", std::to_string(found));
    std::printf("AuditChain: tampering found %d of %d\n", found, tried);
  }
  // Tampering that must be found.
  static void ExpectFound(const std::string& said, const std::string& what) {
    ++tried;
    if (said != "ok") ++found;
    EXPECT_NE(said, "ok") << what;
  }
  static inline int tried = 0;
  static inline int found = 0;
};

constexpr std::size_t kTrailRows = 120;

struct Kept {
  AuditTrail trail;
  std::vector<TrailDay> days;
};

// A trail whose head was kept after rows 40, 80 and 120.
Kept KeptTrail() {
  const AuditTrail whole = BusyTrail(kTrailRows);
  Kept kept{.trail = whole, .days = {}};
  for (std::size_t day = 1; day <= 3; ++day) {
    AuditTrail then = whole;
    then.rows().resize(day * kTrailRows / 3);
    kept.days.push_back(
        then.Day("day-" + std::to_string(day) + ".jwt", kNow + Seconds{static_cast<std::int64_t>(day * 3600)}));
  }
  return kept;
}

TEST_F(AuditChain, HoldsAsItWasWritten) {
  const Kept kept = KeptTrail();
  EXPECT_EQ(CheckTrail(kept.trail.Lines(), kept.days), "ok");
  for (const char* const actor : {"ods:RC9", "ons:E06000032", "service", "ods:QHG"})
    EXPECT_EQ(CheckTrail(kept.trail.Lines(actor), kept.days), "ok") << actor;
  EXPECT_EQ(CheckTrail(AuditTrail().Lines()), "ok") << "nothing was done yet";
  EXPECT_EQ(CheckTrail(kept.trail.Lines("ods:ZZZ"), kept.days), "ok") << "somebody who did nothing";
}

TEST_F(AuditChain, SaysWhichRowItIs) {
  const Kept kept = KeptTrail();
  const auto after = [&](const std::function<void(std::vector<std::string>&)>& change) {
    std::vector<std::string> lines = kept.trail.Lines();
    change(lines);
    return CheckTrail(lines, kept.days);
  };
  EXPECT_EQ(after([](auto& l) { l.erase(l.begin() + 5); }),
            "evidence: row 5: another one belongs at this place of the trail");
  EXPECT_EQ(after([](auto& l) { std::swap(l[5], l[6]); }),
            "evidence: row 5: another one belongs at this place of the trail");
  EXPECT_EQ(after([](auto& l) { l.pop_back(); }), "evidence: the file ends after 119 of 120 rows");
  EXPECT_EQ(after([](auto& l) { l.push_back(l.back()); }),
            "evidence: row 121: the trail had ended before, says its head");
  EXPECT_EQ(after([](auto& l) { l[9].replace(l[9].find("\"hr\""), 4, "\"it\""); }),
            "evidence: row 9: it is not what its hash says");
}

// Somebody who has the file, but no key: any line, any byte.
TEST_F(AuditChain, FindsWhateverIsDoneToAFile) {
  const Kept kept = KeptTrail();
  std::mt19937_64 dice(20261122);
  const auto below = [&](std::size_t count) { return static_cast<std::size_t>(dice() % count); };
  for (const std::string actor : {"", "ods:RC9"}) {
    const std::vector<std::string> lines = kept.trail.Lines(actor);
    const std::size_t rows = lines.size() - 1;
    for (int round = 0; round < 250; ++round) {
      std::vector<std::string> changed = lines;
      const std::size_t at = 1 + below(rows);
      const std::size_t other = 1 + below(rows);
      const std::size_t kind = below(6);
      if (kind == 0) changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(at));
      if (kind == 1) changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(at), lines[other]);
      if (kind == 2) changed.resize(at);
      if (kind == 3) std::swap(changed[at], changed[at == other ? at % rows + 1 : other]);
      if (kind == 4) {
        const std::string was = changed[at];
        while (changed[at] == was) changed[at][below(was.size())] = static_cast<char>(' ' + below(95));
      }
      if (kind == 5) {
        const std::string was = changed[0];
        while (changed[0] == was) changed[0][below(was.size())] = static_cast<char>(' ' + below(95));
      }
      ExpectFound(CheckTrail(changed, kept.days), "kind " + std::to_string(kind) + " at " + std::to_string(at));
    }
  }
}

// Somebody who can write the store and has the service sign again: everything follows, but not through what was kept.
TEST_F(AuditChain, FindsATrailThatTheServiceWroteAnewBehindAKeptHead) {
  const Kept kept = KeptTrail();
  std::mt19937_64 dice(1122);
  const auto below = [&](std::size_t count) { return static_cast<std::size_t>(dice() % count); };
  for (int round = 0; round < 250; ++round) {
    AuditTrail anew = kept.trail;
    const std::size_t at = 2 + below(kTrailRows - 2);
    std::vector<AuditRow>& rows = anew.rows();
    const std::string actor = rows[at].entry.actor;
    const std::size_t kind = below(6);
    if (kind == 0) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
    if (kind == 1) rows[at].entry.outcome = "rewritten";
    if (kind == 2) rows[at].entry.actor = "ods:ZZZ";
    if (kind == 3) rows[at].entry.at = rows[at].entry.at - Seconds{1};
    if (kind == 4) {
      rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), rows[at]);
      rows[at].entry.object = "inserted";
    }
    if (kind == 5) rows.resize(at);
    anew.Rechain(at < rows.size() ? at : rows.size() - 1);
    ASSERT_EQ(CheckTrail(anew.Lines()), "ok") << "alone, it can not be told";
    ExpectFound(CheckTrail(anew.Lines(), kept.days), "kind " + std::to_string(kind) + " at " + std::to_string(at));
    ExpectFound(CheckTrail(anew.Lines(actor), kept.days), "of the actor, kind " + std::to_string(kind));
  }
}

TEST_F(AuditChain, ARewritingBehindTheLastKeptHeadIsNotFound) {
  const Kept kept = KeptTrail();
  AuditTrail anew = kept.trail;
  anew.rows()[100].entry.outcome = "rewritten";
  anew.Rechain(100);
  const std::vector<TrailDay> two = {kept.days[0], kept.days[1]};
  EXPECT_EQ(CheckTrail(anew.Lines(), two), "ok") << "which is why heads are published at every publication";
  ExpectFound(CheckTrail(anew.Lines(), kept.days), "the head of the third day was kept");
}

TEST_F(AuditChain, AnOlderRowCanNotStandBehindANewerOne) {
  AuditTrail trail = BusyTrail(10);
  trail.AddOlder({.at = kNow, .actor = "service", .action = "a", .object = "", .request = "", .outcome = "done"});
  ExpectFound(CheckTrail(trail.Lines()), "written without a system, after rows that have one");
  AuditTrail stripped = BusyTrail(10);
  stripped.rows()[5].actor_sequence = 0;
  stripped.rows()[5].entry.system.clear();
  stripped.rows()[5].entry.why.clear();
  stripped.Rechain(5);
  ExpectFound(CheckTrail(stripped.Lines()), "who it was is taken out");
}

TEST_F(AuditChain, AHeadIsTakenFromAReceiptKeyInUseAlone) {
  EvidenceWorld& world = EvidenceWorld::Get();
  const AuditTrail trail = BusyTrail(6);
  PrivateKey stranger = PrivateKey::Generate().value();
  const auto under = [&](const std::string& token) {
    std::vector<std::string> lines = trail.Lines();
    std::string header = AuditFileHeader(token, world.RegistryToken());
    header.pop_back();
    lines[0] = header;
    return CheckTrail(lines);
  };
  EXPECT_EQ(under(SignAuditHead(trail.Head(), "receipt-2", world.other_receipt_key).value()), "ok");
  ExpectFound(under(SignAuditHead(trail.Head(), "receipt-1", stranger).value()), "another key");
  ExpectFound(under(SignAuditHead(trail.Head(), "receipt-1", world.other_receipt_key).value()), "the other key's name");
  AuditHead early = trail.Head();
  early.at = Instant{86'400};
  ExpectFound(under(SignAuditHead(early, "receipt-1", world.receipt_key).value()), "before the key was in use");
  const EvidenceHead evidence{.organisation = Receiver(), .count = 6, .at = kNow};
  ExpectFound(under(SignEvidenceHead(evidence, "receipt-1", world.receipt_key).value()), "a head of evidence");
  TrailDay forged = trail.Day("forged.jwt", kNow);
  forged.token = SignAuditHead(trail.Head(), "receipt-1", stranger).value();
  ExpectFound(CheckTrail(trail.Lines(), {forged}), "a day that somebody else signed");
  const TrailDay exported{"export.jwt", SignAuditHead(trail.Head("service"), "receipt-1", world.receipt_key).value()};
  ExpectFound(CheckTrail(trail.Lines(), {exported}), "the head of an export in the place of a day's");
}

TEST_F(AuditChain, ADayAfterTheExportSaysNothingOfIt) {
  const AuditTrail trail = BusyTrail(6);
  AuditTrail later = trail;
  later.Add(trail.rows().back().entry);
  EXPECT_EQ(CheckTrail(trail.Lines(), {later.Day("later.jwt", kNow + Seconds{2 * 86'400})}), "ok");
  ExpectFound(CheckTrail(trail.Lines(), {later.Day("before.jwt", kNow)}), "a row that was there then is gone");
}

TEST_F(AuditChain, NearMissesOfALineAreRefused) {
  const AuditTrail trail = BusyTrail(6);
  const std::string line = trail.Lines()[4];
  const auto with = [&](const std::string& text) {
    std::vector<std::string> lines = trail.Lines();
    lines[4] = text;
    return CheckTrail(lines);
  };
  EXPECT_EQ(with(line), "ok");
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string text = line;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), line + "x", line + line, line.substr(0, line.size() - 1),
        replaced("\"sequence\":4", "\"sequence\":\"4\""), replaced("\"sequence\":4", "\"sequence\":4.0"),
        replaced("\"sequence\":4", "\"sequence\":-4"), replaced("\"actor_sequence\":", "\"actor_sequence\":0"),
        replaced("{", "{\"more\":1,"), replaced("\"action\"", "\"Action\""),
        replaced("\"outcome\":", "\"outcome\":1,\"x\":"), replaced("\"hash\":\"", "\"hash\":\"A"),
        std::string(9000, ' ') + line}) {
    ExpectFound(with(text), text.substr(0, 60));
  }
}

// What the page of the format shows: a row of an older store, a course signed, a shift decided, somebody refused.
AuditTrail ExampleTrail() {
  AuditTrail trail;
  trail.AddOlder(
      {.at = kNow, .actor = "service", .action = "registry.published", .object = "", .request = "", .outcome = "done"});
  trail.Add({.at = kNow + Seconds{60},
             .actor = "ods:RC9",
             .action = "credential.issued",
             .object = "gX0XKgKhviEAq4jJuAI0ocKlceTROK_Ik_ggMbARQUI",
             .request = "issue-1001",
             .outcome = "done",
             .system = "hr"});
  trail.Add({.at = kNow + Seconds{120},
             .actor = "ons:E06000032",
             .action = "presentation.checked",
             .object = "",
             .request = "",
             .outcome = "none",
             .system = "ward",
             .why = "community_shift"});
  return trail.Add({.at = kNow + Seconds{180},
                    .actor = "unknown",
                    .action = "call.refused",
                    .object = "",
                    .request = "",
                    .outcome = "caller_unknown"});
}

std::string PayloadOf(const std::string& token) {
  const std::size_t from = token.find('.') + 1;
  std::string payload;
  EXPECT_TRUE(DecodeBase64Url(std::string_view(token).substr(from, token.rfind('.') - from), payload).ok());
  return payload;
}

// Hashes say nothing by chance: the page is what the code writes, byte for byte.
TEST_F(AuditChain, TheExampleOfItsPageIsWhatIsWritten) {
  const AuditTrail trail = ExampleTrail();
  std::vector<std::string> written = trail.Lines();
  EXPECT_EQ(CheckTrail(written), "ok");
  written.erase(written.begin());
  AuditHead head = trail.Head();
  written.push_back(PayloadOf(SignAuditHead(head, "receipt-1", EvidenceWorld::Get().receipt_key).value()));
  written.push_back(PayloadOf(trail.Day("", kNow + Seconds{3600}).token));
  std::vector<std::string> shown = BlocksOf("docs/formats/audit.md");
  ASSERT_EQ(shown.size(), written.size() + 1);
  shown.erase(shown.begin());  // the first line, with tokens cut short
  for (std::size_t i = 0; i < written.size(); ++i) {
    std::erase(shown[i], '\n');
    EXPECT_EQ(shown[i], written[i]);
  }
}

}  // namespace
}  // namespace passport
