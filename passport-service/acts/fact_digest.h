// Which fact a record tells and what it says of it, as digests nobody else can make.
//
// Of one person and one organisation, records with the same identity tell the same fact (Record::Identity); the newer
// takes the place of the older. With the same content too, nothing has changed and nothing needs to be signed.
#pragma once

#include <functional>
#include <string_view>

#include "credential/record/record.h"
#include "keys/file_key_store.h"
#include "passport-service/ports/rows.h"

namespace passport {

struct FactDigests {
  Digest identity;
  Digest content;
};
// Fails as FileKeyStore::KeyedDigest does. Any thread may call.
Result<FactDigests> DigestFact(const FileKeyStore& keys, const OrganisationId& organisation, const PersonId& person,
                               const Record& record);

// The record of a credential we signed ourselves and keep. It is not verified again. Fails with kStoreUnavailable when
// it can not be read.
Result<Record> RecordOf(const CredentialRow& row);

// Whether the words of a record are words of the taxonomies in force on a day. Fails with kWordUnknown or kRecordField,
// naming the field and never the value. Where no taxonomy is in force words are not judged.
using WordCheck = std::function<Result<void>(const Record&, const CivilDay&)>;

// What was achieved or checked lies behind us. Fails with kRecordField naming the field.
Result<void> CheckDays(const Record& record, const CivilDay& today);

}  // namespace passport
