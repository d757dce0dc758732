// Exports of evidence: what was tampered with is found, and what is whole holds on its own.
#include "credential/evidence/evidence_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "credential/crypto/jwk.h"
#include "credential/evidence/receipt_json.h"
#include "tests/credential/evidence/evidence_world.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

using Lines = std::vector<std::string>;

// Five decisions on three people; somebody was overridden on the second.
Chain Five() {
  Chain chain;
  chain.Add(MetReceipt('n', kNow))
      .Add(VerifiedReceipt('m', kNow + Seconds{10}), {OverrideOf(2)})
      .Add(MetReceipt('n', kNow + Seconds{20}))
      .Add(MetReceipt('k', kNow + Seconds{30}))
      .Add(MetReceipt('n', kNow + Seconds{40}), {OverrideOf(5), OverrideOf(5)});
  return chain;
}

void Replace(std::string& line, std::string_view from, std::string_view to) {
  const std::size_t at = line.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  line.replace(at, from.size(), to);
}

TEST_F(Evidence, AWholeExportHolds) {
  std::vector<CheckedItem> items;
  EXPECT_EQ(CheckLines(Five().Lines(), &items), "ok");
  ASSERT_EQ(items.size(), 5U);
  EXPECT_EQ(items[0].receipt->profile, "community-nurse");
  ASSERT_EQ(items[1].overrides.size(), 1U);
  EXPECT_EQ(items[1].overrides[0].named_person, "Example Manager");
  EXPECT_EQ(items[1].overrides[0].link, 2U);
  EXPECT_EQ(items[4].link.subject_sequence, 3U);
}

TEST_F(Evidence, AnExportOfOnePersonHoldsAlone) {
  std::vector<CheckedItem> items;
  EXPECT_EQ(CheckLines(Five().Lines(SubjectOf('n')), &items), "ok");
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[2].link.sequence, 5U);
  EXPECT_EQ(CheckLines(Five().Lines(SubjectOf('m'))), "ok");
  EXPECT_EQ(CheckLines(Five().Lines(SubjectOf('x'))), "ok");  // nothing was relied on, and that is proven
  EXPECT_EQ(CheckLines(Chain().Lines()), "ok");
}

TEST_F(Evidence, WhatWasErasedIsSeenToHaveBeenThere) {
  Chain chain = Five();
  chain.Erase(1).Erase(3).Erase(5);
  std::vector<CheckedItem> items;
  EXPECT_EQ(CheckLines(chain.Lines(), &items), "ok");
  EXPECT_FALSE(items[0].receipt);
  EXPECT_TRUE(items[1].receipt);
  EXPECT_FALSE(items[4].receipt);
  // The head says how many were erased: one left out besides is missed, one put back is seen.
  EXPECT_EQ(CheckLines(chain.Erase(4).LinesWith(Five().Erase(1).Erase(3).Erase(5).Head())),
            "evidence: item 5: its receipt is missing, and was not erased, says the head");
  Chain put_back = Five();
  EvidenceHead head = put_back.Erase(1).Head();
  ++head.erased;
  EXPECT_EQ(CheckLines(put_back.LinesWith(head)), "evidence: receipts that were erased, says the head, are there");
}

