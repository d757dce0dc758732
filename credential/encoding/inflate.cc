#include "credential/encoding/inflate.h"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace passport {
namespace {

Fault BadZlib(std::string_view what) { return {Reason::kMalformed, "TSL-14", "zlib: " + std::string(what)}; }
Fault ZlibLimit(std::string_view what) { return {Reason::kLimit, "TSL-14", "zlib: " + std::string(what)}; }

// What one thread inflates with. Room is kept for the next stream: new pages cost more than what is written to them.
struct InflateBench {
  struct Free {
    void operator()(libdeflate_decompressor* pointer) const { libdeflate_free_decompressor(pointer); }
  };
  std::unique_ptr<libdeflate_decompressor, Free> decompressor{libdeflate_alloc_decompressor()};
  std::unique_ptr<std::uint8_t[]> room;
  std::size_t room_bytes = 0;

  // Holds anything, not what it held before.
  std::uint8_t* RoomFor(std::size_t bytes) {
    if (bytes > room_bytes) {
      room = std::make_unique_for_overwrite<std::uint8_t[]>(bytes);
      room_bytes = bytes;
    }
    return room.get();
  }
  void GiveBackBeyond(std::size_t bytes) {
    if (room_bytes <= bytes) return;
    room = nullptr;
    room_bytes = 0;
  }
};
InflateBench& ThreadInflateBench() {
  static thread_local InflateBench bench;
  return bench;
}

Result<std::vector<std::uint8_t>> InflateWith(InflateBench& bench, std::span<const std::uint8_t> stream,
                                              std::size_t output_bytes_max) {
  constexpr std::size_t kRoomMin = 64 * 1024;
  constexpr std::size_t kUsualRatio = 16;  // of a list with one entry in a hundred set
  std::size_t room = std::min(std::max(kRoomMin, stream.size() * kUsualRatio), output_bytes_max);
  for (;; room = room > output_bytes_max / 4 ? output_bytes_max : room * 4) {
    std::uint8_t* const out = bench.RoomFor(room);
    std::size_t read = 0;
    std::size_t written = 0;
    switch (libdeflate_zlib_decompress_ex(bench.decompressor.get(), stream.data(), stream.size(), out, room, &read,
                                          &written)) {
      case LIBDEFLATE_SUCCESS:
        if (read != stream.size()) return BadZlib("bytes after the stream");
        return std::vector<std::uint8_t>(out, out + written);
      case LIBDEFLATE_INSUFFICIENT_SPACE:
        if (room == output_bytes_max) return ZlibLimit("larger than allowed");
        break;
      case LIBDEFLATE_BAD_DATA:
      case LIBDEFLATE_SHORT_OUTPUT:
        return BadZlib("damaged, truncated or of another kind");
    }
  }
}

}  // namespace

// libdeflate wants room for everything at once, and a stream does not say how large it is: room grows fourfold until it
// is enough or all that is allowed, so nothing is read more than one and a third times.
Result<std::vector<std::uint8_t>> Inflate(std::span<const std::uint8_t> stream, std::size_t output_bytes_max) {
  constexpr std::size_t kKeptRoomMax = std::size_t{1} << 20;
  InflateBench& bench = ThreadInflateBench();
  if (bench.decompressor == nullptr) return ZlibLimit("no memory");
  Result<std::vector<std::uint8_t>> bytes = InflateWith(bench, stream, output_bytes_max);
  bench.GiveBackBeyond(kKeptRoomMax);
  return bytes;
}

std::vector<std::uint8_t> Deflate(std::span<const std::uint8_t> bytes, int level) {
  uLongf length = compressBound(static_cast<uLong>(bytes.size()));
  std::vector<std::uint8_t> out(length);
  const int code = compress2(out.data(), &length, bytes.data(), static_cast<uLong>(bytes.size()), level);
  if (code != Z_OK) std::abort();  // a level that does not exist, or no memory
  out.resize(length);
  return out;
}

}  // namespace passport
