// What a store asks of whoever has the keys while rows of schema 2 become rows of schema 3.
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "passport-service/ports/rows.h"

namespace passport {

// As they were by schema 2.
struct PersonBySchema2 {
  PersonId id;
  Digest passport_code_hash;
  std::string holder_jwk;
  std::string sealed_holder_key;  // under the key store's seal
  Instant enrolled_at;
};
struct EmploymentBySchema2 {
  OrganisationId organisation;
  std::string employee_number;
  PersonId person;
};

// Whoever has the keys. Of a row that is given as it was, `sealed_...` is under the key store's seal; what is returned
// is sealed by the vault. Fail as store and key store do; then nothing of that row was raised.
class RaiseSeals {
 public:
  virtual ~RaiseSeals() = default;
  virtual Result<PersonRow> Raise(const PersonBySchema2& old) = 0;
  virtual Result<EmploymentRow> Raise(const EmploymentBySchema2& old) = 0;
  virtual Result<CredentialRow> Raise(CredentialRow row, std::string_view token) = 0;
  // The same row once it was raised.
  virtual Result<StandingRecordRow> Raise(const StandingRecordRow& row) = 0;
  virtual Result<DraftRow> Raise(DraftRow row) = 0;
  virtual Result<ImportRow> Raise(ImportRow row) = 0;
  virtual Result<RelianceRow> Raise(RelianceRow row) = 0;
  virtual Result<OverrideRow> Raise(OverrideRow row) = 0;
};

}  // namespace passport
