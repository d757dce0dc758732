// Runs a fuzz target without libFuzzer: every file of the folders named on the command line, and mutations of them.
//
// The mutations come from a fixed seed, so a failure today is a failure tomorrow. A folder that does not exist holds no
// files; a file that can not be read is an error. The target reports a defect by ending the process.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kRunsOfMutations = 4000;
constexpr std::size_t kInputBytesMax = 1 << 20;

// Below `end`, which is at least 1.
std::size_t Below(std::size_t end, std::mt19937_64& chance) { return static_cast<std::size_t>(chance() % end); }

void Run(const Bytes& input) { LLVMFuzzerTestOneInput(input.data(), input.size()); }

bool ReadFolder(const std::filesystem::path& folder, std::vector<Bytes>& seeds) {
  if (!std::filesystem::is_directory(folder)) return true;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    Bytes bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
      std::fprintf(stderr, "can not read %s\n", path.c_str());
      return false;
    }
    seeds.push_back(std::move(bytes));
  }
  return true;
}

// One small change: flip a bit, put an interesting byte, drop, repeat or swap in a piece, or cut the end.
void Mutate(Bytes& bytes, const Bytes& other, std::mt19937_64& chance) {
  static constexpr std::uint8_t kInteresting[] = {0x00, 0x01, 0x0a, 0x20, 0x22, 0x2c, 0x2e, 0x2f, 0x30, 0x3d,
                                                  0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x7e, 0x7f, 0x80, 0xc0, 0xff};
  if (bytes.empty()) {
    bytes.push_back(static_cast<std::uint8_t>(chance()));
    return;
  }
  const std::size_t at = Below(bytes.size(), chance);
  const std::size_t length = 1 + Below(std::min<std::size_t>(bytes.size() - at, 32), chance);
  const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
  const auto to = from + static_cast<std::ptrdiff_t>(length);
  switch (Below(6, chance)) {
    case 0:
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << Below(8, chance)));
      break;
    case 1:
      bytes[at] = kInteresting[Below(std::size(kInteresting), chance)];
      break;
    case 2:
      bytes.erase(from, to);
      break;
    case 3: {
      const Bytes piece(from, to);
      bytes.insert(from, piece.begin(), piece.end());
      break;
    }
    case 4:
      for (std::size_t i = 0; i < length && at + i < other.size(); ++i) bytes[at + i] = other[at + i];
      break;
    default:
      bytes.resize(at);
      break;
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Bytes> seeds = {{}, {'{', '}'}, Bytes(300, '['), Bytes(70'000, 'A')};
  for (const char* folder : std::span<char*>(argv, static_cast<std::size_t>(argc)).subspan(1)) {
    if (!ReadFolder(folder, seeds)) return 1;
  }
  for (const Bytes& seed : seeds) Run(seed);

  std::mt19937_64 chance(20'230'607);
  for (std::size_t run = 0; run < kRunsOfMutations; ++run) {
    Bytes input = seeds[run % seeds.size()];
    const Bytes& other = seeds[Below(seeds.size(), chance)];
    if (input.size() > kInputBytesMax) input.resize(kInputBytesMax);
    for (std::size_t changes = 1 + Below(4, chance); changes > 0; --changes) Mutate(input, other, chance);
    Run(input);
  }
  std::printf("%zu files and seeds, %zu mutations\n", seeds.size(), kRunsOfMutations);
  return 0;
}
