// A store of schema 2, made as a program of that schema made it, is raised: everything is still there, nothing of it in
// clear.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/stat.h>

#include <fstream>

#include "passport-service/acts/import_draft.h"
#include "passport-service/acts/raise_to_people_keys.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/sealed_receipt.h"
#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"
#include "tests/service/erasure/erasure_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t kTablesOfSchema2 = 30;

struct OldWorld : ErasureWorld {
  std::filesystem::path old() const { return scratch.path() / "old"; }
  std::string Sealed(const std::string& text, const std::string& context) {
    const auto bytes = [](const std::string& of) {
      return std::span(reinterpret_cast<const std::uint8_t*>(of.data()), of.size());
    };
    const auto sealed = keys->Seal(bytes(text), bytes(context)).value();
    return {sealed.begin(), sealed.end()};
  }

  // Every row of the store as schema 2 had it.
  void WriteOld();
  std::unique_ptr<RocksStore> Open() {
    RocksOptions options;
    options.folder = old();
    options.free_floor_bytes = 0;
    auto opened = RocksStore::Open(options);
    EXPECT_TRUE(opened.ok()) << opened.fault().detail;
    return std::move(opened).value();
  }

 private:
  std::string OldValue(Table table, const std::string& value);
  void Put(Table table, const std::string& key, const std::string& value) {
    ASSERT_TRUE(db->Put({}, handles.at(static_cast<std::size_t>(table)), key, value).ok());
  }
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
};

std::string OldWorld::OldValue(Table table, const std::string& value) {
  if (table == Table::kPerson) {
    const PersonRow row = Decode<PersonRow>(value).value();
    const auto holder = OpenHolder(*vault, row).value();
    FieldWriter out(RowKind::kPerson);
    out.Text(1, row.id.text()).Text(2, row.passport_code_hash).Text(3, holder.jwk).Text(4, holder.sealed);
    return out.Time(5, row.enrolled_at).Take();
  }
  if (table == Table::kCredential) {
    CredentialRow row = Decode<CredentialRow>(value).value();
    const std::string token = OpenToken(*vault, row)->value();
    row.sealed_token.clear();
    row.kid.clear();
    const std::string fields = Encode(row);
    const std::string slot_on = fields.substr(0, fields.find('\6', fields.find(row.kind)));
    const std::string no_field_14 = fields.substr(0, fields.size() - 2);
    return slot_on + FieldWriter().Text(5, token).Take() + no_field_14.substr(slot_on.size());
  }
  if (table == Table::kDraft) {
    DraftRow row = Decode<DraftRow>(value).value();
    const std::string place = "draft " + row.organisation.text() + " " + row.request.text() + " " + row.kind;
    row.sealed_fields =
        Sealed(*vault->Open(owner::Employee(row.organisation, row.number), place, row.sealed_fields).value(), place);
    const std::string fields = Encode(row);
    return fields.substr(0, fields.size() - 34);  // field 15
  }
  if (table == Table::kImport) {
    ImportRow row = Decode<ImportRow>(value).value();
    row.sealed_checker =
        Sealed(OpenChecker(*vault, row).value(), "checker " + row.organisation.text() + " " + row.import.text());
    return Encode(row);
  }
  if (table == Table::kReliance) {
    RelianceRow row = Decode<RelianceRow>(value).value();
    row.entry.sealed_receipt = Sealed(UnsealReceipt(*vault, row.entry)->value(),
                                      "reliance " + row.entry.organisation.text() + " " + row.entry.subject);
    return Encode(row);
  }
  return value;
}

void OldWorld::WriteOld() {
  rocks.reset();
  std::filesystem::create_directory(old());
  ASSERT_EQ(chmod(old().c_str(), 0700), 0);
  rocksdb::DBOptions settings;
  settings.create_if_missing = true;
  settings.create_missing_column_families = true;
  std::vector<rocksdb::ColumnFamilyDescriptor> tables;
  for (std::size_t at = 0; at < kTablesOfSchema2; ++at) {
    tables.emplace_back(kTableNames.at(at), rocksdb::ColumnFamilyOptions());
  }
  tables.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(settings, (old() / "tables").string(), tables, &handles, &opened).ok());
  db.reset(opened);
  const auto now = RocksTables::Open(data() / "tables", RocksTables::Create::kNothing, {}).value();
  for (std::size_t at = 0; at < kTablesOfSchema2; ++at) {
    const auto table = static_cast<Table>(at);
    ASSERT_TRUE(now->Scan(table, "", "",
                          [&](std::string_view key, std::string_view value) -> Result<bool> {
                            Put(table, std::string(key), OldValue(table, std::string(value)));
                            return true;
                          })
                    .ok());
  }
  for (const auto& [number, code] :
       {std::pair(kNumber, florrie.code), std::pair(std::string_view("WREN1"), wren.code)}) {
    const PersonId person = (*store.FindPersonByCode(Sha256(code)))->id;
    const std::string organisation = trust.organisation.text();
    FieldWriter row(RowKind::kEmploymentBySchema2);
    row.Text(1, organisation).Text(2, number).Text(3, person.text());
    Put(Table::kEmployment, KeyBuilder().Text(organisation).Text(number).Take(), row.Take());
    Put(Table::kEmployed, KeyBuilder().Text(organisation).Text(person.text()).Text(number).Take(), "");
  }
  for (auto* const handle : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  ASSERT_TRUE(db->Close().ok());
  db.reset();
  std::ofstream(old() / "STORE") << "staff passport store\nschema 2\n";
}

