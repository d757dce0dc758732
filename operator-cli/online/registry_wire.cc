#include "operator-cli/online/registry_wire.h"

#include <algorithm>
#include <array>
#include <utility>

#include "operator-cli/online/system_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

template <class Value>
using Word = std::pair<std::string_view, Value>;

constexpr std::array<Word<v1::OrganisationState>, 4> kStates = {{{"active", v1::ORGANISATION_STATE_ACTIVE},
                                                                 {"suspended", v1::ORGANISATION_STATE_SUSPENDED},
                                                                 {"ceased", v1::ORGANISATION_STATE_CEASED},
                                                                 {"compromised", v1::ORGANISATION_STATE_COMPROMISED}}};
constexpr std::array<Word<v1::SuccessionKind>, 4> kSuccessions = {{{"merged", v1::SUCCESSION_KIND_MERGED},
                                                                   {"acquired", v1::SUCCESSION_KIND_ACQUIRED},
                                                                   {"renamed", v1::SUCCESSION_KIND_RENAMED},
                                                                   {"split", v1::SUCCESSION_KIND_SPLIT}}};
constexpr std::array<Word<v1::ProposalState>, 3> kProposalStates = {{{"open", v1::PROPOSAL_STATE_OPEN},
                                                                     {"in_force", v1::PROPOSAL_STATE_IN_FORCE},
                                                                     {"rejected", v1::PROPOSAL_STATE_REJECTED}}};

template <class Value, std::size_t N>
Result<Value> ValueOf(const std::array<Word<Value>, N>& words, std::string_view word, std::string_view what) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& pair) { return pair.first == word; });
  if (found != words.end()) return found->second;
  std::string known;
  for (const auto& [text, value] : words) known += (known.empty() ? "" : ", ") + std::string(text);
  return Fault{Reason::kFieldInvalid, "", std::string(what) + " is not one of " + known};
}

template <class Value, std::size_t N>
Result<std::string> WordFor(const std::array<Word<Value>, N>& words, Value value) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& pair) { return pair.second == value; });
  if (found != words.end()) return std::string(found->first);
  return Fault{Reason::kSchemaNewer, "", "the service gives a state this program does not know"};
}

void SetTime(Instant at, google::protobuf::Timestamp& message) { message.set_seconds(at.seconds); }

SignatureAnswer FromWire(const v1::ProposalSignature& message) {
  return {.organisation = message.organisation_id(), .system = message.system(), .at = {message.sign_time().seconds()}};
}

template <class Message>
void AddKinds(const StepEntry& entry, Message& message) {
  for (const std::string& word : entry.kinds) {
    v1::KindWindow& kind = *message.add_kinds();
    kind.set_record_kind(word);
    if (entry.at) SetTime(*entry.at, *kind.mutable_start_time());
    if (entry.until) SetTime(*entry.until, *kind.mutable_end_time());
  }
}

Result<void> Fill(const StepEntry& entry, v1::EnrolmentStep& message) {
  message.set_legal_name(entry.legal_name);
  message.set_type(entry.type);
  message.set_two_person(entry.two_person.value_or(false));
  message.set_registrar(entry.registrar);
  AddKinds(entry, message);
  for (const NewSystemEntry& system : entry.systems) {
    v1::NewSystem& one = *message.add_systems();
    one.set_name(system.name);
    for (const std::string& word : system.roles) {
      TRY_ASSIGN(const v1::Role role, RoleOf(word));
      one.add_roles(role);
    }
    for (const std::string& digest : system.public_key_sha256) one.add_public_key_sha256(digest);
  }
  return {};
}

void Fill(const StepEntry& entry, v1::AmendmentStep& message) {
  if (!entry.legal_name.empty()) message.set_legal_name(entry.legal_name);
  if (!entry.type.empty()) message.set_type(entry.type);
  if (entry.two_person) message.set_two_person(*entry.two_person);
  if (entry.registrars_needed) message.set_registrars_needed(*entry.registrars_needed);
  AddKinds(entry, message);
  for (const std::string& word : entry.end_kinds) {
    v1::KindEnd& end = *message.add_ends();
    end.set_record_kind(word);
    if (entry.at) SetTime(*entry.at, *end.mutable_end_time());
  }
}

}  // namespace

