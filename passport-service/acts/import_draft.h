// What a draft says, sealed as long as the store keeps it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/record/record.h"
#include "passport-service/acts/match_person.h"
#include "passport-service/acts/person_vault.h"

namespace passport {

// Who it is when the row itself could not say.
enum class Decided { kNothing, kNewPerson, kKnownPerson };

struct DraftContent {
  RowKeys keys;
  std::vector<Record::Field> fields;
  Decided decided = Decided::kNothing;
};

// Under the key of the employee number, `row.number`, which is there before it is known whose it is; bound to the
// import and to the place of the row. Fail as the vault does, and with kNotFound when it was erased.
Result<std::string> SealContent(PersonVault& vault, const DraftRow& row, const DraftContent& content);
Result<DraftContent> OpenContent(PersonVault& vault, const DraftRow& row);
// What was sealed, opened. Fails with kStoreUnavailable.
Result<DraftContent> ReadContent(std::string_view text);

// The person named as checker, under a key of the import's; empty when it was erased.
Result<std::string> SealChecker(PersonVault& vault, const ImportRow& row, std::string_view checker);
Result<std::string> OpenChecker(PersonVault& vault, const ImportRow& row);

// The id the service gives an import: a keyed digest of the caller's, 32 hex digits. The caller's may follow from a
// file, and a file with one row could be guessed from it.
Result<RequestId> ImportIdOf(PersonVault& vault, const OrganisationId& organisation, const RequestId& file);
// The request id of a draft: "3f0c...-17-0". It says nothing of what stands in the row.
RequestId DraftRequest(const RequestId& import, std::uint64_t line, std::uint32_t part);
// The import a request id of a credential came from, or nothing.
std::optional<RequestId> ImportOfRequest(const RequestId& request);

}  // namespace passport
