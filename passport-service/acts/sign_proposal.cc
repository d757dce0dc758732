#include "passport-service/acts/sign_proposal.h"

#include <algorithm>
#include <charconv>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

// "1 2 2": state, counted, needed.
std::string TextOf(const SignProposal::Answer& answer) {
  return std::to_string(static_cast<int>(answer.state)) + " " + std::to_string(answer.counted) + " " +
         std::to_string(answer.needed);
}

Result<SignProposal::Answer> AnswerOf(std::string_view text) {
  std::array<std::uint32_t, 3> numbers{};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::uint32_t& number : numbers) {
    if (at != end && *at == ' ') ++at;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return Fault{Reason::kStoreUnavailable, "", "a stored answer is damaged"};
    at = next;
  }
  if (at != end || numbers[0] > 2) return Fault{Reason::kStoreUnavailable, "", "a stored answer is damaged"};
  return SignProposal::Answer{static_cast<ProposalState>(numbers[0]), numbers[1], numbers[2]};
}

Result<void> CheckOpen(const ProposalRow& proposal) {
  if (proposal.state == ProposalState::kOpen) return {};
  return Fault{Reason::kStateConflict, "",
               proposal.state == ProposalState::kInForce ? "the proposal is in force" : "the proposal was rejected"};
}

}  // namespace

Result<SignProposal::Answer> SignProposal::operator()(const Order& order) {
  const auto turn = effects_.Turn();
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (!caller.registrar || !order.by.roles.Has(Role::kRegistrar)) {
    return Fault{Reason::kNotPermitted, "", "only a registrar signs proposals"};
  }
  const RequestKey key{
      .by = caller.id,
      .id = order.request,
      .digest = RequestDigest({"sign_proposal", std::to_string(order.number),
                               std::string_view(reinterpret_cast<const char*>(order.seen.data()), order.seen.size())})};
  TRY_ASSIGN(const std::optional<std::string> repeated, RepeatAnswer(store_, key, order.by, now));
  if (repeated) return AnswerOf(*repeated);
  TRY_ASSIGN(ProposalRow proposal, FindProposalFor(store_, caller, true, order.number));
  TRY(CheckOpen(proposal));
  const bool again =
      std::any_of(proposal.signatures.begin(), proposal.signatures.end(), [&](const ProposalSignature& signature) {
        return signature.organisation == caller.id && signature.system == order.by.system;
      });
  if (again) return Fault{Reason::kSecondPerson, "", "this system has signed the proposal; another one must"};
  TRY_ASSIGN(const OrganisationRows rows, ReadRows(store_));
  if (SeenDigest(proposal, rows) != order.seen) {
    return Fault{Reason::kStateConflict, "", "what it changes is not what was shown; review it again"};
  }

  proposal.signatures.push_back({caller.id, order.by.system, now});
  ++proposal.revision;
  TRY_ASSIGN(const std::uint32_t counted, CountSignatures(store_, proposal, rows, now));
  Answer answer{.state = ProposalState::kOpen, .counted = counted, .needed = RegistrarsNeeded(rows, now)};
  const RegistryEffects::Cause cause{order.by, order.request, proposal.reason};
  Changes changes;
  if (answer.counted >= answer.needed) {
    TRY_ASSIGN(changes, effects_.Prepare(rows, proposal.steps, cause, now));
    proposal.state = answer.state = ProposalState::kInForce;
  } else {
    TRY(effects_.Judge(rows, proposal.steps, now));
  }
  const std::string object = std::to_string(proposal.number);
  const std::string_view action = answer.state == ProposalState::kInForce ? "registry.changed" : "registry.signed";
  changes.emplace_back(ReplaceProposal{std::move(proposal)});
  changes.emplace_back(
      Audited(now, order.by, {.what = action, .object = object, .why = cause.reason, .request = order.request.text()}));
  changes.emplace_back(AppendEvent{{now, std::string(action), object}});
  changes.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, TextOf(answer), now}});
  TRY(ApplyOnce(store_, changes, key));
  return answer;
}

Result<void> RejectProposal::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY(CheckReasonWord(order.reason));
  const RequestKey key{.by = caller.id,
                       .id = order.request,
                       .digest = RequestDigest({"reject_proposal", std::to_string(order.number), order.reason})};
  TRY_ASSIGN(const std::optional<std::string> repeated, RepeatAnswer(store_, key, order.by, now));
  if (repeated) return {};
  const bool registrar = caller.registrar && order.by.roles.Has(Role::kRegistrar);
  TRY_ASSIGN(ProposalRow proposal, FindProposalFor(store_, caller, registrar, order.number));
  if (!registrar && proposal.by != caller.id) {
    return Fault{Reason::kNotPermitted, "", "only a registrar, or whoever proposed it, rejects a proposal"};
  }
  TRY(CheckOpen(proposal));
  proposal.state = ProposalState::kRejected;
  proposal.rejected = ProposalSignature{caller.id, order.by.system, now};
  ++proposal.revision;
  const std::string object = std::to_string(proposal.number);
  return ApplyOnce(
      store_,
      {ReplaceProposal{std::move(proposal)},
       Audited(now, order.by,
               {.what = "registry.rejected", .object = object, .why = order.reason, .request = order.request.text()}),
       AppendEvent{{now, "registry.rejected", object}},
       RememberAnswer{{caller.id, order.request, key.digest, "rejected", now}}},
      key);
}

}  // namespace passport