Result<v1::RegistryStep> ToWire(const StepEntry& entry) {
  v1::RegistryStep step;
  step.set_organisation_id(entry.organisation);
  switch (entry.what) {
    case StepWord::kEnrol:
      TRY(Fill(entry, *step.mutable_enrolment()));
      break;
    case StepWord::kAmend:
      Fill(entry, *step.mutable_amendment());
      break;
    case StepWord::kState: {
      TRY_ASSIGN(const v1::OrganisationState state, ValueOf(kStates, entry.word, "state"));
      step.mutable_state()->set_state(state);
      step.mutable_state()->set_reason(entry.reason);
      if (entry.at) SetTime(*entry.at, *step.mutable_state()->mutable_start_time());
      break;
    }
    case StepWord::kSuccession: {
      TRY_ASSIGN(const v1::SuccessionKind kind, ValueOf(kSuccessions, entry.word, "how"));
      step.mutable_succession()->set_kind(kind);
      step.mutable_succession()->set_successor_id(entry.successor);
      if (entry.at) SetTime(*entry.at, *step.mutable_succession()->mutable_start_time());
      break;
    }
    case StepWord::kRegistrar:
      step.mutable_registrar()->set_successor_id(entry.successor);
      break;
  }
  return step;
}

Result<ProposalAnswer> FromWire(const v1::Proposal& message) {
  ProposalAnswer answer{.number = message.number(),
                        .proposed_by = FromWire(message.proposed_by()),
                        .reason = message.reason(),
                        .steps = {message.steps().begin(), message.steps().end()},
                        .state = {},
                        .signatures = {},
                        .rejected_by = {}};
  TRY_ASSIGN(answer.state, WordFor(kProposalStates, message.state()));
  for (const v1::ProposalSignature& signature : message.signatures()) answer.signatures.push_back(FromWire(signature));
  if (message.has_rejected_by()) answer.rejected_by = FromWire(message.rejected_by());
  return answer;
}

Result<ReviewAnswer> FromWire(const v1::ReviewProposalResponse& message) {
  TRY_ASSIGN(ProposalAnswer proposal, FromWire(message.proposal()));
  return ReviewAnswer{.proposal = std::move(proposal),
                      .differences = {message.differences().begin(), message.differences().end()},
                      .obstacle = message.obstacle(),
                      .signatures_needed = message.signatures_needed(),
                      .signatures_counted = message.signatures_counted(),
                      .seen = message.seen()};
}

Result<SignedAnswer> FromWire(const v1::SignProposalResponse& message) {
  TRY_ASSIGN(std::string state, WordFor(kProposalStates, message.state()));
  return SignedAnswer{.state = std::move(state),
                      .signatures_counted = message.signatures_counted(),
                      .signatures_needed = message.signatures_needed()};
}

AffectedPersonAnswer FromWire(const v1::AffectedPerson& message) {
  return {.organisation = message.organisation_id(),
          .person_id = message.person_id(),
          .credential_ids = {message.credential_ids().begin(), message.credential_ids().end()}};
}

Result<AffectedOrganisationAnswer> FromWire(const v1::AffectedOrganisation& message) {
  TRY_ASSIGN(std::string state, WordFor(kStates, message.state()));
  return AffectedOrganisationAnswer{.organisation = message.organisation_id(),
                                    .state = std::move(state),
                                    .keys = message.keys(),
                                    .credentials = message.credentials(),
                                    .people = message.people()};
}

ReissueAnswer FromWire(const v1::ReissueCredentialsResponse& message) {
  ReissueAnswer answer{
      .looked_at = message.looked_at(), .reissued = message.reissued(), .left = {}, .end = message.end()};
  for (const v1::LeftCredentials& left : message.left()) answer.left.push_back({left.reason(), left.count()});
  return answer;
}

}  // namespace passport
