// The part of a backup that holds the keys of people and what finds them: rows of some tables, in one file that is
// written whole and replaced by the next.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "passport-service/store/rocks_tables.h"

namespace passport {

// Never in records/.
inline constexpr std::array kPeopleTables = {
    Table::kKeeperKey, Table::kDataKey,    Table::kEmployee,      Table::kEmployeeOf,       Table::kMatchKey,
    Table::kMatchOf,   Table::kInvitation, Table::kInvitationFor, Table::kInvitationExpiry, Table::kIdentityCheck};

// Writes the tables of people for the version of records that is about to be made, beside `file`, then renames it into
// its place. Durable on return: how many rows. Fails with kDataFolder and as the tables do.
Result<std::uint64_t> WritePeople(const RocksTables& tables, std::uint32_t version, const std::filesystem::path& file);

struct PeopleHead {
  std::uint32_t version = 0;  // of records it was made for
  std::uint64_t rows = 0;
};
// Reads it to the end, row by row, and checks the sum over all of it; rows that were visited before a fault must not
// be used. Fails with kDataFolder and as the visitor does.
using VisitPeople = std::function<Result<void>(Table table, std::string_view key, std::string_view value)>;
Result<PeopleHead> ReadPeople(const std::filesystem::path& file, const VisitPeople& visit);

}  // namespace passport
