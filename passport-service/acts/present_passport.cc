#include "passport-service/acts/present_passport.h"

#include <algorithm>

#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/kept_passport.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/unlock_passport.h"

namespace passport {
namespace {

struct OpenedPassport {
  PersonRow person;
  bool by_session = false;
};

// Of the person a passport code belongs to, or a session code of the employer's own.
Result<std::optional<OpenedPassport>> FindPersonOrUnlocked(Store& store, const OrganisationId& employer,
                                                           const std::string& passport_code, Instant now) {
  const Digest code = Sha256(passport_code);
  TRY_ASSIGN(std::optional<PersonRow> person, store.FindPersonByCode(code));
  if (person) return std::optional(OpenedPassport{.person = std::move(*person)});
  TRY_ASSIGN(const std::optional<UnlockRow> unlock, FindUnlocked(store, code, now));
  if (!unlock || unlock->organisation != employer) return std::optional<OpenedPassport>();
  TRY_ASSIGN(person, store.FindPerson(unlock->person));
  if (!person) return std::optional<OpenedPassport>();
  return std::optional(OpenedPassport{.person = std::move(*person), .by_session = true});
}

// The same, if the caller employs them: an employer presents for its own people only.
Result<OpenedPassport> FindHolder(Store& store, const OrganisationId& employer, const std::string& passport_code,
                                  Instant now) {
  TRY_ASSIGN(std::optional<OpenedPassport> opened, FindPersonOrUnlocked(store, employer, passport_code, now));
  const Fault unknown{Reason::kNotFound, "", "no passport of your people has this code"};
  if (!opened) return unknown;
  TRY_ASSIGN(const bool employs, WorksFor(store, employer, opened->person.id));
  if (!employs) return unknown;
  return std::move(*opened);
}

// Who has recognised somebody at the desk shows nothing of them elsewhere.
Result<void> CheckAudience(const OpenedPassport& opened, const OrganisationId& caller, std::string_view audience) {
  if (!opened.by_session || audience == caller.text()) return {};
  return Fault{Reason::kNotPermitted, "", "a session code shows to your own organisation alone"};
}

Result<std::vector<Showable>> Choose(const Known& known, const PresentPassport::Order& order,
                                     const std::vector<InPassport>& held, Instant now) {
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
  return ChooseFor(*profile, known.rules->taxonomies(), ToShowFrom(held, known.trust->registry()), duty);
}

}  // namespace

Result<Presentation> PresentPassport::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const OpenedPassport opened, FindHolder(store_, caller.id, order.passport_code, now));
  const PersonRow& person = opened.person;
  TRY(CheckAudience(opened, caller.id, order.audience));
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(const std::vector<InPassport> held, AllInPassport(store_, vault_, person, *known.trust, now));
  TRY_ASSIGN(const std::vector<Showable> chosen, Choose(known, order, held, now));
  if (chosen.empty()) return Fault{Reason::kRecordMissing, "", "the passport holds nothing of what was asked"};
  const BindingTerms terms{
      .audience = order.audience,
      .nonce = order.nonce,
      .made_at = now,
      .purpose = order.purpose.empty() ? std::nullopt : std::optional<std::string_view>(order.purpose)};
  TRY_ASSIGN(const Presentation presentation, PresentKept(keys_, vault_, person, held, chosen, terms));
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
  TRY_ASSIGN(const OpenedPassport opened, FindHolder(store_, caller.id, passport_code, now));
  const PersonRow& person = opened.person;
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(const std::vector<InPassport> held, AllInPassport(store_, vault_, person, *known.trust, now));
  std::vector<Holding> holdings;
  holdings.reserve(held.size());
  for (const InPassport& each : held) {
    holdings.push_back(
        {each.credential.id(), each.row.organisation, each.row.kind, each.row.state, each.credential.record()});
  }
  TRY(ApplyNow(store_, {Audited(now, by, {.what = "passport.read", .object = person.id.text()})}));
  return holdings;
}

}  // namespace passport