TEST_F(Evidence, EveryTamperingIsFound) {
  const Lines whole = Five().Lines();
  const Lines of_one = Five().Lines(SubjectOf('n'));
  Chain other_chain;
  other_chain.Add(MetReceipt('n', kNow - Seconds{5})).Add(MetReceipt('m', kNow)).Add(MetReceipt('k', kNow + kMinute));
  const Lines other = other_chain.Lines();
  using Change = std::function<void(Lines&)>;
  const std::tuple<std::string_view, const Lines*, Change, std::string_view> rows[] = {
      {"the first item removed", &whole, [](Lines& l) { l.erase(l.begin() + 1); }, "item 1"},
      {"one in the middle removed", &whole, [](Lines& l) { l.erase(l.begin() + 3); }, "item 3"},
      {"the last removed", &whole, [](Lines& l) { l.pop_back(); }, "the file ends after 4 of 5 items"},
      {"all removed", &whole, [](Lines& l) { l.resize(1); }, "the file ends after 0 of 5 items"},
      {"two swapped", &whole, [](Lines& l) { std::swap(l[2], l[3]); }, "item 2"},
      {"two swapped, of one person", &of_one, [](Lines& l) { std::swap(l[2], l[3]); }, "item 2"},
      {"one removed, of one person", &of_one, [](Lines& l) { l.erase(l.begin() + 2); }, "item 2"},
      {"the last removed, of one person", &of_one, [](Lines& l) { l.pop_back(); }, "the file ends after 2 of 3 items"},
      {"one twice", &whole, [](Lines& l) { l.insert(l.begin() + 2, l[2]); }, "item 3"},
      {"the last twice", &whole, [](Lines& l) { l.push_back(l.back()); }, "item 6"},
      {"extended by another export", &whole, [&](Lines& l) { l.push_back(other[3]); }, "item 6"},
      {"spliced: the end of another", &whole, [&](Lines& l) { l[3] = other[3]; }, "item 3"},
      {"spliced: the start of another", &whole, [&](Lines& l) { l[1] = other[1]; }, "item 2"},
      {"spliced: the items of one person under the head of all", &whole,
       [&](Lines& l) {
         l.resize(1);
         l.insert(l.end(), of_one.begin() + 1, of_one.end());
       },
       "item 2"},
      {"spliced: everybody under the head of one", &of_one,
       [&](Lines& l) {
         l.resize(1);
         l.insert(l.end(), whole.begin() + 1, whole.end());
       },
       "item 2"},
      {"the head of another export", &whole, [&](Lines& l) { l[0] = other[0]; }, "item 4"},
      {"the head of one person", &whole, [&](Lines& l) { l[0] = of_one[0]; }, "item 2"},
      {"a time changed", &whole, [](Lines& l) { Replace(l[2], R"("at":1795300010)", R"("at":1795300011)"); }, "item 2"},
      {"a sequence changed", &whole, [](Lines& l) { Replace(l[2], R"("sequence":2)", R"("sequence":3)"); }, "item 2"},
      {"a subject changed", &whole, [](Lines& l) { Replace(l[2], "mmmm", "nmmm"); }, "item 2"},
      {"a hash changed", &whole, [](Lines& l) { Replace(l[2], R"("hash":")", R"("hash":"A)"); }, "item 2"},
      {"the receipt of another item", &whole,
       [](Lines& l) {
         const std::size_t there = l[3].find(R"("receipt":")");
         const std::size_t here = l[1].find(R"("receipt":")");
         l[1] = l[1].substr(0, here) + l[3].substr(there);
       },
       "item 1"},
      {"a receipt left out as if it had been erased", &whole,
       [](Lines& l) {
         const std::size_t at = l[3].find(R"(,"receipt":)");
         l[3] = l[3].substr(0, at) + "}";
       },
       "item 3: its receipt is missing"},
      {"a receipt left out of an export of one person", &of_one,
       [](Lines& l) {
         const std::size_t at = l[2].find(R"(,"receipt":)");
         l[2] = l[2].substr(0, at) + "}";
       },
       "item 2: its receipt is missing"},
      {"an override removed", &whole,
       [](Lines& l) {
         const std::size_t at = l[2].find(R"(,"overrides":)");
         l[2] = l[2].substr(0, at) + "}";
       },
       "the overrides are not those"},
      {"an override changed", &whole, [](Lines& l) { Replace(l[2], "Example Manager", "Somebody Else"); },
       "the overrides are not those"},
      {"an override moved to another item", &whole,
       [](Lines& l) {
         const std::size_t at = l[2].find(R"(,"overrides":)");
         const std::string overrides = l[2].substr(at);
         l[2] = l[2].substr(0, at) + "}";
         l[1].pop_back();
         l[1] += overrides;
       },
       "the overrides are not those"},
      {"an override that ends before it begins", &whole,
       [](Lines& l) { Replace(l[2], R"("until":1795386400)", R"("until":1795300000)"); }, "item 2"},
      {"an unknown member", &whole, [](Lines& l) { Replace(l[1], "{", R"({"note":"fine",)"); }, "item 1"},
      {"an empty line between", &whole, [](Lines& l) { l.insert(l.begin() + 2, ""); }, "item 2"},
      {"a line cut short", &whole, [](Lines& l) { l[2].resize(l[2].size() / 2); }, "item 2"},
  };
  for (const auto& [name, lines, change, where] : rows) {
    Lines tampered = *lines;
    change(tampered);
    const std::string answer = CheckLines(tampered);
    EXPECT_TRUE(answer.starts_with("evidence: " + std::string(where))) << name << ": " << answer;
  }
}

// Somebody who may write the file but has no key can forge links, not the head.
TEST_F(Evidence, AChainForgedWithoutTheKeyDoesNotReachItsHead) {
  const EvidenceHead head = Five().Head();
  Chain without;  // the third decision never happened
  without.Add(MetReceipt('n', kNow))
      .Add(VerifiedReceipt('m', kNow + Seconds{10}), {OverrideOf(2)})
      .Add(MetReceipt('k', kNow + Seconds{30}))
      .Add(MetReceipt('n', kNow + Seconds{40}), {OverrideOf(5), OverrideOf(5)});
  EXPECT_EQ(CheckLines(without.LinesWith(head)), "evidence: the file ends after 4 of 5 items");
  without.Add(MetReceipt('k', kNow + Seconds{50}));
  EXPECT_EQ(CheckLines(without.LinesWith(head)), "evidence: the last item is not the one the head names");
}

