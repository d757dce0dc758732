#include "passport-service/acts/present_passport.h"

#include <algorithm>

#include "credential/passport/held_credential.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

constexpr Seconds kPresentLeeway{60};

// The person a code belongs to, if the caller employs them: an employer presents for its own people only.
Result<PersonRow> FindHolder(Store& store, const OrganisationId& employer, const std::string& passport_code) {
  TRY_ASSIGN(std::optional<PersonRow> person, store.FindPersonByCode(Sha256(passport_code)));
  const Fault unknown{Reason::kNotFound, "", "no passport of your people has this code"};
  if (!person) return unknown;
  TRY_ASSIGN(const bool employs, store.Employs(employer, person->id));
  if (!employs) return unknown;
  return std::move(*person);
}

struct Held {
  CredentialRow row;
  HeldCredential credential;
};

// True for a credential that receivers no longer take: out of time, or of an issuer or key that the registry no longer
// vouches for. It must not keep the person from showing the others.
bool IsPast(Reason reason) { return reason == Reason::kTime || reason == Reason::kIssuer || reason == Reason::kKey; }

// What the person holds and could show.
Result<std::vector<Held>> AllHeld(Store& store, PersonVault& vault, const PersonId& person,
                                  const TrustSnapshot& snapshot, Instant now) {
  std::vector<Held> held;
  std::string after;
  do {
    TRY_ASSIGN(Page<CredentialRow> page, store.CredentialsHeldBy(person, after, 200));
    for (CredentialRow& row : page.rows) {
      TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault, row));
      if (!token) continue;  // erased by its issuer
      Result<HeldCredential> read = HeldCredential::Read(*token, snapshot.registry(), now, kPresentLeeway);
      if (!read.ok() && IsPast(read.fault().reason)) continue;
      if (!read.ok()) return Fault{Reason::kStoreUnavailable, "", "a credential that is held does not verify"};
      held.push_back({std::move(row), std::move(read).value()});
    }
    after = page.next;
  } while (!after.empty());
  return held;
}

std::string TypeOf(const TrustRegistry& registry, const OrganisationId& issuer) {
  const RegistryOrganisation* organisation = registry.FindOrganisation(issuer);
  return organisation == nullptr ? "" : organisation->type;
}

Result<std::vector<Showable>> Choose(const Known& known, const PresentPassport::Order& order,
                                     const std::vector<Held>& held, Instant now) {
  if (!order.show.empty()) return order.show;
  if (!order.profile) return Fault{Reason::kFieldInvalid, "", "neither what to show nor a role profile is named"};
  const CivilDay day = order.day.value_or(CivilDay::InLondon(now));
  TRY_ASSIGN(const OrganisationId receiver, OrganisationId::Parse(order.audience));
  TRY_ASSIGN(const Duty duty, Duty::Make({.receiver = receiver,
                                          .place = receiver,
                                          .engagement = order.engagement,
                                          .starts_at = day.StartInLondon(),
                                          .ends_at = day.PlusDays(1).StartInLondon()}));
  TRY_ASSIGN(const RoleProfile* const profile, known.rules->InForce(*order.profile, day, now));
  std::vector<HeldRecord> records;
  for (const Held& each : held) {
    if (each.row.state == CredentialState::kRevoked) continue;
    const bool suspended = each.row.state == CredentialState::kSuspended;
    records.push_back({.credential = each.credential.id(),
                       .record = &each.credential.record(),
                       .issuer = each.row.organisation,
                       .issuer_type = TypeOf(known.trust->registry(), each.row.organisation),
                       .expires_at = each.row.expires_at,
                       .standing = suspended ? Standing::kSuspended : Standing::kGood});
  }
  return ChooseFor(*profile, known.rules->taxonomies(), records, duty);
}

}  // namespace

Result<Presentation> PresentPassport::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const PersonRow person, FindHolder(store_, caller.id, order.passport_code));
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(const std::vector<Held> held, AllHeld(store_, vault_, person.id, *known.trust, now));
  TRY_ASSIGN(const std::vector<Showable> chosen, Choose(known, order, held, now));
  if (chosen.empty()) return Fault{Reason::kRecordMissing, "", "the passport holds nothing of what was asked"};
  if (chosen.size() > kPresentationCredentialsMax)
    return Fault{Reason::kLimit, "", "more credentials than one presentation takes"};

  const std::string& context = person.id.text();
  const auto bytes = [](const std::string& text) {
    return std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  };
  TRY_ASSIGN(const HolderKeyPair keys, OpenHolder(vault_, person));
  if (keys.sealed.empty()) {
    return Fault{Reason::kStateConflict, "", "the passport is in the person's own hands: they present it themselves"};
  }
  TRY_ASSIGN(const std::shared_ptr<Signer> holder, keys_.HolderSigner(bytes(keys.sealed), bytes(context)));
  const BindingTerms terms{
      .audience = order.audience,
      .nonce = order.nonce,
      .made_at = now,
      .purpose = order.purpose.empty() ? std::nullopt : std::optional<std::string_view>(order.purpose)};
  Presentation presentation;
  for (const Showable& showable : chosen) {
    const auto found = std::find_if(held.begin(), held.end(),
                                    [&](const Held& each) { return each.credential.id() == showable.credential; });
    if (found == held.end()) return Fault{Reason::kNotFound, "", "the passport holds no such credential"};
    TRY_ASSIGN(std::string token, found->credential.Present(showable.facts, terms, *holder));
    presentation.credentials.push_back(std::move(token));
  }
  TRY(ApplyNow(store_, {Audited(now, order.by,
                                {.what = "passport.presented",
                                 .object = person.id.text(),
                                 .why = IsWord(order.purpose) ? order.purpose : ""})}));
  return presentation;
}

Result<std::vector<PresentPassport::Holding>> PresentPassport::Holdings(const Caller& by,
                                                                        const std::string& passport_code) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, by));
  TRY_ASSIGN(const PersonRow person, FindHolder(store_, caller.id, passport_code));
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(const std::vector<Held> held, AllHeld(store_, vault_, person.id, *known.trust, now));
  std::vector<Holding> holdings;
  holdings.reserve(held.size());
  for (const Held& each : held) {
    holdings.push_back(
        {each.credential.id(), each.row.organisation, each.row.kind, each.row.state, each.credential.record()});
  }
  TRY(ApplyNow(store_, {Audited(now, by, {.what = "passport.read", .object = person.id.text()})}));
  return holdings;
}

}  // namespace passport
