// Everything the service has about one person, for that person: also when no employer has them any more.
//
// It goes out line by line as it is read, page by page, so that no passport is too large. What is written meanwhile may
// be in it or not; each line stands as it was when it was read. Format: docs/formats/passport-export.md.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "keys/key_store.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/ports/clock.h"

namespace passport {

class ExportPassport {
 public:
  using Sink = std::function<Result<void>(const std::string& line)>;  // JSON, without a line end
  ExportPassport(Store& store, const KeyStore& keys, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), trust_(trust), clock_(clock) {}
  // On record before the first line; the last one counts the others. Fails with kHolderUnknown, with what `sink` fails
  // with, and as store and vault do: then what was given is not whole.
  Result<void> operator()(const HolderCaller& by, const Sink& sink);

 private:
  struct Walk;
  Result<void> WriteKeys(Walk& walk);
  Result<void> WriteEmployments(Walk& walk);
  Result<void> WriteEmployment(const EmploymentRow& row, Walk& walk);
  Result<void> WriteCredentials(Walk& walk);
  Result<void> WriteDisputes(Walk& walk);
  Result<void> WriteShares(Walk& walk);
  Result<void> WriteLooks(Walk& walk);
  Result<void> WriteLooksOf(const OrganisationId& relier, const std::string& key, Walk& walk);

  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
