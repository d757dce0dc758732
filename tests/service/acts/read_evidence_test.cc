#include "passport-service/acts/read_evidence.h"

#include <gtest/gtest.h>

#include "passport-service/acts/sealed_receipt.h"
#include "tests/service/acts/relying_world.h"

namespace passport {
namespace {

struct EvidenceWorld : RelyingWorld {
  EvidenceWorld() : first(Hire("1001")), second(Hire("1002", "2023-03-01")) {
    for (const Holder* holder : {&first, &second, &first}) EXPECT_TRUE(Rely(council, *holder).ok());
    EXPECT_TRUE(Rely(trust, first).ok());
  }
  // The lines of an export, `page` rows at a time; empty when it fails, with the word in `failed`.
  std::vector<std::string> Lines(const ReadEvidence::Order& order, std::size_t page = 2) {
    ReadEvidence read = ReadingEvidence();
    std::vector<std::string> lines;
    auto under_way = read.Begin(order);
    failed = WordsOf(under_way);
    if (!under_way.ok()) return {};
    lines.push_back(EvidenceFileHeader(under_way->signed_head, under_way->registry_token));
    while (true) {
      if (between) between();
      const auto items = read.Next(*under_way, page);
      failed = WordsOf(items);
      if (!items.ok()) return {};
      if (items->empty()) break;
      for (const ReadEvidence::Item& item : *items) lines.push_back(EvidenceFileItem(item.item, item.overrides));
    }
    for (std::string& line : lines) {
      EXPECT_EQ(line.find('\n'), line.size() - 1);
      line.pop_back();
    }
    return lines;
  }
  // "ok 3" with the number of items, or what does not hold.
  std::string Checked(const std::vector<std::string>& lines) {
    EvidenceCheck check(Pinned());
    const auto head = check.Begin(lines.at(0));
    if (!head.ok()) return head.fault().detail;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto item = check.Next(lines[i]);
      if (!item.ok()) return item.fault().detail;
    }
    const auto end = check.End();
    return end.ok() ? "ok " + std::to_string(lines.size() - 1) : end.fault().detail;
  }
  std::string Exported(const ReadEvidence::Order& order) {
    const auto lines = Lines(order);
    return lines.empty() ? failed : Checked(lines);
  }
  std::string SubjectOf(const Holder& holder) { return Rely(council, holder)->presentation.holder(); }
  Holder first;
  Holder second;
  std::string failed;
  std::function<void()> between;
};

TEST(ReadEvidence, OfEverybodyIsWholeAndCheckedAlone) {
  EvidenceWorld world;
  EXPECT_EQ(world.Exported({world.council, {}, {}}), "ok 3");
  EXPECT_EQ(world.Exported({world.trust, {}, {}}), "ok 1");
  EXPECT_EQ(world.Exported({world.registrar, {}, {}}), "ok 0") << "it relied on nobody";
  EXPECT_EQ(world.Audited("evidence.exported", "done"), 3U);
}

TEST(ReadEvidence, OfOnePersonIsWholeOnItsOwn) {
  EvidenceWorld world;
  const std::string subject = world.SubjectOf(world.first);
  EXPECT_EQ(world.Exported({world.council, {}, subject}), "ok 3");
  EXPECT_EQ(world.Exported({world.trust, "1001", {}}), "ok 1");
  EXPECT_EQ(world.Exported({world.trust, "1002", {}}), "ok 0") << "the trust relied on nothing about them";
  EXPECT_EQ(world.Exported({world.council, {}, "aHolderNobodyMetaHolderNobodyMetaHolderNobA"}), "ok 0");
}

TEST(ReadEvidence, IsTheCallersOwnAndOfItsOwnPeople) {
  EvidenceWorld world;
  EXPECT_EQ(world.Exported({world.council, "1001", {}}), "not_found") << "they are the trust's";
  EXPECT_EQ(world.Exported({world.trust, "9999", {}}), "not_found");
  EXPECT_EQ(world.Exported({world.trust, "1001", "subject"}), "field_invalid");
  EXPECT_EQ(world.Exported({world.stranger, {}, {}}), "caller_unknown");
}

TEST(ReadEvidence, NoWordsOfTheCallersAreAuditedAsASubject) {
  EvidenceWorld world;
  for (const std::string& words : {std::string("Example-Avocet, Florrie"), std::string(1'000'000, 'a')}) {
    EXPECT_EQ(world.Exported({world.council, {}, words}), "field_invalid");
    EXPECT_EQ(world.AllAudited().find(words.substr(0, 60)), std::string::npos);
  }
}

TEST(ReadEvidence, NeedsARegistryToBeCheckedBy) {
  ActsWorld world;
  EXPECT_EQ(WordsOf(world.ReadingEvidence().Begin({world.council, {}, {}})), "registry_stale");
}

TEST(ReadEvidence, CarriesOverridesInTheHeadsCount) {
  EvidenceWorld world;
  const Instant until = world.clock.now + Seconds{86'400};
  for (const char* const request : {"b", "a", "longer-id"})
    ASSERT_EQ(WordsOf(world.Overriding()(OverrideOrder(world.council, request, 2, until))), "ok");
  const auto lines = world.Lines({world.council, {}, {}});
  EXPECT_EQ(world.Checked(lines), "ok 3");
  EXPECT_NE(lines[2].find("Wren Example"), std::string::npos);
  EXPECT_EQ(world.Exported({world.council, {}, world.SubjectOf(world.second)}), "ok 2");
  EXPECT_EQ(world.Exported({world.council, {}, world.SubjectOf(world.first)}), "ok 3") << "without any";
}

TEST(ReadEvidence, KeepsToWhatWasThereWhenItBegan) {
  EvidenceWorld world;
  world.between = [&world, done = false]() mutable {
    if (std::exchange(done, true)) return;
    const auto answer = world.Rely(world.council, world.second);
    const Instant until = world.clock.now + Seconds{86'400};
    for (const auto& [request, reliance] : {std::pair{"old-decision", std::uint64_t{2}}, {"new", answer->reliance}})
      EXPECT_EQ(WordsOf(world.Overriding()(OverrideOrder(world.council, request, reliance, until))), "ok");
  };
  EXPECT_EQ(world.Exported({world.council, {}, {}}), "ok 3");
  EXPECT_EQ(world.Exported({world.council, {}, {}}), "ok 4");
}

TEST(ReadEvidence, ARemovedOrChangedLineIsFound) {
  EvidenceWorld world;
  const auto lines = world.Lines({world.council, {}, {}});
  ASSERT_EQ(world.Checked(lines), "ok 3");
  for (std::size_t i = 1; i < lines.size(); ++i) {
    auto missing = lines;
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(world.Checked(missing).starts_with("ok")) << "without item " << i;
    auto swapped = lines;
    swapped[i] = lines[i == 1 ? 2 : 1];
    EXPECT_FALSE(world.Checked(swapped).starts_with("ok")) << "another in place of item " << i;
  }
}

// Rows that somebody wrote into the store behind the service's back.
TEST(ReadEvidence, ARowThatWasTamperedWithIsFound) {
  EvidenceWorld world;
  const auto append = [&](const RelianceEntry& entry) {
    ASSERT_TRUE(ApplyNow(world.store, {AppendReliance{entry}}).ok());
  };
  const RelianceEntry good = world.Reliances(world.council)[0].entry;
  {
    EvidenceWorld other;
    RelianceEntry entry = other.Reliances(other.council)[0].entry;
    entry.receipt_digest = Sha256("another receipt");
    ASSERT_TRUE(ApplyNow(other.store, {AppendReliance{entry}}).ok());
    EXPECT_EQ(other.Exported({other.council, {}, {}}), "evidence") << "not the receipt the row names";
  }
  {
    EvidenceWorld other;
    RelianceEntry entry = other.Reliances(other.council)[0].entry;
    entry.sealed_receipt = other.Reliances(other.council)[1].entry.sealed_receipt;
    ASSERT_TRUE(ApplyNow(other.store, {AppendReliance{entry}}).ok());
    EXPECT_EQ(other.Exported({other.council, {}, {}}), "ok 4")
        << "sealed for another person: nobody can open it, and it stands there as erased";
  }
  // A receipt that nobody signed, well sealed and well chained: the check of the file finds it.
  RelianceEntry forged = good;
  std::string receipt = UnsealReceipt(*world.vault, good).value().value();
  receipt[receipt.size() - 5] = receipt[receipt.size() - 5] == 'A' ? 'B' : 'A';
  forged.receipt_digest = Sha256(receipt);
  forged.sealed_receipt = SealReceipt(*world.vault, forged, receipt).value();
  append(forged);
  const auto lines = world.Lines({world.council, {}, {}});
  ASSERT_EQ(lines.size(), 5U) << world.failed;
  EXPECT_NE(world.Checked(lines).find('4'), std::string::npos) << world.Checked(lines);
  EXPECT_FALSE(world.Checked(lines).starts_with("ok"));
}

TEST(ReadEvidence, HoldsAfterTheReceiptKeyWasRetired) {
  EvidenceWorld world;
  std::string old;
  for (const KeyInfo& info : world.keys->List()) {
    if (info.role == KeyRole::kReceipt) old = info.kid;
  }
  world.clock.now = world.clock.now + Seconds{3600};
  const std::string fresh =
      world.keys->Generate(KeyOwner::Service(), KeyRole::kReceipt, KeyState::kStaged, world.clock.now).value();
  ASSERT_TRUE(world.keys->ChangeState(fresh, KeyState::kActive, world.clock.now).ok());
  ASSERT_TRUE(world.keys->ChangeState(old, KeyState::kRetired, world.clock.now).ok());
  world.PublishNow();
  EXPECT_EQ(world.Exported({world.council, {}, {}}), "ok 3");
  EXPECT_TRUE(world.Rely(world.council, world.first).ok());
  EXPECT_EQ(world.Exported({world.council, {}, {}}), "ok 4") << "receipts of both keys";
}

}  // namespace
}  // namespace passport
