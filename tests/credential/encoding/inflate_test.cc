#include "credential/encoding/inflate.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <random>
#include <string_view>

namespace passport {
namespace {

using Bytes = std::vector<std::uint8_t>;

// window_bits as zlib's deflateInit2 has them: 15 zlib, -15 raw, 31 gzip.
Bytes Compressed(const Bytes& bytes, int level, int window_bits, std::string_view dictionary = "") {
  z_stream state{};
  EXPECT_EQ(deflateInit2(&state, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  if (!dictionary.empty()) {
    const Bytes words(dictionary.begin(), dictionary.end());
    EXPECT_EQ(deflateSetDictionary(&state, words.data(), static_cast<uInt>(words.size())), Z_OK);
  }
  Bytes out(deflateBound(&state, static_cast<uLong>(bytes.size())) + 64);
  state.next_in = const_cast<Bytef*>(bytes.data());
  state.avail_in = static_cast<uInt>(bytes.size());
  state.next_out = out.data();
  state.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&state, Z_FINISH), Z_STREAM_END);
  out.erase(out.end() - state.avail_out, out.end());
  deflateEnd(&state);
  return out;
}

Bytes Sample(std::size_t size) {
  std::mt19937_64 chance(7);
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(chance() % 7 == 0 ? chance() % 4 : 0);
  return bytes;
}

TEST(Inflate, GoesThereAndBackAtEveryLevel) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, std::size_t{300'000}}) {
    const Bytes bytes = Sample(size);
    for (int level = 1; level <= 9; ++level) {
      const Result<Bytes> back = Inflate(Deflate(bytes, level), size);
      ASSERT_TRUE(back.ok()) << size << " bytes, level " << level;
      EXPECT_EQ(*back, bytes);
    }
  }
}

TEST(Inflate, TSL14_ReadsAllFourZlibHeaders) {
  struct Row {
    int level;
    std::uint8_t second_byte;
  };
  constexpr Row kRows[] = {{1, 0x01}, {5, 0x5e}, {6, 0x9c}, {9, 0xda}};
  const Bytes bytes = Sample(500);
  for (const Row& row : kRows) {
    const Bytes stream = Compressed(bytes, row.level, 15);
    ASSERT_EQ(stream[0], 0x78);
    ASSERT_EQ(stream[1], row.second_byte);
    const Result<Bytes> back = Inflate(stream, 500);
    ASSERT_TRUE(back.ok()) << "HOST-111, header 78 of level " << row.level;
    EXPECT_EQ(*back, bytes);
  }
}

TEST(Inflate, TSL14_RefusesAnythingButOneWholeStream) {
  const Bytes bytes = Sample(5000);
  const Bytes good = Deflate(bytes, 6);
  const auto changed = [&](std::size_t at) {
    Bytes other = good;
    other[at] = static_cast<std::uint8_t>(other[at] ^ 1U);
    return other;
  };
  const auto joined = [&](Bytes tail) {
    Bytes all = good;
    all.insert(all.end(), tail.begin(), tail.end());
    return all;
  };
  struct Row {
    std::string_view what;
    Bytes stream;
  };
  const Row rows[] = {
      {"HOST-111, raw DEFLATE", Compressed(bytes, 6, -15)},
      {"HOST-111, gzip", Compressed(bytes, 6, 31)},
      {"HOST-111, bad Adler-32, last byte", changed(good.size() - 1)},
      {"HOST-111, bad Adler-32, first byte", changed(good.size() - 4)},
      {"HOST-111, no Adler-32", Bytes(good.begin(), good.end() - 4)},
      {"HOST-111, truncated by one byte", Bytes(good.begin(), good.end() - 1)},
      {"HOST-111, truncated in the middle",
       Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(good.size() / 2))},
      {"HOST-111, only the header", Bytes(good.begin(), good.begin() + 2)},
      {"HOST-111, nothing", Bytes()},
      {"HOST-111, preset dictionary", Compressed(bytes, 6, 15, "a dictionary nobody has")},
      {"HOST-111, one byte after the stream", joined({0})},
      {"HOST-111, two streams", joined(good)},
      {"header with a wrong check", changed(1)},
      {"not compressed at all", bytes},
  };
  for (const Row& row : rows) {
    const Result<Bytes> back = Inflate(row.stream, 1 << 20);
    ASSERT_FALSE(back.ok()) << row.what;
    EXPECT_EQ(back.fault().reason, Reason::kMalformed) << row.what;
    EXPECT_EQ(back.fault().check, "TSL-14") << row.what;
  }
}

