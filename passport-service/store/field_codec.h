// The form of a stored row: numbered fields in one canonical order.
//
// A row is: version (1), kind (RowKind), then fields. A field is: number (one byte, 1 to 255), length (LEB128, shortest
// form, below 2^32), content. Fields stand in ascending order of their number; only a list has several of one number.
// Contents: text as it is; a number big-endian without leading zeros (zero is empty); a time as 8 bytes two's
// complement big-endian; a nested row as its fields, without version and kind.
//
// There is one encoding for each row, so equal rows are equal bytes. A reader refuses what it does not know: dropping a
// field it has never heard of would lose it with the next change. A field is never renumbered or reused; a new one gets
// the next number and a default for rows without it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// On disks: never renumbered.
enum class RowKind : std::uint8_t {
  kOrganisation = 1,
  kPerson = 2,
  kEmploymentBySchema2 = 3,  // with the employee number in clear
  kStatusList = 4,
  kIntent = 5,
  kCredential = 6,
  kAnswer = 7,
  kChallenge = 8,
  kDocument = 9,
  kAudit = 10,
  kEvent = 11,
  kStandingRecord = 12,
  kMatchKey = 13,
  kImport = 14,
  kDraft = 15,
  kImportSeries = 16,
  kReliance = 17,
  kRelianceLink = 18,
  kOverride = 19,
  kAuditLast = 20,
  kSystem = 21,
  kCertificate = 22,
  kProposal = 25,
  kKeeperKey = 30,
  kDataKey = 31,
  kEmployment = 32,
  kHolderKey = 40,
  kInvitation = 41,
  kIdentityCheck = 42,
  kRebinding = 45,
  kDispute = 46,
  kUnlock = 47,
  kShare = 50,
  kShareNotice = 51,
  kShareLook = 52,
};
inline constexpr std::uint8_t kRowVersion = 1;

class FieldWriter {
 public:
  FieldWriter() = default;  // a nested row
  explicit FieldWriter(RowKind kind);
  FieldWriter& Text(std::uint8_t field, std::string_view text);
  FieldWriter& Text(std::uint8_t field, const Digest& digest);
  FieldWriter& Number(std::uint8_t field, std::uint64_t number);
  FieldWriter& Time(std::uint8_t field, Instant at);
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads the fields in order. The first thing that is not as it should be is remembered, and what is read after it is
// empty; End() tells. Never reads past `bytes`, which must outlive the reader.
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes) : rest_(bytes) {}  // a nested row
  FieldReader(std::string_view bytes, RowKind kind);

  std::string_view Text(std::uint8_t field);
  std::uint64_t Number(std::uint8_t field, std::uint64_t max = UINT64_MAX);
  Instant Time(std::uint8_t field);
  Digest Hash(std::uint8_t field);
  std::string Copy(std::uint8_t field) { return std::string(Text(field)); }
  std::uint32_t U32(std::uint8_t field) { return static_cast<std::uint32_t>(Number(field, UINT32_MAX)); }
  // An enum whose values are 0 to `last`.
  template <class Enum>
  Enum Choice(std::uint8_t field, Enum last) {
    return static_cast<Enum>(Number(field, static_cast<std::uint64_t>(last)));
  }
  // Whether such a field comes next: for lists and for what may be absent.
  bool Has(std::uint8_t field) const;
  // An id or another type with Parse.
  template <class Id>
  Result<Id> Parsed(std::uint8_t field) {
    auto id = Id::Parse(Text(field));
    if (!id.ok()) return Undecodable(field);
    return id;
  }
  // The same for one that may be absent.
  template <class Id>
  Result<std::optional<Id>> ParsedIfThere(std::uint8_t field) {
    if (!Has(field)) return std::optional<Id>();
    TRY_ASSIGN(auto id, Parsed<Id>(field));
    return std::optional<Id>(std::move(id));
  }
  void Fail(std::uint8_t field) {
    if (failed_ == 0) failed_ = field;
    rest_ = {};
  }
  // Everything was there and nothing is left. Fails with kStoreUnavailable.
  Result<void> End();

 private:
  static Fault Undecodable(std::uint8_t field);
  std::string_view rest_;
  int failed_ = 0;  // the field that failed; kHeaderFailed for what stands before the fields
};

}  // namespace passport
