#include "passport-service/acts/enrol_organisation.h"

#include <algorithm>

#include "credential/encoding/json.h"
#include "credential/record/record_kind.h"
#include "passport-service/acts/key_certificates.h"

namespace passport {
namespace {

constexpr std::uint32_t kListSize = 1U << 17;

Fault Invalid(std::string_view what) { return {Reason::kFieldInvalid, "", std::string(what)}; }

// Makes the active key of an organisation for one role, unless an earlier attempt made it.
Result<void> EnsureKey(KeyStore& keys, const OrganisationId& organisation, KeyRole role, Instant now) {
  const KeyOwner owner(organisation);
  for (const KeyInfo& info : keys.List()) {
    if (info.owner == owner && info.role == role && info.state == KeyState::kActive) return {};
  }
  const Result<std::string> made = keys.Generate(owner, role, KeyState::kActive, now);
  if (!made.ok()) return made.fault();
  return {};
}

StatusListRow FirstList(const OrganisationId& organisation, const PublishedBase& base, Random& random) {
  std::string seed(16, '\0');
  random.Fill(std::span(reinterpret_cast<std::uint8_t*>(seed.data()), seed.size()));
  return {.organisation = organisation,
          .number = 1,
          .uri = base.StatusPrefixOf(organisation) + "1.jwt",
          .size = kListSize,
          .next = 0,
          .seed = std::move(seed)};
}

// A text that is not UTF-8 would make the whole registry unreadable.
bool IsUtf8(std::string_view text) {
  std::string array = "[";
  json::WriteString(text, array);
  array += ']';
  json::Tree tree;
  return tree.Parse(array, json::kTokenLimits).ok();
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + "\n";
  return text;
}

}  // namespace

Result<OrganisationRow> EnrolOrganisation::MakeRow(const Order& order, bool registrar, Instant now) {
  const auto printable = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; };
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const bool named = !order.legal_name.empty() && order.legal_name.size() <= 120 &&
                     std::all_of(order.legal_name.begin(), order.legal_name.end(), printable) &&
                     IsUtf8(order.legal_name);
  if (!named) return Invalid("legal_name is not 1 to 120 printable characters");
  const bool typed =
      !order.type.empty() && order.type.size() <= 40 && std::all_of(order.type.begin(), order.type.end(), word);
  if (!typed) return Invalid("type is not a word (a-z, _)");
  for (const std::string& kind : order.kinds) {
    if (FindRecordKind(kind) == nullptr) return Fault{Reason::kRecordKind, "", "kinds names an unknown kind"};
  }
  TRY(EnsureKey(keys_, order.organisation, KeyRole::kIssue, now));
  TRY(EnsureKey(keys_, order.organisation, KeyRole::kStatus, now));
  return OrganisationRow{.id = order.organisation,
                         .legal_name = order.legal_name,
                         .type = order.type,
                         .issuer = base_.IssuerOf(order.organisation),
                         .status_uri_prefix = base_.StatusPrefixOf(order.organisation),
                         .kinds = order.kinds,
                         .registrar = registrar,
                         .valid_from = now,
                         .valid_until = {},
                         .two_person = order.two_person,
                         .revision = 0};
}

Result<void> EnrolOrganisation::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (!caller.registrar) return Fault{Reason::kNotPermitted, "", "only a registrar enrols organisations"};
  const RequestKey key{
      .by = caller.id,
      .id = order.request,
      .digest = RequestDigest({"enrol_organisation", order.organisation.text(), order.legal_name,
                               order.two_person ? order.type + "+two_person" : order.type, Joined(order.kinds)})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, now));
  if (answer) return {};
  TRY_ASSIGN(const std::optional<OrganisationRow> existing, store_.FindOrganisation(order.organisation));
  if (existing) return Fault{Reason::kAlreadyExists, "", "the organisation is enrolled"};
  TRY_ASSIGN(OrganisationRow row, MakeRow(order, false, now));
  const std::string object = row.id.text();
  Changes changes;
  TRY(AppendCertificates(store_, keys_, row.id, row.issuer, now, changes));
  const auto also = [&](Change change) { changes.push_back(std::move(change)); };
  also(AddOrganisation{std::move(row)});
  also(OpenStatusList{FirstList(order.organisation, base_, random_)});
  also(AppendAudit{{now, caller.id.text(), "organisation.enrolled", object, order.request.text(), "done"}});
  also(AppendEvent{{now, "organisation.enrolled", object}});
  also(RememberAnswer{{caller.id, order.request, key.digest, "done", now}});
  return ApplyOnce(store_, changes, key);
}

Result<void> EnrolOrganisation::EnrolRegistrar(const OrganisationId& organisation, std::string legal_name) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const RequestId request, RequestId::Parse("registrar"));
  const Order order{.by = {organisation, "init"},
                    .request = request,
                    .organisation = organisation,
                    .legal_name = std::move(legal_name),
                    .type = "registrar",
                    .kinds = {}};
  TRY_ASSIGN(OrganisationRow row, MakeRow(order, true, now));
  Changes changes;
  TRY(AppendCertificates(store_, keys_, row.id, row.issuer, now, changes));
  const auto also = [&](Change change) { changes.push_back(std::move(change)); };
  also(AddOrganisation{std::move(row)});
  also(OpenStatusList{FirstList(organisation, base_, random_)});
  also(AppendAudit{{now, "service", "organisation.enrolled", organisation.text(), "registrar", "done"}});
  also(AppendEvent{{now, "organisation.enrolled", organisation.text()}});
  return ApplyNow(store_, changes);
}

Result<OrganisationRow> FindCaller(Organisations& organisations, const Caller& caller) {
  TRY_ASSIGN(std::optional<OrganisationRow> row, organisations.FindOrganisation(caller.organisation));
  if (!row) return Fault{Reason::kCallerUnknown, "", "the calling organisation is not enrolled"};
  return std::move(*row);
}

}  // namespace passport
