#include "passport-service/rpc/convert_registrar.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

Result<RuleKind> ToRuleKind(v1::RuleKind kind) {
  switch (kind) {
    case v1::RULE_KIND_TAXONOMY:
      return RuleKind::kTaxonomy;
    case v1::RULE_KIND_ROLE_PROFILE:
      return RuleKind::kRoleProfile;
    default:
      return Fault{Reason::kFieldInvalid, "", "kind is neither a taxonomy nor a role profile"};
  }
}

// Suppressed counts are absent, not zero.
template <class Messages>
void FillCounts(const std::map<std::string, SafeCount>& counts, Messages& messages) {
  for (const auto& [word, count] : counts) {
    v1::WordCount& message = *messages.Add();
    message.set_word(word);
    if (count) message.set_count(*count);
  }
}

}  // namespace

Result<EnrolOrganisation::Order> ToOrder(const Caller& by, const v1::EnrolOrganisationRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  const v1::Organisation& organisation = request.organisation();
  TRY_ASSIGN(const OrganisationId organisation_id, OrganisationId::Parse(organisation.organisation_id()));
  return EnrolOrganisation::Order{.by = by,
                                  .request = id,
                                  .organisation = organisation_id,
                                  .legal_name = organisation.legal_name(),
                                  .type = organisation.type(),
                                  .kinds = {organisation.record_kinds().begin(), organisation.record_kinds().end()},
                                  .two_person = organisation.two_person()};
}

Result<PutRules::Order> ToOrder(const Caller& by, const v1::PutRulesRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const RuleKind kind, ToRuleKind(request.kind()));
  return PutRules::Order{.by = by, .request = id, .kind = kind, .text = request.json()};
}

Result<PutRules::Withdrawal> ToOrder(const Caller& by, const v1::WithdrawRulesRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const RuleKind kind, ToRuleKind(request.kind()));
  if (request.id().empty()) return Fault{Reason::kFieldInvalid, "", "id is missing"};
  return PutRules::Withdrawal{.by = by, .request = id, .kind = kind, .id = request.id(), .version = request.version()};
}

Result<CountReliances::Order> ToOrder(const Caller& by, const v1::CountReliancesRequest& request) {
  TRY_ASSIGN(const std::optional<CivilDay> from, ToDay(request.from(), "from"));
  TRY_ASSIGN(const std::optional<CivilDay> through, ToDay(request.through(), "through"));
  if (!from || !through) return Fault{Reason::kFieldInvalid, "", "from and through are both needed"};
  return CountReliances::Order{.by = by, .from = *from, .through = *through};
}

Result<PublishOrder> ToOrder(const Caller& by, const v1::PublishRequest& request) {
  TRY(ToRequestId(request.request_id()));
  return PublishOrder{by};
}

void Fill(const PutRules::Answer& answer, v1::PutRulesResponse& response) {
  for (const ProfileFinding& warning : answer.warnings) response.add_warnings(warning.place + ": " + warning.words);
}

void Fill(const std::vector<RoleCounts>& counts, v1::CountReliancesResponse& response) {
  for (const RoleCounts& each : counts) {
    v1::RoleCounts& message = *response.add_counts();
    message.set_employer(each.employer.text());
    message.set_profile(each.profile);
    if (each.people) message.set_people(*each.people);
    FillCounts(each.outcomes, *message.mutable_outcomes());
    FillCounts(each.reasons, *message.mutable_reasons());
    FillCounts(each.not_repeated, *message.mutable_not_repeated());
    if (each.days_to_clear) message.set_days_to_clear(*each.days_to_clear);
  }
}

void Fill(const Publish::Report& report, v1::PublishResponse& response) {
  response.set_registry_sequence(report.registry_sequence);
  response.set_files_written(report.files_written);
  response.set_lists_signed(report.lists_signed);
  response.set_snapshot_id(report.snapshot_id);
}

}  // namespace passport
