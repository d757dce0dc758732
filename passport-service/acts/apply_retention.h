// Erases what has been kept long enough, and says beforehand what that would be.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/erase_person.h"
#include "passport-service/acts/retention_rules.h"

namespace passport {

// What one rule comes to for one organisation.
struct RetentionLine {
  std::string rule;
  Kept what = Kept::kCredential;
  std::int64_t keep_days = 0;
  std::uint64_t kept = 0;  // that the rule is about and that can still be read
  std::uint64_t due = 0;   // of them, kept long enough
  std::string why;
  std::string source;
};
struct RetentionReport {
  std::string rules;  // id of the rules, and their version
  int version = 0;
  std::vector<RetentionLine> lines;  // in the order of the rules
};

class ApplyRetention {
 public:
  // `rules`: nothing when the operator has named none; then nothing is ever due.
  ApplyRetention(Store& store, PersonVault& vault, const Clock& clock, std::optional<RetentionRules> rules)
      : store_(store), vault_(vault), clock_(clock), erase_(store, vault, clock), rules_(std::move(rules)) {}

  // Of the caller's own data, or of an organisation it took over. Reads all its credentials, imports and reliances;
  // memory by people. Fails with kCallerUnknown, kNotFound (no rules are in force, no such organisation), kNotPermitted
  // (another organisation answers for it now), and as store and key store do.
  Result<RetentionReport> Report(const Caller& by, const std::optional<OrganisationId>& of = {});
  // Erases what is due and reports what it was. When it returns the keys are in no file. Goes on where it was cut off.
  Result<RetentionReport> Apply(const Caller& by, const RequestId& request,
                                const std::optional<OrganisationId>& of = {});
  // The same for every organisation, also those that have ended: for the timer. Returns how much was erased. Without
  // rules it finishes what erasures that were cut off have left in old files, and no more.
  Result<std::uint64_t> ApplyToAll();

  const std::optional<RetentionRules>& rules() const { return rules_; }

 private:
  struct Due;
  Result<Due> Gather(const OrganisationId& keeper, Instant now);
  Result<void> GatherCredentials(const OrganisationId& keeper, Instant now, Due& due);
  Result<void> GatherPeople(const OrganisationId& keeper, Instant now, Due& due);
  Result<void> GatherSubjects(const OrganisationId& keeper, Instant now, Due& due);
  Result<void> GatherImports(const OrganisationId& keeper, Instant now, Due& due);
  Result<bool> IsStillDue(const OrganisationId& keeper, const PersonId& person);
  Result<bool> IsStillDue(const OrganisationId& keeper, const std::string& subject);
  Result<void> Erase(const OrganisationId& keeper, const Due& due, const Eraser& eraser);
  Result<void> EraseCredentials(const Due& due, const Eraser& eraser);
  Result<void> EraseImport(const ImportRow& import, const Eraser& eraser);
  Result<void> DropLoneNumbers(const OrganisationId& keeper, const std::vector<Digest>& numbers);
  RetentionReport ReportOf(const Due& due) const;

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
  ErasePerson erase_;
  const std::optional<RetentionRules> rules_;
};

// When a credential is or was no longer good: from then on its time of being kept counts.
Instant EndOf(const CredentialRow& row);

}  // namespace passport
