// passport-samples --out DIR [--seed N] [--today YYYY-MM-DD]: writes the sample world into a folder.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "samples/generator/world.h"

namespace {

constexpr int kExitUsage = 64;
constexpr int kExitCannotWrite = 73;

struct Options {
  std::string out;
  std::uint64_t seed = 1;
  std::string today = "2026-11-22";
};

bool ParseOptions(int count, char** words, Options& options) {
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view name = words[i];
    const std::string_view value = words[i + 1];
    if (name == "--out") {
      options.out = value;
    } else if (name == "--today") {
      options.today = value;
    } else if (name == "--seed") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), options.seed);
      if (error != std::errc{} || end != value.data() + value.size()) return false;
    } else {
      return false;
    }
  }
  return count % 2 == 1 && !options.out.empty();
}

bool WriteFile(const std::filesystem::path& path, std::string_view content) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) return false;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  return file.good();
}

bool WriteWorld(const std::filesystem::path& folder, const passport::World& world) {
  bool written = WriteFile(folder / "world.json", passport::WorldJson(world));
  for (const auto& file : world.files) written = written && WriteFile(folder / file.path, file.content);
  for (const auto& file : world.variants) written = written && WriteFile(folder / file.path, file.content);
  return written;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  if (!ParseOptions(count, words, options)) {
    std::fputs("usage: passport-samples --out DIR [--seed N] [--today YYYY-MM-DD]\n", stderr);
    return kExitUsage;
  }
  const auto today = passport::CivilDay::Parse(options.today);
  if (!today.ok()) {
    std::fputs("passport-samples: --today is not a day like 2026-11-22\n", stderr);
    return kExitUsage;
  }
  const auto world = passport::MakeWorld({.seed = options.seed, .today = *today});
  if (!world.ok()) {
    std::fprintf(stderr, "passport-samples: %s\n", world.fault().detail.c_str());
    return kExitUsage;
  }
  if (!WriteWorld(options.out, *world)) {
    std::fprintf(stderr, "passport-samples: can not write into %s\n", options.out.c_str());
    return kExitCannotWrite;
  }
  std::size_t rows_good = 0;
  std::size_t rows_bad = 0;
  for (const auto& file : world->files) {
    rows_good += file.rows_good;
    rows_bad += file.bad_rows.size();
  }
  std::printf(
      "%zu organisations, %zu people, %zu records in %zu files: %zu good rows, %zu bad rows; see %s/world.json\n",
      world->organisations.size(), world->people.size(), passport::kSampleRecords, world->files.size(), rows_good,
      rows_bad, options.out.c_str());
  return 0;
}
