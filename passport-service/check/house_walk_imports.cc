// What files were taken in with.
#include <algorithm>

#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {
namespace {

std::string Name(const DraftRow& row) {
  return "draft " + std::to_string(row.line) + "." + std::to_string(row.part) + " of import " + row.import.text();
}

}  // namespace

Result<void> HouseWalk::StandingRecords() {
  return EachRow([&](const std::string& after) { return store_.AllStandingRecords(after, kPageRows); },
                 [&](const StandingRecordRow& row) -> Result<void> {
                   ++report_.standing_records;
                   const std::string name = "a standing record of person " + row.person.text();
                   TRY_ASSIGN(const auto credential, store_.FindCredential(row.organisation, row.credential));
                   if (!credential) {
                     Violation(name + " names a credential that does not exist");
                   } else if (credential->person != row.person || credential->kind != row.kind) {
                     Violation(name + " names a credential of another person or kind");
                   } else if (credential->state == CredentialState::kRevoked) {
                     Violation(name + " names a credential that is revoked");
                   }
                   return {};
                 });
}

Result<void> HouseWalk::MatchKeys() {
  return EachRow([&](const std::string& after) { return store_.AllMatchKeys(after, kPageRows); },
                 [&](const MatchKeyRow& row) -> Result<void> {
                   ++report_.match_keys;
                   const std::string name = "a match key of person " + row.person.text();
                   TRY_ASSIGN(const bool employs, store_.Employs(row.organisation, row.person));
                   if (!employs) Violation(name + " is of nobody " + row.organisation.text() + " employs");
                   TRY_ASSIGN(const auto keys, store_.MatchKeysOf(row.organisation, row.person, row.kind));
                   if (std::find(keys.begin(), keys.end(), row.key) == keys.end()) {
                     Violation(name + " is not among the keys of that person");
                   }
                   return {};
                 });
}

Result<void> HouseWalk::Imports() {
  for (const auto& organisation : organisations_) {
    TRY(EachRow([&](const std::string& after) { return store_.ImportsOf(organisation, after, kPageRows); },
                [&](const ImportRow&) -> Result<void> {
                  ++report_.imports;
                  return {};
                }));
  }
  return {};
}

Result<void> HouseWalk::Drafts() {
  return EachRow([&](const std::string& after) { return store_.AllDrafts(after, kPageRows); },
                 [&](const DraftRow& row) -> Result<void> {
                   ++report_.drafts;
                   TRY_ASSIGN(const auto import, store_.FindImport(row.organisation, row.import));
                   if (!import) Violation(Name(row) + " has no import");
                   if (!organisations_.contains(row.organisation)) Violation(Name(row) + " has no organisation");
                   if ((row.state == DraftState::kIssued) != row.credential.has_value()) {
                     Violation(Name(row) + " is issued without a credential, or has one without being issued");
                   }
                   if (!row.credential) return {};
                   TRY_ASSIGN(const auto credential, store_.FindCredential(row.organisation, *row.credential));
                   if (!credential) Violation(Name(row) + " names a credential that does not exist");
                   return {};
                 });
}

Result<void> HouseWalk::ImportSeries() {
  return EachRow([&](const std::string& after) { return store_.AllImportSeries(after, kPageRows); },
                 [&](const ImportSeriesRow& row) -> Result<void> {
                   const std::string name = "the series " + row.source + " of " + row.organisation.text();
                   TRY_ASSIGN(const auto import, store_.FindImport(row.organisation, row.import));
                   if (!import) {
                     Violation(name + " names an import that does not exist");
                   } else if (import->state != ImportState::kIssued) {
                     Violation(name + " names an import that was not issued");
                   } else if (import->source != row.source || import->sequence != row.sequence) {
                     Violation(name + " names an import of another series or place in it");
                   }
                   return {};
                 });
}

}  // namespace passport
