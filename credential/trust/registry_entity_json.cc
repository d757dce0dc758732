#include "credential/trust/registry_entity_json.h"

#include <algorithm>
#include <utility>

#include "credential/status/status_reference.h"
#include "credential/trust/lote_names.h"
#include "credential/trust/registry_key_json.h"
#include "credential/trust/registry_members.h"

namespace passport {
namespace {

Fault EntityRefused(std::string_view what) { return RegistryRefused("TRUST-04", what); }

constexpr std::size_t kReasonBytesMax = 64;

// Wider than what is written today (IsWord): registries of before still read.
bool IsReasonWord(std::string_view word) {
  return !word.empty() && word.size() <= kReasonBytesMax && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Result<OrganisationId> ReadId(const RegistryMembers& members, std::string_view name) {
  TRY_ASSIGN(const std::string text, members.Text(name));
  Result<OrganisationId> id = OrganisationId::Parse(text);
  if (!id.ok()) return EntityRefused("an organisation id is not valid");
  return id;
}

Result<KindWindow> ReadKind(const json::Value& value) {
  TRY_ASSIGN(const RegistryMembers members, RegistryMembers::Of(value, {"vct", "from", "until"}));
  KindWindow kind;
  TRY_ASSIGN(kind.vct, members.Text("vct"));
  TRY_ASSIGN(kind.from, members.Time("from"));
  TRY_ASSIGN(kind.until, members.TimeIfThere("until"));
  if (kind.until && *kind.until <= kind.from) return EntityRefused("the window of a kind ends before it begins");
  return kind;
}

Result<StateChange> ReadState(const json::Value& value) {
  TRY_ASSIGN(const RegistryMembers members, RegistryMembers::Of(value, {"state", "since", "reason"}));
  TRY_ASSIGN(const std::string word, members.Text("state"));
  const std::optional<EntryState> state = EntryStateOf(word);
  if (!state) return EntityRefused("a state is none we know");
  TRY_ASSIGN(const Instant since, members.Time("since"));
  TRY_ASSIGN(std::string reason, members.Text("reason"));
  if (!IsReasonWord(reason)) return EntityRefused("the reason of a state is not a word");
  return StateChange{.state = *state, .since = since, .reason = std::move(reason)};
}

Result<Succession> ReadSuccession(const json::Value& value) {
  TRY_ASSIGN(const RegistryMembers members, RegistryMembers::Of(value, {"kind", "successor", "at"}));
  TRY_ASSIGN(const std::string word, members.Text("kind"));
  const std::optional<SuccessionKind> kind = SuccessionKindOf(word);
  if (!kind) return EntityRefused("a succession is of no kind we know");
  TRY_ASSIGN(OrganisationId successor, ReadId(members, "successor"));
  TRY_ASSIGN(const Instant at, members.Time("at"));
  return Succession{.kind = *kind, .successor = std::move(successor), .at = at};
}

// What only issuers have.
Result<void> ReadIssuing(const RegistryMembers& members, RegistryOrganisation& organisation) {
  TRY_ASSIGN(organisation.issuer, members.Text("iss"));
  if (!IsStatusUri(organisation.issuer))
    return RegistryRefused("TRUST-10", "iss is not an https URI of ASCII characters");
  TRY_ASSIGN(const std::string mechanism, members.Text("mechanism"));
  const std::optional<KeyMechanism> known = KeyMechanismOf(mechanism);
  if (!known) return EntityRefused("a mechanism is none we know");
  organisation.mechanism = *known;
  TRY_ASSIGN(organisation.kinds, members.Entries<KindWindow>("kinds", kRegistryKindWindowsMax, ReadKind));
  return {};
}

Result<void> ReadStatusPrefix(const RegistryMembers& members, RegistryOrganisation& organisation) {
  TRY_ASSIGN(organisation.status_uri_prefix, members.Text("status_uri_prefix"));
  if (!IsStatusUri(organisation.status_uri_prefix) || organisation.status_uri_prefix.back() != '/')
    return RegistryRefused("TRUST-09", "status_uri_prefix is not an https URI that ends with '/'");
  return {};
}

Result<RegistryOrganisation> ReadExtension(const json::Value& value) {
  TRY_ASSIGN(const RegistryMembers members,
             RegistryMembers::Of(value, {"id", "type", "valid_from", "valid_until", "iss", "mechanism", "kinds",
                                         "status_uri_prefix", "states", "successions"}));
  TRY_ASSIGN(OrganisationId id, ReadId(members, "id"));
  RegistryOrganisation organisation{.id = std::move(id),
                                    .legal_name = {},
                                    .type = {},
                                    .services = {},
                                    .issuer = {},
                                    .status_uri_prefix = {},
                                    .kinds = {},
                                    .issue_keys = {},
                                    .status_keys = {},
                                    .valid_from = {},
                                    .valid_until = {},
                                    .history = {},
                                    .successions = {}};
  TRY_ASSIGN(organisation.type, members.Text("type"));
  TRY_ASSIGN(organisation.valid_from, members.Time("valid_from"));
  TRY_ASSIGN(organisation.valid_until, members.TimeIfThere("valid_until"));
  if (members.Has("iss") || members.Has("mechanism") || members.Has("kinds")) TRY(ReadIssuing(members, organisation));
  if (members.Has("status_uri_prefix")) TRY(ReadStatusPrefix(members, organisation));
  TRY_ASSIGN(organisation.history, members.Entries<StateChange>("states", kRegistryStatesMax, ReadState));
  if (organisation.history.empty()) return EntityRefused("an organisation without a state");
  if (members.Has("successions")) {
    TRY_ASSIGN(organisation.successions,
               members.Entries<Succession>("successions", kRegistrySuccessionsMax, ReadSuccession));
  }
  return organisation;
}

Result<RegistryService> ReadServiceType(const RegistryMembers& members) {
  TRY_ASSIGN(const std::string type, members.Text(lote::kServiceType));
  const std::optional<RegistryService> service = type.starts_with(lote::kServicePrefix)
                                                     ? RegistryServiceOf(type.substr(lote::kServicePrefix.size()))
                                                     : std::nullopt;
  if (!service) return EntityRefused("a service is of no type we know");
  TRY_ASSIGN(const std::string name, members.Name(lote::kServiceName));
  if (name != WordOf(*service)) return EntityRefused("a service has another name than its type");
  return *service;
}

Result<std::vector<RegistryKey>> ReadIdentity(const RegistryMembers& service, RegistryService kind,
                                              const RegistryOrganisation& organisation) {
  TRY_ASSIGN(const json::Value* const value, service.Object(lote::kIdentity));
  TRY_ASSIGN(const RegistryMembers identity,
             RegistryMembers::Of(*value, {lote::kCertificates, lote::kPublicKeys, lote::kOtherIds}));
  if (!identity.Has(lote::kOtherIds)) {
    if (kind != RegistryService::kIssue && kind != RegistryService::kStatus)
      return EntityRefused("a service that signs nothing has keys");
    const CertificateUse use = kind == RegistryService::kIssue ? CertificateUse::kIssue : CertificateUse::kStatus;
    return ReadRegistryKeys(identity, use, organisation.issuer, kRegistryRoleKeysMax);
  }
  TRY_ASSIGN(const json::Value* const ids, identity.Array(lote::kOtherIds));
  if (value->size() != 1 || ids->size() != 1 || ids->begin()->text() != organisation.id.text())
    return EntityRefused("the identity of a service is neither keys nor its organisation");
  return std::vector<RegistryKey>();
}

// One service; its keys go where they belong.
Result<void> ReadService(const json::Value& value, Instant listed_at, RegistryOrganisation& organisation) {
  TRY_ASSIGN(const RegistryMembers entry, RegistryMembers::Of(value, {lote::kService}));
  TRY_ASSIGN(const json::Value* const information, entry.Object(lote::kService));
  TRY_ASSIGN(const RegistryMembers members,
             RegistryMembers::Of(*information, {lote::kServiceType, lote::kServiceName, lote::kIdentity,
                                                lote::kServiceStatus, lote::kStatusSince}));
  TRY_ASSIGN(const RegistryService service, ReadServiceType(members));
  if (!organisation.services.insert(service).second) return EntityRefused("a service occurs twice");
  const StateChange& state = StateAt(organisation, listed_at);
  TRY(members.Exactly(lote::kServiceStatus, std::string(lote::kStatePrefix) + std::string(WordOf(state.state))));
  TRY_ASSIGN(const Instant since, members.Time(lote::kStatusSince));
  if (since != state.since) return EntityRefused("the status of a service is not the state of its organisation");
  TRY_ASSIGN(std::vector<RegistryKey> keys, ReadIdentity(members, service, organisation));
  if (service == RegistryService::kIssue) {
    organisation.issue_keys = std::move(keys);
  } else if (service == RegistryService::kStatus) {
    organisation.status_keys = std::move(keys);
  }
  return {};
}

}  // namespace

Result<RegistryOrganisation> ReadRegistryEntity(const json::Value& entity, Instant listed_at) {
  TRY_ASSIGN(const RegistryMembers whole,
             RegistryMembers::Of(entity, {lote::kEntityInformation, lote::kEntityServices}));
  TRY_ASSIGN(const json::Value* const information, whole.Object(lote::kEntityInformation));
  TRY_ASSIGN(const RegistryMembers members,
             RegistryMembers::Of(*information, {lote::kEntityName, lote::kEntityExtensions}));
  TRY_ASSIGN(const json::Value* const extension, members.OnlyOne(lote::kEntityExtensions));
  TRY_ASSIGN(RegistryOrganisation organisation, ReadExtension(*extension));
  TRY_ASSIGN(organisation.legal_name, members.Name(lote::kEntityName));
  TRY_ASSIGN(const json::Value* const services, whole.Array(lote::kEntityServices));
  if (services->size() == 0) return EntityRefused("an organisation without a service");
  for (const json::Value& service : *services) TRY(ReadService(service, listed_at, organisation));
  const bool issues = organisation.services.contains(RegistryService::kIssue);
  const bool tells_status = organisation.services.contains(RegistryService::kStatus);
  if (issues == organisation.issuer.empty() || tells_status == organisation.status_uri_prefix.empty())
    return EntityRefused("an organisation's services and its addresses do not fit");
  if (tells_status && !issues) return EntityRefused("an organisation tells the status of what it can not issue");
  return organisation;
}

}  // namespace passport