TEST(RaiseStore, OfSchema2KeepsEverythingAndNothingInClear) {
  OldWorld world;
  world.WriteOld();
  ASSERT_THAT(AllRows(world.old()), HasSubstr(std::string(ErasureWorld::kNumber))) << "it was in clear";
  auto store = world.Open();
  ASSERT_TRUE(store->raising());
  PersonVault vault(*store, *world.keys, world.random);
  RaiseToPeopleKeys raiser(*store, vault, *world.keys);
  const auto raised = store->Raise(raiser);
  ASSERT_TRUE(raised.ok()) << raised.fault().detail;
  EXPECT_FALSE(store->raising());
  EXPECT_EQ(world.Opens(*store), 2U);
  const auto employment = FindEmployee(*store, vault, world.trust.organisation, ErasureWorld::kNumber);
  ASSERT_TRUE(employment.ok() && employment->has_value());
  EXPECT_EQ((*employment)->person, world.FlorriesId());
  const auto relied = store->ReliancesOf(world.council.organisation, 0, 10);
  for (const RelianceRow& row : relied->rows) {
    EXPECT_TRUE(UnsealReceipt(vault, row.entry)->has_value());
  }
  const auto drafts = store->AllDrafts("", 10);
  ASSERT_EQ(drafts->rows.size(), 1U);
  EXPECT_EQ(OpenContent(vault, drafts->rows[0])->keys.national_insurance_number, "QQ123456C");
  EXPECT_EQ(world.HouseOf(*store), "clean");
  store.reset();
  const std::string bytes = AllBytes(world.old());
  const std::string rows = AllRows(world.old());
  for (const std::string& each : world.known) {
    EXPECT_THAT(rows, Not(HasSubstr(each)));
    EXPECT_THAT(bytes, Not(HasSubstr(each))) << "not in an old file either";
  }
}

// Seals as often as it is told, then no more.
class Fragile final : public RaiseSeals {
 public:
  Fragile(RaiseSeals& whole, int good) : whole_(whole), good_(good) {}
  Result<PersonRow> Raise(const PersonBySchema2& old) override { return Try<PersonRow>(old); }
  Result<EmploymentRow> Raise(const EmploymentBySchema2& old) override { return Try<EmploymentRow>(old); }
  Result<CredentialRow> Raise(CredentialRow row, std::string_view token) override {
    if (--good_ < 0) return Fault{Reason::kKeyStore, "", "gone"};
    return whole_.Raise(std::move(row), token);
  }
  Result<StandingRecordRow> Raise(const StandingRecordRow& row) override { return Try<StandingRecordRow>(row); }
  Result<DraftRow> Raise(DraftRow row) override { return Try<DraftRow>(row); }
  Result<ImportRow> Raise(ImportRow row) override { return Try<ImportRow>(row); }
  Result<RelianceRow> Raise(RelianceRow row) override { return Try<RelianceRow>(row); }
  Result<OverrideRow> Raise(OverrideRow row) override { return Try<OverrideRow>(row); }

 private:
  template <class To, class From>
  Result<To> Try(const From& from) {
    if (--good_ < 0) return Fault{Reason::kKeyStore, "", "gone"};
    return whole_.Raise(from);
  }
  RaiseSeals& whole_;
  int good_;
};

// The keys fail in the middle, as if the program had ended there; the next start goes on.
TEST(RaiseStore, GoesOnWhereItWasCutOff) {
  OldWorld world;
  world.WriteOld();
  int starts = 0;
  for (bool raising = true; raising; ++starts) {
    ASSERT_LT(starts, 40);
    const auto store = world.Open();
    PersonVault vault(*store, *world.keys, world.random);
    RaiseToPeopleKeys whole(*store, vault, *world.keys);
    Fragile fragile(whole, starts);
    static_cast<void>(store->Raise(fragile));
    raising = store->raising();
    if (!raising) {
      EXPECT_EQ(world.Opens(*store), 2U);
      EXPECT_EQ(world.HouseOf(*store), "clean");
    }
  }
  EXPECT_GT(starts, 2);
}

}  // namespace
}  // namespace passport
