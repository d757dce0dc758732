#include "passport-service/acts/list_affected.h"

#include <map>

#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/lost_keys.h"

namespace passport {
namespace {

constexpr std::size_t kPageRows = 500;

}  // namespace

Result<std::vector<OrganisationRow>> ListAffected::Asked(const Order& order, Instant now) {
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  const bool everybody = caller.registrar && order.by.roles.Has(Role::kRegistrar);
  TRY_ASSIGN(std::vector<OrganisationRow> all, store_.AllOrganisations());
  std::vector<OrganisationRow> asked;
  for (OrganisationRow& row : all) {
    if (order.organisation && row.id != *order.organisation) continue;
    if (!everybody) {
      TRY_ASSIGN(const OrganisationId answers, AnswersFor(store_, row, now));
      if (answers != caller.id) continue;
    }
    asked.push_back(std::move(row));
  }
  if (order.organisation && asked.empty()) return Fault{Reason::kNotFound, "", "there is no such organisation"};
  return asked;
}

Result<void> ListAffected::Tell(const OrganisationRow& row, Instant now, const Sink& sink) {
  const LostKeys lost = LostKeys::Of(row, keys_.List(), now);
  if (lost.none()) return {};
  std::map<PersonId, std::vector<CredentialId>> people;
  AffectedOrganisation sum{.organisation = row.id, .state = StateAt(row, now), .keys = lost.count()};
  std::string after;
  do {
    TRY_ASSIGN(const Page<CredentialRow> page, store_.CredentialsOf(row.id, after, kPageRows));
    for (const CredentialRow& credential : page.rows) {
      if (!lost.Hit(credential, now)) continue;
      people[credential.person].push_back(credential.id);
      ++sum.credentials;
    }
    after = page.next;
  } while (!after.empty());
  sum.people = people.size();
  for (auto& [person, credentials] : people) TRY(sink.person({row.id, person, std::move(credentials)}));
  return sink.organisation(sum);
}

Result<void> ListAffected::operator()(const Order& order, const Sink& sink) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::vector<OrganisationRow> asked, Asked(order, now));
  TRY(ApplyNow(store_, {Audited(now, order.by,
                                {.what = "credential.affected.listed",
                                 .object = order.organisation ? order.organisation->text() : "",
                                 .why = "key_compromise"})}));
  for (const OrganisationRow& row : asked) TRY(Tell(row, now, sink));
  return {};
}

}  // namespace passport
