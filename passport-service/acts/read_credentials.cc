#include "passport-service/acts/read_credentials.h"

#include <algorithm>

#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {

Result<ReadCredentials::One> ReadCredentials::Get(const Caller& by, const CredentialId& credential) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(CredentialRow row, FindAnsweredFor(store_, caller, credential, now));
  TRY(ApplyNow(store_, {Audited(now, by, {.what = "credential.read", .object = credential.text()})}));
  TRY_ASSIGN(std::optional<std::string> token, OpenToken(vault_, row));
  return One{.row = std::move(row), .token = token.value_or("")};
}

Result<Page<CredentialRow>> ReadCredentials::List(const Caller& by, std::string_view page_token, std::size_t limit,
                                                  const std::optional<OrganisationId>& of) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  const std::size_t size = limit == 0 ? 100 : std::min(limit, kPageMax);
  TRY_ASSIGN(const OrganisationId keeper, FindKeeper(store_, caller, of, now));
  TRY_ASSIGN(Page<CredentialRow> page, store_.CredentialsOf(keeper, page_token, size));
  TRY(ApplyNow(store_, {Audited(now, by, {.what = "credential.listed", .object = of ? of->text() : ""})}));
  return page;
}

}  // namespace passport