TEST(Inflate, RefusesEveryTruncation) {
  const Bytes good = Deflate(Sample(2000), 9);
  for (std::size_t size = 0; size < good.size(); ++size) {
    ASSERT_FALSE(Inflate(std::span(good).first(size), 2000).ok()) << size;
  }
}

TEST(Inflate, StopsExactlyOnePastTheCap) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{65'535}, std::size_t{65'536}, std::size_t{65'537},
                                 std::size_t{131'072}, std::size_t{1'000'000}}) {
    const Bytes stream = Deflate(Bytes(size), 6);
    EXPECT_TRUE(Inflate(stream, size).ok()) << size;
    EXPECT_TRUE(Inflate(stream, size + 1).ok()) << size;
    const Result<Bytes> past = Inflate(stream, size - 1);
    ASSERT_FALSE(past.ok()) << size;
    EXPECT_EQ(past.fault().reason, Reason::kLimit);
    EXPECT_EQ(past.fault().check, "TSL-14");
  }
}

// A stream that promises `chunks` MiB of zeros: after a full flush every MiB compresses to the same bytes, so they are
// made once and repeated.
Bytes Bomb(std::size_t chunks) {
  const Bytes zeros(std::size_t{1} << 20);
  z_stream state{};
  EXPECT_EQ(deflateInit(&state, 9), Z_OK);
  Bytes first(8192);
  Bytes chunk(8192);
  for (Bytes* out : {&first, &chunk}) {
    state.next_in = const_cast<Bytef*>(zeros.data());
    state.avail_in = static_cast<uInt>(zeros.size());
    state.next_out = out->data();
    state.avail_out = static_cast<uInt>(out->size());
    EXPECT_EQ(deflate(&state, Z_FULL_FLUSH), Z_OK);
    out->erase(out->end() - state.avail_out, out->end());
  }
  deflateEnd(&state);
  Bytes bomb = first;
  bomb.reserve(first.size() + chunks * chunk.size());
  for (std::size_t i = 1; i < chunks; ++i) bomb.insert(bomb.end(), chunk.begin(), chunk.end());
  return bomb;
}

TEST(Inflate, TSL14_StopsABombOfTenGibibytesWithFlatMemory) {
  const Bytes bomb = Bomb(10 * 1024);  // HOST-110
  ASSERT_GT(bomb.size(), std::size_t{9} << 20);
  ASSERT_LT(bomb.size(), std::size_t{12} << 20);
  rusage before{};
  rusage after{};
  getrusage(RUSAGE_SELF, &before);
  const Result<Bytes> back = Inflate(bomb, std::size_t{8} << 20);
  getrusage(RUSAGE_SELF, &after);
  ASSERT_FALSE(back.ok());
  EXPECT_EQ(back.fault().reason, Reason::kLimit);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 * 1024) << "KiB more than before";
}

TEST(Inflate, TSL14_ReadsALegitimateListThatCompressesAThousandToOne) {
  const Bytes list(std::size_t{1} << 20);  // HOST-110: 2^20 entries of 8 bits
  const Bytes stream = Deflate(list, 9);
  EXPECT_GT(list.size() / stream.size(), 900U);
  const Result<Bytes> back = Inflate(stream, std::size_t{8} << 20);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(*back, list);
}

TEST(Inflate, SurvivesDamageAnywhere) {
  const Bytes bytes = Sample(3000);
  const Bytes good = Deflate(bytes, 6);
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      Bytes damaged = good;
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1U << bit));
      const Result<Bytes> back = Inflate(damaged, 100'000);
      // The compression level in the header means nothing to a reader; all other damage shows.
      if (back.ok()) {
        ASSERT_EQ(*back, bytes) << at;
      }
    }
  }
}

}  // namespace
}  // namespace passport
