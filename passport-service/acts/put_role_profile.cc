#include "passport-service/acts/put_role_profile.h"

#include "passport-service/acts/enrol_organisation.h"

namespace passport {

Result<void> PutRoleProfile::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (!caller.registrar) return Fault{Reason::kNotPermitted, "", "only a registrar puts role profiles in force"};
  TRY_ASSIGN(const RoleProfile profile, RoleProfile::Parse(order.profile));
  const RequestKey key{
      .by = caller.id, .id = order.request, .digest = RequestDigest({"put_role_profile", order.profile})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, now));
  if (answer) return {};
  const std::string name = "profile/" + profile.id();
  return ApplyOnce(
      store_,
      {PutDocument{{name, static_cast<std::uint64_t>(profile.version()), order.profile, now}},
       AppendAudit{{now, caller.id.text(), "profile.put", name, order.request.text(), "done"}},
       AppendEvent{{now, "profile.put", name}}, RememberAnswer{{caller.id, order.request, key.digest, "done", now}}},
      key);
}

Result<RoleProfile> FindRoleProfile(Documents& documents, std::string_view id) {
  TRY_ASSIGN(const std::optional<DocumentRow> row, documents.NewestDocument("profile/" + std::string(id)));
  if (!row) return Fault{Reason::kNotFound, "", "no such role profile"};
  return RoleProfile::Parse(row->text);
}

}  // namespace passport