TEST_F(Evidence, AReceiptBelongsToItsPlace) {
  const OrganisationId trust = TrustWorld::Get().trust.id;
  EXPECT_EQ(CheckLines(Chain(trust).Add(MetReceipt()).Lines()),
            "evidence: item 1: the receipt is of another organisation");
  const ReceiptContent receipt = MetReceipt('n');
  EXPECT_EQ(CheckLines(Chain().AddToken(SubjectOf('m'), kNow, Signed(receipt)).Lines()),
            "evidence: item 1: the receipt is about somebody else");
  EXPECT_EQ(CheckLines(Chain().AddToken(receipt.subject, kNow - Seconds{1}, Signed(receipt)).Lines()),
            "evidence: item 1: the receipt is from after its place in the chain");
  EXPECT_EQ(CheckLines(Chain().AddToken(receipt.subject, kNow, "not.a.receipt").Lines()).substr(0, 16),
            "evidence: item 1");
}

TEST_F(Evidence, OnlyAHeadOfAListedKeyUnderAPinnedRegistryHolds) {
  EvidenceWorld& world = EvidenceWorld::Get();
  const Chain chain = Five();
  const auto begin = [](std::string_view head, std::string_view registry) {
    std::string header = EvidenceFileHeader(head, registry);
    header.pop_back();
    const std::string answer = CheckLines({header});
    return answer.substr(0, answer.find(':'));
  };
  const std::string head = *SignEvidenceHead(chain.Head(), "receipt-1", world.receipt_key);
  EXPECT_EQ(begin(head, world.RegistryToken()), "evidence");  // holds, and no item follows
  EXPECT_EQ(begin(*SignEvidenceHead(chain.Head(), "receipt-1", world.other_receipt_key), world.RegistryToken()),
            "evidence");
  EXPECT_EQ(begin(head, *SignRegistry(world.Content(), "registry-1", TrustWorld::Get().stranger)), "registry");
  EXPECT_EQ(begin(head, TrustWorld::Get().RegistryToken(TrustWorld::Get().Content())), "evidence");
  EXPECT_EQ(begin("", world.RegistryToken()), "malformed");
  EXPECT_EQ(begin(head, ""), "registry");
  EXPECT_EQ(begin(Signed(MetReceipt()), world.RegistryToken()), "evidence");
  EXPECT_EQ(CheckLines({"{}"}), "malformed: evidence header.evidence is not a whole number in range");
  EXPECT_EQ(CheckLines({""}).substr(0, 9), "malformed");
  // The key was no longer in use when the head was signed.
  RegistryContent retired = world.Content();
  retired.receipt_keys[0].valid_until = kNow + Seconds{3600};
  std::string header = EvidenceFileHeader(head, TrustWorld::Get().RegistryToken(retired));
  header.pop_back();
  EXPECT_EQ(CheckLines({header}), "evidence: head: its key was not in use at that time");
}

// What stood in the chain before its key was lost still counts, because a head of another key vouches for it.
TEST_F(Evidence, AHeadOfAGoodKeyVouchesForReceiptsOfALostOne) {
  EvidenceWorld& world = EvidenceWorld::Get();
  Chain chain = Five();
  const auto check = [&](Instant lost_at, std::string_view kid, PrivateKey& key) {
    RegistryContent content = world.Content();
    content.receipt_keys[0].compromised_since = lost_at;
    Lines lines = chain.Lines();
    lines[0] = EvidenceFileHeader(*SignEvidenceHead(chain.Head(), kid, key), TrustWorld::Get().RegistryToken(content));
    lines[0].pop_back();
    return CheckLines(lines);
  };
  const Instant later = kNow + Seconds{365 * 86400};
  EXPECT_EQ(check(later, "receipt-2", world.other_receipt_key), "ok");
  EXPECT_EQ(check(later, "receipt-1", world.receipt_key), "evidence: head: its key is compromised");
  EXPECT_EQ(check(kNow, "receipt-2", world.other_receipt_key), "evidence: item 1: receipt: its key is compromised");
}

TEST_F(Evidence, ErrorsNameNobody) {
  Lines lines = Five().Lines();
  lines[2] = R"({"named_person":"Testina Sample"})";
  EXPECT_EQ(CheckLines(lines).find("Testina"), std::string::npos);
  lines = Five().Lines();
  Replace(lines[2], "mmmm", "Testina Sample ");
  EXPECT_EQ(CheckLines(lines).find("Testina"), std::string::npos);
}

