#include "passport-service/acts/enrol_organisation.h"

#include "passport-service/acts/audited.h"
#include "passport-service/acts/propose_change.h"

namespace passport {
namespace {

constexpr const char* kReason = "enrolled";

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + "\n";
  return text;
}

RegistryStep StepOf(const EnrolOrganisation::Order& order) {
  Enrolment enrolment{
      .legal_name = order.legal_name, .type = order.type, .kinds = {}, .two_person = order.two_person, .systems = {}};
  for (const std::string& word : order.kinds) enrolment.kinds.push_back({.word = word, .from = {}, .until = {}});
  return {order.organisation, std::move(enrolment)};
}

}  // namespace

Result<void> EnrolOrganisation::operator()(const Order& order) {
  const auto turn = effects_.Turn();
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (!caller.registrar) return Fault{Reason::kNotPermitted, "", "only a registrar enrols organisations"};
  const RequestKey key{
      .by = caller.id,
      .id = order.request,
      .digest = RequestDigest({"enrol_organisation", order.organisation.text(), order.legal_name,
                               order.two_person ? order.type + "+two_person" : order.type, Joined(order.kinds)})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return {};
  TRY_ASSIGN(const OrganisationRows rows, ReadRows(store_));
  if (RegistrarsNeeded(rows, now) > 1) {
    return Fault{Reason::kSecondPerson, "", "more than one registrar must sign; propose it, and let another one sign"};
  }
  const std::vector<RegistryStep> steps = {StepOf(order)};
  TRY_ASSIGN(const Changes effects, effects_.Prepare(rows, steps, {order.by, order.request, kReason}, now));
  TRY(AddNumbered(store_, key, [&](std::uint64_t number) {
    const std::string object = std::to_string(number);
    Changes changes = effects;
    changes.emplace_back(AddProposal{{.number = number,
                                      .by = caller.id,
                                      .by_system = order.by.system,
                                      .at = now,
                                      .reason = kReason,
                                      .steps = steps,
                                      .state = ProposalState::kInForce,
                                      .signatures = {{caller.id, order.by.system, now}},
                                      .rejected = {}}});
    changes.emplace_back(
        Audited(now, order.by,
                {.what = "registry.changed", .object = object, .why = kReason, .request = order.request.text()}));
    changes.emplace_back(AppendEvent{{now, "registry.changed", object}});
    changes.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, "done", now}});
    return changes;
  }));
  return {};
}

Result<void> EnrolOrganisation::EnrolRegistrar(const OrganisationId& organisation, std::string legal_name) {
  TRY_ASSIGN(const RequestId request, RequestId::Parse("registrar"));
  const Enrolment enrolment{
      .legal_name = std::move(legal_name), .type = "registrar", .kinds = {}, .registrar = true, .systems = {}};
  const std::vector<RegistryStep> steps = {{organisation, enrolment}};
  const auto turn = effects_.Turn();
  TRY_ASSIGN(const Changes changes, effects_.Prepare(OrganisationRows(), steps, {{}, request, kReason}, clock_.Now()));
  return ApplyNow(store_, changes);
}

Result<OrganisationRow> FindCaller(Organisations& organisations, const Caller& caller) {
  TRY_ASSIGN(std::optional<OrganisationRow> row, organisations.FindOrganisation(caller.organisation));
  if (!row) return Fault{Reason::kCallerUnknown, "", "the calling organisation is not enrolled"};
  return std::move(*row);
}

}  // namespace passport
