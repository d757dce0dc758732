#include "passport-service/acts/propose_change.h"

#include <algorithm>
#include <charconv>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/proposal_words.h"

namespace passport {
namespace {

// What an organisation may ask for itself; the registrar's signature makes it so.
bool IsOwnAffair(const OrganisationRow& caller, const RegistryStep& step) {
  if (step.organisation != caller.id) return false;
  if (const auto* amendment = std::get_if<Amendment>(&step.change)) return !amendment->registrars_needed;
  return std::holds_alternative<StateChange>(step.change) || std::holds_alternative<Succession>(step.change);
}

Digest DigestOf(const ProposeChange::Order& order) {
  std::string lines;
  for (const RegistryStep& step : order.steps) lines += WordsOf(step) + "\n";
  return RequestDigest({"propose_change", order.reason, lines});
}

Result<void> CheckRoom(Proposals& proposals, const OrganisationId& by) {
  constexpr std::size_t kPage = 100;
  std::size_t open = 0;
  for (std::uint64_t after = 0;;) {
    TRY_ASSIGN(const Page<ProposalRow> page, proposals.ProposalRows(after, kPage));
    for (const ProposalRow& row : page.rows) {
      after = row.number;
      if (row.by == by && row.state == ProposalState::kOpen) ++open;
    }
    if (page.next.empty() || page.rows.empty()) break;
  }
  if (open < kOpenProposalsMax) return {};
  return Fault{Reason::kLimit, "",
               std::to_string(open) +
                   " proposals of the organisation are open, the most there may be; take back what is " +
                   "not needed any more (reject), or wait until a registrar has signed"};
}

}  // namespace

Result<std::uint64_t> NumberOf(std::string_view answer) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
  if (error != std::errc() || end != answer.data() + answer.size()) {
    return Fault{Reason::kStoreUnavailable, "", "a stored answer is damaged"};
  }
  return number;
}

Result<std::uint64_t> ProposeChange::operator()(const Order& order) {
  const auto turn = effects_.Turn();
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY(CheckReasonWord(order.reason));
  const bool may = (caller.registrar && order.by.roles.Has(Role::kRegistrar)) ||
                   std::all_of(order.steps.begin(), order.steps.end(),
                               [&](const RegistryStep& step) { return IsOwnAffair(caller, step); });
  if (!may) return Fault{Reason::kNotPermitted, "", "only a registrar proposes this; an organisation, what is its own"};
  const RequestKey key{.by = caller.id, .id = order.request, .digest = DigestOf(order)};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return NumberOf(*answer);
  TRY(CheckRoom(store_, caller.id));
  TRY_ASSIGN(const OrganisationRows rows, ReadRows(store_));
  TRY(effects_.Judge(rows, order.steps, now));
  return AddNumbered(store_, key, [&](std::uint64_t number) {
    const std::string object = std::to_string(number);
    return Changes{
        AddProposal{{.number = number,
                     .by = caller.id,
                     .by_system = order.by.system,
                     .at = now,
                     .reason = order.reason,
                     .steps = order.steps,
                     .signatures = {},
                     .rejected = {}}},
        Audited(now, order.by,
                {.what = "registry.proposed", .object = object, .why = order.reason, .request = order.request.text()}),
        AppendEvent{{now, "registry.proposed", object}},
        RememberAnswer{{caller.id, order.request, key.digest, object, now}}};
  });
}

}  // namespace passport
