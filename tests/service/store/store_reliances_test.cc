// What somebody relied on: two chains without gaps, and overrides beside them, on every store.
#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <thread>

#include "passport-service/check/check_house.h"
#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::uint64_t> SequencesOf(const Result<Page<RelianceRow>>& page) {
  std::vector<std::uint64_t> sequences;
  for (const auto& row : page->rows) sequences.push_back(row.link.sequence);
  return sequences;
}

// The first way in which the rows are not one chain with a shorter one for each person; empty when they are.
std::string Broken(const OrganisationId& organisation, const std::vector<RelianceRow>& rows) {
  RelianceLink last;
  std::map<std::string, RelianceLink> last_on;
  for (const RelianceRow& row : rows) {
    const RelianceLink& link = row.link;
    const RelianceLink& before = last_on[link.subject];
    const std::string at = " at " + std::to_string(link.sequence);
    if (link.sequence != last.sequence + 1 || link.previous != last.hash) return "the chain breaks" + at;
    if (link.subject_sequence != before.subject_sequence + 1 || link.subject_previous != before.hash) {
      return "the chain of the person breaks" + at;
    }
    if (link.hash != LinkHash(organisation, link)) return "the hash is another" + at;
    if (link.subject != row.entry.subject || link.at != row.entry.at ||
        link.receipt_digest != row.entry.receipt_digest) {
      return "the link is not of its row" + at;
    }
    last = link;
    last_on[link.subject] = link;
  }
  return "";
}

TEST_P(StoreContract, EachRelianceHasItsPlaceInTwoChains) {
  EXPECT_FALSE(store().LastLink(trust_)->has_value());
  EXPECT_FALSE(store().LastLinkOn(trust_, "a")->has_value());
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(trust_, "a")}, AppendReliance{SampleReliance(trust_, "b")}}), kDone);
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(council_, "a")}}), kDone);
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(trust_, "never")}, DropIntent{trust_, Request("none")}}),
            Refused(1, Reason::kNotFound));
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(trust_, "a")}}), kDone);
  const auto rows = store().ReliancesOf(trust_, 0, 10)->rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(Broken(trust_, rows), "");
  EXPECT_EQ(rows[2].link.subject_sequence, 2U);
  EXPECT_EQ(rows[2].link.subject_previous, rows[0].link.hash);
  EXPECT_EQ(rows[1].entry.sealed_receipt, SampleReliance(trust_, "b").sealed_receipt);
  EXPECT_EQ(rows[1].entry.elsewhere, SampleReliance(trust_, "b").elsewhere);
  EXPECT_EQ(rows[1].entry.reasons, SampleReliance(trust_, "b").reasons);
  EXPECT_EQ(store().LastLink(trust_)->value().hash, rows[2].link.hash);
  EXPECT_EQ(store().LastLinkOn(trust_, "a")->value().hash, rows[2].link.hash);
  EXPECT_EQ(store().LastLinkOn(trust_, "b")->value().hash, rows[1].link.hash);
  EXPECT_FALSE(store().LastLinkOn(trust_, "never")->has_value());
  EXPECT_EQ(store().LastLink(council_)->value().sequence, 1U);
  EXPECT_EQ(store().FindReliance(trust_, 2)->value().entry.subject, "b");
  EXPECT_FALSE(store().FindReliance(trust_, 4)->has_value());
  EXPECT_FALSE(store().FindReliance(council_, 2)->has_value());
}

TEST_P(StoreContract, ReliancesGoOnAfterASequence) {
  for (int n = 0; n < 7; ++n) {
    ASSERT_EQ(Apply({AppendReliance{SampleReliance(trust_, n % 2 == 0 ? "even" : "odd")}}), kDone);
  }
  const OrganisationId longer = Organisation("ods:RC91");
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(longer, "even")}}), kDone);
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(trust_, "even more")}}), kDone);
  EXPECT_THAT(SequencesOf(store().ReliancesOf(trust_, 0, 3)), ElementsAre(1, 2, 3));
  EXPECT_EQ(store().ReliancesOf(trust_, 0, 3)->next, "3");
  EXPECT_THAT(SequencesOf(store().ReliancesOf(trust_, 3, 100)), ElementsAre(4, 5, 6, 7, 8));
  EXPECT_EQ(store().ReliancesOf(trust_, 3, 5)->next, "");
  EXPECT_THAT(SequencesOf(store().ReliancesOf(trust_, 0, 0)), ElementsAre(1));
  EXPECT_THAT(SequencesOf(store().ReliancesOf(trust_, 8, 5)), IsEmpty());
  EXPECT_THAT(SequencesOf(store().ReliancesOf(trust_, UINT64_MAX, 5)), IsEmpty());
  EXPECT_THAT(SequencesOf(store().ReliancesOn(trust_, "even", 0, 2)), ElementsAre(1, 3));
  EXPECT_EQ(store().ReliancesOn(trust_, "even", 0, 2)->next, "2");
  EXPECT_THAT(SequencesOf(store().ReliancesOn(trust_, "even", 2, 9)), ElementsAre(5, 7));
  EXPECT_THAT(SequencesOf(store().ReliancesOn(trust_, "odd", 0, 9)), ElementsAre(2, 4, 6));
  EXPECT_THAT(SequencesOf(store().ReliancesOn(trust_, "even m", 0, 9)), IsEmpty());
}

