// Seals what a store of schema 2 has in clear or under one key for all. Once, before the first call.
#pragma once

#include "passport-service/acts/person_vault.h"
#include "passport-service/ports/raise_seals.h"

namespace passport {

class RaiseToPeopleKeys final : public RaiseSeals {
 public:
  // All outlive it.
  RaiseToPeopleKeys(Store& store, PersonVault& vault, const KeyStore& keys)
      : store_(store), vault_(vault), keys_(keys) {}
  Result<PersonRow> Raise(const PersonBySchema2& old) override;
  Result<EmploymentRow> Raise(const EmploymentBySchema2& old) override;
  Result<CredentialRow> Raise(CredentialRow row, std::string_view token) override;
  Result<StandingRecordRow> Raise(const StandingRecordRow& row) override;
  Result<DraftRow> Raise(DraftRow row) override;
  Result<ImportRow> Raise(ImportRow row) override;
  Result<RelianceRow> Raise(RelianceRow row) override;
  Result<OverrideRow> Raise(OverrideRow row) override;

 private:
  Result<std::string> Unseal(std::string_view sealed, const std::string& context) const;
  Store& store_;
  PersonVault& vault_;
  const KeyStore& keys_;
};

}  // namespace passport
