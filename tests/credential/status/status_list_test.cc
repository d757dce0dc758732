#include "credential/status/status_list.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "credential/encoding/inflate.h"
#include "credential/status/status_judgement.h"

namespace passport {
namespace {

using Bytes = std::vector<std::uint8_t>;

StatusList Made(int bits, std::size_t entries) {
  Result<StatusList> list = StatusList::Make(bits, entries);
  EXPECT_TRUE(list.ok());
  return std::move(list).value();
}

TEST(StatusList, TSL16_PutsTheFirstEntryInTheLeastSignificantBits) {
  // Draft-20, section 4.1: 16 entries of 1 bit and 12 entries of 2 bits.
  StatusList one = Made(1, 16);
  for (const std::uint64_t index : {0U, 3U, 4U, 5U, 7U, 8U, 9U, 13U, 15U}) ASSERT_TRUE(one.Set(index, 1).ok());
  EXPECT_EQ(Bytes(one.bytes().begin(), one.bytes().end()), (Bytes{0xb9, 0xa3}));
  StatusList two = Made(2, 12);
  constexpr std::uint8_t kValues[] = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
  for (std::uint64_t index = 0; index < 12; ++index) ASSERT_TRUE(two.Set(index, kValues[index]).ok());
  EXPECT_EQ(Bytes(two.bytes().begin(), two.bytes().end()), (Bytes{0xc9, 0x44, 0xf9}));
  // HOST-113: an implementation that starts at the other end would answer 1 here.
  EXPECT_EQ(*one.At(1), 0);
  EXPECT_EQ(*two.At(3), 3);
}

TEST(StatusList, TSL16_AgreesWithAPlainArrayAtEveryWidth) {
  std::mt19937_64 chance(16);
  for (const int bits : {1, 2, 4, 8}) {
    constexpr std::size_t kEntries = 4096;
    StatusList list = Made(bits, kEntries);
    Bytes plain(kEntries);
    for (int i = 0; i < 20'000; ++i) {
      const std::size_t index = chance() % kEntries;
      plain[index] = static_cast<std::uint8_t>(chance() % (1U << static_cast<unsigned>(bits)));
      ASSERT_TRUE(list.Set(index, plain[index]).ok());
    }
    const Result<StatusList> back = StatusList::Decode(bits, list.Encode(6), kStatusInflatedBytesMax);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, list);
    ASSERT_EQ(back->size(), kEntries);
    for (std::size_t index = 0; index < kEntries; ++index) ASSERT_EQ(*back->At(index), plain[index]) << index;
  }
}

TEST(StatusList, TSL15_RefusesAnIndexPastTheEnd) {
  for (const int bits : {1, 2, 4, 8}) {
    StatusList list = Made(bits, 1 << 10);
    EXPECT_TRUE(list.At((1 << 10) - 1).ok());
    for (const std::uint64_t index :
         {std::uint64_t{1} << 10, std::uint64_t{1} << 31, std::uint64_t{1} << 32, (std::uint64_t{1} << 32) - 1,
          std::uint64_t{1} << 61, std::uint64_t{1} << 63, std::numeric_limits<std::uint64_t>::max(),
          std::numeric_limits<std::uint64_t>::max() - 1023}) {
      const Result<std::uint8_t> value = list.At(index);
      ASSERT_FALSE(value.ok()) << "HOST-104: " << index << " of " << bits << " bits";
      EXPECT_EQ(value.fault().reason, Reason::kStatus);
      EXPECT_EQ(value.fault().check, "TSL-15");
      EXPECT_EQ(list.Set(index, 1).fault().check, "TSL-15");
    }
  }
}

TEST(StatusList, TSL15_SaysNothingFromAnEmptyList) {
  const Result<StatusList> list = StatusList::Decode(1, Deflate(Bytes(), 6), 100);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->size(), 0U);
  EXPECT_FALSE(list->At(0).ok());
}

