// An organisation looks at what it issued, and at what those it took over issued. Every look is an audit row.
#pragma once

#include <string>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class ReadCredentials {
 public:
  struct One {
    CredentialRow row;
    std::string token;  // empty when it was erased
  };
  static constexpr std::size_t kPageMax = 1000;
  ReadCredentials(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // Fails with kCallerUnknown, kNotFound (also for another organisation's), kNotPermitted (another organisation answers
  // for it now), and as store and key store do.
  Result<One> Get(const Caller& by, const CredentialId& credential);
  // `of`: nothing for the caller's own. `limit` is cut to kPageMax; 0 means 100. Fails likewise.
  Result<Page<CredentialRow>> List(const Caller& by, std::string_view page_token, std::size_t limit,
                                   const std::optional<OrganisationId>& of = {});

 private:
  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