// Two links that differ anywhere, or whose fields are cut elsewhere, have two hashes.
TEST_F(Evidence, AHashCoversEveryFieldOfALink) {
  const RelianceLink link = Five().items()[1].link;
  const std::function<void(RelianceLink&)> changes[] = {
      [](auto& l) { ++l.sequence; },
      [](auto& l) { l.previous[31] ^= 1; },
      [](auto& l) { ++l.subject_sequence; },
      [](auto& l) { l.subject_previous[0] ^= 1; },
      [](auto& l) { l.at = l.at + Seconds{1}; },
      [](auto& l) { l.subject += "x"; },
      [](auto& l) { l.receipt_digest[7] ^= 1; },
  };
  for (const auto& change : changes) {
    Count();
    RelianceLink changed = link;
    change(changed);
    EXPECT_NE(LinkHash(Receiver(), changed), LinkHash(Receiver(), link));
  }
  EXPECT_NE(LinkHash(TrustWorld::Get().trust.id, link), LinkHash(Receiver(), link));
}

// The page shows a key and, each in a block, the lines of a file.
TEST_F(Evidence, TheExampleOfItsPageHolds) {
  std::vector<std::string> blocks = BlocksOf("docs/formats/evidence.md");
  ASSERT_EQ(blocks.size(), 6U);
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(blocks[0], json::kTokenLimits);
  ASSERT_TRUE(jwk.ok());
  KeySet pinned;
  pinned.Add("registry-1", *ReadJwk(**jwk));
  EvidenceCheck check(pinned);
  const Result<EvidenceHead> head = check.Begin(Joined(blocks[1]));
  ASSERT_TRUE(head.ok()) << head.fault().detail;
  for (std::size_t i = 2; i < 5; ++i) {
    Count();
    const Result<CheckedItem> item = check.Next(Joined(blocks[i]));
    ASSERT_TRUE(item.ok()) << item.fault().detail;
    EXPECT_EQ(item->receipt.has_value(), i != 4);
    EXPECT_EQ(item->overrides.size(), i == 2 ? 1U : 0U);
  }
  EXPECT_TRUE(check.End().ok());
  // The page of receipts shows the first, and what it says.
  const std::vector<std::string> receipt = BlocksOf("docs/formats/receipt.md");
  ASSERT_EQ(receipt.size(), 2U);
  const Result<ReceiptContent> read = ReadReceipt(Joined(receipt[0]), check.registry());
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  const Result<json::Value*> shown = tree.Parse(receipt[1], json::kTokenLimits);
  const Result<json::Value*> there = tree.Parse(WriteReceipt(*read), json::kTokenLimits);
  ASSERT_TRUE(shown.ok() && there.ok());
  EXPECT_TRUE(json::Equal(**shown, **there));
}

// A whole employer: the check keeps one link, whatever comes.
TEST_F(Evidence, AHundredThousandRowsAreCheckedAsTheyCome) {
  constexpr std::uint64_t kRows = 100'000;
  EvidenceWorld& world = EvidenceWorld::Get();
  const std::string token = Signed(MetReceipt('n', kNow));
  RelianceLink link{.sequence = 0,
                    .previous = {},
                    .subject_sequence = 0,
                    .subject_previous = {},
                    .at = kNow,
                    .subject = SubjectOf('n'),
                    .receipt_digest = Sha256(token),
                    .hash = {}};
  const auto next = [&] {
    ++link.sequence;
    ++link.subject_sequence;
    link.previous = link.subject_previous = link.hash;
    link.hash = LinkHash(Receiver(), link);
  };
  for (std::uint64_t i = 0; i < kRows; ++i) next();
  const EvidenceHead head{
      .organisation = Receiver(), .count = kRows, .last = link.hash, .erased = kRows - kRows / 50, .at = kNow + kDay};
  EvidenceCheck check(TrustWorld::Get().pinned);
  std::string header =
      EvidenceFileHeader(*SignEvidenceHead(head, "receipt-1", world.receipt_key), world.RegistryToken());
  header.pop_back();
  ASSERT_TRUE(check.Begin(header).ok());
  link.sequence = link.subject_sequence = 0;
  link.hash = {};
  for (std::uint64_t i = 0; i < kRows; ++i) {
    next();
    // Most were erased: verifying a hundred thousand signatures is for the benchmark.
    std::string line = EvidenceFileItem({link, i % 50 == 0 ? token : std::string()}, {});
    line.pop_back();
    const Result<CheckedItem> item = check.Next(line);
    ASSERT_TRUE(item.ok()) << item.fault().detail;
  }
  EXPECT_TRUE(check.End().ok());
  Count();
}

}  // namespace
}  // namespace passport