TEST_P(StoreContract, AnOverrideStandsBesideAReliance) {
  EXPECT_EQ(Apply({AddOverride{SampleOverride(trust_, "o", 1)}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AppendReliance{SampleReliance(trust_, "a")}, AppendReliance{SampleReliance(trust_, "a")}}), kDone);
  EXPECT_EQ(Apply({AddOverride{SampleOverride(council_, "o", 1)}}), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({AddOverride{SampleOverride(trust_, "o", 3)}}), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({AddOverride{SampleOverride(trust_, "z", 1)}}), kDone);
  EXPECT_EQ(Apply({AddOverride{SampleOverride(trust_, "z", 1)}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply({AddOverride{SampleOverride(trust_, "z", 2)}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply({AddOverride{SampleOverride(trust_, "b", 2)}, AddOverride{SampleOverride(trust_, "y", 1)}}), kDone);
  EXPECT_EQ(Apply({AppendReliance{SampleReliance(trust_, "a")}, AddOverride{SampleOverride(trust_, "c", 3)}}), kDone);
  const auto ids = [](const std::vector<OverrideRow>& rows) {
    std::vector<std::string> texts;
    for (const auto& row : rows) texts.push_back(row.id.text());
    return texts;
  };
  EXPECT_THAT(ids(*store().OverridesOn(trust_, 1)), ElementsAre("y", "z"));
  EXPECT_THAT(ids(*store().OverridesOn(trust_, 4)), IsEmpty());
  const auto page = store().OverridesOf(trust_, "", 3);
  EXPECT_THAT(ids(page->rows), ElementsAre("y", "z", "b"));
  EXPECT_THAT(ids(store().OverridesOf(trust_, page->next, 3)->rows), ElementsAre("c"));
  EXPECT_EQ(store().OverridesOn(trust_, 2)->front().sealed_words, SampleOverride(trust_, "b", 2).sealed_words);
  EXPECT_EQ(store().OverridesOn(trust_, 2)->front().until, SampleOverride(trust_, "b", 2).until);
  EXPECT_THAT(store().OverridesOf(council_, "", 3)->rows, IsEmpty());
}

TEST_P(StoreContract, TheChainsHaveNoGapWhenManyAppendAtOnce) {
  constexpr int kThreads = 16;
  constexpr int kEach = 20;
  ASSERT_EQ(Apply({AddOrganisation{SampleOrganisation(trust_)}, AddOrganisation{SampleOrganisation(council_)}}), kDone);
  std::atomic<int> bad = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int n = 0; n < kEach; ++n) {
        const OrganisationId& organisation = thread % 2 == 0 ? trust_ : council_;
        const AppendReliance append{SampleReliance(organisation, "subject-" + std::to_string((thread + n) % 5))};
        if (Apply({append}) != kDone) ++bad;
        // A refused commit between two others takes no place.
        if (Apply({append, DropIntent{trust_, Request("none")}}) != Refused(1, Reason::kNotFound)) ++bad;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(bad, 0);
  for (const OrganisationId& organisation : {trust_, council_}) {
    const auto rows = store().ReliancesOf(organisation, 0, SIZE_MAX)->rows;
    EXPECT_EQ(rows.size(), std::size_t{kThreads * kEach / 2});
    EXPECT_EQ(Broken(organisation, rows), "");
    EXPECT_EQ(store().LastLink(organisation)->value().hash, rows.back().link.hash);
  }
  EXPECT_THAT(CheckHouse(store())->violations, IsEmpty());
}

}  // namespace
}  // namespace passport::test
