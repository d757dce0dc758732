#include "tests/service/erasure/erasure_world.h"

#include <rocksdb/db.h>

#include <fstream>
#include <iterator>

#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

constexpr std::string_view kChecker = "Example-Dunnock, Iris";

MemoryStore::FailureHook Into(Mirrored& mirrored) {
  return [&mirrored](const Changes& changes) -> std::optional<MemoryStore::Failure> {
    static_cast<void>(mirrored.rocks->Apply(changes));  // refused there as here
    return std::nullopt;
  };
}

}  // namespace

std::string AllBytes(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

std::string AllRows(const std::filesystem::path& data) {
  const std::string path = (data / "tables").string();
  std::vector<std::string> names;
  EXPECT_TRUE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> tables;
  for (const std::string& name : names) tables.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  EXPECT_TRUE(rocksdb::DB::OpenForReadOnly({}, path, tables, &handles, &opened).ok());
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::string all;
  for (auto* const handle : handles) {
    const std::unique_ptr<rocksdb::Iterator> at(db->NewIterator({}, handle));
    for (at->SeekToFirst(); at->Valid(); at->Next()) all += at->key().ToString() + " " + at->value().ToString() + "\n";
    db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  return all;
}

Mirrored::Mirrored() {
  RocksOptions options;
  options.folder = data();
  options.create = true;
  options.free_floor_bytes = 0;
  rocks = RocksStore::Open(options).value();
}

void Mirrored::Reopen() {
  rocks.reset();
  RocksOptions options;
  options.folder = data();
  options.free_floor_bytes = 0;
  rocks = RocksStore::Open(options).value();
}

ErasureWorld::ErasureWorld()
    : RelyingWorld(Into(*this)), florrie(Hire(kNumber)), wren(Hire("WREN1")), florrie_subject() {
  ImportFlorrie();
  const auto relied = Rely(council, florrie);
  EXPECT_TRUE(relied.ok());
  florrie_subject = relied->presentation.holder();
  EXPECT_TRUE(Rely(council, wren).ok());
  const auto old = Rely(council, florrie, "mover");
  EXPECT_TRUE(old.ok());
  const std::optional<CredentialRow> row = *store.FindCredential(trust.organisation, florrie.training);
  const std::string token = OpenToken(*vault, *row)->value();
  known = {std::string(kNumber),
           "QQ123456C",
           "example-avocet",
           "1975-07-13",
           "Example Kingfisher",
           florrie.code,
           token.substr(token.find('.') + 20, 60),
           token.substr(token.find('~'), 40),
           relied->receipt.substr(relied->receipt.find('.') + 40, 60),
           std::string(kChecker)};
}

void ErasureWorld::ImportFlorrie() {
  StagedRow row{.line = 2,
                .part = 0,
                .keys = {.employee_number = std::string(kNumber),
                         .national_insurance_number = "QQ123456C",
                         .name = "example-avocet, florrie",
                         .date_of_birth = "1975-07-13"},
                .kind = "mandatory_training",
                .fields = TrainingOrder("unused", kNumber, {{"subject", "fire_safety"}, {"level", "1"}}).fields};
  for (Record::Field& field : row.fields) {
    if (field.first == "provider") field.second = "Example Kingfisher College";
  }
  StageImport stage(store, *vault, clock, [](const Record&, const CivilDay&) { return Result<void>(); });
  const auto staging =
      stage({.by = trust, .file = Request("f1"), .source = "learning", .checker = std::string(kChecker)});
  ASSERT_TRUE(staging.ok() && (*staging)->Take(std::span(&row, 1)).ok() && (*staging)->Finish().ok());
  const auto match = LearnKeys(store, *vault, trust.organisation, row.keys, FlorriesId());
  ASSERT_TRUE(match.ok() && ApplyNow(store, *match).ok());
}

PersonId ErasureWorld::FlorriesId() { return (*store.FindPersonByCode(Sha256(florrie.code)))->id; }

std::string ErasureWorld::EraseFlorrie(const Caller& by, const std::optional<OrganisationId>& of) {
  const auto erased = Erasing()({.by = by,
                                 .request = Request("erase"),
                                 .organisation = of,
                                 .employee_number = std::string(kNumber),
                                 .why = "person_asked"});
  if (erased.ok()) counts = *erased;
  return WordsOf(erased);
}

std::string ErasureWorld::EraseSubject(const Caller& by, const std::string& subject,
                                       const std::optional<OrganisationId>& of) {
  const auto erased = Erasing()(
      {.by = by, .request = Request("erase-subject"), .organisation = of, .subject = subject, .why = "person_asked"});
  if (erased.ok()) counts = *erased;
  return WordsOf(erased);
}

void ErasureWorld::TakeOver(const Caller& of, const Caller& successor) {
  OrganisationRow row = **store.FindOrganisation(of.organisation);
  row.successions.push_back({SuccessionKind::kAcquired, successor.organisation, clock.now});
  ++row.revision;
  EXPECT_EQ(store.Apply({ReplaceOrganisation{row}}).outcome, CommitOutcome::kDone);
  clock.now = clock.now + Seconds{1};
}

std::vector<std::string> ErasureWorld::FlorriesKeys() {
  const PersonId person = FlorriesId();
  const Digest number = EmployeeNumberDigest(*vault, trust.organisation, kNumber).value();
  std::vector<std::string> wrapped;
  for (const DataOwner& each :
       {owner::Holder(person), owner::Person(trust.organisation, person), owner::Employee(trust.organisation, number),
        owner::Credential(trust.organisation, florrie.training),
        owner::Subject(council.organisation, florrie_subject)}) {
    const auto row = store.FindDataKey(each);
    EXPECT_TRUE(row.ok() && row->has_value()) << each.subject;
    wrapped.push_back((*row)->wrapped);
  }
  return wrapped;
}

std::string ErasureWorld::Evidence() {
  ReadEvidence read = ReadingEvidence();
  auto under_way = read.Begin({.by = council, .employee_number = {}, .subject = {}});
  if (!under_way.ok()) return under_way.fault().detail;
  EvidenceCheck check(Pinned());
  const auto line = [](std::string text) {
    text.pop_back();
    return text;
  };
  const auto head = check.Begin(line(EvidenceFileHeader(under_way->signed_head, under_way->registry_token)));
  if (!head.ok()) return head.fault().detail;
  std::size_t count = 0;
  for (;;) {
    const auto items = read.Next(*under_way, 2);
    if (!items.ok()) return items.fault().detail;
    if (items->empty()) break;
    for (const ReadEvidence::Item& item : *items) {
      const auto checked = check.Next(line(EvidenceFileItem(item.item, item.overrides)));
      if (!checked.ok()) return checked.fault().detail;
      ++count;
    }
  }
  const auto end = check.End();
  return end.ok() ? "ok " + std::to_string(count) : end.fault().detail;
}

std::size_t ErasureWorld::Opens(Store& other) {
  PersonVault theirs(other, *keys, random);
  std::size_t opened = 0;
  const auto page = other.CredentialsOf(trust.organisation, "", 1000);
  for (const CredentialRow& row : page->rows) {
    const auto token = OpenToken(theirs, row);
    EXPECT_TRUE(token.ok());
    if (token.ok() && token->has_value()) ++opened;
  }
  return opened;
}

std::string ErasureWorld::HouseOf(Store& other) {
  const auto report = CheckHouse(other);
  if (!report.ok()) return report.fault().detail;
  std::string all;
  for (const std::string& violation : report->violations) all += violation + "\n";
  return all.empty() ? "clean" : all;
}

}  // namespace passport
