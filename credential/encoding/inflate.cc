#include "credential/encoding/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace passport {
namespace {

Fault BadZlib(std::string_view what) { return {Reason::kMalformed, "TSL-14", "zlib: " + std::string(what)}; }

}  // namespace

Result<std::vector<std::uint8_t>> Inflate(std::span<const std::uint8_t> stream, std::size_t output_bytes_max) {
  constexpr std::size_t kStep = 64 * 1024;
  constexpr std::size_t kStepMax = std::size_t{1} << 30;  // zlib counts in 32 bits
  if (stream.size() > std::numeric_limits<uInt>::max()) return Fault{Reason::kLimit, "TSL-14", "zlib: stream too long"};
  z_stream state{};
  if (inflateInit2(&state, 15) != Z_OK) return Fault{Reason::kLimit, "TSL-14", "zlib: no memory"};
  struct End {
    z_stream* state;
    ~End() { inflateEnd(state); }
  } const end{&state};
  state.next_in = const_cast<Bytef*>(stream.data());
  state.avail_in = static_cast<uInt>(stream.size());
  std::vector<std::uint8_t> out;
  int code = Z_OK;
  while (code == Z_OK) {
    if (out.size() > output_bytes_max) return Fault{Reason::kLimit, "TSL-14", "zlib: larger than allowed"};
    const std::size_t filled = out.size();
    // One byte more than allowed, so that "exactly the limit" and "past the limit" differ.
    const std::size_t step = std::min(std::clamp(filled, kStep, kStepMax), output_bytes_max - filled + 1);
    out.resize(filled + step);
    state.next_out = out.data() + filled;
    state.avail_out = static_cast<uInt>(step);
    code = inflate(&state, Z_NO_FLUSH);
    out.resize(filled + step - state.avail_out);
    if (code == Z_BUF_ERROR || (code == Z_OK && state.avail_in == 0 && state.avail_out != 0))
      return BadZlib("truncated");
  }
  if (code == Z_NEED_DICT) return BadZlib("preset dictionary");
  if (code != Z_STREAM_END) return BadZlib("damaged");
  if (out.size() > output_bytes_max) return Fault{Reason::kLimit, "TSL-14", "zlib: larger than allowed"};
  if (state.avail_in != 0) return BadZlib("bytes after the stream");
  return out;
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
