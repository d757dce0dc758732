// A key store in a folder of its own, cheap to open.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "keys/file_key_store.h"
#include "keys/system_random.h"

namespace passport {

inline Secret SecretOf(std::string_view text) {
  return Secret(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}
inline std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "keys-test-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline void WriteText(const std::filesystem::path& path, std::string_view text, ::mode_t mode = 0600) {
  {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
  }
  EXPECT_EQ(::chmod(path.c_str(), mode), 0);
}

// Tests open stores in some 60 ms; kLeastCost is refused where kProductionCost is asked for.
class KeyStoreFixture : public ::testing::Test {
 protected:
  static constexpr std::string_view kWords = "correct horse battery staple";
  static constexpr Instant kNow{1'795'000'000};

  void SetUp() override { ASSERT_TRUE(Make(folder()).ok()); }
  std::filesystem::path folder() const { return temporary_.path() / "keys"; }
  std::filesystem::path folder(std::string_view name) const { return temporary_.path() / name; }
  Result<void> Make(const std::filesystem::path& path) {
    return FileKeyStore::Create(path, SecretOf(kWords), kLeastCost, random_);
  }
  Result<FileKeyStore> Open() { return Open(folder()); }
  Result<FileKeyStore> Open(const std::filesystem::path& path, std::string_view words = kWords) {
    return FileKeyStore::Open(path, SecretOf(words), kLeastCost, random_);
  }
  static OrganisationId Trust() { return OrganisationId::Parse("ods:RC9").value(); }
  static OrganisationId Council() { return OrganisationId::Parse("ons:E06000032").value(); }

  TemporaryFolder temporary_;
  SystemRandom random_;
};

// The fault of something that must not have worked.
template <class T>
Fault FaultOf(const Result<T>& result) {
  EXPECT_FALSE(result.ok());
  return result.ok() ? Fault{Reason::kNone, "", ""} : result.fault();
}

}  // namespace passport
