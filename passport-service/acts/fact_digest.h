// Which fact a record tells and what it says of it, as digests nobody can make once the person is erased.
//
// Of one person and one organisation, records with the same identity tell the same fact (Record::Identity); the newer
// takes the place of the older. With the same content too, nothing has changed and nothing needs to be signed. Who
// looked at the fact last and when (checker_role, checked_on) is no part of the content: a file that is read again
// tomorrow says nothing new. A check that is a fact of its own has a field of its own (register_checked_on).
#pragma once

#include <string_view>

#include "credential/record/record.h"
#include "passport-service/acts/person_vault.h"

namespace passport {

struct FactDigests {
  Digest identity;
  Digest content;
};
// Fails as PersonVault::DigestUnder does, and with kNotFound when the organisation keeps nothing of the person any
// more. Any thread may call.
Result<FactDigests> DigestFact(PersonVault& vault, const OrganisationId& organisation, const PersonId& person,
                               const Record& record);

// True for fields that are no part of the content.
bool IsAboutTheCheck(std::string_view field);

// The record of a credential of that kind that we signed ourselves and keep. It is not verified again. Fails with
// kStoreUnavailable when it can not be read.
Result<Record> RecordOf(std::string_view kind, std::string_view token);

// What was achieved or checked lies behind us. Fails with kRecordField naming the field.
Result<void> CheckDays(const Record& record, const CivilDay& today);

}  // namespace passport
