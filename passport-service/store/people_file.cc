#include "passport-service/store/people_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>

namespace passport {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPeopleFirstLine = "staff passport people 1\n";
constexpr std::string_view kEnd = "end";  // in the place of a table
constexpr std::uint32_t kPartMax = 16U << 20U;

Fault NotWritten() { return {Reason::kDataFolder, "", "the file people of the backup can not be written"}; }
Fault Damaged() { return {Reason::kDataFolder, "", "the file people of the backup is damaged"}; }

std::string U32(std::uint32_t number) { return KeyBuilder().U32(number).Take(); }
std::string Part(std::string_view text) { return U32(static_cast<std::uint32_t>(text.size())).append(text); }
std::string_view NameOf(Table table) { return kTableNames.at(static_cast<std::size_t>(table)); }

struct CloseFile {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};

// Each row hashes what was before it, so the last digest stands for the whole file.
class PeopleWriter {
 public:
  static Result<PeopleWriter> Open(const fs::path& path) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return NotWritten();
    return PeopleWriter(fdopen(file, "wb"));
  }
  Result<void> Put(std::string_view bytes) {
    std::string with(digest_.begin(), digest_.end());
    digest_ = Sha256(with.append(bytes));
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) return NotWritten();
    return {};
  }
  Result<void> Finish() {
    const bool written = std::fwrite(digest_.data(), 1, digest_.size(), file_.get()) == digest_.size() &&
                         std::fflush(file_.get()) == 0 && fsync(fileno(file_.get())) == 0;
    if (!written) return NotWritten();
    return {};
  }

 private:
  explicit PeopleWriter(std::FILE* file) : file_(file) {}
  std::unique_ptr<std::FILE, CloseFile> file_;
  Digest digest_{};
};

// The same way back.
class PeopleReader {
 public:
  explicit PeopleReader(const fs::path& path) : in_(path, std::ios::binary) {}
  bool opened() const { return in_.is_open(); }
  Result<std::string> Take(std::size_t size) {
    std::string bytes(size, '\0');
    in_.read(bytes.data(), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(in_.gcount()) != size) return Damaged();
    return bytes;
  }
  void Count(std::string_view bytes) {
    std::string with(digest_.begin(), digest_.end());
    digest_ = Sha256(with.append(bytes));
  }
  Result<std::string> Part(std::string& all) {
    TRY_ASSIGN(const std::string length, Take(4));
    const std::uint32_t size = KeyReader(length).U32().value_or(0);
    if (size > kPartMax) return Damaged();
    TRY_ASSIGN(std::string part, Take(size));
    all += length + part;
    return part;
  }
  Result<void> End() {
    TRY_ASSIGN(const std::string sum, Take(digest_.size()));
    const bool whole = std::equal(sum.begin(), sum.end(), digest_.begin(),
                                  [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
    if (!whole || in_.peek() != std::ifstream::traits_type::eof()) return Damaged();
    return {};
  }

 private:
  std::ifstream in_;
  Digest digest_{};
};

Result<void> SyncFolder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!synced) return NotWritten();
  return {};
}

}  // namespace

Result<std::uint64_t> WritePeople(const RocksTables& tables, std::uint32_t version, const fs::path& file) {
  const fs::path draft = file.string() + ".new";
  std::uint64_t rows = 0;
  {
    TRY_ASSIGN(PeopleWriter out, PeopleWriter::Open(draft));
    TRY(out.Put(std::string(kPeopleFirstLine) + U32(version)));
    const auto put = [&](Table table, std::string_view key, std::string_view value) -> Result<bool> {
      TRY(out.Put(Part(NameOf(table)) + Part(key) + Part(value)));
      ++rows;
      return true;
    };
    for (const Table table : kPeopleTables) {
      TRY(tables.Scan(table, "", "",
                      [&](std::string_view key, std::string_view value) { return put(table, key, value); }));
    }
    TRY(out.Put(Part(kEnd)));
    TRY(out.Finish());
  }
  std::error_code error;
  fs::rename(draft, file, error);
  if (error) return NotWritten();
  TRY(SyncFolder(file.parent_path()));
  return rows;
}

Result<PeopleHead> ReadPeople(const fs::path& file, const VisitPeople& visit) {
  PeopleReader in(file);
  if (!in.opened()) return Fault{Reason::kDataFolder, "", "the backup has no file people"};
  TRY_ASSIGN(const std::string first, in.Take(kPeopleFirstLine.size() + 4));
  if (!first.starts_with(kPeopleFirstLine)) return Damaged();
  in.Count(first);
  PeopleHead head{.version = KeyReader(std::string_view(first).substr(kPeopleFirstLine.size())).U32().value_or(0)};
  for (;;) {
    std::string row;
    TRY_ASSIGN(const std::string name, in.Part(row));
    if (name == kEnd) {
      in.Count(row);
      break;
    }
    const auto* const table =
        std::find_if(kPeopleTables.begin(), kPeopleTables.end(), [&](Table each) { return NameOf(each) == name; });
    if (table == kPeopleTables.end()) return Damaged();
    TRY_ASSIGN(const std::string key, in.Part(row));
    TRY_ASSIGN(const std::string value, in.Part(row));
    in.Count(row);
    TRY(visit(*table, key, value));
    ++head.rows;
  }
  TRY(in.End());
  return head;
}

}  // namespace passport