TEST(StatusList, TSL13_TakesOnlyTheFourWidths) {
  const Bytes stream = Deflate(Bytes(8), 6);
  for (const int bits : {-8, -1, 0, 3, 5, 6, 7, 9, 16, 32, std::numeric_limits<int>::max()}) {
    const Result<StatusList> decoded = StatusList::Decode(bits, stream, 100);
    ASSERT_FALSE(decoded.ok()) << "HOST-109: " << bits;
    EXPECT_EQ(decoded.fault().reason, Reason::kStatus);
    EXPECT_EQ(decoded.fault().check, "TSL-13");
    EXPECT_EQ(StatusList::Make(bits, 64).fault().reason, Reason::kFieldInvalid);
  }
}

TEST(StatusList, TSL14_RefusesDamagedStreamsAndLargeOnes) {
  const Bytes good = Deflate(Bytes(1000), 6);
  Bytes damaged = good;
  damaged.back() = static_cast<std::uint8_t>(damaged.back() ^ 1U);
  Bytes followed = good;
  followed.push_back(0);
  for (const Bytes& stream : {damaged, followed, Bytes(), Bytes(good.begin() + 2, good.end() - 4)}) {
    const Result<StatusList> list = StatusList::Decode(1, stream, 1000);
    ASSERT_FALSE(list.ok()) << "HOST-111";
    EXPECT_EQ(list.fault().reason, Reason::kStatus);
    EXPECT_EQ(list.fault().check, "TSL-14");
  }
  EXPECT_TRUE(StatusList::Decode(1, good, 1000).ok());
  const Result<StatusList> large = StatusList::Decode(1, good, 999);
  ASSERT_FALSE(large.ok()) << "HOST-110";
  EXPECT_EQ(large.fault().reason, Reason::kLimit);
}

TEST(StatusList, IsMadeOfWholeBytesWithinTheCap) {
  EXPECT_EQ(Made(2, 4).bytes().size(), 1U);
  EXPECT_EQ(Made(2, std::size_t{1} << 20).bytes().size(), std::size_t{1} << 18);
  EXPECT_EQ(Made(8, kStatusInflatedBytesMax).size(), kStatusInflatedBytesMax);
  EXPECT_EQ(StatusList::Make(2, 0).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(StatusList::Make(2, 5).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(StatusList::Make(1, 4).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(StatusList::Make(8, kStatusInflatedBytesMax + 1).fault().reason, Reason::kLimit);
  EXPECT_EQ(StatusList::Make(1, std::numeric_limits<std::size_t>::max() - 7).fault().reason, Reason::kLimit);
}

TEST(StatusList, KeepsTheNeighboursWhenOneEntryChanges) {
  StatusList list = Made(2, 8);
  for (std::uint64_t index = 0; index < 8; ++index) ASSERT_TRUE(list.Set(index, 3).ok());
  ASSERT_TRUE(list.Set(5, 0).ok());
  for (std::uint64_t index = 0; index < 8; ++index) EXPECT_EQ(*list.At(index), index == 5 ? 0 : 3);
  ASSERT_TRUE(list.Set(5, 2).ok());
  EXPECT_EQ(*list.At(5), 2);
}

TEST(StatusList, RefusesAValueThatDoesNotFit) {
  StatusList one = Made(1, 8);
  EXPECT_EQ(one.Set(0, static_cast<std::uint8_t>(StatusValue::kSuspended)).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(Made(2, 8).Set(0, 4).fault().reason, Reason::kFieldInvalid);
  EXPECT_EQ(*one.At(0), 0);
  StatusList eight = Made(8, 8);
  EXPECT_TRUE(eight.Set(0, 255).ok());
}

TEST(StatusJudgement, TSL17_AcceptsValidAndNothingElse) {
  EXPECT_TRUE(JudgeStatusValue(0).ok());
  EXPECT_EQ(JudgeStatusValue(1).fault().reason, Reason::kRevoked) << "HOST-112";
  EXPECT_EQ(JudgeStatusValue(2).fault().reason, Reason::kSuspended) << "HOST-112";
  for (int value = 3; value <= 255; ++value) {
    const Result<void> judged = JudgeStatusValue(static_cast<std::uint8_t>(value));
    ASSERT_FALSE(judged.ok()) << "HOST-112: " << value;
    EXPECT_EQ(judged.fault().reason, Reason::kStatus) << "HOST-112: " << value;
    EXPECT_EQ(judged.fault().check, "TSL-17");
  }
}

}  // namespace
}  // namespace passport
